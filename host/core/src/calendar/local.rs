//! Local time: readings of the wall clock and the instants they stand for.

use chrono::{DateTime, Days, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::{DAY_MS, Millis, rule::Transition};

/// Instants outside of the years 1 to 9999 are read as the nearest one inside.
const INSTANT_MIN: Millis = -62_135_596_800_000;
const INSTANT_MAX: Millis = 253_402_300_799_999;
/// A clock is set by at most a day (islands at the date line), so a boundary lies within this of its UTC reading.
const AROUND_MS: Millis = 50 * 60 * 60 * 1000;
/// Two changes of an offset are further apart than this.
const PROBE_MS: Millis = DAY_MS / 2;

/// Local day of an instant, as days since 1970-01-01.
pub fn local_day(tz: Tz, at: Millis) -> i32 {
    let day = local_millis(tz, at).div_euclid(DAY_MS);
    i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX })
}

/// First instant of a local day (days since 1970-01-01): midnight, or the end of the gap that midnight fell into. A day
/// that a zone left out begins and ends at the same instant.
pub fn day_start(tz: Tz, day: i32) -> Millis {
    let epoch = NaiveDate::default();
    let distance = Days::new(u64::from(day.unsigned_abs()));
    let date = if day < 0 { epoch.checked_sub_days(distance) } else { epoch.checked_add_days(distance) };
    match date {
        Some(date) => first_instant(tz, date.into()),
        None => i64::from(day) * DAY_MS,
    }
}

/// The offset that holds at `from`, and every change of it after `from` and before `to`. Offsets with seconds (local
/// mean time, before zones were introduced) are rounded to the minute.
pub fn offset_transitions(tz: Tz, from: Millis, to: Millis) -> Vec<Transition> {
    let (from, to) = (clamp(from), clamp(to));
    let mut transitions = vec![Transition { at: from, offset_minutes: minutes(offset_ms(tz, from)) }];
    for (at, _, after) in changes(tz, from, to) {
        let offset_minutes = minutes(after);
        if transitions.last().is_none_or(|last| last.offset_minutes != offset_minutes) {
            transitions.push(Transition { at, offset_minutes });
        }
    }
    transitions
}

/// What the wall clock shows at an instant.
pub(super) fn reading(tz: Tz, at: Millis) -> NaiveDateTime {
    naive(local_millis(tz, at))
}

/// The latest time that the wall clock has shown up to an instant: its reading, unless it was set back not long ago.
pub(super) fn latest_reading(tz: Tz, at: Millis) -> NaiveDateTime {
    let before_change = |(change, before, _): (Millis, Millis, Millis)| change + before - 1;
    let shown = changes(tz, at - AROUND_MS, at + 1).into_iter().map(before_change);
    naive(shown.fold(local_millis(tz, at), Millis::max))
}

/// The first instant at which the wall clock has reached a local time.
pub(super) fn first_instant(tz: Tz, local: NaiveDateTime) -> Millis {
    match tz.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => at.timestamp_millis(),
        MappedLocalTime::Ambiguous(first, second) => first.timestamp_millis().min(second.timestamp_millis()),
        MappedLocalTime::None => end_of_gap(tz, local),
    }
}

fn end_of_gap(tz: Tz, local: NaiveDateTime) -> Millis {
    let wanted = local.and_utc().timestamp_millis();
    let skips =
        |&(at, before, after): &(Millis, Millis, Millis)| at + before <= wanted && wanted < at + after;
    let gap = changes(tz, wanted - AROUND_MS, wanted + AROUND_MS).into_iter().find(skips);
    // Without a gap the time exists: this is out of reach, and UTC is a sane answer.
    gap.map_or(wanted, |(at, ..)| at)
}

/// Changes of the offset in `(from, to)`: instant, offset before, offset after.
fn changes(tz: Tz, from: Millis, to: Millis) -> Vec<(Millis, Millis, Millis)> {
    let (from, to) = (clamp(from), clamp(to));
    let mut found = Vec::new();
    let (mut low, mut before) = (from, offset_ms(tz, from));
    while low < to - 1 {
        let high = (low + PROBE_MS).min(to - 1);
        let after = offset_ms(tz, high);
        if after != before {
            found.push((first_with(tz, low, high, after), before, after));
        }
        (low, before) = (high, after);
    }
    found
}

/// The instant in `(low, high]` from which on `offset` holds.
fn first_with(tz: Tz, mut low: Millis, mut high: Millis, offset: Millis) -> Millis {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if offset_ms(tz, middle) == offset { high = middle } else { low = middle }
    }
    high
}

fn local_millis(tz: Tz, at: Millis) -> Millis {
    clamp(at) + offset_ms(tz, at)
}

/// Offset at an instant; east is positive.
fn offset_ms(tz: Tz, at: Millis) -> Millis {
    let utc = naive(clamp(at));
    i64::from(tz.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1000
}

/// Nearest minute.
fn minutes(offset_ms: Millis) -> i16 {
    let minutes = (offset_ms + 30_000).div_euclid(60_000);
    i16::try_from(minutes).unwrap_or(0)
}

fn naive(millis: Millis) -> NaiveDateTime {
    DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::milliseconds(clamp(millis))
}

fn clamp(at: Millis) -> Millis {
    at.clamp(INSTANT_MIN, INSTANT_MAX)
}
