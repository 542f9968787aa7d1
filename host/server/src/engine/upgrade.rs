//! Another version of a running incentive: it takes over at the end of a block.
//!
//! Everything since the last final boundary is folded by the new version, and what it asks for is compared with what
//! stands: awards that stay the same are neither given nor told again. What is final stays as it is.
//!
//! States at the boundary are the oldest that anything folds from. They are kept where the new version would have the
//! same ones (see [`keeps_states`]); otherwise they are made anew from the incentive's start, by the new version.

use std::{collections::BTreeMap, sync::Arc};

use plaudit_core::{
    Millis,
    award::{Cause, EffectKind},
    event::{Event, Subject},
    incentive::Incentive,
    journal::{Decision, Entry, Position},
    rule::Manifest,
};
use plaudit_store::{StoreError, family, family::control::Control};

use super::{
    Engine, Inner,
    adjust::{difference, left, sum, task_failed},
    rehearsal::{Watch, play_to},
    steps::BlockView,
    task::{Keys, Outcome, Task, TaskError, World},
    worker::make,
};
use crate::api::{
    finality::NoProposal,
    versions::{Preview, Version, Versions},
};

/// Entries of the journal read at once.
const ENTRIES_AT_ONCE: usize = 1000;
/// How much of a takeover it is to make states anew from the start, in thousandths: as a rule far more history than what
/// follows the final boundary.
const ANEW_PER_MILLE: u64 = 800;

/// Puts a new version, which this block of the journal enabled, in a task's place and folds as of the end of this block.
pub(super) fn replace(
    inner: &Arc<Inner>,
    task: &mut Task,
    incentive: &Incentive,
    version: u64,
    view: &BlockView,
    watch: &Watch,
) -> Result<Outcome, TaskError> {
    let mut next = make(inner, incentive.clone(), &inner.house())?;
    next.left_out.clone_from(&task.left_out);
    next.closing = task.closing.reopened();
    let same_kind = (next.plan.key, next.plan.state) == (task.plan.key, task.plan.state);
    if same_kind && keeps_states(inner, &task.incentive, incentive)? {
        next.keys = std::mem::take(&mut task.keys);
    } else {
        watch.enter(0, ANEW_PER_MILLE);
        begin_anew(inner, &mut next, view, watch)?;
        watch.enter(ANEW_PER_MILLE, 1000);
    }
    for key in next.keys.values_mut() {
        key.rewind_all(&mut Vec::new()); // What they had said is said anew, or not.
    }
    next.book = std::mem::take(&mut task.book);
    next.reserved = std::mem::take(&mut task.reserved);
    next.adopt_money(version);
    next.too_late = task.too_late;
    next.silent = task.silent;
    next.told_from = task.told_from;
    next.gather_desired(); // Draws that were held stay.
    let known: Vec<_> = next.book.rows().into_keys().cloned().collect();
    known.into_iter().for_each(|id| next.desired.touch(id));
    *task = next;
    task.book.cause = Cause::Version;
    let outcome = task.rebuild(view, &Watched::new(inner, watch));
    task.book.cause = Cause::Corrected;
    outcome
}

/// Whether states at the final boundary are the same for both versions: see [`are_same_states`].
fn keeps_states(inner: &Inner, old: &Incentive, new: &Incentive) -> Result<bool, TaskError> {
    let plugin = |digest: &str| inner.plugins.plugin(digest).map_err(TaskError::Infrastructure);
    let (before, after) = (plugin(&old.plugin)?, plugin(&new.plugin)?);
    Ok(are_same_states((before.manifest(), old), (after.manifest(), new)))
}

/// The same rule with the same schema of state, and the same of all that a state can depend on. A state may be laid out
/// by its settings (a list of badges, say), so that other settings are another state.
fn are_same_states((before, old): (&Manifest, &Incentive), (after, new): (&Manifest, &Incentive)) -> bool {
    let same_rule = (&before.name, before.state_schema) == (&after.name, after.state_schema);
    let same_inputs = (&old.settings, &old.metrics, &old.audience, old.start, old.zone, &old.periods)
        == (&new.settings, &new.metrics, &new.audience, new.start, new.zone, &new.periods);
    same_rule && same_inputs
}

