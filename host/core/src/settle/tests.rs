use super::*;
use crate::{
    award::Step,
    event::Subject,
    incentive::{Allotment, Approval, Audience, Cost, Periods, PrizeTerms},
    price::Part,
    rule::{Decided, QuotaPer, Reward, Text},
};

pub(super) fn id(key: &str) -> EffectId {
    EffectId {
        incentive: "i".into(),
        period: Some("2026-03-02".into()),
        kind: EffectKind::Award,
        name: "first".into(),
        subject: Subject::agent(key),
        key: "once".into(),
    }
}

pub(super) fn places(per_period: u32, decided: Decided) -> Quota {
    Quota { award: "first".into(), per_period, per: QuotaPer::Incentive, decided }
}

pub(super) fn points(time: Millis, units: i64) -> Contribution {
    let reward = Reward::Points { currency: "points".into(), units };
    let because = Text { message: "why".into(), arguments: Vec::new() };
    Contribution { time, owner: "k".into(), content: Content::Award { reward, because }, team: None }
}

fn book(available: i64, quota: Option<u32>) -> Book {
    let quotas: Vec<_> = quota.map(|per_period| places(per_period, Decided::AtOnce)).into_iter().collect();
    let mut book = Book::new(&quotas, Vec::new());
    book.purse = Purse::new(&incentive(available), &[]);
    book
}

pub(super) fn incentive(units: i64) -> Incentive {
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
        allotment: vec![Allotment { budget: "b".into(), currency: "points".into(), units }],
        metrics: Vec::new(),
        prizes: BTreeMap::new(),
        approval: Vec::new(),
    }
}

/// What moves in points to the subject.
fn moved(settled: &Settled) -> i64 {
    settled.moved.given("points")
}

#[test]
fn what_is_new_is_granted_and_what_is_gone_is_reversed() {
    let (mut desired, mut book) = (Desired::default(), book(100, None));
    desired.add(id("ana"), points(1, 60));
    let granted = book.settle(&mut desired, 1);
    assert_eq!((granted[0].act, moved(&granted[0])), (Act::Granted, 60));

    desired.remove(&id("ana"), "k", 1);
    let reversed = book.settle(&mut desired, 2);
    assert_eq!((reversed[0].act, moved(&reversed[0])), (Act::Reversed, -60));
    assert_eq!(book.purse.available("points"), 100);
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
    assert_eq!((changed[0].act, moved(&changed[0])), (Act::Changed, -10));
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
    assert_eq!(book.purse.available("points"), 100);
}

#[test]
fn a_restarted_book_goes_on_where_it_was() {
    let (mut desired, mut book) = (Desired::default(), book(100, Some(1)));
    desired.add(id("ana"), points(1, 60));
    desired.add(id("rut"), points(2, 60));
    book.settle(&mut desired, 1);
    let rows = book.rows().into_values().cloned().collect();
    let mut again = Book::new(&[places(1, Decided::AtOnce)], rows);
    again.purse = book.purse.clone();
    desired.remove(&id("ana"), "k", 1);
    assert_eq!(
        again.settle(&mut desired, 2),
        book.settle(&mut Desired { touched: [id("ana")].into(), ..desired.clone() }, 2)
    );
}

fn approving(available: i64, above: i64) -> Book {
    let mut book = book(available, None);
    book.approvals.rules = vec![Approval { currency: "points".into(), above }];
    book
}

fn approve(book: &mut Book, desired: &mut Desired, key: &str, units: i64) {
    let up_to = [("points".into(), units)].into();
    book.decide(&id(key).digest(), Verdict::Approved { by: "eva".into(), up_to }, desired);
}

fn refuse(book: &mut Book, desired: &mut Desired, key: &str) {
    let verdict = Verdict::Refused { by: "eva".into(), reason: "too much".into() };
    book.decide(&id(key).digest(), verdict, desired);
}

