//! The pages that messages link to: what runs, boards, draws, why somebody got something, what an agent has got.
//!
//! Rendered here, whole without a script; the script only fetches a page again when something in it has changed. Who sees
//! what is decided by the same guard as in the API (`api/auth.rs`); `answer.rs` says a refusal in the reader's language.

mod agent;
mod answer;
mod assets;
mod console;
mod draw;
mod explain;
mod first_start;
mod floor;
mod form;
mod home;
mod incentive;
mod link;
mod live;
mod my;
mod openid;
mod say;
mod shell;
mod sign_in;
#[cfg(test)]
mod tests;
mod when;
mod why;

use std::sync::Arc;

use axum::Router;
use plaudit_core::access::Right;
use tokio::sync::Semaphore;

use crate::{
    api::{
        AppState,
        table::{Object, Row, Table},
    },
    deliver::DeliverHandle,
    texts::Texts,
};

/// Live streams that are open at a time; one more is answered 503 with Retry-After, and its page stays as it is.
const LIVE_MAX: usize = 2000;

/// What pages are made of; cheap to clone.
#[derive(Clone)]
struct Web {
    state: AppState,
    texts: Arc<Texts>,
    live: Arc<Semaphore>,
    /// A hand on deliveries, where there are any.
    deliveries: Option<DeliverHandle>,
}

/// All pages, with their assets and live streams: to be merged beside the API.
pub fn router(state: AppState, texts: Arc<Texts>) -> Router {
    router_with(state, texts, None)
}

/// The same with the pages of deliveries.
pub fn router_with(state: AppState, texts: Arc<Texts>, deliveries: Option<DeliverHandle>) -> Router {
    let web = Web { state, texts, live: Arc::new(Semaphore::new(LIVE_MAX)), deliveries };
    table(&web.state)
        .otherwise(answer::nothing_here)
        .into_router()
        .layer(axum::middleware::from_fn_with_state(web.clone(), answer::say_refusals))
        .layer(axum::middleware::map_response(answer::secure))
        .with_state(web)
}

/// Their rows.
pub fn rows(state: &AppState) -> Vec<Row> {
    table(state).rows().to_vec()
}

fn table(state: &AppState) -> Table<Web> {
    use Object::{Award, Handler, Incentive, Oneself, OpaqueAgent};
    let (see, own) = (Right::SeeIncentives, Right::OwnAccount);
    let receipt = "/draws/{incentive}/{period}/{draw}/receipt.json";
    floor::add(console::rows(Table::new(state)))
        .get("/", see, Handler, home::show)
        .get("/incentives/{id}", see, Incentive("id"), incentive::show)
        .get("/draws/{incentive}/{period}/{draw}", see, Incentive("incentive"), draw::show)
        .get(receipt, see, Incentive("incentive"), draw::receipt)
        .get("/why/{effect}", Right::SeeAwards, Award("effect"), why::show)
        .get("/agents/{id}", Right::SeeAwards, OpaqueAgent("id"), agent::show)
        .get("/agents/{id}/why/{incentive}", Right::Explain, OpaqueAgent("id"), explain::show)
        .get("/live", see, Handler, live::house)
        .get("/live/incentives/{id}", see, Incentive("id"), live::incentive)
        .get("/live/agents/{id}", Right::SeeAwards, OpaqueAgent("id"), live::agent)
        .open_get("/assets/app.css", assets::css)
        .open_get("/assets/app.js", assets::js)
        .open_get("/assets/mark.svg", assets::mark)
        .open_get("/sign-in", sign_in::show)
        .open_post("/sign-in", sign_in::send)
        .open_get("/sign-in/openid", openid::set_out)
        .open_get(crate::porter::openid::BACK, openid::back)
        .open_get("/first-start", first_start::show)
        .open_post("/first-start", first_start::send)
        .open_get("/invitation", link::invitation)
        .open_post("/invitation", link::accept)
        .open_get("/reset", link::reset)
        .open_post("/reset", link::set)
        .open_get("/forgot", link::forgot)
        .open_post("/forgot", link::ask)
        .post("/sign-out", own, Oneself, sign_in::out)
        .get("/account", own, Oneself, my::show)
        .post("/account/language", own, Oneself, my::language)
        .post("/account/password", own, Oneself, my::password)
        .post("/account/sessions/{id}/end", own, Oneself, my::end_one)
        .post("/account/sessions/end", own, Oneself, my::end_all)
}
