//! What becomes of outbox rows, without anything being sent.

use plaudit_store::family::delivery::State;
use tokio::time::Instant;

use super::*;
use crate::deliver::{
    book::{Book, Delays, Next, Outcome},
    planner::Planner,
    quiet::QuietTimes,
};

pub(super) struct Desk {
    pub(super) store: Arc<MemoryStore>,
    pub(super) clock: Clock,
    config: DeliverConfig,
    pub(super) book: Book,
    planner: Planner,
    /// How far ahead attempts are taken: retries need not be waited for.
    pub(super) ahead: std::cell::Cell<std::time::Duration>,
}

pub(super) fn config() -> DeliverConfig {
    let room = || RoomConfig { url: "https://chat.example/room".into(), locale: crate::texts::Locale::En };
    DeliverConfig {
        chat: Some(ChatConfig { api: "https://chat.example".into(), token: "t".into() }),
        mail: Some(MailConfig {
            host: "mail.example".into(),
            port: None,
            encryption: MailEncryption::None,
            user: None,
            password: None,
            from: "a@b.example".into(),
            when: MailWhen::NoChat,
        }),
        rooms: [("default".to_owned(), room()), ("team/t1".to_owned(), room())].into(),
        ..DeliverConfig::default()
    }
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::with(config())
    }

    pub(super) fn with(config: DeliverConfig) -> Self {
        Self::over(house(), config, NOW)
    }

    fn over(store: Arc<MemoryStore>, config: DeliverConfig, now: i64) -> Self {
        let clock = Clock::driven(now);
        let delays = Delays { first_ms: 1000, ms_max: 10_000 };
        let Deps { roster, .. } = deps(&store);
        let quiet = QuietTimes { house: config.quiet, roster, store: store.clone() };
        let book = Book::open(store.clone(), clock.clone(), quiet, 12, delays, rng()).unwrap();
        let planner = Planner::new(texts(&store).names().clone(), &config);
        Self { store, clock, config, book, planner, ahead: std::cell::Cell::default() }
    }

    /// The house falls and stands up again.
    pub(super) fn again(self) -> Self {
        let now = self.clock.now();
        Self::over(self.store, self.config, now)
    }

    pub(super) fn plan(&self) {
        while self.planner.plan(&self.book).unwrap() > 0 {}
    }

    pub(super) fn tell(&self, n: u64, to: Recipient, body: Body) {
        tell(&self.store, n, to, body);
    }

    pub(super) fn told(&self, n: u64, to: Recipient, body: Body) {
        self.tell(n, to, body);
        self.plan();
    }

    /// Takes the next due delivery and says what became of it.
    pub(super) fn attempt(&self, outcome: &Outcome) -> Option<(u64, Delivery)> {
        match self.book.take(Instant::now() + self.ahead.get()).unwrap() {
            Next::Attempt(id, delivery) => {
                self.book.finish(id, outcome).unwrap();
                Some((id, *delivery))
            }
            Next::Wait(_) => None,
        }
    }

    /// All that is sent now, by target, as `target: message ids`.
    pub(super) fn send_all(&self) -> Vec<String> {
        let mut sent: Vec<Delivery> =
            std::iter::from_fn(|| self.attempt(&Outcome::Sent)).map(|(_, d)| d).collect();
        // Targets are independent of each other; within one, the order is kept.
        sent.sort_by(|a, b| a.target.cmp(&b.target));
        sent.iter().map(line).collect()
    }

    pub(super) fn states(&self) -> Vec<String> {
        rows(&self.store).iter().map(|(_, d)| format!("{} {:?}", line(d), d.state)).collect()
    }
}

fn line(delivery: &Delivery) -> String {
    let ids: Vec<&str> = delivery.messages.iter().map(|m| &*m.id).collect();
    format!("{}/{}: {}", delivery.target.channel(), delivery.target.id(), ids.join(" "))
}

pub(super) fn retry(maybe: bool) -> Outcome {
    Outcome::Retry { error: "e".into(), after: None, all: false, maybe }
}

