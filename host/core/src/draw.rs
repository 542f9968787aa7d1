//! Draws that anyone can check: a sealed list, a seed whose hash was published before, and a selection that fits a page
//! of Python (`examples/verify-draw/check_receipt.py`).
//!
//! Word `i` of a draw is the first 8 bytes, big-endian, of SHA-256(seed ‖ list hash ‖ beacon ‖ i), with `i` as 8 bytes,
//! big-endian, from 0. A number below `n` is `word mod n` of the first word below the largest multiple of `n` that fits
//! 64 bits, so that no entrant is favoured. Each round draws one number below the sum of all tickets left and walks the
//! list, sorted by entrant, to the one it falls to, who leaves with all their tickets. This fixes one order of all
//! entrants ([`Order`]); winners are the first ones in it that are not excluded, in the order of the prizes. Who is
//! disqualified after the draw leaves their place to the next in that order: nothing is ever thrown anew.

mod chance;
mod receipt;
mod redraw;

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

pub use chance::{ChanceReceipt, Tries, Try};
pub use receipt::{LeftOut, Receipt, ReceiptError, Verified};
pub use redraw::Redraw;

use crate::{Id, Millis, hash::hex, limits::DRAW_WINNERS_MAX, rule::DrawMethod};

/// Tickets of one entrant: sums of a million entrants stay within 64 bits.
pub const TICKETS_PER_ENTRANT_MAX: u64 = 1_000_000_000_000;

/// Why something can't take part in a draw.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DrawError {
    /// The list's text form would be ambiguous.
    #[error("the entrant id {entrant:?} is empty or has a tab or a line break in it; use another id")]
    Entrant {
        /// As given.
        entrant: Id,
    },
}

/// Who has how many tickets: everyone on it has at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketList {
    entrants: BTreeMap<Id, u64>,
}

impl TicketList {
    /// Gives an entrant tickets, on top of those they have; at most [`TICKETS_PER_ENTRANT_MAX`] count.
    ///
    /// # Errors
    /// The id has a tab or a line break in it.
    pub fn add(&mut self, entrant: &Id, tickets: u64) -> Result<(), DrawError> {
        if !is_entrant(entrant) {
            return Err(DrawError::Entrant { entrant: entrant.clone() });
        }
        if tickets > 0 {
            let held = self.entrants.entry(entrant.clone()).or_default();
            *held = held.saturating_add(tickets).min(TICKETS_PER_ENTRANT_MAX);
        }
        Ok(())
    }

    /// Entrants and their tickets, sorted by the bytes of the id.
    pub fn iter(&self) -> impl Iterator<Item = (&Id, u64)> {
        self.entrants.iter().map(|(entrant, tickets)| (entrant, *tickets))
    }

    /// Whether somebody has a ticket.
    pub fn holds(&self, entrant: &str) -> bool {
        self.entrants.contains_key(entrant)
    }

    /// Number of entrants.
    pub fn len(&self) -> usize {
        self.entrants.len()
    }

    /// Whether nobody has a ticket.
    pub fn is_empty(&self) -> bool {
        self.entrants.is_empty()
    }

    /// The text that is sealed: a line `entrant TAB tickets LF` each, sorted by the bytes of the id.
    pub fn canonical(&self) -> String {
        self.iter().map(|(entrant, tickets)| format!("{entrant}\t{tickets}\n")).collect()
    }

    /// SHA-256 of [`TicketList::canonical`], lower-case hex: what is published when the list is sealed.
    pub fn list_hash(&self) -> Id {
        hex(&self.digest())
    }

    fn digest(&self) -> [u8; 32] {
        sha256(&[self.canonical().as_bytes()])
    }

    /// Whether every line is one that [`TicketList::add`] could have written.
    fn is_valid(&self) -> bool {
        let is_count = |tickets| (1..=TICKETS_PER_ENTRANT_MAX).contains(&tickets);
        self.iter().all(|(entrant, tickets)| is_entrant(entrant) && is_count(tickets))
    }
}

fn is_entrant(id: &str) -> bool {
    !id.is_empty() && !id.contains(['\t', '\n', '\r'])
}

/// The seed of a draw: HMAC-SHA256 under the draw key of incentive, period and draw, each after its length (4 bytes,
/// big-endian). It follows from its names, so nobody can throw again until they like it.
///
/// # Panics
/// Never: HMAC takes keys of any length.
pub fn seed_for(draw_key: &[u8], incentive: &str, period: &str, draw: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(draw_key).expect("HMAC takes keys of any length");
    for part in [incentive, period, draw] {
        mac.update(&(part.len() as u32).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// SHA-256 of a seed, lower-case hex: what is published when the period opens.
pub fn seed_hash(seed: &[u8; 32]) -> Id {
    hex(&sha256(&[seed]))
}

/// A public random value that nobody in the house could know when the list was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beacon {
    /// `drand`.
    pub source: String,
    /// Hash of the chain, lower-case hex: which of drand's beacons.
    pub chain: Id,
    /// Which of its values.
    pub round: u64,
    /// When the list was sealed, in milliseconds since 1970: before the round.
    pub sealed_at: Millis,
    /// Signature of the round before, lower-case hex; empty where rounds do not build on each other.
    pub previous_signature: Id,
    /// Signature of the chain's nodes over the round, lower-case hex.
    pub signature: Id,
    /// What is mixed in: SHA-256 of the signature, lower-case hex.
    pub value: Id,
}

impl Beacon {
    /// Bytes of the value; `None` if it is not the SHA-256 of the signature.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let signature = unhex(&self.signature).filter(|signature| !signature.is_empty())?;
        unhex(&self.previous_signature)?;
        unhex(&self.value).filter(|value| *value == sha256(&[&signature]))
    }
}

/// Somebody who won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Winner {
    /// Agent or team id.
    pub entrant: Id,
    /// Name of the prize.
    pub prize: String,
    /// Place among the winners, from 0.
    pub index: u32,
}

