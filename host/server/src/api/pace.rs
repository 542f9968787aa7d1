//! How often somebody may ask: so many requests in a minute for each token and each session, also all at once.
//!
//! Kept in memory, by the machine's monotonic clock: a driven clock moves nothing here, and a restart forgets.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::Response,
};
use plaudit_core::access::Right;

use super::{
    auth::{Caller, Who},
    problem::Problem,
    table::Row,
};
use crate::config::Limits;

/// The window.
const MINUTE: Duration = Duration::from_secs(60);
/// Callers that are remembered; beyond, those who have been quiet for a minute are forgotten.
const KEPT_MAX: usize = 20_000;
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// When each caller's requests would be used up, if they were spread evenly.
#[derive(Debug, Default)]
pub struct Pace(Mutex<HashMap<String, Instant>>);

/// How much is left to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    policy: &'static str,
    per_minute: u32,
    remaining: u32,
    /// Seconds until all of it is there again.
    reset_s: u64,
}

impl Pace {
    /// Counts a request; `None` where nothing is counted.
    ///
    /// # Errors
    /// 429, with the seconds to wait.
    pub(super) fn take(
        &self,
        limits: &Limits,
        row: &Row,
        caller: &Caller,
        now: Instant,
    ) -> Result<Option<Left>, Box<(Problem, Left)>> {
        let (policy, per_minute) = match row.right {
            Some(Right::PostEvents) => ("ingest", limits.ingest_requests_per_minute),
            _ => ("default", limits.requests_per_minute),
        };
        let who = match &caller.who {
            Who::Token(token) => format!("{policy} token {}", token.id),
            Who::Account { account, session } => format!("{policy} session {} {session:?}", account.id),
            Who::Everybody => return Ok(None),
        };
        if per_minute == 0 {
            return Ok(None);
        }
        let left = |used: Duration| Left {
            policy,
            per_minute,
            remaining: remaining(per_minute, used),
            reset_s: used.as_secs() + u64::from(used.subsec_nanos() > 0),
        };
        self.count(&who, per_minute, now).map(|used| Some(left(used))).map_err(|wait| {
            let seconds = wait.as_secs() + 1;
            let detail = format!(
                "{} has asked {per_minute} times within a minute, and no more are allowed; wait {seconds} s",
                caller.name
            );
            let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate-limited", detail);
            Box::new((Problem { retry_after_s: Some(seconds), ..problem }, left(MINUTE)))
        })
    }

    /// How much of the minute is used up after this request, or how long to wait.
    fn count(&self, who: &str, per_minute: u32, now: Instant) -> Result<Duration, Duration> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX && !kept.contains_key(who) {
            kept.retain(|_, until| *until > now);
        }
        let step = MINUTE / per_minute;
        let until = kept.get(who).copied().unwrap_or(now).max(now) + step;
        let used = until - now;
        if used > MINUTE {
            return Err(used - MINUTE);
        }
        kept.insert(who.to_owned(), until);
        Ok(used)
    }
}

fn remaining(per_minute: u32, used: Duration) -> u32 {
    let left = MINUTE.saturating_sub(used).as_nanos() / (MINUTE / per_minute).as_nanos().max(1);
    u32::try_from(left).unwrap_or(per_minute).min(per_minute)
}

impl Left {
    /// Says so in an answer (draft-ietf-httpapi-ratelimit-headers).
    pub(super) fn tell(self, response: &mut Response) {
        let Self { policy, per_minute, remaining, reset_s } = self;
        let values = [
            (POLICY, format!("\"{policy}\";q={per_minute};w=60")),
            (LEFT, format!("\"{policy}\";r={remaining};t={reset_s}")),
        ];
        for (name, value) in values {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_worth_goes_at_once_and_comes_back_bit_by_bit() {
        let (pace, start) = (Pace::default(), Instant::now());
        for n in 1..=60 {
            assert_eq!(pace.count("a", 60, start), Ok(Duration::from_secs(n)));
        }
        assert_eq!(pace.count("a", 60, start), Err(Duration::from_secs(1)));
        assert_eq!(pace.count("a", 60, start), Err(Duration::from_secs(1)), "refusals cost nothing");
        assert!(pace.count("b", 60, start).is_ok(), "each has their own");
        let later = start + Duration::from_secs(1);
        assert!(pace.count("a", 60, later).is_ok());
        assert!(pace.count("a", 60, later).is_err());
        assert_eq!(pace.count("a", 60, start + Duration::from_secs(200)), Ok(Duration::from_secs(1)));
    }

    #[test]
    fn what_is_left_is_told() {
        assert_eq!(remaining(60, Duration::from_secs(1)), 59);
        assert_eq!(remaining(60, MINUTE), 0);
        assert_eq!(remaining(7, MINUTE / 7), 6);
    }

    #[test]
    fn memory_is_bounded() {
        let (pace, start) = (Pace::default(), Instant::now());
        for n in 0..KEPT_MAX {
            pace.count(&n.to_string(), 6_000, start).unwrap();
        }
        pace.count("one more", 6_000, start + MINUTE).unwrap();
        assert_eq!(pace.0.lock().unwrap().len(), 1);
    }
}
