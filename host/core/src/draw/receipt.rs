//! Receipts: everything that is needed to draw again, in one document.
//!
//! A receipt has one text, [`Receipt::text`]: JSON with the fields in the order of the struct, indented by two, and a
//! line feed at the end. [`Receipt::read`] takes nothing else, so that there is no byte that could be another one.

use std::{collections::BTreeMap, fmt::Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Beacon, Redraw, TicketList, Winner, hex, seed_hash, select, sha256, unhex};
use crate::{Id, rule::DrawMethod};

/// First line of a receipt's text.
const VERSION: &str = "plaudit receipt 1";

const PROVES: [&str; 3] = [
    "The seed was fixed when the period opened, if seed_hash is what was published then.",
    "The list was fixed before the seed was revealed, if list_hash is what was published when it was sealed.",
    "The winners follow from the seed, the list, the prizes and the exclusions; nobody chose them.",
];
const PROVES_WITH_BEACON: &str = "Whoever knew the seed could not know the winners when the list was sealed, if the beacon's signature holds.";
const NOT_PROVEN: [&str; 2] =
    ["That the tickets were earned.", "That an exclusion or a disqualification was just."];
const NOT_PROVEN_WITHOUT_BEACON: &str = "That the operator did not know the seed before the list was sealed.";
const NOT_PROVEN_WITH_BEACON: &str =
    "That the beacon's nodes did not know its value before the list was sealed.";

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
    /// Why a beacon that had been promised took no part.
    pub beacon_left_out: Option<LeftOut>,
    /// (name, how many of it), in the order in which they are drawn.
    pub prizes: Vec<(String, u32)>,
    /// Entrants that were passed over, with the reason.
    pub excluded: BTreeMap<Id, String>,
    /// In order, as drawn.
    pub winners: Vec<Winner>,
    /// What follows from this receipt.
    pub proves: Vec<String>,
    /// What does not.
    pub does_not_prove: Vec<String>,
    /// SHA-256 of [`Receipt::canonical`], lower-case hex: covers everything above.
    pub digest: Id,
    /// Who was disqualified after the draw, and who took their place: each item is chained to the one before, the first
    /// one to `digest`. Without the appendix this is the receipt as it was published first.
    pub appendix: Vec<Redraw>,
}

/// A decision to draw without a promised beacon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// Who decided.
    pub actor: Id,
    /// Why.
    pub reason: String,
}

/// What a verified receipt shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Entrants on the list.
    pub entrants: usize,
    /// Winners as they stand after the appendix.
    pub winners: Vec<Winner>,
    /// Whether a public random value took part.
    pub has_beacon: bool,
}

/// Why a receipt does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Not the JSON of a receipt.
    #[error("this is no receipt: {what}; take it as the server gives it")]
    Unreadable {
        /// What the parser says.
        what: String,
    },
    /// The same content in other bytes.
    #[error(
        "byte {at} of the receipt is not as a receipt is written: it was altered or written anew; take it as the server gives it"
    )]
    Form {
        /// First byte that differs, from 0.
        at: usize,
    },
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

impl ReceiptError {
    /// Whether a document has the bytes that it has to have.
    pub(super) fn check_form(expected: &str, found: &str) -> Result<(), Self> {
        let same = expected.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
        if expected == found { Ok(()) } else { Err(Self::Form { at: same }) }
    }
}

