//! Stories through the front door: what people do and what they see of it, against the real server.

#[path = "stories/preview.rs"]
mod preview;
#[path = "stories/succession.rs"]
mod succession;

use std::fs;

use plaudit_tests::house::{Hook, House, Setup, at, plaudit};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Before the day's work. Local days of Vilnius end at 22:00 UTC in March.
const MORNING: &str = "2026-03-02T06:00:00Z";
/// After the day has ended and the settle delay is over.
const NIGHT: &str = "2026-03-02T22:05:00Z";
/// After the day's grace of 24 hours has begun to run, and before it is over.
const NEXT_NOON: &str = "2026-03-03T12:00:00Z";

/// Ana and Ben, of one team in Vilnius.
fn two_people() -> Setup {
    House::plan()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .budget("recognition", 1_000)
}

/// Who sells most in a day gets 100 points.
fn best_seller() -> Value {
    json!({
        "plugin": "contest",
        "allotment": { "budget": "recognition", "currency": "points", "units": 500 },
        "settings": {
            "metrics": [{ "metric": "sales-amount" }],
            "prizes": [{ "rank": 1, "reward": { "points": 100 } }],
        },
    })
}

fn rows(of: &[(&str, f64)]) -> Vec<(String, f64)> {
    of.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
}

/// To whom a webhook speaks: the external id.
fn to(hook: &Hook) -> &str {
    hook.data["to"]["external_id"].as_str().unwrap_or_default()
}

