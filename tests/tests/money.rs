//! Money, through the front door: approvals, what goes back, prizes with stock and cost, the payroll.

use std::collections::BTreeMap;

use plaudit_tests::house::{House, Setup, at};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Before the day's work. Local days of Vilnius end at 22:00 UTC in March.
const MORNING: &str = "2026-03-02T06:00:00Z";
const NOON: &str = "2026-03-02T12:00:00Z";
/// After the day has ended and the settle delay is over.
const NIGHT: &str = "2026-03-02T22:05:00Z";
/// After the day's grace of 24 hours.
const FINAL: &str = "2026-03-03T22:10:00Z";

/// Ana, Ben and Eva, of one team in Vilnius.
fn three_people() -> Setup {
    House::plan()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .agent("eva")
        .budget("recognition", 1_000)
}

/// Who sells most in a day gets 100 points; only for this one day.
fn best_seller() -> Value {
    json!({
        "title": "Best seller", "zone": "Europe/Vilnius", "periods": "daily",
        "plugin": "contest",
        "start": "2026-03-02T00:00:00+02:00",
        "end": "2026-03-03T00:00:00+02:00",
        "allotment": { "budget": "recognition", "currency": "points", "units": 500 },
        "settings": {
            "metrics": [{ "metric": "sales-amount" }],
            "prizes": [{ "rank": 1, "reward": { "points": 100 } }],
        },
    })
}

/// The accounts, by name and unit; checks that each unit sums to zero.
async fn accounts(house: &House) -> BTreeMap<(String, String), i64> {
    let rows = house.get("/v1/balances").await;
    let text = |row: &Value, field: &str| row[field].as_str().expect("a text").to_owned();
    let rows: Vec<(String, String, i64)> = rows
        .as_array()
        .expect("accounts")
        .iter()
        .map(|row| (text(row, "account"), text(row, "currency"), row["units"].as_i64().expect("units")))
        .collect();
    let mut sums = BTreeMap::<&str, i64>::new();
    rows.iter().for_each(|(_, unit, units)| *sums.entry(unit).or_default() += units);
    assert!(sums.values().all(|sum| *sum == 0), "the books do not balance: {rows:?}");
    rows.into_iter().map(|(account, unit, units)| ((account, unit), units)).collect()
}

fn units(accounts: &BTreeMap<(String, String), i64>, account: &str, unit: &str) -> i64 {
    accounts.get(&(account.to_owned(), unit.to_owned())).copied().unwrap_or_default()
}

/// What the incentive's purse says of a unit: allotted, paid, held, left.
async fn purse(house: &House, incentive: &str, unit: &str) -> [i64; 4] {
    let answer = house.get(&format!("/v1/incentives/{incentive}")).await;
    let rows = answer["engine"]["purse"].as_array().expect("a purse").clone();
    let row = rows.iter().find(|row| row["unit"] == unit).unwrap_or_else(|| panic!("no {unit}: {answer}"));
    ["allotted", "paid", "held", "left"].map(|field| row[field].as_i64().expect("units"))
}

fn steps(award: &Value) -> Vec<&str> {
    award["history"].as_array().expect("a life").iter().filter_map(|step| step["what"].as_str()).collect()
}

/// The only award that waits.
async fn proposed(house: &House) -> String {
    let list = house.get("/v1/awards?status=proposed").await;
    assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
    list[0]["id"].as_str().expect("an id").to_owned()
}

