"""Boards as the host keeps them: columns, value, guards, ties, ranks."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cmp_to_key

from .. import _wit
from .._effects import Score
from .._plan import Aggregate, Board


def rank(board: Board, number: int, ids: list[str], scores: list[tuple[str, Score]]) -> list[_wit.Standing]:
    """Ranks the entrants by the scores of a period."""
    rows = [_row(board, number, i, id, scores) for i, id in enumerate(ids)]
    compare = _compare(board)
    rows.sort(key=cmp_to_key(lambda a, b: (b.qualified - a.qualified) or compare(a, b) or a.entrant - b.entrant))
    for i, row in enumerate(rows):
        if not row.qualified:
            break
        tied = i > 0 and compare(rows[i - 1], row) == 0
        row.rank = rows[i - 1].rank if tied else i + 1
    return rows


def _row(board: Board, number: int, entrant: int, id: str, scores: list[tuple[str, Score]]) -> _wit.Standing:
    mine = [score for key, score in scores if key == id and score.board == number]
    columns = [
        _aggregate(column.aggregate, [score for score in mine if score.column == i]) for i, column in enumerate(board.columns)
    ]
    value = _value(board, columns)
    guards = all(
        g.or_nothing
        if math.isnan(columns[g.column])
        else (g.at_least is None or columns[g.column] >= g.at_least) and (g.at_most is None or columns[g.column] <= g.at_most)
        for g in board.guards
    )
    return _wit.Standing(entrant, 0, guards and math.isfinite(value), value, columns)


def _added(values: list[float]) -> float:
    # One after the other, as the host adds: sum() does it more exactly from Python 3.12 on.
    total = 0.0
    for value in values:
        total += value
    return total


def _aggregate(kind: Aggregate, scores: list[Score]) -> float:
    values = [score.value for score in scores]
    if not values:
        return math.nan
    if kind == "sum":
        return _added(values)
    if kind == "mean":
        weight = _added([score.weight for score in scores])
        return _added(values) / weight if weight else math.nan
    if kind == "last":
        return values[-1]
    return max(values) if kind == "max" else min(values)


def _value(board: Board, columns: list[float]) -> float:
    """NaN where it can't be said: nothing scored at all, nothing in a column that is no sum, or a rate over 0."""
    if all(map(math.isnan, columns)):
        return math.nan

    def term(index: int) -> float:
        is_empty_sum = math.isnan(columns[index]) and board.columns[index].aggregate == "sum"
        return 0.0 if is_empty_sum else columns[index]

    total = _added([column.factor * term(i) for i, column in enumerate(board.columns) if column.factor])
    divisor = 1.0 if board.per_column is None else term(board.per_column)
    value = total / divisor if divisor else math.nan
    return value + 0.0 if math.isfinite(value) else math.nan


def _compare(board: Board) -> Callable[[_wit.Standing, _wit.Standing], int]:
    """Best first; what has no value comes last, whichever way the others go."""

    def by(a: float, b: float, lowest: bool) -> int:
        if math.isnan(a) or math.isnan(b):
            return int(math.isnan(a)) - int(math.isnan(b))
        return (a > b) - (a < b) if lowest else (b > a) - (b < a)

    def compare(a: _wit.Standing, b: _wit.Standing) -> int:
        found = by(a.value, b.value, board.is_lowest_first)
        for tie in board.ties:
            found = found or by(a.columns[tie.column], b.columns[tie.column], tie.lowest_first)
        return found

    return compare
