use plaudit_core::{
    award::{EffectId, EffectKind},
    ledger::{Books, Chain},
    price::{Part, Price, piece},
};
use plaudit_store::{Batch, family::cursor::Place, memory::MemoryStore};
use proptest::prelude::*;

use super::*;

/// Monday 2026-03-02, 22:30 in London, Tuesday in Vilnius.
const NIGHT: Millis = 1_772_490_600_000;
const HOUR: Millis = 3_600_000;

fn source() -> Source {
    Source { incentive: "spring".into(), zone: chrono_tz::Tz::Europe__Vilnius, final_through: NIGHT + 1 }
}

fn effect(agent: &str) -> EffectId {
    EffectId {
        incentive: "spring".into(),
        period: Some("2026-03-03".into()),
        kind: EffectKind::Award,
        name: "=first".into(),
        subject: Subject::agent(agent),
        key: "once".into(),
    }
}

fn price(parts: &[(&str, Option<&str>, i64)]) -> Price {
    let part = |(unit, bought, units): &(&str, Option<&str>, i64)| {
        (Part { unit: (*unit).into(), bought: bought.map(Id::from) }, *units)
    };
    Price::from(parts.iter().map(part).collect::<Vec<_>>())
}

/// A chain of rows, an hour apart.
fn store(rows: &[(&str, Price)]) -> (MemoryStore, Vec<Row>) {
    let store = MemoryStore::default();
    let (mut batch, mut chain, mut written) = (Batch::default(), Chain::new("spring"), Vec::new());
    for (n, (agent, moved)) in rows.iter().enumerate() {
        let reason = Reason::Awarded { effect: effect(agent), earned: NIGHT + n as i64 };
        let postings = moved.postings(&"spring".into(), &Subject::agent(*agent));
        let row = chain.append(1 + n as u64, NIGHT + n as i64 * HOUR, postings, reason).unwrap();
        family::put::<Ledger>(&mut batch, &("spring".into(), row.number), &row);
        written.push(row);
    }
    let place = Place { ledger_next: chain.next, ledger_head: chain.head, ..Place::default() };
    family::put::<Cursor>(&mut batch, &"spring".into(), &place);
    // Another task's rows follow in the store.
    let other = Row { task: "summer".into(), ..written[0].clone() };
    family::put::<Ledger>(&mut batch, &("summer".into(), 1), &other);
    store.apply(batch).unwrap();
    (store, written)
}

fn csv_of(store: &MemoryStore, range: (Millis, Millis)) -> String {
    let mut out = Vec::new();
    let name = |id: &Id| Ok(format!("@{id}"));
    export(store, &[source()], range, &name, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_row_says_everything_and_no_text_is_a_formula() {
    let mug = price(&[("prize/mug", None, 1), ("euro-cents", Some("mug"), 1500)]);
    let (store, rows) = store(&[("a1", price(&[("points", None, -50)])), ("a2", mug)]);
    let text = csv_of(&store, (0, Millis::MAX));
    let digests = [effect("a1").digest(), effect("a2").digest()];
    let hashes = [hex(&rows[0].hash()), hex(&rows[1].hash())];
    let expected = [
        COLUMNS.join(","),
        format!(
            "'@a1,agent,{},'=first,spring,2026-03-03,2026-03-03,2026-03-02T22:30:00.000Z,award,points,points,-50,,,final,1,{}",
            digests[0], hashes[0]
        ),
        format!(
            "'@a2,agent,{},'=first,spring,2026-03-03,2026-03-03,2026-03-02T23:30:00.000Z,award,prize,mug,1,euro-cents,1500,provisional,2,{}",
            digests[1], hashes[1]
        ),
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn formulas_are_taken_the_teeth_out() {
    for evil in ["=1", "+1", "-1", "@a", "\ta", "\ra", "\n=a", "＝a"] {
        assert_eq!(safe(evil), format!("'{evil}"));
    }
    for good in ["", "a=1", "1-1", "ana", "'a"] {
        assert_eq!(safe(good), good);
    }
}

#[test]
fn ranges_that_meet_give_each_row_once() {
    let rows: Vec<_> = (0..600).map(|n| ("a1", price(&[("points", None, n + 1)]))).collect();
    let (store, _) = store(&rows);
    let whole = csv_of(&store, (0, Millis::MAX));
    assert_eq!(whole.lines().count(), 601);
    for cut in [0, 1, 255, 256, 257, 599, 600] {
        let at = NIGHT + cut * HOUR;
        let (first, second) = (csv_of(&store, (0, at)), csv_of(&store, (at, Millis::MAX)));
        assert_eq!(first.lines().count(), 1 + cut as usize);
        let second: String = second.lines().skip(1).flat_map(|line| [line, "\n"]).collect();
        assert_eq!(first + &second, whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The export adds up to what the ledger says of each subject, and of each prize's cost.
    #[test]
    fn it_adds_up_to_the_ledger(moves in prop::collection::vec((0_usize..3, 0_usize..3, prop_oneof![-900_i64..-1, 1_i64..900]), 1..60)) {
        let agents = ["a1", "a2", "a3"];
        let rows: Vec<_> = moves.iter().map(|(agent, what, units)| {
            let moved = match what {
                0 => price(&[("points", None, *units)]),
                1 => price(&[("prize/mug", None, units.signum()), ("euro-cents", Some("mug"), *units)]),
                _ => price(&[("points", None, *units), ("prize/mug", None, -units.signum())]),
            };
            (agents[*agent], moved)
        }).collect();
        let (store, written) = store(&rows);
        let mut books = Books::default();
        written.iter().for_each(|row| books.apply(row).unwrap());
        let mut sums: BTreeMap<(Account, Id), i64> = BTreeMap::new();
        let text = csv_of(&store, (0, Millis::MAX));
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            let record = record.unwrap();
            let unit = if &record[9] == "prize" { piece(&record[10]) } else { Id::from(&record[10]) };
            let subject = Account::Subject(Subject::agent(record[0].trim_start_matches("'@")));
            *sums.entry((subject, unit)).or_default() += record[11].parse::<i64>().unwrap();
            if !record[12].is_empty() {
                let spent = Account::Spent(Id::from(&record[10]));
                *sums.entry((spent, Id::from(&record[12]))).or_default() += record[13].parse::<i64>().unwrap();
            }
        }
        sums.retain(|_, units| *units != 0);
        let is_outside = |account: &Account| !matches!(account, Account::Allotment(_));
        let balances: BTreeMap<_, _> = books
            .balances()
            .filter(|(account, ..)| is_outside(account))
            .map(|(account, currency, units)| ((account.clone(), currency.clone()), units))
            .collect();
        prop_assert_eq!(sums, balances);
    }
}
