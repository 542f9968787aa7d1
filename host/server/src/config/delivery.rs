//! The settings of delivery, as the operator writes them and as delivery wants them.

use std::collections::BTreeMap;

use url::Url;

use super::{Config, ConfigError};
use crate::{
    deliver::{ChatConfig, DeliverConfig, MailConfig, MailEncryption, RoomConfig},
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
            chat,
            rooms: rooms.into_iter().collect::<BTreeMap<_, _>>(),
            mail: self.mail_server()?,
            ..DeliverConfig::default()
        })
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
