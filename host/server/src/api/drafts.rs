//! `/v1/drafts`: incentives that somebody has begun to fill in, for themselves or for somebody else's approval.
//!
//! A draft changes nothing and is no matter of the journal. It is enabled as anything else: `PUT /v1/incentives/{id}` with
//! what it says.

pub(crate) mod wish;

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use plaudit_core::{
    Id, Millis,
    access::Right,
    calendar::{day_start, local_day},
    incentive::{Allotment, Approval, Audience, Periods},
};
use plaudit_store::{
    Batch, StoreError, family,
    family::{
        anonymity::Anonymity,
        draft::{Draft, Drafts},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as JsonValue};
use utoipa::ToSchema;

use self::wish::{Wish, day_text, rhythm_of};
use super::{
    AppState,
    allotments::{self, OneOrMany},
    auth::{self, Caller},
    document,
    house::HouseView,
    incentives,
    problem::{Answer, Problem},
    veil,
};

/// Drafts that are kept; the one that nobody has touched for longest makes room.
const DRAFTS_MAX: usize = 500;
/// Longest document of a draft, in bytes: the store takes 64 KiB a value.
const DOCUMENT_BYTES_MAX: usize = 60 * 1024;

/// A draft with its id.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) owner: String,
    pub(crate) changed: Millis,
    pub(crate) wish: Wish,
}

/// All that somebody may see, the newest first: their own, and those whose whole audience lies within their reach.
pub(crate) fn all(state: &AppState, caller: &Caller) -> Result<Vec<Kept>, StoreError> {
    let rows = family::scan::<Drafts>(&*state.store, None, DRAFTS_MAX + 1)?;
    let mut all: Vec<Kept> = rows.into_iter().map(|(id, draft)| read(id, draft)).collect();
    all.retain(|kept| is_seen(state, caller, kept));
    all.sort_by(|a, b| (b.changed, &b.id).cmp(&(a.changed, &a.id)));
    Ok(all)
}

/// A draft that somebody may see.
pub(crate) fn find(state: &AppState, caller: &Caller, id: &str) -> Result<Option<Kept>, StoreError> {
    let found = family::get::<Drafts>(&*state.store, &id.to_owned())?;
    Ok(found.map(|draft| read(id.to_owned(), draft)).filter(|kept| is_seen(state, caller, kept)))
}

fn read(id: String, draft: Draft) -> Kept {
    let wish = serde_json::from_str(&draft.document).unwrap_or_default();
    Kept { id, owner: draft.owner, changed: draft.changed, wish }
}

fn is_seen(state: &AppState, caller: &Caller, kept: &Kept) -> bool {
    *caller.name == *kept.owner
        || caller.access.reach(Right::Preview).is_some_and(|reach| {
            let roster = state.journal.house().roster;
            reach.is_everything()
                || (kept.wish.names_somebody()
                    && reach.holds(&roster, &kept.wish.audience(), state.clock.now()))
        })
}

/// Begins one. Where there are as many as are kept, the one that nobody has touched for longest makes room.
pub(crate) fn begin(state: &AppState, owner: &str, wish: Wish) -> Result<Kept, StoreError> {
    let id = format!("d{:016x}", rand::random::<u64>());
    let mut batch = Batch::default();
    let all = family::scan::<Drafts>(&*state.store, None, DRAFTS_MAX + 1)?;
    if all.len() >= DRAFTS_MAX
        && let Some((oldest, _)) = all.into_iter().min_by_key(|(_, draft)| draft.changed)
    {
        family::delete::<Drafts>(&mut batch, &oldest);
    }
    write(state, batch, Kept { id, owner: owner.to_owned(), changed: 0, wish })
}

/// Keeps what was filled in; gives it with the time of that.
pub(crate) fn keep(state: &AppState, kept: &Kept) -> Result<Kept, StoreError> {
    write(state, Batch::default(), kept.clone())
}

fn write(state: &AppState, mut batch: Batch, kept: Kept) -> Result<Kept, StoreError> {
    let document = serde_json::to_string(&kept.wish).unwrap_or_default();
    if document.len() > DOCUMENT_BYTES_MAX {
        let (key, bytes, max) = (format!("draft {}", kept.id), document.len(), DOCUMENT_BYTES_MAX);
        return Err(StoreError::TooLarge { key, bytes, max });
    }
    let changed = state.clock.now();
    family::put::<Drafts>(&mut batch, &kept.id, &Draft { owner: kept.owner.clone(), document, changed });
    state.store.apply(batch)?;
    Ok(Kept { changed, ..kept })
}

/// Throws one away.
pub(crate) fn throw_away(state: &AppState, id: &str) -> Result<(), StoreError> {
    let mut batch = Batch::default();
    family::delete::<Drafts>(&mut batch, &id.to_owned());
    state.store.apply(batch)?;
    Ok(())
}

/// A draft, as it is sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftDocument {
    /// The id that the incentive is to have; that of a running one to change it. It may be left open.
    #[serde(default)]
    pub incentive: Option<Id>,
    /// The incentive that it comes after; `start` has to be said then.
    #[serde(default)]
    pub follows: Option<Id>,
    /// What is filled in so far.
    pub document: Filled,
}

