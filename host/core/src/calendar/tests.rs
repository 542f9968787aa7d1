//! What clocks do to periods.

use chrono::DateTime;
use chrono_tz::{Africa, America, Asia, Europe, Pacific, Tz};
use proptest::prelude::*;

use super::*;
use crate::DAY_MS;

fn at(text: &str) -> Millis {
    DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
}

fn utc(at: Millis) -> String {
    DateTime::from_timestamp_millis(at).unwrap().format("%Y-%m-%dT%H:%MZ").to_string()
}

fn calendar(periods: Periods, zone: Tz, start: &str, end: Option<&str>) -> Calendar {
    Calendar::new(&periods, zone, at(start), end.map(at)).unwrap()
}

/// `id: start → end` of the periods from the window's start on.
fn first(calendar: &Calendar, n: usize) -> Vec<String> {
    let line = |p: Period| format!("{}: {} → {}", p.id, utc(p.start), utc(p.end));
    calendar.upcoming(calendar.start, n).into_iter().map(line).collect()
}

#[test]
fn days_weeks_and_months_follow_the_wall_clock() {
    let madrid = |periods| calendar(periods, Europe::Madrid, "2026-03-27T12:00:00Z", None);
    assert_eq!(
        first(&madrid(Periods::Daily), 4),
        [
            "2026-03-27: 2026-03-27T12:00Z → 2026-03-27T23:00Z",
            "2026-03-28: 2026-03-27T23:00Z → 2026-03-28T23:00Z",
            "2026-03-29: 2026-03-28T23:00Z → 2026-03-29T22:00Z",
            "2026-03-30: 2026-03-29T22:00Z → 2026-03-30T22:00Z",
        ]
    );
    assert_eq!(
        first(&madrid(Periods::Weekly), 2),
        [
            "2026-W13: 2026-03-27T12:00Z → 2026-03-29T22:00Z",
            "2026-W14: 2026-03-29T22:00Z → 2026-04-05T22:00Z",
        ]
    );
    let months =
        ["2026-03: 2026-03-27T12:00Z → 2026-03-31T22:00Z", "2026-04: 2026-03-31T22:00Z → 2026-04-30T22:00Z"];
    assert_eq!(first(&madrid(Periods::Monthly), 2), months);
    assert_eq!(first(&madrid(Periods::Once), 2), months, "a window without an end is cut into months");
}

#[test]
fn the_window_clips_the_first_and_the_last_period() {
    let (start, end) = ("2026-03-02T10:00:00Z", Some("2026-03-03T10:00:00Z"));
    let once = calendar(Periods::Once, Europe::Vilnius, start, end);
    assert_eq!(first(&once, 5), ["once: 2026-03-02T10:00Z → 2026-03-03T10:00Z"]);
    let daily = calendar(Periods::Daily, Europe::Vilnius, start, end);
    assert_eq!(
        first(&daily, 5),
        [
            "2026-03-02: 2026-03-02T10:00Z → 2026-03-02T22:00Z",
            "2026-03-03: 2026-03-02T22:00Z → 2026-03-03T10:00Z",
        ]
    );
    assert_eq!(daily.period_at(at(start) - 1), None);
    assert_eq!(daily.period_at(at("2026-03-03T10:00:00Z")), None);
}

#[test]
fn cron_in_a_gap_comes_at_its_end_once() {
    let nightly = Periods::Cron("30 2 * * *".into());
    let madrid = calendar(nightly, Europe::Madrid, "2026-03-28T12:00:00Z", None);
    assert_eq!(
        first(&madrid, 3),
        [
            "2026-03-28T02:30: 2026-03-28T12:00Z → 2026-03-29T01:00Z",
            "2026-03-29T02:30: 2026-03-29T01:00Z → 2026-03-30T00:30Z",
            "2026-03-30T02:30: 2026-03-30T00:30Z → 2026-03-31T00:30Z",
        ]
    );
}

