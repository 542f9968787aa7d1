//! A key's timers: they live inside its state and fire inside the guest.

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// Sorted by (time, name); at most one per name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Timers(Vec<(Millis, String)>);

impl Timers {
    pub(crate) fn set(&mut self, name: &str, at: Millis) {
        self.cancel(name);
        let place = self.0.partition_point(|(t, n)| (*t, n.as_str()) < (at, name));
        self.0.insert(place, (at, name.into()));
    }

    pub(crate) fn cancel(&mut self, name: &str) {
        self.0.retain(|(_, n)| n != name);
    }

    pub(crate) fn at(&self, name: &str) -> Option<Millis> {
        self.0.iter().find(|(_, n)| n == name).map(|(at, _)| *at)
    }

    pub(crate) fn next(&self) -> Option<Millis> {
        self.0.first().map(|(at, _)| *at)
    }

    /// Takes out the earliest one that is due.
    pub(crate) fn pop_due(&mut self, until: Millis) -> Option<(Millis, String)> {
        (self.next()? <= until).then(|| self.0.remove(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_fire_in_order_of_time_and_name_and_a_name_has_one() {
        let mut timers = Timers::default();
        timers.set("b", 10);
        timers.set("a", 10);
        timers.set("c", 5);
        timers.set("c", 20);
        timers.set("gone", 1);
        timers.cancel("gone");
        assert_eq!(timers.next(), Some(10));
        let fired: Vec<_> = std::iter::from_fn(|| timers.pop_due(15)).collect();
        assert_eq!(fired, [(10, "a".to_string()), (10, "b".to_string())]);
        assert_eq!(timers.at("c"), Some(20));
    }
}
