//! Every route with every kind of caller, against real routers. Who may pass stands in `docs/access.md`, written by hand:
//! a route without a row there fails, and so does a row without a route.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use plaudit_core::{
    access::{Grant, Range, Role},
    incentive::{Audience, Incentive, Periods},
    journal::{Entry, Position},
    roster::{Agent, RosterChange, Site, Stint, Team},
};
use plaudit_store::{
    Batch, family,
    family::{account::Account, account::Accounts, token::Scope},
};
use tower::ServiceExt;

use super::{NOW, TestApp, identity};
use crate::{
    api::{auth::FORM_TOKEN, explain, routes, table::Row},
    config::Pages,
    ingest::tokens,
    porter::{accounts, sessions},
    texts::{Links, Texts},
    web,
};

const DOCUMENT: &str = include_str!("../../../../../docs/access.md");
/// Whose award it is, and who is in the incentive's audience.
pub(super) const OWN: &str = "E1";
/// Who is not.
pub(super) const OTHER: &str = "E2";

/// How a role may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    Always,
    Own,
    House,
}

/// A row of the document.
#[derive(Debug)]
struct Expected {
    is_open: bool,
    scope: Option<Scope>,
    roles: BTreeMap<Role, Pass>,
}

fn expected() -> BTreeMap<String, Expected> {
    let lines = DOCUMENT.lines().filter_map(|line| line.strip_prefix("| `")).filter(|l| l.contains("` |"));
    let rows = lines.filter(|line| ["GET ", "POST ", "PUT ", "DELETE "].iter().any(|m| line.starts_with(m)));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
        let [address, token, roles] = cells[..] else { panic!("{line}") };
        let role = |text: &str| {
            let (name, pass) = text.split_once(' ').unwrap_or((text, ""));
            let pass = match pass {
                "" | "(part)" => Pass::Always,
                "(own)" => Pass::Own,
                "(house)" => Pass::House,
                other => panic!("{other} in {line}"),
            };
            (Role::parse(name).unwrap_or_else(|| panic!("{name} in {line}")), pass)
        };
        let roles = match roles {
            "everybody" => BTreeMap::new(),
            "all" => Role::ALL.into_iter().map(|role| (role, Pass::Always)).collect(),
            some => some.split(", ").map(role).collect(),
        };
        let scope = match token {
            "none" | "everybody" => None,
            name => Some(Scope::parse(name).unwrap_or_else(|| panic!("{name} in {line}"))),
        };
        (address.trim_end_matches('`').to_owned(), Expected { is_open: token == "everybody", scope, roles })
    })
    .collect()
}

/// Who calls.
#[derive(Clone, Debug)]
enum By {
    Nobody,
    Token(Scope),
    /// The role, and whether what routes are about lies within its reach.
    Role(Role, Reach),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    House,
    Own,
    Other,
}

fn callers() -> Vec<By> {
    let mut all = vec![By::Nobody];
    all.extend(Scope::ALL.map(By::Token));
    for role in Role::ALL {
        let reaches: &[Reach] = match role {
            Role::Manager => &[Reach::House, Reach::Own, Reach::Other],
            Role::TeamLeader | Role::Agent => &[Reach::Own, Reach::Other],
            _ => &[Reach::House],
        };
        all.extend(reaches.iter().map(|reach| By::Role(role, *reach)));
    }
    all
}

fn may(by: &By, expected: &Expected) -> bool {
    match by {
        _ if expected.is_open => true,
        By::Nobody => false,
        By::Token(scope) => expected.scope.is_some_and(|wanted| scope.allows(wanted)),
        By::Role(role, reach) => match expected.roles.get(role) {
            None => false,
            Some(Pass::Always) => true,
            Some(Pass::Own) => *reach != Reach::Other,
            Some(Pass::House) => *reach == Reach::House,
        },
    }
}

