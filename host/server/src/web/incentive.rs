//! `/incentives/{id}`: who stands where, and what is missing to those who are not ranked.

use askama::Template;
use axum::{extract::Path, response::Response};
use plaudit_core::{
    Millis,
    calendar::Calendar,
    incentive::{Incentive, Period, Periods},
    rule::{BoardSpec, Guard, Plan},
};
use tokio::runtime::Handle;

use super::{
    answer::{Asked, Missing},
    draw::{Ticketed, Tried, ticketed, tried},
    home::others,
    say::Say,
    shell::Shell,
    when::Moment,
};
use crate::api::{
    house::{HouseView, IncentiveRecord},
    views::{BoardView, PeriodState, RowView},
};

/// Rows of a page.
const ROWS: usize = 100;
/// Periods of the past that are offered.
const PERIODS: usize = 10;
/// Periods looked at to find those: ten years of days.
const LOOKED_AT_MAX: usize = 3660;

/// An incentive in time.
pub(super) struct Course<'a> {
    record: &'a IncentiveRecord,
    now: Millis,
    /// Begun ones, the newest last.
    periods: Vec<Period>,
}

impl<'a> Course<'a> {
    pub(super) fn new(record: &'a IncentiveRecord, now: Millis) -> Self {
        let Incentive { periods, zone, start, end, .. } = &record.incentive;
        let calendar = Calendar::new(periods, *zone, *start, *end).ok();
        let mut begun: Vec<Period> = Vec::new();
        let mut next = calendar.as_ref().and_then(|calendar| calendar.period_at(*start));
        while let Some(period) = next.filter(|p| p.start <= now && begun.len() < LOOKED_AT_MAX) {
            next = calendar.as_ref().and_then(|calendar| calendar.next_after(&period));
            begun.push(period);
        }
        Self { record, now, periods: begun }
    }

    /// The period that is open.
    pub(super) fn open(&self) -> Option<&Period> {
        self.periods.last().filter(|p| p.end > self.now && !self.record.ended)
    }

    /// The newest one that has closed.
    pub(super) fn last_closed(&self) -> Option<&Period> {
        self.periods.iter().rev().find(|p| p.end <= self.now)
    }

    /// A period that has begun, by its id.
    pub(super) fn find(&self, id: &str) -> Option<&Period> {
        self.periods.iter().find(|period| *period.id == *id)
    }

    /// Whether anything can still be earned.
    pub(super) fn runs(&self) -> bool {
        !self.record.ended && self.record.incentive.end.is_none_or(|end| end > self.now)
    }

    /// The text that says so.
    pub(super) fn state(&self) -> &'static str {
        match () {
            () if !self.runs() => "state-over",
            () if self.record.paused => "state-paused",
            () if self.record.incentive.start > self.now => "state-before",
            () => "state-runs",
        }
    }
}

#[derive(Template)]
#[template(path = "incentive.html")]
struct IncentivePage {
    shell: Shell,
    say: Say,
    title: String,
    state: String,
    rhythm: String,
    period: Option<String>,
    period_state: Option<String>,
    closes: Option<(String, Moment)>,
    boards: Vec<Board>,
    draws: Vec<Ticketed>,
    chances: Vec<Tried>,
    periods: Vec<Choice>,
    /// Where a manager decides about it.
    manage: Option<String>,
    /// How it goes, for those who read the books.
    results: Option<String>,
}

struct Choice {
    label: String,
    href: String,
    is_current: bool,
}

struct Board {
    title: String,
    formula: Option<String>,
    asks: Vec<String>,
    finding: String,
    value_name: String,
    columns: Vec<String>,
    rows: Vec<Row>,
    pages: Vec<Choice>,
}

struct Row {
    key: String,
    rank: Option<String>,
    name: String,
    href: Option<String>,
    value: String,
    cells: Vec<(String, String)>,
    standing: String,
    is_qualified: bool,
    is_gold: bool,
}

/// `GET /incentives/{id}?period=2026-03-02&page=2`
pub(super) async fn show(asked: Asked, Path(id): Path<String>) -> Response {
    asked.page(move |asked| page(asked, &id)).await
}

