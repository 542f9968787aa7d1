//! The sender: what is due is tried, one attempt at a time for each target, so many at a time in all.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use plaudit_store::{
    StoreError,
    family::{
        self,
        delivery::{Delivery, Target},
        endpoint::Endpoints,
    },
};
use tokio::{
    sync::{Notify, oneshot, watch},
    task::{JoinHandle, JoinSet},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use super::{
    Deps,
    book::{Book, Delays, Next, Outcome},
    chat,
    config::DeliverConfig,
    error::DeliverError,
    guard::{Client, Guard},
    handle::DeliverHandle,
    mail::Mailer,
    planner::Planner,
    quiet::QuietTimes,
    webhook,
};
use crate::texts::Texts;

/// The planner looks into the outbox at least this often, nudged or not.
const PLAN_EVERY: Duration = Duration::from_secs(5);
/// Finished rows are looked through this often.
const PURGE_EVERY: Duration = Duration::from_secs(60 * 60);
/// After an error of the store.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// What planner, sender and handle share.
pub(super) struct Shared {
    pub(super) book: Book,
    /// The outbox may have something.
    pub(super) nudge: Notify,
    /// Something may be due.
    pub(super) wake: Notify,
    texts: Arc<Texts>,
    client: Client,
    pub(super) mailer: Option<Mailer>,
    config: DeliverConfig,
}

pub(super) fn start(
    deps: Deps,
    config: DeliverConfig,
    stop: CancellationToken,
) -> Result<(DeliverHandle, JoinHandle<()>), DeliverError> {
    let wrong = |setting, problem: String| DeliverError::Setting { setting, problem };
    let timeout = Duration::from_millis(config.timeout_ms.max(1));
    let guard = Guard::new(&config.allow).map_err(|e| wrong("delivery.allow_private", e.to_string()))?;
    let client = Client::new(guard, timeout).map_err(|e| wrong("deliver", format!("no HTTP client: {e}")))?;
    let mailer = config.mail.as_ref().map(|mail| Mailer::new(mail, timeout)).transpose()?;
    let delays = Delays { first_ms: config.retry_delay_ms, ms_max: config.retry_delay_ms_max };
    let planner = Planner::new(deps.texts.names().clone(), &config);
    let quiet = QuietTimes { house: config.quiet, roster: deps.roster, store: deps.store.clone() };
    let book = Book::open(deps.store, deps.clock, quiet, config.attempts_max.max(1), delays, deps.rng)?;
    let shared = Arc::new(Shared {
        book,
        nudge: Notify::new(),
        wake: Notify::new(),
        texts: deps.texts,
        client,
        mailer,
        config,
    });
    let (planned, first_plan) = oneshot::channel();
    let planning = tokio::spawn(run_planner(Arc::clone(&shared), planner, planned, stop.clone()));
    let sending = tokio::spawn(run_sender(Arc::clone(&shared), first_plan, stop.clone()));
    let purging = tokio::spawn(run_purge(Arc::clone(&shared), stop));
    let all = tokio::spawn(async move {
        let _ = tokio::join!(planning, sending, purging);
    });
    Ok((DeliverHandle::new(shared), all))
}

/// Runs a piece of store work off the runtime's threads.
pub(super) async fn blocking<T: Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&Book) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let shared = Arc::clone(shared);
    match tokio::task::spawn_blocking(move || work(&shared.book)).await {
        Ok(done) => done,
        Err(error) => Err(StoreError::Unknown(error.to_string())),
    }
}

async fn run_planner(
    shared: Arc<Shared>,
    planner: Planner,
    planned: oneshot::Sender<()>,
    stop: CancellationToken,
) {
    let planner = Arc::new(planner);
    let mut planned = Some(planned);
    loop {
        let with = Arc::clone(&planner);
        match blocking(&shared, move |book| with.plan(book)).await {
            Ok(0) => {
                // A correction that waits in the outbox goes before what it corrects: the first plan is whole before
                // the first attempt.
                if let Some(planned) = planned.take() {
                    let _ = planned.send(());
                }
            }
            Ok(_) => {
                shared.wake.notify_one();
                continue;
            }
            Err(error) => {
                tracing::error!(%error, "the outbox can't be planned; nothing is lost, it is tried again");
                tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(STORE_PAUSE) => continue }
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PLAN_EVERY) => {}
            () = shared.nudge.notified() => {
                tokio::time::sleep(Duration::from_millis(shared.config.linger_ms)).await;
            }
        }
    }
}

async fn run_sender(shared: Arc<Shared>, first_plan: oneshot::Receiver<()>, stop: CancellationToken) {
    tokio::select! { () = stop.cancelled() => return, _ = first_plan => {} }
    let mut flying = JoinSet::new();
    // A driven clock may end somebody's quiet hours.
    let mut moves = shared.book.clock.moves();
    loop {
        let until = start_due(&shared, &mut flying).await;
        #[expect(clippy::cast_precision_loss, reason = "a gauge")]
        metrics::gauge!("plaudit_deliveries_pending").set(shared.book.lock().counts.pending as f64);
        let is_flying = !flying.is_empty();
        tokio::select! {
            () = stop.cancelled() => break,
            () = shared.wake.notified() => {}
            () = moved(&mut moves) => {}
            Some(_) = flying.join_next(), if is_flying => {}
            () = tokio::time::sleep_until(until.unwrap_or_else(Instant::now)), if until.is_some() => {}
        }
    }
    while flying.join_next().await.is_some() {}
}

