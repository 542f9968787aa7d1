//! The threads of rehearsals: few, their own, with a short queue. They begin when there is something to do and end when
//! there is nothing more.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
};

use plaudit_core::{incentive::Incentive, settle::Purse};

use super::{
    Engine, Inner,
    rehearsal::{Beginning, Luck, Report, Script, Settling, Stop, Watch, rehearse},
    task::TaskError,
    worker,
};

/// Rehearsals that run at once: the house's own work goes first.
pub(crate) const RUNNING_MAX: usize = 2;
/// Rehearsals that wait for a thread; one more is refused.
pub(crate) const WAITING_MAX: usize = 8;

/// Too many rehearsals wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{WAITING_MAX} rehearsals wait already; try again when one is done")]
pub struct Full;

/// What an incentive would have done.
#[derive(Clone, Debug)]
pub struct Wish {
    /// As it would be enabled, with everything pinned. Its window is the stretch of the past that is meant: it must have
    /// an end.
    pub incentive: Incentive,
    /// Whether everything is paid, whatever it costs; else only what the allotment suffices for.
    pub is_boundless: bool,
    /// Rows kept of each board of a period, best first.
    pub rows_kept: usize,
}

/// What is done with a report, on the rehearsal's thread.
pub type Done = Box<dyn FnOnce(Result<Report, Stop>) + Send>;

impl Engine {
    /// Runs an incentive over the past, on a thread of its own, and hands over what came of it. Nothing is touched.
    ///
    /// # Errors
    /// Too many wait: nothing was begun, and `done` is not called.
    pub fn rehearse(&self, wish: Wish, watch: Arc<Watch>, done: Done) -> Result<(), Full> {
        let (inner, seen) = (self.inner.clone(), watch.clone());
        self.on_stage(watch, Box::new(move || done(inner.rehearse(wish, &seen))))
    }

    /// Runs something long that touches nothing on a thread for rehearsals. `watch` is cancelled when the engine closes.
    ///
    /// # Errors
    /// Too many wait.
    pub(crate) fn on_stage(&self, watch: Arc<Watch>, job: Job) -> Result<(), Full> {
        self.stage.submit(watch, job)
    }
}

impl Inner {
    fn rehearse(&self, wish: Wish, watch: &Watch) -> Result<Report, Stop> {
        watch.begin();
        let house = self.house();
        let incentive = wish.incentive;
        let Some(end) = incentive.end else {
            return Err(Stop::Refused("a rehearsal needs an end of its window".to_owned()));
        };
        let purse = Purse::new(&incentive, &[]);
        let made = worker::make(self, incentive, &house);
        let mut task = match made {
            Ok(task) => task,
            Err(TaskError::Fault { fault, .. }) => return Err(Stop::Refused(fault.message)),
            Err(error) => return Err(Stop::Infrastructure(error.to_string())),
        };
        task.book.purse = purse;
        task.book.is_boundless = wish.is_boundless;
        let script = Script {
            ends_at: end + task.delays.settle_ms,
            task,
            beginning: Beginning::Anew,
            settling: Settling::AsItGoes,
            through: house.block,
            luck: Luck::of_examples(self.config.draw_key.clone()),
            rows_kept: wish.rows_kept,
        };
        rehearse(script, &*self.history, watch)
    }
}

/// Something to do on a thread for rehearsals.
pub(crate) type Job = Box<dyn FnOnce() + Send>;

/// The threads and what waits for them.
#[derive(Default)]
pub(crate) struct Stage {
    inner: Arc<Mutex<Waiting>>,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<(Arc<Watch>, Job)>,
    running: Vec<Arc<Watch>>,
    threads: Vec<JoinHandle<()>>,
    is_closed: bool,
}

impl Stage {
    fn submit(&self, watch: Arc<Watch>, job: Job) -> Result<(), Full> {
        let mut waiting = lock(&self.inner);
        if waiting.is_closed || waiting.jobs.len() >= WAITING_MAX {
            return Err(Full);
        }
        waiting.jobs.push_back((watch, job));
        waiting.threads.retain(|thread| !thread.is_finished());
        if waiting.running.len() < RUNNING_MAX {
            let inner = self.inner.clone();
            let name = "rehearsal".to_owned();
            match std::thread::Builder::new().name(name).spawn(move || run(&inner)) {
                Ok(thread) => waiting.threads.push(thread),
                Err(error) => {
                    tracing::warn!(%error, "there is no thread for a rehearsal");
                    if waiting.running.is_empty() {
                        waiting.jobs.pop_back();
                        return Err(Full);
                    }
                }
            }
        }
        Ok(())
    }

