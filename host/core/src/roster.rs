//! The roster: who was in which team, with which terms, *when*. Names and addresses are elsewhere.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis};

/// A structural change. Variants are stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RosterChange {
    /// A site is new or replaced.
    Site(Site),
    /// A team is new or replaced.
    Team(Team),
    /// An agent is new or replaced, with their whole history.
    Agent(Agent),
}

/// A place of work with its calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Chosen by the operator.
    pub id: Id,
    /// IANA zone.
    pub zone: chrono_tz::Tz,
    /// Days nobody works, as days since 1970-01-01, rising.
    pub holidays: Vec<i32>,
}

/// A team of a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Team {
    /// Chosen by the operator.
    pub id: Id,
    /// Its site.
    pub site: Id,
    /// Queues whose events reach this team.
    pub queues: Vec<Id>,
}

/// An agent by opaque id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// Opaque id.
    pub id: Id,
    /// Days since 1970-01-01.
    pub hired_day: Option<i32>,
    /// Own zone of somebody who works elsewhere; otherwise the site's.
    pub zone: Option<chrono_tz::Tz>,
    /// Terms with their validity, by `from`, rising. Each holds until the next.
    pub stints: Vec<Stint>,
}

/// Terms of work from an instant on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stint {
    /// First instant.
    pub from: Millis,
    /// `None`: in no team, not working here.
    pub team: Option<Id>,
    /// Share of full time, (0, 1].
    pub share: f32,
    /// Bit 0 is Monday, bit 6 is Sunday.
    pub workdays: u8,
}
