//! What a manager sets: read with all its problems at once, and described as a JSON Schema for the form.

use std::any::TypeId;
use std::fmt;

use serde_json::{Map, Value, json};

use crate::amount::Amount;
pub use crate::wit::Problem;

/// A value that a settings document may hold. Derive it for structs with named fields and for enums of unit variants
/// (`#[derive(Settings)]`); it is there for numbers, texts, booleans, options and lists.
pub trait Settings: Sized + 'static {
    /// Its JSON Schema, without title and ranges: those are the field's.
    fn schema() -> Value;
    /// Reads it, or notes what is wrong and gives `None`.
    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self>;
    /// As a document holds it.
    fn write(&self) -> Value;
    /// What an absent field means; `None` if it has to be there.
    fn absent() -> Option<Self> {
        None
    }
}

/// A place in a settings document; displays as a JSON pointer such as `/tiers/0/at`.
pub struct Pointer<'a> {
    parent: Option<&'a Pointer<'a>>,
    name: &'a dyn fmt::Display,
}

impl<'a> Pointer<'a> {
    /// The document itself.
    pub const ROOT: Pointer<'static> = Pointer { parent: None, name: &"" };

    /// A field or an item of it.
    pub fn at(&'a self, name: &'a dyn fmt::Display) -> Self {
        Self { parent: Some(self), name }
    }

    /// A problem here.
    pub fn problem(&self, message: impl Into<String>) -> Problem {
        problem(self.to_string(), message)
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parent {
            None => Ok(()),
            Some(parent) => write!(f, "{parent}/{}", self.name),
        }
    }
}

/// A problem of a field, for [`crate::Rule::check`]: a sentence in English, or a message of the plugin's texts by its id.
///
/// ```
/// let problem = plaudit_sdk::problem("/tiers/1/at", "has to be more than 3, the tier before it");
/// assert_eq!(problem.field, "/tiers/1/at");
/// ```
pub fn problem(field: impl Into<String>, message: impl Into<String>) -> Problem {
    Problem { field: field.into(), message: message.into(), arguments: Vec::new() }
}

impl Problem {
    /// An argument of the message, where that is one of the plugin's texts: it is said in the manager's language then.
    ///
    /// ```
    /// let problem = plaudit_sdk::problem("/tiers/1/at", "not-rising").with("before", 3);
    /// assert_eq!(problem.arguments.len(), 1);
    /// ```
    pub fn with(mut self, name: impl Into<String>, value: impl Into<crate::Value>) -> Self {
        self.arguments.push(crate::effects::argument(name, value));
        self
    }
}

/// Reads a settings document.
///
/// # Errors
/// Everything that is wrong with it, by field.
pub fn parse<S: Settings>(text: &str) -> Result<S, Vec<Problem>> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| vec![Pointer::ROOT.problem(format!("is no JSON document: {error}"))])?;
    let mut problems = Vec::new();
    match S::read(&value, &Pointer::ROOT, &mut problems) {
        Some(settings) if problems.is_empty() => Ok(settings),
        _ if problems.is_empty() => Err(vec![Pointer::ROOT.problem("can't be read")]),
        _ => Err(problems),
    }
}

/// The JSON Schema of a whole settings document.
pub fn document_schema<S: Settings>() -> Value {
    let mut schema = S::schema();
    if let Some(object) = schema.as_object_mut() {
        object.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    }
    schema
}

/// What the derive's attributes say of a field.
#[doc(hidden)]
#[derive(Default)]
pub struct Field {
    pub name: &'static str,
    pub title: &'static str,
    pub help: &'static str,
    pub unit: Option<&'static str>,
    pub pick: Option<&'static str>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub items_min: Option<usize>,
    pub items_max: Option<usize>,
    pub choices: &'static [&'static str],
}

