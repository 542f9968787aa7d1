//! Columns under each other, also where names are Chinese: those characters are two columns wide on a terminal.

use unicode_width::UnicodeWidthStr as _;

/// Columns that a text takes on a terminal.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// Filled with spaces on the right up to a width.
pub(super) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Filled with spaces on the left up to a width.
pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_are_two_columns_wide() {
        assert_eq!((columns("Žilvinas"), columns("黄志强")), (8, 6));
        assert_eq!((left("黄志强", 8), right("黄志强", 8)), ("黄志强  ".to_owned(), "  黄志强".to_owned()));
        assert_eq!(left("too long", 3), "too long");
    }
}