/// Names of those a type of webhook has spoken to, in order.
fn told_of(house: &House, kind: &str) -> Vec<String> {
    house.mailroom.hooks_of(kind).iter().map(|hook| to(hook).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_day_ends_with_the_first_prize_paid_and_told_once() {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    let report = house
        .post(&[
            at("2026-03-02T09:00:00Z").sale("ana", 60),
            at("2026-03-02T10:00:00Z").sale("ben", 90),
            at("2026-03-02T11:00:00Z").sale("ana", 50),
        ])
        .await;
    assert_eq!((report.accepted, report.duplicates, report.rejected.len()), (3, 0, 0));
    house.settled().await;
    let board = house.board("best-seller", "ranking").await;
    assert_eq!((board.state.as_str(), board.rows), ("open", rows(&[("Ana", 110.0), ("Ben", 90.0)])));
    assert_eq!(house.awards("ana").await, Vec::<Value>::new(), "nothing is won before the day is over");

    house.drive_to(NIGHT).await;
    house.told().await;
    let board = house.board_of("best-seller", "ranking", "2026-03-02").await;
    assert_eq!((board.state.as_str(), board.rows), ("closed", rows(&[("Ana", 110.0), ("Ben", 90.0)])));
    assert_eq!((house.points("ana").await, house.points("ben").await), (100, 0));
    assert_eq!(house.books().await["incentive/best-seller"], 400);

    assert_eq!(told_of(&house, "award.granted"), ["ana"]);
    assert_eq!(house.mailroom.hooks_of("award.granted")[0].data["reward"]["units"], 100);
    assert_eq!(house.mailroom.hooks_of("period.closed").len(), 1);
    let chat = house.mailroom.chat("U-ana");
    assert_eq!(chat.len(), 1, "{chat:?}");
    assert!(chat[0].contains("First of 2") && chat[0].contains("110"), "{chat:?}");
    assert_eq!(house.mailroom.chat("U-ben"), Vec::<String>::new());
    house.told().await;
    assert_eq!(house.mailroom.hooks().len(), 2, "told once: {:?}", house.mailroom.hooks());
}

#[tokio::test(flavor = "multi_thread")]
async fn late_news_and_corrections_change_who_wins_and_after_the_close_who_has_won() {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    let order = |agent: &str, amount| at("2026-03-02T09:00:00Z").sale(agent, amount);
    house.drive_to("2026-03-02T09:01:00Z").await;
    house.post(&[order("ana", 100).of("order-a", 1), order("ben", 90).of("order-b", 1)]).await;
    house.settled().await;
    assert_eq!(house.board("best-seller", "ranking").await.rows[0], ("Ana".to_owned(), 100.0));

    // Six hours late, and yet of this morning.
    house.drive_to("2026-03-02T15:00:00Z").await;
    house.post(&[at("2026-03-02T08:30:00Z").sale("ben", 20).of("order-c", 1)]).await;
    house.settled().await;
    assert_eq!(house.board("best-seller", "ranking").await.rows, rows(&[("Ben", 110.0), ("Ana", 100.0)]));
    house.post(&[order("ana", 115).of("order-a", 2)]).await;
    house.settled().await;
    assert_eq!(house.board("best-seller", "ranking").await.rows, rows(&[("Ana", 115.0), ("Ben", 110.0)]));

    house.drive_to(NIGHT).await;
    house.told().await;
    assert_eq!((house.points("ana").await, house.points("ben").await), (100, 0));

    // The order was cancelled, they hear the next day.
    house.drive_to(NEXT_NOON).await;
    house.post(&[order("ana", 115).of("order-a", 3).taken_back()]).await;
    house.told().await;
    assert_eq!((house.points("ana").await, house.points("ben").await), (0, 100));
    assert_eq!(house.awards("ana").await[0]["status"], "reversed");
    assert_eq!(house.awards("ben").await[0]["status"], "granted");
    assert_eq!(told_of(&house, "award.granted"), ["ana", "ben"]);
    assert_eq!(told_of(&house, "award.reversed"), ["ana"]);
    assert_eq!((house.mailroom.chat("U-ana").len(), house.mailroom.chat("U-ben").len()), (2, 1));
    assert_eq!(house.books().await["incentive/best-seller"], 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_posted_before_is_ignored_and_what_is_wrong_is_named() {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    let first = at("2026-03-02T09:00:00Z").sale("ana", 60);
    let second = at("2026-03-02T10:00:00Z").sale("ben", 90);
    house.post(&[first.clone(), second.clone()]).await;
    let again = house.post(&[first.clone(), second.clone()]).await;
    assert_eq!((again.accepted, again.duplicates, again.rejected.len()), (0, 2, 0));

    let another = at("2026-03-02T09:00:00Z").sale("ana", 61).with("id", json!(first.id()));
    let good = at("2026-03-02T11:00:00Z").sale("ben", 1);
    let timeless = at("2026-03-02T11:00:00Z").sale("ana", 5).with("time", json!("noon"));
    let report = house.post(&[good, another.clone(), timeless]).await;
    assert_eq!(report.accepted, 1, "the good one is kept");
    let wrong: Vec<_> = report
        .rejected
        .iter()
        .map(|r| (r.index, r.field.as_str(), r.value.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(wrong, [(1, "id", first.id()), (2, "time", "noon")]);
    assert_eq!(report.rejected[0].code, "id-conflict");

    let problem = house.try_post(&[another]).await.expect_err("nothing was taken");
    assert_eq!((problem.status, problem.code.as_str()), (400, "events-rejected"));
    house.settled().await;
    assert_eq!(house.board("best-seller", "ranking").await.rows, rows(&[("Ben", 91.0), ("Ana", 60.0)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_is_sealed_before_its_seed_is_known_and_anyone_can_check_it() {
    let raffle = json!({
        "plugin": "lottery",
        "settings": {
            "earn": [{ "metric": "calls" }],
            "prizes": [{ "winners": 1, "reward": { "prize": "Cinema voucher" } }],
        },
    });
    let house = two_people().plugin("lottery").incentive("raffle", raffle).open(MORNING).await;
    let open = house.get("/v1/incentives/raffle/draws").await[0].clone();
    assert_eq!((&open["state"], &open["list_hash"]), (&json!("open"), &Value::Null));
    let seed_hash = open["seed_hash"].as_str().expect("published at the opening").to_owned();
    assert_eq!(seed_hash.len(), 64);
    house.drive_to("2026-03-02T12:00:00Z").await;
    house
        .post(&[
            at("2026-03-02T09:00:00Z").call("ana"),
            at("2026-03-02T10:00:00Z").call("ana"),
            at("2026-03-02T11:00:00Z").call("ben"),
        ])
        .await;
    house.settled().await;
    assert_eq!(house.get("/v1/incentives/raffle/draws").await[0]["tickets"], 3);
    house.drive_to(NIGHT).await;
    house.told().await;

    let held = house.get("/v1/incentives/raffle/draws").await;
    let held = held.as_array().expect("draws").iter().find(|d| d["period"] == "2026-03-02").expect("ours");
    assert_eq!(held["state"], "held");
    let path =
        format!("/v1/incentives/raffle/draws/2026-03-02/{}/receipt", held["draw"].as_str().expect("a name"));
    let published = house.text(&path).await;
    let receipt: Value = serde_json::from_str(&published).expect("JSON");
    assert_eq!(receipt["seed_hash"], seed_hash.as_str(), "the seed is that of the opening");
    let announced: Vec<Hook> =
        house.mailroom.hooks().into_iter().filter(|h| h.kind.starts_with("draw.")).collect();
    let kinds: Vec<&str> = announced.iter().map(|hook| hook.kind.as_str()).collect();
    assert_eq!(kinds, ["draw.sealed", "draw.held"]);
    assert_eq!(announced[0].data["list_hash"], receipt["list_hash"], "the list is that of the sealing");
    let seed = receipt["seed"].as_str().expect("revealed");
    assert!(!announced[0].data.to_string().contains(seed), "the seed was known when the list was sealed");
    let winner = announced[1].data["winners"][0]["subject"]["external_id"].as_str().expect("a winner");
    assert!(house.mailroom.chat(&format!("U-{winner}"))[0].contains("Cinema voucher"));

    let file = house.path("receipt.json");
    let verify = |text: &str| {
        fs::write(&file, text).expect("a file");
        plaudit(&["draw", "verify"]).arg(&file).output().expect("plaudit starts")
    };
    let good = verify(&published);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    let bad = verify(&published.replace("\"sealed_block\": ", "\"sealed_block\": 1"));
    let said = String::from_utf8_lossy(&bad.stderr);
    assert!(!bad.status.success() && said.contains("altered"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lithuanian_is_praised_and_gets_a_badge_in_lithuanian() {
    let gallery = json!({
        "plugin": "badges",
        "settings": { "badges": [
            { "name": "five-stars", "kind": "streak", "metric": "csat", "at_least": 5,
              "levels": [{ "name": "bronze", "at": 2 }] },
        ]},
    });
    let words =
        json!({ "plugin": "praise", "settings": { "top_rating": { "metric": "csat", "at_least": 5 } } });
    let house = two_people()
        .agent("ruta")
        .speaks("lt")
        .plugin("badges")
        .plugin("praise")
        .incentive("gallery", gallery)
        .incentive("a-good-word", words)
        .open(MORNING)
        .await;
    house.drive_to("2026-03-02T10:00:00Z").await;
    for who in ["ruta", "ana"] {
        house
            .post(&[at("2026-03-02T09:50:00Z").rating(who, 5), at("2026-03-02T09:55:00Z").rating(who, 5)])
            .await;
    }
    house.told().await;

    let read = house.mailroom.chat("U-ruta").join(" ");
    assert!(read.contains("Klientų pripažinimas – bronza"), "{read}");
    assert!(read.contains("2 aukščiausi įvertinimai"), "the plural is that of two: {read}");
    let praise = house.mailroom.hooks_of("praise.sent");
    let praise = praise.iter().find(|hook| to(hook) == "ruta").expect("praise");
    assert_eq!(praise.data["text"]["locale"], "lt");
    let sentence = praise.data["text"]["sentence"].as_str().expect("a sentence");
    let texts = include_str!("../../plugins/praise/texts/lt.ftl");
    let known = texts.lines().filter(|line| line.starts_with("top-rating-"));
    let mut known = known.filter_map(|line| Some(line.split_once("= ")?.1.split('{').next()?.trim()));
    assert!(known.any(|begin| sentence.starts_with(begin)), "{sentence}");
    assert!(read.contains(sentence), "{read}");
    let english = house.mailroom.chat("U-ana").join(" ");
    assert!(english.contains("2 top ratings in a row") && !english.contains("bronza"), "{english}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_event_waits_and_counts_once_the_roster_knows_them() {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    let sale = at("2026-03-02T09:00:00Z").sale("cleo", 70);
    assert_eq!(house.post(std::slice::from_ref(&sale)).await.accepted, 1);
    house.settled().await;
    assert_eq!(house.get("/v1/status").await["parked"], 1);
    let strangers = || async { house.get("/v1/intake").await["strangers"].clone() };
    let names = strangers().await;
    let names: Vec<_> = names.as_object().expect("names").values().collect();
    assert_eq!(names, ["cleo"], "whoever keeps the roster reads who is missing");
    assert_eq!(house.board("best-seller", "ranking").await.rows, rows(&[]));

    house.roster("agent,name,chat,team,from\ncleo,Cleo,U-cleo,blue,2026-03-01\n").await;
    assert_eq!(house.post(&[sale]).await.duplicates, 1);
    house.settled().await;
    assert_eq!(house.get("/v1/status").await["parked"], 0);
    assert_eq!(strangers().await, Value::Null);
    assert_eq!(house.board("best-seller", "ranking").await.rows, rows(&[("Cleo", 70.0)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_rule_is_paused_with_advice_and_others_go_on() {
    let hostile = |what| json!({ "plugin": "hostile", "settings": { "misbehave": what } });
    let house = two_people()
        .plugin("contest")
        .plugin("hostile")
        .incentive("best-caller", {
            let mut document = best_seller();
            document["settings"]["metrics"] = json!([{ "metric": "calls" }]);
            document
        })
        .incentive("loops", hostile("loop"))
        .incentive("eats-memory", hostile("memory"))
        .incentive("floods", hostile("flood-effects"))
        .open(MORNING)
        .await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    house.post(&[at("2026-03-02T09:00:00Z").call("ana")]).await;
    house.told().await;
    for (incentive, advice) in
        [("loops", "look for an endless loop"), ("eats-memory", "bytes of memory"), ("floods", "give-award")]
    {
        let fault = house.task(incentive).await["fault"].as_str().unwrap_or("no fault").to_owned();
        assert!(fault.contains(advice), "{incentive}: {fault}");
        assert_eq!(house.get(&format!("/v1/incentives/{incentive}")).await["state"], "paused");
        let told = house.mailroom.hooks_of("incentive.paused");
        assert!(told.iter().any(|hook| hook.data["fault"].as_str().is_some_and(|f| f.contains(advice))));
    }
    house.post(&[at("2026-03-02T10:00:00Z").call("ana"), at("2026-03-02T10:00:00Z").call("ben")]).await;
    house.drive_to(NIGHT).await;
    assert_eq!(house.task("best-caller").await["fault"], Value::Null);
    assert_eq!(house.points("ana").await, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_promise_more_than_the_budget_has() {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    let mut second = best_seller();
    second["title"] = json!("Second");
    second["zone"] = json!("Europe/Vilnius");
    second["periods"] = json!("daily");
    second["allotment"]["units"] = json!(501);
    let (status, problem) = house.try_put("/v1/incentives/second", &second).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("501") && detail.contains("500") && detail.contains("recognition"), "{detail}");
    assert_eq!(house.get("/v1/incentives").await.as_array().map(Vec::len), Some(1), "nothing was enabled");
    assert_eq!(house.books().await["budget/recognition"], 500);
    let tried = preview::looked_at(&house, "second", &second).await;
    assert_eq!(tried["state"], "done", "it can be tried all the same: {tried}");
    assert!(tried["obstacle"].as_str().is_some_and(|why| why.contains("1 are missing")), "{tried}");
    second["allotment"]["units"] = json!(500);
    assert_eq!(preview::looked_at(&house, "second", &second).await["obstacle"], json!(null));
    house.put("/v1/incentives/second", &second).await;
    assert_eq!(house.get("/v1/budgets").await[0]["left"], 0);
}

/// A contest day whose prize is paid and told, and a sale of the next day.
async fn a_house_with_a_past() -> House {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    house
        .post(&[at("2026-03-02T09:00:00Z").sale("ana", 60), at("2026-03-02T10:00:00Z").sale("ben", 50)])
        .await;
    house.drive_to(NEXT_NOON).await;
    house.post(&[at("2026-03-03T09:00:00Z").sale("ben", 10)]).await;
    house.told().await;
    assert_eq!(house.mailroom.hooks().len(), 2, "the prize and the close");
    house
}

/// Ben wins the second day: what follows is as if nothing had happened.
async fn goes_on(house: &House) {
    house.drive_to("2026-03-03T22:05:00Z").await;
    house.told().await;
    assert_eq!((house.points("ana").await, house.points("ben").await), (100, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_all_is_as_before_and_nothing_is_told_twice() {
    let mut house = a_house_with_a_past().await;
    let before = house.hash().await;
    house.stop().await;
    house.start_again().await;
    house.told().await;
    assert_eq!(house.hash().await, before);
    assert_eq!(house.board("best-seller", "ranking").await.rows, rows(&[("Ben", 10.0)]));
    assert_eq!(house.mailroom.hooks().len(), 2);
    assert_eq!(house.mailroom.chat("U-ana").len(), 1);
    goes_on(&house).await;
    assert_eq!(told_of(&house, "award.granted"), ["ana", "ben"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_restored_into_a_new_folder_is_the_same_house() {
    let mut house = a_house_with_a_past().await;
    let before = house.hash().await;
    house.stop().await;
    let verified = house.store(&["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    let backup = house.path("backup");
    let done = house.store(&["backup", &backup.to_string_lossy()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

    let restored = house.restored(&backup, MORNING).await;
    restored.told().await;
    assert_eq!(restored.hash().await, before);
    assert_eq!(
        house.mailroom.hooks().len(),
        2,
        "the webhooks' address is in the backup, and hears nothing again"
    );
    assert_eq!(restored.mailroom.summary().chat.direct, 0);
    goes_on(&restored).await;
}
