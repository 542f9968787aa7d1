//! Fetching rounds of drand: from several nodes in turn, by the same guard as everything that leaves the house. What comes
//! back is worth nothing before its signature is verified.

use std::{collections::BTreeMap, time::Duration};

use plaudit_core::{draw::Beacon, hash::hex, journal::Entry};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{
    DeliverError,
    guard::{Client, Guard, NoResponse},
};
use crate::{
    beacon::{Chain, Round},
    clock::Clock,
    engine::{Engine, draws::Awaited},
    journal::Journal,
};

/// How often the engine is asked what it waits for.
const LOOK: Duration = Duration::from_secs(1);
/// First wait after all nodes failed; doubled up to the last.
const BACKOFF: Duration = Duration::from_secs(2);
const BACKOFF_MAX: Duration = Duration::from_secs(300);

/// Where rounds come from.
#[derive(Debug)]
pub struct BeaconSource {
    client: Client,
    /// Base addresses, without a slash at the end.
    nodes: Vec<String>,
}

impl BeaconSource {
    /// Nodes to ask, in order; `allow` lists private places that may be reached.
    ///
    /// # Errors
    /// An entry of `allow` is wrong, or there is no TLS.
    pub fn new(nodes: &[String], allow: &[String], timeout: Duration) -> Result<Self, DeliverError> {
        let guard = Guard::new(allow).map_err(|refused| DeliverError::Setting {
            setting: "delivery.allow_private",
            problem: refused.to_string(),
        })?;
        let client = Client::new(guard, timeout).map_err(|error| DeliverError::Setting {
            setting: "draws.beacon_urls",
            problem: format!("no HTTP client can be made ({error})"),
        })?;
        let nodes = nodes.iter().map(|node| node.trim_end_matches('/').to_owned()).collect();
        Ok(Self { client, nodes })
    }

    /// A round, verified: of the first node that has it.
    ///
    /// # Errors
    /// What each node said.
    pub async fn fetch(&self, chain: &'static Chain, round: u64) -> Result<Round, String> {
        let mut problems = Vec::new();
        for node in &self.nodes {
            match self.ask(node, chain, round).await {
                Ok(found) => return Ok(found),
                Err(problem) => problems.push(format!("{node}: {problem}")),
            }
        }
        Err(problems.join("; "))
    }

    async fn ask(&self, node: &str, chain: &'static Chain, wanted: u64) -> Result<Round, String> {
        let url = format!("{node}/{}/public/{wanted}", chain.hash);
        let response = self.client.get(&url).await.map_err(|problem| match problem {
            NoResponse::Refused(refused) => refused.to_string(),
            NoResponse::NotConnected(why) | NoResponse::Lost(why) => why,
        })?;
        if response.status != 200 {
            return Err(format!("it answered {}", response.status));
        }
        let round: Round =
            serde_json::from_slice(&response.body).map_err(|error| format!("that is no round: {error}"))?;
        // Pairings take milliseconds: not on a thread that serves others.
        let checked = tokio::task::spawn_blocking(move || chain.verify(wanted, &round).map(|_| round)).await;
        checked.map_err(|error| error.to_string())?.map_err(|wrong| wrong.to_string())
    }
}

/// Fetches what draws wait for until the house closes.
pub async fn run(
    source: BeaconSource,
    engine: Engine,
    journal: Journal,
    clock: Clock,
    closing: CancellationToken,
) {
    let mut again: BTreeMap<String, (Instant, Duration)> = BTreeMap::new();
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        let awaited = engine.awaited();
        metrics::gauge!("plaudit_beacons_awaited").set(awaited.len() as f64);
        again.retain(|name, _| awaited.iter().any(|one| name_of(one) == *name));
        for one in awaited {
            let name = name_of(&one);
            let Some(chain) = Chain::of_hash(&one.chain) else {
                tracing::error!(chain = %one.chain, draw = name, "this release does not know the chain that was promised");
                continue;
            };
            let is_early = chain.time_of(one.round) > clock.now();
            if is_early || again.get(&name).is_some_and(|(at, _)| *at > Instant::now()) {
                continue;
            }
            match source.fetch(chain, one.round).await {
                Ok(round) => {
                    again.insert(name, (Instant::now() + BACKOFF_MAX, BACKOFF));
                    journal.propose(vec![revealed(one, chain, &round)]);
                }
                Err(problem) => {
                    metrics::counter!("plaudit_beacon_failures_total", "chain" => chain.name).increment(1);
                    let wait = again.get(&name).map_or(BACKOFF, |(_, wait)| (*wait * 2).min(BACKOFF_MAX));
                    tracing::warn!(
                        draw = name,
                        round = one.round,
                        chain = chain.name,
                        problem,
                        wait_s = wait.as_secs(),
                        "a draw waits for its beacon; a manager may let it go on without"
                    );
                    again.insert(name, (Instant::now() + wait, wait));
                }
            }
        }
    }
}

fn name_of(one: &Awaited) -> String {
    format!("{}/{}/{}", one.incentive, one.period, one.draw)
}

fn revealed(one: Awaited, chain: &Chain, round: &Round) -> Entry {
    let previous = if chain.is_chained() { round.previous_signature.clone() } else { "".into() };
    let beacon = Beacon {
        source: "drand".into(),
        chain: one.chain,
        round: one.round,
        sealed_at: one.sealed_at,
        previous_signature: previous,
        signature: round.signature.clone(),
        value: hex(&round.randomness()),
    };
    Entry::BeaconRevealed { incentive: one.incentive, period: one.period, draw: one.draw, beacon }
}
