//! `/roster`: who works where, and an import that first says what it would change.

use askama::Template;
use axum::{
    Json,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};

use super::{
    Shell,
    api::{Said, caller, foreign, refused, said, status},
    sent::Sent,
};
use crate::{
    api::{
        problem::Problem,
        roster::{self, ImportOptions},
    },
    ingest::roster_csv::{AgentChange, COLUMNS, Import, RowError},
    web::{
        answer::{Asked, Missing},
        form::go,
        say::Say,
    },
};

/// Rows shown.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "console/roster.html")]
struct RosterPage {
    shell: Shell,
    say: Say,
    form: String,
    action: String,
    lead: String,
    places: String,
    parked: Option<String>,
    notice: Option<String>,
    problem: Option<Said>,
    errors: Vec<String>,
    more_errors: Option<String>,
    columns: String,
    csv: String,
    found: Option<Found>,
}

/// What an import would do.
struct Found {
    finding: String,
    /// Of exactly what was looked at.
    digest: String,
    /// Number, whether they are new, what changes.
    rows: Vec<(String, bool, String)>,
    more: Option<String>,
    is_nothing: bool,
}

/// `GET /roster`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(|asked| page(asked, "", None)).await
}

/// `POST /roster`: looks; or imports what was looked at.
pub(super) async fn send(asked: Asked, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/roster".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let csv = sent.get("csv").to_owned();
    // Another text than the one that was looked at is looked at first.
    let imports = sent.get("do") == "import" && sent.get("seen") == digest(&csv);
    let imported = import(&asked, &csv, !imports).await;
    match imported {
        Ok(_) if imports => go(&asked.say.href("/roster?done=imported"), vec![]),
        imported => {
            let status = imported.as_ref().err().map_or(StatusCode::OK, status);
            asked.page_as(status, move |asked| page(asked, &csv, Some(&imported))).await
        }
    }
}

async fn import(asked: &Asked, csv: &str, dry_run: bool) -> Result<Import, Problem> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv"));
    let state = State(asked.web.state.clone());
    let options = Query(ImportOptions { dry_run });
    let body = Bytes::from(csv.to_owned());
    let Json(import) = roster::import(state, options, caller(asked)?, headers, body).await?;
    Ok(import)
}

fn digest(csv: &str) -> String {
    blake3::hash(csv.as_bytes()).to_hex()[..16].to_owned()
}

fn page(asked: &Asked, csv: &str, imported: Option<&Result<Import, Problem>>) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let count = |n: usize| say.whole(i64::try_from(n).unwrap_or(i64::MAX));
    let words = [
        ("agents", count(house.roster.agents().count()).into()),
        ("teams", count(house.roster.teams().count()).into()),
        ("sites", count(house.roster.sites().count()).into()),
    ];
    let parked = i64::try_from(asked.web.state.journal.parked()).unwrap_or(i64::MAX);
    let is_house = asked.reach(plaudit_core::access::Right::SetRoster).is_everything();
    let problem = imported.and_then(|imported| imported.as_ref().err());
    let wrong: Vec<RowError> = problem
        .iter()
        .flat_map(|problem| &problem.errors)
        .filter_map(|error| serde_json::from_value(error.clone()).ok())
        .collect();
    let line = |error: &RowError| {
        let words = [
            ("line", error.line.to_string().into()),
            ("column", error.column.clone().into()),
            ("value", error.value.clone().into()),
        ];
        match error.line {
            // About somebody as a whole.
            0 => format!("{}: {}", error.value, error.message),
            _ => format!("{} {}", say.with("console-roster-line", &words), error.message),
        }
    };
    let more = wrong.len().saturating_sub(SHOWN);
    let notice = super::notice(asked);
    let page = RosterPage {
        shell: Shell::new(asked, say.t("console-ask-roster"), None),
        say: say.clone(),
        form: asked.form_token(),
        action: say.href("/roster"),
        lead: say.with("console-lead-roster", &words),
        places: say.href("/places"),
        parked: (parked > 0 && is_house).then(|| say.n("console-parked", parked)),
        notice: notice.filter(|_| imported.is_none()),
        problem: problem.map(|problem| said(say, problem)),
        errors: wrong.iter().take(SHOWN).map(line).collect(),
        more_errors: (more > 0).then(|| say.n("console-n-more", i64::try_from(more).unwrap_or(i64::MAX))),
        columns: COLUMNS.join(","),
        csv: csv.to_owned(),
        found: imported.and_then(|imported| imported.as_ref().ok()).map(|import| found(say, csv, import)),
    };
    Ok(page.render()?)
}

fn found(say: &Say, csv: &str, import: &Import) -> Found {
    let of = |outcome: &str| import.agents.iter().filter(|agent| agent.outcome == outcome).count();
    let count = |n: usize| say.whole(i64::try_from(n).unwrap_or(i64::MAX));
    let words = [
        ("new", count(of("new")).into()),
        ("changed", count(of("changed")).into()),
        ("same", count(of("unchanged")).into()),
    ];
    let what = |change: &str| {
        let own = say.texts.try_own(say.locale, &format!("page-console-roster-{change}"), &[]);
        own.unwrap_or_else(|| change.to_owned())
    };
    let row = |agent: &AgentChange| {
        let changes: Vec<String> = agent.changes.iter().map(|change| what(change)).collect();
        (agent.agent.clone(), agent.outcome == "new", changes.join(", "))
    };
    let differing: Vec<&AgentChange> =
        import.agents.iter().filter(|agent| agent.outcome != "unchanged").collect();
    let more = differing.len().saturating_sub(SHOWN);
    Found {
        finding: say.with("console-roster-found", &words),
        digest: digest(csv),
        is_nothing: differing.is_empty(),
        rows: differing.into_iter().take(SHOWN).map(row).collect(),
        more: (more > 0).then(|| say.n("console-n-more", i64::try_from(more).unwrap_or(i64::MAX))),
    }
}
