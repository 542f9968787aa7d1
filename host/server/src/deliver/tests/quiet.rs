//! Where to people are told, and when not.

use std::time::Duration;

use plaudit_core::{
    calendar::QuietTime,
    roster::{Agent, Roster, RosterChange, Site, Stint, Team},
};
use plaudit_store::family::{
    delivery::{State, Target},
    preference::{Channel, Channels, Preference, Preferences, Quiet},
};

use super::{
    planner::{Desk, config, retry},
    *,
};
use crate::deliver::{book::Outcome, quiet::QuietTimes};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// 2026-03-02T00:00:00Z.
const MIDNIGHT: i64 = NOW - 9 * HOUR - 12 * MINUTE - 3000;
const EIGHT: i64 = MIDNIGHT + 32 * HOUR;

fn hours(text: &str) -> QuietTime {
    QuietTime { hours: Some(text.parse().unwrap()), days_off: false }
}

/// A house that is quiet from 20:00 to 08:00; it is 21:00.
fn at_night() -> Desk {
    let desk = Desk::with(DeliverConfig { quiet: hours("20:00-08:00"), ..config() });
    desk.clock.drive(MIDNIGHT + 21 * HOUR).unwrap();
    desk
}

/// Something that has just happened.
fn told_now(desk: &Desk, n: u64, to: Recipient, body: Body) {
    let mut batch = Batch::default();
    let now = desk.clock.now();
    let message = Message { time: now - 1000, at: now, ..message(n, to, body) };
    put::<Outbox>(&mut batch, &("daily".to_owned(), n), &message);
    desk.store.apply(batch).unwrap();
    desk.plan();
}

fn prefer(desk: &Desk, who: &str, preference: &Preference) {
    let mut batch = Batch::default();
    put::<Preferences>(&mut batch, &who.to_owned(), preference);
    desk.store.apply(batch).unwrap();
}

#[tokio::test]
async fn what_comes_at_night_waits_for_the_morning_and_is_one_message_then() {
    let desk = at_night();
    endpoint(&desk.store, "all", "https://h.example", |_| {});
    told_now(&desk, 1, agent("a1"), granted("e1", 5));
    told_now(&desk, 2, agent("a1"), granted("e2", 5));
    told_now(&desk, 3, agent("a1"), praise("e3"));
    told_now(&desk, 4, team("t1"), granted("e4", 5));
    let machines = ["webhook/all: msg_1", "webhook/all: msg_2", "webhook/all: msg_3", "webhook/all: msg_4"];
    assert_eq!(desk.send_all()[..4], machines, "systems and rooms wait for nobody");
    assert!(desk.states().contains(&"room/team/t1: msg_4 Sent".to_owned()), "{:?}", desk.states());
    let waits = "chat/a1: msg_1 msg_2 msg_3 Waiting".to_owned();
    assert!(desk.states().contains(&waits), "{:?}", desk.states());
    assert_eq!(desk.book.lock().counts.waiting, 1);
    assert!(desk.book.is_idle().unwrap(), "nothing but the night is waited for");
    let (_, row) = rows(&desk.store).into_iter().find(|(_, row)| row.state == State::Waiting).unwrap();
    assert_eq!(row.waited_until, Some(EIGHT));

    desk.clock.drive(MIDNIGHT + 24 * HOUR).unwrap();
    told_now(&desk, 5, agent("a1"), granted("e5", 5));
    desk.clock.drive(EIGHT - 1).unwrap();
    assert_eq!(desk.send_all(), ["webhook/all: msg_5"]);
    desk.clock.drive(EIGHT).unwrap();
    // Praise that was made in time is told in the morning, though it is eleven hours old by then.
    assert_eq!(desk.send_all(), ["chat/a1: msg_1 msg_2 msg_3 msg_5"]);
    assert_eq!(desk.book.lock().counts.waiting, 0);
    told_now(&desk, 6, agent("a1"), granted("e6", 5));
    assert_eq!(desk.send_all(), ["webhook/all: msg_6", "chat/a1: msg_6"], "it is day");
}

#[tokio::test]
async fn praise_that_was_late_before_the_night_stays_unsaid_and_so_does_what_lingers_after_it() {
    let desk = at_night();
    let mut batch = Batch::default();
    let old = Message { time: MIDNIGHT + 18 * HOUR, ..message(1, agent("a1"), praise("e1")) };
    put::<Outbox>(&mut batch, &("daily".to_owned(), 1), &old);
    desk.store.apply(batch).unwrap();
    desk.plan();
    assert_eq!(desk.states(), [""; 0], "three hours old at nine in the evening");
    told_now(&desk, 2, agent("a1"), praise("e2"));
    desk.clock.drive(EIGHT).unwrap();
    // The chat is down until the afternoon.
    let (_, tried) = desk.attempt(&retry(false)).unwrap();
    assert_eq!(tried.messages.len(), 1);
    desk.clock.drive(EIGHT + 3 * HOUR).unwrap();
    desk.ahead.set(Duration::from_secs(60));
    assert_eq!(desk.send_all(), [""; 0]);
    assert_eq!(desk.states(), ["chat/a1: msg_2 Cancelled"]);
}

