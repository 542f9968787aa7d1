//! `/v1/incentives`: enabled, changed, paused, resumed, ended.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
};
use chrono::{DateTime, FixedOffset};
use plaudit_core::{
    Id,
    calendar::Calendar,
    incentive::{Allotment, Audience, Incentive, Period, Periods},
    journal::{Decision, Entry},
    limits,
    roster::Roster,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use super::{
    AppState,
    auth::Caller,
    document,
    house::{HouseView, IncentiveRecord},
    people,
    plugins::PlanError,
    problem::{Answer, Problem},
    versions,
    views::IncentiveView,
};

/// What `PUT /v1/incentives/{id}` takes: the whole of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncentiveDocument {
    /// Shown to people.
    pub title: String,
    /// Digest, `name@version`, or name: the version it has, or the newest for a new incentive.
    pub plugin: String,
    /// The plugin's settings.
    #[serde(default)]
    pub settings: serde_json::Map<String, JsonValue>,
    /// Whom it is for; agents by external or opaque id; everyone if nothing is named.
    #[serde(default)]
    pub audience: Audience,
    /// First instant; when it is first put, if none.
    #[serde(default)]
    pub start: Option<DateTime<FixedOffset>>,
    /// First instant after it; open if none.
    #[serde(default)]
    pub end: Option<DateTime<FixedOffset>>,
    /// IANA zone of its calendar.
    pub zone: chrono_tz::Tz,
    /// `"daily"`, `"weekly"`, `"monthly"`, `"once"` or `{"cron": "0 9 * * 1"}`.
    pub periods: Periods,
    /// What it may spend.
    #[serde(default)]
    pub allotment: Option<Allotment>,
}

/// How to put.
#[derive(Debug, Default, Deserialize)]
pub struct PutOptions {
    /// Check and answer, change nothing.
    #[serde(default)]
    pub dry_run: bool,
    /// Take the newest versions of plugin and metrics instead of the pinned ones.
    #[serde(default)]
    pub repin: bool,
}

/// An incentive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncentiveAnswer {
    /// As enabled, with everything pinned.
    #[serde(flatten)]
    pub incentive: Incentive,
    /// `running`, `paused` or `ended`.
    pub state: String,
    /// `created`, `changed` or `unchanged`; only in answers to `PUT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The period that is open and those that follow, at most five.
    #[serde(default)]
    pub next_periods: Vec<Period>,
    /// What the engine knows of it.
    #[serde(default)]
    pub engine: Option<IncentiveView>,
}

/// `GET /v1/incentives`
pub async fn list(State(state): State<AppState>) -> Json<Vec<IncentiveAnswer>> {
    let house = state.journal.house();
    Json(house.incentives.values().map(|record| answer(&state, record, None)).collect())
}

