//! Functions that expressions may call. Nothing here lets a short text grow into a long one, or takes longer than its
//! arguments are long.

use std::sync::{Arc, LazyLock};

use cel::{
    Env, ExecutionError, add_overload,
    common::types::{CelDouble, CelString},
    extensions,
};
use chrono::{DateTime, SecondsFormat};

/// A function: its name, how it is called, and what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// As written in an expression.
    pub name: &'static str,
    /// An example of a call.
    pub usage: &'static str,
    /// `Method` for `text.f()`, `Free` for `f(x)`, `Either` for both.
    pub(super) form: Form,
    /// Number of arguments without the target, at least and at most.
    pub(super) arguments: (usize, usize),
    /// CEL's own answers with an integer: it becomes a double.
    pub(super) gives_integer: bool,
    /// CEL's own wants integers: doubles become such.
    pub(super) takes_integers: bool,
}

/// How a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Method,
    Free,
    Either,
}

const fn free(name: &'static str, usage: &'static str, arguments: usize) -> Function {
    let arguments = (arguments, arguments);
    Function { name, usage, form: Form::Free, arguments, gives_integer: false, takes_integers: false }
}

const fn method(name: &'static str, usage: &'static str, arguments: usize) -> Function {
    Function { form: Form::Method, ..free(name, usage, arguments) }
}

/// All functions, by what they are for: numbers, texts, times.
pub const FUNCTIONS: &[Function] = &[
    free("abs", "abs(data.change)", 1),
    free("ceil", "ceil(data.minutes)", 1),
    free("floor", "floor(data.minutes)", 1),
    free("round", "round(data.score)", 1),
    free("min", "min(data.a, data.b)", 2),
    free("max", "max(data.a, data.b)", 2),
    free("double", "double(\"1.5\")", 1),
    Function { gives_integer: true, ..free("int", "int(data.minutes)", 1) },
    free("bool", "bool(\"true\")", 1),
    free("string", "string(data.floor)", 1),
    Function { form: Form::Either, gives_integer: true, ..free("size", "size(data.queue)", 1) },
    method("contains", "data.queue.contains(\"vip\")", 1),
    method("startsWith", "data.queue.startsWith(\"es-\")", 1),
    method("endsWith", "data.queue.endsWith(\"-vip\")", 1),
    method("matches", "data.queue.matches(\"^es-[0-9]+$\")", 1),
    method("lowerAscii", "data.queue.lowerAscii()", 0),
    method("upperAscii", "data.queue.upperAscii()", 0),
    method("trim", "data.queue.trim()", 0),
    method("split", "data.queue.split(\"-\")[0]", 1),
    Function { gives_integer: true, ..method("indexOf", "data.queue.indexOf(\"-\")", 1) },
    Function { takes_integers: true, ..method("charAt", "data.queue.charAt(0)", 1) },
    Function {
        arguments: (1, 2),
        takes_integers: true,
        ..method("substring", "data.queue.substring(0, 2)", 1)
    },
    free("millis", "millis(\"2026-03-02T09:00:00Z\")", 1),
    free("rfc3339", "rfc3339(event.time)", 1),
];

/// CEL's `%` is for integers only; this one takes its place. Nobody can write the name.
pub(super) const MODULO: &str = "@modulo";

/// A function by name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The environment all expressions run in.
pub(super) fn environment() -> Arc<Env> {
    static ENVIRONMENT: LazyLock<Arc<Env>> = LazyLock::new(|| {
        let mut env = Env::stdlib().with_optional_support(false);
        // Fails only if a name is declared twice, which a test would show.
        let declared = declare(&mut env);
        debug_assert!(declared.is_ok(), "functions of expressions: {declared:?}");
        Arc::new(env)
    });
    ENVIRONMENT.clone()
}

fn declare(env: &mut Env) -> Result<(), cel::DeclarationError> {
    env.add_extension(extensions::strings)?;
    add_overload!(env, fn abs: (CelDouble) -> CelDouble)?;
    add_overload!(env, fn ceil: (CelDouble) -> CelDouble)?;
    add_overload!(env, fn floor: (CelDouble) -> CelDouble)?;
    add_overload!(env, fn round: (CelDouble) -> CelDouble)?;
    add_overload!(env, fn min: (CelDouble, CelDouble) -> CelDouble)?;
    add_overload!(env, fn max: (CelDouble, CelDouble) -> CelDouble)?;
    add_overload!(env, fn modulo: (CelDouble, CelDouble) -> CelDouble, name = "@modulo")?;
    add_overload!(env, fn millis: (CelString) -> Result<CelDouble>)?;
    add_overload!(env, fn rfc3339: (CelDouble) -> Result<CelString>)?;
    Ok(())
}

fn abs(x: &CelDouble) -> CelDouble {
    x.inner().abs().into()
}

fn ceil(x: &CelDouble) -> CelDouble {
    x.inner().ceil().into()
}

fn floor(x: &CelDouble) -> CelDouble {
    x.inner().floor().into()
}

/// Half away from zero, as people do.
fn round(x: &CelDouble) -> CelDouble {
    x.inner().round().into()
}

fn min(a: &CelDouble, b: &CelDouble) -> CelDouble {
    a.inner().min(*b.inner()).into()
}

fn max(a: &CelDouble, b: &CelDouble) -> CelDouble {
    a.inner().max(*b.inner()).into()
}

/// Sign of the dividend, as with CEL's integers.
fn modulo(a: &CelDouble, b: &CelDouble) -> CelDouble {
    (a.inner() % b.inner()).into()
}

fn millis(text: &CelString<'_>) -> Result<CelDouble, ExecutionError> {
    let at = DateTime::parse_from_rfc3339(text.inner()).map_err(|error| {
        let wanted = "write a time with its offset, such as 2026-03-02T09:00:00Z";
        ExecutionError::function_error("millis", format!("{:?}: {error}; {wanted}", text.inner()))
    })?;
    Ok((at.timestamp_millis() as f64).into())
}

fn rfc3339(millis: &CelDouble) -> Result<CelString<'static>, ExecutionError> {
    let at = DateTime::from_timestamp_millis(*millis.inner() as i64).ok_or_else(|| {
        ExecutionError::function_error("rfc3339", format!("{} ms is out of range", millis.inner()))
    })?;
    Ok(CelString::from(at.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
}
