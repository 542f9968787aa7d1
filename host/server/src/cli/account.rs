//! `plaudit account`: while the server is stopped; `/v1/accounts` does the same while it runs.

use std::io::{BufRead, stdin};

use anyhow::{Context, bail};
use clap::Subcommand;
use plaudit_core::access::{Grant, Range, Role};
use plaudit_store::{
    Store,
    family::{account::Account, audit::Actor, link::LinkKind},
};

use super::{ConfigArgs, out, store};
use crate::{
    clock::Clock,
    config::{Config, secrets::Secrets},
    ingest::identity::Identity,
    porter::{
        NoPostman, Porter,
        accounts::{self, COMMAND_LINE, Wish},
        audit::Entry,
        links, password,
    },
};

/// Make, list, reset and disable accounts.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: ConfigArgs,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make an account and print the link with which its owner sets a password.
    Create {
        /// Mail address, with which they sign in.
        #[arg(long)]
        mail: String,
        /// Shown name.
        #[arg(long)]
        name: String,
        /// admin, manager, team-leader, agent, rule-developer, integrator or auditor; may be given several times.
        #[arg(long, required = true)]
        role: Vec<String>,
        /// Of a manager: a site they manage; may be given several times.
        #[arg(long)]
        site: Vec<String>,
        /// Of a manager or team leader: a team; may be given several times.
        #[arg(long)]
        team: Vec<String>,
        /// Of a manager: the whole house.
        #[arg(long, conflicts_with_all = ["site", "team"])]
        everywhere: bool,
        /// External id of the agent that they are.
        #[arg(long)]
        agent: Option<String>,
        /// en, es, lt, zh-Hans or zh-Hant.
        #[arg(long, default_value = "en")]
        locale: String,
        /// Read the password from standard input instead of printing a link.
        #[arg(long)]
        password_stdin: bool,
    },
    /// List all accounts.
    List,
    /// Print a link with which somebody sets another password.
    Reset {
        /// The account's id or mail address.
        account: String,
    },
    /// Refuse an account, and end its sessions.
    Disable {
        /// The account's id or mail address.
        account: String,
    },
    /// Let an account in again.
    Enable {
        /// The account's id or mail address.
        account: String,
    },
}

/// Does it.
///
/// # Errors
/// What failed, and the next step.
pub fn run(args: Args) -> anyhow::Result<()> {
    let config = args.config.load()?;
    let running =
        "the store can't be opened; while the server runs, use POST /v1/accounts or its pages instead";
    let store = store::open(&config).context(running)?;
    let secrets = Secrets::load(&config.store.secrets_dir, false)?;
    let porter = Porter::new(Clock::system(), &secrets.mac_key, std::sync::Arc::new(NoPostman));
    match args.what {
        What::Create { mail, name, role, site, team, everywhere, agent, locale, password_stdin } => {
            let grants = role.iter().map(|role| grant(role, &site, &team, everywhere));
            let grants = grants.collect::<anyhow::Result<Vec<_>>>()?;
            let agent = agent.map(|external| Identity::new(&secrets.id_key).opaque(&external).to_string());
            let wish = Wish { mail, name, locale, grants, agent };
            create(&config, &store, &porter, wish, password_stdin)
        }
        What::List => accounts::list(&store)?.iter().try_for_each(|account| out(&line(account))),
        What::Reset { account } => {
            let account = find(&store, &account)?;
            record(&store, &porter, "account reset", &account)?;
            out(&link(&config, &store, &porter, &account, LinkKind::Reset)?)
        }
        What::Disable { account } => set_disabled(&store, &porter, &account, true),
        What::Enable { account } => set_disabled(&store, &porter, &account, false),
    }
}

fn grant(role: &str, sites: &[String], teams: &[String], everywhere: bool) -> anyhow::Result<Grant> {
    let all = || Role::ALL.map(Role::name).join(", ");
    let role = Role::parse(role).with_context(|| format!("{role:?} is no role; there are: {}", all()))?;
    let ids = |names: &[String]| names.iter().map(|name| name.as_str().into()).collect();
    let range = match role {
        Role::Manager if everywhere => Range::House,
        Role::Manager => Range::Places { sites: ids(sites), teams: ids(teams) },
        Role::TeamLeader => Range::Places { sites: [].into(), teams: ids(teams) },
        _ => Range::House,
    };
    Ok(Grant { role, range })
}

fn create(
    config: &Config,
    store: &dyn Store,
    porter: &Porter,
    wish: Wish,
    password_stdin: bool,
) -> anyhow::Result<()> {
    let wish = wish.checked()?;
    let hashed = match password_stdin {
        false => None,
        true => {
            let mut given = String::new();
            stdin().lock().read_line(&mut given).context("standard input can't be read")?;
            let given = given.trim_end_matches(['\r', '\n']);
            password::check(given, &wish.mail, &wish.name)?;
            Some(password::hash(given, rand::random()).map_err(anyhow::Error::msg)?)
        }
    };
    let account = accounts::create(store, wish, COMMAND_LINE, porter.now(), hashed)?;
    record(store, porter, "account create", &account)?;
    if password_stdin {
        return out(&line(&account));
    }
    out(&link(config, store, porter, &account, LinkKind::Invitation)?)
}

/// A link, to be handed over.
fn link(
    config: &Config,
    store: &dyn Store,
    porter: &Porter,
    account: &Account,
    kind: LinkKind,
) -> anyhow::Result<String> {
    let text = links::make(store, porter, account, kind)?;
    Ok(format!("{}{}?link={text}", config.server.base_url(), links::page(kind)))
}

fn set_disabled(store: &dyn Store, porter: &Porter, given: &str, is_disabled: bool) -> anyhow::Result<()> {
    let old = find(store, given)?;
    let new = Account { disabled: is_disabled.then(|| porter.now()), ..old.clone() };
    if old.disabled.is_some() != is_disabled {
        accounts::change(store, &old, &new, |_| {})?;
        record(store, porter, if is_disabled { "account disable" } else { "account enable" }, &new)?;
    }
    out(&line(&new))
}

fn find(store: &dyn Store, given: &str) -> anyhow::Result<Account> {
    let found = match accounts::get(store, given)? {
        Some(account) => Some(account),
        None => accounts::by_mail(store, given)?,
    };
    match found {
        Some(account) => Ok(account),
        None => bail!("there is no account {given:?}; `plaudit account list` shows them"),
    }
}

fn record(store: &dyn Store, porter: &Porter, act: &str, account: &Account) -> anyhow::Result<()> {
    porter.record(store, Entry::new(Actor::CommandLine, act, format!("accounts/{}", account.id)))?;
    Ok(())
}

fn line(account: &Account) -> String {
    let state = match (account.disabled, &account.password) {
        (Some(_), _) => "disabled",
        (None, None) => "invited",
        (None, Some(_)) => "active",
    };
    let roles = account.grants.iter().map(|grant| grant.role.name()).collect::<Vec<_>>().join(",");
    format!("{}  {state:<8}  {roles:<24}  {}  {}", account.id, account.mail, account.name)
}