#[test]
fn above_the_amount_an_award_waits_and_holds_its_price() {
    let (mut desired, mut book) = (Desired::default(), approving(100, 50));
    desired.add(id("ana"), points(1, 60));
    desired.add(id("rut"), points(2, 50));
    let first = book.settle(&mut desired, 1);
    assert_eq!(first.iter().map(|s| s.act).collect::<Vec<_>>(), [Act::Proposed, Act::Withheld]);
    assert_eq!((moved(&first[0]), book.purse.available("points")), (0, 40));
    assert_eq!(first[1].standing.status, Status::Withheld(Withheld::Allotment), "40 are free");

    approve(&mut book, &mut desired, "ana", 60);
    let second = book.settle(&mut desired, 2);
    assert_eq!((second.len(), second[0].act, moved(&second[0])), (1, Act::Granted, 60));
    assert_eq!(second[0].standing.last_step(), Some(&StepKind::Approved { by: "eva".into() }));
    assert_eq!(book.purse.available("points"), 40);
}

#[test]
fn what_is_refused_pays_the_next_in_line_and_stays_refused_until_somebody_approves() {
    let (mut desired, mut book) = (Desired::default(), approving(100, 50));
    desired.add(id("ana"), points(1, 60));
    desired.add(id("rut"), points(2, 50));
    book.settle(&mut desired, 1);
    refuse(&mut book, &mut desired, "ana");
    let second = book.settle(&mut desired, 2);
    assert_eq!(second[0].standing.status, Status::Withheld(Withheld::Refused));
    assert_eq!((second[1].act, second[1].standing.id.clone()), (Act::Granted, id("rut")));

    desired.remove(&id("ana"), "k", 1);
    desired.add(id("ana"), points(1, 10));
    let third = book.settle(&mut desired, 3);
    assert_eq!(third[0].standing.status, Status::Withheld(Withheld::Refused), "less is refused as well");
    approve(&mut book, &mut desired, "ana", 10);
    assert_eq!(book.settle(&mut desired, 4)[0].act, Act::Granted);
}

#[test]
fn a_correction_above_what_was_approved_needs_approval_again_and_keeps_what_was_paid() {
    let (mut desired, mut book) = (Desired::default(), approving(100, 50));
    desired.add(id("ana"), points(1, 60));
    book.settle(&mut desired, 1);
    approve(&mut book, &mut desired, "ana", 60);
    book.settle(&mut desired, 2);

    let correct = |desired: &mut Desired, units| {
        desired.remove(&id("ana"), "k", 1);
        desired.add(id("ana"), points(1, units));
    };
    correct(&mut desired, 55);
    assert_eq!(moved(&book.settle(&mut desired, 3)[0]), -5, "less needs nobody");
    correct(&mut desired, 70);
    let more = book.settle(&mut desired, 4);
    assert_eq!((more[0].act, moved(&more[0])), (Act::Proposed, 0));
    assert_eq!(book.purse.available("points"), 100 - 55 - 15);
    approve(&mut book, &mut desired, "ana", 70);
    let granted = book.settle(&mut desired, 5);
    assert_eq!((granted[0].act, moved(&granted[0])), (Act::Changed, 15));

    correct(&mut desired, 80);
    book.settle(&mut desired, 6);
    refuse(&mut book, &mut desired, "ana");
    let gone = book.settle(&mut desired, 7);
    assert_eq!((gone[0].act, moved(&gone[0])), (Act::Reversed, -70));
    assert_eq!(book.purse.available("points"), 100);
}

#[test]
fn a_proposed_award_of_a_final_period_can_still_be_approved_and_one_whose_facts_are_gone_lets_go() {
    let (mut desired, mut book) = (Desired::default(), approving(100, 50));
    desired.add(id("ana"), points(1, 60));
    book.settle(&mut desired, 1);
    desired.forget_period("2026-03-02");
    book.forget_period("2026-03-02");
    book.purse.close();
    approve(&mut book, &mut desired, "ana", 60);
    assert_eq!(book.settle(&mut desired, 2)[0].act, Act::Granted);
    assert_eq!(book.purse.committed(), [("points".into(), 60)].into());

    let (mut desired, mut book) = (Desired::default(), approving(100, 50));
    desired.add(id("ana"), points(1, 60));
    book.settle(&mut desired, 1);
    desired.remove(&id("ana"), "k", 1);
    assert_eq!(book.settle(&mut desired, 2)[0].act, Act::Withdrawn);
    assert_eq!(book.purse.available("points"), 100);
}

