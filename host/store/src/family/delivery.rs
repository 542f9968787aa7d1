//! Deliveries: messages on their way to one target. Names and addresses are not in them: they are rendered and looked
//! up at each attempt.

use plaudit_core::{Id, Millis};
use serde::{Deserialize, Serialize};

use super::{Family, outbox::Message, tags};

/// By rising number.
#[derive(Debug)]
pub enum Deliveries {}

impl Family for Deliveries {
    const TAG: u8 = tags::DELIVERY;
    const NAME: &'static str = "deliveries";
    const VERSION: u8 = 2;
    type Key = u64;
    type Value = Delivery;

    fn decode(version: u8, bytes: &[u8]) -> Option<Delivery> {
        match version {
            1 => whole::<Before>(bytes).map(Delivery::from),
            2 => whole(bytes),
            _ => None,
        }
    }
}

fn whole<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Some(value),
        _ => None,
    }
}

/// Version 1: before anything waited for quiet hours.
#[derive(Serialize, Deserialize)]
struct Before {
    target: Target,
    messages: Vec<Message>,
    state: State,
    created: Millis,
    attempts: u32,
    next_at: Millis,
    first_attempt: Option<Millis>,
    last_attempt: Option<Millis>,
    last_error: Option<String>,
    maybe_told: bool,
}

impl From<Before> for Delivery {
    fn from(before: Before) -> Self {
        Self {
            target: before.target,
            messages: before.messages,
            state: before.state,
            created: before.created,
            attempts: before.attempts,
            next_at: before.next_at,
            first_attempt: before.first_attempt,
            last_attempt: before.last_attempt,
            last_error: before.last_error,
            maybe_told: before.maybe_told,
            waited_until: None,
        }
    }
}

/// Messages to one target; they are fixed before the first attempt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// Where to.
    pub target: Target,
    /// At least one, in the order settled.
    pub messages: Vec<Message>,
    /// Where it stands.
    pub state: State,
    /// When it was planned, by the machine's clock, as all times here.
    pub created: Millis,
    /// Tries so far.
    pub attempts: u32,
    /// When to try next, while pending.
    pub next_at: Millis,
    /// First try.
    pub first_attempt: Option<Millis>,
    /// Latest try.
    pub last_attempt: Option<Millis>,
    /// What went wrong last, or why it is not sent; without addresses.
    pub last_error: Option<String>,
    /// Whether a try may have arrived without our knowing: it is no longer taken back in silence.
    pub maybe_told: bool,
    /// By the *house's* clock: until when it waits for quiet hours to end; or until when it waited, once it does no more.
    pub waited_until: Option<Millis>,
}

/// A channel and who is at its end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// A webhook endpoint.
    Webhook(Id),
    /// An agent, by chat.
    Chat(Id),
    /// A room, by its configured name.
    Room(Id),
    /// An agent, by mail.
    Mail(Id),
    /// An agent who can't be reached.
    Nowhere(Id),
}

impl Target {
    /// `webhook`, `chat`, `room`, `mail` or `nowhere`.
    pub fn channel(&self) -> &'static str {
        match self {
            Self::Webhook(_) => "webhook",
            Self::Chat(_) => "chat",
            Self::Room(_) => "room",
            Self::Mail(_) => "mail",
            Self::Nowhere(_) => "nowhere",
        }
    }

    /// Endpoint, agent or room.
    pub fn id(&self) -> &Id {
        match self {
            Self::Webhook(id) | Self::Chat(id) | Self::Room(id) | Self::Mail(id) | Self::Nowhere(id) => id,
        }
    }
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DeliveryState))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// To be sent, or sent again.
    Pending,
    /// Accepted at the other end.
    Sent,
    /// Taken back before it was told.
    Cancelled,
    /// Given up; can be sent again by hand.
    Dead,
    /// The agent has no channel.
    NoChannel,
    /// Waits for the end of somebody's quiet hours. Nobody was told: it is pending again, durably, before it is tried.
    Waiting,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Batch, Store,
        family::{
            Key, key,
            outbox::{Body, Recipient},
            value,
        },
        family::{get, put},
        memory::MemoryStore,
    };

    fn message() -> Message {
        Message {
            id: "msg_1".into(),
            time: 1,
            block: 2,
            at: 3,
            incentive: "daily".into(),
            plugin: "d".into(),
            to: Recipient::Room,
            body: Body::Paused { fault: "f".into() },
        }
    }

    proptest! {
        #[test]
        fn a_delivery_comes_back_as_it_was(number: u64, attempts: u32, at: i64, told: bool, channel in 0..5_usize) {
            let id: Id = "x".into();
            let target = [Target::Webhook, Target::Chat, Target::Room, Target::Mail, Target::Nowhere][channel](id);
            let delivery = Delivery {
                target,
                messages: vec![message()],
                state: State::Dead,
                created: at,
                attempts,
                next_at: at,
                first_attempt: Some(at),
                last_attempt: None,
                last_error: Some("e".into()),
                maybe_told: told,
                waited_until: told.then_some(at),
            };
            let (store, mut batch) = (MemoryStore::default(), Batch::default());
            put::<Deliveries>(&mut batch, &number, &delivery);
            store.apply(batch).unwrap();
            prop_assert_eq!(get::<Deliveries>(&store, &number).unwrap(), Some(delivery.clone()));
            prop_assert_eq!(u64::read(&key::<Deliveries>(&number)[1..]), Some(number));
            let mut bytes = value::<Deliveries>(&delivery);
            bytes.push(0);
            prop_assert!(Deliveries::decode(2, &bytes[1..]).is_none(), "a longer value is refused");
            let Delivery { target, messages, state, .. } = delivery.clone();
            let before = Before {
                target,
                messages,
                state,
                created: at,
                attempts,
                next_at: at,
                first_attempt: Some(at),
                last_attempt: None,
                last_error: Some("e".into()),
                maybe_told: told,
            };
            let old = postcard::to_stdvec(&before).unwrap();
            let read = Deliveries::decode(1, &old);
            prop_assert_eq!(read, Some(Delivery { waited_until: None, ..delivery }), "as it was stored before");
        }
    }
}
