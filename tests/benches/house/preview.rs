//! What a preview costs: an incentive over 30 days of 500 agents, in events per second, beside the native rule over as many
//! steps in the same run.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use plaudit_sdk::{Adapter, Effects};
use serde_json::{Value, json};

use crate::{
    Asked,
    centre::{self, DAWN, monday},
    fold::{self, CONTEST},
    server::Server,
    table::{self, mebibytes, median, row, time, times, whole},
};

/// Events in a request.
const SIZE: usize = 1000;
/// Steps of a native call.
const STEPS: usize = 1000;
/// Seconds that one request waits for the result.
const WAIT_S: u64 = 60;

/// Measures.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(measured(asked))
}

async fn measured(asked: &Asked) -> anyhow::Result<()> {
    let agents = asked.agents.unwrap_or(if asked.quick { 25 } else { 500 });
    let (days, rounds) = if asked.quick { (3, 3) } else { (30, 5) };
    let world = centre::world(agents);
    let folder = tempfile::tempdir()?;
    let server = Server::start_new(folder.path(), DAWN).await?;
    centre::set_up_people(&server, &world).await?;
    for day in world.days(monday(), days) {
        for part in centre::parts(&day, SIZE) {
            server.drive(part.arrives).await?;
            server.events(part.body).await?;
        }
    }
    server.drive(DAWN + (i64::from(days) + 1) * 86_400).await?;
    server.settled().await?;

    let before = server.memory("VmRSS")?;
    let (mut took, mut native) = (Vec::new(), Vec::new());
    let mut counts = (0.0, 0.0);
    for _ in 0..rounds {
        let begun = Instant::now();
        let result = previewed(&server, days).await?;
        took.push(begun.elapsed().as_secs_f64());
        let count = |name: &str| result[name].as_f64().with_context(|| format!("the result has no {name}"));
        counts = (count("events_read")?, count("events_selected")?);
        native.push(natively(counts.1)?.as_secs_f64());
    }
    let (took, native) = (median(&took), median(&native));
    let rate = |events: f64, seconds: f64| whole(events / seconds);
    let rows = [
        row(["", "events", "time", "events/s", "of native"]),
        vec![
            "preview, all events read".to_owned(),
            whole(counts.0),
            time(Duration::from_secs_f64(took)),
            rate(counts.0, took),
            String::new(),
        ],
        vec![
            "preview, events that counted".to_owned(),
            whole(counts.1),
            time(Duration::from_secs_f64(took)),
            rate(counts.1, took),
            times(took / native),
        ],
        vec![
            "native rule, as many steps".to_owned(),
            whole(counts.1),
            time(Duration::from_secs_f64(native)),
            rate(counts.1, native),
            "1".to_owned(),
        ],
    ];
    table::print("preview: a contest over the past, over HTTP to the result", &rows);
    table::say(&format!(
        "  {days} days of {agents} agents; medians of {rounds} interleaved rounds; the native rule folds {STEPS} steps a call \
         from memory, the preview reads and measures its events first; resident before {}, at most {}",
        mebibytes(before),
        mebibytes(server.memory("VmHWM")?),
    ));
    Ok(())
}

async fn previewed(server: &Server, days: u32) -> anyhow::Result<Value> {
    let to = monday() + chrono::Duration::days(i64::from(days));
    let wish = json!({
        "title": "Quick and kind", "plugin": "contest", "zone": "Europe/Madrid", "periods": "daily",
        "settings": serde_json::from_str::<Value>(CONTEST)?,
        "from": monday().to_string(), "to": to.to_string(),
    });
    let path = format!("/v1/incentives/preview?wait={WAIT_S}");
    let mut view = server.post(&path, "application/json", wish.to_string().into_bytes()).await?;
    while view["state"] == "waiting" || view["state"] == "running" {
        let id = view["id"].as_str().context("a preview has an id")?;
        view = server.get(&format!("/v1/previews/{id}?wait={WAIT_S}")).await?;
    }
    if view["state"] != "done" || !view["result"]["fault"].is_null() {
        bail!("the preview did not come to its end: {view}");
    }
    Ok(view["result"].take())
}

/// The same rule in native Rust over so many steps.
fn natively(steps: f64) -> anyhow::Result<Duration> {
    let plan = ["calls", "worked-hours", "csat"].map(str::to_owned);
    let batch = fold::contract(&fold::batch(&plan, STEPS));
    let mut native = Adapter::<plaudit_plugin_contest::Contest>::default();
    let begun = Instant::now();
    for _ in 0..(steps / STEPS as f64).ceil() as u64 {
        let mut effects = Effects::default();
        let changes = native.fold(CONTEST, black_box(&batch), &mut effects);
        black_box((changes.map_err(anyhow::Error::msg)?, effects));
    }
    Ok(begun.elapsed())
}
