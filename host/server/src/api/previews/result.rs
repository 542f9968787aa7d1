//! From a rehearsal's report to what people look at.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{
    Id, Millis,
    award::{Content, EffectKind, Standing, Status, Withheld},
    calendar::{Calendar, local_day},
    event::{Subject, SubjectKind},
    incentive::{Incentive, PrizeTerms},
    price::{Price, prize_of},
    roster::Roster,
    rule::{FaultKind, Reward},
    spread::{Member, Spread, Win, spread},
};
use plaudit_store::family::concluded::{ConcludedPeriod, ConcludedRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    api::views::{AwardView, DrawView, RowView, subject_text},
    engine::{rehearsal::Report, views},
};

/// Most awards that a result names one by one; winners, cost and spread count all of them.
pub const AWARDS_SHOWN_MAX: usize = 1000;

/// What an incentive would have done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PreviewResult {
    /// `agents` or `teams`: whom winners and spread are about. Teams, if only teams win.
    pub about: Id,
    /// Events that were read.
    pub events_read: u64,
    /// Events that counted.
    pub events_selected: u64,
    /// What it costs, by currency.
    pub cost: Vec<Cost>,
    /// Awards that are not given because the quota is used up.
    pub over_quota: u64,
    /// Praise that is said.
    pub praise: u64,
    /// Everyone who wins something, the most valuable first.
    pub winners: Vec<Winner>,
    /// Awards and praise as they would stand, the earliest first, at most [`AWARDS_SHOWN_MAX`].
    pub awards: Vec<AwardView>,
    /// How it is spread over those who could win.
    pub spread: Spread,
    /// Period by period.
    pub periods: Vec<PeriodRow>,
    /// Draws. They are examples: the real ones have other seeds and other winners.
    pub draws: Vec<DrawExample>,
    /// Why it ended early, if the rule failed; everything else is as far as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<FaultView>,
}

/// What an incentive costs in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PreviewCost)]
pub struct Cost {
    /// Such as `points`.
    pub currency: Id,
    /// Units that are paid.
    pub granted: i64,
    /// Units that the allotment, or the pieces set aside, would not suffice for; 0 without an allotment.
    pub withheld: i64,
    /// Awards that these would not suffice for.
    pub awards_withheld: u64,
}

/// Somebody who wins something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = PreviewWinner)]
pub struct Winner {
    /// Who.
    #[serde(with = "subject_text")]
    pub subject: Subject,
    /// Shown name, for those who may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many awards.
    pub awards: u64,
    /// In how many periods.
    pub periods: u64,
    /// Units by currency.
    pub units: BTreeMap<Id, i64>,
    /// What, each with how often.
    pub what: Vec<What>,
}

/// An award that somebody wins once or more often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PreviewWhat)]
pub struct What {
    /// As the rule named it.
    pub name: Id,
    /// What it is.
    pub reward: Reward,
    /// How often.
    pub times: u64,
}

/// A period of the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = PreviewPeriod)]
pub struct PeriodRow {
    /// Its id.
    pub period: Id,
    /// First instant.
    pub start: Millis,
    /// First instant after it.
    pub end: Millis,
    /// How many are ranked on its first board.
    pub ranked: u64,
    /// Awards given for it.
    pub awards: u64,
    /// How many subjects win something.
    pub winners: u64,
    /// Units paid, by currency.
    pub granted: BTreeMap<Id, i64>,
    /// Units withheld for want of money, by currency.
    pub withheld: BTreeMap<Id, i64>,
    /// The first of its first board.
    pub leaders: Vec<RowView>,
}

/// A draw with made-up luck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DrawExample {
    /// Always true: the real draw has another seed.
    pub example: bool,
    /// What would have been drawn.
    #[serde(flatten)]
    pub draw: DrawView,
}

/// A rule that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FaultView {
    /// The key, if it came down to one: an agent, a team.
    pub key: Option<Id>,
    /// The latest time of what it was folding.
    pub at: Millis,
    /// What kind of fault.
    pub kind: FaultKind,
    /// What happened.
    pub message: String,
}

impl PreviewResult {
    /// Everyone who is named, for those who may see names.
    pub(super) fn people(&mut self) -> impl Iterator<Item = (&Subject, &mut Option<String>)> {
        let winners = self.winners.iter_mut().map(|w| (&w.subject, &mut w.name));
        let leaders =
            self.periods.iter_mut().flat_map(|p| &mut p.leaders).map(|row| (&row.subject, &mut row.name));
        let drawn =
            self.draws.iter_mut().flat_map(|d| &mut d.draw.winners).map(|w| (&w.subject, &mut w.name));
        winners.chain(leaders).chain(drawn)
    }
}

