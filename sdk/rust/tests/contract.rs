//! The host reads what the SDK writes: plan and manifest, and the settings' schema.

use plaudit_core::rule as host;
use plaudit_sdk::prelude::*;
use plaudit_sdk::{Aggregate, Manifest};
use serde_json::json;

struct Everything;

/// What there is to set.
#[derive(Settings)]
struct Choices {
    /// Measure.
    ///
    /// What is counted,
    /// of the catalogue.
    #[setting(metric, default = "calls")]
    metric: String,
    /// Good from.
    #[setting(min = 1, max = 5, default = 4.5, unit = "points")]
    good: f64,
    /// Whose.
    #[setting(default = Who::OneTeam)]
    who: Who,
    #[setting(
        title = "Kind of prize",
        help = "How it is paid.",
        choices("points", "thing"),
        default = "points"
    )]
    kind: String,
    /// Levels.
    #[setting(items_min = 1, items_max = 3)]
    tiers: Vec<Tier>,
    /// At most a day.
    cap: Option<u32>,
    /// Quiet.
    #[setting(default)]
    quiet: bool,
}

/// Of whom.
#[derive(Settings)]
enum Who {
    /// Every agent.
    Everyone,
    /// One team.
    OneTeam,
}

#[derive(Settings)]
struct Tier {
    /// From.
    #[setting(min = 1)]
    at: u32,
    /// Name.
    name: String,
}

impl Rule for Everything {
    type Settings = Choices;
    type State = ();
    const NAME: &'static str = "everything";
    const STATE_SCHEMA: u32 = 7;

    fn plan(s: &Choices) -> Plan {
        let board = Board::new("ranking")
            .sum(&s.metric, 2.0)
            .mean("csat", 0.0)
            .column("hours", Aggregate::Sum, 0.0)
            .per("hours")
            .at_least("csat", s.good)
            .at_most("hours", 60.0)
            .or_nothing()
            .tie("csat")
            .tie_lowest("hours");
        Plan::per_team()
            .metric(&s.metric)
            .metric("csat")
            .metric("csat")
            .attribute("entity")
            .board(board)
            .draw("weekly", DrawMethod::Weighted)
            .draw("second", DrawMethod::Equal)
            .quota("first", 3)
            .quota_at_close("fastest", 2)
            .each_team()
            .anew_each_period()
            .opening(Text::new("begins").with("n", 3).with("what", "calls"))
            .tell_corrections()
            .tell_late()
    }

    fn check(s: &Choices) -> Vec<Problem> {
        let order = plaudit_sdk::helpers::tiers::out_of_order(&s.tiers, |t| t.at.into());
        order
            .map(|i| problem(format!("/tiers/{i}/at"), "has to be more than the tier before"))
            .into_iter()
            .collect()
    }

    fn on_event(_: &mut (), event: &Event, cx: &mut Context<Choices>) {
        let s = cx.settings;
        let counts = matches!(s.who, Who::Everyone | Who::OneTeam) && !s.quiet && s.kind == "points";
        let capped = s.cap.unwrap_or(u32::MAX).min(s.tiers[0].name.len() as u32);
        if counts && capped > 0 {
            cx.score(0, 0, event.metric(0).unwrap_or(0.0));
        }
    }
}

const SETTINGS: &str = r#"{ "tiers": [{ "at": 5, "name": "Bronze" }, { "at": 10, "name": "Silver" }] }"#;

fn problems(settings: &str) -> Vec<String> {
    let problems = plaudit_sdk::plan_json::<Everything>(settings).expect_err("these settings are wrong");
    problems.iter().map(|p| format!("{} {}", p.field, p.message)).collect()
}

