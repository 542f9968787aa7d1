//! Metrics and their figures in words.

use super::{Locale, Texts};

impl Texts {
    /// What a metric, or a column of a board, is called. The house knows its own catalogue by name; other names are
    /// shown as they are.
    pub fn metric(&self, locale: Locale, name: &str) -> String {
        let known = |name: &str| self.try_own(locale, &format!("page-metric-{name}"), &[]);
        let parts = [("-average", "page-metric-average-of"), ("-total", "page-metric-total-of")];
        let part = parts.iter().find_map(|(end, id)| {
            let of = name.strip_suffix(end)?;
            Some(self.own(locale, id, &[("metric", known(of)?.into())]))
        });
        known(name).or(part).unwrap_or_else(|| name.replace('-', " "))
    }
}

impl Locale {
    /// A value of a metric with this unit, with at most two digits after the point.
    pub fn figure(self, value: f64, unit: &str) -> String {
        if unit == "share" { self.percent(value, 0, 1) } else { self.number(value, 0, 2, true) }
    }
}
