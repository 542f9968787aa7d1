use proptest::{collection::vec, prelude::*};

use super::{
    tests::{id, incentive, places, points},
    *,
};
use crate::rule::Decided;

const CLOSE: Millis = 100;

fn race(places_: u32, units: i64) -> Book {
    let mut book = Book::new(&[places(places_, Decided::AtClose)], Vec::new());
    book.purse = Purse::new(&incentive(units), &[]);
    book
}

fn with_status(book: &Book, status: &Status) -> Vec<String> {
    let rows = book.rows().into_iter().filter(|(_, row)| row.status == *status);
    rows.map(|(id, _)| id.subject.id.to_string()).collect()
}

fn granted(book: &Book) -> Vec<String> {
    with_status(book, &Status::Granted)
}

#[test]
fn nobody_has_a_place_before_the_close_and_then_it_is_the_time_that_counts() {
    let (mut desired, mut book) = (Desired::default(), race(1, 100));
    desired.add(id("rut"), points(20, 10));
    let open = book.settle(&mut desired, 1);
    assert_eq!(open[0].standing.status, Status::Withheld(Withheld::Undecided));
    assert_eq!(open[0].moved, Price::default());

    desired.add(id("ana"), points(10, 10));
    book.settle(&mut desired, 2);
    book.decided_through = CLOSE;
    let closed = book.settle(&mut desired, 3);
    assert_eq!(closed.len(), 2, "{closed:?}");
    assert_eq!(granted(&book), ["ana"]);
    assert_eq!(with_status(&book, &Status::Withheld(Withheld::Quota)), ["rut"]);
}

#[test]
fn a_late_fact_takes_the_place_that_is_its_own_and_the_money_with_it() {
    let (mut desired, mut book) = (Desired::default(), race(1, 10));
    book.decided_through = CLOSE;
    desired.add(id("rut"), points(20, 10));
    book.settle(&mut desired, 1);
    assert_eq!(granted(&book), ["rut"]);

    desired.add(id("ana"), points(10, 10));
    let moved = book.settle(&mut desired, 2);
    let told: Vec<_> = moved.iter().map(|s| (&*s.standing.id.subject.id, s.act)).collect();
    assert_eq!(told, [("rut", Act::Reversed), ("ana", Act::Granted)]);
    assert_eq!(book.purse.available("points"), 0);

    desired.remove(&id("ana"), "k", 10);
    book.settle(&mut desired, 3);
    assert_eq!(granted(&book), ["rut"], "whose place it is again");
}

#[test]
fn a_place_is_not_passed_on_for_want_of_money_and_waits_for_it() {
    let (mut desired, mut book) = (Desired::default(), race(1, 5));
    book.decided_through = CLOSE;
    desired.add(id("ana"), points(10, 10));
    desired.add(id("rut"), points(20, 1));
    book.settle(&mut desired, 1);
    assert_eq!(granted(&book), Vec::<String>::new());
    assert_eq!(with_status(&book, &Status::Withheld(Withheld::Allotment)), ["ana"]);

    book.adopt(&[places(1, Decided::AtClose)], &incentive(10));
    desired.touch(id("ana"));
    book.settle(&mut desired, 2);
    assert_eq!(granted(&book), ["ana"]);
}

#[test]
fn the_place_of_somebody_who_is_disqualified_goes_to_the_next() {
    let (mut desired, mut book) = (Desired::default(), race(1, 100));
    book.decided_through = CLOSE;
    desired.add(id("ana"), points(10, 10));
    desired.add(id("rut"), points(20, 10));
    book.settle(&mut desired, 1);
    book.disqualify("ana".into(), "left early".into(), &mut desired);
    book.settle(&mut desired, 2);
    assert_eq!(granted(&book), ["rut"]);
    assert_eq!(with_status(&book, &Status::Withheld(Withheld::Disqualified)), ["ana"]);
}

