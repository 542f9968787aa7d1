//! `/decisions`: awards that wait for approval, and what came after a period was final.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, State},
    response::Response,
};
use plaudit_core::{Id, access::Right};
use serde_json::json;

use super::{
    Shell,
    api::{self, Said, caller, document, foreign, refused, said},
    sent::Sent,
    under_way::{self, UnderWay, WAIT_S},
};
use crate::{
    api::{
        approvals,
        finality::{self, Difference, Proposal},
        house::{HouseView, IncentiveRecord},
        previews::{PreviewView, later},
        problem::Problem,
        views::{AwardView, ContentView},
    },
    web::{
        answer::{Asked, Missing},
        form::go,
        say::{Say, segment},
        when::Moment,
        why::{Given, given},
    },
};

/// Awards shown.
const SHOWN: usize = 100;
/// Awards that are looked through for those within reach.
const LOOKED_AT: usize = 10_000;
/// Late facts that are looked through for each incentive.
const LATE: usize = 1000;
/// Differences shown.
const DIFFERENCES: usize = 200;

#[derive(Template)]
#[template(path = "console/decisions.html")]
struct DecisionsPage {
    shell: Shell,
    say: Say,
    form: String,
    lead: String,
    notice: Option<String>,
    problem: Option<Said>,
    waiting: Vec<Waiting>,
    late: Vec<Late>,
}

/// An award that waits.
struct Waiting {
    id: String,
    given: Given,
    name: String,
    name_href: Option<String>,
    incentive: String,
    incentive_href: String,
    href: String,
    when: Moment,
    ago: String,
    approve: String,
    refuse: String,
    /// Why the reader may not decide on it.
    not_own: Option<String>,
    reason_error: Option<String>,
}

/// A final period for which something came too late.
struct Late {
    incentive: String,
    period: String,
    text: String,
    href: String,
}

/// What is decided on again, with what was wrong.
#[derive(Default)]
struct Again {
    problem: Option<Problem>,
    /// The award whose reason is missing.
    award: Option<String>,
}

/// `GET /decisions`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(|asked| page(asked, &Again::default())).await
}

fn page(asked: &Asked, again: &Again) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let waiting = waiting(asked);
    let late = if asked.may(Right::Adjust) { undecided(asked, &house) } else { Vec::new() };
    let all = i64::try_from(waiting.len() + late.len()).unwrap_or(i64::MAX);
    let notice = super::notice(asked);
    let is_again = again.problem.is_some() || again.award.is_some();
    let page = DecisionsPage {
        shell: Shell::new(asked, say.t("console-ask-decisions"), None),
        say: say.clone(),
        form: asked.form_token(),
        lead: if all == 0 { say.t("console-nothing-waits") } else { say.n("console-n-needs", all) },
        notice: notice.filter(|_| !is_again),
        problem: again.problem.as_ref().map(|problem| said(say, problem)),
        waiting: waiting.iter().take(SHOWN).map(|award| row(asked, &house, award, again)).collect(),
        late: late.into_iter().map(|found| shown(asked, &house, found)).collect(),
    };
    Ok(page.render()?)
}

/// Awards that wait for somebody who reaches all of their incentive's audience.
pub(super) fn waiting(asked: &Asked) -> Vec<AwardView> {
    let house = asked.web.state.journal.house();
    let reach = asked.reach(Right::DecideAwards);
    let mut all = asked.web.state.views.awards_with("proposed", None, LOOKED_AT);
    all.retain(|award| {
        let record = house.incentives.get(&award.incentive);
        record.is_some_and(|r| reach.holds(&house.roster, &r.incentive.audience, asked.say.now))
    });
    all
}

fn row(asked: &Asked, house: &HouseView, award: &AwardView, again: &Again) -> Waiting {
    let say = &asked.say;
    let record = house.incentives.get(&award.incentive);
    let zone = record.map_or(chrono_tz::Tz::UTC, |record| record.incentive.zone);
    let when = say.moment(award.time, zone);
    let state = &asked.web.state;
    let own = asked.caller.as_ref().and_then(|caller| {
        approvals::not_own(state, caller, &award.incentive, &award.subject, award.time).err()
    });
    let mut given = given(say, award);
    given.status = None;
    Waiting {
        id: award.id.to_string(),
        given,
        name: say.name(&award.subject),
        name_href: say.page_of(&award.subject),
        incentive: record.map_or_else(|| award.incentive.to_string(), |r| r.incentive.title.clone()),
        incentive_href: say.incentive(&award.incentive, award.period.as_deref()),
        href: say.href(&format!("/why/{}", segment(&award.id))),
        ago: say.with("ago", &[("span", when.span.clone().into())]),
        when,
        approve: say.href(&format!("/awards/{}/approve", segment(&award.id))),
        refuse: say.href(&format!("/awards/{}/refuse", segment(&award.id))),
        not_own: own.map(|problem| said(say, &problem).text),
        reason_error: (again.award.as_deref() == Some(&award.id)).then(|| say.t("console-wrong-reason")),
    }
}

