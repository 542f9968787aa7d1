//! Within the reach, and beyond it: what managers of a part may decide, and what agents see of each other.

use axum::{body::Body, http::Request};
use plaudit_core::access::{Grant, Range, Role};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Reply, TestApp, access, identity};
use crate::{api::auth::FORM_TOKEN, api::routes};

/// Somebody at the front door.
pub(super) struct Person<'a> {
    app: &'a TestApp,
    cookie: String,
    token: String,
}

impl<'a> Person<'a> {
    pub(super) fn new(app: &'a TestApp, grants: Vec<Grant>, agent: Option<&str>) -> Self {
        let (cookie, token) = access::signed_in(app, grants, agent);
        Self { app, cookie, token }
    }

    pub(super) async fn send(&self, method: &str, path: &str, body: &Value) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost:8080")
            .header("cookie", format!("plaudit={}", self.cookie))
            .header("origin", "http://localhost:8080")
            .header(FORM_TOKEN, &self.token)
            .header("content-type", "application/json")
            .body(if body.is_null() { Body::empty() } else { Body::from(body.to_string()) })
            .unwrap();
        let response = routes::router(self.app.state.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Reply { status: parts.status, headers: parts.headers, body, text }
    }

    async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &Value::Null).await
    }
}

fn manager_of(sites: &[&str]) -> Vec<Grant> {
    let sites = sites.iter().map(|site| (*site).into()).collect();
    vec![Grant { role: Role::Manager, range: Range::Places { sites, teams: [].into() } }]
}

fn incentive(audience: &Value) -> Value {
    json!({ "title": "Race", "plugin": "contest", "settings": { "metric": "calls" }, "audience": audience,
        "zone": "Europe/Vilnius", "periods": "daily" })
}

#[tokio::test]
async fn a_manager_of_a_site_enables_for_that_site_only() {
    let app = access::furnished();
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    let manager = Person::new(&app, manager_of(&["vilnius"]), None);
    let (own, everyone) = (json!({ "sites": ["vilnius"] }), json!({}));
    for audience in [
        &everyone,
        &json!({ "sites": ["vilnius", "madrid"] }),
        &json!({ "teams": ["ventas"] }),
        &json!({ "agents": ["E2"] }),
    ] {
        let refused = manager.send("PUT", "/v1/incentives/race", &incentive(audience)).await;
        assert_eq!((refused.status.as_u16(), &refused.body["code"]), (403, &json!("reach")), "{audience}");
    }
    let made = manager.send("PUT", "/v1/incentives/race", &incentive(&own)).await;
    assert_eq!(made.status, 201, "{}", made.text);
    // Nor is one of theirs made into one for all.
    let wider = manager.send("PUT", "/v1/incentives/race", &incentive(&everyone)).await;
    assert_eq!(wider.status, 403);
    let other = Person::new(&app, manager_of(&["madrid"]), None);
    for path in ["/v1/incentives/race/end", "/v1/incentives/race/pause"] {
        assert_eq!(other.send("POST", path, &Value::Null).await.status, 403, "{path}");
    }
    assert_eq!(
        other.send("PUT", "/v1/incentives/race", &incentive(&json!({ "sites": ["madrid"] }))).await.status,
        403
    );
    assert_eq!(other.get("/v1/incentives").await.body.as_array().unwrap().len(), 0);
    assert_eq!(manager.get("/v1/incentives").await.body.as_array().unwrap().len(), 2);
    assert_eq!(manager.send("POST", "/v1/incentives/race/pause", &Value::Null).await.status, 200);
}

