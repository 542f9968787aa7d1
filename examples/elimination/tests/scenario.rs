//! “Each day the last one is out, until three remain; those share the prize, and the next season begins.”

use elimination::{Elimination, manifest};
use plaudit_sdk::testing::{Play, texts_are_whole};

/// A day’s work of each, in order of their names; 0 is a day off.
fn day(play: &mut Play<Elimination>, date: &str, done: [f64; 4]) {
    play.at(&format!("{date} 16:00"));
    for (agent, done) in ["ana", "ben", "cleo", "dan"].into_iter().zip(done) {
        if done > 0.0 {
            play.entity(&format!("{agent} {date}")).event(agent, &[("resolved", done)]);
        }
    }
    play.at(&format!("{date} 23:59")).close(date);
}

fn stage() -> Play<Elimination> {
    let mut play = Play::new(r#"{ "survivors": 2 }"#).speaking(&manifest());
    for agent in ["ana", "ben", "cleo", "dan"] {
        play.agent(agent);
    }
    play
}

#[test]
fn one_goes_each_day_until_two_share_the_prize() {
    let mut play = stage();
    day(&mut play, "2026-03-02", [5.0, 4.0, 3.0, 2.0]);
    assert!(play.given().is_empty(), "nobody goes on the first day");
    day(&mut play, "2026-03-03", [5.0, 4.0, 3.0, 2.0]);
    assert_eq!(
        play.said("en", "dan"),
        ["Your season ends here, with 2 on the last day. 3 play on. Thank you for a good game."]
    );
    day(&mut play, "2026-03-04", [5.0, 0.0, 3.0, 1.0]);
    assert_eq!(play.praise("cleo"), ["out"], "Ben had a day off, Dan is out: Cleo was the last");
    assert_eq!(["ana", "ben", "cleo", "dan"].map(|agent| play.points(agent)), [200, 200, 0, 0]);
    assert_eq!(play.said("zh-Hant", "ana"), ["你堅持到了第 1 賽季的最後。"]);
}

#[test]
fn a_corrected_day_changes_who_went_and_all_that_followed() {
    let mut play = stage();
    day(&mut play, "2026-03-02", [5.0, 4.0, 3.0, 2.0]);
    day(&mut play, "2026-03-03", [5.0, 4.0, 3.0, 2.0]);
    day(&mut play, "2026-03-04", [5.0, 2.0, 3.0, 4.0]);
    assert_eq!(["ana", "ben", "cleo", "dan"].map(|agent| play.points(agent)), [200, 0, 200, 0]);
    // Dan had solved four on the day that he was put out: Cleo goes instead, and on the next day Ben again.
    play.correct("dan 2026-03-03", &[("resolved", 4.0)]);
    assert_eq!(["ana", "ben", "cleo", "dan"].map(|agent| play.points(agent)), [200, 0, 0, 200]);
    assert_eq!(play.taken_back("cleo"), ["remained"]);
}

#[test]
fn where_several_are_last_nobody_goes_and_a_new_season_follows_the_old() {
    let mut play = stage();
    day(&mut play, "2026-03-02", [5.0, 4.0, 3.0, 2.0]);
    day(&mut play, "2026-03-03", [5.0, 4.0, 2.0, 2.0]);
    assert!(play.given().is_empty(), "Cleo and Dan are equal");
    day(&mut play, "2026-03-04", [5.0, 4.0, 3.0, 2.0]);
    day(&mut play, "2026-03-05", [5.0, 4.0, 3.0, 2.0]);
    assert_eq!((play.points("ana"), play.points("ben")), (200, 200));
    day(&mut play, "2026-03-06", [5.0, 4.0, 3.0, 2.0]);
    day(&mut play, "2026-03-09", [1.0, 4.0, 3.0, 2.0]);
    assert_eq!(play.praise("ana"), ["out"], "all four are in again");
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
