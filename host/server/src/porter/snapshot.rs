//! How the thing that a route is about stands: taken before and after a change, for the audit log.
//!
//! It reads what the house knows anyway, so no handler has to tell. Names, addresses and secrets are left out.

use plaudit_store::{
    family,
    family::{
        anonymity::Anonymities, endpoint::Endpoints, field::Fields, kudos::KudosRows, people::People,
        source::Sources, titles::Titles, token::Tokens,
    },
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{accounts, sessions};
use crate::{api::AppState, ingest::tokens::TOKENS_MAX};

/// The state of what the first two parts of a route's path name, such as `incentives` and `sprint`; `None` if there is
/// no such thing, or nothing to say about it.
pub fn of(state: &AppState, kind: &str, id: &str) -> Option<Value> {
    let house = state.journal.house();
    match kind {
        "incentives" => {
            let record = house.incentives.get(id)?;
            let anonymity = family::get::<Anonymities>(&*state.store, &id.to_owned()).ok().flatten();
            Some(json!({
                "incentive": record.incentive,
                "paused": record.paused,
                "ended": record.ended,
                "anonymity": anonymity.unwrap_or_default().name(),
            }))
        }
        "metrics" => value(house.metrics.get(id)?),
        "budgets" => {
            let budget = house.budgets.get(id)?;
            Some(json!({ "currency": budget.currency, "total": budget.total, "left": budget.left }))
        }
        "prizes" => Some(Value::String(format!("{:?}", house.prizes.get(id)?))),
        "sites" => titled(state, "site", id, value(house.roster.site(id)?)?),
        "teams" => titled(state, "team", id, value(house.roster.team(id)?)?),
        "agents" | "people" => {
            let agent = house.roster.agent(id).and_then(value);
            let person = family::get::<People>(&*state.store, &id.to_owned()).ok().flatten();
            // What changed is shown by a digest: the log must be able to outlive an erasure.
            let personal = person.map(|p| {
                let digest = blake3::hash(&family::value::<People>(&p));
                json!({ "erased": p.erased, "digest": &digest.to_hex()[..16] })
            });
            (agent.is_some() || personal.is_some()).then(|| json!({ "agent": agent, "personal": personal }))
        }
        "fields" => value(&family::get::<Fields>(&*state.store, &id.to_owned()).ok()??.names),
        "sources" => {
            let source = family::get::<Sources>(&*state.store, &id.to_owned()).ok()??;
            serde_json::from_str(&source.document).ok()
        }
        "endpoints" => {
            let e = family::get::<Endpoints>(&*state.store, &id.to_owned()).ok()??;
            Some(json!({ "incentives": e.incentives, "kinds": e.kinds, "disabled": e.disabled,
                "host": url::Url::parse(&e.url).ok().and_then(|url| url.host_str().map(str::to_owned)) }))
        }
        "tokens" => {
            let all = family::scan::<Tokens>(&*state.store, None, TOKENS_MAX).ok()?;
            let (_, token) = all.into_iter().find(|(_, token)| token.id == id)?;
            let scopes: Vec<_> = token.scopes.iter().map(|scope| scope.name()).collect();
            Some(json!({ "name": token.name, "scopes": scopes, "expires": token.expires,
                "revoked": token.revoked, "agent": token.agent, "made_by": token.made_by }))
        }
        "accounts" => account(state, id),
        "awards" => value(&state.views.award(id)?),
        "plugins" => {
            let plugin = house.plugins.iter().find(|plugin| *plugin.digest == *id)?;
            Some(json!({ "digest": plugin.digest, "name": plugin.name, "version": plugin.version }))
        }
        // Without what was written, and why it was removed.
        "kudos" | "thanks" => {
            let row = family::get::<KudosRows>(&*state.store, &id.to_owned()).ok()??;
            let from = row.kudos.from.to_string();
            Some(
                json!({ "from": from, "to": row.kudos.to, "words": row.kudos.words, "status": row.status.name(),
                "hidden": row.is_hidden }),
            )
        }
        "clock" => Some(json!({ "now": state.clock.now() })),
        _ => None,
    }
}

/// Without mail and name: the log shows whose account it is by its id.
fn account(state: &AppState, id: &str) -> Option<Value> {
    let account = accounts::get(&*state.store, id).ok()??;
    let sessions = sessions::of_account(&*state.store, id).ok()?.len();
    let login = blake3::hash(account.mail.as_bytes());
    let linked = super::openid::linked(&*state.store, id).ok()?;
    Some(json!({
        "roles": crate::api::accounts::roles(&account.grants),
        "agent": account.agent,
        "locale": account.locale,
        "mail_digest": &login.to_hex()[..16],
        "password_set": account.password_set,
        "openid": linked.map(|linked| linked.linked),
        "disabled": account.disabled,
        "sessions": sessions,
    }))
}

fn titled(state: &AppState, kind: &str, id: &str, what: Value) -> Option<Value> {
    let title = family::get::<Titles>(&*state.store, &format!("{kind}/{id}")).ok().flatten();
    Some(json!({ "title": title, "what": what }))
}

fn value(what: &impl Serialize) -> Option<Value> {
    serde_json::to_value(what).ok()
}
