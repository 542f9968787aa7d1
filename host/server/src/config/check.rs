//! What the types of the settings can't say, and errors that name file, key, value and what is allowed.

use std::{net::IpAddr, path::Path};

use figment::{Metadata, error::Kind};

use super::{Config, ConfigError, Pages};
use crate::{
    beacon::{CAN_VERIFY, Chain},
    signing,
};

/// More requests in a minute than anybody makes.
const PER_MINUTE_MAX: u64 = 6_000_000;

/// More thanks in a month than mean anything.
const KUDOS_PER_MONTH_MAX: u64 = 1000;

/// A key and what is wrong with its value.
type Problem = (String, String);

/// Ranges, and settings that need each other.
pub(super) fn check(config: &Config) -> Result<(), Problem> {
    range("store.cache_mb", config.store.cache_mb, 8, 65_536)?;
    range(
        "ingest.body_bytes_max",
        config.ingest.body_bytes_max as u64,
        1024,
        plaudit_core::limits::REQUEST_BYTES_MAX as u64,
    )?;
    range(
        "ingest.events_max",
        config.ingest.events_max as u64,
        1,
        plaudit_core::limits::REQUEST_EVENTS_MAX as u64,
    )?;
    let limits = &config.limits;
    range("limits.requests_per_minute", u64::from(limits.requests_per_minute), 0, PER_MINUTE_MAX)?;
    range(
        "limits.ingest_requests_per_minute",
        u64::from(limits.ingest_requests_per_minute),
        0,
        PER_MINUTE_MAX,
    )?;
    if let Some((name, _)) = config.plugins.signers.iter().find(|(_, key)| signing::public(key).is_none()) {
        let problem = "is no public key of minisign's format: write the line that begins with RW";
        return Err((format!("plugins.signers.{name}"), problem.into()));
    }
    if config.plugins.signed_only && config.plugins.signers.is_empty() {
        let problem = "is true, and nobody's key is in plugins.signers: nothing could be installed";
        return Err(("plugins.signed_only".into(), problem.into()));
    }
    range("delivery.timeout_s", config.delivery.timeout_s, 1, 120)?;
    range("delivery.attempts_max", u64::from(config.delivery.attempts_max), 1, 30)?;
    if config.quiet().is_none() {
        let problem =
            format!("is {:?}, and must be like \"20:00-08:00\", or empty", config.delivery.quiet_hours);
        return Err(("delivery.quiet_hours".into(), problem));
    }
    range("engine.threads", config.engine.threads as u64, 0, 1024)?;
    range("engine.settle_delay_s", config.engine.settle_delay_s, 0, 86_400)?;
    range(
        "engine.grace_h",
        config.engine.grace_h,
        1,
        24 * plaudit_core::limits::CORRECTION_WINDOW_DAYS.unsigned_abs(),
    )?;
    range("engine.checkpoint_blocks", config.engine.checkpoint_blocks, 1, 100_000)?;
    range("draws.beacon_margin_s", config.draws.beacon_margin_s, 1, 604_800)?;
    let beacon = &config.draws.beacon;
    if !beacon.is_empty() && Chain::named(beacon).is_none() {
        return Err((
            "draws.beacon".into(),
            format!("is {beacon:?}, and must be \"quicknet\", \"default\" or empty"),
        ));
    }
    if !beacon.is_empty() && !CAN_VERIFY {
        let problem = "is set, and this program was built without the arithmetic of drand's signatures: build it with `--features beacon`, or leave it empty";
        return Err(("draws.beacon".into(), problem.into()));
    }
    for url in &config.draws.beacon_urls {
        address("draws.beacon_urls", url, &["http", "https"])?;
    }
    if !beacon.is_empty() && config.draws.beacon_urls.is_empty() {
        return Err(("draws.beacon_urls".into(), "is empty, and draws.beacon needs a node to ask".into()));
    }
    range("kudos.per_month", u64::from(config.kudos.per_month), 0, KUDOS_PER_MONTH_MAX)?;
    range("kudos.per_month_leader", u64::from(config.kudos.per_month_leader), 0, KUDOS_PER_MONTH_MAX)?;
    openid(config)?;
    range("server.shutdown_s", config.server.shutdown_s, 0, 600)?;
    for rule in &config.money.approval {
        if rule.above < 0 || !crate::api::document::is_name(&rule.currency) {
            let problem = format!(
                "holds {} above {}, and needs a currency's name (lower-case letters, digits, dashes) and an amount of at \
                 least 0",
                rule.currency, rule.above
            );
            return Err(("money.approval".into(), problem));
        }
    }
    let server = &config.server;
    let is_here = server.listen.ip().is_loopback() && server.public_url.is_empty();
    if !(config.demo.accounts.is_empty() || is_here && server.pages == Pages::Accounts) {
        let problem = "shows passwords to everybody: only with server.listen on loopback, without server.public_url, and with server.pages = \"accounts\"";
        return Err(("demo.accounts".into(), problem.into()));
    }
    address("server.public_url", &config.server.public_url, &["http", "https"])?;
    address("mail.smtp", &config.mail.smtp, &["smtp", "smtps"])?;
    address("chat.api_url", &config.chat.api_url, &["http", "https"])?;
    address("chat.room_webhook", &config.chat.room_webhook, &["http", "https"])?;
    for entry in &config.delivery.allow_private {
        allowed_place(entry)?;
    }
    if !config.chat.api_url.is_empty() && config.chat.token.is_empty() {
        return Err(("chat.token".into(), "is empty, and chat.api_url needs one".into()));
    }
    if config.chat.api_url.is_empty() && !config.chat.token.is_empty() {
        return Err(("chat.api_url".into(), "is empty, and chat.token is of no use without it".into()));
    }
    if !config.mail.smtp.is_empty() && !config.mail.from.contains('@') {
        return Err(("mail.from".into(), format!("is {:?}, and must hold a mail address", config.mail.from)));
    }
    if config.store.secrets_dir.starts_with(&config.store.path) {
        let inside = format!(
            "is {}, inside store.path: a backup of the store must not hold the keys",
            config.store.secrets_dir.display()
        );
        return Err(("store.secrets_dir".into(), inside));
    }
    Ok(())
}

