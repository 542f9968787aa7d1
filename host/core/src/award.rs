//! Awards and messages: what is settled, by stable ids.

use serde::{Deserialize, Serialize};

use crate::{
    Id, Millis,
    event::Subject,
    rule::{Reward, Text, Tone},
};

/// What kind of effect an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EffectKind {
    /// An award.
    Award,
    /// Praise.
    Praise,
}

/// The stable id of an effect: folding again finds the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EffectId {
    /// The incentive.
    pub incentive: Id,
    /// The period of its origin's time, or `None` for ever.
    pub period: Option<Id>,
    /// Award or praise.
    pub kind: EffectKind,
    /// As the rule named it.
    pub name: Id,
    /// Who gets it.
    pub subject: Subject,
    /// As the rule chose it.
    pub key: Id,
}

impl EffectId {
    /// A short, stable, URL-safe digest: the id that receivers see.
    pub fn digest(&self) -> Id {
        crate::hash::short_digest("effect", self)
    }
}

/// What an effect says. Two contents are compared by value: a difference is one entry for the difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// Something to have.
    Award {
        /// What.
        reward: Reward,
        /// Why.
        because: Text,
    },
    /// Something to hear.
    Praise {
        /// How.
        tone: Tone,
        /// What is said.
        text: Text,
    },
}

/// Where an award stands in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Paid and told.
    Granted,
    /// Not given, with the reason.
    Withheld(Withheld),
    /// Taken back: the facts changed.
    Reversed,
}

/// Why an award is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// The allotment does not suffice.
    Allotment,
    /// The quota is used up.
    Quota,
    /// The subject was disqualified.
    Disqualified,
}

/// A settled effect as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Its id.
    pub id: EffectId,
    /// Time of its origin.
    pub time: Millis,
    /// What it says now.
    pub content: Content,
    /// Where it stands.
    pub status: Status,
    /// Block at whose end it was first settled.
    pub since_block: u64,
    /// Units paid so far in the reward's currency; what a reversal takes back.
    pub paid: i64,
    /// How often it was settled: part of the ids of its messages.
    pub revision: u32,
}
