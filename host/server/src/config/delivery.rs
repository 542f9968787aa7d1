//! The settings of delivery, as the operator writes them and as delivery wants them.

use std::collections::BTreeMap;

use plaudit_core::{Id, Millis, calendar::QuietTime};
use url::Url;

use super::{Config, ConfigError};
use crate::{
    beacon::Chain,
    deliver::{
        BeaconSource, ChatConfig, DeliverConfig, DeliverError, MailConfig, MailEncryption, RoomConfig,
    },
    texts::Locale,
};

/// The room that hears of every incentive without a room of its own.
const EVERY_INCENTIVE: &str = "default";

impl Config {
    /// What delivery needs to know.
    ///
    /// # Errors
    /// `mail.smtp` is no address of a mail server.
    pub fn deliver(&self) -> Result<DeliverConfig, ConfigError> {
        let chat = (!self.chat.token.is_empty())
            .then(|| ChatConfig { api: self.chat.api_url.clone(), token: self.chat.token.clone() });
        let room = RoomConfig { url: self.chat.room_webhook.clone(), locale: Locale::default() };
        let rooms = (!room.url.is_empty()).then(|| (EVERY_INCENTIVE.to_owned(), room));
        Ok(DeliverConfig {
            attempts_max: self.delivery.attempts_max,
            timeout_ms: self.delivery.timeout_s.saturating_mul(1000),
            allow: self.delivery.allow_private.clone(),
            quiet: self.quiet().unwrap_or_default(),
            chat,
            rooms: rooms.into_iter().collect::<BTreeMap<_, _>>(),
            mail: self.mail_server()?,
            ..DeliverConfig::default()
        })
    }

    /// When people are left alone who have not chosen otherwise; `None` if that can't be read.
    pub fn quiet(&self) -> Option<QuietTime> {
        let text = self.delivery.quiet_hours.trim();
        let hours = if text.is_empty() { None } else { Some(text.parse().ok()?) };
        Some(QuietTime { hours, days_off: self.delivery.quiet_days_off })
    }

    /// The beacon that draws of new periods use: hash of the chain, and the margin in milliseconds.
    pub fn beacon(&self) -> Option<(Id, Millis)> {
        let margin_ms = i64::try_from(self.draws.beacon_margin_s.saturating_mul(1000)).unwrap_or(i64::MAX);
        Chain::named(&self.draws.beacon).map(|chain| (chain.hash.into(), margin_ms))
    }

    /// Where its rounds come from; none without a beacon.
    ///
    /// # Errors
    /// `delivery.allow_private` holds something that is no place.
    pub fn beacon_source(&self) -> Result<Option<BeaconSource>, DeliverError> {
        if self.draws.beacon.is_empty() {
            return Ok(None);
        }
        let timeout = std::time::Duration::from_secs(self.delivery.timeout_s);
        BeaconSource::new(&self.draws.beacon_urls, &self.delivery.allow_private, timeout).map(Some)
    }

    fn mail_server(&self) -> Result<Option<MailConfig>, ConfigError> {
        if self.mail.smtp.is_empty() {
            return Ok(None);
        }
        let bad = |problem: String| ConfigError::Bad {
            place: "the settings".into(),
            key: "mail.smtp".into(),
            problem,
        };
        // The value may hold a password: errors never show it.
        let url = Url::parse(&self.mail.smtp).map_err(|e| bad(format!("is no URL ({e})")))?;
        let host = url.host_str().ok_or_else(|| bad("names no host".into()))?.to_owned();
        let encryption = match (url.scheme(), url.query().is_some_and(|q| q.contains("tls=required"))) {
            ("smtps", _) => MailEncryption::Tls,
            ("smtp", true) => MailEncryption::Starttls,
            ("smtp", false) => MailEncryption::None,
            (other, _) => return Err(bad(format!("starts with {other}://; smtp:// and smtps:// are known"))),
        };
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Some(MailConfig {
            host,
            port: url.port(),
            encryption,
            user: given(url.username()),
            password: url.password().map(str::to_owned),
            from: self.mail.from.clone(),
            when: crate::deliver::MailWhen::default(),
        }))
    }
}
