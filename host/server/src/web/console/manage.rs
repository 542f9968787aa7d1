//! `/incentives/{id}/manage`: what a manager may do with an incentive that was enabled.

use askama::Template;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use plaudit_core::{Id, access::Right, event::Subject, incentive::Incentive, roster::Roster};
use serde_json::json;

use super::{
    Shell,
    api::{self, Said, caller, document, foreign, refused, said},
    gallery,
    pieces::{Input, Kind},
    sent::Sent,
    wish::{Wish, day_of},
};
use crate::{
    api::{decisions, house::IncentiveRecord, incentives, people, problem::Problem, veil},
    texts::{Name, Setting},
    web::{
        answer::{Asked, Missing},
        form::go,
        incentive::Course,
        say::{Say, segment},
        when::Moment,
    },
};

/// People that are offered by name; more would make the page heavy, and are found by number.
const OFFERED: usize = 300;

#[derive(Template)]
#[template(path = "console/manage.html")]
struct ManagePage {
    shell: Shell,
    say: Say,
    title: String,
    href: String,
    state: String,
    form: String,
    base: String,
    /// What else there is of it: address and label.
    also: Vec<(String, String)>,
    notice: Option<String>,
    problem: Option<Said>,
    errors: Vec<(String, String)>,
    /// Why the rule failed, if it did.
    fault: Option<String>,
    /// How far it is settled.
    block: Option<String>,
    /// Block and index of an event to leave out.
    event: [Input; 2],
    is_paused: bool,
    runs: bool,
    /// Whether the reader may decide here.
    may: bool,
    summary: Vec<(String, String)>,
    settings: Vec<Setting>,
    closings: Vec<(String, Moment)>,
    zone: String,
    last: Input,
    who: Input,
    people: Vec<(String, String)>,
    reason: Input,
    confirm: Input,
}

impl ManagePage {
    /// Where something is sent to.
    fn to(&self, what: &str) -> String {
        self.say.href(&format!("{}/{what}", self.base))
    }
}

