//! Settings: `default.toml` compiled in, a file, the environment; checked once, at the start.

pub mod catalogue;
mod check;
mod delivery;
pub mod secrets;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use figment::{
    Figment, Profile,
    providers::{Env, Format, Toml},
};
use serde::{Deserialize, Serialize};

/// The default file with the documentation of every setting.
pub const DEFAULT: &str = include_str!("default.toml");

/// Everything that can be set. `default.toml` documents each setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Listening.
    pub server: Server,
    /// Files.
    pub store: StoreSettings,
    /// Time.
    pub clock: ClockSettings,
    /// Bounds of requests.
    pub ingest: Ingest,
    /// How often somebody may ask.
    pub limits: Limits,
    /// Whose plugins are installed.
    pub plugins: Plugins,
    /// Sending mail.
    pub mail: Mail,
    /// Sending chat messages.
    pub chat: Chat,
    /// Sending in general.
    pub delivery: Delivery,
    /// Running rules.
    pub engine: Engine,
    /// Spending.
    pub money: Money,
    /// Draws.
    pub draws: Draws,
    /// Thanks from person to person.
    pub kudos: Kudos,
    /// Signing in by a provider.
    pub openid: OpenId,
    /// What only a demo has.
    pub demo: Demo,
    /// Logs.
    pub log: Log,
}

/// `[server]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: std::net::SocketAddr,
    /// Base address for links; empty: `http://<listen>`.
    pub public_url: String,
    /// Who sees pages.
    pub pages: Pages,
    /// Patience of a stop, in seconds.
    pub shutdown_s: u64,
}

/// Who sees pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pages {
    /// Nobody: there are none.
    Off,
    /// Everybody who reaches the server.
    Open,
    /// Whoever signs in, as far as their roles reach.
    Accounts,
}

impl Server {
    /// Base address for links, without a slash at the end.
    pub fn base_url(&self) -> String {
        if self.public_url.is_empty() {
            format!("http://{}", self.listen)
        } else {
            self.public_url.trim_end_matches('/').to_owned()
        }
    }
}

/// `[store]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreSettings {
    /// Directory of the store.
    pub path: PathBuf,
    /// Page cache, in MiB.
    pub cache_mb: u64,
    /// Directory of the keys.
    pub secrets_dir: PathBuf,
}

/// `[openid]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenId {
    /// Address of the provider, as it names itself; empty: none.
    pub issuer: String,
    /// What the provider calls this house.
    pub client_id: String,
    /// What the button says; empty: the provider's host.
    pub label: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The claim that names the account the first time.
    pub claim: String,
    /// Whether only admins may use a password.
    pub only: bool,
}

/// `[demo]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// Accounts that everybody may use: the page to sign in shows them.
    pub accounts: Vec<DemoAccount>,
}

/// An account of a demo. Its password is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAccount {
    /// Mail address.
    pub mail: String,
    /// Password.
    pub password: String,
}

/// `[clock]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSettings {
    /// Whose time.
    pub mode: ClockMode,
    /// Where a driven clock starts.
    pub start: chrono::DateTime<chrono::FixedOffset>,
}

/// Whose time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockMode {
    /// The machine's.
    System,
    /// A hand's.
    Driven,
}

/// `[ingest]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ingest {
    /// Largest body, in bytes.
    pub body_bytes_max: usize,
    /// Most events of a request.
    pub events_max: usize,
}

/// `[limits]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Requests of a token or session to the API in a minute; 0: as many as they like.
    pub requests_per_minute: u32,
    /// The same, of posts of events.
    pub ingest_requests_per_minute: u32,
}

/// `[plugins]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plugins {
    /// Public keys (`RW…`), by the name of who signs with them.
    pub signers: BTreeMap<String, String>,
    /// Whether what none of them signed is refused.
    pub signed_only: bool,
}

/// `[mail]`
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// SMTP address; empty: no mail. May hold a password.
    pub smtp: String,
    /// Sender.
    pub from: String,
}

/// `[chat]`
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chat {
    /// Base address of the Web API; empty: none.
    pub api_url: String,
    /// Bot token.
    pub token: String,
    /// Incoming webhook of the room; empty: none.
    pub room_webhook: String,
}

