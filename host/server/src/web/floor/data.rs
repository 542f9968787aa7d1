//! `/me/data.json`: everything that the house holds about whoever asks.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{SecondsFormat, TimeZone, Utc};
use plaudit_core::{
    Millis,
    event::{Event, Value as Field},
};
use plaudit_store::{
    StoreError, family,
    family::{account::Account, people::People},
};
use serde_json::{Map, Value, json};

use super::Own;
use crate::{
    api::kudos,
    api::settings,
    porter::sessions,
    web::{
        answer::{Asked, Missing},
        why::given,
    },
};

/// Awards and entries of the ledger at most.
const ROWS_MAX: usize = 100_000;
/// Facts at most. Who has more gets those of the last year, month or day, and is told so.
const FACTS_MAX: usize = 50_000;
/// How far back facts are tried for, in days.
const WINDOWS: [i64; 4] = [36_500, 365, 31, 1];

/// `GET /me/data.json`
pub(super) async fn download(asked: Asked) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let document = Own::of(&asked).map(|own| document(&asked, &own));
        (asked, document)
    });
    match made.await {
        Ok((_, Ok(Ok(document)))) => {
            let file = "attachment; filename=\"my-data.json\"".to_owned();
            let head =
                [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, file)];
            (head, format!("{document:#}\n")).into_response()
        }
        Ok((asked, Ok(Err(error)))) => asked.page(move |_| Err(Missing::Broken(error.to_string()))).await,
        Ok((asked, Err(missing))) => asked.page(move |_| Err(missing)).await,
        Err(error) => {
            tracing::error!(%error, "an export of somebody's data could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn document(asked: &Asked, own: &Own) -> Result<Value, StoreError> {
    let (say, state) = (&asked.say, &asked.web.state);
    let store = &*state.store;
    let house = state.journal.house();
    let person = family::get::<People>(store, &own.id.to_string())?.unwrap_or_default();
    let account =
        asked.caller.as_ref().and_then(|caller| caller.account()).map(|(account, _)| account.clone());
    let balances = state.views.balances_of(&own.subject());
    let own_balances = balances.iter();
    let awards = state.views.awards(&own.subject(), ROWS_MAX);
    let award = |award: &crate::api::views::AwardView| {
        let words = given(say, award);
        json!({ "award": award, "what": words.what, "because": words.sentence })
    };
    let booked = state.views.booked(&own.subject(), 0, ROWS_MAX);
    let entry = |booked: &crate::api::days::BookedView| {
        json!({ "at": iso(booked.at), "unit": booked.currency, "units": booked.units, "why": booked.why,
            "award": booked.award, "incentive": booked.incentive })
    };
    let (thanks_got, thanks_given) = match &asked.caller {
        Some(caller) => kudos::mine(state, &kudos::Eyes::of(state, caller), ROWS_MAX)?,
        None => Default::default(),
    };
    let choices = house.roster.choices_of(&own.id).iter();
    let choices = choices.map(|(from, competes)| json!({ "from": iso(*from), "competes": competes }));
    let (facts, days) = facts(asked, own);
    Ok(json!({
        "made_at": iso(say.now),
        "person": {
            "id": own.id, "external_id": person.external_id, "name": person.name, "language": person.locale,
            "mail": person.mail, "chat": person.chat,
        },
        "account": account.map(|account| of_account(asked, &account)).transpose()?,
        "settings": settings::view(state, &own.id)?,
        "competing": choices.collect::<Vec<_>>(),
        "terms": house.roster.agent(&own.id),
        "balances": own_balances.collect::<Vec<_>>(),
        "awards": awards.iter().map(award).collect::<Vec<_>>(),
        "thanks_got": thanks_got,
        "thanks_given": thanks_given,
        "entries": booked.iter().map(entry).collect::<Vec<_>>(),
        // Older facts are held as well, where this says fewer days than since the beginning.
        "facts_of_the_last_days": days,
        "facts": facts,
    }))
}

/// Without the password, which nobody can read.
fn of_account(asked: &Asked, account: &Account) -> Result<Value, StoreError> {
    let state = &asked.web.state;
    let sessions = sessions::list(&*state.store, &state.porter, &account.id)?;
    let session = |(_, session): &(sessions::SessionKey, family::session::Session)| json!({ "device": session.device, "begun": iso(session.created), "last_used": iso(session.seen) });
    let roles: Vec<&str> = account.grants.iter().map(|grant| grant.role.name()).collect();
    Ok(json!({
        "id": account.id, "mail": account.mail, "name": account.name, "language": account.locale, "roles": roles,
        "sessions": sessions.iter().map(session).collect::<Vec<_>>(),
    }))
}

/// Facts that hold, of as many days as fit, and of how many that was.
fn facts(asked: &Asked, own: &Own) -> (Vec<Value>, i64) {
    let (now, views) = (asked.say.now, &asked.web.state.views);
    let until = now.saturating_add(plaudit_core::DAY_MS);
    for days in WINDOWS {
        let from = now.saturating_sub(days * plaudit_core::DAY_MS);
        if let Some(found) = views.facts(&[own.subject()], (from, until), FACTS_MAX) {
            return (found.iter().map(|event| fact(event)).collect(), days);
        }
    }
    (Vec::new(), 0)
}

fn fact(event: &Event) -> Value {
    let value = |field: &Field| match field {
        Field::Number(number) => json!(number),
        Field::Text(text) => json!(text),
        Field::Bool(yes) => json!(yes),
    };
    let data: Map<String, Value> =
        event.fields.iter().map(|(name, field)| (name.to_string(), value(field))).collect();
    json!({
        "source": event.source, "id": event.id, "type": event.kind, "time": iso(event.time), "entity": event.entity,
        "revision": event.revision, "data": data,
    })
}

fn iso(at: Millis) -> String {
    let time = Utc.timestamp_millis_opt(at).single();
    time.map(|time| time.to_rfc3339_opts(SecondsFormat::Millis, true)).unwrap_or_default()
}