/// A final period for which facts came that nobody has decided on: incentive, period, how many.
pub(super) fn undecided(asked: &Asked, house: &HouseView) -> Vec<(Id, Id, usize)> {
    let reach = asked.reach(Right::Adjust);
    let views = &asked.web.state.views;
    let mut found = Vec::new();
    for record in house.incentives.values() {
        if !reach.holds(&house.roster, &record.incentive.audience, asked.say.now) {
            continue;
        }
        let id = &record.incentive.id;
        let decided = views.adjustments(id);
        let mut by_period: BTreeMap<Id, usize> = BTreeMap::new();
        for late in views.late(id, None, LATE) {
            for period in late.periods {
                let is_decided = decided.iter().any(|d| d.period == period && d.block >= late.block);
                if !is_decided {
                    *by_period.entry(period).or_default() += 1;
                }
            }
        }
        found.extend(by_period.into_iter().map(|(period, n)| (id.clone(), period, n)));
    }
    found
}

fn shown(asked: &Asked, house: &HouseView, (id, period, n): (Id, Id, usize)) -> Late {
    let say = &asked.say;
    let title = house.incentives.get(&id).map(|record| record.incentive.title.clone());
    Late {
        incentive: title.unwrap_or_else(|| id.to_string()),
        text: say.n("console-n-late", i64::try_from(n).unwrap_or(i64::MAX)),
        href: say.href(&format!("/incentives/{}/adjustments/{}", segment(&id), segment(&period))),
        period: say.period(&period),
    }
}

/// `POST /awards/{id}/approve`
pub(super) async fn approve(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/decisions".to_owned()).await;
    }
    let state = State(asked.web.state.clone());
    let decided = match caller(&asked) {
        Ok(caller) => approvals::approve(state, Path(id), caller).await.map(drop),
        Err(problem) => Err(problem),
    };
    decided_on(asked, decided, "approved").await
}

/// `POST /awards/{id}/refuse`
pub(super) async fn refuse(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/decisions".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    if sent.get("reason").is_empty() {
        let again = Again { problem: None, award: Some(id) };
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        return asked.page_as(status, move |asked| page(asked, &again)).await;
    }
    let (headers, body) = document(&json!({ "reason": sent.get("reason") }));
    let state = State(asked.web.state.clone());
    let decided = match caller(&asked) {
        Ok(caller) => approvals::refuse(state, Path(id), caller, headers, body).await.map(drop),
        Err(problem) => Err(problem),
    };
    decided_on(asked, decided, "refused").await
}

async fn decided_on(asked: Asked, decided: Result<(), Problem>, what: &str) -> Response {
    match decided {
        Ok(()) => go(&asked.say.href(&format!("/decisions?done={what}")), vec![]),
        Err(problem) => {
            let status = api::status(&problem);
            let again = Again { problem: Some(problem), award: None };
            asked.page_as(status, move |asked| page(asked, &again)).await
        }
    }
}

#[derive(Template)]
#[template(path = "console/difference.html")]
struct DifferencePage {
    shell: Shell,
    say: Say,
    form: String,
    title: String,
    href: String,
    period: String,
    problem: Option<Said>,
    action: String,
    running: Option<UnderWay>,
    found: Option<FoundDifference>,
}

/// What would be settled otherwise.
struct FoundDifference {
    digest: String,
    finding: String,
    money: Vec<String>,
    rows: Vec<DifferenceRow>,
    more: Option<String>,
    is_affordable: bool,
}

pub(super) struct DifferenceRow {
    pub(super) name: String,
    pub(super) what: String,
    pub(super) difference: String,
    pub(super) moved: String,
}

/// `GET /incentives/{id}/adjustments/{period}`
pub(super) async fn difference(asked: Asked, Path((id, period)): Path<(String, String)>) -> Response {
    compare(asked, id, period, None).await
}

async fn compare(asked: Asked, id: String, period: String, problem: Option<Problem>) -> Response {
    let computed = compute(&asked, &id, &period).await.and_then(|view| match later::problem(&view) {
        None => Ok(view),
        Some(problem) => Err(problem),
    });
    match computed {
        Ok(view) => {
            let status = problem.as_ref().map_or(axum::http::StatusCode::OK, api::status);
            let (say, seen, home) = (asked.say.clone(), view.clone(), address(&id, &period));
            let page = move |asked: &Asked| compared(asked, &id, &period, &view, problem.as_ref());
            let mut response = asked.page_as(status, page).await;
            under_way::again(&mut response, &say, Some(&seen), &home);
            response
        }
        Err(problem) => refused(asked, problem, "/decisions#late".to_owned()).await,
    }
}

