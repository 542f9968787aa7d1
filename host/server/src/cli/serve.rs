//! `plaudit serve`: everything put together.

pub(super) mod compose;
mod first_start;
mod postman;

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use axum::Router;
use plaudit_store::sled::SledStore;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{ConfigArgs, is_new};
use crate::{
    api::{AppState, Front, explain, routes},
    clock::Clock,
    config::{ClockMode, Config, Pages, secrets::Secrets},
    deliver::{self, one::Reading},
    ingest::identity::Identity,
    porter::{Porter, openid::OpenId},
    telemetry, web,
};

/// Runs until it is told to stop.
///
/// # Errors
/// What can't be read, opened or listened to, and the next step.
pub fn run(args: &ConfigArgs) -> anyhow::Result<()> {
    let config = args.load()?;
    telemetry::start_logs(&config.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(config))
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let prometheus = telemetry::start_metrics()?;
    let secrets = Secrets::load(&config.store.secrets_dir, is_new(&config.store.path))?;
    let openid = OpenId::open(&config)?;
    let store = Arc::new(SledStore::open(&config.store.path, config.store.cache_mb * 1024 * 1024)?);
    let clock = match config.clock.mode {
        ClockMode::System => Clock::system(),
        ClockMode::Driven => Clock::driven(config.clock.start.timestamp_millis()),
    };
    let closing = CancellationToken::new();
    let parts = compose::open(&config, &secrets, store.clone(), &clock, &closing)?;
    let postman = postman::House { deliveries: parts.deliveries.clone(), texts: parts.texts.clone() };
    let porter = Porter::new(Clock::system(), &secrets.mac_key, Arc::new(postman)).with_openid(openid);
    let state = AppState {
        journal: parts.journal.clone(),
        store,
        clock,
        config: Arc::new(config),
        views: parts.views.clone(),
        plugins: parts.plugins.clone(),
        previews: parts.previews.clone(),
        identity: Identity::new(&secrets.id_key),
        front: Arc::new(Front::default()),
        porter: Arc::new(porter),
        prometheus,
        closing: closing.clone(),
    };
    first_start::fill(&state).await?;
    state.reload()?;
    let deliveries = deliver::http::table(&state).into_router().with_state(parts.deliveries.clone());
    let reading = Reading { deliveries: parts.deliveries.clone(), texts: parts.texts.clone() };
    let deliveries = deliveries.merge(deliver::one::table(&state).into_router().with_state(reading));
    let explanations = explain::router(&state, parts.texts.clone());
    let pages = match state.config.server.pages {
        Pages::Open | Pages::Accounts => {
            web::router_with(state.clone(), parts.texts.clone(), Some(parts.deliveries.clone()))
        }
        Pages::Off => Router::new().fallback(routes::nothing_here),
    };
    let result = listen(&state, pages.merge(deliveries).merge(explanations)).await;
    closing.cancel();
    parts.close().await;
    result
}

/// Serves until a signal comes, then until the requests under way are answered.
async fn listen(state: &AppState, pages: Router) -> anyhow::Result<()> {
    let address = state.config.server.listen;
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!("{address} can't be listened to; is it taken? `server.listen` says where")
    })?;
    tracing::info!(%address, base_url = state.config.server.base_url(), driven = state.clock.is_driven(), "listening");
    let router = routes::with(state.clone(), pages);
    let closing = state.closing.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(closing.clone().cancelled_owned());
    state.front.set_ready(true);
    let mut serving = tokio::spawn(async move { serving.await });
    tokio::select! {
        ended = &mut serving => return Ok(ended??),
        () = told_to_stop() => {}
    }
    state.front.set_ready(false);
    tracing::info!("stopping: no new requests");
    closing.cancel();
    let patience = Duration::from_secs(state.config.server.shutdown_s);
    match tokio::time::timeout(patience, serving).await {
        Ok(ended) => Ok(ended??),
        Err(_) => {
            tracing::warn!("requests were still under way after `server.shutdown_s`; they are cut off");
            Ok(())
        }
    }
}

/// Ctrl-C, or SIGTERM from whoever supervises the process.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        drop(tokio::signal::ctrl_c().await);
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
