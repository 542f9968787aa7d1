//! The journal: the total order of everything that can change an outcome.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Id, Millis,
    award::{Standing, Status},
    draw::Beacon,
    event::{Event, Subject},
    incentive::{Cost, Incentive, Period},
    kudos::{self, Kudos},
    metric::MetricDefinition,
    price::Price,
    reserve::Line,
    roster::RosterChange,
    rule::{DrawSpec, Fault},
};

/// Place of an entry: block number and index in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Block number, from 1.
    pub block: u64,
    /// Index in the block.
    pub index: u32,
}

/// A block: what was received together. Its number and its receive time are the tick of the house.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// From 1, without gaps.
    pub number: u64,
    /// Receive time; never smaller than the one before.
    pub at: Millis,
    /// In order.
    pub entries: Vec<Entry>,
}

/// The version of a fact that an event replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Where it stands.
    pub position: Position,
    /// Whom it spoke of.
    pub subject: Subject,
    /// When it was.
    pub time: Millis,
}

/// One entry. Variants are stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Entry {
    /// A fact, or a new version of one.
    Event {
        /// What was said.
        event: Event,
        /// The version that held until now, when this one supersedes it.
        replaces: Option<Replaced>,
        /// Whether a later version had already come: this one changes nothing.
        stale: bool,
    },
    /// A structural change of the roster; names are not in it.
    Roster(RosterChange),
    /// A new version of a metric.
    Metric(MetricDefinition),
    /// A plugin became known.
    Plugin {
        /// SHA-256 of the component, lower-case hex.
        digest: Id,
        /// From its manifest.
        name: Id,
        /// From its manifest.
        version: Id,
    },
    /// An incentive was enabled or changed; its allotment has been checked and is reserved by this entry.
    Incentive(Incentive),
    /// A manager's decision on an incentive.
    Decision {
        /// Which one.
        incentive: Id,
        /// What was decided.
        decision: Decision,
        /// Who, by token name or account.
        actor: Id,
    },
    /// A period of an incentive begins, with the hashes of its draws' seeds.
    PeriodOpened {
        /// Which one.
        incentive: Id,
        /// Its UTC bounds as opened.
        period: Period,
        /// SHA-256 of each draw's seed, lower-case hex, by the draw's name.
        seed_hashes: BTreeMap<Id, Id>,
    },
    /// A draw's ticket list is fixed; published before its seed.
    TicketsSealed {
        /// Which incentive.
        incentive: Id,
        /// Period id.
        period: Id,
        /// Draw name.
        draw: Id,
        /// Entrants with their tickets, as they stood.
        tickets: BTreeMap<Id, u64>,
        /// SHA-256 of the canonical ticket list, lower-case hex.
        list_hash: Id,
        /// Method, prizes and exclusions.
        spec: DrawSpec,
    },
    /// A draw's seed is revealed.
    SeedRevealed {
        /// Which incentive.
        incentive: Id,
        /// Period id.
        period: Id,
        /// Draw name.
        draw: Id,
        /// 32 bytes, lower-case hex.
        seed: Id,
    },
    /// A rule failed; the incentive pauses before this block position.
    Fault {
        /// Which incentive.
        incentive: Id,
        /// The key, if it came down to one.
        key: Option<Id>,
        /// What happened.
        fault: Fault,
    },
    /// A budget was created or topped up.
    Budget {
        /// Budget id.
        budget: Id,
        /// Such as `points`.
        currency: Id,
        /// Whole units added, > 0.
        units: i64,
        /// Who.
        actor: Id,
    },
    /// Time passed and something is due.
    Tick,
    /// A prize of the catalogue was described, and its stock adjusted.
    Prize {
        /// What it is now.
        prize: Prize,
        /// Pieces that came (> 0) or left (< 0); 0 if only the description changed.
        pieces: i64,
        /// Who.
        actor: Id,
        /// Why, in their words.
        reason: String,
    },
    /// Who enabled or changed an incentive; stands beside the version, and keeps them from approving its awards.
    Enabled {
        /// Which one.
        incentive: Id,
        /// Who, by token name or account.
        actor: Id,
        /// The agent that the actor is, if that is known.
        agent: Option<Id>,
    },
    /// What an incentive does not need goes back: it has ended and is final, or another version asks for less. Proposed
    /// by its task, which alone knows what is spent.
    Released {
        /// Which one.
        incentive: Id,
        /// Block of the version that the task had; another one in between makes this void.
        version: u64,
        /// What stays reserved, line by line, from which source.
        lines: Vec<Line>,
    },
    /// The tries for instant wins of a final period; published before their seed.
    ChancesSealed {
        /// Which incentive.
        incentive: Id,
        /// Period id.
        period: Id,
        /// Name of the chance.
        chance: Id,
        /// How many tries.
        tries: u64,
        /// SHA-256 of the list of tries, lower-case hex.
        list_hash: Id,
    },
    /// The draws of a period will use a beacon: the first round that is due `margin_ms` after the settle delay and after
    /// the list is sealed. Published when the period opens.
    BeaconPromised {
        /// Which incentive.
        incentive: Id,
        /// Period id.
        period: Id,
        /// Hash of the chain, lower-case hex.
        chain: Id,
        /// In milliseconds.
        margin_ms: i64,
    },
    /// A beacon's value has come; its signature was verified.
    BeaconRevealed {
        /// Which incentive.
        incentive: Id,
        /// Period id.
        period: Id,
        /// Draw name.
        draw: Id,
        /// Round, signature and value.
        beacon: Beacon,
    },
    /// Somebody says thanks to somebody. The giver's monthly limit was checked; what they wrote themselves is not in it.
    Kudos(Kudos),
    /// Something was said about thanks that were given.
    KudosDecided {
        /// Which ones.
        id: Id,
        /// What was said.
        act: kudos::Act,
        /// Who, by token name or account.
        actor: Id,
    },
}

