//! Durable ingest over HTTP, with ten incentives settling what comes, against appending the same bytes to a file with
//! an fdatasync for each group.

use std::{
    fs::File,
    io::Write as _,
    time::{Duration, Instant},
};

use plaudit::cli::simulate::Timed;

use crate::{
    Asked,
    centre::{self, DAWN, Incentives, Part, monday},
    server::Server,
    table::{self, median, row, times, whole},
};

/// Requests under way at once.
const CONNECTIONS: usize = 4;
/// Events in a request.
const SIZES: [usize; 2] = [100, 1000];

/// Events a second.
#[derive(Default)]
struct Rates {
    bare: Vec<f64>,
    durable: Vec<f64>,
    settled: Vec<f64>,
}

/// Measures each size.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let agents = asked.agents.unwrap_or(120);
    let (rounds, days) = if asked.quick { (1, 1) } else { (3, 2) };
    let events: Vec<Timed> = centre::world(agents).days(monday(), days).flatten().collect();
    let mut rows = vec![row([
        "requests of",
        "append + fdatasync",
        "acknowledged",
        "of bare",
        "settled by all",
        "acknowledged alone",
        "of bare",
    ])];
    for size in SIZES {
        let parts = centre::parts(&events, size);
        let (mut with, mut without) = (Rates::default(), Rates::default());
        for _ in 0..rounds {
            let bare = bare(&parts)?;
            with.bare.push(bare);
            runtime.block_on(served(agents, &parts, true, &mut with))?;
            runtime.block_on(served(agents, &parts, false, &mut without))?;
        }
        let (bare, durable) = (median(&with.bare), median(&with.durable));
        let alone = median(&without.durable);
        rows.push(vec![
            format!("{size} events"),
            whole(bare),
            whole(durable),
            times(durable / bare),
            whole(median(&with.settled)),
            whole(alone),
            times(alone / bare),
        ]);
    }
    let title = "ingest: durable events a second over HTTP, against appending the same bytes to a file";
    table::print(title, &rows);
    table::say(&format!(
        "  {} events of {days} days of {agents} agents, {CONNECTIONS} connections, ten incentives of four plugins \
         (`alone`: none); medians of {rounds} rounds, a fresh server each",
        events.len()
    ));
    Ok(())
}

/// The baseline: one writer, a group for each request.
fn bare(parts: &[Part]) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let mut file = File::create(folder.path().join("bare"))?;
    let begun = Instant::now();
    for part in parts {
        file.write_all(&part.body)?;
        file.sync_data()?;
    }
    Ok(rate(parts, begun.elapsed()))
}

async fn served(agents: u32, parts: &[Part], with_incentives: bool, rates: &mut Rates) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start_new(folder.path(), DAWN).await?;
    if with_incentives {
        centre::set_up(&server, &centre::world(agents), Incentives::Ten).await?;
    }
    let begun = Instant::now();
    let mut posting = Duration::ZERO;
    for wave in parts.chunks(CONNECTIONS) {
        server.drive(wave.iter().map(|part| part.arrives).max().unwrap_or(DAWN)).await?;
        let posted = Instant::now();
        post(&server, wave).await?;
        posting += posted.elapsed();
    }
    rates.durable.push(rate(parts, posting));
    server.settled().await?;
    rates.settled.push(rate(parts, begun.elapsed()));
    Ok(())
}

/// Posts some requests at once.
async fn post(server: &Server, wave: &[Part]) -> anyhow::Result<()> {
    let one = |at: usize| async move {
        match wave.get(at) {
            Some(part) => server.events(part.body.clone()).await,
            None => Ok(()),
        }
    };
    tokio::try_join!(one(0), one(1), one(2), one(3)).map(drop)
}

fn rate(parts: &[Part], took: Duration) -> f64 {
    parts.iter().map(|part| part.events).sum::<usize>() as f64 / took.as_secs_f64()
}
