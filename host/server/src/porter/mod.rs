//! The porter: lets people in. Accounts with passwords, sessions, links by mail, and the book of who changed what.
//!
//! What may be done once somebody is in is decided in `plaudit_core::access` and asked at each route by `api/auth.rs`.

pub mod accounts;
pub mod audit;
pub mod cookie;
pub mod first;
pub mod links;
pub mod openid;
pub mod password;
pub mod sessions;
pub mod snapshot;
pub mod throttle;

use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use hmac::{Hmac, KeyInit, Mac};
use plaudit_core::Millis;
use plaudit_store::{StoreError, family::link::LinkKind};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::{clock::Clock, config::secrets::KEY_BYTES};

/// Passwords that are checked at a time: each takes memory and a good part of a processor.
const CHECKED_AT_ONCE: usize = 2;
/// Sign-ins that may wait for that; one more is told to come back.
const WAITING_MAX: usize = 64;

/// A mail that the porter wants to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// Their shown name.
    pub name: String,
    /// Language tag.
    pub locale: String,
    /// What it is about.
    pub about: About,
}

/// What a mail of the porter says.
#[derive(Clone, PartialEq, Eq)]
pub enum About {
    /// A link, with the hours that it holds.
    Link(LinkKind, String, i64),
    /// The password was changed.
    PasswordChanged,
}

// Written by hand: a link is as good as a password.
impl std::fmt::Debug for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Link(kind, _, hours) => write!(f, "Link({kind:?}, …, {hours} h)"),
            Self::PasswordChanged => f.write_str("PasswordChanged"),
        }
    }
}

/// Sends mails. An error is for the log: it never holds the link.
pub trait Postman: Send + Sync + 'static {
    /// Whether there is a way to send mail at all.
    fn is_there(&self) -> bool;
    /// Sends one, now.
    fn send(&self, letter: Letter) -> BoxFuture<'static, Result<(), String>>;
}

/// Where there is no mail.
#[derive(Debug)]
pub struct NoPostman;

impl Postman for NoPostman {
    fn is_there(&self) -> bool {
        false
    }

    fn send(&self, _: Letter) -> BoxFuture<'static, Result<(), String>> {
        Box::pin(async { Err("no mail server is set".to_owned()) })
    }
}

/// Lets people in. Share it in an `Arc`.
pub struct Porter {
    clock: Clock,
    key: Hmac<Sha256>,
    throttle: throttle::Throttle,
    letters: throttle::Throttle,
    gate: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    postman: Arc<dyn Postman>,
    /// One row of the audit log at a time.
    book: Mutex<()>,
    /// The one-time code of a house without accounts.
    first: Mutex<Option<first::Code>>,
    openid: Option<openid::OpenId>,
}

impl std::fmt::Debug for Porter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Porter(…)")
    }
}

/// Too many passwords are being checked.
#[derive(Debug)]
pub struct Crowded;

impl Porter {
    /// `clock` is the machine's, also where the house's time is driven: sessions and links end by it. `mac_key` signs.
    pub fn new(clock: Clock, mac_key: &[u8; KEY_BYTES], postman: Arc<dyn Postman>) -> Self {
        let own_key = blake3::derive_key("plaudit 1 porter", mac_key);
        let key = match Hmac::<Sha256>::new_from_slice(&own_key) {
            Ok(mac) => mac,
            Err(_) => unreachable!("HMAC takes keys of any length"),
        };
        Self {
            clock,
            key,
            throttle: throttle::Throttle::default(),
            letters: throttle::Throttle::default(),
            gate: Arc::new(Semaphore::new(CHECKED_AT_ONCE)),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
            postman,
            book: Mutex::default(),
            first: Mutex::default(),
            openid: None,
        }
    }

    /// With a provider by which people may sign in, too.
    #[must_use]
    pub fn with_openid(mut self, openid: Option<openid::OpenId>) -> Self {
        self.openid = openid;
        self
    }

    /// The provider by which people may sign in, if there is one.
    pub fn openid(&self) -> Option<&openid::OpenId> {
        self.openid.as_ref()
    }

    /// The machine's time.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Whether mails can be sent.
    pub fn has_mail(&self) -> bool {
        self.postman.is_there()
    }

