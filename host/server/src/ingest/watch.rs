//! What came in lately, by source: how much, how late, what was refused, and one sample. In memory only, and only of a
//! bounded number of sources; it begins anew with the server.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use plaudit_core::{Id, Millis, event::Event};

use super::answer::Rejected;

/// Sources that are watched; one more is not.
const DOORS_MAX: usize = 200;
/// Refusals that are kept of a source.
const ERRORS_MAX: usize = 10;
/// A sample is cut to so many bytes.
const SAMPLE_BYTES_MAX: usize = 8 * 1024;
/// Minutes over which a rate is taken.
const MINUTES: i64 = 60;
const MINUTE_MS: i64 = 60_000;

/// Strangers whose names are kept; one more is not.
const STRANGERS_MAX: usize = 1000;

/// What those are called, by who sends, whom the roster does not know: by opaque id. Without it nobody could say who is missing
/// in the roster. In memory only: what is stored leads to nobody.
#[derive(Debug, Default)]
pub struct Strangers(Mutex<BTreeMap<Id, String>>);

impl Strangers {
    /// Somebody has sent an event of a stranger.
    pub fn meet(&self, id: &Id, external: &str) {
        let mut names = self.lock();
        if names.len() < STRANGERS_MAX && !names.contains_key(id) {
            names.insert(id.clone(), external.to_owned());
        }
    }

    /// The names of some; all others are forgotten.
    pub fn names(&self, of: &BTreeMap<Id, u64>) -> BTreeMap<Id, String> {
        let mut names = self.lock();
        names.retain(|id, _| of.contains_key(id));
        names.clone()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Id, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Watches what comes in.
#[derive(Debug, Default)]
pub struct Watch(Mutex<BTreeMap<String, Door>>);

/// What is known of a source since the server's start. Times are the machine's.
#[derive(Clone, Debug, Default)]
pub struct Door {
    /// Taken into the journal.
    pub accepted: u64,
    /// Known already.
    pub duplicates: u64,
    /// Filtered out by the source's `when`.
    pub skipped: u64,
    /// Refused.
    pub rejected: u64,
    /// When the latest event was taken.
    pub heard: Option<Millis>,
    /// How long after it had happened the latest one arrived, in milliseconds; by the house's clock.
    pub lag: Option<Millis>,
    /// The latest refusals, newest first, with when.
    pub errors: VecDeque<(Millis, Rejected)>,
    /// The latest sample.
    pub sample: Option<Sample>,
    /// Minutes since 1970 with how many were taken in each, oldest first.
    minutes: VecDeque<(i64, u64)>,
}

/// One item as it came, and the event that was made of it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// JSON, cut.
    pub raw: String,
    /// As the journal has it.
    pub event: Event,
}

impl Sample {
    /// A sample of what came as this JSON.
    pub fn new(raw: &serde_json::Value, event: &Event) -> Self {
        let mut raw = serde_json::to_string_pretty(raw).unwrap_or_default();
        if raw.len() > SAMPLE_BYTES_MAX {
            let end = (0..=SAMPLE_BYTES_MAX).rev().find(|at| raw.is_char_boundary(*at)).unwrap_or(0);
            raw.truncate(end);
            raw.push('…');
        }
        Self { raw, event: event.clone() }
    }
}

/// What one request brought of a source.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Taken into the journal.
    pub accepted: u64,
    /// Known already.
    pub duplicates: u64,
    /// Filtered out.
    pub skipped: u64,
    /// Refused.
    pub rejected: Vec<Rejected>,
    /// How late the latest one is.
    pub lag: Option<Millis>,
    /// One of them.
    pub sample: Option<Sample>,
}

