//! `/deliveries`: what was sent where, what could not be, and sending it again. What a message says is private.

use askama::Template;
use axum::{body::Bytes, extract::Path, http::StatusCode, response::Response};
use chrono_tz::Tz;
use plaudit_core::{access::Right, event::Subject};
use plaudit_store::family::{
    delivery::{Delivery, State, Target},
    outbox::Body,
};

use super::{
    Shell,
    api::{caller, foreign, refused},
};
use crate::{
    api::{people, problem::Problem},
    deliver::{
        DeliverHandle, Filter, RetryError,
        one::{self, One, Reading, SaidView},
    },
    texts::Name,
    web::{
        answer::{Asked, Missing},
        form::go,
        say::{Say, segment},
        when::Moment,
    },
};

/// Channels, as the filter names them.
const CHANNELS: [&str; 5] = ["chat", "mail", "room", "webhook", "nowhere"];
/// Rows of a page.
const ROWS: usize = 50;
/// States in the order in which they need somebody, with their texts.
const STATES: [(State, &str); 6] = [
    (State::Dead, "dead"),
    (State::Pending, "pending"),
    (State::Waiting, "waiting"),
    (State::Sent, "sent"),
    (State::NoChannel, "no-channel"),
    (State::Cancelled, "cancelled"),
];

#[derive(Template)]
#[template(path = "console/deliveries.html")]
struct DeliveriesPage {
    shell: Shell,
    say: Say,
    form: String,
    notice: Option<String>,
    /// States with how many stand there: address, words, whether it is the one that is shown.
    states: Vec<(String, String, bool)>,
    /// Where all dead ones are sent again.
    retry_dead: Option<String>,
    /// What the list is narrowed to: state, incentive, channels with the one that is chosen, and who was typed.
    state: String,
    incentive: String,
    channels: Vec<(String, String, bool)>,
    who: String,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    target: String,
    channel: String,
    state: String,
    attempts: String,
    created: Moment,
    ago: String,
    what: String,
    error: Option<String>,
    retry: Option<String>,
    number: String,
    href: String,
}

#[derive(Template)]
#[template(path = "console/delivery.html")]
struct DeliveryPage {
    shell: Shell,
    say: Say,
    form: String,
    row: Row,
    facts: Vec<(String, String)>,
    /// What each message says: its incentive's title and page. None for who may not read about people.
    said: Option<Vec<(SaidView, String, String)>>,
}

/// How many deliveries could not be made, for those who see deliveries.
pub(super) fn dead(asked: &Asked) -> u64 {
    let may_see = asked.reach(Right::SeeDeliveries).is_everything();
    asked.web.deliveries.as_ref().filter(|_| may_see).map_or(0, |handle| handle.counts().dead)
}

fn handle(asked: &Asked) -> Option<DeliverHandle> {
    asked.web.deliveries.clone()
}

/// `GET /deliveries?state=dead&channel=mail&who=E1042&incentive=sprint&before=120`
pub(super) async fn show(asked: Asked) -> Response {
    let Some(handle) = handle(&asked) else { return missing(asked).await };
    let text = |name: &str| asked.query.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let wanted = asked.query.get("state").and_then(|name| STATES.iter().find(|(_, known)| known == name));
    let before = asked.query.get("before").and_then(|number| number.parse().ok());
    let state = wanted.map(|(state, _)| *state);
    let filter = Filter {
        state,
        channel: text("channel").map(str::to_owned),
        target: text("who").map(|who| target(&asked, who)),
        incentive: text("incentive").map(str::to_owned),
    };
    match handle.list(filter, before, ROWS).await {
        Ok(listed) => {
            let counts = handle.counts();
            let counts = [
                counts.dead,
                counts.pending,
                counts.waiting,
                counts.sent,
                counts.no_channel,
                counts.cancelled,
            ];
            asked.page(move |asked| page(asked, state, &listed.deliveries, listed.next, counts)).await
        }
        Err(error) => refused(asked, error.into(), "/".to_owned()).await,
    }
}