// Written by hand, so that no log line ever shows a password or a token.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("smtp_set", &!self.smtp.is_empty()).field("from", &self.from).finish()
    }
}

impl std::fmt::Debug for Chat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chat")
            .field("api_url", &self.api_url)
            .field("token_set", &!self.token.is_empty())
            .field("room_webhook_set", &!self.room_webhook.is_empty())
            .finish()
    }
}

/// `[delivery]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// Private hosts, addresses and CIDRs that may be sent to.
    pub allow_private: Vec<String>,
    /// Patience with a receiver, in seconds.
    pub timeout_s: u64,
    /// Tries before a dead letter.
    pub attempts_max: u32,
    /// When people are left alone who have not chosen otherwise, such as `20:00-08:00`; empty: never.
    pub quiet_hours: String,
    /// Whether on their days off as well.
    pub quiet_days_off: bool,
}

/// `[engine]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// Threads; 0: one per processor.
    pub threads: usize,
    /// Settle delay, in seconds.
    pub settle_delay_s: u64,
    /// Grace of a period, in hours.
    pub grace_h: u64,
    /// Blocks between checkpoints.
    pub checkpoint_blocks: u64,
}

/// `[money]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Amounts above which awards wait for approval, where an incentive says nothing of its own.
    pub approval: Vec<plaudit_core::incentive::Approval>,
}

/// `[draws]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draws {
    /// Name of drand's chain; empty: no beacon.
    pub beacon: String,
    /// Base addresses of its nodes.
    pub beacon_urls: Vec<String>,
    /// From the settle delay and the sealed list to the round, in seconds.
    pub beacon_margin_s: u64,
}

/// `[kudos]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kudos {
    /// How many somebody may give in a month.
    pub per_month: u32,
    /// How many somebody may give in a month who leads or manages people.
    pub per_month_leader: u32,
    /// Whether what people write waits for somebody who leads or manages whoever gets it.
    pub review: bool,
}

/// `[log]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Filter directives.
    pub level: String,
    /// How lines look.
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For collectors.
    Json,
}

/// A setting that can't be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file named on the command line is not there.
    #[error("there is no file {0}; `plaudit config > plaudit.toml` writes one with every setting explained")]
    Missing(PathBuf),
    /// A key or value is wrong.
    #[error("{place}: `{key}` {problem}; `plaudit config` prints every setting with its meaning")]
    Bad {
        /// The file, the environment variable, or the built-in defaults.
        place: String,
        /// Such as `server.listen`.
        key: String,
        /// What is wrong with which value, and what is allowed.
        problem: String,
    },
}

impl Config {
    /// Reads the defaults, then the file, then `PLAUDIT_SECTION__KEY` from the environment, and checks everything.
    ///
    /// # Errors
    /// The first problem, with its place, key, value and what is allowed.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(path) = file
            && !path.is_file()
        {
            return Err(ConfigError::Missing(path.to_owned()));
        }
        let mut figment = Figment::from(Toml::string(DEFAULT));
        if let Some(path) = file {
            figment = figment.merge(Toml::file_exact(path));
        }
        // A single underscore belongs to a key's name; only a double one separates. Variables without one, such as
        // PLAUDIT_TOKEN of the command line, are no settings.
        let env = Env::prefixed("PLAUDIT_").filter(|key| key.as_str().contains("__")).split("__");
        let figment = figment.merge(env);
        let config: Config = figment.extract().map_err(|error| check::explain(error, file))?;
        check::check(&config).map_err(|(key, problem)| {
            let place = figment
                .find_metadata(&key)
                .map_or_else(|| "the settings".to_owned(), |m| check::place(m, file, &key));
            ConfigError::Bad { place, key, problem }
        })?;
        Ok(config)
    }

    /// The built-in defaults.
    ///
    /// # Panics
    /// Never: a test reads them.
    pub fn defaults() -> Self {
        match Figment::from(Toml::string(DEFAULT)).select(Profile::Default).extract() {
            Ok(config) => config,
            Err(error) => unreachable!("default.toml is tested: {error}"),
        }
    }
}

#[cfg(test)]
mod tests;
