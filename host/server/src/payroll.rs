//! The payroll export: what was booked in a range of days, as CSV, row by row out of the ledger.
//!
//! Rows are by *booking*. A correction is a row of its own with the difference, so an export of a range that is over
//! never changes in what it adds up to; only `provisional` becomes `final` until everything in it is.

use std::{collections::BTreeMap, io};

use chrono::{DateTime, SecondsFormat};
use plaudit_core::{
    Id, Millis,
    event::{Subject, SubjectKind},
    hash::hex,
    ledger::{Account, Posting, Reason, Row},
    price::prize_of,
};
use plaudit_store::{
    Store, StoreError, family,
    family::{cursor::Cursor, ledger::Ledger},
};

/// Ledger rows read at a time.
const CHUNK_ROWS: usize = 256;

/// The columns, in order. They are for ever: new ones come at the end.
pub const COLUMNS: [&str; 17] = [
    "who",
    "who_kind",
    "award",
    "name",
    "incentive",
    "period",
    "earned_date",
    "booked_at",
    "entry",
    "kind",
    "unit",
    "units",
    "cost_currency",
    "cost",
    "status",
    "ledger_row",
    "ledger_hash",
];

/// An incentive as the export needs it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id.
    pub incentive: Id,
    /// Zone of its calendar, for the date on which something was earned.
    pub zone: chrono_tz::Tz,
    /// What was earned before this is final.
    pub final_through: Millis,
}

