//! `/measures`: the catalogue of metrics, and trying an expression on what came in lately. It changes nothing.

use askama::Template;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use chrono_tz::Tz;
use plaudit_core::{access::Right, event::Subject, metric::MetricDefinition};

use super::{
    Shell,
    api::{Said, said, status},
    grid::{Cell, Grid},
    pieces::{Input, Kind},
};
use crate::{
    api::{
        problem::Problem,
        recent::{self, Measure, Recent, RecentEvent, Which},
    },
    web::{
        answer::{Asked, Missing},
        incentive::Course,
        say::{Say, segment},
    },
};

/// Events that an expression is tried on.
const EVENTS: usize = 20;

#[derive(Template)]
#[template(path = "console/measures.html")]
struct MeasuresPage {
    shell: Shell,
    say: Say,
    grid: Grid,
}

#[derive(Template)]
#[template(path = "console/measure.html")]
struct MeasurePage {
    shell: Shell,
    say: Say,
    facts: Vec<(String, String)>,
    action: String,
    /// The form, for those who may change metrics.
    fields: Vec<Input>,
    problem: Option<Said>,
    finding: Option<String>,
    found: Option<Grid>,
}

/// `GET /measures`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(page).await
}

fn page(asked: &Asked) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let columns =
        ["console-measure", "console-measure-unit", "console-measure-types", "console-measure-used#"];
    let mut grid = Grid::new(say.t("console-measures"), &columns, |id| say.t(id));
    for metric in house.metrics.values() {
        let uses = |record: &&crate::api::house::IncentiveRecord| {
            Course::new(record, say.now).runs()
                && record.incentive.metrics.iter().any(|(name, _)| *name == metric.name)
        };
        let used = house.incentives.values().filter(uses).count();
        let unit = match metric.lower_is_better {
            true => format!("{} · {}", metric.unit, say.t("console-measure-lower")),
            false => metric.unit.clone(),
        };
        let href = say.href(&format!("/measures/{}", segment(&metric.name)));
        let called = Cell::to(say.metric(&metric.name), Some(href)).under(Some(metric.name.to_string()));
        let used = say.whole(i64::try_from(used).unwrap_or(i64::MAX));
        grid.rows.push(vec![called, unit.into(), metric.types.join(" · ").into(), used.into()]);
    }
    let page = MeasuresPage {
        shell: Shell::new(asked, say.t("console-ask-measures"), None),
        say: say.clone(),
        grid,
    };
    Ok(page.render()?)
}

/// `GET /measures/{name}?value=data.csat&filter=…`: with the result where something is to be tried.
pub(super) async fn one(asked: Asked, Path(name): Path<String>) -> Response {
    let may_try = asked.reach(Right::SetMetrics).is_everything();
    let text = |name: &str| asked.query.get(name).cloned();
    let tried = if may_try && asked.query.contains_key("value") {
        let which = Which {
            kind: text("type"),
            value: text("value"),
            filter: text("filter"),
            per: text("per"),
            limit: Some(EVENTS),
            ..Which::default()
        };
        Some(match which.value.as_ref().is_some_and(|value| !value.trim().is_empty()) {
            true => recent::list(State(asked.web.state.clone()), Query(which)).await.map(|Json(found)| found),
            false => Err(Problem::unprocessable("value-missing", "")),
        })
    } else {
        None
    };
    let code = match &tried {
        Some(Err(problem)) => status(problem),
        _ => StatusCode::OK,
    };
    asked.page_as(code, move |asked| one_page(asked, &name, may_try, tried.as_ref())).await
}

fn one_page(
    asked: &Asked,
    name: &str,
    may_try: bool,
    tried: Option<&Result<Recent, Problem>>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let metric = house.metrics.get(name).ok_or(Missing::Nothing("console-missing-measure"))?;
    let problem = tried.and_then(|tried| tried.as_ref().err());
    let found = tried.and_then(|tried| tried.as_ref().ok());
    let page = MeasurePage {
        shell: Shell::new(asked, say.metric(name), None),
        say: say.clone(),
        facts: facts(say, metric),
        action: say.href(&format!("/measures/{}", segment(name))),
        fields: if may_try { fields(asked, metric, problem) } else { Vec::new() },
        problem: problem.map(|problem| said(say, problem)),
        finding: found.map(|found| {
            let n = |n: usize| say.texts.count(say.locale, i64::try_from(n).unwrap_or(i64::MAX));
            let words = [("n", n(found.measured.unwrap_or(0))), ("all", n(found.events.len()))];
            say.with("console-measure-found", &words)
        }),
        found: found.filter(|found| !found.events.is_empty()).map(|found| results(asked, metric, found)),
    };
    Ok(page.render()?)
}

