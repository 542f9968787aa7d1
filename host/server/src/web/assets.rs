//! The sheet, the script and the mark: compiled in, with a digest in their addresses, so that they are kept for good.

use std::sync::LazyLock;

use axum::{
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
};

const CSS: &str = concat!(
    include_str!("assets/app.css"),
    include_str!("assets/console.css"),
    include_str!("assets/floor.css")
);
const JS: &str = include_str!("assets/app.js");
const MARK: &str = include_str!("assets/mark.svg");
const CHECK: &str = include_str!("assets/check.mjs");
const WALL_CSS: &str = include_str!("assets/wall.css");
const WALL_JS: &str = include_str!("assets/wall.js");

static CSS_URL: LazyLock<String> = LazyLock::new(|| url("app.css", CSS));
static JS_URL: LazyLock<String> = LazyLock::new(|| url("app.js", JS));

static CHECK_URL: LazyLock<String> = LazyLock::new(|| url("check.mjs", CHECK));
static WALL_CSS_URL: LazyLock<String> = LazyLock::new(|| url("wall.css", WALL_CSS));
static WALL_JS_URL: LazyLock<String> = LazyLock::new(|| url("wall.js", WALL_JS));

fn url(name: &str, text: &str) -> String {
    let digest = blake3::hash(text.as_bytes()).to_hex();
    format!("/assets/{name}?v={}", &digest[..12])
}

/// Address of the sheet.
pub(super) fn css_url() -> &'static str {
    &CSS_URL
}

/// Address of the script.
pub(super) fn js_url() -> &'static str {
    &JS_URL
}

/// Address of the checker of receipts.
pub(super) fn check_url() -> &'static str {
    &CHECK_URL
}

/// Addresses of the sheet and the script of wall boards.
pub(super) fn wall_urls() -> (&'static str, &'static str) {
    (&WALL_CSS_URL, &WALL_JS_URL)
}

/// `GET /assets/check.mjs`
pub(super) async fn check() -> Response {
    asset("text/javascript; charset=utf-8", CHECK)
}

/// `GET /assets/wall.css`
pub(super) async fn wall_css() -> Response {
    asset("text/css; charset=utf-8", WALL_CSS)
}

/// `GET /assets/wall.js`
pub(super) async fn wall_js() -> Response {
    asset("text/javascript; charset=utf-8", WALL_JS)
}

/// `GET /assets/app.css`
pub(super) async fn css() -> Response {
    asset("text/css; charset=utf-8", CSS)
}

/// `GET /assets/app.js`
pub(super) async fn js() -> Response {
    asset("text/javascript; charset=utf-8", JS)
}

/// `GET /assets/mark.svg`
pub(super) async fn mark() -> Response {
    asset("image/svg+xml", MARK)
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], text).into_response()
}
