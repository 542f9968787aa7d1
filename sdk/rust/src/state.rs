//! What a rule may keep between events, and the number of its shape.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Serialize, de::DeserializeOwned};

use crate::time::{ClockTime, LocalDay, Weekday};

/// What can be kept: the state of a rule, and each part of it. `#[derive(State)]` makes a struct or an enum one.
///
/// [`State::SCHEMA`] follows from the shape: names of fields and variants, and their types, all the way down. A plugin of another
/// shape has another number, so the host never hands the new one bytes of the old: it folds the events again. What the
/// shape can't tell, that the same field means something else from now on, the author says with `#[state(schema = 2)]`.
///
/// ```
/// use plaudit_sdk::{LocalDay, State};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Default, Serialize, Deserialize, State)]
/// struct Streak { length: u32, since: LocalDay }
///
/// /// The length was of calls, and is of days now.
/// #[derive(Default, Serialize, Deserialize, State)]
/// #[state(schema = 2)]
/// struct OfDays { length: u32, since: LocalDay }
///
/// assert_ne!(Streak::SCHEMA, OfDays::SCHEMA);
/// assert_ne!(Streak::SCHEMA, <(u32, LocalDay)>::SCHEMA);
/// ```
///
/// `HashMap` and `HashSet` are no states: the order of their entries is not a rule's to decide, and would reach what it awards.
/// Nor is `usize`, which is of another size in the sandbox than natively.
///
/// ```compile_fail
/// use plaudit_sdk::State;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Default, Serialize, Deserialize, State)]
/// struct Seen { contacts: std::collections::HashSet<String> }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be kept in a rule's state",
    note = "a type of your own needs `#[derive(Default, Serialize, Deserialize, State)]`",
    note = "instead of HashMap, HashSet and usize take BTreeMap, BTreeSet and u32: the same order and size everywhere"
)]
pub trait State: Serialize + DeserializeOwned {
    /// Another number means another shape or meaning: the host then makes the states anew from the events.
    const SCHEMA: u32;
}

/// The number of a shape: what it is called or raised to, and its parts by name, in order. For the derive.
///
/// FNV-1a with 32 bits (<https://datatracker.ietf.org/doc/draft-eastlake-fnv/>): two shapes of one plugin have the same
/// number once in four thousand million.
#[doc(hidden)]
pub const fn schema(name: &str, number: u32, parts: &[(&str, u32)]) -> u32 {
    let mut hash = word(2_166_136_261, name);
    hash = bytes(hash, &number.to_le_bytes());
    let mut i = 0;
    while i < parts.len() {
        hash = word(hash, parts[i].0);
        hash = bytes(hash, &parts[i].1.to_le_bytes());
        i += 1;
    }
    hash
}

/// A word with its length, so that no two lists of words read alike.
const fn word(hash: u32, text: &str) -> u32 {
    bytes(bytes(hash, &(text.len() as u32).to_le_bytes()), text.as_bytes())
}

const fn bytes(mut hash: u32, bytes: &[u8]) -> u32 {
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u32).wrapping_mul(16_777_619);
        i += 1;
    }
    hash
}

macro_rules! plain {
    ($($type:ty),* $(,)?) => {
        $(impl State for $type {
            const SCHEMA: u32 = schema(stringify!($type), 0, &[]);
        })*
    };
}

plain!(
    (),
    bool,
    char,
    String,
    u8,
    u16,
    u32,
    u64,
    u128,
    i8,
    i16,
    i32,
    i64,
    i128,
    f32,
    f64,
    LocalDay,
    ClockTime,
    Weekday
);

macro_rules! of_items {
    ($($name:literal, $type:ty, [$($bound:tt)*];)*) => {
        $(impl<T: State $($bound)*> State for $type {
            const SCHEMA: u32 = schema($name, 0, &[("", T::SCHEMA)]);
        })*
    };
}

of_items! {
    "Option", Option<T>, [];
    "Box", Box<T>, [];
    "Vec", Vec<T>, [];
    "VecDeque", VecDeque<T>, [];
    "BTreeSet", BTreeSet<T>, [+ Ord];
}

impl<K: State + Ord, V: State> State for BTreeMap<K, V> {
    const SCHEMA: u32 = schema("BTreeMap", 0, &[("", K::SCHEMA), ("", V::SCHEMA)]);
}

impl<T: State, const N: usize> State for [T; N]
where
    Self: Serialize + DeserializeOwned,
{
    const SCHEMA: u32 = schema("array", N as u32, &[("", T::SCHEMA)]);
}

macro_rules! tuples {
    ($(($($part:ident),+)),* $(,)?) => {
        $(impl<$($part: State),+> State for ($($part,)+) {
            const SCHEMA: u32 = schema("tuple", 0, &[$(("", $part::SCHEMA)),+]);
        })*
    };
}

tuples!((A), (A, B), (A, B, C), (A, B, C, D));

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use plaudit_sdk_macros::State;
    use serde::{Deserialize, Serialize};

    use super::State;

    mod before {
        use super::*;

        #[derive(Default, Serialize, Deserialize, State)]
        pub(super) struct Run {
            pub(super) length: u32,
            pub(super) best: u32,
        }
    }

    /// What becomes of `before::Run`.
    macro_rules! changed {
        ($name:ident, $($field:ident: $type:ty),*) => {
            mod $name {
                use super::*;

                #[derive(Default, Serialize, Deserialize, State)]
                pub(super) struct Run { $(pub(super) $field: $type),* }
            }
        };
    }
    changed!(same, length: u32, best: u32);
    changed!(renamed, length: u32, longest: u32);
    changed!(swapped, best: u32, length: u32);
    changed!(wider, length: u64, best: u32);
    changed!(more, length: u32, best: u32, days: Vec<i32>);
    changed!(less, length: u32);
    changed!(deeper, length: u32, best: Option<u32>);

    #[derive(Serialize, Deserialize, State)]
    enum Phase {
        Open,
        Shut(u32),
        Over { by: String },
    }

    #[derive(Serialize, Deserialize, State)]
    enum Fewer {
        Open,
        Shut(u32),
    }

    #[derive(Default, Serialize, Deserialize, State)]
    #[serde(bound = "")]
    struct Held<T: State + Default> {
        inner: T,
    }

    #[test]
    fn every_change_of_the_shape_changes_the_number() {
        let old = before::Run::SCHEMA;
        assert_eq!(same::Run::SCHEMA, old, "the same, elsewhere");
        let others = [
            renamed::Run::SCHEMA,
            swapped::Run::SCHEMA,
            wider::Run::SCHEMA,
            more::Run::SCHEMA,
            less::Run::SCHEMA,
            deeper::Run::SCHEMA,
        ];
        for (i, number) in others.iter().enumerate() {
            assert_ne!(*number, old, "change {i}");
            assert!(!others[..i].contains(number), "changes {i} and another have one number");
        }
        assert_ne!(Phase::SCHEMA, Fewer::SCHEMA);
        assert_ne!(Held::<before::Run>::SCHEMA, Held::<wider::Run>::SCHEMA, "a part's shape is its owner's");
        assert_ne!(<[u8; 3]>::SCHEMA, <[u8; 4]>::SCHEMA);
        assert_ne!(<BTreeMap<u8, u16>>::SCHEMA, <BTreeMap<u16, u8>>::SCHEMA);
    }

    #[test]
    fn a_number_stays_what_it_is() {
        // Written down: with another one, every house would fold all its history again.
        assert_eq!(u32::SCHEMA, 0xfcf9_8e14);
        assert_eq!(before::Run::SCHEMA, 0xc65a_0d27);
    }
}
