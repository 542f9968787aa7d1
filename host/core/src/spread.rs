//! How what was won is spread over those who could have won: counts, and shares in basis points.
//!
//! Everything is counted in whole numbers. A share is `part` of `of`; its basis points (ten-thousandths) are rounded half
//! up, and are 0 of nothing. The order of members and wins changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Id, event::Subject};

#[cfg(test)]
mod tests;

/// Days of service up to which somebody is `new`.
pub const NEW_DAYS: u32 = 90;
/// Days of a year, for the bands of tenure.
pub const YEAR_DAYS: u32 = 365;
/// Thousandths of full time from which somebody counts as full time.
pub const FULL_TIME_FROM: u32 = 900;
/// Thousandths of full time up to which somebody counts as half time or less.
pub const HALF_TIME_TO: u32 = 500;
/// A group is compared with the rest only if both have at least this many members: of fewer, chance says more.
pub const COMPARED_MEMBERS_MIN: u64 = 5;
/// A group is remarkable if its members win this many times as often as the rest, or the rest as they, …
pub const REMARKABLE_TIMES: u64 = 2;
/// … and if winners scattered at random over the audience would leave a group so many, or so few, less often than once in so
/// many times. Many groups are compared at once, so this is more than one in twenty.
pub const REMARKABLE_ONCE_IN: f64 = 30.0;
/// The top tenth is remarkable from this share of the value on, in basis points.
pub const CONCENTRATED_FROM: u32 = 5_000;
/// Repeat winners are remarkable from this share of the winners on, in basis points, …
pub const REPEATED_FROM: u32 = 5_000;
/// … if less than this share of the audience wins at all, in basis points.
pub const FEW_WIN_BELOW: u32 = 2_500;

/// Somebody who could win, once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// An agent, or a team where teams compete.
    pub subject: Subject,
    /// Their team; empty for none.
    pub team: Id,
    /// Days of service at the end of the window, if known.
    pub tenure_days: Option<u32>,
    /// Thousandths of full time.
    pub share: u32,
}

/// Something that somebody won.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Win {
    /// Who.
    pub winner: Subject,
    /// The period it was won in.
    pub period: Id,
    /// Such as `points`; none for prizes and badges.
    pub currency: Option<Id>,
    /// Whole units of it.
    pub units: i64,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Share {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub of: u64,
    /// The same in ten-thousandths, rounded half up; 0 of nothing.
    pub basis_points: u32,
}

impl Share {
    /// A share.
    pub fn new(part: u64, of: u64) -> Self {
        let scaled = u128::from(part) * 20_000;
        let twice = scaled.checked_div(u128::from(of)).map_or(0, |twice| twice.div_ceil(2));
        // `twice` is rounded down, so that adding one and halving rounds half up.
        Self { part, of, basis_points: u32::try_from(twice).unwrap_or(u32::MAX) }
    }
}

/// How what was won is spread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Spread {
    /// How many could win.
    pub audience: u64,
    /// How many of them won something.
    pub winning: Share,
    /// What was won by those who could win.
    pub awards: u64,
    /// What was won by others, as a team where agents compete: in no other number.
    pub awards_of_others: u64,
    /// Value by currency.
    pub value: Vec<Value>,
    /// Periods in which anything was won.
    pub periods: u64,
    /// How many of the winners won in more than one period.
    pub repeat_winners: Share,
    /// How many won in exactly so many periods: (periods, winners), rising.
    pub winners_by_periods: Vec<(u64, u64)>,
    /// By team; the empty name is for those in none.
    pub by_team: Vec<Group>,
    /// By days of service.
    pub by_tenure: Vec<Group>,
    /// By hours.
    pub by_hours: Vec<Group>,
    /// What is remarkable.
    pub hints: Vec<Hint>,
}

/// How the value of a currency is spread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = SpreadValue))]
pub struct Value {
    /// Such as `points`.
    pub currency: Id,
    /// All units.
    pub units: i64,
    /// How many of the audience got any.
    pub winners: u64,
    /// Members in the top tenth: a tenth of the *audience*, rounded up.
    pub top_tenth_members: u64,
    /// Units that go to those who got most, as many as the top tenth has members.
    pub top_tenth: Share,
}

/// Members who have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = SpreadGroup))]
pub struct Group {
    /// Team id, `new`, `first-year`, `one-to-three-years`, `three-years-and-more`, `unknown`, `full-time`, `part-time`
    /// or `half-time-or-less`.
    pub name: Id,
    /// How many could win.
    pub audience: u64,
    /// How many of them won something.
    pub winning: Share,
    /// What they won.
    pub awards: u64,
    /// Units by currency.
    pub units: BTreeMap<Id, i64>,
}

