//! "Why did I not win": a few sentences, derived from the rest and never from anything else.

use plaudit_core::{
    award::{Content, Standing, Status},
    event::SubjectKind,
};

use super::words::Words;
use crate::api::{
    explained::{Lot, Place},
    views::{DrawState, PeriodState},
};

/// The answer: what they got or where they stand, then what kept them from more.
pub(super) fn sentences(words: &Words<'_>) -> Vec<String> {
    all(words).into_iter().map(|sentence| begun(&sentence)).collect()
}

/// With a capital: a sentence may begin with the name of a metric.
fn begun(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn all(words: &Words<'_>) -> Vec<String> {
    let e = words.explained;
    let mut said = Vec::new();
    if let Some(reason) = &e.disqualified {
        let title = e.incentive.title.clone();
        said.push(
            words.with("disqualified", &[("incentive", title.into()), ("reason", reason.clone().into())]),
        );
    } else if e.totals.not_counted.contains_key("unknown-agent") {
        said.push(words.t("unknown"));
        return said;
    } else if !e.in_audience {
        said.push(words.with("not-for-you", &[("incentive", e.incentive.title.clone().into())]));
        return said;
    }
    said.extend(gained(words));
    said.extend(e.stands_aside.then(|| words.t("aside")));
    said.extend(withheld(words));
    said.extend(e.draws.iter().filter(|lot| lot.won.is_empty()).map(|lot| of_lot(words, lot)));
    // Where a draw decides, a board only shows who has how much.
    if e.draws.is_empty() {
        said.extend(e.boards.iter().flat_map(|place| of_place(words, place)));
    }
    if said.is_empty() || (e.boards.is_empty() && e.draws.is_empty()) {
        said.extend(e.progress.as_ref().map(|progress| words.rule_text(&progress.text)));
    }
    if said.is_empty() {
        said.push(words.t(if e.state == PeriodState::Open { "not-yet" } else { "not-earned" }));
    }
    said.extend(uncounted(words));
    said
}

/// What stands: things to have, not words.
fn gained(words: &Words<'_>) -> Vec<String> {
    let mut said = Vec::new();
    for (kind, id) in [(SubjectKind::Agent, "won"), (SubjectKind::Team, "standing-won")] {
        let granted = |row: &&Standing| row.status == Status::Granted && row.id.subject.kind == kind;
        let reward = |row: &Standing| match &row.content {
            Content::Award { reward, .. } => Some(reward.clone()),
            Content::Praise { .. } => None,
        };
        let rewards: Vec<_> = words.explained.awards.iter().filter(granted).filter_map(reward).collect();
        if !rewards.is_empty() {
            said.push(words.with(id, &[("what", words.rewards(&rewards).into())]));
        }
    }
    said
}

fn withheld(words: &Words<'_>) -> Vec<String> {
    let of = |row: &Standing| {
        let Content::Award { reward, .. } = &row.content else { return None };
        if row.status == Status::Granted {
            return None;
        }
        let what = words.rewards(std::slice::from_ref(reward));
        Some(words.with("withheld", &[("what", what.into()), ("status", words.status(row).into())]))
    };
    words.explained.awards.iter().filter_map(of).collect()
}

/// What a lot came to.
pub(super) fn of_lot(words: &Words<'_>, lot: &Lot) -> String {
    let numbers = [("own", words.count(lot.tickets)), ("all", words.count(lot.all_tickets))];
    let mut said = if !lot.won.is_empty() {
        words.with("won", &[("what", words.rewards(&lot.won).into())])
    } else if let Some(why) = &lot.excluded {
        words.with("draw-excluded", &[("reason", words.excluded(why).into())])
    } else if lot.tickets == 0 {
        words.t("draw-none")
    } else {
        let id = match lot.state {
            DrawState::Open => "draw-open",
            DrawState::Sealed => "draw-sealed",
            DrawState::Held => "draw-lost",
        };
        words.with(id, &numbers)
    };
    if let Some(now) = lot.tickets_now.filter(|now| lot.list_hash.is_some() && *now != lot.tickets) {
        let numbers = [("own", words.count(lot.tickets)), ("now", words.count(now))];
        said = format!("{said} {}", words.with("draw-later", &numbers));
    }
    said
}

/// Where a row stands, and what is missing to it.
fn of_place(words: &Words<'_>, place: &Place) -> Vec<String> {
    // Their own choice was said already; a guard that is missed decides nothing then.
    let Some(row) = place.row.as_ref().filter(|_| !words.explained.stands_aside) else { return Vec::new() };
    let missed: Vec<String> =
        place.guards.iter().filter(|(_, met)| !met).map(|(guard, _)| words.missed(guard)).collect();
    if row.rank == 0 {
        return if missed.is_empty() { vec![words.t("no-value")] } else { missed };
    }
    let id = if words.explained.state == PeriodState::Open { "rank-open" } else { "rank" };
    let numbers = [("rank", words.count(row.rank.into())), ("ranked", words.count(place.ranked as u64))];
    let mut said = vec![words.with(id, &numbers)];
    said.extend(place.next.as_ref().map(|next| words.next(next)));
    said
}

/// What did not count. A version that a newer one of the same fact replaced is not missed by anybody.
fn uncounted(words: &Words<'_>) -> Option<String> {
    let totals = &words.explained.totals;
    let replaced = ["superseded", "stale"];
    let not = || totals.not_counted.iter().filter(|(code, _)| !replaced.contains(*code));
    let n: u64 = not().map(|(_, n)| n).sum();
    if totals.counted + n == 0 {
        return Some(words.t("no-facts"));
    }
    if n == 0 {
        return None;
    }
    if totals.counted == 0 && n > 1 {
        return Some(words.n("none-counted", n));
    }
    let (most, _) = not().max_by_key(|(_, n)| **n)?;
    let reason = words.t(&format!("because-{most}"));
    let numbers =
        [("n", words.count(n)), ("all", words.count(totals.counted + n)), ("reason", reason.into())];
    Some(words.with("uncounted", &numbers))
}
