//! Who would have won, over a stretch of the past; and incentives that start there.

use std::{fs, process::Output};

use plaudit_tests::house::{Fact, House, Setup, at, plaudit};
use reqwest::Method;
use serde_json::{Value, json};

use super::{MORNING, NEXT_NOON, best_seller, told_of, two_people};

/// After the second local day and its settle delay.
const THIRD_DAY: &str = "2026-03-03T23:00:00Z";

/// Two days of calls, ratings and sales, Ana's better than Ben's.
fn two_days() -> Vec<Fact> {
    let mut facts = Vec::new();
    for day in ["2026-03-02", "2026-03-03"] {
        for hour in 8..12 {
            let at = |minute: u32| at(&format!("{day}T{hour:02}:{minute:02}:00Z"));
            facts.extend([at(1).call("ana"), at(2).rating("ana", 5), at(3).sale("ana", 10 * hour)]);
            facts.extend([at(11).call("ben"), at(12).rating("ben", hour % 5 + 1), at(13).sale("ben", 50)]);
        }
    }
    facts
}

/// One incentive of each official plugin.
fn all_four() -> [(&'static str, Value); 4] {
    let points = json!({ "budget": "recognition", "currency": "points", "units": 200 });
    let badges = json!({ "badges": [
        { "name": "five-stars", "kind": "streak", "metric": "csat", "at_least": 5,
          "levels": [{ "name": "bronze", "at": 2 }, { "name": "silver", "at": 4, "points": 20 }] },
    ]});
    let raffle = json!({
        "earn": [{ "metric": "calls" }],
        "prizes": [{ "winners": 1, "reward": { "prize": "Cinema voucher" } }],
    });
    let praise = json!({ "top_rating": { "metric": "csat", "at_least": 5 } });
    [
        (
            "best-seller",
            json!({ "plugin": "contest", "allotment": points, "settings": best_seller()["settings"] }),
        ),
        ("gallery", json!({ "plugin": "badges", "allotment": points, "settings": badges })),
        ("raffle", json!({ "plugin": "lottery", "settings": raffle })),
        ("a-good-word", json!({ "plugin": "praise", "settings": praise })),
    ]
}

/// What `PUT` and a preview take: the title and calendar that a story's setup fills in.
fn document(id: &str, document: &Value) -> Value {
    let mut document = document.clone();
    document["title"] = json!(id);
    document["zone"] = json!("Europe/Vilnius");
    document["periods"] = json!("daily");
    document
}

fn wish(id: &str, of: &Value, from: &str, to: &str) -> Value {
    let mut wish = document(id, of);
    wish["id"] = json!(id);
    wish["from"] = json!(from);
    wish["to"] = json!(to);
    wish
}

/// A preview of what would be put, on the day before [`MORNING`].
pub(super) async fn looked_at(house: &House, id: &str, of: &Value) -> Value {
    seen(house, &wish(id, of, "2026-03-01", "2026-03-02")).await
}

/// Asks for a preview and waits for its result.
async fn previewed(house: &House, wish: &Value) -> Value {
    seen(house, wish).await["result"].clone()
}

async fn seen(house: &House, wish: &Value) -> Value {
    let path = "/v1/incentives/preview?wait=60";
    let answer = house.request(Method::POST, path, "application/json", wish.to_string()).await;
    let (status, mut view) = answer.expect("an answer");
    assert!(status.is_success(), "{status}: {view}");
    while view["state"] == "waiting" || view["state"] == "running" {
        view = house.get(&format!("/v1/previews/{}?wait=60", view["id"].as_str().expect("an id"))).await;
    }
    assert_eq!(view["state"], "done", "{view}");
    view
}

/// What is the same of an award, whenever it was settled.
fn essence(award: &Value) -> Value {
    let fields = ["id", "period", "subject", "name", "key", "content", "status", "time"];
    fields.iter().map(|field| award[field].clone()).collect()
}

async fn stands(house: &House, incentive: &str) -> Vec<Value> {
    let mut awards = house.awards("ana").await;
    awards.extend(house.awards("ben").await);
    awards.retain(|award| award["incentive"] == incentive);
    sorted(awards.iter().map(essence).collect())
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values
}

fn with_all_plugins(setup: Setup) -> Setup {
    ["contest", "lottery", "badges", "praise"].into_iter().fold(setup, Setup::plugin)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_gives_what_the_same_incentive_gave_and_touches_nothing() {
    let mut setup = with_all_plugins(two_people());
    for (id, document) in all_four() {
        setup = setup.incentive(id, document);
    }
    let house = setup.open(MORNING).await;
    for fact in two_days() {
        house.drive_to(fact.json()["time"].as_str().expect("a time")).await;
        house.post(&[fact]).await;
    }
    house.drive_to(THIRD_DAY).await;
    house.told().await;
    let (hashes, told) = (house.get("/v1/hashes").await, house.mailroom.hooks().len());

    for (id, document) in all_four() {
        let result = previewed(&house, &wish(id, &document, "2026-03-02", "2026-03-04")).await;
        assert_eq!(result["fault"], Value::Null, "{id}");
        let previewed = sorted(result["awards"].as_array().expect("a list").iter().map(essence).collect());
        let lived = stands(&house, id).await;
        if id == "raffle" {
            // Same tickets, other luck.
            assert_eq!(previewed.len(), lived.len());
            let draws = house.get("/v1/incentives/raffle/draws").await;
            for example in result["draws"].as_array().expect("draws") {
                let real = draws.as_array().expect("draws").iter().find(|d| d["period"] == example["period"]);
                let real = real.expect("it was held");
                assert_eq!((&example["example"], &example["state"]), (&json!(true), &json!("held")));
                assert_eq!(example["list_hash"], real["list_hash"]);
                assert_ne!(example["seed_hash"], real["seed_hash"], "the real seed stays secret");
            }
            assert_eq!(result["draws"].as_array().map(Vec::len), Some(2));
        } else {
            assert!(!lived.is_empty(), "{id} gave something");
            assert_eq!(previewed, lived, "{id}");
        }
        assert_eq!(result["periods"].as_array().map(Vec::len), Some(2), "{id}");
    }
    assert_eq!(house.get("/v1/hashes").await, hashes, "not a byte is another");
    house.told().await;
    assert_eq!(house.mailroom.hooks().len(), told, "nobody was told anything");
    assert_eq!(house.books().await["budget/recognition"], 600);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_enabled_can_be_tried_and_shows_cost_spread_and_names() {
    let house = two_people().plugin("contest").open(MORNING).await;
    house.drive_to(THIRD_DAY).await;
    house.post(&two_days()).await;
    house.settled().await;
    let mut bold = best_seller();
    let free = {
        bold.as_object_mut().expect("an object").remove("allotment");
        previewed(&house, &wish("bold", &bold, "2026-03-02", "2026-03-04")).await
    };
    assert_eq!(
        free["cost"],
        json!([{ "currency": "points", "granted": 200, "withheld": 0, "awards_withheld": 0 }])
    );
    assert_eq!(free["winners"][0]["name"], "Ana");
    assert_eq!((&free["winners"][0]["periods"], &free["winners"][0]["awards"]), (&json!(2), &json!(2)));
    assert_eq!((&free["spread"]["audience"], &free["spread"]["winning"]["part"]), (&json!(2), &json!(1)));
    assert_eq!(free["spread"]["repeat_winners"]["basis_points"], 10_000);
    assert_eq!((&free["events_read"], &free["events_selected"]), (&json!(48), &json!(16)));

    bold["allotment"] = json!({ "budget": "recognition", "currency": "points", "units": 150 });
    let poor = previewed(&house, &wish("bold", &bold, "2026-03-02", "2026-03-04")).await;
    assert_eq!(
        poor["cost"],
        json!([{ "currency": "points", "granted": 100, "withheld": 100, "awards_withheld": 1 }])
    );
    assert_eq!(house.get("/v1/incentives").await, json!([]), "it was only tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_fails_in_a_preview_is_named_with_key_and_time_and_pauses_nothing() {
    let house = two_people().plugin("hostile").open(MORNING).await;
    house.drive_to(THIRD_DAY).await;
    house.post(&two_days()).await;
    house.settled().await;
    let refuses = json!({ "plugin": "hostile", "settings": { "misbehave": "refuse" } });
    let result = previewed(&house, &wish("sick", &refuses, "2026-03-02", "2026-03-04")).await;
    assert!(result["fault"]["key"].is_string(), "{}", result["fault"]);
    assert!(
        result["fault"]["message"].as_str().is_some_and(|m| m.contains("no, thank you")),
        "{}",
        result["fault"]
    );
    assert!(result["fault"]["at"].as_i64().is_some_and(|at| at >= 1_772_402_400_000), "{}", result["fault"]);
    assert_eq!(house.mailroom.hooks().len(), 0);
}

fn run(house: &House, arguments: &[&str]) -> Output {
    let file = house.path("incentives.toml");
    let text = r#"
[[incentive]]
id = "bold"
title = "Bold"
plugin = "contest"
zone = "Europe/Vilnius"
periods = "daily"
allotment = { budget = "recognition", currency = "points", units = 500 }

[incentive.settings]
metrics = [{ metric = "sales-amount" }]
prizes = [{ rank = 1, reward = { points = 100 } }]
"#;
    fs::write(&file, text).expect("a file");
    let mut command = plaudit(&["preview"]);
    command.arg(file).args(["--url", house.address(), "--token", house.token()]).args(arguments);
    command.output().expect("plaudit starts")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_shows_a_preview_to_people_and_to_machines() {
    let house = two_people().plugin("contest").open(MORNING).await;
    house.drive_to(THIRD_DAY).await;
    house.post(&two_days()).await;
    house.settled().await;
    let window = ["--from", "2026-03-02", "--to", "2026-03-04"];
    let shown = run(&house, &window);
    let text = String::from_utf8_lossy(&shown.stdout);
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    assert!(text.contains("1 of 2 agents would have won something (50.0 %)"), "{text}");
    assert!(text.contains("It would have cost 200 points"), "{text}");
    assert!(text.contains("Ana") && text.contains("2 × 100 points"), "{text}");

    let machine = run(&house, &[&window[..], &["--json"]].concat());
    let view: Value = serde_json::from_slice(&machine.stdout).expect("JSON");
    assert_eq!(view["result"]["cost"][0]["granted"], 200);

    let refused = run(&house, &["--from", "2026-03-04", "--to", "2026-03-02"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("must be before"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incentive_that_starts_in_the_past_settles_it_and_tells_only_what_is_new() {
    let house = two_people().plugin("contest").plugin("lottery").open(MORNING).await;
    house.drive_to("2026-03-02T20:00:00Z").await;
    let monday: Vec<Fact> = two_days().into_iter().take(24).collect();
    house.post(&monday).await;
    house.drive_to(NEXT_NOON).await;
    let (_, raffle) = &all_four()[2];
    for (id, of) in [("best-seller", &best_seller()), ("raffle", raffle)] {
        let mut document = document(id, of);
        document["start"] = json!("2026-03-02T00:00:00+02:00");
        house.put(&format!("/v1/incentives/{id}"), &document).await;
    }
    house.told().await;
    assert_eq!(house.points("ana").await, 100, "Monday was won");
    let draws = house.get("/v1/incentives/raffle/draws").await;
    let held = draws.as_array().expect("draws").iter().filter(|draw| draw["state"] == "held").count();
    assert_eq!(held, 1, "Monday was drawn");
    let hooks = house.mailroom.hooks();
    assert_eq!(hooks.len(), 0, "Monday is over: {hooks:?}");
    assert_eq!(house.mailroom.chat("U-ana"), Vec::<String>::new());

    let sale = at("2026-03-03T11:59:00Z").sale("ben", 70);
    house.post(&[sale]).await;
    house.drive_to(THIRD_DAY).await;
    house.told().await;
    assert_eq!(told_of(&house, "award.granted"), ["ben"], "Tuesday is told");
    assert_eq!(house.mailroom.hooks_of("period.closed").len(), 1);
}