/// Whom somebody means: a person by number or name, else an endpoint or a room by its own name.
fn target(asked: &Asked, typed: &str) -> String {
    let roster = asked.web.state.journal.house().roster;
    let by_number = people::opaque(&asked.web.state, typed);
    if roster.agent(&by_number).is_some() {
        return by_number.to_string();
    }
    let names = asked.say.texts.names();
    let is_called = |id: &plaudit_core::Id| matches!(names.agent(id), Name::Known(name) if name.to_lowercase() == typed.to_lowercase());
    let called = roster.agents().find(|agent| is_called(&agent.id));
    called.map_or_else(|| typed.to_owned(), |agent| agent.id.to_string())
}

async fn missing(asked: Asked) -> Response {
    asked.page(|_| Err(Missing::Nothing("console-missing-deliveries"))).await
}

fn page(
    asked: &Asked,
    state: Option<State>,
    deliveries: &[(u64, Delivery)],
    next: Option<u64>,
    counts: [u64; 6],
) -> Result<String, Missing> {
    let say = &asked.say;
    let count = |n: u64| say.whole(i64::try_from(n).unwrap_or(i64::MAX));
    let may_retry = asked.reach(Right::RetryDeliveries).is_everything();
    let chosen = |name: &str| asked.query.get(name).cloned().unwrap_or_default();
    let narrowed: String = ["channel", "who", "incentive"]
        .map(|name| (name, chosen(name)))
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("&{name}={}", segment(value)))
        .collect();
    let place = |state: &str| say.href(&format!("/deliveries?state={state}{narrowed}"));
    let mut states = vec![(place(""), say.t("console-delivery-all"), state.is_none())];
    for ((of, name), n) in STATES.iter().zip(counts) {
        let label = format!("{} ({})", say.t(&format!("console-delivery-{name}")), count(n));
        states.push((place(name), label, state == Some(*of)));
    }
    let of_state = STATES.iter().find(|(of, _)| Some(*of) == state).map(|(_, name)| *name);
    let page = DeliveriesPage {
        shell: Shell::new(asked, say.t("console-ask-deliveries"), None),
        say: say.clone(),
        form: asked.form_token(),
        notice: super::notice(asked),
        states,
        retry_dead: (counts[0] > 0 && may_retry).then(|| say.href("/deliveries/retry-dead")),
        rows: deliveries.iter().map(|(id, delivery)| row(asked, *id, delivery, may_retry)).collect(),
        next: next.map(|number| {
            let state = of_state.unwrap_or_default();
            say.href(&format!("/deliveries?before={number}&state={state}{narrowed}"))
        }),
        state: of_state.unwrap_or_default().to_owned(),
        incentive: chosen("incentive"),
        channels: std::iter::once((
            String::new(),
            say.t("console-delivery-all"),
            chosen("channel").is_empty(),
        ))
        .chain(CHANNELS.map(|name| {
            (name.to_owned(), say.t(&format!("console-channel-{name}")), chosen("channel") == name)
        }))
        .collect(),
        who: chosen("who"),
    };
    Ok(page.render()?)
}

fn row(asked: &Asked, id: u64, delivery: &Delivery, may_retry: bool) -> Row {
    let say = &asked.say;
    // Deliveries count by the machine's clock, which a driven house does not show.
    let machine = say.at(asked.web.state.porter.now());
    let created = machine.moment(delivery.created, Tz::UTC);
    let target = match &delivery.target {
        Target::Chat(agent) | Target::Mail(agent) | Target::Nowhere(agent) => {
            say.name(&Subject::agent(agent.clone()))
        }
        Target::Webhook(name) | Target::Room(name) => name.to_string(),
    };
    let house = asked.web.state.journal.house();
    let mut titles: Vec<String> = delivery
        .messages
        .iter()
        .map(|message| {
            if matches!(message.body, Body::Kudos { .. }) {
                return say.t("thanks-word");
            }
            let record = house.incentives.get(&message.incentive);
            record.map_or_else(|| message.incentive.to_string(), |record| record.incentive.title.clone())
        })
        .collect();
    titles.dedup();
    let name = STATES.iter().find(|(of, _)| *of == delivery.state).map_or("pending", |(_, name)| *name);
    let can_retry = matches!(delivery.state, State::Dead | State::Pending | State::Sent) && may_retry;
    Row {
        target,
        channel: say.t(&format!("console-channel-{}", delivery.target.channel())),
        state: waits(asked, delivery).unwrap_or_else(|| say.t(&format!("console-delivery-{name}"))),
        attempts: say.n("console-n-attempts", i64::from(delivery.attempts)),
        ago: say.with("ago", &[("span", created.span.clone().into())]),
        created,
        what: titles.join(" · "),
        error: delivery.last_error.clone(),
        retry: can_retry.then(|| say.href(&format!("/deliveries/{id}/retry"))),
        number: id.to_string(),
        href: say.href(&format!("/deliveries/{id}")),
    }
}

