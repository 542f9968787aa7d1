//! Where awards and praise stand, by whom they went to and by when: so that a page reads what it shows, and not all that was
//! ever given. Everything here follows from [`Standing`] and is written with it.

use plaudit_core::{
    Millis,
    award::{Standing as Row, Status},
};

use super::{Family, Pair, delete, get, put, scan, standing::Standing, tags};
use crate::{Batch, Store, StoreError};

/// Rows read at once.
const AT_ONCE: usize = 1000;

/// A key of [`Standing`].
type Place = (String, String);

/// By subject (`agent/<id>`, `team/<id>`) and time, the newest first.
#[derive(Debug)]
pub enum AwardsOf {}

impl Family for AwardsOf {
    const TAG: u8 = tags::AWARDS_OF;
    const NAME: &'static str = "awards of a subject";
    type Key = (String, (u64, Place));
    type Value = ();
}

/// By time, the newest first, with the subject.
#[derive(Debug)]
pub enum AwardsAt {}

impl Family for AwardsAt {
    const TAG: u8 = tags::AWARDS_AT;
    const NAME: &'static str = "awards by time";
    type Key = (u64, Place);
    type Value = String;
}

/// Those that wait for somebody's approval.
#[derive(Debug)]
pub enum Proposals {}

impl Family for Proposals {
    const TAG: u8 = tags::PROPOSALS;
    const NAME: &'static str = "proposals";
    type Key = Place;
    type Value = ();
}

/// Whether all of this is there; a store of before has none of it.
#[derive(Debug)]
pub enum Built {}

impl Family for Built {
    const TAG: u8 = tags::AWARDS_BUILT;
    const NAME: &'static str = "awards are listed";
    type Key = ();
    type Value = ();
}

/// A time as a number that sorts the newest first.
fn newest_first(time: Millis) -> u64 {
    u64::MAX - time.max(0).unsigned_abs()
}

/// Writes a row as it stands now, and where it is found. One batch writes a row once.
///
/// # Errors
/// The row that it replaces can't be read.
pub fn put_standing(store: &dyn Store, batch: &mut Batch, at: &Place, row: &Row) -> Result<(), StoreError> {
    let old = get::<Standing>(store, at)?;
    let moved = old.as_ref().filter(|old| old.time != row.time);
    if let Some(old) = moved {
        delete::<AwardsOf>(batch, &(old.id.subject.to_string(), (newest_first(old.time), at.clone())));
        delete::<AwardsAt>(batch, &(newest_first(old.time), at.clone()));
    }
    if moved.is_some() || old.is_none() {
        list(batch, at, row);
    }
    match (&row.status, old.map(|old| old.status)) {
        (Status::Proposed, _) => put::<Proposals>(batch, at, &()),
        (_, Some(Status::Proposed)) => delete::<Proposals>(batch, at),
        _ => {}
    }
    put::<Standing>(batch, at, row);
    Ok(())
}

fn list(batch: &mut Batch, at: &Place, row: &Row) {
    let (subject, newest) = (row.id.subject.to_string(), newest_first(row.time));
    put::<AwardsOf>(batch, &(subject.clone(), (newest, at.clone())), &());
    put::<AwardsAt>(batch, &(newest, at.clone()), &subject);
}

/// Lists what a store of before has; does nothing where that is done.
///
/// # Errors
/// The store fails. What was listed until then is listed again the next time.
pub fn build(store: &dyn Store) -> Result<(), StoreError> {
    if get::<Built>(store, &())?.is_some() {
        return Ok(());
    }
    let mut next: Option<Place> = None;
    loop {
        let rows = scan::<Standing>(store, next.as_ref(), AT_ONCE)?;
        let mut batch = Batch::default();
        for (at, row) in &rows {
            list(&mut batch, at, row);
            if row.status == Status::Proposed {
                put::<Proposals>(&mut batch, at, &());
            }
        }
        // The next key there can be.
        next = rows.last().map(|((incentive, digest), _)| (incentive.clone(), format!("{digest}\u{1}")));
        if next.is_none() {
            put::<Built>(&mut batch, &(), &());
        }
        store.apply(batch)?;
        if next.is_none() {
            return Ok(());
        }
    }
}