fn page(asked: &Asked, id: &str) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let record = house.incentives.get(id).ok_or(Missing::Nothing("missing-incentive"))?;
    let course = Course::new(record, say.now);
    let wanted = asked.query.get("period");
    let period = match wanted {
        Some(wanted) => course.periods.iter().find(|p| *p.id == **wanted),
        None => course.open().or(course.periods.last()),
    };
    if wanted.is_some() && period.is_none() {
        return Err(Missing::Nothing("missing-period"));
    }
    let seen = state.views.incentives().into_iter().find(|view| *view.id == *id);
    let plan = plan(asked, &record.incentive);
    let own_id = &record.incentive.id;
    let view = |name: &plaudit_core::Id| asked.board(own_id, name, period.map(|p| &*p.id));
    let views: Vec<BoardView> = seen.iter().flat_map(|seen| &seen.boards).filter_map(view).collect();
    let period_state = views
        .first()
        .map(|board| board.state)
        .or_else(|| period.map(|p| if p.end > say.now { PeriodState::Open } else { PeriodState::Closed }));
    let draws = asked.draws(own_id).into_iter().filter(|draw| period.is_some_and(|p| p.id == draw.period));
    let mut chances = state.views.chances(id);
    chances.retain(|chance| period.is_some_and(|p| p.id == chance.period));
    let is_single = views.len() == 1;
    let page = IncentivePage {
        shell: Shell::new(
            asked,
            &record.incentive.title,
            Some(format!("/live/incentives/{}", super::say::segment(id))),
        ),
        say: say.clone(),
        title: record.incentive.title.clone(),
        state: say.t(course.state()),
        rhythm: rhythm(say, &record.incentive.periods),
        period: period.map(|p| say.period(&p.id)),
        period_state: period_state.map(|s| say.t(state_text(s))),
        closes: period.map(|p| say.closes(p, record.incentive.zone)),
        boards: views.iter().map(|view| board(asked, &house, plan.as_ref(), view, is_single)).collect(),
        draws: draws.map(|draw| ticketed(asked, record, &draw)).collect(),
        chances: chances.iter().map(|chance| tried(say, chance)).collect(),
        periods: choices(say, id, &course, period),
        manage: super::console::manages(asked)
            .then(|| say.href(&format!("/incentives/{}/manage", super::say::segment(id)))),
        results: (asked.caller.is_some() && asked.may(plaudit_core::access::Right::SeeBooks))
            .then(|| say.href(&format!("/incentives/{}/results", super::say::segment(id)))),
    };
    Ok(page.render()?)
}

fn plan(asked: &Asked, incentive: &Incentive) -> Option<Plan> {
    let planned = asked.web.state.plugins.plan(&incentive.plugin, &incentive.settings);
    // On a thread for blocking work, so waiting is allowed.
    Handle::current().block_on(planned).ok()
}

pub(super) fn state_text(state: PeriodState) -> &'static str {
    match state {
        PeriodState::Open => "period-open",
        PeriodState::Closed => "period-closed",
        PeriodState::Final => "period-final",
    }
}

fn rhythm(say: &Say, periods: &Periods) -> String {
    say.t(match periods {
        Periods::Once => "every-once",
        Periods::Daily => "every-day",
        Periods::Weekly => "every-week",
        Periods::Monthly => "every-month",
        Periods::Cron(_) => "every-cron",
    })
}

fn choices(say: &Say, id: &str, course: &Course<'_>, current: Option<&Period>) -> Vec<Choice> {
    if course.periods.len() < 2 {
        return Vec::new();
    }
    let choice = |period: &Period| Choice {
        label: say.period(&period.id),
        href: say.incentive(id, Some(&period.id)),
        is_current: current == Some(period),
    };
    course.periods.iter().rev().take(PERIODS).map(choice).collect()
}

/// Names and units of a board's columns, and what its value is.
struct Columns {
    names: Vec<String>,
    units: Vec<String>,
    /// The only column that the value is, if it is one.
    is_value: Option<usize>,
    value_name: String,
    value_unit: String,
    formula: Option<String>,
}