/// `GET /v1/incentives/{id}`
pub async fn get(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<IncentiveAnswer>> {
    let house = state.journal.house();
    let record = house.incentives.get(&*id).ok_or_else(|| unknown(&id))?;
    Ok(Json(answer(&state, record, None)))
}

fn unknown(id: &str) -> Problem {
    Problem::not_found("incentive", id, "/v1/incentives")
}

fn answer(state: &AppState, record: &IncentiveRecord, outcome: Option<&str>) -> IncentiveAnswer {
    let IncentiveRecord { incentive, paused, ended } = record;
    let now = state.clock.now();
    let has_ended = *ended || incentive.end.is_some_and(|end| end <= now);
    let next_periods = match calendar(incentive) {
        Ok(calendar) if !has_ended => calendar.upcoming(now, 5),
        _ => Vec::new(),
    };
    IncentiveAnswer {
        state: if has_ended {
            "ended"
        } else if *paused {
            "paused"
        } else {
            "running"
        }
        .to_owned(),
        outcome: outcome.map(str::to_owned),
        next_periods,
        engine: state.views.incentives().into_iter().find(|view| view.id == incentive.id),
        incentive: incentive.clone(),
    }
}

pub(super) fn calendar(incentive: &Incentive) -> Result<Calendar, plaudit_core::calendar::CalendarError> {
    Calendar::new(&incentive.periods, incentive.zone, incentive.start, incentive.end)
}

/// `PUT /v1/incentives/{id}`: checks, pins, enables. The same document again changes nothing.
pub async fn put(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(options): Query<PutOptions>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<IncentiveAnswer>)> {
    document::check_name("incentive id", &id)?;
    let document: IncentiveDocument = document::read(&headers, &body)?;
    let house = state.journal.house();
    let known = house.incentives.get(&*id).cloned();
    if known.as_ref().is_some_and(|record| record.ended) {
        let detail =
            format!("the incentive {id:?} has ended, and its id is never used again; choose another id");
        return Err(Problem::conflict("incentive-ended", detail));
    }
    let wanted =
        resolve(&state, &house, &id, document, known.as_ref().map(|r| &r.incentive), options.repin).await?;
    let outcome = match &known {
        None => "created",
        Some(record) if record.incentive == wanted => "unchanged",
        Some(_) => "changed",
    };
    if outcome != "unchanged" && !options.dry_run {
        state.journal.append(versions::entries(wanted.clone(), None, caller)).await?;
    }
    let status = if outcome == "created" && !options.dry_run { StatusCode::CREATED } else { StatusCode::OK };
    let record = IncentiveRecord { incentive: wanted, paused: known.is_some_and(|r| r.paused), ended: false };
    Ok((status, Json(answer(&state, &record, Some(outcome)))))
}

/// Everything resolved, checked and pinned.
pub(super) async fn resolve(
    state: &AppState,
    house: &HouseView,
    id: &str,
    document: IncentiveDocument,
    known: Option<&Incentive>,
    repin: bool,
) -> Answer<Incentive> {
    check_title(&document.title)?;
    let pinned = known.filter(|_| !repin);
    let plugin = plugin(house, &document.plugin, pinned)?;
    let settings = settings(JsonValue::Object(document.settings), known)?;
    let metrics = metrics(state, house, &plugin, &settings, pinned).await?;
    let start = match (document.start, known) {
        (Some(start), _) => start.timestamp_millis(),
        (None, Some(known)) => known.start,
        (None, None) => state.clock.now(),
    };
    let incentive = Incentive {
        id: id.into(),
        title: document.title,
        plugin,
        settings,
        audience: audience(state, &house.roster, document.audience)?,
        start,
        end: document.end.map(|end| end.timestamp_millis()),
        zone: document.zone,
        periods: document.periods,
        allotment: document.allotment,
        metrics,
    };
    calendar(&incentive).map_err(|error| Problem::unprocessable("bad-periods", error.to_string()))?;
    check_allotment(house, &incentive)?;
    Ok(incentive)
}

fn check_title(title: &str) -> Answer<()> {
    if title.trim().is_empty() || title.chars().count() > 200 || title.chars().any(char::is_control) {
        return Err(Problem::unprocessable(
            "bad-title",
            format!("`title` is {title:?}, and must be 1 to 200 characters"),
        ));
    }
    Ok(())
}

pub(super) fn plugin(house: &HouseView, wanted: &str, pinned: Option<&Incentive>) -> Answer<Id> {
    // A name alone means "the one it has": applying the same file again must not change a running incentive.
    if let Some(pinned) = pinned
        && house.plugin(&pinned.plugin).is_some_and(|record| *record.name == *wanted)
    {
        return Ok(pinned.plugin.clone());
    }
    let found = house.plugin(wanted).map(|record| record.digest.clone());
    found.ok_or_else(|| {
        let detail = format!(
            "there is no plugin {wanted:?}; GET /v1/plugins lists them, POST /v1/plugins installs one"
        );
        Problem::unprocessable("unknown-plugin", detail)
    })
}

/// The settings' text; that of the known incentive if it says the same.
pub(super) fn settings(wanted: JsonValue, known: Option<&Incentive>) -> Answer<String> {
    if let Some(known) = known
        && serde_json::from_str::<JsonValue>(&known.settings).is_ok_and(|settings| settings == wanted)
    {
        return Ok(known.settings.clone());
    }
    let text = wanted.to_string();
    if text.len() > limits::SETTINGS_BYTES_MAX {
        let detail =
            format!("the settings take {} bytes, and {} are allowed", text.len(), limits::SETTINGS_BYTES_MAX);
        return Err(Problem::unprocessable("settings-too-large", detail));
    }
    Ok(text)
}

/// The plan's metrics, pinned.
pub(super) async fn metrics(
    state: &AppState,
    house: &HouseView,
    plugin: &str,
    settings: &str,
    pinned: Option<&Incentive>,
) -> Answer<Vec<(Id, u32)>> {
    let plan = state.plugins.plan(plugin, settings).await.map_err(|error| match error {
        PlanError::Problems(problems) => {
            let first = problems.first().map(|p| format!("`{}` {}", p.field, p.message)).unwrap_or_default();
            let detail = format!("the settings are not what this plugin takes: {first}");
            Problem::unprocessable("bad-settings", detail).with_errors(&problems)
        }
        PlanError::Fault(why) => {
            Problem::unprocessable("plugin-fault", format!("the plugin failed to plan: {why}"))
        }
        PlanError::Infrastructure(why) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "plugin-host", why),
    })?;
    let pin = |name: &String| {
        let kept = pinned.and_then(|p| p.metrics.iter().find(|(known, _)| **known == **name)).cloned();
        let newest = || house.metrics.get(&**name).map(|metric| (metric.name.clone(), metric.version));
        kept.or_else(newest).ok_or_else(|| {
            let detail = format!("the plugin needs the metric {name:?}, which is not in the catalogue; put it to /v1/metrics/{name}");
            Problem::unprocessable("unknown-metric", detail)
        })
    };
    plan.metrics.iter().map(pin).collect()
}

