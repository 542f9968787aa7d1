//! Receipts: everything that is needed to draw again, in one document.

use std::{collections::BTreeMap, fmt::Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Beacon, TicketList, Winner, hex, seed_hash, select, sha256, unhex};
use crate::{Id, rule::DrawMethod};

/// First line of a receipt's text.
const VERSION: &str = "plaudit receipt 1";
const WITHOUT_BEACON: &str =
    "This draw trusts the operator not to have known the seed before the list was sealed.";
const WITH_BEACON: &str = "This draw trusts that nobody knew the beacon's value before the list was sealed.";

/// What is published of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// `plaudit receipt 1`.
    pub version: String,
    /// Which incentive.
    pub incentive: Id,
    /// Period id.
    pub period: Id,
    /// Draw name.
    pub draw: Id,
    /// How tickets count.
    pub method: DrawMethod,
    /// SHA-256 of the seed, as published when the period opened.
    pub seed_hash: Id,
    /// The sealed list.
    pub list: TicketList,
    /// SHA-256 of the list's text, as published when it was sealed.
    pub list_hash: Id,
    /// Journal block in which the list was sealed.
    pub sealed_block: u64,
    /// The revealed seed, lower-case hex.
    pub seed: Id,
    /// The public random value, if one was promised.
    pub beacon: Option<Beacon>,
    /// (name, how many of it), in the order in which they are drawn.
    pub prizes: Vec<(String, u32)>,
    /// Entrants that were passed over, with the reason.
    pub excluded: BTreeMap<Id, String>,
    /// In order.
    pub winners: Vec<Winner>,
    /// What this receipt does not rule out.
    pub statement: String,
    /// SHA-256 of [`Receipt::canonical`], lower-case hex: covers every line above.
    pub digest: Id,
}

/// What a verified receipt shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Entrants on the list.
    pub entrants: usize,
    /// Winners, as drawn again.
    pub winners: Vec<Winner>,
    /// Whether a public random value took part.
    pub has_beacon: bool,
}

/// Why a receipt does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Another format.
    #[error("this is {found:?}, not {VERSION:?}; check it with the release that wrote it")]
    Version {
        /// As given.
        found: String,
    },
    /// A field that can't be what it says.
    #[error("the receipt's {field} is malformed: {value:?}; ask for the receipt again")]
    Malformed {
        /// Which field.
        field: &'static str,
        /// As given.
        value: String,
    },
    /// A hash or a result is another one than stated.
    #[error(
        "the receipt's {field} should be {expected:?} and is {found:?}: something was altered; don't trust it"
    )]
    Mismatch {
        /// Which field.
        field: &'static str,
        /// As computed.
        expected: String,
        /// As stated.
        found: String,
    },
}

impl Receipt {
    /// Holds a draw and writes its receipt.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a line of the document, and all are needed at once"
    )]
    pub fn draw(
        names: (Id, Id, Id),
        method: DrawMethod,
        seed: &[u8; 32],
        beacon: Option<Beacon>,
        list: TicketList,
        sealed_block: u64,
        prizes: Vec<(String, u32)>,
        excluded: BTreeMap<Id, String>,
    ) -> Self {
        let (incentive, period, draw) = names;
        let winners = select(seed, beacon.as_ref(), &list, method, &prizes, &excluded);
        let mut receipt = Self {
            version: VERSION.to_owned(),
            incentive,
            period,
            draw,
            method,
            seed_hash: seed_hash(seed),
            list_hash: list.list_hash(),
            list,
            sealed_block,
            seed: hex(seed),
            statement: statement(beacon.is_some()).to_owned(),
            beacon,
            prizes,
            excluded,
            winners,
            digest: "".into(),
        };
        receipt.digest = receipt.compute_digest();
        receipt
    }

    /// The text that the digest covers: a line `name TAB value …` for each part, in a fixed order; tabs, line breaks
    /// and backslashes in values are escaped as in JSON.
    pub fn canonical(&self) -> String {
        let method = match self.method {
            DrawMethod::Weighted => "weighted",
            DrawMethod::Equal => "equal",
        };
        let mut text = String::new();
        let mut line = |parts: &[&str]| {
            let parts: Vec<String> = parts.iter().map(|part| escape(part)).collect();
            let _ = writeln!(text, "{}", parts.join("\t"));
        };
        line(&["version", &self.version]);
        line(&["incentive", &self.incentive]);
        line(&["period", &self.period]);
        line(&["draw", &self.draw]);
        line(&["method", method]);
        line(&["seed-hash", &self.seed_hash]);
        line(&["list-hash", &self.list_hash]);
        line(&["sealed-block", &self.sealed_block.to_string()]);
        line(&["seed", &self.seed]);
        if let Some(beacon) = &self.beacon {
            line(&["beacon", &beacon.source, &beacon.round.to_string(), &beacon.value]);
        }
        for (name, count) in &self.prizes {
            line(&["prize", name, &count.to_string()]);
        }
        for (entrant, reason) in &self.excluded {
            line(&["excluded", entrant, reason]);
        }
        for winner in &self.winners {
            line(&["winner", &winner.index.to_string(), &winner.entrant, &winner.prize]);
        }
        line(&["statement", &self.statement]);
        text
    }

    fn compute_digest(&self) -> Id {
        hex(&sha256(&[self.canonical().as_bytes()]))
    }

    /// Draws again and compares everything. That the two hashes are the ones published at opening and at the seal, and
    /// the digest the one published at the draw, is for the reader to compare.
    ///
    /// # Errors
    /// Names the first part that is malformed or does not follow from the others.
    pub fn verify(&self) -> Result<Verified, ReceiptError> {
        if self.version != VERSION {
            return Err(ReceiptError::Version { found: self.version.clone() });
        }
        let malformed = |field, value: &str| ReceiptError::Malformed { field, value: value.to_owned() };
        let seed: [u8; 32] = unhex(&self.seed)
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| malformed("seed", &self.seed))?;
        if let Some(beacon) = self.beacon.as_ref().filter(|b| b.bytes().is_none_or(|bytes| bytes.is_empty()))
        {
            return Err(malformed("beacon", &beacon.value));
        }
        if !self.list.is_valid() {
            return Err(malformed("list", "an entrant without a name or with a wrong number of tickets"));
        }
        let winners =
            select(&seed, self.beacon.as_ref(), &self.list, self.method, &self.prizes, &self.excluded);
        expect("seed hash", &seed_hash(&seed), &self.seed_hash)?;
        expect("list hash", &self.list.list_hash(), &self.list_hash)?;
        expect("winners", &names(&winners), &names(&self.winners))?;
        expect("statement", statement(self.beacon.is_some()), &self.statement)?;
        expect("digest", &self.compute_digest(), &self.digest)?;
        Ok(Verified { entrants: self.list.len(), winners, has_beacon: self.beacon.is_some() })
    }
}

fn statement(has_beacon: bool) -> &'static str {
    if has_beacon { WITH_BEACON } else { WITHOUT_BEACON }
}

fn expect(field: &'static str, expected: &str, found: &str) -> Result<(), ReceiptError> {
    if expected == found {
        return Ok(());
    }
    Err(ReceiptError::Mismatch { field, expected: expected.to_owned(), found: found.to_owned() })
}

fn names(winners: &[Winner]) -> String {
    let name = |w: &Winner| format!("{}: {:?} wins {:?}", w.index, w.entrant, w.prize);
    winners.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}
