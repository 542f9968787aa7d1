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

/// Of each who waits: what for.
fn waits_for(book: &Book, key: &str) -> Option<Status> {
    book.get(&id(key)).map(|row| row.status.clone())
}

#[test]
fn who_goes_on_waiting_waits_for_what_is_missing_now() {
    let elsewhere = EffectId { period: Some("2026-03-03".into()), ..id("eva") };
    let (mut desired, mut book) = (Desired::default(), book(60, Some(1)));
    desired.add(id("ana"), points(1, 60));
    desired.add(id("rut"), points(2, 60));
    book.settle(&mut desired, 1);
    assert_eq!(waits_for(&book, "rut"), Some(Status::Withheld(Withheld::Quota)));

    // The place becomes free, and the money goes to another period in the same block.
    desired.remove(&id("ana"), "k", 1);
    desired.add(elsewhere, points(3, 60));
    let settled = book.settle(&mut desired, 2);
    let rut = settled.iter().find(|s| s.standing.id == id("rut")).expect("what is said is what stands");
    assert_eq!(rut.standing.status, Status::Withheld(Withheld::Allotment));
    assert_eq!(waits_for(&book, "rut"), Some(Status::Withheld(Withheld::Allotment)));

    // Somebody who asks for nothing takes the place: now it is the place again.
    desired.add(id("wei"), points(4, 0));
    book.settle(&mut desired, 3);
    assert_eq!(waits_for(&book, "wei"), Some(Status::Granted));
    assert_eq!(waits_for(&book, "rut"), Some(Status::Withheld(Withheld::Quota)));
}

#[test]
fn the_place_of_somebody_disqualified_goes_on_though_no_money_moves() {
    let (mut desired, mut book) = (Desired::default(), book(0, Some(1)));
    desired.add(id("ana"), points(1, 0));
    desired.add(id("rut"), points(2, 0));
    book.settle(&mut desired, 1);
    book.disqualify("ana".into(), "left early".into(), &mut desired);
    book.settle(&mut desired, 2);
    assert_eq!(waits_for(&book, "rut"), Some(Status::Granted));
}

#[test]
fn nobody_who_waited_behind_the_final_boundary_gets_what_comes_back_later() {
    let (mut desired, mut book) = (Desired::default(), book(60, None));
    desired.add(id("ana"), points(10, 60));
    book.settle(&mut desired, 1);
    desired.add(id("rut"), points(2, 60));
    book.settle(&mut desired, 2);
    book.final_through = 5;
    desired.remove(&id("ana"), "k", 10);
    book.settle(&mut desired, 3);
    assert_eq!(waits_for(&book, "ana"), Some(Status::Reversed));
    assert_eq!(waits_for(&book, "rut"), Some(Status::Withheld(Withheld::Allotment)));

    // Another version folds from the boundary on: it does not ask for it.
    book.settle(&mut Desired { touched: [id("rut")].into(), ..Desired::default() }, 4);
    assert_eq!(waits_for(&book, "rut"), Some(Status::Withheld(Withheld::Allotment)));
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
