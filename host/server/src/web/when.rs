//! Times on pages: how long until, how long ago, and exactly when.

use chrono::{SecondsFormat, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use plaudit_core::{Millis, incentive::Period};

use super::say::Say;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/// A time, told in two ways.
pub(super) struct Moment {
    /// For machines, in UTC.
    pub(super) iso: String,
    /// With date, clock time and zone.
    pub(super) exact: String,
    /// How far away, as a span without direction.
    pub(super) span: String,
}

impl Say {
    /// A time in a zone.
    pub(super) fn moment(&self, at: Millis, zone: Tz) -> Moment {
        Moment { iso: iso(at), exact: self.exact(at, zone), span: self.span(at - self.now) }
    }

    /// Date, clock time and zone.
    pub(super) fn exact(&self, at: Millis, zone: Tz) -> String {
        let Some(local) = zone.timestamp_millis_opt(at).single() else { return iso(at) };
        let day = self.locale.day(local.date_naive().to_epoch_days());
        format!("{day}, {:02}:{:02} ({})", local.hour(), local.minute(), zone.name())
    }

    /// A span of time in its largest unit, rounded down: nobody is told a day too much.
    fn span(&self, span: Millis) -> String {
        match span.saturating_abs() {
            short if short < MINUTE => self.t("span-moment"),
            minutes if minutes < HOUR => self.n("span-minutes", minutes / MINUTE),
            hours if hours < 2 * DAY => self.n("span-hours", hours / HOUR),
            days => self.n("span-days", days / DAY),
        }
    }

    /// "closes in 3 h", "closed 2 days ago".
    pub(super) fn closes(&self, period: &Period, zone: Tz) -> (String, Moment) {
        let moment = self.moment(period.end, zone);
        let id = if period.end > self.now { "closes-in" } else { "closed-ago" };
        (self.with(id, &[("span", moment.span.clone().into())]), moment)
    }
}

fn iso(at: Millis) -> String {
    Utc.timestamp_millis_opt(at)
        .single()
        .map(|t| t.to_rfc3339_opts(SecondsFormat::Secs, true))
        .unwrap_or_default()
}
