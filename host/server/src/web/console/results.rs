//! `/incentives/{id}/results`: how an incentive goes: what it gives from period to period, how that is spread over its
//! audience, every award with its explanation, and what it costs.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{extract::Path, response::Response};
use plaudit_core::{Id, access::Right, event::Subject, rule::Reward};

use super::{
    Shell,
    grid::{Cell, Grid},
};
use crate::{
    api::{
        house::IncentiveRecord,
        views::{AwardView, ContentView},
    },
    web::{
        answer::{Asked, Missing},
        incentive::Course,
        say::{Say, segment},
        when::Moment,
        why::{Given, given},
    },
};

/// Awards that are looked through.
const AWARDS_MAX: usize = 20_000;
/// Awards shown.
const SHOWN: usize = 50;
/// Periods of the plot, the newest ones.
const PERIODS: usize = 14;
/// Somebody who got so much or more is in the last group.
const MOST: usize = 5;
/// States that awards are listed by.
const STATES: [&str; 4] = ["granted", "proposed", "withheld", "reversed"];

#[derive(Template)]
#[template(path = "console/results.html")]
struct ResultsPage {
    shell: Shell,
    say: Say,
    title: String,
    href: String,
    state: String,
    manage: String,
    versions: Option<String>,
    messages: Option<String>,
    finding: String,
    trend: Option<Plot>,
    trend_table: Grid,
    spread: Vec<(String, f64, String)>,
    spread_finding: Option<String>,
    money: Grid,
    states: Vec<(String, String, bool)>,
    awards: Vec<Row>,
    more: Option<String>,
}

/// Bars from an honest zero, each with its figure.
pub(in crate::web) struct Plot {
    finding: String,
    width: usize,
    bars: Vec<Bar>,
}

struct Bar {
    x: usize,
    y: f64,
    height: f64,
    middle: usize,
    figure: String,
    label: String,
}

struct Row {
    given: Given,
    name: String,
    name_href: Option<String>,
    href: String,
    message: Option<String>,
    when: Moment,
    ago: String,
}

/// What one period gave.
#[derive(Default)]
struct Period {
    awards: usize,
    winners: BTreeSet<Subject>,
    units: i64,
}

/// `GET /incentives/{id}/results?status=withheld`
pub(super) async fn show(asked: Asked, Path(id): Path<String>) -> Response {
    asked.page(move |asked| page(asked, &id)).await
}

fn page(asked: &Asked, id: &str) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let record = house.incentives.get(id).ok_or(Missing::Nothing("missing-incentive"))?;
    let reach = asked.reach(Right::SeeAwards);
    let read = |status: &str| {
        let mut awards = state.views.awards_with(status, Some(id), AWARDS_MAX);
        awards.retain(|award| {
            *award.incentive == *id
                && matches!(award.content, ContentView::Award { .. })
                && reach.covers_subject(&house.roster, &award.subject, say.now)
        });
        awards
    };
    let granted = read("granted");
    let status = asked.query.get("status").map(String::as_str).filter(|s| STATES.contains(s));
    let status = status.unwrap_or("granted");
    let listed = if status == "granted" { granted.clone() } else { read(status) };
    let currency = record.incentive.allotment.first().map(|line| line.currency.clone());
    let periods = periods(&granted, currency.as_ref());
    let base = format!("/incentives/{}", segment(id));
    let may_see_deliveries = asked.reach(Right::SeeDeliveries).is_everything();
    let messages = || say.href(&format!("/deliveries?incentive={}", segment(id)));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (spread, spread_finding) = spread(asked, record, &granted);
    let page = ResultsPage {
        shell: Shell::new(
            asked,
            say.with("console-ask-results", &[("title", record.incentive.title.clone().into())]),
            Some(format!("/live/incentives/{}", segment(id))),
        ),
        say: say.clone(),
        title: record.incentive.title.clone(),
        href: say.incentive(id, None),
        state: say.t(Course::new(record, say.now).state()),
        manage: say.href(&format!("{base}/manage")),
        versions: asked.may(Right::EnableIncentives).then(|| say.href(&format!("{base}/versions"))),
        messages: may_see_deliveries.then(messages),
        finding: finding(say, &granted),
        trend: trend(say, &periods, currency.as_ref()),
        trend_table: trend_table(say, &periods, currency.as_ref()),
        spread,
        spread_finding,
        money: money(asked, id),
        states: STATES
            .map(|name| {
                let href = say.href(&format!("{base}/results?status={name}#awards"));
                (href, say.t(&format!("console-award-{name}")), name == status)
            })
            .into(),
        more: (listed.len() > SHOWN).then(|| say.n("console-n-more", count(listed.len() - SHOWN))),
        awards: listed
            .iter()
            .take(SHOWN)
            .map(|award| row(asked, record, award, may_see_deliveries))
            .collect(),
    };
    Ok(page.render()?)
}