/// What a report says to people.
pub(super) fn result(incentive: &Incentive, roster: &Roster, report: &Report) -> PreviewResult {
    let calendar = Calendar::new(&incentive.periods, incentive.zone, incentive.start, incentive.end).ok();
    let period_of = |row: &Standing| -> Id {
        let by_time = || Some(calendar.as_ref()?.period_at(row.time)?.id);
        row.id.period.clone().or_else(by_time).unwrap_or_else(|| "".into())
    };
    let awards: Vec<&Standing> =
        report.settled.values().filter(|row| row.id.kind == EffectKind::Award).collect();
    let granted: Vec<&Standing> =
        awards.iter().filter(|row| row.status == Status::Granted).copied().collect();
    let is_team = |row: &&&Standing| row.id.subject.kind == SubjectKind::Team;
    let is_about_teams = !granted.is_empty() && granted.iter().all(|row| is_team(&row));
    let wins: Vec<Win> = granted.iter().map(|row| win(row, period_of(row), &incentive.prizes)).collect();
    let mut by_period: BTreeMap<Id, Vec<&Standing>> = BTreeMap::new();
    for row in &awards {
        by_period.entry(period_of(row)).or_default().push(row);
    }
    let members = if is_about_teams { teams(incentive, roster) } else { agents(incentive, roster) };
    PreviewResult {
        about: if is_about_teams { "teams" } else { "agents" }.into(),
        events_read: report.read,
        events_selected: report.selected,
        cost: cost(&awards, &incentive.prizes),
        over_quota: awards.iter().filter(|row| row.status == Status::Withheld(Withheld::Quota)).count()
            as u64,
        praise: (report.settled.len() - awards.len()) as u64,
        winners: winners(&granted, &wins),
        awards: shown(incentive, report),
        spread: spread(&members, &wins),
        periods: report
            .periods
            .values()
            .map(|concluded| row(concluded, report, by_period.get(&concluded.period.id), &incentive.prizes))
            .collect(),
        draws: report.draws.iter().map(|draw| DrawExample { example: true, draw: draw.clone() }).collect(),
        fault: report.fault.as_ref().map(|fault| FaultView {
            key: fault.key.clone(),
            at: fault.at,
            kind: fault.fault.kind,
            message: fault.fault.message.clone(),
        }),
    }
}

fn shown(incentive: &Incentive, report: &Report) -> Vec<AwardView> {
    let mut rows: Vec<&Standing> = report.settled.values().collect();
    rows.sort_by_key(|row| row.time); // Of equal times, by id.
    rows.into_iter().take(AWARDS_SHOWN_MAX).map(|row| views::award(row, &incentive.plugin)).collect()
}

fn win(row: &Standing, period: Id, prizes: &Prizes) -> Win {
    let (currency, units) = match value(row, prizes) {
        Some((currency, units)) => (Some(currency), units),
        None => (None, 0),
    };
    Win { winner: row.id.subject.clone(), period, currency, units }
}

/// Terms of the prizes that an incentive may give.
type Prizes = BTreeMap<Id, PrizeTerms>;

/// What an award is worth, if it is worth anything that is counted: its points, or what its prize costs.
fn value(row: &Standing, prizes: &Prizes) -> Option<(Id, i64)> {
    in_money(&Price::of(&row.content, prizes))
}

/// The currency of a price, and how much of it: pieces of prizes are not counted. An award has one at most.
fn in_money(price: &Price) -> Option<(Id, i64)> {
    price.by_unit().into_iter().find(|(unit, _)| prize_of(unit).is_none())
}

/// Whether an award is not given because money or pieces are used up.
fn is_short(row: &Standing) -> bool {
    matches!(row.status, Status::Withheld(Withheld::Allotment | Withheld::Stock))
}

fn agents(incentive: &Incentive, roster: &Roster) -> Vec<Member> {
    let window = (incentive.start, incentive.end.unwrap_or(Millis::MAX));
    let last_day = local_day(incentive.zone, window.1 - 1);
    let member = |id: Id| {
        let interval = roster.intervals(&incentive.audience, &id, window).pop()?;
        let agent = roster.agent(&id)?;
        let stint = Roster::stint_at(agent, interval.to - 1);
        let days = agent.hired_day.map(|day| u32::try_from(last_day - day).unwrap_or(0));
        let share = stint.map_or(1.0, |stint| stint.share);
        Some(Member {
            subject: Subject::agent(id),
            team: interval.team,
            tenure_days: days,
            share: (share * 1000.0).round() as u32,
        })
    };
    roster.agents_in_audience(&incentive.audience, window).into_iter().filter_map(member).collect()
}