fn audience(state: &AppState, roster: &Roster, wanted: Audience) -> Answer<Audience> {
    let unknown = |what: &str, id: &str| {
        Problem::unprocessable(
            "unknown-audience",
            format!("there is no {what} {id:?} in the roster; check `audience`"),
        )
    };
    let Audience { mut sites, mut teams, agents } = wanted;
    if let Some(site) = sites.iter().find(|id| roster.site(id).is_none()) {
        return Err(unknown("site", site));
    }
    if let Some(team) = teams.iter().find(|id| roster.team(id).is_none()) {
        return Err(unknown("team", team));
    }
    let known = |given: &Id| {
        let id = people::opaque(state, given);
        roster.agent(&id).map(|agent| agent.id.clone()).ok_or_else(|| unknown("agent", given))
    };
    let mut agents = agents.iter().map(known).collect::<Result<Vec<_>, _>>()?;
    // In any order it is the same audience.
    for ids in [&mut sites, &mut teams, &mut agents] {
        ids.sort_unstable();
        ids.dedup();
    }
    Ok(Audience { sites, teams, agents })
}

/// What can be said before the journal decides: it alone knows what others reserve at the same time.
fn check_allotment(house: &HouseView, incentive: &Incentive) -> Answer<()> {
    let Some(Allotment { budget, currency, units }) = &incentive.allotment else { return Ok(()) };
    if *units <= 0 {
        return Err(Problem::unprocessable(
            "bad-allotment",
            format!("`allotment.units` is {units}, and must be positive"),
        ));
    }
    match house.budgets.get(budget) {
        Some(known) if known.currency == *currency => Ok(()),
        Some(known) => {
            let detail = format!("the budget {budget:?} holds {}, not {currency}", known.currency);
            Err(Problem::unprocessable("bad-allotment", detail))
        }
        None => {
            let detail = format!("there is no budget {budget:?}; put it to /v1/budgets/{budget} first");
            Err(Problem::unprocessable("unknown-budget", detail))
        }
    }
}

/// `POST /v1/incentives/{id}/pause|resume|end`
pub async fn decide(
    State(state): State<AppState>,
    Path((id, word)): Path<(String, String)>,
    caller: Caller,
) -> Answer<Json<IncentiveAnswer>> {
    let decision = match word.as_str() {
        "pause" => Decision::Pause,
        "resume" => Decision::Resume,
        "end" => Decision::End,
        other => {
            let detail = format!("{other:?} can't be decided; there are: pause, resume, end");
            return Err(Problem::new(StatusCode::NOT_FOUND, "no-such-decision", detail));
        }
    };
    let house = state.journal.house();
    let mut record = house.incentives.get(&*id).cloned().ok_or_else(|| unknown(&id))?;
    if record.ended && decision != Decision::End {
        return Err(Problem::conflict("incentive-ended", format!("the incentive {id:?} has ended for good")));
    }
    let stands = match decision {
        Decision::Pause => record.paused,
        Decision::Resume => !record.paused,
        _ => record.ended,
    };
    if !stands {
        let entry = Entry::Decision {
            incentive: record.incentive.id.clone(),
            decision: decision.clone(),
            actor: caller.name,
        };
        state.journal.append(vec![entry]).await?;
        match decision {
            Decision::Pause => record.paused = true,
            Decision::Resume => record.paused = false,
            _ => record.ended = true,
        }
    }
    Ok(Json(answer(&state, &record, None)))
}
