//! What is put into budgets, and prizes with their stock: the forms of `/money`.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use plaudit_core::access::Right;
use serde_json::{Value, json};

use super::{
    api::{self, Said, caller, document, foreign, refused},
    fill::{Again, Fill},
    grid::{Cell, Grid},
    money,
    pieces::{Input, Kind},
    sent::Sent,
};
use crate::{
    api::{auth::Made, budgets, document::is_name, prizes, problem::Problem},
    web::{
        answer::Asked,
        form::go,
        home::{self, Budget},
        say::{Say, segment},
    },
};

/// The forms, for whoever may set money.
pub(in crate::web) struct Funds {
    pub(in crate::web) make_budget: Fill,
    pub(in crate::web) prize: Fill,
}

/// A budget, and what puts more into it.
pub(in crate::web) struct Fund {
    pub(in crate::web) budget: Budget,
    pub(in crate::web) more: Option<More>,
}

pub(in crate::web) struct More {
    pub(in crate::web) action: String,
    /// All that was ever put in when the page was made: the same form sent twice adds once.
    pub(in crate::web) before: i64,
    pub(in crate::web) field: Input,
    pub(in crate::web) problem: Option<Said>,
}

/// Whether the reader may put something in.
fn may(asked: &Asked) -> bool {
    asked.reach(Right::SetMoney).is_everything()
}

/// All budgets.
pub(super) fn funds(asked: &Asked, again: &Again) -> Vec<Fund> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let shown = home::budgets(say, &house, &state.views.incentives());
    let more = |(id, record): (&plaudit_core::Id, &crate::api::house::BudgetRecord)| {
        let is_this = again.typed("more", "budget") == Some(id);
        let none = Again::default();
        let again = if is_this { again } else { &none };
        may(asked).then(|| More {
            action: say.href(&format!("/budgets/{}", segment(id))),
            before: record.total,
            field: Input {
                id: format!("add-{id}"),
                unit: Some(super::currency(say, &record.currency)),
                ..field(say, again, "more", "add", Kind::Number, "")
            },
            problem: again.problem(say, "more"),
        })
    };
    shown
        .into_iter()
        .zip(house.budgets.iter().map(more))
        .map(|(budget, more)| Fund { budget, more })
        .collect()
}

/// The catalogue of prizes, for whoever may see it.
pub(super) fn prizes(asked: &Asked) -> Option<Grid> {
    if !asked.may(Right::SeeCatalogue) {
        return None;
    }
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let columns =
        ["console-prize-title", "console-prize-stock#", "console-prize-left#", "console-prize-cost#"];
    let mut grid = Grid::new(say.t("console-prizes"), &columns, |id| say.t(id));
    let may = may(asked);
    for stocked in house.prizes.values() {
        let prize = &stocked.prize;
        let href = may.then(|| say.href(&format!("/money?prize={}", segment(&prize.id))) + "#prize");
        let cost = prize.cost.as_ref().map(|cost| say.units(cost.units, &cost.currency));
        grid.rows.push(vec![
            Cell::to(prize.title.clone(), href).under(Some(prize.id.to_string())),
            say.whole(stocked.total).into(),
            say.whole(stocked.left).into(),
            cost.unwrap_or_else(|| "–".to_owned()).into(),
        ]);
    }
    Some(grid)
}

/// The forms that make something new, or change a prize.
pub(super) fn forms(asked: &Asked, again: &Again) -> Option<Funds> {
    may(asked).then(|| Funds { make_budget: budget_form(asked, again), prize: prize_form(asked, again) })
}

/// A field of these forms.
fn field(say: &Say, again: &Again, form: &str, name: &str, kind: Kind, stands: &str) -> Input {
    again.field(say, "fund", form, name, kind, stands)
}

