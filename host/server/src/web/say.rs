//! The reader's language, and words, numbers and addresses in it.

use std::{collections::BTreeMap, sync::Arc};

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};
use fluent_bundle::FluentValue;
use plaudit_core::{
    Millis,
    access::Reach,
    event::{Subject, SubjectKind},
    roster::Roster,
};

use crate::texts::{Locale, Name, Texts};

/// Speaks to one reader.
#[derive(Clone)]
pub(super) struct Say {
    pub(super) texts: Arc<Texts>,
    pub(super) locale: Locale,
    /// The language was chosen by `?lang=`: links keep it.
    chosen: bool,
    pub(super) now: Millis,
    sees: Reach,
    roster: Arc<Roster>,
}

impl Say {
    pub(super) fn new(
        texts: Arc<Texts>,
        query: &BTreeMap<String, String>,
        headers: &HeaderMap,
        own: Option<Locale>,
        now: Millis,
    ) -> Self {
        let chosen = query.get("lang").and_then(|tag| spoken(tag));
        let asked = || {
            let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
            accepted(header)
        };
        let locale = chosen.or(own).or_else(asked).unwrap_or_default();
        let chosen = chosen.is_some();
        Self { texts, locale, chosen, now, sees: Reach::nothing(), roster: Arc::default() }
    }

    /// The same at another time.
    pub(super) fn at(&self, now: Millis) -> Self {
        Self { now, ..self.clone() }
    }

    /// Links lead to the pages of those that the reader may see.
    pub(super) fn links_to(&mut self, sees: Reach, roster: Arc<Roster>) {
        (self.sees, self.roster) = (sees, roster);
    }

    /// A text of the pages: `page-<id>`.
    pub(super) fn t(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A text of explanations: `explain-<id>`.
    pub(super) fn e(&self, id: &str) -> String {
        self.texts.own(self.locale, &format!("explain-{id}"), &[])
    }

    /// A text of the pages with arguments.
    pub(super) fn with(&self, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        self.texts.own(self.locale, &format!("page-{id}"), arguments)
    }

    /// A text that counts `$n`.
    pub(super) fn n(&self, id: &str, n: impl Into<i64>) -> String {
        self.with(id, &[("n", self.texts.count(self.locale, n.into()))])
    }

    /// A number with at most two digits after the point.
    pub(super) fn number(&self, value: f64) -> String {
        self.locale.number(value, 0, 2, true)
    }

    /// A whole number.
    pub(super) fn whole(&self, value: i64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "beyond 2^53 a shown number may be rounded")]
        self.locale.number(value as f64, 0, 0, true)
    }

    /// Units of a currency in words.
    pub(super) fn units(&self, units: i64, currency: &str) -> String {
        self.texts.units(self.locale, units, currency)
    }

    /// A value of a metric with this unit.
    pub(super) fn figure(&self, value: f64, unit: &str) -> String {
        self.locale.figure(value, unit)
    }

    /// What a metric, or a column of a board, is called.
    pub(super) fn metric(&self, name: &str) -> String {
        self.texts.metric(self.locale, name)
    }

    /// Who it is, by shown name.
    pub(super) fn name(&self, subject: &Subject) -> String {
        match subject.kind {
            SubjectKind::Agent => self.texts.agent(self.locale, &subject.id),
            SubjectKind::Team => self.texts.names().team(&subject.id),
            SubjectKind::Queue => subject.id.to_string(),
        }
    }

    /// Who it is: as a row says, which may name them by their initials, or by shown name.
    pub(super) fn named(&self, subject: &Subject, given: Option<&String>) -> String {
        given.cloned().unwrap_or_else(|| self.name(subject))
    }

    /// The page of an agent who still has a name, if the reader may see it; teams have none yet.
    pub(super) fn page_of(&self, subject: &Subject) -> Option<String> {
        let has_page = subject.kind == SubjectKind::Agent
            && self.texts.names().agent(&subject.id) != Name::Erased
            && self.sees.covers_agent(&self.roster, &subject.id, self.now);
        has_page.then(|| self.href(&format!("/agents/{}", segment(&subject.id))))
    }

    /// An address of this house, with the language if it was chosen.
    pub(super) fn href(&self, path: &str) -> String {
        if !self.chosen {
            return path.to_owned();
        }
        let mark = if path.contains('?') { '&' } else { '?' };
        format!("{path}{mark}lang={}", self.locale.tag())
    }

    /// The page of an incentive, of one period if it is named.
    pub(super) fn incentive(&self, id: &str, period: Option<&str>) -> String {
        let period = period.map(|p| format!("?period={}", segment(p))).unwrap_or_default();
        self.href(&format!("/incentives/{}{period}", segment(id)))
    }

    /// A period's id in words.
    pub(super) fn period(&self, id: &str) -> String {
        self.texts.period(self.locale, id).unwrap_or_else(|| self.t("whole-time"))
    }
}

/// One of the five languages, if the tag is one.
fn spoken(tag: &str) -> Option<Locale> {
    let first = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(&*first, "en" | "es" | "lt" | "zh").then(|| Locale::closest(tag))
}

/// The language of the house that the header wants most; the first of equals.
fn accepted(header: &str) -> Option<Locale> {
    let mut best: Option<(f32, Locale)> = None;
    for part in header.split(',').take(32) {
        let mut pieces = part.split(';').map(str::trim);
        let Some(locale) = pieces.next().and_then(spoken) else { continue };
        let weight = pieces
            .find_map(|piece| piece.strip_prefix("q="))
            .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// A text as one segment of a path, or as a value of a query.
pub(super) fn segment(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_s_wishes_are_weighed() {
        for (header, wanted) in [
            ("lt", Some(Locale::Lt)),
            ("fr, es;q=0.8, en;q=0.9", Some(Locale::En)),
            ("fr-FR, zh-TW;q=0.5", Some(Locale::ZhHant)),
            ("zh-CN,zh;q=0.9,en;q=0.8", Some(Locale::ZhHans)),
            ("fr, de", None),
            ("en;q=0, lt;q=0.1", Some(Locale::Lt)),
            ("", None),
        ] {
            assert_eq!(accepted(header), wanted, "{header}");
        }
    }

    #[test]
    fn a_segment_stays_one() {
        assert_eq!(segment("2026-03-02T09:00"), "2026-03-02T09:00");
        assert_eq!(segment("a/b c?"), "a%2Fb%20c%3F");
    }
}