impl Columns {
    fn new(say: &Say, house: &HouseView, view: &BoardView, spec: Option<&BoardSpec>) -> Self {
        let unit = |name: &plaudit_core::Id| {
            let base = name.strip_suffix("-average").or(name.strip_suffix("-total")).unwrap_or(name);
            house.metrics.get(base).map(|m| m.unit.clone()).unwrap_or_default()
        };
        let names: Vec<String> = view.columns.iter().map(|name| say.metric(name)).collect();
        let units: Vec<String> = view.columns.iter().map(unit).collect();
        let is_value = spec.and_then(|spec| match &spec.value[..] {
            [only] if spec.per.is_none() && (only.factor - 1.0).abs() < f64::EPSILON => {
                Some(only.column as usize)
            }
            _ => None,
        });
        let is_value = is_value.filter(|&i| i < names.len());
        let formula = spec.map(|spec| formula(say, &names, spec));
        Self {
            value_name: is_value.map_or_else(|| say.t("value"), |i| names[i].clone()),
            value_unit: is_value.map(|i| units[i].clone()).unwrap_or_default(),
            formula: formula.filter(|text| !text.is_empty()),
            is_value,
            names,
            units,
        }
    }

    fn value(&self, say: &Say, row: &RowView) -> String {
        row.value.map_or_else(|| "–".to_owned(), |value| say.figure(value, &self.value_unit))
    }

    /// What is missing to a row, by word.
    fn missing(&self, say: &Say, row: &RowView, guards: &[Guard]) -> String {
        let failed = guards.iter().filter_map(|guard| {
            let column = guard.column as usize;
            let (name, unit) = (self.names.get(column)?, self.units.get(column)?);
            let has = row.columns.get(column).copied().flatten();
            if guard.holds(has) {
                return None;
            }
            let bound = |id: &str, bound: f64| {
                let now = has.map_or_else(|| say.t("nothing-yet"), |has| say.figure(has, unit));
                let args = [
                    ("what", name.clone().into()),
                    ("bound", say.figure(bound, unit).into()),
                    ("now", now.into()),
                ];
                say.with(id, &args)
            };
            match (guard.at_least, guard.at_most) {
                (Some(least), _) if has.is_none_or(|has| has < least) => Some(bound("needs-least", least)),
                (_, Some(most)) if has.is_none_or(|has| has > most) => Some(bound("needs-most", most)),
                _ => None,
            }
        });
        let failed: Vec<String> = failed.collect();
        // What is needed stands above the board; whoever has something reads here how far they are.
        if failed.is_empty() || row.columns.iter().all(Option::is_none) {
            say.t("not-ranked")
        } else {
            failed.join(" · ")
        }
    }
}

/// `contacts ÷ hours worked`, `2 × sales + contacts`.
fn formula(say: &Say, names: &[String], spec: &BoardSpec) -> String {
    let term = |term: &plaudit_core::rule::Term| {
        let name = names.get(term.column as usize)?;
        let is_plain = (term.factor - 1.0).abs() < f64::EPSILON;
        Some(if is_plain { name.clone() } else { format!("{} × {name}", say.number(term.factor)) })
    };
    let terms: Vec<String> = spec.value.iter().filter_map(term).collect();
    let sum = terms.join(" + ");
    match spec.per.and_then(|per| names.get(per as usize)) {
        Some(per) if terms.len() > 1 => format!("({sum}) ÷ {per}"),
        Some(per) => format!("{sum} ÷ {per}"),
        None => sum,
    }
}

/// What a guard asks of everyone.
fn asks(say: &Say, columns: &Columns, guard: &Guard) -> Option<String> {
    let column = guard.column as usize;
    let (name, unit) = (columns.names.get(column)?, columns.units.get(column)?);
    let (id, bound) = match (guard.at_least, guard.at_most) {
        (Some(least), _) => ("asks-least", least),
        (None, Some(most)) => ("asks-most", most),
        (None, None) => return None,
    };
    Some(say.with(id, &[("what", name.clone().into()), ("bound", say.figure(bound, unit).into())]))
}

