//! The same journal gives the same bytes; the same facts give the same settlement.

use std::{path::Path, process::Output, sync::Arc};

use plaudit::{
    cli::simulate::{Second, Size, Timed, World, rfc3339},
    config::secrets::Secrets,
    engine::{
        EngineConfig,
        replay::{Replay, ReplayConfig},
    },
};
use plaudit_core::limits;
use plaudit_runtime::{Compiler, Runtime, RuntimeConfig};
use plaudit_store::{
    Batch, Store,
    family::{self, standing::Standing},
    memory::MemoryStore,
    sled::SledStore,
};
use plaudit_tests::{
    day::{START, date, open},
    house::{House, at},
};
use serde_json::json;

const SEED: u64 = 11;
const AGENTS: u32 = 6;
const HOUR: Second = 3_600;
/// The day is over and final in Madrid, and the next one as well over.
const THE_END: &str = "2026-03-04T00:10:00Z";

fn world() -> World {
    World::new(SEED, Size { agents: AGENTS }, date())
}

fn batch(events: &[Timed]) -> String {
    let events: Vec<String> = events.iter().map(|timed| timed.event.to_json()).collect();
    format!("[{}]", events.join(","))
}

async fn post(house: &House, events: &[Timed]) {
    let (status, answer) = house.post_batch(batch(events)).await.expect("an answer");
    assert!(status.is_success(), "{status}: {answer}");
    assert_eq!(answer["rejected"], json!([]));
}

/// Plays the day: every `every` seconds what has arrived since is posted, in the order and the batches of `cut`.
async fn play(house: &House, every: Second, cut: &mut dyn FnMut(Vec<Timed>) -> Vec<Vec<Timed>>) {
    let day = world().day(date());
    let mut clock = START;
    let mut rest = &day[..];
    while !rest.is_empty() {
        clock += every;
        let (arrived, later) = rest.split_at(rest.partition_point(|timed| timed.arrives <= clock));
        rest = later;
        house.drive_to(&rfc3339(clock)).await;
        for events in cut(arrived.to_vec()) {
            post(house, &events).await;
        }
        // Praise that waits for hours is not told any more, and the clock jumps by hours here: a busy machine would lose it.
        house.told().await;
    }
    house.drive_to("2026-03-03T06:00:00Z").await;
    house.drive_to(THE_END).await;
}

fn as_they_come(events: Vec<Timed>) -> Vec<Vec<Timed>> {
    events.chunks(1000).map(<[Timed]>::to_vec).collect()
}

/// Runs rules as the house does.
fn runtime(folder: &Path) -> Runtime {
    let compiler =
        Compiler::Child { program: env!("CARGO_BIN_EXE_compile-child").into(), arguments: Vec::new() };
    Runtime::new(RuntimeConfig { cache_dir: folder.join("compiled"), mac_key: [0x33; 32], compiler })
        .expect("the runtime starts")
}

fn config(house: &House, steps_per_call: usize, checkpoint_blocks: u64) -> EngineConfig {
    let secrets = Secrets::load(&house.path("secrets"), false).expect("the keys of the house");
    EngineConfig {
        threads: 2,
        settle_ms: limits::SETTLE_DELAY_MS,
        grace_ms: limits::GRACE_MS,
        checkpoint_blocks,
        steps_per_call,
        draw_key: secrets.draw_key.to_vec(),
        beacon: None,
    }
}

