//! A compiled Fluent resource in one language. Resources come from plugins, so they are strangers' input: bounded
//! before parsing, and their arithmetic can't reach the library's unchecked corners.

use std::{borrow::Cow, panic::AssertUnwindSafe};

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue,
    concurrent::FluentBundle,
    types::{FluentNumberOptions, FluentNumberStyle},
};

use super::{
    locale::{FRACTION_MAX, Locale},
    plural,
};

/// A resource, in bytes.
pub const RESOURCE_BYTES_MAX: usize = 256 * 1024;
/// Braces within braces: the parser calls itself for each.
pub const NESTING_MAX: usize = 16;
/// A rendered text, in characters; what is longer ends in `…`.
pub const RENDERED_CHARS_MAX: usize = 1000;

/// Compiled messages.
pub(super) struct Bundle(FluentBundle<FluentResource>);

impl Bundle {
    /// Compiles what can be read; each problem is one line.
    pub(super) fn compile(locale: Locale, source: &str) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let mut bundle = FluentBundle::new_concurrent(vec![locale.language()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::En => |v, _| format(Locale::En, v),
            Locale::Es => |v, _| format(Locale::Es, v),
            Locale::Lt => |v, _| format(Locale::Lt, v),
            Locale::ZhHans => |v, _| format(Locale::ZhHans, v),
            Locale::ZhHant => |v, _| format(Locale::ZhHant, v),
        }));
        if let Err(error) =
            bundle.add_function("NUMBER", move |positional, named| number(locale, positional, named))
        {
            problems.push(error.to_string());
        }
        match refusal(source) {
            Some(refusal) => problems.push(refusal),
            None => {
                let resource =
                    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
                        problems.extend(errors.iter().map(ToString::to_string));
                        resource
                    });
                bundle.add_resource_overriding(resource);
            }
        }
        (Self(bundle), problems)
    }

    /// The text of a message, or of its attribute (`message.attribute`), or `None` if there is none; with what could not
    /// be resolved in it.
    pub(super) fn render(&self, message: &str, args: &FluentArgs<'_>) -> Option<(String, Vec<String>)> {
        let pattern = match message.split_once('.') {
            None => self.0.get_message(message)?.value()?,
            Some((id, attribute)) => self.0.get_message(id)?.get_attribute(attribute)?.value(),
        };
        let mut errors = Vec::new();
        // Number literals with absurdly many digits overflow inside the library; the text is missing then.
        let rendered = std::panic::catch_unwind(AssertUnwindSafe(|| {
            self.0.format_pattern(pattern, Some(args), &mut errors).into_owned()
        }))
        .ok()?;
        Some((shorten(&rendered, RENDERED_CHARS_MAX), errors.iter().map(ToString::to_string).collect()))
    }
}

fn refusal(source: &str) -> Option<String> {
    if source.len() > RESOURCE_BYTES_MAX {
        return Some(format!("{} bytes of texts, and {RESOURCE_BYTES_MAX} are allowed", source.len()));
    }
    let mut depth = 0_usize;
    for byte in source.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING_MAX {
            return Some(format!("braces stand more than {NESTING_MAX} deep"));
        }
    }
    None
}

/// Cuts a text to so many characters; a cut one ends in `…`.
pub fn shorten(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(chars_max.saturating_sub(1)).collect();
    out.push('…');
    out
}

/// A number as an argument. Values that the plural rules can't take are texts.
pub(super) fn argument(locale: Locale, value: f64) -> FluentValue<'static> {
    if value.is_finite() && value.abs() < 1e15 {
        FluentValue::Number(plural::carry(locale, value, FluentNumberOptions::default()))
    } else {
        FluentValue::String(Cow::Owned(locale.number(value, 0, 3, true)))
    }
}

/// Fluent's NUMBER, with bounds on what a text may ask for, and rounded, so that plurals see what the reader sees.
fn number<'a>(locale: Locale, positional: &[FluentValue<'a>], named: &FluentArgs<'_>) -> FluentValue<'a> {
    let Some(FluentValue::Number(number)) = positional.first() else {
        return FluentValue::Error;
    };
    let mut value = plural::real(number);
    let mut options = number.options.clone();
    options.merge(named);
    let bound = |digits: Option<usize>| digits.map(|d| d.min(FRACTION_MAX));
    options.minimum_fraction_digits = bound(options.minimum_fraction_digits);
    options.maximum_fraction_digits = bound(options.maximum_fraction_digits);
    if let Some(digits) = options.maximum_fraction_digits
        && options.style != FluentNumberStyle::Percent
    {
        let factor = 10_f64.powi(i32::try_from(digits).unwrap_or(0));
        value = (value * factor).round() / factor;
    }
    FluentValue::Number(plural::carry(locale, value, options))
}

fn format(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let (value, options) = (plural::real(number), &number.options);
    let min = options.minimum_fraction_digits.unwrap_or(0);
    Some(match options.style {
        FluentNumberStyle::Percent => {
            locale.percent(value, min, options.maximum_fraction_digits.unwrap_or(0))
        }
        _ => locale.number(value, min, options.maximum_fraction_digits.unwrap_or(3), options.use_grouping),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(locale: Locale, source: &str, n: f64) -> Option<String> {
        let mut args = FluentArgs::new();
        args.set("n", argument(locale, n));
        Bundle::compile(locale, source).0.render("m", &args).map(|(text, _)| text)
    }

    #[test]
    fn number_rounds_before_the_plural_is_chosen() {
        let source = "m = { NUMBER($n, maximumFractionDigits: 0) } { NUMBER($n, maximumFractionDigits: 0) ->
    [one] point
   *[other] points
}";
        assert_eq!(render(Locale::En, source, 1.04).as_deref(), Some("1 point"));
        assert_eq!(render(Locale::En, source, 1240.0).as_deref(), Some("1,240 points"));
        assert_eq!(render(Locale::En, "m = { NUMBER($n, style: \"percent\") }", 0.5).as_deref(), Some("50%"));
    }

    #[test]
    fn hostile_texts_harm_nobody() {
        let plural = |n| format!("m = {{ {n} ->\n [one] a\n *[other] b\n}}");
        let huge = plural("NUMBER($n, minimumFractionDigits: 99999999999)");
        assert!(render(Locale::En, &huge, 1.0).is_some_and(|t| t.len() < 100));
        let literal = plural(&format!("1.{}", "0".repeat(400)));
        assert!(render(Locale::En, &literal, 1.0).is_none_or(|t| t.len() < 100));
        let deep = format!("m = {}{}", "{".repeat(100_000), "}".repeat(100_000));
        let (_, problems) = Bundle::compile(Locale::En, &deep);
        assert_eq!(problems, ["braces stand more than 16 deep"]);
        assert_eq!(render(Locale::En, "m = { $n }", f64::INFINITY).as_deref(), Some("–"));
        assert!(render(Locale::En, "m = { $n ->\n [one] a\n *[other] b\n}", 1e300).is_some());
        let long = render(Locale::En, &format!("m = {}", "x".repeat(5000)), 1.0).unwrap();
        assert_eq!(long.chars().count(), RENDERED_CHARS_MAX);
        assert!(render(Locale::En, "m = { m }", 1.0).is_some(), "a cycle ends");
    }
}