#[test]
fn cron_in_an_overlap_comes_at_its_first_pass_only() {
    let nightly = Periods::Cron("30 2 * * *".into());
    let madrid = calendar(nightly, Europe::Madrid, "2026-10-24T12:00:00Z", None);
    assert_eq!(
        first(&madrid, 3),
        [
            "2026-10-24T02:30: 2026-10-24T12:00Z → 2026-10-25T00:30Z",
            "2026-10-25T02:30: 2026-10-25T00:30Z → 2026-10-26T01:30Z",
            "2026-10-26T02:30: 2026-10-26T01:30Z → 2026-10-27T01:30Z",
        ]
    );
    // 02:10 is shown twice that night; the second time belongs to the period that 02:30 opened.
    assert_eq!(&*madrid.period_at(at("2026-10-25T00:10:00Z")).unwrap().id, "2026-10-24T02:30");
    assert_eq!(&*madrid.period_at(at("2026-10-25T01:10:00Z")).unwrap().id, "2026-10-25T02:30");
}

#[test]
fn cron_is_written_as_people_write_it() {
    let next = |expression: &str| {
        let cron = Periods::Cron(expression.into());
        let days =
            calendar(cron, Tz::UTC, "2026-03-02T00:00:00Z", None).upcoming(at("2026-03-02T00:00:00Z"), 4);
        days.into_iter().skip(1).map(|p| p.id.to_string()).collect::<Vec<_>>()
    };
    let sundays = ["2026-03-08T09:00", "2026-03-15T09:00", "2026-03-22T09:00"];
    for sunday in ["0 9 * * 0", "0 9 * * 7", "0 9 * * SUN", "0 9 * * sun", "0 9 * MAR-DEC 7"] {
        assert_eq!(next(sunday), sundays, "{sunday}");
    }
    assert_eq!(next("0 9 * * FRI-SUN"), ["2026-03-06T09:00", "2026-03-07T09:00", "2026-03-08T09:00"]);
    assert_eq!(next("0 9 * * 1-5/2"), ["2026-03-02T09:00", "2026-03-04T09:00", "2026-03-06T09:00"]);
    assert_eq!(next("*/20 8 4 * *"), ["2026-03-04T08:00", "2026-03-04T08:20", "2026-03-04T08:40"]);
    assert_eq!(
        next("0 0 13 * FRI"),
        ["2026-03-06T00:00", "2026-03-13T00:00", "2026-03-20T00:00"],
        "either day"
    );
    assert_eq!(next("0 0 29 2 *"), ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]);
}

#[test]
fn wrong_expressions_and_windows_say_what_to_write() {
    let wrong = [
        "",
        "@daily",
        "0 9 * *",
        "0 0 9 * * *",
        "60 9 * * *",
        "0 9 * * MOON",
        "0 9 * * 5-2",
        "*/0 * * * *",
        "0 9 ? * *",
        "0 0 31 2 *",
        "1,,2 * * * *",
    ];
    let mut said: Vec<String> = wrong
        .iter()
        .map(|cron| {
            Calendar::new(&Periods::Cron((*cron).into()), Tz::UTC, 0, None).expect_err(cron).to_string()
        })
        .collect();
    said.push(Calendar::new(&Periods::Daily, Tz::UTC, 5, Some(5)).unwrap_err().to_string());
    said.push(Calendar::new(&Periods::Daily, Tz::UTC, i64::MAX, None).unwrap_err().to_string());
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn midnights_that_do_not_exist() {
    let day = |date: &str| local_day(Tz::UTC, at(&format!("{date}T00:00:00Z")));
    // Clocks in Beirut went from 00:00 to 01:00.
    assert_eq!(utc(day_start(Asia::Beirut, day("2026-03-29"))), "2026-03-28T22:00Z");
    // Samoa left out the 30th of December 2011.
    let (left_out, next) = (day("2011-12-30"), day("2011-12-31"));
    assert_eq!(day_start(Pacific::Apia, left_out), day_start(Pacific::Apia, next));
    let samoa = calendar(Periods::Daily, Pacific::Apia, "2011-12-29T12:00:00Z", None);
    let ids: Vec<_> = samoa.upcoming(samoa.start, 3).into_iter().map(|p| p.id.to_string()).collect();
    assert_eq!(ids, ["2011-12-29", "2011-12-31", "2012-01-01"]);
}

#[test]
fn offsets_and_their_changes() {
    let of = |tz, from: &str, to: &str| {
        let changes = offset_transitions(tz, at(from), at(to)).into_iter();
        changes.map(|t| format!("{} {}", utc(t.at), t.offset_minutes)).collect::<Vec<_>>()
    };
    assert_eq!(
        of(Europe::Madrid, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ["2026-01-01T00:00Z 60", "2026-03-29T01:00Z 120", "2026-10-25T01:00Z 60",]
    );
    assert_eq!(
        of(Asia::Kathmandu, "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"),
        ["2026-01-01T00:00Z 345"]
    );
    assert_eq!(
        of(America::St_Johns, "2026-03-08T05:30:00Z", "2026-03-09T00:00:00Z"),
        ["2026-03-08T05:30Z -150"]
    );
    assert_eq!(
        of(Europe::Madrid, "1900-01-01T00:00:00Z", "1900-12-31T00:00:00Z")[0],
        "1900-01-01T00:00Z -15"
    );
}

fn zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![
        Tz::UTC,
        Europe::Madrid,
        Europe::Vilnius,
        Asia::Shanghai,
        Asia::Beirut,
        Asia::Kathmandu,
        America::St_Johns,
        America::Havana,
        Pacific::Apia,
        Pacific::Chatham,
        Africa::Casablanca,
        America::Sao_Paulo,
        chrono_tz::Australia::Lord_Howe,
    ])
}

