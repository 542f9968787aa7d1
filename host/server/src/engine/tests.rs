//! Tasks with a native rule: whatever the order of arrival, the cuts of blocks and the restarts, the same is settled.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use plaudit_core::{
    Id, Millis,
    award::Status,
    calendar::Calendar,
    event::{Event, Subject, Value},
    incentive::{Allotment, Audience, Incentive, Periods},
    journal::{Block, Entry, Position, Replaced},
    metric::{CompiledMetric, MetricDefinition, compile},
    roster::{Agent, Roster, RosterChange, Site, Stint, Team},
    rule::{
        Aggregate, Award, Batch, BoardSpec, CallError, Chance, ChancePlan, Change, ColumnSpec,
        ConcludeOutput, Conclusion, Effects, FoldOutput, Guest, KeyKind, Origin, Plan, Reward, Score, Span,
        StateFor, Target, Term, Text, TextValue,
    },
    settle::{Book, Purse},
};
use plaudit_store::StoreError;
use proptest::prelude::*;

use super::{
    checkpoint,
    steps::BlockView,
    task::{Delays, Outcome, Task, World},
};

mod aside;
mod example;
mod joining;
mod late;
mod periods;
mod permutations;
mod unwanted;

pub(super) const MINUTE: Millis = 60_000;
/// 2026-03-02T00:00:00Z, a Monday.
pub(super) const MONDAY: Millis = 1_772_409_600_000;

/// Three good ones in a row within ten minutes of each other; a pause of ten minutes ends the streak by a timer.
pub(super) struct Streak;

impl Guest for Streak {
    fn fold(&mut self, _: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        let mut out = FoldOutput::default();
        for (index, slot) in batch.slots.iter().enumerate() {
            let (mut run, mut streaks, mut ends_at): (u32, u32, Option<Millis>) =
                postcard::from_bytes(&slot.state).unwrap_or_default();
            for step in
                (0..batch.steps()).filter(|s| batch.slot_of[*s] as usize == index && batch.kind[*s] == 0)
            {
                expire(&mut run, &mut ends_at, batch.time[step], index, &mut out.effects);
                let value = batch.metrics[0].values[step];
                run = if value >= 5.0 { run + 1 } else { 0 };
                ends_at = (run > 0).then_some(batch.time[step] + 10 * MINUTE);
                out.effects.scores.push(Score { step: step as u32, board: 0, column: 0, value, weight: 1.0 });
                if (1.5..3.0).contains(&value) {
                    out.effects.chances.push(consolation(step as u32));
                }
                if run == 3 {
                    streaks += 1;
                    let award = award("streak", streaks, 10);
                    out.effects.awards.push((Origin::Step(step as u32), Target::Itself, award));
                }
            }
            expire(&mut run, &mut ends_at, slot.until, index, &mut out.effects);
            let state = postcard::to_stdvec(&(run, streaks, ends_at)).unwrap_or_default();
            out.changes.push(Change { slot: index as u32, state, wake_at: ends_at });
        }
        Ok(out)
    }

    fn conclude(&mut self, _: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        let mut effects = Effects::default();
        for row in conclusion.standings[0].iter().filter(|row| row.rank == 1) {
            let id = conclusion.entrants[row.entrant as usize].id.clone();
            let mut first = award("first", 1, 100);
            first.key = "once".into();
            effects.awards.push((Origin::Close, Target::Agent(id), first));
        }
        Ok(ConcludeOutput { effects, ..ConcludeOutput::default() })
    }
}

/// A poor one, but not the worst, may win something on the spot, once per entity.
fn consolation(step: u32) -> Chance {
    let mut award = award("consolation", 1, 1);
    award.key.clear();
    award.reward = Reward::Prize("Cake".into());
    Chance { at: Origin::Step(step), to: Target::Itself, chance: 0, wins: 1, of: 3, award }
}

/// A streak that ran out gives a consolation of one point: an award from a timer.
fn expire(run: &mut u32, ends_at: &mut Option<Millis>, now: Millis, slot: usize, effects: &mut Effects) {
    if let Some(at) = ends_at.filter(|at| *at <= now) {
        if *run >= 2 {
            let origin = Origin::Timer { slot: slot as u32, at };
            effects.awards.push((origin, Target::Itself, award("pause", (at / MINUTE) as u32, 1)));
        }
        (*run, *ends_at) = (0, None);
    }
}

