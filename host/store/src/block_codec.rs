//! A block as bytes: a version byte, a checksum, and a body in which each distinct name is said once.
//!
//! Body: postcard of [`Packed`]. Layouts are for ever: a new one gets a new version byte.

use std::{borrow::Cow, collections::HashMap};

use plaudit_core::{
    Id, Millis,
    event::{Event, Subject, SubjectKind, Value},
    journal::{Block, Entry, Position, Replaced},
    limits::{BLOCK_EVENTS_MAX, EVENT_BYTES_MAX},
};
use serde::{Deserialize, Serialize};

const VERSION: u8 = 1;
const CHECKSUM_BYTES: usize = 8;
const HEADER_BYTES: usize = 1 + CHECKSUM_BYTES;

/// Largest encoded block, in bytes.
pub const BLOCK_BYTES_MAX: usize = BLOCK_EVENTS_MAX * EVENT_BYTES_MAX;

/// Why bytes are no block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoBlock {
    /// Shorter than its header, or larger than any block.
    #[error("{0} bytes are no size of a block")]
    Size(usize),
    /// Written by a later version.
    #[error("it has layout {0}, which this version of Plaudit does not know")]
    Version(u8),
    /// Bytes were changed.
    #[error("its checksum is wrong")]
    Checksum,
    /// The checksum is right, the content is not.
    #[error("its content has no meaning")]
    Content,
}

/// Encodes a block.
///
/// # Errors
/// The size in bytes, if it is larger than [`BLOCK_BYTES_MAX`].
pub fn encode(block: &Block) -> Result<Vec<u8>, usize> {
    let mut words = Words::default();
    let entries = block.entries.iter().map(|entry| words.pack(block, entry)).collect();
    let packed = Packed { number: block.number, at: block.at, words: words.list, entries };
    // Nothing in a block is of a kind that postcard can't write.
    let mut out = postcard::to_extend(&packed, vec![0; HEADER_BYTES]).unwrap_or_default();
    if out.len() > BLOCK_BYTES_MAX {
        return Err(out.len());
    }
    let checksum = checksum(&out[HEADER_BYTES..]);
    out[0] = VERSION;
    out[1..HEADER_BYTES].copy_from_slice(&checksum);
    Ok(out)
}

/// Reads [`encode`]'s bytes. Equal names share one allocation.
///
/// # Errors
/// See [`NoBlock`].
pub fn decode(bytes: &[u8]) -> Result<Block, NoBlock> {
    if bytes.len() < HEADER_BYTES || bytes.len() > BLOCK_BYTES_MAX {
        return Err(NoBlock::Size(bytes.len()));
    }
    let (header, body) = bytes.split_at(HEADER_BYTES);
    if header[0] != VERSION {
        return Err(NoBlock::Version(header[0]));
    }
    if header[1..] != checksum(body) {
        return Err(NoBlock::Checksum);
    }
    let (packed, []) = postcard::take_from_bytes::<Packed<'_>>(body).map_err(|_| NoBlock::Content)? else {
        return Err(NoBlock::Content);
    };
    let read = Read {
        number: packed.number,
        at: packed.at,
        words: packed.words.into_iter().map(Id::from).collect(),
    };
    let entries = packed.entries.into_iter().map(|entry| read.entry(entry)).collect::<Option<_>>();
    Ok(Block { number: packed.number, at: packed.at, entries: entries.ok_or(NoBlock::Content)? })
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let mut out = [0; CHECKSUM_BYTES];
    out.copy_from_slice(&blake3::hash(body).as_bytes()[..CHECKSUM_BYTES]);
    out
}

#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    number: u64,
    at: Millis,
    #[serde(borrow)]
    words: Vec<&'a str>,
    #[serde(borrow)]
    entries: Vec<PackedEntry<'a>>,
}

/// Stored by number: add at the end.
#[derive(Serialize, Deserialize)]
enum PackedEntry<'a> {
    Event(#[serde(borrow)] PackedEvent<'a>),
    Other(Cow<'a, Entry>),
}

/// Index of a word.
type Word = u32;

#[derive(Serialize, Deserialize)]
struct PackedEvent<'a> {
    flags: u8,
    source: Word,
    id: &'a str,
    kind: Word,
    subject: (SubjectKind, Word),
    /// Milliseconds from the event to the block, wrapping.
    before: i64,
    entity: Option<&'a str>,
    revision: u64,
    fields: Vec<(Word, PackedValue)>,
    replaces: Option<PackedReplaced>,
}

const RETRACTED: u8 = 1;
const STALE: u8 = 2;

/// Stored by number: add at the end.
#[derive(Serialize, Deserialize)]
enum PackedValue {
    Number(f64),
    /// A number without a fraction, which takes one to four bytes mostly.
    Whole(i64),
    False,
    True,
    Text(Word),
}

#[derive(Serialize, Deserialize)]
struct PackedReplaced {
    /// Blocks from there to here, wrapping.
    back: i64,
    index: u32,
    subject: (SubjectKind, Word),
    /// Milliseconds from the replaced event to the block, wrapping.
    before: i64,
}

