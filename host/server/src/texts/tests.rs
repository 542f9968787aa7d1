use plaudit_core::{
    event::Subject,
    kudos::Giver,
    rule::{Reward, Text, TextValue, Tone},
};
use plaudit_store::{
    Batch,
    family::{
        outbox::{Body, Message, Recipient, Row},
        people::{People, Person},
        put,
        titles::Titles,
    },
    memory::MemoryStore,
};

use super::*;

struct Plugin;

impl PluginTexts for Plugin {
    fn texts(&self, digest: &str) -> Option<Arc<BTreeMap<String, String>>> {
        let en = "streak = { $n ->\n    [one] A customer\n   *[other] { $n } customers in a row\n} rated you 5.\n\
                  badge-silver = Silver\nbeaten = You passed { $who } of { $team } on { $day }.\nonly-en = English\n";
        let lt = "streak = { $n ->\n    [one] { $n } klientas\n    [few] { $n } klientai\n   *[other] { $n } klientų\n} iš eilės.\n\
                  badge-silver = Sidabras\nbeaten = { $who } ({ $team }), { $day }.\n";
        let hans = "streak = 连续 { $n } 位\nbadge-silver = 银\n";
        let all = [("en", en), ("lt", lt), ("zh-Hans", hans)].map(|(l, t)| (l.to_owned(), t.to_owned()));
        (digest == "d1").then(|| Arc::new(BTreeMap::from(all)))
    }

    fn incentive_title(&self, incentive: &str) -> Option<String> {
        (incentive == "daily").then(|| "Daily sprint".to_owned())
    }
}

fn person(name: &str, erased: bool) -> Person {
    Person { name: name.into(), locale: "lt".into(), erased, ..Person::default() }
}

fn texts() -> (Texts, Arc<MemoryStore>) {
    let store = Arc::new(MemoryStore::default());
    let mut batch = Batch::default();
    put::<People>(&mut batch, &"a1".to_owned(), &person("Rūta Kazlauskienė", false));
    put::<People>(&mut batch, &"a2".to_owned(), &person("", true));
    put::<Titles>(&mut batch, &"team/t1".to_owned(), &"Aurora".to_owned());
    store.apply(batch).unwrap();
    (Texts::new(store.clone(), Arc::new(Plugin), Links::under("https://plaudit.example/")), store)
}

fn text(message: &str, arguments: &[(&str, TextValue)]) -> Text {
    let arguments = arguments.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect();
    Text { message: message.into(), arguments }
}

fn streak(n: f64) -> Text {
    text("streak", &[("n", TextValue::Number(n))])
}

fn message(to: Recipient, body: Body) -> Message {
    Message {
        id: "msg_1".into(),
        time: 0,
        block: 1,
        at: 0,
        incentive: "daily".into(),
        plugin: "d1".into(),
        to,
        body,
    }
}

fn granted(reward: Reward) -> Body {
    Body::Granted { effect: "e1".into(), reward, because: streak(5.0) }
}

fn points(units: i64) -> Reward {
    Reward::Points { currency: "points".into(), units }
}

fn silver() -> Reward {
    Reward::Badge { name: "silver".into(), level: 2 }
}

fn to_ruta() -> Recipient {
    Recipient::Subject(Subject::agent("a1"))
}

#[test]
fn every_language_has_every_message_of_the_house() {
    fn ids(locale: Locale) -> Vec<&'static str> {
        let mut ids: Vec<_> = own_source(locale)
            .lines()
            .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|l| l.split_once(" =").map(|(id, _)| id))
            .collect();
        ids.sort_unstable();
        ids
    }
    assert!(ids(Locale::En).len() > 40);
    for locale in Locale::ALL {
        assert_eq!(ids(locale), ids(Locale::En), "{}", locale.tag());
        let (_, problems) = Bundle::compile(locale, own_source(locale));
        assert!(problems.is_empty(), "{}: {problems:?}", locale.tag());
    }
}

