//! What comes days late folds its own day again, and later ones only as far as they change.

use plaudit_core::settle::Act;

use super::*;

const DAY: i64 = 24 * 60;

/// Some events a day over a week, at minutes of the day that are an hour apart so that each streak has ended.
fn days(values: &[&[f64]]) -> Vec<Event> {
    let of_day = |(day, values): (usize, &&[f64])| {
        let one = move |(n, value): (usize, &f64)| {
            let minute = day as i64 * DAY + 8 * 60 + n as i64;
            event(day * 10 + n, "ana", minute, *value, None, false)
        };
        values.iter().enumerate().map(one).collect::<Vec<_>>()
    };
    values.iter().enumerate().flat_map(of_day).collect()
}

fn weekly(events: &[Event]) -> (Task, Past) {
    let past = Past::default();
    let mut task = new_task(&roster(), Periods::Weekly);
    run_block(&mut task, &past, Vec::new(), MONDAY);
    for event in events {
        run_block(&mut task, &past, vec![event.clone()], event.time + MINUTE);
    }
    past.read.lock().expect("one thread").clear();
    (task, past)
}

fn asked(past: &Past) -> Vec<(i64, i64)> {
    let day = |at: &Millis| (at - MONDAY + 2 * 60 * MINUTE).div_euclid(DAY * MINUTE); // Vilnius is two hours ahead.
    past.read.lock().expect("one thread").iter().map(|(from, to)| (day(from), day(to))).collect()
}

#[test]
fn a_fact_that_leaves_the_end_of_its_day_as_it_was_reads_only_its_day() {
    let (mut task, past) = weekly(&days(&[&[5.0, 5.0], &[5.0], &[5.0], &[5.0], &[5.0]]));
    let late = event(90, "ana", 8 * 60 + 30, 1.0, None, false);
    let now = MONDAY + 5 * DAY * MINUTE;
    let held = run_block(&mut task, &past, vec![late], now);
    assert_eq!(asked(&past), [(0, 1)]);
    assert_eq!(held.settled, Vec::new());
    assert_eq!(task.keys["ana"].spans.len(), 5);
}

#[test]
fn a_fact_that_changes_how_its_day_ends_is_followed_until_that_makes_no_difference() {
    let (mut task, past) = weekly(&days(&[&[5.0, 5.0], &[5.0], &[5.0], &[5.0], &[5.0]]));
    // A third good one: a streak more, which the state counts for ever.
    let late = event(90, "ana", 8 * 60 + 2, 5.0, None, false);
    let held = run_block(&mut task, &past, vec![late], MONDAY + 5 * DAY * MINUTE);
    let granted =
        |name: &str| held.settled.iter().any(|s| s.act == Act::Granted && &*s.standing.id.name == name);
    assert!(granted("streak"), "{:?}", held.settled);
    assert_eq!(asked(&past)[0], (0, 1));
    assert!(asked(&past).len() > 1);
}

#[test]
fn a_late_fact_and_a_new_one_in_one_block_both_count() {
    let (mut task, past) = weekly(&days(&[&[5.0], &[5.0], &[5.0, 5.0]]));
    let late = event(90, "ana", 8 * 60 + 30, 1.0, None, false);
    let third = event(91, "ana", 2 * DAY + 8 * 60 + 2, 5.0, None, false);
    let now = third.time + MINUTE;
    let held = run_block(&mut task, &past, vec![third, late], now);
    let names: Vec<_> = held.settled.iter().map(|s| s.standing.id.name.to_string()).collect();
    assert_eq!(names, ["streak"]);
    assert_eq!(asked(&past), [(0, 1)]);
}

/// (agent, day, minute of the day, value, entity and revision, retracted)
type Draft = (usize, i64, i64, bool, Option<(usize, u64)>, bool);

fn over_days(drafts: &[Draft]) -> Vec<Event> {
    let make = |(id, (agent, day, minute, good, entity, retracted)): (usize, &Draft)| {
        let value = if *good { 5.0 } else { 1.0 };
        let minute = day * DAY + 21 * 60 + minute; // Around midnight in Vilnius.
        event(id, ["ana", "rut", "wei"][*agent], minute, value, *entity, *retracted && entity.is_some())
    };
    drafts.iter().enumerate().map(make).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn days_late_in_any_order_settles_the_same(
        drafts in prop::collection::vec(
            (
                0_usize..3, 0_i64..5, 0_i64..120, prop::bool::weighted(0.8),
                prop::option::of((0_usize..4, 0_u64..4)), prop::bool::weighted(0.2),
            ),
            1..40,
        ),
        order in prop::collection::vec(any::<u64>(), 40),
        chunks in prop::collection::vec(1_usize..9, 1..5),
        restart_every in 0_usize..4,
    ) {
        let events = over_days(&drafts);
        let play = |events: &[Event], chunks: &[usize], restart_every| {
            play_periods(&Periods::Weekly, &[150, 170, 180], events, chunks, restart_every, &at_its_time)
        };
        let mut in_time = events.clone();
        in_time.sort_by_key(|e| e.time);
        let reference = play(&in_time, &[1], 0);
        let mut shuffled: Vec<_> = events.into_iter().zip(order).collect();
        shuffled.sort_by_key(|(_, place)| *place);
        let shuffled: Vec<_> = shuffled.into_iter().map(|(e, _)| e).collect();
        prop_assert_eq!(&play(&shuffled, &chunks, restart_every), &reference);
    }
}
