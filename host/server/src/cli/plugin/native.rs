//! The rule natively, in a child of its own, and beside its component: the same calls have to come to the same.

use std::{
    borrow::Cow,
    io::{BufReader, BufWriter},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, ensure};
use plaudit_core::{
    Millis,
    rule::{
        Batch, CallError, Change, ConcludeOutput, Conclusion, Effects, FoldOutput, Guest, Manifest, Plan,
    },
};
use plaudit_runtime::WasmGuest;
use serde::Serialize;

use super::{
    show::time,
    wire::{self, Answer, Request, Wrong},
};

/// A difference says so much of each side.
const SHOWN_CHARS: usize = 200;
/// Differences that are kept.
const DIFFERENCES_KEPT: usize = 100;

/// A child that serves the rule natively. It ends with its input, when this is dropped.
pub(super) struct Native {
    to: BufWriter<ChildStdin>,
    from: BufReader<ChildStdout>,
    _child: Child,
}

impl Native {
    /// Starts the program that `RuleCrate::build_native` made.
    pub(super) fn start(program: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("{} can't be started", program.display()))?;
        let to = child.stdin.take().context("no pipe to the native rule")?;
        let from = child.stdout.take().context("no pipe from the native rule")?;
        Ok(Self { to: BufWriter::new(to), from: BufReader::new(from), _child: child })
    }

    fn ask(&mut self, request: &Request<'_>) -> anyhow::Result<Answer> {
        wire::write(&mut self.to, request).context("the rule's native program does not listen")?;
        wire::read(&mut self.from)
            .context("the rule's native program says what is no answer; does the rule print?")?
            .context("the rule's native program has ended")
    }

    /// The manifest of the native rule.
    pub(super) fn describe(&mut self) -> anyhow::Result<Manifest> {
        let Answer::Described { wire, manifest } = self.ask(&Request::Describe)? else { return strange() };
        ensure!(
            wire == wire::VERSION,
            "the rule's SDK speaks another version ({wire}) of the messages than this program ({}): use the SDK that \
             belongs to it",
            wire::VERSION
        );
        serde_json::from_str(&manifest).context("the native rule's manifest")
    }

    /// Its plan.
    pub(super) fn plan(&mut self, settings: &str) -> anyhow::Result<Result<Plan, Vec<Wrong>>> {
        let Answer::Planned(plan) = self.ask(&Request::Plan { settings: settings.into() })? else {
            return strange();
        };
        plan.map_or_else(|problems| Ok(Err(problems)), |plan| Ok(Ok(serde_json::from_str(&plan)?)))
    }

    /// Nanoseconds of a fold, the fastest of some.
    pub(super) fn measure(&mut self, settings: &str, batch: &Batch, rounds: u32) -> anyhow::Result<u64> {
        let request = Request::Measure { settings: settings.into(), batch: Cow::Borrowed(batch), rounds };
        match self.ask(&request)? {
            Answer::Measured { nanos } => Ok(nanos),
            Answer::Failed { message, .. } => anyhow::bail!("natively the rule fails: {message}"),
            _ => strange(),
        }
    }

    fn fold(
        &mut self,
        settings: &str,
        batch: &Batch,
    ) -> anyhow::Result<Result<(Vec<Change>, Effects), CallError>> {
        match self.ask(&Request::Fold { settings: settings.into(), batch: Cow::Borrowed(batch) })? {
            Answer::Folded { changes, effects, .. } => Ok(Ok((changes, effects))),
            Answer::Failed { kind, message } => Ok(Err(kind.error(message))),
            _ => strange(),
        }
    }

    fn conclude(
        &mut self,
        settings: &str,
        conclusion: &Conclusion,
    ) -> anyhow::Result<Result<(Vec<u8>, Effects), CallError>> {
        let request = Request::Conclude { settings: settings.into(), conclusion: Cow::Borrowed(conclusion) };
        match self.ask(&request)? {
            Answer::Concluded { shared, effects, .. } => Ok(Ok((shared, effects))),
            Answer::Failed { kind, message } => Ok(Err(kind.error(message))),
            _ => strange(),
        }
    }
}