pub(super) fn award(name: &str, ordinal: u32, units: i64) -> Award {
    Award {
        name: name.into(),
        span: Span::Period,
        key: ordinal.to_string(),
        reward: Reward::Points { currency: "points".into(), units },
        because: Text {
            message: name.into(),
            arguments: vec![("n".into(), TextValue::Number(ordinal.into()))],
        },
    }
}

fn plan() -> Plan {
    let board = BoardSpec {
        name: "sum".into(),
        columns: vec![ColumnSpec { name: "csat".into(), aggregate: Aggregate::Sum }],
        value: vec![Term { column: 0, factor: 1.0 }],
        per: None,
        guards: Vec::new(),
        ties: Vec::new(),
        lowest_first: false,
    };
    Plan {
        key: KeyKind::Agent,
        state: StateFor::Ever,
        metrics: vec!["csat".into()],
        attributes: Vec::new(),
        boards: vec![board],
        draws: Vec::new(),
        chances: vec![ChancePlan { name: "instant".into() }],
        quotas: Vec::new(),
        tell_corrections: false,
        tell_late: false,
        opening: None,
    }
}

pub(super) fn roster() -> Arc<Roster> {
    let mut roster = Roster::default();
    roster.apply(&RosterChange::Site(Site {
        id: "vno".into(),
        zone: chrono_tz::Europe::Vilnius,
        holidays: Vec::new(),
    }));
    roster.apply(&RosterChange::Team(Team { id: "blue".into(), site: "vno".into(), queues: Vec::new() }));
    for id in ["ana", "rut", "wei"] {
        let stint = Stint { from: 0, team: Some("blue".into()), share: 1.0, workdays: 31 };
        roster.apply(&RosterChange::Agent(Agent {
            id: id.into(),
            hired_day: None,
            zone: None,
            stints: vec![stint],
        }));
    }
    Arc::new(roster)
}

fn metric() -> CompiledMetric {
    let definition = MetricDefinition {
        name: "csat".into(),
        version: 1,
        types: vec!["survey.answered".into()],
        filter: None,
        value: "data.csat".into(),
        per: None,
        unit: String::new(),
        lower_is_better: false,
    };
    compile(&definition).expect("a plain field compiles")
}

pub(super) fn new_task(roster: &Arc<Roster>, periods: Periods) -> Task {
    let incentive = Incentive {
        id: "spring".into(),
        title: "Spring".into(),
        plugin: "p".into(),
        settings: "{}".into(),
        audience: Audience::default(),
        start: MONDAY,
        end: None,
        zone: chrono_tz::Europe::Vilnius,
        periods,
        allotment: vec![Allotment { budget: "b".into(), currency: "points".into(), units: 1_000_000 }],
        metrics: vec![("csat".into(), 1)],
        prizes: BTreeMap::new(),
        approval: Vec::new(),
    };
    let calendar =
        Calendar::new(&incentive.periods, incentive.zone, incentive.start, None).expect("a calendar");
    let delays = Delays { settle_ms: MINUTE, grace_ms: 24 * 60 * MINUTE };
    let mut task =
        Task::new(incentive, plan(), vec![metric()], calendar, Box::new(Streak), delays, roster.clone());
    task.book.purse = Purse::new(&task.incentive, &[]);
    task
}

/// A journal in memory, with the resolution of versions that the real one does, and facts found the slow way.
#[derive(Default)]
pub(super) struct Past {
    blocks: Mutex<Vec<Arc<Block>>>,
    /// The stretches that were asked for.
    read: Mutex<Vec<(Millis, Millis)>>,
}

