//! What expressions mean, what is refused, and how it is said.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::event::{Event, Subject, Value};

fn event(fields: &[(&str, Value)]) -> Event {
    Event {
        source: "/acd".into(),
        id: "1".into(),
        kind: "survey.answered".into(),
        subject: Subject::agent("a1"),
        time: 1_772_442_723_000,
        entity: Some("survey-7".into()),
        revision: 0,
        retracted: false,
        fields: fields.iter().map(|(name, value)| ((*name).into(), value.clone())).collect(),
    }
}

fn number(value: f64) -> Value {
    Value::Number(value)
}

fn text(value: &str) -> Value {
    Value::Text(value.into())
}

fn metric(filter: Option<&str>, value: &str, per: Option<&str>) -> MetricDefinition {
    MetricDefinition {
        name: "csat".into(),
        version: 1,
        types: vec!["survey.answered".into()],
        filter: filter.map(str::to_owned),
        value: value.to_owned(),
        per: per.map(str::to_owned),
        unit: String::new(),
        lower_is_better: false,
    }
}

fn evaluate(definition: &MetricDefinition, event: &Event) -> Result<Option<Measure>, EvaluateError> {
    let compiled = compile(definition).unwrap_or_else(|error| panic!("{error}"));
    compiled.evaluate(&EventContext::new(event))
}

/// The value of an expression over a usual event.
fn value_of(expression: &str) -> Option<f64> {
    let fields = [
        ("csat", number(5.0)),
        ("score", number(87.5)),
        ("handle_s", number(245.0)),
        ("queue", text("es-vip")),
        ("resolved", Value::Bool(true)),
        ("broken", number(f64::NAN)),
    ];
    let result = evaluate(&metric(None, expression, None), &event(&fields));
    result.unwrap_or_else(|error| panic!("{error}")).map(|measure| measure.value)
}

#[test]
fn whole_numbers_and_decimals_mix() {
    for (expression, value) in [
        ("1", 1.0),
        ("data.csat", 5.0),
        ("data.csat == 5", 1.0),
        ("data.csat >= 4.5 && 5 == 5.0", 1.0),
        ("data.score * 2", 175.0),
        ("2 * data.score + 1", 176.0),
        ("data.handle_s / 60 - 4", 245.0 / 60.0 - 4.0),
        ("7 % 4 + data.csat % 2", 4.0),
        ("-data.csat + 3u", -2.0),
        ("data.resolved ? 1 : 0", 1.0),
        ("data.csat in [4, 5] ? 10 : 0", 10.0),
        ("int(data.score) + 1", 88.0),
        ("size(data.queue) * 2 + data.queue.size()", 18.0),
        ("data.queue.indexOf(\"-\") + 1", 3.0),
        ("data.queue.substring(0, 2) == \"es\"", 1.0),
        ("data.queue.substring(data.queue.indexOf(\"-\") + 1) == \"vip\"", 1.0),
        ("data.queue.split(\"-\")[1] == \"vip\"", 1.0),
        ("data.queue.matches(\"^es-\") && data.queue.upperAscii().contains(\"VIP\")", 1.0),
        ("max(data.csat, 3) + min(1, 2) + abs(-2) + floor(1.9) + ceil(0.1) + round(2.5)", 13.0),
        ("[1, 2, 3].exists_one(x, x > 2) && [1, 2].all(x, x >= 1)", 1.0),
        ("size([1, 2, 3].filter(x, x > data.csat - 4))", 2.0),
        ("[1, 2, 3].map(x, x * 2)[2]", 6.0),
        ("event.type == \"survey.answered\" && event.subject == \"agent/a1\"", 1.0),
        ("rfc3339(event.time) == \"2026-03-02T09:12:03Z\"", 1.0),
        ("event.time - millis(\"2026-03-02T09:12:00Z\")", 3000.0),
        ("has(data.nps) ? data.nps : -1", -1.0),
    ] {
        assert_eq!(value_of(expression), Some(value), "{expression}");
    }
}

#[test]
fn what_is_missing_or_not_finite_is_absent() {
    for expression in
        ["data.nps", "data.nps + 1", "data.broken", "data.broken + 1", "data.csat / 0", "0 / (data.csat - 5)"]
    {
        assert_eq!(value_of(expression), None, "{expression}");
    }
    assert_eq!(value_of("has(data.broken) ? 1 : 0"), Some(0.0));
}

