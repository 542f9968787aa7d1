//! Whatever is corrected, sent, lost or interrupted in whatever order: in the end a receiver that drops repeated ids
//! knows the truth about every award.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::Id;
use plaudit_store::family::delivery::Target;
use proptest::prelude::*;
use tokio::time::Instant;

use super::{planner::Desk, *};
use crate::deliver::book::{Next, Outcome, effect};

#[derive(Clone, Debug)]
enum Act {
    /// The award is given, or changed to so many points.
    Settle {
        award: usize,
        units: i64,
    },
    TakeBack(usize),
    Plan,
    Send,
    /// An attempt fails: it arrived or not, and the sender can tell or not.
    Fail {
        arrived: bool,
        known: bool,
    },
    /// The house falls during an attempt.
    Fall {
        arrived: bool,
    },
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..2_usize, 1..4_i64).prop_map(|(award, units)| Act::Settle { award, units }),
        3 => (0..2_usize).prop_map(Act::TakeBack),
        4 => Just(Act::Plan),
        2 => Just(Act::Send),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(arrived, known)| Act::Fail { arrived, known }),
        1 => any::<bool>().prop_map(|arrived| Act::Fall { arrived }),
    ]
}

#[derive(Default)]
struct Receivers {
    ids: BTreeSet<(Target, Id)>,
    /// Points of an effect as last heard; `None` is "taken back".
    knows: BTreeMap<(Target, Id), Option<i64>>,
}

impl Receivers {
    fn hear(&mut self, delivery: &Delivery) {
        for message in &delivery.messages {
            if !self.ids.insert((delivery.target.clone(), message.id.clone())) {
                continue;
            }
            let units = match &message.body {
                Body::Granted { reward: Reward::Points { units, .. }, .. }
                | Body::Changed { reward: Reward::Points { units, .. }, .. } => Some(*units),
                _ => None,
            };
            let about = effect(&message.body).unwrap().clone();
            self.knows.insert((delivery.target.clone(), about), units);
        }
    }
}

struct World {
    desk: Desk,
    receivers: Receivers,
    truth: [Option<i64>; 2],
    number: u64,
}

impl World {
    fn new() -> Self {
        let desk = Desk::new();
        desk.ahead.set(std::time::Duration::from_secs(60));
        endpoint(&desk.store, "e", "https://h.example", |_| {});
        Self { desk, receivers: Receivers::default(), truth: [None; 2], number: 0 }
    }

    fn tell(&mut self, body: Body) {
        self.number += 1;
        self.desk.tell(self.number, agent("a1"), body);
    }

    /// Takes what is due, if anything is.
    fn attempt(&mut self, arrives: bool) -> Option<u64> {
        match self.desk.book.take(Instant::now() + self.desk.ahead.get()).unwrap() {
            Next::Wait(_) => None,
            Next::Attempt(id, delivery) => {
                if arrives {
                    self.receivers.hear(&delivery);
                }
                Some(id)
            }
        }
    }

    fn act(mut self, act: &Act) -> Self {
        match *act {
            Act::Settle { award, units } => {
                let name = format!("e{award}");
                match self.truth[award].replace(units) {
                    Some(before) if before == units => {}
                    Some(before) => self.tell(changed(&name, units, units - before, true)),
                    None => self.tell(granted(&name, units)),
                }
            }
            Act::TakeBack(award) => {
                if let Some(before) = self.truth[award].take() {
                    self.tell(reversed(&format!("e{award}"), before, true));
                }
            }
            Act::Plan => self.desk.plan(),
            Act::Send => {
                if let Some(id) = self.attempt(true) {
                    self.desk.book.finish(id, &Outcome::Sent).unwrap();
                }
            }
            Act::Fail { arrived, known } => {
                // Of what arrived nobody can know that it did not.
                if let Some(id) = self.attempt(arrived) {
                    let (error, maybe) = ("e".to_owned(), arrived || !known);
                    self.desk
                        .book
                        .finish(id, &Outcome::Retry { error, after: None, all: false, maybe })
                        .unwrap();
                }
            }
            Act::Fall { arrived } => {
                self.attempt(arrived);
                let ahead = self.desk.ahead.get();
                self.desk = self.desk.again();
                self.desk.ahead.set(ahead);
            }
        }
        self
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_the_end_everyone_knows_the_truth(acts in proptest::collection::vec(act(), 1..40)) {
        let mut world = acts.iter().fold(World::new(), World::act);
        world.desk.plan();
        while !world.desk.book.is_idle().unwrap() {
            world = world.act(&Act::Send);
        }
        for target in [Target::Webhook("e".into()), Target::Chat("a1".into())] {
            for (n, truth) in world.truth.iter().enumerate() {
                let about = (target.clone(), Id::from(format!("e{n}")));
                // Never having heard of it is as good as knowing that it was taken back.
                let heard = world.receivers.knows.get(&about).copied().flatten();
                prop_assert_eq!(heard, *truth, "{:?} about e{}", target, n);
            }
        }
    }
}
