//! The order of a key's steps. Nothing in it depends on arrival.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis, event::Event};

/// What happens first at equal times. Timers of the state fire before all of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Turn {
    /// The key leaves the audience: what happens at that instant is no longer its own.
    Left,
    /// The key joins the audience.
    Entered,
    /// An event.
    Event,
}

/// Where a step stands among the steps of its key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StepOrder {
    /// Event time.
    pub time: Millis,
    /// Left before entered before events.
    pub turn: Turn,
    /// The event's source; empty for others.
    pub source: Id,
    /// The event's entity or id; empty for others.
    pub name: Id,
    /// The event's kind: one entity may be spoken of by facts of several kinds at one time.
    pub kind: Id,
}

impl StepOrder {
    /// Where an event stands.
    pub fn of(event: &Event) -> Self {
        Self {
            time: event.time,
            turn: Turn::Event,
            source: event.source.clone(),
            name: event.fact_name().clone(),
            kind: event.kind.clone(),
        }
    }

    /// Where joining or leaving stands; `member` is the agent, for keys that several agents share.
    pub fn membership(time: Millis, turn: Turn, member: Id) -> Self {
        Self { time, turn, source: "".into(), name: member, kind: "".into() }
    }
}
