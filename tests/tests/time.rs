//! Stories about time, through the front door: what comes late, what is corrected, and what clocks and calendars do.

use plaudit_tests::house::{At, Fact, House, Setup, at};
use serde_json::{Value, json};

/// Ana and Ben, of one team in Vilnius.
fn two_people() -> Setup {
    House::plan()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .budget("recognition", 1_000)
}

/// Who sells most gets 100 points.
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

/// So many top ratings in a row are a badge.
fn five_stars(at: u32) -> Value {
    json!({
        "plugin": "badges",
        "settings": { "badges": [
            { "name": "five-stars", "kind": "streak", "metric": "csat", "at_least": 5, "levels": [{ "at": at }] },
        ]},
    })
}

fn rows(of: &[(&str, f64)]) -> Vec<(String, f64)> {
    of.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
}

/// What stands for somebody: name, key and time of each award that is granted, oldest first.
async fn granted(house: &House, agent: &str) -> Vec<(String, String, i64)> {
    let awards = house.awards(agent).await;
    let mut granted: Vec<_> = awards
        .iter()
        .filter(|award| award["status"] == "granted")
        .map(|award| {
            let text = |field: &str| award[field].as_str().unwrap_or_default().to_owned();
            (text("name"), text("key"), award["time"].as_i64().expect("a time"))
        })
        .collect();
    granted.sort_by_key(|(_, _, time)| *time);
    granted
}

fn millis(time: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(time).expect("a time").timestamp_millis()
}

/// To whom webhooks of a type have spoken, in order.
fn told_of(house: &House, kind: &str) -> Vec<String> {
    let to = |data: &Value| data["to"]["external_id"].as_str().unwrap_or_default().to_owned();
    house.mailroom.hooks_of(kind).iter().map(|hook| to(&hook.data)).collect()
}

/// Periods that were told to be closed, in order.
fn closed(house: &House) -> Vec<String> {
    let period = |data: &Value| data["period"].as_str().unwrap_or_default().to_owned();
    house.mailroom.hooks_of("period.closed").iter().map(|hook| period(&hook.data)).collect()
}

