//! Accounts: made, found, changed, with what has to end when they change.

use plaudit_core::{
    Id, Millis,
    access::{Access, Grant, GrantError, Role},
};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        account::{Account, Accounts, Logins},
        link::LinkKind,
    },
};

use super::{About, Crowded, Letter, Porter, links, openid, password, sessions, throttle, was_faster};
use crate::{api::people::LOCALES, ingest::identity::Identity};

/// Accounts of a house; more are refused.
pub const ACCOUNTS_MAX: usize = 20_000;
/// Longest name, in characters.
const NAME_CHARS_MAX: usize = 200;
/// Longest mail address, in bytes (RFC 5321).
const MAIL_BYTES_MAX: usize = 254;

/// Why an account can't be made or changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// A field is wrong.
    #[error("`{0}` {1}")]
    Field(&'static str, String),
    /// The roles are wrong.
    #[error(transparent)]
    Grants(#[from] GrantError),
    /// Somebody has it already.
    #[error("there is an account with this mail address already; change that one, or take another address")]
    Taken,
    /// Nobody could undo it.
    #[error("this is the last account that is an admin and may sign in; make another one first")]
    LastAdmin,
    /// Too many.
    #[error("there are {ACCOUNTS_MAX} accounts, and no more are allowed")]
    TooMany,
    /// The password is too easy.
    #[error(transparent)]
    Weak(#[from] password::Weak),
    /// The link was used before, or somebody changed the account at the same time.
    #[error("somebody else has changed this at the same time; look again")]
    Raced,
    /// Passwords can't be checked right now.
    #[error("too many people are signing in at this moment; try again in some seconds")]
    Crowded,
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Crowded> for AccountError {
    fn from(_: Crowded) -> Self {
        Self::Crowded
    }
}

/// What somebody wants of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Mail address.
    pub mail: String,
    /// Shown name.
    pub name: String,
    /// Language tag.
    pub locale: String,
    /// Roles.
    pub grants: Vec<Grant>,
    /// Opaque id of the agent it belongs to.
    pub agent: Option<String>,
}

impl Wish {
    /// Trims and checks.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn checked(mut self) -> Result<Self, AccountError> {
        self.mail = login_of(&self.mail);
        self.name = self.name.trim().to_owned();
        if self.mail.len() > MAIL_BYTES_MAX || self.mail.parse::<lettre::Address>().is_err() {
            return Err(AccountError::Field("mail", format!("is {:?}, which is no mail address", self.mail)));
        }
        let chars = self.name.chars().count();
        if chars == 0 || chars > NAME_CHARS_MAX || self.name.chars().any(char::is_control) {
            let problem = format!("is {:?}, and must be 1 to {NAME_CHARS_MAX} characters", self.name);
            return Err(AccountError::Field("name", problem));
        }
        check_locale(&self.locale)?;
        plaudit_core::access::check(&self.grants, self.agent.as_deref())?;
        Ok(self)
    }
}

/// Refuses languages that the house does not speak.
///
/// # Errors
/// It is none of the five.
pub fn check_locale(locale: &str) -> Result<(), AccountError> {
    if LOCALES.contains(&locale) {
        return Ok(());
    }
    let problem = format!("is {locale:?}, and must be one of: {}", LOCALES.join(", "));
    Err(AccountError::Field("locale", problem))
}

/// A mail address as it is compared: without spaces around it, in lower case.
pub fn login_of(mail: &str) -> String {
    mail.trim().to_lowercase()
}

/// Whether a text looks like an account's id.
pub fn is_id(text: &str) -> bool {
    text.strip_prefix('u').is_some_and(|rest| Identity::is_opaque(&format!("a{rest}")))
}

fn fresh_id() -> String {
    let by_chance = Identity::new(&rand::random()).opaque("");
    format!("u{}", &by_chance[1..])
}

/// An account by id.
///
/// # Errors
/// The store fails.
pub fn get(store: &dyn Store, id: &str) -> Result<Option<Account>, StoreError> {
    family::get::<Accounts>(store, &id.to_owned())
}

/// All accounts, oldest first.
///
/// # Errors
/// The store fails.
pub fn list(store: &dyn Store) -> Result<Vec<Account>, StoreError> {
    let all = family::scan::<Accounts>(store, None, ACCOUNTS_MAX + 1)?;
    let mut all: Vec<Account> = all.into_iter().map(|(_, account)| account).collect();
    all.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
    Ok(all)
}

/// Whether there is no account yet.
///
/// # Errors
/// The store fails.
pub fn is_first(store: &dyn Store) -> Result<bool, StoreError> {
    Ok(family::scan::<Accounts>(store, None, 1)?.is_empty())
}

/// The account that signs in with this address.
///
/// # Errors
/// The store fails.
pub fn by_mail(store: &dyn Store, mail: &str) -> Result<Option<Account>, StoreError> {
    let login = login_of(mail);
    if login.is_empty() || login.len() > MAIL_BYTES_MAX {
        return Ok(None);
    }
    family::get::<Logins>(store, &login)?.map_or(Ok(None), |id| get(store, &id))
}

/// Makes an account, durably, without a password or with one that was hashed before.
///
/// # Errors
/// What is wrong with the wish, or the store fails.
pub fn create(
    store: &dyn Store,
    wish: Wish,
    created_by: &str,
    now: Millis,
    hashed: Option<String>,
) -> Result<Account, AccountError> {
    let wish = wish.checked()?;
    if family::scan::<Accounts>(store, None, ACCOUNTS_MAX)?.len() >= ACCOUNTS_MAX {
        return Err(AccountError::TooMany);
    }
    let Wish { mail, name, locale, grants, agent } = wish;
    let account = Account {
        id: fresh_id(),
        mail,
        name,
        locale,
        password_set: hashed.as_ref().map(|_| now),
        password: hashed,
        grants,
        agent,
        created: now,
        created_by: created_by.to_owned(),
        disabled: None,
    };
    let mut batch = Batch::default();
    batch.expect.push((family::key::<Logins>(&account.mail), None));
    batch.expect.push((family::key::<Accounts>(&account.id), None));
    family::put::<Logins>(&mut batch, &account.mail, &account.id);
    family::put::<Accounts>(&mut batch, &account.id, &account);
    let applied = store.apply(batch);
    if was_faster(&applied) {
        return Err(AccountError::Taken);
    }
    applied?;
    store.sync()?;
    Ok(account)
}

/// Writes a changed account, durably. A change of rights, of the address or of the password ends its sessions and links:
/// what was signed in with the old ones signs in anew.
///
/// # Errors
/// Somebody else has changed it, the address is taken, it was the last admin, or the store fails.
pub fn change(
    store: &dyn Store,
    old: &Account,
    new: &Account,
    further: impl FnOnce(&mut Batch),
) -> Result<(), AccountError> {
    if is_admin(old) && !is_admin(new) && !list(store)?.iter().any(|a| a.id != old.id && is_admin(a)) {
        return Err(AccountError::LastAdmin);
    }
    let mut batch = Batch::default();
    batch.expect.push((family::key::<Accounts>(&old.id), Some(family::value::<Accounts>(old))));
    if old.mail != new.mail {
        if family::get::<Logins>(store, &new.mail)?.is_some() {
            return Err(AccountError::Taken);
        }
        batch.expect.push((family::key::<Logins>(&new.mail), None));
        family::delete::<Logins>(&mut batch, &old.mail);
        family::put::<Logins>(&mut batch, &new.mail, &new.id);
    }
    let rights = |a: &Account| (a.grants.clone(), a.agent.clone(), a.disabled.is_some());
    if rights(old) != rights(new) || old.password != new.password || old.mail != new.mail {
        sessions::end_all(store, &mut batch, &old.id)?;
        links::end_all(store, &mut batch, &old.id)?;
    }
    family::put::<Accounts>(&mut batch, &new.id, new);
    further(&mut batch);
    let applied = store.apply(batch);
    if was_faster(&applied) {
        return Err(AccountError::Raced);
    }
    applied?;
    store.sync()?;
    Ok(())
}

/// Whether an account is an admin who may sign in.
pub fn is_admin(account: &Account) -> bool {
    account.disabled.is_none()
        && account.password.is_some()
        && account.grants.iter().any(|grant| grant.role == Role::Admin)
}

/// Takes away all accounts of an agent, with what is personal in them.
///
/// # Errors
/// The store fails.
pub fn erase_of_agent(store: &dyn Store, agent: &str) -> Result<usize, StoreError> {
    let mut batch = Batch::default();
    let mut count = 0;
    for account in list(store)?.iter().filter(|account| account.agent.as_deref() == Some(agent)) {
        sessions::end_all(store, &mut batch, &account.id)?;
        links::end_all(store, &mut batch, &account.id)?;
        openid::unlink(store, &mut batch, &account.id)?;
        family::delete::<Logins>(&mut batch, &account.mail);
        family::delete::<Accounts>(&mut batch, &account.id);
        count += 1;
    }
    if count > 0 {
        store.apply(batch)?;
        store.sync()?;
    }
    Ok(count)
}

/// What an account may do.
pub fn access(account: &Account) -> Access {
    Access::of(&account.grants, account.agent.as_deref().map(Id::from).as_ref())
}

/// Why nobody came in.
#[derive(Debug)]
pub enum NotIn {
    /// Wrong address or password, no password yet, or disabled: nobody is told which.
    Wrong,
    /// Too many failures; how long to wait, in milliseconds.
    Later(Millis),
    /// Too many sign-ins at this moment.
    Crowded,
    /// The store fails.
    Store(StoreError),
}

impl From<StoreError> for NotIn {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Porter {
    /// Checks an address and a password. `known` is the browser's mark if it has signed in to this address before.
    ///
    /// # Errors
    /// See [`NotIn`].
    pub async fn check(
        &self,
        store: &dyn Store,
        mail: &str,
        password: &str,
        known: Option<&str>,
    ) -> Result<Account, NotIn> {
        let key = throttle::key(&[&login_of(mail), known.unwrap_or_default()]);
        self.throttle.attempt(key, self.now()).map_err(NotIn::Later)?;
        let account = by_mail(store, mail)?;
        let stored = account.as_ref().and_then(|a| a.password.clone());
        let given = password.to_owned();
        let is_right = self.verify(key, stored, given).await?;
        let Some(account) = account.filter(|a| is_right && a.disabled.is_none()) else {
            return Err(NotIn::Wrong);
        };
        self.throttle.succeeded(key);
        if account.password.as_deref().is_some_and(password::is_old)
            && let Ok(hashed) = self.hash(password).await
        {
            let new = Account { password: Some(hashed), ..account.clone() };
            let mut batch = Batch::default();
            batch
                .expect
                .push((family::key::<Accounts>(&account.id), Some(family::value::<Accounts>(&account))));
            family::put::<Accounts>(&mut batch, &new.id, &new);
            let applied = store.apply(batch);
            if !was_faster(&applied) {
                applied?;
            }
            return Ok(new);
        }
        Ok(account)
    }

    /// Whether this is the account's password, for who is signed in; counted like a sign-in.
    ///
    /// # Errors
    /// See [`NotIn`].
    pub async fn confirm(&self, account: &Account, password: &str) -> Result<(), NotIn> {
        let key = throttle::key(&["confirm", &account.id]);
        self.throttle.attempt(key, self.now()).map_err(NotIn::Later)?;
        if self.verify(key, account.password.clone(), password.to_owned()).await? {
            self.throttle.succeeded(key);
            return Ok(());
        }
        Err(NotIn::Wrong)
    }

    /// Checks a password in its turn. An attempt that got no turn is not counted.
    async fn verify(&self, key: [u8; 32], stored: Option<String>, given: String) -> Result<bool, NotIn> {
        let is_right = self.slowly(move || password::verify(stored.as_deref(), &given)).await;
        is_right.map_err(|Crowded| {
            self.throttle.take_back(key);
            NotIn::Crowded
        })
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// Too many at this moment, or no memory.
    pub async fn hash(&self, password: &str) -> Result<String, Crowded> {
        let given = password.to_owned();
        let hashed = self.slowly(move || password::hash(&given, rand::random())).await?;
        hashed.map_err(|error| {
            tracing::error!(error, "a password can't be hashed");
            Crowded
        })
    }

    /// Makes a link, to be handed over. Earlier ones of the kind end.
    ///
    /// # Errors
    /// The store fails.
    pub fn link(
        &self,
        store: &dyn Store,
        base_url: &str,
        account: &Account,
        kind: LinkKind,
    ) -> Result<String, StoreError> {
        let text = links::make(store, self, account, kind)?;
        Ok(links::address(base_url, kind, &text))
    }

    /// Makes a link and sends it; the link itself comes back if it was not sent, for whoever asked to hand it over.
    ///
    /// # Errors
    /// The store fails.
    pub async fn invite(
        &self,
        store: &dyn Store,
        base_url: &str,
        account: &Account,
        kind: LinkKind,
    ) -> Result<Option<String>, StoreError> {
        let link = self.link(store, base_url, account, kind)?;
        let sent = self.send(about_link(account, kind, link.clone())).await;
        Ok((!sent).then_some(link))
    }

    /// Sends a link to somebody who says that they are the account's owner. Earlier ones hold on: a stranger who asks
    /// again and again ends nobody's link.
    ///
    /// # Errors
    /// The store fails.
    pub async fn remind(
        &self,
        store: &dyn Store,
        base_url: &str,
        account: &Account,
        kind: LinkKind,
    ) -> Result<(), StoreError> {
        if let Some(text) = links::add(store, self, account, kind)? {
            self.send(about_link(account, kind, links::address(base_url, kind, &text))).await;
        }
        Ok(())
    }

    /// Whether another letter may go to this account: a few an hour, so that nobody's mailbox is flooded.
    pub fn may_write(&self, account: &str) -> bool {
        self.letters.attempt(throttle::key(&["letter", account]), self.now()).is_ok()
    }
}

fn about_link(account: &Account, kind: LinkKind, link: String) -> Letter {
    let hours = links::life_ms(kind) / 3_600_000;
    letter(account, About::Link(kind, link, hours))
}

/// A letter to an account.
pub fn letter(account: &Account, about: About) -> Letter {
    Letter { to: account.mail.clone(), name: account.name.clone(), locale: account.locale.clone(), about }
}

/// The id of the actor that the command line is.
pub const COMMAND_LINE: &str = "command line";