fn strange<T>() -> anyhow::Result<T> {
    anyhow::bail!("the rule's native program answers something else than it was asked")
}

/// The native rule and what was found, shared by all guests of a play.
#[derive(Clone)]
pub(super) struct Beside(Arc<Mutex<Compared>>);

/// What was found.
pub(super) struct Compared {
    native: Native,
    /// Calls that were compared.
    pub(super) calls: u64,
    /// Where they differ.
    pub(super) differences: Vec<String>,
    /// Why nothing can be compared any more.
    broken: Option<anyhow::Error>,
}

impl Beside {
    pub(super) fn new(native: Native) -> Self {
        Self(Arc::new(Mutex::new(Compared { native, calls: 0, differences: Vec::new(), broken: None })))
    }

    pub(super) fn open(&self) -> MutexGuard<'_, Compared> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many calls were compared, and where they differ.
    pub(super) fn close(&self) -> anyhow::Result<(u64, Vec<String>)> {
        let mut compared = self.open();
        match compared.broken.take() {
            Some(error) => Err(error),
            None => Ok((compared.calls, std::mem::take(&mut compared.differences))),
        }
    }
}

impl Compared {
    /// Notes a call; `at` says which.
    fn note<T>(
        &mut self,
        at: &str,
        ours: &Result<T, CallError>,
        theirs: anyhow::Result<Result<T, CallError>>,
        compare: impl FnOnce(&T, &T) -> Vec<String>,
    ) {
        let theirs = match theirs {
            Ok(theirs) => theirs,
            Err(error) => {
                self.broken.get_or_insert(error);
                return;
            }
        };
        self.calls += 1;
        let found = match (ours, &theirs) {
            (Ok(ours), Ok(theirs)) => compare(ours, theirs),
            // Whose fault it is; the words are the component's.
            (Err(_), Err(_)) | (Err(CallError::Infrastructure(_)), _) => Vec::new(),
            (Ok(_), Err(error)) => vec![format!("it fails natively: {error}")],
            (Err(error), Ok(_)) => vec![format!("it fails as a component: {error}")],
        };
        let room = DIFFERENCES_KEPT.saturating_sub(self.differences.len());
        self.differences.extend(found.into_iter().take(room).map(|what| format!("{at}: {what}")));
    }
}

/// A component's rule with the native one beside it. What the component says counts.
pub(super) struct Paired {
    guest: WasmGuest,
    beside: Beside,
}

impl Paired {
    pub(super) fn new(guest: WasmGuest, beside: &Beside) -> Self {
        Self { guest, beside: beside.clone() }
    }
}

impl Guest for Paired {
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        let output = self.guest.fold(settings, batch);
        let mut compared = self.beside.open();
        if compared.broken.is_none() {
            let theirs = compared.native.fold(settings, batch);
            let ours = output.as_ref().map(|o| (o.changes.clone(), o.effects.clone())).map_err(Clone::clone);
            let last: Option<Millis> = batch.time.last().copied();
            let at = last.map_or_else(|| "timers".to_owned(), |at| format!("the steps up to {}", time(at)));
            compared.note(&at, &ours, theirs, |ours, theirs| {
                [changes(batch, &ours.0, &theirs.0), effects(&ours.1, &theirs.1)].concat()
            });
        }
        output
    }

    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        let output = self.guest.conclude(settings, conclusion);
        let mut compared = self.beside.open();
        if compared.broken.is_none() {
            let theirs = compared.native.conclude(settings, conclusion);
            let ours = output.as_ref().map(|o| (o.shared.clone(), o.effects.clone())).map_err(Clone::clone);
            let at = format!("the close of {}", conclusion.period.id);
            compared.note(&at, &ours, theirs, |ours, theirs| {
                let shared = (ours.0 != theirs.0)
                    .then(|| format!("shared state {} ≠ natively {}", bytes(&ours.0), bytes(&theirs.0)));
                [shared.into_iter().collect(), effects(&ours.1, &theirs.1)].concat()
            });
        }
        output
    }
}

