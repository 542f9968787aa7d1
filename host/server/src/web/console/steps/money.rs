//! The fourth step: what it may spend, who approves, and what people see of each other.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::access::Right;
use plaudit_store::family::anonymity::Anonymity;

use super::{Outcome, choices, field};
use crate::web::{
    answer::Asked,
    console::{
        pieces::{Input, Kind},
        sent::Sent,
        wish::Wish,
    },
};

pub(in crate::web) struct Body {
    pub(in crate::web) budgets: Vec<Input>,
    pub(in crate::web) prizes: Vec<Input>,
    pub(in crate::web) approvals: Vec<Input>,
    pub(in crate::web) anonymity: Input,
    pub(in crate::web) error: Option<String>,
}

pub(super) fn take(asked: &Asked, wish: &mut Wish, sent: &Sent) -> Outcome {
    let typed = |prefix: &str| -> BTreeMap<String, String> {
        let given = sent.under(prefix).filter(|(_, typed)| !typed.is_empty());
        // As anybody reads it: the next reader may have another language.
        let plain = |typed: &str| match sent.real(typed) {
            Some(n) if n.fract() == 0.0 && n.abs() < 9e15 => (n as i64).to_string(),
            _ => typed.to_owned(),
        };
        given.map(|(name, typed)| (name.to_owned(), plain(typed))).collect()
    };
    (wish.units, wish.pieces, wish.approval) = (typed("units/"), typed("pieces/"), typed("above/"));
    sent.get("anonymity").clone_into(&mut wish.anonymity);
    let mut mistakes = Vec::new();
    let is_amount = |typed: &str, least: f64| {
        sent.real(typed).is_some_and(|n| n.fract() == 0.0 && n >= least && n < 9e15)
    };
    let is_wrong = !wish.units.values().all(|typed| is_amount(typed, 1.0))
        || !wish.pieces.values().chain(wish.approval.values()).all(|typed| is_amount(typed, 0.0));
    if is_wrong {
        mistakes.push(("money", "console-wrong-amount"));
    } else if is_too_much(asked, wish) {
        mistakes.push(("money", "console-problem-over-budget"));
    }
    Outcome { mistakes, ..Outcome::default() }
}

/// What can be said before the journal decides: more than a budget has left for it.
fn is_too_much(asked: &Asked, wish: &Wish) -> bool {
    let house = asked.web.state.journal.house();
    wish.units.iter().any(|(budget, typed)| {
        let units = super::super::sent::real(typed, asked.say.locale).unwrap_or(0.0);
        house.budgets.get(budget.as_str()).is_none_or(|known| {
            let has = known.left.saturating_add(reserved(&house, wish, budget));
            units > has as f64
        })
    })
}

/// What an incentive that runs has set aside of a budget already.
fn reserved(house: &crate::api::house::HouseView, wish: &Wish, budget: &str) -> i64 {
    let record = house.incentives.get(wish.id.as_str()).filter(|_| wish.is_change);
    let lines = record.map(|record| &record.incentive.allotment[..]).unwrap_or_default();
    lines.iter().filter(|line| *line.budget == *budget).map(|line| line.units).sum()
}

pub(super) fn body(asked: &Asked, wish: &Wish, outcome: &Outcome) -> Body {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let wrong = outcome.mistakes.iter().find(|(id, _)| *id == "money");
    let is_wrong = |typed: &String, least: f64| {
        let amount = super::super::sent::real(typed, say.locale);
        let is_good = typed.is_empty() || amount.is_some_and(|n| n.fract() == 0.0 && n >= least);
        (!is_good).then(|| say.t("console-wrong-amount"))
    };
    let input = |prefix: &str, id: &str, label: String, all: &BTreeMap<String, String>| {
        let value = all.get(id).cloned().unwrap_or_default();
        Input {
            id: format!("{}-{id}", prefix.trim_end_matches('/')),
            name: format!("{prefix}{id}"),
            label,
            error: is_wrong(&value, if prefix == "units/" { 1.0 } else { 0.0 }),
            kind: Kind::Number,
            value,
            ..Input::default()
        }
    };
    let budget = |(id, known): (&plaudit_core::Id, &crate::api::house::BudgetRecord)| {
        let has = known.left.saturating_add(reserved(&house, wish, id));
        let left = [("left", say.units(has, &known.currency).into())];
        Input {
            help: Some(say.with("console-budget-has", &left)),
            unit: Some(super::super::currency(say, &known.currency)),
            ..input(
                "units/",
                id,
                say.with("console-from-budget", &[("budget", id.to_string().into())]),
                &wish.units,
            )
        }
    };
    let prize = |(id, stocked): (&plaudit_core::Id, &crate::journal::Stocked)| Input {
        help: Some(say.n("console-stock-has", stocked.left)),
        ..input("pieces/", id, id.to_string(), &wish.pieces)
    };
    let currencies: BTreeSet<&plaudit_core::Id> =
        house.budgets.values().map(|known| &known.currency).collect();
    let approval = |currency: &&plaudit_core::Id| Input {
        unit: Some(super::super::currency(say, currency)),
        ..input("above/", currency, say.t("console-above"), &wish.approval)
    };
    let may_see = asked.may(Right::SeeBudgets) || asked.may(Right::EnableIncentives);
    let mut anonymity = field(asked, outcome, "anonymity", Kind::Select, &wish.anonymity);
    let called = |a: Anonymity| (a.name().to_owned(), say.t(&format!("console-anonymity-{}", a.name())));
    anonymity.choices = choices(Anonymity::ALL.map(called), &wish.anonymity);
    Body {
        budgets: house.budgets.iter().filter(|_| may_see).map(budget).collect(),
        prizes: house.prizes.iter().filter(|_| may_see).map(prize).collect(),
        approvals: currencies.iter().map(approval).collect(),
        anonymity,
        error: wrong.map(|(_, text)| say.t(text)),
    }
}