#[tokio::test]
async fn everyone_hears_on_their_own_channel_and_privacy_is_kept() {
    let desk = Desk::new();
    endpoint(&desk.store, "all", "https://h.example", |_| {});
    endpoint(&desk.store, "grants", "https://h.example", |e| e.kinds = vec!["award.granted".into()]);
    endpoint(&desk.store, "awards", "https://h.example", |e| e.kinds = vec!["award".into()]);
    endpoint(&desk.store, "other", "https://h.example", |e| e.incentives = vec!["weekly".into()]);
    endpoint(&desk.store, "off", "https://h.example", |e| e.disabled = true);
    desk.tell(1, agent("a1"), granted("e1", 5));
    desk.tell(2, agent("a2"), praise("e2"));
    desk.tell(3, agent("a3"), granted("e3", 5));
    desk.tell(4, agent("a4"), granted("e4", 5));
    desk.tell(5, team("t1"), granted("e5", 5));
    desk.tell(6, team("t2"), granted("e6", 5));
    desk.tell(7, Recipient::Room, Body::Paused { fault: "f".into() });
    desk.plan();
    let mut states = desk.states();
    states.sort();
    assert_eq!(
        states,
        [
            "chat/a1: msg_1 Pending",
            "mail/a2: msg_2 Pending",
            "nowhere/a3: msg_3 NoChannel",
            "nowhere/a4: msg_4 NoChannel",
            "room/default: msg_6 msg_7 Pending",
            "room/team/t1: msg_5 Pending",
            "webhook/all: msg_1 Pending",
            "webhook/all: msg_2 Pending",
            "webhook/all: msg_3 Pending",
            "webhook/all: msg_4 Pending",
            "webhook/all: msg_5 Pending",
            "webhook/all: msg_6 Pending",
            "webhook/all: msg_7 Pending",
            "webhook/awards: msg_1 Pending",
            "webhook/awards: msg_3 Pending",
            "webhook/awards: msg_4 Pending",
            "webhook/awards: msg_5 Pending",
            "webhook/awards: msg_6 Pending",
            "webhook/grants: msg_1 Pending",
            "webhook/grants: msg_3 Pending",
            "webhook/grants: msg_4 Pending",
            "webhook/grants: msg_5 Pending",
            "webhook/grants: msg_6 Pending",
        ]
    );
    assert_eq!(desk.book.lock().counts.no_channel, 2);
    assert!(desk.book.is_idle().is_ok_and(|idle| !idle));
}

#[tokio::test]
async fn what_waits_for_one_person_is_one_message() {
    let desk = Desk::new();
    for n in 1..=10 {
        desk.tell(n, agent("a1"), granted(&format!("e{n}"), 5));
    }
    desk.plan();
    let all: Vec<String> = (1..=10).map(|n| format!("msg_{n}")).collect();
    assert_eq!(desk.send_all(), [format!("chat/a1: {}", all.join(" "))]);
    for n in 11..=60 {
        desk.tell(n, agent("a1"), granted(&format!("e{n}"), 5));
    }
    desk.plan();
    assert_eq!(rows(&desk.store).iter().map(|(_, d)| d.messages.len()).collect::<Vec<_>>(), [10, 40, 10]);
}

#[tokio::test]
async fn a_reversal_and_what_it_takes_back_cancel_each_other_while_nobody_was_told() {
    // Both still in the outbox.
    let desk = Desk::new();
    endpoint(&desk.store, "all", "https://h.example", |_| {});
    desk.tell(1, agent("a1"), granted("e1", 5));
    desk.tell(2, agent("a1"), granted("e2", 5));
    desk.tell(3, agent("a1"), reversed("e1", 5, true));
    desk.plan();
    assert_eq!(desk.send_all(), ["webhook/all: msg_2", "chat/a1: msg_2"]);
    // The first one already planned, alone and in a bundle.
    desk.tell(4, agent("a1"), granted("e4", 5));
    desk.told(5, agent("a1"), granted("e5", 5));
    desk.told(6, agent("a1"), reversed("e4", 5, true));
    assert_eq!(desk.send_all(), ["webhook/all: msg_5", "chat/a1: msg_5"]);
    desk.told(7, agent("a1"), granted("e7", 5));
    desk.told(8, agent("a1"), reversed("e7", 5, true));
    assert_eq!(desk.send_all(), [""; 0]);
    assert!(desk.states().contains(&"chat/a1: msg_7 Cancelled".to_owned()), "{:?}", desk.states());
    assert!(desk.book.is_idle().unwrap());
}

#[tokio::test]
async fn a_told_award_is_corrected_for_machines_always_and_for_people_if_they_want_it() {
    let desk = Desk::new();
    endpoint(&desk.store, "all", "https://h.example", |_| {});
    desk.told(1, agent("a1"), granted("e1", 5));
    desk.told(2, agent("a2"), granted("e2", 5));
    assert_eq!(desk.send_all().len(), 4);
    desk.told(3, agent("a1"), reversed("e1", 5, false));
    desk.told(4, agent("a2"), reversed("e2", 5, true));
    assert_eq!(desk.send_all(), ["webhook/all: msg_3", "webhook/all: msg_4", "mail/a2: msg_4"]);
    // Given again: Rūta never heard that it was gone, Marco did.
    desk.told(5, agent("a1"), granted("e1", 5));
    desk.told(6, agent("a2"), granted("e2", 5));
    assert_eq!(desk.send_all(), ["webhook/all: msg_5", "webhook/all: msg_6", "mail/a2: msg_6"]);
    // Taken and given back before anybody heard: silence.
    desk.told(7, agent("a2"), reversed("e2", 5, true));
    desk.told(8, agent("a2"), granted("e2", 5));
    assert_eq!(desk.send_all(), [""; 0]);
}