#[test]
fn the_host_reads_the_plan() {
    let json = plaudit_sdk::plan_json::<Everything>(SETTINGS).expect("the settings are right");
    let plan: host::Plan = serde_json::from_str(&json).expect("the host reads the plan");
    assert_eq!(plan.key, host::KeyKind::Team);
    assert_eq!((plan.metrics, plan.attributes), (vec!["calls".into(), "csat".into()], vec!["entity".into()]));
    let board = &plan.boards[0];
    let column = |name: &str, aggregate| host::ColumnSpec { name: name.into(), aggregate };
    let wanted =
        [("calls", host::Aggregate::Sum), ("csat", host::Aggregate::Mean), ("hours", host::Aggregate::Sum)];
    assert_eq!(board.columns, wanted.map(|(n, a)| column(n, a)));
    assert_eq!((&board.value[..], board.per), (&[host::Term { column: 0, factor: 2.0 }][..], Some(2)));
    let guards = [
        host::Guard { column: 1, at_least: Some(4.5), at_most: None, or_nothing: false },
        host::Guard { column: 2, at_least: None, at_most: Some(60.0), or_nothing: true },
    ];
    assert_eq!(board.guards, guards);
    let ties = [host::Tie { column: 1, lowest_first: false }, host::Tie { column: 2, lowest_first: true }];
    assert_eq!(board.ties, ties);
    assert_eq!(plan.draws[0], host::DrawPlan { name: "weekly".into(), method: host::DrawMethod::Weighted });
    assert_eq!(plan.draws[1].method, host::DrawMethod::Equal);
    let quota =
        |award: &str, per_period, per, decided| host::Quota { award: award.into(), per_period, per, decided };
    let at_once = quota("first", 3, host::QuotaPer::Incentive, host::Decided::AtOnce);
    assert_eq!(plan.quotas, [at_once, quota("fastest", 2, host::QuotaPer::Team, host::Decided::AtClose)]);
    assert_eq!(plan.state, host::StateFor::Period);
    let opening = plan.opening.expect("an opening");
    let words = [("n".into(), host::Word::Number(3.0)), ("what".into(), host::Word::Text("calls".into()))];
    assert_eq!((opening.message.as_str(), opening.arguments), ("begins", words.into()));
    assert!(plan.tell_corrections && plan.tell_late);
}

#[test]
fn no_field_of_the_plan_gets_lost_on_the_way() {
    let json = plaudit_sdk::plan_json::<Everything>(SETTINGS).expect("the settings are right");
    let plan: host::Plan = serde_json::from_str(&json).expect("the host reads the plan");
    let again = serde_json::to_value(&plan).expect("the host writes it");
    assert_eq!(again, serde_json::from_str::<serde_json::Value>(&json).expect("JSON"));
}

#[test]
fn the_host_reads_the_manifest() {
    let manifest: Manifest = plaudit_sdk::manifest::<Everything>("1.2.3", &[("en", "a = b")]);
    let read: host::Manifest =
        serde_json::from_str(&manifest.to_json()).expect("the host reads the manifest");
    assert_eq!((read.name.as_str(), read.version.as_str(), read.state_schema), ("everything", "1.2.3", 7));
    assert_eq!(read.contract, "plaudit:rule@1.0.0");
    assert_eq!(read.texts["en"], "a = b");
    let properties = &read.settings["properties"];
    assert_eq!(
        properties["metric"],
        json!({
            "type": "string", "minLength": 1, "title": "Measure", "description": "What is counted, of the catalogue.",
            "default": "calls", "x-plaudit": "metric",
        })
    );
    assert_eq!(
        properties["good"],
        json!({
            "type": "number", "title": "Good from", "minimum": 1, "maximum": 5, "default": 4.5,
            "x-plaudit-unit": "points",
        })
    );
    assert_eq!(properties["who"]["oneOf"][1], json!({ "const": "one-team", "title": "One team" }));
    assert_eq!(properties["who"]["default"], "one-team");
    assert_eq!(properties["kind"]["enum"], json!(["points", "thing"]));
    assert_eq!(properties["tiers"]["maxItems"], 3);
    assert_eq!(properties["tiers"]["items"]["properties"]["at"]["minimum"], 1);
    assert_eq!(properties["tiers"]["items"]["required"], json!(["at", "name"]));
    assert_eq!(read.settings["required"], json!(["tiers"]));
}

#[test]
fn every_problem_is_named_at_once() {
    let found = problems(
        r#"{ "good": 7, "who": "nobody", "kind": "cash", "tiers": [{ "at": 0, "name": "" }, { "name": 3 }], "cap": -1, "x": 1 }"#,
    );
    let fields: Vec<_> = found.iter().filter_map(|p| p.split(' ').next()).collect();
    assert_eq!(
        fields,
        [
            "/x",
            "/good",
            "/who",
            "/kind",
            "/tiers/0/at",
            "/tiers/0/name",
            "/tiers/1/at",
            "/tiers/1/name",
            "/cap"
        ]
    );
    assert_eq!(found[1], "/good is 7, may be at most 5");
    assert_eq!(found[2], "/who is \"nobody\", has to be one of everyone, one-team");
    assert_eq!(problems("[]"), [" has to be an object, not []"]);
    assert_eq!(problems("{}"), ["/tiers is missing"]);
    assert!(problems("{")[0].starts_with(" is no JSON document"));
}

#[test]
fn what_spans_fields_is_checked_after_the_fields() {
    let found = problems(r#"{ "tiers": [{ "at": 5, "name": "a" }, { "at": 5, "name": "b" }] }"#);
    assert_eq!(found, ["/tiers/1/at has to be more than the tier before"]);
}

#[test]
fn the_sdk_names_the_contract_that_the_wit_file_holds() {
    let wit = include_str!("../../wit/rule.wit");
    assert!(wit.contains(&format!("package {};", plaudit_sdk::CONTRACT)));
}