/// Waits for the next move of a driven clock; for ever if there is none.
async fn moved(moves: &mut Option<watch::Receiver<plaudit_core::Millis>>) {
    if let Some(receiver) = moves {
        if receiver.changed().await.is_ok() {
            return;
        }
        *moves = None;
    }
    std::future::pending().await
}

/// Starts what is due; when the next is due, if there is room for it.
async fn start_due(shared: &Arc<Shared>, flying: &mut JoinSet<()>) -> Option<Instant> {
    while flying.len() < shared.config.concurrency.max(1) {
        match blocking(shared, |book| book.take(Instant::now())).await {
            Ok(Next::Wait(until)) => return until,
            Ok(Next::Attempt(id, delivery)) => {
                let shared = Arc::clone(shared);
                flying.spawn(async move { attempt(&shared, id, &delivery).await });
            }
            Err(error) => {
                tracing::error!(%error, "deliveries can't be read");
                return Some(Instant::now() + STORE_PAUSE);
            }
        }
    }
    None
}

async fn attempt(shared: &Arc<Shared>, id: u64, delivery: &Delivery) {
    // A target whose attempt never ended would wait for ever.
    let tried = AssertUnwindSafe(shared.try_once(id, delivery)).catch_unwind().await;
    let outcome = tried.unwrap_or_else(|_| {
        let error = "the attempt panicked; the log says where".to_owned();
        Outcome::Retry { error, after: None, all: false, maybe: true }
    });
    let (name, error) = match &outcome {
        Outcome::Sent => ("sent", ""),
        Outcome::Retry { error, .. } => ("retry", error.as_str()),
        Outcome::Dead { error, .. } => ("dead", error.as_str()),
        Outcome::NoChannel { error } => ("no-channel", error.as_str()),
    };
    let channel = delivery.target.channel();
    metrics::counter!("plaudit_delivery_attempts_total", "channel" => channel, "outcome" => name)
        .increment(1);
    if error.is_empty() {
        tracing::debug!(id, channel, "delivered");
    } else {
        tracing::warn!(id, channel, target_id = %delivery.target.id(), attempt = delivery.attempts + 1, outcome = name, error, "not delivered");
    }
    if let Err(error) = blocking(shared, move |book| book.finish(id, &outcome)).await {
        tracing::error!(%error, id, "an attempt can't be written down; it will be repeated");
    }
}

impl Shared {
    async fn try_once(&self, id: u64, delivery: &Delivery) -> Outcome {
        let dead = |error: &str| Outcome::Dead { error: error.to_owned(), disable: false };
        match &delivery.target {
            Target::Webhook(endpoint) => {
                let found = family::get::<Endpoints>(&*self.book.store, &endpoint.to_string());
                match (found, delivery.messages.first()) {
                    (Ok(Some(endpoint)), _) if endpoint.disabled => dead("the endpoint is disabled"),
                    (Ok(Some(endpoint)), Some(message)) => {
                        webhook::send(&self.client, &self.texts, &endpoint, message, self.book.wall.now())
                            .await
                    }
                    (Ok(_), _) => dead("the endpoint was deleted"),
                    (Err(error), _) => {
                        Outcome::Retry { error: error.to_string(), after: None, all: false, maybe: false }
                    }
                }
            }
            Target::Chat(agent) => match &self.config.chat {
                Some(config) => chat::send(&self.client, &self.texts, config, agent, id, delivery).await,
                None => dead("chat is no longer configured"),
            },
            Target::Room(room) => match self.config.rooms.get(&**room) {
                Some(config) => chat::send_to_room(&self.client, &self.texts, config, delivery).await,
                None => dead("this room is no longer configured"),
            },
            Target::Mail(agent) => match &self.mailer {
                Some(mailer) => mailer.send(&self.texts, agent, id, delivery).await,
                None => dead("mail is no longer configured"),
            },
            Target::Nowhere(_) => {
                Outcome::NoChannel { error: "no chat or mail address that is in use".to_owned() }
            }
        }
    }
}

async fn run_purge(shared: Arc<Shared>, stop: CancellationToken) {
    loop {
        let (keep, keep_dead) = (shared.config.keep_days, shared.config.keep_dead_days);
        match blocking(&shared, move |book| book.purge(keep, keep_dead)).await {
            Ok(0) => {}
            Ok(deleted) => tracing::info!(deleted, "finished deliveries were deleted after their time"),
            Err(error) => tracing::error!(%error, "finished deliveries can't be deleted"),
        }
        tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(PURGE_EVERY) => {} }
    }
}