#[tokio::test]
async fn what_is_reversed_at_night_is_never_told_also_after_a_restart() {
    for falls in [false, true] {
        let mut desk = at_night();
        told_now(&desk, 1, agent("a1"), granted("e1", 5));
        told_now(&desk, 2, agent("a1"), granted("e2", 5));
        assert_eq!(desk.send_all(), [""; 0]);
        if falls {
            desk = desk.again();
            assert_eq!(desk.book.lock().counts.waiting, 1);
            assert_eq!(desk.send_all(), [""; 0], "it goes on waiting");
        }
        told_now(&desk, 3, agent("a1"), reversed("e1", 5, true));
        desk.clock.drive(EIGHT).unwrap();
        assert_eq!(desk.send_all(), ["chat/a1: msg_2"], "fell: {falls}");
        // A night later the last one is reversed, too: nothing is left to wait.
        desk.clock.drive(EIGHT + 14 * HOUR).unwrap();
        told_now(&desk, 4, agent("a1"), granted("e4", 5));
        told_now(&desk, 5, agent("a1"), reversed("e4", 5, true));
        assert_eq!(desk.states().last().unwrap(), "chat/a1: msg_4 Cancelled");
        desk.clock.drive(EIGHT + 24 * HOUR).unwrap();
        assert_eq!(desk.send_all(), [""; 0]);
        assert!(desk.book.is_idle().unwrap());
        assert_eq!(desk.book.lock().counts.waiting, 0);
    }
}

#[tokio::test]
async fn what_may_have_been_told_before_the_night_is_told_to_its_end_after_it() {
    let desk = Desk::with(DeliverConfig { quiet: hours("20:00-08:00"), ..config() });
    desk.clock.drive(MIDNIGHT + 20 * HOUR - 1).unwrap();
    told_now(&desk, 1, agent("a1"), granted("e1", 5));
    desk.attempt(&retry(true)).unwrap();
    desk.clock.drive(MIDNIGHT + 20 * HOUR).unwrap();
    desk.ahead.set(Duration::from_secs(60));
    assert_eq!(desk.send_all(), [""; 0], "the next try falls into the night");
    assert_eq!(desk.states(), ["chat/a1: msg_1 Waiting"]);
    assert!(matches!(desk.book.retry(1), Err(RetryError::NotNow(..))), "nobody is woken by hand");
    let desk = desk.again();
    told_now(&desk, 2, agent("a1"), reversed("e1", 5, true));
    assert_eq!(desk.send_all(), [""; 0]);
    desk.clock.drive(EIGHT).unwrap();
    assert_eq!(desk.send_all(), ["chat/a1: msg_1", "chat/a1: msg_2"]);
    // In the morning it was made pending before it was tried: from then on nobody knows.
    let desk = at_night();
    told_now(&desk, 1, agent("a1"), granted("e1", 5));
    desk.clock.drive(EIGHT).unwrap();
    desk.book.take(tokio::time::Instant::now()).unwrap();
    let desk = desk.again();
    told_now(&desk, 2, agent("a1"), reversed("e1", 5, true));
    assert_eq!(desk.send_all(), ["chat/a1: msg_1", "chat/a1: msg_2"]);
}

#[tokio::test]
async fn everyone_may_have_hours_of_their_own_or_none() {
    let desk = at_night();
    prefer(&desk, "a1", &Preference { channels: None, quiet: Quiet::Never });
    prefer(&desk, "a2", &Preference { channels: None, quiet: Quiet::Own(hours("21:00-22:00")) });
    told_now(&desk, 1, agent("a1"), granted("e1", 5));
    told_now(&desk, 2, agent("a2"), granted("e2", 5));
    assert_eq!(desk.send_all(), ["chat/a1: msg_1"]);
    desk.clock.drive(MIDNIGHT + 22 * HOUR).unwrap();
    assert_eq!(desk.send_all(), ["mail/a2: msg_2"]);
    // Who changes their mind while something waits hears it within a minute, and not before the new hours end.
    prefer(&desk, "a1", &Preference::default());
    told_now(&desk, 3, agent("a1"), granted("e3", 5));
    told_now(&desk, 4, agent("a1"), praise("e4"));
    desk.clock.drive(MIDNIGHT + 26 * HOUR).unwrap();
    assert_eq!(desk.send_all(), [""; 0]);
    prefer(&desk, "a1", &Preference { channels: None, quiet: Quiet::Own(hours("23:00-05:00")) });
    desk.ahead.set(Duration::from_secs(61));
    assert_eq!(desk.send_all(), [""; 0]);
    desk.clock.drive(MIDNIGHT + 29 * HOUR).unwrap();
    assert_eq!(desk.send_all(), ["chat/a1: msg_3 msg_4"]);
}

#[tokio::test]
async fn a_long_night_fills_more_than_one_message() {
    let desk = at_night();
    for n in 1..=50 {
        told_now(&desk, n, agent("a1"), granted(&format!("e{n}"), 5));
    }
    assert_eq!(rows(&desk.store).iter().map(|(_, d)| d.messages.len()).collect::<Vec<_>>(), [40, 10]);
    desk.clock.drive(EIGHT).unwrap();
    assert_eq!(desk.send_all().len(), 2);
}