/// States byte for byte, and when they wake.
fn changes(batch: &Batch, ours: &[Change], theirs: &[Change]) -> Vec<String> {
    let mut found = Vec::new();
    for (slot, of) in (0_u32..).zip(&batch.slots) {
        let own = |changes: &[Change]| changes.iter().find(|change| change.slot == slot).cloned();
        let state =
            |change: Option<Change>| change.map_or_else(|| "unchanged".to_owned(), |c| bytes(&c.state));
        let wake =
            |change: Option<Change>| change.and_then(|c| c.wake_at).map_or_else(|| "never".into(), time);
        let (a, b) = (own(ours), own(theirs));
        if a.as_ref().map(|c| &c.state) != b.as_ref().map(|c| &c.state) {
            found.push(format!("state of {} {} ≠ natively {}", of.id, state(a), state(b)));
        } else if a.as_ref().map(|c| c.wake_at) != b.as_ref().map(|c| c.wake_at) {
            found.push(format!("next timer of {} {} ≠ natively {}", of.id, wake(a), wake(b)));
        }
    }
    found
}

/// Effects kind by kind, the first that differs of each.
fn effects(ours: &Effects, theirs: &Effects) -> Vec<String> {
    let found = [
        first("award", &ours.awards, &theirs.awards),
        first("praise", &ours.praise, &theirs.praise),
        first("score", &ours.scores, &theirs.scores),
        first("tickets", &ours.tickets, &theirs.tickets),
        first("progress", &ours.progress, &theirs.progress),
        first("draw", &ours.draws, &theirs.draws),
        first("chance", &ours.chances, &theirs.chances),
    ];
    found.into_iter().flatten().collect()
}

/// Compared as bytes: −0 is not 0 here.
fn first<T: Serialize + std::fmt::Debug>(what: &str, ours: &[T], theirs: &[T]) -> Option<String> {
    let said = |of: Option<&T>| of.map_or_else(|| "nothing".to_owned(), |of| shortened(format!("{of:?}")));
    let written = |of: Option<&T>| of.map(|of| postcard::to_allocvec(of).unwrap_or_default());
    (0..ours.len().max(theirs.len())).find_map(|index| {
        let (a, b) = (ours.get(index), theirs.get(index));
        (written(a) != written(b)).then(|| format!("{what} {index} {} ≠ natively {}", said(a), said(b)))
    })
}

fn bytes(state: &[u8]) -> String {
    let hex: String = state.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} bytes {}", state.len(), shortened(hex))
}

fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(SHOWN_CHARS) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use plaudit_core::rule::Score;

    use super::*;

    #[test]
    fn the_first_effect_that_differs_is_shown_even_by_a_bit() {
        let score = |value| Score { step: 0, board: 0, column: 0, value, weight: 1.0 };
        let with = |values: &[f64]| Effects {
            scores: values.iter().copied().map(score).collect(),
            ..Effects::default()
        };
        assert_eq!(effects(&with(&[1.0]), &with(&[1.0])), Vec::<String>::new());
        let found = effects(&with(&[1.0, 0.0]), &with(&[1.0, -0.0]));
        assert!(found.len() == 1 && found[0].starts_with("score 1 "), "{found:?}");
        assert!(effects(&with(&[1.0]), &with(&[]))[0].ends_with("natively nothing"));
    }

    #[test]
    fn a_state_that_one_side_does_not_change_is_a_difference() {
        let slot = plaudit_core::rule::Slot { id: "ana".into(), zone: 0, state: vec![], until: 0 };
        let batch = Batch { slots: vec![slot], ..Batch::default() };
        let change = |state: Vec<u8>, wake_at| vec![Change { slot: 0, state, wake_at }];
        assert!(changes(&batch, &change(vec![1], None), &change(vec![1], None)).is_empty());
        let found = changes(&batch, &change(vec![1], None), &[]);
        assert_eq!(found, ["state of ana 1 bytes 01 ≠ natively unchanged"]);
        let found = changes(&batch, &change(vec![1], Some(1)), &change(vec![1], None));
        assert!(found[0].starts_with("next timer of ana"), "{found:?}");
    }
}
