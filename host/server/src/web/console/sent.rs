//! What a form of the console has sent: more fields than others have, and some of them several times.

use crate::texts::Locale;

/// Most fields that are read.
const FIELDS_MAX: usize = 4000;

/// Fields in the order in which they were sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    fields: Vec<(String, String)>,
    locale: Locale,
}

impl Sent {
    pub(super) fn read(body: &[u8], locale: Locale) -> Self {
        Self { fields: url::form_urlencoded::parse(body).into_owned().take(FIELDS_MAX).collect(), locale }
    }

    /// A value without spaces around it; empty if there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Whether a box is ticked.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// All values of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// Values of names that begin so, by the rest of the name.
    pub(super) fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.trim())))
    }

    /// A number as it is typed in the reader's language.
    pub(super) fn real(&self, typed: &str) -> Option<f64> {
        real(typed, self.locale)
    }
}

/// A number as people type it: `1,000` is a thousand in English and one in Lithuanian. What separates groups of other
/// than three digits can only be a decimal sign.
pub(super) fn real(typed: &str, locale: Locale) -> Option<f64> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace('−', "-");
    let groups = match locale {
        Locale::En | Locale::ZhHans | Locale::ZhHant => Some(','),
        Locale::Es => Some('.'),
        Locale::Lt => None,
    };
    let last = plain.rfind([',', '.']);
    let decimal = last.filter(|at| {
        let sign = plain.as_bytes()[*at] as char;
        !(Some(sign) == groups && is_grouped(&plain, sign))
    });
    let (whole, fraction) = decimal.map_or((&*plain, None), |at| (&plain[..at], Some(&plain[at + 1..])));
    let whole = match whole.chars().find(|c| [',', '.'].contains(c)) {
        Some(sign) if is_grouped(whole, sign) => whole.replace(sign, ""),
        Some(_) => return None,
        None => whole.to_owned(),
    };
    let text = fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}"));
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Whether a sign stands between groups of three digits, and no other.
fn is_grouped(text: &str, sign: char) -> bool {
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let mut groups = text.trim_start_matches('-').split(sign);
    let is_first = groups.next().is_some_and(|first| digits(first) && first.len() <= 3);
    let mut rest = groups.peekable();
    is_first && rest.peek().is_some() && rest.all(|group| digits(group) && group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, locale, value) in [
            ("12", Locale::En, Some(12.0)),
            ("1,000", Locale::En, Some(1000.0)),
            ("1,234,567.5", Locale::En, Some(1_234_567.5)),
            ("1,5", Locale::En, Some(1.5)),
            ("1.000", Locale::En, Some(1.0)),
            ("1,000", Locale::Lt, Some(1.0)),
            ("1\u{a0}000,25", Locale::Lt, Some(1000.25)),
            ("1.000", Locale::Es, Some(1000.0)),
            ("1.234,5", Locale::Es, Some(1234.5)),
            ("0.5", Locale::Es, Some(0.5)),
            ("−2", Locale::ZhHans, Some(-2.0)),
            ("", Locale::En, None),
            ("ten", Locale::En, None),
            ("inf", Locale::En, None),
            ("1.2.3", Locale::En, None),
        ] {
            assert_eq!(real(typed, locale), value, "{typed} in {}", locale.tag());
        }
    }

    #[test]
    fn a_name_may_come_several_times() {
        let sent = Sent::read(b"team=care&team=ventas&units/team=+5+&form=x", Locale::En);
        assert_eq!(sent.all("team").collect::<Vec<_>>(), ["care", "ventas"]);
        assert_eq!(sent.under("units/").collect::<Vec<_>>(), [("team", "5")]);
        assert!(sent.has("form") && !sent.has("none") && sent.get("none").is_empty());
    }
}
