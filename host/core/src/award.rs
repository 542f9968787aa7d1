//! Awards and messages: what is settled, by stable ids.

use serde::{Deserialize, Serialize};

use crate::{
    Id, Millis,
    event::Subject,
    price::Price,
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AwardStatus))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Paid and told.
    Granted,
    /// Not given, with the reason.
    Withheld(Withheld),
    /// Taken back: the facts changed.
    Reversed,
    /// Its price is held until somebody approves or refuses it.
    Proposed,
}

/// Why an award is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// The allotment does not suffice.
    Allotment,
    /// The quota is used up.
    Quota,
    /// The subject was disqualified.
    Disqualified,
    /// No piece of the prize is left of those set aside for the incentive.
    Stock,
    /// Somebody refused it.
    Refused,
    /// Who came first is decided when the period closes.
    Undecided,
}

impl Withheld {
    /// Whether it is tried again when money, pieces or places come.
    pub fn waits(self) -> bool {
        matches!(self, Withheld::Allotment | Withheld::Quota | Withheld::Stock)
    }

    /// `allotment`, `quota`, `disqualified`, `stock`, `refused` or `undecided`.
    pub fn word(self) -> &'static str {
        match self {
            Withheld::Allotment => "allotment",
            Withheld::Quota => "quota",
            Withheld::Disqualified => "disqualified",
            Withheld::Stock => "stock",
            Withheld::Refused => "refused",
            Withheld::Undecided => "undecided",
        }
    }
}

/// Steps that an award keeps: the first one and the latest of the others. One that flaps more often has a fault elsewhere.
pub const STEPS_MAX: usize = 32;

/// One step of an award's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Block at whose end it happened; its time is the step's.
    pub block: u64,
    /// What happened.
    pub what: StepKind,
}

/// What happens to awards. Stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepKind {
    /// The rule asked for it, and it was paid.
    Granted,
    /// It waits for approval.
    Proposed,
    /// Somebody approved it, and it was paid.
    Approved {
        /// Who.
        by: Id,
    },
    /// It is something else now, or of another time.
    Changed {
        /// Since when the difference.
        why: Cause,
    },
    /// Not given.
    Withheld {
        /// Why.
        why: Withheld,
        /// In whose words, for what somebody decided.
        reason: String,
        /// Who decided.
        by: Option<Id>,
    },
    /// Taken back.
    Reversed {
        /// Why.
        why: Cause,
    },
}

/// Why what is asked for is no longer the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The facts, the roster or the clock.
    #[default]
    Corrected,
    /// Another version of the incentive.
    Version,
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
    /// What was paid so far; what a reversal takes back.
    pub paid: Price,
    /// How often it was settled: part of the ids of its messages.
    pub revision: u32,
    /// What is held back of the allotment while it is proposed.
    pub held: Price,
    /// Its life, at most [`STEPS_MAX`].
    pub steps: Vec<Step>,
    /// The team whose places it competes for, where each team has its own.
    pub team: Option<Id>,
}

impl Standing {
    /// Adds a step to its life.
    pub fn note(&mut self, block: u64, what: StepKind) {
        if self.steps.len() >= STEPS_MAX {
            self.steps.remove(1);
        }
        self.steps.push(Step { block, what });
    }

    /// The latest step.
    pub fn last_step(&self) -> Option<&StepKind> {
        self.steps.last().map(|step| &step.what)
    }
}
