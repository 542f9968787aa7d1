//! What a server needs after a million events: memory, disk, and time to come up again.

use std::time::{Duration, Instant};

use crate::{
    Asked,
    centre::{self, DAWN, Incentives, monday},
    server::Server,
    table::{self, mebibytes, row, time, whole},
};

/// Events in a request.
const SIZE: usize = 1000;
/// Requests after the clean restart, none of which is in a checkpoint when the process is killed.
const BEFORE_THE_KILL: usize = 50;

/// What was seen at one moment.
struct Seen {
    what: &'static str,
    resident: u64,
    most: u64,
    store: u64,
    ready: Option<Duration>,
    idle: Option<Duration>,
}

/// Measures once: what is looked at are states, not rates.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(measured(asked))
}

async fn measured(asked: &Asked) -> anyhow::Result<()> {
    let agents = asked.agents.unwrap_or(1200);
    let wanted = asked.events.unwrap_or(if asked.quick { 100_000 } else { 1_000_000 });
    let world = centre::world(agents);
    let folder = tempfile::tempdir()?;
    let mut server = Server::start_new(folder.path(), DAWN).await?;
    centre::set_up(&server, &world, Incentives::Ten).await?;
    let mut seen = vec![Seen::now("set up, no event yet", &server)?];
    let (mut posted, mut days) = (0, 0);
    let begun = Instant::now();
    let mut later = Vec::new();
    for day in world.days(monday(), 366) {
        days += 1;
        for part in centre::parts(&day, SIZE) {
            if posted >= wanted {
                later.push(part);
                continue;
            }
            server.drive(part.arrives).await?;
            posted += part.events;
            server.events(part.body).await?;
        }
        if posted >= wanted && later.len() >= BEFORE_THE_KILL {
            break;
        }
    }
    let acknowledged = begun.elapsed();
    server.settled().await?;
    let settled = begun.elapsed();
    seen.push(Seen::now("all settled", &server)?);
    let stopped = server.stop()?;
    seen.push(again("after a clean stop", &mut server).await?);
    for part in later.iter().take(BEFORE_THE_KILL) {
        server.drive(part.arrives).await?;
        server.events(part.body.clone()).await?;
    }
    server.kill()?;
    seen.push(again("after SIGKILL", &mut server).await?);
    print(&seen);
    table::say(&format!(
        "  {} events of {days} days of {agents} agents, ten incentives, requests of {SIZE}, one connection; \
         acknowledged after {} ({} events/s), settled after {} ({} events/s); the clean stop took {}; \
         SIGKILL came right after {BEFORE_THE_KILL} more requests. The baseline is the first row.",
        whole(posted as f64),
        time(acknowledged),
        whole(posted as f64 / acknowledged.as_secs_f64()),
        time(settled),
        whole(posted as f64 / settled.as_secs_f64()),
        time(stopped),
    ));
    Ok(())
}

async fn again(what: &'static str, server: &mut Server) -> anyhow::Result<Seen> {
    let begun = Instant::now();
    let ready = server.start_again().await?;
    server.settled().await?;
    let idle = begun.elapsed();
    Ok(Seen { ready: Some(ready), idle: Some(idle), ..Seen::now(what, server)? })
}

impl Seen {
    fn now(what: &'static str, server: &Server) -> anyhow::Result<Self> {
        let (resident, most) = (server.memory("VmRSS")?, server.memory("VmHWM")?);
        Ok(Self { what, resident, most, store: server.store_bytes()?, ready: None, idle: None })
    }
}

fn print(seen: &[Seen]) {
    let mut rows =
        vec![row(["", "resident", "at most", "of baseline", "store on disk", "ready after", "idle after"])];
    let baseline = seen.first().map_or(1, |first| first.resident) as f64;
    let shown = |value: Option<Duration>| value.map_or_else(|| "-".to_owned(), time);
    rows.extend(seen.iter().map(|seen| {
        vec![
            seen.what.to_owned(),
            mebibytes(seen.resident),
            mebibytes(seen.most),
            table::times(seen.resident as f64 / baseline),
            mebibytes(seen.store),
            shown(seen.ready),
            shown(seen.idle),
        ]
    }));
    table::print("memory: what a server needs, and how long it takes to come up again", &rows);
}