impl Past {
    pub(super) fn append(&self, events: Vec<Event>, at: Millis) -> Arc<Block> {
        let mut blocks = self.blocks.lock().expect("one thread");
        let number = blocks.len() as u64 + 1;
        let mut entries: Vec<Entry> = Vec::new();
        for event in events {
            let mut current: Option<(Position, Event)> = None;
            let open = Arc::new(Block { number, at, entries: entries.clone() });
            for block in blocks.iter().chain([&open]) {
                for (index, entry) in block.entries.iter().enumerate() {
                    let Entry::Event { event: old, stale: false, .. } = entry else { continue };
                    if old.entity.is_some() && old.entity == event.entity {
                        current = Some((Position { block: block.number, index: index as u32 }, old.clone()));
                    }
                }
            }
            let stale = current.as_ref().is_some_and(|(_, old)| !event.supersedes(old));
            let replaces = current.filter(|_| !stale).map(|(position, old)| Replaced {
                position,
                subject: old.subject,
                time: old.time,
            });
            entries.push(Entry::Event { event, replaces, stale });
        }
        let block = Arc::new(Block { number, at, entries });
        blocks.push(block.clone());
        block
    }
}

impl World for Past {
    fn facts(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
    ) -> Result<Vec<(Position, Arc<Event>)>, StoreError> {
        self.read.lock().expect("one thread").push((from, to));
        let blocks = self.blocks.lock().expect("one thread");
        let mut facts: BTreeMap<Id, (Position, Event)> = BTreeMap::new();
        for block in blocks.iter().filter(|b| b.number <= through) {
            for (index, entry) in block.entries.iter().enumerate() {
                let Entry::Event { event, .. } = entry else { continue };
                let position = Position { block: block.number, index: index as u32 };
                let known = facts.get(event.fact_name());
                if known.is_none_or(|(_, old)| event.supersedes(old)) {
                    facts.insert(event.fact_name().clone(), (position, event.clone()));
                }
            }
        }
        let wanted =
            |e: &Event| !e.retracted && subjects.contains(&e.subject) && e.time >= from && e.time < to;
        let mut found: Vec<_> =
            facts.into_values().filter(|(_, e)| wanted(e)).map(|(p, e)| (p, Arc::new(e))).collect();
        found.sort_by_key(|(_, e)| plaudit_core::order::StepOrder::of(e));
        Ok(found)
    }

    fn seed(&self, _: &str, _: &str, _: &str) -> [u8; 32] {
        [7; 32]
    }
}

/// What is settled: net awards with amounts, and what the keys hold.
#[derive(Debug, PartialEq)]
struct Settled {
    awards: Vec<(Id, Id, Id, Millis, i64)>,
    states: Vec<(Id, Vec<u8>)>,
    purse: i64,
}

fn settled(task: &Task) -> Settled {
    let rows = task.book.rows();
    let granted = rows.into_iter().filter(|(_, row)| row.status == Status::Granted);
    Settled {
        awards: granted
            .map(|(id, row)| {
                (id.name.clone(), id.subject.id.clone(), id.key.clone(), row.time, row.paid.given("points"))
            })
            .collect(),
        states: task.keys.iter().map(|(id, key)| (id.clone(), key.state().to_vec())).collect(),
        purse: task.book.purse.available("points"),
    }
}

pub(super) fn run_block(task: &mut Task, past: &Past, events: Vec<Event>, at: Millis) -> Outcome {
    let view = BlockView::new(past.append(events, at), task.roster.clone());
    if task.cursor == 0 { task.rebuild(&view, past) } else { task.process(&view, past) }
        .expect("the rule is sound")
}

/// Loses everything that is derived, loads an older checkpoint and folds the blocks since then again, in silence; what
/// was settled is kept by the store.
fn restart(task: &Task, past: &Past, saved: &[u8]) -> Task {
    let rows = task.book.rows().into_values().cloned().collect();
    let mut again = new_task(&task.roster, task.incentive.periods.clone());
    let disqualified = checkpoint::restore(&mut again, checkpoint::read(saved).expect("the layout is ours"));
    assert!(disqualified.is_empty());
    again.book = Book::new(&again.plan.quotas, rows);
    again.book.purse = task.book.purse.clone();
    again.silent = true;
    let blocks: Vec<_> = past.blocks.lock().expect("one thread").clone();
    let from = again.cursor;
    for block in blocks.into_iter().filter(|b| b.number > from) {
        let view = BlockView::new(block, again.roster.clone());
        let outcome = again.process(&view, past).expect("the rule is sound");
        assert_eq!(outcome.settled, Vec::new());
    }
    assert_eq!(again.wake_up(), Vec::new());
    again
}

