//! Every address of the API, with the right it needs; those of deliveries stand in `deliver/http.rs`.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
};
use plaudit_core::{access::Right, limits};
use tower_http::{catch_panic::CatchPanicLayer, trace::TraceLayer};

use super::{
    AppState, accounts, approvals, audit, awards, boards, budgets, clock, decisions, drafts, draws,
    endpoints, events, feed, fields, finality, incentives, intake, kudos, ledger, me, metrics, observe,
    openapi, payroll, people, plugins, previews, prizes,
    problem::Problem,
    recent, reports, roster, settings, sources,
    table::{
        Object::{
            Agent, Award, Handler, House, Incentive, NewAgent, NewIncentive, NewTeam, Oneself, Site, Team,
        },
        Table,
    },
    tokens, versions,
};

/// The API alone.
pub fn router(state: AppState) -> Router {
    with(state, Router::new().fallback(nothing_here))
}

/// The API with pages and whatever else is served beside it, with what stands around all of them. What is beside it answers
/// where there is nothing, with [`nothing_here`] or a page.
pub fn with(state: AppState, beside: Router) -> Router {
    let body_max = state.config.ingest.body_bytes_max;
    let is_tls = state.config.server.public_url.starts_with("https://");
    table(&state)
        .into_router()
        .with_state(state)
        .merge(beside)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::map_response(explain_too_large))
        .layer(DefaultBodyLimit::max(body_max))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(middleware::from_fn(count_request))
        .layer(middleware::map_response(move |response: Response| harden(response, is_tls)))
}

/// Every route of the API with its right and what it is about. `docs/access.md` has the table of roles.
pub fn table(state: &AppState) -> Table<AppState> {
    let table = Table::new(state)
        .open_get("/healthz", observe::health)
        .open_get("/readyz", observe::ready)
        .open_get("/metrics", observe::metrics)
        .open_get("/v1/openapi.json", openapi::get)
        .post("/v1/events", Right::PostEvents, House, events::post)
        .post("/v1/sources/{name}", Right::PostEvents, House, sources::post);
    accounts_and_tokens(managing(reading(table)))
}

fn reading(table: Table<AppState>) -> Table<AppState> {
    let draws = "/v1/incentives/{id}/draws";
    let receipt = "/v1/incentives/{id}/draws/{period}/{draw}/receipt";
    table
        .get("/v1/metrics", Right::SeeCatalogue, House, metrics::list)
        .get("/v1/metrics/{name}", Right::SeeCatalogue, House, metrics::get)
        .get("/v1/fields", Right::SeeCatalogue, House, fields::list)
        .get("/v1/plugins", Right::SeeCatalogue, House, plugins::list)
        .get("/v1/plugins/{plugin}", Right::SeeCatalogue, House, plugins::get)
        .get("/v1/prizes", Right::SeeCatalogue, House, prizes::list)
        .get("/v1/prizes/{id}", Right::SeeCatalogue, House, prizes::get)
        .get("/v1/sites", Right::SeeCatalogue, House, roster::sites)
        .get("/v1/teams", Right::SeeCatalogue, House, roster::teams)
        .get("/v1/incentives", Right::SeeIncentives, Handler, incentives::list)
        .get("/v1/incentives/{id}", Right::SeeIncentives, Incentive("id"), incentives::get)
        .get("/v1/incentives/{id}/boards/{board}", Right::SeeBoards, Incentive("id"), boards::get)
        .get("/v1/incentives/{id}/boards/{board}/stream", Right::SeeBoards, Incentive("id"), feed::board)
        .get(draws, Right::SeeIncentives, Incentive("id"), draws::list)
        .get("/v1/incentives/{id}/chances", Right::SeeIncentives, Incentive("id"), draws::chances)
        .get(receipt, Right::SeeIncentives, Incentive("id"), draws::receipt)
        .get("/v1/budgets", Right::SeeBudgets, House, budgets::list)
        .get("/v1/budgets/{id}", Right::SeeBudgets, House, budgets::get)
        .get("/v1/balances", Right::SeeBalances, Handler, awards::balances)
        .get("/v1/awards", Right::SeeAwards, Handler, approvals::list)
        .get("/v1/awards/{id}", Right::SeeAwards, Award("id"), awards::get)
        .get("/v1/agents/{id}/awards", Right::SeeAwards, Agent("id"), awards::of_agent)
        .get("/v1/agents/{id}/feed", Right::SeeAwards, Agent("id"), feed::agent)
        .get("/v1/teams/{id}/awards", Right::SeeAwards, Team("id"), awards::of_team)
        .get("/v1/hashes", Right::SeeHouse, House, awards::hashes)
        .get("/v1/status", Right::SeeHouse, House, observe::status)
        .get("/v1/clock", Right::SeeHouse, House, clock::get)
        .get("/v1/previews/{id}", Right::SeePreviews, Handler, previews::get)
        .get("/v1/incentives/{id}/late", Right::SeeBooks, Incentive("id"), finality::late)
        .get("/v1/incentives/{id}/adjustments", Right::SeeBooks, Incentive("id"), finality::adjustments)
        .get("/v1/incentives/{id}/versions", Right::SeeBooks, Incentive("id"), versions::list)
        // Who got what: not for everyone who may read boards.
        .get("/v1/payroll", Right::SeePayroll, House, payroll::get)
        // Names and addresses: not for everyone who may read boards.
        .get("/v1/agents", Right::SeePeople, Handler, people::list)
        .get("/v1/agents/{id}", Right::SeePeople, Agent("id"), people::get)
        .get("/v1/audit", Right::ReadAudit, House, audit::list)
        // Single facts about people, before anything is made of them.
        .get("/v1/events/recent", Right::SetMetrics, House, recent::list)
        .get("/v1/reports", Right::SeeBooks, Handler, reports::get)
        .get("/v1/incentives/{id}/effect", Right::SeeBooks, Incentive("id"), reports::effect)
        .get("/v1/intake", Right::SeeHouse, House, intake::list)
        .get("/v1/intake/sample", Right::SetSources, House, intake::sample)
        .get("/v1/ledger", Right::SeePayroll, House, ledger::list)
        .get("/v1/kudos", Right::SeeKudos, Handler, kudos::list)
}

