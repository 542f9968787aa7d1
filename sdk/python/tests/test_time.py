"""Days and times on the wall, over changes of clocks."""

from datetime import date, time, timedelta

import pytest

from plaudit import DAY, HOUR, MINUTE, RuleError, Zone, days
from plaudit._time import day_number, day_of
from plaudit.testing._zones import instant, zone_named

MADRID = Zone(zone_named("Europe/Madrid"))


def test_a_time_in_the_gap_is_the_first_instant_after_it() -> None:
    day = date(2026, 3, 29)
    jump = day_number(day) * DAY + HOUR
    assert MADRID.instant(day, time(2, 30)) == jump
    assert MADRID.instant(day, time(1, 59)) == jump - MINUTE
    assert MADRID.instant(day, time(3)) == jump


def test_a_time_in_the_overlap_is_its_first_instant() -> None:
    day = date(2026, 10, 25)
    found = MADRID.instant(day, time(2, 30))
    assert found == day_number(day) * DAY + HOUR // 2
    assert (MADRID.clock(found), MADRID.day(found)) == (time(2, 30), day)


def test_days_around_a_change_of_clocks_have_23_and_25_hours() -> None:
    def hours(day: date) -> int:
        return (MADRID.start_of(day + timedelta(days=1)) - MADRID.start_of(day)) // HOUR

    assert [hours(day) for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 7, 1))] == [23, 25, 24]


def test_the_next_time_on_the_wall_is_today_or_tomorrow() -> None:
    noon = MADRID.instant(date(2026, 3, 2), time(12))
    assert MADRID.next(noon, time(18)) - noon == 6 * HOUR
    assert MADRID.next(noon, time(12)) - noon == DAY
    assert MADRID.local(noon).isoformat() == "2026-03-02T12:00:00"


def test_working_days_pass_over_weekends_and_holidays() -> None:
    zone = zone_named("Europe/Madrid")
    zone.holidays = [day_number(date(2026, 4, 3))]
    easter = Zone(zone)
    assert easter.previous_workday(date(2026, 4, 6), 0b001_1111) == date(2026, 4, 2)
    assert easter.next_workday(date(2026, 4, 2), 0b001_1111) == date(2026, 4, 6)
    assert easter.next_workday(date(2026, 4, 2), 0) is None
    assert easter.holidays == [date(2026, 4, 3)]


def test_days_are_counted_from_1970() -> None:
    assert all(day_of(day_number(day)) == day for day in days(date(1969, 12, 1), date(1972, 3, 2)))
    assert (day_number(date(1970, 1, 1)), day_of(-(2**31))) == (0, date(1, 1, 1))


def test_a_time_of_a_story_names_its_zone_or_is_the_stage_s() -> None:
    madrid = zone_named("Europe/Madrid")
    nine = instant("2026-03-02 09:00", madrid)
    assert nine == instant("2026-03-02T09:00[Europe/Madrid]", zone_named("UTC")) == instant("2026-03-02T08:00:00Z", madrid)
    assert instant("2026-03-02 10:00[Europe/Vilnius]", madrid) == nine
    with pytest.raises(RuleError, match="is no time such as"):
        instant("nine", madrid)
    with pytest.raises(RuleError, match="is no zone"):
        instant("2026-03-02 10:00[Europe/Nowhere]", madrid)


def test_a_zone_of_the_tz_database_agrees_with_the_rule() -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from plaudit.testing._zones import _of_database

    try:
        found = _of_database("Europe/Madrid", ZoneInfo("Europe/Madrid"))
    except ZoneInfoNotFoundError:
        pytest.skip("this machine has no tz database")
    assert found.transitions == zone_named("Europe/Madrid").transitions
