//! The head file: what was last made durable, kept outside of sled, so that a store that has lost its end is noticed.
//! Two slots take turns, so that a torn write leaves the one before.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    os::unix::fs::FileExt,
    path::Path,
};

use crate::CommitNumber;

const MAGIC: &[u8; 8] = b"PLHEAD\0\x01";
/// Slots lie on sectors of their own.
const SLOT_STEP: u64 = 4096;
const SLOT_BYTES: usize = 8 + 8 + 32 + 4;

/// Where a store stands: the number of its last commit and the chained hash over all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) number: CommitNumber,
    pub(crate) hash: [u8; 32],
}

/// What a head file says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// There is none, or it is empty.
    Absent,
    /// Neither slot can be read.
    Unreadable,
    /// The newer readable slot; `damaged` if the other one holds bytes that can't be read.
    At { head: Head, slot: u64, damaged: bool },
}

/// The open file and the slot that is written next.
#[derive(Debug)]
pub(crate) struct HeadFile {
    file: File,
    next_slot: u64,
}

impl HeadFile {
    /// Opens the file, creating it if absent.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, Reading)> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let reading = read(&bytes);
        let next_slot = match reading {
            Reading::At { slot, .. } => 1 - slot,
            _ => 0,
        };
        Ok((Self { file, next_slot }, reading))
    }

    /// Writes a head and returns when it is durable.
    pub(crate) fn write(&mut self, head: Head) -> io::Result<()> {
        self.file.write_all_at(&slot_bytes(head), self.next_slot * SLOT_STEP)?;
        self.file.sync_all()?;
        self.next_slot = 1 - self.next_slot;
        Ok(())
    }
}

fn slot_bytes(head: Head) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&head.number.to_be_bytes());
    out.extend_from_slice(&head.hash);
    out.extend_from_slice(&crc32fast::hash(&out).to_be_bytes());
    out
}

fn read(bytes: &[u8]) -> Reading {
    if bytes.is_empty() {
        return Reading::Absent;
    }
    let slots = [0, 1].map(|slot| slot_at(bytes, slot));
    let newest = slots
        .iter()
        .zip(0..)
        .filter_map(|(head, slot)| Some(((*head).ok()?, slot)))
        .max_by_key(|(h, _)| h.number);
    let damaged = slots.iter().any(|slot| matches!(slot, Err(Unread::Damaged)));
    newest.map_or(Reading::Unreadable, |(head, slot)| Reading::At { head, slot, damaged })
}

#[derive(Clone, Copy)]
enum Unread {
    /// Never written.
    Empty,
    Damaged,
}

fn slot_at(bytes: &[u8], slot: usize) -> Result<Head, Unread> {
    let start = slot * SLOT_STEP as usize;
    let stored = bytes.get(start..).unwrap_or_default();
    let stored = &stored[..stored.len().min(SLOT_BYTES)];
    if stored.iter().all(|b| *b == 0) {
        return Err(Unread::Empty);
    }
    let head = stored.get(8..16).zip(stored.get(16..48)).and_then(|(number, hash)| {
        Some(Head { number: u64::from_be_bytes(number.try_into().ok()?), hash: hash.try_into().ok()? })
    });
    // Comparing with what we would have written checks magic and CRC at once.
    head.filter(|head| slot_bytes(*head) == stored).ok_or(Unread::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(number: u64) -> Head {
        Head { number, hash: [u8::try_from(number).unwrap(); 32] }
    }

    #[test]
    fn slots_take_turns_and_the_newer_one_counts() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("head");
        let (mut file, reading) = HeadFile::open(&path).unwrap();
        assert_eq!(reading, Reading::Absent);
        for number in 0..5 {
            file.write(head(number)).unwrap();
            let (_, reading) = HeadFile::open(&path).unwrap();
            assert_eq!(reading, Reading::At { head: head(number), slot: number % 2, damaged: false });
        }
        let (mut again, _) = HeadFile::open(&path).unwrap();
        again.write(head(5)).unwrap();
        let slots = [0, 1].map(|slot| slot_at(&std::fs::read(&path).unwrap(), slot).ok().unwrap());
        assert_eq!(slots, [head(4), head(5)]);
    }

    #[test]
    fn every_flipped_bit_of_a_slot_is_noticed() {
        let bytes = slot_bytes(head(7));
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read(&flipped), Reading::Unreadable, "bit {bit}");
        }
        assert_eq!(read(&bytes[..bytes.len() - 1]), Reading::Unreadable);
    }
}
