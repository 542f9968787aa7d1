//! The stage itself: what comes late, corrected or not at all comes out as if it had been told right at once.

use std::collections::BTreeMap;

use plaudit_sdk::helpers::Streak;
use plaudit_sdk::prelude::*;
use plaudit_sdk::testing::{Given, Play, days, hours, minutes, texts_are_whole};
use proptest::prelude::*;

/// Two good calls in a row are a streak, a day without a call ends in a reminder, the best of a day gets a cake, and the
/// first to have a call is the early bird.
struct Day;

impl Rule for Day {
    type Settings = ();
    type State = Streak;
    const NAME: &'static str = "day";

    fn plan(_: &()) -> Plan {
        Plan::per_agent()
            .metric("csat")
            .board(Board::new("sum").sum("csat", 1.0))
            .quota("early-bird", 1)
            .quota_at_close("first-call", 1)
    }

    fn on_event(streak: &mut Streak, event: &Event, cx: &mut Context<()>) {
        let csat = event.metric(0).unwrap_or(0.0);
        if streak.add(csat >= 4.0) == 2 {
            cx.award(Award::points("streak", "points", 1200).key(streak.runs).with("n", 1200.5));
        }
        cx.award(Award::badge("early-bird", 1));
        cx.award(Award::points("first-call", "points", 7).because("early-bird"));
        cx.score(0, 0, csat);
        cx.timer("quiet", cx.now() + plaudit_sdk::DAY);
        cx.progress(Text::new("streak").with("n", streak.length), streak.length.into(), 2.0);
    }

    fn on_timer(_: &mut Streak, _: &str, cx: &mut Context<()>) {
        cx.praise(Praise::encouragement("quiet").key(cx.today()));
    }

    fn conclude(close: &Close<()>, out: &mut Conclude) {
        for row in close.ranked(0).take(1) {
            out.award_agent(row.id(), Award::prize("best", "Cake").with("day", LocalDay::of(2026, 3, 2)));
        }
    }
}

const ENGLISH: &str = "name = Day\nsummary = A day.\nbadge-early-bird = Early bird\nearly-bird = The first today.\n\
    streak = { $n } in a row.\nquiet = A quiet day.\nbest = The best of { $day }.\n";
const OTHER: &str = "name = D\nsummary = D\nbadge-early-bird = D\nearly-bird = D\nstreak = { $n }\nquiet = D\nbest = { $day }\n";

plaudit_sdk::export!(Day, texts: [
    ("en", ENGLISH), ("es", OTHER), ("lt", OTHER), ("zh-Hans", OTHER), ("zh-Hant", OTHER),
]);

fn stage() -> Play<Day> {
    let mut play = Play::new("{}").speaking(&manifest());
    play.agent("ana");
    play.agent("ben");
    play
}

fn good(play: &mut Play<Day>, agent: &str) {
    play.event(agent, &[("csat", 5.0)]);
}

#[test]
fn a_place_that_is_taken_back_goes_to_the_next_in_line() {
    let mut play = stage();
    play.at("2026-03-02 09:00").entity("first").event("ana", &[("csat", 3.0)]);
    play.at("2026-03-02 10:00").event("ben", &[("csat", 3.0)]);
    assert_eq!((play.awards("ana"), play.awards("ben")), (vec!["early-bird"], vec![]));
    // Who has a place keeps it: Ben's earlier one was heard of later.
    play.late("2026-03-02 08:00").event("ben", &[("csat", 3.0)]);
    assert_eq!((play.awards("ana"), play.awards("ben")), (vec!["early-bird"], vec![]));
    play.retract("first");
    assert_eq!((play.awards("ana"), play.awards("ben")), (vec![], vec!["early-bird"]));
    assert_eq!(play.taken_back("ana"), ["early-bird"]);
}

#[test]
fn places_that_are_given_at_the_close_go_by_the_time_of_the_events() {
    let mut play = stage();
    play.at("2026-03-02 10:00").event("ben", &[("csat", 3.0)]);
    play.at("2026-03-02 11:00").entity("late one").late("2026-03-02 09:00").event("ana", &[("csat", 3.0)]);
    assert_eq!((play.points("ana"), play.points("ben")), (0, 0), "the period is open");
    play.close("2026-03-02");
    assert_eq!((play.points("ana"), play.points("ben")), (7, 0));
    play.retract("late one");
    assert_eq!((play.points("ana"), play.points("ben")), (0, 7));
    assert_eq!(play.taken_back("ana"), ["first-call", "best"]);
}

