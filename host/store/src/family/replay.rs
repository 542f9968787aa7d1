//! Answers to requests that carried an `Idempotency-Key`, until they expire: the same request again gets the same answer.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By a keyed hash of who asked and of their key, lower-case hex: neither can be read from it.
#[derive(Debug)]
pub enum Replays {}

impl Family for Replays {
    const TAG: u8 = tags::REPLAY;
    const NAME: &'static str = "replays";
    type Key = String;
    type Value = Replay;
}

/// A request and what came of it. Never with a secret in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Keyed hash of the request.
    pub request: [u8; 32],
    /// First instant at which it is forgotten, by the machine's clock.
    pub until: Millis,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a request. Stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was begun. Where nobody works on it any more, nobody knows.
    Begun,
    /// It was answered.
    Answered {
        /// HTTP status.
        status: u16,
        /// Content type, if there was a body.
        media: Option<String>,
        /// `Location`, if there was one.
        location: Option<String>,
        /// The body.
        body: Vec<u8>,
    },
    /// It was done, and its answer is not kept: it was told once, or is too large, or spoke of somebody who was erased.
    NotKept {
        /// HTTP status.
        status: u16,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Batch, Store,
        family::{get, put},
        memory::MemoryStore,
    };

    #[test]
    fn an_answer_comes_back_as_it_was() {
        let outcomes = [
            Outcome::Begun,
            Outcome::Answered { status: 201, media: None, location: Some("/v1/x".into()), body: vec![1, 2] },
            Outcome::NotKept { status: 201 },
        ];
        for outcome in outcomes {
            let replay = Replay { request: [7; 32], until: 9, outcome };
            let store = MemoryStore::default();
            let mut batch = Batch::default();
            put::<Replays>(&mut batch, &"00ff".to_owned(), &replay);
            store.apply(batch).unwrap();
            assert_eq!(get::<Replays>(&store, &"00ff".to_owned()).unwrap(), Some(replay));
        }
    }
}