fn budget_form(asked: &Asked, again: &Again) -> Fill {
    let say = &asked.say;
    let is_first = asked.web.state.journal.house().budgets.is_empty();
    let field = |name, kind, stands| field(say, again, "budget", name, kind, stands);
    Fill {
        title: say.t("console-new-budget"),
        help: Some(say.t("console-new-budget-help")),
        action: say.href("/budgets"),
        problem: again.problem(say, "budget"),
        before: None,
        fields: vec![
            field("budget", Kind::Text, ""),
            field("currency", Kind::Text, "points"),
            field("units", Kind::Number, ""),
        ],
        submit: say.t("console-make-budget"),
        is_open: is_first || again.is_of("budget"),
    }
}

fn prize_form(asked: &Asked, again: &Again) -> Fill {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let wanted = asked.query.get("prize").map(String::as_str).or(again.typed("prize", "known"));
    let known = wanted.and_then(|id| house.prizes.get(id));
    let cost = known.and_then(|known| known.prize.cost.as_ref());
    let text = |value: Option<String>| value.unwrap_or_default();
    let field = |name, kind, stands: String| field(say, again, "prize", name, kind, &stands);
    let mut fields = vec![
        Input {
            is_fixed: known.is_some(),
            ..field("prize", Kind::Text, text(known.map(|known| known.prize.id.to_string())))
        },
        field("title", Kind::Text, text(known.map(|known| known.prize.title.clone()))),
        field("stock", Kind::Number, text(known.map(|known| known.total.to_string()))),
        field("cost", Kind::Number, text(cost.map(|cost| cost.units.to_string()))),
        field(
            "currency",
            Kind::Text,
            cost.map_or_else(|| "eur".to_owned(), |cost| cost.currency.to_string()),
        ),
    ];
    if known.is_some() {
        fields.push(field("reason", Kind::Text, String::new()));
    }
    Fill {
        title: match known {
            Some(known) => say.with("console-change-prize", &[("title", known.prize.title.clone().into())]),
            None => say.t("console-new-prize"),
        },
        help: None,
        action: match known {
            Some(known) => say.href(&format!("/prizes/{}", segment(&known.prize.id))),
            None => say.href("/prizes"),
        },
        before: known.map(|known| known.total.to_string()),
        problem: again.problem(say, "prize"),
        fields,
        submit: say.t("console-keep-prize"),
        is_open: known.is_some() || again.is_of("prize"),
    }
}

/// A whole number of at least `least`.
fn whole(sent: &Sent, name: &str, least: i64) -> Option<i64> {
    let number = sent.real(sent.get(name)).filter(|n| n.fract() == 0.0 && n.abs() < 9e15)? as i64;
    (number >= least).then_some(number)
}