/// At most `limit` of a subject, the newest first.
///
/// # Errors
/// The store fails.
pub fn of_subject(store: &dyn Store, subject: &str, limit: usize) -> Result<Vec<Pair<Standing>>, StoreError> {
    let prefix = [subject.as_bytes(), &[0]].concat();
    let found = super::scan_prefix::<AwardsOf>(store, &prefix, limit)?;
    let rows = found.into_iter().filter_map(|((_, (time, at)), ())| listed(store, time, at).transpose());
    rows.collect()
}

/// At most `limit` that were given at `since` or later, the newest first: of subjects that are `wanted`, and of these the rows to
/// `keep`.
///
/// # Errors
/// The store fails.
pub fn newest(
    store: &dyn Store,
    wanted: &dyn Fn(&str) -> bool,
    keep: &dyn Fn(&Row) -> bool,
    (since, limit): (Millis, usize),
) -> Result<Vec<Pair<Standing>>, StoreError> {
    let mut all = Vec::new();
    let mut next: Option<(u64, Place)> = None;
    let oldest = newest_first(since);
    loop {
        let found = scan::<AwardsAt>(store, next.as_ref(), AT_ONCE)?;
        let Some(((time, (incentive, digest)), _)) = found.last() else { return Ok(all) };
        next = Some((*time, (incentive.clone(), format!("{digest}\u{1}"))));
        for ((time, at), subject) in found {
            if time > oldest || all.len() >= limit {
                return Ok(all);
            }
            if !wanted(&subject) {
                continue;
            }
            all.extend(listed(store, time, at)?.filter(|(_, row)| keep(row)));
        }
    }
}

/// What an incentive gave at one instant, such as the end of a period.
///
/// # Errors
/// The store fails.
pub fn at(store: &dyn Store, time: Millis, incentive: &str) -> Result<Vec<Pair<Standing>>, StoreError> {
    let newest = newest_first(time);
    let prefix = [&newest.to_be_bytes()[..], incentive.as_bytes(), &[0]].concat();
    let found = super::scan_prefix::<AwardsAt>(store, &prefix, usize::MAX)?;
    found.into_iter().filter_map(|((_, at), _)| listed(store, newest, at).transpose()).collect()
}

/// Those that wait for approval.
///
/// # Errors
/// The store fails.
pub fn proposed(store: &dyn Store) -> Result<Vec<Pair<Standing>>, StoreError> {
    let found = scan::<Proposals>(store, None, usize::MAX)?;
    found.into_iter().filter_map(|(at, ())| pair(store, at).transpose()).collect()
}

/// Whether everything that stands is listed where it stands, and nothing else is.
///
/// # Errors
/// [`StoreError::Damaged`] with the first place where it is not so; or the store fails.
pub fn check(store: &dyn Store) -> Result<(), StoreError> {
    if get::<Built>(store, &())?.is_none() {
        return Ok(()); // It is listed at the next start.
    }
    let (mut standing, mut waiting) = (0_u64, 0_u64);
    each::<Standing>(store, |at, row| {
        let (subject, newest) = (row.id.subject.to_string(), newest_first(row.time));
        let is_proposed = row.status == Status::Proposed;
        let of_subject = get::<AwardsOf>(store, &(subject.clone(), (newest, at.clone())))?;
        let is_listed = of_subject.is_some()
            && get::<AwardsAt>(store, &(newest, at.clone()))?.as_ref() == Some(&subject)
            && get::<Proposals>(store, at)?.is_some() == is_proposed;
        (standing, waiting) = (standing + 1, waiting + u64::from(is_proposed));
        if is_listed {
            return Ok(());
        }
        let what = format!("the award {} of {} is not listed as it stands", at.1, at.0);
        Err(StoreError::Damaged { what })
    })?;
    let listed = [count::<AwardsOf>(store)?, count::<AwardsAt>(store)?, count::<Proposals>(store)?];
    if listed == [standing, standing, waiting] {
        return Ok(());
    }
    let what = format!(
        "{standing} awards stand and {waiting} of them wait; by subject {} are listed, by time {}, as waiting {}",
        listed[0], listed[1], listed[2]
    );
    Err(StoreError::Damaged { what })
}