#[test]
fn a_ratio_keeps_its_parts_and_a_filter_says_no() {
    let shift = event(&[("adherent_s", number(28_000.0)), ("scheduled_s", number(28_800.0))]);
    let ratio = metric(Some("data.scheduled_s > 0"), "data.adherent_s", Some("data.scheduled_s"));
    assert_eq!(evaluate(&ratio, &shift), Ok(Some(Measure { value: 28_000.0, weight: 28_800.0 })));
    assert_eq!(evaluate(&metric(None, "3", None), &shift), Ok(Some(Measure { value: 3.0, weight: 1.0 })));
    assert_eq!(evaluate(&metric(Some("data.scheduled_s > 30000"), "1", None), &shift), Ok(None));
    assert_eq!(
        evaluate(&metric(Some("data.absent"), "1", None), &shift),
        Ok(None),
        "an absent filter says no"
    );
    assert_eq!(evaluate(&metric(None, "1", Some("data.absent_s")), &shift), Ok(None));

    let other = Event { kind: "contact.completed".into(), ..shift };
    assert_eq!(evaluate(&metric(None, "1", None), &other), Ok(None), "another type");
}

#[test]
fn a_wrong_type_is_an_error_that_says_so() {
    let answered = event(&[("queue", text("es"))]);
    let error = |filter, value| evaluate(&metric(filter, value, None), &answered).unwrap_err().to_string();
    assert_eq!(error(None, "data.queue"), "`data.queue` gave a string, not a number");
    assert_eq!(error(Some("1"), "1"), "`1` gave a float, not a yes or no");
    assert!(error(None, "data.queue * 2").starts_with("`data.queue * 2` failed: "));
}

#[test]
fn the_fields_it_reads_are_known() {
    let definition = metric(
        Some("has(data.nps) && data.channel == \"voice\""),
        "data.queue.size() + data.csat",
        Some("[data.a, 2].exists(x, x > data.b) ? 1 : 2"),
    );
    let fields = compile(&definition).unwrap().fields();
    assert_eq!(
        fields.iter().map(|f| &**f).collect::<Vec<_>>(),
        ["a", "b", "channel", "csat", "nps", "queue"]
    );
}

