//! `/v1/reports`: who took part, what was won where and what it cost; `/v1/incentives/{id}/effect`: its metrics before
//! and during it.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use chrono::NaiveDate;
use plaudit_core::{
    DAY_MS, Id, Millis,
    access::Reach,
    award::Status,
    calendar::day_start,
    event::{Event, Subject, SubjectKind},
    metric::{self, EventContext},
    rule::Reward,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    auth::Caller,
    house::{HouseView, IncentiveRecord},
    problem::{Answer, Problem},
    views::{AwardView, ContentView},
};

/// Facts that are read for one incentive and one window.
const FACTS_MAX: usize = 200_000;
/// A window before or during is at most so many days.
const EFFECT_DAYS_MAX: i64 = 28;
/// Days that a report covers at most.
const DAYS_MAX: i64 = 400;

/// Which days.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// First day on which something was earned.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Whose days: an IANA zone, UTC if left out.
    #[serde(default)]
    pub zone: Option<chrono_tz::Tz>,
}

/// What stands of what was earned in these days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// By id.
    pub incentives: Vec<IncentiveRow>,
    /// By id; people count for the team they were in when they earned it.
    pub teams: Vec<PlaceRow>,
    /// By id.
    pub sites: Vec<PlaceRow>,
}

/// What an incentive gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportIncentive)]
pub struct IncentiveRow {
    /// Its id.
    pub id: Id,
    /// Shown to people.
    pub title: String,
    /// How many people were in its audience during these days.
    pub audience: usize,
    /// How many of them have something on a board of its newest period; none where it has no board.
    pub on_board: Option<usize>,
    /// How many people or teams got something.
    pub winners: usize,
    /// How many awards stand.
    pub awards: usize,
    /// Their worth by currency.
    pub units: BTreeMap<Id, i64>,
}

/// What went to a team or a site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportPlace)]
pub struct PlaceRow {
    /// Its id.
    pub id: Id,
    /// How many people are there now.
    pub people: usize,
    /// How many people got something there.
    pub winners: usize,
    /// How many awards stand; those of the team itself are among them.
    pub awards: usize,
    /// Their worth by currency.
    pub units: BTreeMap<Id, i64>,
}

/// A metric before and during an incentive, over everybody who is in its audience now.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Effect)]
pub struct EffectRow {
    /// Which one.
    pub metric: Id,
    /// Its unit.
    pub unit: String,
    /// Whether it is a ratio: else values are per person and day.
    pub is_ratio: bool,
    /// Before; none where nothing was measured.
    pub before: Option<f64>,
    /// During; none where nothing was measured.
    pub during: Option<f64>,
    /// Facts that are in it, before and during.
    pub facts: (usize, usize),
    /// Whole days that each of them covers.
    pub days: i64,
}

/// `GET /v1/reports?from=2026-03-01&to=2026-03-31`
///
/// # Errors
/// The days are the wrong way round, or too many.
pub async fn get(
    State(state): State<AppState>,
    Query(days): Query<Days>,
    caller: Caller,
) -> Answer<Json<Report>> {
    let reach = caller.reach;
    let made = tokio::task::spawn_blocking(move || report(&state, &days, &reach)).await;
    made.unwrap_or_else(failed).map(Json)
}

fn failed<T>(error: tokio::task::JoinError) -> Answer<T> {
    tracing::error!(%error, "a report can't be made");
    Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "see the server's log"))
}

/// What of it lies within a reach.
pub(crate) fn report(state: &AppState, days: &Days, reach: &Reach) -> Answer<Report> {
    if days.to < days.from || (days.to - days.from).num_days() > DAYS_MAX {
        let detail =
            format!("from {} to {}: give 1 to {DAYS_MAX} days, the first one first", days.from, days.to);
        return Err(Problem::bad_request("bad-range", detail));
    }
    let zone = days.zone.unwrap_or(chrono_tz::UTC);
    let range = (day_start(zone, days.from.to_epoch_days()), day_start(zone, days.to.to_epoch_days() + 1));
    let (house, now) = (state.journal.house(), state.clock.now());
    let covers = |subject: &Subject| reach.covers_subject(&house.roster, subject, now);
    let mut awards = state.views.awards_since(range.0, &covers);
    awards.retain(|award| {
        award.time < range.1
            && award.status == Status::Granted
            && matches!(award.content, ContentView::Award { .. })
    });
    let incentives = house.incentives.values();
    let incentives =
        incentives.filter(|record| reach.touches(&house.roster, &record.incentive.audience, now));
    Ok(Report {
        incentives: incentives
            .filter(|record| overlaps(record, range))
            .map(|record| of_incentive(state, &house, record, &awards, (range, reach)))
            .collect(),
        teams: of_places(&house, &awards, (now, reach), false),
        sites: of_places(&house, &awards, (now, reach), true),
    })
}

fn overlaps(record: &IncentiveRecord, (from, to): (Millis, Millis)) -> bool {
    record.incentive.start < to && record.incentive.end.is_none_or(|end| end > from)
}

fn add(units: &mut BTreeMap<Id, i64>, award: &AwardView) {
    if let ContentView::Award { reward: Reward::Points { currency, units: n }, .. } = &award.content {
        let sum = units.entry(currency.as_str().into()).or_default();
        *sum = sum.saturating_add(*n);
    }
}

