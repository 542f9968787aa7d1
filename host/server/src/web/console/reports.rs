//! `/reports`: who took part, what was won where, what it cost, and the metric before and during. On paper and as CSV too.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use chrono_tz::Tz;
use plaudit_core::{Id, access::Right, calendar::local_day};

use super::{
    Shell,
    api::{Said, caller, refused, said, status},
    grid::{self, Cell, Grid},
    site_name,
    wish::day_text,
};
use crate::{
    api::{
        problem::Answer,
        reports::{self, Days, EffectRow, PlaceRow, Report},
    },
    web::{
        answer::{Asked, Missing},
        say::{Say, segment},
    },
};

/// Days that are offered.
const DAYS: i32 = 28;
/// Files that there are.
const FILES: [&str; 3] = ["incentives", "teams", "sites"];

#[derive(Template)]
#[template(path = "console/reports.html")]
struct ReportsPage {
    shell: Shell,
    say: Say,
    from: String,
    to: String,
    days: String,
    problem: Option<Said>,
    incentives: Grid,
    teams: Grid,
    sites: Grid,
    files: Vec<(String, String)>,
    /// Incentives whose effect can be looked at: address, title, whether it is the one that is shown.
    choices: Vec<(String, String, bool)>,
    effect: Option<Grid>,
    effect_help: Option<String>,
    effect_problem: Option<Said>,
}

/// The days that somebody asks for, else the last weeks; in the zone of the first site.
fn days(asked: &Asked) -> Days {
    let house = asked.web.state.journal.house();
    let zone = house.roster.sites().next().map_or(Tz::UTC, |site| site.zone);
    let today = local_day(zone, asked.say.now);
    let day = |name: &str, or: i32| {
        let typed = asked.query.get(name).and_then(|typed| typed.parse::<NaiveDate>().ok());
        typed.or_else(|| NaiveDate::from_epoch_days(or)).unwrap_or_default()
    };
    Days { from: day("from", today - DAYS), to: day("to", today), zone: Some(zone) }
}

async fn report(asked: &Asked, days: &Days) -> Answer<Report> {
    let state = State(asked.web.state.clone());
    reports::get(state, Query(days.clone()), caller(asked)?).await.map(|Json(report)| report)
}

/// `GET /reports?from=2026-03-01&to=2026-03-31&incentive=sprint`
pub(super) async fn show(asked: Asked) -> Response {
    let days = days(&asked);
    let made = report(&asked, &days).await;
    let wanted = asked.query.get("incentive").filter(|id| !id.is_empty()).cloned();
    let effect = match wanted {
        Some(id) if may_see(&asked, &id) => {
            Some(reports::effect(State(asked.web.state.clone()), Path(id)).await.map(|Json(rows)| rows))
        }
        _ => None,
    };
    let code = match (&made, &effect) {
        (Err(problem), _) | (_, Some(Err(problem))) => status(problem),
        _ => StatusCode::OK,
    };
    asked.page_as(code, move |asked| page(asked, &days, made, effect)).await
}

fn may_see(asked: &Asked, id: &str) -> bool {
    let house = asked.web.state.journal.house();
    let reach = asked.reach(Right::SeeBooks);
    let record = house.incentives.get(id);
    record.is_some_and(|record| reach.touches(&house.roster, &record.incentive.audience, asked.say.now))
}