/// Something remarkable about the spread: data for people to judge, no judgement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = SpreadHint))]
#[serde(tag = "hint", rename_all = "kebab-case")]
pub enum Hint {
    /// Nobody wins anything.
    NobodyWins,
    /// A group wins at least [`REMARKABLE_TIMES`] as often as the rest of the audience, and hardly by chance.
    WinsMoreOften {
        /// What the group has in common.
        by: Dimension,
        /// Its name.
        group: Id,
        /// Winners of the group.
        winning: Share,
        /// Winners of all others.
        rest: Share,
    },
    /// The rest of the audience wins at least [`REMARKABLE_TIMES`] as often as a group, and hardly by chance.
    WinsLessOften {
        /// What the group has in common.
        by: Dimension,
        /// Its name.
        group: Id,
        /// Winners of the group.
        winning: Share,
        /// Winners of all others.
        rest: Share,
    },
    /// The top tenth gets most of the value.
    Concentrated {
        /// Such as `points`.
        currency: Id,
        /// Units of the top tenth.
        top_tenth: Share,
    },
    /// Few win, and mostly the same ones again.
    SameWinners {
        /// Winners of the audience.
        winning: Share,
        /// Repeat winners of the winners.
        repeat_winners: Share,
    },
}

/// What a group has in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// The team.
    Team,
    /// Days of service.
    Tenure,
    /// Hours.
    Hours,
}

/// What one member won.
#[derive(Default)]
struct Won {
    awards: u64,
    units: BTreeMap<Id, i64>,
    periods: BTreeSet<Id>,
}

/// Counts how wins are spread over members.
pub fn spread(members: &[Member], wins: &[Win]) -> Spread {
    let members: BTreeMap<&Subject, &Member> = {
        let sorted: BTreeSet<&Member> = members.iter().collect();
        sorted.into_iter().rev().map(|member| (&member.subject, member)).collect()
    };
    let mut won: BTreeMap<&Subject, Won> = BTreeMap::new();
    let mut awards_of_others = 0;
    for win in wins {
        if !members.contains_key(&win.winner) {
            awards_of_others += 1;
            continue;
        }
        let mine = won.entry(&win.winner).or_default();
        mine.awards += 1;
        mine.periods.insert(win.period.clone());
        if let Some(currency) = win.currency.as_ref().filter(|_| win.units != 0) {
            *mine.units.entry(currency.clone()).or_default() += win.units;
        }
    }
    let audience = members.len() as u64;
    let winners = won.len() as u64;
    let mut by_periods: BTreeMap<u64, u64> = BTreeMap::new();
    for mine in won.values() {
        *by_periods.entry(mine.periods.len() as u64).or_default() += 1;
    }
    let repeated = by_periods.iter().filter(|(periods, _)| **periods > 1).map(|(_, count)| count).sum();
    let periods: BTreeSet<&Id> = won.values().flat_map(|mine| &mine.periods).collect();
    let grouped = |name: &dyn Fn(&Member) -> Id| groups(&members, &won, name);
    let mut spread = Spread {
        audience,
        winning: Share::new(winners, audience),
        awards: won.values().map(|mine| mine.awards).sum(),
        awards_of_others,
        value: values(&won, audience),
        periods: periods.len() as u64,
        repeat_winners: Share::new(repeated, winners),
        winners_by_periods: by_periods.into_iter().collect(),
        by_team: grouped(&|member| member.team.clone()),
        by_tenure: ordered(grouped(&|member| tenure(member.tenure_days).into()), &TENURES),
        by_hours: ordered(grouped(&|member| hours(member.share).into()), &HOURS),
        hints: Vec::new(),
    };
    spread.hints = hints(&spread);
    spread
}

/// Names of the bands of tenure, in order.
const TENURES: [&str; 5] = ["new", "first-year", "one-to-three-years", "three-years-and-more", "unknown"];
/// Names of the bands of hours, in order.
const HOURS: [&str; 3] = ["full-time", "part-time", "half-time-or-less"];

fn tenure(days: Option<u32>) -> &'static str {
    match days {
        Some(days) if days < NEW_DAYS => TENURES[0],
        Some(days) if days < YEAR_DAYS => TENURES[1],
        Some(days) if days < 3 * YEAR_DAYS => TENURES[2],
        Some(_) => TENURES[3],
        None => TENURES[4],
    }
}

fn hours(share: u32) -> &'static str {
    match share {
        FULL_TIME_FROM.. => HOURS[0],
        0..=HALF_TIME_TO => HOURS[2],
        _ => HOURS[1],
    }
}

fn ordered(mut groups: Vec<Group>, names: &[&str]) -> Vec<Group> {
    groups.sort_by_key(|group| names.iter().position(|name| **name == *group.name));
    groups
}

fn groups(
    members: &BTreeMap<&Subject, &Member>,
    won: &BTreeMap<&Subject, Won>,
    name: &dyn Fn(&Member) -> Id,
) -> Vec<Group> {
    let mut counts: BTreeMap<Id, (u64, u64, u64, BTreeMap<Id, i64>)> = BTreeMap::new();
    for (subject, member) in members {
        let (audience, winners, awards, units) = counts.entry(name(member)).or_default();
        *audience += 1;
        if let Some(mine) = won.get(subject) {
            *winners += 1;
            *awards += mine.awards;
            for (currency, more) in &mine.units {
                *units.entry(currency.clone()).or_default() += more;
            }
        }
    }
    let group = |(name, (audience, winners, awards, units))| Group {
        name,
        audience,
        winning: Share::new(winners, audience),
        awards,
        units,
    };
    counts.into_iter().map(group).collect()
}