/// A day on which Ana sold most.
async fn a_day_of_sales(house: &House) {
    house.drive_to(NOON).await;
    house
        .post(&[at("2026-03-02T09:00:00Z").sale("ana", 60), at("2026-03-02T10:00:00Z").sale("ben", 50)])
        .await;
    house.drive_to(NIGHT).await;
    house.told().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_award_waits_for_somebody_who_neither_gets_it_nor_asked_for_it() {
    let mut document = best_seller();
    document["approval"] = json!({ "currency": "points", "above": 50 });
    let mut house = three_people().plugin("contest").open(MORNING).await;
    let marta = house.door_of("marta", &["manage"], None).await;
    marta.put("/v1/incentives/best-seller", &document).await;
    house.settled().await;
    a_day_of_sales(&house).await;
    let id = proposed(&house).await;
    assert_eq!(house.points("ana").await, 0);
    assert_eq!(purse(&house, "best-seller", "points").await, [500, 0, 100, 400]);
    assert_eq!(house.mailroom.hooks_of("award.proposed").len(), 1);
    assert_eq!(house.mailroom.chat("U-ana").len(), 0, "people hear what came of it");

    house.stop().await;
    house.start_again().await;
    house.settled().await;
    assert_eq!(proposed(&house).await, id);
    assert_eq!(purse(&house, "best-seller", "points").await, [500, 0, 100, 400]);

    let approve = format!("/v1/awards/{id}/approve");
    let (status, problem) = marta.try_send(&approve, &json!({})).await;
    assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("own-incentive")), "{problem}");
    let ana = house.door_of("ana's own", &["manage"], Some("ana")).await;
    let (status, problem) = ana.try_send(&approve, &json!({})).await;
    assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("own-award")), "{problem}");
    let reader = house.door_of("board", &["read"], None).await;
    assert_eq!(reader.try_send(&approve, &json!({})).await.0, StatusCode::FORBIDDEN);

    let eva = house.door_of("eva", &["manage"], Some("eva")).await;
    let (status, answer) = eva.try_send(&approve, &json!({})).await;
    assert_eq!((status, &answer["outcome"]), (StatusCode::CREATED, &json!("approved")), "{answer}");
    house.told().await;
    assert_eq!(house.points("ana").await, 100);
    let (status, answer) = eva.try_send(&approve, &json!({})).await;
    assert_eq!((status, &answer["outcome"]), (StatusCode::OK, &json!("unchanged")), "{answer}");
    assert_eq!(house.mailroom.hooks_of("award.approved")[0].data["by"], "eva");
    assert_eq!(house.mailroom.hooks_of("award.granted").len(), 1);
    assert_eq!(house.mailroom.chat("U-ana").len(), 1);

    house.drive_to(FINAL).await;
    let award = house.get(&format!("/v1/awards/{id}")).await;
    assert_eq!(steps(&award), ["proposed", "approved", "final"], "{award}");
    assert_eq!((&award["history"][1]["by"], &award["is_final"]), (&json!("eva"), &json!(true)));
    assert!(
        award["history"][0]["rule"].is_string() && award["history"][0]["at"].as_i64() > Some(0),
        "{award}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_told_with_the_reason_and_frees_the_money() {
    let mut document = best_seller();
    document["approval"] = json!([{ "currency": "points", "above": 50 }]);
    let house = three_people().plugin("contest").incentive("best-seller", document).open(MORNING).await;
    a_day_of_sales(&house).await;
    let id = proposed(&house).await;
    let refuse = format!("/v1/awards/{id}/refuse");
    assert_eq!(house.try_send(&refuse, &json!({ "reason": " " })).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, answer) = house.try_send(&refuse, &json!({ "reason": "The sale was your own order" })).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    house.told().await;
    assert_eq!(house.points("ana").await, 0);
    assert_eq!(purse(&house, "best-seller", "points").await, [500, 0, 0, 500]);
    let told = house.mailroom.hooks_of("award.refused");
    assert_eq!(told[0].data["reason"], "The sale was your own order");
    let chat = house.mailroom.chat("U-ana");
    assert!(format!("{chat:?}").contains("The sale was your own order"), "{chat:?}");
    let award = house.get(&format!("/v1/awards/{id}")).await;
    assert_eq!(steps(&award), ["proposed", "withheld"], "{award}");
    assert_eq!(award["history"][1]["why"], "refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_spent_goes_back_when_all_is_final_and_no_sooner() {
    let mut house =
        three_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    a_day_of_sales(&house).await;
    house.drive_to("2026-03-03T21:00:00Z").await;
    let before = accounts(&house).await;
    assert_eq!(units(&before, "budget/recognition", "points"), 500, "corrections may still come");
    assert_eq!(units(&before, "incentive/best-seller", "points"), 400);

    house.move_clock(FINAL).await.expect("an answer");
    house.kill();
    house.start_again().await;
    house.drive_to("2026-03-03T22:20:00Z").await;
    let after = accounts(&house).await;
    assert_eq!(units(&after, "budget/recognition", "points"), 900);
    assert_eq!(units(&after, "incentive/best-seller", "points"), 0);
    assert_eq!(house.get("/v1/budgets").await[0]["left"], 900);
    assert_eq!(purse(&house, "best-seller", "points").await, [500, 100, 0, 0]);

    house.stop().await;
    house.start_again().await;
    house.drive_to("2026-03-04T06:00:00Z").await;
    assert_eq!(accounts(&house).await, after, "once");
    house.stop().await;
    let verified = house.store(&["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_top_up_grants_who_waited_and_a_cut_gives_back_only_what_is_free() {
    let mut document = best_seller();
    document["allotment"]["units"] = json!(80);
    let house =
        three_people().plugin("contest").incentive("best-seller", document.clone()).open(MORNING).await;
    a_day_of_sales(&house).await;
    assert_eq!(house.points("ana").await, 0);
    let waiting = house.get("/v1/awards?status=withheld&incentive=best-seller").await;
    assert_eq!(waiting[0]["status"], json!({ "withheld": "allotment" }), "{waiting}");

    document["allotment"]["units"] = json!(1_001);
    for path in ["/v1/incentives/best-seller", "/v1/incentives/best-seller?dry_run=true"] {
        let (status, problem) = house.try_put(path, &document).await;
        assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("over-budget")), "{problem}");
        let numbers = &problem["errors"][0];
        assert_eq!([&numbers["asked"], &numbers["available"], &numbers["missing"]], [1_001, 1_000, 1]);
    }
    document["allotment"]["units"] = json!(300);
    house.put("/v1/incentives/best-seller", &document).await;
    house.told().await;
    assert_eq!(house.points("ana").await, 100);
    assert_eq!(units(&accounts(&house).await, "budget/recognition", "points"), 700);

    document["allotment"]["units"] = json!(60);
    house.put("/v1/incentives/best-seller", &document).await;
    house.told().await;
    assert_eq!(house.points("ana").await, 100, "what is given stays given");
    let books = accounts(&house).await;
    assert_eq!(units(&books, "budget/recognition", "points"), 900);
    assert_eq!(units(&books, "incentive/best-seller", "points"), 0);
    assert_eq!(purse(&house, "best-seller", "points").await, [60, 100, 0, -40]);
}

/// Two winners draw a mug, of which there is one, in a house that counts mugs.
async fn a_raffle_of_mugs(pieces: i64) -> (House, Value) {
    let house = three_people().plugin("lottery").open(MORNING).await;
    house.put("/v1/budgets/gifts", &json!({ "currency": "euro-cents", "total": 10_000 })).await;
    let mug = json!({ "title": "Mug", "cost": { "currency": "euro-cents", "units": 1_500 }, "stock": 5 });
    house.put("/v1/prizes/mug", &mug).await;
    let mut document = best_seller();
    document["plugin"] = json!("lottery");
    document["settings"] = json!({
        "earn": [{ "metric": "sales" }],
        "prizes": [{ "winners": 2, "reward": { "prize": "mug" } }],
    });
    document["allotment"] = json!([
        { "budget": "recognition", "currency": "points", "units": 10 },
        { "budget": "gifts", "currency": "euro-cents", "units": 4_000 },
    ]);
    document["prizes"] = json!({ "mug": pieces });
    house.put("/v1/incentives/raffle", &document).await;
    a_day_of_sales(&house).await;
    (house, document)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prize_takes_a_piece_and_its_cost_and_waits_when_none_is_left() {
    let (house, mut document) = a_raffle_of_mugs(1).await;
    let books = accounts(&house).await;
    assert_eq!(units(&books, "stock/mug", "prize/mug"), 4);
    assert_eq!(units(&books, "incentive/raffle", "prize/mug"), 0);
    assert_eq!(units(&books, "spent/mug", "euro-cents"), 1_500);
    assert_eq!(units(&books, "incentive/raffle", "euro-cents"), 2_500);
    let waiting = house.get("/v1/awards?status=withheld").await;
    assert_eq!(waiting[0]["status"], json!({ "withheld": "stock" }), "{waiting}");
    assert_eq!(house.mailroom.hooks_of("award.withheld")[0].data["reason"], "stock");

    document["prizes"] = json!({ "mug": 6 });
    let (status, problem) = house.try_put("/v1/incentives/raffle", &document).await;
    assert_eq!((status, &problem["errors"][0]["missing"]), (StatusCode::CONFLICT, &json!(1)), "{problem}");
    document["prizes"] = json!({ "mug": 3 });
    house.put("/v1/incentives/raffle", &document).await;
    house.told().await;
    let books = accounts(&house).await;
    assert_eq!(house.get("/v1/awards?status=granted").await.as_array().map(Vec::len), Some(2));
    assert_eq!(units(&books, "spent/mug", "euro-cents"), 3_000);
    assert_eq!(units(&books, "stock/mug", "prize/mug"), 2);

    let shrink = |stock: i64, reason: Value| json!({ "title": "Mug", "stock": stock, "reason": reason });
    let (_, problem) = house.try_put("/v1/prizes/mug", &shrink(4, Value::Null)).await;
    assert_eq!(problem["code"], "reason-missing");
    let (_, problem) = house.try_put("/v1/prizes/mug", &shrink(2, json!("broken"))).await;
    assert_eq!(problem["code"], "stock-set-aside", "three are with the raffle: {problem}");
    assert_eq!(house.put("/v1/prizes/mug", &shrink(4, json!("broken"))).await["left"], 1);

    house.drive_to(FINAL).await;
    let books = accounts(&house).await;
    assert_eq!(units(&books, "stock/mug", "prize/mug"), 2, "the third comes back");
    assert_eq!(units(&books, "budget/gifts", "euro-cents"), 7_000);
    assert_eq!(units(&books, "budget/recognition", "points"), 1_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prize_that_nobody_catalogued_is_free_and_the_answer_says_so() {
    let house = three_people().plugin("lottery").open(MORNING).await;
    let mut document = best_seller();
    document["plugin"] = json!("lottery");
    document["settings"] = json!({
        "earn": [{ "metric": "sales" }],
        "prizes": [{ "winners": 1, "reward": { "prize": "Cinema voucher" } }],
    });
    let answer = house.put("/v1/incentives/raffle", &document).await;
    let notice = answer["notices"][0].as_str().unwrap_or_default();
    assert!(notice.contains("Cinema voucher") && notice.contains("without stock and cost"), "{answer}");
    document["prizes"] = json!({ "mug": 1 });
    let (_, problem) = house.try_put("/v1/incentives/raffle", &document).await;
    assert_eq!(problem["code"], "unknown-prize");
    a_day_of_sales(&house).await;
    assert_eq!(house.get("/v1/awards?status=granted").await.as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_payroll_adds_up_to_the_ledger_and_is_the_same_each_time() {
    let house = three_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    a_day_of_sales(&house).await;
    house.drive_to("2026-03-03T09:00:00Z").await;
    house.post(&[at("2026-03-02T11:00:00Z").sale("ben", 500)]).await;
    house.drive_to(FINAL).await;
    let path = "/v1/payroll?from=2026-03-01&to=2026-03-31&zone=Europe/Vilnius&format=csv";
    let csv = house.text(path).await;
    let mut lines = csv.lines();
    assert!(
        lines.next().is_some_and(|header| header.starts_with("who,who_kind,award,name,incentive,period,"))
    );
    let cells: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let said: Vec<_> = cells.iter().map(|c| (c[0], c[6], c[8], c[11], c[14])).collect();
    assert_eq!(
        said,
        [
            ("ana", "2026-03-02", "award", "100", "final"),
            ("ana", "2026-03-02", "reversal", "-100", "final"),
            ("ben", "2026-03-02", "award", "100", "final"),
        ],
        "{csv}"
    );
    let sum: i64 = cells.iter().map(|c| c[11].parse::<i64>().expect("units")).sum();
    let of_people =
        accounts(&house).await.into_iter().filter(|((account, _), _)| account.starts_with("agent/"));
    assert_eq!(sum, of_people.map(|(_, units)| units).sum::<i64>());
    assert_eq!(house.text(path).await, csv);
    let first = house.text("/v1/payroll?from=2026-03-02&to=2026-03-02").await;
    assert_eq!(first.lines().count(), 2, "booked on the first day: {first}");
    assert_eq!(house.text("/v1/payroll?from=2026-04-01&to=2026-04-30").await.lines().count(), 1);

    let reader = house.door_of("board", &["read"], None).await;
    let (status, _) = reader.request(reqwest::Method::GET, path, "", "").await.expect("an answer");
    assert_eq!(status, StatusCode::FORBIDDEN);
    let out = house.path("march.csv");
    let arguments = ["payroll", "--from", "2026-03-01", "--to", "2026-03-31", "--zone", "Europe/Vilnius"];
    let command = plaudit_tests::house::plaudit(&arguments)
        .args(["--url", house.address(), "--token", house.token(), "--output"])
        .arg(&out)
        .output()
        .expect("plaudit starts");
    assert!(command.status.success(), "{}", String::from_utf8_lossy(&command.stderr));
    assert_eq!(std::fs::read_to_string(out).expect("a file"), csv);
}