/// The document of `PUT /v1/incentives/{id}`, as far as it is filled in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Filled {
    /// Shown to people.
    #[serde(default)]
    pub title: String,
    /// Digest, `name@version`, or name: what a draft is of is never open.
    pub plugin: String,
    /// The plugin's settings.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub settings: Map<String, JsonValue>,
    /// Whom it is for: everyone if it names nothing, and open if it is left out.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// First instant: of a day in the zone, unless it follows another one.
    #[serde(default)]
    pub start: Option<DateTime<FixedOffset>>,
    /// First instant after it.
    #[serde(default)]
    pub end: Option<DateTime<FixedOffset>>,
    /// IANA zone of its calendar; that of the first site if it is left out.
    #[serde(default)]
    pub zone: Option<Tz>,
    /// `"daily"`, `"weekly"`, `"monthly"`, `"once"` or `{"cron": "0 9 * * 1"}`; daily if it is left out.
    #[serde(default)]
    pub periods: Option<Periods>,
    /// What it may spend: one allotment, or a list.
    #[serde(default)]
    pub allotment: Option<OneOrMany<Allotment>>,
    /// Pieces of prizes to set aside, by the prize's id.
    #[serde(default)]
    pub prizes: BTreeMap<Id, i64>,
    /// Awards worth more wait for approval: one amount, or a list; the server's `money.approval` if it is left out.
    #[serde(default)]
    pub approval: Option<OneOrMany<Approval>>,
    /// What agents see of each other; `names` if it is left out.
    #[serde(default)]
    pub anonymity: Option<Anonymity>,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DraftView {
    /// Its id.
    pub id: String,
    /// Who began it: a token's name, or an account's id.
    pub owner: String,
    /// When it was last changed, in milliseconds since 1970.
    pub changed: Millis,
    /// The id that the incentive is to have.
    pub incentive: Option<String>,
    /// Whether that one runs, and is to be changed.
    pub is_change: bool,
    /// The incentive that it comes after.
    pub follows: Option<String>,
    /// What `PUT /v1/incentives/{id}` takes, as far as it is filled in.
    #[schema(value_type = Object)]
    pub document: JsonValue,
}

/// `GET /v1/drafts`
pub async fn list(State(state): State<AppState>, caller: Caller) -> Answer<Json<Vec<DraftView>>> {
    Ok(Json(all(&state, &caller)?.iter().map(|kept| view(&state, kept)).collect()))
}

