//! Stories of what is final: what comes after it, how periods close by themselves, and how rules are replaced.

use std::collections::BTreeMap;

use plaudit_tests::{
    components::build_component,
    house::{Hook, House, Setup, at, plaudit},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// Before the day's work. Local days of Vilnius end at 22:00 UTC in March.
const MORNING: &str = "2026-03-02T06:00:00Z";
/// After the first day, and before it is final.
const NEXT_NOON: &str = "2026-03-03T12:00:00Z";
/// After the grace of the first day, 24 hours.
const FINAL: &str = "2026-03-03T22:05:00Z";

fn two_people() -> Setup {
    House::plan()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .budget("recognition", 1_000)
}

/// Who sells most in a day gets 100 points.
fn best_seller(allotment: i64) -> Value {
    json!({
        "plugin": "contest",
        "allotment": { "budget": "recognition", "currency": "points", "units": allotment },
        "settings": prize(100),
    })
}

fn prize(points: i64) -> Value {
    json!({
        "metrics": [{ "metric": "sales-amount" }],
        "prizes": [{ "rank": 1, "reward": { "points": points } }],
    })
}

async fn post(house: &House, path: &str, document: Value) -> (StatusCode, Value) {
    house.request(Method::POST, path, "application/json", document.to_string()).await.expect("an answer")
}

/// The same for somebody who would rather not wait on the connection.
async fn post_and_ask(house: &House, path: &str, document: &Value) -> Value {
    let request =
        reqwest::Client::new().post(format!("{}{path}", house.address())).bearer_auth(house.token());
    let request = request.header("prefer", "respond-async").json(document);
    let answer = request.send().await.expect("an answer");
    let (status, location) = (answer.status(), answer.headers().get("location").cloned());
    let answer: Value = answer.json().await.expect("a document");
    if status == StatusCode::OK {
        return answer; // It was quicker than the answer.
    }
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    let location = location.expect("where to ask").to_str().expect("text").to_owned();
    let view = house.get(&format!("{location}?wait=60")).await;
    assert_eq!((&view["state"], &view["progress"]["per_mille"]), (&json!("done"), &json!(1000)), "{view}");
    view["upgrade"].clone()
}

async fn points(house: &House) -> (i64, i64) {
    (house.points("ana").await, house.points("ben").await)
}

fn told_of(house: &House, kind: &str) -> Vec<String> {
    let to = |hook: &Hook| hook.data["to"]["external_id"].as_str().unwrap_or_default().to_owned();
    house.mailroom.hooks_of(kind).iter().map(to).collect()
}

fn periods_of(house: &House, kind: &str) -> Vec<String> {
    let period = |hook: &Hook| hook.data["period"].as_str().unwrap_or_default().to_owned();
    house.mailroom.hooks_of(kind).iter().map(period).collect()
}

/// What a proposal or a preview says, by person: difference and units.
fn differences(of: &Value) -> BTreeMap<String, (String, i64)> {
    let one = |d: &Value| {
        let word = |name: &str| d[name].as_str().unwrap_or("?").to_owned();
        (word("who"), (word("difference"), d["units"].as_i64().expect("units")))
    };
    of["differences"].as_array().expect("a list").iter().map(one).collect()
}

fn expected(of: &[(&str, &str, i64)]) -> BTreeMap<String, (String, i64)> {
    of.iter().map(|(who, what, units)| ((*who).to_owned(), ((*what).to_owned(), *units))).collect()
}

/// Ana has won the first day, which is final.
async fn a_final_day(setup: Setup) -> House {
    let house = setup.open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    house
        .post(&[
            at("2026-03-02T09:00:00Z").sale("ana", 60).of("order-a", 1),
            at("2026-03-02T10:00:00Z").sale("ben", 50).of("order-b", 1),
        ])
        .await;
    house.drive_to(NEXT_NOON).await;
    house.told().await;
    assert_eq!(points(&house).await, (100, 0));
    assert_eq!(house.awards("ana").await[0]["is_final"], false);
    assert_eq!(periods_of(&house, "period.final"), Vec::<String>::new());
    house.drive_to(FINAL).await;
    house.told().await;
    assert_eq!(periods_of(&house, "period.final"), ["2026-03-02"]);
    assert_eq!(house.awards("ana").await[0]["is_final"], true);
    assert_eq!(house.board_of("best-seller", "ranking", "2026-03-02").await.state, "final");
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_the_end_is_listed_and_counts_once_a_manager_says_so() {
    let setup = two_people().plugin("contest").incentive("best-seller", best_seller(500));
    let mut house = a_final_day(setup).await;
    let path = "/v1/incentives/best-seller/adjustments";
    let of_day = format!("{path}?period=2026-03-02");
    assert_eq!(differences(&house.get(&of_day).await), expected(&[]));
    house.post(&[at("2026-03-02T10:00:00Z").sale("ben", 90).of("order-b", 2)]).await;
    house.settled().await;
    assert_eq!(points(&house).await, (100, 0), "nothing changes by itself");
    let late = house.get("/v1/incentives/best-seller/late?period=2026-03-02").await;
    assert_eq!((&late[0]["what"], &late[0]["name"]), (&json!("revised"), &json!("order-b")));
    assert_eq!(late.as_array().map(Vec::len), Some(1), "{late}");

    let proposal = house.get(&of_day).await;
    assert_eq!(differences(&proposal), expected(&[("Ana", "gone", -100), ("Ben", "new", 100)]));
    assert_eq!((&proposal["units"], &proposal["late"]), (&json!(0), &json!(1)));
    assert!(proposal["note"].as_str().is_some_and(|note| note.contains("not held again")), "{proposal}");
    let decide = |digest: &Value| json!({ "period": "2026-03-02", "digest": digest });
    let (status, problem) = post(&house, &format!("{path}/accept"), decide(&json!("another"))).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("difference-changed")), "{problem}");
    assert_eq!(problem["errors"][0]["digest"], proposal["digest"], "the new one comes with the refusal");

    let (status, answer) = post(&house, &format!("{path}/accept"), decide(&proposal["digest"])).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    house.told().await;
    assert_eq!(points(&house).await, (0, 100));
    assert_eq!(house.books().await["incentive/best-seller"], 400);
    assert_eq!(told_of(&house, "award.reversed"), ["ana"]);
    assert_eq!(told_of(&house, "award.granted"), ["ana", "ben"]);
    let row = house.awards("ben").await[0].clone();
    assert_eq!((&row["status"], &row["is_final"]), (&json!("granted"), &json!(true)));
    assert!(row["adjusted_by"].is_string(), "{row}");

    let (status, problem) = post(&house, &format!("{path}/accept"), decide(&proposal["digest"])).await;
    assert_eq!(status, StatusCode::CONFLICT, "it is accepted once: {problem}");
    assert_eq!(differences(&house.get(&of_day).await), expected(&[]));
    let decided = house.get(path).await;
    assert_eq!((&decided[0]["outcome"], &decided[0]["changes"]), (&json!("booked"), &json!(2)), "{decided}");

    let before = house.hash().await;
    house.kill();
    house.start_again().await;
    house.told().await;
    assert_eq!((house.hash().await, points(&house).await), (before, (0, 100)));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_was_in_another_team_since_monday_is_a_proposal_that_may_be_left() {
    let mut document = best_seller(500);
    document["audience"] = json!({ "teams": ["blue"] });
    let setup = House::plan()
        .site("vno", "Europe/Vilnius")
        .team("red", "vno")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .budget("recognition", 1_000)
        .plugin("contest")
        .incentive("best-seller", document);
    let house = a_final_day(setup).await;
    house.roster("agent,name,chat,team,from\nana,Ana,U-ana,red,2026-03-02\n").await;
    house.settled().await;
    assert_eq!(points(&house).await, (100, 0));
    let late = house.get("/v1/incentives/best-seller/late").await;
    assert_eq!(
        (&late[0]["what"], &late[0]["periods"][0]),
        (&json!("roster"), &json!("2026-03-02")),
        "{late}"
    );
    let path = "/v1/incentives/best-seller/adjustments";
    let proposal = house.get(&format!("{path}?period=2026-03-02")).await;
    assert_eq!(differences(&proposal), expected(&[("Ana", "gone", -100), ("Ben", "new", 100)]));
    let decision = json!({ "period": "2026-03-02", "digest": proposal["digest"] });
    let (status, answer) = post(&house, &format!("{path}/leave"), decision).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    house.told().await;
    assert_eq!(points(&house).await, (100, 0));
    assert_eq!(house.get(path).await[0]["outcome"], "left");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adjustment_that_costs_more_than_is_left_is_refused_with_numbers() {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller(100)).open(MORNING).await;
    house.drive_to(NEXT_NOON).await;
    house.post(&[at("2026-03-03T09:00:00Z").sale("ben", 10)]).await;
    house.drive_to("2026-03-04T12:00:00Z").await;
    assert_eq!(points(&house).await, (0, 100), "the second day's prize was the last of the allotment");
    // The first day is final; nobody had sold anything, as far as the house knew.
    house.post(&[at("2026-03-02T09:00:00Z").sale("ana", 60)]).await;
    house.settled().await;
    let path = "/v1/incentives/best-seller/adjustments";
    let of_day = format!("{path}?period=2026-03-02");
    let proposal = house.get(&of_day).await;
    assert_eq!(differences(&proposal), expected(&[("Ana", "new", 100)]));
    assert_eq!(proposal["is_affordable"], false);
    let decision = json!({ "period": "2026-03-02", "digest": proposal["digest"] });
    let (status, problem) = post(&house, &format!("{path}/accept"), decision).await;
    let detail = problem["detail"].as_str().unwrap_or_default().to_owned();
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(detail.contains("costs 100") && detail.contains("0 left"), "{detail}");

    let mut richer = best_seller(300);
    for (field, value) in [("title", "best-seller"), ("zone", "Europe/Vilnius"), ("periods", "daily")] {
        richer[field] = json!(value);
    }
    house.put("/v1/incentives/best-seller", &richer).await;
    house.settled().await;
    let proposal = house.get(&of_day).await;
    let decision = json!({ "period": "2026-03-02", "digest": proposal["digest"] });
    let (status, answer) = post(&house, &format!("{path}/accept"), decision).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    house.told().await;
    assert_eq!(points(&house).await, (100, 100));
    assert_eq!(house.books().await["incentive/best-seller"], 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_days_of_silence_all_closes_in_order_and_what_was_won_is_paid() {
    let mut house =
        two_people().plugin("contest").incentive("best-seller", best_seller(500)).open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    house.post(&[at("2026-03-02T09:00:00Z").sale("ana", 60)]).await;
    house.told().await;
    house.stop().await;
    house.start_again().await;
    house.drive_to("2026-03-05T12:00:00Z").await;
    house.told().await;
    assert_eq!(points(&house).await, (100, 0));
    let days = ["2026-03-02", "2026-03-03", "2026-03-04"];
    assert_eq!(periods_of(&house, "period.closed"), days);
    assert_eq!(periods_of(&house, "period.final"), days[..2]);
    assert_eq!(told_of(&house, "award.granted"), ["ana"]);
    assert_eq!(house.mailroom.hooks().len(), 6, "{:?}", house.mailroom.hooks());
    assert_eq!(house.board_of("best-seller", "ranking", "2026-03-02").await.rows, [("Ana".to_owned(), 60.0)]);
    house.told().await;
    assert_eq!(house.mailroom.chat("U-ana").len(), 1);
}

/// The contest's component once more with another digest: as a new build without a change would be.
fn another_build(package: &str) -> Vec<u8> {
    let mut component = build_component(package).expect("the plugin builds");
    // A custom section: id 0, size, the name's length, the name, and one byte.
    component.extend_from_slice(b"\x00\x08\x07rebuilt");
    component
}

async fn install(house: &House, component: Vec<u8>) {
    let answer = house.request(Method::POST, "/v1/plugins", "application/wasm", component).await;
    let (status, answer) = answer.expect("an answer");
    assert!(status.is_success(), "{status}: {answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_is_shown_before_it_is_done_and_can_be_turned_back() {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller(500)).open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    house.post(&[at("2026-03-02T09:00:00Z").sale("ana", 60)]).await;
    house.drive_to(NEXT_NOON).await;
    house.told().await;
    let path = "/v1/incentives/best-seller";
    let wish = json!({ "settings": prize(150) });
    let (status, preview) = post(&house, &format!("{path}/upgrade/preview"), wish.clone()).await;
    assert_eq!(status, StatusCode::OK, "{preview}");
    assert_eq!(differences(&preview), expected(&[("Ana", "changed", 50)]));
    assert_eq!((&preview["units"], &preview["left"]), (&json!(50), &json!(350)));
    assert_eq!(post_and_ask(&house, &format!("{path}/upgrade/preview"), &wish).await, preview);
    assert_eq!((points(&house).await, house.mailroom.hooks().len()), ((100, 0), 2), "nothing was touched");

    let (status, answer) = post(&house, &format!("{path}/upgrade"), wish).await;
    assert_eq!((status, &answer["outcome"]), (StatusCode::CREATED, &json!("changed")), "{answer}");
    house.told().await;
    assert_eq!(points(&house).await, (150, 0));
    assert_eq!(told_of(&house, "award.changed"), ["ana"]);

    let rollback = plaudit(&["incentive", "rollback", "best-seller", "--url", house.address()])
        .args(["--token", house.token()])
        .output()
        .expect("plaudit starts");
    let said = String::from_utf8_lossy(&rollback.stdout).into_owned();
    assert!(rollback.status.success() && said.contains("back to 1"), "{said}{rollback:?}");
    house.told().await;
    assert_eq!(points(&house).await, (100, 0));
    let versions = house.get(&format!("{path}/versions")).await;
    let row = |n: usize| (&versions[n]["number"], &versions[n]["is_current"], &versions[n]["back_to"]);
    assert_eq!(row(0), (&json!(1), &json!(false), &Value::Null));
    assert_eq!(row(2), (&json!(3), &json!(true), &json!(1)));
    assert_eq!(versions[0]["settings_hash"], versions[2]["settings_hash"]);
    assert_ne!(versions[0]["settings_hash"], versions[1]["settings_hash"]);
    assert!(versions[1]["actor"].is_string(), "{versions}");
}

/// A badge for so many calls, once for ever.
fn for_calls(levels: &[u32]) -> Value {
    let names = ["bronze", "silver", "gold"];
    let levels: Vec<_> =
        levels.iter().zip(names).map(|(at, name)| json!({ "name": name, "at": at })).collect();
    json!({ "badges": [{ "name": "contacts", "kind": "count", "metric": "calls", "levels": levels }] })
}

async fn badges(house: &House) -> Vec<(String, String)> {
    let word = |row: &Value, name: &str| row[name].as_str().unwrap_or("?").to_owned();
    let mut badges: Vec<_> = house
        .awards("ana")
        .await
        .iter()
        .map(|row| (row["content"]["reward"]["Badge"]["level"].to_string(), word(row, "status")))
        .collect();
    badges.sort();
    badges
}

#[tokio::test(flavor = "multi_thread")]
async fn states_behind_the_final_boundary_survive_an_upgrade_or_are_made_anew() {
    let gallery = json!({ "plugin": "badges", "settings": for_calls(&[2, 4]) });
    let house = two_people().plugin("badges").incentive("gallery", gallery).open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    let call = |time: &str| at(time).call("ana");
    let day = ["2026-03-02T09:00:00Z", "2026-03-02T09:10:00Z", "2026-03-02T09:20:00Z"];
    house.post(&day.map(call)).await;
    house.drive_to(FINAL).await;
    house.told().await;
    let granted = |levels: &[&str]| -> Vec<(String, String)> {
        levels.iter().map(|level| ((*level).to_owned(), "granted".to_owned())).collect()
    };
    assert_eq!(badges(&house).await, granted(&["1"]));
    let told = house.mailroom.hooks().len();

    install(&house, another_build("plaudit-plugin-badges")).await;
    let path = "/v1/incentives/gallery";
    let (_, preview) = post(&house, &format!("{path}/upgrade/preview"), json!({})).await;
    assert_eq!((&preview["keeps_states"], differences(&preview)), (&json!(true), expected(&[])), "{preview}");
    let (status, answer) = post(&house, &format!("{path}/upgrade"), json!({})).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    house.told().await;
    assert_eq!(house.mailroom.hooks().len(), told, "what is final is neither taken nor given again");
    house.drive_to("2026-03-04T09:05:00Z").await;
    house.post(&[call("2026-03-04T09:00:00Z")]).await;
    house.told().await;
    assert_eq!(badges(&house).await, granted(&["1", "2"]), "the fourth call: three are behind the boundary");

    // Other settings are another state: it is made anew, by all five calls.
    let (_, preview) =
        post(&house, &format!("{path}/upgrade/preview"), json!({ "settings": for_calls(&[2, 4, 5]) })).await;
    assert_eq!(
        (&preview["keeps_states"], differences(&preview)),
        (&json!(false), expected(&[])),
        "{preview}"
    );
    post(&house, &format!("{path}/upgrade"), json!({ "settings": for_calls(&[2, 4, 5]) })).await;
    house.drive_to("2026-03-04T09:15:00Z").await;
    house.post(&[call("2026-03-04T09:10:00Z")]).await;
    house.told().await;
    assert_eq!(badges(&house).await, granted(&["1", "2", "3"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mended_rule_takes_over_before_the_block_on_which_the_old_one_failed() {
    let hostile = |what: &str| json!({ "plugin": "hostile", "settings": { "misbehave": what } });
    let mut house = two_people().plugin("hostile").incentive("rule", hostile("refuse")).open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    house.post(&[at("2026-03-02T09:00:00Z").call("ana")]).await;
    house.told().await;
    assert_eq!(house.get("/v1/incentives/rule").await["state"], "paused");
    house.post(&[at("2026-03-02T10:00:00Z").call("ana")]).await;
    let (status, answer) =
        post(&house, "/v1/incentives/rule/upgrade", json!({ "settings": { "misbehave": "not" } })).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let (status, answer) = post(&house, "/v1/incentives/rule/resume", json!({})).await;
    assert!(status.is_success(), "{answer}");
    house.settled().await;
    // This rule counts every step: joining, and the calls.
    let counted = [("Ana".to_owned(), 3.0), ("Ben".to_owned(), 1.0)];
    assert_eq!(house.board("rule", "main").await.rows, counted, "nothing was skipped");
    assert_eq!(house.task("rule").await["fault"], Value::Null);
    // A start again folds by the new version what the old one never could.
    house.kill();
    house.start_again().await;
    house.settled().await;
    assert_eq!(house.get("/v1/incentives/rule").await["state"], "running");
    assert_eq!(house.board("rule", "main").await.rows, counted);
}
