//! The pages that messages link to: what runs, boards, draws, why somebody got something, what an agent has got.
//!
//! Rendered here, whole without a script; the script only fetches a page again when something in it has changed. There
//! are no accounts yet, so `server.pages` decides whether there are pages at all.

mod agent;
mod answer;
mod assets;
mod draw;
mod explain;
mod home;
mod incentive;
mod live;
mod say;
mod shell;
#[cfg(test)]
mod tests;
mod when;
mod why;

use std::sync::Arc;

use axum::{Router, routing::get};
use tokio::sync::Semaphore;

use crate::{api::AppState, texts::Texts};

/// Live streams that are open at a time; one more is answered 503 with Retry-After, and its page stays as it is.
const LIVE_MAX: usize = 2000;

/// What pages are made of; cheap to clone.
#[derive(Clone)]
struct Web {
    state: AppState,
    texts: Arc<Texts>,
    live: Arc<Semaphore>,
}

/// All pages, with their assets and live streams: to be merged beside the API. Everybody who reaches them reads names.
pub fn router(state: AppState, texts: Arc<Texts>) -> Router {
    let web = Web { state, texts, live: Arc::new(Semaphore::new(LIVE_MAX)) };
    Router::new()
        .route("/", get(home::show))
        .route("/incentives/{id}", get(incentive::show))
        .route("/draws/{incentive}/{period}/{draw}", get(draw::show))
        .route("/draws/{incentive}/{period}/{draw}/receipt.json", get(draw::receipt))
        .route("/why/{effect}", get(why::show))
        .route("/agents/{id}", get(agent::show))
        .route("/agents/{id}/why/{incentive}", get(explain::show))
        .route("/live", get(live::house))
        .route("/live/incentives/{id}", get(live::incentive))
        .route("/live/agents/{id}", get(live::agent))
        .route("/assets/app.css", get(assets::css))
        .route("/assets/app.js", get(assets::js))
        .route("/assets/mark.svg", get(assets::mark))
        .layer(axum::middleware::map_response(answer::secure))
        .with_state(web)
}
