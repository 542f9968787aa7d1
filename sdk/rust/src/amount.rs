//! An amount of a currency as a manager sets it.

use serde_json::{Map, Value, json};

use crate::settings::{self, Pointer, Problem, Settings};

/// So many whole units of a currency of the house: a form asks for both in one field, in its own words. In a document it is
/// `{ "currency": "points", "units": 50 }`. A field's `min` and `max` are those of the units, which are at least 1.
///
/// ```
/// use plaudit_sdk::prelude::*;
/// use plaudit_sdk::Amount;
///
/// #[derive(Settings)]
/// struct Prizes {
///     /// What the first one gets.
///     #[setting(default = Amount::of("points", 100), max = 500)]
///     first: Amount,
/// }
///
/// let prizes: Prizes = plaudit_sdk::settings::parse("{}").expect("defaults");
/// let award = Award::amount("first", &prizes.first);
/// assert_eq!(award, Award::points("first", "points", 100));
/// let wrong = plaudit_sdk::settings::parse::<Prizes>(r#"{"first":{"currency":"points","units":501}}"#);
/// assert_eq!(wrong.err().expect("too many")[0].field, "/first/units");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Such as `points`: a currency of the house.
    pub currency: String,
    /// Whole units, at least 1.
    pub units: i64,
}

/// Its fields in a document.
const FIELDS: [&str; 2] = ["currency", "units"];

impl Amount {
    /// So many units of a currency.
    pub fn of(currency: impl Into<String>, units: i64) -> Self {
        Self { currency: currency.into(), units }
    }

    /// Where the range of a field stands in the schema of an amount.
    pub(crate) fn range_of(schema: &mut Map<String, Value>) -> Option<&mut Map<String, Value>> {
        let is_amount = schema.get("x-plaudit").is_some_and(|picker| picker == "amount");
        if is_amount { schema.get_mut("properties")?.get_mut("units")?.as_object_mut() } else { None }
    }
}

impl Settings for Amount {
    fn schema() -> Value {
        json!({
            "type": "object",
            "x-plaudit": "amount",
            "properties": {
                "currency": { "type": "string", "title": "Currency", "minLength": 1, "x-plaudit": "currency" },
                "units": { "type": "integer", "title": "Units", "minimum": 1 },
            },
            "required": FIELDS,
            "additionalProperties": false,
        })
    }

    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let object = settings::object(value, &FIELDS, at, problems)?;
        let of = |name, min| settings::Field { name, min, ..settings::Field::default() };
        let currency = of("currency", None).read(object, at, problems, None);
        let units: Option<i64> = of("units", Some(1.0)).read(object, at, problems, None);
        Some(Self { currency: currency?, units: units? })
    }

    fn write(&self) -> Value {
        json!({ "currency": self.currency, "units": self.units })
    }
}
