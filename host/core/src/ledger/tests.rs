//! Nothing comes from nowhere, nothing is overwritten.

use proptest::prelude::*;

use super::*;

fn points(account: Account, units: i64) -> Posting {
    Posting { account, currency: "points".into(), units }
}

fn transfer(from: Account, to: Account, units: i64) -> Vec<Posting> {
    vec![points(from, -units), points(to, units)]
}

fn accounts() -> [Account; 4] {
    [
        Account::Mint,
        Account::Budget("spring".into()),
        Account::Allotment("friday".into()),
        Account::Subject(Subject::agent("a1")),
    ]
}

fn chain_of(units: &[i64]) -> (Chain, Vec<Row>) {
    let [mint, budget, ..] = accounts();
    let mut chain = Chain::new("treasury");
    let mut book =
        |u: &i64| chain.append(7, 1000, transfer(mint.clone(), budget.clone(), *u), Reason::Funded);
    let rows = units.iter().map(|u| book(u).unwrap()).collect();
    (chain, rows)
}

#[test]
fn money_walks_from_the_mint_to_an_agent_and_back() {
    let [mint, budget, allotment, agent] = accounts();
    let effect = EffectId {
        incentive: "friday".into(),
        period: None,
        kind: crate::award::EffectKind::Award,
        name: "gold".into(),
        subject: Subject::agent("a1"),
        key: "once".into(),
    };
    let mut chain = Chain::new("treasury");
    let mut books = Books::default();
    for (postings, reason) in [
        (transfer(mint.clone(), budget.clone(), 1000), Reason::Funded),
        (transfer(budget.clone(), allotment.clone(), 300), Reason::Reserved),
        (
            transfer(allotment.clone(), agent.clone(), 50),
            Reason::Awarded { effect: effect.clone(), earned: 5 },
        ),
        (transfer(agent.clone(), allotment.clone(), 50), Reason::Reversed { effect, earned: 5 }),
        (transfer(allotment.clone(), budget.clone(), 300), Reason::Released),
    ] {
        books.apply(&chain.append(1, 0, postings, reason).unwrap()).unwrap();
    }
    let points: Id = "points".into();
    assert_eq!(books.balance(&mint, &points), -1000);
    assert_eq!(books.balance(&budget, &points), 1000);
    assert_eq!(books.balances().count(), 2, "accounts at zero leave no trace");
    assert_eq!(books.total()[&points], 0);
}

#[test]
fn what_does_not_balance_is_refused_and_leaves_the_chain_alone() {
    let [mint, budget, ..] = accounts();
    let (mut chain, _) = chain_of(&[5]);
    let before = chain.clone();
    let mut other = transfer(mint.clone(), budget.clone(), 5);
    other[1].currency = "coins".into();
    for (postings, error) in [
        (vec![], "a ledger row without postings says nothing; leave it out"),
        (
            vec![points(mint.clone(), -5), points(budget.clone(), 6)],
            "postings in \"points\" sum to 1, not to 0; what one account gets another one has to give",
        ),
        (other, "postings in \"coins\" sum to 5, not to 0; what one account gets another one has to give"),
        (
            transfer(mint.clone(), budget.clone(), 0),
            "a posting of 0 \"points\" is out of range; move 1 to 1000000000000000 units either way",
        ),
    ] {
        assert_eq!(chain.append(1, 0, postings, Reason::Funded).unwrap_err().to_string(), error);
    }
    let most = transfer(mint, budget, i64::MAX);
    assert!(matches!(chain.append(1, 0, most, Reason::Funded), Err(LedgerError::OutOfRange { .. })));
    assert_eq!(chain, before);
}

#[test]
fn a_balance_that_would_overflow_is_not_booked_in_part() {
    let [mint, budget, ..] = accounts();
    let (_, rows) = chain_of(&[1]);
    let mut books = Books::default();
    let row = Row { postings: transfer(mint, budget.clone(), i64::MAX), ..rows[0].clone() };
    books.apply(&row).unwrap();
    let before = books.clone();
    assert!(matches!(books.apply(&row), Err(LedgerError::Overflow { .. })));
    assert_eq!(books, before);
}

#[test]
fn missing_foreign_and_doubled_rows_are_named() {
    let (chain, rows) = chain_of(&[1, 2, 3]);
    assert_eq!(Chain::verify("treasury", &rows), Ok(chain));
    let numbers = Chain::verify("treasury", [&rows[0], &rows[2]]);
    assert!(matches!(numbers, Err(ChainError::Number { expected: 2, found: 3, .. })));
    assert!(matches!(Chain::verify("friday", &rows), Err(ChainError::Task { number: 1, .. })));
}

proptest! {
    /// Whatever is booked, every currency sums to zero.
    #[test]
    fn all_units_sum_to_zero(moves in prop::collection::vec((0_usize..4, 0_usize..4, 1_i64..1_000_000), 0..50)) {
        let mut chain = Chain::new("friday");
        let mut books = Books::default();
        for (from, to, units) in moves {
            let postings = transfer(accounts()[from].clone(), accounts()[to].clone(), units);
            books.apply(&chain.append(1, 0, postings, Reason::Reserved).unwrap()).unwrap();
        }
        prop_assert!(books.total().values().all(|sum| *sum == 0));
    }

    /// A row that was altered breaks the chain, or changes its head if it is the last.
    #[test]
    fn an_altered_row_is_found(units in prop::collection::vec(1_i64..100, 1..20), place: prop::sample::Index, more in 1_i64..50) {
        let (chain, mut rows) = chain_of(&units);
        let index = place.index(rows.len());
        rows[index].postings[0].units -= more;
        rows[index].postings[1].units += more;
        prop_assert_ne!(Chain::verify("treasury", &rows), Ok(chain));
    }
}