fn teams(incentive: &Incentive, roster: &Roster) -> Vec<Member> {
    let window = (incentive.start, incentive.end.unwrap_or(Millis::MAX));
    let member =
        |id: Id| Member { subject: Subject::team(id.clone()), team: id, tenure_days: None, share: 1000 };
    roster.teams_in_audience(&incentive.audience, window).into_iter().map(member).collect()
}

fn cost(awards: &[&Standing], prizes: &Prizes) -> Vec<Cost> {
    let mut costs: BTreeMap<Id, Cost> = BTreeMap::new();
    for row in awards {
        let Some((currency, units)) = value(row, prizes) else { continue };
        let empty = Cost { currency: currency.clone(), granted: 0, withheld: 0, awards_withheld: 0 };
        let cost = costs.entry(currency).or_insert(empty);
        match row.status {
            Status::Granted => cost.granted += in_money(&row.paid).map_or(0, |(_, paid)| paid),
            _ if is_short(row) => {
                cost.withheld += units;
                cost.awards_withheld += 1;
            }
            _ => {}
        }
    }
    costs.into_values().collect()
}

/// A winner with the periods of the wins and how often each thing was won.
type Found<'a> = (Winner, BTreeSet<&'a Id>, BTreeMap<(Id, Reward), u64>);

fn winners(granted: &[&Standing], wins: &[Win]) -> Vec<Winner> {
    let mut found: BTreeMap<&Subject, Found<'_>> = BTreeMap::new();
    for (row, win) in granted.iter().zip(wins) {
        let empty = || {
            let subject = win.winner.clone();
            let units = BTreeMap::new();
            let winner = Winner { subject, name: None, awards: 0, periods: 0, units, what: Vec::new() };
            (winner, BTreeSet::new(), BTreeMap::new())
        };
        let (winner, periods, what) = found.entry(&win.winner).or_insert_with(empty);
        winner.awards += 1;
        periods.insert(&win.period);
        if let Some(currency) = &win.currency {
            *winner.units.entry(currency.clone()).or_default() += win.units;
        }
        if let Content::Award { reward, .. } = &row.content {
            *what.entry((row.id.name.clone(), reward.clone())).or_default() += 1;
        }
    }
    let finish = |(mut winner, periods, what): Found<'_>| {
        winner.periods = periods.len() as u64;
        winner.what = what.into_iter().map(|((name, reward), times)| What { name, reward, times }).collect();
        winner
    };
    let mut winners: Vec<Winner> = found.into_values().map(finish).collect();
    let worth = |winner: &Winner| (winner.units.values().copied().max().unwrap_or(0), winner.awards);
    winners.sort_by(|a, b| (worth(b), &a.subject).cmp(&(worth(a), &b.subject)));
    winners
}

fn row(
    concluded: &ConcludedPeriod,
    report: &Report,
    awards: Option<&Vec<&Standing>>,
    prizes: &Prizes,
) -> PeriodRow {
    let period = &concluded.period;
    let mut row = PeriodRow {
        period: period.id.clone(),
        start: period.start,
        end: period.end,
        ranked: report.ranked.get(&period.start).copied().unwrap_or(0),
        awards: 0,
        winners: 0,
        granted: BTreeMap::new(),
        withheld: BTreeMap::new(),
        leaders: leaders(concluded),
    };
    let mut winners = BTreeSet::new();
    for award in awards.into_iter().flatten() {
        let into = match award.status {
            Status::Granted => {
                row.awards += 1;
                winners.insert(&award.id.subject);
                &mut row.granted
            }
            _ if is_short(award) => &mut row.withheld,
            _ => continue,
        };
        if let Some((currency, units)) = value(award, prizes) {
            *into.entry(currency).or_default() += units;
        }
    }
    row.winners = winners.len() as u64;
    row
}

fn leaders(concluded: &ConcludedPeriod) -> Vec<RowView> {
    let rows = concluded.boards.first().map_or(&[][..], |(_, rows)| rows);
    let finite = |value: f64| value.is_finite().then_some(value);
    let leader = |row: &ConcludedRow| RowView {
        rank: row.rank,
        subject: row.subject.clone(),
        name: None,
        qualified: row.qualified,
        value: finite(row.value),
        columns: row.columns.iter().copied().map(finite).collect(),
    };
    rows.iter().filter(|row| row.rank > 0).map(leader).collect()
}
