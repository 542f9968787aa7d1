//! Calendars: how an incentive's time is cut into periods, by the clock on the wall of its zone.
//!
//! Boundaries are local times. The instant of one is the first at which the wall clock has reached it: after a gap the
//! gap's end, in an overlap the first of both. So each boundary happens exactly once, whatever the clocks do, and its
//! local time names the period that begins there.

mod cron;
mod cut;
mod local;
mod quiet;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use thiserror::Error;

pub use cron::CronError;
pub use local::{day_start, local_day, offset_transitions};
pub use quiet::{QuietHours, QuietHoursError, QuietTime};

use crate::{
    Id, Millis,
    incentive::{Period, Periods},
};
use cut::Cut;

/// Why a calendar can't be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// The window has no instant in it.
    #[error("the window ends at {end} ms, which is not after its start at {start} ms; choose a later end")]
    EmptyWindow {
        /// First instant.
        start: Millis,
        /// First instant after it.
        end: Millis,
    },
    /// A bound that no calendar of people reaches.
    #[error(
        "the time {at} ms lies outside of the years 1970 to 2099; check that it is given in milliseconds"
    )]
    OutOfRange {
        /// As given.
        at: Millis,
    },
    /// The cron expression is wrong.
    #[error(transparent)]
    Cron(#[from] CronError),
}

/// First instant that a calendar takes: 1970-01-01T00:00:00Z.
const START_MIN: Millis = 0;
/// First instant that it does not: 2100-01-01T00:00:00Z.
const END_MAX: Millis = 4_102_444_800_000;

/// The periods of an incentive: a total function of time, the same on every host.
#[derive(Clone, Debug)]
pub struct Calendar {
    cut: Cut,
    zone: Tz,
    start: Millis,
    end: Option<Millis>,
}

impl Calendar {
    /// The calendar of a window `[start, end)`, open where there is no end.
    ///
    /// # Errors
    /// The window is empty or centuries away, or the cron expression is wrong or never comes true.
    pub fn new(
        periods: &Periods,
        zone: Tz,
        start: Millis,
        end: Option<Millis>,
    ) -> Result<Self, CalendarError> {
        let bounds = [Some(start), end];
        if let Some(at) = bounds.into_iter().flatten().find(|at| !(START_MIN..=END_MAX).contains(at)) {
            return Err(CalendarError::OutOfRange { at });
        }
        if let Some(end) = end.filter(|end| *end <= start) {
            return Err(CalendarError::EmptyWindow { start, end });
        }
        Ok(Self { cut: Cut::new(periods, end.is_some())?, zone, start, end })
    }

    /// The period that an instant lies in; none outside of the window. The window's bounds clip the first and the last
    /// period, which keep the ids of the whole ones.
    pub fn period_at(&self, at: Millis) -> Option<Period> {
        if at < self.start || at >= self.end.unwrap_or(END_MAX) {
            return None;
        }
        // All boundaries up to this reading of the wall clock have passed at `at`, and none after it.
        let reached = local::latest_reading(self.zone, at);
        let begun = self.cut.at_or_before(reached);
        let start = begun.map_or(self.start, |boundary| self.instant(boundary).max(self.start));
        let next = self.cut.after(reached).map(|boundary| self.instant(boundary));
        let end = [next, self.end].into_iter().flatten().min().unwrap_or(END_MAX);
        let id: Id = self.cut.id(begun.unwrap_or_else(|| local::reading(self.zone, self.start)));
        Some(Period { id, start, end })
    }

    /// The period after a period of this calendar; none after the last.
    pub fn next_after(&self, period: &Period) -> Option<Period> {
        self.period_at(period.end)
    }

    /// The period at `now` (or the first one, if the window begins later) and those that follow: at most `n`.
    pub fn upcoming(&self, now: Millis, n: usize) -> Vec<Period> {
        std::iter::successors(self.period_at(now.max(self.start)), |period| self.next_after(period))
            .take(n)
            .collect()
    }

    fn instant(&self, boundary: NaiveDateTime) -> Millis {
        local::first_instant(self.zone, boundary)
    }
}

#[cfg(test)]
mod tests;
