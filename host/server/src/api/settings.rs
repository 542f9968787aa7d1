//! `/v1/me/settings`: how whoever is signed in wants to be seen, told and ranked. The page `/me/settings` goes through here
//! as well.
//!
//! How they are seen and told changes no outcome: it is kept beside their name, and erased with it. Whether they compete
//! decides who wins: it is an entry of the journal, with the time from which it holds.

use axum::{Json, body::Bytes, extract::State, http::HeaderMap};
use plaudit_core::{
    DAY_MS, Id, Millis,
    calendar::{QuietHours, QuietTime},
    journal::Entry,
    roster::RosterChange,
};
use plaudit_store::{
    Batch, StoreError, family,
    family::{
        appearance::{Appearance, Appearances},
        people::People,
        preference::{Channel, Channels, Preference, Preferences, Quiet},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState,
    auth::Caller,
    document,
    problem::{Answer, Problem},
};
use crate::deliver::MailWhen;

/// What `PUT /v1/me/settings` takes: the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnSettings {
    /// How others see me on boards.
    pub appearance: Appearance,
    /// Where to I am told; none: as the house has it. My page has everything in any case.
    #[serde(default)]
    pub channels: Option<OwnChannels>,
    /// When I am not.
    pub quiet: OwnQuiet,
    /// Whether I am ranked among others. It holds for every period that closes from now on.
    pub competes: bool,
}

/// Channels by what is told; an empty list: on my page only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnChannels {
    /// Of awards, and what becomes of them. A correction goes where the first message went.
    pub awards: Vec<Channel>,
    /// Of praise.
    pub praise: Vec<Channel>,
}

/// When somebody is left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnQuiet {
    /// `house`, `never` or `own`.
    pub when: QuietWhen,
    /// With `own`: a stretch of each day where I work, such as `20:00-08:00`.
    #[serde(default)]
    pub hours: Option<String>,
    /// With `own`: on my days off as well.
    #[serde(default)]
    pub days_off: bool,
}

/// Whose quiet hours hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuietWhen {
    /// Those of the house.
    House,
    /// None.
    Never,
    /// My own.
    Own,
}

/// One's own settings, with what they depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnSettingsView {
    /// What was chosen.
    #[serde(flatten)]
    pub settings: OwnSettings,
    /// Channels that there are for me.
    pub reachable: Vec<Channel>,
    /// Quiet hours of the house, such as `20:00-08:00`.
    pub house_hours: Option<String>,
    /// Whether the house leaves people alone on their days off.
    pub house_days_off: bool,
}

/// How often somebody may change in 24 hours whether they compete.
const CHOICES_A_DAY: usize = 4;

/// What somebody has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) appearance: Appearance,
    pub(crate) preference: Preference,
    pub(crate) competes: bool,
}

/// As it stands.
///
/// # Errors
/// The store fails.
pub(crate) fn chosen(state: &AppState, agent: &Id) -> Result<Chosen, StoreError> {
    let (store, id) = (&*state.store, agent.to_string());
    Ok(Chosen {
        appearance: family::get::<Appearances>(store, &id)?.unwrap_or_default(),
        preference: family::get::<Preferences>(store, &id)?.unwrap_or_default(),
        competes: state.journal.house().roster.competes_at(agent, Millis::MAX),
    })
}

/// Keeps what somebody chose. Whether they compete goes into the journal first, and holds from now on.
///
/// # Errors
/// The journal does not take it, or the store fails.
pub(crate) async fn choose(state: &AppState, agent: &Id, new: &Chosen) -> Answer<()> {
    /// One choice at a time is looked at and written down.
    static CHOOSING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let one = CHOOSING.lock().await;
    let before = chosen(state, agent)?;
    if before.competes != new.competes {
        let (from, competes) = (state.clock.now(), new.competes);
        // Each choice stays in the journal, and a roster that knows it in memory.
        let house = state.journal.house();
        let lately = house.roster.choices_of(agent).iter().filter(|(at, _)| *at > from - DAY_MS).count();
        if lately >= CHOICES_A_DAY {
            let detail = format!(
                "whether you compete can be changed {CHOICES_A_DAY} times in 24 hours, and it was; nothing was changed"
            );
            return Err(Problem::conflict("too-often", detail));
        }
        let change = RosterChange::Competing { agent: agent.clone(), from, competes };
        state.journal.append(vec![Entry::Roster(change)]).await?;
    }
    drop(one);
    let mut batch = Batch::default();
    let id = agent.to_string();
    if before.appearance != new.appearance {
        family::put::<Appearances>(&mut batch, &id, &new.appearance);
    }
    if before.preference != new.preference {
        family::put::<Preferences>(&mut batch, &id, &new.preference);
    }
    if batch.is_empty() {
        return Ok(());
    }
    let store = state.store.clone();
    let kept = tokio::task::spawn_blocking(move || store.apply(batch).and_then(|_| store.sync()));
    Ok(kept.await.map_err(|error| StoreError::Unknown(error.to_string()))??)
}