#[test]
fn lithuanian_counts_as_lithuanian_does() {
    let (texts, _) = texts();
    let shown = |n: i64| texts.reward(Locale::Lt, "daily", "d1", &points(n));
    for (n, expected) in [
        (1, "1 taškas"),
        (2, "2 taškai"),
        (9, "9 taškai"),
        (10, "10 taškų"),
        (11, "11 taškų"),
        (21, "21 taškas"),
        (22, "22 taškai"),
        (111, "111 taškų"),
        (1240, "1\u{a0}240 taškų"),
    ] {
        assert_eq!(shown(n), expected);
    }
    let gets = |n: f64| texts.own(Locale::Lt, "points", &[("n", bundle::argument(Locale::Lt, n))]);
    assert_eq!([gets(1.5), gets(2.5), gets(21.5)], ["1,5 taško", "2,5 taško", "21,5 taško"]);
    assert_eq!(texts.text(Locale::Lt, "daily", "d1", &streak(3.0)), "3 klientai iš eilės.");
    assert_eq!(texts.own(Locale::Lt, "news", &[("n", integer(Locale::Lt, 3))]), "3 naujienos");
}

#[test]
fn a_told_message_is_a_sentence_a_fact_and_a_link() {
    let (texts, _) = texts();
    let said = texts.say(Locale::En, &message(to_ruta(), granted(silver())), Reader::Self_);
    assert_eq!(said.line(), "5 customers in a row rated you 5. That is Silver, Rūta.");
    assert_eq!(said.link, Some(Link { label: "Why →".into(), url: "https://plaudit.example/why/e1".into() }));
    let line = |locale, body: Body, to| texts.say(locale, &message(to, body), Reader::Self_).line();
    assert_eq!(line(Locale::Lt, granted(points(22)), to_ruta()), "5 klientai iš eilės. Gauni 22 taškus.");
    assert_eq!(line(Locale::ZhHans, granted(silver()), to_ruta()), "连续 5 位 Rūta，这是你的“银”徽章。");
    let team = Recipient::Subject(Subject::team("t1"));
    assert_eq!(
        line(Locale::Es, granted(points(1)), team),
        "5 customers in a row rated you 5. Aurora recibe 1 punto."
    );
}

#[test]
fn every_body_can_be_said_in_every_language() {
    let (texts, _) = texts();
    let e: plaudit_core::Id = "e1".into();
    let because = streak(5.0);
    let row = Row { rank: 1, subject: Subject::agent("a2"), value: 3.0 };
    let winners: Vec<_> = (0..12).map(|_| (Subject::agent("a1"), Reward::Prize("Cinema".into()))).collect();
    let changed = |units| Body::Changed {
        effect: e.clone(),
        reward: points(60),
        because: because.clone(),
        units,
        tell: true,
    };
    let withheld =
        |reason: &str| Body::Withheld { effect: e.clone(), reward: silver(), reason: reason.into() };
    let bodies = [
        granted(points(5)),
        granted(Reward::Points { currency: "stars".into(), units: 2 }),
        granted(Reward::Prize("Cinema".into())),
        changed(10),
        changed(-10),
        changed(0),
        Body::Reversed { effect: e.clone(), reward: silver(), because: because.clone(), tell: true },
        withheld("allotment"),
        withheld("quota"),
        withheld("disqualified"),
        withheld("stock"),
        Body::Proposed { effect: e.clone(), reward: points(600), because: because.clone() },
        Body::Approved { effect: e.clone(), reward: points(600), by: "eva".into() },
        Body::Refused { effect: e.clone(), reward: points(600), by: "eva".into(), reason: "Too much".into() },
        withheld("new reason"),
        Body::Praise { effect: e.clone(), tone: Tone::Thanks, text: because.clone() },
        Body::Closed { period: "2026-03-02".into(), podium: vec![row.clone()] },
        Body::Closed { period: "2026-W10".into(), podium: vec![] },
        Body::Closed { period: "2026-03".into(), podium: vec![row] },
        Body::Closed { period: "once".into(), podium: vec![] },
        Body::DrawSealed { period: "2026-03".into(), draw: "big".into(), list_hash: "ab12".into() },
        Body::DrawnAgain {
            period: "2026-03".into(),
            draw: "big".into(),
            number: 1,
            winner: winners.first().cloned(),
        },
        Body::DrawnAgain { period: "2026-03".into(), draw: "big".into(), number: 2, winner: None },
        Body::DrawHeld { period: "2026-03".into(), draw: "big".into(), winners },
        Body::DrawHeld { period: "2026-03".into(), draw: "big".into(), winners: vec![] },
        Body::Paused { fault: "a trap in line 3".into() },
        Body::Kudos { kudos: "k1".into(), from: Giver::Agent("a2".into()), words: Some("help".into()) },
        Body::Kudos { kudos: "k1".into(), from: Giver::Account("u1".into()), words: None },
        Body::Final { period: "2026-03".into() },
        Body::Final { period: "once".into() },
    ];
    let mut page = String::new();
    for locale in Locale::ALL {
        for to in [to_ruta(), Recipient::Subject(Subject::team("t1")), Recipient::Room] {
            for body in &bodies {
                let line = texts.say(locale, &message(to.clone(), body.clone()), Reader::Self_).line();
                assert!(!line.contains(['[', '{', '$']), "{}: {line}", locale.tag());
                assert!(!line.contains("a trap"), "faults are for managers: {line}");
                if to == to_ruta() {
                    page.push_str(&format!("{}: {line}\n", locale.tag()));
                }
            }
        }
    }
    insta::assert_snapshot!("every_body_to_an_agent", page);
}

