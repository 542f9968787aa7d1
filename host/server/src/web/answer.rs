//! From a request to a page: who asks, what is missing, and the headers that every answer carries.

use std::{collections::BTreeMap, convert::Infallible};

use askama::Template;
use axum::{
    extract::{FromRequestParts, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use plaudit_core::{
    Id,
    access::{Reach, Right},
    event::Subject,
};

use super::{
    Web,
    say::{Say, segment},
    shell::Shell,
    sign_in,
};
use crate::{
    api::{
        auth::{Caller, Why, roles_with},
        routes,
        veil::Veil,
        views::{BoardView, DrawView},
    },
    porter::cookie::Transport,
    texts::{Locale, Name},
};

/// A reader and what they ask for.
pub(super) struct Asked {
    pub(super) web: Web,
    pub(super) say: Say,
    /// The path as it was asked for, percent-encoded.
    pub(super) path: String,
    pub(super) query: BTreeMap<String, String>,
    /// Who asks, if that is known.
    pub(super) caller: Option<Caller>,
    pub(super) headers: HeaderMap,
    pub(super) transport: Transport,
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
        let caller = parts.extensions.get::<Caller>().cloned();
        let account = caller.as_ref().and_then(Caller::account).map(|(account, _)| account);
        let own = account.map(|account| Locale::closest(&account.locale));
        let sees = reach(caller.as_ref(), Right::SeeAwards);
        let mut say = Say::new(web.texts.clone(), &query, &parts.headers, own, now);
        say.links_to(sees, web.state.journal.house().roster);
        Ok(Self {
            web: web.clone(),
            say,
            path: parts.uri.path().to_owned(),
            query,
            caller,
            headers: parts.headers.clone(),
            transport: Transport::of(&web.state.config, &parts.headers, &parts.uri),
        })
    }
}

fn reach(caller: Option<&Caller>, right: Right) -> Reach {
    caller.and_then(|caller| caller.access.reach(right)).cloned().unwrap_or_default()
}

impl Asked {
    /// Whether the reader has a right anywhere.
    pub(super) fn may(&self, right: Right) -> bool {
        self.caller.as_ref().is_some_and(|caller| caller.access.may(right))
    }

    /// How far a right of the reader reaches.
    pub(super) fn reach(&self, right: Right) -> Reach {
        reach(self.caller.as_ref(), right)
    }

    /// A board as the reader may see it.
    pub(super) fn board(&self, id: &Id, board: &str, period: Option<&str>) -> Option<BoardView> {
        let reach = self.reach(Right::SeeBoards);
        if reach.is_nothing() {
            return None;
        }
        let mut view = self.web.state.views.board(id, board, period)?;
        if let Some(veil) = Veil::of(&self.web.state, &reach, id).ok()? {
            veil.board(&mut view, |subject| self.known_name(subject));
        }
        Some(view)
    }

    /// Draws of an incentive as the reader may see them.
    pub(super) fn draws(&self, id: &Id) -> Vec<DrawView> {
        let mut draws = self.web.state.views.draws(id);
        let reach = self.reach(Right::SeeAwards);
        let veil = Veil::of(&self.web.state, &reach, id);
        for draw in &mut draws {
            match &veil {
                _ if reach.is_nothing() => draw.winners.clear(),
                Ok(None) => {}
                Ok(Some(veil)) => veil.draw(draw, |subject| self.known_name(subject)),
                Err(_) => draw.winners.clear(),
            }
        }
        draws
    }

    fn known_name(&self, subject: &Subject) -> Option<String> {
        match self.say.texts.names().agent(&subject.id) {
            Name::Known(name) => Some(name),
            _ => None,
        }
    }

    /// Makes a page, off the threads that serve requests: views lock and read the store.
    pub(super) async fn page<F>(self, make: F) -> Response
    where
        F: FnOnce(&Self) -> Result<String, Missing> + Send + 'static,
    {
        self.page_as(StatusCode::OK, make).await
    }

    /// Makes a page that is answered with this status.
    pub(super) async fn page_as<F>(self, status: StatusCode, make: F) -> Response
    where
        F: FnOnce(&Self) -> Result<String, Missing> + Send + 'static,
    {
        let made = tokio::task::spawn_blocking(move || match make(&self) {
            Ok(page) => (status, page),
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

#[derive(Template)]
#[template(path = "refused.html")]
struct RefusedPage {
    shell: Shell,
    say: Say,
    why: String,
    what: String,
    next: Option<(String, String)>,
}

impl Asked {
    fn refused(&self, why: Why) -> Result<String, Missing> {
        let say = &self.say;
        let (why, what) = match why {
            Why::Right(right) => {
                let roles: Vec<String> =
                    roles_with(right).map(|role| say.t(&format!("role-{}", role.name()))).collect();
                let needed = say.with("refused-role", &[("roles", roles.join(" · ").into())]);
                (needed, say.t("refused-next"))
            }
            Why::Reach(_) => (say.t("refused-reach"), say.t("refused-next")),
            Why::Elsewhere => (say.t("refused-elsewhere"), say.t("refused-elsewhere-next")),
            Why::NobodyYet => (say.t("refused-nobody"), String::new()),
        };
        let own = self.caller.as_ref().and_then(|caller| caller.agent.clone());
        let next = own
            .filter(|_| self.may(Right::SeeAwards))
            .map(|agent| (say.href(&format!("/agents/{}", segment(&agent))), say.t("own-page")));
        let next = next.or_else(|| Some((say.href("/account"), say.t("account-title"))));
        let shell = Shell::new(self, say.t("refused-title"), None);
        Ok(RefusedPage { shell, say: say.clone(), why, what, next }.render()?)
    }
}

/// Turns a refusal of the guard into what a person at a browser can use: the page to sign in, or the reason.
pub(super) async fn say_refusals(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let is_page = !parts.uri.path().starts_with("/live") && !parts.uri.path().ends_with(".json");
    let (method, uri, headers) = (parts.method.clone(), parts.uri.clone(), parts.headers.clone());
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(why) = response.extensions().get::<Why>().copied().filter(|_| is_page) else { return response };
    let mut builder = Request::builder().method(method.clone()).uri(uri.clone());
    if let Some(all) = builder.headers_mut() {
        *all = headers;
    }
    let Ok(request) = builder.body(()) else { return response };
    let (mut parts, ()) = request.into_parts();
    if let Some(caller) = response.extensions().get::<Caller>() {
        parts.extensions.insert(caller.clone());
    }
    let Ok(asked) = Asked::from_request_parts(&mut parts, &web).await;
    if why == Why::NobodyYet {
        let back = if method == Method::GET { uri.path_and_query().map(|p| p.as_str()) } else { None };
        return sign_in::redirect(&asked, back);
    }
    asked.page_as(StatusCode::FORBIDDEN, move |asked| asked.refused(why)).await
}

/// Where there is nothing: a page for whoever looks at pages, a problem for everything else.
pub(super) async fn nothing_here(asked: Asked, request: Request) -> Response {
    let accept =
        request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let is_page =
        request.method() == Method::GET && accept.contains("text/html") && !asked.path.starts_with("/v1/");
    if !is_page {
        return routes::nothing_here(request).await.into_response();
    }
    asked.page(|_| Err(Missing::Nothing("missing-address"))).await
}

/// No inline script or style, nothing from elsewhere, no frame around it; forms go to this house only.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Headers of every answer of the pages.
pub(super) async fn secure(mut response: Response) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Not `no-referrer`: browsers would then send forms without saying that they come from here.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    response
}