/// What was sent and is wrong: shown again.
#[derive(Default)]
struct Again {
    problem: Option<Problem>,
    /// Field, text that says what is wrong.
    mistakes: Vec<(&'static str, &'static str)>,
    typed: Vec<(&'static str, String)>,
}

impl Again {
    fn wrong(field: &'static str, text: &'static str, sent: &Sent) -> Self {
        let typed = ["last", "who", "reason", "confirm", "block", "index"]
            .map(|name| (name, sent.get(name).to_owned()));
        Self { problem: None, mistakes: vec![(field, text)], typed: typed.into() }
    }
}

impl From<Problem> for Again {
    fn from(problem: Problem) -> Self {
        Self { problem: Some(problem), ..Self::default() }
    }
}

/// `GET /incentives/{id}/manage`
pub(super) async fn show(asked: Asked, Path(id): Path<String>) -> Response {
    asked.page(move |asked| page(asked, &id, &Again::default())).await
}

fn page(asked: &Asked, id: &str, again: &Again) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let record = house.incentives.get(id).ok_or(Missing::Nothing("missing-incentive"))?;
    let incentive = &record.incentive;
    let course = Course::new(record, say.now);
    let status = state.views.status().into_iter().find(|task| *task.incentive == *id);
    let anonymity = veil::anonymity(&*state.store, id).map_or("names", |a| a.name());
    let wish = Wish::of(incentive, anonymity, true, say.now);
    let schema = state.plugins.get(&incentive.plugin).map(|info| info.manifest.settings);
    let may = asked.reach(Right::EnableIncentives).holds(&house.roster, &incentive.audience, say.now);
    let notice = super::notice(asked);
    let field = |name: &'static str, kind: Kind, value: String| {
        let wrong = again.mistakes.iter().find(|(field, _)| *field == name);
        let typed = again.typed.iter().find(|(field, _)| *field == name).map(|(_, typed)| typed.clone());
        Input {
            id: name.to_owned(),
            name: name.to_owned(),
            label: say.with(&format!("console-{name}"), &[("id", id.to_owned().into())]),
            help: say.texts.try_own(say.locale, &format!("page-console-{name}.help"), &[]),
            error: wrong.map(|(_, text)| say.t(text)),
            kind,
            value: typed.unwrap_or(value),
            ..Input::default()
        }
    };
    let line = |(id, text): &(&'static str, &'static str)| ((*id).to_owned(), say.t(text));
    let page = ManagePage {
        shell: Shell::new(
            asked,
            say.with("console-ask-manage", &[("title", incentive.title.clone().into())]),
            None,
        ),
        say: say.clone(),
        title: incentive.title.clone(),
        href: say.incentive(id, None),
        state: say.t(course.state()),
        form: asked.form_token(),
        base: format!("/incentives/{}", segment(id)),
        also: [("results", "console-results"), ("versions", "console-versions")]
            .map(|(path, label)| (say.href(&format!("/incentives/{}/{path}", segment(id))), say.t(label)))
            .into(),
        notice: notice.filter(|_| again.mistakes.is_empty() && again.problem.is_none()),
        problem: again.problem.as_ref().map(|problem| said(say, problem)),
        errors: again.mistakes.iter().map(line).collect(),
        block: status
            .as_ref()
            .map(|task| say.with("console-settled-to", &[("block", task.block.to_string().into())])),
        event: [
            field("block", Kind::Number, status.as_ref().map_or(0, |task| task.block + 1).to_string()),
            field("index", Kind::Number, String::new()),
        ],
        fault: status.and_then(|task| task.fault),
        is_paused: record.paused,
        runs: course.runs(),
        may,
        summary: summary(asked, record),
        settings: say.texts.settings(say.locale, incentive, schema.as_ref()),
        closings: if course.runs() { super::steps::closings(asked, &wish) } else { Vec::new() },
        zone: incentive.zone.name().to_owned(),
        last: field("last", Kind::Date, wish.last.clone()),
        who: field("who", Kind::Text, String::new()),
        people: offered(asked, incentive),
        reason: field("reason", Kind::Area, String::new()),
        confirm: field("confirm", Kind::Text, String::new()),
    };
    Ok(page.render()?)
}

fn summary(asked: &Asked, record: &IncentiveRecord) -> Vec<(String, String)> {
    let say = &asked.say;
    let incentive = &record.incentive;
    let house = asked.web.state.journal.house();
    let n = super::wish::count(&house.roster, &incentive.audience, say.now);
    let view = asked.web.state.views.incentives().into_iter().find(|view| view.id == incentive.id);
    let money: Vec<String> = view
        .iter()
        .flat_map(|view| &view.purse)
        .filter(|part| part.allotted > 0)
        .map(|part| {
            let words =
                [("spent", say.whole(part.paid).into()), ("of", say.units(part.allotted, &part.unit).into())];
            say.with("spent", &words)
        })
        .collect();
    let version =
        house.plugin(&incentive.plugin).map(|plugin| plugin.version.to_string()).unwrap_or_default();
    let rows = [
        ("console-plugin", format!("{} {version}", gallery::name(asked, &incentive.plugin))),
        ("console-id", incentive.id.to_string()),
        ("console-audience", say.n("console-n-people", i64::try_from(n).unwrap_or(i64::MAX))),
        ("console-money", if money.is_empty() { say.t("console-no-money") } else { money.join(" · ") }),
    ];
    rows.into_iter().map(|(label, text)| (say.t(label), text)).collect()
}

/// Who may be disqualified, by name: agents, and teams that somebody in the audience is in.
fn offered(asked: &Asked, incentive: &Incentive) -> Vec<(String, String)> {
    let say = &asked.say;
    let roster = asked.web.state.journal.house().roster;
    let all = roster.agents_in_audience(&incentive.audience, (say.now, say.now.saturating_add(1)));
    if all.len() > OFFERED {
        return Vec::new();
    }
    let mut named: Vec<(String, String)> =
        all.into_iter().map(|id| (say.name(&Subject::agent(id.clone())), id.to_string())).collect();
    named.sort();
    named
}

