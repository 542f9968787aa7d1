//! A growing delay for who fails again and again.
//!
//! Failures are counted for a *name and a browser*: a browser that has signed in before shows so (`cookie.rs`), and is
//! counted on its own. So strangers who guess at a name delay strangers, and not the person whose name it is. They are
//! kept in memory: a restart forgets them.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use plaudit_core::Millis;

/// Failures without any delay.
const FREE: u32 = 5;
/// The first delay; each further failure doubles it.
const FIRST_MS: Millis = 2_000;
/// The longest delay: nobody is locked out for ever.
pub const DELAY_MS_MAX: Millis = 15 * 60 * 1000;
/// Failures are forgotten after so long without one.
const FORGOTTEN_MS: Millis = 24 * 60 * 60 * 1000;
/// Names and browsers that are remembered; beyond, the one that failed longest ago is forgotten.
const KEPT_MAX: usize = 20_000;

/// Counts failures by key.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<[u8; 32], Failures>>);

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Millis,
}

/// The delay after so many failures, in milliseconds.
pub fn delay_ms(failures: u32) -> Millis {
    match failures.checked_sub(FREE) {
        None | Some(0) => 0,
        Some(over) if over > 20 => DELAY_MS_MAX,
        Some(over) => (FIRST_MS << (over - 1)).min(DELAY_MS_MAX),
    }
}

/// A key of parts that can't be taken for others.
pub fn key(parts: &[&str]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("plaudit 1 throttle");
    for part in parts {
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

impl Throttle {
    /// Takes an attempt: counted as failed until [`Throttle::succeeded`]; so attempts at the same time can't slip
    /// through together. An attempt during the delay is refused and not counted.
    ///
    /// # Errors
    /// How long to wait, in milliseconds.
    pub fn attempt(&self, key: [u8; 32], now: Millis) -> Result<u32, Millis> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(&key).copied().filter(|f| now - f.last < FORGOTTEN_MS);
        let failures = known.unwrap_or(Failures { count: 0, last: now });
        let wait = failures.last + delay_ms(failures.count) - now;
        if wait > 0 {
            return Err(wait);
        }
        if kept.len() >= KEPT_MAX && !kept.contains_key(&key) {
            let oldest = kept.iter().min_by_key(|(_, f)| f.last).map(|(key, _)| *key);
            oldest.and_then(|oldest| kept.remove(&oldest));
        }
        let count = failures.count.saturating_add(1);
        kept.insert(key, Failures { count, last: now });
        Ok(count)
    }

    /// Takes an attempt back that was never looked at: it is no failure.
    pub fn take_back(&self, key: [u8; 32]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(failures) = kept.get_mut(&key) {
            failures.count = failures.count.saturating_sub(1);
        }
    }

    /// Forgets the failures.
    pub fn succeeded(&self, key: [u8; 32]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_and_end() {
        let delays: Vec<i64> = (0..20).map(delay_ms).collect();
        assert_eq!(&delays[..8], [0, 0, 0, 0, 0, 0, 2_000, 4_000]);
        assert!(delays.windows(2).all(|w| w[0] <= w[1]));
        assert_eq!(delay_ms(u32::MAX), DELAY_MS_MAX);
        assert_eq!(delay_ms(26), DELAY_MS_MAX);
    }

    #[test]
    fn who_waits_may_try_again_and_trying_earlier_costs_nothing() {
        let throttle = Throttle::default();
        let key = key(&["ana@example.com", ""]);
        for n in 1..=6 {
            assert_eq!(throttle.attempt(key, 0), Ok(n));
        }
        for at in [0, 1_000, 1_999] {
            assert_eq!(throttle.attempt(key, at), Err(2_000 - at));
        }
        assert_eq!(throttle.attempt(key, 2_000), Ok(7));
        assert_eq!(throttle.attempt(key, 2_000), Err(4_000));
        throttle.succeeded(key);
        assert_eq!(throttle.attempt(key, 2_000), Ok(1));
    }

    #[test]
    fn what_was_never_looked_at_is_no_failure() {
        let throttle = Throttle::default();
        let key = key(&["ana@example.com", ""]);
        for _ in 0..100 {
            assert_eq!(throttle.attempt(key, 0), Ok(1));
            throttle.take_back(key);
        }
    }

    #[test]
    fn strangers_do_not_delay_a_browser_that_is_known() {
        let throttle = Throttle::default();
        let (stranger, known) = (key(&["ana@example.com", ""]), key(&["ana@example.com", "browser"]));
        while throttle.attempt(stranger, 0).is_ok() {}
        assert_eq!(throttle.attempt(known, 0), Ok(1));
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
    }

    #[test]
    fn failures_are_forgotten_after_a_day() {
        let throttle = Throttle::default();
        let key = key(&["ana@example.com", ""]);
        while throttle.attempt(key, 0).is_ok() {}
        assert_eq!(throttle.attempt(key, FORGOTTEN_MS), Ok(1));
    }

    #[test]
    fn memory_is_bounded_and_the_newest_are_kept() {
        let throttle = Throttle::default();
        let of = |n: usize| key(&[&n.to_string()]);
        for n in 0..=KEPT_MAX {
            throttle.attempt(of(n), i64::try_from(n).unwrap()).unwrap();
        }
        let kept = throttle.0.lock().unwrap();
        assert_eq!(kept.len(), KEPT_MAX);
        assert!(!kept.contains_key(&of(0)) && kept.contains_key(&of(KEPT_MAX)));
    }
}
