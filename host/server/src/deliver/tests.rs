//! A house with an outbox, people and receivers; the tests are in the folder.

mod planner;
mod quiet;
mod sender;
mod truth;

use std::{collections::BTreeMap, sync::Arc};

use plaudit_core::{
    event::Subject,
    rule::{Reward, Text, TextValue, Tone},
};
use plaudit_store::{
    Batch, Store,
    family::{
        self,
        delivery::{Deliveries, Delivery},
        endpoint::{Endpoint, Endpoints},
        outbox::{Body, Message, Outbox, Recipient},
        people::{People, Person},
        put,
        titles::Titles,
    },
    memory::MemoryStore,
};

use super::*;
use crate::texts::{Links, PluginTexts};

/// The house's time in these tests.
pub(super) const NOW: i64 = 1_772_442_723_000;
pub(super) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

struct Plugin;

impl PluginTexts for Plugin {
    fn texts(&self, _: &str) -> Option<Arc<BTreeMap<String, String>>> {
        let en =
            "streak = { $n } customers in a row rated you 5.\nthanks = Thank you, that was a hard one.\n";
        Some(Arc::new(BTreeMap::from([("en".to_owned(), en.to_owned())])))
    }
}

/// A store with Rūta (`a1`, chat and mail), Marco (`a2`, mail), Li (`a3`, nothing) and somebody erased (`a4`).
pub(super) fn house() -> Arc<MemoryStore> {
    let store = Arc::new(MemoryStore::default());
    let mut batch = Batch::default();
    for (id, name, mail, chat, erased) in [
        ("a1", "Rūta Kazlauskienė", Some("ruta@example.com"), Some("U01RUTA"), false),
        ("a2", "Marco Ruiz", Some("marco@example.com"), None, false),
        ("a3", "李娜", None, None, false),
        ("a4", "", Some("gone@example.com"), Some("U04GONE"), true),
    ] {
        let person = Person {
            external_id: format!("E-{id}"),
            name: name.into(),
            locale: "en".into(),
            mail: mail.map(Into::into),
            chat: chat.map(Into::into),
            erased,
        };
        put::<People>(&mut batch, &id.to_owned(), &person);
    }
    put::<Titles>(&mut batch, &"team/t1".to_owned(), &"Aurora".to_owned());
    store.apply(batch).unwrap();
    store
}

pub(super) fn texts(store: &Arc<MemoryStore>) -> Arc<Texts> {
    Arc::new(Texts::new(store.clone(), Arc::new(Plugin), Links::under("https://plaudit.example")))
}

pub(super) fn deps(store: &Arc<MemoryStore>) -> Deps {
    let roster = Arc::new(|| Arc::new(plaudit_core::roster::Roster::default()));
    Deps { store: store.clone(), clock: Clock::driven(NOW), texts: texts(store), roster, rng: rng() }
}

pub(super) fn rng() -> Box<dyn rand::Rng + Send> {
    use rand::SeedableRng;
    Box::new(rand::rngs::StdRng::seed_from_u64(7))
}

pub(super) fn endpoint(store: &MemoryStore, id: &str, url: &str, change: impl FnOnce(&mut Endpoint)) {
    let mut endpoint = Endpoint {
        id: id.into(),
        url: url.into(),
        secret: SECRET.into(),
        incentives: vec![],
        kinds: vec![],
        created: NOW,
        disabled: false,
    };
    change(&mut endpoint);
    let mut batch = Batch::default();
    put::<Endpoints>(&mut batch, &endpoint.id.clone(), &endpoint);
    store.apply(batch).unwrap();
}

pub(super) fn message(n: u64, to: Recipient, body: Body) -> Message {
    Message {
        id: format!("msg_{n}").into(),
        time: NOW - 1000,
        block: n,
        at: NOW,
        incentive: "daily".into(),
        plugin: "d1".into(),
        to,
        body,
    }
}

/// Puts a message into the outbox under its number.
pub(super) fn tell(store: &MemoryStore, n: u64, to: Recipient, body: Body) {
    let mut batch = Batch::default();
    put::<Outbox>(&mut batch, &("daily".to_owned(), n), &message(n, to, body));
    store.apply(batch).unwrap();
}

pub(super) fn agent(id: &str) -> Recipient {
    Recipient::Subject(Subject::agent(id))
}

pub(super) fn team(id: &str) -> Recipient {
    Recipient::Subject(Subject::team(id))
}

pub(super) fn points(units: i64) -> Reward {
    Reward::Points { currency: "points".into(), units }
}

fn because() -> Text {
    Text { message: "streak".into(), arguments: vec![("n".into(), TextValue::Number(5.0))] }
}

pub(super) fn granted(effect: &str, units: i64) -> Body {
    Body::Granted { effect: effect.into(), reward: points(units), because: because() }
}

pub(super) fn changed(effect: &str, to: i64, by: i64, tell: bool) -> Body {
    Body::Changed { effect: effect.into(), reward: points(to), because: because(), units: by, tell }
}

pub(super) fn reversed(effect: &str, units: i64, tell: bool) -> Body {
    Body::Reversed { effect: effect.into(), reward: points(units), because: because(), tell }
}

pub(super) fn praise(effect: &str) -> Body {
    let text = Text { message: "thanks".into(), arguments: vec![] };
    Body::Praise { effect: effect.into(), tone: Tone::Thanks, text }
}

pub(super) fn rows(store: &MemoryStore) -> Vec<(u64, Delivery)> {
    family::scan::<Deliveries>(store, None, 1000).unwrap()
}
