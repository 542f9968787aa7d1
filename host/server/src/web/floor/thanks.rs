//! `/thanks`: say thank you to somebody, and what one got and gave.

use askama::Template;
use axum::{
    body::Bytes,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use plaudit_core::{
    Id,
    access::Right,
    event::Subject,
    kudos::{Act, WORDS, id_at},
};
use plaudit_store::{
    StoreError, family,
    family::appearance::{Appearance, Appearances},
};

use crate::{
    api::{
        auth::Caller,
        kudos::{self as api, Eyes, KudosDocument, KudosView},
        problem::Problem,
        veil::initials,
    },
    texts::Name,
    web::{
        answer::{Asked, Missing},
        form::{Filled, go},
        say::{Say, segment},
        shell::Shell,
        when::Moment,
    },
};

/// Thanks shown of each kind.
const SHOWN: usize = 30;
/// People offered: of the own team, or of those that one leads.
const PEOPLE_MAX: usize = 200;

#[derive(Template)]
#[template(path = "floor/thanks.html")]
struct ThanksPage {
    shell: Shell,
    say: Say,
    form: String,
    lead: String,
    notice: Option<String>,
    problem: Option<String>,
    to: Option<To>,
    people: Vec<(String, String)>,
    got: Vec<Line>,
    hidden: Vec<Line>,
    given: Vec<Line>,
    /// Where somebody decides on thanks, for those who may.
    deciding: Option<String>,
}

/// Whom one is about to thank.
struct To {
    id: String,
    title: String,
    /// So that what is sent twice is given once.
    once: String,
    words: Vec<(&'static str, String)>,
    text: String,
    is_reviewed: bool,
}

/// Thanks in a list.
pub(super) struct Line {
    pub(super) id: String,
    hide: String,
    show: String,
    report: String,
    pub(super) who: String,
    pub(super) said: String,
    pub(super) state: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) when: Moment,
    pub(super) ago: String,
    can_report: bool,
}

/// What somebody tried to send, with what was wrong.
#[derive(Default)]
struct Again {
    to: String,
    text: String,
    problem: Option<Problem>,
}

/// `GET /thanks`; `?to=` names somebody.
pub(super) async fn show(asked: Asked) -> Response {
    let to = asked.query.get("to").cloned().unwrap_or_default();
    asked.page(move |asked| page(asked, &Again { to, ..Again::default() })).await
}

pub(super) fn broken(error: StoreError) -> Missing {
    Missing::Broken(error.to_string())
}

fn page(asked: &Asked, again: &Again) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let Some(caller) = &asked.caller else { return Err(Missing::Nothing("missing-page")) };
    let eyes = Eyes::of(state, caller);
    let (got, given) = api::mine(state, &eyes, SHOWN).map_err(broken)?;
    let (n, limit) = api::this_month(state, caller).map_err(broken)?;
    let zone = zone(asked, caller);
    let hidden = got.iter().filter(|view| view.hidden).map(|view| line(say, view, zone, true));
    let notice = asked.query.get("done").map(String::as_str).unwrap_or_default();
    let notice = say.texts.try_own(say.locale, &format!("page-thanks-done-{notice}"), &[]);
    let to = (!again.to.is_empty()).then(|| to(asked, caller, again)).flatten();
    let page = ThanksPage {
        shell: Shell::new(asked, say.t("thanks-title"), None),
        say: say.clone(),
        form: asked.form_token(),
        lead: say.with(
            "thanks-given-n",
            &[("n", say.texts.count(say.locale, n.into())), ("limit", say.whole(limit.into()).into())],
        ),
        notice: notice.filter(|_| again.problem.is_none()),
        problem: again.problem.as_ref().map(|problem| said(say, problem)),
        people: if to.is_some() { Vec::new() } else { people(asked, caller).map_err(broken)? },
        to,
        hidden: hidden.collect(),
        got: got.iter().filter(|view| !view.hidden).map(|view| line(say, view, zone, true)).collect(),
        given: given.iter().map(|view| line(say, view, zone, false)).collect(),
        deciding: asked.may(Right::DecideKudos).then(|| say.href("/kudos")),
    };
    Ok(page.render()?)
}

