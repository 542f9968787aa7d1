use super::*;
use crate::{event::Subject, rule::Text};

fn id(key: &str) -> EffectId {
    EffectId {
        incentive: "i".into(),
        period: Some("2026-03-02".into()),
        kind: EffectKind::Award,
        name: "first".into(),
        subject: Subject::agent(key),
        key: "once".into(),
    }
}

fn points(time: Millis, units: i64) -> Contribution {
    let reward = Reward::Points { currency: "points".into(), units };
    let because = Text { message: "why".into(), arguments: Vec::new() };
    Contribution { time, owner: "k".into(), content: Content::Award { reward, because } }
}

fn book(available: i64, quota: Option<u32>) -> Book {
    let quotas: Vec<_> =
        quota.map(|per_period| Quota { award: "first".into(), per_period }).into_iter().collect();
    let mut book = Book::new(&quotas, Vec::new());
    book.purse = Some(Purse { currency: "points".into(), available });
    book
}

#[test]
fn what_is_new_is_granted_and_what_is_gone_is_reversed() {
    let (mut desired, mut book) = (Desired::default(), book(100, None));
    desired.add(id("ana"), points(1, 60));
    let granted = book.settle(&mut desired, 1);
    assert_eq!((granted[0].act, granted[0].posting.clone()), (Act::Granted, Some(("points".into(), 60))));

    desired.remove(&id("ana"), "k", 1);
    let reversed = book.settle(&mut desired, 2);
    assert_eq!((reversed[0].act, reversed[0].posting.clone()), (Act::Reversed, Some(("points".into(), -60))));
    assert_eq!(book.purse.as_ref().map(|p| p.available), Some(100));
}

#[test]
fn recording_the_same_again_changes_nothing() {
    let (mut desired, mut book) = (Desired::default(), book(100, None));
    desired.add(id("ana"), points(1, 60));
    book.settle(&mut desired, 1);
    desired.remove(&id("ana"), "k", 1);
    desired.add(id("ana"), points(1, 60));
    assert_eq!(book.settle(&mut desired, 2), Vec::new());
}

#[test]
fn another_amount_books_only_the_difference() {
    let (mut desired, mut book) = (Desired::default(), book(100, None));
    desired.add(id("ana"), points(1, 60));
    book.settle(&mut desired, 1);
    desired.remove(&id("ana"), "k", 1);
    desired.add(id("ana"), points(1, 50));
    let changed = book.settle(&mut desired, 2);
    assert_eq!((changed[0].act, changed[0].posting.clone()), (Act::Changed, Some(("points".into(), -10))));
}

#[test]
fn an_empty_purse_withholds_and_a_reversal_pays_the_next_in_line() {
    let (mut desired, mut book) = (Desired::default(), book(100, None));
    desired.add(id("ana"), points(1, 60));
    desired.add(id("rut"), points(2, 60));
    let first = book.settle(&mut desired, 1);
    assert_eq!(first.iter().map(|s| s.act).collect::<Vec<_>>(), [Act::Granted, Act::Withheld]);

    desired.remove(&id("ana"), "k", 1);
    let second = book.settle(&mut desired, 2);
    assert_eq!(second.iter().map(|s| s.act).collect::<Vec<_>>(), [Act::Reversed, Act::Granted]);
    assert_eq!(second[1].standing.id, id("rut"));
}

#[test]
fn a_quota_is_first_come_and_a_freed_place_goes_on() {
    let (mut desired, mut book) = (Desired::default(), book(1000, Some(1)));
    desired.add(id("rut"), points(2, 1));
    desired.add(id("ana"), points(1, 1));
    let first = book.settle(&mut desired, 1);
    assert_eq!(first[0].standing.id, id("ana"));
    assert_eq!(first[1].standing.status, Status::Withheld(Withheld::Quota));
    desired.remove(&id("ana"), "k", 1);
    assert_eq!(book.settle(&mut desired, 2)[1].standing.id, id("rut"));
}

#[test]
fn the_earliest_of_several_holds() {
    let mut desired = Desired::default();
    desired.add(id("ana"), points(5, 1));
    desired.add(id("ana"), points(3, 2));
    assert_eq!(desired.wanted(&id("ana")).map(|c| c.time), Some(3));
}

#[test]
fn the_disqualified_get_nothing_and_lose_what_they_had() {
    let (mut desired, mut book) = (Desired::default(), book(100, None));
    desired.add(id("ana"), points(1, 60));
    book.settle(&mut desired, 1);
    book.disqualify("ana".into(), "left early".into(), &mut desired);
    let taken = book.settle(&mut desired, 2);
    assert_eq!(taken[0].standing.status, Status::Withheld(Withheld::Disqualified));
    assert_eq!(book.purse.as_ref().map(|p| p.available), Some(100));
}

#[test]
fn a_restarted_book_goes_on_where_it_was() {
    let (mut desired, mut book) = (Desired::default(), book(100, Some(1)));
    desired.add(id("ana"), points(1, 60));
    desired.add(id("rut"), points(2, 60));
    book.settle(&mut desired, 1);
    let rows = book.rows().into_values().cloned().collect();
    let mut again = Book::new(&[Quota { award: "first".into(), per_period: 1 }], rows);
    again.purse = book.purse.clone();
    desired.remove(&id("ana"), "k", 1);
    assert_eq!(
        again.settle(&mut desired, 2),
        book.settle(&mut Desired { touched: [id("ana")].into(), ..desired.clone() }, 2)
    );
}
