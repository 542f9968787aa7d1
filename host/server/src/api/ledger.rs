//! `GET /v1/ledger`: what was booked, newest first.

use axum::{
    Json,
    extract::{Query, State},
};
use plaudit_core::{
    Id, Millis,
    ledger::{Account, Reason, Row},
};
use plaudit_store::{
    Store, StoreError, family,
    family::{cursor::Cursor, ledger::Ledger},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    problem::{Answer, Problem},
};
use crate::engine::TREASURY;

/// Rows of a page at most.
const ROWS_MAX: usize = 200;
/// Rows that are looked through for one page.
const LOOKED_AT_MAX: usize = 5000;

/// Which rows.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only this incentive's; `treasury` is what came into budgets and was set aside.
    #[serde(default)]
    pub incentive: Option<String>,
    /// Only what moves this account, such as `agent/<opaque id>` or `budget/team`.
    #[serde(default)]
    pub account: Option<String>,
    /// `funded`, `reserved`, `released`, `awarded`, `corrected`, `reversed`, `stocked` or `adjusted`.
    #[serde(default)]
    pub kind: Option<String>,
    /// What the page before gave as `next`.
    #[serde(default)]
    pub before: Option<String>,
    /// At most so many, 1 to 200; 50 if left out.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// A page of rows.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LedgerPage)]
pub struct Page {
    /// Newest first. A page may be empty and still have a next one.
    pub rows: Vec<RowView>,
    /// Hand it in as `before`.
    pub next: Option<String>,
}

/// A row of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = LedgerRow)]
pub struct RowView {
    /// Whose chain it is in: an incentive, or `treasury`.
    pub of: String,
    /// In its chain, from 1.
    pub number: u64,
    /// When it was booked.
    pub at: Millis,
    /// Why.
    pub kind: &'static str,
    /// The award that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award: Option<Id>,
    /// What moves; the units of each currency sum to zero.
    pub postings: Vec<PostingView>,
}

/// Units into an account, or out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LedgerPosting)]
pub struct PostingView {
    /// Such as `agent/<opaque id>` or `budget/team`.
    pub account: String,
    /// Such as `points`; `prize/<id>` counts pieces.
    pub currency: Id,
    /// Whole units.
    pub units: i64,
}

/// What a row is of.
pub(crate) const KINDS: [&str; 8] =
    ["awarded", "corrected", "reversed", "adjusted", "funded", "reserved", "released", "stocked"];

/// `GET /v1/ledger?incentive=sprint&before=…`
///
/// # Errors
/// `before` is not what a page gave, or the store fails.
pub async fn list(State(state): State<AppState>, Query(which): Query<Which>) -> Answer<Json<Page>> {
    let mut tasks: Vec<String> = state.journal.house().incentives.keys().map(ToString::to_string).collect();
    tasks.push(TREASURY.to_owned());
    if let Some(wanted) = &which.incentive {
        let wanted = if wanted == "treasury" { TREASURY } else { wanted };
        tasks.retain(|task| task == wanted);
    }
    let before = match &which.before {
        None => None,
        Some(text) => Some(place(text).ok_or_else(|| {
            Problem::bad_request("bad-cursor", format!("`before` is {text:?}; hand in what `next` gave"))
        })?),
    };
    let store = state.store.clone();
    let read = tokio::task::spawn_blocking(move || page(&*store, tasks, before, &which)).await;
    let read = read.unwrap_or_else(|error| {
        tracing::error!(%error, "the ledger can't be read");
        Ok(Page { rows: Vec::new(), next: None })
    });
    Ok(Json(read?))
}

/// Time, chain and number of a row: rows are in this order.
type Place = (Millis, String, u64);

fn place(text: &str) -> Option<Place> {
    let mut parts = text.splitn(3, ':');
    let (at, number) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((at, parts.next()?.to_owned(), number))
}

/// Merges the chains from their ends.
fn page(
    store: &dyn Store,
    tasks: Vec<String>,
    before: Option<Place>,
    which: &Which,
) -> Result<Page, StoreError> {
    let limit = which.limit.unwrap_or(50).clamp(1, ROWS_MAX);
    let mut heads = Vec::new();
    for task in tasks {
        let last = last_before(store, &task, before.as_ref())?;
        heads.extend(row(store, &task, last)?);
    }
    let mut rows = Vec::new();
    for _ in 0..LOOKED_AT_MAX {
        let key = |row: &Row| (row.at, row.task.to_string(), row.number);
        let newest = heads.iter().enumerate().max_by_key(|(_, row)| key(row)).map(|(index, _)| index);
        let Some(index) = newest else { return Ok(Page { rows, next: None }) };
        let row = heads.swap_remove(index);
        heads.extend(self::row(store, &row.task, row.number - 1)?);
        let next = format!("{}:{}:{}", row.at, row.number, row.task);
        let view = view(&row);
        if is_wanted(&view, which) {
            rows.push(view);
        }
        if rows.len() == limit {
            let next = (!heads.is_empty()).then_some(next);
            return Ok(Page { rows, next });
        }
    }
    let oldest = heads.iter().max_by_key(|row| (row.at, row.task.to_string(), row.number));
    // The newest of those that remain is the first of the next page.
    let next = oldest.map(|row| format!("{}:{}:{}", row.at, row.number + 1, row.task));
    Ok(Page { rows, next })
}

