//! Boundaries between periods, as local times.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};

use super::cron::{Cron, CronError};
use crate::{Id, incentive::Periods};

/// Where local time is cut.
#[derive(Clone, Debug)]
pub(super) enum Cut {
    /// Nowhere.
    Once,
    /// At midnight.
    Daily,
    /// At midnight before Monday.
    Weekly,
    /// At midnight before the first of a month.
    Monthly,
    /// When an expression says.
    Cron(Cron),
}

impl Cut {
    /// A window that never ends can't be one period: it is cut into months.
    pub(super) fn new(periods: &Periods, window_ends: bool) -> Result<Self, CronError> {
        Ok(match periods {
            Periods::Once if window_ends => Self::Once,
            Periods::Once | Periods::Monthly => Self::Monthly,
            Periods::Daily => Self::Daily,
            Periods::Weekly => Self::Weekly,
            Periods::Cron(expression) => Self::Cron(Cron::parse(expression)?),
        })
    }

    /// The latest boundary up to a local time, inclusive.
    pub(super) fn at_or_before(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Once => None,
            Self::Cron(cron) => cron.at_or_before(local),
            Self::Daily | Self::Weekly | Self::Monthly => Some(self.first_day(local.date()).into()),
        }
    }

    /// The first boundary after a local time.
    pub(super) fn after(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        let first = self.first_day(local.date());
        let next = match self {
            Self::Once => None,
            Self::Cron(cron) => return cron.after(local),
            Self::Daily => first.checked_add_days(Days::new(1)),
            Self::Weekly => first.checked_add_days(Days::new(7)),
            Self::Monthly => first.checked_add_months(Months::new(1)),
        };
        next.map(NaiveDateTime::from)
    }

    /// The id of the period that begins at a boundary.
    pub(super) fn id(&self, boundary: NaiveDateTime) -> Id {
        let format = match self {
            Self::Once => "once",
            Self::Daily => "%Y-%m-%d",
            Self::Weekly => "%G-W%V",
            Self::Monthly => "%Y-%m",
            Self::Cron(_) => "%Y-%m-%dT%H:%M",
        };
        boundary.format(format).to_string().into()
    }

    fn first_day(&self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Weekly => day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day),
            Self::Monthly => day.with_day(1).unwrap_or(day),
            Self::Once | Self::Daily | Self::Cron(_) => day,
        }
    }
}