#[tokio::test]
async fn people_are_changed_and_seen_within_the_reach() {
    let app = access::furnished();
    let manager = Person::new(&app, manager_of(&["vilnius"]), None);
    let person = |team: &str| json!({ "name": "Ona", "stints": [{ "from": 0, "team": team, "share": 1.0, "workdays": 31 }] });
    for (path, team, status) in [
        ("/v1/agents/E1", "care", 200),
        ("/v1/agents/E1", "ventas", 403),
        ("/v1/agents/E2", "care", 403),
        ("/v1/agents/E2", "ventas", 403),
        ("/v1/agents/E9", "ventas", 403),
        ("/v1/agents/E9", "care", 200),
    ] {
        let reply = manager.send("PUT", path, &person(team)).await;
        assert_eq!(reply.status.as_u16(), status, "{path} to {team}: {}", reply.text);
    }
    let seen = manager.get("/v1/agents").await;
    let ids: Vec<&str> = seen.body.as_array().unwrap().iter().filter_map(|a| a["id"].as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert!(!ids.contains(&&*identity().opaque("E2")), "{ids:?}");
    assert_eq!(manager.send("DELETE", "/v1/people/E2", &Value::Null).await.status, 403);
    let leader = vec![Grant {
        role: Role::TeamLeader,
        range: Range::Places { sites: [].into(), teams: ["ventas".into()].into() },
    }];
    let leader = Person::new(&app, leader, None);
    assert_eq!(leader.get("/v1/agents").await.body.as_array().unwrap().len(), 1);
    assert_eq!(leader.get("/v1/agents/E1/awards").await.status, 403);
    assert_eq!(leader.get("/v1/agents/E2/awards").await.status, 200);
    assert_eq!(
        leader.send("PUT", "/v1/agents/E2", &person("ventas")).await.status,
        403,
        "leaders change nobody"
    );
    let team = json!({ "site": "madrid" });
    assert_eq!(manager.send("PUT", "/v1/teams/new", &team).await.status, 403);
    assert_eq!(manager.send("PUT", "/v1/teams/care", &team).await.status, 403, "moved to another site");
    assert_eq!(manager.send("PUT", "/v1/teams/new", &json!({ "site": "vilnius" })).await.status, 200);
}

#[tokio::test]
async fn an_agent_sees_themselves_and_others_as_the_anonymity_says() {
    let app = access::furnished();
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    let agent = vec![Grant { role: Role::Agent, range: Range::House }];
    let (me, other) = (Person::new(&app, agent.clone(), Some("E1")), Person::new(&app, agent, Some("E2")));
    for path in ["awards", "feed"] {
        let path = format!("/v1/agents/E2/{path}");
        assert_eq!(me.get(&path).await.status, 403, "{path}");
    }
    assert_eq!(me.get("/v1/agents/E1/awards").await.status, 200);
    assert_eq!(me.get("/v1/awards/w1").await.status, 404, "it is theirs, and the engine has no life of it");
    assert_eq!(other.get("/v1/awards/w1").await.status, 403);
    assert_eq!(other.get("/v1/incentives/sprint/boards/main").await.status, 403, "for another site");

    let both = incentive(&json!({ "sites": ["vilnius", "madrid"] }));
    assert_eq!(app.put("/v1/incentives/race", &both).await.body["anonymity"], "names");
    let board = "/v1/incentives/race/boards/main";
    let names = other.get(board).await;
    assert_eq!(names.body["rows"][0]["subject"], format!("agent/{}", identity().opaque("E1")));
    for (anonymity, rows, subject) in
        [("initials", 1, json!("agent/hidden-0")), ("neighbours", 0, Value::Null), ("mine", 0, Value::Null)]
    {
        let mut wanted = both.clone();
        wanted["anonymity"] = json!(anonymity);
        assert_eq!(app.put("/v1/incentives/race", &wanted).await.body["outcome"], "changed", "{anonymity}");
        let veiled = other.get(board).await;
        assert_eq!(veiled.body["rows"].as_array().unwrap().len(), rows, "{anonymity}");
        assert_eq!(veiled.body["rows"][0]["subject"], subject);
        assert!(!veiled.text.contains(&*identity().opaque("E1")), "{}", veiled.text);
        assert_eq!(me.get(board).await.body["rows"].as_array().unwrap().len(), 1, "{anonymity}: oneself");
        assert_eq!(app.get(board).await.body["rows"].as_array().unwrap().len(), 1, "{anonymity}: an admin");
    }
    // The same document without a word about it keeps it.
    assert_eq!(app.put("/v1/incentives/race", &both).await.body["anonymity"], "mine");
    assert_eq!(app.put("/v1/incentives/race", &both).await.body["outcome"], "unchanged");
    let shown = me.get("/v1/incentives/race").await;
    assert_eq!((&shown.body["allotment"], &shown.body["engine"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn every_change_is_in_the_audit_log_with_both_states() {
    let app = access::furnished();
    let admin = Person::new(&app, vec![Grant { role: Role::Admin, range: Range::House }], None);
    assert_eq!(admin.get("/v1/audit").await.body["rows"], json!([]), "reading is no change");
    app.put("/v1/budgets/team", &json!({ "currency": "points", "total": 5 })).await;
    admin.send("PUT", "/v1/budgets/team", &json!({ "currency": "points", "total": 7 })).await;
    admin.send("PUT", "/v1/budgets/team", &json!({ "currency": "points" })).await;
    let person = json!({ "name": "Ona Secretaitė", "mail": "ona@example.com",
        "stints": [{ "from": 0, "team": "care", "share": 1.0, "workdays": 31 }] });
    admin.send("PUT", "/v1/agents/E1", &person).await;
    let token = admin.send("POST", "/v1/tokens", &json!({ "name": "acd", "scopes": ["ingest"] })).await;
    assert!(token.body["made_by"].as_str().unwrap().starts_with('u'), "{}", token.text);
    admin.send("DELETE", &format!("/v1/tokens/{}", token.body["id"].as_str().unwrap()), &Value::Null).await;
    let log = admin.get("/v1/audit").await;
    let rows = log.body["rows"].as_array().unwrap();
    let acts: Vec<&str> = rows.iter().rev().filter_map(|row| row["act"].as_str()).collect();
    let wanted = [
        "PUT /v1/budgets/{id}",
        "PUT /v1/budgets/{id}",
        "PUT /v1/agents/{id}",
        "POST /v1/tokens",
        "DELETE /v1/tokens/{id}",
    ];
    assert_eq!(acts, wanted, "what was refused is no change: {}", log.text);
    let oldest = &rows[4];
    assert_eq!(
        (&oldest["by"], &oldest["actor"], &oldest["object"]),
        (&json!("token"), &json!("test"), &json!("budgets/team"))
    );
    assert_eq!((&oldest["before"], &oldest["after"]["total"]), (&Value::Null, &json!(5)));
    assert_eq!((&rows[3]["by"], &rows[3]["before"]["total"]), (&json!("account"), &json!(5)));
    assert_eq!(rows[2]["object"], format!("agents/{}", identity().opaque("E1")));
    assert_eq!(
        (&rows[1]["object"], &rows[1]["before"]),
        (&json!(format!("tokens/{}", token.body["id"].as_str().unwrap())), &Value::Null)
    );
    assert!(rows[0]["before"]["revoked"].is_null() && rows[0]["after"]["revoked"].is_number());
    assert!(rows.iter().all(|row| !row["request"].as_str().unwrap().is_empty()));
    let secret = token.body["secret"].as_str().unwrap();
    for never in [secret, "Secretait", "ona@example.com", "E1\""] {
        assert!(!log.text.contains(never), "{never} is in {}", log.text);
    }
    let page = admin.get("/v1/audit?limit=2").await;
    assert_eq!((&page.body["rows"][1]["number"], &page.body["next"]), (&json!(4), &json!(4)));
    let rest = admin.get("/v1/audit?before=4&object=budgets/").await;
    assert_eq!(rest.body["rows"].as_array().unwrap().len(), 2);
    assert_eq!(rest.body["next"], Value::Null);
    assert_eq!(plaudit_store::family::audit::check(&*app.state.store).unwrap(), 5);
}

#[tokio::test]
async fn accounts_are_invited_changed_and_never_without_an_admin() {
    let app = access::furnished();
    let admin = Person::new(&app, vec![Grant { role: Role::Admin, range: Range::House }], None);
    let wish = json!({ "mail": "Eva@Example.com ", "name": "Eva", "locale": "es", "roles": [{ "role": "manager", "sites": ["madrid"] }] });
    let made = admin.send("POST", "/v1/accounts", &wish).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!((&made.body["mail"], &made.body["state"]), (&json!("eva@example.com"), &json!("invited")));
    assert!(
        made.body["link"].as_str().unwrap().contains("/invitation?link="),
        "no mail is set, so it is handed over"
    );
    assert_eq!(admin.send("POST", "/v1/accounts", &wish).await.body["code"], "mail-taken");
    let id = made.body["id"].as_str().unwrap();
    let path = format!("/v1/accounts/{id}");
    assert!(!admin.get("/v1/accounts").await.text.contains("password"), "no hash is shown");
    assert_eq!(admin.get(&path).await.body["link"], Value::Null, "shown once");
    for (roles, agent) in [
        (json!([]), Value::Null),
        (json!([{ "role": "root" }]), Value::Null),
        (json!([{ "role": "manager" }]), Value::Null),
        (json!([{ "role": "manager", "everywhere": true, "sites": ["madrid"] }]), Value::Null),
        (json!([{ "role": "manager", "sites": ["atlantis"] }]), Value::Null),
        (json!([{ "role": "team-leader" }]), Value::Null),
        (json!([{ "role": "agent" }]), Value::Null),
        (json!([{ "role": "agent" }]), json!("E404")),
        (json!([{ "role": "auditor", "teams": ["care"] }]), Value::Null),
    ] {
        let mut wish = wish.clone();
        (wish["roles"], wish["agent"]) = (roles.clone(), agent);
        assert_eq!(admin.send("PUT", &path, &wish).await.status, 422, "{roles}");
    }
    let me = admin.get("/v1/me").await.body;
    let own = format!("/v1/accounts/{}", me["id"].as_str().unwrap());
    let last = admin.send("POST", &format!("{own}/disable"), &Value::Null).await;
    assert_eq!((last.status.as_u16(), &last.body["code"]), (409, &json!("last-admin")));
    let less = json!({ "mail": me["mail"], "name": "Me", "roles": [{ "role": "auditor" }] });
    assert_eq!(admin.send("PUT", &own, &less).await.status, 409);
    assert_eq!(admin.send("POST", &format!("{path}/disable"), &Value::Null).await.body["state"], "disabled");
    assert_eq!(admin.send("POST", &format!("{path}/invite"), &Value::Null).await.status, 409);
    assert_eq!(admin.send("POST", &format!("{path}/enable"), &Value::Null).await.body["state"], "invited");
}
