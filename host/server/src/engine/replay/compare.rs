//! What differs between a store and what its journal comes to: of each task and kind the first row.

use std::{collections::BTreeMap, fmt};

use plaudit_core::Id;
use plaudit_store::{
    Pairs, Store, StoreError,
    family::{
        self, Family, Key,
        concluded::{Concluded, read_concluded},
        control::Control,
        ledger::Ledger,
        receipt::Receipt,
        standing::Standing,
        told::Told,
    },
};
use serde::Serialize;

use super::super::{checkpoint::Checkpoint, hashes, task::Task};

/// Pairs read at a time.
const PAGE: usize = 256;
/// Characters of a row that are shown.
const SHOWN_CHARS_MAX: usize = 600;

/// What kind of thing is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Keys' states, boards, tickets, effects, open periods.
    States,
    /// Awards and praise as they stand.
    Standings,
    /// Ledger rows.
    Ledger,
    /// Messages as they were told.
    Outbox,
    /// Boards of closed periods.
    Periods,
    /// Receipts of draws.
    Receipts,
    /// The journal's entries that are no events, as they are kept beside it.
    Control,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::States => "states",
            Self::Standings => "awards",
            Self::Ledger => "ledger",
            Self::Outbox => "messages",
            Self::Periods => "closed periods",
            Self::Receipts => "receipts",
            Self::Control => "control entries",
        })
    }
}

/// The first row of a kind that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The incentive, `treasury/`, or `journal`.
    pub task: Id,
    /// What kind of thing.
    pub kind: Kind,
    /// Which row.
    pub row: String,
    /// What the store holds; nothing if the row is not there.
    pub stored: Option<String>,
    /// What the journal comes to; nothing if there should be no such row.
    pub replayed: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
        writeln!(f, "{}: {} differ, first at {}", self.task, self.kind, self.row)?;
        writeln!(f, "  the store holds     {}", shown(&self.stored))?;
        write!(f, "  the journal gives   {}", shown(&self.replayed))
    }
}

/// What a replay found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Blocks that were played.
    pub blocks: u64,
    /// Tasks with the block up to which they were compared.
    pub tasks: Vec<(Id, u64)>,
    /// Incentives whose states could not be compared: the store has no checkpoint of theirs in this layout.
    pub without_states: Vec<Id>,
    /// What differs: of each task and kind the first row. Empty: the store is what its journal comes to.
    pub differences: Vec<Difference>,
    /// The full hash of what was rebuilt.
    pub full: Id,
}

/// A task's states as a checkpoint has them, and as they were rebuilt at its block.
pub(super) fn states(stored: &Checkpoint, task: &Task) -> Option<Difference> {
    let of = |lines: Vec<hashes::Line>| lines.into_iter().collect::<BTreeMap<_, _>>();
    let stored_lines = of(hashes::lines(&stored.keys, &stored.closing));
    let rebuilt = of(hashes::lines(&task.keys, &task.closing));
    let names: std::collections::BTreeSet<_> = stored_lines.keys().chain(rebuilt.keys()).collect();
    let row = names.into_iter().find(|name| stored_lines.get(*name) != rebuilt.get(*name))?;
    let shown = |lines: &BTreeMap<String, [u8; 32]>| {
        lines.get(row).map(|digest| format!("digest {}", &plaudit_core::hash::hex(digest)[..16]))
    };
    Some(Difference {
        task: task.incentive.id.clone(),
        kind: Kind::States,
        row: format!("{row}, at block {}", stored.block),
        stored: shown(&stored_lines),
        replayed: shown(&rebuilt),
    })
}

/// Everything that a task has written.
pub(super) fn rows(
    stored: &dyn Store,
    rebuilt: &dyn Store,
    task: &Id,
) -> Result<Vec<Difference>, StoreError> {
    let found = [
        of_family::<Standing>(stored, rebuilt, task, Kind::Standings)?,
        of_family::<Ledger>(stored, rebuilt, task, Kind::Ledger)?,
        of_family::<Told>(stored, rebuilt, task, Kind::Outbox)?,
        periods(stored, rebuilt, task)?,
        of_family::<Receipt>(stored, rebuilt, task, Kind::Receipts)?,
    ];
    Ok(found.into_iter().flatten().collect())
}

/// What is kept of the journal beside it.
pub(super) fn control(stored: &dyn Store, rebuilt: &dyn Store) -> Result<Option<Difference>, StoreError> {
    let first = first(stored, rebuilt, vec![Control::TAG], family::end::<Control>())?;
    Ok(first.map(|found| described::<Control>(&"journal".into(), Kind::Control, found)))
}

