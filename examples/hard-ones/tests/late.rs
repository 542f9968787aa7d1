//! What the manager asks next: and if the telephone system is behind?
use hard_ones::HardOnes;
use plaudit_sdk::testing::Play;

const SOLVED: &[(&str, f64)] = &[("hard-contacts", 1.0), ("resolved", 1.0)];

#[test]
fn the_first_one_is_the_first_that_happened_not_the_first_that_was_heard_of() {
    let mut play = Play::<HardOnes>::new("{}");
    play.agent("ana");
    play.agent("ben");
    play.at("2026-03-02 09:10").event("ben", SOLVED);
    play.at("2026-03-03 00:00").close("2026-03-02");
    assert_eq!(play.awards("ben"), ["hard-one", "opener"]);
    play.late("2026-03-02 09:05").event("ana", SOLVED);
    assert_eq!(play.awards("ana"), ["hard-one", "opener"]);
    assert_eq!(play.taken_back("ben"), ["opener"]);
}
