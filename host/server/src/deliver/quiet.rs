//! When people are left alone: their own quiet hours or those of the house, by the clock on the wall where they work.

use std::sync::Arc;

use plaudit_core::{Id, Millis, calendar::QuietTime, roster::Roster};
use plaudit_store::{
    Store, StoreError,
    family::{
        self,
        delivery::Target,
        preference::{Preference, Preferences, Quiet},
    },
};

/// Shows the roster as it is now.
pub type RosterNow = Arc<dyn Fn() -> Arc<Roster> + Send + Sync>;

/// Answers until when somebody is left alone.
pub(super) struct QuietTimes {
    pub(super) house: QuietTime,
    pub(super) roster: RosterNow,
    pub(super) store: Arc<dyn Store>,
}

impl QuietTimes {
    /// Until when nothing goes to a target, by the house's time; `None` if it may go now. Machines and rooms never wait.
    pub(super) fn until(&self, target: &Target, now: Millis) -> Result<Option<Millis>, StoreError> {
        match target {
            Target::Chat(agent) | Target::Mail(agent) => self.of_agent(agent, now),
            Target::Webhook(_) | Target::Room(_) | Target::Nowhere(_) => Ok(None),
        }
    }

    fn of_agent(&self, agent: &Id, now: Millis) -> Result<Option<Millis>, StoreError> {
        let preference = family::get::<Preferences>(&*self.store, &agent.to_string())?.unwrap_or_default();
        let quiet = quiet_of(&preference, self.house);
        if quiet == QuietTime::default() {
            return Ok(None);
        }
        Ok(until(quiet, &(self.roster)(), agent, now))
    }
}

/// What holds for somebody.
pub(crate) fn quiet_of(preference: &Preference, house: QuietTime) -> QuietTime {
    match preference.quiet {
        Quiet::House => house,
        Quiet::Never => QuietTime::default(),
        Quiet::Own(own) => own,
    }
}

/// In their zone, with the days off of their terms and of their site.
fn until(quiet: QuietTime, roster: &Roster, agent: &Id, now: Millis) -> Option<Millis> {
    let zone = roster.zone_of_agent(agent, now).unwrap_or(chrono_tz::Tz::UTC);
    let workdays =
        roster.agent(agent).and_then(|known| Roster::stint_at(known, now)).map_or(0, |s| s.workdays);
    let holidays = roster.holidays_of_agent(agent, now);
    let is_off = |day: i32| {
        // Day 0 was a Thursday; bit 0 is Monday. No workdays at all say nothing about days off.
        let weekday = (day + 3).rem_euclid(7);
        (workdays != 0 && workdays & (1 << weekday) == 0) || holidays.binary_search(&day).is_ok()
    };
    quiet.until(zone, now, is_off)
}
