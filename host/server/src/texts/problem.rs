//! What is wrong with a setting, where a rule names a message of its texts rather than a sentence.

use std::collections::BTreeMap;

use fluent_bundle::FluentArgs;
use plaudit_core::rule::{Problem, TextValue};

use super::{Locale, bundle, bundle::Bundle};

/// The same problems in a language. A message that the texts do not have is a sentence already, and stays.
pub fn problems_in(locale: Locale, texts: &BTreeMap<String, String>, problems: Vec<Problem>) -> Vec<Problem> {
    let sources = locale.chain().iter().filter_map(|l| texts.get(l.tag()).map(|source| (*l, source)));
    let bundles: Vec<_> = sources.map(|(l, source)| (l, Bundle::compile(l, source).0)).collect();
    let say = |problem: &Problem| {
        bundles.iter().find_map(|(locale, bundle)| {
            let mut args = FluentArgs::new();
            for (name, value) in &problem.arguments {
                args.set(name.as_str(), argument(*locale, value));
            }
            bundle.render(&problem.message, &args).map(|(said, _)| said)
        })
    };
    let said = |problem: Problem| match say(&problem) {
        Some(message) => Problem { message, arguments: Vec::new(), ..problem },
        None => problem,
    };
    problems.into_iter().map(said).collect()
}

fn argument(locale: Locale, value: &TextValue) -> fluent_bundle::FluentValue<'static> {
    match value {
        TextValue::Number(number) => bundle::argument(locale, *number),
        TextValue::Text(text) => text.clone().into(),
        // Settings speak of teams at most, and nobody is asked for their name here.
        TextValue::Agent(id) | TextValue::Team(id) => id.to_string().into(),
        TextValue::Day(day) => locale.day(*day).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_said_in_the_language_and_a_sentence_stays() {
        let texts: BTreeMap<String, String> = [
            ("en", "not-rising = has to be more than { $before }\nonly-here = is wrong"),
            ("lt", "not-rising = turi būti daugiau nei { $before }"),
        ]
        .map(|(locale, text)| (locale.into(), text.into()))
        .into();
        let problem =
            |message: &str, arguments| Problem { field: "/at".into(), message: message.into(), arguments };
        let before = || vec![("before".into(), TextValue::Number(3.0))];
        let asked =
            || vec![problem("not-rising", before()), problem("only-here", vec![]), problem("is 0", vec![])];
        let said = |locale| -> Vec<_> {
            problems_in(locale, &texts, asked()).into_iter().map(|p| p.message).collect()
        };
        assert_eq!(said(Locale::En), ["has to be more than 3", "is wrong", "is 0"]);
        assert_eq!(said(Locale::Lt), ["turi būti daugiau nei 3", "is wrong", "is 0"]);
    }
}