/// `POST /budgets`: a new one.
pub(super) async fn make_budget(asked: Asked, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/money".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let mut again = Again::of("budget", &sent);
    let (id, currency) = (sent.get("budget").to_owned(), sent.get("currency").to_owned());
    if !is_name(&id) {
        again.wrong.push(("budget", "console-wrong-id"));
    } else if asked.web.state.journal.house().budgets.contains_key(id.as_str()) {
        again.wrong.push(("budget", "console-wrong-budget-taken"));
    }
    if !is_name(&currency) {
        again.wrong.push(("currency", "console-wrong-id"));
    }
    let units = whole(&sent, "units", 1);
    if units.is_none() {
        again.wrong.push(("units", "console-wrong-amount"));
    }
    let (Some(units), true) = (units, again.wrong.is_empty()) else {
        return money::render(asked, again, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    put_budget(asked, again, id, json!({ "currency": currency, "total": units })).await
}

/// `POST /budgets/{id}`: puts more into one.
pub(super) async fn add(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/money".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let mut again = Again::of("more", &sent);
    again.typed.push(("budget".to_owned(), id.clone()));
    let house = asked.web.state.journal.house();
    let Some(known) = house.budgets.get(id.as_str()) else {
        return refused(asked, Problem::not_found("budget", &id, "/v1/budgets"), "/money".to_owned()).await;
    };
    let Some(add) = whole(&sent, "add", 1) else {
        again.wrong.push(("add", "console-wrong-amount"));
        return money::render(asked, again, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let total = whole(&sent, "before", 0).map(|before| before.saturating_add(add));
    match total {
        Some(total) if total - add == known.total => {
            let wanted = json!({ "currency": known.currency, "total": total });
            put_budget(asked, again, id, wanted).await
        }
        // The same form once more, or somebody else meanwhile: nobody can tell which.
        _ => {
            again.wrong.push(("add", "console-wrong-stale"));
            money::render(asked, again, StatusCode::CONFLICT).await
        }
    }
}

async fn put_budget(asked: Asked, mut again: Again, id: String, wanted: Value) -> Response {
    let (headers, body) = document(&wanted);
    let put = match caller(&asked) {
        Ok(caller) => {
            budgets::put(State(asked.web.state.clone()), Path(id.clone()), caller, headers, body).await
        }
        Err(problem) => Err(problem),
    };
    match put {
        Ok(_) => done(&asked, "funded", id),
        Err(problem) => {
            let status = api::status(&problem);
            again.problem = Some(problem);
            money::render(asked, again, status).await
        }
    }
}

/// `POST /prizes`: a new one.
pub(super) async fn make_prize(asked: Asked, body: Bytes) -> Response {
    put_prize(asked, None, body).await
}

/// `POST /prizes/{id}`: another title, value or stock.
pub(super) async fn change_prize(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    put_prize(asked, Some(id), body).await
}

async fn put_prize(asked: Asked, known: Option<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/money".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let mut again = Again::of("prize", &sent);
    let house = asked.web.state.journal.house();
    let id = known.clone().unwrap_or_else(|| sent.get("prize").to_owned());
    let stands = house.prizes.get(id.as_str());
    if let Some(known) = known {
        again.typed.push(("known".to_owned(), known));
        let Some(stands) = stands else {
            return refused(asked, Problem::not_found("prize", &id, "/v1/prizes"), "/money".to_owned()).await;
        };
        if whole(&sent, "before", 0) != Some(stands.total) {
            again.wrong.push(("stock", "console-wrong-stale"));
        }
    } else if stands.is_some() {
        again.wrong.push(("prize", "console-wrong-prize-taken"));
    }
    let stock = whole(&sent, "stock", 0);
    let cost = whole(&sent, "cost", 1);
    let wrong = [
        ("prize", !is_name(&id), "console-wrong-id"),
        ("title", sent.get("title").is_empty(), "bad-name"),
        ("stock", stock.is_none(), "console-wrong-whole"),
        ("cost", cost.is_none() && !sent.get("cost").is_empty(), "console-wrong-amount"),
        ("currency", cost.is_some() && !is_name(sent.get("currency")), "console-wrong-id"),
    ];
    again
        .wrong
        .extend(wrong.into_iter().filter(|(_, is_wrong, _)| *is_wrong).map(|(name, _, text)| (name, text)));
    if !again.wrong.is_empty() {
        return money::render(asked, again, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let mut wanted = json!({ "title": sent.get("title"), "stock": stock });
    if let Some(units) = cost {
        wanted["cost"] = json!({ "currency": sent.get("currency"), "units": units });
    }
    if !sent.get("reason").is_empty() {
        wanted["reason"] = json!(sent.get("reason"));
    }
    let (headers, body) = document(&wanted);
    let state = State(asked.web.state.clone());
    let put = match caller(&asked) {
        Ok(caller) => prizes::put(state, Path(id.clone()), caller, headers, body).await,
        Err(problem) => Err(problem),
    };
    match put {
        Ok(_) => done(&asked, "prize", id),
        Err(problem) => {
            let status = api::status(&problem);
            again.problem = Some(problem);
            money::render(asked, again, status).await
        }
    }
}

fn done(asked: &Asked, what: &str, id: String) -> Response {
    let mut response = go(&asked.say.href(&format!("/money?done={what}")), vec![]);
    response.extensions_mut().insert(Made(id));
    response
}
