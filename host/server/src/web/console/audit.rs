//! `/audit`: every change, newest first, with how it stood before and after.

use askama::Template;
use axum::{
    Json,
    extract::{Query, State},
    response::Response,
};
use chrono_tz::Tz;
use serde_json::Value;

use super::{Shell, api::refused, gallery};
use crate::{
    api::audit::{self, Page, RowView, Which},
    web::{
        answer::{Asked, Missing},
        say::{Say, segment},
        when::Moment,
    },
};

/// Rows of a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "console/audit.html")]
struct AuditPage {
    shell: Shell,
    say: Say,
    object: String,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    number: String,
    when: Moment,
    who: String,
    act: String,
    object: String,
    before: Option<String>,
    after: Option<String>,
}

/// `GET /audit?object=incentives/sprint&before=120`
pub(super) async fn show(asked: Asked) -> Response {
    let text = |name: &str| asked.query.get(name).filter(|text| !text.is_empty()).cloned();
    let which = Which {
        before: text("before").and_then(|number| number.parse().ok()),
        limit: Some(ROWS),
        actor: text("actor"),
        object: text("object"),
    };
    match audit::list(State(asked.web.state.clone()), Query(which)).await {
        Ok(Json(found)) => asked.page(move |asked| page(asked, &found)).await,
        Err(problem) => refused(asked, problem, "/".to_owned()).await,
    }
}

fn page(asked: &Asked, found: &Page) -> Result<String, Missing> {
    let say = &asked.say;
    // The log counts by the machine's clock, which a driven house does not show.
    let machine = say.at(asked.web.state.porter.now());
    let object = asked.query.get("object").cloned().unwrap_or_default();
    let row = |row: &RowView| Row {
        number: say.whole(i64::try_from(row.number).unwrap_or(i64::MAX)),
        when: machine.moment(row.at, Tz::UTC),
        who: match row.by.as_str() {
            "account" => gallery::who(asked, &row.actor),
            "token" => format!("{} {}", say.t("console-audit-token"), row.actor),
            by => say.t(&format!("console-audit-{by}")),
        },
        act: row.act.clone(),
        object: row.object.clone(),
        before: pretty(&row.before),
        after: pretty(&row.after),
    };
    let next =
        found.next.map(|number| say.href(&format!("/audit?before={number}&object={}", segment(&object))));
    let page = AuditPage {
        shell: Shell::new(asked, say.t("console-ask-audit"), None),
        say: say.clone(),
        rows: found.rows.iter().map(row).collect(),
        object,
        next,
    };
    Ok(page.render()?)
}

fn pretty(value: &Value) -> Option<String> {
    (!value.is_null()).then(|| serde_json::to_string_pretty(value).unwrap_or_default())
}
