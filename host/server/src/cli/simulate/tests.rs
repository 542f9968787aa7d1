use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Second, Size, Timed, World, disturb::LATE_S_MAX};

fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date")
}

fn world(seed: u64) -> World {
    World::new(seed, Size { agents: 120 }, monday())
}

fn bytes(day: &[Timed]) -> String {
    day.iter().map(|timed| format!("{} {}\n", timed.arrives, timed.event.to_json())).collect()
}

/// First versions, each once: what happened, without what the way made of it.
fn facts<'a>(day: &'a [Timed], kind: &str) -> Vec<&'a Timed> {
    let mut seen = BTreeSet::new();
    day.iter()
        .filter(|t| t.event.kind == kind && t.event.revision == 0)
        .filter(|t| seen.insert((&t.event.source, &t.event.id)))
        .collect()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn check(what: &str, value: f64, from: f64, to: f64) {
    assert!((from..=to).contains(&value), "{what} is {value}, not between {from} and {to}");
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let day = bytes(&world(7).day(monday()));
    assert_eq!(day, bytes(&world(7).day(monday())));
    assert_ne!(day, bytes(&world(8).day(monday())));
    assert_eq!(
        blake3::hash(day.as_bytes()).to_hex()[..16],
        *GOLDEN,
        "bytes differ from those of other machines"
    );
}
const GOLDEN: &str = "78b0fc3704e609ec";

#[test]
fn a_day_looks_like_a_day_in_a_contact_centre() {
    let world = world(7);
    let day = world.day(monday());
    let contacts = facts(&day, "contact.completed");
    let people = facts(&day, "shift.ended");
    check("people planned", people.len() as f64, 90.0, 120.0);
    check("share absent", mean(people.iter().map(|t| f64::from(t.event.flag("absent")))), 0.005, 0.1);
    check("contacts", contacts.len() as f64, 4000.0, 9000.0);
    check("mean handle time", mean(contacts.iter().map(|t| t.event.number("handle_s"))), 280.0, 420.0);
    check("share resolved", mean(contacts.iter().map(|t| f64::from(t.event.flag("resolved")))), 0.68, 0.84);
    check("share hard", mean(contacts.iter().map(|t| f64::from(t.event.flag("hard")))), 0.10, 0.14);
    let surveys = facts(&day, "survey.answered");
    check("surveys per contact", surveys.len() as f64 / contacts.len() as f64, 0.13, 0.22);
    check("mean csat", mean(surveys.iter().map(|t| t.event.number("csat"))), 3.7, 4.5);
    let quality = facts(&day, "quality.evaluated");
    check("evaluations per person", quality.len() as f64 / people.len() as f64, 0.25, 0.5);
    check("mean quality", mean(quality.iter().map(|t| t.event.number("score"))), 74.0, 88.0);
    check("complaints", facts(&day, "complaint.filed").len() as f64, 3.0, 60.0);
    check("sales", facts(&day, "sale.closed").len() as f64, 100.0, 600.0);
    let intervals = facts(&day, "queue.interval");
    let sum = |field: &str| intervals.iter().map(|t| t.event.number(field)).sum::<f64>();
    check("abandonment", sum("abandoned") / sum("offered"), 0.005, 0.12);
    check("service level", sum("in_target") / sum("offered"), 0.6, 0.99);
    let state = |name: &str| -> f64 {
        let spans = facts(&day, "agent.state");
        spans.iter().filter(|t| t.event.text("state") == name).map(|t| t.event.number("seconds")).sum()
    };
    check("occupancy", state("busy") / (state("busy") + state("ready")), 0.6, 0.92);
}

#[test]
fn evaluators_differ_in_severity_and_skill_shows() {
    let world = world(3);
    let days: Vec<Timed> = world.days(monday(), 20).flatten().collect();
    let mut scores: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for timed in facts(&days, "quality.evaluated") {
        let name = timed.event.text("evaluator");
        let severity = name.rsplit('-').next().unwrap_or_default().to_owned();
        scores.entry(severity).or_default().push(timed.event.number("score"));
    }
    let means: Vec<f64> = scores.into_values().map(|s| mean(s.into_iter())).collect();
    assert!(means[0] + 2.0 < means[1] && means[1] + 2.0 < means[2], "severities {means:?}");
}

#[test]
fn nothing_happens_outside_of_a_shift_or_at_once() {
    let world = world(11);
    let day = world.day(monday());
    let mut shifts: BTreeMap<&str, (Second, bool)> = BTreeMap::new();
    for timed in facts(&day, "shift.ended") {
        shifts.insert(&timed.event.subject, (timed.event.time, timed.event.flag("absent")));
    }
    let mut spans: BTreeMap<&str, Vec<(Second, Second, &str)>> = BTreeMap::new();
    for timed in facts(&day, "agent.state") {
        let span = (
            timed.event.time,
            timed.event.time + timed.event.number("seconds") as Second,
            timed.event.text("state"),
        );
        spans.entry(&timed.event.subject).or_default().push(span);
    }
    for (agent, spans) in &mut spans {
        spans.sort();
        let (end, absent) = shifts[agent];
        assert!(!absent, "{agent} is absent and has states");
        assert_eq!(spans.last().map(|s| s.1), Some(end), "{agent}'s last state ends with the shift");
        for pair in spans.windows(2) {
            assert_eq!(pair[0].1, pair[1].0, "{agent}'s states follow one another: {pair:?}");
        }
    }
    for timed in facts(&day, "contact.completed") {
        let (end, start) = (timed.event.time, timed.event.time - timed.event.number("handle_s") as Second);
        let own = &spans[timed.event.subject.as_str()];
        assert!(own.contains(&(start, end, "busy")), "{} has its busy state", timed.event.id);
    }
}