fn managing(table: Table<AppState>) -> Table<AppState> {
    let enable = Right::EnableIncentives;
    let of_draw = "/v1/incentives/{id}/draws/{period}/{draw}/disqualify";
    let without_beacon = "/v1/incentives/{id}/draws/{period}/{draw}/without-beacon";
    let component_max = limits::COMPONENT_INTERPRETED_BYTES_MAX;
    table
        .put("/v1/metrics/{name}", Right::SetMetrics, House, metrics::put)
        .put("/v1/fields/{type}", Right::SetMetrics, House, fields::put)
        .put("/v1/incentives/{id}", enable, NewIncentive("id"), incentives::put)
        .post("/v1/incentives/preview", Right::Preview, Handler, previews::post)
        .delete("/v1/previews/{id}", Right::Preview, Handler, previews::delete)
        .get("/v1/drafts", Right::Preview, Handler, drafts::list)
        .post("/v1/drafts", Right::Preview, Handler, drafts::post)
        .get("/v1/drafts/{id}", Right::Preview, Handler, drafts::get)
        .put("/v1/drafts/{id}", Right::Preview, Handler, drafts::put)
        .delete("/v1/drafts/{id}", Right::Preview, Handler, drafts::delete)
        .post("/v1/incentives/{id}/leave-out", enable, Incentive("id"), decisions::leave_out)
        .post("/v1/incentives/{id}/disqualify", Right::Disqualify, Incentive("id"), decisions::disqualify)
        .post(of_draw, Right::Disqualify, Incentive("id"), draws::disqualify)
        .post(without_beacon, Right::Disqualify, Incentive("id"), draws::without_beacon)
        .post("/v1/incentives/{id}/adjustments/accept", Right::Adjust, Incentive("id"), finality::accept)
        .post("/v1/incentives/{id}/adjustments/leave", Right::Adjust, Incentive("id"), finality::leave)
        .post("/v1/incentives/{id}/upgrade", enable, Incentive("id"), versions::upgrade)
        .post("/v1/incentives/{id}/upgrade/preview", Right::Preview, Incentive("id"), versions::preview)
        .post("/v1/incentives/{id}/rollback", enable, Incentive("id"), versions::rollback)
        .post("/v1/incentives/{id}/{decision}", enable, Incentive("id"), incentives::decide)
        .put("/v1/budgets/{id}", Right::SetMoney, House, budgets::put)
        .put("/v1/prizes/{id}", Right::SetMoney, House, prizes::put)
        .post("/v1/awards/{id}/approve", Right::DecideAwards, Award("id"), approvals::approve)
        .post("/v1/awards/{id}/refuse", Right::DecideAwards, Award("id"), approvals::refuse)
        .post("/v1/roster", Right::SetRoster, Handler, roster::import)
        .put("/v1/sites/{id}", Right::SetRoster, Site("id"), roster::put_site)
        .put("/v1/teams/{id}", Right::SetRoster, NewTeam("id"), roster::put_team)
        .put("/v1/agents/{id}", Right::SetRoster, NewAgent("id"), people::put)
        .delete("/v1/people/{id}", Right::ErasePeople, Agent("id"), people::erase)
        .post_large("/v1/plugins", Right::UploadPlugins, House, component_max, plugins::install)
        .get("/v1/sources", Right::SetSources, House, sources::list)
        .get("/v1/sources/{name}", Right::SetSources, House, sources::get)
        .put("/v1/sources/{name}", Right::SetSources, House, sources::put)
        .delete("/v1/sources/{name}", Right::SetSources, House, sources::delete)
        .get("/v1/endpoints", Right::SetEndpoints, House, endpoints::list)
        .put("/v1/endpoints/{id}", Right::SetEndpoints, House, endpoints::put)
        .delete("/v1/endpoints/{id}", Right::SetEndpoints, House, endpoints::delete)
        .post("/v1/clock", Right::DriveClock, House, clock::post)
        .post("/v1/kudos", Right::GiveKudos, Handler, kudos::give)
        .post("/v1/kudos/{id}/report", Right::GiveKudos, Handler, kudos::report)
        .post("/v1/kudos/{id}/hide", Right::GiveKudos, Handler, kudos::hide)
        .post("/v1/kudos/{id}/show", Right::GiveKudos, Handler, kudos::show)
        .post("/v1/kudos/{id}/keep", Right::DecideKudos, Handler, kudos::keep)
        .post("/v1/kudos/{id}/remove", Right::DecideKudos, Handler, kudos::remove)
}

