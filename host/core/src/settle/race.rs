//! Places that are given when a period closes, to those whose events happened first.
//!
//! Everyone who is asked for and not refused or disqualified competes. Once the period has closed, the first ones by
//! (time, id) have the places, whatever arrived first; a correction moves a place until the period is final. A place
//! stays with its owner also while the money does not suffice: it is not passed on for want of money.

use std::collections::BTreeSet;

use super::{Book, Desired, place_of};
use crate::{
    Millis,
    award::{EffectId, EffectKind, Standing, Status, Withheld},
    rule::Decided,
};

type Ranked = BTreeSet<(Millis, EffectId)>;

/// The race for the places of an award in a period.
#[derive(Clone, Debug, Default)]
pub(super) struct Race {
    /// Everyone who competes, in order.
    members: Ranked,
    /// Who has a place by now.
    placed: Ranked,
    /// Who is told to wait for the close.
    undecided: Ranked,
}

/// Who has to be settled anew, in order.
#[derive(Default)]
pub(super) struct Moves {
    /// Who loses a place.
    pub(super) lost: Ranked,
    /// Who gains one, and whose waiting is over.
    pub(super) gained: Ranked,
}

fn key(row: &Standing) -> (Millis, EffectId) {
    (row.time, row.id.clone())
}

impl Book {
    fn races_for(&self, id: &EffectId) -> bool {
        id.kind == EffectKind::Award
            && self.quotas.get(&id.name).is_some_and(|quota| quota.decided == Decided::AtClose)
    }

    fn race_of(&mut self, row: &Standing) -> Option<&mut Race> {
        let lane = self.lane_of(row);
        self.races.get_mut(&lane)
    }

    /// A row that stands competes.
    pub(super) fn enter(&mut self, row: &Standing) {
        let is_out = matches!(
            row.status,
            Status::Reversed | Status::Withheld(Withheld::Disqualified | Withheld::Refused)
        );
        if self.races_for(&row.id) && !is_out {
            let lane = self.lane_of(row);
            self.races.entry(lane).or_default().members.insert(key(row));
        }
    }

    /// A row that stands does not compete any more.
    pub(super) fn leave(&mut self, row: &Standing) {
        if let Some(race) = self.race_of(row) {
            race.members.remove(&key(row));
        }
    }

    /// Whoever is asked for competes with the time that is asked for; nobody else does.
    pub(super) fn compete(&mut self, id: &EffectId, desired: &Desired) {
        if !self.races_for(id) {
            return;
        }
        if let Some(row) = self.standing.get(id).cloned() {
            self.leave(&row);
        }
        let wanted = desired.wanted(id).or_else(|| self.kept.get(id));
        let is_out = self.disqualified.contains_key(&id.subject.id) || self.approvals.refusal(id).is_some();
        if let Some((time, team)) =
            wanted.filter(|_| !is_out).map(|wanted| (wanted.time, wanted.team.clone()))
        {
            let lane = self.lane(id, team.as_ref());
            self.races.entry(lane).or_default().members.insert((time, id.clone()));
        }
    }

    /// Compares the places as they are with those who came first.
    pub(super) fn moved_places(&self) -> Moves {
        let mut moves = Moves::default();
        for ((name, ..), race) in &self.races {
            let Some(quota) = self.quotas.get(name) else { continue };
            let decided = race.members.iter().take_while(|(time, _)| *time < self.decided_through);
            let first: BTreeSet<_> = decided.take(quota.per_period as usize).collect();
            let is_open = |id: &EffectId| !self.is_final(id);
            let lost = race.placed.iter().filter(|placed| !first.contains(placed) && is_open(&placed.1));
            moves.lost.extend(lost.cloned());
            let says = |(_, id): &(Millis, EffectId)| place_of(&self.standing.get(id)?.content);
            let is_settled = |(place, member): &(u32, &(Millis, EffectId))| {
                race.placed.contains(*member) && says(member) == Some(*place)
            };
            let gained = (1..).zip(first).filter(|numbered| !is_settled(numbered)).map(|(_, member)| member);
            moves.gained.extend(gained.filter(|member| is_open(&member.1)).cloned());
            let closed = race.undecided.iter().take_while(|(time, _)| *time < self.decided_through);
            moves.gained.extend(closed.cloned());
        }
        moves
    }

    /// Why a row has no place in its race, if it has none.
    pub(super) fn is_beaten(&self, row: &Standing, places: u32) -> Option<Withheld> {
        if self.kept.contains_key(&row.id) {
            return None; // Its period is final, and its place its own.
        }
        if row.time >= self.decided_through {
            return Some(Withheld::Undecided);
        }
        let race = self.races.get(&self.lane_of(row));
        let own = key(row);
        let is_first = race.is_some_and(|race| race.members.iter().take(places as usize).any(|m| *m == own));
        (!is_first).then_some(Withheld::Quota)
    }

    /// Which place a row has in its race, as far as that is known.
    pub(super) fn place_in_race(&self, row: &Standing) -> Option<u32> {
        let own = key(row);
        let race = self.races.get(&self.lane_of(row))?;
        (1..).zip(&race.members).find(|(_, member)| **member == own).map(|(place, _)| place)
    }

    /// Whether a granted row is still among the first.
    pub(super) fn keeps_place(&self, row: &Standing) -> bool {
        let quota = self.quotas.get(&row.id.name).filter(|_| self.races_for(&row.id));
        quota.is_none_or(|quota| self.is_beaten(row, quota.per_period).is_none())
    }

    /// Notes that a row has a place or waits for the close, or that this is over.
    pub(super) fn place(&mut self, row: &Standing, is_so: bool) {
        let Some(race) = self.race_of(row) else { return };
        let kept = match row.status {
            Status::Granted | Status::Proposed | Status::Withheld(Withheld::Allotment | Withheld::Stock) => {
                &mut race.placed
            }
            Status::Withheld(Withheld::Undecided) => &mut race.undecided,
            Status::Reversed
            | Status::Withheld(Withheld::Quota | Withheld::Disqualified | Withheld::Refused) => return,
        };
        if is_so {
            kept.insert(key(row))
        } else {
            kept.remove(&key(row))
        };
    }
}
