//! The appendix of a receipt: who was disqualified after the draw, and who took their place.
//!
//! The place goes to the next one in the order of all entrants who has not won and is not excluded. Nobody else's prize
//! changes: what was told stays true. Nothing is thrown anew.

use serde::{Deserialize, Serialize};

use super::{
    Order, Receipt, ReceiptError, Winner, hex,
    receipt::{Lines, expect},
    sha256,
};
use crate::Id;

/// A disqualification after the draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redraw {
    /// From 1.
    pub number: u32,
    /// Who was disqualified.
    pub excluded: Id,
    /// Why.
    pub reason: String,
    /// Journal block of the decision.
    pub block: u64,
    /// The place that became free, from 0; `None` if they had won nothing, and will not move up either.
    pub place: Option<u32>,
    /// Who has it now; `None` if nobody is left.
    pub replaced_by: Option<Id>,
    /// Digest of the item before; the receipt's for the first one.
    pub previous: Id,
    /// SHA-256 of the item's text, lower-case hex.
    pub digest: Id,
}

impl Redraw {
    /// The text that the digest covers, in the form of [`Receipt::canonical`].
    pub fn canonical(&self) -> String {
        let mut lines = Lines::default();
        lines.add(&["redraw", &self.number.to_string()]);
        lines.add(&["excluded", &self.excluded, &self.reason]);
        lines.add(&["block", &self.block.to_string()]);
        if let Some(place) = self.place {
            lines.add(&["place", &place.to_string()]);
        }
        if let Some(entrant) = &self.replaced_by {
            lines.add(&["replaced-by", entrant]);
        }
        lines.add(&["previous", &self.previous]);
        lines.0
    }

    fn compute_digest(&self) -> Id {
        hex(&sha256(&[self.canonical().as_bytes()]))
    }
}

impl Receipt {
    /// Disqualifies an entrant after the draw and writes it into the appendix. Nothing happens if they are not on the
    /// list or are excluded already.
    pub fn disqualify(&mut self, entrant: &Id, reason: String, block: u64) -> Option<&Redraw> {
        let item = self.next_item(&self.appendix, entrant, reason, block)?;
        self.appendix.push(item);
        self.appendix.last()
    }

    /// Winners as they stand after the appendix, by place. A place that nobody took over is not in it.
    pub fn winners_now(&self) -> Vec<Winner> {
        self.winners_after(&self.appendix)
    }

    fn winners_after(&self, appendix: &[Redraw]) -> Vec<Winner> {
        let mut winners = self.winners.clone();
        for item in appendix.iter().filter(|item| item.place.is_some()) {
            let Some(at) = winners.iter().position(|w| Some(w.index) == item.place) else { continue };
            match &item.replaced_by {
                Some(entrant) => winners[at].entrant = entrant.clone(),
                None => drop(winners.remove(at)),
            }
        }
        winners
    }

    fn next_item(&self, before: &[Redraw], entrant: &Id, reason: String, block: u64) -> Option<Redraw> {
        let is_excluded =
            |id: &Id| self.excluded.contains_key(id) || before.iter().any(|item| item.excluded == *id);
        let is_listed = self.list.iter().any(|(id, _)| id == entrant);
        if !is_listed || is_excluded(entrant) {
            return None;
        }
        let winners = self.winners_after(before);
        let place = winners.iter().find(|w| w.entrant == *entrant).map(|w| w.index);
        let replaced_by = place.and_then(|_| {
            let beacon = self.beacon_bytes();
            let mut order = Order::new(&self.seed_bytes()?, &beacon, &self.list, self.method);
            let is_free = |id: &&Id| !is_excluded(id) && winners.iter().all(|w| w.entrant != **id);
            order.find(is_free).cloned()
        });
        let mut item = Redraw {
            number: before.len() as u32 + 1,
            excluded: entrant.clone(),
            reason,
            block,
            place,
            replaced_by,
            previous: before.last().map_or(&self.digest, |item| &item.digest).clone(),
            digest: "".into(),
        };
        item.digest = item.compute_digest();
        Some(item)
    }

    /// Draws each free place again; the winners as they stand.
    pub(super) fn verify_appendix(&self) -> Result<Vec<Winner>, ReceiptError> {
        for (index, item) in self.appendix.iter().enumerate() {
            let before = &self.appendix[..index];
            let Some(expected) = self.next_item(before, &item.excluded, item.reason.clone(), item.block)
            else {
                let value = item.excluded.to_string();
                return Err(ReceiptError::Malformed { field: "appendix", value });
            };
            expect("appendix", &expected.canonical(), &item.canonical())?;
            expect("appendix digest", &expected.digest, &item.digest)?;
        }
        Ok(self.winners_now())
    }
}
