//! The texts say everything that the rule says, in all five languages.

mod common;

use common::{ids, render};
use plaudit_plugin_contest::{Contest, manifest};
use plaudit_sdk::testing::Play;

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
fn every_reason_renders_in_every_language() {
    for who in ["agents", "teams"] {
        let settings = format!(
            r#"{{ "who": "{who}", "metrics": [{{ "metric": "calls" }}], "tie_breaks": [{{ "metric": "csat", "by": "average" }}],
                 "prizes": [{{ "rank": 1, "reward": {{ "points": 100 }} }}, {{ "rank": 2, "reward": {{ "points": 10 }} }}],
                 "bar": {{ "value": 1, "reward": {{ "points": 5 }} }} }}"#
        );
        let mut play = Play::<Contest>::new(&settings);
        for (id, csat) in [("ana", 5.0), ("ben", 4.0), ("cem", 4.0)] {
            play.agent(id).team(id);
            play.event(id, &[("calls", 1.0), ("csat", csat)]);
        }
        play.close("2026-03-02");
        assert_eq!(play.given().len(), 6);
        for (locale, text) in manifest().texts {
            for given in play.given() {
                let (said, problems) = render(&locale, &text, &given.text);
                assert!(problems.is_empty() && !said.contains('{'), "{locale}: {said} {problems:?}");
            }
        }
    }
}

#[test]
fn a_reason_reads_like_a_sentence() {
    let mut play = Play::<Contest>::new(
        r#"{ "metrics": [{ "metric": "calls" }], "per_hour_of": "worked-hours", "measure": "calls an hour",
             "tie_breaks": [{ "metric": "csat", "by": "average" }], "ties": "split",
             "prizes": [{ "rank": 1, "reward": { "points": 100 } }, { "rank": 2, "reward": { "points": 51 } }] }"#,
    );
    for (id, csat) in [("ana", 5.0), ("ben", 4.5), ("cem", 4.5)] {
        play.agent(id);
        play.event(id, &[("calls", 25.0), ("worked-hours", 2.0), ("csat", csat)]);
    }
    play.close("2026-03-02");
    let texts = manifest().texts;
    let said = |locale: &str, i: usize| render(locale, &texts[locale], &play.given()[i].text).0;
    assert_eq!(
        said("en", 0),
        "First of 3, with 12.5 calls an hour. Somebody had the same value, and csat decided: 5."
    );
    assert_eq!(
        said("en", 1),
        "Second of 3, with 12.5 calls an hour. Somebody had the same value, and csat decided: 4.5. One other has \
         this place too, and the points of the places that you take together are divided, rounded down."
    );
    assert!(said("lt", 1).starts_with("Antra vieta iš 3, rezultatas – 12.5 calls an hour."));
    assert!(said("lt", 1).contains("dar 1 dalyviui, todėl"));
}