fn row(store: &dyn Store, task: &str, number: u64) -> Result<Option<Row>, StoreError> {
    if number == 0 {
        return Ok(None);
    }
    family::get::<Ledger>(store, &(task.to_owned(), number))
}

/// The last row of a chain that comes before a place. Rows' times never go back.
fn last_before(store: &dyn Store, task: &str, place: Option<&Place>) -> Result<u64, StoreError> {
    let end = family::get::<Cursor>(store, &task.to_owned())?.map_or(1, |cursor| cursor.ledger_next);
    let Some(place) = place else { return Ok(end - 1) };
    let (mut low, mut high) = (1, end);
    while low < high {
        let middle = low + (high - low) / 2;
        let is_before =
            row(store, task, middle)?.is_some_and(|row| (row.at, row.task.to_string(), row.number) < *place);
        if is_before { low = middle + 1 } else { high = middle }
    }
    Ok(low - 1)
}

fn is_wanted(row: &RowView, which: &Which) -> bool {
    which.kind.as_ref().is_none_or(|kind| row.kind == kind)
        && which.account.as_ref().is_none_or(|wanted| row.postings.iter().any(|p| p.account == *wanted))
}

fn view(row: &Row) -> RowView {
    let (kind, award) = match &row.reason {
        Reason::Funded => ("funded", None),
        Reason::Reserved => ("reserved", None),
        Reason::Released => ("released", None),
        Reason::Stocked { .. } => ("stocked", None),
        Reason::Awarded { effect, .. } => ("awarded", Some(effect.digest())),
        Reason::Corrected { effect, .. } => ("corrected", Some(effect.digest())),
        Reason::Reversed { effect, .. } => ("reversed", Some(effect.digest())),
        Reason::Adjusted { effect, .. } => ("adjusted", Some(effect.digest())),
    };
    let posting = |posting: &plaudit_core::ledger::Posting| PostingView {
        account: Account::to_string(&posting.account),
        currency: posting.currency.clone(),
        units: posting.units,
    };
    RowView {
        of: if &*row.task == TREASURY { "treasury".to_owned() } else { row.task.to_string() },
        number: row.number,
        at: row.at,
        kind,
        award,
        postings: row.postings.iter().map(posting).collect(),
    }
}

#[cfg(test)]
mod tests {
    use plaudit_core::{ledger::Chain, ledger::Posting};
    use plaudit_store::{Batch, family::cursor::Place as Cut, memory::MemoryStore};

    use super::*;

    /// Two chains whose times interleave, with equal ones among them.
    fn store() -> MemoryStore {
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        for (task, times) in [("a", vec![1, 3, 3, 5]), ("b", vec![2, 3, 4])] {
            let mut chain = Chain::new(task);
            for (block, at) in times.into_iter().enumerate() {
                let posting = |account: &str, units| Posting {
                    account: Account::Budget(account.into()),
                    currency: "points".into(),
                    units,
                };
                let postings = vec![posting("x", -1), posting(task, 1)];
                let row = chain.append(block as u64 + 1, at, postings, Reason::Reserved).unwrap();
                family::put::<Ledger>(&mut batch, &(task.into(), row.number), &row);
            }
            let cut = Cut { ledger_next: chain.next, ledger_head: chain.head, ..Cut::default() };
            family::put::<Cursor>(&mut batch, &task.to_owned(), &cut);
        }
        store.apply(batch).unwrap();
        store
    }

    fn all(limit: usize, account: Option<&str>) -> Vec<(Millis, String, u64)> {
        let store = store();
        let (mut found, mut before) = (Vec::new(), None);
        for _ in 0..20 {
            let which = Which { limit: Some(limit), account: account.map(Into::into), ..Which::default() };
            let page = page(&store, vec!["a".into(), "b".into()], before, &which).unwrap();
            found.extend(page.rows.iter().map(|row| (row.at, row.of.clone(), row.number)));
            let Some(next) = page.next else { return found };
            before = Some(place(&next).unwrap());
        }
        panic!("pages without an end");
    }

    #[test]
    fn pages_of_any_size_are_the_same_rows_newest_first() {
        let whole = all(200, None);
        assert_eq!(whole.len(), 7);
        assert!(whole.is_sorted_by(|a, b| a > b), "{whole:?}");
        for limit in 1..8 {
            assert_eq!(all(limit, None), whole, "{limit} a page");
        }
        assert_eq!(all(1, Some("budget/b")).len(), 3);
        assert!(all(2, Some("budget/none")).is_empty());
        assert_eq!(place("5:2:a:b"), Some((5, "a:b".into(), 2)));
        assert_eq!((place(""), place("x:1:a")), (None, None));
    }
}
