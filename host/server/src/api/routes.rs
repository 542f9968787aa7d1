//! Every address of the API, with the scope it needs.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, StatusCode},
    middleware,
    response::{IntoResponse, Response},
    routing::{delete, get, post, put},
};
use plaudit_core::limits;
use plaudit_store::family::token::Scope;
use tower_http::{catch_panic::CatchPanicLayer, trace::TraceLayer};

use super::{
    AppState, approvals, auth, awards, boards, budgets, clock, decisions, draws, endpoints, events, feed,
    fields, finality, incentives, metrics, observe, payroll, people, plugins, previews, prizes,
    problem::Problem, roster, sources, tokens, versions,
};

/// The API. Pages (`web/`) are merged beside it by whoever serves.
pub fn router(state: AppState) -> Router {
    let body_max = state.config.ingest.body_bytes_max;
    let open = Router::new()
        .route("/healthz", get(observe::health))
        .route("/readyz", get(observe::ready))
        .route("/metrics", get(observe::metrics));
    Router::new()
        .merge(guard(&state, Scope::Ingest, ingest()))
        .merge(guard(&state, Scope::Read, read()))
        .merge(guard(&state, Scope::Manage, manage()))
        .merge(guard(&state, Scope::Admin, admin()))
        .merge(open)
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::map_response(explain_too_large))
        .layer(DefaultBodyLimit::max(body_max))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(middleware::from_fn(count_request))
        .with_state(state)
}

/// Lets only callers with a scope reach some routes.
pub fn guard<S: Clone + Send + Sync + 'static>(
    state: &AppState,
    scope: Scope,
    routes: Router<S>,
) -> Router<S> {
    routes.route_layer(middleware::from_fn_with_state((state.clone(), scope), auth::require))
}

fn ingest() -> Router<AppState> {
    Router::new().route("/v1/events", post(events::post)).route("/v1/sources/{name}", post(sources::post))
}

fn read() -> Router<AppState> {
    Router::new()
        .route("/v1/metrics", get(metrics::list))
        .route("/v1/metrics/{name}", get(metrics::get))
        .route("/v1/fields", get(fields::list))
        .route("/v1/plugins", get(plugins::list))
        .route("/v1/plugins/{plugin}", get(plugins::get))
        .route("/v1/incentives", get(incentives::list))
        .route("/v1/incentives/{id}", get(incentives::get))
        .route("/v1/incentives/{id}/boards/{board}", get(boards::get))
        .route("/v1/incentives/{id}/boards/{board}/stream", get(feed::board))
        .route("/v1/incentives/{id}/draws", get(draws::list))
        .route("/v1/incentives/{id}/chances", get(draws::chances))
        .route("/v1/incentives/{id}/draws/{period}/{draw}/receipt", get(draws::receipt))
        .route("/v1/budgets", get(budgets::list))
        .route("/v1/balances", get(awards::balances))
        .route("/v1/prizes", get(prizes::list))
        .route("/v1/awards", get(approvals::list))
        .route("/v1/awards/{id}", get(awards::get))
        .route("/v1/agents/{id}/awards", get(awards::of_agent))
        .route("/v1/agents/{id}/feed", get(feed::agent))
        .route("/v1/teams/{id}/awards", get(awards::of_team))
        .route("/v1/sites", get(roster::sites))
        .route("/v1/teams", get(roster::teams))
        .route("/v1/hashes", get(awards::hashes))
        .route("/v1/status", get(observe::status))
        .route("/v1/clock", get(clock::get))
        .route("/v1/previews/{id}", get(previews::get))
}

