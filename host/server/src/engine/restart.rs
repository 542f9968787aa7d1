//! After a start: what was settled before is found again, and what disagrees with it is settled anew.

use plaudit_core::{
    award::{EffectId, EffectKind, Status},
    settle::Desired,
};

use super::task::Task;

impl Task {
    /// What stands and what is asked for are compared, once all is folded again; ids that differ are settled anew at
    /// the next block.
    pub(crate) fn wake_up(&mut self) -> Vec<EffectId> {
        self.silent = false;
        self.desired.clear_touched();
        self.closing.forget_proposals();
        let differing = self.disagreements();
        for id in &differing {
            self.desired.touch(id.clone());
        }
        differing
    }

    /// Everything asked for anew, after a checkpoint was loaded.
    pub(crate) fn gather_desired(&mut self) {
        self.desired = Desired::default();
        let of_keys = self.keys.values().flat_map(|k| k.spans.iter().flat_map(|s| s.effects.iter()));
        for emitted in of_keys.chain(self.closing.effects()) {
            self.desired.add(emitted.id.clone(), emitted.contribution.clone());
        }
        self.desired.clear_touched();
    }

    /// Ids whose standing differs from what is asked for: after folding again, none.
    pub(crate) fn disagreements(&self) -> Vec<EffectId> {
        let rows = self.book.rows();
        let granted =
            rows.iter().filter(|(id, row)| row.status == Status::Granted && !self.book.is_final(id));
        let void = granted.filter(|(id, row)| {
            id.kind == EffectKind::Award
                && self.desired.wanted(id).is_none_or(|wanted| !self.book.is_wanted(row, wanted))
        });
        let missing = self.desired.ids().into_iter().filter(|id| !rows.contains_key(*id));
        void.map(|(id, _)| (*id).clone()).chain(missing.cloned()).collect()
    }
}
