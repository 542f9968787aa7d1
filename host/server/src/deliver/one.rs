//! `GET /v1/deliveries/{id}`: one delivery, with what it says for those who may read about people.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State as Shared},
};
use plaudit_core::{
    access::Right,
    event::{Subject, SubjectKind},
};
use plaudit_store::family::{
    delivery::{Delivery, Target},
    outbox::{Body, Message, Recipient},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{DeliverHandle, http};
use crate::{
    api::{
        AppState,
        auth::Caller,
        problem::{Answer, Problem},
        table::{Object, Table},
    },
    texts::{Locale, Reader, Texts},
};

/// What reading a delivery takes; cheap to clone.
#[derive(Clone)]
pub struct Reading {
    /// The book of deliveries.
    pub deliveries: DeliverHandle,
    /// Says messages.
    pub texts: Arc<Texts>,
}

/// A delivery as the API shows it.
#[derive(Serialize, ToSchema)]
#[schema(as = WholeDelivery)]
pub(crate) struct One {
    #[serde(flatten)]
    shown: http::Shown,
    /// What each message says; none for callers who may not read about people.
    pub(crate) said: Option<Vec<SaidView>>,
    /// As it is kept.
    #[serde(skip)]
    pub(crate) row: Delivery,
}

/// A message as it was told.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SaidMessage)]
pub(crate) struct SaidView {
    /// Its language.
    pub(crate) locale: &'static str,
    /// Sentence and fact.
    pub(crate) line: String,
    /// Where its link leads.
    pub(crate) url: Option<String>,
    /// The incentive that it is about.
    pub(crate) incentive: String,
}

/// The route with its right.
pub fn table(state: &AppState) -> Table<Reading> {
    Table::new(state).get("/v1/deliveries/{id}", Right::SeeDeliveries, Object::House, get)
}

async fn get(Shared(reading): Shared<Reading>, Path(id): Path<u64>, caller: Caller) -> Answer<Json<One>> {
    read(&reading, id, &caller).await.map(Json)
}

/// One delivery, as this caller may see it.
///
/// # Errors
/// There is none of this number, or the store fails.
pub(crate) async fn read(reading: &Reading, id: u64, caller: &Caller) -> Answer<One> {
    let row = reading.deliveries.get(id).await?;
    let row = row.ok_or_else(|| Problem::not_found("delivery", &id.to_string(), "/v1/deliveries"))?;
    let may_read = caller.access.may_everywhere(Right::SeePeople);
    let said = |message: &Message| said(&reading.texts, &row.target, message);
    let said = may_read.then(|| row.messages.iter().map(said).collect());
    Ok(One { shown: http::shown(id, row.clone()), said, row })
}

/// In the language of whom it is for, as it would be told now: names are those of now.
fn said(texts: &Texts, target: &Target, message: &Message) -> SaidView {
    let person = match (target, &message.to) {
        (Target::Chat(agent) | Target::Mail(agent) | Target::Nowhere(agent), _) => Some(agent),
        (_, Recipient::Subject(Subject { kind: SubjectKind::Agent, id })) => Some(id),
        _ => None,
    };
    let person = person.and_then(|agent| texts.names().person(agent));
    let locale = person.map_or(Locale::En, |person| Locale::closest(&person.locale));
    let reader = match target {
        Target::Room(_) => Reader::Others,
        // No webhook hears what somebody wrote.
        Target::Webhook(_) if matches!(message.body, Body::Kudos { .. }) => Reader::Others,
        _ => Reader::Self_,
    };
    let said = texts.say(locale, message, reader);
    SaidView {
        locale: locale.tag(),
        line: said.line(),
        url: said.link.map(|link| link.url),
        incentive: message.incentive.to_string(),
    }
}

/// The route with its guard, and nothing behind it.
#[cfg(test)]
pub(crate) fn guarded_for_tests(state: &AppState) -> axum::Router {
    async fn nothing() -> axum::http::StatusCode {
        axum::http::StatusCode::NO_CONTENT
    }
    table(state).rows().iter().fold(Table::<()>::new(state), |all, row| all.same(row, nothing)).into_router()
}
