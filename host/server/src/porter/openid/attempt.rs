//! An attempt to sign in at a provider, from the way there to the way back.
//!
//! Nothing of it is kept here: a stranger who begins a million attempts fills nothing. The browser keeps 256 random bits
//! with an end and a signature; state, nonce and PKCE's verifier are derived from those bits with the porter's key. So a
//! way back is good only in the browser that went, and what the cookie shows is none of the three.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::Mac;
use plaudit_core::{Millis, hash::hex};

use super::super::{Porter, fresh_secret, is_same};

/// An attempt ends after so long.
pub const ATTEMPT_MS: Millis = 10 * 60 * 1000;
/// Longest cookie that is looked at, in bytes.
const COOKIE_BYTES_MAX: usize = 2000;
/// Attempts that are remembered as used, each until its end.
const USED_MAX: usize = 10_000;

/// Somebody on their way.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    chance: String,
    /// First instant at which it no longer holds.
    expires: Millis,
    /// The own path to go on to.
    pub next: String,
}

// Written by hand: whoever has the chance and the porter's key has all of it.
impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Attempts that came back, so that none does twice: by their end.
#[derive(Debug, Default)]
pub(super) struct Used(Mutex<BTreeSet<(Millis, String)>>);

impl Used {
    /// Uses an attempt up; `false` if it was before. When there are too many, those that end first are forgotten: the
    /// provider takes no code twice either.
    pub(super) fn take(&self, attempt: &Attempt, now: Millis) -> bool {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while used.first().is_some_and(|(expires, _)| *expires <= now) || used.len() >= USED_MAX {
            used.pop_first();
        }
        used.insert((attempt.expires, attempt.chance.clone()))
    }
}

impl Porter {
    /// Somebody sets out; afterwards they want to see `next`, a path of this house.
    pub fn set_out(&self, next: &str) -> Attempt {
        Attempt { chance: fresh_secret(), expires: self.now() + ATTEMPT_MS, next: next.to_owned() }
    }

    /// What their browser keeps.
    pub fn attempt_cookie(&self, attempt: &Attempt) -> String {
        let next = BASE64_URL_SAFE_NO_PAD.encode(&attempt.next);
        let signed = self.attempt_part("openid attempt", attempt);
        format!("{}.{}.{next}.{signed}", attempt.chance, attempt.expires)
    }

    /// The attempt that a browser shows, if it holds now.
    pub fn read_attempt(&self, cookie: &str) -> Option<Attempt> {
        let mut parts = cookie.split('.').take(5);
        let mut part = || parts.next().filter(|_| cookie.len() <= COOKIE_BYTES_MAX);
        let (chance, expires, next, signed) = (part()?, part()?, part()?, part()?);
        let next = BASE64_URL_SAFE_NO_PAD.decode(next).ok().and_then(|next| String::from_utf8(next).ok())?;
        let attempt = Attempt { chance: chance.to_owned(), expires: expires.parse().ok()?, next };
        let is_own = is_same(&self.attempt_part("openid attempt", &attempt), signed);
        (is_own && parts.next().is_none() && self.now() < attempt.expires).then_some(attempt)
    }

    /// What the provider gives back unchanged.
    pub fn state_of(&self, attempt: &Attempt) -> String {
        self.attempt_part("openid state", attempt)
    }

    /// What the ID token has to hold.
    pub(super) fn nonce_of(&self, attempt: &Attempt) -> String {
        self.attempt_part("openid nonce", attempt)
    }

    /// What only who set out can show for the code.
    pub(super) fn verifier_of(&self, attempt: &Attempt) -> String {
        self.attempt_part("openid verifier", attempt)
    }

    fn attempt_part(&self, domain: &str, attempt: &Attempt) -> String {
        let Attempt { chance, expires, next } = attempt;
        let mac = self.sign(domain, &[chance.as_bytes(), &expires.to_be_bytes(), next.as_bytes()]);
        hex(&mac.finalize().into_bytes()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{clock::Clock, porter::NoPostman};

    fn porter(key: u8) -> (Porter, Clock) {
        let clock = Clock::driven(0);
        (Porter::new(clock.clone(), &[key; 32], Arc::new(NoPostman)), clock)
    }

    #[test]
    fn an_attempt_holds_for_ten_minutes_and_can_t_be_made_up() {
        let (porter, clock) = porter(1);
        let attempt = porter.set_out("/incentives/sprint?period=1");
        let cookie = porter.attempt_cookie(&attempt);
        assert_eq!(porter.read_attempt(&cookie), Some(attempt.clone()));
        let elsewhere = Porter::new(clock.clone(), &[2; 32], Arc::new(NoPostman));
        assert_eq!(elsewhere.read_attempt(&cookie), None, "another house's key");
        let parts: Vec<&str> = cookie.split('.').collect();
        let other = BASE64_URL_SAFE_NO_PAD.encode("//evil.example");
        let later = attempt.expires + 1;
        for forged in [
            String::new(),
            "....".to_owned(),
            format!("{cookie}.x"),
            format!("{}.{}.{other}.{}", parts[0], parts[1], parts[3]),
            format!("{}.{later}.{}.{}", parts[0], parts[2], parts[3]),
            format!("{}.{}.{}.{}", fresh_secret(), parts[1], parts[2], parts[3]),
            cookie.repeat(40),
        ] {
            assert_eq!(porter.read_attempt(&forged), None, "{forged}");
        }
        clock.drive(ATTEMPT_MS - 1).unwrap();
        assert!(porter.read_attempt(&cookie).is_some());
        clock.drive(ATTEMPT_MS).unwrap();
        assert_eq!(porter.read_attempt(&cookie), None);
    }

    #[test]
    fn state_nonce_and_verifier_are_three_and_not_in_the_cookie() {
        let (porter, _) = porter(1);
        let attempt = porter.set_out("/");
        let cookie = porter.attempt_cookie(&attempt);
        let three = [porter.state_of(&attempt), porter.nonce_of(&attempt), porter.verifier_of(&attempt)];
        for (at, one) in three.iter().enumerate() {
            assert_eq!(one.len(), 64, "PKCE wants 43 to 128 characters");
            assert!(!cookie.contains(one.as_str()));
            assert!(three.iter().skip(at + 1).all(|other| other != one));
        }
        assert_ne!(porter.state_of(&porter.set_out("/")), three[0]);
        assert!(!format!("{attempt:?}").contains(&attempt.chance));
    }

    #[test]
    fn an_attempt_is_used_once_and_forgotten_at_its_end() {
        let (porter, _) = porter(1);
        let used = Used::default();
        let attempt = porter.set_out("/");
        assert!(used.take(&attempt, 0));
        assert!(!used.take(&attempt, 1));
        for _ in 0..USED_MAX + 10 {
            assert!(used.take(&porter.set_out("/"), 1));
        }
        assert_eq!(used.0.lock().unwrap().len(), USED_MAX);
        assert!(used.take(&porter.set_out("/"), ATTEMPT_MS));
        assert_eq!(used.0.lock().unwrap().len(), 1);
    }
}
