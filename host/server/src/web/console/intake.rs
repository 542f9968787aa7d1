//! `/sources`: where events come from: how much, how late, what was refused; a sample beside what was made of it; and
//! whose events wait.

use askama::Template;
use axum::{
    Json,
    extract::{Query, State},
    response::Response,
};
use chrono_tz::Tz;
use plaudit_core::{Millis, access::Right};

use super::{
    Shell,
    api::{caller, refused},
    grid::{Cell, Grid},
};
use crate::{
    api::intake::{self, Intake, SampleView, SourceView, Which},
    web::{
        answer::{Asked, Missing},
        say::{Say, segment},
    },
};

/// A source that has sent something is silent after so long.
const SILENT_MS: Millis = 60 * 60 * 1000;
/// A source that has sent fewer events than that is not missed.
const MISSED_FROM: u64 = 10;

#[derive(Template)]
#[template(path = "console/sources.html")]
struct SourcesPage {
    shell: Shell,
    say: Say,
    grid: Grid,
    /// By source.
    errors: Vec<(String, Vec<Refusal>)>,
    sample: Option<Sample>,
    parked: Option<Grid>,
    roster: Option<String>,
}

/// Time, field, and what is wrong with it.
type Refusal = (String, String, String);

/// What came, beside what was made of it.
struct Sample {
    source: String,
    raw: String,
    made: String,
}

/// `GET /sources?source=/acd/madrid`
pub(super) async fn show(asked: Asked) -> Response {
    let state = State(asked.web.state.clone());
    let caller = match caller(&asked) {
        Ok(caller) => caller,
        Err(problem) => return refused(asked, problem, "/".to_owned()).await,
    };
    let Json(found) = intake::list(state, caller).await;
    let may_see = asked.reach(Right::SetSources).is_everything();
    let wanted = asked.query.get("source").filter(|_| may_see).cloned();
    let sample = match wanted {
        Some(source) => {
            let state = State(asked.web.state.clone());
            let found = intake::sample(state, Query(Which { source: source.clone() })).await;
            found.ok().map(|Json(found)| (source, found))
        }
        None => None,
    };
    asked.page(move |asked| page(asked, &found, sample, may_see)).await
}

fn page(
    asked: &Asked,
    found: &Intake,
    sample: Option<(String, SampleView)>,
    may_see: bool,
) -> Result<String, Missing> {
    let say = &asked.say;
    let columns = [
        "console-source",
        "console-source-heard",
        "console-source-hour#",
        "console-source-lag#",
        "console-source-all#",
        "console-source-rejected#",
    ];
    let mut grid = Grid::new(say.t("console-sources"), &columns, |id| say.t(id));
    for source in &found.sources {
        grid.rows.push(row(asked, source, may_see));
    }
    let machine = say.at(asked.web.state.porter.now());
    let errors = found.sources.iter().filter(|source| !source.errors.is_empty()).map(|source| {
        let lines = source
            .errors
            .iter()
            .map(|error| (machine.exact(error.at, Tz::UTC), error.field.clone(), error.message.clone()));
        (name(say, source), lines.collect())
    });
    let page = SourcesPage {
        shell: Shell::new(asked, say.t("console-ask-sources"), None),
        say: say.clone(),
        errors: errors.collect(),
        grid,
        sample: sample.map(|(source, sample)| Sample {
            source,
            made: serde_json::to_string_pretty(&serde_json::json!({
                "type": sample.kind, "subject": sample.subject, "time": say.exact(sample.time, Tz::UTC), "data": sample.data,
            }))
            .unwrap_or_default(),
            raw: sample.raw,
        }),
        parked: parked(say, found),
        roster: asked.may(Right::SetRoster).then(|| say.href("/roster")),
    };
    Ok(page.render()?)
}

fn name(say: &Say, source: &SourceView) -> String {
    if source.source.is_empty() { say.t("console-source-unread") } else { source.source.clone() }
}

fn row(asked: &Asked, source: &SourceView, may_see: bool) -> Vec<Cell> {
    let say = &asked.say;
    let machine = say.at(asked.web.state.porter.now());
    let count = |n: u64| Cell::from(say.whole(i64::try_from(n).unwrap_or(i64::MAX)));
    let href = say.href(&format!("/sources?source={}#sample", segment(&source.source)));
    let heard = source.heard.map(|at| {
        let moment = machine.moment(at, Tz::UTC);
        Cell::from(say.with("ago", &[("span", moment.span.into())])).under(Some(moment.exact))
    });
    // Without events there is no lag; a driven clock has none that means anything to people.
    let lag = source.lag.filter(|_| !asked.web.state.clock.is_driven());
    let lag = lag.map(|lag| say.moment(say.now.saturating_sub(lag.max(0)), Tz::UTC).span);
    vec![
        Cell::to(name(say, source), (may_see && !source.source.is_empty()).then_some(href)),
        heard.unwrap_or_else(|| "–".into()),
        count(source.last_hour),
        lag.unwrap_or_else(|| "–".to_owned()).into(),
        count(source.accepted),
        count(source.rejected),
    ]
}

fn parked(say: &Say, found: &Intake) -> Option<Grid> {
    let columns = ["console-source-agent", "console-source-events#"];
    let mut grid = Grid::new(say.t("console-source-parked"), &columns, |id| say.t(id));
    let mut all: Vec<_> = found.parked.iter().collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    for (agent, n) in all.into_iter().take(100) {
        let who = match found.strangers.get(agent) {
            Some(external) => Cell::from(external.clone()).under(Some(agent.to_string())),
            None => agent.to_string().into(),
        };
        grid.rows.push(vec![who, say.whole(i64::try_from(*n).unwrap_or(i64::MAX)).into()]);
    }
    (!grid.rows.is_empty()).then_some(grid)
}

/// Sources that have sent and no longer do, with for how long. A house whose clock is driven misses nobody.
pub(super) fn silent(asked: &Asked) -> Vec<(String, String)> {
    let state = &asked.web.state;
    if state.clock.is_driven() || !asked.reach(Right::SeeHouse).is_everything() {
        return Vec::new();
    }
    let machine = asked.say.at(state.porter.now());
    let doors = state.front.watch.doors();
    let is_missed = |heard: Millis| machine.now.saturating_sub(heard) >= SILENT_MS;
    let missed = doors.into_iter().filter(|(name, door)| !name.is_empty() && door.accepted >= MISSED_FROM);
    missed
        .filter_map(|(name, door)| {
            let heard = door.heard.filter(|heard| is_missed(*heard))?;
            Some((name, machine.moment(heard, Tz::UTC).span))
        })
        .collect()
}
