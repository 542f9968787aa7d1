//! Thanks from person to person. Rows and lists follow from the journal; texts are personal and can be erased.

use plaudit_core::{
    Id,
    kudos::{Given, Giver},
};
use serde::{Deserialize, Serialize};

use super::{Family, delete, get, put, scan, scan_prefix, tags};
use crate::{Batch, Store, StoreError};

/// Thanks by id: the newest first.
#[derive(Debug)]
pub enum KudosRows {}

impl Family for KudosRows {
    const TAG: u8 = tags::KUDOS;
    const NAME: &'static str = "kudos";
    type Key = String;
    type Value = Given;
}

/// Ids by list: `got/<agent>`, `given/<giver>` and `waiting`.
#[derive(Debug)]
pub enum KudosLists {}

impl Family for KudosLists {
    const TAG: u8 = tags::KUDOS_LIST;
    const NAME: &'static str = "kudos lists";
    type Key = (String, String);
    type Value = ();
}

/// What was written, by id; ready-made words have none.
#[derive(Debug)]
pub enum KudosTexts {}

impl Family for KudosTexts {
    const TAG: u8 = tags::KUDOS_TEXT;
    const NAME: &'static str = "kudos texts";
    type Key = String;
    type Value = KudosText;
}

/// What people wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KudosText {
    /// Who gave it.
    pub from: Giver,
    /// Who got it.
    pub to: Id,
    /// The thanks; nothing where words are ready-made.
    pub text: Option<String>,
    /// Why it was removed.
    pub reason: Option<String>,
}

/// Rows and keys read at once.
const AT_ONCE: usize = 500;
/// Name of the list of those that somebody has to decide on.
const WAITING: &str = "waiting";

/// The list of what an agent got.
pub fn got(agent: &str) -> String {
    format!("got/{agent}")
}

/// The list of what somebody gave.
pub fn given(giver: &Giver) -> String {
    format!("given/{giver}")
}

/// The list of those that wait for a decision.
pub fn waiting() -> String {
    WAITING.to_owned()
}

/// The newest of a list, `limit` at most.
///
/// # Errors
/// The store fails.
pub fn of_list(store: &dyn Store, list: &str, limit: usize) -> Result<Vec<Given>, StoreError> {
    let prefix = [list.as_bytes(), &[0]].concat();
    let keys = scan_prefix::<KudosLists>(store, &prefix, limit)?;
    let rows = keys.into_iter().map(|((_, id), ())| get::<KudosRows>(store, &id));
    rows.filter_map(Result::transpose).collect()
}

/// The newest that are wanted, `limit` at most, among the newest `looked_at`.
///
/// # Errors
/// The store fails.
pub fn newest(
    store: &dyn Store,
    limit: usize,
    looked_at: usize,
    is_wanted: impl Fn(&Given) -> bool,
) -> Result<Vec<Given>, StoreError> {
    let (mut found, mut seen, mut from) = (Vec::new(), 0, None);
    while seen < looked_at && found.len() < limit {
        let rows = scan::<KudosRows>(store, from.as_ref(), AT_ONCE)?;
        let Some((last, _)) = rows.last() else { break };
        from = Some(format!("{last}\u{1}"));
        seen += rows.len();
        found.extend(rows.into_iter().map(|(_, row)| row).filter(&is_wanted));
    }
    found.truncate(limit);
    Ok(found)
}

/// Puts a row and its places in the lists into a batch.
pub fn put_row(batch: &mut Batch, row: &Given) {
    let id = row.kudos.id.to_string();
    put::<KudosRows>(batch, &id, row);
    put::<KudosLists>(batch, &(got(&row.kudos.to), id.clone()), &());
    put::<KudosLists>(batch, &(given(&row.kudos.from), id.clone()), &());
    let place = (waiting(), id);
    match row.status.waits() {
        true => put::<KudosLists>(batch, &place, &()),
        false => delete::<KudosLists>(batch, &place),
    }
}

/// Takes away everything that was written by or to an agent, or about it, also under these accounts of theirs.
///
/// # Errors
/// The store fails.
pub fn erase_texts(
    store: &dyn Store,
    batch: &mut Batch,
    agent: &str,
    accounts: &[String],
) -> Result<(), StoreError> {
    let mut from = None;
    loop {
        let rows = scan::<KudosTexts>(store, from.as_ref(), AT_ONCE)?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        from = Some(format!("{last}\u{1}"));
        let is_theirs = |text: &KudosText| match &text.from {
            _ if *text.to == *agent => true,
            Giver::Agent(id) => **id == *agent,
            Giver::Account(id) => accounts.iter().any(|account| **account == **id),
        };
        rows.iter().filter(|(_, text)| is_theirs(text)).for_each(|(id, _)| delete::<KudosTexts>(batch, id));
    }
}

#[cfg(test)]
mod tests {
    use plaudit_core::kudos::{Act, Kudos, id_at};

    use super::*;
    use crate::memory::MemoryStore;

    fn row(at: i64, from: &str, to: &str) -> Given {
        let kudos = Kudos {
            id: id_at(at, 7),
            from: Giver::Agent(from.into()),
            to: to.into(),
            words: None,
            month: "2026-03".into(),
            limit: 3,
            is_held: true,
        };
        Given::new(kudos, at, 1)
    }

    #[test]
    fn lists_begin_with_the_newest_and_who_waits_leaves_when_decided_on() {
        let store = MemoryStore::default();
        let (first, mut second) = (row(1, "a1", "a2"), row(2, "a1", "a3"));
        let mut batch = Batch::default();
        put_row(&mut batch, &first);
        put_row(&mut batch, &second);
        store.apply(batch).unwrap();
        let ids = |list: &str| -> Vec<Given> { of_list(&store, list, 10).unwrap() };
        assert_eq!(ids(&given(&Giver::Agent("a1".into()))), [second.clone(), first.clone()]);
        assert_eq!(ids(&got("a2")), std::slice::from_ref(&first));
        assert_eq!(ids(&waiting()).len(), 2);
        assert_eq!(newest(&store, 1, 100, |_| true).unwrap(), [second.clone()]);
        assert_eq!(newest(&store, 9, 100, |row| row.at == 1).unwrap(), std::slice::from_ref(&first));
        second.apply(Act::Keep);
        let mut batch = Batch::default();
        put_row(&mut batch, &second);
        store.apply(batch).unwrap();
        assert_eq!(ids(&waiting()), [first]);
    }

    #[test]
    fn what_somebody_wrote_and_got_is_erased_and_nothing_else() {
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        for (id, from, to) in [("k1", "a1", "a2"), ("k2", "a2", "a1"), ("k3", "a2", "a3")] {
            let (from, to) = (Giver::Agent(from.into()), to.into());
            let text = KudosText { from, to, text: Some("Thanks".into()), reason: None };
            put::<KudosTexts>(&mut batch, &id.to_owned(), &text);
        }
        store.apply(batch).unwrap();
        let mut batch = Batch::default();
        erase_texts(&store, &mut batch, "a1", &["u7".to_owned()]).unwrap();
        store.apply(batch).unwrap();
        let left = scan::<KudosTexts>(&store, None, 10).unwrap();
        assert_eq!(left.iter().map(|(id, _)| &**id).collect::<Vec<_>>(), ["k3"]);
    }
}
