//! One late event in a month of many agents: how long until the difference is settled, beside an event on time.

use std::time::Instant;

use plaudit::cli::simulate::{Second, Timed};
use serde_json::Value;

use crate::{
    Asked,
    centre::{self, DAWN, Incentives, monday},
    server::Server,
    table::{self, median, row, times, whole},
};

/// Events in a request while the month is filled.
const SIZE: usize = 1000;

/// Fills the month, then measures.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(measured(asked))
}

async fn measured(asked: &Asked) -> anyhow::Result<()> {
    let (agents, days, rounds) = if asked.quick { (60, 6, 5) } else { (500, 30, 15) };
    let agents = asked.agents.unwrap_or(agents);
    let world = centre::world(agents);
    let folder = tempfile::tempdir()?;
    let server = Server::start_new(folder.path(), DAWN).await?;
    centre::set_up(&server, &world, Incentives::FiveMonthly).await?;
    let (mut posted, mut now, mut by_day) = (0, DAWN, Vec::new());
    for day in world.days(monday(), days) {
        for part in centre::parts(&day, SIZE) {
            now = now.max(part.arrives);
            server.drive(now).await?;
            posted += part.events;
            server.events(part.body).await?;
        }
        by_day.push(sample(day, rounds));
    }
    server.settled().await?;
    let last = by_day.len() - 1;
    let on_time = median(&again(&server, &by_day[last], now, "today").await?);
    let shown = |late: f64| [format!("{} ms", whole(late)), times(late / on_time)];
    let mut rows = vec![row(["an event of", "until settled", "of an event on time"])];
    rows.push([vec!["today".to_owned()], shown(on_time).to_vec()].concat());
    for (what, day) in [("three days ago", last.saturating_sub(3)), ("the first day", 0)] {
        let late = median(&again(&server, &by_day[day], now, what).await?);
        rows.push([vec![what.to_owned()], shown(late).to_vec()].concat());
    }
    table::print("late: an event that comes late, until five incentives have settled what it changes", &rows);
    table::say(&format!(
        "  {} events of {days} days of {agents} agents, periods are months, so that nothing is final; \
         medians of {rounds} events, each of another agent where there are as many",
        whole(posted as f64)
    ));
    Ok(())
}

/// Some events of a day, of as many agents as possible.
fn sample(day: Vec<Timed>, wanted: usize) -> Vec<Value> {
    let mut seen = std::collections::BTreeSet::new();
    let mut out = Vec::new();
    for timed in day {
        let Ok(event) = serde_json::from_str::<Value>(&timed.event.to_json()) else { continue };
        let is_contact = event["type"] == "contact.completed";
        if is_contact && out.len() < wanted && seen.insert(event["subject"].to_string()) {
            out.push(event);
        }
    }
    out
}

/// Says something new of the same agents at the same times; milliseconds from the request to the settlement.
async fn again(server: &Server, events: &[Value], now: Second, name: &str) -> anyhow::Result<Vec<f64>> {
    let mut took = Vec::new();
    server.drive(now).await?;
    for event in events {
        let mut event = event.clone();
        for id in ["id", "entity"] {
            event[id] = format!("{}, {name}", event[id].as_str().unwrap_or_default()).into();
        }
        let begun = Instant::now();
        server.events(format!("[{event}]").into_bytes()).await?;
        server.settled().await?;
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(took)
}