/// "Waits until 08:00 for quiet hours", by the clock of whom it is for.
fn waits(asked: &Asked, delivery: &Delivery) -> Option<String> {
    let until = delivery.waited_until.filter(|_| delivery.state == State::Waiting)?;
    let roster = asked.web.state.journal.house().roster;
    let zone = roster.zone_of_agent(delivery.target.id(), until).unwrap_or(Tz::UTC);
    let until = asked.say.exact(until, zone);
    Some(asked.say.with("console-delivery-waits", &[("until", until.into())]))
}

/// `GET /deliveries/{id}`
pub(super) async fn one(asked: Asked, Path(id): Path<String>) -> Response {
    let Some((deliveries, id)) = handle(&asked).zip(id.parse().ok()) else { return missing(asked).await };
    let reading = Reading { deliveries, texts: asked.web.texts.clone() };
    let found = match caller(&asked) {
        Ok(caller) => one::read(&reading, id, &caller).await,
        Err(problem) => Err(problem),
    };
    match found {
        Ok(found) => asked.page(move |asked| one_page(asked, id, found)).await,
        Err(problem) => refused(asked, problem, "/deliveries".to_owned()).await,
    }
}

fn one_page(asked: &Asked, id: u64, found: One) -> Result<String, Missing> {
    let say = &asked.say;
    let may_retry = asked.reach(Right::RetryDeliveries).is_everything();
    let delivery = &found.row;
    let is_pending = delivery.state == State::Pending;
    let times = [
        ("console-delivery-created", Some(delivery.created)),
        ("console-delivery-first", delivery.first_attempt),
        ("console-delivery-last", delivery.last_attempt),
        ("console-delivery-next", Some(delivery.next_at).filter(|_| is_pending)),
    ];
    let exact = |at| say.exact(at, Tz::UTC);
    let facts = times.iter().filter_map(|(label, at)| Some((say.t(label), exact((*at)?)))).collect();
    let with_title = |said: SaidView| {
        // Thanks belong to no incentive.
        if said.incentive.is_empty() {
            return (said, say.t("thanks-word"), say.href("/kudos"));
        }
        let title = say.texts.incentive(&said.incentive);
        let href = say.incentive(&said.incentive, None);
        (said, title, href)
    };
    let page = DeliveryPage {
        shell: Shell::new(asked, say.with("console-ask-delivery", &[("n", id.to_string().into())]), None),
        say: say.clone(),
        form: asked.form_token(),
        row: row(asked, id, delivery, may_retry),
        facts,
        said: found.said.map(|all| all.into_iter().map(with_title).collect()),
    };
    Ok(page.render()?)
}

/// `POST /deliveries/{id}/retry`
pub(super) async fn retry(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/deliveries".to_owned()).await;
    }
    let Some((handle, id)) = handle(&asked).zip(id.parse().ok()) else { return missing(asked).await };
    answer(asked, handle.retry(id).await).await
}

/// `POST /deliveries/retry-dead`
pub(super) async fn retry_dead(asked: Asked, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/deliveries".to_owned()).await;
    }
    let Some(handle) = handle(&asked) else { return missing(asked).await };
    answer(asked, handle.retry_dead().await.map(drop)).await
}

async fn answer(asked: Asked, done: Result<(), RetryError>) -> Response {
    let problem = match done {
        Ok(()) => return go(&asked.say.href("/deliveries?done=retried"), vec![]),
        Err(RetryError::Store(error)) => error.into(),
        Err(error @ RetryError::Unknown(_)) => {
            Problem::new(StatusCode::NOT_FOUND, "not-found", error.to_string())
        }
        Err(error @ RetryError::NotNow(..)) => Problem::conflict("not-now", error.to_string()),
    };
    refused(asked, problem, "/deliveries".to_owned()).await
}