#[test]
fn what_was_given_at_once_waits_once_the_rule_decides_at_the_close() {
    let (mut desired, mut book) = (Desired::default(), book_at_once());
    desired.add(id("ana"), points(10, 10));
    book.settle(&mut desired, 1);
    book.adopt(&[places(1, Decided::AtClose)], &incentive(100));
    desired.touch(id("ana"));
    book.settle(&mut desired, 2);
    assert_eq!(with_status(&book, &Status::Withheld(Withheld::Undecided)), ["ana"]);
    assert_eq!(book.purse.available("points"), 100);
}

fn book_at_once() -> Book {
    let mut book = Book::new(&[places(1, Decided::AtOnce)], Vec::new());
    book.purse = Purse::new(&incentive(100), &[]);
    book
}

/// Somebody's fact happened at a time, or did not happen after all.
type Said = (usize, Option<Millis>);

const PEOPLE: [&str; 6] = ["ana", "ben", "cho", "dan", "eva", "fox"];

/// Settles what is said block by block; after `closed` blocks the period is over. Each restart reads the rows back.
fn played(said: &[Said], cuts: &[usize], closed: usize, places_: u32, restarts: bool) -> Book {
    let (mut desired, mut book) = (Desired::default(), race(places_, 1_000));
    let mut times = [None; PEOPLE.len()];
    let mut rest = said;
    let ends = cuts.iter().copied().chain([usize::MAX]);
    for (number, size) in ends.enumerate() {
        let (now, later) = rest.split_at(size.min(rest.len()));
        rest = later;
        for (who, time) in now {
            let id = id(PEOPLE[*who]);
            if let Some(before) = std::mem::replace(&mut times[*who], *time) {
                desired.remove(&id, "k", before);
            }
            if let Some(time) = *time {
                desired.add(id, points(time, 10));
            }
        }
        if number >= closed || rest.is_empty() {
            book.decided_through = CLOSE;
        }
        book.settle(&mut desired, number as u64 + 1);
        if restarts {
            let rows: Vec<Standing> = book.rows().into_values().cloned().collect();
            let decided_through = book.decided_through;
            book = Book::new(&[places(places_, Decided::AtClose)], rows.clone());
            book.purse = Purse::new(&incentive(1_000), &rows);
            book.decided_through = decided_through;
        }
    }
    book
}

proptest! {
    /// Whoever happened first by what is known in the end has the places, in whichever order and blocks it became known,
    /// whenever the period closed in between, and however often the house started again.
    #[test]
    fn the_order_of_arrival_makes_no_difference(
        said in vec((0..PEOPLE.len(), proptest::option::weighted(0.85, 0..120_i64)), 0..24),
        cuts in vec(0..6_usize, 0..12),
        closed in 0..12_usize,
        places_ in 0..4_u32,
        restarts in any::<bool>(),
    ) {
        let book = played(&said, &cuts, closed, places_, restarts);
        let mut last = [None; PEOPLE.len()];
        said.iter().for_each(|(who, time)| last[*who] = *time);
        let mut first: Vec<(Millis, &str)> = last
            .iter()
            .zip(PEOPLE)
            .filter_map(|(time, name)| Some(((*time)?, name)))
            .filter(|(time, _)| *time < CLOSE)
            .collect();
        first.sort_unstable();
        let mut expected: Vec<String> =
            first.iter().take(places_ as usize).map(|(_, name)| (*name).to_owned()).collect();
        expected.sort_unstable();
        prop_assert_eq!(&granted(&book), &expected);
        let mut beaten: Vec<String> =
            first.iter().skip(places_ as usize).map(|(_, name)| (*name).to_owned()).collect();
        beaten.sort_unstable();
        prop_assert_eq!(with_status(&book, &Status::Withheld(Withheld::Quota)), beaten);
        prop_assert_eq!(book.purse.available("points"), 1_000 - 10 * expected.len() as i64);
        for (place, (_, name)) in (1..).zip(first.iter().take(places_ as usize)) {
            let said = book.get(&id(name)).and_then(|row| place_of(&row.content));
            prop_assert_eq!(said, Some(place), "{}", name);
        }
    }
}