#[tokio::test]
async fn a_change_goes_into_the_message_that_waits() {
    let desk = Desk::new();
    desk.told(1, agent("a1"), granted("e1", 5));
    desk.told(2, agent("a1"), changed("e1", 8, 3, false));
    let (_, first) = desk.attempt(&Outcome::Sent).unwrap();
    assert_eq!((&*first.messages[0].id, &first.messages[0].body), ("msg_1", &granted("e1", 8)));
    desk.told(3, agent("a1"), changed("e1", 9, 1, false));
    assert_eq!(desk.send_all(), [""; 0], "told, and nobody asked for corrections");
    desk.told(4, agent("a1"), changed("e1", 10, 1, true));
    desk.told(5, agent("a1"), changed("e1", 15, 5, true));
    let (_, second) = desk.attempt(&Outcome::Sent).unwrap();
    assert_eq!((&*second.messages[0].id, &second.messages[0].body), ("msg_4", &changed("e1", 15, 6, true)));
    // A change that was not told, and then the end: only the end is told.
    desk.told(6, agent("a1"), changed("e1", 16, 1, true));
    desk.told(7, agent("a1"), reversed("e1", 16, true));
    assert_eq!(desk.send_all(), ["chat/a1: msg_7"]);
}

#[tokio::test]
async fn what_may_have_arrived_is_not_taken_back_in_silence() {
    for (maybe, expected) in
        [(true, vec!["chat/a1: msg_1".to_owned(), "chat/a1: msg_2".to_owned()]), (false, vec![])]
    {
        let desk = Desk::new();
        desk.told(1, agent("a1"), granted("e1", 5));
        desk.attempt(&retry(maybe)).unwrap();
        desk.told(2, agent("a1"), reversed("e1", 5, true));
        desk.ahead.set(std::time::Duration::from_secs(60));
        assert_eq!(desk.send_all(), expected, "maybe told: {maybe}");
    }
    // On its way right now.
    let desk = Desk::new();
    desk.told(1, agent("a1"), granted("e1", 5));
    let Next::Attempt(id, _) = desk.book.take(Instant::now()).unwrap() else { panic!("nothing is due") };
    desk.told(2, agent("a1"), reversed("e1", 5, true));
    assert!(
        matches!(desk.book.take(Instant::now()).unwrap(), Next::Wait(None)),
        "one at a time for a target"
    );
    assert!(matches!(desk.book.retry(id), Err(RetryError::NotNow(..))));
    desk.book.finish(id, &Outcome::Sent).unwrap();
    assert_eq!(desk.send_all(), ["chat/a1: msg_2"]);
    // It was pending when the house fell: an attempt may have been under way.
    let desk = Desk::new();
    desk.told(1, agent("a1"), granted("e1", 5));
    let desk = desk.again();
    desk.told(2, agent("a1"), reversed("e1", 5, true));
    assert_eq!(desk.send_all(), ["chat/a1: msg_1", "chat/a1: msg_2"]);
}

#[tokio::test]
async fn praise_is_told_once_and_soon_or_not_at_all() {
    let desk = Desk::new();
    endpoint(&desk.store, "all", "https://h.example", |_| {});
    desk.told(1, agent("a1"), praise("e1"));
    assert_eq!(desk.send_all(), ["webhook/all: msg_1", "chat/a1: msg_1"]);
    desk.told(2, agent("a1"), praise("e1"));
    assert_eq!(desk.send_all(), [""; 0], "the same effect under another id");
    // It becomes old while it waits; the award beside it does not.
    desk.tell(3, agent("a1"), praise("e3"));
    desk.told(4, agent("a1"), granted("e4", 5));
    desk.clock.drive(NOW + 2 * 60 * 60 * 1000).unwrap();
    assert_eq!(desk.send_all(), ["webhook/all: msg_4", "chat/a1: msg_4"]);
    desk.told(5, agent("a1"), praise("e5"));
    assert_eq!(desk.send_all(), [""; 0]);
    assert_eq!(desk.book.lock().counts.stale_praise, 3);
    assert!(desk.book.is_idle().unwrap());
}

