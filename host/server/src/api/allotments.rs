//! What an incentive may spend: allotments, prizes, approvals, as documents say it; checked, pinned and explained.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{
    Id,
    incentive::{Allotment, Approval, Incentive, PrizeTerms},
    ledger::{Account, POSTING_UNITS_MAX},
    reserve::{Line, Reservation},
};
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};
use utoipa::ToSchema;

use super::{
    document,
    house::HouseView,
    problem::{Answer, Problem},
};

/// One of something, or a list.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// A list.
    Many(Vec<T>),
    /// One.
    One(T),
}

impl<T> OneOrMany<T> {
    /// As a list.
    pub fn list(self) -> Vec<T> {
        match self {
            OneOrMany::Many(many) => many,
            OneOrMany::One(one) => vec![one],
        }
    }
}

/// Prizes as pinned: those that the document sets aside, and those of the catalogue that the settings name, of which it
/// has none then. What a piece costs stays as it was, except with `repin`.
pub(super) fn prizes(
    house: &HouseView,
    wanted: &BTreeMap<Id, i64>,
    settings: &str,
    pinned: Option<&Incentive>,
) -> Answer<BTreeMap<Id, PrizeTerms>> {
    if let Some((id, pieces)) = wanted.iter().find(|(_, pieces)| !(0..=POSTING_UNITS_MAX).contains(*pieces)) {
        let detail = format!("`prizes.{id}` is {pieces}, and must be from 0 to {POSTING_UNITS_MAX}");
        return Err(Problem::unprocessable("bad-allotment", detail));
    }
    if let Some(id) = wanted.keys().find(|id| !house.prizes.contains_key(*id)) {
        let detail = format!("there is no prize {id:?}; put it to /v1/prizes/{id} first");
        return Err(Problem::unprocessable("unknown-prize", detail));
    }
    let named = named_prizes(settings).into_iter().filter(|id| house.prizes.contains_key(id));
    let ids: BTreeSet<Id> = wanted.keys().cloned().chain(named).collect();
    let terms = |id: Id| {
        let before = pinned.and_then(|p| p.prizes.get(&id)).map(|terms| terms.cost.clone());
        let cost = before.unwrap_or_else(|| house.prizes.get(&id).and_then(|p| p.prize.cost.clone()));
        let pieces = wanted.get(&id).copied().unwrap_or(0);
        (id, PrizeTerms { pieces, cost })
    };
    Ok(ids.into_iter().map(terms).collect())
}

/// Names of prizes in a settings document: every text under a key `prize`.
fn named_prizes(settings: &str) -> BTreeSet<Id> {
    fn walk(value: &JsonValue, found: &mut BTreeSet<Id>) {
        match value {
            JsonValue::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        JsonValue::String(name) if key == "prize" => {
                            found.insert(name.as_str().into());
                        }
                        other => walk(other, found),
                    }
                }
            }
            JsonValue::Array(items) => items.iter().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    if let Ok(settings) = serde_json::from_str(settings) {
        walk(&settings, &mut found);
    }
    found
}

/// Approvals, each currency once, in order.
pub(super) fn approvals(wanted: Vec<Approval>) -> Answer<Vec<Approval>> {
    let mut by_currency = BTreeMap::new();
    for rule in wanted {
        document::check_name("currency", &rule.currency)?;
        if rule.above < 0 {
            let detail = format!("`approval.above` is {}, and must be at least 0", rule.above);
            return Err(Problem::unprocessable("bad-approval", detail));
        }
        if let Some(other) = by_currency.insert(rule.currency.clone(), rule) {
            let detail =
                format!("`approval` names {} twice; one amount counts for each currency", other.currency);
            return Err(Problem::unprocessable("bad-approval", detail));
        }
    }
    Ok(by_currency.into_values().collect())
}