#[test]
fn what_was_said_stays_said() {
    let mut play = stage();
    play.at("2026-03-02 09:00").event("ana", &[("csat", 3.0)]).advance(days(1) + hours(1) + minutes(1));
    assert_eq!(play.praise("ana"), ["quiet"]);
    play.late("2026-03-02 20:00").event("ana", &[("csat", 3.0)]);
    assert_eq!(play.praise("ana"), ["quiet"], "it was not quiet for a day, but that is told");
}

#[test]
fn a_transcript_shows_everything_as_it_is_read() {
    let mut play = stage();
    play.at("2026-03-02 09:00");
    good(&mut play, "ana");
    play.at("2026-03-02 09:30");
    good(&mut play, "ana");
    play.at("2026-03-02 18:00").close("2026-03-02");
    play.correct("e1", &[("csat", 1.0)]);
    assert_eq!(
        play.transcript("en"),
        "2026-03-02 09:00  ana  early-bird/once  badge early-bird 1  The first today.\n\
         2026-03-02 09:00  ana  first-call/once  7 points  The first today.\n\
         2026-03-02 18:00  ana  best/once  Cake  The best of 2026-03-02.\n\
         taken back: 2026-03-02 09:30  ana  streak/1  1200 points  1,200.5 in a row.\n"
    );
    assert_eq!(play.shown("lt", "ana").as_deref(), Some("1"));
    play.correct("e1", &[("csat", 4.0)]);
    assert_eq!(play.said("es", "ana")[2], "1200,5", "Spanish writes four digits together");
    assert_eq!(play.said("lt", "ana")[2], "1\u{a0}200,5");
}

#[test]
fn who_is_asked_for_all_texts_gets_them() {
    texts_are_whole(&manifest());
}

#[test]
#[should_panic(expected = "lt lacks streak")]
fn a_text_that_is_missing_is_named() {
    let mut manifest = manifest();
    manifest.texts.insert("lt".into(), OTHER.replace("streak = { $n }\n", ""));
    texts_are_whole(&manifest);
}

#[test]
#[should_panic(expected = "use play.late(\"2026-03-02 08:00\")")]
fn time_does_not_run_backwards() {
    stage().at("2026-03-02 09:00").at("2026-03-02 08:00");
}

/// What stands, but for the place of the quota, which is by arrival.
fn settled(play: &Play<Day>) -> Vec<Given> {
    play.given().iter().filter(|g| g.name != "early-bird" && g.reward.is_some()).cloned().collect()
}

proptest! {
    #[test]
    fn facts_in_any_order_settle_the_same(
        facts in prop::collection::btree_map(0u32..600, (0usize..2, 1u8..=5), 1..12),
        seed in any::<u64>(),
        wrong in any::<prop::sample::Index>(),
    ) {
        let told = |minute: u32| format!("2026-03-02 {:02}:{:02}", 8 + minute / 60, minute % 60);
        let tell = |play: &mut Play<Day>, minute: u32, who: usize, csat: u8| {
            play.entity(&format!("call at {minute}")).event(["ana", "ben"][who], &[("csat", csat.into())]);
        };
        let mut straight = stage();
        for (minute, (who, csat)) in &facts {
            straight.at(&told(*minute));
            tell(&mut straight, *minute, *who, *csat);
        }
        straight.at("2026-03-02 20:00").close("2026-03-02").advance(days(3));

        // All of them after the close, in another order, one of them wrong at first.
        let mut crooked = stage();
        crooked.at("2026-03-02 20:00").close("2026-03-02").advance(days(3));
        let mut shuffled: BTreeMap<u64, (u32, (usize, u8))> = BTreeMap::new();
        for (minute, fact) in &facts {
            shuffled.insert(seed.wrapping_mul(2 * u64::from(*minute) + 1), (*minute, *fact));
        }
        prop_assume!(shuffled.len() == facts.len());
        let wrong = *wrong.get(&facts.keys().copied().collect::<Vec<_>>());
        for (minute, (who, csat)) in shuffled.values() {
            crooked.late(&told(*minute));
            tell(&mut crooked, *minute, *who, if *minute == wrong { 6 - *csat } else { *csat });
        }
        crooked.correct(&format!("call at {wrong}"), &[("csat", facts[&wrong].1.into())]);
        prop_assert_eq!(settled(&crooked), settled(&straight));
        prop_assert_eq!(crooked.progress("ana"), straight.progress("ana"));
    }
}
