//! `plaudit token`: while the server is stopped; `/v1/tokens` does the same while it runs.

use anyhow::Context;
use chrono::{DateTime, FixedOffset};
use clap::Subcommand;
use plaudit_store::family::token::Token;

use super::{ConfigArgs, out, store};
use crate::{
    api,
    clock::Clock,
    config::secrets::Secrets,
    ingest::{identity::Identity, tokens},
    porter::accounts,
};

/// Make, list and revoke tokens.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: ConfigArgs,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a token and print it, this once.
    Create {
        /// What it is for, such as "acd madrid".
        #[arg(long)]
        name: String,
        /// ingest, read, manage or admin; may be given several times.
        #[arg(long, required = true)]
        scope: Vec<String>,
        /// When it stops to hold, such as 2027-01-01T00:00:00Z.
        #[arg(long)]
        expires: Option<DateTime<FixedOffset>>,
        /// External id of the agent who uses it: keeps them from approving their own awards.
        #[arg(long)]
        agent: Option<String>,
    },
    /// List all tokens, without their secrets.
    List,
    /// Revoke a token by the id that `list` shows.
    Revoke {
        /// Twelve hexadecimal digits.
        id: String,
    },
}

/// Does it.
///
/// # Errors
/// What failed, and the next step.
pub fn run(args: Args) -> anyhow::Result<()> {
    let config = args.config.load()?;
    let running = "the store can't be opened; while the server runs, use POST /v1/tokens instead";
    let store = store::open(&config).context(running)?;
    let now = Clock::system().now();
    match args.what {
        What::Create { name, scope, expires, agent } => {
            let scopes = api::tokens::check(&name, &scope).map_err(anyhow::Error::msg)?;
            let agent = match agent {
                Some(external) => {
                    let secrets = Secrets::load(&config.store.secrets_dir, false)?;
                    Some(Identity::new(&secrets.id_key).opaque(&external))
                }
                None => None,
            };
            let expires = expires.map(|at| at.timestamp_millis());
            let made_by = Some(accounts::COMMAND_LINE);
            let new = tokens::create_for(&store, &name, scopes, (now, expires), agent.as_deref(), made_by)?;
            out(&new.secret)
        }
        What::List => tokens::list(&store)?.iter().try_for_each(|token| out(&line(token))),
        What::Revoke { id } => {
            let revoked = tokens::revoke(&store, &id, now)?;
            let token = revoked
                .with_context(|| format!("there is no token {id:?}; `plaudit token list` shows them"))?;
            out(&line(&token))
        }
    }
}

fn line(token: &Token) -> String {
    let scopes = token.scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(",");
    let state = if token.revoked.is_some() { "revoked" } else { "holds" };
    format!("{}  {state:<8}  {scopes:<20}  {}", token.id, token.name)
}
