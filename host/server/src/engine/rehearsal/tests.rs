//! A rehearsal over what has happened comes to what was settled when it happened.

use plaudit_core::{
    award::{Content, Status},
    rule::{Batch, Fault, FaultKind, Reward},
    settle::Purse,
};
use proptest::prelude::*;

use super::{super::tests as house, *};
use house::{Draft, MINUTE, MONDAY, Streak, drafts, event, facts, roster, run_block};

const HOUR: Millis = 60 * MINUTE;

impl Past for house::Past {
    fn facts_at_most(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
        at_most: usize,
    ) -> Result<Option<Vec<(Position, Arc<Event>)>>, StoreError> {
        let facts = World::facts(self, subjects, from, to, through)?;
        Ok((facts.len() <= at_most).then_some(facts))
    }
}

/// A task of daily periods.
fn new_task(roster: &Arc<plaudit_core::roster::Roster>) -> Task {
    house::new_task(roster, plaudit_core::incentive::Periods::Daily)
}

fn script(ends_at: Millis) -> Script {
    Script {
        task: new_task(&roster()),
        beginning: Beginning::Anew,
        settling: Settling::AsItGoes,
        ends_at,
        through: u64::MAX,
        luck: Luck { seeds: Box::new(|_, _, _| [7; 32]), won: None },
        rows_kept: usize::MAX,
    }
}

fn rehearsed(script: Script, past: &house::Past) -> Report {
    rehearse(script, past, &Watch::default()).expect("nothing stops it")
}

/// Name, subject, key, time and amount of what is granted.
type Granted = Vec<(Id, Id, Id, Millis, i64)>;

fn granted<'a>(rows: impl IntoIterator<Item = &'a plaudit_core::award::Standing>) -> Granted {
    let granted = rows.into_iter().filter(|row| row.status == Status::Granted);
    granted
        .map(|row| {
            (
                row.id.name.clone(),
                row.id.subject.id.clone(),
                row.id.key.clone(),
                row.time,
                row.paid.given("points"),
            )
        })
        .collect()
}

/// Plays facts as they came, through two days and into the third.
fn lived(events: &[Event], ends_at: Millis) -> (house::Past, Task) {
    let past = house::Past::default();
    let mut task = new_task(&roster());
    run_block(&mut task, &past, Vec::new(), MONDAY);
    for chunk in events.chunks(3) {
        let at = task.at.max(chunk.iter().map(|e| e.time + 1000).max().unwrap_or(0));
        run_block(&mut task, &past, chunk.to_vec(), at);
    }
    for at in [MONDAY + 25 * HOUR, MONDAY + 36 * HOUR, ends_at] {
        let at = at.max(task.at);
        run_block(&mut task, &past, Vec::new(), at);
    }
    (past, task)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_rehearsal_settles_what_was_settled(drafts in drafts()) {
        let ends_at = MONDAY + 45 * HOUR;
        let (past, task) = lived(&facts(&drafts), ends_at);
        let report = rehearsed(script(ends_at), &past);
        prop_assert_eq!(granted(report.settled.values()), granted(task.book.rows().into_values()));
        let live: Vec<_> = task.closing.concluded().map(|c| (c.period.clone(), c.standings.clone())).collect();
        let ranks = |rows: &[plaudit_store::family::concluded::ConcludedRow]| {
            rows.iter().map(|r| (r.rank, r.value.to_bits())).collect::<Vec<_>>()
        };
        for (period, standings) in live {
            let rows = &report.periods[&period.start].boards[0].1;
            let live: Vec<_> = standings[0].iter().map(|s| (s.rank, s.value.to_bits())).collect();
            prop_assert_eq!(ranks(rows), live);
        }
    }

    #[test]
    fn from_a_final_boundary_the_same_rule_settles_no_difference(drafts in drafts()) {
        let (past, task) = lived(&without_tries(facts(&drafts)), MONDAY + 47 * HOUR);
        prop_assert_eq!(task.closing.final_through, MONDAY + 22 * HOUR);
        let report = rehearsed(from_boundary(&task, new_task(&roster())), &past);
        prop_assert_eq!(report.settled, BTreeMap::new());
    }
}

