//! `/kudos`: thanks that wait for whoever leads or manages those who got them.

use askama::Template;
use axum::{body::Bytes, extract::Path, http::StatusCode, response::Response};
use plaudit_core::{access::Right, event::Subject, kudos::Act};

use super::thanks::{broken, from_name, words};
use crate::{
    api::{
        kudos::{self as api, Eyes, KudosView},
        problem::Problem,
    },
    web::{
        answer::{Asked, Missing},
        form::{Filled, go},
        say::{Say, segment},
        shell::Shell,
        when::Moment,
    },
};

/// Removed ones shown, to be brought back.
const REMOVED: usize = 20;
/// Waiting ones shown.
const WAITING: usize = 100;

#[derive(Template)]
#[template(path = "floor/kudos.html")]
struct KudosPage {
    shell: Shell,
    say: Say,
    form: String,
    lead: String,
    notice: Option<String>,
    problem: Option<String>,
    waiting: Vec<Item>,
    removed: Vec<Item>,
}

/// Thanks on which somebody decides.
struct Item {
    id: String,
    between: String,
    said: String,
    tag: String,
    /// What the button that lets it be seen says.
    keep: String,
    reason: Option<String>,
    when: Moment,
    ago: String,
    keep_action: String,
    remove_action: String,
    reason_error: Option<String>,
    /// The reader wrote it: somebody else has to let it through.
    is_own: bool,
}

/// What is decided on again, with what was wrong.
#[derive(Default)]
struct Again {
    problem: Option<Problem>,
    /// Those whose reason is missing.
    id: Option<String>,
}

/// How many wait for the reader.
pub(in crate::web) fn count(asked: &Asked) -> usize {
    let Some(caller) = asked.caller.as_ref().filter(|_| asked.may(Right::DecideKudos)) else { return 0 };
    let state = &asked.web.state;
    api::waiting(state, &Eyes::of(state, caller)).map_or(0, |all| all.len())
}

/// `GET /kudos`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(|asked| page(asked, &Again::default())).await
}

fn page(asked: &Asked, again: &Again) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let Some(caller) = &asked.caller else { return Err(Missing::Nothing("missing-page")) };
    let eyes = Eyes::of(state, caller);
    let waiting = api::waiting(state, &eyes).map_err(broken)?;
    let removed = api::removed(state, &eyes, REMOVED).map_err(broken)?;
    let own = eyes.giver.as_ref().map(ToString::to_string);
    let item = |view: &KudosView| item(say, view, own.as_ref() == Some(&view.from), again);
    let done = asked.query.get("done").map(String::as_str).unwrap_or_default();
    let notice = say.texts.try_own(say.locale, &format!("page-kudos-done-{done}"), &[]);
    let wrong = again.problem.as_ref().map(|problem| {
        let own = say.texts.try_own(say.locale, &format!("page-console-problem-{}", problem.code), &[]);
        own.unwrap_or_else(|| say.t("console-problem"))
    });
    let page = KudosPage {
        shell: Shell::new(asked, say.t("kudos-title"), None),
        say: say.clone(),
        form: asked.form_token(),
        lead: match waiting.len() {
            0 => say.t("kudos-none"),
            n => say.n("kudos-n-wait", i64::try_from(n).unwrap_or(i64::MAX)),
        },
        notice: notice.filter(|_| wrong.is_none() && again.id.is_none()),
        problem: wrong,
        waiting: waiting.iter().take(WAITING).map(item).collect(),
        removed: removed.iter().map(item).collect(),
    };
    Ok(page.render()?)
}

fn item(say: &Say, view: &KudosView, is_own: bool, again: &Again) -> Item {
    let to = say.name(&Subject::agent(view.to.clone()));
    let when = say.moment(view.at, chrono_tz::Tz::UTC);
    let (tag, keep) = match &*view.state {
        "held" => ("kudos-held", "kudos-let-through"),
        "removed" => ("thanks-state-removed", "kudos-bring-back"),
        _ => ("kudos-reported", "kudos-keep"),
    };
    let action = |act: &str| say.href(&format!("/kudos/{}/{act}", segment(&view.id)));
    Item {
        id: view.id.to_string(),
        between: say.with("kudos-between", &[("from", from_name(say, view).into()), ("to", to.into())]),
        said: words(say, view),
        tag: say.t(tag),
        keep: say.t(keep),
        reason: view.reason.clone(),
        ago: say.with("ago", &[("span", when.span.clone().into())]),
        when,
        keep_action: action("keep"),
        remove_action: action("remove"),
        reason_error: (again.id.as_deref() == Some(&*view.id)).then(|| say.t("console-wrong-reason")),
        is_own,
    }
}

/// `POST /kudos/{id}/{act}`: keep, remove.
pub(super) async fn act(asked: Asked, Path((id, act)): Path<(String, String)>, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    let reason = filled.get("reason").to_owned();
    let act = Act::parse(&act);
    let caller = asked.caller.clone().filter(|_| asked.is_own_form(&filled));
    let state = &asked.web.state;
    let decided = match (caller, act) {
        (Some(_), Some(Act::Remove)) if reason.is_empty() => {
            let again = Again { problem: None, id: Some(id) };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return asked.page_as(status, move |asked| page(asked, &again)).await;
        }
        (Some(caller), Some(Act::Remove)) => api::decide(state, &id, &caller, Some(&reason)).await,
        (Some(caller), Some(Act::Keep)) => api::decide(state, &id, &caller, None).await,
        (None, _) => Err(Problem::new(StatusCode::FORBIDDEN, "from-elsewhere", "")),
        _ => Err(Problem::not_found("act", "", "/v1/kudos")),
    };
    match decided {
        Ok(_) => {
            let done = act.map_or("", Act::name);
            go(&asked.say.href(&format!("/kudos?done={done}")), vec![])
        }
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let again = Again { problem: Some(problem), id: None };
            asked.page_as(status, move |asked| page(asked, &again)).await
        }
    }
}
