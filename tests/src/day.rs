//! A made-up day with the incentives of `examples/a-day-at-work`: all four official plugins at work.

use chrono::NaiveDate;
use plaudit::cli::simulate::{Second, World, rfc3339};

use crate::house::{House, plaudit};

/// 2026-03-01T22:55:00Z, five minutes before the day begins in Madrid, where the incentives are at home.
pub const START: Second = 1_772_405_700;

/// The day, a Monday.
///
/// # Panics
/// Never: there is such a day.
pub fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date")
}

/// A house for this world, five minutes before the day begins.
///
/// # Panics
/// When the house refuses something.
pub async fn open(world: &World) -> House {
    let mut plan = House::plan().budget("recognition", 20_000);
    for (id, site) in world.sites_json(date()) {
        plan = plan.site_document(&id, site);
    }
    for (id, team) in world.teams_json() {
        plan = plan.team_document(&id, team);
    }
    for name in ["contest", "lottery", "badges", "praise"] {
        plan = plan.plugin(name);
    }
    let house = plan.roster(&world.roster_csv(date()).expect("a roster")).open(&rfc3339(START)).await;
    let incentives = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/a-day-at-work/incentives.toml");
    let applied =
        plaudit(&["apply", incentives, "--url", house.address(), "--token", house.token()]).output();
    let applied = applied.expect("plaudit starts");
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    house
}
