//! Whatever happens, the books balance, nobody overspends, and taking everything back leaves nothing behind.

use proptest::prelude::*;

use super::{tests::*, *};
use crate::{
    incentive::{Allotment, Approval, Cost, PrizeTerms},
    ledger::{Account, Books, Chain, Posting, Reason},
    rule::{Reward, Text},
};

const AGENTS: [&str; 5] = ["ana", "ben", "eva", "rut", "tom"];
const UNITS: [&str; 3] = ["points", "euro-cents", "prize/mug"];

/// What can happen to an incentive's money.
#[derive(Clone, Debug)]
enum Move {
    Ask(usize, Reward),
    Forget(usize),
    Approve(usize, i64),
    Refuse(usize),
    Disqualify(usize),
    /// Another version: points, euro-cents, mugs, cost of a mug.
    Version(i64, i64, i64, i64),
    Close,
}

fn rewards() -> impl Strategy<Value = Reward> {
    prop_oneof![
        (1_i64..120).prop_map(|units| Reward::Points { currency: "points".into(), units }),
        (1_i64..120).prop_map(|units| Reward::Points { currency: "euro-cents".into(), units }),
        Just(Reward::Prize("mug".into())),
        Just(Reward::Prize("nobody-counts-it".into())),
        Just(Reward::Points { currency: "prize/mug".into(), units: 1 }),
        Just(Reward::Badge { name: "gold".into(), level: 1 }),
    ]
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let who = 0..AGENTS.len();
    let one = prop_oneof![
        6 => (who.clone(), rewards()).prop_map(|(who, reward)| Move::Ask(who, reward)),
        3 => who.clone().prop_map(Move::Forget),
        2 => (who.clone(), 0_i64..150).prop_map(|(who, units)| Move::Approve(who, units)),
        1 => who.clone().prop_map(Move::Refuse),
        1 => who.prop_map(Move::Disqualify),
        2 => (0_i64..300, 0_i64..300, 0_i64..4, 1_i64..80).prop_map(|(p, e, m, c)| Move::Version(p, e, m, c)),
        1 => Just(Move::Close),
    ];
    prop::collection::vec(one, 1..60)
}

fn version(points: i64, cents: i64, mugs: i64, cost: i64) -> Incentive {
    let line = |budget: &str, currency: &str, units| Allotment {
        budget: budget.into(),
        currency: currency.into(),
        units,
    };
    let terms = PrizeTerms { pieces: mugs, cost: Some(Cost { currency: "euro-cents".into(), units: cost }) };
    Incentive {
        allotment: vec![line("b", "points", points), line("c", "euro-cents", cents)],
        prizes: [("mug".into(), terms)].into(),
        approval: vec![Approval { currency: "points".into(), above: 80 }],
        ..incentive(0)
    }
}

