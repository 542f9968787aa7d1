//! `/v1/incentives`: enabled, changed, paused, resumed, ended.

use std::collections::BTreeMap;

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
    incentive::{Allotment, Approval, Audience, Incentive, Period, Periods},
    journal::{Decision, Entry},
    limits,
    roster::Roster,
};
use plaudit_store::{
    Batch, family,
    family::anonymity::{Anonymities, Anonymity},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    allotments::{self, OneOrMany},
    auth::{self, Caller},
    document,
    house::{HouseView, IncentiveRecord},
    people,
    plugins::PlanError,
    problem::{Answer, Problem},
    succession, veil, versions,
    views::IncentiveView,
};

/// What `PUT /v1/incentives/{id}` takes: the whole of it.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncentiveDocument {
    /// Shown to people.
    pub title: String,
    /// Digest, `name@version`, or name: the version it has, or the newest for a new incentive.
    pub plugin: String,
    /// The plugin's settings.
    #[serde(default)]
    #[schema(value_type = Object)]
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
    /// What it may spend: one allotment, or a list.
    #[serde(default)]
    pub allotment: Option<OneOrMany<Allotment>>,
    /// Pieces of prizes to set aside, by the prize's id.
    #[serde(default)]
    pub prizes: BTreeMap<Id, i64>,
    /// Awards worth more wait for approval: one amount, or a list; the server's `money.approval` if it is left out, nothing
    /// for an empty list.
    #[serde(default)]
    pub approval: Option<OneOrMany<Approval>>,
    /// What agents see of each other on its boards and in its draws: `names` (also for a new incentive that says nothing),
    /// `initials`, `neighbours` or `mine`; as it is if nothing is said.
    #[serde(default)]
    pub anonymity: Option<Anonymity>,
}

/// How to put.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PutOptions {
    /// Check and answer, change nothing.
    #[serde(default)]
    pub dry_run: bool,
    /// Take the newest versions of plugin and metrics instead of the pinned ones.
    #[serde(default)]
    pub repin: bool,
    /// The incentive that this one comes after: it ends where this one begins, which has to be the end of one of its periods.
    #[serde(default)]
    pub follows: Option<String>,
}

/// An incentive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IncentiveAnswer {
    /// As enabled, with everything pinned.
    #[serde(flatten)]
    pub incentive: Incentive,
    /// `running`, `paused` or `ended`.
    pub state: String,
    /// `created`, `changed` or `unchanged`; only in answers to `PUT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// What one should know although nothing is wrong with it; only in answers to `PUT`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// The period that is open and those that follow, at most five.
    #[serde(default)]
    pub next_periods: Vec<Period>,
    /// What the engine knows of it.
    #[serde(default)]
    pub engine: Option<IncentiveView>,
    /// What agents see of each other on its boards and in its draws.
    #[serde(default)]
    pub anonymity: Anonymity,
}

/// `GET /v1/incentives`
pub async fn list(State(state): State<AppState>, caller: Caller) -> Answer<Json<Vec<IncentiveAnswer>>> {
    let (house, now) = (state.journal.house(), state.clock.now());
    let seen = house
        .incentives
        .values()
        .filter(|record| caller.reach.touches(&house.roster, &record.incentive.audience, now));
    seen.map(|record| answer(&state, &caller, record, None)).collect::<Answer<_>>().map(Json)
}

