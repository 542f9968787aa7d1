//! Instant wins: a throw that follows from the period's seed and the try's own names, so that folding again never
//! throws again.
//!
//! A *try* is an award that is given with odds of `wins` in `of`. Its number is one below `of`, from the words of
//! SHA-256(seed ‖ SHA-256(name TAB subject TAB key LF) ‖ i), as in a draw; it wins if the number is below `wins`. The
//! seed's hash is published when the period opens, the list of tries when the period is final and nothing can be added
//! to it any more, then the seed: every win can be checked, and every miss.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    ReceiptError, Words, hex,
    receipt::{Lines, expect},
    seed_hash, sha256, unhex,
};
use crate::{Id, award::EffectId};

/// First line of the receipt's text.
const VERSION: &str = "plaudit chances 1";
const PROVES: [&str; 3] = [
    "The seed was fixed when the period opened, if seed_hash is what was published then.",
    "The list of tries was fixed before the seed was revealed, if list_hash is what was published when it was sealed.",
    "Each win and each miss follows from the seed and the names of the try; nobody chose them.",
];
const NOT_PROVEN: [&str; 2] = [
    "That the operator did not know the seed while the period was open.",
    "That the tries were earned, or that none was taken out before the list was sealed.",
];

/// An award that is given with some chance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Try {
    /// Name of the award.
    pub name: Id,
    /// `agent/<id>` or `team/<id>`.
    pub subject: Id,
    /// As the rule chose it: most often the entity of the step.
    pub key: Id,
    /// Wins if its number is below this.
    pub wins: u32,
    /// Its number is below this; at least 1.
    pub of: u32,
}

impl Try {
    /// The try of an award.
    pub fn new(id: &EffectId, wins: u32, of: u32) -> Self {
        Self { name: id.name.clone(), subject: id.subject.to_string().into(), key: id.key.clone(), wins, of }
    }

    /// The number that is thrown: in `0..of`, each with the same chance.
    pub fn number(&self, seed: &[u8; 32]) -> u32 {
        let mut lines = Lines::default();
        lines.add(&[&self.name, &self.subject, &self.key]);
        let mut words = Words::new(seed, &sha256(&[lines.0.as_bytes()]), &[]);
        // Below `of`, which has 32 bits.
        words.below(self.of.into()) as u32
    }

    /// Whether it wins.
    pub fn is_won(&self, seed: &[u8; 32]) -> bool {
        self.number(seed) < self.wins
    }

    /// Its line in the list, without the line feed: name, subject, key, wins and of, with tabs between them.
    fn line(&self) -> String {
        let mut lines = Lines::default();
        lines.add(&[&self.name, &self.subject, &self.key, &self.wins.to_string(), &self.of.to_string()]);
        lines.0.trim_end_matches('\n').to_owned()
    }

    /// A line back; `None` if it is not as [`Try::line`] writes it.
    fn read(line: &str) -> Option<Self> {
        let parts: Vec<Id> =
            line.split('\t').map(|part| unescape(part).map(Id::from)).collect::<Option<_>>()?;
        let [name, subject, key, wins, of] = <[Id; 5]>::try_from(parts).ok()?;
        let read = Self { name, subject, key, wins: wins.parse().ok()?, of: of.parse().ok()? };
        (read.of > 0 && read.wins <= read.of && read.line() == line).then_some(read)
    }
}

/// All tries of a period, sorted by the bytes of their lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tries(BTreeSet<String>);

impl Tries {
    /// Adds one; the same twice is one.
    pub fn add(&mut self, one: &Try) {
        self.0.insert(one.line());
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody tried.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// SHA-256 of all lines, each with a line feed; lower-case hex.
    pub fn list_hash(&self) -> Id {
        let text: String = self.0.iter().flat_map(|line| [line, "\n"]).collect();
        hex(&sha256(&[text.as_bytes()]))
    }
}

/// What is published of the instant wins of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChanceReceipt {
    /// `plaudit chances 1`.
    pub version: String,
    /// Which incentive.
    pub incentive: Id,
    /// Period id.
    pub period: Id,
    /// Name of the chance.
    pub chance: Id,
    /// SHA-256 of the seed, as published when the period opened.
    pub seed_hash: Id,
    /// Every try, won or not.
    pub tries: Tries,
    /// SHA-256 of the list, as published when it was sealed.
    pub list_hash: Id,
    /// Journal block in which the list was sealed.
    pub sealed_block: u64,
    /// The revealed seed, lower-case hex.
    pub seed: Id,
    /// Indexes of the tries that won, from 0, rising.
    pub won: Vec<u32>,
    /// What follows from this receipt.
    pub proves: Vec<String>,
    /// What does not.
    pub does_not_prove: Vec<String>,
    /// SHA-256 of [`ChanceReceipt::canonical`], lower-case hex: covers everything above.
    pub digest: Id,
}

