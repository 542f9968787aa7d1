//! `/v1/agents`, `/v1/people`: an agent's terms and name; erasing what is personal.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_core::{
    Id,
    event::{Subject, SubjectKind},
    journal::Entry,
    roster::{Agent, RosterChange, Stint},
};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        appearance::Appearances,
        people::{People, Person},
        preference::Preferences,
        titles::Titles,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState,
    auth::{self, Caller},
    document, idempotency,
    problem::{Answer, Problem},
};
use crate::{ingest::identity::Identity, porter::accounts};

/// An agent with everything, for those who manage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgentView {
    /// Opaque id.
    pub id: Id,
    /// Id of the contact centre's systems; empty once erased.
    #[serde(default)]
    pub external_id: String,
    /// Shown name.
    #[serde(default)]
    pub name: String,
    /// `en`, `es`, `lt`, `zh-Hans` or `zh-Hant`.
    #[serde(default)]
    pub locale: String,
    /// Mail address.
    #[serde(default)]
    pub mail: Option<String>,
    /// Member id in the chat workspace.
    #[serde(default)]
    pub chat: Option<String>,
    /// Whether what is personal was erased.
    #[serde(default)]
    pub erased: bool,
    /// Days since 1970-01-01.
    pub hired_day: Option<i32>,
    /// Own zone.
    pub zone: Option<chrono_tz::Tz>,
    /// Terms, with `from` in milliseconds.
    pub stints: Vec<Stint>,
}

/// What `PUT /v1/agents/{id}` takes: the whole of it.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentDocument {
    /// Shown name.
    pub name: String,
    /// Language of messages; `en` by default.
    #[serde(default)]
    pub locale: Option<String>,
    /// Mail address.
    #[serde(default)]
    pub mail: Option<String>,
    /// Member id in the chat workspace.
    #[serde(default)]
    pub chat: Option<String>,
    /// Days since 1970-01-01.
    #[serde(default)]
    pub hired_day: Option<i32>,
    /// Own zone.
    #[serde(default)]
    pub zone: Option<chrono_tz::Tz>,
    /// Terms, with `from` in milliseconds, rising.
    pub stints: Vec<Stint>,
}

/// Languages that texts come in.
pub const LOCALES: [&str; 5] = ["en", "es", "lt", "zh-Hans", "zh-Hant"];

/// The opaque id for what somebody wrote: an opaque id of the roster, or an external one.
pub fn opaque(state: &AppState, given: &str) -> Id {
    if Identity::is_opaque(given) && state.journal.house().roster.agent(given).is_some() {
        return given.into();
    }
    state.identity.opaque(given)
}

/// `GET /v1/agents/{external or opaque id}`
pub async fn get(State(state): State<AppState>, Path(given): Path<String>) -> Answer<Json<AgentView>> {
    let id = opaque(&state, &given);
    let house = state.journal.house();
    let agent = house.roster.agent(&id).ok_or_else(|| Problem::not_found("agent", &given, "/v1/agents"))?;
    Ok(Json(view(agent, family::get::<People>(&*state.store, &id.to_string())?.unwrap_or_default())))
}

/// `GET /v1/agents`: all, by opaque id.
pub async fn list(State(state): State<AppState>, caller: Caller) -> Answer<Json<Vec<AgentView>>> {
    let (house, now) = (state.journal.house(), state.clock.now());
    let is_seen = |agent: &&Agent| caller.reach.covers_agent(&house.roster, &agent.id, now);
    let person = |agent: &Agent| -> Result<AgentView, StoreError> {
        Ok(view(agent, family::get::<People>(&*state.store, &agent.id.to_string())?.unwrap_or_default()))
    };
    Ok(Json(house.roster.agents().filter(is_seen).map(person).collect::<Result<_, _>>()?))
}

fn view(agent: &Agent, person: Person) -> AgentView {
    let Person { external_id, name, locale, mail, chat, erased } = person;
    AgentView {
        id: agent.id.clone(),
        external_id,
        name,
        locale,
        mail,
        chat,
        erased,
        hired_day: agent.hired_day,
        zone: agent.zone,
        stints: agent.stints.clone(),
    }
}

