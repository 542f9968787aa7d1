//! Lithuanian plurals. The rules in `intl_pluralrules` 7.0.2 look at the whole number where CLDR looks at its last two
//! digits: 22 comes out as "other" and 111 as "one". Where they are wrong, a number that they judge rightly stands in
//! for the plural, and the real one travels along for display. (An exact variant such as `[22]` does not see it.)

use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

use super::locale::Locale;

/// CLDR's categories for Lithuanian, by a number that the library judges rightly.
const ONE: f64 = 1.0;
const FEW: f64 = 2.0;
const MANY: f64 = 0.5;
const OTHER: f64 = 10.0;

/// A number whose plural is right. The option `currency`, which nothing here shows, holds the real one.
pub(super) fn carry(locale: Locale, real: f64, mut options: FluentNumberOptions) -> FluentNumber {
    options.currency = None;
    let right = lithuanian(real);
    if locale != Locale::Lt || right.to_bits() == as_the_library_sees_it(real).to_bits() {
        return FluentNumber::new(real, options);
    }
    options.currency = Some(real.to_string());
    FluentNumber::new(right, options)
}

/// The number to show.
pub(super) fn real(number: &FluentNumber) -> f64 {
    number.options.currency.as_ref().and_then(|c| c.parse().ok()).unwrap_or(number.value)
}

/// <https://www.unicode.org/cldr/charts/46/supplemental/language_plural_rules.html#lt>
fn lithuanian(n: f64) -> f64 {
    let n = n.abs();
    if n.fract() != 0.0 {
        return MANY;
    }
    match (n % 100.0, n % 10.0) {
        (11.0..=19.0, _) => OTHER,
        (_, 1.0) => ONE,
        (_, 2.0..=9.0) => FEW,
        _ => OTHER,
    }
}

fn as_the_library_sees_it(n: f64) -> f64 {
    let (whole, n) = (n.abs().trunc(), n.abs());
    if (2.0..=9.0).contains(&whole) {
        FEW
    } else if n.fract() != 0.0 {
        MANY
    } else if whole % 10.0 == 1.0 && !(11.0..=19.0).contains(&whole) {
        ONE
    } else {
        OTHER
    }
}