fn values(won: &BTreeMap<&Subject, Won>, audience: u64) -> Vec<Value> {
    let mut of: BTreeMap<&Id, Vec<i64>> = BTreeMap::new();
    for (currency, units) in won.values().flat_map(|mine| &mine.units) {
        of.entry(currency).or_default().push(*units);
    }
    let members = audience.div_ceil(10);
    let value = |(currency, mut units): (&Id, Vec<i64>)| {
        units.sort_unstable_by(|a, b| b.cmp(a));
        let all: i64 = units.iter().sum();
        let top: i64 = units.iter().take(usize::try_from(members).unwrap_or(usize::MAX)).sum();
        Value {
            currency: currency.clone(),
            units: all,
            winners: units.len() as u64,
            top_tenth_members: members,
            top_tenth: Share::new(u64::try_from(top).unwrap_or(0), u64::try_from(all).unwrap_or(0)),
        }
    };
    of.into_iter().map(value).collect()
}

fn hints(spread: &Spread) -> Vec<Hint> {
    if spread.winning.part == 0 {
        return if spread.audience > 0 { vec![Hint::NobodyWins] } else { Vec::new() };
    }
    let mut hints = Vec::new();
    for (by, groups) in [
        (Dimension::Hours, &spread.by_hours),
        (Dimension::Tenure, &spread.by_tenure),
        (Dimension::Team, &spread.by_team),
    ] {
        hints.extend(groups.iter().filter_map(|group| compared(by, group, spread.winning)));
    }
    for value in &spread.value {
        if value.top_tenth.basis_points >= CONCENTRATED_FROM && spread.audience >= 10 {
            let (currency, top_tenth) = (value.currency.clone(), value.top_tenth);
            hints.push(Hint::Concentrated { currency, top_tenth });
        }
    }
    let (winning, repeat_winners) = (spread.winning, spread.repeat_winners);
    if winning.basis_points < FEW_WIN_BELOW && repeat_winners.basis_points >= REPEATED_FROM {
        hints.push(Hint::SameWinners { winning, repeat_winners });
    }
    hints
}

/// A group beside the rest, if there is enough of both and they differ enough.
fn compared(by: Dimension, group: &Group, all: Share) -> Option<Hint> {
    let rest = Share::new(all.part - group.winning.part, all.of - group.winning.of);
    if group.audience < COMPARED_MEMBERS_MIN || rest.of < COMPARED_MEMBERS_MIN {
        return None;
    }
    // Rates as cross products: nothing is rounded.
    let mine = u128::from(group.winning.part) * u128::from(rest.of);
    let theirs = u128::from(rest.part) * u128::from(group.winning.of);
    let (group, winning) = (group.name.clone(), group.winning);
    let (fewer, more) = by_chance(winning.of, all, winning.part);
    let is_remarkable = |chance: f64| chance * REMARKABLE_ONCE_IN < 1.0;
    if mine >= theirs * u128::from(REMARKABLE_TIMES) && mine > theirs && is_remarkable(more) {
        return Some(Hint::WinsMoreOften { by, group, winning, rest });
    }
    if theirs >= mine * u128::from(REMARKABLE_TIMES) && theirs > mine && is_remarkable(fewer) {
        return Some(Hint::WinsLessOften { by, group, winning, rest });
    }
    None
}

/// How likely a group of `size` has at most, and at least, `seen` of all winners, if they are scattered over the audience at
/// random: both tails of the hypergeometric distribution (Fisher's exact test,
/// <https://en.wikipedia.org/wiki/Fisher%27s_exact_test>). Weights go outward from the likeliest number by their ratios, so that
/// nothing is too large or needs a logarithm.
fn by_chance(size: u64, all: Share, seen: u64) -> (f64, f64) {
    let (audience, winners) = (all.of, all.part);
    let (least, most) = ((size + winners).saturating_sub(audience), size.min(winners));
    let likeliest = ((size + 1) * (winners + 1) / (audience + 2)).clamp(least, most);
    // How much likelier `n + 1` is than `n`.
    let ratio = |n: u64| {
        let (up, down) = ((size - n) * (winners - n), (n + 1) * (audience + n + 1 - size - winners));
        up as f64 / down as f64
    };
    let mut weights = vec![(likeliest, 1.0)];
    let mut weight = 1.0;
    for n in likeliest..most {
        weight *= ratio(n);
        weights.push((n + 1, weight));
    }
    weight = 1.0;
    for n in (least..likeliest).rev() {
        weight /= ratio(n);
        weights.push((n, weight));
    }
    let sum = |is_in: &dyn Fn(u64) -> bool| -> f64 {
        weights.iter().filter(|(n, _)| is_in(*n)).map(|(_, weight)| weight).sum()
    };
    let total = sum(&|_| true);
    (sum(&|n| n <= seen) / total, sum(&|n| n >= seen) / total)
}