/// Refuses what could never be set aside.
pub(super) fn check(house: &HouseView, incentive: &Incentive) -> Answer<()> {
    let bad = |detail: String| Err(Problem::unprocessable("bad-allotment", detail));
    let mut budgets = BTreeSet::new();
    for Allotment { budget, currency, units } in &incentive.allotment {
        if !(1..=POSTING_UNITS_MAX).contains(units) {
            return bad(format!(
                "`allotment.units` is {units}, and must be positive, at most {POSTING_UNITS_MAX}"
            ));
        }
        if !budgets.insert(budget) {
            return bad(format!("`allotment` names the budget {budget:?} twice; add them up"));
        }
        match house.budgets.get(budget) {
            Some(known) if known.currency == *currency => {}
            Some(known) => {
                return bad(format!("the budget {budget:?} holds {}, not {currency}", known.currency));
            }
            None => {
                let detail = format!("there is no budget {budget:?}; put it to /v1/budgets/{budget} first");
                return Err(Problem::unprocessable("unknown-budget", detail));
            }
        }
    }
    Ok(())
}

/// Refuses what budgets and stocks do not have, with all the numbers; nothing is ever cut to fit. It says what can be said
/// before the journal decides, which alone knows what others reserve at the same time.
pub(super) fn over_budget(house: &HouseView, incentive: &Incentive) -> Answer<()> {
    let nothing = Reservation::default();
    let reserved = house.money.get(&incentive.id).map_or(&nothing, |m| &m.reserved);
    let mut short = Vec::new();
    let mut details = Vec::new();
    for Line { from, unit, units } in reserved.missing(incentive) {
        let left = match &from {
            Account::Stock(prize) => house.prizes.get(prize).map_or(0, |p| p.left),
            Account::Budget(budget) => house.budgets.get(budget).map_or(0, |b| b.left),
            _ => 0,
        };
        if units <= left {
            continue;
        }
        let has = reserved.lines().find(|l| l.from == from && l.unit == unit).map_or(0, |l| l.units);
        let missing = units - left;
        details.push(format!(
            "{from} has {} {unit} for this incentive, and {} are asked for: {missing} are missing",
            left + has,
            units + has
        ));
        short.push(json!({
            "from": from.to_string(), "unit": unit, "asked": units + has, "available": left + has, "missing": missing
        }));
    }
    if short.is_empty() {
        return Ok(());
    }
    let detail = format!("{}; top up or ask for less: nothing is cut to fit", details.join("; "));
    Err(Problem { errors: short, ..Problem::conflict("over-budget", detail) })
}

/// What somebody should know although nothing is wrong with it.
pub(super) fn notices(house: &HouseView, incentive: &Incentive) -> Vec<String> {
    let mut notices = Vec::new();
    for name in named_prizes(&incentive.settings) {
        match incentive.prizes.get(&name) {
            None if house.prizes.contains_key(&name) => {}
            None => notices.push(format!(
                "the prize {name:?} is not in the catalogue: it is given without stock and cost; put it to /v1/prizes to \
                 count its pieces"
            )),
            Some(terms) if terms.pieces == 0 => notices.push(format!(
                "no piece of the prize {name:?} is set aside: it is withheld until `prizes` says how many"
            )),
            Some(_) => {}
        }
    }
    for (name, terms) in &incentive.prizes {
        let Some(cost) = &terms.cost else { continue };
        let has = incentive.allotment.iter().any(|line| line.currency == cost.currency);
        if !has && terms.pieces > 0 {
            notices.push(format!(
                "a piece of the prize {name:?} costs {} {}, and `allotment` has none: it is withheld until it does",
                cost.units, cost.currency
            ));
        }
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prizes_are_found_wherever_the_settings_name_them() {
        let settings = r#"{"prizes":[{"reward":{"prize":"mug"}},{"reward":{"points":5}}],"bar":{"prize":"bike"},"prize":3}"#;
        assert_eq!(named_prizes(settings), BTreeSet::from(["bike".into(), "mug".into()]));
    }
}
