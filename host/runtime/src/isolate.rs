//! Finding the one key that a rule fails on.

use std::ops::Range;

use plaudit_core::rule::{Batch, CallError, FoldOutput, Guest, MetricColumn, Origin, TextColumn};

/// How often a call that failed through no fault of the rule is tried again, in all.
pub const INFRASTRUCTURE_RETRIES_MAX: u32 = 8;

/// A key on which the rule fails.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("slot {slot}: {error}")]
pub struct Isolated {
    /// Index into the slots of the batch. For [`CallError::Infrastructure`]: the first slot of the part that failed.
    pub slot: u32,
    /// Why it fails, also alone.
    pub error: CallError,
}

/// Folds a batch. If the rule fails, the batch is split by keys until one key alone fails, and once more alone. If the host
/// fails, smaller parts are tried, [`INFRASTRUCTURE_RETRIES_MAX`] times in all.
///
/// The guest is expected to be as fresh after an error, as a `WasmGuest` is.
pub fn fold_isolating(guest: &mut dyn Guest, settings: &str, batch: Batch) -> Result<FoldOutput, Isolated> {
    let error = match guest.fold(settings, &batch) {
        Ok(output) => return Ok(output),
        Err(error) => error,
    };
    let mut search =
        Search { parts: Vec::new(), retries: INFRASTRUCTURE_RETRIES_MAX, found: FoldOutput::default() };
    let all = Part { slots: 0..batch.slots.len(), again: false };
    search.split(all, error)?;
    while let Some(part) = search.parts.pop() {
        let (some, steps) = select(&batch, &part.slots);
        match guest.fold(settings, &some) {
            Ok(output) => search.merge(output, part.slots.start, &steps),
            Err(error) => search.split(part, error)?,
        }
    }
    Ok(search.found)
}

/// Some keys of a batch.
struct Part {
    slots: Range<usize>,
    /// Whether this key has already failed alone.
    again: bool,
}

struct Search {
    /// Still to do, the next one last.
    parts: Vec<Part>,
    retries: u32,
    found: FoldOutput,
}

impl Search {
    /// What to try after a part has failed; an error when it is clear who is to blame.
    fn split(&mut self, part: Part, error: CallError) -> Result<(), Isolated> {
        let Range { start, end } = part.slots;
        let isolated = |error| Isolated { slot: u32::try_from(start).unwrap_or(u32::MAX), error };
        if let CallError::Infrastructure(_) = error {
            if self.retries == 0 {
                return Err(isolated(error));
            }
            self.retries -= 1;
        } else if part.again || start == end {
            return Err(isolated(error));
        }
        if end - start > 1 {
            let middle = start + (end - start) / 2;
            self.parts.push(Part { slots: middle..end, again: false });
            self.parts.push(Part { slots: start..middle, again: false });
        } else {
            let again = part.again || matches!(error, CallError::Rule(_));
            self.parts.push(Part { slots: start..end, again });
        }
        Ok(())
    }

    /// Adds a part's output, counted as in the whole batch.
    fn merge(&mut self, mut output: FoldOutput, first_slot: usize, steps: &[u32]) {
        let first = u32::try_from(first_slot).unwrap_or(u32::MAX);
        let step = |index: u32| steps.get(index as usize).copied().unwrap_or(index);
        let origin = |origin: Origin| match origin {
            Origin::Step(index) => Origin::Step(step(index)),
            Origin::Timer { slot, at } => Origin::Timer { slot: first + slot, at },
            Origin::Close => Origin::Close,
        };
        output.changes.iter_mut().for_each(|change| change.slot += first);
        let effects = &mut output.effects;
        effects.awards.iter_mut().for_each(|award| award.0 = origin(award.0));
        effects.praise.iter_mut().for_each(|praise| praise.0 = origin(praise.0));
        effects.scores.iter_mut().for_each(|score| score.step = step(score.step));
        effects.tickets.iter_mut().for_each(|tickets| tickets.step = step(tickets.step));
        effects.progress.iter_mut().for_each(|progress| progress.slot += first);
        effects.chances.iter_mut().for_each(|chance| chance.at = origin(chance.at));
        self.found.changes.append(&mut output.changes);
        self.found.effects.awards.append(&mut effects.awards);
        self.found.effects.praise.append(&mut effects.praise);
        self.found.effects.scores.append(&mut effects.scores);
        self.found.effects.tickets.append(&mut effects.tickets);
        self.found.effects.progress.append(&mut effects.progress);
        self.found.effects.draws.append(&mut effects.draws);
        self.found.effects.chances.append(&mut effects.chances);
        self.found.logs.append(&mut output.logs);
        self.found.fuel += output.fuel;
    }
}

/// The steps of some slots as a batch of its own, and where each of them stands in the whole.
fn select(batch: &Batch, slots: &Range<usize>) -> (Batch, Vec<u32>) {
    let steps: Vec<usize> =
        (0..batch.steps()).filter(|&step| slots.contains(&(batch.slot_of[step] as usize))).collect();
    let first = u32::try_from(slots.start).unwrap_or(u32::MAX);
    let some = Batch {
        slots: batch.slots[slots.clone()].to_vec(),
        agents: batch.agents.clone(),
        zones: batch.zones.clone(),
        shared: batch.shared.clone(),
        kind: pick(&batch.kind, &steps),
        slot_of: steps.iter().map(|&step| batch.slot_of[step] - first).collect(),
        agent_of: pick(&batch.agent_of, &steps),
        time: pick(&batch.time, &steps),
        metrics: batch
            .metrics
            .iter()
            .map(|column| MetricColumn {
                values: pick(&column.values, &steps),
                weights: pick(&column.weights, &steps),
            })
            .collect(),
        attributes: batch
            .attributes
            .iter()
            .map(|column| TextColumn { words: column.words.clone(), at: pick(&column.at, &steps) })
            .collect(),
    };
    let steps = steps.into_iter().map(|step| u32::try_from(step).unwrap_or(u32::MAX)).collect();
    (some, steps)
}

/// Some items of a column; an empty column stays empty.
fn pick<T: Copy>(column: &[T], steps: &[usize]) -> Vec<T> {
    if column.is_empty() { Vec::new() } else { steps.iter().map(|&step| column[step]).collect() }
}

#[cfg(test)]
mod tests;
