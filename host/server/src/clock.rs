//! Where the time comes from: the system, or a hand that drives it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use plaudit_core::Millis;
use tokio::sync::watch;

/// The house's time. Cheap to clone; all clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    System,
    Driven { now: Arc<AtomicI64>, moved: Arc<watch::Sender<Millis>> },
}

impl Clock {
    /// The machine's time.
    pub fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that stands at `now` until it is driven on.
    pub fn driven(now: Millis) -> Self {
        Self(Kind::Driven { now: Arc::new(AtomicI64::new(now)), moved: Arc::new(watch::Sender::new(now)) })
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "the one place where the system's time is read")]
    pub fn now(&self) -> Millis {
        match &self.0 {
            Kind::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            }
            Kind::Driven { now, .. } => now.load(Ordering::SeqCst),
        }
    }

    /// Whether it is driven by hand.
    pub fn is_driven(&self) -> bool {
        matches!(self.0, Kind::Driven { .. })
    }

    /// Moves a driven clock on; never back. Returns the time it shows now.
    ///
    /// # Errors
    /// The system's clock is nobody's to move: `Err(now)`.
    pub fn drive(&self, to: Millis) -> Result<Millis, Millis> {
        match &self.0 {
            Kind::System => Err(self.now()),
            Kind::Driven { now, moved } => {
                let before = now.fetch_max(to, Ordering::SeqCst);
                let shown = before.max(to);
                moved.send_replace(shown);
                Ok(shown)
            }
        }
    }

    /// Tells of every move of a driven clock; `None` for the system's.
    pub fn moves(&self) -> Option<watch::Receiver<Millis>> {
        match &self.0 {
            Kind::System => None,
            Kind::Driven { moved, .. } => Some(moved.subscribe()),
        }
    }
}
