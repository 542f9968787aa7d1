"""Clocks for a stage: two of Europe and one of China by their rules, others from the machine's tz database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .. import _wit
from .._errors import RuleError
from .._time import HOUR, MINUTE, Zone, day_number

_EUROPEAN = {"Europe/Madrid": 60, "Europe/Vilnius": 120}
_FIXED = {"Asia/Shanghai": 480, "UTC": 0}
_YEARS = range(2025, 2029)


def zone_named(name: str) -> _wit.Zone:
    """A zone by its IANA name, from 2025 to 2028."""
    if name in _EUROPEAN:
        return _european(name, _EUROPEAN[name])
    if name in _FIXED:
        return _wit.Zone(name, [_wit.Transition(0, _FIXED[name])])
    try:
        return _of_database(name, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        raise RuleError(f"{name!r} is no zone of this machine's tz database: write it as Europe/Madrid") from None


def _european(name: str, winter: int) -> _wit.Zone:
    """Summer time from the last Sunday of March to that of October, at 01:00 UTC."""
    transitions = [_wit.Transition(0, winter)]
    for year in _YEARS:
        transitions.append(_wit.Transition(_last_sunday(year, 3), winter + 60))
        transitions.append(_wit.Transition(_last_sunday(year, 10), winter))
    return _wit.Zone(name, transitions)


def _last_sunday(year: int, month: int) -> int:
    end = date(year, month, 31)
    return day_number(end - timedelta(days=(end.weekday() + 1) % 7)) * 24 * HOUR + HOUR


def _of_database(name: str, zone: ZoneInfo) -> _wit.Zone:
    start, end = datetime(_YEARS[0], 1, 1, tzinfo=UTC), datetime(_YEARS[-1] + 1, 1, 1, tzinfo=UTC)
    transitions = [_wit.Transition(0, _offset(zone, start))]
    at = start
    while at < end:
        later = at + timedelta(minutes=15)
        # A day is looked at as a whole first.
        if _offset(zone, at) == _offset(zone, at + timedelta(days=1)):
            later = at + timedelta(days=1)
        elif _offset(zone, later) != _offset(zone, at):
            transitions.append(_wit.Transition(int(later.timestamp()) * 1_000, _offset(zone, later)))
        at = later
    return _wit.Zone(name, transitions)


def _offset(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() * 1_000) // MINUTE


def instant(text: str, zone: _wit.Zone) -> int:
    """Reads ``2026-03-02 09:00``, with seconds or not, or ``2026-03-02T09:00[Europe/Madrid]``."""
    wall, bracket, name = text.partition("[")
    where = zone_named(name.removesuffix("]")) if bracket else zone
    try:
        local = datetime.fromisoformat(wall.strip())
    except ValueError:
        raise RuleError(f"{text!r} is no time such as 2026-03-02 09:00 or 2026-03-02T09:00[Europe/Madrid]") from None
    if local.tzinfo is not None:
        return round(local.timestamp() * 1_000)
    return Zone(where).instant(local.date(), time(local.hour, local.minute, local.second))