#[tokio::test]
async fn a_house_that_stands_up_again_goes_on_where_it_fell() {
    let desk = Desk::new();
    desk.told(1, agent("a1"), granted("e1", 5));
    desk.attempt(&Outcome::Sent).unwrap();
    desk.told(2, agent("a1"), granted("e2", 5));
    desk.tell(3, agent("a1"), granted("e3", 5));
    let desk = desk.again();
    assert_eq!(desk.book.lock().counts, Counts { pending: 1, sent: 1, ..Counts::default() });
    desk.plan();
    assert_eq!(desk.send_all(), ["chat/a1: msg_2", "chat/a1: msg_3"]);
    assert_eq!(rows(&desk.store).iter().map(|(id, _)| *id).collect::<Vec<_>>(), [1, 2, 3]);
    desk.told(4, agent("a1"), granted("e1", 5));
    assert_eq!(desk.send_all(), [""; 0], "told before the fall");
}

#[tokio::test]
async fn attempts_end_and_begin_again_by_hand() {
    let desk = Desk::new();
    desk.told(1, agent("a1"), granted("e1", 5));
    desk.told(2, agent("a1"), granted("e2", 5));
    let mut tried = Vec::new();
    for _ in 0..12 {
        tried.push(line(&desk.attempt(&retry(false)).unwrap().1));
        desk.ahead.set(std::time::Duration::from_secs(13));
    }
    assert_eq!(tried, ["chat/a1: msg_1"; 12], "the second one waits for the first");
    assert_eq!(desk.send_all(), ["chat/a1: msg_2"]);
    assert_eq!(desk.states()[0], "chat/a1: msg_1 Dead");
    desk.book.retry(1).unwrap();
    assert_eq!(desk.send_all(), ["chat/a1: msg_1"]);
    assert!(matches!(desk.book.retry(99), Err(RetryError::Unknown(99))));
    assert_eq!(desk.book.lock().counts, Counts { sent: 2, ..Counts::default() });
}

#[tokio::test]
async fn a_workspace_that_asks_to_wait_is_left_alone() {
    let desk = Desk::new();
    let mut batch = Batch::default();
    let person = Person { name: "Ana".into(), chat: Some("U05".into()), ..Person::default() };
    put::<People>(&mut batch, &"a5".to_owned(), &person);
    desk.store.apply(batch).unwrap();
    desk.tell(1, agent("a1"), granted("e1", 5));
    desk.tell(2, agent("a5"), granted("e2", 5));
    desk.tell(3, agent("a2"), granted("e3", 5));
    desk.plan();
    let after = Some(std::time::Duration::from_secs(30));
    desk.attempt(&Outcome::Retry { error: "429".into(), after, all: true, maybe: false }).unwrap();
    assert_eq!(desk.send_all(), ["mail/a2: msg_3"], "other channels go on");
    desk.ahead.set(std::time::Duration::from_secs(31));
    let mut sent = desk.send_all();
    sent.sort();
    assert_eq!(sent, ["chat/a1: msg_1", "chat/a5: msg_2"]);
}

#[tokio::test]
async fn finished_deliveries_are_kept_for_their_time() {
    let desk = Desk::new();
    desk.told(1, agent("a1"), granted("e1", 5));
    desk.attempt(&Outcome::Sent).unwrap();
    desk.told(2, agent("a1"), granted("e2", 5));
    desk.attempt(&Outcome::Dead { error: "x".into(), disable: false }).unwrap();
    desk.told(3, agent("a1"), granted("e3", 5));
    for (_, mut row) in rows(&desk.store) {
        let day = 24 * 60 * 60 * 1000;
        row.created -= 20 * day;
        let mut batch = Batch::default();
        let id = rows(&desk.store).iter().find(|(_, r)| r.messages == row.messages).unwrap().0;
        put::<Deliveries>(&mut batch, &id, &row);
        desk.store.apply(batch).unwrap();
    }
    assert_eq!(desk.book.purge(14, 60).unwrap(), 1);
    assert_eq!(desk.states(), ["chat/a1: msg_2 Dead", "chat/a1: msg_3 Pending"]);
    assert_eq!(desk.book.purge(14, 19).unwrap(), 1);
    assert_eq!(desk.book.lock().counts, Counts { pending: 1, ..Counts::default() });
    assert!(rows(&desk.store).iter().all(|(_, d)| d.state == State::Pending));
}

#[test]
fn delays_grow_to_a_bound_with_jitter_around_them() {
    let delays = Delays { first_ms: 5_000, ms_max: 21_600_000 };
    let ms = |attempts, chance| delays.after(attempts, chance).as_millis();
    assert_eq!(
        [1, 2, 3, 9, 12, 4_000_000_000].map(|n| ms(n, 0.5)),
        [5_000, 15_000, 45_000, 21_600_000, 21_600_000, 21_600_000]
    );
    assert_eq!((ms(1, 0.0), ms(1, 0.999)), (4_000, 5_998));
}
