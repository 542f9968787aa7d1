//! What stands: what the rule asks for, compared with what was given before, as the host settles it.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::Quota;
use crate::time::Millis;
use crate::wit;

/// What makes an effect the same one: (period, or none for ever; praise?; name; subject; key).
pub(super) type Id = (Option<u32>, bool, String, String, String);

/// An award or praise that somebody got.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// When: the time of its step or timer, or of the close.
    pub at: Millis,
    /// The key for [`crate::Target::Itself`], an agent's or team's id; empty for everyone.
    pub to: String,
    /// Its name.
    pub name: String,
    /// Its key, the step's entity in place of an empty one.
    pub key: String,
    /// The reward; none for praise.
    pub reward: Option<wit::Reward>,
    /// What is said.
    pub text: wit::Text,
    /// The team of whoever got it, at that time.
    pub(super) team: Option<String>,
}

impl Given {
    /// An argument of its text that is a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.text.arguments.iter().find(|a| a.name == name).and_then(|a| match a.value {
            wit::Value::Number(n) => Some(n),
            _ => None,
        })
    }

    /// Its points; 0 if it is something else.
    pub fn points(&self) -> i64 {
        if let Some(wit::Reward::Points(amount)) = &self.reward { amount.units } else { 0 }
    }

    /// The place that the host gave it in a quota.
    fn place(&self) -> Option<u32> {
        self.number("place").map(|place| place as u32)
    }

    fn with_place(mut self, place: Option<u32>) -> Self {
        if let Some(place) = place {
            self.text.arguments.retain(|argument| argument.name != "place");
            let value = wit::Value::Number(place.into());
            self.text.arguments.push(wit::Argument { name: "place".into(), value });
        }
        self
    }

    /// The reward in a word or two.
    pub(super) fn what(&self) -> String {
        match &self.reward {
            Some(reward) => super::snapshot::of_reward(reward),
            None => "praise".into(),
        }
    }
}

/// What was asked for, by id, in the order in which it was.
#[derive(Default)]
pub(super) struct Asked(Vec<(Id, u32, Given)>, BTreeMap<Id, usize>);

impl Asked {
    /// Asked for again by the same id it is the same; `period` is the one it counts in.
    pub(super) fn add(&mut self, id: Id, period: u32, given: Given) {
        let Self(list, places) = self;
        places.entry(id.clone()).or_insert_with(|| {
            list.push((id, period, given));
            list.len() - 1
        });
    }
}

/// What stands, and what stood.
#[derive(Default)]
pub(super) struct Book {
    ids: Vec<(Id, u32)>,
    standing: Vec<Given>,
    taken_back: Vec<Given>,
}

impl Book {
    pub(super) fn standing(&self) -> &[Given] {
        &self.standing
    }

    pub(super) fn taken_back(&self) -> &[Given] {
        &self.taken_back
    }

    /// First what goes, since it frees places; then what comes, in order of time, as far as quotas allow. `open` is the
    /// period that is not closed yet.
    pub(super) fn settle(&mut self, asked: &Asked, quotas: &[Quota], open: u32) {
        let Asked(list, places) = asked;
        let left_out = left_out_at_close(list, quotas, open);
        let before = std::mem::take(&mut self.ids).into_iter().zip(std::mem::take(&mut self.standing));
        for ((id, period), given) in before {
            match places.get(&id) {
                Some(place) if left_out.contains(place) => self.taken_back.push(given),
                Some(place) => {
                    let has_places = quotas.iter().any(|quota| quota.award == given.name);
                    let had = given.place().filter(|_| has_places);
                    self.put(id, period, list[*place].2.clone().with_place(had));
                }
                // What was said is said.
                None if given.reward.is_none() => self.put(id, period, given),
                None => self.taken_back.push(given),
            }
        }
        let mut order: Vec<_> =
            list.iter().enumerate().filter(|(place, _)| !left_out.contains(place)).collect();
        order.sort_by_key(|(_, (_, _, given))| given.at);
        for (_, (id, period, given)) in order {
            if !self.ids.iter().any(|(known, _)| known == id) && self.has_place(given, *period, quotas) {
                self.put(id.clone(), *period, given.clone());
            }
        }
        let mut all: Vec<_> = self.ids.drain(..).zip(self.standing.drain(..)).collect();
        all.sort_by_key(|((id, _), given)| (given.at, places.get(id).copied()));
        (self.ids, self.standing) = all.into_iter().unzip();
        self.number(quotas);
    }

    fn put(&mut self, id: Id, period: u32, given: Given) {
        self.ids.push((id, period));
        self.standing.push(given);
    }

    fn has_place(&self, given: &Given, period: u32, quotas: &[Quota]) -> bool {
        let at_once = |q: &&Quota| !q.is_at_close() && q.award == given.name && given.reward.is_some();
        let Some(quota) = quotas.iter().find(at_once) else {
            return true;
        };
        let standing = self.ids.iter().zip(&self.standing);
        let taken = standing.filter(|((_, p), g)| *p == period && quota.is_one_race(g, given));
        taken.count() < quota.per_period as usize
    }

    /// Says each award of a quota its place, as the host does: at the close by the order of the race; at once each keeps
    /// the number that it has, and the others get the first that are free.
    fn number(&mut self, quotas: &[Quota]) {
        for quota in quotas {
            for at in 0..self.standing.len() {
                let own = &self.standing[at];
                if own.name != quota.award || own.reward.is_none() {
                    continue;
                }
                let period = self.ids[at].1;
                let all = self.ids.iter().zip(&self.standing);
                let race: Vec<_> = all
                    .filter(|((_, p), g)| *p == period && quota.is_one_race(g, own))
                    .map(|(_, given)| given)
                    .collect();
                let place = if quota.is_at_close() {
                    let before = race.iter().filter(|g| (g.at, &g.to) < (own.at, &own.to));
                    before.count() as u32 + 1
                } else {
                    let is_free = |n: &u32| race.iter().all(|g| g.place() != Some(*n));
                    own.place().or_else(|| (1..).find(is_free)).unwrap_or(1)
                };
                let given = self.standing[at].clone().with_place(Some(place));
                self.standing[at] = given;
            }
        }
    }
}

impl Quota {
    /// Whether two awards compete for the same places, if they are of the same period.
    fn is_one_race(&self, one: &Given, other: &Given) -> bool {
        let competes = |given: &Given| given.name == self.award && given.reward.is_some();
        competes(one) && competes(other) && (!self.is_per_team() || one.team == other.team)
    }
}

/// Who has no place by a quota that is decided at the close: everyone as long as the period is open, then all but the
/// first by event time (at the same time, by subject).
fn left_out_at_close(list: &[(Id, u32, Given)], quotas: &[Quota], open: u32) -> BTreeSet<usize> {
    let mut left_out = BTreeSet::new();
    for quota in quotas.iter().filter(|q| q.is_at_close()) {
        let competes = |place: &usize| list[*place].2.name == quota.award && list[*place].2.reward.is_some();
        let mut race: Vec<usize> = (0..list.len()).filter(competes).collect();
        race.sort_by_key(|place| {
            let (_, period, given) = &list[*place];
            (*period, given.team.as_ref().filter(|_| quota.is_per_team()), given.at, &given.to)
        });
        let is_one =
            |a: &usize, b: &usize| list[*a].1 == list[*b].1 && quota.is_one_race(&list[*a].2, &list[*b].2);
        for race in race.chunk_by(is_one) {
            let places = if list[race[0]].1 < open { quota.per_period as usize } else { 0 };
            left_out.extend(race.iter().skip(places));
        }
    }
    left_out
}
