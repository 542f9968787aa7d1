//! The languages of the house, and how numbers and dates are written in each.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language the house speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Locale {
    /// English: what everything falls back to.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Spanish.
    #[serde(rename = "es")]
    Es,
    /// Lithuanian.
    #[serde(rename = "lt")]
    Lt,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// Chinese in traditional characters.
    #[serde(rename = "zh-Hant")]
    ZhHant,
}

impl Locale {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::En, Self::Es, Self::Lt, Self::ZhHans, Self::ZhHant];

    /// The closest language to a BCP 47 tag: `es-MX` is Spanish, `zh-TW` is traditional Chinese. A language that the
    /// house does not speak is English.
    pub fn closest(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        match parts.next() {
            Some("es") => Self::Es,
            Some("lt") => Self::Lt,
            Some("zh") if parts.clone().any(|p| p == "hans") => Self::ZhHans,
            Some("zh") if parts.any(|p| matches!(p, "hant" | "tw" | "hk" | "mo")) => Self::ZhHant,
            Some("zh") => Self::ZhHans,
            _ => Self::En,
        }
    }

    /// Its BCP 47 tag, as manifests name it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Lt => "lt",
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
        }
    }

    /// Where a missing text is looked for, this one first. Traditional and simplified Chinese do not stand in for
    /// each other: half a page in the other script reads as a mistake, English reads as not yet translated.
    pub fn chain(self) -> &'static [Self] {
        match self {
            Self::En => &[Self::En],
            Self::Es => &[Self::Es, Self::En],
            Self::Lt => &[Self::Lt, Self::En],
            Self::ZhHans => &[Self::ZhHans, Self::En],
            Self::ZhHant => &[Self::ZhHant, Self::En],
        }
    }

    /// For the plural rules.
    pub(super) fn language(self) -> LanguageIdentifier {
        // The tags above are well-formed: a test reads each.
        self.tag().parse().unwrap_or_default()
    }

    /// What stands between the items of a short list.
    pub fn list_separator(self) -> &'static str {
        match self {
            Self::En | Self::Es | Self::Lt => " · ",
            Self::ZhHans | Self::ZhHant => "　",
        }
    }

    /// A number with at most `fraction_max` and at least `fraction_min` digits after the point, rounded, with the
    /// separators that CLDR gives for the language.
    pub fn number(self, value: f64, fraction_min: usize, fraction_max: usize, grouped: bool) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let fraction_max = fraction_max.min(FRACTION_MAX).max(fraction_min.min(FRACTION_MAX));
        let text = format!("{:.*}", fraction_max, value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let keep = fraction.trim_end_matches('0').len().max(fraction_min.min(FRACTION_MAX));
        let fraction = &fraction[..keep.min(fraction.len())];
        let is_zero = whole == "0" && fraction.chars().all(|c| c == '0');
        let mut out = String::new();
        if value < 0.0 && !is_zero {
            out.push(if self == Self::Lt { '−' } else { '-' });
        }
        if grouped {
            self.push_grouped(whole, &mut out);
        } else {
            out.push_str(whole);
        }
        if !fraction.is_empty() {
            out.push(self.separators().1);
            out.push_str(fraction);
        }
        out
    }

    /// A share of one as percent.
    pub fn percent(self, share: f64, fraction_min: usize, fraction_max: usize) -> String {
        let number = self.number(share * 100.0, fraction_min, fraction_max, true);
        match self {
            Self::Es | Self::Lt => format!("{number}\u{a0}%"),
            Self::En | Self::ZhHans | Self::ZhHant => format!("{number}%"),
        }
    }

    /// Thousands and decimal separator.
    fn separators(self) -> (char, char) {
        match self {
            Self::Es => ('.', ','),
            Self::Lt => ('\u{a0}', ','),
            Self::En | Self::ZhHans | Self::ZhHant => (',', '.'),
        }
    }

    fn push_grouped(self, whole: &str, out: &mut String) {
        // Spanish writes four digits together: 1240, but 12.400.
        let grouped_from = if self == Self::Es { 5 } else { 4 };
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && whole.len() >= grouped_from && (whole.len() - i).is_multiple_of(3) {
                out.push(self.separators().0);
            }
            out.push(digit);
        }
    }

    /// A date in words; days since 1970-01-01.
    pub fn day(self, day: i32) -> String {
        let Some(date) = NaiveDate::from_epoch_days(day) else { return day.to_string() };
        let (d, y) = (date.day(), date.year());
        match self {
            Self::En => format!("{d} {} {y}", self.month_name(date.month0())),
            Self::Es => format!("{d} de {} de {y}", self.month_name(date.month0())),
            Self::Lt => format!("{y} m. {} {d} d.", self.month_name(date.month0())),
            Self::ZhHans | Self::ZhHant => format!("{y}年{}月{d}日", date.month()),
        }
    }

    /// A month in words; January is 1.
    pub fn month(self, year: i32, month: u32) -> String {
        match self {
            Self::En => format!("{} {year}", self.month_name(month.saturating_sub(1))),
            Self::Es => format!("{} de {year}", self.month_name(month.saturating_sub(1))),
            Self::Lt => format!("{year} m. {} mėn.", self.month_name(month.saturating_sub(1))),
            Self::ZhHans | Self::ZhHant => format!("{year}年{month}月"),
        }
    }

    fn month_name(self, month0: u32) -> &'static str {
        let names: [&str; 12] = match self {
            Self::Es => [
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ],
            // In the genitive, as after "m.".
            Self::Lt => [
                "sausio",
                "vasario",
                "kovo",
                "balandžio",
                "gegužės",
                "birželio",
                "liepos",
                "rugpjūčio",
                "rugsėjo",
                "spalio",
                "lapkričio",
                "gruodžio",
            ],
            Self::En | Self::ZhHans | Self::ZhHant => [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
        };
        names.get(month0 as usize).copied().unwrap_or_default()
    }
}