/// The one order of all entrants: whoever wins, is passed over or moves up, this is where it stands.
#[derive(Debug)]
pub struct Order<'l> {
    words: Words,
    left: Vec<(&'l Id, u64)>,
}

impl<'l> Order<'l> {
    /// The order that follows from a seed, a list and the bytes of a beacon's value (none: empty).
    pub fn new(seed: &[u8; 32], beacon: &[u8], list: &'l TicketList, method: DrawMethod) -> Self {
        let weight = |tickets| match method {
            DrawMethod::Weighted => tickets,
            DrawMethod::Equal => 1,
        };
        let left = list.iter().map(|(entrant, tickets)| (entrant, weight(tickets))).collect();
        Self { words: Words::new(seed, &list.digest(), beacon), left }
    }
}

impl<'l> Iterator for Order<'l> {
    type Item = &'l Id;

    fn next(&mut self) -> Option<&'l Id> {
        (!self.left.is_empty()).then(|| draw_one(&mut self.words, &mut self.left))
    }
}

/// Draws winners: `prizes` are (name, how many of it), in order; `excluded` are passed over. Fewer entrants than prizes
/// leave prizes without a winner, and nobody wins twice. At most [`DRAW_WINNERS_MAX`] win. `beacon` is the bytes of the
/// beacon's value, empty without one.
pub fn select(
    seed: &[u8; 32],
    beacon: &[u8],
    list: &TicketList,
    method: DrawMethod,
    prizes: &[(String, u32)],
    excluded: &BTreeMap<Id, String>,
) -> Vec<Winner> {
    let order = Order::new(seed, beacon, list, method).filter(|entrant| !excluded.contains_key(*entrant));
    let places = prizes.iter().flat_map(|(name, count)| std::iter::repeat_n(name, *count as usize));
    // Places first: an order is costly to go on with when all places are taken.
    let pairs = (0..DRAW_WINNERS_MAX).zip(places).zip(order);
    pairs
        .map(|((index, prize), entrant)| Winner { entrant: entrant.clone(), prize: prize.clone(), index })
        .collect()
}

/// Takes one entrant out of a list that is not empty, each ticket with the same chance.
fn draw_one<'l>(words: &mut Words, left: &mut Vec<(&'l Id, u64)>) -> &'l Id {
    let total = left.iter().fold(0_u64, |sum, (_, tickets)| sum.saturating_add(*tickets));
    walk(left, words.below(total))
}

/// Takes out the entrant whom a ticket belongs to: tickets are numbered from 0 in the order of the list.
fn walk<'l>(left: &mut Vec<(&'l Id, u64)>, mut ticket: u64) -> &'l Id {
    let mut index = 0;
    while index + 1 < left.len() && ticket >= left[index].1 {
        ticket -= left[index].1;
        index += 1;
    }
    left.remove(index).0
}

/// The stream of words of a draw.
#[derive(Debug)]
struct Words {
    prefix: Sha256,
    next: u64,
}

impl Words {
    fn new(seed: &[u8; 32], list_digest: &[u8; 32], beacon: &[u8]) -> Self {
        let prefix = Sha256::new().chain_update(seed).chain_update(list_digest).chain_update(beacon);
        Self { prefix, next: 0 }
    }

    fn word(&mut self) -> u64 {
        let digest = self.prefix.clone().chain_update(self.next.to_be_bytes()).finalize();
        self.next += 1;
        digest.iter().take(8).fold(0, |word, byte| word << 8 | u64::from(*byte))
    }

    /// A number in `0..n`, each with the same chance; `n` is at least 1.
    fn below(&mut self, n: u64) -> u64 {
        let n = n.max(1);
        // 2^64 mod n, without 2^64: that many words at the top would favour the small numbers.
        let over = (u64::MAX % n + 1) % n;
        loop {
            let word = self.word();
            if word <= u64::MAX - over {
                return word % n;
            }
        }
    }
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Sha256::new(), |hasher, part| hasher.chain_update(part)).finalize().into()
}

/// Bytes of lower-case hex; `None` for anything else, so that a text has one reading and a value one text.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}

#[cfg(test)]
mod tests;