impl Watch {
    /// A request has brought something; `at` is the machine's time.
    pub fn note(&self, at: Millis, source: &str, heard: Heard) {
        let mut doors = self.lock();
        if !doors.contains_key(source) && doors.len() >= DOORS_MAX {
            return;
        }
        let door = doors.entry(source.to_owned()).or_default();
        door.accepted += heard.accepted;
        door.duplicates += heard.duplicates;
        door.skipped += heard.skipped;
        door.rejected += heard.rejected.len() as u64;
        for rejected in heard.rejected {
            door.errors.push_front((at, rejected));
        }
        door.errors.truncate(ERRORS_MAX);
        if heard.accepted > 0 {
            (door.heard, door.lag) = (Some(at), heard.lag);
            door.count(at, heard.accepted);
        }
        door.sample = heard.sample.or(door.sample.take());
    }

    /// All sources by name.
    pub fn doors(&self) -> BTreeMap<String, Door> {
        self.lock().clone()
    }

    /// One source.
    pub fn door(&self, source: &str) -> Option<Door> {
        self.lock().get(source).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Door>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Door {
    fn count(&mut self, at: Millis, n: u64) {
        let minute = at.div_euclid(MINUTE_MS);
        match self.minutes.back_mut() {
            Some((last, count)) if *last >= minute => *count += n,
            _ => self.minutes.push_back((minute, n)),
        }
        while self.minutes.front().is_some_and(|(of, _)| *of <= minute - MINUTES) {
            self.minutes.pop_front();
        }
    }

    /// Events of the hour before `now`.
    pub fn last_hour(&self, now: Millis) -> u64 {
        let first = now.div_euclid(MINUTE_MS) - MINUTES;
        self.minutes.iter().filter(|(minute, _)| *minute > first).map(|(_, n)| n).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_of_an_hour_and_refusals_the_newest() {
        let watch = Watch::default();
        let heard = |accepted| Heard { accepted, lag: Some(5), ..Heard::default() };
        watch.note(0, "acd", heard(3));
        watch.note(30 * MINUTE_MS, "acd", heard(2));
        let door = watch.door("acd").unwrap();
        assert_eq!((door.last_hour(31 * MINUTE_MS), door.last_hour(70 * MINUTE_MS)), (5, 2));
        watch.note(90 * MINUTE_MS, "acd", heard(1));
        assert_eq!(watch.door("acd").unwrap().last_hour(90 * MINUTE_MS), 1);
        let rejected = |index| Rejected {
            index,
            id: None,
            field: "time".into(),
            value: None,
            message: "late".into(),
            code: "c".into(),
        };
        for index in 0..20 {
            watch.note(1, "acd", Heard { rejected: vec![rejected(index)], ..Heard::default() });
        }
        let door = watch.door("acd").unwrap();
        assert_eq!((door.rejected, door.errors.len(), door.errors[0].1.index), (20, ERRORS_MAX, 19));
        assert_eq!(door.heard, Some(90 * MINUTE_MS), "a refusal is not heard");
    }

    #[test]
    fn strangers_have_their_names_as_long_as_they_are_strangers() {
        let strangers = Strangers::default();
        for n in 0..=STRANGERS_MAX {
            strangers.meet(&format!("a{n:04}").into(), &format!("E{n}"));
        }
        let parked = |n: usize| (Id::from(format!("a{n:04}")), 1);
        let names = strangers.names(&BTreeMap::from([parked(3), parked(4), parked(STRANGERS_MAX)]));
        assert_eq!(names, BTreeMap::from([("a0003".into(), "E3".into()), ("a0004".into(), "E4".into())]));
        assert_eq!(strangers.names(&BTreeMap::from([parked(4)])).len(), 1, "who is known now is forgotten");
        strangers.meet(&"a1000".into(), "E1000");
        assert_eq!(strangers.names(&BTreeMap::from([parked(1000)])).len(), 1, "there is room again");
    }

    #[test]
    fn no_more_sources_than_fit_are_watched() {
        let watch = Watch::default();
        for n in 0..DOORS_MAX + 5 {
            watch.note(0, &n.to_string(), Heard { accepted: 1, ..Heard::default() });
        }
        assert_eq!(watch.doors().len(), DOORS_MAX);
    }
}