/// The table of words while a block is encoded.
#[derive(Default)]
struct Words<'a> {
    list: Vec<&'a str>,
    index: HashMap<&'a str, Word>,
}

impl<'a> Words<'a> {
    fn word(&mut self, text: &'a str) -> Word {
        *self.index.entry(text).or_insert_with(|| {
            self.list.push(text);
            (self.list.len() - 1) as Word
        })
    }

    fn subject(&mut self, subject: &'a Subject) -> (SubjectKind, Word) {
        (subject.kind, self.word(&subject.id))
    }

    fn pack(&mut self, block: &'a Block, entry: &'a Entry) -> PackedEntry<'a> {
        let Entry::Event { event, replaces, stale } = entry else {
            return PackedEntry::Other(Cow::Borrowed(entry));
        };
        PackedEntry::Event(PackedEvent {
            flags: u8::from(event.retracted) * RETRACTED + u8::from(*stale) * STALE,
            source: self.word(&event.source),
            id: &event.id,
            kind: self.word(&event.kind),
            subject: self.subject(&event.subject),
            before: block.at.wrapping_sub(event.time),
            entity: event.entity.as_deref(),
            revision: event.revision,
            fields: event.fields.iter().map(|(name, value)| (self.word(name), self.value(value))).collect(),
            replaces: replaces.as_ref().map(|replaced| PackedReplaced {
                back: block.number.wrapping_sub(replaced.position.block).cast_signed(),
                index: replaced.position.index,
                subject: self.subject(&replaced.subject),
                before: block.at.wrapping_sub(replaced.time),
            }),
        })
    }

    fn value(&mut self, value: &'a Value) -> PackedValue {
        match value {
            Value::Bool(false) => PackedValue::False,
            Value::Bool(true) => PackedValue::True,
            Value::Text(text) => PackedValue::Text(self.word(text)),
            Value::Number(number) => {
                let whole = *number as i64;
                // Bits, because -0.0 has to stay what it is.
                if (whole as f64).to_bits() == number.to_bits() && whole.unsigned_abs() < 1 << 48 {
                    PackedValue::Whole(whole)
                } else {
                    PackedValue::Number(*number)
                }
            }
        }
    }
}

/// What entries refer to while a block is decoded.
struct Read {
    number: u64,
    at: Millis,
    words: Vec<Id>,
}

impl Read {
    fn word(&self, word: Word) -> Option<Id> {
        self.words.get(word as usize).cloned()
    }

    fn subject(&self, (kind, word): (SubjectKind, Word)) -> Option<Subject> {
        Some(Subject { kind, id: self.word(word)? })
    }

    fn entry(&self, entry: PackedEntry<'_>) -> Option<Entry> {
        let packed = match entry {
            PackedEntry::Event(packed) => packed,
            PackedEntry::Other(other) => {
                let other = other.into_owned();
                // An event has one way of being written.
                return (!matches!(other, Entry::Event { .. })).then_some(other);
            }
        };
        let fields =
            packed.fields.into_iter().map(|(name, value)| Some((self.word(name)?, self.value(value)?)));
        let event = Event {
            source: self.word(packed.source)?,
            id: packed.id.into(),
            kind: self.word(packed.kind)?,
            subject: self.subject(packed.subject)?,
            time: self.at.wrapping_sub(packed.before),
            entity: packed.entity.map(Id::from),
            revision: packed.revision,
            retracted: packed.flags & RETRACTED != 0,
            fields: fields.collect::<Option<_>>()?,
        };
        let replaces = match packed.replaces {
            Some(replaced) => Some(Replaced {
                position: Position {
                    block: self.number.wrapping_sub(replaced.back.cast_unsigned()),
                    index: replaced.index,
                },
                subject: self.subject(replaced.subject)?,
                time: self.at.wrapping_sub(replaced.before),
            }),
            None => None,
        };
        (packed.flags <= RETRACTED + STALE).then_some(Entry::Event {
            event,
            replaces,
            stale: packed.flags & STALE != 0,
        })
    }

