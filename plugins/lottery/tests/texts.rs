//! The texts say everything that the rule says, in all five languages.

mod common;

use common::{ids, render};
use plaudit_plugin_lottery::{Lottery, manifest};
use plaudit_sdk::testing::Play;
use plaudit_sdk::wit::{Argument, Text, Value};

fn text(message: &str, numbers: &[(&str, f64)]) -> Text {
    let argument = |(name, n): &(&str, f64)| Argument { name: name.to_string(), value: Value::Number(*n) };
    Text { message: message.into(), arguments: numbers.iter().map(argument).collect() }
}

#[test]
fn every_language_has_the_same_messages() {
    let texts = manifest().texts;
    for (locale, text) in &texts {
        assert_eq!(ids(text), ids(&texts["en"]), "{locale}");
    }
}

#[test]
fn every_setting_has_a_title_in_the_texts() {
    let manifest = manifest();
    let known = ids(&manifest.texts["en"]);
    let mut fields = Vec::new();
    common::fields("settings", &manifest.settings, &mut fields);
    for field in fields {
        assert!(known.contains(&field), "{field} is in no text");
    }
}

#[test]
fn no_row_shouts() {
    for (locale, text) in manifest().texts {
        assert!(!text.contains(['!', '！', '¡']), "{locale}");
    }
}

#[test]
fn what_a_draw_says_renders_in_every_language() {
    let mut play = Play::<Lottery>::new(
        r#"{ "earn": [{ "metric": "calls" }], "guard": { "metric": "csat", "at_least": 4, "unmeasured": "left-out" },
             "prizes": [{ "reward": { "prize": "Voucher" } }, { "winners": 3, "reward": { "points": 50 } }] }"#,
    );
    play.agent("ana");
    play.agent("ben");
    play.event("ana", &[("calls", 1.0), ("csat", 2.0)]).event("ben", &[("calls", 1.0)]).close("2026-03-02");
    let draw = &play.draws()[0];
    let said = draw.prizes.iter().map(|p| &p.award.because).chain(draw.excluded.iter().map(|e| &e.because));
    let said: Vec<_> = said.collect();
    assert_eq!(said.len(), 4);
    for (locale, source) in manifest().texts {
        for text in &said {
            let (rendered, problems) = render(&locale, &source, text);
            assert!(problems.is_empty() && !rendered.contains('{'), "{locale}: {rendered} {problems:?}");
        }
    }
}

#[test]
fn an_instant_win_is_told_in_every_language() {
    for (locale, source) in manifest().texts {
        for of in [1.0, 2.0, 20.0, 21.0, 1000.0] {
            let (rendered, problems) = render(&locale, &source, &text("won-instantly", &[("of", of)]));
            assert!(problems.is_empty() && !rendered.contains('{'), "{locale}: {rendered} {problems:?}");
        }
    }
}

#[test]
fn tickets_are_counted_as_each_language_counts() {
    let texts = manifest().texts;
    let said = |locale: &str, n: f64, cap: f64| {
        render(locale, &texts[locale], &text("tickets-today", &[("n", n), ("cap", cap)])).0
    };
    assert_eq!(said("en", 0.0, 0.0), "No tickets yet today.");
    assert_eq!(said("en", 1.0, 0.0), "1 ticket today.");
    assert_eq!(said("es", 2.0, 5.0), "2 boletos hoy, de 5 al día como máximo.");
    assert_eq!(said("lt", 1.0, 0.0), "Šiandien 1 bilietas.");
    assert_eq!(said("lt", 2.0, 0.0), "Šiandien 2 bilietai.");
    assert_eq!(said("lt", 11.0, 0.0), "Šiandien 11 bilietų.");
    assert_eq!(said("lt", 21.0, 0.0), "Šiandien 21 bilietas.");
    assert_eq!(said("zh-Hans", 2.0, 5.0), "今天有 2 张奖券，每天最多 5 张。");
}