/// Why an export ends before its end.
#[derive(Debug, thiserror::Error)]
pub enum PayrollError {
    /// The ledger can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Whoever reads it has gone.
    #[error("the export can't be written: {0}")]
    Write(#[from] csv::Error),
    /// Whoever reads it has gone.
    #[error("the export can't be written: {0}")]
    Flush(#[from] io::Error),
}

/// Writes everything that was booked in `[from, to)` to incentives' awards, by incentive and ledger row, with a header.
/// `name` gives the id that an agent is known by.
///
/// # Errors
/// The store can't be read, or `out` not written.
pub fn export(
    store: &dyn Store,
    sources: &[Source],
    range: (Millis, Millis),
    name: &dyn Fn(&Id) -> Result<String, StoreError>,
    out: impl io::Write,
) -> Result<u64, PayrollError> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    let mut lines = 0;
    for source in sources {
        each_row(store, &source.incentive, range, &mut |row| {
            for line in lines_of(row) {
                writer.write_record(record(source, row, &line, name)?)?;
                lines += 1;
            }
            Ok::<(), PayrollError>(())
        })?;
    }
    writer.flush()?;
    Ok(lines)
}

/// Goes through the ledger rows of an incentive that were booked in `[from, to)`, in their order.
///
/// # Errors
/// The store can't be read, or `each` fails.
pub(crate) fn each_row<E: From<StoreError>>(
    store: &dyn Store,
    incentive: &Id,
    range: (Millis, Millis),
    each: &mut dyn FnMut(&Row) -> Result<(), E>,
) -> Result<(), E> {
    let task = incentive.to_string();
    let mut next = first_row(store, &task, range.0)?;
    loop {
        let rows = family::scan::<Ledger>(store, Some(&(task.clone(), next)), CHUNK_ROWS)?;
        let in_range = |((of, _), row): &((String, u64), Row)| *of == task && row.at < range.1;
        let count = rows.len();
        let rows: Vec<Row> = rows.into_iter().take_while(in_range).map(|(_, row)| row).collect();
        rows.iter().try_for_each(&mut *each)?;
        match rows.last() {
            Some(last) if rows.len() == count && count == CHUNK_ROWS => next = last.number + 1,
            _ => return Ok(()),
        }
    }
}

/// The first row of a task that was booked at this time or later. Rows' times never go back.
fn first_row(store: &dyn Store, task: &str, from: Millis) -> Result<u64, StoreError> {
    let place = family::get::<Cursor>(store, &task.to_owned())?;
    let (mut low, mut high) = (1, place.map_or(1, |place| place.ledger_next));
    while low < high {
        let middle = low + (high - low) / 2;
        let row = family::get::<Ledger>(store, &(task.to_owned(), middle))?;
        if row.is_some_and(|row| row.at < from) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

/// What one row of the ledger gives, or takes back, of one thing.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    unit: Id,
    units: i64,
    cost: Option<(Id, i64)>,
}

fn lines_of(row: &Row) -> Vec<Line> {
    let mut costs: BTreeMap<Id, (Id, i64)> = BTreeMap::new();
    for Posting { account, currency, units } in &row.postings {
        if let Account::Spent(prize) = account {
            costs.insert(prize.clone(), (currency.clone(), *units));
        }
    }
    let mut lines = Vec::new();
    for Posting { account, currency, units } in &row.postings {
        if matches!(account, Account::Subject(_)) {
            let cost = prize_of(currency).and_then(|prize| costs.remove(prize));
            lines.push(Line { unit: currency.clone(), units: *units, cost });
        }
    }
    // Another version's cost of a prize that somebody has already.
    lines.extend(costs.into_iter().map(|(prize, cost)| Line {
        unit: plaudit_core::price::piece(&prize),
        units: 0,
        cost: Some(cost),
    }));
    lines
}

fn record(
    source: &Source,
    row: &Row,
    line: &Line,
    name: &dyn Fn(&Id) -> Result<String, StoreError>,
) -> Result<[String; 17], StoreError> {
    let (effect, earned, entry) = match &row.reason {
        Reason::Awarded { effect, earned } => (Some(effect), *earned, "award"),
        Reason::Corrected { effect, earned } => (Some(effect), *earned, "correction"),
        Reason::Adjusted { effect, earned, .. } => (Some(effect), *earned, "adjustment"),
        Reason::Reversed { effect, earned } => (Some(effect), *earned, "reversal"),
        Reason::Funded | Reason::Reserved | Reason::Released | Reason::Stocked { .. } => {
            (None, row.at, "other")
        }
    };
    let text = |value: Option<&Id>| value.map(|id| safe(id)).unwrap_or_default();
    let subject = effect.map(|effect| &effect.subject);
    let date = DateTime::from_timestamp_millis(earned).map(|at| at.with_timezone(&source.zone).date_naive());
    let booked = DateTime::from_timestamp_millis(row.at);
    let (kind, unit) = match prize_of(&line.unit) {
        Some(prize) => ("prize", prize),
        None => ("points", &*line.unit),
    };
    Ok([
        safe(&subject.map(|subject| who(subject, name)).transpose()?.unwrap_or_default()),
        subject.map_or("", kind_of).to_owned(),
        effect.map(|effect| effect.digest().to_string()).unwrap_or_default(),
        text(effect.map(|effect| &effect.name)),
        safe(&source.incentive),
        text(effect.and_then(|effect| effect.period.as_ref())),
        date.map(|date| date.to_string()).unwrap_or_default(),
        booked.map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true)).unwrap_or_default(),
        entry.to_owned(),
        kind.to_owned(),
        safe(unit),
        line.units.to_string(),
        line.cost.as_ref().map(|(currency, _)| safe(currency)).unwrap_or_default(),
        line.cost.as_ref().map(|(_, units)| units.to_string()).unwrap_or_default(),
        if earned < source.final_through { "final" } else { "provisional" }.to_owned(),
        row.number.to_string(),
        hex(&row.hash()).to_string(),
    ])
}

fn who(subject: &Subject, name: &dyn Fn(&Id) -> Result<String, StoreError>) -> Result<String, StoreError> {
    match subject.kind {
        SubjectKind::Agent => name(&subject.id),
        SubjectKind::Team | SubjectKind::Queue => Ok(subject.id.to_string()),
    }
}

fn kind_of(subject: &Subject) -> &'static str {
    match subject.kind {
        SubjectKind::Agent => "agent",
        SubjectKind::Team => "team",
        SubjectKind::Queue => "queue",
    }
}

/// A text that no spreadsheet takes for a formula: OWASP's advice on CSV injection. Numbers of our own are not touched.
pub(crate) fn safe(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{text}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