/// A house with the sites vilnius (team care, E1) and madrid (team ventas, E2), and an incentive for vilnius.
pub(super) fn furnished() -> TestApp {
    let mut app = TestApp::new();
    let config = std::sync::Arc::make_mut(&mut app.state.config);
    config.server.pages = Pages::Accounts;
    let at = Position { block: 1, index: 0 };
    {
        let mut inner = app.journal.inner.lock().unwrap();
        let zone = chrono_tz::Tz::UTC;
        let madrid = Site { id: "madrid".into(), zone, holidays: vec![] };
        let ventas = Team { id: "ventas".into(), site: "madrid".into(), queues: vec![] };
        let agent = |external: &str, team: &str| Agent {
            id: identity().opaque(external),
            hired_day: None,
            zone: None,
            stints: vec![Stint { from: 0, team: Some(team.into()), share: 1.0, workdays: 0b1_1111 }],
        };
        let changes = [
            RosterChange::Site(madrid),
            RosterChange::Team(ventas),
            RosterChange::Agent(agent(OWN, "care")),
            RosterChange::Agent(agent(OTHER, "ventas")),
        ];
        for change in changes {
            inner.house.apply(at, NOW, &Entry::Roster(change));
        }
        let sprint = Incentive {
            id: "sprint".into(),
            title: "Sprint".into(),
            plugin: "d1".into(),
            settings: "{}".into(),
            audience: Audience { sites: vec!["vilnius".into()], ..Audience::default() },
            start: NOW,
            end: None,
            zone,
            periods: Periods::Daily,
            allotment: vec![],
            metrics: vec![],
            prizes: BTreeMap::new(),
            approval: vec![],
        };
        inner.house.apply(at, NOW, &Entry::Incentive(sprint));
    }
    app
}

/// An account with a session; its cookie and its form token.
pub(super) fn signed_in(app: &TestApp, grants: Vec<Grant>, agent: Option<&str>) -> (String, String) {
    let account = account(app, grants, agent);
    let cookie = sessions::begin(&*app.state.store, &app.state.porter, &account, "test").unwrap();
    let visitor = sessions::find(&*app.state.store, &app.state.porter, &cookie).unwrap().unwrap();
    let token = app.state.porter.form_token(&visitor.key);
    (cookie, token)
}

fn account(app: &TestApp, grants: Vec<Grant>, agent: Option<&str>) -> Account {
    let wish = accounts::Wish {
        mail: format!("{:016x}@example.com", rand::random::<u64>()),
        name: "Somebody".into(),
        locale: "en".into(),
        grants,
        agent: agent.map(|external| identity().opaque(external).to_string()),
    };
    accounts::create(&*app.state.store, wish, "test", NOW, Some("$none".into())).unwrap()
}

fn grant(role: Role, reach: Reach) -> Grant {
    let place = |own: &str, other: &str| -> BTreeSet<plaudit_core::Id> {
        [if reach == Reach::Own { own } else { other }.into()].into()
    };
    let range = match (role, reach) {
        (_, Reach::House) | (Role::Agent, _) => Range::House,
        (Role::Manager, _) => Range::Places { sites: place("vilnius", "madrid"), teams: [].into() },
        _ => Range::Places { sites: [].into(), teams: place("care", "ventas") },
    };
    Grant { role, range }
}

/// A router with everything, as `serve` puts it together; deliveries have a table of their own.
fn router(app: &TestApp) -> Router {
    let texts = std::sync::Arc::new(Texts::new(
        app.state.store.clone(),
        std::sync::Arc::new(super::NoTexts),
        Links::none(),
    ));
    let explanations = explain::router(&app.state, texts.clone());
    let pages = web::router(app.state.clone(), texts);
    let deliveries = crate::deliver::http::guarded_for_tests(&app.state)
        .merge(crate::deliver::one::guarded_for_tests(&app.state));
    routes::with(app.state.clone(), pages.merge(explanations).merge(deliveries))
}

fn rows(app: &TestApp) -> Vec<Row> {
    let mut rows = routes::table(&app.state).rows().to_vec();
    rows.extend(explain::rows(&app.state));
    rows.extend(web::rows(&app.state));
    rows.extend(crate::deliver::http::table(&app.state).rows());
    rows.extend(crate::deliver::one::table(&app.state).rows());
    rows
}