async fn again(asked: Asked, id: String, again: Again) -> Response {
    let status = again.problem.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, api::status);
    asked.page_as(status, move |asked| page(asked, &id, &again)).await
}

fn back(id: &str) -> String {
    format!("/incentives/{}/manage", segment(id))
}

fn done(asked: &Asked, id: &str, what: &str) -> Response {
    go(&asked.say.href(&format!("{}?done={what}", back(id))), vec![])
}

/// `POST /incentives/{id}/pause`
pub(super) async fn pause(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    decide(asked, id, &body, "pause").await
}

/// `POST /incentives/{id}/resume`
pub(super) async fn resume(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    decide(asked, id, &body, "resume").await
}

/// `POST /incentives/{id}/end`: for good, so its id is typed first.
pub(super) async fn end(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    let sent = Sent::read(&body, asked.say.locale);
    if asked.is_own_form(&crate::web::form::Filled::read(&body)) && sent.get("confirm") != id {
        return again(asked, id, Again::wrong("confirm", "console-wrong-confirm", &sent)).await;
    }
    decide(asked, id, &body, "end").await
}

async fn decide(asked: Asked, id: String, body: &[u8], word: &'static str) -> Response {
    if let Some(problem) = foreign(&asked, body) {
        return refused(asked, problem, back(&id)).await;
    }
    let state = State(asked.web.state.clone());
    let decided = match caller(&asked) {
        Ok(caller) => incentives::decide(state, Path((id.clone(), word.to_owned())), caller).await,
        Err(problem) => Err(problem),
    };
    match decided {
        Ok(_) => done(&asked, &id, word),
        Err(problem) => again(asked, id, problem.into()).await,
    }
}

/// `POST /incentives/{id}/leave-out`: one event that this incentive can't get past.
pub(super) async fn leave_out(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, back(&id)).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let (block, index) = (sent.get("block").parse::<u64>(), sent.get("index").parse::<u32>());
    let (Ok(block), Ok(index)) = (block, index) else {
        return again(asked, id, Again::wrong("index", "console-wrong-whole", &sent)).await;
    };
    let (headers, body) = document(&json!({ "block": block, "index": index }));
    let state = State(asked.web.state.clone());
    let decided = match caller(&asked) {
        Ok(caller) => decisions::leave_out(state, Path(id.clone()), caller, headers, body).await,
        Err(problem) => Err(problem),
    };
    match decided {
        Ok(_) => done(&asked, &id, "left-out"),
        Err(problem) => again(asked, id, problem.into()).await,
    }
}

/// `POST /incentives/{id}/extend`: another last day; everything else stays as it is.
pub(super) async fn extend(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, back(&id)).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let house = asked.web.state.journal.house();
    let Some(mut wish) = wish_of(&asked, &id, true) else {
        return asked.page(|_| Err(Missing::Nothing("missing-incentive"))).await;
    };
    sent.get("last").clone_into(&mut wish.last);
    // No last day is an open end, also where it had another one.
    wish.end = None;
    if !wish.last.is_empty() && day_of(&wish.last).is_none() {
        return again(asked, id, Again::wrong("last", "console-wrong-day", &sent)).await;
    }
    if let Some((field, text)) =
        wish.time_mistakes(asked.say.now).into_iter().find(|(field, _)| *field == "last")
    {
        return again(asked, id, Again::wrong(field, text, &sent)).await;
    }
    let wanted = wish.document(&house, asked.say.now);
    match api::put(&asked, &id, &wanted, false).await {
        Ok(_) => done(&asked, &id, "extended"),
        Err(problem) => again(asked, id, problem.into()).await,
    }
}

fn wish_of(asked: &Asked, id: &str, is_change: bool) -> Option<Wish> {
    let state = &asked.web.state;
    let house = state.journal.house();
    let record = house.incentives.get(id)?;
    let anonymity = veil::anonymity(&*state.store, id).map_or("names", |a| a.name());
    let reach = asked.reach(Right::SeeIncentives);
    let is_seen = reach.touches(&house.roster, &record.incentive.audience, asked.say.now);
    is_seen.then(|| Wish::of(&record.incentive, anonymity, is_change, asked.say.now))
}

