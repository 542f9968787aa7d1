//! Settings of delivery.

use std::collections::BTreeMap;

use plaudit_core::calendar::QuietTime;
use serde::Deserialize;

use crate::texts::Locale;

/// `[deliver]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeliverConfig {
    /// Attempts at the same time, over all targets; one target gets one at a time. Default 16.
    pub concurrency: usize,
    /// Attempts until a delivery is given up; it can be sent again by hand. Default 12: with the delays below, a day.
    pub attempts_max: u32,
    /// Delay after the first failed attempt, in milliseconds; each further one is three times as long, ± a fifth.
    /// Default 5,000.
    pub retry_delay_ms: u64,
    /// Longest delay, in milliseconds. Default 6 hours.
    pub retry_delay_ms_max: u64,
    /// How long the planner waits after a nudge, so that what several incentives say of one block becomes one message;
    /// in milliseconds. Default 300.
    pub linger_ms: u64,
    /// Time for one attempt, connecting included, in milliseconds. Default 15,000.
    pub timeout_ms: u64,
    /// How long finished deliveries are kept, in days. Default 14.
    pub keep_days: u32,
    /// How long dead deliveries are kept, in days. Default 60.
    pub keep_dead_days: u32,
    /// Hosts, addresses and networks (`10.0.0.0/8`) that are private and may be reached all the same. A host or address
    /// in this list may also be reached without TLS. Default: none.
    pub allow: Vec<String>,
    /// When agents are left alone who have not chosen otherwise. Default: never.
    #[serde(skip)]
    pub quiet: QuietTime,
    /// Chat; none if absent.
    pub chat: Option<ChatConfig>,
    /// Rooms by name: `default`, `team/<id>` or `incentive/<id>`; the incentive's own goes first, then the team's.
    pub rooms: BTreeMap<String, RoomConfig>,
    /// Mail; none if absent.
    pub mail: Option<MailConfig>,
}

impl Default for DeliverConfig {
    fn default() -> Self {
        Self {
            concurrency: 16,
            attempts_max: 12,
            retry_delay_ms: 5_000,
            retry_delay_ms_max: 6 * 60 * 60 * 1000,
            linger_ms: 300,
            timeout_ms: 15_000,
            keep_days: 14,
            keep_dead_days: 60,
            allow: Vec::new(),
            quiet: QuietTime::default(),
            chat: None,
            rooms: BTreeMap::new(),
            mail: None,
        }
    }
}

/// `[deliver.chat]`: a workspace that speaks Slack's Web API.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatConfig {
    /// Address of the API; `chat.postMessage` is appended. Default `https://slack.com/api`.
    #[serde(default = "slack")]
    pub api: String,
    /// Bot token with the scope `chat:write`.
    pub token: String,
}

/// `[deliver.rooms."default"]`: an incoming webhook.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomConfig {
    /// The incoming webhook's address. It is a secret.
    pub url: String,
    /// What is spoken in the room. Default `en`.
    #[serde(default)]
    pub locale: Locale,
}

/// `[deliver.mail]`.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// The SMTP server. The operator names it here, so it may be private without being in `allow`.
    pub host: String,
    /// Its port. Default: 587 for `starttls`, 465 for `tls`, 25 for `none`.
    #[serde(default)]
    pub port: Option<u16>,
    /// Default `starttls`.
    #[serde(default)]
    pub encryption: MailEncryption,
    /// Login, if the server wants one.
    #[serde(default)]
    pub user: Option<String>,
    /// Its password.
    #[serde(default)]
    pub password: Option<String>,
    /// Sender, such as `Plaudit <plaudit@example.com>`.
    pub from: String,
    /// Who gets mail. Default `no-chat`.
    #[serde(default)]
    pub when: MailWhen,
}

/// How the connection to the mail server is kept private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailEncryption {
    /// Plain first, then TLS; refused without.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: for a server on the same machine.
    None,
}

/// Who gets mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailWhen {
    /// Agents who have no chat address.
    #[default]
    NoChat,
    /// All agents with a mail address, beside chat.
    Always,
}

fn slack() -> String {
    "https://slack.com/api".to_owned()
}

// Secrets stay out of logs.
impl std::fmt::Debug for ChatConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChatConfig").field("api", &self.api).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for RoomConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RoomConfig").field("locale", &self.locale).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for MailConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailConfig")
            .field("host", &self.host)
            .field("when", &self.when)
            .finish_non_exhaustive()
    }
}