#[test]
fn refusals_show_the_place_and_the_way_out() {
    let long = format!("1{}", " + 1".repeat(2000));
    let deep = format!("{}1{}", "(".repeat(500), ")".repeat(500));
    let chain = format!("1{}", " + 1".repeat(100));
    let wide = format!("[{}1].exists(x, x > 1)", "1,".repeat(600));
    let refused = [
        "",
        "data.csat +",
        "data.csat ==\n  5 &&& 3",
        "csat * 2",
        "data == 1",
        "data[\"csat\"]",
        "event.team",
        "foo(data.csat)",
        "data.queue.abs()",
        "data.queue.matches(data.other)",
        "data.queue.replace(\"a\", \"aaaa\")",
        "[1].all(x, [2].all(y, y > x))",
        "{\"a\": 1}",
        "data.a.?b",
        "timestamp(\"2026-03-02T09:00:00Z\")",
        &long,
        &deep,
        &chain,
        &wide,
    ];
    let shown: Vec<String> = refused
        .iter()
        .map(|expression| {
            let error = compile(&metric(None, expression, None)).expect_err(expression).to_string();
            let cut = |line: &str| line.chars().take(120).collect::<String>();
            error.lines().map(cut).collect::<Vec<_>>().join("\n")
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn a_catalogue_entry_needs_a_name_and_types() {
    let named = MetricDefinition { name: "Top Ratings".into(), ..metric(None, "1", None) };
    assert!(matches!(compile(&named), Err(MetricError::Name { .. })));
    let blind = MetricDefinition { types: vec![], ..metric(None, "1", None) };
    assert!(matches!(compile(&blind), Err(MetricError::NoTypes { .. })));
}

#[test]
fn expressions_over_json_for_sources() {
    let payload = json!({
        "call": {"id": "c-7", "ended": "2026-03-02T09:12:03Z", "legs": [{"s": 60}, {"s": 30.5}], "big": 1700000000},
        "tags": ["vip", "es"],
    });
    let run = |text: &str, expected| {
        Expression::compile(text, &["payload"], expected).unwrap().evaluate(&[("payload", &payload)])
    };
    assert_eq!(run("payload.call.id", Expected::Text), Ok(json!("c-7")));
    assert_eq!(run("\"agent/\" + payload.call.id.upperAscii()", Expected::Text), Ok(json!("agent/C-7")));
    assert_eq!(run("payload.call.legs[1].s + 1", Expected::Number), Ok(json!(31.5)));
    assert_eq!(run("payload.call.legs.map(leg, leg.s)", Expected::Any), Ok(json!([60, 30.5])));
    assert_eq!(run("payload[\"tags\"][size(payload.tags) - 1]", Expected::Text), Ok(json!("es")));
    assert_eq!(run("millis(payload.call.ended)", Expected::Number), Ok(json!(1_772_442_723_000_i64)));
    assert_eq!(run("rfc3339(payload.call.big * 1000)", Expected::Text), Ok(json!("2023-11-14T22:13:20Z")));
    assert_eq!(run("\"vip\" in payload.tags", Expected::Bool), Ok(json!(true)));
    assert!(
        matches!(run("payload.call.queue", Expected::Text), Err(EvaluateError::Absent { field, .. }) if field == "queue")
    );
    assert!(matches!(run("payload.call", Expected::Text), Err(EvaluateError::Type { .. })));
    assert!(matches!(run("millis(payload.call.id)", Expected::Number), Err(EvaluateError::Failed { .. })));

    let unknown = Expression::compile("body.id", &["payload", "headers"], Expected::Text).unwrap_err();
    assert_eq!((unknown.line, unknown.column), (1, 1));
    assert_eq!(unknown.hint, "known are: payload, headers");
}

#[test]
fn long_lists_are_cut_to_their_first_items() {
    let payload = json!({ "items": (0..1000).collect::<Vec<_>>() });
    let size = Expression::compile("size(payload.items)", &["payload"], Expected::Number).unwrap();
    assert_eq!(size.evaluate(&[("payload", &payload)]), Ok(json!(crate::limits::CEL_LIST_ITEMS_MAX)));
}

#[test]
fn every_function_can_be_called_as_its_usage_says() {
    let fields: Vec<(&str, Value)> = ["change", "minutes", "score", "a", "b", "floor"]
        .into_iter()
        .map(|name| (name, number(-1.5)))
        .chain([("queue", text("es-vip"))])
        .collect();
    let event = event(&fields);
    let context = EventContext::new(&event);
    for function in FUNCTIONS {
        let expression = Expression::compile_for_events(function.usage, &VARIABLES, Expected::Any);
        let expression = expression.unwrap_or_else(|error| panic!("{error}"));
        assert!(function.usage.contains(function.name), "{}", function.usage);
        // `truth` runs any expression; only the type of its value may be wrong.
        match context.truth(&expression) {
            Ok(_) | Err(EvaluateError::Type { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn compiled_metrics_can_be_shared_between_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<CompiledMetric>();
    is_shared::<Expression>();
}

proptest! {
    /// Whatever is typed, the answer is a metric or an explanation, never a panic.
    #[test]
    fn anything_can_be_typed(text in "[ -~\n€]{0,60}") {
        if let Err(error) = compile(&metric(None, &text, None)) {
            prop_assert!(error.to_string().contains('^'));
        }
    }

    /// Tokens of the language in any order, too.
    #[test]
    fn any_tokens_can_be_typed(tokens in prop::collection::vec(prop::sample::select(vec![
        "data", ".", "csat", "(", ")", "[", "]", "1", "2.5", "+", "-", "*", "%", "==", "&&", "||", "!", "?", ":",
        "has", "all", "x", ",", "\"t\"", "size", "in", "matches",
    ]), 0..24)) {
        let text = tokens.join(" ");
        if let Ok(compiled) = compile(&metric(None, &text, None)) {
            let event = event(&[("csat", number(3.0))]);
            let result = compiled.evaluate(&EventContext::new(&event));
            if let Ok(Some(measure)) = result {
                prop_assert!(measure.value.is_finite());
            }
        }
    }

    /// Arithmetic is that of doubles.
    #[test]
    fn arithmetic_is_that_of_doubles(a in -1e6_f64..1e6, b in 1e-3_f64..1e6, n in -1000_i32..1000) {
        let event = event(&[("a", number(a)), ("b", number(b))]);
        let result = evaluate(&metric(None, &format!("(data.a + ({n})) * 2 / data.b"), None), &event);
        prop_assert_eq!(result.unwrap().map(|m| m.value), Some((a + f64::from(n)) * 2.0 / b));
    }
}
