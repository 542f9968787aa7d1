//! What is wrong with an expression, shown where it is.

use std::fmt;

/// Why an expression is refused: the place, the reason and a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// The whole expression.
    pub text: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

impl ExpressionError {
    /// `offset` is in bytes and may lie anywhere.
    pub(super) fn at(text: &str, offset: usize, problem: Problem) -> Self {
        let before = &text[..text.floor_char_boundary(offset.min(text.len()))];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { text: text.to_owned(), line, column, message: problem.message, hint: problem.hint }
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, line, column, message, hint } = self;
        let shown = text.lines().nth(line - 1).unwrap_or_default().replace('\t', " ");
        let (number, caret) = (line.to_string(), " ".repeat(column - 1));
        let margin = " ".repeat(number.len());
        writeln!(f, "{message} (line {line}, column {column})")?;
        writeln!(f, "{number} | {shown}")?;
        writeln!(f, "{margin} | {caret}^")?;
        write!(f, "{hint}")
    }
}

impl std::error::Error for ExpressionError {}

/// What is wrong and what to write instead, before its place is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) hint: String,
}

impl Problem {
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}
