//! What an event costs when the journal is long, beside what it cost when the journal was short.

use std::time::Instant;

use crate::{
    Asked,
    centre::{self, DAWN, Incentives, Part, monday},
    server::Server,
    table::{self, mebibytes, row, times, whole},
};

/// Events in a request.
const SIZE: usize = 1000;
/// Events of one measurement.
const MEASURED: usize = 50_000;

/// Where a measurement was made, and what it gave.
struct Seen {
    journalled: usize,
    acknowledged_us: f64,
    settled_us: f64,
    resident: u64,
    store: u64,
}

/// Plays days until the journal is long enough.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(measured(asked))
}

async fn measured(asked: &Asked) -> anyhow::Result<()> {
    let agents = asked.agents.unwrap_or(if asked.quick { 600 } else { 5000 });
    let end = asked.events.unwrap_or(if asked.quick { 400_000 } else { 10_000_000 });
    let start = (end / 100).max(50_000).min(100_000);
    let world = centre::world(agents);
    let folder = tempfile::tempdir()?;
    let server = Server::start_new(folder.path(), DAWN).await?;
    centre::set_up(&server, &world, Incentives::One).await?;
    let (mut posted, mut now, mut seen) = (0, DAWN, Vec::new());
    let mut goals = [start, end].into_iter().peekable();
    'days: for day in world.days(monday(), 366) {
        let mut parts = centre::parts(&day, SIZE).into_iter();
        while let Some(part) = parts.next() {
            let Some(goal) = goals.peek() else { break 'days };
            if posted < *goal {
                posted += post(&server, part, &mut now).await?;
                continue;
            }
            goals.next();
            server.settled().await?;
            let journalled = posted;
            let begun = Instant::now();
            let mut counted = post(&server, part, &mut now).await?;
            for part in parts.by_ref().take(MEASURED / SIZE - 1) {
                counted += post(&server, part, &mut now).await?;
            }
            let acknowledged_us = begun.elapsed().as_secs_f64() * 1e6 / counted as f64;
            server.settled().await?;
            let settled_us = begun.elapsed().as_secs_f64() * 1e6 / counted as f64;
            posted += counted;
            let (resident, store) = (server.memory("VmRSS")?, server.store_bytes()?);
            seen.push(Seen { journalled, acknowledged_us, settled_us, resident, store });
        }
    }
    print(&seen);
    table::say(&format!(
        "  {agents} agents, one contest, requests of {SIZE}, one connection; each row over {} further events",
        whole(MEASURED as f64)
    ));
    Ok(())
}

async fn post(server: &Server, part: Part, now: &mut i64) -> anyhow::Result<usize> {
    *now = (*now).max(part.arrives);
    server.drive(*now).await?;
    server.events(part.body).await?;
    Ok(part.events)
}

fn print(seen: &[Seen]) {
    let mut rows = vec![row([
        "journalled before",
        "acknowledged, us an event",
        "of first",
        "settled, us an event",
        "of first",
        "resident",
        "store on disk",
    ])];
    let Some(first) = seen.first() else { return };
    rows.extend(seen.iter().map(|one| {
        vec![
            whole(one.journalled as f64),
            format!("{:.1}", one.acknowledged_us),
            times(one.acknowledged_us / first.acknowledged_us),
            format!("{:.1}", one.settled_us),
            times(one.settled_us / first.settled_us),
            mebibytes(one.resident),
            mebibytes(one.store),
        ]
    }));
    table::print("scale: what an event costs after many others", &rows);
}
