/**
 * Boards as the host keeps them: columns, value, guards, ties, ranks.
 * @module
 */

import type { Aggregate, BoardDocument } from "../plan.ts";
import type { BoardStandings, Score, Standing } from "../wit.ts";

/** A score, and whose it is. */
export type Scored = readonly [key: string, score: Score];

/** Ranks the entrants by the scores of a period. */
export function rank(
	board: BoardDocument,
	number: number,
	ids: readonly string[],
	scores: readonly Scored[],
): BoardStandings {
	const rows = ids.map((id, entrant) => row(board, number, entrant, id, scores));
	rows.sort((a, b) => Number(b.qualified) - Number(a.qualified) || compare(board, a, b) || a.entrant - b.entrant);
	const ranked: Standing[] = [];
	rows.forEach((one, i) => {
		const before = ranked[i - 1];
		const tied = before !== undefined && compare(board, before, one) === 0;
		ranked.push({ ...one, rank: !one.qualified ? 0 : tied ? before.rank : i + 1 });
	});
	return { rows: ranked };
}

function row(board: BoardDocument, number: number, entrant: number, id: string, scores: readonly Scored[]): Standing {
	const mine = scores.filter(([key, score]) => key === id && score.board === number).map(([, score]) => score);
	const columns = board.columns.map(({ aggregate }, i) =>
		aggregated(
			aggregate,
			mine.filter((score) => score.column === i),
		),
	);
	const value = ranked(board, columns);
	const kept = board.guards.every(({ column, at_least, at_most, or_nothing }) => {
		const scored = columns[column] as number;
		if (Number.isNaN(scored)) return or_nothing;
		return (at_least === null || scored >= at_least) && (at_most === null || scored <= at_most);
	});
	return { entrant, rank: 0, qualified: kept && Number.isFinite(value), value, columns };
}

/** NaN where it can't be said: nothing scored at all, nothing in a column that is no sum, or a rate over 0. */
function ranked(board: BoardDocument, columns: readonly number[]): number {
	if (columns.every(Number.isNaN)) return Number.NaN;
	const term = (index: number): number => {
		const scored = columns[index] as number;
		return Number.isNaN(scored) && board.columns[index]?.aggregate === "sum" ? 0 : scored;
	};
	const total = board.value.reduce((sum, { column, factor }) => sum + factor * term(column), 0);
	const value = total / (board.per === null ? 1 : term(board.per));
	return Number.isFinite(value) ? value + 0 : Number.NaN;
}

function aggregated(aggregate: Aggregate, scores: readonly Score[]): number {
	if (scores.length === 0) return Number.NaN;
	const values = scores.map((score) => score.value);
	const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
	switch (aggregate) {
		case "sum":
			return sum(values);
		case "mean": {
			const weight = sum(scores.map((score) => score.weight));
			return weight === 0 ? Number.NaN : sum(values) / weight;
		}
		case "max":
			return Math.max(...values);
		case "min":
			return Math.min(...values);
		case "last":
			return values.at(-1) ?? Number.NaN;
	}
}

/** Best first; what has no value comes last, whichever way the others go. */
function compare(board: BoardDocument, a: Standing, b: Standing): number {
	const by = (x: number, y: number, lowest: boolean): number => {
		if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
		return Math.sign(lowest ? x - y : y - x);
	};
	const first = by(a.value, b.value, board.lowest_first);
	return board.ties.reduce(
		(order, { column, lowest_first }) =>
			order || by(a.columns[column] as number, b.columns[column] as number, lowest_first),
		first,
	);
}