/// A prize of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prize {
    /// Lower-case letters, digits, dashes.
    pub id: Id,
    /// Shown to people.
    pub title: String,
    /// Value of a piece on the payroll, which awards take out of the allotment.
    pub cost: Option<Cost>,
}

/// What a manager can decide. Variants are stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Decision {
    /// Stop calling the rule; facts wait.
    Pause,
    /// Go on from where it stopped.
    Resume,
    /// The window ends now.
    End,
    /// Leave this event out, for this incentive.
    LeaveOut(Position),
    /// This subject takes no part in draws and awards from now on.
    Disqualify {
        /// Agent or team id.
        subject: Id,
        /// Shown to them.
        reason: String,
    },
    /// This subject takes no part in one draw. Once the draw was held, their place goes to the next in the same order.
    DisqualifyFromDraw {
        /// Period id.
        period: Id,
        /// Draw name.
        draw: Id,
        /// Agent or team id.
        subject: Id,
        /// Shown to them, and on the receipt.
        reason: String,
    },
    /// A draw goes on without the beacon that was promised; the receipt says so.
    DrawWithoutBeacon {
        /// Period id.
        period: Id,
        /// Draw name.
        draw: Id,
        /// Shown on the receipt.
        reason: String,
    },
    /// Who enabled, changed or rolled back the incentive by the entry before this one.
    Enable {
        /// Number of the version that it went back to, if it did.
        back_to: Option<u32>,
    },
    /// What came after a period was final counts nevertheless: exactly these differences are booked. A long list comes
    /// as several entries of one block.
    Adjust {
        /// Which final period.
        period: Id,
        /// Digest of the whole difference, as the manager saw it.
        digest: Id,
        /// Block of the adjustment before, 0 if there was none: the difference was computed from what stood then.
        after: u64,
        /// Which part of the list this is, from 0.
        part: u32,
        /// The differences.
        changes: Vec<Adjusted>,
    },
    /// What came after a period was final stays uncounted.
    LeaveAsItIs {
        /// Which final period.
        period: Id,
        /// Digest of the difference, as the manager saw it.
        digest: Id,
    },
    /// A proposed award may be given.
    Approve {
        /// Digest of its id.
        award: Id,
        /// What it may cost by currency, at most.
        up_to: BTreeMap<Id, i64>,
    },
    /// An award must not be given.
    Refuse {
        /// Digest of its id.
        award: Id,
        /// Shown to them.
        reason: String,
    },
}

/// An award of a final period as it is to stand, and what moves for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjusted {
    /// How it stood; nothing if it was never given.
    pub was: Option<Status>,
    /// How it stands from now on.
    pub standing: Standing,
    /// What moves out of the allotment for it (negative: back).
    pub moved: Price,
}
