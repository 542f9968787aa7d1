//! One's own settings: how one is seen, told and ranked.

use axum::http::StatusCode;
use plaudit_core::{
    access::{Grant, Range, Role},
    journal::Entry,
    roster::RosterChange,
};
use plaudit_store::{
    Batch,
    family::{
        self,
        people::{People, Person as InPeople},
        preference::Preferences,
    },
};
use serde_json::{Value, json};

use super::{NOW, access, decide::Person, identity};

fn agent() -> Vec<Grant> {
    vec![Grant { role: Role::Agent, range: Range::House }]
}

fn settings(competes: bool) -> Value {
    json!({ "appearance": "initials", "channels": { "awards": ["mail", "chat", "mail"], "praise": [] },
        "quiet": { "when": "own", "hours": "20:00-08:00", "days_off": true }, "competes": competes })
}

#[tokio::test]
async fn settings_are_as_they_were_put() {
    let app = access::furnished();
    let own = Person::new(&app, agent(), Some(access::OWN));
    let get = async || own.send("GET", "/v1/me/settings", &Value::Null).await;
    let before = get().await;
    assert_eq!(
        before.body,
        json!({ "appearance": "name", "channels": null, "competes": true, "reachable": [], "house_hours": null,
            "house_days_off": false, "quiet": { "when": "house", "hours": null, "days_off": false } })
    );
    let put = own.send("PUT", "/v1/me/settings", &settings(true)).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    assert_eq!(put.body["channels"], json!({ "awards": ["chat", "mail"], "praise": [] }));
    assert_eq!(put.body["quiet"], json!({ "when": "own", "hours": "20:00-08:00", "days_off": true }));
    assert_eq!(get().await.body, put.body);
    assert_eq!(app.entries(), 0, "how one is told is no matter of the journal");
    // Another one's settings stay as they are.
    let other = Person::new(&app, agent(), Some(access::OTHER));
    assert_eq!(other.send("GET", "/v1/me/settings", &Value::Null).await.body, before.body);
}

#[tokio::test]
async fn whether_somebody_competes_is_journalled_once_with_the_time_from_which_it_holds() {
    let app = access::furnished();
    let own = Person::new(&app, agent(), Some(access::OWN));
    for _ in 0..2 {
        let put = own.send("PUT", "/v1/me/settings", &settings(false)).await;
        assert_eq!((put.status, &put.body["competes"]), (StatusCode::OK, &json!(false)), "{}", put.text);
    }
    let id = identity().opaque(access::OWN);
    let roster = app.state.journal.house().roster;
    assert_eq!((app.entries(), roster.choices_of(&id)), (1, &[(NOW, false)][..]));
    assert!(roster.competes_at(&id, NOW - 1) && !roster.competes_at(&id, NOW));
    app.state.clock.drive(NOW + 5).unwrap();
    own.send("PUT", "/v1/me/settings", &settings(true)).await;
    let roster = app.state.journal.house().roster;
    assert_eq!(roster.choices_of(&id), [(NOW, false), (NOW + 5, true)]);
    // An import of the roster leaves the choice alone, and the log of changes does not tell of it.
    own.send("PUT", "/v1/me/settings", &settings(false)).await;
    let agent = roster.agent(&id).unwrap().clone();
    let mut again = plaudit_core::roster::Roster::clone(&app.state.journal.house().roster);
    again.apply(&RosterChange::Agent(agent));
    assert!(!again.competes_at(&id, NOW + 6));
    let audit = app.get("/v1/audit").await;
    assert!(audit.text.contains("/v1/me/settings") && !audit.text.contains("compet"), "{}", audit.text);
    let nobody =
        Entry::Roster(RosterChange::Competing { agent: "anobody".into(), from: NOW, competes: false });
    let Entry::Roster(nobody) = nobody else { unreachable!() };
    let refused = again.validate(&nobody).unwrap_err().to_string();
    assert!(refused.contains("anobody") && refused.contains("not in the roster"), "{refused}");
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_whole() {
    let app = access::furnished();
    let own = Person::new(&app, agent(), Some(access::OWN));
    let with = |name: &str, value: Value| {
        let mut document = settings(false);
        document[name] = value;
        document
    };
    for (document, status, code) in [
        (with("quiet", json!({ "when": "own", "hours": "8 to 20" })), 422, "bad-settings"),
        (with("quiet", json!({ "when": "own", "hours": "08:00-08:00" })), 422, "bad-settings"),
        (with("quiet", json!({ "when": "own" })), 422, "bad-settings"),
        (with("quiet", json!({ "when": "sometimes" })), 400, "bad-document"),
        (with("appearance", json!("crown")), 400, "bad-document"),
        (with("channels", json!({ "awards": ["pigeon"], "praise": [] })), 400, "bad-document"),
        (with("colour", json!("gold")), 400, "bad-document"),
        (json!({ "competes": false }), 400, "bad-document"),
    ] {
        let reply = own.send("PUT", "/v1/me/settings", &document).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.body["code"]),
            (status, &json!(code)),
            "{document}: {}",
            reply.text
        );
    }
    assert_eq!(app.entries(), 0);
    let id = identity().opaque(access::OWN).to_string();
    assert_eq!(family::get::<Preferences>(&*app.state.store, &id).unwrap(), None);
    // Whoever is not on the roster has none of this.
    let manager = Person::new(&app, vec![Grant { role: Role::Manager, range: Range::House }], None);
    for (method, document) in [("GET", Value::Null), ("PUT", settings(false))] {
        let reply = manager.send(method, "/v1/me/settings", &document).await;
        assert_eq!((reply.status, &reply.body["code"]), (StatusCode::NOT_FOUND, &json!("not-found")));
    }
}

#[tokio::test]
async fn what_somebody_prefers_is_erased_with_them() {
    let app = access::furnished();
    let id = identity().opaque(access::OWN).to_string();
    let mut batch = Batch::default();
    family::put::<People>(&mut batch, &id, &InPeople { name: "Ona".into(), ..InPeople::default() });
    app.state.store.apply(batch).unwrap();
    let own = Person::new(&app, agent(), Some(access::OWN));
    own.send("PUT", "/v1/me/settings", &settings(false)).await;
    assert!(family::get::<Preferences>(&*app.state.store, &id).unwrap().is_some());
    app.call("DELETE", &format!("/v1/people/{}", access::OWN), "", "").await;
    assert_eq!(family::get::<Preferences>(&*app.state.store, &id).unwrap(), None);
    assert!(!app.state.journal.house().roster.competes_at(&id, NOW), "what decides outcomes stays");
}
