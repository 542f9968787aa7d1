//! Expressions: checked CEL, over an event or over any JSON.

use std::collections::{BTreeSet, HashMap};

use cel::{
    Context, ExecutionError, IdedExpr, Value,
    common::ast::{Expr, LiteralValue},
    objects::{Key, Map},
};
use serde_json::Value as Json;
use thiserror::Error;

use super::{
    check::Checker,
    functions,
    problem::{ExpressionError, Problem},
};
use crate::{
    Id,
    limits::{CEL_BYTES_MAX, CEL_DEPTH_MAX, CEL_LIST_ITEMS_MAX},
};

/// What an expression has to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Anything.
    Any,
    /// Yes or no.
    Bool,
    /// A number; a yes or no counts as 1 or 0.
    Number,
    /// A text.
    Text,
}

/// Why an expression gave no value.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum EvaluateError {
    /// A field it reads is not there.
    #[error("`{expression}` needs {field:?}, which is missing; guard it with has(…) if it is optional")]
    Absent {
        /// The expression.
        expression: Id,
        /// What is missing.
        field: String,
    },
    /// It gave something else than it should.
    #[error("`{expression}` gave {found}, not {expected}")]
    Type {
        /// The expression.
        expression: Id,
        /// In words.
        expected: &'static str,
        /// In words.
        found: String,
    },
    /// It failed.
    #[error("`{expression}` failed: {message}; check the types of the fields it reads")]
    Failed {
        /// The expression.
        expression: Id,
        /// What CEL says.
        message: String,
    },
}

/// A checked expression.
#[derive(Clone, Debug)]
pub struct Expression {
    text: Id,
    tree: IdedExpr,
    expected: Expected,
    fields: BTreeSet<Id>,
    shortcut: Shortcut,
}

/// Frequent expressions that need no interpreter.
#[derive(Clone, Debug)]
pub(super) enum Shortcut {
    /// A number.
    Constant(f64),
    /// `data.<field>`.
    Field(Id),
    /// None of these.
    None,
}

impl Expression {
    /// Checks an expression over variables that hold any JSON. Numbers are doubles, `null` is CEL's null, and a list
    /// with more than [`CEL_LIST_ITEMS_MAX`] items is cut to the first ones.
    ///
    /// For times there are `millis(text)`, which reads RFC 3339 as milliseconds since 1970, and `rfc3339(number)`, which
    /// writes it; all functions are in [`super::FUNCTIONS`].
    ///
    /// # Errors
    /// Says where it is wrong and what to write instead.
    pub fn compile(text: &str, variables: &[&str], expected: Expected) -> Result<Self, ExpressionError> {
        Self::compile_with(text, &mut Checker::new(variables, false), expected)
    }

    /// Checks an expression over `data` and `event`, which it may only read field by field.
    pub(super) fn compile_for_events(
        text: &str,
        variables: &[&str],
        expected: Expected,
    ) -> Result<Self, ExpressionError> {
        let mut expression = Self::compile_with(text, &mut Checker::new(variables, true), expected)?;
        expression.shortcut = shortcut(&expression.tree);
        Ok(expression)
    }

    fn compile_with(
        text: &str,
        checker: &mut Checker<'_>,
        expected: Expected,
    ) -> Result<Self, ExpressionError> {
        check_text(text)?;
        let program = functions::environment().compile(text).map_err(|errors| syntax_error(text, &errors))?;
        let tree = checker.check(program.expression(), 1).map_err(|found| {
            let offset = program.source_info().offset_for(found.node).map_or(0, |(start, _)| start);
            ExpressionError::at(text, offset as usize, found.problem)
        })?;
        let fields = std::mem::take(&mut checker.fields);
        Ok(Self { text: text.into(), tree, expected, fields, shortcut: Shortcut::None })
    }

    /// As it was written.
    pub fn text(&self) -> &Id {
        &self.text
    }

    /// Fields of `data` that it reads.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Id> {
        self.fields.iter()
    }

    pub(super) fn shortcut(&self) -> &Shortcut {
        &self.shortcut
    }

    /// The value for these variables, of the type that was expected. Whole numbers come without a fraction.
    ///
    /// # Errors
    /// A field is missing, the type is another, or the computation failed.
    pub fn evaluate(&self, variables: &[(&str, &Json)]) -> Result<Json, EvaluateError> {
        let mut context = Context::with_env(functions::environment());
        for (name, value) in variables {
            context.add_variable_from_value(*name, to_cel(value));
        }
        let value = self.run(&context)?;
        match (self.expected, &value) {
            (Expected::Any, _)
            | (Expected::Bool, Value::Bool(_))
            | (Expected::Number, Value::Float(_))
            | (Expected::Text, Value::String(_)) => from_cel(&value).ok_or_else(|| self.wrong_type(&value)),
            (Expected::Number, Value::Bool(yes)) => Ok(Json::from(u8::from(*yes))),
            _ => Err(self.wrong_type(&value)),
        }
    }

    pub(super) fn run(&self, context: &Context<'_, '_>) -> Result<Value, EvaluateError> {
        let expression = || self.text.clone();
        context.resolve(&self.tree).map_err(|error| match error {
            ExecutionError::NoSuchKey(field) => {
                EvaluateError::Absent { expression: expression(), field: field.to_string() }
            }
            other => EvaluateError::Failed { expression: expression(), message: other.to_string() },
        })
    }

    pub(super) fn wrong_type(&self, found: &Value) -> EvaluateError {
        let expected = match self.expected {
            Expected::Any => "a value",
            Expected::Bool => "a yes or no",
            Expected::Number => "a number",
            Expected::Text => "a text",
        };
        EvaluateError::Type {
            expression: self.text.clone(),
            expected,
            found: format!("a {}", found.type_of()),
        }
    }
}