/// `GET /v1/incentives/{id}`
pub async fn get(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<Json<IncentiveAnswer>> {
    let house = state.journal.house();
    let record = house.incentives.get(&*id).ok_or_else(|| unknown(&id))?;
    answer(&state, &caller, record, None).map(Json)
}

fn unknown(id: &str) -> Problem {
    Problem::not_found("incentive", id, "/v1/incentives")
}

fn answer(
    state: &AppState,
    caller: &Caller,
    record: &IncentiveRecord,
    outcome: Option<&str>,
) -> Answer<IncentiveAnswer> {
    let IncentiveRecord { incentive, paused, ended } = record;
    let now = state.clock.now();
    let has_ended = *ended || incentive.end.is_some_and(|end| end <= now);
    let next_periods = match calendar(incentive) {
        Ok(calendar) if !has_ended => calendar.upcoming(now, 5),
        _ => Vec::new(),
    };
    let mut shown = incentive.clone();
    let mut engine = state.views.incentives().into_iter().find(|view| view.id == incentive.id);
    if caller.reach.is_own() {
        // Who takes part knows the rules; what it costs the house, and who else was named, is not theirs.
        (shown.allotment, shown.approval) = (Vec::new(), Vec::new());
        shown.audience.agents.retain(|agent| caller.agent.as_ref() == Some(agent));
        shown.prizes.values_mut().for_each(|terms| terms.cost = None);
        engine = engine.map(|view| IncentiveView { spent: 0, left: 0, purse: Vec::new(), ..view });
    }
    Ok(IncentiveAnswer {
        state: if has_ended {
            "ended"
        } else if *paused {
            "paused"
        } else {
            "running"
        }
        .to_owned(),
        outcome: outcome.map(str::to_owned),
        notices: if outcome.is_some() {
            allotments::notices(&state.journal.house(), incentive)
        } else {
            Vec::new()
        },
        next_periods,
        engine,
        anonymity: veil::anonymity(&*state.store, &incentive.id)?,
        incentive: shown,
    })
}

pub(crate) fn calendar(incentive: &Incentive) -> Result<Calendar, plaudit_core::calendar::CalendarError> {
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
    let anonymity = document.anonymity;
    let house = state.journal.house();
    let known = house.incentives.get(&*id).cloned();
    if known.as_ref().is_some_and(|record| record.ended) {
        let detail =
            format!("the incentive {id:?} has ended, and its id is never used again; choose another id");
        return Err(Problem::conflict("incentive-ended", detail));
    }
    let wanted =
        resolve(&state, &house, &id, document, known.as_ref().map(|r| &r.incentive), options.repin).await?;
    if !caller.reach.holds(&house.roster, &wanted.audience, state.clock.now()) {
        return Err(auth::beyond(&caller));
    }
    allotments::over_budget(&house, &wanted)?;
    let before = match &options.follows {
        Some(before) => succession::before(&state, &house, &caller, before, &wanted)?,
        None => None,
    };
    let stands = veil::anonymity(&*state.store, &id)?;
    let is_veiled_anew = anonymity.is_some_and(|wanted| wanted != stands);
    let is_same = known.as_ref().is_some_and(|record| record.incentive == wanted);
    let outcome = match &known {
        None => "created",
        Some(_) if is_same && !is_veiled_anew => "unchanged",
        Some(_) => "changed",
    };
    if !options.dry_run {
        // Before the incentive runs: nobody is shown by name on the first board of one that hides names.
        if let Some(anonymity) = anonymity.filter(|_| is_veiled_anew) {
            let mut batch = Batch::default();
            family::put::<Anonymities>(&mut batch, &id, &anonymity);
            state.store.apply(batch)?;
            state.store.sync()?;
        }
        let mut entries = Vec::new();
        if !is_same {
            entries.extend(versions::entries(wanted.clone(), None, caller.clone()));
        }
        // Together, so that there is no time with both or with neither.
        entries.extend(before.into_iter().flat_map(|before| versions::entries(before, None, caller.clone())));
        if !entries.is_empty() {
            state.journal.append(entries).await?;
        }
    }
    let status = if outcome == "created" && !options.dry_run { StatusCode::CREATED } else { StatusCode::OK };
    let record = IncentiveRecord { incentive: wanted, paused: known.is_some_and(|r| r.paused), ended: false };
    Ok((status, Json(answer(&state, &caller, &record, Some(outcome))?)))
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
    let approval = match document.approval {
        Some(wanted) => allotments::approvals(wanted.list())?,
        None => allotments::approvals(state.config.money.approval.clone())?,
    };
    let incentive = Incentive {
        id: id.into(),
        title: document.title,
        plugin,
        prizes: allotments::prizes(house, &document.prizes, &settings, pinned)?,
        approval,
        settings,
        audience: audience(state, &house.roster, document.audience)?,
        start,
        end: document.end.map(|end| end.timestamp_millis()),
        zone: document.zone,
        periods: document.periods,
        allotment: document.allotment.map(OneOrMany::list).unwrap_or_default(),
        metrics,
    };
    calendar(&incentive).map_err(|error| Problem::unprocessable("bad-periods", error.to_string()))?;
    allotments::check(house, &incentive)?;
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

pub(super) fn audience(state: &AppState, roster: &Roster, wanted: Audience) -> Answer<Audience> {
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
            actor: caller.name.clone(),
        };
        state.journal.append(vec![entry]).await?;
        match decision {
            Decision::Pause => record.paused = true,
            Decision::Resume => record.paused = false,
            _ => record.ended = true,
        }
    }
    answer(&state, &caller, &record, None).map(Json)
}
