//! Who has to be asked before something large is given, and what they said.

use std::collections::BTreeMap;

use crate::{Id, award::EffectId, incentive::Approval, price::Price};

/// What somebody said about an award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be given.
    Approved {
        /// Who said so.
        by: Id,
        /// What it may cost, by currency: what was seen when it was approved.
        up_to: BTreeMap<Id, i64>,
    },
    /// It must not be given, whatever it is worth, until somebody approves it.
    Refused {
        /// Who said so.
        by: Id,
        /// In their words.
        reason: String,
    },
}

/// The rules of an incentive and what was said so far, by the digest of the award's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approvals {
    /// Above these amounts somebody is asked.
    pub rules: Vec<Approval>,
    said: BTreeMap<Id, Verdict>,
}

impl Approvals {
    /// Takes in what somebody said; the last word counts.
    pub fn hear(&mut self, award: Id, verdict: Verdict) {
        self.said.insert(award, verdict);
    }

    /// Whether somebody has to be asked before this price is paid.
    pub(super) fn wants(&self, id: &EffectId, price: &Price) -> bool {
        if self.rules.is_empty() {
            return false;
        }
        let amounts = price.by_unit();
        let of = |currency: &Id| amounts.get(currency).copied().unwrap_or(0);
        if !self.rules.iter().any(|rule| of(&rule.currency) > rule.above) {
            return false;
        }
        match self.said.get(&id.digest()) {
            Some(Verdict::Approved { up_to, .. }) => {
                amounts.iter().any(|(unit, units)| *units > up_to.get(unit).copied().unwrap_or(0))
            }
            _ => true,
        }
    }

    /// Who refused an award, and why.
    pub(super) fn refusal(&self, id: &EffectId) -> Option<(&Id, &str)> {
        match self.verdict(id)? {
            Verdict::Refused { by, reason } => Some((by, reason)),
            Verdict::Approved { .. } => None,
        }
    }

    /// Who approved an award.
    pub(super) fn approver(&self, id: &EffectId) -> Option<&Id> {
        match self.verdict(id)? {
            Verdict::Approved { by, .. } => Some(by),
            Verdict::Refused { .. } => None,
        }
    }

    fn verdict(&self, id: &EffectId) -> Option<&Verdict> {
        // A digest costs more than a look whether there is anything to find.
        if self.said.is_empty() { None } else { self.said.get(&id.digest()) }
    }
}
