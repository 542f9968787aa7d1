//! People: everything personal, by opaque id, erasable without touching the journal.

use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By opaque agent id.
#[derive(Debug)]
pub enum People {}

impl Family for People {
    const TAG: u8 = tags::PEOPLE;
    const NAME: &'static str = "people";
    type Key = String;
    type Value = Person;
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The id that the contact centre's systems use; empty once erased.
    pub external_id: String,
    /// Shown name.
    pub name: String,
    /// `en`, `es`, `lt`, `zh-Hans` or `zh-Hant`.
    pub locale: String,
    /// Mail address.
    pub mail: Option<String>,
    /// Member id in the chat workspace, such as `U02ABC`.
    pub chat: Option<String>,
    /// Whether they were erased: shown as "former colleague".
    pub erased: bool,
}