#[test]
fn names_are_those_of_now_and_the_erased_have_none() {
    let (texts, store) = texts();
    let who = |id: &str| {
        let arguments = [
            ("who", TextValue::Agent(id.into())),
            ("team", TextValue::Team("t1".into())),
            ("day", TextValue::Day(20_514)),
        ];
        text("beaten", &arguments)
    };
    let show = |locale, id| texts.text(locale, "daily", "d1", &who(id));
    assert_eq!(show(Locale::En, "a1"), "You passed Rūta Kazlauskienė of Aurora on 2 March 2026.");
    assert_eq!(show(Locale::Lt, "a2"), "buvęs kolega (Aurora), 2026 m. kovo 2 d..");
    assert_eq!(show(Locale::En, "a9"), "You passed a colleague of Aurora on 2 March 2026.");
    let mut batch = Batch::default();
    put::<People>(&mut batch, &"a1".to_owned(), &person("", true));
    store.apply(batch).unwrap();
    assert_eq!(show(Locale::En, "a1"), "You passed a former colleague of Aurora on 2 March 2026.");
}

#[test]
fn what_is_missing_is_english_and_what_is_missing_there_is_visible() {
    let (texts, _) = texts();
    let show = |locale, id| texts.text(locale, "daily", "d1", &text(id, &[("n", TextValue::Number(5.0))]));
    assert_eq!(show(Locale::ZhHant, "streak"), "5 customers in a row rated you 5.", "not the other script");
    assert_eq!(show(Locale::Lt, "only-en"), "English");
    assert_eq!(show(Locale::Lt, "nowhere"), "[nowhere]");
    assert_eq!(texts.text(Locale::Lt, "daily", "unknown plugin", &streak(1.0)), "[streak]");
}

#[test]
fn a_manager_puts_it_into_other_words() {
    let (texts, store) = texts();
    let write = |source: &str| {
        let mut batch = Batch::default();
        put::<TextOverrides>(&mut batch, &("daily".to_owned(), "en".to_owned()), &source.to_owned());
        store.apply(batch).unwrap();
    };
    let show = |locale, incentive| texts.text(locale, incentive, "d1", &streak(5.0));
    write("streak = { $n } happy people.");
    assert_eq!(show(Locale::En, "daily"), "5 happy people.");
    assert_eq!(show(Locale::En, "other"), "5 customers in a row rated you 5.");
    assert_eq!(show(Locale::Lt, "daily"), "5 klientai iš eilės.", "the reader's language goes first");
    write("streak = { $n } glad people.");
    assert_eq!(show(Locale::En, "daily"), "5 glad people.");
}