fn page(
    asked: &Asked,
    days: &Days,
    made: Answer<Report>,
    effect: Option<Answer<Vec<EffectRow>>>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let (report, problem) = match made {
        Ok(report) => (report, None),
        Err(problem) => (Report::default(), Some(problem)),
    };
    let (effect, effect_problem) = match effect {
        Some(Ok(rows)) => (Some(rows), None),
        Some(Err(problem)) => (None, Some(problem)),
        None => (None, None),
    };
    let window = format!("from={}&to={}", days.from, days.to);
    let chosen = asked.query.get("incentive").cloned().unwrap_or_default();
    let in_words = |day: NaiveDate| say.locale.day(day.to_epoch_days());
    let span = [("from", in_words(days.from).into()), ("to", in_words(days.to).into())];
    let file = |name: &&str| {
        let label =
            say.with("console-report-file", &[("what", say.t(&format!("console-report-{name}")).into())]);
        (say.href(&format!("/reports/{name}.csv?{window}")), label)
    };
    let page = ReportsPage {
        shell: Shell::new(asked, say.t("console-ask-reports"), None),
        say: say.clone(),
        from: day_text(days.from.to_epoch_days()),
        to: day_text(days.to.to_epoch_days()),
        days: say.with("console-report-days", &span),
        problem: problem.map(|problem| said(say, &problem)),
        incentives: of_incentives(say, &report),
        teams: of_places(say, "console-report-teams", &report.teams, |id| say.texts.names().team(id)),
        sites: of_places(say, "console-report-sites", &report.sites, |id| site_name(asked, id)),
        files: FILES.iter().map(file).collect(),
        choices: report
            .incentives
            .iter()
            .map(|row| {
                let href = say.href(&format!("/reports?{window}&incentive={}#effect", segment(&row.id)));
                (href, row.title.clone(), *row.id == *chosen)
            })
            .collect(),
        effect_help: effect.as_ref().map(|rows| match rows.first() {
            Some(row) => say.n("console-effect-help", row.days),
            None => say.t("console-effect-none"),
        }),
        effect: effect.filter(|rows| !rows.is_empty()).map(|rows| of_effect(say, &rows)),
        effect_problem: effect_problem.map(|problem| said(say, &problem)),
    };
    Ok(page.render()?)
}

fn worth(say: &Say, units: &BTreeMap<Id, i64>) -> String {
    let all: Vec<String> = units.iter().map(|(currency, n)| say.units(*n, currency)).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(" · ") }
}

fn whole(say: &Say, n: usize) -> Cell {
    say.whole(i64::try_from(n).unwrap_or(i64::MAX)).into()
}

#[expect(clippy::cast_precision_loss, reason = "a share in percent")]
fn share(say: &Say, part: usize, all: usize) -> Cell {
    if all == 0 {
        return "–".into();
    }
    let share = part as f64 / all as f64;
    Cell::from(say.locale.percent(share, 0, 0)).with_bar(share * 100.0)
}

fn of_incentives(say: &Say, report: &Report) -> Grid {
    let columns = [
        "incentive",
        "console-audience#",
        "console-on-board#",
        "console-winners#",
        "console-share-winning#",
        "console-awards#",
        "console-report-cost#",
    ];
    let mut grid = Grid::new(say.t("console-report-incentives"), &columns, |id| say.t(id));
    for row in &report.incentives {
        let href = say.href(&format!("/incentives/{}/results", segment(&row.id)));
        grid.rows.push(vec![
            Cell::to(row.title.clone(), Some(href)),
            whole(say, row.audience),
            row.on_board.map_or_else(|| "–".into(), |n| whole(say, n)),
            whole(say, row.winners),
            share(say, row.winners, row.audience),
            whole(say, row.awards),
            worth(say, &row.units).into(),
        ]);
    }
    grid
}

fn of_places(say: &Say, caption: &str, rows: &[PlaceRow], name: impl Fn(&str) -> String) -> Grid {
    let columns = [
        "name",
        "console-people#",
        "console-winners#",
        "console-share-winning#",
        "console-awards#",
        "console-worth#",
    ];
    let mut grid = Grid::new(say.t(caption), &columns, |id| say.t(id));
    for row in rows {
        grid.rows.push(vec![
            name(&row.id).into(),
            whole(say, row.people),
            whole(say, row.winners),
            share(say, row.winners, row.people),
            whole(say, row.awards),
            worth(say, &row.units).into(),
        ]);
    }
    grid
}

