use proptest::{collection::vec, prelude::*};

use super::{
    tests::{id, incentive, points},
    *,
};
use crate::rule::{Decided, QuotaPer};

const CLOSE: Millis = 100;

fn quota(per: QuotaPer, decided: Decided) -> Quota {
    Quota { award: "first".into(), per_period: 2, per, decided }
}

fn book(per: QuotaPer, decided: Decided) -> Book {
    let mut book = Book::new(&[quota(per, decided)], Vec::new());
    book.purse = Purse::new(&incentive(1_000), &[]);
    book
}

fn of_team(time: Millis, team: Option<&str>) -> Contribution {
    Contribution { team: team.map(Id::from), ..points(time, 10) }
}

/// Who is granted, with the place that they read.
fn read(book: &Book) -> Vec<(String, u32)> {
    let granted = book.rows().into_iter().filter(|(_, row)| row.status == Status::Granted);
    granted.map(|(id, row)| (id.subject.id.to_string(), place_of(&row.content).unwrap_or(0))).collect()
}

fn pairs(wanted: &[(&str, u32)]) -> Vec<(String, u32)> {
    wanted.iter().map(|(name, place)| ((*name).to_owned(), *place)).collect()
}

#[test]
fn a_place_given_at_once_keeps_its_number_and_a_free_one_goes_to_the_next() {
    let (mut desired, mut book) = (Desired::default(), book(QuotaPer::Incentive, Decided::AtOnce));
    for (block, (name, time)) in (1..).zip([("rut", 30), ("ana", 10), ("wei", 20)]) {
        desired.add(id(name), points(time, 10));
        book.settle(&mut desired, block);
    }
    assert_eq!(read(&book), pairs(&[("ana", 2), ("rut", 1)]), "as they were heard of");
    let waits = book.get(&id("wei")).map(|row| (row.status.clone(), place_of(&row.content)));
    assert_eq!(waits, Some((Status::Withheld(Withheld::Quota), Some(0))));

    desired.remove(&id("rut"), "k", 30);
    let settled = book.settle(&mut desired, 4);
    assert_eq!(settled.iter().map(|s| s.act).collect::<Vec<_>>(), [Act::Reversed, Act::Granted]);
    assert_eq!(read(&book), pairs(&[("ana", 2), ("wei", 1)]));
}

#[test]
fn folding_again_settles_nothing_new_and_a_restart_knows_the_places() {
    for decided in [Decided::AtOnce, Decided::AtClose] {
        let (mut desired, mut book) = (Desired::default(), book(QuotaPer::Incentive, decided));
        book.decided_through = CLOSE;
        desired.add(id("ana"), points(10, 10));
        desired.add(id("rut"), points(20, 10));
        book.settle(&mut desired, 1);
        let mut again =
            Book::new(&[quota(QuotaPer::Incentive, decided)], book.rows().into_values().cloned().collect());
        again.purse = book.purse.clone();
        again.decided_through = CLOSE;
        desired.touch(id("ana"));
        desired.touch(id("rut"));
        assert_eq!(again.settle(&mut desired, 2), [], "{decided:?}");
        desired.add(id("wei"), points(30, 10));
        again.settle(&mut desired, 3);
        assert_eq!(read(&again), pairs(&[("ana", 1), ("rut", 2)]), "{decided:?}");
    }
}

#[test]
fn at_the_close_a_late_fact_moves_the_numbers_on() {
    let (mut desired, mut book) = (Desired::default(), book(QuotaPer::Incentive, Decided::AtClose));
    desired.add(id("rut"), points(20, 10));
    book.settle(&mut desired, 1);
    assert_eq!(book.get(&id("rut")).and_then(|row| place_of(&row.content)), Some(0), "nothing is decided");
    book.decided_through = CLOSE;
    book.settle(&mut desired, 2);
    assert_eq!(read(&book), pairs(&[("rut", 1)]));

    desired.add(id("ana"), points(10, 10));
    let settled = book.settle(&mut desired, 3);
    let told: Vec<_> =
        settled.iter().map(|s| (&*s.standing.id.subject.id, s.act, s.moved.is_nothing())).collect();
    assert_eq!(told, [("ana", Act::Granted, false), ("rut", Act::Changed, true)]);
    assert_eq!(read(&book), pairs(&[("ana", 1), ("rut", 2)]));
}