/// A book with a ledger of its own, and a checker that knows only what both say.
struct World {
    desired: Desired,
    book: Book,
    chain: Chain,
    books: Books,
    asked: BTreeMap<usize, Contribution>,
    block: u64,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            desired: Desired::default(),
            book: Book::default(),
            chain: Chain::new("i"),
            books: Books::default(),
            asked: BTreeMap::new(),
            block: 0,
        };
        // More than any version asks for: that budgets suffice is the house's business.
        for unit in UNITS {
            let posting = |account, units| Posting { account, currency: unit.into(), units };
            let allotted = vec![posting(Account::Mint, -1000), posting(Account::Allotment("i".into()), 1000)];
            let row = world.chain.append(0, 0, allotted, Reason::Reserved).expect("it balances");
            world.books.apply(&row).expect("it fits");
        }
        world.book.adopt(&[], &version(200, 200, 2, 30));
        world
    }

    fn settle(&mut self) {
        self.block += 1;
        let before: BTreeMap<&str, i64> = UNITS.map(|unit| (unit, self.book.purse.available(unit))).into();
        for settled in self.book.settle(&mut self.desired, self.block) {
            if settled.moved.is_nothing() {
                continue;
            }
            let effect = settled.standing.id.clone();
            let postings = settled.moved.postings(&"i".into(), &effect.subject);
            let reason = Reason::Awarded { effect, earned: 0 };
            let row = self.chain.append(self.block, 0, postings, reason).expect("it balances");
            self.books.apply(&row).expect("it fits");
        }
        for (unit, before) in before {
            // Below zero only a version can bring it, never a settlement.
            let now = self.book.purse.available(unit);
            assert!(now >= before.min(0), "{unit}: {before} became {now}");
        }
        self.check();
    }

    fn check(&self) {
        assert!(self.books.total().values().all(|sum| *sum == 0), "{:?}", self.books);
        let compartments = self.book.purse.compartments();
        for unit in UNITS {
            let of_rows = |price: fn(&Standing) -> &Price| -> i64 {
                let amounts = self.book.rows().into_values().map(|row| price(row).by_unit());
                amounts.map(|amounts| amounts.get(unit).copied().unwrap_or(0)).sum()
            };
            let left = self.books.balance(&Account::Allotment("i".into()), &unit.into());
            let row = compartments.iter().find(|c| &*c.unit == unit);
            assert_eq!(1000 - left, of_rows(|row| &row.paid), "{unit}: the ledger and what stands");
            assert_eq!(row.map_or(0, |c| c.paid), of_rows(|row| &row.paid), "{unit}: paid");
            assert_eq!(row.map_or(0, |c| c.held), of_rows(|row| &row.held), "{unit}: held");
        }
        for row in self.book.rows().into_values() {
            let is_bound = !row.held.is_nothing();
            assert!(!is_bound || row.status == Status::Proposed, "held without a proposal: {row:?}");
            assert!(row.held.parts().all(|(_, units)| units > 0), "{row:?}");
            let is_out = matches!(row.status, Status::Withheld(_) | Status::Reversed);
            assert!(!is_out || row.paid.is_nothing(), "paid and not given: {row:?}");
        }
    }

    fn forget(&mut self, who: usize) {
        if let Some(asked) = self.asked.remove(&who) {
            self.desired.remove(&id(AGENTS[who]), &asked.owner, asked.time);
        }
    }

    fn make(&mut self, what: Move) {
        match what {
            Move::Ask(who, reward) => {
                self.forget(who);
                let because = Text { message: "why".into(), arguments: Vec::new() };
                let content = Content::Award { reward, because };
                let asked = Contribution { time: who as Millis, owner: "k".into(), content, team: None };
                self.asked.insert(who, asked.clone());
                self.desired.add(id(AGENTS[who]), asked);
            }
            Move::Forget(who) => self.forget(who),
            Move::Approve(who, units) => {
                let up_to = UNITS.map(|unit| (unit.into(), units)).into();
                let verdict = Verdict::Approved { by: "max".into(), up_to };
                self.book.decide(&id(AGENTS[who]).digest(), verdict, &mut self.desired);
            }
            Move::Refuse(who) => {
                let verdict = Verdict::Refused { by: "max".into(), reason: "no".into() };
                self.book.decide(&id(AGENTS[who]).digest(), verdict, &mut self.desired);
            }
            Move::Disqualify(who) => {
                self.book.disqualify(AGENTS[who].into(), "gone".into(), &mut self.desired);
            }
            Move::Version(points, cents, mugs, cost) => {
                self.book.adopt(&[], &version(points, cents, mugs, cost));
                AGENTS.iter().for_each(|agent| self.desired.touch(id(agent)));
            }
            Move::Close => self.book.purse.close(),
        }
        self.settle();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_breaks_the_books_and_taking_all_back_leaves_nothing(moves in moves()) {
        let mut world = World::new();
        for what in moves {
            world.make(what);
        }
        for who in 0..AGENTS.len() {
            world.make(Move::Forget(who));
        }
        for agent in AGENTS {
            for unit in UNITS {
                let account = Account::Subject(crate::event::Subject::agent(agent));
                prop_assert_eq!(world.books.balance(&account, &unit.into()), 0);
            }
        }
        prop_assert_eq!(world.books.balance(&Account::Spent("mug".into()), &"euro-cents".into()), 0);
        prop_assert!(world.book.purse.committed().is_empty(), "{:?}", world.book.purse);
    }

    /// A restart knows from what stands what is left: no more, no less.
    #[test]
    fn a_purse_read_back_is_the_purse(moves in moves()) {
        let mut world = World::new();
        let mut now = version(200, 200, 2, 30);
        for what in moves {
            if let Move::Version(points, cents, mugs, cost) = what {
                now = version(points, cents, mugs, cost);
            }
            if !matches!(what, Move::Close) {
                world.make(what);
            }
        }
        let again = Purse::new(&now, world.book.rows().into_values());
        prop_assert_eq!(&again, &world.book.purse);
    }
}