fn of_effect(say: &Say, rows: &[EffectRow]) -> Grid {
    let columns = ["console-measure", "console-before#", "console-during#", "console-effect#"];
    let mut grid = Grid::new(say.t("console-report-effect"), &columns, |id| say.t(id));
    for row in rows {
        let per = (!row.is_ratio).then(|| say.t("console-per-person-day"));
        let figure = |value: Option<f64>, n: usize| {
            let text = value.map_or_else(|| "–".to_owned(), |value| say.figure(value, &row.unit));
            Cell::from(text).under(Some(say.n("console-n-facts", i64::try_from(n).unwrap_or(i64::MAX))))
        };
        let effect = row.before.zip(row.during).filter(|(before, _)| before.abs() > f64::EPSILON);
        let effect = effect.map(|(before, during)| {
            let change = (during - before) / before.abs();
            let sign = if change < 0.0 { "−" } else { "+" };
            format!("{sign}{}", say.locale.percent(change.abs(), 0, 1))
        });
        grid.rows.push(vec![
            Cell::from(say.metric(&row.metric)).under(per),
            figure(row.before, row.facts.0),
            figure(row.during, row.facts.1),
            effect.unwrap_or_else(|| "–".to_owned()).into(),
        ]);
    }
    grid
}

/// `GET /reports/teams.csv?from=2026-03-01&to=2026-03-31`
pub(super) async fn file(asked: Asked, Path(file): Path<String>) -> Response {
    let days = days(&asked);
    let name = file.strip_suffix(".csv").filter(|name| FILES.contains(name)).map(str::to_owned);
    let Some(name) = name else {
        return asked.page(|_| Err(Missing::Nothing("console-missing-report"))).await;
    };
    match report(&asked, &days).await {
        Ok(report) => csv_of(&asked, &name, &days, &report).into_response(),
        Err(problem) => refused(asked, problem, "/reports".to_owned()).await,
    }
}

/// One column of worth for each currency that appears.
fn csv_of(asked: &Asked, name: &str, days: &Days, report: &Report) -> Response {
    let say = &asked.say;
    let units: Vec<&BTreeMap<Id, i64>> = match name {
        "incentives" => report.incentives.iter().map(|row| &row.units).collect(),
        "teams" => report.teams.iter().map(|row| &row.units).collect(),
        _ => report.sites.iter().map(|row| &row.units).collect(),
    };
    let currencies: std::collections::BTreeSet<&Id> = units.into_iter().flat_map(BTreeMap::keys).collect();
    let of = |units: &BTreeMap<Id, i64>| -> Vec<String> {
        currencies.iter().map(|currency| units.get(*currency).copied().unwrap_or(0).to_string()).collect()
    };
    let place = |row: &PlaceRow, name: String| {
        let own = [
            row.id.to_string(),
            name,
            row.people.to_string(),
            row.winners.to_string(),
            row.awards.to_string(),
        ];
        [&own[..], &of(&row.units)[..]].concat()
    };
    let mut columns = vec!["id", "name", "people", "winners", "awards"];
    let rows: Vec<Vec<String>> = match name {
        "incentives" => {
            columns = vec!["id", "title", "audience", "on_board", "winners", "awards"];
            let row = |row: &reports::IncentiveRow| {
                let own = [
                    row.id.to_string(),
                    row.title.clone(),
                    row.audience.to_string(),
                    row.on_board.map(|n| n.to_string()).unwrap_or_default(),
                    row.winners.to_string(),
                    row.awards.to_string(),
                ];
                [&own[..], &of(&row.units)[..]].concat()
            };
            report.incentives.iter().map(row).collect()
        }
        "teams" => report.teams.iter().map(|row| place(row, say.texts.names().team(&row.id))).collect(),
        _ => report.sites.iter().map(|row| place(row, site_name(asked, &row.id))).collect(),
    };
    let currencies: Vec<String> = currencies.iter().map(|currency| crate::payroll::safe(currency)).collect();
    columns.extend(currencies.iter().map(String::as_str));
    grid::csv(&format!("{name}-{}-{}", days.from, days.to), &columns, rows)
}