pub(super) fn event(
    id: usize,
    agent: &str,
    minute: i64,
    csat: f64,
    entity: Option<(usize, u64)>,
    retracted: bool,
) -> Event {
    Event {
        source: "s".into(),
        id: format!("e{id}").into(),
        kind: "survey.answered".into(),
        subject: Subject::agent(agent),
        time: MONDAY + minute * MINUTE,
        entity: Some(entity.map_or_else(|| format!("own{id}"), |(e, _)| format!("x{e}")).into()),
        revision: entity.map_or(0, |(_, revision)| revision),
        retracted,
        fields: vec![("csat".into(), Value::Number(csat))],
    }
}

/// (agent, minute, value, entity and revision, retracted)
pub(super) type Draft = (usize, i64, bool, Option<(usize, u64)>, bool);

pub(super) fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let entity = prop::option::of((0_usize..4, 0_u64..4));
    let draft = (0_usize..3, 0_i64..180, prop::bool::weighted(0.8), entity, prop::bool::weighted(0.2));
    prop::collection::vec(draft, 1..40)
}

pub(super) fn facts(drafts: &[Draft]) -> Vec<Event> {
    let agents = ["ana", "rut", "wei"];
    let make = |(id, (agent, minute, good, entity, retracted)): (usize, &Draft)| {
        // Twice across local midnight in Vilnius (22:00 UTC), so that spans and periods are crossed.
        let minute = if minute % 2 == 0 { minute + 21 * 60 } else { *minute };
        event(
            id,
            agents[*agent],
            minute,
            if *good { 5.0 } else { 2.0 },
            *entity,
            *retracted && entity.is_some(),
        )
    };
    drafts.iter().enumerate().map(make).collect()
}

/// Plays the events in this order, in blocks of these sizes, each at the clock's time, and lets everything close.
fn play(
    events: &[Event],
    chunks: &[usize],
    restart_every: usize,
    clock: &dyn Fn(&[Event], Millis) -> Millis,
) -> Settled {
    play_periods(&Periods::Daily, &[25, 26, 36, 45], events, chunks, restart_every, clock)
}

/// The same with other periods, and ticks at these hours after the events.
fn play_periods(
    periods: &Periods,
    ticks: &[i64],
    events: &[Event],
    chunks: &[usize],
    restart_every: usize,
    clock: &dyn Fn(&[Event], Millis) -> Millis,
) -> Settled {
    let past = Past::default();
    let mut task = new_task(&roster(), periods.clone());
    run_block(&mut task, &past, Vec::new(), MONDAY);
    let mut saved = checkpoint::write(&task);
    let (mut rest, mut now, mut block) = (events, MONDAY, 0);
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(chunks[block % chunks.len()].clamp(1, rest.len()));
        now = clock(chunk, now).max(now);
        run_block(&mut task, &past, chunk.to_vec(), now);
        rest = after;
        block += 1;
        if restart_every > 0 && block % restart_every == 0 {
            task = restart(&task, &past, &saved);
            saved = checkpoint::write(&task);
        }
    }
    for hours in ticks {
        run_block(&mut task, &past, Vec::new(), MONDAY + hours * 60 * MINUTE);
    }
    assert_eq!(task.disagreements(), Vec::new());
    settled(&task)
}

pub(super) fn at_its_time(chunk: &[Event], now: Millis) -> Millis {
    chunk.iter().map(|e| e.time + 1000).max().unwrap_or(now)
}

#[test]
fn three_good_ones_in_a_row_are_a_streak_and_the_best_sum_wins_the_day() {
    let events: Vec<_> = (0..3).map(|n| event(n, "ana", n as i64, 5.0, None, false)).collect();
    let settled = play(&events, &[1], 0, &at_its_time);
    let awards: Vec<_> = settled.awards.iter().map(|(name, who, ..)| format!("{name} {who}")).collect();
    assert_eq!(awards, ["first ana", "pause ana", "streak ana"]);
}

