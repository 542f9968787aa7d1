//! Fields that are kept of events, beyond those that metrics and sources name.

use plaudit_core::{Id, Millis};
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By event type.
#[derive(Debug)]
pub enum Fields {}

impl Family for Fields {
    const TAG: u8 = tags::FIELD;
    const NAME: &'static str = "fields";
    type Key = String;
    type Value = DeclaredFields;
}

/// What is kept of events of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredFields {
    /// Names in `data`, sorted.
    pub names: Vec<Id>,
    /// When it was last changed.
    pub changed: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Batch, Store,
        family::{get, put},
        memory::MemoryStore,
    };

    #[test]
    fn declared_fields_come_back_as_they_were() {
        let fields = DeclaredFields { names: vec!["channel".into(), "queue".into()], changed: 1 };
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        put::<Fields>(&mut batch, &"contact.completed".to_owned(), &fields);
        store.apply(batch).unwrap();
        assert_eq!(get::<Fields>(&store, &"contact.completed".to_owned()).unwrap(), Some(fields));
    }
}