/// `GET /v1/drafts/{id}`
pub async fn get(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<Json<DraftView>> {
    Ok(Json(view(&state, &known(&state, &caller, &id)?)))
}

/// `POST /v1/drafts`
pub async fn post(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Response> {
    let wish = wish_of(&state, &caller, document::read(&headers, &body)?)?;
    let kept = begin(&state, &caller.name, wish)?;
    let place = format!("/v1/drafts/{}", kept.id);
    Ok((StatusCode::CREATED, [(LOCATION, place)], Json(view(&state, &kept))).into_response())
}

/// `PUT /v1/drafts/{id}`: all of it anew.
pub async fn put(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<DraftView>> {
    let before = known(&state, &caller, &id)?;
    let wish = wish_of(&state, &caller, document::read(&headers, &body)?)?;
    Ok(Json(view(&state, &keep(&state, &Kept { wish, ..before })?)))
}

/// `DELETE /v1/drafts/{id}`
pub async fn delete(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<StatusCode> {
    let kept = known(&state, &caller, &id)?;
    throw_away(&state, &kept.id)?;
    Ok(StatusCode::NO_CONTENT)
}

fn known(state: &AppState, caller: &Caller, id: &str) -> Answer<Kept> {
    find(state, caller, id)?.ok_or_else(|| Problem::not_found("draft", id, "/v1/drafts"))
}

fn view(state: &AppState, kept: &Kept) -> DraftView {
    let Kept { id, owner, changed, wish } = kept;
    let mut document = wish.document(&state.journal.house(), state.clock.now());
    let is_open = [
        ("title", wish.title.is_empty()),
        ("audience", !wish.names_somebody()),
        ("zone", wish.zone.is_empty()),
        ("periods", wish.rhythm.is_empty()),
    ];
    if let Some(fields) = document.as_object_mut() {
        fields.retain(|name, _| !is_open.contains(&(name.as_str(), true)));
    }
    DraftView {
        id: id.clone(),
        owner: owner.clone(),
        changed: *changed,
        incentive: Some(wish.id.clone()).filter(|id| !id.is_empty()),
        is_change: wish.is_change,
        follows: wish.follows().map(str::to_owned),
        document,
    }
}

/// What the form has of a document. It is whole or refused: what the form could not show would be lost.
fn wish_of(state: &AppState, caller: &Caller, draft: DraftDocument) -> Answer<Wish> {
    let DraftDocument { incentive, follows, document: filled } = draft;
    let house = state.journal.house();
    let now = state.clock.now();
    if let Some(id) = &incentive {
        document::check_name("incentive id", id)?;
    }
    let within = |audience: &Audience| match caller.reach.holds(&house.roster, audience, now) {
        true => Ok(()),
        false => Err(auth::beyond(caller)),
    };
    let running = incentive.as_ref().and_then(|id| house.incentives.get(id)).map(|record| &record.incentive);
    let mut wish = match running {
        Some(running) => {
            within(&running.audience)?;
            Wish::of(running, veil::anonymity(&*state.store, &running.id)?.name(), true, now)
        }
        None => Wish { anonymity: Anonymity::default().name().to_owned(), ..Wish::default() },
    };
    wish.id = incentive.map(|id| id.to_string()).unwrap_or_default();
    wish.plugin = incentives::plugin(&house, &filled.plugin, running)?.to_string();
    wish.title = filled.title;
    wish.settings = filled.settings;
    if let Some(audience) = filled.audience {
        let audience = incentives::audience(state, &house.roster, audience)?;
        within(&audience)?;
        wish.everyone = audience.is_everyone();
        wish.sites = audience.sites.iter().map(ToString::to_string).collect();
        wish.teams = audience.teams.iter().map(ToString::to_string).collect();
        wish.agents = audience.agents.iter().map(ToString::to_string).collect();
    }
    if let Some(zone) = filled.zone.or_else(|| wish.zone.is_empty().then(|| first_zone(&house))) {
        zone.name().clone_into(&mut wish.zone);
    }
    if let Some(periods) = filled.periods.or_else(|| wish.rhythm.is_empty().then_some(Periods::Daily)) {
        let (rhythm, cron) = rhythm_of(&periods);
        (wish.rhythm, wish.cron) = (rhythm.to_owned(), cron);
    }
    begins(&mut wish, follows, filled.start)?;
    if let Some(end) = filled.end.map(|end| end.timestamp_millis()) {
        let day = local_day(wish.tz(), end);
        let is_cut = day_start(wish.tz(), day) == end;
        (wish.last, wish.end) = if is_cut { (day_text(day - 1), None) } else { (String::new(), Some(end)) };
    }
    if let Some(allotment) = filled.allotment {
        wish.units.clear();
        for Allotment { budget, currency, units } in allotment.list() {
            if house.budgets.get(&budget).is_some_and(|known| known.currency != currency) {
                let detail = format!("the budget {budget:?} does not hold {currency}");
                return Err(Problem::unprocessable("bad-allotment", detail));
            }
            if wish.units.insert(budget.to_string(), units.to_string()).is_some() {
                let detail = format!("there are two lines of the budget {budget:?}; add them up");
                return Err(Problem::unprocessable("bad-allotment", detail));
            }
        }
    }
    if !filled.prizes.is_empty() {
        let line = |(prize, pieces): (Id, i64)| (prize.to_string(), pieces.to_string());
        wish.pieces = filled.prizes.into_iter().map(line).collect();
    }
    let approval = filled.approval.map(OneOrMany::list);
    if let Some(approval) =
        approval.or_else(|| running.is_none().then(|| state.config.money.approval.clone()))
    {
        let line = |rule: Approval| (rule.currency.to_string(), rule.above.to_string());
        wish.approval = allotments::approvals(approval)?.into_iter().map(line).collect();
    }
    if let Some(anonymity) = filled.anonymity {
        anonymity.name().clone_into(&mut wish.anonymity);
    }
    done(&mut wish);
    Ok(wish)
}

/// Where it begins, as the form has it.
fn begins(wish: &mut Wish, follows: Option<Id>, start: Option<DateTime<FixedOffset>>) -> Answer<()> {
    let start = start.map(|start| start.timestamp_millis());
    if let Some(before) = follows {
        let Some(start) = start else {
            let detail =
                format!("it follows {before:?}: say as `start` at the end of which of its periods it begins");
            return Err(Problem::unprocessable("bad-window", detail));
        };
        wish.follows = before.to_string();
        wish.begin = Some(start);
        wish.first = day_text(local_day(wish.tz(), start));
        return Ok(());
    }
    let Some(start) = start else { return Ok(()) };
    let day = local_day(wish.tz(), start);
    if !wish.is_change && day_start(wish.tz(), day) != start {
        let detail = format!(
            "a draft begins where a day of {} begins; `start` is within {}",
            wish.zone,
            day_text(day)
        );
        return Err(Problem::unprocessable("bad-window", detail));
    }
    wish.first = day_text(day);
    Ok(())
}

/// Steps of the form for which everything is there. They are checked when it is enabled.
fn done(wish: &mut Wish) {
    let is_there = [
        ("settings", !wish.title.is_empty() && !wish.id.is_empty()),
        ("audience", wish.names_somebody()),
        ("time", !wish.zone.is_empty() && !wish.rhythm.is_empty()),
        ("money", !(wish.units.is_empty() && wish.pieces.is_empty())),
    ];
    let steps = is_there.into_iter().filter(|(_, is_there)| *is_there);
    wish.done = steps.map(|(step, _)| step.to_owned()).collect();
}

fn first_zone(house: &HouseView) -> Tz {
    house.roster.sites().next().map_or(Tz::UTC, |site| site.zone)
}