    /// Cancels what runs, begins nothing more, and waits for the threads.
    pub(crate) fn close(&self) {
        let mut waiting = lock(&self.inner);
        waiting.is_closed = true;
        waiting.running.iter().chain(waiting.jobs.iter().map(|(watch, _)| watch)).for_each(|w| w.cancel());
        let threads = std::mem::take(&mut waiting.threads);
        drop(waiting);
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a thread for rehearsals had panicked");
            }
        }
    }
}

fn lock(inner: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does what waits until nothing does.
fn run(inner: &Mutex<Waiting>) {
    loop {
        let mut waiting = lock(inner);
        if waiting.running.len() >= RUNNING_MAX {
            return;
        }
        let Some((watch, job)) = waiting.jobs.pop_front() else { return };
        waiting.running.push(watch.clone());
        drop(waiting);
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("a rehearsal panicked; nothing but itself is lost");
        }
        lock(inner).running.retain(|running| !Arc::ptr_eq(running, &watch));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// Fills the threads and the queue with jobs that wait until they are let go; gives what lets them go.
    fn full(stage: &Stage) -> (mpsc::Sender<()>, mpsc::Receiver<bool>, Arc<Watch>) {
        let (go, gate) = mpsc::channel::<()>();
        let (told, heard) = mpsc::channel();
        let gate = Arc::new(Mutex::new(gate));
        let watch = Arc::new(Watch::default());
        for _ in 0..RUNNING_MAX {
            let (begun, has_begun) = mpsc::channel();
            let (gate, told, seen) = (gate.clone(), told.clone(), watch.clone());
            let job = move || {
                begun.send(()).expect("the test waits");
                // It is let go by hanging up.
                let _ = gate.lock().map(|gate| gate.recv());
                told.send(seen.is_cancelled()).expect("the test hears");
            };
            assert_eq!(stage.submit(watch.clone(), Box::new(job)), Ok(()));
            has_begun.recv().expect("it has a thread");
        }
        for _ in 0..WAITING_MAX {
            let (told, seen) = (told.clone(), watch.clone());
            let job = move || told.send(seen.is_cancelled()).expect("the test hears");
            assert_eq!(stage.submit(watch.clone(), Box::new(job)), Ok(()));
        }
        (go, heard, watch)
    }

    #[test]
    fn what_waits_is_done_and_what_is_too_much_is_refused() {
        let stage = Stage::default();
        let (go, heard, watch) = full(&stage);
        assert_eq!(stage.submit(watch, Box::new(|| {})), Err(Full));
        drop(go);
        let done: Vec<bool> = heard.iter().collect();
        assert_eq!(done, vec![false; RUNNING_MAX + WAITING_MAX]);
        let (told, heard) = mpsc::channel();
        let job = move || told.send(()).expect("the test hears");
        assert_eq!(stage.submit(Arc::default(), Box::new(job)), Ok(()), "there is room again");
        heard.recv().expect("it was done");
    }

    #[test]
    fn a_job_that_panics_takes_nobody_with_it() {
        let stage = Stage::default();
        for _ in 0..RUNNING_MAX {
            stage.submit(Arc::default(), Box::new(|| panic!("on purpose"))).expect("room");
        }
        let (told, heard) = mpsc::channel();
        stage.submit(Arc::default(), Box::new(move || told.send(()).expect("the test hears"))).expect("room");
        heard.recv().expect("it was done");
    }

    #[test]
    fn closing_cancels_what_runs_and_what_waits_and_takes_nothing_more() {
        let stage = Stage::default();
        let (go, heard, watch) = full(&stage);
        let closing = std::thread::scope(|scope| {
            let closing = scope.spawn(|| stage.close());
            while !watch.is_cancelled() {
                std::thread::yield_now();
            }
            drop(go);
            closing.join()
        });
        closing.expect("it closes");
        assert_eq!(heard.iter().collect::<Vec<_>>(), vec![true; RUNNING_MAX + WAITING_MAX]);
        assert_eq!(stage.submit(Arc::default(), Box::new(|| {})), Err(Full));
    }
}
