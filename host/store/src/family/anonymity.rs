//! How boards of an incentive show people to each other. It changes no outcome, so it is no matter of the journal.

use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By incentive.
#[derive(Debug)]
pub enum Anonymities {}

impl Family for Anonymities {
    const TAG: u8 = tags::ANONYMITY;
    const NAME: &'static str = "anonymities";
    type Key = String;
    type Value = Anonymity;
}

/// What agents see of each other. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Anonymity {
    /// Everybody by name.
    #[default]
    Names,
    /// Others by their initials.
    Initials,
    /// Only those who stand next to them, by name.
    Neighbours,
    /// Nobody but themselves.
    Mine,
}

impl Anonymity {
    /// All of them.
    pub const ALL: [Anonymity; 4] =
        [Anonymity::Names, Anonymity::Initials, Anonymity::Neighbours, Anonymity::Mine];

    /// `names`, `initials`, `neighbours` or `mine`.
    pub fn name(self) -> &'static str {
        match self {
            Anonymity::Names => "names",
            Anonymity::Initials => "initials",
            Anonymity::Neighbours => "neighbours",
            Anonymity::Mine => "mine",
        }
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
    fn every_anonymity_comes_back_as_it_was() {
        let store = MemoryStore::default();
        for (number, anonymity) in Anonymity::ALL.into_iter().enumerate() {
            let mut batch = Batch::default();
            put::<Anonymities>(&mut batch, &"sprint".to_owned(), &anonymity);
            store.apply(batch).unwrap();
            assert_eq!(get::<Anonymities>(&store, &"sprint".to_owned()).unwrap(), Some(anonymity));
            assert_eq!(crate::family::value::<Anonymities>(&anonymity), [1, u8::try_from(number).unwrap()]);
            assert_eq!(serde_json::to_value(anonymity).unwrap(), anonymity.name());
        }
    }
}