fn mug(time: Millis) -> Contribution {
    let because = Text { message: "why".into(), arguments: Vec::new() };
    let content = Content::Award { reward: Reward::Prize("mug".into()), because };
    Contribution { time, owner: "k".into(), content, team: None }
}

fn with_mugs(pieces: i64) -> Incentive {
    let cost = Some(Cost { currency: "points".into(), units: 30 });
    Incentive { prizes: [("mug".into(), PrizeTerms { pieces, cost })].into(), ..incentive(100) }
}

#[test]
fn a_prize_takes_a_piece_and_its_cost_and_gives_both_back() {
    let (mut desired, mut book) = (Desired::default(), book(0, None));
    book.adopt(&[], &with_mugs(1));
    desired.add(id("ana"), mug(1));
    desired.add(id("rut"), mug(2));
    let first = book.settle(&mut desired, 1);
    let parts = |of: &Settled| of.moved.parts().map(|(p, u)| (p.clone(), u)).collect::<Vec<_>>();
    let cost = Part { unit: "points".into(), bought: Some("mug".into()) };
    let piece = Part { unit: "prize/mug".into(), bought: None };
    assert_eq!(parts(&first[0]), [(cost, 30), (piece, 1)]);
    assert_eq!(first[1].standing.status, Status::Withheld(Withheld::Stock));
    assert_eq!((book.purse.available("points"), book.purse.available("prize/mug")), (70, 0));

    desired.remove(&id("ana"), "k", 1);
    let second = book.settle(&mut desired, 2);
    assert_eq!(second.iter().map(|s| s.act).collect::<Vec<_>>(), [Act::Reversed, Act::Granted]);
    assert_eq!((book.purse.available("points"), book.purse.available("prize/mug")), (70, 0));
}

#[test]
fn more_pieces_or_more_money_grant_those_who_wait_and_a_prize_without_terms_is_free() {
    let (mut desired, mut book) = (Desired::default(), book(0, None));
    book.adopt(&[], &with_mugs(0));
    desired.add(id("ana"), mug(1));
    desired.add(id("rut"), points(2, 90));
    let first = book.settle(&mut desired, 1);
    assert_eq!(first[0].standing.status, Status::Withheld(Withheld::Stock));
    assert_eq!(first[1].act, Act::Granted);
    book.adopt(&[], &with_mugs(5));
    let mut money = with_mugs(5);
    assert_eq!(book.next_in_line(&desired, 2)[0].standing.status, Status::Withheld(Withheld::Allotment));
    money.allotment[0].units = 120;
    book.adopt(&[], &money);
    assert_eq!(book.next_in_line(&desired, 3)[0].act, Act::Granted);

    let (mut desired, mut book) = (Desired::default(), self::book(0, None));
    desired.add(id("ana"), mug(1));
    let free = book.settle(&mut desired, 1);
    assert!(free[0].act == Act::Granted && free[0].moved.is_nothing());
}

#[test]
fn a_life_is_told_step_by_step_and_stays_short() {
    let (mut desired, mut book) = (Desired::default(), book(100, None));
    for block in 1..=100 {
        desired.add(id("ana"), points(1, 60));
        book.settle(&mut desired, 2 * block);
        desired.remove(&id("ana"), "k", 1);
        book.settle(&mut desired, 2 * block + 1);
    }
    let steps = &book.get(&id("ana")).expect("it stands").steps;
    assert_eq!(steps.len(), crate::award::STEPS_MAX);
    assert_eq!(steps[0], Step { block: 2, what: StepKind::Granted });
    let last = Step { block: 201, what: StepKind::Reversed { why: Cause::Corrected } };
    assert_eq!(steps.last(), Some(&last));
}