fn accounts_and_tokens(table: Table<AppState>) -> Table<AppState> {
    let set = Right::SetAccounts;
    let own = Right::OwnAccount;
    table
        .get("/v1/tokens", Right::SetTokens, House, tokens::list)
        .post("/v1/tokens", Right::SetTokens, House, tokens::post)
        .delete("/v1/tokens/{id}", Right::SetTokens, House, tokens::revoke)
        .get("/v1/accounts", set, House, accounts::list)
        .post("/v1/accounts", set, House, accounts::post)
        .get("/v1/accounts/{id}", set, House, accounts::get)
        .put("/v1/accounts/{id}", set, House, accounts::put)
        .post("/v1/accounts/{id}/disable", set, House, accounts::disable)
        .post("/v1/accounts/{id}/enable", set, House, accounts::enable)
        .post("/v1/accounts/{id}/invite", set, House, accounts::invite)
        .delete("/v1/accounts/{id}/sessions", set, House, accounts::sign_out)
        .delete("/v1/accounts/{id}/openid", set, House, accounts::unlink)
        .get("/v1/me", own, Oneself, me::get)
        .put("/v1/me", own, Oneself, me::put)
        .get("/v1/me/settings", own, Oneself, settings::get)
        .put("/v1/me/settings", own, Oneself, settings::put)
        .post("/v1/me/password", own, Oneself, me::password)
        .get("/v1/me/sessions", own, Oneself, me::sessions)
        .delete("/v1/me/sessions", own, Oneself, me::end_all)
        .delete("/v1/me/sessions/{id}", own, Oneself, me::end_one)
}

/// What every answer carries that has nothing stricter of its own.
async fn harden(mut response: Response, is_tls: bool) -> Response {
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_tls {
        // A year: a browser that has been here never asks without TLS again.
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    response
}

/// The answer where there is nothing: a problem with the code `no-such-address`.
pub async fn nothing_here(request: Request) -> Problem {
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
    // The path only: a query may hold what does not belong into logs. Nor does the token of a wall board.
    let path = request.uri().path();
    let path = ["/wall/", "/live/wall/"].into_iter().find(|wall| path.starts_with(wall)).unwrap_or(path);
    tracing::info_span!("request", method = %request.method(), path, id)
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