#[test]
fn numbers_are_in_their_ranges_and_add_up() {
    let day = world(5).day(monday());
    for timed in &day {
        let event = &timed.event;
        let number = |field: &str| event.number(field);
        match event.kind {
            "contact.completed" => {
                assert_eq!(number("handle_s"), number("talk_s") + number("hold_s") + number("acw_s"));
                assert!(number("wait_s") >= 0.0 && number("talk_s") > 0.0);
            }
            "survey.answered" => {
                assert!((1.0..=5.0).contains(&number("csat")) && (0.0..=10.0).contains(&number("nps")));
            }
            "quality.evaluated" => assert!((0.0..=100.0).contains(&number("score"))),
            "complaint.filed" => assert!((1.0..=3.0).contains(&number("severity"))),
            "sale.closed" => assert!(number("amount") > 0.0),
            "agent.state" => assert!(number("seconds") > 0.0),
            "shift.ended" => {
                assert!((0.0..=number("scheduled_s")).contains(&number("adherent_s")));
                assert_eq!(event.flag("absent"), number("worked_s") == 0.0);
            }
            "queue.interval" => {
                assert_eq!(number("offered"), number("handled") + number("abandoned"));
                assert!(number("in_target") <= number("handled"));
            }
            other => panic!("{other} is no kind of event"),
        }
    }
}

#[test]
fn the_way_is_disturbed_as_much_as_it_should_be() {
    let day = world(7).day(monday());
    assert!(day.windows(2).all(|pair| pair[0].arrives <= pair[1].arrives), "in the order of arrival");
    let all = day.len() as f64;
    let known = |t: &Timed| match t.event.kind {
        "agent.state" => t.event.time + t.event.number("seconds") as Second,
        _ => t.event.time,
    };
    let late = day.iter().filter(|t| t.event.revision == 0 && t.arrives - known(t) > 2700).count();
    check("share late by more than 45 minutes", late as f64 / all, 0.003, 0.03);
    check("retracted", day.iter().filter(|t| t.event.retracted).count() as f64, 3.0, 80.0);
    check(
        "corrected",
        day.iter().filter(|t| t.event.revision == 2 && !t.event.retracted).count() as f64,
        20.0,
        200.0,
    );
    let backwards = day.windows(2).filter(|pair| pair[1].event.time < pair[0].event.time).count();
    check("share out of order", backwards as f64 / all, 0.05, 0.7);
    assert!(day.iter().all(|t| t.arrives > t.event.time), "nothing is known before it happened");
    assert!(day.iter().all(|t| t.arrives - known(t) < 2 * LATE_S_MAX), "a day comes to an end");

    let mut contents: BTreeMap<(&str, &str), (String, u32)> = BTreeMap::new();
    for timed in &day {
        let text = timed.event.to_json();
        let seen = contents.entry((&timed.event.source, &timed.event.id)).or_insert((text.clone(), 0));
        assert_eq!(seen.0, text, "a repetition is the same message");
        seen.1 += 1;
    }
    check("repeated", contents.values().filter(|(_, n)| *n == 2).count() as f64, 60.0, 300.0);
    assert!(contents.values().all(|(_, n)| *n <= 2));
}

#[test]
fn days_one_after_another_are_the_same_events_in_order() {
    let world = World::new(2, Size { agents: 30 }, monday());
    let streamed: Vec<Timed> = world.days(monday(), 3).flatten().collect();
    assert!(streamed.windows(2).all(|pair| pair[0].arrives <= pair[1].arrives));
    let single: usize = (0..3).map(|n| world.day(monday() + chrono::Days::new(n)).len()).sum();
    assert_eq!(streamed.len(), single);
    assert!(world.days(monday(), 3).all(|part| !part.is_empty()));
}

#[test]
fn nobody_works_on_a_holiday_of_their_site() {
    let world = world(7);
    let saint_casimir_is_none = NaiveDate::from_ymd_opt(2026, 3, 11).expect("a date");
    let day = world.day(saint_casimir_is_none);
    assert!(
        day.iter().all(|t| !t.event.source.ends_with("/vilnius")),
        "Lithuania's independence is restored"
    );
    assert!(day.iter().any(|t| t.event.source.ends_with("/madrid")));
}

#[test]
fn the_roster_speaks_of_everyone_in_the_columns_of_the_api() {
    let world = world(7);
    let csv = world.roster_csv(monday()).expect("a roster");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = "agent,name,mail,chat,locale,zone,team,from,share,workdays,hired";
    assert_eq!(reader.headers().expect("headers").iter().collect::<Vec<_>>().join(","), columns);
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 120);
    let some = |at: usize, text: &str| rows.iter().filter(|row| &row[at] == text).count();
    for locale in ["es", "lt", "zh-Hans", "zh-Hant", "en"] {
        assert!(some(4, locale) > 0, "somebody reads {locale}");
    }
    assert!(some(8, "0.5") > 0 && some(8, "1") > 60, "some work half time");
    assert!(some(9, "MTWTF--") > 60 && some(9, "MTW----") > 0);
    assert!(rows.iter().filter(|row| !row[5].is_empty()).count() >= 5, "some live elsewhere");
    assert!(rows.iter().filter(|row| &row[10] > "2026-01-01").count() >= 4, "some are new");
    assert!(rows.iter().all(|row| row[7] < *"2026-03-02"), "everyone is there on the first day");
    assert_eq!(world.teams_json().len(), 8);
    assert_eq!(world.sites_json(monday())[1].1["zone"], "Europe/Vilnius");
}
