//! How and when people want to be told. It changes no outcome, so it is no matter of the journal.

use plaudit_core::calendar::QuietTime;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By opaque agent id; who has chosen nothing has no row. A row goes when its person is erased.
#[derive(Debug)]
pub enum Preferences {}

impl Family for Preferences {
    const TAG: u8 = tags::PREFERENCE;
    const NAME: &'static str = "preferences";
    type Key = String;
    type Value = Preference;
}

/// What somebody prefers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// Where to they are told; none: as the house has it.
    pub channels: Option<Channels>,
    /// When not.
    pub quiet: Quiet,
}

/// Channels by what is told. Empty: it stands on their own page only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channels {
    /// Of awards, and what becomes of them.
    pub awards: Vec<Channel>,
    /// Of praise.
    pub praise: Vec<Channel>,
}

/// A private channel. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A direct message.
    Chat,
    /// Mail.
    Mail,
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 2] = [Channel::Chat, Channel::Mail];

    /// `chat` or `mail`.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Chat => "chat",
            Channel::Mail => "mail",
        }
    }
}

/// When somebody is not told. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quiet {
    /// As the house has it.
    #[default]
    House,
    /// They may be told at any time.
    Never,
    /// At times of their own.
    Own(QuietTime),
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
    fn every_preference_comes_back_as_it_was() {
        let own = QuietTime { hours: Some("20:00-08:00".parse().unwrap()), days_off: true };
        for quiet in [Quiet::House, Quiet::Never, Quiet::Own(own)] {
            for channels in [
                None,
                Some(Channels::default()),
                Some(Channels { awards: Channel::ALL.to_vec(), praise: vec![Channel::Mail] }),
            ] {
                let (store, mut batch) = (MemoryStore::default(), Batch::default());
                let preference = Preference { channels, quiet };
                put::<Preferences>(&mut batch, &"a1".to_owned(), &preference);
                store.apply(batch).unwrap();
                assert_eq!(get::<Preferences>(&store, &"a1".to_owned()).unwrap(), Some(preference));
            }
        }
        let bytes = crate::family::value::<Preferences>(&Preference { channels: None, quiet: Quiet::Never });
        assert_eq!(bytes, [1, 0, 1]);
    }
}