/// The path with something for each parameter: what lies within the reach `Own`, wherever that means something.
fn address(row: &Row, account: &str) -> String {
    let about_account = row.path.trim_start_matches("/v1").starts_with("/accounts");
    let own = identity().opaque(OWN);
    let piece = |name: &str| match name {
        "{id}" if about_account => account.to_owned(),
        "{id}" if row.path.starts_with("/v1/agents") || row.path.starts_with("/v1/people") => OWN.to_owned(),
        "{id}" if row.path.starts_with("/agents") || row.path.starts_with("/live/agents") => own.to_string(),
        "{id}" if row.path.starts_with("/v1/teams") || row.path.starts_with("/teams") => "care".to_owned(),
        "{id}" if row.path.starts_with("/v1/sites") || row.path.starts_with("/sites") => "vilnius".to_owned(),
        "{id}" if row.path.starts_with("/v1/awards") || row.path.starts_with("/awards") => "w1".to_owned(),
        "{effect}" => "w1".to_owned(),
        "{id}" if row.path.starts_with("/v1/deliveries") => "1".to_owned(),
        "{id}" | "{incentive}" => "sprint".to_owned(),
        "{decision}" => "pause".to_owned(),
        "{board}" => "main".to_owned(),
        other => other.trim_matches(['{', '}']).to_owned(),
    };
    let path: Vec<String> =
        row.path.split('/').map(|p| if p.starts_with('{') { piece(p) } else { p.to_owned() }).collect();
    path.join("/")
}

fn request(app: &TestApp, row: &Row, by: &By) -> Request<Body> {
    let somebody = account(app, vec![Grant { role: Role::Auditor, range: Range::House }], None);
    let path = address(row, &somebody.id);
    let path = if row.path == "/v1/payroll" { format!("{path}?from=2026-03-01&to=2026-03-02") } else { path };
    let path = match row.path {
        "/v1/reports" => format!("{path}?from=2026-03-01&to=2026-03-02"),
        "/v1/intake/sample" => format!("{path}?source=none"),
        _ => path,
    };
    let path = if row.path == "/v1/awards" { format!("{path}?status=granted") } else { path };
    let mut builder = Request::builder().method(row.method).uri(path).header("host", "localhost:8080");
    let mut body = String::new();
    match by {
        By::Nobody => {}
        By::Token(scope) => {
            let token = tokens::create(&*app.state.store, "t", vec![*scope], NOW, None).unwrap();
            builder = builder.header("authorization", format!("Bearer {}", token.secret));
        }
        By::Role(role, reach) => {
            let agent = if *reach == Reach::Other { OTHER } else { OWN };
            let agent = (*role == Role::Agent).then_some(agent);
            let (cookie, token) = signed_in(app, vec![grant(*role, *reach)], agent);
            builder = builder
                .header("cookie", format!("plaudit={cookie}"))
                .header("origin", "http://localhost:8080")
                .header(FORM_TOKEN, &token);
            if !row.path.starts_with("/v1/") {
                body = format!("form={token}");
            }
        }
    }
    let kind = if row.path == "/v1/roster" { "text/csv" } else { "application/json" };
    builder.header("content-type", kind).body(body.into()).unwrap()
}

/// Whether an answer says that the caller may not: also the page to sign in, which pages lead to.
fn is_refusal(response: &Response) -> bool {
    let place = response.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
    let leads_to_sign_in =
        place.is_some_and(|place| place == "/sign-in" || place.starts_with("/sign-in?next="));
    leads_to_sign_in || matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}