/// Nobody tries for anything: a period with tries becomes final only once its opening is in a journal, and these tests
/// have none.
fn without_tries(mut events: Vec<Event>) -> Vec<Event> {
    let values = events.iter_mut().flat_map(|event| &mut event.fields);
    for (_, value) in values {
        if matches!(value, plaudit_core::event::Value::Number(number) if *number < 5.0) {
            *value = plaudit_core::event::Value::Number(1.0);
        }
    }
    events
}

fn from_boundary(live: &Task, mut task: Task) -> Script {
    task.book = live.book.clone();
    Script {
        task,
        beginning: Beginning::From { closing: Box::new(live.closing.reopened()), keys: live.keys.clone() },
        settling: Settling::AtTheEnd,
        ..script(live.at)
    }
}

/// The same rule with streaks worth twice as much.
struct Generous(Streak);

impl Guest for Generous {
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        let mut out = self.0.fold(settings, batch)?;
        for (_, _, award) in out.effects.awards.iter_mut().filter(|(_, _, award)| award.name == "streak") {
            award.reward = Reward::Points { currency: "points".into(), units: 20 };
        }
        Ok(out)
    }

    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        self.0.conclude(settings, conclusion)
    }
}

fn three_good_ones(from_minute: i64, first_id: usize) -> Vec<Event> {
    (0..3).map(|n| event(first_id + n, "ana", from_minute + n as i64, 5.0, None, false)).collect()
}

#[test]
fn another_rule_is_compared_with_what_stands_since_the_boundary_and_nothing_before_it() {
    let mut events = three_good_ones(10, 0); // On Monday, which is final.
    events.extend(three_good_ones(23 * 60, 10)); // On Tuesday.
    let (past, live) = lived(&events, MONDAY + 47 * HOUR);
    let before = live.book.rows().len();
    let mut task = new_task(&roster());
    task.guest = Box::new(Generous(Streak));
    let report = rehearsed(from_boundary(&live, task), &past);
    let changed: Vec<_> =
        report.settled.values().map(|row| (&*row.id.name, row.paid.given("points"), row.revision)).collect();
    assert_eq!(changed, [("streak", 20, 1)]);
    assert!(report.settled.values().all(|row| row.time >= MONDAY + 22 * HOUR), "{report:?}");
    assert_eq!(live.book.rows().len(), before, "what runs is as it was");
}

#[test]
fn what_it_costs_is_known_without_an_allotment_and_with_one_what_would_be_withheld() {
    let (past, _) = lived(&three_good_ones(10, 0), MONDAY + 45 * HOUR);
    let mut boundless = script(MONDAY + 45 * HOUR);
    boundless.task.book.purse = Purse::default();
    boundless.task.book.is_boundless = true;
    let report = rehearsed(boundless, &past);
    let paid: i64 = report.settled.values().map(|row| row.paid.given("points")).sum();
    assert_eq!(paid, 111, "a streak, a pause and the first place: {report:?}");

    let mut poor = script(MONDAY + 45 * HOUR);
    poor.task.incentive.allotment[0].units = 15;
    poor.task.book.purse = Purse::new(&poor.task.incentive, &[]);
    let report = rehearsed(poor, &past);
    let withheld = report.settled.values().filter(|row| matches!(row.status, Status::Withheld(_)));
    let withheld: Vec<_> = withheld.map(|row| &*row.id.name).collect();
    assert_eq!(withheld, ["first"]);
}

#[test]
fn counts_say_what_was_read_and_what_counted() {
    let mut events = three_good_ones(10, 0);
    let mut other = event(9, "ana", 20, 5.0, None, false);
    other.kind = "contact.completed".into();
    events.push(other);
    events.push(event(10, "nobody", 20, 5.0, None, false));
    let (past, _) = lived(&events, MONDAY + 45 * HOUR);
    let watch = Watch::default();
    let report = rehearse(script(MONDAY + 45 * HOUR), &past, &watch).expect("nothing stops it");
    assert_eq!((report.read, report.selected, watch.read()), (4, 3, 4), "strangers are not even read");
    assert_eq!(report.audience, ["ana", "rut", "wei"].map(Id::from));
    assert_eq!(watch.per_mille(), 1000);
}

