//! Why delivery can't start.

use plaudit_store::StoreError;

/// Why delivery can't start.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A setting can't work.
    #[error("{setting}: {problem}")]
    Setting {
        /// Its path, such as `mail.smtp`.
        setting: &'static str,
        /// What is wrong and what to do.
        problem: String,
    },
}