/// The n-th order of seven things, of 5,040.
fn order_of_seven(mut n: usize) -> Vec<usize> {
    let mut left: Vec<usize> = (0..7).collect();
    (1..=7)
        .rev()
        .map(|size| {
            let place = n % size;
            n /= size;
            left.remove(place)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn three_good_ratings_a_bad_one_and_three_good_ones_are_two_streaks_in_whatever_order_they_come() {
    let people: Vec<String> = (0..24).map(|n| format!("p{n:02}")).collect();
    let plan = House::plan().site("vno", "Europe/Vilnius").team("blue", "vno").plugin("badges");
    let plan = people.iter().fold(plan, |plan, who| plan.agent(who));
    let house = plan.incentive("gallery", five_stars(3)).open("2026-03-02T00:00:00Z").await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    // The fourth is the bad one. Everybody has the same seven ratings; they come in another order for each.
    let rating = |who: &str, nth: usize| {
        at(&format!("2026-03-02T0{}:15:00Z", nth + 2)).rating(who, if nth == 3 { 1 } else { 5 })
    };
    for turn in 0..7 {
        let posted: Vec<Fact> = people
            .iter()
            .enumerate()
            .map(|(person, who)| rating(who, order_of_seven(person * 210 + 17)[turn]))
            .collect();
        house.post(&posted).await;
        house.settled().await;
    }
    let badge = |key: &str, time| ("five-stars".to_owned(), key.to_owned(), millis(time));
    for who in &people {
        let streaks = [badge("1", "2026-03-02T04:15:00Z"), badge("2", "2026-03-02T08:15:00Z")];
        assert_eq!(granted(&house, who).await, streaks, "{who}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_who_is_corrected_away_in_the_last_minute_has_not_won() {
    let house = two_people()
        .plugin("contest")
        .incentive("best-seller", best_seller())
        .open("2026-03-02T06:00:00Z")
        .await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    let order = at("2026-03-02T09:00:00Z").sale("ana", 500).of("order-a", 1);
    house.post(&[order, at("2026-03-02T10:00:00Z").sale("ben", 90)]).await;
    house.drive_to("2026-03-02T21:59:30Z").await;
    assert_eq!(house.board("best-seller", "ranking").await.rows, rows(&[("Ana", 500.0), ("Ben", 90.0)]));

    // Midnight in Vilnius is at 22:00 UTC.
    house.post(&[at("2026-03-02T09:00:00Z").sale("ana", 50).of("order-a", 2)]).await;
    house.drive_to("2026-03-02T22:05:00Z").await;
    house.told().await;
    let board = house.board_of("best-seller", "ranking", "2026-03-02").await;
    assert_eq!((board.state.as_str(), board.rows), ("closed", rows(&[("Ben", 90.0), ("Ana", 50.0)])));
    assert_eq!((house.points("ana").await, house.points("ben").await), (0, 100));
    assert_eq!(told_of(&house, "award.granted"), ["ben"], "nobody told Ana that she leads or has won");
    assert_eq!(told_of(&house, "award.reversed"), [""; 0]);
    assert_eq!(house.mailroom.chat("U-ana"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_taken_back_after_the_draw_leaves_the_draw_and_its_list_as_published() {
    let raffle = json!({
        "plugin": "lottery",
        "settings": {
            "earn": [{ "metric": "calls" }],
            "prizes": [{ "winners": 1, "reward": { "prize": "Cinema voucher" } }],
        },
    });
    let house = two_people().plugin("lottery").incentive("raffle", raffle).open("2026-03-02T06:00:00Z").await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    let call =
        |who: &str, revision| at("2026-03-02T09:00:00Z").call(who).of(&format!("call-{who}"), revision);
    house.post(&[call("ana", 1), call("ben", 1)]).await;
    house.drive_to("2026-03-02T22:05:00Z").await;
    house.told().await;
    let held = house.get("/v1/incentives/raffle/draws").await;
    let draw = held.as_array().expect("draws").iter().find(|d| d["period"] == "2026-03-02").expect("ours");
    let path =
        format!("/v1/incentives/raffle/draws/2026-03-02/{}/receipt", draw["draw"].as_str().expect("a name"));
    let receipt = house.get(&path).await;
    let winner = told_of(&house, "award.granted").pop().expect("a winner");
    let told = house.mailroom.hooks().len();

    house.drive_to("2026-03-03T12:00:00Z").await;
    house.post(&[call(&winner, 2).taken_back()]).await;
    house.told().await;
    assert_eq!(granted(&house, &winner).await.len(), 1, "the draw stands");
    assert_eq!(house.get(&path).await, receipt, "and so does what was published");
    assert_eq!(receipt["list"].as_array().map(Vec::len), Some(2), "{receipt}");
    let draws = house.get("/v1/incentives/raffle/draws").await;
    let now = draws.as_array().expect("draws").iter().find(|d| d["period"] == "2026-03-02").expect("ours");
    assert_eq!((&now["state"], &now["tickets"]), (&json!("held"), &json!(2)), "the tickets as sealed");
    assert_eq!(
        house.mailroom.hooks().len(),
        told,
        "nobody is told of a ticket that decides nothing any more"
    );
    house.drive_to("2026-03-03T22:05:00Z").await;
    assert_eq!(granted(&house, &winner).await.len(), 1, "nor does finality change it");
}

/// A house in Madrid with two contests: one of days, one whose periods end at 02:30.
async fn madrid(clock: &str) -> House {
    let contest = |periods: Value| {
        let mut document = best_seller();
        document["zone"] = json!("Europe/Madrid");
        document["periods"] = periods;
        document["allotment"]["units"] = json!(500);
        document
    };
    House::plan()
        .site("mad", "Europe/Madrid")
        .team("retiro", "mad")
        .agent("ana")
        .agent("ben")
        .budget("recognition", 1_000)
        .plugin("contest")
        .incentive("days", contest(json!("daily")))
        .incentive("nights", contest(json!({ "cron": "30 2 * * *" })))
        .open(clock)
        .await
}

/// Lengths of an incentive's next periods, in hours.
async fn hours(house: &House, incentive: &str, n: usize) -> Vec<f64> {
    let answer = house.get(&format!("/v1/incentives/{incentive}")).await;
    let bound = |period: &Value, name: &str| period[name].as_i64().expect("a time") as f64;
    let length = |period: &Value| (bound(period, "end") - bound(period, "start")) / 3_600_000.0;
    answer["next_periods"].as_array().expect("periods").iter().take(n).map(length).collect()
}

async fn through_the_night(house: &House, clocks: &[&str]) {
    for clock in clocks {
        house.drive_to(clock).await;
    }
    house.told().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_in_madrid_that_has_no_half_past_two_makes_a_day_of_23_hours_and_nothing_happens_twice() {
    let house = madrid("2026-03-27T23:00:00Z").await;
    assert_eq!(hours(&house, "days", 3).await, [24.0, 23.0, 24.0]);
    let sell = |time: &str, who: &str, amount| at(time).sale(who, amount);
    house.drive_to("2026-03-28T22:59:58Z").await;
    house.post(&[sell("2026-03-28T22:59:57Z", "ana", 10)]).await; // 23:59:57 on Saturday
    // 02:00 does not exist: at 01:00 UTC clocks go from 01:59:59 to 03:00:00.
    through_the_night(&house, &["2026-03-29T00:59:59Z"]).await;
    house.post(&[sell("2026-03-29T00:59:59Z", "ben", 7)]).await; // 01:59:59
    through_the_night(&house, &["2026-03-29T01:00:01Z", "2026-03-29T01:30:00Z", "2026-03-29T02:45:00Z"])
        .await;
    house.post(&[sell("2026-03-29T01:00:00Z", "ana", 3)]).await; // 03:00:00
    house.drive_to("2026-03-29T22:00:00Z").await;
    house.post(&[sell("2026-03-29T21:59:59Z", "ana", 5), sell("2026-03-29T22:00:00Z", "ben", 100)]).await;
    through_the_night(&house, &["2026-03-29T22:05:00Z", "2026-03-30T00:29:00Z", "2026-03-30T00:35:00Z"])
        .await;

    let day = house.board_of("days", "ranking", "2026-03-28").await.rows;
    assert_eq!(day, rows(&[("Ana", 10.0)]));
    let short = house.board_of("days", "ranking", "2026-03-29").await.rows;
    assert_eq!(short, rows(&[("Ana", 8.0), ("Ben", 7.0)]));
    let night = house.board_of("nights", "ranking", "2026-03-28T02:30").await.rows;
    assert_eq!(night, rows(&[("Ana", 10.0), ("Ben", 7.0)]), "02:30 comes at the end of the gap");
    let next = house.board_of("nights", "ranking", "2026-03-29T02:30").await.rows;
    assert_eq!(next, rows(&[("Ben", 100.0), ("Ana", 8.0)]));
    let mut told = closed(&house);
    told.sort();
    let once = ["2026-03-28", "2026-03-28T00:00", "2026-03-28T02:30", "2026-03-29", "2026-03-29T02:30"];
    assert_eq!(told.iter().filter(|period| !once.contains(&period.as_str())).count(), 0, "{told:?}");
    let mut singly = told.clone();
    singly.dedup();
    assert_eq!(told, singly, "each period closes once");
    assert!(told.contains(&"2026-03-29".to_owned()) && told.contains(&"2026-03-29T02:30".to_owned()));
    // Saturday and Sunday by day to Ana; by night to Ana, then to Ben.
    assert_eq!((house.points("ana").await, house.points("ben").await), (300, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_in_madrid_that_has_half_past_two_twice_makes_a_day_of_25_hours_and_nothing_happens_twice()
{
    let house = madrid("2026-10-23T22:00:00Z").await;
    assert_eq!(hours(&house, "days", 3).await, [24.0, 25.0, 24.0]);
    let sell = |time: &str, who: &str, amount| at(time).sale(who, amount);
    // 02:30 comes at 00:30 UTC, and once more at 01:30 UTC.
    house.drive_to("2026-10-25T00:29:59Z").await;
    house.post(&[sell("2026-10-25T00:29:58Z", "ana", 10)]).await;
    through_the_night(&house, &["2026-10-25T00:32:00Z", "2026-10-25T01:29:59Z"]).await;
    house.post(&[sell("2026-10-25T01:29:59Z", "ben", 7)]).await; // 02:29:59, the second time
    through_the_night(&house, &["2026-10-25T01:31:30Z", "2026-10-25T02:00:00Z"]).await;
    house.post(&[sell("2026-10-25T01:31:00Z", "ana", 3)]).await;
    house.drive_to("2026-10-25T23:00:00Z").await;
    house.post(&[sell("2026-10-25T22:59:59Z", "ben", 5), sell("2026-10-25T23:00:00Z", "ana", 100)]).await;
    through_the_night(&house, &["2026-10-25T23:05:00Z", "2026-10-26T01:35:00Z"]).await;

    let long = house.board_of("days", "ranking", "2026-10-25").await.rows;
    assert_eq!(long, rows(&[("Ana", 13.0), ("Ben", 12.0)]));
    let night = house.board_of("nights", "ranking", "2026-10-24T02:30").await.rows;
    assert_eq!(night, rows(&[("Ana", 10.0)]), "it ends at the first half past two");
    let next = house.board_of("nights", "ranking", "2026-10-25T02:30").await.rows;
    assert_eq!(next, rows(&[("Ana", 103.0), ("Ben", 12.0)]));
    let mut told = closed(&house);
    told.sort();
    let mut singly = told.clone();
    singly.dedup();
    assert_eq!(told, singly, "each period closes once");
    assert_eq!(told.iter().filter(|period| period.ends_with("T02:30")).count(), 2, "{told:?}");
    assert_eq!((house.points("ana").await, house.points("ben").await), (300, 0));
}

/// Blue with Ana and Ben, green with Cleo; the team that sells most.
fn two_teams() -> Setup {
    let contest = json!({
        "plugin": "contest",
        "periods": "weekly",
        "settings": {
            "who": "teams",
            "metrics": [{ "metric": "sales-amount" }],
            "prizes": [{ "rank": 1, "reward": { "badge": "champion" } }],
        },
    });
    House::plan()
        .site("vno", "Europe/Vilnius")
        .team_document("blue", json!({ "site": "vno", "title": "Blue" }))
        .team_document("green", json!({ "site": "vno", "title": "Green" }))
        .agent("ana")
        .in_team("blue")
        .agent("ben")
        .in_team("blue")
        .agent("cleo")
        .plugin("contest")
        .incentive("together", contest)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_team_at_noon_sells_for_the_old_one_in_the_morning_and_for_the_new_one_after() {
    let house = two_teams().open("2026-03-02T00:00:00Z").await;
    house.drive_to("2026-03-02T08:00:00Z").await;
    house.post(&[at("2026-03-02T08:00:00Z").sale("cleo", 10)]).await;
    // Noon in Vilnius.
    house.roster("agent,name,chat,team,from\nana,Ana,U-ana,green,2026-03-02T10:00:00Z\n").await;
    house.drive_to("2026-03-02T15:00:00Z").await;
    // The afternoon is known before the morning.
    let afternoon = [at("2026-03-02T10:00:00Z").sale("ana", 1), at("2026-03-02T14:00:00Z").sale("ana", 30)];
    house.post(&afternoon).await;
    house.post(&[at("2026-03-02T09:59:59Z").sale("ana", 200)]).await;
    house.settled().await;
    assert_eq!(house.board("together", "ranking").await.rows, rows(&[("Blue", 200.0), ("Green", 41.0)]));
    house.drive_to("2026-03-08T22:05:00Z").await;
    house.told().await;
    let champions: Vec<Value> =
        house.mailroom.hooks_of("award.granted").into_iter().map(|hook| hook.data["to"].clone()).collect();
    assert_eq!(champions.len(), 1, "{champions:?}");
    assert!(champions[0].to_string().contains("blue"), "{champions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_roster_says_two_days_late_counts_from_the_day_it_speaks_of() {
    let house = two_teams().open("2026-03-02T00:00:00Z").await;
    house.drive_to("2026-03-04T09:00:00Z").await;
    house
        .post(&[
            at("2026-03-02T08:00:00Z").sale("ana", 100),
            at("2026-03-03T08:00:00Z").sale("ana", 20),
            at("2026-03-03T09:00:00Z").sale("ben", 50),
            at("2026-03-04T08:00:00Z").sale("cleo", 60),
        ])
        .await;
    house.settled().await;
    assert_eq!(house.board("together", "ranking").await.rows, rows(&[("Blue", 170.0), ("Green", 60.0)]));

    // On Wednesday they hear that she was in another team since Monday.
    house.roster("agent,name,chat,team,from\nana,Ana,U-ana,green,2026-03-02\n").await;
    house.settled().await;
    assert_eq!(house.board("together", "ranking").await.rows, rows(&[("Green", 180.0), ("Blue", 50.0)]));
    house.post(&[at("2026-03-04T08:30:00Z").sale("ana", 5)]).await;
    house.settled().await;
    assert_eq!(house.board("together", "ranking").await.rows, rows(&[("Green", 185.0), ("Blue", 50.0)]));
}

fn shift(time: &At, who: &str) -> Fact {
    let data = json!({ "scheduled_s": 28_800, "adherent_s": 28_000, "worked_s": 28_000, "absent": false });
    time.fact("shift.ended", who, data)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holiday_in_vilnius_neither_breaks_nor_feeds_a_streak_of_working_days() {
    let steady = json!({
        "plugin": "badges",
        "periods": "monthly",
        "settings": { "badges": [
            { "name": "steady", "kind": "workdays", "metric": "shift", "levels": [{ "at": 5 }] },
        ]},
    });
    // 16 February is the day the state was restored, in 2026 a Monday.
    let house = House::plan()
        .site_document("vno", json!({ "zone": "Europe/Vilnius", "holidays": ["2026-02-16"] }))
        .site("mad", "Europe/Madrid")
        .team("blue", "vno")
        .team("retiro", "mad")
        .agent("ana")
        .in_team("blue")
        .agent("ben")
        .in_team("blue")
        .agent("cruz")
        .plugin("badges")
        .incentive("gallery", steady)
        .open("2026-02-12T00:00:00Z")
        .await;
    // Thursday, Friday, the weekend, the holiday, Tuesday to Thursday. Ben stays away on Tuesday; for Cruz, in Madrid,
    // Monday is a working day like any other.
    for day in [12, 13, 17, 18, 19] {
        let evening = at(&format!("2026-02-{day}T15:00:00Z"));
        house.drive_to(&format!("2026-02-{day}T15:30:00Z")).await;
        let worked = ["ana", "ben", "cruz"].into_iter().filter(|who| *who != "ben" || day != 17);
        house.post(&worked.map(|who| shift(&evening, who)).collect::<Vec<_>>()).await;
        house.settled().await;
        let badge = ("steady".to_owned(), "1".to_owned(), millis("2026-02-19T15:00:00Z"));
        let expected = if day == 19 { vec![badge] } else { vec![] };
        assert_eq!(granted(&house, "ana").await, expected, "on the {day}th");
        assert_eq!(granted(&house, "ben").await, [], "on the {day}th");
        assert_eq!(granted(&house, "cruz").await, [], "on the {day}th");
    }
    house.told().await;
    assert_eq!(told_of(&house, "award.granted"), ["ana"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fifth_call_of_a_streak_that_turns_out_to_be_the_sixth_is_one_badge_and_one_message() {
    let house =
        two_people().plugin("badges").incentive("gallery", five_stars(5)).open("2026-03-02T06:00:00Z").await;
    for minute in [10, 20, 30, 40, 50] {
        house.drive_to(&format!("2026-03-02T08:{minute}:05Z")).await;
        house.post(&[at(&format!("2026-03-02T08:{minute}:00Z")).rating("ana", 5)]).await;
        house.told().await;
    }
    let badge = |time| [("five-stars".to_owned(), "1".to_owned(), millis(time))];
    assert_eq!(granted(&house, "ana").await, badge("2026-03-02T08:50:00Z"));
    assert_eq!(house.mailroom.chat("U-ana").len(), 1);

    // A rating of before, late by most of an hour: the fifth was the sixth.
    house.drive_to("2026-03-02T08:55:00Z").await;
    house.post(&[at("2026-03-02T08:05:00Z").rating("ana", 5)]).await;
    house.told().await;
    assert_eq!(granted(&house, "ana").await, badge("2026-03-02T08:40:00Z"), "reached one rating earlier");
    assert_eq!(house.awards("ana").await.len(), 1, "one badge");
    assert_eq!(told_of(&house, "award.granted"), ["ana"]);
    for kind in ["award.changed", "award.reversed"] {
        assert_eq!(told_of(&house, kind), [""; 0]);
    }
    assert_eq!(house.mailroom.chat("U-ana").len(), 1, "one message");
}