/// Most digits after the point that any text may ask for.
pub(super) const FRACTION_MAX: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        for (locale, value, expected) in [
            (Locale::En, 1240.0, "1,240"),
            (Locale::En, 1_234_567.891_2, "1,234,567.891"),
            (Locale::En, -0.000_1, "0"),
            (Locale::En, -3.5, "-3.5"),
            (Locale::Es, 1240.0, "1240"),
            (Locale::Es, 12_400.5, "12.400,5"),
            (Locale::Lt, 1240.0, "1\u{a0}240"),
            (Locale::Lt, -1.25, "−1,25"),
            (Locale::ZhHans, 98_765.4, "98,765.4"),
            (Locale::ZhHant, 999.0, "999"),
            (Locale::En, f64::NAN, "–"),
        ] {
            assert_eq!(locale.number(value, 0, 3, true), expected, "{value} in {}", locale.tag());
        }
        assert_eq!(Locale::En.number(4.0, 2, 2, true), "4.00");
        assert_eq!(Locale::En.number(2026.0, 0, 0, false), "2026");
        assert_eq!(Locale::Es.percent(0.184, 0, 0), "18\u{a0}%");
        assert_eq!(Locale::En.percent(0.184, 0, 1), "18.4%");
    }

    #[test]
    fn dates_are_written_as_the_language_writes_them() {
        let day = 20_514; // 2026-03-02
        let all = Locale::ALL.map(|l| l.day(day));
        assert_eq!(
            all,
            ["2 March 2026", "2 de marzo de 2026", "2026 m. kovo 2 d.", "2026年3月2日", "2026年3月2日"]
        );
    }

    #[test]
    fn every_tag_is_a_language() {
        for locale in Locale::ALL {
            assert_eq!(locale.language().to_string(), locale.tag());
            assert_eq!(Locale::closest(locale.tag()), locale);
        }
    }

    #[test]
    fn a_tag_finds_the_closest_language() {
        for (tag, locale) in [
            ("en-GB", Locale::En),
            ("es_MX", Locale::Es),
            ("lt-LT", Locale::Lt),
            ("zh", Locale::ZhHans),
            ("zh-CN", Locale::ZhHans),
            ("zh-TW", Locale::ZhHant),
            ("zh-Hant-HK", Locale::ZhHant),
            ("zh-Hans-HK", Locale::ZhHans),
            ("fr", Locale::En),
            ("", Locale::En),
        ] {
            assert_eq!(Locale::closest(tag), locale, "{tag}");
        }
    }
}
