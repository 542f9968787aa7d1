//! What an operator and a manager do before the first day: people, budget, plugins, endpoint, incentives.

use std::fs;

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{Args, accounts, api::Api};
use crate::cli::{receiver::Receiver, simulate::World};

/// The official plugins.
const PLUGINS: &[&str] = &["contest", "lottery", "badges", "praise"];
/// The budget that all incentives draw on, in points.
const BUDGET_POINTS: i64 = 20_000;

/// A secret for the demo's endpoint. It protects nothing: both ends are in this process and on loopback.
pub(super) fn webhook_secret(seed: u64) -> String {
    let bytes = blake3::derive_key("plaudit demo webhook secret", &seed.to_le_bytes());
    format!("whsec_{}", STANDARD.encode(bytes))
}

/// Sets everything up; returns the ids of the incentives.
pub(super) async fn all(
    api: &Api,
    args: &Args,
    world: &World,
    receiver: &Receiver,
    secret: &str,
) -> anyhow::Result<Vec<String>> {
    for (id, site) in world.sites_json(args.date) {
        api.put(&format!("/v1/sites/{id}"), &site).await?;
    }
    for (id, team) in world.teams_json() {
        api.put(&format!("/v1/teams/{id}"), &team).await?;
    }
    api.post("/v1/roster", "text/csv", world.roster_csv(args.date)?.into_bytes()).await?;
    accounts::make(api, args, world).await?;
    api.put("/v1/budgets/recognition", &json!({ "currency": "points", "total": BUDGET_POINTS })).await?;
    for name in PLUGINS {
        let path = args.plugins.join(format!("{name}.wasm"));
        let why = || format!("{} can't be read; `cargo xtask plugins` makes it", path.display());
        let component = fs::read(&path).with_context(why)?;
        api.post("/v1/plugins", "application/wasm", component).await?;
    }
    let url = format!("http://{}/webhook", receiver.http);
    api.put("/v1/endpoints/demo", &json!({ "url": url, "secret": secret })).await?;
    incentives(api, args).await
}

/// Enables what stands in the file: a table `[[incentive]]` each, with its id.
async fn incentives(api: &Api, args: &Args) -> anyhow::Result<Vec<String>> {
    let path = &args.incentives;
    let text = fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    let document: Value = toml::from_str(&text).with_context(|| format!("{} is no TOML", path.display()))?;
    let wanted =
        document["incentive"].as_array().with_context(|| format!("{} has no incentive", path.display()))?;
    let mut ids = Vec::new();
    for incentive in wanted {
        let mut body = incentive.clone();
        let id = body.as_object_mut().and_then(|body| body.remove("id"));
        let id = id.as_ref().and_then(Value::as_str).context("an incentive has no id")?.to_owned();
        api.put(&format!("/v1/incentives/{id}"), &body).await?;
        ids.push(id);
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_one_that_the_standard_takes() {
        assert!(standardwebhooks::Webhook::new(&webhook_secret(7)).is_ok());
        assert_ne!(webhook_secret(7), webhook_secret(8));
    }

    #[test]
    fn the_day_at_work_has_five_incentives_of_the_four_plugins_within_the_budget() {
        let text = include_str!("../../../../../examples/a-day-at-work/incentives.toml");
        let document: Value = toml::from_str(text).expect("TOML");
        let incentives = document["incentive"].as_array().expect("incentives");
        assert_eq!(incentives.len(), 5);
        let plugins: Vec<&str> = incentives.iter().filter_map(|i| i["plugin"].as_str()).collect();
        assert!(PLUGINS.iter().all(|name| plugins.contains(name)), "{plugins:?}");
        let reserved: i64 = incentives.iter().filter_map(|i| i["allotment"]["units"].as_i64()).sum();
        assert!(reserved > 0 && reserved <= BUDGET_POINTS, "{reserved} points are reserved");
    }
}
