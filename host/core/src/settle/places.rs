//! Which place of a quota an award has: the host's `$place` in its text.
//!
//! Places are numbered from 1 in each lane: an award's name, a period and, where each team has places of its own, a team.
//! Where places are given at once, a number stays with its owner, and one that comes free goes to the next in line: what
//! was told stays true. Where they are given at the close, the number is that of the race, so that a correction may change
//! it until the period is final.

use std::collections::BTreeMap;

use super::{Book, Contribution, waits};
use crate::{
    Id,
    award::{Content, EffectId, EffectKind, Standing, Status, Withheld},
    rule::{Decided, Quota, QuotaPer, Text, TextValue},
};

/// Name of the argument that says which place an award of a quota has, 0 while it has none. It is the host's, whatever
/// the rule says.
const PLACE: &str = "place";

/// Award name, period and team.
pub(super) type Lane = (Id, Option<Id>, Option<Id>);

/// Numbers of the places that are taken in a lane, with how many have each: those that were given before there was a
/// quota have number 0, and lanes that were put together have some twice.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(BTreeMap<u32, u32>);

impl Taken {
    pub(super) fn len(&self) -> u32 {
        self.0.values().sum()
    }

    fn note(&mut self, place: u32, is_so: bool) {
        let count = self.0.entry(place).or_default();
        *count = if is_so { *count + 1 } else { count.saturating_sub(1) };
        if *count == 0 {
            self.0.remove(&place);
        }
    }

    /// The place that somebody had, if nobody else has it, or else the first that is free.
    fn free(&self, had: Option<u32>) -> u32 {
        let is_free = |place: &u32| *place > 0 && !self.0.contains_key(place);
        had.filter(is_free).or_else(|| (1..).find(is_free)).unwrap_or(1)
    }
}

/// The place that a content says.
pub(super) fn place_of(content: &Content) -> Option<u32> {
    let Content::Award { because, .. } = content else { return None };
    because.arguments.iter().find_map(|(name, value)| match value {
        TextValue::Number(place) if name == PLACE => Some(*place as u32),
        _ => None,
    })
}

/// The same content with this place.
fn placed(content: Content, place: u32) -> Content {
    let Content::Award { reward, because } = content else { return content };
    let Text { message, mut arguments } = because;
    arguments.retain(|(name, _)| name != PLACE);
    arguments.push((PLACE.to_owned(), TextValue::Number(place.into())));
    Content::Award { reward, because: Text { message, arguments } }
}

/// Whether two contents are the same but for the place of a quota, which is the host's to say.
pub fn is_same_award(one: &Content, other: &Content) -> bool {
    one == other || placed(one.clone(), 0) == placed(other.clone(), 0)
}

impl Book {
    pub(super) fn quota_of(&self, id: &EffectId) -> Option<&Quota> {
        self.quotas.get(&id.name).filter(|_| id.kind == EffectKind::Award)
    }

    pub(super) fn lane(&self, id: &EffectId, team: Option<&Id>) -> Lane {
        let is_per_team = self.quota_of(id).is_some_and(|quota| quota.per == QuotaPer::Team);
        (id.name.clone(), id.period.clone(), team.filter(|_| is_per_team).cloned())
    }

    pub(super) fn lane_of(&self, row: &Standing) -> Lane {
        self.lane(&row.id, row.team.as_ref())
    }

    /// Whether a row is what is wanted, but for its place, which is not the rule's to say.
    pub fn is_wanted(&self, row: &Standing, wanted: &Contribution) -> bool {
        let says_the_same = if self.quota_of(&row.id).is_some() {
            is_same_award(&row.content, &wanted.content)
        } else {
            row.content == wanted.content
        };
        says_the_same && row.time == wanted.time && row.team == wanted.team
    }

    /// Whether a granted row still has the place that it says.
    pub(super) fn keeps_number(&self, row: &Standing) -> bool {
        let said = place_of(&row.content);
        match self.quota_of(&row.id).map(|quota| quota.decided) {
            None => true,
            Some(Decided::AtOnce) => said.is_some_and(|place| place > 0),
            Some(Decided::AtClose) => self.place_in_race(row).or(said) == said,
        }
    }

    /// What a row says, with its place; `had` is the place that it had before.
    pub(super) fn numbered(&self, row: &Standing, had: Option<u32>) -> Content {
        let content = row.content.clone();
        let Some(quota) = self.quota_of(&row.id) else { return content };
        let place = match (&row.status, quota.decided) {
            (Status::Granted | Status::Proposed, Decided::AtOnce) => {
                self.used.get(&self.lane_of(row)).map_or_else(|| Taken::default().free(had), |t| t.free(had))
            }
            (
                Status::Granted | Status::Proposed | Status::Withheld(Withheld::Allotment | Withheld::Stock),
                Decided::AtClose,
            ) => self.place_in_race(row).or(had).unwrap_or(0),
            _ => 0,
        };
        placed(content, place)
    }

    /// Takes a row's place, or gives it back.
    pub(super) fn count(&mut self, row: &Standing, is_so: bool) {
        let Some(quota) = self.quota_of(&row.id) else { return };
        if quota.decided == Decided::AtClose {
            self.place(row, is_so);
        } else if matches!(row.status, Status::Granted | Status::Proposed) {
            let lane = self.lane_of(row);
            self.used.entry(lane).or_default().note(place_of(&row.content).unwrap_or(0), is_so);
        }
    }

    /// Why there is no place for an award, if there is none.
    pub(super) fn has_no_place(&self, row: &Standing, has_place: bool) -> Option<Withheld> {
        let quota = self.quota_of(&row.id)?;
        match quota.decided {
            Decided::AtOnce if has_place => None,
            Decided::AtOnce => {
                let taken = self.used.get(&self.lane_of(row)).map_or(0, Taken::len);
                (taken >= quota.per_period).then_some(Withheld::Quota)
            }
            Decided::AtClose => self.is_beaten(row, quota.per_period),
        }
    }

    /// Whether this very award waits already.
    pub(super) fn waits_for(&self, id: &EffectId, wanted: &Contribution) -> bool {
        self.standing.get(id).is_some_and(|row| waits(row) && self.is_wanted(row, wanted))
    }
}
