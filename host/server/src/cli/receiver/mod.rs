//! `plaudit receiver`: the other end of every delivery, for demos and tests.
//!
//! It plays the chat workspace, the webhook endpoint and the mailbox on loopback, checks what a careful receiver would
//! check, prints each message as its reader sees it and keeps count.

mod http;
mod ledger;
mod show;
mod smtp;
#[cfg(test)]
mod tests;

use std::{io::IsTerminal as _, net::SocketAddr, path::PathBuf, sync::Arc};

use anyhow::Context as _;
use tokio::{net::TcpListener, task::JoinHandle};

pub use ledger::{Chat, Summary, Webhooks};
pub use show::{People, Person, Printer};

use ledger::Ledger;

/// Play the chat workspace, the webhook endpoint and the mailbox, and print what arrives.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Where chat (/api/chat.postMessage, /hooks/room), webhooks (/webhook) and counts (/summary) are.
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,
    /// Where the mailbox is (SMTP).
    #[arg(long, default_value = "127.0.0.1:8025")]
    pub smtp: SocketAddr,
    /// The endpoint's secret, whsec_…; without one, signatures are not checked and webhooks are refused.
    #[arg(long, env = "PLAUDIT_RECEIVER_SECRET", hide_env_values = true)]
    pub secret: Option<String>,
    /// roster.csv of `plaudit simulate --roster`, to show names instead of addresses.
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
}

/// What a receiver needs to know.
pub struct Setup {
    /// Address of chat, webhooks and counts; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Address of the mailbox; port 0 takes a free one.
    pub smtp: SocketAddr,
    /// Secret of the webhook endpoint.
    pub secret: Option<String>,
    /// Who stands behind which address.
    pub people: People,
    /// Where lines go.
    pub printer: Printer,
    /// Whether webhooks are printed as well: machines read them, not people.
    pub show_webhooks: bool,
}

/// A receiver at work; it stops when this is dropped.
pub struct Receiver {
    /// Where chat, webhooks and counts are.
    pub http: SocketAddr,
    /// Where the mailbox is.
    pub smtp: SocketAddr,
    ledger: Arc<Ledger>,
    tasks: [JoinHandle<()>; 2],
}

impl Receiver {
    /// Binds both addresses and begins to receive.
    ///
    /// # Errors
    /// When an address is taken or the secret is none.
    pub async fn start(setup: Setup) -> anyhow::Result<Self> {
        let verifier = (setup.secret.as_deref())
            .map(standardwebhooks::Webhook::new)
            .transpose()
            .context("the secret of the webhook endpoint must be whsec_ and base64")?;
        let bind = async |address: SocketAddr| {
            let why = || format!("{address} is taken; choose another address or stop what listens there");
            TcpListener::bind(address).await.with_context(why)
        };
        let (listener, mailbox) = (bind(setup.listen).await?, bind(setup.smtp).await?);
        let (http, smtp) = (listener.local_addr()?, mailbox.local_addr()?);
        let ledger = Arc::new(Ledger::new(setup.people, setup.printer));
        let app = http::router(Arc::clone(&ledger), verifier.map(Arc::new), setup.show_webhooks);
        let web = tokio::spawn(async move {
            // It ends only when the listener does, with the task.
            let _ = axum::serve(listener, app).await;
        });
        let mail = tokio::spawn(smtp::serve(mailbox, Arc::clone(&ledger)));
        Ok(Self { http, smtp, ledger, tasks: [web, mail] })
    }

    /// What has arrived until now.
    pub fn summary(&self) -> Summary {
        self.ledger.summary()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Runs the command until Ctrl-C, then prints the counts.
///
/// # Errors
/// When an address is taken, the secret is none, or the roster can't be read.
pub fn run(args: Args) -> anyhow::Result<()> {
    let people = match &args.roster {
        Some(path) => {
            let text = std::fs::read_to_string(path);
            People::from_csv(&text.with_context(|| format!("{} can't be read", path.display()))?)?
        }
        None => People::default(),
    };
    let printer = Printer::stdout(std::io::stdout().is_terminal());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(async {
        let say = printer.clone();
        let setup = Setup {
            listen: args.listen,
            smtp: args.smtp,
            secret: args.secret,
            people,
            printer,
            show_webhooks: true,
        };
        let receiver = Receiver::start(setup).await?;
        say.line(&format!("chat and webhooks on http://{}, mail on smtp://{}", receiver.http, receiver.smtp));
        tokio::signal::ctrl_c().await?;
        say.line(&serde_json::to_string(&receiver.summary())?);
        Ok(())
    })
}
