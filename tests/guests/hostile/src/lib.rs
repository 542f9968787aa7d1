//! A rule that misbehaves as its settings say, past everything that the SDK would prevent: the sandbox must hold.
//!
//! Settings: `{"misbehave": "<what>", "only_key": "<id>"}`; with `only_key` it does so only when that key is in the
//! batch. The names are those of [`misbehave_in_fold`], [`misbehave_in_conclude`] and [`Guest::plan`] below.

mod rows;

use std::hint::black_box;

use plaudit_sdk::prelude::{Context, Event, Plan, Rule};
use plaudit_sdk::wit::bindings::plaudit::rule::effects::{
    add_scores, add_tickets, give_award, hold_draw, show_progress, try_chances,
};
use plaudit_sdk::wit::bindings::plaudit::rule::log::write;
use plaudit_sdk::wit::{
    Batch, BoardStandings, Change, DrawMethod, Entrant, Guest, Level, Origin, Period, Problem, Reward,
    Subject, Timer,
};
use rows::{award, change, draw, prize, progress, score, text, tickets};
use serde::Deserialize;

#[derive(Deserialize)]
struct Settings {
    misbehave: String,
    #[serde(default)]
    only_key: Option<String>,
}

struct Hostile;

impl Guest for Hostile {
    fn describe() -> String {
        r#"{"name":"hostile","version":"0.1.0","contract":"plaudit:rule@1.0.0","settings":{"type":"object"}}"#
            .into()
    }