impl Field {
    /// Puts the field into an object schema.
    pub fn describe<T: Settings>(&self, object: &mut Value, default: Option<T>) {
        let mut schema = T::schema();
        let required = default.is_none() && T::absent().is_none();
        if let Some(map) = schema.as_object_mut() {
            self.annotate(map);
            if let Some(default) = default {
                map.insert("default".into(), default.write());
            }
        }
        object["properties"][self.name] = schema;
        if required && let Some(list) = object["required"].as_array_mut() {
            list.push(self.name.into());
        }
    }

    fn annotate(&self, map: &mut Map<String, Value>) {
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                map.insert(key.into(), value);
            }
        };
        put("title", (!self.title.is_empty()).then(|| self.title.into()));
        put("description", (!self.help.is_empty()).then(|| self.help.into()));
        put("minItems", self.items_min.map(Value::from));
        put("maxItems", self.items_max.map(Value::from));
        put("enum", (!self.choices.is_empty()).then(|| json!(self.choices)));
        put("x-plaudit", self.pick.map(Value::from));
        put("x-plaudit-unit", self.unit.map(Value::from));
        let ranges = [("minimum", self.min), ("maximum", self.max)];
        let ranges = ranges.into_iter().filter_map(|(key, bound)| Some((key.to_owned(), number(bound?))));
        match Amount::range_of(map) {
            Some(units) => units.extend(ranges),
            None => map.extend(ranges),
        }
    }

    /// Reads the field of an object and checks its ranges.
    pub fn read<T: Settings>(
        &self,
        object: &Map<String, Value>,
        at: &Pointer<'_>,
        problems: &mut Vec<Problem>,
        default: Option<fn() -> T>,
    ) -> Option<T> {
        let at = at.at(&self.name);
        let Some(value) = object.get(self.name) else {
            let value = default.map(|make| make()).or_else(T::absent);
            if value.is_none() {
                problems.push(at.problem("is missing"));
            }
            return value;
        };
        let before = problems.len();
        let read = T::read(value, &at, problems);
        if problems.len() == before {
            self.check(value, &at, problems);
            if let Some(units) = value.get("units").filter(|_| is_amount::<T>()) {
                self.check(units, &at.at(&"units"), problems);
            }
        }
        read
    }

    fn check(&self, value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) {
        if let Some(n) = value.as_f64() {
            if let Some(min) = self.min.filter(|&min| n < min) {
                problems.push(at.problem(format!("is {n}, has to be at least {min}")));
            }
            if let Some(max) = self.max.filter(|&max| n > max) {
                problems.push(at.problem(format!("is {n}, may be at most {max}")));
            }
        }
        if let Some(list) = value.as_array() {
            if let Some(min) = self.items_min.filter(|&min| list.len() < min) {
                problems.push(at.problem(format!("has {} entries, needs at least {min}", list.len())));
            }
            if let Some(max) = self.items_max.filter(|&max| list.len() > max) {
                problems.push(at.problem(format!("has {} entries, may have at most {max}", list.len())));
            }
        }
        if let Some(word) = value.as_str()
            && !self.choices.is_empty()
            && !self.choices.contains(&word)
        {
            problems.push(at.problem(format!("is {word:?}, has to be one of {}", self.choices.join(", "))));
        }
    }
}

/// Whether it is an amount of a currency, whose range is that of its units.
fn is_amount<T: 'static>() -> bool {
    [TypeId::of::<Amount>(), TypeId::of::<Option<Amount>>()].contains(&TypeId::of::<T>())
}

/// Whole bounds are written as whole numbers, so that a form shows `5`, not `5.0`.
fn number(n: f64) -> Value {
    if n.fract() == 0.0 && n.abs() < 9.0e15 { Value::from(n as i64) } else { Value::from(n) }
}

/// The object of a derived struct; notes unknown fields, which are misspelt ones.
#[doc(hidden)]
pub fn object<'v>(
    value: &'v Value,
    known: &[&str],
    at: &Pointer<'_>,
    problems: &mut Vec<Problem>,
) -> Option<&'v Map<String, Value>> {
    let Some(map) = value.as_object() else {
        problems.push(wrong_kind(at, "an object", value));
        return None;
    };
    for name in map.keys().filter(|name| !known.contains(&name.as_str())) {
        problems.push(at.at(name).problem(format!("is no setting; there are: {}", known.join(", "))));
    }
    Some(map)
}

