//! Verification: every key is read as what it should be, and what belongs together agrees.

use std::collections::BTreeMap;

use plaudit_core::{
    Id,
    ledger::{Books, Chain},
};

use crate::{
    Store, StoreError,
    family::{
        Family, Key,
        account::{Accounts, Logins},
        adjustment::{Adjusted, Adjustments},
        anonymity::Anonymities,
        appearance::Appearances,
        audit::{self, Audit},
        awarded::{self, AwardsAt, AwardsOf, Built, Proposals},
        checkpoint::{self, Checkpoint},
        component::{self, Component},
        concluded::{self, Concluded},
        control::Control,
        cursor::Cursor,
        decode_pairs,
        delivery::Deliveries,
        draft::Drafts,
        end,
        endpoint::Endpoints,
        entity_run::EntityRun,
        field::Fields,
        held::Held,
        history::HistoryPage,
        identity::{Identities, LinkedAccounts},
        journal,
        kudos::{KudosLists, KudosRows, KudosTexts},
        late::Late,
        ledger::Ledger,
        link::Links,
        outbox::Outbox,
        people::People,
        preference::Preferences,
        readable,
        receipt::Receipt,
        replay::Replays,
        seen_run::SeenRun,
        session::Sessions,
        signature::Signatures,
        source::Sources,
        standing::Standing,
        text::TextOverrides,
        titles::Titles,
        token::Tokens,
        told::Told,
    },
    history, runs,
};

/// Pairs read at a time.
const CHUNK_PAIRS: usize = 256;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Keys read, by family.
    pub keys: BTreeMap<&'static str, u64>,
    /// Journal blocks read.
    pub blocks: u64,
    /// Ledger rows followed.
    pub ledger_rows: u64,
    /// Keys of families that this room does not know: their own rooms read them.
    pub others: u64,
    /// What is wrong; empty for a sound store.
    pub faults: Vec<String>,
}

/// Reads everything.
///
/// # Errors
/// Only if the store can't be read; what is wrong with its content is in the report.
pub fn verify(store: &dyn Store) -> Result<VerifyReport, StoreError> {
    let mut report = VerifyReport::default();
    let known: [(u8, Reader); 46] = [
        known::<journal::Journal>(),
        known::<Control>(),
        known::<SeenRun>(),
        known::<EntityRun>(),
        known::<HistoryPage>(),
        known::<Component>(),
        known::<People>(),
        known::<Cursor>(),
        known::<Checkpoint>(),
        known::<Standing>(),
        known::<AwardsOf>(),
        known::<AwardsAt>(),
        known::<Proposals>(),
        known::<Built>(),
        known::<Ledger>(),
        known::<Outbox>(),
        known::<Late>(),
        known::<Adjustments>(),
        known::<Adjusted>(),
        known::<Held>(),
        known::<Receipt>(),
        known::<Deliveries>(),
        known::<Endpoints>(),
        known::<Fields>(),
        known::<Sources>(),
        known::<TextOverrides>(),
        known::<Tokens>(),
        known::<Titles>(),
        known::<Concluded>(),
        known::<Told>(),
        known::<Accounts>(),
        known::<Logins>(),
        known::<Sessions>(),
        known::<Links>(),
        known::<Audit>(),
        known::<Anonymities>(),
        known::<Drafts>(),
        known::<Appearances>(),
        known::<Preferences>(),
        known::<Identities>(),
        known::<LinkedAccounts>(),
        known::<Replays>(),
        known::<KudosRows>(),
        known::<KudosLists>(),
        known::<KudosTexts>(),
        known::<Signatures>(),
    ];
    for tag in crate::family::tags::HEAD + 1..u8::MAX {
        match known.iter().find(|(known, _)| *known == tag) {
            Some((_, read)) => read(store, &mut report)?,
            None => in_chunks(store, vec![tag], &[tag + 1], |pairs| report.others += pairs.len() as u64)?,
        }
    }
    blocks(store, &mut report)?;
    ledgers(store, &mut report)?;
    report.note(audit::check(store))?;
    paged(store, &mut report)?;
    report.note(awarded::check(store))?;
    for checked in [history::check(store), runs::check::<SeenRun>(store), runs::check::<EntityRun>(store)] {
        report.note(checked)?;
    }
    Ok(report)
}

