//! What browsers keep and show, and whether a request comes from a page of this house.
//!
//! A session's cookie is only ever set over TLS, with the `__Host-` prefix; over plain HTTP on this machine itself,
//! where nobody listens in between, it has another name and no `Secure`. Anywhere else there is no signing in.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use url::Url;

use super::{Porter, is_same};
use crate::config::Config;

/// How the browser reaches the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Over TLS, at `server.public_url`.
    Tls {
        /// `https://host[:port]`.
        origin: String,
    },
    /// Without TLS, on this machine.
    Loopback {
        /// `http://host[:port]`.
        origin: String,
    },
    /// Without TLS over a network: no secret may travel.
    Insecure,
}

impl Transport {
    /// By the settings; by what the browser calls the house only where that is this machine.
    pub fn of(config: &Config, headers: &HeaderMap, uri: &Uri) -> Self {
        let public = Url::parse(&config.server.public_url).ok();
        if let Some(url) = public.filter(|url| url.scheme() == "https") {
            return Self::Tls { origin: url.origin().ascii_serialization() };
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.or(uri.authority().map(axum::http::uri::Authority::as_str)).unwrap_or_default();
        match Url::parse(&format!("http://{host}/")) {
            Ok(url) if is_loopback(&url) && url.username().is_empty() => {
                Self::Loopback { origin: url.origin().ascii_serialization() }
            }
            _ => Self::Insecure,
        }
    }

    /// Scheme, host and port of this house, as browsers send them.
    pub fn origin(&self) -> Option<&str> {
        match self {
            Self::Tls { origin } | Self::Loopback { origin } => Some(origin),
            Self::Insecure => None,
        }
    }

    fn prefix(&self) -> &'static str {
        if matches!(self, Self::Tls { .. }) { "__Host-" } else { "" }
    }

    fn secure(&self) -> &'static str {
        if matches!(self, Self::Tls { .. }) { "; Secure" } else { "" }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(url::Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

/// What a browser keeps of this house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The session.
    Session,
    /// That somebody has signed in here before.
    Known,
    /// That somebody is on their way to an OpenID provider.
    Attempt,
}

/// A year, in seconds.
const YEAR_S: i64 = 365 * 24 * 60 * 60;

impl Kept {
    fn name(self) -> &'static str {
        match self {
            Self::Session => "plaudit",
            Self::Known => "plaudit-known",
            Self::Attempt => "plaudit-openid",
        }
    }

    fn max_age_s(self) -> i64 {
        match self {
            Self::Session => super::sessions::LIFE_MS / 1000,
            Self::Known => YEAR_S,
            Self::Attempt => super::openid::ATTEMPT_MS / 1000,
        }
    }

    /// The header that makes the browser keep a value.
    pub fn keep(self, transport: &Transport, value: &str) -> Option<HeaderValue> {
        transport.origin()?;
        self.header(transport, value, self.max_age_s())
    }

    /// The header that makes the browser forget it.
    pub fn forget(self, transport: &Transport) -> Option<HeaderValue> {
        self.header(transport, "", 0)
    }

    fn header(self, transport: &Transport, value: &str, max_age_s: i64) -> Option<HeaderValue> {
        let (prefix, name, secure) = (transport.prefix(), self.name(), transport.secure());
        let text =
            format!("{prefix}{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}");
        HeaderValue::from_str(&text).ok()
    }

    /// What the browser shows; the first one where it shows several.
    pub fn shown(self, transport: &Transport, headers: &HeaderMap) -> Option<String> {
        transport.origin()?;
        let wanted = format!("{}{}", transport.prefix(), self.name());
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned())
    }
}

/// Whether a request was sent by a page of this house: browsers say so, and other sites can't make them say it.
pub fn is_from_here(transport: &Transport, headers: &HeaderMap) -> bool {
    let Some(own) = transport.origin() else { return false };
    match headers.get(header::ORIGIN) {
        Some(origin) => origin.as_bytes() == own.as_bytes(),
        None => headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin"),
    }
}

impl Porter {
    /// The mark of a browser that has signed in to an account: what it shows is counted on its own when a password is
    /// wrong. Worth nothing else.
    pub fn mark(&self, account: &str) -> String {
        let chance = plaudit_core::hash::hex(&rand::random::<[u8; 16]>());
        format!("{chance}.{}", self.marked(account, &chance))
    }

    fn marked(&self, account: &str, chance: &str) -> String {
        use hmac::Mac;
        let mac = self.sign("known", &[account.as_bytes(), chance.as_bytes()]);
        plaudit_core::hash::hex(&mac.finalize().into_bytes()).to_string()
    }