fn facts(say: &Say, metric: &MetricDefinition) -> Vec<(String, String)> {
    let mut facts = vec![
        ("console-id", metric.name.to_string()),
        ("console-version", metric.version.to_string()),
        ("console-measure-types", metric.types.join(" · ")),
        ("console-measure-value", metric.value.clone()),
    ];
    facts.extend(metric.filter.clone().map(|filter| ("console-measure-filter", filter)));
    facts.extend(metric.per.clone().map(|per| ("console-measure-per", per)));
    if !metric.unit.is_empty() {
        facts.push(("console-measure-unit", metric.unit.clone()));
    }
    facts.into_iter().map(|(label, text)| (say.t(label), text)).collect()
}

/// The form as it was sent, else as the metric is.
fn fields(asked: &Asked, metric: &MetricDefinition, problem: Option<&Problem>) -> Vec<Input> {
    let say = &asked.say;
    let own = [
        ("type", metric.types.first().map(ToString::to_string).unwrap_or_default()),
        ("filter", metric.filter.clone().unwrap_or_default()),
        ("value", metric.value.clone()),
        ("per", metric.per.clone().unwrap_or_default()),
    ];
    let is_sent = asked.query.contains_key("value");
    let wrong = |name: &str| {
        let errors = problem.map(|problem| &problem.errors[..]).unwrap_or_default();
        let error = errors.iter().find(|error| error["field"] == name);
        let missing = name == "value" && problem.is_some_and(|problem| problem.code == "value-missing");
        error
            .and_then(|error| error["message"].as_str().map(str::to_owned))
            .or_else(|| missing.then(|| say.t("console-wrong-missing")))
    };
    let field = |(name, value): (&str, String)| Input {
        id: name.to_owned(),
        name: name.to_owned(),
        label: say.t(&format!("console-measure-{name}")),
        help: say.texts.try_own(say.locale, &format!("page-console-measure-{name}.help"), &[]),
        error: wrong(name),
        kind: Kind::Text,
        value: if is_sent { asked.query.get(name).cloned().unwrap_or_default() } else { value },
        ..Input::default()
    };
    own.into_iter().map(field).collect()
}

fn results(asked: &Asked, metric: &MetricDefinition, found: &Recent) -> Grid {
    let say = &asked.say;
    let columns = ["when", "name", "console-measure-gives#", "console-measure-data"];
    let mut grid = Grid::new(say.t("console-measure-try"), &columns, |id| say.t(id));
    for event in &found.events {
        let data = serde_json::Value::Object(event.data.clone()).to_string();
        let who = Subject::parse(&event.subject);
        let name = who.as_ref().map_or_else(|| event.subject.clone(), |who| say.name(who));
        let href = who.and_then(|who| say.page_of(&who));
        let when = say.exact(event.time, Tz::UTC);
        grid.rows.push(vec![when.into(), Cell::to(name, href), gives(say, metric, event), data.into()]);
    }
    grid
}

fn gives(say: &Say, metric: &MetricDefinition, event: &RecentEvent) -> Cell {
    match &event.measure {
        Some(Measure::Value { value, weight }) if asked_per(weight) => {
            Cell::from(format!("{} ÷ {}", say.number(*value), say.number(*weight)))
        }
        Some(Measure::Value { value, .. }) => say.figure(*value, &metric.unit).into(),
        Some(Measure::LeftOut) => Cell::from("–").under(Some(say.t("console-measure-left-out"))),
        Some(Measure::Nothing) | None => Cell::from("–").under(Some(say.t("console-measure-nothing"))),
        Some(Measure::Failed { error }) => {
            Cell::from(say.t("console-measure-failed")).under(Some(error.clone()))
        }
    }
}

fn asked_per(weight: &f64) -> bool {
    (weight - 1.0).abs() > f64::EPSILON
}