fn manage() -> Router<AppState> {
    Router::new()
        .route("/v1/metrics/{name}", put(metrics::put))
        .route("/v1/fields/{type}", put(fields::put))
        .route("/v1/incentives/{id}", put(incentives::put))
        .route("/v1/incentives/preview", post(previews::post))
        .route("/v1/previews/{id}", delete(previews::delete))
        .route("/v1/incentives/{id}/leave-out", post(decisions::leave_out))
        .route("/v1/incentives/{id}/disqualify", post(decisions::disqualify))
        .route("/v1/incentives/{id}/draws/{period}/{draw}/disqualify", post(draws::disqualify))
        .route("/v1/incentives/{id}/draws/{period}/{draw}/without-beacon", post(draws::without_beacon))
        .route("/v1/incentives/{id}/late", get(finality::late))
        .route("/v1/incentives/{id}/adjustments", get(finality::adjustments))
        .route("/v1/incentives/{id}/adjustments/accept", post(finality::accept))
        .route("/v1/incentives/{id}/adjustments/leave", post(finality::leave))
        .route("/v1/incentives/{id}/versions", get(versions::list))
        .route("/v1/incentives/{id}/upgrade", post(versions::upgrade))
        .route("/v1/incentives/{id}/upgrade/preview", post(versions::preview))
        .route("/v1/incentives/{id}/rollback", post(versions::rollback))
        .route("/v1/incentives/{id}/{decision}", post(incentives::decide))
        .route("/v1/budgets/{id}", put(budgets::put))
        .route("/v1/prizes/{id}", put(prizes::put))
        .route("/v1/awards/{id}/approve", post(approvals::approve))
        .route("/v1/awards/{id}/refuse", post(approvals::refuse))
        // Who got what: not for everyone who may read boards.
        .route("/v1/payroll", get(payroll::get))
        .route("/v1/roster", post(roster::import))
        .route("/v1/sites/{id}", put(roster::put_site))
        .route("/v1/teams/{id}", put(roster::put_team))
        // Names and addresses: not for everyone who may read boards.
        .route("/v1/agents", get(people::list))
        .route("/v1/agents/{id}", get(people::get).put(people::put))
        .route("/v1/people/{id}", delete(people::erase))
}

fn admin() -> Router<AppState> {
    let components = DefaultBodyLimit::max(limits::COMPONENT_INTERPRETED_BYTES_MAX);
    Router::new()
        .route("/v1/plugins", post(plugins::install).layer(components))
        .route("/v1/sources", get(sources::list))
        .route("/v1/sources/{name}", get(sources::get).put(sources::put).delete(sources::delete))
        .route("/v1/endpoints", get(endpoints::list))
        .route("/v1/endpoints/{id}", put(endpoints::put).delete(endpoints::delete))
        .route("/v1/tokens", get(tokens::list).post(tokens::post))
        .route("/v1/tokens/{id}", delete(tokens::revoke))
        .route("/v1/clock", post(clock::post))
}

async fn nothing_here(request: Request) -> Problem {
    let detail =
        format!("there is nothing at {}; the addresses of the API begin with /v1/", request.uri().path());
    Problem::new(StatusCode::NOT_FOUND, "no-such-address", detail)
}

async fn wrong_method(request: Request) -> Problem {
    let detail = format!(
        "{} does not take {}; the `Allow` header says what it takes",
        request.uri().path(),
        request.method()
    );
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", detail)
}

/// Axum answers bodies over the limit in plain text; here they are problems like all others.
async fn explain_too_large(response: Response) -> Response {
    let is_plain = |r: &Response| {
        r.headers().get("content-type").is_none_or(|t| !t.as_bytes().starts_with(b"application/problem"))
    };
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE && is_plain(&response) {
        let detail = format!(
            "the body is too large; {} bytes are allowed, send it in parts",
            limits::REQUEST_BYTES_MAX
        );
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", detail).into_response();
    }
    response
}

#[expect(clippy::needless_pass_by_value, reason = "tower-http's signature")]
fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("?"), "a handler panicked");
    let detail = "the server made a mistake; it is in its log under the request's id";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail).into_response()
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    // The path only: a query may hold what does not belong into logs.
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}

/// Gives each request an id, and counts it with its time.
async fn count_request(mut request: Request, next: middleware::Next) -> Response {
    let is_good =
        |id: &axum::http::HeaderValue| id.len() <= 64 && id.as_bytes().iter().all(u8::is_ascii_graphic);
    let id = request.headers().get(REQUEST_ID).filter(|id| is_good(id)).cloned().unwrap_or_else(|| {
        let id = format!("{:016x}", rand::random::<u64>());
        axum::http::HeaderValue::from_str(&id).unwrap_or(axum::http::HeaderValue::from_static("-"))
    });
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let route =
        request.extensions().get::<axum::extract::MatchedPath>().map_or("other", |p| p.as_str()).to_owned();
    let method = request.method().to_string();
    let start = std::time::Instant::now();
    let mut response = next.run(request).await;
    let took: Duration = start.elapsed();
    let status = response.status().as_str().to_owned();
    ::metrics::counter!("plaudit_http_requests_total", "method" => method, "route" => route.clone(), "status" => status)
        .increment(1);
    ::metrics::histogram!("plaudit_http_request_duration_seconds", "route" => route)
        .record(took.as_secs_f64());
    response.headers_mut().insert(REQUEST_ID, id);
    response
}
