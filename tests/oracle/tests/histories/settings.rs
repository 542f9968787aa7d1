//! Settings that histories are played with: each of them means something.

/// By plugin.
pub(crate) const SETTINGS: [(&str, &str); 32] = [
    // A rate with a minimum, a guard at a mark that is often met exactly, ties by two measures.
    (
        "contest",
        r#"{"per_hour_of": "worked-hours", "metrics": [{"metric": "calls"}],
        "minimum": {"metric": "calls", "at_least": 1}, "guards": [{"metric": "csat", "at_least": 4}],
        "tie_breaks": [{"metric": "csat", "by": "average"}, {"metric": "complaints", "lowest_first": true}],
        "prizes": [{"rank": 1, "reward": {"points": 300, "badge": "gold"}}, {"rank": 2, "reward": {"points": 200}},
            {"rank": 3, "reward": {"prize": "Cinema voucher"}}],
        "bar": {"value": 1, "reward": {"points": 20}}, "measure": "calls an hour"}"#,
    ),
    // Points of tied places are divided; whole numbers tie often.
    (
        "contest",
        r#"{"metrics": [{"metric": "calls", "weight": 2}, {"metric": "complaints", "weight": -1}], "ties": "split",
        "prizes": [{"rank": 1, "reward": {"points": 100, "badge": "gold"}}, {"rank": 2, "reward": {"points": 51}},
            {"rank": 3, "reward": {"badge": "bronze"}}]}"#,
    ),
    // An average, lowest first, with a total that is 0 until something counts.
    (
        "contest",
        r#"{"metrics": [{"metric": "handle-time", "by": "average"}], "lowest_first": true,
        "guards": [{"metric": "complaints", "by": "total", "at_most": 0}],
        "prizes": [{"rank": 1, "reward": {"points": 50}}], "bar": {"value": 240, "reward": {"points": 5, "prize": "Tea"}}}"#,
    ),
    // A ratio whose denominator may be 0, and sums of tenths.
    (
        "contest",
        r#"{"metrics": [{"metric": "punctuality", "by": "average"}], "show": "percent",
        "tie_breaks": [{"metric": "sales-amount"}], "guards": [{"metric": "punctuality", "at_least": 0.75, "at_most": 1}],
        "prizes": [{"rank": 1, "reward": {"badge": "champion", "prize": "Dinner"}}, {"rank": 2, "reward": {"points": 40}}]}"#,
    ),
    // Teams by their members.
    (
        "contest",
        r#"{"who": "teams", "metrics": [{"metric": "calls"}, {"metric": "sales-amount", "weight": 0.1}],
        "tie_breaks": [{"metric": "csat", "by": "average"}], "ties": "split",
        "prizes": [{"rank": 1, "reward": {"points": 40, "badge": "champion"}}, {"rank": 2, "reward": {"points": 21}}]}"#,
    ),
    // Teams by their queues, for each hour worked.
    (
        "contest",
        r#"{"who": "teams", "metrics": [{"metric": "service-level", "by": "average"}, {"metric": "csat", "by": "average"}],
        "prizes": [{"rank": 1, "reward": {"points": 30, "prize": "Cake"}}], "bar": {"value": 4, "reward": {"points": 10}}}"#,
    ),
    // Several kinds, caps of each and of all, a guard that takes part unmeasured.
    (
        "lottery",
        r#"{"daily_cap": 4, "guard": {"metric": "csat", "at_least": 4},
        "earn": [{"metric": "calls", "daily_cap": 2}, {"metric": "csat", "tickets": 2, "at_least": 5},
            {"metric": "worked-hours", "for_each": 1}],
        "prizes": [{"reward": {"prize": "Cinema voucher"}}, {"winners": 2, "reward": {"points": 50}}]}"#,
    ),
    // Everyone has the same chance; the unmeasured are left out; more prizes than people.
    (
        "lottery",
        r#"{"method": "equal", "guard": {"metric": "quality", "at_least": 90, "unmeasured": "left-out"},
        "earn": [{"metric": "calls"}, {"metric": "quality"}],
        "prizes": [{"winners": 3, "reward": {"badge": "lucky"}}, {"winners": 40, "reward": {"points": 100}}]}"#,
    ),
    // Tenths of an amount, also taken back.
    (
        "lottery",
        r#"{"earn": [{"metric": "sales-amount", "for_each": 0.1, "tickets": 3, "daily_cap": 50}],
        "prizes": [{"reward": {"points": 100}}]}"#,
    ),
    // A ratio whose denominator may be 0 earns and guards.
    (
        "lottery",
        r#"{"guard": {"metric": "punctuality", "at_least": 0.75},
        "earn": [{"metric": "punctuality", "at_least": 0.5, "tickets": 10, "daily_cap": 10}, {"metric": "complaints"}],
        "prizes": [{"winners": 2, "reward": {"points": 60}}]}"#,
    ),
    // Streaks with points, and a count.
    (
        "badges",
        r#"{"badges": [
        {"name": "five-stars", "kind": "streak", "metric": "csat", "at_least": 5, "levels": [
            {"name": "bronze", "at": 2}, {"name": "silver", "at": 3, "points": 60}, {"name": "gold", "at": 5, "points": 100}]},
        {"name": "contacts", "kind": "count", "metric": "calls", "levels": [
            {"name": "bronze", "at": 1, "points": 10}, {"name": "silver", "at": 3}]}]}"#,
    ),
    // Working days in a row, and the first time.
    (
        "badges",
        r#"{"badges": [
        {"name": "steady", "kind": "workdays", "metric": "shift", "levels": [
            {"name": "bronze", "at": 2, "points": 30}, {"name": "silver", "at": 3, "points": 50}]},
        {"name": "first-step", "kind": "first", "metric": "sales-amount", "levels": [{"points": 20}]}]}"#,
    ),
    (
        "badges",
        r#"{"absence": "complaints", "badges": [
        {"name": "steady", "kind": "workdays", "metric": "calls", "levels": [
            {"name": "bronze", "at": 2}, {"name": "silver", "at": 3, "points": 50}]}]}"#,
    ),
    // Records.
    (
        "badges",
        r#"{"badges": [
        {"name": "personal-best", "kind": "record-day", "metric": "calls", "after": 1, "levels": [
            {"name": "bronze", "at": 1, "points": 25}, {"name": "silver", "at": 2, "points": 70}]},
        {"name": "sales", "kind": "record-value", "metric": "sales-amount", "after": 1, "levels": [{"points": 15}]},
        {"name": "quality", "kind": "record-value", "metric": "quality", "at_least": 80, "after": 2, "levels": [{"at": 1}]}]}"#,
    ),
    // A sum of tenths, up and down; a ratio's value.
    (
        "badges",
        r#"{"badges": [
        {"name": "sales", "kind": "count", "metric": "sales-amount", "levels": [
            {"name": "bronze", "at": 50}, {"name": "silver", "at": 100, "points": 90}]},
        {"name": "calm", "kind": "streak", "metric": "punctuality", "at_least": 0.75, "levels": [{"at": 2, "points": 33}]}]}"#,
    ),
    ("praise", "{}"),
    // Everything soon.
    (
        "praise",
        r#"{"cooldown_minutes": 0, "no_repeat": 0, "nth_today": {"at": [1, 2, 3]}, "personal_best": {"after": 1},
        "comeback": {"last": 2, "below": 3.5, "good": 2, "at_least": 4}}"#,
    ),
    // Texts run out, and quiet hours cover the night.
    (
        "praise",
        r#"{"cooldown_minutes": 30, "no_repeat": 6, "top_rating": {"at_least": 4}, "nth_today": {"at": [2]},
        "personal_best": {"after": 2}, "quiet": {"from": "22:00", "to": "09:30", "defer": true}}"#,
    ),
    // Quiet at noon, nothing deferred, no anniversaries.
    (
        "praise",
        r#"{"cooldown_minutes": 120, "anniversary": {"on": false}, "quiet": {"from": "12:00", "to": "15:00", "defer": false},
        "hard_contact": {"on": false}, "comeback": {"last": 3, "below": 4, "good": 2, "at_least": 4}}"#,
    ),
    // Never quiet.
    (
        "praise",
        r#"{"cooldown_minutes": 600, "no_repeat": 20, "quiet": {"on": false}, "quality": {"at_least": 95}}"#,
    ),
    // So many in a period, and money for few.
    ("first-come", r#"{"metric": "calls", "points": 40, "places": 2}"#),
    ("first-come", r#"{"metric": "csat", "points": 60, "places": 3}"#),
    // The same, but the time of the facts decides when a period closes.
    ("race", r#"{"metric": "calls", "points": 40, "places": 2, "at_close": true}"#),
    ("race", r#"{"metric": "csat", "points": 60, "places": 3, "at_close": true}"#),
    ("race", r#"{"metric": "calls", "points": 25, "places": 7, "at_close": true}"#),
    // Each team has places of its own.
    ("teams", r#"{"metric": "calls", "points": 40, "places": 2, "per_team": true}"#),
    ("teams", r#"{"metric": "csat", "points": 15, "places": 1, "per_team": true}"#),
    ("teams", r#"{"metric": "calls", "points": 40, "places": 1, "per_team": true, "at_close": true}"#),
    ("teams", r#"{"metric": "csat", "points": 25, "places": 3, "per_team": true, "at_close": true}"#),
    // A state of each period, with rests that reach into the next one, or never do.
    ("tally", r#"{"metric": "calls", "every": 2, "points": 20, "rest_hours": 1}"#),
    ("tally", r#"{"metric": "csat", "every": 1, "points": 5, "rest_hours": 9}"#),
    ("tally", r#"{"metric": "calls", "every": 3, "points": 50, "rest_hours": 30}"#),
];
