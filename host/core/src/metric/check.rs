//! Checks a parsed expression before it is stored, and makes its numbers doubles.
//!
//! CEL has no cost limit of its own, and keeps integers and doubles apart (`2 * data.amount` is an error there). So the
//! tree is bounded in size and depth, loops do not nest, only known names are let through, integer literals become
//! doubles, and calls that give or take integers are wrapped.

use std::collections::BTreeSet;

use cel::{
    IdedExpr,
    common::ast::{CallExpr, ComprehensionExpr, Expr, LiteralValue, SelectExpr, operators},
};

use super::{
    functions::{self, Form, Function},
    problem::Problem,
};
use crate::{
    Id,
    limits::{CEL_DEPTH_MAX, CEL_NODES_MAX},
};

const OPERATORS: &[&str] = &[
    operators::CONDITIONAL,
    operators::LOGICAL_AND,
    operators::LOGICAL_OR,
    operators::LOGICAL_NOT,
    operators::SUBSTRACT,
    operators::ADD,
    operators::MULTIPLY,
    operators::DIVIDE,
    operators::EQUALS,
    operators::NOT_EQUALS,
    operators::GREATER_EQUALS,
    operators::LESS_EQUALS,
    operators::GREATER,
    operators::LESS,
    operators::NEGATE,
    operators::INDEX,
    operators::IN,
    // Macros expand to this one.
    operators::NOT_STRICTLY_FALSE,
];

/// What an event offers by name in `event`.
const EVENT_FIELDS: [&str; 5] = ["type", "subject", "source", "entity", "time"];

/// A problem at a node.
pub(super) struct Found {
    pub(super) node: u64,
    pub(super) problem: Problem,
}

