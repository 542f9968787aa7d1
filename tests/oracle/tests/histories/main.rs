//! Random histories: what the house settles, and what the oracle says, after every block that was posted.
//!
//! `PLAUDIT_ORACLE_CASES=10000` is the long mode: so many histories over all rules. A history that the two do not
//! agree on is shrunk, printed, and its seed is kept in `proptest-regressions/histories.txt`.

mod first_come;
mod found;
mod generate;
mod native;
mod play;
mod settings;
mod tally;

use proptest::{
    prelude::*,
    test_runner::{Config, FileFailurePersistence},
};

/// Histories of all rules together where nobody asks for more.
const CASES: u32 = 400;

/// Rules that histories are played with: the official four, one with a quota of either kind, for all or for each team, and one
/// whose state begins anew with each period.
const RULES: u32 = 8;

fn config() -> Config {
    let asked = std::env::var("PLAUDIT_ORACLE_CASES").ok().and_then(|n| n.parse().ok());
    Config {
        cases: asked.unwrap_or(CASES).div_ceil(RULES),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "proptest-regressions/histories.txt",
        ))),
        max_shrink_iters: 4_000,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn contest(history in generate::history("contest")) {
        play::agree(&history)?;
    }

    #[test]
    fn lottery(history in generate::history("lottery")) {
        play::agree(&history)?;
    }

    #[test]
    fn badges(history in generate::history("badges")) {
        play::agree(&history)?;
    }

    #[test]
    fn quotas(history in generate::history("first-come")) {
        play::agree(&history)?;
    }

    #[test]
    fn races(history in generate::history("race")) {
        play::agree(&history)?;
    }

    #[test]
    fn places_of_teams(history in generate::history("teams")) {
        play::agree(&history)?;
    }

    #[test]
    fn states_of_periods(history in generate::history("tally")) {
        play::agree(&history)?;
    }

    #[test]
    fn praise(history in generate::history("praise")) {
        play::agree(&history)?;
    }
}