    /// The chance in a mark, if it is one of this account.
    pub fn read_mark<'a>(&self, account: &str, mark: &'a str) -> Option<&'a str> {
        let (chance, signed) = mark.split_once('.')?;
        (chance.len() == 32 && is_same(&self.marked(account, chance), signed)).then_some(chance)
    }
}

/// Browser and system in two words, as far as they say so: enough to tell one's own devices apart.
pub fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let first = |words: &[(&str, &'static str)]| {
        words.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, word)| *word)
    };
    let browsers = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let words: Vec<&str> = [first(&browsers), first(&systems)].into_iter().flatten().collect();
    if words.is_empty() { "?".to_owned() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{clock::Clock, porter::NoPostman};

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(k, v)| (k.parse().unwrap(), HeaderValue::from_str(v).unwrap()))
            .collect::<HeaderMap>()
    }

    fn transport(public_url: &str, host: &str) -> Transport {
        let mut config = Config::defaults();
        public_url.clone_into(&mut config.server.public_url);
        Transport::of(&config, &headers(&[("host", host)]), &Uri::from_static("/"))
    }

    #[test]
    fn secrets_travel_over_tls_or_not_at_all_but_on_this_machine() {
        let tls = transport("https://plaudit.example.com/", "anything");
        assert_eq!(tls, Transport::Tls { origin: "https://plaudit.example.com".into() });
        for host in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "a.localhost"] {
            let origin = format!("http://{host}");
            assert_eq!(transport("", host), Transport::Loopback { origin }, "{host}");
        }
        for host in
            ["", "10.0.0.7:8080", "plaudit.internal", "127.0.0.1.evil.example", "x@localhost", "evil.example"]
        {
            assert_eq!(transport("", host), Transport::Insecure, "{host}");
            assert_eq!(transport("http://plaudit.internal", host), Transport::Insecure, "{host}");
        }
        assert_eq!(Kept::Session.keep(&Transport::Insecure, "x"), None);
    }

    #[test]
    fn cookies_are_closed_to_scripts_and_other_sites() {
        let tls = transport("https://plaudit.example.com", "");
        let kept = Kept::Session.keep(&tls, "u1.secret").unwrap();
        assert_eq!(kept, "__Host-plaudit=u1.secret; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure");
        let shown = headers(&[("cookie", "plaudit=evil; __Host-plaudit=u1.secret; __Host-plaudit-known=k")]);
        assert_eq!(Kept::Session.shown(&tls, &shown).as_deref(), Some("u1.secret"));
        assert_eq!(Kept::Known.shown(&tls, &shown).as_deref(), Some("k"));
        let here = transport("", "localhost:8080");
        assert_eq!(Kept::Session.shown(&here, &shown).as_deref(), Some("evil"), "the name of plain HTTP");
        assert!(!Kept::Session.keep(&here, "x").unwrap().to_str().unwrap().contains("Secure"));
        assert_eq!(Kept::Session.shown(&Transport::Insecure, &shown), None);
    }

    #[test]
    fn requests_of_other_sites_are_told_apart() {
        let tls = transport("https://plaudit.example.com", "");
        for (pairs, is_here) in [
            (&[("origin", "https://plaudit.example.com")][..], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("origin", "https://plaudit.example.com"), ("sec-fetch-site", "cross-site")], true),
            (&[], false),
            (&[("origin", "null"), ("sec-fetch-site", "same-origin")], false),
            (&[("origin", "https://plaudit.example.com.evil.example")], false),
            (&[("origin", "http://plaudit.example.com")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "none")], false),
        ] {
            assert_eq!(is_from_here(&tls, &headers(pairs)), is_here, "{pairs:?}");
        }
        assert!(!is_from_here(&Transport::Insecure, &headers(&[("sec-fetch-site", "same-origin")])));
    }

    #[test]
    fn a_browser_s_mark_is_good_for_one_account() {
        let porter = Porter::new(Clock::driven(0), &[1; 32], Arc::new(NoPostman));
        let mark = porter.mark("u1");
        assert!(porter.read_mark("u1", &mark).is_some());
        assert_eq!(porter.read_mark("u2", &mark), None);
        assert_eq!(porter.read_mark("u1", &mark.replace('.', "0.")), None);
        assert_eq!(porter.read_mark("u1", ""), None);
        assert_ne!(mark, porter.mark("u1"));
    }

    #[test]
    fn devices_are_told_apart_in_two_words() {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        assert_eq!(device(&headers(&[("user-agent", agent)])), "Firefox, Linux");
        assert_eq!(device(&headers(&[("user-agent", "<script>")])), "?");
    }
}