#[tokio::test]
async fn every_route_stands_in_the_table_and_only_listed_cells_succeed() {
    let expected = expected();
    let app = furnished();
    let rows = rows(&app);
    let named: BTreeSet<String> = rows.iter().map(|row| format!("{} {}", row.method, row.path)).collect();
    assert_eq!(named.len(), rows.len(), "a route stands in a table twice");
    let listed: BTreeSet<String> = expected.keys().cloned().collect();
    assert_eq!(named, listed, "docs/access.md has other addresses than the server");

    let mut wrong = Vec::new();
    let mut cells = 0;
    for row in &rows {
        let name = format!("{} {}", row.method, row.path);
        let wanted = &expected[&name];
        assert_eq!(row.right.is_none(), wanted.is_open, "{name}: open to everybody, or not");
        if wanted.is_open {
            continue;
        }
        // A house of its own for each row: some of them end what others need.
        let app = furnished();
        let router = router(&app);
        for by in callers() {
            cells += 1;
            let response = router.clone().oneshot(request(&app, row, &by)).await.unwrap();
            let is_refused = is_refusal(&response);
            if is_refused == may(&by, wanted) {
                wrong.push(format!("{name} by {by:?}: {}, refused: {is_refused}", response.status()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cells > 1500, "{cells} cells were played");
}

#[tokio::test]
async fn a_cookie_alone_changes_nothing() {
    let app = furnished();
    let router = router(&app);
    let admin = vec![Grant { role: Role::Admin, range: Range::House }];
    let (cookie, token) = signed_in(&app, admin.clone(), None);
    let (_, foreign) = signed_in(&app, admin, None);
    let put = |headers: &[(&'static str, &str)]| {
        let mut builder = Request::builder()
            .method("PUT")
            .uri("/v1/budgets/team")
            .header("host", "localhost:8080")
            .header("cookie", format!("plaudit={cookie}"));
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let request = builder.body(Body::from(r#"{"currency":"points","total":5}"#)).unwrap();
        let router = router.clone();
        async move { router.oneshot(request).await.unwrap().status().as_u16() }
    };
    let origin = ("origin", "http://localhost:8080");
    assert_eq!(put(&[]).await, 403);
    assert_eq!(put(&[origin]).await, 403, "no form token");
    assert_eq!(put(&[(FORM_TOKEN, &token)]).await, 403, "no origin");
    assert_eq!(put(&[("origin", "http://evil.example"), (FORM_TOKEN, &token)]).await, 403);
    assert_eq!(put(&[("origin", "null"), (FORM_TOKEN, &token)]).await, 403);
    assert_eq!(put(&[origin, (FORM_TOKEN, &foreign)]).await, 403, "a form of another session");
    assert!(app.state.journal.house().budgets.is_empty());
    assert_eq!(put(&[origin, (FORM_TOKEN, &token)]).await, 201);
}

#[tokio::test]
async fn what_ends_a_session_ends_it_at_once() {
    let app = furnished();
    let router = router(&app);
    let get = |cookie: &str| {
        let request = Request::builder()
            .uri("/v1/me")
            .header("host", "localhost:8080")
            .header("cookie", format!("plaudit={cookie}"))
            .body(Body::empty())
            .unwrap();
        let router = router.clone();
        async move { router.oneshot(request).await.unwrap().status().as_u16() }
    };
    let store = &*app.state.store;
    let auditor = || vec![Grant { role: Role::Auditor, range: Range::House }];
    for change in ["end", "roles", "disabled", "password", "forged"] {
        let (cookie, _) = signed_in(&app, auditor(), None);
        assert_eq!(get(&cookie).await, 200, "{change}");
        let id = cookie.split('.').next().unwrap();
        let old = accounts::get(store, id).unwrap().unwrap();
        let new = match change {
            "roles" => Account { grants: vec![grant(Role::Integrator, Reach::House)], ..old.clone() },
            "disabled" => Account { disabled: Some(NOW), ..old.clone() },
            "password" => Account { password: Some("$other".into()), ..old.clone() },
            _ => old.clone(),
        };
        accounts::change(store, &old, &new, |_| {}).unwrap();
        if change == "end" {
            let mut batch = Batch::default();
            sessions::end_all(store, &mut batch, id).unwrap();
            store.apply(batch).unwrap();
        }
        let shown = if change == "forged" { format!("{id}.{}", "A".repeat(43)) } else { cookie.clone() };
        assert_eq!(get(&shown).await, 401, "{change}");
    }
    // A row that nobody signed in to is no session either.
    let mut batch = Batch::default();
    family::delete::<Accounts>(&mut batch, &"u".to_owned());
    store.apply(batch).unwrap();
    assert_eq!(get("u.x").await, 401);
}
