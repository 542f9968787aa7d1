//! What `run` and `test` both show: times, and what was used of each limit.

use chrono::{DateTime, SecondsFormat, Utc};
use plaudit_core::Millis;

use super::{
    measure::{Seen, Used},
    paint::{Paint, number, table},
};
use crate::cli::out;

/// What was used of each limit.
pub(super) fn limits(seen: &Seen) -> [(&'static str, Used); 5] {
    [
        ("fuel of a call", seen.fuel),
        ("state of a key, bytes", seen.state),
        ("shared state, bytes", seen.shared),
        ("memory, bytes", seen.memory),
        ("effects of a step", seen.effects),
    ]
}

/// Says what was used of each limit, in red what is over.
pub(super) fn limit_table(seen: &Seen, paint: Paint) -> anyhow::Result<()> {
    let rows: Vec<(Used, Vec<String>)> = limits(seen)
        .into_iter()
        .map(|(name, used)| {
            let words = format!("{} of {}", number(used.used), number(used.allowed));
            let verdict = if used.used > used.allowed { "over the limit" } else { "" };
            (used, vec![format!("  {name}"), words, format!("{} %", used.percent()), verdict.to_owned()])
        })
        .collect();
    let cells: Vec<Vec<String>> = rows.iter().map(|(_, cells)| cells.clone()).collect();
    for (line, (used, _)) in table(&cells).iter().zip(&rows) {
        out(&if used.used > used.allowed { paint.red(line) } else { line.clone() })?;
    }
    Ok(())
}

/// As people write a time.
pub(super) fn time(at: Millis) -> String {
    DateTime::<Utc>::from_timestamp_millis(at)
        .map_or_else(|| at.to_string(), |time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}
