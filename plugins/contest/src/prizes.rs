//! Who wins what, from the ranked rows.

use plaudit_sdk::Row;
use plaudit_sdk::prelude::*;

use crate::settings::{Asked, Prize, Reward, Settings, Show, Ties, Who};

/// Gives the prizes of a closing period.
pub(crate) fn give(close: &Close<'_, Settings>, out: &mut Conclude) {
    let Settings { asked, .. } = close.settings;
    let rows: Vec<Row<'_>> = close.ranked(0).collect();
    let last_prize = asked.prizes.iter().map(|p| p.rank).max().unwrap_or(0);
    let mut before = 0;
    for equals in rows.chunk_by(|a, b| a.rank() == b.rank()) {
        let rest = &rows[before + equals.len()..];
        let decided =
            decider(close.settings, &equals[0], rest.first(), before.checked_sub(1).map(|i| &rows[i]));
        before += equals.len();
        let winners: Vec<_> = equals.iter().filter(|row| counts(close.settings, row)).collect();
        if equals[0].rank() <= last_prize {
            for row in &winners {
                let place = Place { row, tied: winners.len(), ranked: rows.len(), decided: decided.as_ref() };
                place.give(asked, out);
            }
        }
        for row in winners {
            past_the_bar(asked, row, out);
        }
    }
    // Who chose not to compete has no place; the bar asks for their own result alone.
    let aside = close.rows(0).filter(|row| row.rank() == 0 && row.qualified());
    for row in aside.filter(|row| counts(close.settings, row)) {
        past_the_bar(asked, &row, out);
    }
}

/// Whether a row may win. Where the highest value is best, one that comes from nothing at all does not: otherwise
/// everyone who only worked would share the last prize.
fn counts(settings: &Settings, row: &Row<'_>) -> bool {
    let columns = settings.layout.columns.iter().enumerate();
    let mut measured = columns.filter(|(_, c)| c.weight != 0.0);
    settings.asked.lowest_first || measured.any(|(i, _)| row.column(i).is_some_and(|value| value != 0.0))
}

/// What told a row apart from a neighbour of the same value.
struct Decided {
    metric: String,
    value: f64,
}

/// The tie-break between a row and the one behind it, or else the one before it, if their values are equal.
fn decider(
    settings: &Settings,
    row: &Row<'_>,
    behind: Option<&Row<'_>>,
    before: Option<&Row<'_>>,
) -> Option<Decided> {
    let rival = [behind, before].into_iter().flatten().find(|rival| rival.value() == row.value())?;
    let column = settings.layout.ties.iter().find(|&&i| row.column(i) != rival.column(i))?;
    let decisive = &settings.layout.columns[*column];
    Some(Decided { metric: decisive.metric.clone(), value: row.column(*column)? })
}

/// A row that may win a place's prize.
struct Place<'a> {
    row: &'a Row<'a>,
    /// Winners of this rank.
    tied: usize,
    /// All who are ranked.
    ranked: usize,
    decided: Option<&'a Decided>,
}

impl Place<'_> {
    fn give(&self, asked: &Asked, out: &mut Conclude) {
        let rank = self.row.rank();
        let reward = match asked.ties {
            Ties::Split if self.tied > 1 => divided(&asked.prizes, rank, self.tied as u32),
            _ => prize_of(&asked.prizes, rank).cloned(),
        };
        let Some(reward) = reward else { return };
        for (award, to) in awards(&format!("place-{rank}"), &reward, asked.who, self.row.id()) {
            out.award_to(to, self.because(asked, award));
        }
    }

    /// The reason: rank, value, and what a tie came to.
    fn because(&self, asked: &Asked, award: Award) -> Award {
        let ties = if asked.ties == Ties::Split { "split" } else { "share" };
        let award = reason(asked, award, "place", self.row)
            .with("rank", self.row.rank())
            .with("ranked", self.ranked)
            .with("equals", self.tied - 1)
            .with("ties", ties);
        match self.decided {
            Some(decided) => award.with("decider", &decided.metric).with("deciding", decided.value),
            None => award.with("decider", "none"),
        }
    }
}

fn past_the_bar(asked: &Asked, row: &Row<'_>, out: &mut Conclude) {
    let Some(bar) = &asked.bar else { return };
    let is_past = if asked.lowest_first { row.value() <= bar.value } else { row.value() >= bar.value };
    if is_past {
        for (award, to) in awards("past-the-bar", &bar.reward, asked.who, row.id()) {
            out.award_to(to, reason(asked, award, "past-the-bar", row).with("bar", bar.value));
        }
    }
}

fn prize_of(prizes: &[Prize], rank: u32) -> Option<&Reward> {
    prizes.iter().find(|p| p.rank == rank).map(|p| &p.reward)
}

/// The reward of each of `equals` who share a rank: the points of all the places that they take, divided; what is
/// left over is dropped. A badge can't be divided: everyone has the one of the rank.
fn divided(prizes: &[Prize], rank: u32, equals: u32) -> Option<Reward> {
    let taken = rank..rank.saturating_add(equals);
    let places: Vec<_> = prizes.iter().filter(|p| taken.contains(&p.rank)).map(|p| &p.reward).collect();
    let with_points = || places.iter().filter(|r| r.points.is_some());
    let total: u64 = with_points().filter_map(|r| r.points).map(u64::from).sum();
    let points = u32::try_from(total / u64::from(equals)).ok().filter(|&units| units > 0);
    let currency = with_points().map(|r| r.currency.clone()).next().unwrap_or_default();
    let badge = prize_of(prizes, rank).and_then(|r| r.badge.clone());
    (points.is_some() || badge.is_some()).then_some(Reward { points, currency, badge, prize: None })
}

/// A reward as awards, each with who gets it. Awards are unique by name: the first bears the plain one.
fn awards(name: &str, reward: &Reward, who: Who, id: &str) -> Vec<(Award, Target)> {
    let key = || if who == Who::Agents { Target::Agent(id.into()) } else { Target::Team(id.into()) };
    let members = || if who == Who::Agents { key() } else { Target::TeamMembers(id.into()) };
    let mut awards = Vec::new();
    if let Some(points) = reward.points {
        awards.push((Award::points(name, &reward.currency, points.into()), members()));
    }
    if let Some(badge) = &reward.badge {
        let own = if awards.is_empty() { name.to_string() } else { format!("{name}-badge") };
        awards.push((Award::badge(badge, 1).named(own), key()));
    }
    if let Some(prize) = &reward.prize {
        let own = if awards.is_empty() { name.to_string() } else { format!("{name}-prize") };
        awards.push((Award::prize(own, prize), key()));
    }
    awards
}

/// The message of a reason, in its form for teams if it is one.
fn reason(asked: &Asked, award: Award, message: &str, row: &Row<'_>) -> Award {
    let award = match asked.who {
        Who::Agents => award.because(message),
        Who::Teams => award.because(format!("{message}-team")).with("team", Value::team(row.id())),
    };
    let (shown, measure) = shown(asked);
    award.with("value", row.value()).with("shown", shown).with("measure", measure)
}

/// A text's arguments for a value as the settings want it read.
pub(crate) fn value(asked: &Asked, text: Text, value: f64) -> Text {
    let (shown, measure) = shown(asked);
    text.with("value", value).with("shown", shown).with("measure", measure)
}

fn shown(asked: &Asked) -> (&'static str, &str) {
    let shown = if asked.show == Show::Percent { "percent" } else { "number" };
    (shown, asked.measure.as_deref().unwrap_or("none"))
}