/// Gives a task the states that it would have at its final boundary, had it run from the incentive's start with
/// everything that is known now. What it would have given before the boundary is not given: that is final.
pub(super) fn begin_anew(
    inner: &Inner,
    task: &mut Task,
    view: &BlockView,
    watch: &Watch,
) -> Result<(), TaskError> {
    let boundary = task.closing.final_through;
    if boundary <= task.incentive.start {
        return Ok(());
    }
    let mut run = make(inner, task.incentive.clone(), &inner.house())?;
    run.roster = view.roster.clone();
    run.left_out.clone_from(&task.left_out);
    run.book.is_boundless = true;
    let run = play_to(run, boundary, view.block.number, &*inner.history, watch)?;
    task.closing.take_shared(&run.closing);
    task.keys = run.keys;
    Ok(())
}

/// All versions of an incentive, the first one first.
pub(super) fn versions(inner: &Inner, id: &str) -> Result<Vec<Version>, StoreError> {
    let mut versions: Vec<Version> = Vec::new();
    let mut next = (1, 0);
    loop {
        let rows = family::scan::<Control>(&*inner.store, Some(&next), ENTRIES_AT_ONCE)?;
        let Some((last, _)) = rows.last() else { return Ok(versions) };
        next = (last.0, last.1 + 1);
        for ((block, _), entry) in rows {
            match entry {
                Entry::Incentive(incentive) if *incentive.id == *id => {
                    let at = family::journal::read_block(&*inner.store, block)?.map_or(0, |b| b.at);
                    let number = versions.len() as u32 + 1;
                    versions.push(Version { number, block, at, incentive, actor: None, back_to: None });
                }
                Entry::Decision { incentive, decision: Decision::Enable { back_to }, actor }
                    if *incentive == *id =>
                {
                    if let Some(version) = versions.last_mut().filter(|v| v.block == block) {
                        (version.actor, version.back_to) = (Some(actor), back_to);
                    }
                }
                _ => {}
            }
        }
    }
}

impl Versions for Engine {
    fn versions(&self, incentive: &str) -> Vec<Version> {
        versions(&self.inner, incentive).unwrap_or_else(|error| {
            tracing::error!(%error, "the versions of an incentive can't be read");
            Vec::new()
        })
    }

    fn preview(&self, wanted: &Incentive, watch: &Watch) -> Result<Preview, NoProposal> {
        preview(&self.inner, wanted, watch)
    }
}

/// The house as it is, for something that may take long: it hears how far that is, and may end it.
struct Watched<'a> {
    inner: &'a Inner,
    watch: &'a Watch,
}

impl<'a> Watched<'a> {
    fn new(inner: &'a Inner, watch: &'a Watch) -> Self {
        Self { inner, watch }
    }
}

impl World for Watched<'_> {
    fn facts(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
    ) -> Result<Vec<(Position, Arc<Event>)>, StoreError> {
        self.inner.facts(subjects, from, to, through)
    }

    fn seed(&self, incentive: &str, period: &str, draw: &str) -> [u8; 32] {
        self.inner.seed(incentive, period, draw)
    }

    fn goes_on(&self, keys: Keys) -> bool {
        // Reading takes about as long as folding.
        let (done, of) = match keys {
            Keys::Read { done, of } => (done, 2 * of),
            Keys::Folded { done, of } => (of + done, 2 * of),
        };
        self.watch.tell(done as u64, of as u64);
        !self.watch.is_cancelled()
    }
}

