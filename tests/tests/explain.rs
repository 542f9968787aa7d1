//! Explanations agree with what was settled, and say why a fact did not count.

use std::collections::BTreeMap;

use plaudit_tests::house::{Fact, House, Setup, at, plaudit};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Before the day's work. Local days of Vilnius end at 22:00 UTC in March.
const MORNING: &str = "2026-03-02T06:00:00Z";
const EVENING: &str = "2026-03-02T16:00:00Z";
/// After the day has ended and the settle delay is over.
const NIGHT: &str = "2026-03-02T22:05:00Z";
/// After the day's grace of 24 hours.
const AFTER_GRACE: &str = "2026-03-04T06:00:00Z";
const DAY: &str = "2026-03-02";

fn people() -> Setup {
    House::plan()
        .site("vno", "Europe/Vilnius")
        .team("red", "vno")
        .agent("cleo")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .budget("recognition", 10_000)
}

/// Who takes most calls, with a rating of 4.3 on average: 100 and 50 points.
fn quick_and_kind() -> Value {
    json!({
        "title": "Quick and kind",
        "plugin": "contest",
        "allotment": { "budget": "recognition", "currency": "points", "units": 1000 },
        "settings": {
            "metrics": [{ "metric": "calls" }],
            "guards": [{ "metric": "csat", "at_least": 4.3 }],
            "tie_breaks": [{ "metric": "csat", "by": "average" }],
            "prizes": [
                { "rank": 1, "reward": { "points": 100 } },
                { "rank": 2, "reward": { "points": 50 } },
            ],
        },
    })
}

async fn why(house: &House, agent: &str, incentive: &str, query: &str) -> Value {
    house.get(&format!("/v1/agents/{agent}/incentives/{incentive}/explanation?limit=1000{query}")).await
}

fn list<'a>(explanation: &'a Value, name: &str) -> &'a [Value] {
    explanation[name].as_array().expect("a list")
}

fn answer(explanation: &Value) -> String {
    list(explanation, "answer").iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
}

/// Why each fact by this name did not count.
fn reasons(explanation: &Value, name: &str) -> Vec<String> {
    let facts = list(explanation, "not_counted").iter().filter(|fact| fact["name"] == name);
    facts.map(|fact| fact["why"]["reason"].as_str().expect("a reason").to_owned()).collect()
}

/// What the counted facts added: Σ value and Σ weight by board and column.
fn sums(explanation: &Value) -> BTreeMap<String, (f64, f64)> {
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for score in list(explanation, "counted").iter().flat_map(|fact| list(&fact["did"], "scores")) {
        let column = format!("{} {}", score["board"], score["column"]);
        let sum = sums.entry(column).or_default();
        sum.0 += score["value"].as_f64().expect("a value");
        sum.1 += score["weight"].as_f64().expect("a weight");
    }
    sums
}

/// The counted facts add up to the row of the board that everybody sees, and the awards are those that stand.
async fn agrees(house: &House, agent: &str, incentive: &str, explanation: &Value) {
    assert_eq!((&explanation["kept"], &explanation["agrees"]), (&json!("whole"), &json!(true)));
    let period = explanation["period"]["id"].as_str().expect("a period");
    let sums = sums(explanation);
    for board in list(explanation, "boards") {
        let name = board["board"].as_str().expect("a name");
        let seen = house.get(&format!("/v1/incentives/{incentive}/boards/{name}?period={period}")).await;
        let rows = seen["rows"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["subject"] == board["subject"]).expect("a row");
        assert_eq!((&row["rank"], &row["value"]), (&board["rank"], &board["value"]), "{name}");
        for (column, value) in list(board, "columns").iter().zip(row["columns"].as_array().expect("cells")) {
            assert_eq!(column["value"], *value, "{name} {}", column["name"]);
            let (sum, weight) =
                sums.get(&format!("{} {}", board["board"], column["name"])).copied().unwrap_or_default();
            let Some(cell) = value.as_f64() else {
                assert_eq!((sum, weight), (0.0, 0.0), "{name} {}", column["name"]);
                continue;
            };
            // Sums and means are the aggregates of the official rules.
            let is_close = |a: f64| (a - cell).abs() < 1e-6;
            assert!(
                is_close(sum) || is_close(sum / weight),
                "{name} {}: {cell}, {sum}, {weight}",
                column["name"]
            );
        }
    }
    let own = house.get(&format!("/v1/agents/{agent}/awards?limit=1000")).await;
    let is_ours =
        |row: &&Value| row["incentive"] == incentive && (row["period"] == period || row["period"].is_null());
    let mut standing: Vec<(String, String)> =
        own.as_array().expect("awards").iter().filter(is_ours).map(id_and_status).collect();
    let mut told: Vec<(String, String)> = list(explanation, "awards").iter().map(id_and_status).collect();
    standing.sort();
    told.sort();
    assert_eq!(told, standing);
}

