//! Closed periods as concluded: what a late correction is compared with.

use plaudit_core::{Id, event::Subject, incentive::Period};
use serde::{Deserialize, Serialize};

use super::{Family, bytes::Bytes, pages, tags};
use crate::{Batch, Store, StoreError};

/// By incentive, the period's start in milliseconds since 1970, and page.
#[derive(Debug)]
pub enum Concluded {}

impl Family for Concluded {
    const TAG: u8 = tags::CONCLUDED;
    const NAME: &'static str = "concluded";
    type Key = (String, (u64, u32));
    type Value = Bytes;
}

/// A closed period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConcludedPeriod {
    /// Its bounds as opened.
    pub period: Period,
    /// Each board by name, its rows from the best on.
    pub boards: Vec<(Id, Vec<ConcludedRow>)>,
    /// The shared state that conclude was given.
    pub shared: Vec<u8>,
    /// How often it was concluded; from 1.
    pub runs: u32,
}

/// A row of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConcludedRow {
    /// 1 is best.
    pub rank: u32,
    /// Agent or team.
    pub subject: Subject,
    /// The ranked value.
    pub value: f64,
    /// Whether the board's guards let it win something.
    pub qualified: bool,
    /// One per column; NaN where nothing was scored.
    pub columns: Vec<f64>,
}

/// Adds a concluded period to a batch, in place of what was concluded before (which is looked up in the store).
pub fn put_concluded(
    store: &dyn Store,
    batch: &mut Batch,
    incentive: &str,
    concluded: &ConcludedPeriod,
) -> Result<(), StoreError> {
    let start = concluded.period.start.cast_unsigned();
    let key = |page| (incentive.to_owned(), (start, page));
    let previous = pages::read_pages::<Concluded>(store, key)?.map_or(0, |paged| paged.pages);
    let bytes = postcard::to_stdvec(concluded).unwrap_or_default();
    pages::put_pages::<Concluded>(batch, u64::from(concluded.runs), &bytes, previous, key);
    Ok(())
}

/// Starts of an incentive's concluded periods, rising.
pub fn starts(store: &dyn Store, incentive: &str) -> Result<Vec<plaudit_core::Millis>, StoreError> {
    let prefix = [incentive.as_bytes(), &[0]].concat();
    let rows = super::scan_prefix::<Concluded>(store, &prefix, usize::MAX)?;
    let mut starts: Vec<_> = rows.into_iter().map(|((_, (start, _)), _)| start.cast_signed()).collect();
    starts.sort_unstable();
    starts.dedup();
    Ok(starts)
}

/// Reads a concluded period by its start; `None` if it has not been concluded.
pub fn read_concluded(
    store: &dyn Store,
    incentive: &str,
    start: plaudit_core::Millis,
) -> Result<Option<ConcludedPeriod>, StoreError> {
    let key = |page| (incentive.to_owned(), (start.cast_unsigned(), page));
    let Some(paged) = pages::read_pages::<Concluded>(store, key)? else { return Ok(None) };
    let what = || format!("the concluded period {start} of {incentive} can't be read");
    postcard::from_bytes(&paged.bytes).map(Some).map_err(|_| StoreError::Damaged { what: what() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        family::{component, scan},
        memory::MemoryStore,
    };

    #[test]
    fn a_period_that_is_concluded_again_replaces_the_one_before() {
        let store = MemoryStore::default();
        let row = |rank| ConcludedRow {
            rank,
            subject: Subject::agent("a1"),
            value: 0.5,
            qualified: true,
            columns: vec![1.5, 2.0],
        };
        for (runs, rows) in [(1, 20_000), (2, 3)] {
            let concluded = ConcludedPeriod {
                period: Period { id: "2026-03".into(), start: -5, end: 7 },
                boards: vec![("main".into(), (1..=rows).map(row).collect())],
                shared: vec![9; 256 * 1024 / runs as usize],
                runs,
            };
            let mut batch = Batch::default();
            put_concluded(&store, &mut batch, "spring", &concluded).unwrap();
            store.apply(batch).unwrap();
            assert_eq!(read_concluded(&store, "spring", -5).unwrap(), Some(concluded));
        }
        assert_eq!(
            scan::<Concluded>(&store, None, 99).unwrap().len(),
            4,
            "nothing is left of the longer one"
        );
        assert_eq!(read_concluded(&store, "spring", 0).unwrap(), None);
        assert_eq!(starts(&store, "spring").unwrap(), [-5]);
    }

    #[test]
    fn components_come_back_whole() {
        let store = MemoryStore::default();
        let bytes: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
        let mut batch = Batch::default();
        component::put_component(&mut batch, "ab", &bytes);
        store.apply(batch).unwrap();
        assert_eq!(component::read_component(&store, "ab").unwrap(), Some(bytes));
        assert_eq!(component::read_component(&store, "a").unwrap(), None);
    }
}
