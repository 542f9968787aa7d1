/**
 * UTF-8 in plain code: an engine within a component need not have `TextEncoder`.
 * @module
 */

/** Text as bytes; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
	const ascii = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i += 1) {
		const unit = text.charCodeAt(i);
		if (unit > 127) return encodeAll(text);
		ascii[i] = unit;
	}
	return ascii;
}

function encodeAll(text: string): Uint8Array {
	const bytes: number[] = [];
	for (const character of text) {
		let code = character.codePointAt(0) ?? 0;
		if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
		if (code < 0x80) bytes.push(code);
		else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
		else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
		else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
	}
	return Uint8Array.from(bytes);
}

const tail = (code: number): number => 0x80 | (code & 0x3f);

/** Bytes that are handed to one call. */
const CHUNK = 4096;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are all characters of ASCII
const ASCII = /^[\u0000-\u007f]*$/;

/** Bytes as text; they are what {@link encodeUtf8} made. */
export function decodeUtf8(bytes: Uint8Array): string {
	// The engine's own functions are quicker than a loop in it.
	let plain = "";
	for (let i = 0; i < bytes.length; i += CHUNK) plain += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
	return ASCII.test(plain) ? plain : decodeAll(bytes);
}

function decodeAll(bytes: Uint8Array): string {
	let text = "";
	for (let i = 0; i < bytes.length; ) {
		const first = bytes[i] as number;
		const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
		let code = length === 1 ? first : first & (0xff >> (length + 1));
		for (let k = 1; k < length; k += 1) code = (code << 6) | ((bytes[i + k] ?? 0) & 0x3f);
		text += String.fromCodePoint(code);
		i += length;
	}
	return text;
}
