//! `GET /v1/agents/{id}/incentives/{id}/explanation`: why somebody got something, or did not.

mod answer;
mod document;
#[cfg(test)]
pub(crate) mod tests;
mod words;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
};
use chrono::DateTime;
use plaudit_core::{Millis, access::Right};
use serde::Deserialize;
use tokio::sync::Semaphore;
use utoipa::IntoParams;

pub use document::*;

use super::{
    AppState,
    auth::Caller,
    explained::{Explained, Question, Unexplained},
    people,
    problem::{Answer, Problem},
    table::{Object, Row, Table},
};
use crate::texts::{Locale, Texts};

/// Explanations that are made at a time: each folds a period again. Further ones wait.
const AT_ONCE: usize = 4;
/// Facts of a page if nothing is said.
pub const FACTS: usize = 100;
/// Facts of a page at most.
pub const FACTS_MAX: usize = 1_000;

static GATE: Semaphore = Semaphore::const_new(AT_ONCE);

#[derive(Clone)]
struct Explainer {
    state: AppState,
    texts: Arc<Texts>,
}

/// The route: single facts about people are not for everyone who may read boards.
fn table(state: &AppState) -> Table<Explainer> {
    let path = "/v1/agents/{id}/incentives/{incentive}/explanation";
    Table::new(state).get(path, Right::Explain, Object::Agent("id"), show)
}

/// What it is served with.
pub fn router(state: &AppState, texts: Arc<Texts>) -> Router {
    table(state).into_router().with_state(Explainer { state: state.clone(), texts })
}

/// Its rows.
pub fn rows(state: &AppState) -> Vec<Row> {
    table(state).rows().to_vec()
}

/// Which explanation.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Period id; the one that is open, or was last, if neither this nor `at` is given.
    #[serde(default)]
    pub period: Option<String>,
    /// An instant of the period, RFC 3339.
    #[serde(default)]
    pub at: Option<String>,
    /// Language; the agent's own by default.
    #[serde(default)]
    pub lang: Option<String>,
    /// Facts to pass over: `next` of the page before.
    #[serde(default)]
    pub after: usize,
    /// Facts at most, 1 to 1000.
    #[serde(default = "facts")]
    pub limit: usize,
    /// Also facts of types that no metric of the incentive looks at.
    #[serde(default)]
    pub all: bool,
}

fn facts() -> usize {
    FACTS
}

async fn show(
    State(Explainer { state, texts }): State<Explainer>,
    Path((given, incentive)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    caller: Caller,
) -> Answer<Json<Explanation>> {
    let agent = people::opaque(&state, &given);
    let is_own = caller.agent.as_ref() == Some(&agent);
    let locale = match &asked.lang {
        Some(tag) => Locale::closest(tag),
        None => texts.names().person(&agent).map(|p| Locale::closest(&p.locale)).unwrap_or_default(),
    };
    let question = Question {
        agent,
        incentive: incentive.into(),
        period: asked.period.map(Into::into),
        at: asked.at.as_deref().map(instant).transpose()?,
        after: asked.after,
        limit: asked.limit.clamp(1, FACTS_MAX),
        all: asked.all,
    };
    let _turn = GATE.acquire().await;
    let made = tokio::task::spawn_blocking(move || {
        let explained = veiled(state.views.explain(&question)?, is_own);
        Ok(said(&state, &texts, locale, &explained))
    });
    match made.await {
        Ok(Ok(explanation)) => Ok(Json(explanation)),
        Ok(Err(error)) => Err(problem(&error)),
        Err(error) => Err(problem(&Unexplained::Failed(error.to_string()))),
    }
}

/// That somebody chose not to compete is for themselves to read. Others see what boards show them: nothing.
fn veiled(mut explained: Explained, is_own: bool) -> Explained {
    if explained.stands_aside && !is_own {
        explained.boards.clear();
        explained.stands_aside = false;
    }
    explained
}

/// Asks and puts into words, on a thread for blocking work. `is_own` says that the reader is whom it is about.
///
/// # Errors
/// Says what is not there.
pub fn ask(
    state: &AppState,
    texts: &Texts,
    locale: Locale,
    question: &Question,
    is_own: bool,
) -> Result<Explanation, Unexplained> {
    let _turn = tokio::runtime::Handle::current().block_on(GATE.acquire());
    Ok(said(state, texts, locale, &veiled(state.views.explain(question)?, is_own)))
}

/// An explanation in words.
fn said(state: &AppState, texts: &Texts, locale: Locale, explained: &Explained) -> Explanation {
    let house = state.journal.house();
    let manifest = state.plugins.get(&explained.incentive.plugin).map(|info| info.manifest);
    let known = house.plugins.iter().find(|plugin| plugin.digest == explained.incentive.plugin);
    let rule = known.map(|plugin| format!("{} {}", plugin.name, plugin.version));
    words::Words { texts, locale, explained }.explanation(rule, manifest.as_ref().map(|m| &m.settings))
}

fn instant(text: &str) -> Answer<Millis> {
    DateTime::parse_from_rfc3339(text).map(|at| at.timestamp_millis()).map_err(|_| {
        let detail = format!("`at` is {text:?}; it must be a time such as 2026-03-02T14:00:00Z");
        Problem::bad_request("bad-time", detail)
    })
}

fn problem(error: &Unexplained) -> Problem {
    let missing =
        |code: &str, next: &str| Problem::new(StatusCode::NOT_FOUND, code, format!("{error}; {next}"));
    match error {
        Unexplained::Incentive(_) => missing("not-found", "GET /v1/incentives lists them"),
        Unexplained::Agent(_) => missing("not-found", "GET /v1/agents lists them"),
        Unexplained::Period(_) => missing("no-such-period", "its periods have ids such as 2026-03-02"),
        Unexplained::NotReady(_) => {
            let mut problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", error.to_string());
            problem.retry_after_s = Some(1);
            problem
        }
        Unexplained::Failed(what) => {
            tracing::error!(error = %what, "an explanation could not be made");
            let detail = "the explanation could not be made; the server's log says why";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
        }
    }
}
