//! The stretch of the past that is meant.

use chrono::{DateTime, NaiveDate};
use plaudit_core::{DAY_MS, Millis, calendar::day_start};
use serde_json::Value;

use super::PREVIEW_DAYS_MAX;
use crate::api::problem::{Answer, Problem};

/// Reads `from` and `to`: RFC 3339, or dates, which mean the start of that day in the incentive's zone. `to` is the
/// first instant after the window, as an incentive's `end`.
pub(super) fn window(
    from: Option<&Value>,
    to: Option<&Value>,
    zone: chrono_tz::Tz,
    now: Millis,
) -> Answer<(Millis, Millis)> {
    let (from, to) = (instant("from", from, zone)?, instant("to", to, zone)?);
    let refused = |detail: String| Err(Problem::unprocessable("bad-window", detail));
    if from >= to {
        return refused(format!(
            "`from` ({from}) must be before `to` ({to}), the first instant after the window"
        ));
    }
    if to > now {
        return refused(format!(
            "`to` ({to}) is after now ({now}); a preview is of the past, so say today's date or an earlier one"
        ));
    }
    if to - from > PREVIEW_DAYS_MAX * DAY_MS {
        let days = (to - from) / DAY_MS;
        return refused(format!("the window has {days} days, and {PREVIEW_DAYS_MAX} are allowed"));
    }
    Ok((from, to))
}

fn instant(name: &str, value: Option<&Value>, zone: chrono_tz::Tz) -> Answer<Millis> {
    let text = value.and_then(Value::as_str).unwrap_or_default();
    let date = |date: NaiveDate| {
        let days = date.signed_duration_since(NaiveDate::default()).num_days();
        i32::try_from(days).ok().map(|day| day_start(zone, day))
    };
    let exact = DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_millis());
    let found = exact.or_else(|| text.parse().ok().and_then(date));
    found.ok_or_else(|| {
        let given = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
        let detail = format!(
            "`{name}` is {given}, and must be a date such as \"2026-03-02\" (its start, in the incentive's zone) or a time \
             such as \"2026-03-02T06:00:00Z\""
        );
        Problem::unprocessable("bad-window", detail)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Millis = 1_774_000_000_000; // 2026-03-20

    fn read(from: &str, to: &str) -> Result<(Millis, Millis), String> {
        let zone = chrono_tz::Europe::Vilnius;
        window(Some(&json!(from)), Some(&json!(to)), zone, NOW).map_err(|problem| problem.detail)
    }

    #[test]
    fn dates_are_days_of_the_incentive_s_zone() {
        let exact = read("2026-03-01T22:00:00Z", "2026-03-03T00:00:00+02:00").unwrap();
        assert_eq!(read("2026-03-02", "2026-03-03"), Ok(exact));
        assert_eq!(exact.1 - exact.0, DAY_MS);
    }

    #[test]
    fn what_is_no_window_of_the_past_is_refused_with_the_way_out() {
        let detail = |from, to| read(from, to).unwrap_err();
        assert!(detail("2026-03-03", "2026-03-03").contains("must be before"));
        assert!(detail("2026-03-03", "2026-04-03").contains("of the past"));
        assert!(detail("2024-03-03", "2026-03-03").contains("400 are allowed"));
        assert!(detail("yesterday", "2026-03-03").contains("\"2026-03-02\""));
        assert!(window(None, None, chrono_tz::UTC, NOW).is_err());
    }
}