fn periods() -> impl Strategy<Value = Periods> {
    let cron =
        prop::sample::select(vec!["30 2 * * *", "0 0 * * MON", "*/45 * * * *", "0 9,17 1 * 5", "15 0 * * *"]);
    prop_oneof![
        Just(Periods::Once),
        Just(Periods::Daily),
        Just(Periods::Weekly),
        Just(Periods::Monthly),
        cron.prop_map(|text| Periods::Cron(text.into())),
    ]
}

proptest! {
    /// Periods tile the window: no gap, no overlap, no id twice, and each instant finds its own.
    #[test]
    fn periods_tile_the_window(periods in periods(), zone in zone(), start in 0..2_000_000_000_000_i64, probe: u32) {
        let calendar = Calendar::new(&periods, zone, start, None).unwrap();
        let found = calendar.upcoming(start, 40);
        prop_assert_eq!(found.len(), 40);
        prop_assert_eq!(found[0].start, start);
        for pair in found.windows(2) {
            prop_assert_eq!(pair[0].end, pair[1].start);
            prop_assert!(pair[0].id < pair[1].id);
        }
        for period in &found {
            prop_assert!(period.start < period.end);
            let inside = period.start + i64::from(probe) % (period.end - period.start);
            prop_assert_eq!(calendar.period_at(inside), Some(period.clone()));
        }
    }

    /// Local days: the start of a day shows that day, and the instant before it an earlier one.
    #[test]
    fn a_day_starts_when_it_is_first_shown(zone in zone(), day in 10_000..30_000_i32) {
        let start = day_start(zone, day);
        prop_assert!(local_day(zone, start) >= day);
        prop_assert!(local_day(zone, start - 1) < day);
        prop_assert!((start - i64::from(day) * DAY_MS).abs() <= DAY_MS);
    }

    /// Transitions say the same as the zone does.
    #[test]
    fn transitions_agree_with_local_days(zone in zone(), from in 0..2_000_000_000_000_i64, step in 0..400_i64) {
        let to = from + 400 * DAY_MS;
        let transitions = offset_transitions(zone, from, to);
        let probe = from + step * DAY_MS;
        let holds = transitions.iter().rev().find(|t| t.at <= probe).unwrap();
        let local = probe + i64::from(holds.offset_minutes) * 60_000;
        prop_assert_eq!(local.div_euclid(DAY_MS) as i32, local_day(zone, probe));
    }
}