fn zone(asked: &Asked, caller: &Caller) -> chrono_tz::Tz {
    let roster = asked.web.state.journal.house().roster;
    let own = caller.agent.as_ref().and_then(|agent| roster.zone_of_agent(agent, asked.say.now));
    own.unwrap_or(chrono_tz::Tz::UTC)
}

/// Why something was not done, in the reader's words.
fn said(say: &Say, problem: &Problem) -> String {
    let own = say.texts.try_own(say.locale, &format!("page-console-problem-{}", problem.code), &[]);
    own.unwrap_or_else(|| say.t("console-problem"))
}

/// The person who is thanked, if the reader may.
fn to(asked: &Asked, caller: &Caller, again: &Again) -> Option<To> {
    let (say, state) = (&asked.say, &asked.web.state);
    let id = Id::from(again.to.as_str());
    let is_oneself = caller.agent.as_ref() == Some(&id);
    if is_oneself || !api::may_thank(state, caller, &id) {
        return None;
    }
    let name = name(asked, caller, &id).ok().flatten()?;
    Some(To {
        title: say.with("thanks-to", &[("name", name.into())]),
        once: id_at(say.now, rand::random()).to_string(),
        words: WORDS.iter().map(|words| (*words, say.texts.kudos(say.locale, words))).collect(),
        text: again.text.clone(),
        is_reviewed: api::is_reviewed(state, caller, &id),
        id: again.to.clone(),
    })
}

/// How the reader may see somebody's name: as that person wants to be seen, unless the reader's role reaches them.
fn name(asked: &Asked, caller: &Caller, id: &Id) -> Result<Option<String>, StoreError> {
    let (say, state) = (&asked.say, &asked.web.state);
    let Name::Known(name) = say.texts.names().agent(id) else { return Ok(None) };
    let roster = state.journal.house().roster;
    let sees = caller.access.reach(Right::SeePeople).cloned().unwrap_or_default();
    let chosen = family::get::<Appearances>(&*state.store, &id.to_string())?.unwrap_or_default();
    let is_veiled = chosen == Appearance::Initials && !sees.covers_agent(&roster, id, say.now);
    Ok(Some(if is_veiled { initials(&name) } else { name }))
}

/// Those of the reader's own team; for those who lead teams, theirs.
fn people(asked: &Asked, caller: &Caller) -> Result<Vec<(String, String)>, StoreError> {
    let say = &asked.say;
    let roster = asked.web.state.journal.house().roster;
    let own = caller.agent.as_ref().and_then(|agent| roster.team_at(agent, say.now));
    let reach = caller.access.reach(Right::GiveKudos).cloned().unwrap_or_default();
    let teams =
        roster.teams().filter(|team| Some(&team.id) == own.as_ref() || reach.covers_team(&roster, &team.id));
    let members = teams.flat_map(|team| roster.members_at(&team.id, say.now));
    let others = members.filter(|id| Some(id) != caller.agent.as_ref()).take(PEOPLE_MAX);
    let mut all = Vec::new();
    for id in others {
        if let Some(name) = name(asked, caller, &id)? {
            all.push((name, href(say, &id)));
        }
    }
    all.sort();
    Ok(all)
}

/// The page on which somebody is thanked.
pub(super) fn href(say: &Say, agent: &str) -> String {
    say.href(&format!("/thanks?to={}", segment(agent)))
}

/// Thanks as a line, either to or by the reader.
fn line(say: &Say, view: &KudosView, zone: chrono_tz::Tz, is_got: bool) -> Line {
    let state = match (&*view.state, is_got) {
        ("held", _) => Some(say.t("thanks-state-held")),
        ("removed", _) => Some(say.t("thanks-state-removed")),
        ("reported", true) => Some(say.t("thanks-state-reported")),
        _ => None,
    };
    let to_name = || view.to_name.clone().unwrap_or_else(|| say.name(&Subject::agent(view.to.clone())));
    let who = if is_got { from_name(say, view) } else { to_name() };
    let when = say.moment(view.at, zone);
    let action = |act: &str| say.href(&format!("/thanks/{}/{act}", segment(&view.id)));
    Line {
        hide: action("hide"),
        show: action("show"),
        report: action("report"),
        id: view.id.to_string(),
        who,
        said: words(say, view),
        state,
        reason: view.reason.clone(),
        ago: say.with("ago", &[("span", when.span.clone().into())]),
        when,
        can_report: is_got && view.state == "shown",
    }
}

