//! A contact centre for the server: people, budget, plugins, ten incentives, and its events as bodies of requests.

use anyhow::Context as _;
use chrono::NaiveDate;
use plaudit::cli::simulate::{Second, Size, Timed, World};
use serde_json::{Value, json};

use crate::server::{Server, component};

/// The first day.
pub(crate) fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default()
}

/// 2026-03-01T22:55:00Z: before the first shift anywhere.
pub(crate) const DAWN: Second = 1_772_405_700;

/// A body of events, and the time when the last of them arrives.
pub(crate) struct Part {
    /// A CloudEvents batch.
    pub(crate) body: Vec<u8>,
    /// When its last event arrives.
    pub(crate) arrives: Second,
    /// Events in it.
    pub(crate) events: usize,
}

/// A world of so many people.
pub(crate) fn world(agents: u32) -> World {
    World::new(7, Size { agents }, monday())
}

/// Events as bodies of `size` events.
pub(crate) fn parts(events: &[Timed], size: usize) -> Vec<Part> {
    events.chunks(size).map(part).collect()
}

fn part(events: &[Timed]) -> Part {
    let rows: Vec<String> = events.iter().map(|timed| timed.event.to_json()).collect();
    Part {
        body: format!("[{}]", rows.join(",")).into_bytes(),
        arrives: events.iter().map(|timed| timed.arrives).max().unwrap_or_default(),
        events: events.len(),
    }
}

/// Which incentives run.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Incentives {
    /// The five of the example's day at work, each twice: the second one counts days in Vilnius.
    Ten,
    /// The five, with months as periods: nothing is final meanwhile.
    FiveMonthly,
    /// The contest between agents.
    One,
}

fn incentives(which: Incentives) -> anyhow::Result<Vec<(String, Value)>> {
    let text = include_str!("../../../examples/a-day-at-work/incentives.toml");
    let document: Value = toml::from_str(text).context("the example's incentives")?;
    let twice = [("", "Europe/Madrid"), ("-again", "Europe/Vilnius")];
    let zones = if matches!(which, Incentives::Ten) { &twice[..] } else { &twice[..1] };
    let mut out = Vec::new();
    for incentive in document["incentive"].as_array().into_iter().flatten() {
        for (suffix, zone) in zones {
            let mut body = incentive.clone();
            let id = body.as_object_mut().and_then(|body| body.remove("id")).unwrap_or_default();
            body["zone"] = (*zone).into();
            if matches!(which, Incentives::FiveMonthly) {
                body["periods"] = "monthly".into();
            }
            if body["allotment"].is_object() {
                body["allotment"]["units"] = 10_000_000.into();
            }
            out.push((format!("{}{suffix}", id.as_str().unwrap_or_default()), body));
        }
    }
    if matches!(which, Incentives::One) {
        out.retain(|(id, _)| id == "quick-and-kind");
    }
    Ok(out)
}

/// Puts everything into a fresh server and waits until it is at rest.
pub(crate) async fn set_up(server: &Server, world: &World, which: Incentives) -> anyhow::Result<()> {
    set_up_people(server, world).await?;
    for (id, body) in incentives(which)? {
        server.put(&format!("/v1/incentives/{id}"), &body).await?;
    }
    server.settled().await
}

/// Puts people, budget and plugins into a fresh server, and no incentive.
pub(crate) async fn set_up_people(server: &Server, world: &World) -> anyhow::Result<()> {
    for (id, site) in world.sites_json(monday()) {
        server.put(&format!("/v1/sites/{id}"), &site).await?;
    }
    for (id, team) in world.teams_json() {
        server.put(&format!("/v1/teams/{id}"), &team).await?;
    }
    server.post("/v1/roster", "text/csv", world.roster_csv(monday())?.into_bytes()).await?;
    let budget = json!({ "currency": "points", "total": 100_000_000 });
    server.put("/v1/budgets/recognition", &budget).await?;
    for name in ["contest", "lottery", "badges", "praise"] {
        server.post("/v1/plugins", "application/wasm", component(name)?).await?;
    }
    Ok(())
}