/// `PUT /v1/agents/{external or opaque id}`
pub async fn put(
    State(state): State<AppState>,
    Path(given): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<AgentView>> {
    let document: AgentDocument = document::read(&headers, &body)?;
    let id = opaque(&state, &given);
    let known = family::get::<People>(&*state.store, &id.to_string())?;
    let external_id =
        if *id == *given { known.as_ref().map(|p| p.external_id.clone()).unwrap_or_default() } else { given };
    let person = Person {
        external_id,
        name: document.name,
        locale: document.locale.unwrap_or_else(|| "en".to_owned()),
        mail: document.mail.filter(|m| !m.is_empty()),
        chat: document.chat.filter(|c| !c.is_empty()),
        erased: false,
    };
    check_person(&person)
        .map_err(|(field, problem)| Problem::unprocessable("bad-agent", format!("`{field}` {problem}")))?;
    let agent =
        Agent { id: id.clone(), hired_day: document.hired_day, zone: document.zone, stints: document.stints };
    let house = state.journal.house();
    if !caller.reach.may_change(&house.roster, house.roster.agent(&id), &agent, state.clock.now()) {
        return Err(auth::beyond(&caller));
    }
    if house.roster.agent(&id) != Some(&agent) {
        let change = RosterChange::Agent(agent.clone());
        house
            .roster
            .validate(&change)
            .map_err(|error| Problem::unprocessable("bad-roster", error.to_string()))?;
        state.journal.append(vec![Entry::Roster(change)]).await?;
    }
    keep(&*state.store, [(id, person.clone())])?;
    Ok(Json(view(&agent, person)))
}

/// `DELETE /v1/people/{external or opaque id}`: what is personal goes, an account that belongs to the agent and what they
/// wrote and got as thanks as well; journal and ledger keep the opaque id.
pub async fn erase(State(state): State<AppState>, Path(given): Path<String>) -> Answer<StatusCode> {
    let id = opaque(&state, &given);
    family::get::<People>(&*state.store, &id.to_string())?
        .ok_or_else(|| Problem::not_found("person", &given, "/v1/agents"))?;
    let own = accounts::list(&*state.store)?.into_iter().filter(|a| a.agent.as_deref() == Some(&*id));
    let own: Vec<String> = own.map(|account| account.id).collect();
    accounts::erase_of_agent(&*state.store, &id)?;
    idempotency::forget_answers(&*state.store)?;
    let mut batch = Batch::default();
    family::delete::<Appearances>(&mut batch, &id.to_string());
    family::kudos::erase_texts(&*state.store, &mut batch, &id, &own)?;
    family::delete::<Preferences>(&mut batch, &id.to_string());
    state.store.apply(batch)?;
    keep(&*state.store, [(id, Person { erased: true, locale: "en".to_owned(), ..Person::default() })])?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is wrong with a person's data: field and problem.
pub(crate) fn check_person(person: &Person) -> Result<(), (&'static str, String)> {
    if person.name.is_empty()
        || person.name.chars().count() > 200
        || person.name.chars().any(char::is_control)
    {
        return Err(("name", format!("is {:?}, and must be 1 to 200 characters", person.name)));
    }
    if !LOCALES.contains(&&*person.locale) {
        return Err((
            "locale",
            format!("is {:?}, and must be one of: {}", person.locale, LOCALES.join(", ")),
        ));
    }
    match &person.mail {
        Some(mail) if mail.parse::<lettre::Address>().is_err() => {
            Err(("mail", format!("is {mail:?}, which is no mail address")))
        }
        _ => Ok(()),
    }
}

/// Writes people durably.
pub(crate) fn keep(
    store: &dyn Store,
    people: impl IntoIterator<Item = (Id, Person)>,
) -> Result<(), StoreError> {
    let mut batch = Batch::default();
    for (id, person) in people {
        family::put::<People>(&mut batch, &id.to_string(), &person);
    }
    if batch.is_empty() {
        return Ok(());
    }
    store.apply(batch)?;
    store.sync()
}

/// Shown names, each looked up once.
#[derive(Default)]
pub struct Names(BTreeMap<Subject, Option<String>>);

impl Names {
    /// The name of an agent or team, if it has one.
    ///
    /// # Errors
    /// The store fails.
    pub fn of(&mut self, store: &dyn Store, subject: &Subject) -> Result<Option<String>, StoreError> {
        if let Some(known) = self.0.get(subject) {
            return Ok(known.clone());
        }
        let name = match subject.kind {
            SubjectKind::Agent => {
                family::get::<People>(store, &subject.id.to_string())?.map(|person| person.name)
            }
            SubjectKind::Team => family::get::<Titles>(store, &subject.to_string())?,
            SubjectKind::Queue => None,
        };
        let name = name.filter(|name| !name.is_empty());
        self.0.insert(subject.clone(), name.clone());
        Ok(name)
    }
}