/// What thanks say, in the reader's language if the words are ready-made.
pub(super) fn words(say: &Say, view: &KudosView) -> String {
    match &view.words {
        Some(words) => say.texts.kudos(say.locale, words),
        None => view.text.clone().unwrap_or_default(),
    }
}

pub(super) fn from_name(say: &Say, view: &KudosView) -> String {
    match &view.from_name {
        Some(name) => name.clone(),
        None if view.from.starts_with("agent/") => say.name(&Subject::agent(&view.from[6..])),
        None => say.texts.own(say.locale, "colleague", &[]),
    }
}

/// `POST /thanks`
pub(super) async fn send(asked: Asked, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    // One line: a text field of a page lets people begin new ones.
    let text = filled.get("text").split_whitespace().collect::<Vec<_>>().join(" ");
    let words = filled.get("words").to_owned();
    let mut again = Again { to: filled.get("to").to_owned(), text: text.clone(), problem: None };
    if !asked.is_own_form(&filled) {
        again.problem = Some(Problem::new(StatusCode::FORBIDDEN, "from-elsewhere", ""));
        return asked.page_as(StatusCode::FORBIDDEN, move |asked| page(asked, &again)).await;
    }
    let Some(caller) = asked.caller.clone() else { return StatusCode::UNAUTHORIZED.into_response() };
    let wish = KudosDocument {
        to: again.to.clone(),
        text: words.is_empty().then_some(text),
        words: (!words.is_empty()).then_some(words),
    };
    match api::give_once(&asked.web.state, &caller, wish, Some(filled.get("once"))).await {
        Ok(view) => {
            let done = if view.state == "held" { "held" } else { "sent" };
            go(&asked.say.href(&format!("/thanks?done={done}")), vec![])
        }
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            again.problem = Some(problem);
            asked.page_as(status, move |asked| page(asked, &again)).await
        }
    }
}

/// `POST /thanks/{id}/{act}`: report, hide, show.
pub(super) async fn act(asked: Asked, Path((id, act)): Path<(String, String)>, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    let caller = asked.caller.clone().filter(|_| asked.is_own_form(&filled));
    let done = match (caller, Act::parse(&act)) {
        (Some(caller), Some(act @ (Act::Report | Act::Hide | Act::Show))) => {
            api::of_receiver(&asked.web.state, &id, &caller, act).await.map(drop)
        }
        (None, _) => Err(Problem::new(StatusCode::FORBIDDEN, "from-elsewhere", "")),
        _ => Err(Problem::not_found("act", &act, "/v1/kudos")),
    };
    match done {
        Ok(()) => go(&asked.say.href(&format!("/thanks?done={act}")), vec![]),
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let again = Again { problem: Some(problem), ..Again::default() };
            asked.page_as(status, move |asked| page(asked, &again)).await
        }
    }
}

/// The newest thanks that somebody got, for other pages: who and what, when.
pub(super) fn latest(asked: &Asked, limit: usize) -> Result<Vec<Line>, Missing> {
    let Some(caller) = asked.caller.as_ref().filter(|_| asked.may(Right::GiveKudos)) else {
        return Ok(Vec::new());
    };
    let state = &asked.web.state;
    let (got, _) = api::mine(state, &Eyes::of(state, caller), SHOWN).map_err(broken)?;
    let zone = zone(asked, caller);
    let seen = got.iter().filter(|view| !view.hidden && view.state == "shown");
    Ok(seen.take(limit).map(|view| line(&asked.say, view, zone, true)).collect())
}