/// Longest text on the button, in characters.
const LABEL_CHARS_MAX: usize = 60;

fn openid(config: &Config) -> Result<(), Problem> {
    let openid = &config.openid;
    if openid.issuer.is_empty() {
        let set = [("openid.client_id", !openid.client_id.is_empty()), ("openid.only", openid.only)];
        let useless =
            |(key, _): &(&str, bool)| ((*key).to_owned(), "is of no use without openid.issuer".into());
        return set.iter().find(|(_, is_set)| *is_set).map_or(Ok(()), |found| Err(useless(found)));
    }
    address("openid.issuer", &openid.issuer, &["http", "https"])?;
    let guard = crate::deliver::Guard::new(&config.delivery.allow_private);
    if let Some(refused) = guard.ok().and_then(|guard| guard.check_url(&openid.issuer).err()) {
        return Err(("openid.issuer".into(), format!("can't be asked: {refused}")));
    }
    if openid.client_id.is_empty() {
        return Err(("openid.client_id".into(), "is empty, and openid.issuer needs one".into()));
    }
    if openid.label.chars().count() > LABEL_CHARS_MAX || openid.label.chars().any(char::is_control) {
        let problem = format!("is {:?}, and may have {LABEL_CHARS_MAX} characters", openid.label);
        return Err(("openid.label".into(), problem));
    }
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
    if let Some(scope) = openid.scopes.iter().find(|scope| !is_word(scope)) {
        return Err(("openid.scopes".into(), format!("holds {scope:?}, which is no scope")));
    }
    if !is_word(&openid.claim) {
        return Err(("openid.claim".into(), format!("is {:?}, which is no claim", openid.claim)));
    }
    Ok(())
}

fn range(key: &str, value: u64, min: u64, max: u64) -> Result<(), Problem> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err((key.to_owned(), format!("is {value}, and must be from {min} to {max}")))
}

fn address(key: &str, value: &str, schemes: &[&str]) -> Result<(), Problem> {
    let schemes_text = schemes.iter().map(|s| format!("{s}://")).collect::<Vec<_>>().join(" or ");
    match url::Url::parse(value) {
        _ if value.is_empty() => Ok(()),
        Ok(url) if schemes.contains(&url.scheme()) && url.has_host() => Ok(()),
        // The value may hold a password, so it is not repeated.
        _ => Err((key.to_owned(), format!("is no address that starts with {schemes_text}"))),
    }
}

fn allowed_place(entry: &str) -> Result<(), Problem> {
    let good = match entry.split_once('/') {
        Some((ip, bits)) => ip
            .parse::<IpAddr>()
            .ok()
            .zip(bits.parse::<u8>().ok())
            .is_some_and(|(ip, bits)| bits <= if ip.is_ipv4() { 32 } else { 128 }),
        None => {
            entry.parse::<IpAddr>().is_ok()
                || (!entry.is_empty()
                    && entry.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-'))
        }
    };
    if good {
        return Ok(());
    }
    let problem = format!("holds {entry:?}, which is no host name, IP address or CIDR such as 10.1.0.0/16");
    Err(("delivery.allow_private".into(), problem))
}

/// Figment's error in our words.
pub(super) fn explain(error: figment::Error, file: Option<&Path>) -> ConfigError {
    let mut key = error.path.join(".");
    let problem = match &error.kind {
        Kind::UnknownField(name, allowed) => {
            key = if key.is_empty() || key.ends_with(name.as_str()) {
                format!("{key}{}", if key.is_empty() { name } else { "" })
            } else {
                format!("{key}.{name}")
            };
            format!("is no setting; here may stand: {}", allowed.join(", "))
        }
        Kind::UnknownVariant(value, allowed) => {
            format!("is {value:?}, and must be one of: {}", allowed.join(", "))
        }
        Kind::InvalidType(found, wanted) | Kind::InvalidValue(found, wanted) => {
            format!("is {found}, and must be {}", in_words(wanted))
        }
        Kind::MissingField(name) => {
            key = if key.is_empty() { name.to_string() } else { format!("{key}.{name}") };
            "is missing".to_owned()
        }
        other => format!("can't be read: {other}"),
    };
    let place = error.metadata.as_ref().map_or_else(|| default_place(file), |m| place(m, file, &key));
    if key.is_empty() {
        "(the file)".clone_into(&mut key);
    }
    ConfigError::Bad { place, key, problem }
}

/// Names of Rust's types, which serde gives as what it wants, as people say them.
fn in_words(wanted: &str) -> &str {
    match wanted {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "bool" | "a boolean" => "true or false",
        other => other,
    }
}

/// Where a value comes from: the file, or the variable.
pub(super) fn place(metadata: &Metadata, file: Option<&Path>, key: &str) -> String {
    if metadata.name.contains("environment") {
        return format!("environment variable PLAUDIT_{}", key.replace('.', "__").to_uppercase());
    }
    match &metadata.source {
        Some(source) => source.to_string(),
        None if metadata.name.contains("TOML") && !metadata.name.contains("file") => {
            "the built-in defaults".to_owned()
        }
        None => default_place(file),
    }
}

fn default_place(file: Option<&Path>) -> String {
    file.map_or_else(|| "the settings".to_owned(), |f| f.display().to_string())
}
