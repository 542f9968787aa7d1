//! `plaudit demo`: a whole day through the front door, in two minutes.
//!
//! It starts the real server as a child process, plays the other end of every delivery itself, and does with HTTP what
//! an operator and the centre's systems would do. At the end it counts: exit code 0 only if all that was sent has
//! arrived and the books balance.

mod accounts;
mod api;
mod finish;
mod play;
mod server;
mod setup;

use std::{io::IsTerminal as _, io::Write as _, net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::Context as _;
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};

use super::{
    receiver::{People, Printer, Receiver, Setup},
    simulate::{Size, World},
};

/// Play a contact-centre day against a server of its own: events in, rules, rewards out.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Folder with contest.wasm, lottery.wasm, badges.wasm and praise.wasm (`cargo xtask plugins` makes them).
    #[arg(long, value_name = "DIR")]
    pub plugins: PathBuf,
    /// The five incentives.
    #[arg(long, value_name = "FILE", default_value = "examples/a-day-at-work/incentives.toml")]
    pub incentives: PathBuf,
    /// Store, keys, settings and log of the demo. An earlier demo's are removed.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    pub data: PathBuf,
    /// As fast as it goes, for scripts; ends when the day is over.
    #[arg(long)]
    pub fast: bool,
    /// How long the day takes, in minutes. Not with --fast.
    #[arg(long, default_value_t = 2.0, conflicts_with = "fast")]
    pub minutes: f64,
    /// Equal seeds play equal days.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// How many people answer contacts.
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(3..=5000))]
    pub agents: u32,
    /// The day, by each site's own calendar.
    #[arg(long, default_value = "2026-03-02")]
    pub date: NaiveDate,
    /// Where the server listens.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where chat and webhooks arrive.
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub receiver: SocketAddr,
    /// Where mail arrives (SMTP).
    #[arg(long, default_value = "127.0.0.1:8025")]
    pub smtp: SocketAddr,
    /// Do not print the messages, only the summary.
    #[arg(long)]
    pub quiet: bool,
    /// Keep the server up after the day until Ctrl-C. So it is on a terminal without --fast.
    #[arg(long, overrides_with = "no_stay")]
    pub stay: bool,
    /// End when the day is over.
    #[arg(long)]
    pub no_stay: bool,
}

impl Args {
    fn stays(&self) -> bool {
        self.stay || (!self.no_stay && !self.fast && std::io::stdout().is_terminal())
    }
}

/// Runs the command.
///
/// # Errors
/// When a step fails, something did not arrive, or the books do not balance.
pub fn run(args: Args) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(demo(args))
}

async fn demo(args: Args) -> anyhow::Result<()> {
    let world = World::new(args.seed, Size { agents: args.agents }, args.date);
    let times = play::Times::of(args.date)?;
    let secret = setup::webhook_secret(args.seed);
    let bar = bar()?;
    let receiver = Receiver::start(Setup {
        listen: args.receiver,
        smtp: args.smtp,
        secret: Some(secret.clone()),
        people: People::from_csv(&world.roster_csv(args.date)?)?,
        printer: printer(&args, &bar),
        show_webhooks: false,
    })
    .await?;
    let mut server = server::Server::start(&args, &receiver, times.start).await?;
    // The server is a process of its own: whatever ends us early has to end it as well.
    let result = tokio::select! {
        result = day(&args, &world, times, &receiver, &server, &secret, &bar) => result,
        signal = stop_wanted() => signal.and_then(|()| anyhow::bail!("stopped before the day was over")),
    };
    bar.finish_and_clear();
    let good = match result {
        Ok(summary) => {
            say(&summary.text(&server.base, args.stays()));
            summary.check()
        }
        Err(error) => Err(error.context(server.last_words())),
    };
    if good.is_ok() && args.stays() {
        stop_wanted().await?;
    }
    server.stop().await?;
    good
}

async fn day(
    args: &Args,
    world: &World,
    times: play::Times,
    receiver: &Receiver,
    server: &server::Server,
    secret: &str,
    bar: &ProgressBar,
) -> anyhow::Result<finish::Outcome> {
    let api = api::Api::new(&server.base, server.admin_token()?)?;
    bar.set_message("setting up");
    let incentives = setup::all(&api, args, world, receiver, secret).await?;
    let played = play::play(&api, args, world, &times, bar).await?;
    bar.set_message("waiting for the last deliveries");
    finish::finish(&api, receiver, &incentives, played).await
}

/// Returns at Ctrl-C, or when somebody asks us to end.
async fn stop_wanted() -> anyhow::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
        _ = terminate.recv() => Ok(()),
    }
}

fn bar() -> anyhow::Result<ProgressBar> {
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}")?;
    let bar = ProgressBar::new(1).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    Ok(bar)
}

/// Lines go above the bar; in a file there is no bar, and no colour.
fn printer(args: &Args, bar: &ProgressBar) -> Printer {
    let (quiet, bar) = (args.quiet, bar.clone());
    Printer::new(std::io::stdout().is_terminal(), move |line| {
        if !quiet {
            bar.suspend(|| say(line));
        }
    })
}

fn say(text: &str) {
    // Whoever closed the output does not want to hear it.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Writes a text file of the demo.
fn write(path: &std::path::Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("{} can't be written", path.display()))
}