#[test]
fn the_clock_on_the_wall_and_the_days_off_are_those_of_the_person() {
    let mut roster = Roster::default();
    let zone = chrono_tz::Europe::Madrid;
    // Thursday 2026-03-05 is a holiday.
    roster.apply(&RosterChange::Site(Site { id: "mad".into(), zone, holidays: vec![20_517] }));
    roster.apply(&RosterChange::Team(Team { id: "t1".into(), site: "mad".into(), queues: vec![] }));
    let stints = vec![Stint { from: 0, team: Some("t1".into()), share: 1.0, workdays: 0b1_1111 }];
    roster.apply(&RosterChange::Agent(Agent { id: "a1".into(), hired_day: None, zone: None, stints }));
    let roster = Arc::new(roster);
    let usual = QuietTime { days_off: true, ..hours("20:00-08:00") };
    let times = QuietTimes { house: usual, roster: Arc::new(move || roster.clone()), store: house() };
    let until = |target: Target, at: &str| {
        let at = chrono::DateTime::parse_from_rfc3339(at).unwrap().timestamp_millis();
        let until = times.until(&target, at).unwrap();
        until.and_then(chrono::DateTime::from_timestamp_millis).map(|at| at.format("%m-%dT%H:%M").to_string())
    };
    let chat = || Target::Chat("a1".into());
    assert_eq!(until(chat(), "2026-03-03T18:59:00Z"), None, "19:59 in Madrid");
    assert_eq!(until(chat(), "2026-03-03T19:00:00Z").unwrap(), "03-04T07:00");
    assert_eq!(until(chat(), "2026-03-04T19:00:00Z").unwrap(), "03-06T07:00", "over the holiday");
    assert_eq!(until(chat(), "2026-03-06T19:00:00Z").unwrap(), "03-09T07:00", "over the weekend");
    assert_eq!(until(chat(), "2026-03-28T21:00:00Z").unwrap(), "03-30T06:00", "summer has begun");
    assert_eq!(until(Target::Mail("a9".into()), "2026-03-03T20:00:00Z").unwrap(), "03-04T08:00", "no zone");
    for target in [Target::Room("r".into()), Target::Webhook("w".into()), Target::Nowhere("a1".into())] {
        assert_eq!(until(target, "2026-03-03T22:00:00Z"), None);
    }
}

#[tokio::test]
async fn people_are_told_where_they_chose_by_what_it_is() {
    let both = || Desk::with(config());
    let chosen = |awards: &[Channel], praise: &[Channel]| Preference {
        channels: Some(Channels { awards: awards.to_vec(), praise: praise.to_vec() }),
        quiet: Quiet::House,
    };
    let desk = both();
    prefer(&desk, "a1", &chosen(&[Channel::Chat, Channel::Mail], &[Channel::Mail]));
    prefer(&desk, "a2", &chosen(&[], &[Channel::Chat]));
    told_now(&desk, 1, agent("a1"), granted("e1", 5));
    told_now(&desk, 2, agent("a1"), praise("e2"));
    told_now(&desk, 3, agent("a2"), granted("e3", 5));
    // Who chose only what they can't be reached by is told as everybody is.
    told_now(&desk, 4, agent("a2"), praise("e4"));
    assert_eq!(
        desk.states(),
        [
            "chat/a1: msg_1 Pending",
            "mail/a1: msg_1 Pending",
            "mail/a1: msg_2 Pending",
            "nowhere/a2: msg_3 NoChannel",
            "mail/a2: msg_4 Pending",
        ]
    );
    let own_page = rows(&desk.store).into_iter().find(|(_, row)| row.state == State::NoChannel).unwrap();
    assert!(own_page.1.last_error.unwrap().contains("on their own page only"));
}

#[tokio::test]
async fn a_correction_goes_where_the_first_message_went() {
    let desk = Desk::with(config());
    told_now(&desk, 1, agent("a1"), granted("e1", 5));
    assert_eq!(desk.send_all(), ["chat/a1: msg_1"]);
    let only = |awards: &[Channel]| Preference {
        channels: Some(Channels { awards: awards.to_vec(), praise: vec![] }),
        quiet: Quiet::House,
    };
    prefer(&desk, "a1", &only(&[Channel::Mail]));
    told_now(&desk, 2, agent("a1"), reversed("e1", 5, true));
    told_now(&desk, 3, agent("a1"), granted("e3", 5));
    assert_eq!(desk.send_all(), ["chat/a1: msg_2", "mail/a1: msg_3"]);
    prefer(&desk, "a1", &only(&[]));
    told_now(&desk, 4, agent("a1"), changed("e3", 9, 4, true));
    told_now(&desk, 5, agent("a1"), granted("e5", 5));
    assert_eq!(desk.send_all(), ["mail/a1: msg_4"]);
    assert_eq!(desk.attempt(&Outcome::Sent), None);
}
