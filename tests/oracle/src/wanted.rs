//! What a rule asks for, and what was settled, in plain words to compare.

use std::collections::BTreeMap;

use plaudit_core::{
    Millis,
    rule::{Reward, Text, TextValue},
};

/// What makes an award or a praise one and the same. The order is that of those who ask at one time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// The period, or none for ever.
    pub period: Option<String>,
    /// Name.
    pub name: String,
    /// `agent/<id>` or `team/<id>`.
    pub subject: String,
    /// Once, an ordinal, an entity.
    pub key: String,
}

/// A message with its arguments, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Message id.
    pub message: String,
    /// As written.
    pub arguments: BTreeMap<String, String>,
}

impl Said {
    /// A message without arguments.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), arguments: BTreeMap::new() }
    }

    /// One more argument.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.arguments.insert(name.into(), value.to_string());
        self
    }
}

impl From<&Text> for Said {
    fn from(text: &Text) -> Self {
        let shown = |value: &TextValue| match value {
            TextValue::Number(number) => number.to_string(),
            TextValue::Text(text) => text.clone(),
            TextValue::Agent(id) | TextValue::Team(id) => id.to_string(),
            TextValue::Day(day) => day.to_string(),
        };
        let arguments = text.arguments.iter().map(|(name, value)| (name.clone(), shown(value)));
        Self { message: text.message.clone(), arguments: arguments.collect() }
    }
}

/// An award that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Award {
    /// When its reason happened.
    pub time: Millis,
    /// What.
    pub reward: Reward,
    /// Why.
    pub because: Said,
    /// Whose places it competes for, where each team has its own.
    pub team: Option<String>,
}

impl Award {
    /// Units of its currency; 0 for badges and things.
    pub(crate) fn units(&self) -> i64 {
        if let Reward::Points { units, .. } = &self.reward { *units } else { 0 }
    }
}

/// A row of a board.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// 1 is best, 0 is not ranked.
    pub rank: u32,
    /// Whether it has a value and keeps every condition.
    pub qualified: bool,
    /// The ranked value.
    pub value: Option<f64>,
    /// What each column adds up to.
    pub columns: Vec<Option<f64>>,
}

/// Rows by subject.
pub type Board = BTreeMap<String, Row>;

/// A draw as it is asked for: who has how many tickets, who is left out, and what is won.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Draw {
    /// By agent.
    pub(crate) tickets: BTreeMap<String, u64>,
    /// With the reason.
    pub(crate) excluded: BTreeMap<String, String>,
    /// Whether each ticket is a chance.
    pub(crate) weighted: bool,
    /// How many win what, in order.
    pub(crate) prizes: Vec<(u32, String, Award)>,
}

/// Everything that a rule asks for, as things are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Awards.
    pub(crate) awards: BTreeMap<Id, Award>,
    /// Praise: when, and what.
    pub(crate) praise: BTreeMap<Id, (Millis, Said)>,
    /// Boards of closed periods, by period.
    pub(crate) boards: BTreeMap<String, Board>,
    /// Draws of closed periods, by period.
    pub(crate) draws: BTreeMap<String, Draw>,
}

impl Wanted {
    /// Asks for an award; of several times the first one counts.
    pub(crate) fn award(&mut self, id: Id, award: Award) {
        if self.awards.get(&id).is_none_or(|before| award.time < before.time) {
            self.awards.insert(id, award);
        }
    }
}