    fn plan(settings: String) -> Result<String, Vec<Problem>> {
        let settings = read(&settings).map_err(|message| {
            vec![Problem { field: "/misbehave".into(), message, arguments: Vec::new() }]
        })?;
        match settings.misbehave.as_str() {
            "loop-in-plan" => spin(),
            "slow-in-plan" => slow(),
            "award-in-plan" => give_award(Origin::Close, &Subject::Everyone, &award("a", "once")),
            "plan-no-json" => return Ok("plan".into()),
            "plan-one-name" => return Ok(PLAN.replace("instant", "weekly")),
            "plan-bad-index" => return Ok(PLAN.replace(r#""column":0"#, r#""column":9"#)),
            "plan-big" => return Ok(format!("{}{}", PLAN, " ".repeat(64 * 1024))),
            _ => {}
        }
        Ok(PLAN.into())
    }

    fn fold(settings: String, batch: Batch) -> Result<Vec<Change>, String> {
        let settings = read(&settings)?;
        let mut changes = Vec::new();
        for (index, slot) in (0u32..).zip(&batch.slots) {
            let mut state = slot.state.clone();
            state.push(1);
            changes.push(change(index, state));
        }
        let scores: Vec<_> = (0u32..).zip(&batch.time).map(|(step, _)| score(step, 1.0)).collect();
        add_scores(&scores);
        if settings.only_key.is_none_or(|key| batch.slots.iter().any(|slot| slot.id == key)) {
            misbehave_in_fold(&settings.misbehave, &batch, &mut changes)?;
        }
        Ok(changes)
    }

    fn conclude(
        settings: String,
        _: Period,
        _: Vec<Entrant>,
        _: Vec<BoardStandings>,
        _: Vec<u8>,
    ) -> Result<Vec<u8>, String> {
        misbehave_in_conclude(&read(&settings)?.misbehave)
    }
}

const PLAN: &str = r#"{"key":"agent","metrics":["calls"],
    "boards":[{"name":"main","columns":[{"name":"calls","aggregate":"sum"}],"value":[{"column":0,"factor":1.0}]}],
    "draws":[{"name":"weekly","method":"weighted"}],"chances":[{"name":"instant"}]}"#;

fn read(settings: &str) -> Result<Settings, String> {
    serde_json::from_str(settings).map_err(|error| error.to_string())
}

/// All that can go wrong while folding.
fn misbehave_in_fold(what: &str, batch: &Batch, changes: &mut Vec<Change>) -> Result<(), String> {
    let give = |at, award: &_| give_award(at, &Subject::Itself, award);
    match what {
        "loop" => spin(),
        "slow" => slow(),
        "memory" => eat_memory(),
        "recurse-without-frames" => drop(black_box(descend(black_box(1)))),
        "recurse" => drop(black_box(recurse(1))),
        "panic" => panic_in_the_sdk(batch)?,
        "refuse" => return Err("no, thank you".into()),
        "flood-effects" => (0..u32::MAX).for_each(|n| give(Origin::Step(0), &award("a", &n.to_string()))),
        "flood-scores" => add_scores(&vec![score(0, 1.0); 1_000]),
        "flood-progress" => {
            let one = [progress(0, 1.0)];
            (0..5_000).for_each(|_| show_progress(&one));
        }
        "flood-timer" => (0..17).for_each(|n| {
            give(Origin::Timer(Timer { slot: 0, at: 0 }), &award("a", &n.to_string()));
        }),
        "flood-logs" => {
            let rest = "ė".repeat(600);
            (0..150).for_each(|n| write(Level::Info, &format!("{n} {rest}")));
        }
        "endless-logs" => (0..u64::MAX).for_each(|_| write(Level::Info, "")),
        "wide-logs" => {
            let line = "x".repeat(1024 * 1024);
            (0..5).for_each(|_| write(Level::Info, &line));
        }
        "big-log" => write(Level::Info, &"x".repeat(9 * 1024 * 1024)),
        "bad-step" => add_scores(&[score(9_999, 1.0)]),
        "bad-board" => add_scores(&[plaudit_sdk::wit::Score { board: 7, ..score(0, 1.0) }]),
        "bad-index" => add_scores(&[plaudit_sdk::wit::Score { column: 5, ..score(0, 1.0) }]),
        "nan-score" => add_scores(&[score(0, f64::NAN)]),
        "infinite-score" => add_scores(&[score(0, f64::INFINITY)]),
        "negative-weight" => add_scores(&[plaudit_sdk::wit::Score { weight: -1.0, ..score(0, 1.0) }]),
        "bad-draw" => add_tickets(&[tickets(3, 1)]),
        "no-tickets" => add_tickets(&[tickets(0, 0)]),
        "bad-slot" => show_progress(&[progress(99, 1.0)]),
        "nan-progress" => show_progress(&[progress(0, f64::NAN)]),
        "early-timer" => give(Origin::Timer(Timer { slot: 0, at: i64::MAX }), &award("a", "once")),
        "close-in-fold" => give(Origin::Close, &award("a", "once")),
        "draw-in-fold" => hold_draw(&draw(DrawMethod::Weighted, vec![prize(1)])),
        "big-text" => give(Origin::Step(0), &award(&"n".repeat(1025), "once")),
        "empty-name" => give(Origin::Step(0), &award("", "once")),
        "many-arguments" => give(Origin::Step(0), &rows::because(award("a", "once"), text(17, 1.0))),
        "nan-argument" => give(Origin::Step(0), &rows::because(award("a", "once"), text(1, f64::NAN))),
        "no-points" => {
            give(Origin::Step(0), &rows::reward(award("a", "once"), Reward::Points(rows::points(0))))
        }
        "no-level" => give(Origin::Step(0), &rows::reward(award("a", "once"), Reward::Badge(rows::badge(0)))),
        "big-state" => changes[0].state = vec![0; 16 * 1024 + 1],
        "two-changes" => changes.push(change(0, Vec::new())),
        "change-of-nobody" => changes.push(change(99, Vec::new())),
        "flood-chances" => try_chances(&vec![rows::chance(0, 1, 20); 1_000]),
        "bad-chance" => try_chances(&[rows::chance(4, 1, 20)]),
        "no-odds" => try_chances(&[rows::chance(0, 0, 0)]),
        "sure-odds" => try_chances(&[rows::chance(0, 21, 20)]),
        "chance-for-ever" => {
            let once = rows::chance(0, 1, 20);
            let award = plaudit_sdk::wit::Award { span: plaudit_sdk::wit::Span::Ever, ..award("a", "once") };
            try_chances(&[plaudit_sdk::wit::Chance { award, ..once }]);
        }
        "chance-at-close" => {
            try_chances(&[plaudit_sdk::wit::Chance { at: Origin::Close, ..rows::chance(0, 1, 20) }]);
        }
        "stale-timer" => changes[0].wake_at = Some(batch.slots[0].until),
        _ => {}
    }
    Ok(())
}

/// All that can go wrong at the close.
fn misbehave_in_conclude(what: &str) -> Result<Vec<u8>, String> {
    let give = |at, to| give_award(at, &to, &award("a", "once"));
    match what {
        "loop-in-conclude" => spin(),
        "refuse" => return Err("no, thank you".into()),
        "big-shared" => return Ok(vec![0; 256 * 1024 + 1]),
        "step-in-conclude" => give(Origin::Step(0), Subject::Everyone),
        "itself-in-conclude" => give(Origin::Close, Subject::Itself),
        "score-in-conclude" => add_scores(&[score(0, 1.0)]),
        "flood-conclude" => hold_draw(&rows::excluding(65_535, draw(DrawMethod::Weighted, vec![prize(1)]))),
        "draw-twice" => {
            hold_draw(&draw(DrawMethod::Weighted, vec![prize(1)]));
            hold_draw(&draw(DrawMethod::Weighted, vec![prize(1)]));
        }
        "draw-otherwise" => hold_draw(&draw(DrawMethod::Equal, vec![prize(1)])),
        "no-winners" => hold_draw(&draw(DrawMethod::Weighted, vec![prize(0)])),
        "chance-in-conclude" => try_chances(&[rows::chance(0, 1, 20)]),
        "many-winners" => hold_draw(&draw(DrawMethod::Weighted, vec![prize(10_000), prize(1)])),
        _ => give(Origin::Close, Subject::Everyone),
    }
    Ok(vec![1])
}

fn spin() {
    let mut n = 0u64;
    while black_box(n) < u64::MAX {
        n = n.wrapping_add(black_box(1)) % (u64::MAX - 1);
    }
}

/// Much time for little fuel: each of these asks the host, and gets nothing.
fn slow() {
    #[cfg(target_arch = "wasm32")]
    loop {
        black_box(core::arch::wasm32::memory_grow::<0>(0));
    }
}

fn eat_memory() {
    let mut all = Vec::new();
    loop {
        all.push(Vec::<u8>::with_capacity(1024 * 1024));
        black_box(&all);
    }
}

#[expect(unconditional_recursion, reason = "that is what it is for")]
fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    recurse(depth + 1) + black_box(frame)[7]
}