impl VerifyReport {
    /// Damage is a finding; any other failure ends the verification.
    fn note<T>(&mut self, result: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(StoreError::Damaged { what }) => {
                self.faults.push(what);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }
}

type Reader = fn(&dyn Store, &mut VerifyReport) -> Result<(), StoreError>;

fn known<F: Family>() -> (u8, Reader) {
    (F::TAG, read_family::<F>)
}

/// Decodes every pair of a family.
fn read_family<F: Family>(store: &dyn Store, report: &mut VerifyReport) -> Result<(), StoreError> {
    let mut keys = 0;
    in_chunks(store, vec![F::TAG], &end::<F>(), |pairs| {
        keys += pairs.len() as u64;
        for pair in pairs {
            let key = readable(&pair.0);
            if let Err(error) = decode_pairs::<F>(vec![pair]) {
                report.faults.push(match error {
                    StoreError::Damaged { what } => what,
                    other => format!("{key}: {other}"),
                });
            }
        }
    })?;
    report.keys.insert(F::NAME, keys);
    Ok(())
}

fn in_chunks(
    store: &dyn Store,
    mut from: Vec<u8>,
    to: &[u8],
    mut read: impl FnMut(crate::Pairs),
) -> Result<(), StoreError> {
    loop {
        let pairs = store.scan(&from, to, CHUNK_PAIRS)?;
        let Some((last, _)) = pairs.last() else { return Ok(()) };
        from = [last.as_slice(), &[0]].concat();
        read(pairs);
    }
}

/// Every block from the first to the last, with its checksum; times never go back.
fn blocks(store: &dyn Store, report: &mut VerifyReport) -> Result<(), StoreError> {
    let last = journal::last_block_number(store);
    let mut before = i64::MIN;
    for number in 1..=report.note(last)?.unwrap_or(0) {
        let read = journal::read_block(store, number);
        match report.note(read)? {
            Some(Some(block)) => {
                report.blocks += 1;
                if block.at < before {
                    report.faults.push(format!("block {number} was received before the one before it"));
                }
                before = block.at;
            }
            Some(None) => report.faults.push(format!("block {number} of the journal is missing")),
            None => {}
        }
    }
    Ok(())
}

/// What is kept over several pages, with its checksum.
fn paged(store: &dyn Store, report: &mut VerifyReport) -> Result<(), StoreError> {
    let (mut components, mut tasks, mut periods) = (Vec::new(), Vec::new(), Vec::new());
    each_key::<Component>(store, |(digest, page)| components.extend((page == 0).then_some(digest)))?;
    each_key::<Checkpoint>(store, |(task, page)| tasks.extend((page == 0).then_some(task)))?;
    each_key::<Concluded>(store, |(incentive, (start, page))| {
        periods.extend((page == 0).then(|| (incentive, start.cast_signed())));
    })?;
    for digest in components {
        report.note(component::read_component(store, &digest))?;
    }
    for task in tasks {
        report.note(checkpoint::read_blob(store, &task))?;
    }
    for (incentive, start) in periods {
        report.note(concluded::read_concluded(store, &incentive, start))?;
    }
    Ok(())
}

/// Gives every key of a family.
fn each_key<F: Family>(store: &dyn Store, mut key: impl FnMut(F::Key)) -> Result<(), StoreError> {
    in_chunks(store, vec![F::TAG], &end::<F>(), |pairs| {
        pairs.iter().filter_map(|(k, _)| F::Key::read(&k[1..])).for_each(&mut key);
    })
}

/// Every task's chain of rows, each row's balance, and the end that the task's cursor names.
fn ledgers(store: &dyn Store, report: &mut VerifyReport) -> Result<(), StoreError> {
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    let mut books = Books::default();
    let (mut rows, mut faults) = (0, Vec::new());
    in_chunks(store, vec![Ledger::TAG], &end::<Ledger>(), |pairs| {
        // What can't be decoded was found already.
        for ((task, _), row) in
            pairs.into_iter().filter_map(|pair| decode_pairs::<Ledger>(vec![pair]).ok()).flatten()
        {
            rows += 1;
            let chain = chains.entry(task.clone()).or_insert_with(|| Chain::new(Id::from(task.as_str())));
            if let Err(error) = chain.follow(&row) {
                faults.push(error.to_string());
            }
            if let Err(error) = books.apply(&row) {
                faults.push(format!("ledger of {task}: row {}: {error}", row.number));
            }
        }
    })?;
    faults.extend(balances(&books));
    in_chunks(store, vec![Cursor::TAG], &end::<Cursor>(), |pairs| {
        for (task, place) in
            pairs.into_iter().filter_map(|pair| decode_pairs::<Cursor>(vec![pair]).ok()).flatten()
        {
            let (next, head) = chains.get(&task).map_or((1, [0; 32]), |chain| (chain.next, chain.head));
            if (place.ledger_next, place.ledger_head) != (next, head) {
                faults.push(format!("the ledger of {task} does not end where its cursor says"));
            }
        }
    })?;
    report.ledger_rows = rows;
    report.faults.extend(faults);
    Ok(())
}

/// Over all chains each currency, and each prize's pieces, sum to zero; and nothing gave what it did not have.
fn balances(books: &Books) -> Vec<String> {
    let unequal = books.total().into_iter().filter(|(_, sum)| *sum != 0);
    let mut faults: Vec<String> =
        unequal.map(|(unit, sum)| format!("all accounts together hold {sum} {unit}, and not 0")).collect();
    let negative = books.balances().filter(|(account, _, units)| account.is_purse() && *units < 0);
    faults.extend(negative.map(|(account, unit, units)| {
        format!("{account} stands at {units} {unit}: it gave what it did not have")
    }));
    faults
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plaudit_core::{
        event::{Event, Subject},
        journal::{Block, Entry, Position},
        ledger::{Account, Posting, Reason},
    };

    use super::*;
    use crate::{
        Batch, Op,
        family::{cursor::Place, delete, key, put},
        memory::MemoryStore,
    };

    /// A store with something in most families.
    fn sound() -> Arc<dyn Store> {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let history = history::History::open(store.clone()).unwrap();
        let mut seen = runs::Runs::<SeenRun>::open(store.clone()).unwrap();
        let mut batch = Batch::default();
        for number in 1..=3 {
            let event = Event {
                source: "/acd".into(),
                id: number.to_string().into(),
                kind: "contact.completed".into(),
                subject: Subject::agent("a1"),
                time: 5,
                entity: None,
                revision: 0,
                retracted: false,
                fields: Vec::new(),
            };
            let block =
                Block { number, at: 9, entries: vec![Entry::Event { event, replaces: None, stale: false }] };
            journal::put_block(&mut batch, &block).unwrap();
            history.add_block(&Arc::new(block));
            seen.insert(number.into(), Position { block: number, index: 0 }, 1);
        }
        history.flush_into(&mut batch);
        seen.flush_into(&mut batch).unwrap();
        let mut chain = Chain::new("treasury");
        for units in [5, 7] {
            let posting = |account, units| Posting { account, currency: "points".into(), units };
            let postings = vec![posting(Account::Mint, -units), posting(Account::Budget("b".into()), units)];
            let row = chain.append(1, 9, postings, Reason::Funded).unwrap();
            put::<Ledger>(&mut batch, &("treasury".into(), row.number), &row);
        }
        let place = Place { ledger_next: chain.next, ledger_head: chain.head, ..Place::default() };
        put::<Cursor>(&mut batch, &"treasury".into(), &place);
        put::<Titles>(&mut batch, &"team/t1".into(), &"Team 1".into());
        checkpoint::write_blob(&mut batch, "spring", 3, b"state", 0);
        component::put_component(&mut batch, "ab", b"component");
        store.apply(batch).unwrap();
        store
    }

    fn faults_after(change: impl FnOnce(&dyn Store, &mut Batch)) -> Vec<String> {
        let store = sound();
        let mut batch = Batch::default();
        change(&*store, &mut batch);
        store.apply(batch).unwrap();
        verify(&*store).unwrap().faults
    }

    #[test]
    fn a_sound_store_has_no_faults() {
        let report = verify(&*sound()).unwrap();
        assert_eq!((report.faults.as_slice(), report.blocks, report.ledger_rows), ([].as_slice(), 3, 2));
        assert_eq!((report.keys["journal"], report.keys["titles"], report.others), (3, 1, 0));
    }

    #[test]
    fn what_gave_more_than_it_had_is_found() {
        let row = |from: Account, unit: &str| {
            let posting = |account, units| Posting { account, currency: unit.into(), units };
            let postings = vec![posting(from, -3), posting(Account::Subject(Subject::agent("a1")), 3)];
            Chain::new("spring").append(1, 9, postings, Reason::Reserved).unwrap()
        };
        for (from, unit) in [
            (Account::Allotment("spring".into()), "points"),
            (Account::Budget("b2".into()), "points"),
            (Account::Stock("mug".into()), "prize/mug"),
        ] {
            let faults = faults_after(|_, batch| {
                let row = row(from.clone(), unit);
                put::<Ledger>(batch, &("spring".into(), 1), &row);
                let place = Place { ledger_next: 2, ledger_head: row.hash(), ..Place::default() };
                put::<Cursor>(batch, &"spring".into(), &place);
            });
            assert_eq!(faults, [format!("{from} stands at -3 {unit}: it gave what it did not have")]);
        }
    }

    #[test]
    fn what_is_missing_is_found() {
        assert_ne!(faults_after(|_, batch| delete::<journal::Journal>(batch, &(2, 0))), [""; 0]);
        assert_ne!(faults_after(|_, batch| delete::<Ledger>(batch, &("treasury".into(), 1))), [""; 0]);
        assert_ne!(faults_after(|_, batch| delete::<Ledger>(batch, &("treasury".into(), 2))), [""; 0]);
        assert_ne!(faults_after(|_, batch| delete::<HistoryPage>(batch, &(1, 1))), [""; 0]);
        assert_ne!(faults_after(|_, batch| delete::<SeenRun>(batch, &(1, 1))), [""; 0]);
    }

    #[test]
    fn what_is_changed_is_found() {
        let keys = [
            key::<journal::Journal>(&(2, 0)),
            key::<HistoryPage>(&(1, 0)),
            key::<HistoryPage>(&(1, 1)),
            key::<HistoryPage>(&(1, 2)),
            key::<SeenRun>(&(1, 0)),
            key::<SeenRun>(&(1, 1)),
            key::<SeenRun>(&(1, 2)),
            key::<Ledger>(&("treasury".into(), 1)),
            key::<Ledger>(&("treasury".into(), 2)),
            key::<Checkpoint>(&("spring".into(), 0)),
            key::<Checkpoint>(&("spring".into(), 1)),
            key::<Component>(&("ab".into(), 1)),
        ];
        for key in keys {
            let length = sound().get(&key).unwrap().unwrap().len();
            for at in 0..length {
                let faults = faults_after(|store, batch| {
                    let mut value = store.get(&key).unwrap().unwrap();
                    value[at] ^= 1;
                    batch.ops.push(Op::Put(key.clone(), value));
                });
                assert!(!faults.is_empty(), "byte {at} of {}", readable(&key));
            }
        }
    }
}
