//! `plaudit simulate`: a believable contact centre from one seed.
//!
//! The world, its days and the way of the news ([`World`]) are pure; only [`run`] reads and writes. Two runs with
//! the same seed, size and date give the same bytes, on every machine.

mod after;
mod day;
mod disturb;
mod event;
mod line;
mod names;
mod post;
mod random;
mod roster;
mod shift;
#[cfg(test)]
mod tests;
mod world;

use std::{
    io::{BufWriter, Write as _},
    path::PathBuf,
};

use chrono::NaiveDate;

pub use event::{Data, Posted, Second, Timed, rfc3339};
pub(crate) use post::Poster;
pub use world::{Agent, Purpose, Queue, Site, Size, Team, World};

/// Play a contact centre: calls, chats, ratings, evaluations, shifts, as CloudEvents.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Equal seeds give equal events, byte by byte.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// How many people answer contacts; a team for every fifteen.
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(3..=5000))]
    pub agents: u32,
    /// How many days, one after another.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=366))]
    pub days: u32,
    /// The first day, by each site's own calendar.
    #[arg(long, default_value = "2026-03-02")]
    pub date: NaiveDate,
    /// Write one event a line to the standard output, in the order of arrival. This is so unless --post is given.
    #[arg(long)]
    pub ndjson: bool,
    /// Post to this server instead, such as http://127.0.0.1:8080, as fast as it takes them.
    #[arg(long, value_name = "URL", conflicts_with = "ndjson")]
    pub post: Option<url::Url>,
    /// Bearer token with the scope to post events.
    #[arg(long, env = "PLAUDIT_TOKEN", hide_env_values = true, requires = "post")]
    pub token: Option<String>,
    /// Also write roster.csv, sites.json and teams.json to this folder.
    #[arg(long, value_name = "DIR")]
    pub roster: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When the roster can't be written or the server does not take the events.
pub fn run(args: Args) -> anyhow::Result<()> {
    let world = World::new(args.seed, Size { agents: args.agents }, args.date);
    if let Some(dir) = &args.roster {
        world.write_roster(dir, args.date)?;
    }
    match &args.post {
        Some(url) => {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
            runtime.block_on(post::all(&world, &args, url))
        }
        None => print(&world, &args),
    }
}

fn print(world: &World, args: &Args) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for arrivals in world.days(args.date, args.days) {
        for timed in arrivals {
            match writeln!(out, "{}", timed.event.to_json()) {
                // `| head` has seen enough.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
                result => result?,
            }
        }
    }
    match out.flush() {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}
