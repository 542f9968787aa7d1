//! Messages of plugins that a manager has put into other words.

use super::{Family, tags};

/// By incentive and language tag.
#[derive(Debug)]
pub enum TextOverrides {}

impl Family for TextOverrides {
    const TAG: u8 = tags::TEXT;
    const NAME: &'static str = "texts";
    /// Incentive, then one of `en`, `es`, `lt`, `zh-Hans`, `zh-Hant`.
    type Key = (String, String);
    /// A Fluent resource: its messages stand before those of the plugin with the same ids.
    type Value = String;
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
    fn an_override_comes_back_as_it_was() {
        let (store, mut batch) = (MemoryStore::default(), Batch::default());
        let key = ("daily".to_owned(), "zh-Hant".to_owned());
        put::<TextOverrides>(&mut batch, &key, &"streak = 五星".to_owned());
        store.apply(batch).unwrap();
        assert_eq!(get::<TextOverrides>(&store, &key).unwrap().as_deref(), Some("streak = 五星"));
    }
}
