// Which line of which file a line of the bundle comes from, so that an error names the rule's own file and line.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The numbers of a segment of a source map's mappings. */
function numbers(segment) {
	const out = [];
	let value = 0;
	let shift = 0;
	for (const digit of segment) {
		const bits = DIGITS.indexOf(digit);
		value |= (bits & 31) << shift;
		shift += 5;
		if ((bits & 32) === 0) {
			out.push(value & 1 ? -(value >>> 1) : value >>> 1);
			value = 0;
			shift = 0;
		}
	}
	return out;
}

/**
 * From a bundle and its source map: the files that `isOwn` accepts, and per line of the bundle [file, line] of the first
 * thing on it, or 0 where it is none of them.
 */
export function linesOf(code, { mappings, sources }, isOwn) {
	const texts = code.split("\n");
	const files = [];
	const places = sources.map((source) => (isOwn(source) ? files.push(source) - 1 : -1));
	let [source, line] = [0, 0];
	const lines = mappings.split(";").map((segments, index) => {
		const indent = texts[index].search(/\S/);
		let first = 0;
		let column = 0;
		for (const segment of segments.split(",").filter(Boolean)) {
			const [ofColumn, ofSource, ofLine] = numbers(segment);
			column += ofColumn;
			if (ofSource === undefined) continue;
			source += ofSource;
			line += ofLine;
			const place = places[source];
			// What stands in the indent belongs to the line before.
			if (first === 0 && place >= 0 && column >= indent) first = [place, line + 1];
		}
		return first;
	});
	return { files, lines };
}
