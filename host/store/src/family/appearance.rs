//! How people want to be seen by others on boards. It changes no outcome, so it is no matter of the journal.

use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By opaque agent id; who has chosen nothing has no row.
#[derive(Debug)]
pub enum Appearances {}

impl Family for Appearances {
    const TAG: u8 = tags::APPEARANCE;
    const NAME: &'static str = "appearances";
    type Key = String;
    type Value = Appearance;
}

/// How somebody appears to others. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Appearance {
    /// By name, where the incentive allows it.
    #[default]
    Name,
    /// By initials, also where the incentive would show the name.
    Initials,
}

impl Appearance {
    /// All of them.
    pub const ALL: [Appearance; 2] = [Appearance::Name, Appearance::Initials];

    /// `name` or `initials`.
    pub fn name(self) -> &'static str {
        match self {
            Appearance::Name => "name",
            Appearance::Initials => "initials",
        }
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|appearance| appearance.name() == name)
    }
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
    fn every_appearance_comes_back_as_it_was() {
        let store = MemoryStore::default();
        for (number, appearance) in Appearance::ALL.into_iter().enumerate() {
            let mut batch = Batch::default();
            put::<Appearances>(&mut batch, &"a1".to_owned(), &appearance);
            store.apply(batch).unwrap();
            assert_eq!(get::<Appearances>(&store, &"a1".to_owned()).unwrap(), Some(appearance));
            assert_eq!(crate::family::value::<Appearances>(&appearance), [1, u8::try_from(number).unwrap()]);
            assert_eq!(Appearance::parse(appearance.name()), Some(appearance));
            assert_eq!(serde_json::to_value(appearance).unwrap(), appearance.name());
        }
    }
}
