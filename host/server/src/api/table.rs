//! Routes with the right that each one asks for: there is no other way to add one, so none is without.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware,
    routing::{MethodFilter, any, on},
};
use plaudit_core::access::Right;

use super::{AppState, auth};

/// What a route is about: it has to lie within the reach of the caller's right. Paths name it by a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// The house as a whole: the right has to reach everywhere.
    House,
    /// An incentive. To see it, somebody in its audience lies within; to change it, all of them do.
    Incentive(&'static str),
    /// A new or known incentive: if it is known, all of its audience lies within; the handler checks what is to be.
    NewIncentive(&'static str),
    /// An agent, by external or opaque id.
    Agent(&'static str),
    /// An agent, by opaque id: pages tell nobody whose external id is whose.
    OpaqueAgent(&'static str),
    /// A new or known agent: if they are known they lie within; the handler checks what is to be.
    NewAgent(&'static str),
    /// A team.
    Team(&'static str),
    /// A new or known team: if it is known it lies within; the handler checks what is to be.
    NewTeam(&'static str),
    /// A site.
    Site(&'static str),
    /// An award. To see it, whose it is lies within; to decide on it, its incentive's whole audience does.
    Award(&'static str),
    /// A list or a document of several things: the handler looks at the reach.
    Handler,
    /// Oneself.
    Oneself,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Such as `GET`; a `HEAD` is one, too.
    pub method: &'static str,
    /// With its parameters, as axum writes them.
    pub path: &'static str,
    /// What the caller needs; nothing for what is open to everybody.
    pub right: Option<Right>,
    /// What it is about.
    pub object: Object,
}

impl Row {
    /// Whether the method may change something.
    pub fn is_change(&self) -> bool {
        !matches!(self.method, "GET" | "HEAD")
    }

    /// Whether the audit log has a row for each call that succeeds: what changes the house. Events have the journal, and
    /// previews change nothing.
    pub fn is_audited(&self) -> bool {
        self.is_change()
            && !matches!(self.right, None | Some(Right::PostEvents | Right::Preview | Right::SeePreviews))
    }
}

/// Routes over a state, and their rows.
#[derive(Debug)]
pub struct Table<S> {
    app: AppState,
    routes: Router<S>,
    rows: Vec<Row>,
}

impl<S: Clone + Send + Sync + 'static> Table<S> {
    /// Without rows.
    pub fn new(app: &AppState) -> Self {
        Self { app: app.clone(), routes: Router::new(), rows: Vec::new() }
    }

    /// A `GET`.
    #[must_use]
    pub fn get<H: Handler<T, S>, T: 'static>(
        self,
        path: &'static str,
        right: Right,
        object: Object,
        handler: H,
    ) -> Self {
        self.row(MethodFilter::GET, Row { method: "GET", path, right: Some(right), object }, None, handler)
    }

    /// A `POST`.
    #[must_use]
    pub fn post<H: Handler<T, S>, T: 'static>(
        self,
        path: &'static str,
        right: Right,
        object: Object,
        handler: H,
    ) -> Self {
        self.row(MethodFilter::POST, Row { method: "POST", path, right: Some(right), object }, None, handler)
    }

    /// A `POST` with a larger body than others, in bytes.
    #[must_use]
    pub fn post_large<H: Handler<T, S>, T: 'static>(
        self,
        path: &'static str,
        right: Right,
        object: Object,
        bytes_max: usize,
        handler: H,
    ) -> Self {
        let row = Row { method: "POST", path, right: Some(right), object };
        self.row(MethodFilter::POST, row, Some(bytes_max), handler)
    }

    /// A `PUT`.
    #[must_use]
    pub fn put<H: Handler<T, S>, T: 'static>(
        self,
        path: &'static str,
        right: Right,
        object: Object,
        handler: H,
    ) -> Self {
        self.row(MethodFilter::PUT, Row { method: "PUT", path, right: Some(right), object }, None, handler)
    }

    /// A `DELETE`.
    #[must_use]
    pub fn delete<H: Handler<T, S>, T: 'static>(
        self,
        path: &'static str,
        right: Right,
        object: Object,
        handler: H,
    ) -> Self {
        let row = Row { method: "DELETE", path, right: Some(right), object };
        self.row(MethodFilter::DELETE, row, None, handler)
    }

    /// A `GET` that is open to everybody. A caller who shows who they are is known to the handler.
    #[must_use]
    pub fn open_get<H: Handler<T, S>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        let row = Row { method: "GET", path, right: None, object: Object::House };
        self.row(MethodFilter::GET, row, None, handler)
    }

    /// A `POST` that is open to everybody: what it does the handler has to guard.
    #[must_use]
    pub fn open_post<H: Handler<T, S>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        let row = Row { method: "POST", path, right: None, object: Object::House };
        self.row(MethodFilter::POST, row, None, handler)
    }

    fn row<H: Handler<T, S>, T: 'static>(
        mut self,
        method: MethodFilter,
        row: Row,
        bytes_max: Option<usize>,
        handler: H,
    ) -> Self {
        let mut route = on(method, handler);
        if let Some(bytes_max) = bytes_max {
            route = route.layer(DefaultBodyLimit::max(bytes_max));
        }
        let guarded = auth::Guarded { state: self.app.clone(), row };
        let route = route.route_layer(middleware::from_fn_with_state(guarded, auth::guard));
        self.routes = self.routes.route(row.path, route);
        self.rows.push(row);
        self
    }

    /// What answers where there is nothing: for everybody, and whoever shows who they are is known to it.
    #[must_use]
    pub fn otherwise<H: Handler<T, S>, T: 'static>(mut self, handler: H) -> Self {
        let row = Row { method: "GET", path: "", right: None, object: Object::House };
        let guarded = auth::Guarded { state: self.app.clone(), row };
        let guard = middleware::from_fn_with_state(guarded, auth::guard);
        self.routes = self.routes.fallback(any(handler).layer(guard));
        self
    }

    /// A row like another one, with another handler.
    #[cfg(test)]
    pub(crate) fn same<H: Handler<T, S>, T: 'static>(self, row: &Row, handler: H) -> Self {
        let method = if row.method == "GET" { MethodFilter::GET } else { MethodFilter::POST };
        self.row(method, *row, None, handler)
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The routes, each behind its guard.
    pub fn into_router(self) -> Router<S> {
        self.routes
    }
}
