//! The functions of the API as pages call them, and their problems in the reader's words.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use serde_json::Value;

use crate::{
    api::{
        auth::Caller,
        incentives::{self, IncentiveAnswer, PutOptions},
        problem::{Answer, Problem},
    },
    web::{answer::Asked, form::Filled, say::Say},
};

/// Headers and body of a document.
pub(super) fn document(value: &Value) -> (HeaderMap, Bytes) {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    (headers, Bytes::from(value.to_string()))
}

/// Whoever asks. Every row of the console has a right, so somebody does.
pub(super) fn caller(asked: &Asked) -> Answer<Caller> {
    let nobody = || Problem::new(StatusCode::UNAUTHORIZED, "token", "nobody is signed in");
    asked.caller.clone().ok_or_else(nobody)
}

/// `PUT /v1/incentives/{id}`
pub(super) async fn put(asked: &Asked, id: &str, wanted: &Value, dry_run: bool) -> Answer<IncentiveAnswer> {
    put_after(asked, id, wanted, None, dry_run).await
}

/// `PUT /v1/incentives/{id}?follows=…`
pub(super) async fn put_after(
    asked: &Asked,
    id: &str,
    wanted: &Value,
    follows: Option<&str>,
    dry_run: bool,
) -> Answer<IncentiveAnswer> {
    let (headers, body) = document(wanted);
    let options = Query(PutOptions { dry_run, repin: false, follows: follows.map(str::to_owned) });
    let state = State(asked.web.state.clone());
    let path = Path(id.to_owned());
    let (_, Json(answer)) = incentives::put(state, path, options, caller(asked)?, headers, body).await?;
    Ok(answer)
}

/// A problem in the reader's words, and the server's own where there are none.
#[derive(Clone, Debug)]
pub(in crate::web) struct Said {
    pub(in crate::web) text: String,
    /// In English: with the values, and what to do.
    pub(in crate::web) detail: Option<String>,
}

/// What a problem says.
pub(super) fn said(say: &Say, problem: &Problem) -> Said {
    let message = format!("page-console-problem-{}", problem.code);
    let own = say.texts.try_own(say.locale, &message, &[]);
    Said {
        text: own.unwrap_or_else(|| say.t("console-problem")),
        detail: (!problem.detail.is_empty()).then(|| problem.detail.clone()),
    }
}

pub(super) fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What stands in the way of a form: it was not made for this session.
pub(super) fn foreign(asked: &Asked, body: &[u8]) -> Option<Problem> {
    let is_own = asked.is_own_form(&Filled::read(body));
    (!is_own).then(|| Problem::new(StatusCode::FORBIDDEN, "from-elsewhere", ""))
}

/// The page that says what stands in the way, and where to go on.
pub(super) async fn refused(asked: Asked, problem: Problem, back: String) -> Response {
    let status = status(&problem);
    asked
        .page_as(status, move |asked| {
            let say = &asked.say;
            let said = said(say, &problem);
            let next = Some((say.href(&back), say.t("console-back")));
            let paragraphs = std::iter::once(said.text).chain(said.detail).collect();
            crate::web::form::message(asked, say.t("console-not-done"), paragraphs, next)
        })
        .await
}