#[test]
fn each_team_has_places_of_its_own_and_who_is_in_none_shares_them_with_the_others() {
    for decided in [Decided::AtOnce, Decided::AtClose] {
        let (mut desired, mut book) = (Desired::default(), book(QuotaPer::Team, decided));
        book.decided_through = CLOSE;
        let asked = [
            ("a", "blue"),
            ("b", "red"),
            ("c", "blue"),
            ("d", "blue"),
            ("e", ""),
            ("f", ""),
            ("g", "red"),
            ("h", ""),
        ];
        for (time, (name, team)) in (1..).zip(asked) {
            desired.add(id(name), of_team(time, Some(team).filter(|t| !t.is_empty())));
            book.settle(&mut desired, time as u64);
        }
        let wanted = pairs(&[("a", 1), ("b", 1), ("c", 2), ("e", 1), ("f", 2), ("g", 2)]);
        assert_eq!(read(&book), wanted, "{decided:?}");
        // Somebody turns out to have been in the other team: a place comes free in theirs, and there is none in the other.
        desired.remove(&id("a"), "k", 1);
        desired.add(id("a"), of_team(9, Some("red")));
        book.settle(&mut desired, 9);
        let first = if decided == Decided::AtOnce { [("c", 2), ("d", 1)] } else { [("c", 1), ("d", 2)] };
        let mut wanted = pairs(&first);
        wanted.extend(pairs(&[("b", 1), ("g", 2), ("e", 1), ("f", 2)]));
        wanted.sort();
        assert_eq!(read(&book), wanted, "{decided:?}");
    }
}

#[test]
fn a_quota_that_comes_later_numbers_what_stands() {
    let mut book = Book::new(&[], Vec::new());
    book.purse = Purse::new(&incentive(100), &[]);
    let mut desired = Desired::default();
    desired.add(id("ana"), points(10, 10));
    book.settle(&mut desired, 1);
    assert_eq!(read(&book), pairs(&[("ana", 0)]));
    book.adopt(&[quota(QuotaPer::Incentive, Decided::AtOnce)], &incentive(100));
    desired.touch(id("ana"));
    desired.add(id("rut"), points(20, 10));
    book.settle(&mut desired, 2);
    assert_eq!(read(&book), pairs(&[("ana", 1), ("rut", 2)]));
}

const PEOPLE: [&str; 6] = ["ana", "ben", "cho", "dan", "eva", "fox"];
const TEAMS: [Option<&str>; 3] = [Some("blue"), Some("red"), None];

proptest! {
    /// Whatever happens in whichever order: no lane gives more places than it has, and no place twice; those given at the
    /// close are those of the first by time.
    #[test]
    fn no_place_is_given_twice(
        said in vec((0..PEOPLE.len(), proptest::option::weighted(0.8, (0..90_i64, 0..TEAMS.len()))), 0..40),
        cut in 1..5_usize,
        at_close in any::<bool>(),
        restarts in any::<bool>(),
    ) {
        let decided = if at_close { Decided::AtClose } else { Decided::AtOnce };
        let (mut desired, mut book) = (Desired::default(), book(QuotaPer::Team, decided));
        book.decided_through = CLOSE;
        let mut known = [None; PEOPLE.len()];
        for (block, part) in (1..).zip(said.chunks(cut)) {
            for (who, what) in part {
                if let Some((before, _)) = std::mem::replace(&mut known[*who], *what) {
                    desired.remove(&id(PEOPLE[*who]), "k", before);
                }
                if let Some((time, team)) = what {
                    desired.add(id(PEOPLE[*who]), of_team(*time, TEAMS[*team]));
                }
            }
            book.settle(&mut desired, block);
            if restarts {
                let rows: Vec<Standing> = book.rows().into_values().cloned().collect();
                let mut again = Book::new(&[quota(QuotaPer::Team, decided)], rows);
                (again.purse, again.decided_through) = (book.purse.clone(), CLOSE);
                book = again;
            }
        }
        for (number, team) in TEAMS.iter().enumerate() {
            let mut race: Vec<(Millis, &str)> = known.iter().zip(PEOPLE)
                .filter_map(|(what, name)| what.filter(|(_, of)| *of == number).map(|(time, _)| (time, name)))
                .collect();
            race.sort_unstable();
            let mut placed: Vec<(u32, &str)> = race.iter()
                .filter_map(|(_, name)| {
                    let row = book.get(&id(name)).filter(|row| row.status == Status::Granted)?;
                    Some((place_of(&row.content)?, *name))
                })
                .collect();
            placed.sort_unstable();
            let numbers: Vec<u32> = placed.iter().map(|(place, _)| *place).collect();
            if at_close {
                let first: Vec<&str> = race.iter().take(2).map(|(_, name)| *name).collect();
                prop_assert_eq!(placed.iter().map(|(_, name)| *name).collect::<Vec<_>>(), first, "{:?}", team);
                prop_assert_eq!(&numbers, &(1..=placed.len() as u32).collect::<Vec<_>>());
            } else {
                prop_assert_eq!(placed.len(), race.len().min(2), "{:?}", team);
                prop_assert!(numbers.iter().all(|n| *n == 1 || *n == 2) && numbers.windows(2).all(|w| w[0] < w[1]), "{numbers:?}");
            }
        }
    }
}
