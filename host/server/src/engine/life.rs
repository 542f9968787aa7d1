//! The life of an award, told step by step: from its standing, and from what the journal says of blocks, versions and
//! decisions.

use plaudit_core::{
    Id, Millis,
    award::{Standing, Status, StepKind, Withheld},
    calendar::Calendar,
    journal::{Decision, Entry},
    price::Price,
};
use plaudit_store::{StoreError, family, family::awarded};

use super::{Inner, views, worker};
use crate::api::views::{AwardLife, AwardView, StepView};

/// An award by the digest of its id.
pub(super) fn find(inner: &Inner, id: &str) -> Result<Option<Standing>, StoreError> {
    let incentives: Vec<Id> = inner.house().incentives.keys().cloned().collect();
    for incentive in incentives {
        let key = (incentive.to_string(), id.to_owned());
        if let Some(row) = family::get::<family::standing::Standing>(&*inner.store, &key)? {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// An award with its life.
pub(super) fn life(inner: &Inner, id: &str) -> Result<Option<AwardLife>, StoreError> {
    let Some(row) = find(inner, id)? else { return Ok(None) };
    let house = inner.house();
    let Some(enabled) = house.incentives.get(&row.id.incentive) else { return Ok(None) };
    let incentive = &enabled.incentive;
    let past = worker::past_of(inner, &row.id.incentive, u64::MAX)?;
    let price = Price::of(&row.content, &incentive.prizes);
    let final_through = inner.final_through(&row.id.incentive);
    let is_final = row.time < final_through && row.status != Status::Proposed;
    let final_since = is_final.then(|| {
        let calendar = Calendar::new(&incentive.periods, incentive.zone, incentive.start, incentive.end).ok();
        let period = calendar.and_then(|calendar| calendar.period_at(row.time));
        // An incentive that was ended by hand has cut its last period short.
        let end = period.map_or(row.time, |p| p.end).min(enabled.ended.unwrap_or(Millis::MAX));
        end + inner.config.grace_ms
    });
    let mut history = Vec::with_capacity(row.steps.len() + 1);
    for step in &row.steps {
        let at = family::journal::read_block(&*inner.store, step.block)?.map_or(0, |block| block.at);
        history.push(told(&row, &step.what, step.block, at, &past));
    }
    if let Some(at) = final_since {
        history.push(StepView { at, what: "final".into(), ..StepView::default() });
    }
    Ok(Some(AwardLife {
        award: views::award(&row, &incentive.plugin),
        worth: price.by_unit(),
        paid: row.paid.by_unit(),
        held: row.held.by_unit(),
        is_final,
        history,
    }))
}

/// The latest of what stands with some status.
pub(super) fn with_status(
    inner: &Inner,
    status: &str,
    incentive: Option<&str>,
    limit: usize,
) -> Vec<AwardView> {
    let store = &*inner.store;
    let wanted = |row: &Standing| {
        incentive.is_none_or(|id| *row.id.incentive == *id)
            && row.id.kind == plaudit_core::award::EffectKind::Award
            && word(&row.status) == status
    };
    let all = match incentive {
        _ if status == word(&Status::Proposed) => awarded::proposed(store),
        None => awarded::newest(store, &|_| true, &wanted, (0, limit)),
        Some(incentive) => {
            let prefix = [incentive.as_bytes(), &[0]].concat();
            family::scan_prefix::<family::standing::Standing>(store, &prefix, usize::MAX)
        }
    };
    let of_these = all.map(|rows| rows.into_iter().filter(|(_, row)| wanted(row)).collect());
    let mut awards = inner.awards_of(of_these);
    awards.truncate(limit);
    awards
}

fn word(status: &Status) -> &'static str {
    match status {
        Status::Granted => "granted",
        Status::Withheld(_) => "withheld",
        Status::Reversed => "reversed",
        Status::Proposed => "proposed",
    }
}

fn told(row: &Standing, what: &StepKind, block: u64, at: Millis, past: &[(u64, Millis, Entry)]) -> StepView {
    let version = past.iter().rev().find_map(|(of, _, entry)| match entry {
        Entry::Incentive(incentive) if *of <= block => Some((*of, incentive.plugin.clone())),
        _ => None,
    });
    let (version, rule) = version.map_or((None, None), |(block, plugin)| (Some(block), Some(plugin)));
    let mut view = StepView { at, block: Some(block), version, rule, ..StepView::default() };
    let because = |why: &plaudit_core::award::Cause| match why {
        plaudit_core::award::Cause::Corrected => "corrected".to_owned(),
        plaudit_core::award::Cause::Version => "version".to_owned(),
    };
    match what {
        StepKind::Granted => view.what = "granted".into(),
        StepKind::Proposed => view.what = "proposed".into(),
        StepKind::Approved { by } => (view.what, view.by) = ("approved".into(), Some(by.clone())),
        StepKind::Changed { why } => (view.what, view.why) = ("changed".into(), Some(because(why))),
        StepKind::Reversed { why } => (view.what, view.why) = ("reversed".into(), Some(because(why))),
        StepKind::Withheld { why, reason, by } => {
            (view.what, view.why) = ("withheld".into(), Some(why.word().to_owned()));
            view.reason = (!reason.is_empty()).then(|| reason.clone());
            view.by.clone_from(by);
            if *why == Withheld::Disqualified {
                view.by = disqualified_by(row, block, past);
            }
        }
    }
    view
}

fn disqualified_by(row: &Standing, block: u64, past: &[(u64, Millis, Entry)]) -> Option<Id> {
    past.iter().rev().find_map(|(of, _, entry)| match entry {
        Entry::Decision { decision: Decision::Disqualify { subject, .. }, actor, .. }
            if *of <= block && *subject == row.id.subject.id =>
        {
            Some(actor.clone())
        }
        _ => None,
    })
}