/// `POST /incentives/{id}/manage/copy`: a draft with everything that this one has.
pub(super) async fn copy(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    begin(asked, id, &body, false).await
}

/// `POST /incentives/{id}/manage/next`: a draft of what comes after it, from the end of a period on.
pub(super) async fn next(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, back(&id)).await;
    }
    let (Some(mut wish), Some(now)) = (wish_of(&asked, &id, false), wish_of(&asked, &id, true)) else {
        return asked.page(|_| Err(Missing::Nothing("missing-incentive"))).await;
    };
    let closing = now.calendar(asked.say.now).and_then(|calendar| calendar.upcoming(asked.say.now, 1).pop());
    let Some(closing) = closing else {
        let detail = format!("no period of {id:?} is to come: nothing can follow it; copy it instead");
        return again(asked, id, Problem::unprocessable("bad-periods", detail).into()).await;
    };
    (wish.follows, wish.begin) = (id, Some(closing.end));
    gallery::start(asked, &wish).await
}

/// `POST /incentives/{id}/manage/change`: a draft that takes over when it is enabled.
pub(super) async fn change(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    begin(asked, id, &body, true).await
}

async fn begin(asked: Asked, id: String, body: &[u8], is_change: bool) -> Response {
    if let Some(problem) = foreign(&asked, body) {
        return refused(asked, problem, back(&id)).await;
    }
    match wish_of(&asked, &id, is_change) {
        Some(wish) => gallery::start(asked, &wish).await,
        None => asked.page(|_| Err(Missing::Nothing("missing-incentive"))).await,
    }
}

/// `POST /incentives/{id}/disqualify`: somebody, by typed name or number, with a reason that they will read.
pub(super) async fn disqualify(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, back(&id)).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let house = asked.web.state.journal.house();
    let Some(record) = house.incentives.get(id.as_str()) else {
        return asked.page(|_| Err(Missing::Nothing("missing-incentive"))).await;
    };
    let subject = match find(&asked, &house.roster, &record.incentive, sent.get("who")) {
        Ok(subject) => subject,
        Err(text) => return again(asked, id, Again::wrong("who", text, &sent)).await,
    };
    if sent.get("reason").is_empty() {
        return again(asked, id, Again::wrong("reason", "console-wrong-reason", &sent)).await;
    }
    let (headers, body) = document(&json!({ "subject": subject, "reason": sent.get("reason") }));
    let state = State(asked.web.state.clone());
    let decided = match caller(&asked) {
        Ok(caller) => decisions::disqualify(state, Path(id.clone()), caller, headers, body).await,
        Err(problem) => Err(problem),
    };
    match decided {
        Ok((_, Json(_))) => done(&asked, &id, "disqualified"),
        Err(problem) => again(asked, id, problem.into()).await,
    }
}

/// Whom somebody means: an external or opaque id, or the name of exactly one person in the audience.
fn find(asked: &Asked, roster: &Roster, incentive: &Incentive, typed: &str) -> Result<Id, &'static str> {
    if typed.is_empty() {
        return Err("console-wrong-missing");
    }
    let now = asked.say.now;
    let all = roster.agents_in_audience(&incentive.audience, (now, now.saturating_add(1)));
    let by_id = people::opaque(&asked.web.state, typed);
    if all.contains(&by_id) {
        return Ok(by_id);
    }
    if roster.team(typed).is_some() {
        return Ok(typed.into());
    }
    let names = asked.say.texts.names();
    let is_called = |id: &&Id| matches!(names.agent(id), Name::Known(name) if name.to_lowercase() == typed.to_lowercase());
    let mut called = all.iter().filter(is_called);
    match (called.next(), called.next()) {
        (Some(only), None) => Ok(only.clone()),
        (Some(_), Some(_)) => Err("console-wrong-two"),
        _ => Err("console-wrong-who"),
    }
}