#[test]
fn a_correction_in_the_middle_takes_the_streak_back() {
    let mut events: Vec<_> = (0..3).map(|n| event(n, "ana", n as i64, 5.0, Some((n, 0)), false)).collect();
    events.push(event(3, "ana", 1, 1.0, Some((1, 1)), false));
    let settled = play(&events, &[1], 0, &at_its_time);
    assert!(settled.awards.iter().all(|(name, ..)| &**name != "streak"), "{settled:?}");
}

#[test]
fn a_try_is_thrown_once_however_often_it_is_folded() {
    let bad = |n: usize, agent, revision, retracted| {
        event(100 * revision as usize + n, agent, n as i64, 2.0, Some((n, revision)), retracted)
    };
    let wins = |events: &[Event]| {
        let awards = play(events, &[3], 2, &at_its_time).awards;
        awards
            .into_iter()
            .filter(|a| &*a.0 == "consolation")
            .map(|(_, who, key, ..)| (who, key))
            .collect::<Vec<_>>()
    };
    let first: Vec<Event> = (0..30).map(|n| bad(n, "ana", 0, false)).collect();
    let won = wins(&first);
    assert!(won.len() > 3 && won.len() < 20, "{won:?}");
    // Taken back, somebody else's, and Ana's again: the same tries win.
    let mut there_and_back = first.clone();
    there_and_back.extend((0..30).map(|n| bad(n, "ana", 1, true)));
    assert_eq!(wins(&there_and_back), []);
    there_and_back.extend((0..30).map(|n| bad(n, "rut", 2, false)));
    assert!(wins(&there_and_back).iter().all(|(who, _)| &**who == "rut"));
    there_and_back.extend((0..30).map(|n| bad(n, "ana", 3, false)));
    assert_eq!(wins(&there_and_back), won);
}

#[test]
fn what_comes_after_the_grace_changes_nothing_and_is_counted() {
    let past = Past::default();
    let mut task = new_task(&roster(), Periods::Daily);
    run_block(&mut task, &past, Vec::new(), MONDAY);
    let good: Vec<_> = (0..3).map(|n| event(n, "ana", n as i64, 5.0, Some((n, 0)), false)).collect();
    run_block(&mut task, &past, good, MONDAY + 5 * MINUTE);
    let closed = run_block(&mut task, &past, Vec::new(), MONDAY + 23 * 60 * MINUTE);
    assert_eq!(closed.concluded, [Id::from("2026-03-02")]);
    let left = task.book.purse.available("points");

    run_block(&mut task, &past, Vec::new(), MONDAY + 47 * 60 * MINUTE);
    let correction = event(3, "ana", 1, 1.0, Some((1, 1)), false);
    let late = run_block(&mut task, &past, vec![correction], MONDAY + 47 * 60 * MINUTE);
    assert_eq!(late.settled, Vec::new());
    assert_eq!(task.too_late, 1);
    assert_eq!(task.book.purse.available("points"), left);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_cuts_nor_restarts_change_what_is_settled(
        drafts in drafts(),
        order in any::<prop::sample::Index>().prop_flat_map(|_| prop::collection::vec(any::<u64>(), 40)),
        chunks in prop::collection::vec(1_usize..9, 1..5),
        restart_every in 0_usize..4,
    ) {
        let events = facts(&drafts);
        let mut in_time = events.clone();
        in_time.sort_by_key(|e| e.time);
        let reference = play(&in_time, &[1], 0, &at_its_time);

        let mut shuffled: Vec<_> = events.into_iter().zip(order).collect();
        shuffled.sort_by_key(|(_, place)| *place);
        let shuffled: Vec<_> = shuffled.into_iter().map(|(e, _)| e).collect();
        prop_assert_eq!(&play(&shuffled, &chunks, restart_every, &at_its_time), &reference);
        // All at once, hours later.
        let later = |_: &[Event], _: Millis| MONDAY + 24 * 60 * MINUTE;
        prop_assert_eq!(&play(&shuffled, &chunks, 0, &later), &reference);
    }
}
