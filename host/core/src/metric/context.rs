//! An event as expressions see it.

use std::cell::OnceCell;

use cel::{Context, Value};

use super::{
    expression::{EvaluateError, Expression, Shortcut, map},
    functions,
};
use crate::event::{Event, Value as Field};

/// An event, converted for CEL at most once, when the first expression needs it. All metrics share it.
pub struct EventContext<'e> {
    event: &'e Event,
    variables: OnceCell<Context<'static, 'static>>,
}

impl<'e> EventContext<'e> {
    /// Does nothing yet.
    pub fn new(event: &'e Event) -> Self {
        Self { event, variables: OnceCell::new() }
    }

    /// The event.
    pub fn event(&self) -> &'e Event {
        self.event
    }

    /// None where a field is missing.
    pub(super) fn truth(&self, expression: &Expression) -> Result<Option<bool>, EvaluateError> {
        match self.run(expression)? {
            None => Ok(None),
            Some(Value::Bool(yes)) => Ok(Some(yes)),
            Some(other) => Err(expression.wrong_type(&other)),
        }
    }

    /// None where a field is missing or the number is not finite.
    pub(super) fn number(&self, expression: &Expression) -> Result<Option<f64>, EvaluateError> {
        let value = match expression.shortcut() {
            Shortcut::Constant(number) => Some(Value::Float(*number)),
            Shortcut::Field(name) => self.event.field(name).map(to_cel),
            Shortcut::None => self.run(expression)?,
        };
        match value {
            None => Ok(None),
            Some(Value::Float(number)) => Ok(Some(number).filter(|number| number.is_finite())),
            Some(Value::Bool(yes)) => Ok(Some(f64::from(yes))),
            Some(other) => Err(expression.wrong_type(&other)),
        }
    }

    fn run(&self, expression: &Expression) -> Result<Option<Value>, EvaluateError> {
        match expression.run(self.variables.get_or_init(|| variables(self.event))) {
            Ok(value) => Ok(Some(value)),
            Err(EvaluateError::Absent { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn variables(event: &Event) -> Context<'static, 'static> {
    let is_usable = |value: &&Field| !matches!(value, Field::Number(number) if !number.is_finite());
    let fields = event.fields.iter().map(|(name, value)| (&**name, value));
    let data = map(fields.filter(|(_, value)| is_usable(value)).map(|(name, value)| (name, to_cel(value))));

    let text = |text: &str| Value::String(text.to_owned().into());
    let own = [
        Some(("type", text(&event.kind))),
        Some(("subject", text(&event.subject.to_string()))),
        Some(("source", text(&event.source))),
        event.entity.as_ref().map(|entity| ("entity", text(entity))),
        Some(("time", Value::Float(event.time as f64))),
    ];

    let mut context = Context::with_env(functions::environment());
    context.add_variable_from_value("data", data);
    context.add_variable_from_value("event", map(own.into_iter().flatten()));
    context
}

fn to_cel(value: &Field) -> Value {
    match value {
        Field::Number(number) => Value::Float(*number),
        Field::Bool(yes) => Value::Bool(*yes),
        Field::Text(text) => Value::String(text.to_string().into()),
    }
}