impl ChanceReceipt {
    /// Throws for every try and writes the receipt.
    pub fn new(names: (Id, Id, Id), seed: &[u8; 32], tries: Tries, sealed_block: u64) -> Self {
        let (incentive, period, chance) = names;
        let mut receipt = Self {
            version: VERSION.to_owned(),
            incentive,
            period,
            chance,
            seed_hash: seed_hash(seed),
            list_hash: tries.list_hash(),
            won: won(seed, &tries).unwrap_or_default(),
            tries,
            sealed_block,
            seed: hex(seed),
            proves: PROVES.map(str::to_owned).to_vec(),
            does_not_prove: NOT_PROVEN.map(str::to_owned).to_vec(),
            digest: "".into(),
        };
        receipt.digest = receipt.compute_digest();
        receipt
    }

    /// The document as it is published: the only bytes that [`ChanceReceipt::read`] takes.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).map(|text| text + "\n").unwrap_or_default()
    }

    /// Reads a document as it was published.
    ///
    /// # Errors
    /// It is no receipt, or written in another way than [`ChanceReceipt::text`] writes it.
    pub fn read(text: &str) -> Result<Self, ReceiptError> {
        let receipt: Self = serde_json::from_str(text)
            .map_err(|error| ReceiptError::Unreadable { what: error.to_string() })?;
        ReceiptError::check_form(&receipt.text(), text)?;
        Ok(receipt)
    }

    /// The text that the digest covers, in the form of a draw's receipt; the tries stand in it by their hash.
    pub fn canonical(&self) -> String {
        let mut lines = Lines::default();
        lines.add(&["version", &self.version]);
        lines.add(&["incentive", &self.incentive]);
        lines.add(&["period", &self.period]);
        lines.add(&["chance", &self.chance]);
        lines.add(&["seed-hash", &self.seed_hash]);
        lines.add(&["list-hash", &self.list_hash]);
        lines.add(&["sealed-block", &self.sealed_block.to_string()]);
        lines.add(&["seed", &self.seed]);
        self.won.iter().for_each(|index| lines.add(&["won", &index.to_string()]));
        self.proves.iter().for_each(|sentence| lines.add(&["proves", sentence]));
        self.does_not_prove.iter().for_each(|sentence| lines.add(&["does-not-prove", sentence]));
        lines.0
    }

    fn compute_digest(&self) -> Id {
        hex(&sha256(&[self.canonical().as_bytes()]))
    }

    /// Throws again for every try and compares everything. That the two hashes are the ones that were published is for
    /// the reader to compare.
    ///
    /// # Errors
    /// Names the first part that is malformed or does not follow from the others.
    pub fn verify(&self) -> Result<(), ReceiptError> {
        if self.version != VERSION {
            return Err(ReceiptError::Version { found: self.version.clone() });
        }
        let malformed = |field, value: &str| ReceiptError::Malformed { field, value: value.to_owned() };
        let seed: [u8; 32] = unhex(&self.seed)
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| malformed("seed", &self.seed))?;
        let won = won(&seed, &self.tries).map_err(|line| malformed("tries", &line))?;
        expect("seed hash", &seed_hash(&seed), &self.seed_hash)?;
        expect("list hash", &self.tries.list_hash(), &self.list_hash)?;
        expect("list of wins", &format!("{won:?}"), &format!("{:?}", self.won))?;
        expect("statement", &PROVES.join(" "), &self.proves.join(" "))?;
        expect("statement", &NOT_PROVEN.join(" "), &self.does_not_prove.join(" "))?;
        expect("digest", &self.compute_digest(), &self.digest)
    }

    /// The tries that won, in order.
    pub fn wins(&self) -> Vec<Try> {
        let lines: Vec<&String> = self.tries.0.iter().collect();
        self.won.iter().filter_map(|index| Try::read(lines.get(*index as usize)?)).collect()
    }
}

