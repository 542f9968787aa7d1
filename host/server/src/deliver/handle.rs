//! What the rest of the house may ask of delivery.

use std::{sync::Arc, time::Duration};

use plaudit_store::{
    StoreError,
    family::delivery::{Delivery, State},
};

use super::{
    book::{Book, Counts, Filter, LIST_MAX, Listed, RetryError},
    sender::{Shared, blocking},
};

/// How often [`DeliverHandle::flush_until_idle`] looks.
const IDLE_EVERY: Duration = Duration::from_millis(10);

/// How often a mail about an account is tried: somebody waits for it.
const MAIL_TRIES: u32 = 3;
/// Between two tries.
const MAIL_PAUSE: Duration = Duration::from_secs(2);

/// A handle on delivery; cheap to clone.
#[derive(Clone)]
pub struct DeliverHandle(Arc<Shared>);

impl DeliverHandle {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self(shared)
    }

    /// Says that a commit may have put something into the outbox. From any thread; never waits.
    pub fn nudge(&self) {
        self.0.nudge.notify_one();
    }

    /// How many deliveries stand where.
    pub fn counts(&self) -> Counts {
        self.0.book.lock().counts
    }

    /// Whether nothing waits, neither for an attempt nor in the outbox.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_idle(&self) -> Result<bool, StoreError> {
        blocking(&self.0, Book::is_idle).await
    }

    /// Deliveries, newest first; `limit` is at most 200. A page may be empty and still have a next one.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(
        &self,
        filter: Filter,
        cursor: Option<u64>,
        limit: usize,
    ) -> Result<Listed, StoreError> {
        blocking(&self.0, move |book| book.list(&filter, cursor, limit)).await
    }

    /// One delivery.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn get(&self, id: u64) -> Result<Option<Delivery>, StoreError> {
        blocking(&self.0, move |book| book.row(id)).await
    }

    /// Sends a delivery that is dead, pending or sent (again), with all its attempts before it. A webhook keeps its id.
    ///
    /// # Errors
    /// See [`RetryError`].
    pub async fn retry(&self, id: u64) -> Result<(), RetryError> {
        blocking(&self.0, move |book| Ok(book.retry(id))).await??;
        self.0.wake.notify_one();
        Ok(())
    }

    /// Sends all dead deliveries again; returns how many.
    ///
    /// # Errors
    /// When the store fails; those before have been taken up.
    pub async fn retry_dead(&self) -> Result<u64, RetryError> {
        let filter = Filter { state: Some(State::Dead), ..Filter::default() };
        let (mut cursor, mut count) = (None, 0);
        loop {
            let page = self.list(filter.clone(), cursor, LIST_MAX).await?;
            for (id, _) in &page.deliveries {
                match self.retry(*id).await {
                    Ok(()) => count += 1,
                    // Somebody else was faster, or it was deleted after its time.
                    Err(RetryError::Unknown(_) | RetryError::NotNow(..)) => {}
                    Err(error) => return Err(error),
                }
            }
            match page.next {
                Some(next) => cursor = Some(next),
                None => return Ok(count),
            }
        }
    }

    /// Waits until the outbox is empty and no delivery is pending; at most so long. `Err` holds what stood at the end.
    ///
    /// # Errors
    /// When something is still pending after `within`: a receiver that is down keeps its deliveries pending for a day.
    pub async fn flush_until_idle(&self, within: Duration) -> Result<Counts, Counts> {
        let idle = async {
            loop {
                self.nudge();
                if matches!(self.is_idle().await, Ok(true)) {
                    return;
                }
                tokio::time::sleep(IDLE_EVERY).await;
            }
        };
        match tokio::time::timeout(within, idle).await {
            Ok(()) => Ok(self.counts()),
            Err(_) => Err(self.counts()),
        }
    }
}

/// A mail about an account, in words.
#[derive(Clone)]
pub struct AccountMail {
    /// Mail address.
    pub to: String,
    /// Shown name.
    pub name: String,
    /// Language tag.
    pub lang: &'static str,
    /// One line.
    pub subject: String,
    /// One paragraph each.
    pub paragraphs: Vec<String>,
    /// Label and address.
    pub link: Option<(String, String)>,
}

impl DeliverHandle {
    /// Whether there is a mail server.
    pub fn has_mail(&self) -> bool {
        self.0.mailer.is_some()
    }

    /// Sends a mail about an account at once. It is never stored: it may hold a link that opens the account. It is tried
    /// again a few times while the mail server does not answer.
    ///
    /// # Errors
    /// What the mail server said, without the address.
    pub async fn mail(&self, mail: &AccountMail) -> Result<(), String> {
        let mailer = self.0.mailer.as_ref().ok_or("no mail server is set (mail.smtp)")?;
        let mut tries = 1;
        loop {
            match mailer.send_letter(mail).await {
                Err((error, true)) if tries < MAIL_TRIES => {
                    tracing::info!(error, tries, "a mail about an account is tried again");
                    tokio::time::sleep(MAIL_PAUSE).await;
                    tries += 1;
                }
                other => return other.map_err(|(error, _)| error),
            }
        }
    }
}

impl std::fmt::Debug for DeliverHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("DeliverHandle").field(&self.counts()).finish()
    }
}
