//! Tables of figures: shown on pages, and the same as CSV.

use axum::{
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};

/// A table. On a phone each row is a block, with the columns' names before the values.
#[derive(Default)]
pub(in crate::web) struct Grid {
    /// What it shows, for those who can't see it.
    pub(in crate::web) caption: String,
    pub(in crate::web) columns: Vec<Column>,
    pub(in crate::web) rows: Vec<Vec<Cell>>,
}

pub(in crate::web) struct Column {
    pub(in crate::web) label: String,
    pub(in crate::web) is_number: bool,
}

/// A cell, and where it leads.
#[derive(Default)]
pub(in crate::web) struct Cell {
    pub(in crate::web) text: String,
    pub(in crate::web) href: Option<String>,
    /// What stands under it, small.
    pub(in crate::web) sub: Option<String>,
    /// Percent of a bar under it.
    pub(in crate::web) bar: Option<f64>,
}

impl Cell {
    pub(super) fn to(text: impl Into<String>, href: Option<String>) -> Self {
        Self { text: text.into(), href, ..Self::default() }
    }

    #[must_use]
    pub(super) fn under(mut self, sub: Option<String>) -> Self {
        self.sub = sub;
        self
    }

    #[must_use]
    pub(super) fn with_bar(mut self, percent: f64) -> Self {
        self.bar = Some(percent.clamp(0.0, 100.0));
        self
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl Grid {
    /// Columns are named by `label`; those that end in `#` hold figures.
    pub(super) fn new(caption: String, columns: &[&str], label: impl Fn(&str) -> String) -> Self {
        let column =
            |name: &&str| Column { label: label(name.trim_end_matches('#')), is_number: name.ends_with('#') };
        Self { caption, columns: columns.iter().map(column).collect(), rows: Vec::new() }
    }

    /// Whether the column at `index` holds figures.
    pub(in crate::web) fn is_number(&self, index: &usize) -> bool {
        self.columns.get(*index).is_some_and(|column| column.is_number)
    }

    pub(in crate::web) fn label(&self, index: &usize) -> &str {
        self.columns.get(*index).map_or("", |column| &column.label)
    }
}

/// Rows as a file of comma-separated values.
pub(super) fn csv(name: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Response {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut written = writer.write_record(columns);
    for row in rows {
        let safe = row.iter().map(|text| crate::payroll::safe(text));
        written = written.and_then(|()| writer.write_record(safe.collect::<Vec<_>>()));
    }
    let bytes = written.ok().and_then(|()| writer.into_inner().ok());
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, bytes.unwrap_or_default()).into_response()
}
