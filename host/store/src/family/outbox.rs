//! The outbox: messages that a commit wants told. A row leaves it when its deliveries are planned, in one batch.

use plaudit_core::{
    Id, Millis,
    event::Subject,
    kudos::Giver,
    rule::{Reward, Text, Tone},
};
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By incentive and number within it.
#[derive(Debug)]
pub enum Outbox {}

impl Family for Outbox {
    const TAG: u8 = tags::OUTBOX;
    const NAME: &'static str = "outbox";
    type Key = (String, u64);
    type Value = Message;
}

/// Something to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// `msg_` and a digest: never changes over retries and restarts; the `webhook-id`.
    pub id: Id,
    /// Event time of what it is about.
    pub time: Millis,
    /// Block at whose end it was settled, and that block's time.
    pub block: u64,
    /// Time of that block.
    pub at: Millis,
    /// Its incentive.
    pub incentive: Id,
    /// Digest of the plugin whose texts it uses.
    pub plugin: Id,
    /// Whom it is for.
    pub to: Recipient,
    /// What it says.
    pub body: Body,
}

/// Whom a message is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recipient {
    /// One agent or team: private channels.
    Subject(Subject),
    /// Everyone who follows the incentive: the room, the feed, webhooks.
    Room,
}

/// What a message says. Stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// An award was granted.
    Granted {
        /// Digest of the effect's id.
        effect: Id,
        /// What.
        reward: Reward,
        /// Why.
        because: Text,
    },
    /// A granted award changed; `units` is the difference in points (0 otherwise).
    Changed {
        /// Digest of the effect's id.
        effect: Id,
        /// What it is now.
        reward: Reward,
        /// Why.
        because: Text,
        /// Difference in points.
        units: i64,
        /// Whether the subject wants to be told, if the first message went out.
        tell: bool,
    },
    /// A granted award was taken back: the facts changed.
    Reversed {
        /// Digest of the effect's id.
        effect: Id,
        /// What it was.
        reward: Reward,
        /// Why it had been given.
        because: Text,
        /// Whether the subject wants to be told, if the first message went out.
        tell: bool,
    },
    /// An award is withheld.
    Withheld {
        /// Digest of the effect's id.
        effect: Id,
        /// What it would be.
        reward: Reward,
        /// `allotment`, `quota`, `disqualified` or `stock`.
        reason: String,
    },
    /// Praise.
    Praise {
        /// Digest of the effect's id.
        effect: Id,
        /// Its tone.
        tone: Tone,
        /// What is said.
        text: Text,
    },
    /// A period closed: the first rows of its boards.
    Closed {
        /// Period id.
        period: Id,
        /// Best rows of the first board.
        podium: Vec<Row>,
    },
    /// A draw's tickets are sealed.
    DrawSealed {
        /// Period id.
        period: Id,
        /// Draw name.
        draw: Id,
        /// SHA-256 of the ticket list.
        list_hash: Id,
    },
    /// A draw was held.
    DrawHeld {
        /// Period id.
        period: Id,
        /// Draw name.
        draw: Id,
        /// Winners in the order drawn, with what they won.
        winners: Vec<(Subject, Reward)>,
    },
    /// The incentive is paused by a fault of its rule.
    Paused {
        /// What happened.
        fault: String,
    },
    /// A place of a draw became free and was drawn again. Who lost it is not told to a room.
    DrawnAgain {
        /// Period id.
        period: Id,
        /// Draw name.
        draw: Id,
        /// Of the appendix of the receipt, from 1.
        number: u32,
        /// Who has the place now, with what they won; `None` if nobody was left.
        winner: Option<(Subject, Reward)>,
    },
    /// A period is final: nothing changes it any more by itself.
    Final {
        /// Period id.
        period: Id,
    },
    /// An award waits for somebody's approval. Only machines hear of it: people are told when it is decided.
    Proposed {
        /// Digest of the effect's id.
        effect: Id,
        /// What it would be.
        reward: Reward,
        /// Why.
        because: Text,
    },
    /// Somebody approved an award; that it is granted is a message of its own. Only machines hear of it.
    Approved {
        /// Digest of the effect's id.
        effect: Id,
        /// What.
        reward: Reward,
        /// Who.
        by: Id,
    },
    /// Somebody refused an award.
    Refused {
        /// Digest of the effect's id.
        effect: Id,
        /// What it would have been.
        reward: Reward,
        /// Who.
        by: Id,
        /// Their reason.
        reason: String,
    },
    /// Somebody says thanks. It belongs to no incentive.
    Kudos {
        /// Its id, by which a text of the giver's own is found when it is said.
        kudos: Id,
        /// Who says it.
        from: Giver,
        /// The name of ready-made words; nothing if the giver wrote something.
        words: Option<Id>,
    },
}

/// A row of a board, for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// 1 is best.
    pub rank: u32,
    /// Agent or team.
    pub subject: Subject,
    /// The ranked value.
    pub value: f64,
}