fn finding(say: &Say, granted: &[AwardView]) -> String {
    let winners: BTreeSet<&Subject> = granted.iter().map(|award| &award.subject).collect();
    let n = |n: usize| say.texts.count(say.locale, i64::try_from(n).unwrap_or(i64::MAX));
    say.with("console-results-found", &[("n", n(granted.len())), ("winners", n(winners.len()))])
}

fn units(award: &AwardView, currency: Option<&Id>) -> i64 {
    match &award.content {
        ContentView::Award { reward: Reward::Points { currency: of, units }, .. }
            if currency.is_some_and(|currency| **currency == **of) =>
        {
            *units
        }
        _ => 0,
    }
}

/// By id, which is in the order of time.
fn periods(granted: &[AwardView], currency: Option<&Id>) -> Vec<(Id, Period)> {
    let mut periods: BTreeMap<Id, Period> = BTreeMap::new();
    for award in granted {
        let Some(id) = &award.period else { continue };
        let period = periods.entry(id.clone()).or_default();
        period.awards += 1;
        period.units = period.units.saturating_add(units(award, currency));
        period.winners.insert(award.subject.clone());
    }
    let begin = periods.len().saturating_sub(PERIODS);
    periods.into_iter().skip(begin).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a bar is some hundred points high")]
fn trend(say: &Say, periods: &[(Id, Period)], currency: Option<&Id>) -> Option<Plot> {
    const HEIGHT: f64 = 120.0;
    const STEP: usize = 54;
    let has_units = periods.iter().any(|(_, period)| period.units > 0);
    let value =
        |period: &Period| if has_units { period.units } else { i64::try_from(period.awards).unwrap_or(0) };
    let values: Vec<i64> = periods.iter().map(|(_, period)| value(period)).collect();
    let most = values.iter().copied().max().filter(|most| *most > 0)?;
    if periods.len() < 2 {
        return None;
    }
    let least = values.iter().copied().min().unwrap_or(0);
    let figure = |n: i64| match currency.filter(|_| has_units) {
        Some(currency) => say.units(n, currency),
        None => say.n("console-n-awards", n),
    };
    let bars = periods.iter().zip(&values).enumerate().map(|(index, ((id, _), value))| {
        let height = (*value as f64 / most as f64 * HEIGHT * 10.0).round() / 10.0;
        Bar {
            x: index * STEP + 8,
            y: 20.0 + HEIGHT - height,
            height,
            middle: index * STEP + STEP / 2,
            figure: say.locale.number(*value as f64, 0, 0, true),
            label: short(id),
        }
    });
    let words = [
        ("n", say.texts.count(say.locale, i64::try_from(periods.len()).unwrap_or(i64::MAX))),
        ("least", figure(least).into()),
        ("most", figure(most).into()),
        ("last", figure(values.last().copied().unwrap_or(0)).into()),
    ];
    Some(Plot {
        finding: say.with("console-trend-found", &words),
        width: periods.len() * STEP,
        bars: bars.collect(),
    })
}

/// A period's id as short as a bar is wide: without its year.
fn short(id: &str) -> String {
    id.split_once('-').map_or(id, |(_, rest)| rest).replace('T', " ").chars().take(8).collect()
}

fn trend_table(say: &Say, periods: &[(Id, Period)], currency: Option<&Id>) -> Grid {
    let columns = ["period", "console-winners#", "console-awards#", "console-worth#"];
    let mut grid = Grid::new(say.t("console-trend"), &columns, |id| say.t(id));
    let whole = |n: usize| Cell::from(say.whole(i64::try_from(n).unwrap_or(i64::MAX)));
    for (id, period) in periods.iter().rev() {
        let worth = currency.map_or_else(|| "–".to_owned(), |currency| say.units(period.units, currency));
        grid.rows.push(vec![
            say.period(id).into(),
            whole(period.winners.len()),
            whole(period.awards),
            worth.into(),
        ]);
    }
    grid
}

/// How many people have got nothing, one award, two, and so on; and what that comes to.
fn spread(
    asked: &Asked,
    record: &IncentiveRecord,
    granted: &[AwardView],
) -> (Vec<(String, f64, String)>, Option<String>) {
    let say = &asked.say;
    let roster = asked.web.state.journal.house().roster;
    let window = (record.incentive.start, say.now.max(record.incentive.start.saturating_add(1)));
    let reach = asked.reach(Right::SeeAwards);
    let mut got: BTreeMap<Subject, usize> = roster
        .agents_in_audience(&record.incentive.audience, window)
        .into_iter()
        .filter(|id| reach.covers_agent(&roster, id, say.now))
        .map(|id| (Subject::agent(id), 0))
        .collect();
    let is_of_teams =
        granted.iter().any(|award| award.subject.kind == plaudit_core::event::SubjectKind::Team);
    if is_of_teams {
        let teams = roster.teams_in_audience(&record.incentive.audience, window).into_iter();
        got = teams.filter(|id| reach.covers_team(&roster, id)).map(|id| (Subject::team(id), 0)).collect();
    }
    for award in granted {
        if let Some(n) = got.get_mut(&award.subject) {
            *n += 1;
        }
    }
    if got.is_empty() {
        return (Vec::new(), None);
    }
    let mut groups = [0_usize; MOST + 1];
    got.values().for_each(|n| groups[(*n).min(MOST)] += 1);
    #[expect(clippy::cast_precision_loss, reason = "a share in percent")]
    let share = |n: usize| n as f64 / got.len() as f64;
    let rows = groups.iter().enumerate().map(|(n, people)| {
        let label = match n {
            MOST => say.with("console-n-awards-or-more", &[("n", MOST.to_string().into())]),
            n => say.n("console-n-awards", i64::try_from(n).unwrap_or(0)),
        };
        let width = (share(*people) * 1000.0).round() / 10.0;
        (label, width, say.whole(i64::try_from(*people).unwrap_or(i64::MAX)))
    });
    let winners = got.len() - groups[0];
    let n = |n: usize| say.texts.count(say.locale, i64::try_from(n).unwrap_or(i64::MAX));
    let words = [
        ("n", n(winners)),
        ("all", n(got.len())),
        ("share", say.locale.percent(share(winners), 0, 0).into()),
    ];
    (rows.collect(), Some(say.with("console-spread-found", &words)))
}

fn money(asked: &Asked, id: &str) -> Grid {
    let say = &asked.say;
    let columns =
        ["console-currency", "console-allotted#", "console-paid#", "console-held#", "console-left#"];
    let mut grid = Grid::new(say.t("console-money-page"), &columns, |id| say.t(id));
    let view = asked.web.state.views.incentives().into_iter().find(|view| *view.id == *id);
    for part in view.iter().flat_map(|view| &view.purse) {
        let share = crate::web::home::share(part.paid, part.allotted);
        let whole = |n: i64| Cell::from(say.whole(n));
        grid.rows.push(vec![
            part.unit.strip_prefix("prize/").unwrap_or(&part.unit).to_owned().into(),
            whole(part.allotted),
            whole(part.paid).with_bar(share),
            whole(part.held),
            whole(part.left),
        ]);
    }
    grid
}

fn row(asked: &Asked, record: &IncentiveRecord, award: &AwardView, may_see_deliveries: bool) -> Row {
    let say = &asked.say;
    let when = say.moment(award.time, record.incentive.zone);
    let (incentive, who) = (segment(&award.incentive), segment(&award.subject.id));
    Row {
        given: given(say, award),
        name: say.name(&award.subject),
        name_href: say.page_of(&award.subject),
        href: say.href(&format!("/why/{}", segment(&award.id))),
        message: may_see_deliveries
            .then(|| say.href(&format!("/deliveries?incentive={incentive}&who={who}"))),
        ago: say.with("ago", &[("span", when.span.clone().into())]),
        when,
    }
}
