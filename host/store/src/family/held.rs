//! Messages of incentives that ask for it wait here until their time is behind the watermark.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, outbox::Message, tags};

/// By incentive and the number that the message has in the outbox.
#[derive(Debug)]
pub enum Held {}

impl Family for Held {
    const TAG: u8 = tags::HELD;
    const NAME: &'static str = "held";
    type Key = (String, u64);
    type Value = HeldMessage;
}

/// A message that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldMessage {
    /// The watermark at which it may go.
    pub from: Millis,
    /// What is to be told then.
    pub message: Message,
}