fn id_and_status(row: &Value) -> (String, String) {
    (row["id"].as_str().expect("an id").to_owned(), row["status"].to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_is_explained_to_who_wins_and_to_who_does_not() {
    let house = people().plugin("contest").incentive("quick", quick_and_kind()).open(MORNING).await;
    house.drive_to(EVENING).await;
    let mut day: Vec<Fact> = Vec::new();
    for minute in 10..16 {
        day.push(at(&format!("2026-03-02T09:{minute}:00Z")).call("ana"));
    }
    for minute in 10..14 {
        day.push(at(&format!("2026-03-02T09:{minute}:00Z")).call("ben"));
    }
    day.push(at("2026-03-02T10:00:00Z").call("cleo"));
    day.extend(
        [("ana", 4), ("ben", 5), ("cleo", 5)].map(|(who, csat)| at("2026-03-02T11:00:00Z").rating(who, csat)),
    );
    house.post(&day).await;
    house.settled().await;

    let ana = why(&house, "ana", "quick", "&lang=en").await;
    agrees(&house, "ana", "quick", &ana).await;
    assert_eq!(ana["period"]["state"], "open");
    assert_eq!(ana["totals"]["counted"], 7);
    assert!(answer(&ana).contains("Customer rating") && answer(&ana).contains("4.3"), "{}", answer(&ana));
    let guard = &list(&ana, "boards")[0]["guards"][0];
    assert_eq!(
        (&guard["value"], &guard["at_least"], &guard["met"]),
        (&json!(4.0), &json!(4.3), &json!(false))
    );
    assert_eq!(list(&ana, "counted")[0]["did"]["scores"][0]["column"], "calls");
    let settings = list(&ana["incentive"], "settings");
    assert!(
        settings.iter().any(|s| s["label"].as_str().is_some_and(|l| l.contains("Conditions"))),
        "{settings:?}"
    );

    let cleo = why(&house, "cleo", "quick", "&lang=en").await;
    agrees(&house, "cleo", "quick", &cleo).await;
    let next = &list(&cleo, "boards")[0]["next"];
    assert_eq!((&next["rank"], &next["missing"]), (&json!(1), &json!(3.0)), "{cleo}");
    assert!(
        answer(&cleo).contains("place 2 of 2") && answer(&cleo).contains("3 missing"),
        "{}",
        answer(&cleo)
    );

    house.drive_to(NIGHT).await;
    let ben = why(&house, "ben", "quick", &format!("&period={DAY}&lang=en")).await;
    agrees(&house, "ben", "quick", &ben).await;
    assert_eq!((&ben["period"]["state"], &ben["won"]), (&json!("closed"), &json!(true)));
    assert!(answer(&ben).starts_with("You got 100 points."), "{}", answer(&ben));

    house.drive_to(AFTER_GRACE).await;
    house.post(&[at("2026-03-02T12:00:00Z").call("ana")]).await;
    house.settled().await;
    let later = why(&house, "ana", "quick", &format!("&period={DAY}&lang=en")).await;
    assert_eq!((&later["kept"], &later["agrees"]), (&json!("final"), &Value::Null));
    assert!(later["kept_text"].as_str().is_some_and(|text| text.contains("no longer kept")));
    assert_eq!(later["totals"]["counted"], 7);
    assert_eq!(list(&later, "boards")[0]["columns"][0]["value"], 6.0);
    assert_eq!(reasons(&later, "contact.completed/ana/2026-03-02T12:00:00Z"), ["late"]);
    assert_eq!(list(&why(&house, "ben", "quick", &format!("&period={DAY}")).await, "awards").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reason_of_not_counting_is_told() {
    let big = json!({ "types": ["sale.closed"], "filter": "data.amount >= 50", "value": "data.amount", "unit": "EUR" });
    let sellers = |metric: &str| {
        json!({ "plugin": "contest", "audience": { "teams": ["blue"] }, "settings": {
            "metrics": [{ "metric": metric }], "prizes": [{ "rank": 1, "reward": { "badge": "gold" } }] } })
    };
    let house = people().plugin("contest").incentive("sales", sellers("sales-amount")).open(MORNING).await;
    house.put("/v1/metrics/big-sales", &big).await;
    let with = |mut document: Value, title: &str| {
        document["title"] = json!(title);
        document["zone"] = json!("Europe/Vilnius");
        document
    };
    let mut big = with(sellers("big-sales"), "Big");
    big["periods"] = json!({ "cron": "0 12 * * *" });
    house.put("/v1/incentives/big", &big).await;
    house.drive_to(EVENING).await;

    let nine = || at("2026-03-02T09:00:00Z");
    let sale = |who: &str, amount, entity: &str, revision| nine().sale(who, amount).of(entity, revision);
    house
        .post(&[
            sale("ana", 60, "plain", 1),
            sale("ana", 10, "small", 1),
            nine().fact("sale.closed", "ana", json!({ "currency": "EUR" })).of("bare", 1),
            nine().fact("sale.closed", "ana", json!({ "amount": "lots" })).of("words", 1),
            at("2026-03-02T05:00:00Z").sale("ana", 80).of("early", 1),
            sale("ana", 70, "given-away", 1),
            sale("ana", 71, "moved", 1),
            sale("ana", 72, "better", 1),
            sale("ana", 73, "undone", 1),
            sale("ana", 74, "overtaken", 3),
            sale("ana", 75, "doubtful", 1),
            nine().call("ana"),
            sale("cleo", 90, "of-the-reds", 1),
            sale("stranger", 90, "of-a-stranger", 1),
        ])
        .await;
    house
        .post(&[
            sale("ben", 70, "given-away", 2),
            at("2026-03-02T13:00:00Z").sale("ana", 71).of("moved", 2),
            sale("ana", 82, "better", 2),
            sale("ana", 73, "undone", 2).taken_back(),
            sale("ana", 1, "overtaken", 2),
        ])
        .await;
    house.settled().await;
    let ana = why(&house, "ana", "sales", "&lang=en").await;
    agrees(&house, "ana", "sales", &ana).await;
    let doubtful = list(&ana, "counted").iter().find(|f| f["name"] == "doubtful").expect("it counted");
    let position = json!({ "block": doubtful["block"], "index": doubtful["index"] }).to_string();
    let left_out =
        house.request(reqwest::Method::POST, "/v1/incentives/sales/leave-out", "application/json", position);
    assert!(left_out.await.expect("an answer").0.is_success());
    house.settled().await;

    let ana = why(&house, "ana", "sales", "&lang=en").await;
    agrees(&house, "ana", "sales", &ana).await;
    for (name, expected) in [
        ("plain", &[][..]),
        ("bare", &["filter"]),
        ("words", &["absent"]),
        ("early", &["outside-window"]),
        ("given-away", &["superseded"]),
        ("moved", &["superseded"]),
        ("better", &["superseded"]),
        ("undone", &["retracted"]),
        ("overtaken", &["stale"]),
        ("doubtful", &["left-out"]),
    ] {
        assert_eq!(reasons(&ana, name), expected, "{name}");
    }
    let told = |name: &str| {
        let fact = list(&ana, "not_counted").iter().find(|f| f["name"] == name).expect("a fact");
        (fact["why"].clone(), fact["text"].as_str().expect("a text").to_owned())
    };
    assert_eq!(told("bare").0["lacks"], "field");
    assert!(told("given-away").1.contains("somebody else"), "{:?}", told("given-away"));
    assert!(!ana.to_string().contains("ben"), "of whom the correction speaks is theirs alone");
    assert!(told("moved").1.contains("15:00"), "{:?}", told("moved"));
    assert!(told("doubtful").1.starts_with("first admin"), "{:?}", told("doubtful"));
    let counted: Vec<_> = list(&ana, "counted").iter().map(|f| f["name"].as_str().expect("a name")).collect();
    assert_eq!(counted, ["better", "overtaken", "plain", "small", "moved"]);
    assert_eq!(ana["totals"]["other_types"], 1);
    let all = why(&house, "ana", "sales", "&all=true").await;
    assert_eq!(reasons(&all, "contact.completed/ana/2026-03-02T09:00:00Z"), ["filter"]);

    // Periods that change at noon, and a filter.
    let morning = why(&house, "ana", "big", "&at=2026-03-02T09:30:00Z").await;
    agrees(&house, "ana", "big", &morning).await;
    assert_eq!(reasons(&morning, "small"), ["filter"]);
    assert_eq!(
        morning["not_counted"]
            .as_array()
            .and_then(|f| f.iter().find(|f| f["name"] == "small"))
            .expect("small")["why"]["metric"],
        "big-sales"
    );
    let moved = list(&morning, "not_counted").iter().filter(|f| f["name"] == "moved");
    let moved: Vec<_> = moved.map(|f| f["why"]["reason"].as_str().expect("a reason")).collect();
    assert_eq!(moved, ["superseded", "other-period"]);

    let cleo = why(&house, "cleo", "sales", "&lang=en").await;
    assert_eq!(reasons(&cleo, "of-the-reds"), ["not-in-audience"]);
    assert!(answer(&cleo).contains("was not for you"), "{}", answer(&cleo));
    let stranger = why(&house, "stranger", "sales", "").await;
    assert_eq!(reasons(&stranger, "of-a-stranger"), ["unknown-agent"]);
    let (status, _) = house
        .request(reqwest::Method::GET, "/v1/agents/nobody/incentives/sales/explanation", "", "")
        .await
        .expect("an answer");
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_are_those_of_the_sealed_list_and_a_full_cap_is_told() {
    let raffle = json!({
        "plugin": "lottery",
        "settings": {
            "earn": [{ "metric": "calls" }],
            "daily_cap": 3,
            "guard": { "metric": "csat", "at_least": 4 },
            "prizes": [{ "winners": 1, "reward": { "prize": "Cinema voucher" } }],
        },
    });
    let house = people().plugin("lottery").incentive("raffle", raffle).open(MORNING).await;
    house.drive_to(EVENING).await;
    let mut day: Vec<Fact> = Vec::new();
    for minute in 10..15 {
        day.push(at(&format!("2026-03-02T09:{minute}:00Z")).call("ana"));
    }
    day.push(at("2026-03-02T09:20:00Z").call("ben"));
    day.push(at("2026-03-02T09:20:00Z").call("cleo"));
    day.extend(
        [("ana", 5), ("ben", 5), ("cleo", 2)].map(|(who, csat)| at("2026-03-02T11:00:00Z").rating(who, csat)),
    );
    house.post(&day).await;
    house.settled().await;
    let open = why(&house, "ana", "raffle", "&lang=en").await;
    agrees(&house, "ana", "raffle", &open).await;
    let tickets = |explanation: &Value| {
        let facts = list(explanation, "counted").iter().flat_map(|f| list(&f["did"], "tickets"));
        facts.filter_map(|t| t["count"].as_u64()).sum::<u64>()
    };
    assert_eq!((tickets(&open), &open["draws"][0]["tickets"]), (3, &json!(3)));
    let caps = list(&open, "not_counted").iter().filter(|f| f["why"]["reason"] == "cap").count();
    assert_eq!(caps, 2, "{open}");
    assert!(answer(&open).contains("3 of 5 tickets so far"), "{}", answer(&open));

    house.drive_to(NIGHT).await;
    let mut won = Vec::new();
    for who in ["ana", "ben", "cleo"] {
        let ex = why(&house, who, "raffle", &format!("&period={DAY}&lang=en")).await;
        agrees(&house, who, "raffle", &ex).await;
        let draw = &ex["draws"][0];
        let receipt = house.get(draw["receipt"].as_str().expect("a receipt")).await;
        let id = ex["agent"]["id"].as_str().expect("an id");
        assert_eq!(draw["tickets"], receipt["list"][id], "{who}: {receipt}");
        assert_eq!(
            (draw["tickets"].as_u64(), draw["list_hash"].as_str()),
            (Some(tickets(&ex)), receipt["list_hash"].as_str())
        );
        let has_won = receipt["winners"].as_array().is_some_and(|w| w.iter().any(|w| w["entrant"] == id));
        assert_eq!(!list(draw, "won").is_empty(), has_won);
        if has_won {
            won.push(who);
            assert!(answer(&ex).contains("You got Cinema voucher"), "{}", answer(&ex));
        } else if who == "cleo" {
            assert!(answer(&ex).contains("left out") && answer(&ex).contains('2'), "{}", answer(&ex));
        } else {
            assert!(answer(&ex).contains("the draw picked other names"), "{}", answer(&ex));
        }
    }
    assert_eq!(won.len(), 1);

    house.drive_to(AFTER_GRACE).await;
    let later = why(&house, "ana", "raffle", &format!("&period={DAY}&lang=en")).await;
    assert_eq!((&later["kept"], &later["draws"][0]["tickets"]), (&json!("final"), &json!(3)));
}

#[tokio::test(flavor = "multi_thread")]
async fn badges_and_praise_are_traced_to_the_facts_that_brought_them() {
    let gallery = json!({
        "plugin": "badges",
        "settings": { "badges": [
            { "name": "five-stars", "kind": "streak", "metric": "csat", "at_least": 5,
              "levels": [{ "name": "bronze", "at": 2 }, { "name": "silver", "at": 4 }] },
        ]},
    });
    let words =
        json!({ "plugin": "praise", "settings": { "top_rating": { "metric": "csat", "at_least": 5 } } });
    let house = people()
        .plugin("badges")
        .plugin("praise")
        .incentive("gallery", gallery)
        .incentive("words", words)
        .open(MORNING)
        .await;
    house.drive_to("2026-03-02T10:00:00Z").await;
    house
        .post(&[
            at("2026-03-02T09:50:00Z").rating("ana", 5),
            at("2026-03-02T09:55:00Z").rating("ana", 5),
            at("2026-03-02T09:56:00Z").rating("ana", 5),
        ])
        .await;
    house.settled().await;
    for incentive in ["gallery", "words"] {
        let ex = why(&house, "ana", incentive, "&lang=en").await;
        agrees(&house, "ana", incentive, &ex).await;
        let from_facts: Vec<&Value> =
            list(&ex, "counted").iter().flat_map(|f| list(&f["did"], "effects")).collect();
        let from_moments = list(&ex, "moments").iter().flat_map(|m| list(&m["did"], "effects"));
        let mut traced: Vec<&str> =
            from_facts.into_iter().chain(from_moments).filter_map(Value::as_str).collect();
        let mut standing: Vec<&str> = list(&ex, "awards").iter().filter_map(|a| a["id"].as_str()).collect();
        traced.sort_unstable();
        standing.sort_unstable();
        assert_eq!(traced, standing, "{incentive}");
        assert!(!standing.is_empty(), "{incentive}");
    }
    let gallery = why(&house, "ana", "gallery", "&lang=en").await;
    let second = &list(&gallery, "counted")[1]["did"];
    assert!(second["text"].as_str().is_some_and(|t| t.contains("bronze")), "{second}");
    assert_eq!((&gallery["progress"]["value"], &gallery["progress"]["target"]), (&json!(3.0), &json!(4.0)));
    assert!(answer(&gallery).contains("until silver"), "{}", answer(&gallery));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_is_explained_by_the_own_facts_and_the_sums_of_all() {
    let together = json!({
        "title": "Together",
        "plugin": "contest",
        "zone": "Europe/Vilnius",
        "periods": "daily",
        "audience": { "teams": ["blue"], "agents": ["dan"] },
        "allotment": { "budget": "recognition", "currency": "points", "units": 1000 },
        "settings": { "who": "teams", "metrics": [{ "metric": "calls" }],
                      "prizes": [{ "rank": 1, "reward": { "points": 40 } }] },
    });
    let house = people().plugin("contest").open(MORNING).await;
    let dan = json!({ "name": "Dan", "stints": [{ "from": 0, "team": null, "share": 1.0, "workdays": 31 }] });
    house.put("/v1/agents/dan", &dan).await;
    house.put("/v1/incentives/together", &together).await;
    house.drive_to(EVENING).await;
    house
        .post(&[
            at("2026-03-02T09:00:00Z").call("ana"),
            at("2026-03-02T09:01:00Z").call("ben"),
            at("2026-03-02T09:02:00Z").call("ben"),
            at("2026-03-02T09:03:00Z").call("dan"),
        ])
        .await;
    house.drive_to(NIGHT).await;
    let ana = why(&house, "ana", "together", &format!("&period={DAY}&lang=en")).await;
    assert_eq!((&ana["agrees"], &ana["totals"]["counted"]), (&json!(true), &json!(1)));
    assert_eq!(list(&ana, "boards")[0]["columns"][0]["value"], 3.0, "the team's sum");
    assert_eq!(list(&ana, "counted")[0]["did"]["scores"][0]["value"], 1.0);
    assert!(answer(&ana).contains("You got 40 points."), "{}", answer(&ana));
    let dan = why(&house, "dan", "together", &format!("&period={DAY}")).await;
    assert_eq!(reasons(&dan, "contact.completed/dan/2026-03-02T09:03:00Z"), ["no-key"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_explanation_reads_well_in_five_languages() {
    let house = people().plugin("contest").incentive("quick", quick_and_kind()).open(MORNING).await;
    house.drive_to(EVENING).await;
    house
        .post(&[
            at("2026-03-02T05:30:00Z").call("ana"),
            at("2026-03-02T09:00:00Z").call("ana").of("call-1", 1),
            at("2026-03-02T09:30:00Z").call("ana").of("call-2", 1),
            at("2026-03-02T09:40:00Z").rating("ana", 4),
            at("2026-03-02T09:50:00Z").sale("ana", 10),
            at("2026-03-02T09:00:00Z").call("ben"),
            at("2026-03-02T09:10:00Z").rating("ben", 5),
        ])
        .await;
    house.post(&[at("2026-03-02T09:30:00Z").call("ana").of("call-2", 2).taken_back()]).await;
    house.drive_to(NIGHT).await;
    for lang in ["en", "es", "lt", "zh-Hans", "zh-Hant"] {
        let told = plaudit(&["explain", "--agent", "ana", "--incentive", "quick", "--period", DAY])
            .args(["--lang", lang, "--url", house.address(), "--token", house.token()])
            .output()
            .expect("plaudit starts");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        let text = String::from_utf8(told.stdout).expect("UTF-8");
        let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let words = |line: &str| {
            let word = |w: &str| if is_digest(w) { "<digest>".to_owned() } else { w.to_owned() };
            line.split(' ').map(word).collect::<Vec<_>>().join(" ")
        };
        let text = text.lines().map(words).collect::<Vec<_>>().join("\n");
        assert!(!text.contains("[explain-") && !text.contains("[page-"), "{text}");
        insta::assert_snapshot!(format!("explained-{lang}"), text);
    }
}
