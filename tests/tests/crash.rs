//! `kill -9` in the middle of a day: what is settled, and what is told, is as if nothing had happened.

use std::{collections::BTreeSet, time::Duration};

use plaudit::cli::simulate::{Second, Size, World, rfc3339};
use plaudit_tests::{
    day::{START, date, open},
    house::House,
};
use serde_json::Value;

const SEED: u64 = 7;
const AGENTS: u32 = 20;
/// Larger than the settle delay: the house hears of most things late, and of many in a wrong order.
const STEP_S: Second = 3_600;
const BATCH_EVENTS: usize = 1_000;
/// Enough for the end of that day, its closing and its draw.
const STEPS: usize = 26;

/// Where the server is killed within a step of the clock.
#[derive(Clone, Copy, Debug)]
enum Kill {
    /// As soon as the clock has moved: timers, closings and draws are under way.
    AfterTheClock,
    /// So long after a request with events was begun.
    InARequest(Duration),
    /// When events are acknowledged and nothing of them need be settled.
    AfterTheAnswer,
    /// When they are settled and the messages are leaving.
    WhileTelling,
}

/// A step of the clock and what arrives until then.
struct Step {
    clock: String,
    batches: Vec<String>,
}

/// What a day comes to.
#[derive(Debug, PartialEq)]
struct Outcome {
    settled: String,
    points: Vec<(String, i64)>,
    /// Webhook id, type, and the effect or draw or period it speaks of.
    told: BTreeSet<(String, String, String)>,
}

fn steps(world: &World) -> Vec<Step> {
    let day = world.day(date());
    let mut posted = 0;
    let step = |nth: usize| {
        let clock = START + STEP_S * Second::try_from(nth).expect("few");
        let until = day.partition_point(|timed| timed.arrives <= clock);
        let arrived = &day[posted..until];
        posted = until;
        let batch = |events: &[plaudit::cli::simulate::Timed]| {
            let events: Vec<String> = events.iter().map(|timed| timed.event.to_json()).collect();
            format!("[{}]", events.join(","))
        };
        Step { clock: rfc3339(clock), batches: arrived.chunks(BATCH_EVENTS).map(batch).collect() }
    };
    (1..=STEPS).map(step).collect()
}

/// Plays the day, killed at these steps.
async fn play(world: &World, kills: &[(usize, Kill)]) -> Outcome {
    let mut house = open(world).await;
    for (nth, step) in steps(world).iter().enumerate() {
        let kill = kills.iter().find(|(at, _)| *at == nth).map(|(_, kill)| *kill);
        play_step(&mut house, step, kill).await;
    }
    let task_faults: Vec<Value> = house.get("/v1/status").await["tasks"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|task| !task["fault"].is_null())
        .cloned()
        .collect();
    assert_eq!(task_faults, Vec::<Value>::new());
    let told = house.mailroom.hooks().into_iter().map(|hook| {
        let of = |field: &str| hook.data[field].as_str().unwrap_or_default().to_owned();
        let about = [of("effect"), of("period"), of("draw")].join(" ");
        (hook.id, hook.kind, about)
    });
    Outcome {
        settled: house.hash().await,
        points: house.books().await.into_iter().collect(),
        told: told.collect(),
    }
}

/// A step. Everything is told before the next news comes: what is corrected before it was told is never told, and how
/// much that is depends on the machine.
async fn play_step(house: &mut House, step: &Step, kill: Option<Kill>) {
    if matches!(kill, Some(Kill::AfterTheClock)) {
        house.move_clock(&step.clock).await.expect("an answer");
        again(house).await;
    }
    house.drive_to(&step.clock).await;
    house.told().await;
    for (nth, batch) in step.batches.iter().enumerate() {
        let is_acknowledged = match kill {
            Some(Kill::InARequest(after)) if nth == 0 => {
                let (door, events) = (house.clone(), batch.clone());
                let request = tokio::spawn(async move { door.post_batch(events).await });
                tokio::time::sleep(after).await;
                again(house).await;
                house.drive_to(&step.clock).await;
                matches!(request.await, Ok(Ok((status, _))) if status.is_success())
            }
            _ => false,
        };
        if !is_acknowledged {
            post(house, batch).await;
        }
        if matches!(kill, Some(Kill::WhileTelling)) {
            house.settled().await;
            // The planner lets a moment pass, so that one message is made of many.
            tokio::time::sleep(Duration::from_millis(320)).await;
        }
        if matches!(kill, Some(Kill::AfterTheAnswer | Kill::WhileTelling)) {
            again(house).await;
            house.drive_to(&step.clock).await;
        }
        house.told().await;
    }
}

async fn again(house: &mut House) {
    house.kill();
    house.start_again().await;
}

async fn post(house: &House, batch: &str) {
    let (status, answer) = house.post_batch(batch).await.expect("an answer");
    assert!(status.is_success(), "{status}: {answer}");
    assert_eq!(answer["rejected"], serde_json::json!([]), "the simulator sends nothing that is refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_with_kills_settles_and_tells_what_an_undisturbed_one_does() {
    let world = World::new(SEED, Size { agents: AGENTS }, date());
    let in_a_request = |ms| Kill::InARequest(Duration::from_millis(ms));
    let kills = [
        (2, Kill::AfterTheClock),
        (4, in_a_request(0)),
        (6, Kill::AfterTheAnswer),
        (8, Kill::WhileTelling),
        (10, in_a_request(3)),
        (11, in_a_request(6)),
        (13, Kill::AfterTheAnswer),
        (15, Kill::WhileTelling),
        (17, in_a_request(10)),
        (20, Kill::AfterTheClock),
        // The day ends in Madrid.
        (24, Kill::AfterTheClock),
        (25, Kill::WhileTelling),
    ];
    let (undisturbed, killed) = (play(&world, &[]).await, play(&world, &kills).await);
    assert!(undisturbed.points.iter().any(|(account, units)| account.starts_with("agent/") && *units > 0));
    for kind in ["award.granted", "praise.sent", "period.closed", "draw.held"] {
        assert!(undisturbed.told.iter().any(|(_, told, _)| told == kind), "the day has no {kind}");
    }
    let only_in = |a: &Outcome, b: &Outcome| a.told.difference(&b.told).cloned().collect::<Vec<_>>();
    assert_eq!(only_in(&killed, &undisturbed), [], "told only because of the kills");
    assert_eq!(only_in(&undisturbed, &killed), [], "not told because of the kills");
    assert_eq!(killed, undisturbed);
    let ids: BTreeSet<_> = killed.told.iter().map(|(id, ..)| id).collect();
    assert_eq!(ids.len(), killed.told.len(), "one id, one message");
}