/// Lets a version take over from a copy of the running task, and says what that would settle.
fn preview(inner: &Arc<Inner>, wanted: &Incentive, watch: &Watch) -> Result<Preview, NoProposal> {
    let _turn = inner.turn(watch)?;
    let mut copy = copy(inner, &wanted.id)?;
    let keeps_states = keeps_states(inner, &copy.incentive, wanted).map_err(task_failed)?;
    let before: BTreeMap<_, _> =
        copy.book.rows().into_iter().map(|(id, row)| (id.clone(), row.clone())).collect();
    let view = inner.view(copy.cursor).map_err(super::adjust::failed)?;
    let outcome = replace(inner, &mut copy, wanted, view.block.number, &view, watch).map_err(task_failed)?;
    let awards = outcome.settled.iter().filter(|s| s.standing.id.kind == EffectKind::Award);
    let differences: Vec<_> = awards.map(|s| difference(before.get(&s.standing.id), s, wanted)).collect();
    Ok(Preview {
        incentive: wanted.id.clone(),
        plugin: wanted.plugin.clone(),
        block: view.block.number,
        keeps_states,
        units: differences.iter().map(|d| d.units).sum(),
        left: left(&copy.book.purse, wanted),
        moved: sum(outcome.settled.iter().map(|s| &s.moved)).by_unit(),
        differences,
    })
}

/// The running task once more; its lock is held no longer than copying takes.
fn copy(inner: &Inner, id: &str) -> Result<Task, NoProposal> {
    let unknown = || NoProposal::Unknown(format!("there is no incentive {id:?}"));
    let slot = inner.slot(id).ok_or_else(unknown)?;
    let state = slot.lock();
    let Some(loaded) = state.loaded.as_ref().filter(|l| l.task.cursor >= l.silent_through()) else {
        return Err(NoProposal::Busy(format!("the incentive {id:?} is not loaded yet; ask again")));
    };
    let task = &loaded.task;
    let mut copy = make(inner, task.incentive.clone(), &inner.house()).map_err(task_failed)?;
    (copy.cursor, copy.at) = (task.cursor, task.at);
    copy.keys.clone_from(&task.keys);
    copy.closing.clone_from(&task.closing);
    copy.book.clone_from(&task.book);
    copy.left_out.clone_from(&task.left_out);
    copy.reserved = task.reserved.clone();
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use plaudit_core::incentive::{Allotment, Audience, Periods};

    use super::*;

    fn incentive() -> Incentive {
        Incentive {
            id: "spring".into(),
            title: "Spring".into(),
            plugin: "one".into(),
            settings: "{}".into(),
            audience: Audience::default(),
            start: 0,
            end: None,
            zone: chrono_tz::Europe::Vilnius,
            periods: Periods::Daily,
            allotment: Vec::new(),
            prizes: BTreeMap::new(),
            approval: Vec::new(),
            metrics: vec![("calls".into(), 1)],
        }
    }

    fn manifest(version: &str, state_schema: u32) -> Manifest {
        Manifest {
            name: "badges".into(),
            version: version.into(),
            contract: "plaudit:rule@1.0.0".into(),
            settings: serde_json::json!({}),
            state_schema,
            texts: BTreeMap::new(),
        }
    }

    #[test]
    fn states_are_kept_only_where_nothing_they_depend_on_has_changed() {
        let (old, old_manifest) = (incentive(), manifest("1.0.0", 1));
        let keeps = |new: &Incentive, after: &Manifest| are_same_states((&old_manifest, &old), (after, new));
        let newer = manifest("1.1.0", 1);
        assert!(keeps(&Incentive { plugin: "two".into(), ..incentive() }, &newer));
        let richer = Allotment { budget: "b".into(), currency: "points".into(), units: 5 };
        assert!(keeps(
            &Incentive { allotment: vec![richer], end: Some(9), title: "May".into(), ..incentive() },
            &newer
        ));
        assert!(!keeps(&incentive(), &manifest("2.0.0", 2)), "a raised schema is another state");
        assert!(!keeps(&Incentive { settings: r#"{"at": 2}"#.into(), ..incentive() }, &newer));
        assert!(!keeps(&Incentive { metrics: vec![("calls".into(), 2)], ..incentive() }, &newer));
        assert!(!keeps(&Incentive { start: 1, ..incentive() }, &newer));
    }
}