impl Receipt {
    /// Holds a draw and writes its receipt. A beacon whose value is not the SHA-256 of its signature counts as none, and
    /// [`Receipt::verify`] refuses it.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a line of the document, and all are needed at once"
    )]
    pub fn draw(
        names: (Id, Id, Id),
        method: DrawMethod,
        seed: &[u8; 32],
        beacon: Result<Beacon, Option<LeftOut>>,
        list: TicketList,
        sealed_block: u64,
        prizes: Vec<(String, u32)>,
        excluded: BTreeMap<Id, String>,
    ) -> Self {
        let (incentive, period, draw) = names;
        let (beacon, beacon_left_out) = match beacon {
            Ok(beacon) => (Some(beacon), None),
            Err(left_out) => (None, left_out),
        };
        let bytes = beacon.as_ref().and_then(Beacon::bytes).unwrap_or_default();
        let winners = select(seed, &bytes, &list, method, &prizes, &excluded);
        let (proves, does_not_prove) = statements(beacon.is_some());
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
            beacon,
            beacon_left_out,
            prizes,
            excluded,
            winners,
            proves,
            does_not_prove,
            digest: "".into(),
            appendix: Vec::new(),
        };
        receipt.digest = receipt.compute_digest();
        receipt
    }

    /// The document as it is published: the only bytes that [`Receipt::read`] takes.
    pub fn text(&self) -> String {
        // Plain fields and maps with text keys: there is nothing that JSON could not say.
        serde_json::to_string_pretty(self).map(|text| text + "\n").unwrap_or_default()
    }

    /// Reads a document as it was published.
    ///
    /// # Errors
    /// It is no receipt, or written in another way than [`Receipt::text`] writes it.
    pub fn read(text: &str) -> Result<Self, ReceiptError> {
        let receipt: Self = serde_json::from_str(text)
            .map_err(|error| ReceiptError::Unreadable { what: error.to_string() })?;
        ReceiptError::check_form(&receipt.text(), text)?;
        Ok(receipt)
    }

    /// The text that the digest covers: a line `name TAB value …` for each part, in a fixed order; tabs, line breaks
    /// and backslashes in values are escaped as in JSON.
    pub fn canonical(&self) -> String {
        let method = match self.method {
            DrawMethod::Weighted => "weighted",
            DrawMethod::Equal => "equal",
        };
        let mut lines = Lines::default();
        lines.add(&["version", &self.version]);
        lines.add(&["incentive", &self.incentive]);
        lines.add(&["period", &self.period]);
        lines.add(&["draw", &self.draw]);
        lines.add(&["method", method]);
        lines.add(&["seed-hash", &self.seed_hash]);
        lines.add(&["list-hash", &self.list_hash]);
        lines.add(&["sealed-block", &self.sealed_block.to_string()]);
        lines.add(&["seed", &self.seed]);
        if let Some(b) = &self.beacon {
            let (round, at) = (b.round.to_string(), b.sealed_at.to_string());
            lines.add(&[
                "beacon",
                &b.source,
                &b.chain,
                &round,
                &at,
                &b.previous_signature,
                &b.signature,
                &b.value,
            ]);
        }
        if let Some(left_out) = &self.beacon_left_out {
            lines.add(&["beacon-left-out", &left_out.actor, &left_out.reason]);
        }
        for (name, count) in &self.prizes {
            lines.add(&["prize", name, &count.to_string()]);
        }
        for (entrant, reason) in &self.excluded {
            lines.add(&["excluded", entrant, reason]);
        }
        for winner in &self.winners {
            lines.add(&["winner", &winner.index.to_string(), &winner.entrant, &winner.prize]);
        }
        self.proves.iter().for_each(|sentence| lines.add(&["proves", sentence]));
        self.does_not_prove.iter().for_each(|sentence| lines.add(&["does-not-prove", sentence]));
        lines.0
    }

    fn compute_digest(&self) -> Id {
        hex(&sha256(&[self.canonical().as_bytes()]))
    }

    /// Draws again and compares everything. That the two hashes are the ones published at opening and at the seal, and
    /// the digest the one published at the draw, is for the reader to compare; so is the beacon's signature.
    ///
    /// # Errors
    /// Names the first part that is malformed or does not follow from the others.
    pub fn verify(&self) -> Result<Verified, ReceiptError> {
        if self.version != VERSION {
            return Err(ReceiptError::Version { found: self.version.clone() });
        }
        let malformed = |field, value: &str| ReceiptError::Malformed { field, value: value.to_owned() };
        let seed = self.seed_bytes().ok_or_else(|| malformed("seed", &self.seed))?;
        if let Some(beacon) = self.beacon.as_ref().filter(|beacon| beacon.bytes().is_none()) {
            return Err(malformed("beacon", &beacon.value));
        }
        if self.beacon.is_some() && self.beacon_left_out.is_some() {
            return Err(malformed("beacon", "both there and left out"));
        }
        if !self.list.is_valid() {
            return Err(malformed("list", "an entrant without a name or with a wrong number of tickets"));
        }
        let winners =
            select(&seed, &self.beacon_bytes(), &self.list, self.method, &self.prizes, &self.excluded);
        let (proves, does_not_prove) = statements(self.beacon.is_some());
        expect("seed hash", &seed_hash(&seed), &self.seed_hash)?;
        expect("list hash", &self.list.list_hash(), &self.list_hash)?;
        expect("winners", &names(&winners), &names(&self.winners))?;
        expect("statement", &proves.join(" "), &self.proves.join(" "))?;
        expect("statement", &does_not_prove.join(" "), &self.does_not_prove.join(" "))?;
        expect("digest", &self.compute_digest(), &self.digest)?;
        let winners = self.verify_appendix()?;
        Ok(Verified { entrants: self.list.len(), winners, has_beacon: self.beacon.is_some() })
    }

    pub(super) fn seed_bytes(&self) -> Option<[u8; 32]> {
        unhex(&self.seed)?.try_into().ok()
    }

    pub(super) fn beacon_bytes(&self) -> Vec<u8> {
        self.beacon.as_ref().and_then(Beacon::bytes).unwrap_or_default()
    }
}

/// What a receipt proves, and what not.
fn statements(has_beacon: bool) -> (Vec<String>, Vec<String>) {
    let mut proves = PROVES.to_vec();
    if has_beacon {
        proves.push(PROVES_WITH_BEACON);
    }
    let of_seed = if has_beacon { NOT_PROVEN_WITH_BEACON } else { NOT_PROVEN_WITHOUT_BEACON };
    let not_proven = std::iter::once(of_seed).chain(NOT_PROVEN);
    (proves.into_iter().map(str::to_owned).collect(), not_proven.map(str::to_owned).collect())
}

/// Lines of a text that a digest covers.
#[derive(Default)]
pub(super) struct Lines(pub(super) String);

impl Lines {
    pub(super) fn add(&mut self, parts: &[&str]) {
        let parts: Vec<String> = parts.iter().map(|part| escape(part)).collect();
        let _ = writeln!(self.0, "{}", parts.join("\t"));
    }
}

pub(super) fn expect(field: &'static str, expected: &str, found: &str) -> Result<(), ReceiptError> {
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
