//! Colour, only on a terminal, and never alone: a word always goes with it.

use std::{env, io::IsTerminal};

pub(super) use crate::cli::figures::number;
use crate::cli::wide;

/// Whether standard output takes colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint(bool);

impl Paint {
    /// As the terminal and the environment say (NO_COLOR, CLICOLOR_FORCE).
    pub(super) fn of_output() -> Self {
        let says = |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != *"0");
        Self(!says("NO_COLOR") && (says("CLICOLOR_FORCE") || std::io::stdout().is_terminal()))
    }

    /// Without colour, for what is no terminal for certain.
    pub(super) fn none() -> Self {
        Self(false)
    }

    /// What is over a limit or wrong.
    pub(super) fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    /// What is worth a look.
    pub(super) fn yellow(self, text: &str) -> String {
        self.with("33", text)
    }

    /// What is as it should be.
    pub(super) fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Columns with two spaces between them; the last one is not padded. Colour is put in afterwards, since it has no width.
pub(super) fn table(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| wide::columns(cell)).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| wide::left(cell, *width));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let lines = table(&[row(["a", "žalia", "x"]), row(["bbb", "c", ""])]);
        assert_eq!(lines, ["a    žalia  x", "bbb  c"]);
        assert_eq!(table(&[row(["强", "a", ""]), row(["b", "c", ""])]), ["强  a", "b   c"]);
    }

    #[test]
    fn colour_is_left_out_where_there_is_no_terminal() {
        assert_eq!(Paint(false).red("over"), "over");
        assert_eq!(Paint(true).red("over"), "\u{1b}[31mover\u{1b}[0m");
    }
}