/// Indexes of the tries that win; the line that can't be read, if there is one.
fn won(seed: &[u8; 32], tries: &Tries) -> Result<Vec<u32>, String> {
    let mut won = Vec::new();
    for (line, index) in tries.0.iter().zip(0..) {
        let one = Try::read(line).ok_or_else(|| line.clone())?;
        if one.is_won(seed) {
            won.push(index);
        }
    }
    Ok(won)
}

fn unescape(part: &str) -> Option<String> {
    let mut out = String::with_capacity(part.len());
    let mut chars = part.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                '\\' => '\\',
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::draw::seed_for;

    fn one(key: &str, wins: u32, of: u32) -> Try {
        Try { name: "lucky".into(), subject: "agent/a1".into(), key: key.into(), wins, of }
    }

    fn seed() -> [u8; 32] {
        seed_for(b"a key that never leaves the house", "friday", "2026-W10", "instant")
    }

    fn receipt() -> ChanceReceipt {
        let mut tries = Tries::default();
        for n in 0..12 {
            tries.add(&one(&format!("contact-{n}"), 1, 4));
        }
        tries.add(&Try { subject: "agent/a2".into(), ..one("contact\t\"7\"\\", 1, 2) });
        tries.add(&one("sure", 5, 5));
        ChanceReceipt::new(("friday".into(), "2026-W10".into(), "instant".into()), &seed(), tries, 77)
    }

    /// The vectors of docs/draws.md.
    #[test]
    fn a_receipt_of_chances_reads_like_this_and_verifies() {
        let receipt = receipt();
        insta::assert_snapshot!(receipt.text());
        receipt.verify().unwrap();
        assert_eq!(ChanceReceipt::read(&receipt.text()), Ok(receipt.clone()));
        assert!(receipt.wins().iter().any(|win| &*win.key == "sure"));
        let numbers: Vec<u32> = (0..5).map(|n| one(&format!("contact-{n}"), 1, 20).number(&seed())).collect();
        assert_eq!(numbers, NUMBERS);
    }

    const NUMBERS: [u32; 5] = [8, 0, 12, 18, 7];

    #[test]
    fn altered_in_any_byte_it_does_not_hold() {
        let text = receipt().text();
        for place in 0..text.len() {
            let original = text.as_bytes()[place];
            for byte in
                [original ^ 1, original ^ 0x20, original.wrapping_add(1), b' ', b'0', b'"', b'\\', 0xff]
            {
                let mut bytes = text.clone().into_bytes();
                bytes[place] = byte;
                let Ok(altered) = String::from_utf8(bytes) else { continue };
                let holds = ChanceReceipt::read(&altered).is_ok_and(|r| r.verify().is_ok());
                assert_eq!(
                    holds,
                    byte == original,
                    "byte {place}, {:?} to {:?}",
                    original as char,
                    byte as char
                );
            }
        }
    }

    #[test]
    fn what_never_wins_and_what_always_wins_do_so_whatever_the_seed() {
        for n in 0..200_u32 {
            let seed = sha256(&[&n.to_be_bytes()]);
            assert!(
                !one("x", 0, 7).is_won(&seed) && one("x", 7, 7).is_won(&seed) && one("x", 1, 1).is_won(&seed)
            );
        }
    }

    #[test]
    fn wins_come_as_often_as_the_odds_say() {
        // Keys are fixed, so these numbers are too; expected are 1000 of 20,000, with a deviation of 31.
        let won = (0..20_000).filter(|n| one(&n.to_string(), 1, 20).is_won(&seed())).count();
        assert!((900..1100).contains(&won), "{won}");
        let mut numbers = BTreeMap::<u32, u32>::new();
        (0..7_000).for_each(|n| *numbers.entry(one(&n.to_string(), 1, 7).number(&seed())).or_default() += 1);
        assert!(
            numbers.len() == 7 && numbers.values().all(|count| (850..1150).contains(count)),
            "{numbers:?}"
        );
    }

    proptest! {
        /// A line has one reading, and odds that are better keep what worse ones of the same numbers had won.
        #[test]
        fn lines_come_back(name in ".{1,8}", key in ".{0,12}", wins in 0_u32..9, more in 0_u32..9) {
            let of = wins + more + 1;
            let one = Try { name: name.into(), subject: "team/é".into(), key: key.into(), wins, of };
            prop_assert_eq!(Try::read(&one.line()), Some(one.clone()));
            let better = Try { wins: wins + more, ..one.clone() };
            prop_assert!(!one.is_won(&[3; 32]) || better.is_won(&[3; 32]));
        }
    }
}