/// The empty schema of a derived struct.
#[doc(hidden)]
pub fn object_schema(title: &str, help: &str) -> Value {
    let mut schema =
        json!({ "type": "object", "properties": {}, "required": [], "additionalProperties": false });
    for (key, text) in [("title", title), ("description", help)] {
        if !text.is_empty() {
            schema[key] = text.into();
        }
    }
    schema
}

/// The schema of a derived enum: names with their titles.
#[doc(hidden)]
pub fn choice_schema(choices: &[(&str, &str)]) -> Value {
    let one_of: Vec<_> =
        choices.iter().map(|(name, title)| json!({ "const": name, "title": title })).collect();
    json!({ "type": "string", "oneOf": one_of })
}

/// The place of a derived enum's value among its names.
#[doc(hidden)]
pub fn choice(value: &Value, names: &[&str], at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<usize> {
    let found = value.as_str().and_then(|word| names.iter().position(|n| *n == word));
    if found.is_none() {
        problems.push(at.problem(format!("is {value}, has to be one of {}", names.join(", "))));
    }
    found
}

fn wrong_kind(at: &Pointer<'_>, wanted: &str, value: &Value) -> Problem {
    at.problem(format!("has to be {wanted}, not {value}"))
}

macro_rules! whole_numbers {
    ($($type:ty),*) => {$(
        impl Settings for $type {
            fn schema() -> Value {
                let mut schema = json!({ "type": "integer" });
                if <$type>::MIN == 0 {
                    schema["minimum"] = 0.into();
                }
                schema
            }
            fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
                let read = value.as_i64().and_then(|n| <$type>::try_from(n).ok());
                if read.is_none() {
                    let wanted = format!("a whole number from {} to {}", <$type>::MIN, <$type>::MAX);
                    problems.push(wrong_kind(at, &wanted, value));
                }
                read
            }
            fn write(&self) -> Value {
                (*self).into()
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32, i32, i64);

impl Settings for f64 {
    fn schema() -> Value {
        json!({ "type": "number" })
    }
    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let read = value.as_f64().filter(|n| n.is_finite());
        if read.is_none() {
            problems.push(wrong_kind(at, "a number", value));
        }
        read
    }
    fn write(&self) -> Value {
        number(*self)
    }
}

impl Settings for bool {
    fn schema() -> Value {
        json!({ "type": "boolean" })
    }
    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let read = value.as_bool();
        if read.is_none() {
            problems.push(wrong_kind(at, "true or false", value));
        }
        read
    }
    fn write(&self) -> Value {
        (*self).into()
    }
}

impl Settings for String {
    fn schema() -> Value {
        json!({ "type": "string", "minLength": 1 })
    }
    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let read = value.as_str().filter(|text| !text.is_empty()).map(Self::from);
        if read.is_none() {
            problems.push(wrong_kind(at, "a text that is not empty", value));
        }
        read
    }
    fn write(&self) -> Value {
        self.as_str().into()
    }
}

impl<T: Settings> Settings for Vec<T> {
    fn schema() -> Value {
        json!({ "type": "array", "items": T::schema() })
    }
    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Some(items) = value.as_array() else {
            problems.push(wrong_kind(at, "a list", value));
            return None;
        };
        // Every item is read, so that every problem is found.
        let read: Vec<_> =
            items.iter().enumerate().map(|(i, item)| T::read(item, &at.at(&i), problems)).collect();
        read.into_iter().collect()
    }
    fn write(&self) -> Value {
        self.iter().map(T::write).collect()
    }
}

impl<T: Settings> Settings for Option<T> {
    fn schema() -> Value {
        T::schema()
    }
    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value, at, problems).map(Some) }
    }
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl Settings for () {
    fn schema() -> Value {
        object_schema("", "")
    }
    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        object(value, &[], at, problems).map(|_| ())
    }
    fn write(&self) -> Value {
        json!({})
    }
}