#[test]
fn what_a_manager_left_out_is_left_out() {
    let (past, task) = lived(&three_good_ones(10, 0), MONDAY + 45 * HOUR);
    let first =
        World::facts(&past, &[Subject::agent("ana")], 0, Millis::MAX, task.cursor).expect("memory")[0].0;
    let mut script = script(MONDAY + 45 * HOUR);
    script.task.left_out.insert(first);
    let report = rehearsed(script, &past);
    assert!(report.settled.keys().all(|id| &*id.name != "streak"), "{report:?}");
}

/// Fails at a bad rating.
struct Brittle(Streak);

impl Guest for Brittle {
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        if batch.metrics[0].values.contains(&1.0) {
            let message = "a one is not foreseen".to_owned();
            return Err(CallError::Rule(Fault { kind: FaultKind::Refused, message }));
        }
        self.0.fold(settings, batch)
    }

    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        self.0.conclude(settings, conclusion)
    }
}

#[test]
fn a_rule_that_fails_ends_it_with_the_key_the_time_and_what_was_settled_before() {
    let mut events = three_good_ones(10, 0);
    events.push(event(5, "wei", 26 * 60, 1.0, None, false));
    let (past, _) = lived(&events, MONDAY + 45 * HOUR);
    let mut script = script(MONDAY + 45 * HOUR);
    script.task.guest = Box::new(Brittle(Streak));
    let report = rehearsed(script, &past);
    let fault = report.fault.expect("it failed");
    assert_eq!((fault.key.as_deref(), fault.at), (Some("wei"), MONDAY + 26 * HOUR));
    let names: Vec<_> = report.settled.keys().map(|id| &*id.name).collect();
    assert_eq!(names, ["first", "pause", "streak"]);
}

#[test]
fn it_ends_when_nobody_wants_it_any_more() {
    let (past, _) = lived(&three_good_ones(10, 0), MONDAY + 45 * HOUR);
    let watch = Watch::default();
    watch.cancel();
    let stopped = rehearse(script(MONDAY + 45 * HOUR), &past, &watch);
    assert!(matches!(stopped, Err(Stop::Cancelled)));
}

#[test]
fn example_seeds_are_never_those_of_the_house() {
    let example = example_seed(&[1; 32], "spring", "2026-03-02", "main");
    assert_ne!(example, seed_for(&[1; 32], "spring", "2026-03-02", "main"));
    assert_eq!(example, example_seed(&[1; 32], "spring", "2026-03-02", "main"));
}

fn shuffled_days(drafts: &[Draft]) -> house::Past {
    let past = house::Past::default();
    past.append(facts(drafts), MONDAY + 48 * HOUR);
    past
}

proptest! {
    #[test]
    fn chunks_of_any_size_give_all_facts_once_and_in_order(drafts in drafts(), events_max in 1_usize..20) {
        let past = shuffled_days(&drafts);
        let agents = ["ana", "rut", "wei"].map(Subject::agent).to_vec();
        let window = (MONDAY, MONDAY + 48 * HOUR);
        let whole = World::facts(&past, &agents, window.0, window.1, 1).expect("memory");
        let mut stream = Stream::new(&past, agents, window, 1).with_events_max(events_max);
        let mut parts = Vec::new();
        while let Some(chunk) = stream.next_chunk().expect("memory") {
            parts.extend(chunk);
        }
        prop_assert_eq!(parts, whole);
    }
}

#[test]
fn contents_are_those_of_the_rule() {
    let (past, _) = lived(&three_good_ones(10, 0), MONDAY + 45 * HOUR);
    let report = rehearsed(script(MONDAY + 45 * HOUR), &past);
    let (_, streak) = report.settled.iter().find(|(id, _)| &*id.name == "streak").expect("three good ones");
    let Content::Award { because, .. } = &streak.content else { panic!("an award: {streak:?}") };
    assert_eq!(because.message, "streak");
}
