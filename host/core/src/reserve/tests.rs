use super::*;
use crate::incentive::{Allotment, Audience, Periods, PrizeTerms};

fn incentive(allotment: &[(&str, i64)], pieces: i64) -> Incentive {
    let line = |(budget, units): &(&str, i64)| Allotment {
        budget: (*budget).into(),
        currency: "points".into(),
        units: *units,
    };
    Incentive {
        id: "i".into(),
        title: "I".into(),
        plugin: "p".into(),
        settings: "{}".into(),
        audience: Audience::default(),
        start: 0,
        end: None,
        zone: chrono_tz::UTC,
        periods: Periods::Daily,
        allotment: allotment.iter().map(line).collect(),
        metrics: Vec::new(),
        prizes: [("mug".into(), PrizeTerms { pieces, cost: None })].into(),
        approval: Vec::new(),
    }
}

fn budget(name: &str, units: i64) -> Line {
    Line { from: Account::Budget(name.into()), unit: "points".into(), units }
}

fn spent(units: i64) -> BTreeMap<Id, i64> {
    [("points".into(), units)].into()
}

#[test]
fn a_version_reserves_only_what_is_missing() {
    let mut reserved = Reservation::default();
    let first = reserved.apply(1, &Entry::Incentive(incentive(&[("b", 100)], 2)));
    let mugs = Line { from: Account::Stock("mug".into()), unit: "prize/mug".into(), units: 2 };
    assert_eq!(first, [budget("b", 100), mugs]);
    assert_eq!(reserved.apply(2, &Entry::Incentive(incentive(&[("b", 130)], 2))), [budget("b", 30)]);
    assert_eq!(
        reserved.apply(3, &Entry::Incentive(incentive(&[("b", 50)], 2))),
        Vec::new(),
        "less takes a release"
    );
}

#[test]
fn what_is_spent_or_asked_for_stays() {
    let mut reserved = Reservation::default();
    reserved.apply(1, &Entry::Incentive(incentive(&[("b", 100)], 0)));
    let less = incentive(&[("b", 50)], 0);
    assert_eq!(reserved.releasable(Some(&less), &spent(20)), [budget("b", 50)]);
    assert_eq!(reserved.releasable(Some(&less), &spent(70)), [budget("b", 70)]);
    assert_eq!(reserved.releasable(Some(&less), &spent(100)), Vec::new());
    assert_eq!(reserved.releasable(None, &spent(20)), [budget("b", 20)], "it is over");
}

#[test]
fn another_budget_takes_over_and_the_old_one_gets_back_what_is_not_needed() {
    let mut reserved = Reservation::default();
    reserved.apply(1, &Entry::Incentive(incentive(&[("old", 100)], 0)));
    let moved = incentive(&[("new", 100)], 0);
    assert_eq!(reserved.apply(2, &Entry::Incentive(moved.clone())), [budget("new", 100)]);
    assert_eq!(reserved.releasable(Some(&moved), &spent(60)), [budget("old", 0)]);
}

#[test]
fn a_release_happens_once_and_only_for_its_version() {
    let mut reserved = Reservation::default();
    reserved.apply(1, &Entry::Incentive(incentive(&[("b", 100)], 0)));
    let lines = vec![budget("b", 40)];
    assert!(reserved.is_void(7, &lines), "another version stands");
    assert!(!reserved.is_void(1, &lines));
    let entry = Entry::Released { incentive: "i".into(), version: 1, lines: lines.clone() };
    assert_eq!(reserved.apply(2, &entry), [budget("b", -60)]);
    assert!(reserved.is_void(1, &lines));
    assert_eq!(reserved.apply(3, &entry), Vec::new());
}
