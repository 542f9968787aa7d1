//! `/`: what runs now, and what the budget has left. Whoever manages has another page here: `console/today.rs`.

use askama::Template;
use axum::response::Response;
use plaudit_core::{Id, access::Right};

use super::{
    answer::{Asked, Missing},
    floor,
    form::go,
    incentive::{Course, lead},
    say::Say,
    shell::Shell,
    when::Moment,
};
use crate::api::{
    house::{HouseView, IncentiveRecord},
    views::{DrawState, DrawView, IncentiveView, PeriodState},
};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    shell: Shell,
    say: Say,
    running: Vec<Card>,
    over: Vec<Card>,
    budgets: Vec<Budget>,
}

pub(super) struct Card {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) state: String,
    pub(super) is_running: bool,
    pub(super) period: Option<String>,
    pub(super) closes: Option<(String, Moment)>,
    pub(super) facts: Vec<Fact>,
    pub(super) spent: Option<String>,
}

/// A line of a card; golden where somebody has earned something.
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) href: Option<String>,
    pub(super) is_gold: bool,
}

pub(super) struct Budget {
    pub(super) name: String,
    pub(super) left: String,
    pub(super) total: String,
    pub(super) parts: [Part; 3],
    pub(super) finding: String,
}

/// A part of a bar, in percent of it.
pub(super) struct Part {
    pub(super) label: String,
    pub(super) figure: String,
    pub(super) from: f64,
    pub(super) width: f64,
}

/// `GET /`
pub(super) async fn show(asked: Asked) -> Response {
    if super::console::manages(&asked) {
        return asked.page(super::console::today::page).await;
    }
    if let Some(first) = floor::first_page(&asked) {
        return go(&asked.say.href(first), vec![]);
    }
    asked.page(page).await
}

fn page(asked: &Asked) -> Result<String, Missing> {
    let (say, views) = (&asked.say, &asked.web.state.views);
    let house = asked.web.state.journal.house();
    let seen = views.incentives();
    let reach = asked.reach(Right::SeeIncentives);
    let mut cards: Vec<Card> = house
        .incentives
        .iter()
        .filter(|(_, record)| reach.touches(&house.roster, &record.incentive.audience, say.now))
        .map(|(id, record)| card(asked, record, seen.iter().find(|view| view.id == *id)))
        .collect();
    let over = cards.extract_if(.., |card| !card.is_running).collect();
    let budgets = if asked.may(Right::SeeBudgets) { budgets(say, &house, &seen) } else { Vec::new() };
    let shell = Shell::new(asked, say.t("home-title"), Some("/live".to_owned()));
    Ok(Home { shell, say: say.clone(), running: cards, over, budgets }.render()?)
}

pub(super) fn card(asked: &Asked, record: &IncentiveRecord, seen: Option<&IncentiveView>) -> Card {
    let say = &asked.say;
    let course = Course::new(record, say.now);
    let incentive = &record.incentive;
    let open = course.open();
    let mut facts = Vec::new();
    if let Some(seen) = seen {
        facts.extend(standing_of(asked, record, seen, open.map(|p| &p.id), false));
        if let Some(last) = course.last_closed() {
            facts.extend(standing_of(asked, record, seen, Some(&last.id), true));
        }
    }
    let allotment = incentive.allotment.first().zip(seen).filter(|_| asked.may(Right::SeeBudgets));
    let spent = allotment.map(|(allotment, seen)| {
        let of = say.units(allotment.units, &allotment.currency);
        say.with("spent", &[("spent", say.whole(seen.spent).into()), ("of", of.into())])
    });
    Card {
        href: say.incentive(&incentive.id, None),
        title: incentive.title.clone(),
        state: say.t(course.state()),
        is_running: course.runs(),
        period: open.map(|period| say.period(&period.id)),
        closes: open.map(|period| say.closes(period, incentive.zone)),
        facts,
        spent,
    }
}

/// Who leads or led, and what the draws hold.
fn standing_of(
    asked: &Asked,
    record: &IncentiveRecord,
    seen: &IncentiveView,
    period: Option<&Id>,
    is_past: bool,
) -> Vec<Fact> {
    let Some(period) = period else { return Vec::new() };
    let say = &asked.say;
    let id = &record.incentive.id;
    let when = is_past.then(|| say.period(period));
    let href = is_past.then(|| say.incentive(id, Some(period)));
    let mut facts = Vec::new();
    // Where a draw decides, a board only shows who has how much: nobody has earned anything by leading it.
    let boards = if seen.draws.is_empty() { &seen.boards[..] } else { &[] };
    for board in boards {
        let Some(board) = asked.board(id, board, Some(period)) else { continue };
        let first = lead(asked, record, &board);
        let is_gold = is_past && board.state != PeriodState::Open && first.is_some();
        let Some(text) = first.or_else(|| (!is_past).then(|| say.t("nobody-yet"))) else { continue };
        let label = when.clone().unwrap_or_else(|| say.t("in-front"));
        facts.push(Fact { label, text, href: href.clone(), is_gold });
    }
    for draw in asked.draws(id).iter().filter(|draw| draw.period == *period) {
        let label = when.clone().unwrap_or_else(|| say.t("tickets"));
        facts.push(Fact {
            label,
            text: draw_in_short(say, draw),
            href: href.clone(),
            is_gold: draw.state == DrawState::Held,
        });
    }
    facts
}

fn draw_in_short(say: &Say, draw: &DrawView) -> String {
    let Some(first) = draw.winners.first() else {
        return say.n("n-tickets", i64::try_from(draw.tickets).unwrap_or(i64::MAX));
    };
    others(say, say.named(&first.subject, first.name.as_ref()), draw.winners.len() - 1)
}

/// A name, and how many more there are.
pub(super) fn others(say: &Say, name: String, more: usize) -> String {
    if more == 0 {
        return name;
    }
    let n = say.texts.count(say.locale, i64::try_from(more).unwrap_or(i64::MAX));
    say.with("and-others", &[("name", name.into()), ("n", n)])
}

pub(super) fn budgets(say: &Say, house: &HouseView, seen: &[IncentiveView]) -> Vec<Budget> {
    let budget = |(id, record): (&Id, &crate::api::house::BudgetRecord)| {
        let of_this = seen.iter().filter(|view| {
            let record = house.incentives.get(&view.id);
            record.is_some_and(|r| r.incentive.allotment.iter().any(|a| a.budget == *id))
        });
        let given: i64 = of_this.map(|view| view.spent).sum();
        let reserved = record.total.saturating_sub(record.left).saturating_sub(given);
        let mut from = 0.0;
        let mut part = |label: &str, units: i64| {
            let width = share(units, record.total);
            let part = Part { label: say.t(label), figure: say.whole(units), from, width };
            from += width;
            part
        };
        let parts = [part("given", given), part("reserved", reserved), part("free", record.left)];
        let left = record.total.saturating_sub(given);
        let total = say.units(record.total, &record.currency);
        let words = [("left", say.whole(left).into()), ("total", total.clone().into())];
        Budget {
            name: id.to_string(),
            left: say.whole(left),
            finding: say.with("budget-left", &words),
            total,
            parts,
        }
    };
    house.budgets.iter().map(budget).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a bar is a few hundred points wide")]
pub(super) fn share(units: i64, total: i64) -> f64 {
    if total <= 0 { 0.0 } else { (units.max(0) as f64 / total as f64 * 1000.0).round() / 10.0 }
}
