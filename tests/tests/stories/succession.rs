//! Other settings from the next period on: one incentive after another.

use plaudit_tests::house::{House, at};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{MORNING, best_seller, two_people};

/// When the local day of [`MORNING`] ends.
const MIDNIGHT: &str = "2026-03-02T22:00:00Z";
/// After the second local day and its settle delay.
const THIRD_DAY: &str = "2026-03-03T22:05:00Z";

/// Who takes most calls in a day gets 40 points.
fn most_calls(start: &str) -> Value {
    json!({
        "title": "Most calls", "zone": "Europe/Vilnius", "periods": "daily", "start": start,
        "plugin": "contest",
        "allotment": { "budget": "recognition", "currency": "points", "units": 200 },
        "settings": { "metrics": [{ "metric": "calls" }], "prizes": [{ "rank": 1, "reward": { "points": 40 } }] },
    })
}

async fn won(house: &House, agent: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let awards = house.awards(agent).await;
    awards.iter().map(|award| (text(&award["incentive"]), text(&award["period"]))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn today_ends_as_it_was_announced_and_tomorrow_has_other_settings() {
    let house = two_people().plugin("contest").incentive("best-seller", best_seller()).open(MORNING).await;
    let next = "/v1/incentives/most-calls?follows=best-seller";
    let (status, problem) = house.try_put(next, &most_calls("2026-03-02T12:00:00Z")).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("bad-periods")));
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("2026-03-02T22:00:00Z"), "the ends that there are, are named: {detail}");
    assert_eq!(house.put(next, &most_calls(MIDNIGHT)).await["outcome"], "created");
    assert_eq!(house.put(next, &most_calls(MIDNIGHT)).await["outcome"], "unchanged", "the same again");
    let before = house.get("/v1/incentives/best-seller").await;
    assert_eq!((&before["end"], &before["state"]), (&json!(1_772_488_800_000_i64), &json!("running")));

    for day in ["2026-03-02", "2026-03-03"] {
        let time = |hour: u32| format!("{day}T{hour:02}:00:00Z");
        house.drive_to(&time(13)).await;
        // Ana sells more, Ben takes more calls, on both days.
        let facts = [
            at(&time(9)).sale("ana", 90),
            at(&time(10)).sale("ben", 10),
            at(&time(11)).call("ben"),
            at(&time(12)).call("ben"),
            at(&time(8)).call("ana"),
        ];
        house.post(&facts).await;
    }
    house.drive_to(THIRD_DAY).await;
    house.settled().await;
    assert_eq!(won(&house, "ana").await, [("best-seller".to_owned(), "2026-03-02".to_owned())]);
    assert_eq!(won(&house, "ben").await, [("most-calls".to_owned(), "2026-03-03".to_owned())]);
    assert_eq!((house.points("ana").await, house.points("ben").await), (100, 40));
}