    /// Sends a mail and says whether that went well; the reason is in the log.
    pub async fn send(&self, letter: Letter) -> bool {
        if !self.has_mail() {
            return false;
        }
        match self.postman.send(letter).await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(error, "a mail about an account could not be sent");
                false
            }
        }
    }

    /// HMAC-SHA256 of parts that can't be taken for others: each with its length.
    fn sign(&self, domain: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.key.clone();
        for part in std::iter::once(domain.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }

    /// A keyed hash of parts: nobody without the key can guess at them.
    pub fn fingerprint(&self, domain: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.sign(domain, parts).finalize().into_bytes().into()
    }

    /// Runs what costs a password check, off the threads that serve requests, so many at a time.
    async fn slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Crowded> {
        let place = self.waiting.clone().try_acquire_owned().map_err(|_| Crowded)?;
        let turn = self.gate.clone().acquire_owned().await.map_err(|_| Crowded)?;
        // The work holds its place and turn itself: who hangs up in between frees neither while it goes on.
        let held = move || {
            let _held = (place, turn);
            work()
        };
        tokio::task::spawn_blocking(held).await.map_err(|_| Crowded)
    }
}

/// 256 bits by chance, in base64 for addresses and cookies.
fn fresh_secret() -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// SHA-256 of a secret of 256 random bits, lower-case hex: right at rest, because nobody guesses through that many.
fn hash_of(secret: &str) -> String {
    plaudit_core::hash::hex(&Sha256::digest(secret.as_bytes())).to_string()
}

/// Compares without telling by the time it takes where two secrets differ.
pub fn is_same(one: &str, other: &str) -> bool {
    // Comparing BLAKE3's hashes takes the same time whatever is in them.
    blake3::hash(one.as_bytes()) == blake3::hash(other.as_bytes())
}

/// Whether a batch failed because somebody else was faster: for what is used up once, they have used it.
fn was_faster(result: &Result<u64, StoreError>) -> bool {
    matches!(result, Err(StoreError::Fenced { .. }))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Keeps what it is given.
    #[derive(Debug, Default)]
    pub(crate) struct Postbag(pub(crate) Arc<Mutex<Vec<Letter>>>);

    impl Postman for Postbag {
        fn is_there(&self) -> bool {
            true
        }

        fn send(&self, letter: Letter) -> BoxFuture<'static, Result<(), String>> {
            self.0.lock().unwrap().push(letter);
            Box::pin(async { Ok(()) })
        }
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(is_same("abc", "abc"));
        for other in ["", "ab", "abd", "abcd", "ABC"] {
            assert!(!is_same("abc", other), "{other}");
        }
    }

    #[test]
    fn parts_that_are_signed_keep_their_bounds() {
        let porter = Porter::new(Clock::driven(0), &[1; 32], Arc::new(NoPostman));
        let signed = |domain: &str, parts: &[&[u8]]| porter.sign(domain, parts).finalize().into_bytes();
        assert_eq!(signed("a", &[b"bc"]), signed("a", &[b"bc"]));
        assert_ne!(signed("a", &[b"bc"]), signed("a", &[b"b", b"c"]));
        assert_ne!(signed("a", &[b"bc"]), signed("ab", &[b"c"]));
        let other = Porter::new(Clock::driven(0), &[2; 32], Arc::new(NoPostman));
        assert_ne!(signed("a", &[b"bc"]), other.sign("a", &[b"bc"]).finalize().into_bytes());
    }

    #[tokio::test]
    async fn who_hangs_up_frees_no_turn() {
        let porter = Porter::new(Clock::driven(0), &[1; 32], Arc::new(NoPostman));
        let (begins, begun) = tokio::sync::oneshot::channel();
        let (ends, end) = std::sync::mpsc::channel::<()>();
        let work = move || {
            begins.send(()).ok();
            end.recv().ok();
        };
        tokio::select! {
            _ = porter.slowly(work) => unreachable!("it waits for its end"),
            told = begun => told.unwrap(),
        }
        assert_eq!(porter.gate.available_permits(), CHECKED_AT_ONCE - 1);
        drop(ends);
        let all = u32::try_from(CHECKED_AT_ONCE).unwrap();
        assert!(porter.gate.acquire_many(all).await.is_ok(), "and frees it at its end");
    }

    #[test]
    fn a_link_is_not_printed() {
        let letter = Letter {
            to: "ana@example.com".into(),
            name: "Ana".into(),
            locale: "en".into(),
            about: About::Link(LinkKind::Reset, "https://x/secret".into(), 1),
        };
        assert!(!format!("{letter:?}").contains("secret"));
    }
}