fn count<F: Family>(store: &dyn Store) -> Result<u64, StoreError> {
    let mut n = 0;
    each::<F>(store, |_, _| {
        n += 1;
        Ok(())
    })?;
    Ok(n)
}

/// Reads a family from its beginning to its end.
fn each<F: Family>(
    store: &dyn Store,
    mut see: impl FnMut(&F::Key, &F::Value) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut from = vec![F::TAG];
    loop {
        let pairs = store.scan(&from, &super::end::<F>(), AT_ONCE)?;
        let Some((last, _)) = pairs.last() else { return Ok(()) };
        from = [last, &[0_u8][..]].concat();
        for (key, value) in super::decode_pairs::<F>(pairs)? {
            see(&key, &value)?;
        }
    }
}

/// What is listed at a time, if that is where it stands.
fn listed(store: &dyn Store, time: u64, at: Place) -> Result<Option<Pair<Standing>>, StoreError> {
    Ok(pair(store, at)?.filter(|(_, row)| newest_first(row.time) == time))
}

fn pair(store: &dyn Store, at: Place) -> Result<Option<Pair<Standing>>, StoreError> {
    Ok(get::<Standing>(store, &at)?.map(|row| (at, row)))
}

#[cfg(test)]
mod tests {
    use plaudit_core::{
        award::{Content, EffectId, EffectKind},
        event::Subject,
        price::Price,
        rule::{Reward, Text},
    };

    use super::*;
    use crate::memory::MemoryStore;

    fn row(who: &str, key: &str, time: Millis, status: Status) -> (Place, Row) {
        let id = EffectId {
            incentive: "sprint".into(),
            period: None,
            kind: EffectKind::Award,
            name: "first".into(),
            subject: Subject::agent(who),
            key: key.into(),
        };
        let content = Content::Award {
            reward: Reward::Points { currency: "points".into(), units: 5 },
            because: Text { message: "first".into(), arguments: Vec::new() },
        };
        let row = Row {
            id,
            time,
            content,
            status,
            since_block: 1,
            paid: Price::default(),
            revision: 0,
            held: Price::default(),
            steps: Vec::new(),
            team: None,
        };
        (("sprint".to_owned(), row.id.digest().to_string()), row)
    }

    fn apply(store: &MemoryStore, rows: &[(Place, Row)]) {
        let mut batch = Batch::default();
        for (at, row) in rows {
            put_standing(store, &mut batch, at, row).unwrap();
        }
        store.apply(batch).unwrap();
    }

    fn keys(found: Vec<Pair<Standing>>) -> Vec<String> {
        found.into_iter().map(|(_, row)| row.id.key.to_string()).collect()
    }

    fn all(store: &MemoryStore, since: Millis, limit: usize) -> Vec<String> {
        keys(newest(store, &|_| true, &|_| true, (since, limit)).unwrap())
    }

    #[test]
    fn the_newest_come_first_and_only_as_many_as_are_wanted() {
        let store = MemoryStore::default();
        let granted = |who, key, time| row(who, key, time, Status::Granted);
        apply(&store, &[granted("ana", "a", 10), granted("ben", "b", 30), granted("ana", "c", 20)]);
        assert_eq!(keys(of_subject(&store, "agent/ana", 9).unwrap()), ["c", "a"]);
        assert_eq!(keys(of_subject(&store, "agent/ana", 1).unwrap()), ["c"]);
        assert_eq!(
            keys(of_subject(&store, "agent/an", 9).unwrap()),
            [""; 0],
            "a name is not the beginning of another"
        );
        assert_eq!(
            (all(&store, 0, 9), all(&store, 20, 9), all(&store, 0, 1)),
            (vec!["b".into(), "c".into(), "a".into()], vec!["b".into(), "c".into()], vec!["b".into()],)
        );
        assert_eq!(keys(at(&store, 20, "sprint").unwrap()), ["c"]);
        assert_eq!(keys(at(&store, 20, "sprin").unwrap()), [""; 0], "an id is not the beginning of another");
        assert_eq!(keys(at(&store, 21, "sprint").unwrap()), [""; 0]);
        let of_ana = newest(&store, &|subject| subject == "agent/ana", &|row| row.time > 10, (0, 9)).unwrap();
        assert_eq!(keys(of_ana), ["c"]);
    }