/// Checks a tree and rewrites it.
pub(super) struct Checker<'a> {
    variables: &'a [&'a str],
    /// Whether `data` and `event` may only be read by field name.
    fields_only: bool,
    bound: Vec<String>,
    nodes: usize,
    in_macro: bool,
    /// Fields of `data` that are read.
    pub(super) fields: BTreeSet<Id>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(variables: &'a [&'a str], fields_only: bool) -> Self {
        Self { variables, fields_only, bound: Vec::new(), nodes: 0, in_macro: false, fields: BTreeSet::new() }
    }

    pub(super) fn check(&mut self, node: &IdedExpr, depth: usize) -> Result<IdedExpr, Found> {
        self.nodes += 1;
        let fail = |problem| Err(Found { node: node.id, problem });
        if self.nodes > CEL_NODES_MAX {
            let message = format!("this expression has more than {CEL_NODES_MAX} parts");
            return fail(Problem::new(
                message,
                "split it into several metrics, or compute a field at the source",
            ));
        }
        if depth > CEL_DEPTH_MAX {
            let message = format!("this expression is nested deeper than {CEL_DEPTH_MAX} levels");
            return fail(Problem::new(
                message,
                "use fewer operators in one chain, or split it into several metrics",
            ));
        }
        let expr = match &node.expr {
            Expr::Literal(literal) => {
                self.literal(literal).map_err(|problem| Found { node: node.id, problem })?
            }
            Expr::Ident(name) => self.ident(name).map_err(|problem| Found { node: node.id, problem })?,
            Expr::Select(select) => self.select(node.id, select, depth)?,
            Expr::Call(call) => return self.call(node.id, call, depth),
            Expr::Comprehension(comprehension) => self.comprehension(node.id, comprehension, depth)?,
            Expr::List(list) => {
                let mut list = list.clone();
                list.elements = self.check_all(&list.elements, depth)?;
                Expr::List(list)
            }
            Expr::Map(_) | Expr::Struct(_) => {
                return fail(Problem::new("maps can't be made here", "compute one value per expression"));
            }
            Expr::Unspecified => return fail(Problem::new("something is missing here", "write a value")),
        };
        Ok(IdedExpr { id: node.id, expr })
    }

    fn check_all(&mut self, nodes: &[IdedExpr], depth: usize) -> Result<Vec<IdedExpr>, Found> {
        nodes.iter().map(|node| self.check(node, depth + 1)).collect()
    }

    fn literal(&self, literal: &LiteralValue) -> Result<Expr, Problem> {
        let double = |value: f64| Expr::Literal(LiteralValue::Double(value.into()));
        match literal {
            LiteralValue::Int(value) => Ok(double(*value.inner() as f64)),
            LiteralValue::UInt(value) => Ok(double(*value.inner() as f64)),
            LiteralValue::Bytes(_) => Err(Problem::new("bytes have no use here", "write a text: \"…\"")),
            other => Ok(Expr::Literal(other.clone())),
        }
    }

    fn ident(&self, name: &str) -> Result<Expr, Problem> {
        if self.bound.iter().any(|bound| bound == name) {
            return Ok(Expr::Ident(name.to_owned()));
        }
        if !self.variables.contains(&name) {
            let message = format!("there is no variable {name:?}");
            let hint = if self.fields_only {
                format!(
                    "a field of the event is written data.{name}; its own names are event.type and the like"
                )
            } else {
                format!("known are: {}", self.variables.join(", "))
            };
            return Err(Problem::new(message, hint));
        }
        if self.fields_only {
            let message = format!("{name} can only be read field by field");
            return Err(Problem::new(message, format!("write {name}.<field>, or has({name}.<field>)")));
        }
        Ok(Expr::Ident(name.to_owned()))
    }

    fn select(&mut self, id: u64, select: &SelectExpr, depth: usize) -> Result<Expr, Found> {
        let root = match &select.operand.expr {
            Expr::Ident(name) if self.fields_only && !self.bound.contains(name) => name.as_str(),
            _ => "",
        };
        let operand = match root {
            "data" => {
                self.fields.insert(select.field.as_str().into());
                select.operand.clone()
            }
            "event" if EVENT_FIELDS.contains(&select.field.as_str()) => select.operand.clone(),
            "event" => {
                let message = format!("an event has no {:?}", select.field);
                let hint = format!("it has {}; its data are data.{}", EVENT_FIELDS.join(", "), select.field);
                return Err(Found { node: id, problem: Problem::new(message, hint) });
            }
            _ => Box::new(self.check(&select.operand, depth + 1)?),
        };
        Ok(Expr::Select(SelectExpr { operand, field: select.field.clone(), test: select.test }))
    }

    fn call(&mut self, id: u64, call: &CallExpr, depth: usize) -> Result<IdedExpr, Found> {
        let found = |problem| Found { node: id, problem };
        let function = functions::find(&call.func_name);
        let is_operator = call.target.is_none() && OPERATORS.contains(&call.func_name.as_str());
        let is_modulo = call.target.is_none() && call.func_name == operators::MODULO;
        match function {
            Some(function) => check_form(function, call).map_err(found)?,
            None if is_operator || is_modulo => {}
            None => return Err(found(unknown_function(&call.func_name))),
        }
        let target =
            call.target.as_ref().map(|target| self.check(target, depth + 1).map(Box::new)).transpose()?;
        let mut args = self.check_all(&call.args, depth)?;
        if function.is_some_and(|f| f.takes_integers) {
            args = args.into_iter().map(|arg| wrap("int", arg)).collect();
        }
        let func_name = if is_modulo { functions::MODULO.to_owned() } else { call.func_name.clone() };
        let expr = IdedExpr { id, expr: Expr::Call(CallExpr { func_name, target, args }) };
        Ok(if function.is_some_and(|f| f.gives_integer) { wrap("double", expr) } else { expr })
    }

    fn comprehension(&mut self, id: u64, loop_: &ComprehensionExpr, depth: usize) -> Result<Expr, Found> {
        if self.in_macro {
            let problem = Problem::new(
                "a loop inside of a loop is not allowed",
                "use one of all, exists, exists_one, map, filter at a time",
            );
            return Err(Found { node: id, problem });
        }
        self.in_macro = true;
        let iter_range = self.check(&loop_.iter_range, depth + 1)?;
        let accu_init = self.check(&loop_.accu_init, depth + 1)?;
        let outer = self.bound.len();
        self.bound.push(loop_.accu_var.clone());
        let result = self.check(&loop_.result, depth + 1)?;
        self.bound.push(loop_.iter_var.clone());
        self.bound.extend(loop_.iter_var2.clone());
        let loop_cond = self.check(&loop_.loop_cond, depth + 1)?;
        let loop_step = self.check(&loop_.loop_step, depth + 1)?;
        self.bound.truncate(outer);
        self.in_macro = false;
        Ok(Expr::Comprehension(Box::new(ComprehensionExpr {
            iter_range,
            iter_var: loop_.iter_var.clone(),
            iter_var2: loop_.iter_var2.clone(),
            accu_var: loop_.accu_var.clone(),
            accu_init,
            loop_cond,
            loop_step,
            result,
        })))
    }
}

fn check_form(function: &Function, call: &CallExpr) -> Result<(), Problem> {
    let (least, most) = function.arguments;
    // `text.size()` is `size(text)`.
    let folded = usize::from(function.form == Form::Either && call.target.is_some());
    let is_form_right = match function.form {
        Form::Method => call.target.is_some(),
        Form::Free => call.target.is_none(),
        Form::Either => true,
    };
    if !is_form_right || !(least..=most).contains(&(call.args.len() + folded)) {
        let message = format!("{} is not called like this", function.name);
        return Err(Problem::new(message, format!("write {}", function.usage)));
    }
    // A pattern that comes with the event could be of any size.
    if function.name == "matches" && !matches!(call.args[0].expr, Expr::Literal(LiteralValue::String(_))) {
        let message = "the pattern of matches must be written out";
        return Err(Problem::new(message, format!("write {}", function.usage)));
    }
    Ok(())
}

fn unknown_function(name: &str) -> Problem {
    let known: Vec<&str> = functions::FUNCTIONS.iter().map(|function| function.name).collect();
    Problem::new(format!("there is no function {name:?}"), format!("known are: {}", known.join(", ")))
}

fn wrap(function: &str, inner: IdedExpr) -> IdedExpr {
    let id = inner.id;
    let call = CallExpr { func_name: function.to_owned(), target: None, args: vec![inner] };
    IdedExpr { id, expr: Expr::Call(call) }
}