fn of_incentive(
    state: &AppState,
    house: &HouseView,
    record: &IncentiveRecord,
    awards: &[AwardView],
    (range, reach): ((Millis, Millis), &Reach),
) -> IncentiveRow {
    let now = state.clock.now();
    let id = &record.incentive.id;
    let audience = house.roster.agents_in_audience(&record.incentive.audience, range);
    let audience = audience.iter().filter(|id| reach.covers_agent(&house.roster, id, now)).count();
    let mut row = IncentiveRow {
        id: id.clone(),
        title: record.incentive.title.clone(),
        audience,
        ..IncentiveRow::default()
    };
    let mut winners = BTreeSet::new();
    for award in awards.iter().filter(|award| award.incentive == *id) {
        winners.insert(&award.subject);
        row.awards += 1;
        add(&mut row.units, award);
    }
    row.winners = winners.len();
    let view = state.views.incentives().into_iter().find(|view| view.id == *id);
    let board = view.and_then(|view| state.views.board(id, view.boards.first()?, None));
    row.on_board = board.map(|board| {
        let scored = board.rows.iter().filter(|row| row.value.is_some());
        scored.filter(|row| reach.covers_subject(&house.roster, &row.subject, now)).count()
    });
    row
}

fn of_places(
    house: &HouseView,
    awards: &[AwardView],
    (now, reach): (Millis, &Reach),
    of_sites: bool,
) -> Vec<PlaceRow> {
    let roster = &house.roster;
    let place = |team: &Id| match of_sites {
        true => roster.team(team).map(|team| team.site.clone()),
        false => Some(team.clone()),
    };
    let mut rows: BTreeMap<Id, (PlaceRow, BTreeSet<&Id>)> = BTreeMap::new();
    for team in roster.teams().filter(|team| reach.covers_team(roster, &team.id)) {
        let Some(id) = place(&team.id) else { continue };
        let row = rows.entry(id.clone()).or_default();
        row.0.id = id;
        row.0.people += roster.members_at(&team.id, now).len();
    }
    for award in awards {
        let team = match award.subject.kind {
            SubjectKind::Agent => roster.team_at(&award.subject.id, award.time),
            SubjectKind::Team => Some(award.subject.id.clone()),
            SubjectKind::Queue => None,
        };
        // Who has moved to another part of the house counts where they were only for those who see that part.
        let Some((row, winners)) = team.and_then(|team| place(&team)).and_then(|id| rows.get_mut(&id)) else {
            continue;
        };
        row.awards += 1;
        add(&mut row.units, award);
        if award.subject.kind == SubjectKind::Agent {
            winners.insert(&award.subject.id);
        }
    }
    rows.into_values().map(|(row, winners)| PlaceRow { winners: winners.len(), ..row }).collect()
}

/// `GET /v1/incentives/{id}/effect`
///
/// # Errors
/// There is no such incentive, or there are too many facts.
pub async fn effect(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<Vec<EffectRow>>> {
    let made = tokio::task::spawn_blocking(move || measure(&state, &id)).await;
    made.unwrap_or_else(failed).map(Json)
}

fn measure(state: &AppState, id: &str) -> Answer<Vec<EffectRow>> {
    let (house, now) = (state.journal.house(), state.clock.now());
    let record =
        house.incentives.get(id).ok_or_else(|| Problem::not_found("incentive", id, "/v1/incentives"))?;
    let start = record.incentive.start;
    let end = record.incentive.end.unwrap_or(now).min(now);
    // Whole days, as many before as during.
    let days = ((end - start) / DAY_MS).clamp(0, EFFECT_DAYS_MAX);
    if days == 0 {
        return Ok(Vec::new());
    }
    let audience = house.roster.agents_in_audience(&record.incentive.audience, (now, now.saturating_add(1)));
    let subjects: Vec<Subject> = audience.into_iter().map(Subject::agent).collect();
    let read = |from: Millis| {
        let facts = state.views.facts(&subjects, (from, from + days * DAY_MS), FACTS_MAX);
        facts.ok_or_else(|| {
            let detail = format!(
                "{} people have more than {FACTS_MAX} facts in {days} days; look at fewer people",
                subjects.len()
            );
            Problem::unprocessable("too-many-facts", detail)
        })
    };
    let (before, during) = (read(start - days * DAY_MS)?, read(end - days * DAY_MS)?);
    let mut rows = Vec::new();
    for (name, _) in &record.incentive.metrics {
        let Some(definition) = house.metrics.get(name) else { continue };
        let Ok(compiled) = metric::compile(definition) else { continue };
        let is_ratio = definition.per.is_some();
        #[expect(clippy::cast_precision_loss, reason = "people times days")]
        let person_days = subjects.len() as f64 * days as f64;
        let sum = |facts: &[std::sync::Arc<Event>]| {
            let (mut value, mut weight, mut n) = (0.0, 0.0, 0);
            for event in facts {
                if let Ok(Some(measure)) = compiled.evaluate(&EventContext::new(event)) {
                    (value, weight, n) = (value + measure.value, weight + measure.weight, n + 1);
                }
            }
            let of = if is_ratio { weight } else { person_days };
            ((n > 0 && of > 0.0).then(|| value / of), n)
        };
        let ((before, n_before), (during, n_during)) = (sum(&before), sum(&during));
        let unit = definition.unit.clone();
        let facts = (n_before, n_during);
        rows.push(EffectRow { metric: name.clone(), unit, is_ratio, before, during, facts, days });
    }
    Ok(rows)
}
