//! What may be wrong with settings although each single value is right.

use plaudit_sdk::{Problem, problem};

use crate::settings::{Asked, By, Reward, Ties};

/// Names that managers give, in characters: they travel in every award.
const NAME_CHARS_MAX: usize = 100;

/// All problems, each at its field.
pub(crate) fn problems(asked: &Asked) -> Vec<Problem> {
    let mut found = Vec::new();
    measures(asked, &mut found);
    guards(asked, &mut found);
    tie_breaks(asked, &mut found);
    prizes(asked, &mut found);
    if let Some(bar) = &asked.bar {
        reward(&bar.reward, "/bar/reward", &mut found);
    }
    name(asked.measure.as_deref(), "/measure", &mut found);
    found
}

fn measures(asked: &Asked, found: &mut Vec<Problem>) {
    for (i, measure) in asked.metrics.iter().enumerate() {
        if asked.metrics[..i].iter().any(|m| m.metric == measure.metric && m.by == measure.by) {
            let message = format!("{:?} is in the list already: change its weight there", measure.metric);
            found.push(problem(format!("/metrics/{i}/metric"), message));
        }
        if measure.weight == 0.0 {
            let message = "is 0, so this metric would not count: give it a weight or take it out";
            found.push(problem(format!("/metrics/{i}/weight"), message));
        }
    }
    if asked.per_hour_of.is_some() && asked.metrics.iter().any(|m| m.by == By::Average) {
        let message = "divides totals, and an average is ranked: leave this out, or rank totals only";
        found.push(problem("/per_hour_of", message));
    }
}

fn guards(asked: &Asked, found: &mut Vec<Problem>) {
    for (i, guard) in asked.guards.iter().enumerate() {
        match (guard.at_least, guard.at_most) {
            (None, None) => {
                let message = "asks for nothing: set at_least, at_most or both";
                found.push(problem(format!("/guards/{i}"), message));
            }
            (Some(least), Some(most)) if least > most => {
                let message = format!("is {least}, above at_most ({most}): nobody could be ranked");
                found.push(problem(format!("/guards/{i}/at_least"), message));
            }
            _ => {}
        }
    }
}

fn tie_breaks(asked: &Asked, found: &mut Vec<Problem>) {
    for (i, tie) in asked.tie_breaks.iter().enumerate() {
        let at = format!("/tie_breaks/{i}/metric");
        if asked.tie_breaks[..i].iter().any(|t| t.metric == tie.metric && t.by == tie.by) {
            found
                .push(problem(at, format!("{:?} is in the list already and can't decide twice", tie.metric)));
        } else if let [only] = &asked.metrics[..]
            && asked.per_hour_of.is_none()
            && (&only.metric, only.by) == (&tie.metric, tie.by)
        {
            let message =
                format!("{:?} is what is ranked: between equal values it decides nothing", tie.metric);
            found.push(problem(at, message));
        }
    }
}

fn prizes(asked: &Asked, found: &mut Vec<Problem>) {
    for (i, prize) in asked.prizes.iter().enumerate() {
        if asked.prizes[..i].iter().any(|p| p.rank == prize.rank) {
            let message = format!("{} has a prize already: put all that it wins into one reward", prize.rank);
            found.push(problem(format!("/prizes/{i}/rank"), message));
        }
        reward(&prize.reward, &format!("/prizes/{i}/reward"), found);
    }
    if asked.ties == Ties::Split {
        divided(asked, found);
    }
}

/// What can't be divided among equals.
fn divided(asked: &Asked, found: &mut Vec<Problem>) {
    let mut currency = None;
    for (i, prize) in asked.prizes.iter().enumerate() {
        if prize.reward.prize.is_some() {
            let message = "can't be divided among equals: give points or a badge, or set ties to \"share\"";
            found.push(problem(format!("/prizes/{i}/reward/prize"), message));
        }
        if prize.reward.points.is_some()
            && *currency.get_or_insert(&prize.reward.currency) != &prize.reward.currency
        {
            let message =
                "has to be the same for all prizes that may be added up and divided (ties = \"split\")";
            found.push(problem(format!("/prizes/{i}/reward/currency"), message));
        }
    }
}

fn reward(reward: &Reward, at: &str, found: &mut Vec<Problem>) {
    if reward.points.is_none() && reward.badge.is_none() && reward.prize.is_none() {
        found.push(problem(at, "is empty: set points, badge or prize"));
    }
    name(Some(&reward.currency), &format!("{at}/currency"), found);
    name(reward.badge.as_deref(), &format!("{at}/badge"), found);
    name(reward.prize.as_deref(), &format!("{at}/prize"), found);
}

fn name(text: Option<&str>, at: &str, found: &mut Vec<Problem>) {
    let length = text.map_or(0, |t| t.chars().count());
    if length > NAME_CHARS_MAX {
        found.push(problem(at, format!("has {length} characters, may have at most {NAME_CHARS_MAX}")));
    }
}