fn board(asked: &Asked, house: &HouseView, plan: Option<&Plan>, view: &BoardView, is_single: bool) -> Board {
    let say = &asked.say;
    let spec = plan.and_then(|plan| plan.boards.iter().find(|spec| spec.name == *view.board));
    let columns = Columns::new(say, house, view, spec);
    let guards = spec.map(|spec| &spec.guards[..]).unwrap_or_default();
    let ranked = view.rows.iter().filter(|row| row.rank > 0).count();
    let page = asked.query.get("page").and_then(|p| p.parse::<usize>().ok()).unwrap_or(1).max(1);
    let shown = view.rows.iter().skip((page - 1).saturating_mul(ROWS)).take(ROWS);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let numbers = [
        ("n", say.texts.count(say.locale, count(ranked))),
        ("all", say.texts.count(say.locale, count(view.rows.len()))),
    ];
    let hidden = |i: &usize| Some(*i) != columns.is_value;
    Board {
        title: if is_single { say.t("board") } else { view.board.replace('-', " ") },
        asks: guards.iter().filter_map(|guard| asks(say, &columns, guard)).collect(),
        finding: say.with("ranked-of", &numbers),
        columns: (0..columns.names.len()).filter(hidden).map(|i| columns.names[i].clone()).collect(),
        rows: shown.map(|row| row_of(say, &columns, guards, view.state, row)).collect(),
        pages: pages(say, view, page),
        value_name: columns.value_name,
        formula: columns.formula,
    }
}

fn row_of(say: &Say, columns: &Columns, guards: &[Guard], state: PeriodState, row: &RowView) -> Row {
    let cells = columns.names.iter().zip(&columns.units).zip(&row.columns).enumerate();
    let cells = cells.filter(|(i, _)| Some(*i) != columns.is_value).map(|(_, ((name, unit), value))| {
        (name.clone(), value.map_or_else(|| "–".to_owned(), |value| say.figure(value, unit)))
    });
    Row {
        key: row.subject.to_string(),
        rank: (row.rank > 0).then(|| say.whole(i64::from(row.rank))),
        name: say.named(&row.subject, row.name.as_ref()),
        href: say.page_of(&row.subject),
        value: columns.value(say, row),
        cells: cells.collect(),
        standing: match row.rank {
            0 => columns.missing(say, row, guards),
            _ => say.t("qualified"),
        },
        is_qualified: row.qualified && row.rank > 0,
        is_gold: row.rank == 1 && state != PeriodState::Open,
    }
}

fn pages(say: &Say, view: &BoardView, current: usize) -> Vec<Choice> {
    let count = view.rows.len().div_ceil(ROWS);
    if count < 2 {
        return Vec::new();
    }
    let of_period = say.incentive_page(&view.incentive, &view.period);
    (1..=count)
        .map(|n| Choice { label: n.to_string(), href: of_period(n), is_current: n == current })
        .collect()
}

impl Say {
    fn incentive_page(&self, id: &str, period: &str) -> impl Fn(usize) -> String {
        let path = self.incentive(id, Some(period));
        move |n| format!("{path}&page={n}")
    }
}

/// Who leads a board, with the value; none while nobody is ranked.
pub(super) fn lead(asked: &Asked, record: &IncentiveRecord, view: &BoardView) -> Option<String> {
    let say = &asked.say;
    let first = view.rows.iter().find(|row| row.rank == 1)?;
    let equals = view.rows.iter().filter(|row| row.rank == 1).count() - 1;
    let plan = plan(asked, &record.incentive);
    let spec = plan.as_ref().and_then(|plan| plan.boards.iter().find(|spec| spec.name == *view.board));
    let columns = Columns::new(say, &asked.web.state.journal.house(), view, spec);
    Some(format!(
        "{} · {}",
        others(say, say.named(&first.subject, first.name.as_ref()), equals),
        columns.value(say, first)
    ))
}
