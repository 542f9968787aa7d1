//! What awards cost: amounts in several currencies, pieces of prizes among them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Id,
    award::Content,
    event::Subject,
    incentive::PrizeTerms,
    ledger::{Account, Posting},
    rule::Reward,
};

/// What stands before a prize's id in the name of its unit. No currency that people name holds a slash.
const PIECE: &str = "prize/";

/// The unit of a prize: one piece, as the ledger counts it.
pub fn piece(prize: &str) -> Id {
    format!("{PIECE}{prize}").into()
}

/// The prize whose pieces a unit counts, if it counts pieces.
pub fn prize_of(unit: &str) -> Option<&str> {
    unit.strip_prefix(PIECE)
}

/// Amounts of a price: where they go and in which unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Part {
    /// A currency, or [`piece`].
    pub unit: Id,
    /// The prize that is bought with it; none for what the subject gets itself.
    pub bought: Option<Id>,
}

/// What an award takes out of an allotment; as a difference, also what comes back. Amounts are never 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<(Part, i64)>", from = "Vec<(Part, i64)>")]
pub struct Price(BTreeMap<Part, i64>);

impl From<Price> for Vec<(Part, i64)> {
    fn from(price: Price) -> Self {
        price.0.into_iter().collect()
    }
}

impl From<Vec<(Part, i64)>> for Price {
    fn from(parts: Vec<(Part, i64)>) -> Self {
        let mut price = Self::default();
        parts.into_iter().for_each(|(part, units)| price.add(part, units));
        price
    }
}

impl Price {
    /// What a content costs with these terms. Praise, badges and prizes without terms cost nothing.
    pub fn of(content: &Content, prizes: &BTreeMap<Id, PrizeTerms>) -> Self {
        let mut price = Self::default();
        let Content::Award { reward, .. } = content else { return price };
        match reward {
            Reward::Points { currency, units } => {
                // A rule that calls a currency as a piece is called must not get at the pieces.
                let unit = match prize_of(currency) {
                    Some(_) => format!("currency/{currency}").into(),
                    None => currency.as_str().into(),
                };
                price.add(Part { unit, bought: None }, *units);
            }
            Reward::Prize(name) => {
                if let Some(terms) = prizes.get(name.as_str()) {
                    price.add(Part { unit: piece(name), bought: None }, 1);
                    if let Some(cost) = &terms.cost {
                        price.add(
                            Part { unit: cost.currency.clone(), bought: Some(name.as_str().into()) },
                            cost.units,
                        );
                    }
                }
            }
            Reward::Badge { .. } => {}
        }
        price
    }

    fn add(&mut self, part: Part, units: i64) {
        let after = self.0.get(&part).copied().unwrap_or(0).saturating_add(units);
        match after {
            0 => self.0.remove(&part),
            _ => self.0.insert(part, after),
        };
    }

    /// Whether nothing moves.
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Its parts, in order.
    pub fn parts(&self) -> impl Iterator<Item = (&Part, i64)> {
        self.0.iter().map(|(part, units)| (part, *units))
    }

    /// This and another one.
    #[must_use]
    pub fn plus(mut self, other: &Price) -> Self {
        other.parts().for_each(|(part, units)| self.add(part.clone(), units));
        self
    }

    /// This without another one.
    #[must_use]
    pub fn minus(mut self, other: &Price) -> Self {
        other.parts().for_each(|(part, units)| self.add(part.clone(), -units));
        self
    }

    /// Only what goes out.
    #[must_use]
    pub fn outgoing(mut self) -> Self {
        self.0.retain(|_, units| *units > 0);
        self
    }

    /// Units by currency, whatever they are for.
    pub fn by_unit(&self) -> BTreeMap<Id, i64> {
        self.parts().fold(BTreeMap::new(), |mut sums, (part, units)| {
            *sums.entry(part.unit.clone()).or_default() += units;
            sums
        })
    }

    /// Units that the subject itself gets in a currency.
    pub fn given(&self, currency: &str) -> i64 {
        self.parts()
            .filter(|(part, _)| part.bought.is_none() && *part.unit == *currency)
            .map(|(_, u)| u)
            .sum()
    }

    /// How it is booked: out of the incentive's allotment, to the subject, and what prizes cost out of the house.
    pub fn postings(&self, incentive: &Id, subject: &Subject) -> Vec<Posting> {
        let mut postings = Vec::with_capacity(2 * self.0.len());
        for (part, units) in self.parts() {
            let to = match &part.bought {
                Some(prize) => Account::Spent(prize.clone()),
                None => Account::Subject(subject.clone()),
            };
            let posting = |account, units| Posting { account, currency: part.unit.clone(), units };
            postings.push(posting(Account::Allotment(incentive.clone()), -units));
            postings.push(posting(to, units));
        }
        postings
    }
}