/// Private channels that there are for somebody, and those of them that the house uses by itself.
///
/// # Errors
/// The store fails.
pub(crate) fn reachable(state: &AppState, agent: &Id) -> Result<(Vec<Channel>, Vec<Channel>), StoreError> {
    let person = family::get::<People>(&*state.store, &agent.to_string())?.unwrap_or_default();
    let by_chat = !state.config.chat.token.is_empty() && person.chat.is_some();
    let by_mail = !state.config.mail.smtp.is_empty() && person.mail.is_some();
    let all: Vec<Channel> = [(by_chat, Channel::Chat), (by_mail, Channel::Mail)]
        .into_iter()
        .filter_map(|(is, channel)| is.then_some(channel))
        .collect();
    let by_itself = match MailWhen::default() {
        MailWhen::Always => all.clone(),
        MailWhen::NoChat => all.first().copied().into_iter().collect(),
    };
    Ok((all, by_itself))
}

/// What `quiet` asks for.
///
/// # Errors
/// Own hours that can't be read, or none.
pub(crate) fn quiet(asked: &OwnQuiet) -> Answer<Quiet> {
    let wrong = |detail: String| Problem::unprocessable("bad-settings", detail);
    match asked.when {
        QuietWhen::House => Ok(Quiet::House),
        QuietWhen::Never => Ok(Quiet::Never),
        QuietWhen::Own => {
            let hours = asked.hours.as_deref().map(str::parse::<QuietHours>).transpose();
            let hours = hours.map_err(|error| wrong(format!("`quiet.hours`: {error}")))?;
            if hours.is_none() && !asked.days_off {
                return Err(wrong("`quiet` has neither `hours` nor `days_off`; give one, or `never`".into()));
            }
            Ok(Quiet::Own(QuietTime { hours, days_off: asked.days_off }))
        }
    }
}

/// All of it, with what it depends on.
///
/// # Errors
/// The store fails.
pub(crate) fn view(state: &AppState, agent: &Id) -> Result<OwnSettingsView, StoreError> {
    let Chosen { appearance, preference, competes } = chosen(state, agent)?;
    let house = state.config.quiet().unwrap_or_default();
    let (when, own) = match preference.quiet {
        Quiet::House => (QuietWhen::House, QuietTime::default()),
        Quiet::Never => (QuietWhen::Never, QuietTime::default()),
        Quiet::Own(own) => (QuietWhen::Own, own),
    };
    let quiet = OwnQuiet { when, hours: own.hours.map(|hours| hours.to_string()), days_off: own.days_off };
    let channels = preference.channels.map(|Channels { awards, praise }| OwnChannels { awards, praise });
    Ok(OwnSettingsView {
        settings: OwnSettings { appearance, channels, quiet, competes },
        reachable: reachable(state, agent)?.0,
        house_hours: house.hours.map(|hours| hours.to_string()),
        house_days_off: house.days_off,
    })
}

/// The agent who asks, by a session of their own.
fn own(state: &AppState, caller: &Caller) -> Answer<Id> {
    let agent = caller.account().and_then(|_| caller.agent.clone());
    agent.filter(|agent| state.journal.house().roster.agent(agent).is_some()).ok_or_else(|| {
        let detail = "these settings are for people on the roster, and your account belongs to none of them";
        Problem::new(axum::http::StatusCode::NOT_FOUND, "not-found", detail)
    })
}

/// `GET /v1/me/settings`
pub async fn get(State(state): State<AppState>, caller: Caller) -> Answer<Json<OwnSettingsView>> {
    Ok(Json(view(&state, &own(&state, &caller)?)?))
}

/// `PUT /v1/me/settings`
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<OwnSettingsView>> {
    let agent = own(&state, &caller)?;
    let asked: OwnSettings = document::read(&headers, &body)?;
    let sorted = |mut channels: Vec<Channel>| {
        channels.sort_unstable();
        channels.dedup();
        channels
    };
    let channels = asked.channels.map(|of| Channels { awards: sorted(of.awards), praise: sorted(of.praise) });
    let preference = Preference { channels, quiet: quiet(&asked.quiet)? };
    let new = Chosen { appearance: asked.appearance, preference, competes: asked.competes };
    choose(&state, &agent, &new).await?;
    Ok(Json(view(&state, &agent)?))
}
