//! `/v1/roster`, `/v1/sites`, `/v1/teams`: who works where.

use std::collections::BTreeSet;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use chrono::NaiveDate;
use plaudit_core::{
    Id, Millis,
    journal::Entry,
    roster::{Agent, Roster, RosterChange, Site, Team},
};
use plaudit_store::{Batch, family, family::titles::Titles};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    auth::{self, Caller},
    document, people,
    problem::{Answer, Problem},
};
use crate::ingest::roster_csv::{self, Import};

/// What `PUT /v1/sites/{id}` takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteDocument {
    /// Shown to people; the id by default.
    #[serde(default)]
    pub title: Option<String>,
    /// IANA zone.
    pub zone: chrono_tz::Tz,
    /// Days nobody works, such as `"2026-05-01"`.
    #[serde(default)]
    pub holidays: Vec<NaiveDate>,
}

/// What `PUT /v1/teams/{id}` takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamDocument {
    /// Shown to people; the id by default.
    #[serde(default)]
    pub title: Option<String>,
    /// Its site.
    pub site: Id,
    /// Queues whose events reach it.
    #[serde(default)]
    pub queues: Vec<Id>,
}

/// A site or team with its title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Titled<T> {
    /// Shown to people.
    pub title: String,
    /// The rest.
    #[serde(flatten)]
    pub what: T,
}

/// How to import.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportOptions {
    /// Show what would change, change nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// `GET /v1/sites`
pub async fn sites(State(state): State<AppState>) -> Answer<Json<Vec<Titled<Site>>>> {
    let house = state.journal.house();
    let titled = house.roster.sites().map(|site| titled(&state, "site", &site.id, site.clone()));
    titled.collect::<Answer<_>>().map(Json)
}

/// `GET /v1/teams`
pub async fn teams(State(state): State<AppState>) -> Answer<Json<Vec<Titled<Team>>>> {
    let house = state.journal.house();
    let titled = house.roster.teams().map(|team| titled(&state, "team", &team.id, team.clone()));
    titled.collect::<Answer<_>>().map(Json)
}

fn titled<T>(state: &AppState, kind: &str, id: &Id, what: T) -> Answer<Titled<T>> {
    let title = family::get::<Titles>(&*state.store, &format!("{kind}/{id}"))?;
    Ok(Titled { title: title.unwrap_or_else(|| id.to_string()), what })
}

/// `PUT /v1/sites/{id}`
pub async fn put_site(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<Titled<Site>>> {
    document::check_name("site id", &id)?;
    let document: SiteDocument = document::read(&headers, &body)?;
    let mut holidays: Vec<i32> = document.holidays.iter().map(|day| roster_csv::day_number(*day)).collect();
    holidays.sort_unstable();
    holidays.dedup();
    let site = Site { id: id.into(), zone: document.zone, holidays };
    if state.journal.house().roster.site(&site.id) != Some(&site) {
        change(&state, RosterChange::Site(site.clone())).await?;
    }
    title(&state, "site", &site.id, document.title)?;
    titled(&state, "site", &site.id.clone(), site).map(Json)
}

/// `PUT /v1/teams/{id}`
pub async fn put_team(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<Titled<Team>>> {
    document::check_name("team id", &id)?;
    let document: TeamDocument = document::read(&headers, &body)?;
    let mut queues = document.queues;
    queues.sort_unstable();
    queues.dedup();
    let team = Team { id: id.into(), site: document.site, queues };
    let knows = state.journal.house().roster.team(&team.id).is_some_and(|known| known.site == team.site);
    // Who manages a team may change it where it is; to make one, or move one, they manage the site.
    if !knows && !caller.reach.covers_site(&team.site) {
        return Err(auth::beyond(&caller));
    }
    if state.journal.house().roster.team(&team.id) != Some(&team) {
        change(&state, RosterChange::Team(team.clone())).await?;
    }
    title(&state, "team", &team.id, document.title)?;
    titled(&state, "team", &team.id.clone(), team).map(Json)
}

async fn change(state: &AppState, change: RosterChange) -> Answer<()> {
    let house = state.journal.house();
    house
        .roster
        .validate(&change)
        .map_err(|error| Problem::unprocessable("bad-roster", error.to_string()))?;
    state.journal.append(vec![Entry::Roster(change)]).await?;
    Ok(())
}

fn title(state: &AppState, kind: &str, id: &str, title: Option<String>) -> Answer<()> {
    let Some(title) = title else { return Ok(()) };
    if title.chars().count() > 200 || title.chars().any(char::is_control) {
        return Err(Problem::unprocessable(
            "bad-title",
            format!("`title` is {title:?}, and must be at most 200 characters"),
        ));
    }
    let mut batch = Batch::default();
    family::put::<Titles>(&mut batch, &format!("{kind}/{id}"), &title);
    state.store.apply(batch)?;
    state.store.sync()?;
    Ok(())
}

/// `POST /v1/roster`: CSV, all of it or nothing.
pub async fn import(
    State(state): State<AppState>,
    Query(options): Query<ImportOptions>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<Import>> {
    let media = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("text/csv");
    if !media.starts_with("text/csv") && !media.starts_with("application/x-www-form-urlencoded") {
        let detail = format!("the content type {media:?} is not understood; send text/csv");
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", detail));
    }
    let house = state.journal.house();
    let known = roster_csv::Known {
        roster: &house.roster,
        people: &*state.store,
        identity: &state.identity,
        now: state.clock.now(),
    };
    let plan = roster_csv::plan(&body, &known)?;
    if !plan.errors.is_empty() {
        let detail = format!(
            "{} rows are wrong, so nothing was changed; `errors` names line, column and value",
            plan.errors.len()
        );
        return Err(Problem::unprocessable("bad-roster", detail).with_errors(&plan.errors));
    }
    if !may_import(&caller, &house.roster, &plan, known.now) {
        return Err(auth::beyond(&caller));
    }
    if !options.dry_run {
        if !plan.changes.is_empty() {
            let entries = plan.changes.into_iter().map(|agent| Entry::Roster(RosterChange::Agent(agent)));
            state.journal.append(entries.collect()).await?;
        }
        // After the journal: it may refuse. If the power fails in between, the same import again writes the names.
        people::keep(&*state.store, plan.people)?;
    }
    Ok(Json(Import { dry_run: options.dry_run, agents: plan.report }))
}

/// Whether everybody in a file lies within the reach, for what it says of them: their terms, or their name.
fn may_import(caller: &Caller, roster: &Roster, plan: &roster_csv::Plan, now: Millis) -> bool {
    let reach = &caller.reach;
    if reach.is_everything() {
        return true;
    }
    let changed: BTreeSet<&Id> = plan.changes.iter().map(|agent| &agent.id).collect();
    let may_change = |agent: &Agent| reach.may_change(roster, roster.agent(&agent.id), agent, now);
    plan.changes.iter().all(may_change)
        && plan.people.iter().all(|(id, _)| changed.contains(id) || reach.covers_agent(roster, id, now))
}