/// A key with its values on both sides.
type Found = (Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>);

fn of_family<F: Family<Value: Serialize>>(
    stored: &dyn Store,
    rebuilt: &dyn Store,
    task: &Id,
    kind: Kind,
) -> Result<Option<Difference>, StoreError> {
    let from = hashes::prefix::<F>(task);
    let to = family::after_prefix(&from);
    Ok(first(stored, rebuilt, from, to)?.map(|found| described::<F>(task, kind, found)))
}

/// The first pair of a range that is not the same in both.
fn first(a: &dyn Store, b: &dyn Store, from: Vec<u8>, to: Vec<u8>) -> Result<Option<Found>, StoreError> {
    let (mut left, mut right) = (Pages::new(a, from.clone(), to.clone()), Pages::new(b, from, to));
    loop {
        match (left.next()?, right.next()?) {
            (None, None) => return Ok(None),
            (Some(one), Some(other)) if one == other => {}
            (Some((key, value)), None) => return Ok(Some((key, Some(value), None))),
            (None, Some((key, value))) => return Ok(Some((key, None, Some(value)))),
            (Some((one, x)), Some((other, y))) => {
                return Ok(Some(match one.cmp(&other) {
                    std::cmp::Ordering::Less => (one, Some(x), None),
                    std::cmp::Ordering::Equal => (one, Some(x), Some(y)),
                    std::cmp::Ordering::Greater => (other, None, Some(y)),
                }));
            }
        }
    }
}

/// A key and its value, as stored.
type Pair = (Vec<u8>, Vec<u8>);

/// A range's pairs, page by page.
struct Pages<'a> {
    store: &'a dyn Store,
    from: Vec<u8>,
    to: Vec<u8>,
    page: std::vec::IntoIter<Pair>,
}

impl<'a> Pages<'a> {
    fn new(store: &'a dyn Store, from: Vec<u8>, to: Vec<u8>) -> Self {
        Self { store, from, to, page: Pairs::new().into_iter() }
    }

    fn next(&mut self) -> Result<Option<Pair>, StoreError> {
        if let Some(pair) = self.page.next() {
            return Ok(Some(pair));
        }
        let page = self.store.scan(&self.from, &self.to, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(None) };
        self.from = [last, &[0][..]].concat();
        self.page = page.into_iter();
        Ok(self.page.next())
    }
}

fn described<F: Family<Value: Serialize>>(
    task: &Id,
    kind: Kind,
    (key, stored, replayed): Found,
) -> Difference {
    let shown = |bytes: Option<Vec<u8>>| {
        let bytes = bytes?;
        let value = bytes.split_first().and_then(|(version, rest)| F::decode(*version, rest));
        let text = value.and_then(|value| serde_json::to_string(&value).ok());
        Some(cut(text.unwrap_or_else(|| format!("{} bytes that can't be read", bytes.len()))))
    };
    let (stored, replayed) = (shown(stored), shown(replayed));
    Difference { task: task.clone(), kind, row: family::readable(&key[1..]), stored, replayed }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((at, _)) => format!("{} …", &text[..at]),
        None => text,
    }
}

/// Closed periods are kept in pages: they are compared page by page and shown whole.
fn periods(stored: &dyn Store, rebuilt: &dyn Store, task: &Id) -> Result<Option<Difference>, StoreError> {
    let from = hashes::prefix::<Concluded>(task);
    let to = family::after_prefix(&from);
    let Some((key, _, _)) = first(stored, rebuilt, from, to)? else { return Ok(None) };
    let Some((_, (start, _))) = <Concluded as Family>::Key::read(&key[1..]) else {
        return Ok(Some(described_raw(task, &key)));
    };
    let start = start.cast_signed();
    let shown = |store| -> Result<Option<String>, StoreError> {
        let period = read_concluded(store, task, start)?;
        Ok(period.and_then(|period| serde_json::to_string(&period).ok()).map(cut))
    };
    let (stored, replayed) = (shown(stored)?, shown(rebuilt)?);
    let row = format!("the period from {start}");
    Ok(Some(Difference { task: task.clone(), kind: Kind::Periods, row, stored, replayed }))
}

fn described_raw(task: &Id, key: &[u8]) -> Difference {
    let row = family::readable(&key[1..]);
    Difference { task: task.clone(), kind: Kind::Periods, row, stored: None, replayed: None }
}
