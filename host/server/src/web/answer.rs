//! From a request to a page: who asks, what is missing, and the headers that every answer carries.

use std::{collections::BTreeMap, convert::Infallible};

use askama::Template;
use axum::{
    extract::{FromRequestParts, Query},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};

use super::{Web, say::Say, shell::Shell};

/// A reader and what they ask for.
pub(super) struct Asked {
    pub(super) web: Web,
    pub(super) say: Say,
    /// The path as it was asked for, percent-encoded.
    pub(super) path: String,
    pub(super) query: BTreeMap<String, String>,
}

/// Why there is no page.
#[derive(Debug)]
pub(super) enum Missing {
    /// Nothing by that name; the text that says what.
    Nothing(&'static str),
    /// The page could not be written.
    Broken(String),
}

impl From<askama::Error> for Missing {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl FromRequestParts<Web> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        // A query that can't be read is as good as none: the page is there all the same.
        let query =
            Query::<BTreeMap<String, String>>::try_from_uri(&parts.uri).map(|q| q.0).unwrap_or_default();
        let now = web.state.clock.now();
        let say = Say::new(web.texts.clone(), &query, &parts.headers, now);
        Ok(Self { web: web.clone(), say, path: parts.uri.path().to_owned(), query })
    }
}

impl Asked {
    /// Makes a page, off the threads that serve requests: views lock and read the store.
    pub(super) async fn page<F>(self, make: F) -> Response
    where
        F: FnOnce(&Self) -> Result<String, Missing> + Send + 'static,
    {
        let made = tokio::task::spawn_blocking(move || match make(&self) {
            Ok(page) => (StatusCode::OK, page),
            Err(missing) => self.instead(missing),
        });
        match made.await {
            Ok((status, page)) => (status, Html(page)).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page could not be made");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }

    /// The page that says what is missing.
    fn instead(&self, missing: Missing) -> (StatusCode, String) {
        let (status, what) = match missing {
            Missing::Nothing(what) => (StatusCode::NOT_FOUND, what),
            Missing::Broken(error) => {
                tracing::error!(error, path = self.path, "a page could not be made");
                (StatusCode::INTERNAL_SERVER_ERROR, "missing-page")
            }
        };
        let shell = Shell::new(self, self.say.t("missing"), None);
        let page = MissingPage { say: self.say.clone(), what: self.say.t(what), shell };
        (status, page.render().unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage {
    shell: Shell,
    say: Say,
    what: String,
}

/// No inline script or style, nothing from elsewhere, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers of every answer of the pages.
pub(super) async fn secure(mut response: Response) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    }
    response
}