    fn value(&self, value: PackedValue) -> Option<Value> {
        Some(match value {
            PackedValue::Number(number) => Value::Number(number),
            PackedValue::Whole(whole) => Value::Number(whole as f64),
            PackedValue::False => Value::Bool(false),
            PackedValue::True => Value::Bool(true),
            PackedValue::Text(word) => Value::Text(self.word(word)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use plaudit_core::journal::Decision;
    use proptest::{collection::vec, option, prelude::*};

    use super::*;

    fn subject() -> impl Strategy<Value = Subject> {
        let kind = prop_oneof![Just(SubjectKind::Agent), Just(SubjectKind::Team), Just(SubjectKind::Queue)];
        (kind, "[ab]{0,2}").prop_map(|(kind, id)| Subject { kind, id: id.into() })
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            prop::num::f64::ANY.prop_filter("finite", |n| n.is_finite()).prop_map(Value::Number),
            (-1000i32..1000).prop_map(|n| Value::Number(n.into())),
            Just(Value::Number(-0.0)),
            any::<bool>().prop_map(Value::Bool),
            ".{0,9}".prop_map(|text| Value::Text(text.into())),
        ]
    }

    fn replaced() -> impl Strategy<Value = Replaced> {
        (any::<u64>(), any::<u32>(), subject(), any::<i64>()).prop_map(|(block, index, subject, time)| {
            Replaced { position: Position { block, index }, subject, time }
        })
    }

    fn event() -> impl Strategy<Value = Event> {
        (
            ("[ab]{0,2}", ".{0,9}", "[ab]{0,2}", subject(), any::<i64>()),
            (option::of(".{0,5}"), any::<u64>(), any::<bool>(), vec(("[a-c]", value()), 0..5)),
        )
            .prop_map(
                |((source, id, kind, subject, time), (entity, revision, retracted, fields))| Event {
                    source: source.into(),
                    id: id.into(),
                    kind: kind.into(),
                    subject,
                    time,
                    entity: entity.map(Id::from),
                    revision,
                    retracted,
                    fields: fields.into_iter().map(|(name, value)| (name.into(), value)).collect(),
                },
            )
    }

    fn entry() -> impl Strategy<Value = Entry> {
        prop_oneof![
            8 => (event(), option::of(replaced()), any::<bool>())
                .prop_map(|(event, replaces, stale)| Entry::Event { event, replaces, stale }),
            1 => Just(Entry::Tick),
            1 => (any::<u64>(), any::<u32>()).prop_map(|(block, index)| Entry::Decision {
                incentive: "spring".into(),
                decision: Decision::LeaveOut(Position { block, index }),
                actor: "ana".into(),
            }),
        ]
    }

    fn block() -> impl Strategy<Value = Block> {
        (any::<u64>(), any::<i64>(), vec(entry(), 0..20)).prop_map(|(number, at, entries)| Block {
            number,
            at,
            entries,
        })
    }

    /// Numbers by their bits: -0.0 equals 0.0 otherwise.
    fn bits(block: &Block) -> Vec<u64> {
        let fields = block.entries.iter().flat_map(|entry| match entry {
            Entry::Event { event, .. } => event.fields.as_slice(),
            _ => &[],
        });
        fields.filter_map(|(_, v)| if let Value::Number(n) = v { Some(n.to_bits()) } else { None }).collect()
    }

    proptest! {
        #[test]
        fn blocks_come_back(block in block()) {
            let bytes = encode(&block).unwrap();
            let again = decode(&bytes).unwrap();
            prop_assert_eq!(bits(&again), bits(&block));
            prop_assert_eq!(again, block);
        }

        #[test]
        fn changed_cut_and_longer_bytes_are_refused(block in block(), at in any::<prop::sample::Index>(), bit in 0u32..8) {
            let bytes = encode(&block).unwrap();
            let mut flipped = bytes.clone();
            flipped[at.index(bytes.len())] ^= 1u8 << bit;
            prop_assert!(decode(&flipped).is_err());
            prop_assert!(decode(&bytes[..at.index(bytes.len())]).is_err());
            prop_assert!(decode(&[bytes.as_slice(), &[0]].concat()).is_err());
        }
    }

    #[test]
    fn bodies_without_meaning_are_refused() {
        let block = Block { number: 1, at: 2, entries: vec![Entry::Tick] };
        let mut bytes = encode(&block).unwrap();
        bytes.push(0);
        let checksum = checksum(&bytes[HEADER_BYTES..]);
        bytes[1..HEADER_BYTES].copy_from_slice(&checksum);
        assert_eq!(decode(&bytes), Err(NoBlock::Content));
        bytes[0] = 2;
        assert_eq!(decode(&bytes), Err(NoBlock::Version(2)));
        assert_eq!(decode(&vec![1; BLOCK_BYTES_MAX + 1]), Err(NoBlock::Size(BLOCK_BYTES_MAX + 1)));
    }

    #[test]
    fn a_name_is_stored_once() {
        let entry = |index: u64| Entry::Event {
            event: Event {
                source: "/acd/madrid".into(),
                id: index.to_string().into(),
                kind: "contact.completed".into(),
                subject: Subject::agent("a234567abcdefghij"),
                time: 1_000,
                entity: None,
                revision: 0,
                retracted: false,
                fields: vec![
                    ("handle_s".into(), Value::Number(312.0)),
                    ("channel".into(), Value::Text("voice".into())),
                    ("resolved".into(), Value::Bool(true)),
                ],
            },
            replaces: None,
            stale: false,
        };
        let block = Block { number: 9, at: 5_000, entries: (0..256).map(entry).collect() };
        let bytes = encode(&block).unwrap();
        assert!(bytes.len() < 256 * 28, "{} bytes", bytes.len());
        let again = decode(&bytes).unwrap();
        let kinds = again
            .entries
            .iter()
            .map(|entry| if let Entry::Event { event, .. } = entry { &event.kind } else { panic!() });
        let kinds: Vec<_> = kinds.collect();
        assert!(kinds.iter().all(|kind| std::sync::Arc::ptr_eq(kind, kinds[0])));
    }
}