fn says(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_journal_gives_the_same_bytes_whatever_the_chunks_the_cuts_and_the_restarts() {
    let mut house = open(&world()).await;
    play(&house, HOUR, &mut as_they_come).await;
    for kind in ["award.granted", "praise.sent", "period.closed", "draw.held"] {
        house.told().await;
        assert!(!house.mailroom.hooks_of(kind).is_empty(), "the day has no {kind}");
    }
    let told = house.get("/v1/hashes").await;
    house.stop().await;

    let source: Arc<dyn Store> =
        Arc::new(SledStore::open(&house.path("store"), 64 * 1024 * 1024).expect("the store opens"));
    let plugins = tempfile::tempdir().expect("a folder");
    // Steps a call, blocks at once, restart after so many turns, blocks between checkpoints.
    let ways = [
        (1, 1, 0, u64::MAX),
        (1, 64, 3, 10),
        (7, 5, 0, 3),
        (7, 1, 7, 20),
        (256, 64, 0, u64::MAX),
        (256, 3, 2, 1),
        (1000, 256, 1, u64::MAX),
        (1000, 1, 0, 1000),
    ];
    for (steps, blocks_at_once, restart_every, checkpoint_blocks) in ways {
        let engine = config(&house, steps, checkpoint_blocks);
        let scratch: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let config = ReplayConfig { engine, blocks_at_once, restart_every };
        let mut replay =
            Replay::new(source.clone(), scratch, runtime(plugins.path()), config).expect("the replay opens");
        replay.run(&mut |_| {}).expect("the journal can be played");
        let rebuilt = serde_json::to_value(replay.hashes().expect("hashes")).expect("JSON");
        assert_eq!(rebuilt, told, "{steps} steps, {blocks_at_once} blocks, restarts {restart_every}");
    }
    drop(source);

    let settings = house.path("plaudit.toml");
    let verified =
        house.store(&["verify", "--replay", "--scratch", &house.path("scratch").to_string_lossy()]);
    assert!(verified.status.success(), "{}", says(&verified));
    let full = told["full"].as_str().expect("a hash");
    assert!(says(&verified).contains(full), "{}", says(&verified));
    let after_the_verb =
        plaudit_tests::house::plaudit(&["store", "verify", "--config"]).arg(settings).output();
    assert!(after_the_verb.expect("plaudit starts").status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_not_what_its_journal_comes_to_is_found_with_incentive_kind_and_row() {
    let best_seller = json!({
        "plugin": "contest",
        "allotment": { "budget": "recognition", "currency": "points", "units": 500 },
        "settings": {
            "metrics": [{ "metric": "sales-amount" }],
            "prizes": [{ "rank": 1, "reward": { "points": 100 } }],
        },
    });
    let plan = House::plan().site("vno", "Europe/Vilnius").team("blue", "vno").agent("ana");
    let plan = plan.budget("recognition", 1_000).plugin("contest").incentive("best-seller", best_seller);
    // A rule that fails is paused in the replay as it was.
    let loops = json!({ "plugin": "hostile", "settings": { "misbehave": "loop" } });
    let plan = plan.plugin("hostile").incentive("loops", loops);
    let mut house = plan.open("2026-03-02T06:00:00Z").await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    house.post(&[at("2026-03-02T09:00:00Z").sale("ana", 60)]).await;
    house.drive_to("2026-03-02T22:05:00Z").await;
    house.told().await;
    house.stop().await;
    let sound = house.store(&["verify", "--replay"]);
    assert!(sound.status.success(), "{}", says(&sound));

    let store = SledStore::open(&house.path("store"), 64 * 1024 * 1024).expect("the store opens");
    let rows = family::scan::<Standing>(&store, None, 10).expect("awards");
    let (key, mut row) = rows.into_iter().next().expect("the prize");
    row.paid = row.paid.clone().plus(&row.paid);
    let mut batch = Batch::default();
    family::put::<Standing>(&mut batch, &key, &row);
    store.apply(batch).expect("a commit");
    store.sync().expect("a disk");
    drop(store);
    assert!(house.store(&["verify"]).status.success(), "each row is sound for itself");
    let forged = house.store(&["verify", "--replay"]);
    let said = says(&forged);
    assert!(!forged.status.success(), "{said}");
    for word in ["best-seller: awards differ", "\"bought\":null},200]", "\"bought\":null},100]"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

/// A way to shuffle that is the same every time.
fn shuffled(mut events: Vec<Timed>, seed: u64) -> Vec<Timed> {
    let place = |timed: &Timed| {
        let name = format!("{seed} {} {}", timed.event.source, timed.event.id);
        blake3::hash(name.as_bytes()).to_hex().to_string()
    };
    events.sort_by_cached_key(place);
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_facts_in_other_orders_batches_and_repetitions_settle_the_same() {
    let in_order = open(&world()).await;
    play(&in_order, HOUR, &mut as_they_come).await;
    let settled = in_order.get("/v1/hashes").await["settled"].clone();
    let awards = in_order.books().await;

    // Shuffled within eight hours, by ones and sevens, every fifth a second time.
    let scattered = open(&world()).await;
    let mut sizes = [1, 7, 64, 1].iter().cycle();
    let mut seed = 0;
    let mut scatter = |events: Vec<Timed>| {
        seed += 1;
        let events = shuffled(events, seed);
        let again = events.iter().step_by(5).cloned().collect::<Vec<_>>();
        let mut batches = Vec::new();
        let mut rest = &events[..];
        while !rest.is_empty() {
            let size = sizes.next().copied().unwrap_or(1).min(rest.len());
            let (one, more) = rest.split_at(size);
            batches.push(one.to_vec());
            rest = more;
        }
        batches.extend(again.chunks(50).map(<[Timed]>::to_vec));
        batches
    };
    play(&scattered, 8 * HOUR, &mut scatter).await;
    assert_eq!(scattered.books().await, awards);
    assert_eq!(scattered.get("/v1/hashes").await["settled"], settled);

    // Backwards, a day's third at once.
    let backwards = open(&world()).await;
    let mut reverse = |mut events: Vec<Timed>| -> Vec<Vec<Timed>> {
        events.reverse();
        events.chunks(1000).map(<[Timed]>::to_vec).collect()
    };
    play(&backwards, 8 * HOUR, &mut reverse).await;
    assert_eq!(backwards.get("/v1/hashes").await["settled"], settled);
    assert_ne!(backwards.full_hash().await, in_order.full_hash().await, "another journal");
}
