//! What takes long is shown with how far it is, and can be stopped. Without a script the browser asks again by itself.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::HeaderValue,
    response::Response,
};

use super::{
    api::{caller, foreign, refused},
    sent::Sent,
};
use crate::{
    api::{
        previews::{self, PreviewOptions, PreviewView},
        problem::Problem,
    },
    web::{
        answer::Asked,
        form::{go, own_path},
        say::{Say, segment},
    },
};

/// Seconds that a page waits for a result before it shows how far it is. What tests begin is done at once or never.
pub(super) const WAIT_S: u64 = if cfg!(test) { 0 } else { 4 };
/// Seconds after which the browser asks again.
const AGAIN_S: u64 = 3;

/// How far something is.
pub(in crate::web) struct UnderWay {
    pub(in crate::web) text: String,
    /// Where to look again.
    pub(in crate::web) href: String,
    pub(in crate::web) per_mille: u64,
    pub(in crate::web) percent: String,
    pub(in crate::web) events: String,
    /// Where it is stopped, and where that leads.
    pub(in crate::web) stop: String,
    pub(in crate::web) back: String,
}

impl UnderWay {
    /// Of something that is under way; `page` is where it is asked for, with a query if it has one, `back` where one is when
    /// it was stopped, and `text` says what is done.
    pub(super) fn of(say: &Say, view: &PreviewView, page: &str, back: &str, text: &str) -> Option<Self> {
        view.is_under_way().then(|| Self {
            text: say.t(text),
            href: say.href(&of_page(page, &view.id)),
            per_mille: view.progress.per_mille.min(1000),
            percent: say.locale.percent(view.progress.per_mille as f64 / 1000.0, 0, 0),
            events: say.n("console-n-events", i64::try_from(view.progress.events).unwrap_or(i64::MAX)),
            stop: say.href(&format!("/previews/{}/stop", segment(&view.id))),
            back: back.to_owned(),
        })
    }
}

fn of_page(page: &str, id: &str) -> String {
    let and = if page.contains('?') { '&' } else { '?' };
    format!("{page}{and}of={}", segment(id))
}

/// Lets the browser ask again for what is under way.
pub(super) fn again(response: &mut Response, asked_at: &Say, view: Option<&PreviewView>, page: &str) {
    let Some(view) = view.filter(|view| view.is_under_way()) else { return };
    let refresh = format!("{AGAIN_S}; url={}", asked_at.href(&of_page(page, &view.id)));
    if let Ok(value) = HeaderValue::from_str(&refresh) {
        response.headers_mut().insert("refresh", value);
    }
}

/// What was begun before, after some seconds at most.
///
/// # Errors
/// It is forgotten, or not for the reader.
pub(super) async fn find(asked: &Asked, id: String) -> Result<PreviewView, Problem> {
    let options = Query(PreviewOptions { wait: WAIT_S, repin: false });
    let state = State(asked.web.state.clone());
    let Json(view) = previews::get(state, Path(id), options, caller(asked)?).await?;
    Ok(view)
}

/// `POST /previews/{id}/stop`
pub(super) async fn stop(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    let sent = Sent::read(&body, asked.say.locale);
    let back = own_path(sent.get("back")).to_owned();
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, back).await;
    }
    if let Ok(caller) = caller(&asked) {
        // What is gone already need not be stopped.
        drop(previews::delete(State(asked.web.state.clone()), Path(id), caller).await);
    }
    go(&asked.say.href(&back), vec![])
}