/// Fills wasmtime's stack, not the one in the guest's memory.
fn descend(depth: u64) -> u64 {
    if depth == u64::MAX { 0 } else { descend(depth + 1).wrapping_mul(31) ^ depth }
}

/// Through the SDK, whose hook writes the panic's message to the log.
fn panic_in_the_sdk(batch: &Batch) -> Result<(), String> {
    struct Panics;
    impl Rule for Panics {
        type Settings = ();
        type State = Vec<u8>;
        const NAME: &'static str = "panics";
        fn plan((): &()) -> Plan {
            Plan::per_agent()
        }
        fn on_event(_: &mut Vec<u8>, event: &Event<'_>, _: &mut Context<'_, ()>) {
            panic!("no rating at {:?}", event.metric(0));
        }
    }
    std::thread_local! {
        static ADAPTER: std::cell::RefCell<plaudit_sdk::Adapter<Panics>> = std::cell::RefCell::default();
    }
    plaudit_sdk::__private::fold(&ADAPTER, "{}", batch).map(drop)
}

#[cfg(target_arch = "wasm32")]
plaudit_sdk::wit::bindings::export_component!(Hostile with_types_in plaudit_sdk::wit::bindings);

/// Natively it can only be looked at: what it needs of a host is not there.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub fn describe() -> String {
    let _ = (Hostile::plan, Hostile::fold, Hostile::conclude);
    Hostile::describe()
}
