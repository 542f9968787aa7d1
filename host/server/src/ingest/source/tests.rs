use plaudit_core::event::{Subject, Value};

use super::*;
use crate::ingest::{declared::Declared, identity::Identity};

const CONNECT: &str = include_str!("../../../../../sources/amazon-connect.toml");
const CONTACT: &str = include_str!("../../../tests/fixtures/amazon-connect-disconnected.json");

fn run(toml: &str, body: &Json) -> Vec<Result<Option<Event>, Flaw>> {
    let mapping = Mapping::compile("test", &toml::from_str(toml).unwrap()).unwrap();
    let mut declared = Declared::default();
    declared.add("*".into(), mapping.field_names().cloned());
    let identity = Identity::new(&[1; 32]);
    let known = Known::new(&declared, &identity);
    mapping.items(body.clone()).unwrap().iter().map(|item| mapping.event(body, item, known)).collect()
}

fn contact() -> Json {
    serde_json::from_str(CONTACT).unwrap()
}

fn only(body: &Json) -> Event {
    let mut events = run(CONNECT, body);
    assert_eq!(events.len(), 1);
    events.remove(0).unwrap().unwrap()
}

#[test]
fn a_connect_contact_that_ends_with_an_agent_is_completed() {
    let event = only(&contact());
    assert_eq!(event.subject, Subject::agent(Identity::new(&[1; 32]).opaque("E1042")));
    assert_eq!(&*event.kind, "contact.completed");
    assert_eq!(event.entity.as_deref(), Some("c0ffee00-0000-4000-8000-000000000077"));
    assert_eq!(event.field("handle_s"), Some(&Value::Number(240.5)));
    assert_eq!(event.field("wait_s"), Some(&Value::Number(40.0)));
    assert_eq!(event.field("channel"), Some(&Value::Text("voice".into())));
    assert_eq!(event.field("queue"), Some(&Value::Text("support-es".into())));
}

#[test]
fn both_spellings_of_agent_info_and_the_bare_detail_are_understood() {
    let expected = only(&contact());
    let mut other = contact();
    let info = other["detail"]["agentInfo"].take();
    other["detail"].as_object_mut().unwrap().remove("agentInfo");
    other["detail"]["AgentInfo"] =
        json!({"AgentArn": info["agentArn"], "connectedToAgentTimestamp": info["connectedToAgentTimestamp"]});
    assert_eq!(only(&other), expected);
    assert_eq!(only(&contact()["detail"]), expected);
}

#[test]
fn other_connect_events_are_skipped() {
    let mut other = contact();
    other["detail"]["eventType"] = json!("CONNECTED_TO_AGENT");
    assert_eq!(run(CONNECT, &other), [Ok(None)]);
    let mut abandoned = contact();
    abandoned["detail"].as_object_mut().unwrap().remove("agentInfo");
    assert_eq!(run(CONNECT, &abandoned), [Ok(None)]);
}

#[test]
fn a_field_that_an_item_lacks_is_left_out() {
    let mut other = contact();
    other["detail"].as_object_mut().unwrap().remove("queueInfo");
    let event = only(&other);
    assert_eq!((event.field("queue"), event.field("wait_s")), (None, None));
    assert!(event.field("handle_s").is_some());
}

const LIST: &str = r#"
each = "body.tickets"
id = "item.id"
type = "'ticket.solved'"
subject = "'agent/' + item.who"
time = "item.at"
entity = "item.id"
revision = "item.version"
"#;

#[test]
fn each_item_stands_for_itself() {
    let body = json!({"tickets": [
        {"id": 5158, "who": "E1", "at": 1_772_442_723_250_i64, "version": 3},
        {"id": 5159, "at": "2026-03-02T09:00:00Z", "version": 1},
        {"id": 5160, "who": "E2", "at": "yesterday", "version": 1},
    ]});
    let events = run(LIST, &body);
    let first = events[0].clone().unwrap().unwrap();
    assert_eq!((&*first.id, first.time, first.revision), ("5158", 1_772_442_723_250, 3));
    let second = events[1].clone().unwrap_err().at(1);
    assert_eq!((&*second.field, &*second.code), ("subject", "mapping"));
    let third = events[2].clone().unwrap_err().at(2);
    assert_eq!((&*third.field, third.value.as_deref()), ("time", Some("yesterday")));
}

#[test]
fn a_mapping_error_shows_the_place() {
    let document = toml::from_str(&LIST.replace("item.id\"\ntype", "item.\"\ntype")).unwrap();
    let error = Mapping::compile("x", &document).unwrap_err();
    assert_eq!(error.part, "id");
    assert!(error.to_string().contains("line 1"), "{error}");
}

#[test]
fn a_list_that_cel_would_cut_is_refused_rather_than_shortened() {
    let item = json!({"id": "1", "who": "E1", "at": 0, "version": 1});
    let body = json!({"tickets": vec![item; 200]});
    let mapping = Mapping::compile("x", &toml::from_str(LIST).unwrap()).unwrap();
    assert!(mapping.items(body).is_err());
}
