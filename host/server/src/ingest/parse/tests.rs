use serde_json::json;

use super::*;

fn parse(json: &Json) -> Result<Event, Box<Rejected>> {
    let mut declared = Declared::default();
    declared.add("contact.completed".into(), ["handle_s", "queue", "resolved"].map(Id::from));
    let identity = Identity::new(&[1; 32]);
    event(json, Known::new(&declared, &identity)).map_err(|flaw| Box::new(flaw.of(id_of(json)).at(0)))
}

fn good() -> Json {
    json!({
        "specversion": "1.0", "id": "e1", "source": "/acd", "type": "contact.completed", "subject": "agent/E1",
        "time": "2026-03-02T10:12:03.25+01:00", "entity": "c1", "revision": "2", "retracted": "false",
        "data": {"handle_s": 240, "queue": "es", "resolved": true, "phone": "+34 600", "note": {"deep": 1}}
    })
}

#[test]
fn an_event_keeps_declared_fields_and_hides_the_agent() {
    let event = parse(&good()).unwrap();
    assert_eq!(event.time, 1_772_442_723_250);
    assert_eq!(event.subject, Subject::agent(Identity::new(&[1; 32]).opaque("E1")));
    assert_eq!((event.entity.as_deref(), event.revision, event.retracted), (Some("c1"), 2, false));
    let fields: Vec<_> = event.fields.iter().map(|(name, value)| (&**name, value.clone())).collect();
    let expected = [
        ("handle_s", Value::Number(240.0)),
        ("queue", Value::Text("es".into())),
        ("resolved", Value::Bool(true)),
    ];
    assert_eq!(fields, expected);
}

#[test]
fn each_wrong_field_is_named_with_its_value() {
    let cases = [
        ("specversion", json!("0.3"), "specversion", Some("0.3"), "specversion"),
        ("specversion", Json::Null, "specversion", Some("null"), "specversion"),
        ("id", json!(""), "id", Some(""), "bad-text"),
        ("id", json!(7), "id", Some("7"), "bad-type"),
        ("source", Json::Null, "source", None, "missing"),
        ("type", json!("a\u{0}b"), "type", Some("a\u{0}b"), "bad-text"),
        ("subject", json!("E1"), "subject", Some("E1"), "bad-subject"),
        ("subject", json!("agent/"), "subject", Some("agent/"), "bad-subject"),
        ("subject", json!("boss/E1"), "subject", Some("boss/E1"), "bad-subject"),
        ("time", json!("2026-03-02 10:12"), "time", Some("2026-03-02 10:12"), "bad-time"),
        ("time", json!("2026-03-02T10:12:03"), "time", Some("2026-03-02T10:12:03"), "bad-time"),
        ("time", json!("1960-01-01T00:00:00Z"), "time", Some("1960-01-01T00:00:00Z"), "bad-time"),
        ("revision", json!("-1"), "revision", Some("-1"), "bad-revision"),
        ("revision", json!("18446744073709551616"), "revision", Some("18446744073709551616"), "bad-revision"),
        ("retracted", json!("yes"), "retracted", Some("yes"), "bad-type"),
        ("entity", Json::Null, "entity", None, "missing"),
        ("data", json!([1]), "data", Some("[1]"), "bad-type"),
        ("data", json!({"handle_s": [1]}), "data.handle_s", Some("[1]"), "bad-type"),
    ];
    for (name, value, field, shown, code) in cases {
        let mut json = good();
        json[name] = value;
        let rejected = parse(&json).unwrap_err();
        assert_eq!(
            (&*rejected.field, rejected.value.as_deref(), &*rejected.code),
            (field, shown, code),
            "{json}"
        );
    }
}

#[test]
fn long_values_are_cut_in_answers_and_refused_in_events() {
    let mut json = good();
    json["data"]["queue"] = json!("é".repeat(300));
    let rejected = parse(&json).unwrap_err();
    assert_eq!(rejected.field, "data.queue");
    assert_eq!(rejected.value.unwrap().chars().count(), 81);
}

#[test]
fn the_order_in_which_fields_are_written_changes_nothing() {
    let mut other = good();
    other["data"] = serde_json::from_str(r#"{"resolved":true,"queue":"es","handle_s":240.0}"#).unwrap();
    assert_eq!(parse(&other), parse(&good()));
}

#[test]
fn an_event_without_data_or_revision_is_fine() {
    let mut json = good();
    for name in ["data", "revision", "retracted", "entity"] {
        json.as_object_mut().unwrap().remove(name);
    }
    let event = parse(&json).unwrap();
    assert_eq!((event.fields.len(), event.revision, event.entity), (0, 0, None));
}