/// What a final period would have settled: as far as that is computed after some seconds.
async fn compute(asked: &Asked, id: &str, period: &str) -> Result<PreviewView, Problem> {
    if let Some(of) = asked.query.get("of") {
        // What was stopped, or is forgotten by now, is not begun again by looking.
        let view = under_way::find(asked, of.clone()).await?;
        let found = view.adjustment.as_ref();
        if found.is_none_or(|found| (&*found.incentive, &*found.period) == (id, period)) {
            return Ok(view);
        }
    }
    let state = &asked.web.state;
    finality::begin(state, &caller(asked)?, finality::known(state, id)?, period.to_owned(), WAIT_S).await
}

/// The page of a difference.
fn address(id: &str, period: &str) -> String {
    format!("/incentives/{}/adjustments/{}", segment(id), segment(period))
}

fn compared(
    asked: &Asked,
    id: &str,
    period: &str,
    view: &PreviewView,
    problem: Option<&Problem>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let record = house.incentives.get(id).ok_or(Missing::Nothing("missing-incentive"))?;
    let title = record.incentive.title.clone();
    let page = DifferencePage {
        shell: Shell::new(
            asked,
            say.with("console-ask-difference", &[("title", title.clone().into())]),
            None,
        ),
        say: say.clone(),
        form: asked.form_token(),
        title,
        href: say.incentive(id, Some(period)),
        period: say.period(period),
        problem: problem.map(|problem| said(say, problem)),
        action: say.href(&address(id, period)),
        running: UnderWay::of(say, view, &address(id, period), "/decisions", "console-computing"),
        found: view.adjustment.as_ref().map(|proposal| found(asked, record, proposal)),
    };
    Ok(page.render()?)
}

fn found(asked: &Asked, record: &IncentiveRecord, proposal: &Proposal) -> FoundDifference {
    let say = &asked.say;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let words = [
        ("n", say.texts.count(say.locale, count(proposal.differences.len()))),
        ("late", say.whole(i64::try_from(proposal.late).unwrap_or(i64::MAX)).into()),
    ];
    let money = |(unit, units): (&Id, &i64)| {
        let id = if *units >= 0 { "console-costs" } else { "console-comes-back" };
        say.with(id, &[("units", say.units(units.saturating_abs(), unit).into())])
    };
    let more = proposal.differences.len().saturating_sub(DIFFERENCES);
    let shown = proposal.differences.iter().take(DIFFERENCES);
    FoundDifference {
        digest: proposal.digest.to_string(),
        finding: say.with("console-found-differences", &words),
        money: proposal.moved.iter().filter(|(_, units)| **units != 0).map(money).collect(),
        rows: shown.map(|difference| difference_row(asked, record, difference)).collect(),
        more: (more > 0).then(|| say.n("console-n-more", count(more))),
        is_affordable: proposal.is_affordable,
    }
}

pub(super) fn difference_row(
    asked: &Asked,
    record: &IncentiveRecord,
    difference: &Difference,
) -> DifferenceRow {
    let say = &asked.say;
    let (id, plugin) = (&record.incentive.id, &record.incentive.plugin);
    let what = match &difference.after.content {
        ContentView::Award { reward, .. } => say.texts.reward(say.locale, id, plugin, reward),
        ContentView::Praise { tone, .. } => say.t(crate::texts::messages::of_tone(*tone)),
    };
    let moved = difference.moved.iter().filter(|(_, units)| **units != 0);
    let moved = moved.map(|(unit, units)| {
        let sign = if *units > 0 { "+" } else { "−" };
        format!("{sign}{}", say.units(units.saturating_abs(), unit))
    });
    DifferenceRow {
        name: difference.who.clone().unwrap_or_else(|| say.name(&difference.subject)),
        what,
        difference: say.t(&format!("console-difference-{}", difference.difference)),
        moved: moved.collect::<Vec<_>>().join(" · "),
    }
}

/// `POST /incentives/{id}/adjustments/{period}`: accepts what was shown, or leaves everything as it is.
pub(super) async fn adjust(
    asked: Asked,
    Path((id, period)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/decisions#late".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let accepts = sent.get("do") == "accept";
    let (headers, document) = document(&json!({ "period": period, "digest": sent.get("digest") }));
    let state = State(asked.web.state.clone());
    let caller = match caller(&asked) {
        Ok(caller) => caller,
        Err(problem) => return refused(asked, problem, "/decisions".to_owned()).await,
    };
    let decided = match accepts {
        true => finality::accept(state, Path(id.clone()), caller, headers, document).await,
        false => finality::leave(state, Path(id.clone()), caller, headers, document).await,
    };
    match decided {
        Ok(_) => go(
            &asked.say.href(&format!("/decisions?done={}", if accepts { "accepted" } else { "left" })),
            vec![],
        ),
        Err(problem) => compare(asked, id, period, Some(problem)).await,
    }
}