    #[test]
    fn a_longer_list_of_the_same_instant_begins_as_the_shorter_one() {
        let store = MemoryStore::default();
        let rows: Vec<_> = (0..40).map(|n| row("ana", &n.to_string(), 10, Status::Granted)).collect();
        apply(&store, &rows);
        let whole = keys(of_subject(&store, "agent/ana", 99).unwrap());
        assert_eq!(whole.len(), 40);
        for limit in 1..40 {
            assert_eq!(keys(of_subject(&store, "agent/ana", limit).unwrap()), whole[..limit]);
            assert_eq!(all(&store, 0, limit), whole[..limit]);
        }
    }

    #[test]
    fn a_row_that_moves_is_found_where_it_is_now_alone() {
        let store = MemoryStore::default();
        apply(&store, &[row("ana", "a", 10, Status::Proposed), row("ana", "b", 20, Status::Granted)]);
        assert_eq!(keys(proposed(&store).unwrap()), ["a"]);
        check(&store).unwrap();
        apply(&store, &[row("ana", "a", 30, Status::Granted), row("ana", "b", 20, Status::Reversed)]);
        check(&store).unwrap();
        assert_eq!(all(&store, 0, 9), ["a", "b"]);
        assert_eq!(keys(of_subject(&store, "agent/ana", 9).unwrap()), ["a", "b"]);
        assert_eq!(keys(proposed(&store).unwrap()), [""; 0]);
        assert_eq!(scan::<AwardsAt>(&store, None, 9).unwrap().len(), 2, "nothing of before is left");
    }

    #[test]
    fn what_is_not_listed_as_it_stands_is_found() {
        let sound = || {
            let store = MemoryStore::default();
            build(&store).unwrap();
            apply(&store, &[row("ana", "a", 10, Status::Proposed), row("ben", "b", 20, Status::Granted)]);
            check(&store).unwrap();
            store
        };
        let (at, of_ana) = row("ana", "a", 10, Status::Proposed);
        let damage: [fn(&mut Batch, &Place); 5] = [
            |batch, at| delete::<AwardsOf>(batch, &("agent/ana".to_owned(), (newest_first(10), at.clone()))),
            |batch, at| delete::<AwardsAt>(batch, &(newest_first(10), at.clone())),
            |batch, at| put::<AwardsAt>(batch, &(newest_first(10), at.clone()), &"agent/ben".to_owned()),
            |batch, at| put::<AwardsAt>(batch, &(newest_first(11), at.clone()), &"agent/ana".to_owned()),
            |batch, at| delete::<Proposals>(batch, at),
        ];
        for damage in damage {
            let store = sound();
            let mut batch = Batch::default();
            damage(&mut batch, &at);
            store.apply(batch).unwrap();
            assert!(matches!(check(&store), Err(StoreError::Damaged { .. })));
        }
        let store = sound();
        let mut batch = Batch::default();
        put::<Standing>(&mut batch, &at, &Row { time: 40, ..of_ana });
        store.apply(batch).unwrap();
        assert!(matches!(check(&store), Err(StoreError::Damaged { .. })), "written past what lists it");
    }

    #[test]
    fn a_store_of_before_is_listed_once() {
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        for n in 0..AT_ONCE as Millis + 5 {
            let (at, row) =
                row("ana", &n.to_string(), n, if n == 7 { Status::Proposed } else { Status::Granted });
            put::<Standing>(&mut batch, &at, &row);
        }
        store.apply(batch).unwrap();
        assert!(all(&store, 0, 9).is_empty());
        build(&store).unwrap();
        assert_eq!(all(&store, 0, usize::MAX).len(), AT_ONCE + 5);
        assert_eq!(keys(proposed(&store).unwrap()), ["7"]);
        let mut batch = Batch::default();
        delete::<Proposals>(&mut batch, &proposed(&store).unwrap()[0].0);
        store.apply(batch).unwrap();
        build(&store).unwrap();
        assert_eq!(keys(proposed(&store).unwrap()), [""; 0], "it is not done again");
    }
}