/// What has to hold before the parser sees a text: its own work and stack grow with nesting.
fn check_text(text: &str) -> Result<(), ExpressionError> {
    if text.len() > CEL_BYTES_MAX {
        let message = format!("an expression of {} bytes is too long", text.len());
        let hint = format!("write at most {CEL_BYTES_MAX} bytes");
        return Err(ExpressionError::at(text, 0, Problem::new(message, hint)));
    }
    if text.trim().is_empty() {
        return Err(ExpressionError::at(
            text,
            0,
            Problem::new("the expression is empty", "write a value, such as 1"),
        ));
    }
    let mut open = 0_usize;
    for (offset, character) in text.char_indices() {
        match character {
            '(' | '[' | '{' | '?' | '!' => open += 1,
            ')' | ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > CEL_DEPTH_MAX {
            let message =
                format!("more than {CEL_DEPTH_MAX} brackets, conditions or negations are open here");
            return Err(ExpressionError::at(text, offset, Problem::new(message, "nest them less deeply")));
        }
    }
    Ok(())
}

fn syntax_error(text: &str, errors: &cel::ParseErrors) -> ExpressionError {
    let hint = "write CEL, such as data.handle_s / 60 or has(data.csat) && data.csat >= 4";
    let Some(first) = errors.errors.first() else {
        return ExpressionError::at(text, 0, Problem::new("this is not CEL", hint));
    };
    let (line, column) =
        (usize::try_from(first.pos.0).unwrap_or(1), usize::try_from(first.pos.1).unwrap_or(1));
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    ExpressionError::at(text, before + column.saturating_sub(1), Problem::new(first.msg.clone(), hint))
}

fn shortcut(tree: &IdedExpr) -> Shortcut {
    match &tree.expr {
        Expr::Literal(LiteralValue::Double(value)) => Shortcut::Constant(*value.inner()),
        Expr::Select(select)
            if !select.test && matches!(&select.operand.expr, Expr::Ident(n) if n == "data") =>
        {
            Shortcut::Field(select.field.as_str().into())
        }
        _ => Shortcut::None,
    }
}

fn to_cel(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Number(number) => number.as_f64().map_or(Value::Null, Value::Float),
        Json::String(text) => Value::String(text.clone().into()),
        Json::Array(items) => {
            Value::List(items.iter().take(CEL_LIST_ITEMS_MAX).map(to_cel).collect::<Vec<_>>().into())
        }
        Json::Object(members) => map(members.iter().map(|(name, value)| (name.as_str(), to_cel(value)))),
    }
}

/// A CEL map with text keys. The hash map is CEL's own; it is only ever read by key.
pub(super) fn map<'k>(members: impl Iterator<Item = (&'k str, Value)>) -> Value {
    let members = members.map(|(name, value)| (Key::String(name.to_owned().into()), value));
    Value::Map(Map { map: members.collect::<HashMap<_, _>>().into() })
}

/// None for what JSON can't say.
fn from_cel(value: &Value) -> Option<Json> {
    /// Up to here a double names one whole number.
    const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Null => Some(Json::Null),
        Value::Bool(yes) => Some(Json::Bool(*yes)),
        Value::String(text) => Some(Json::String(text.to_string())),
        Value::Int(number) => Some((*number).into()),
        Value::UInt(number) => Some((*number).into()),
        Value::Float(number) if number.fract() == 0.0 && number.abs() <= WHOLE_MAX => {
            Some((*number as i64).into())
        }
        Value::Float(number) => serde_json::Number::from_f64(*number).map(Json::Number),
        Value::List(items) => items.iter().map(from_cel).collect::<Option<Vec<_>>>().map(Json::Array),
        Value::Map(map) => {
            let members = map.map.iter().map(|(key, value)| Some((key.to_string(), from_cel(value)?)));
            members.collect::<Option<serde_json::Map<_, _>>>().map(Json::Object)
        }
        _ => None,
    }
}
