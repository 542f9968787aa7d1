//! `/v1/kudos`: thanks from person to person, and what is said about them.

use std::time::Duration;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_core::{
    Id, Millis,
    access::{Reach, Right},
    journal::Entry,
    kudos::{self, Act, Given, Giver, Kudos, Status, WORDS, check_text, id_at, month},
    roster::Roster,
};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        appearance::{Appearance, Appearances},
        cursor::Cursor,
        kudos::{KudosRows, KudosText, KudosTexts, given, got, newest, of_list, waiting as waiting_list},
        people::{People, Person},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    auth::{self, Caller, Made, Who},
    document, pages, people,
    problem::{Answer, Problem},
    veil,
};
use crate::{engine::TREASURY, journal::AppendError, porter::accounts};

/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 500;
/// Thanks that wait which are looked through.
const WAITING_MAX: usize = 5_000;
/// How often, and how many times, the treasury is asked whether it has booked.
const LOOK_EVERY: Duration = Duration::from_millis(5);
const LOOKS: usize = 400;

/// What `POST /v1/kudos` takes: either `words` or `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KudosDocument {
    /// Who gets it: external or opaque id of an agent.
    pub to: String,
    /// Ready-made words, by name: whoever gets them reads them in their own language.
    #[serde(default)]
    pub words: Option<String>,
    /// Own words: 1 to 280 characters, in one line.
    #[serde(default)]
    pub text: Option<String>,
}

/// Why thanks are removed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KudosRemoval)]
pub struct Removal {
    /// Shown to whoever gave them.
    pub reason: String,
}

/// Which thanks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// `waiting` (held or reported), `shown` or `removed`; all if nothing is said.
    #[serde(default)]
    pub state: Option<String>,
    /// At most so many, 1 to 1000.
    #[serde(default = "pages::hundred")]
    pub limit: usize,
}

/// Thanks, as the one who asks may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KudosView {
    /// Its id.
    pub id: Id,
    /// When they were given, in milliseconds since 1970.
    pub at: Millis,
    /// Who gave them: `agent/<opaque id>` or `account/<id>`.
    pub from: String,
    /// Their shown name; none once erased.
    pub from_name: Option<String>,
    /// Who got them: an agent's opaque id.
    pub to: Id,
    /// Their shown name; none once erased.
    pub to_name: Option<String>,
    /// The name of ready-made words.
    pub words: Option<Id>,
    /// What was written.
    pub text: Option<String>,
    /// `held`, `shown`, `reported` or `removed`.
    pub state: String,
    /// Whether whoever got them does not want to see them.
    pub hidden: bool,
    /// Why they were removed.
    pub reason: Option<String>,
}

/// Who looks at thanks.
pub(crate) struct Eyes {
    /// Under which name they say thanks, if they are a person.
    pub(crate) giver: Option<Giver>,
    /// Which agent they are.
    agent: Option<Id>,
    /// Whose thanks they decide on.
    decides: Reach,
    /// Whose names they see in any case.
    sees: Reach,
    /// Under which names they do something: their own, and that of whoever made their token.
    names: Vec<Id>,
    roster: std::sync::Arc<Roster>,
    now: Millis,
}

impl Eyes {
    pub(crate) fn of(state: &AppState, caller: &Caller) -> Self {
        Self {
            giver: giver(caller),
            agent: caller.account().and_then(|_| caller.agent.clone()),
            decides: caller.access.reach(Right::DecideKudos).cloned().unwrap_or_default(),
            sees: caller.access.reach(Right::SeePeople).cloned().unwrap_or_default(),
            names: caller.names().map(Id::from).collect(),
            roster: state.journal.house().roster,
            now: state.clock.now(),
        }
    }

    fn gave(&self, row: &Given) -> bool {
        self.giver.as_ref() == Some(&row.kudos.from)
    }

    fn got(&self, row: &Given) -> bool {
        self.agent.as_ref() == Some(&row.kudos.to)
    }

    /// Whether somebody stands behind one of the names under which the reader does something.
    fn is_of(&self, store: &dyn Store, person: &Giver) -> Result<bool, StoreError> {
        for name in &self.names {
            let is_it = match (accounts::get(store, name)?, person) {
                (Some(account), Giver::Agent(agent)) => account.agent.as_deref() == Some(&**agent),
                (Some(account), Giver::Account(id)) => *account.id == **id,
                (None, _) => false,
            };
            if is_it {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A name as the reader may see it: by its initials, where that person prefers it and the reader's role does not
    /// reach them.
    fn called(&self, store: &dyn Store, agent: &Id, name: String) -> Result<String, StoreError> {
        let chosen = family::get::<Appearances>(store, &agent.to_string())?.unwrap_or_default();
        let is_seen =
            self.agent.as_ref() == Some(agent) || self.sees.covers_agent(&self.roster, agent, self.now);
        Ok(if chosen == Appearance::Initials && !is_seen { veil::initials(&name) } else { name })
    }

    /// Whether they decide on what this agent gets.
    pub(crate) fn decides_on(&self, agent: &str) -> bool {
        self.decides.covers_agent(&self.roster, agent, self.now)
    }

    /// Whether they see them at all. Whoever got them sees neither what waits nor what was removed.
    fn sees(&self, row: &Given) -> bool {
        let has_got = self.got(row) && matches!(row.status, Status::Shown | Status::Reported);
        has_got || self.gave(row) || (self.decides_on(&row.kudos.to) && !self.got(row))
    }

    /// How they stand: who gave them does not hear that they were reported.
    fn status(&self, row: &Given) -> Status {
        if self.gave(row) && row.status == Status::Reported { Status::Shown } else { row.status }
    }
}

/// Under which name somebody says thanks: tokens are nobody.
fn giver(caller: &Caller) -> Option<Giver> {
    let Who::Account { account, .. } = &caller.who else { return None };
    let agent = account.agent.as_deref().map(|agent| Giver::Agent(agent.into()));
    Some(agent.unwrap_or_else(|| Giver::Account(account.id.as_str().into())))
}

/// `GET /v1/kudos`: the newest first. Those one got and gave, and those that people got whom one leads or manages.
pub async fn list(
    State(state): State<AppState>,
    Query(which): Query<Which>,
    caller: Caller,
) -> Answer<Json<Vec<KudosView>>> {
    const STATES: [&str; 3] = ["waiting", "shown", "removed"];
    let wanted = which.state.as_deref().unwrap_or("all");
    if wanted != "all" && !STATES.contains(&wanted) {
        let detail = format!("`state` is {wanted:?}, and must be one of: {}", STATES.join(", "));
        return Err(Problem::bad_request("bad-status", detail));
    }
    let eyes = Eyes::of(&state, &caller);
    let (wanted, limit) = (wanted.to_owned(), which.limit.clamp(1, pages::REACH_MAX));
    let read = move || -> Result<Vec<KudosView>, StoreError> {
        let store = &*state.store;
        let is_wanted = |row: &Given| {
            let status = eyes.status(row);
            eyes.sees(row)
                && match &*wanted {
                    "waiting" => status.waits(),
                    "shown" => status == Status::Shown,
                    "removed" => status == Status::Removed,
                    _ => true,
                }
        };
        let mut rows = match (eyes.decides.is_nothing(), &*wanted) {
            (true, _) => own(store, &eyes, pages::REACH_MAX)?,
            (false, "waiting") => of_list(store, &waiting_list(), WAITING_MAX)?,
            (false, _) => newest(store, limit, pages::REACH_MAX, is_wanted)?,
        };
        rows.retain(is_wanted);
        rows.truncate(limit);
        rows.iter().filter_map(|row| view(store, &eyes, row).transpose()).collect()
    };
    let rows = tokio::task::spawn_blocking(read).await;
    let failed = |_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the list failed");
    Ok(Json(rows.map_err(failed)??))
}

/// What somebody got and gave.
fn own(store: &dyn Store, eyes: &Eyes, limit: usize) -> Result<Vec<Given>, StoreError> {
    let mut rows = match &eyes.agent {
        Some(agent) => of_list(store, &got(agent), limit)?,
        None => Vec::new(),
    };
    if let Some(giver) = &eyes.giver {
        rows.extend(of_list(store, &given(giver), limit)?);
    }
    rows.sort_by(|a, b| a.kudos.id.cmp(&b.kudos.id));
    Ok(rows)
}

/// Thanks that wait for somebody, of those whom a reach holds for and who is not the reader.
///
/// # Errors
/// The store fails.
pub(crate) fn waiting(state: &AppState, eyes: &Eyes) -> Result<Vec<KudosView>, StoreError> {
    let rows = of_list(&*state.store, &waiting_list(), WAITING_MAX)?;
    let is_theirs =
        |row: &&Given| eyes.decides_on(&row.kudos.to) && !eyes.got(row) && eyes.status(row).waits();
    let waits = rows.iter().filter(is_theirs);
    waits.filter_map(|row| view(&*state.store, eyes, row).transpose()).collect()
}

/// The newest that were removed, to be brought back.
///
/// # Errors
/// The store fails.
pub(crate) fn removed(state: &AppState, eyes: &Eyes, limit: usize) -> Result<Vec<KudosView>, StoreError> {
    let is_wanted =
        |row: &Given| row.status == Status::Removed && eyes.decides_on(&row.kudos.to) && !eyes.got(row);
    let rows = newest(&*state.store, limit, WAITING_MAX, is_wanted)?;
    rows.iter().filter_map(|row| view(&*state.store, eyes, row).transpose()).collect()
}

/// What the reader got, and what they gave: the newest of each.
///
/// # Errors
/// The store fails.
pub(crate) fn mine(
    state: &AppState,
    eyes: &Eyes,
    limit: usize,
) -> Result<(Vec<KudosView>, Vec<KudosView>), StoreError> {
    let store = &*state.store;
    // What was removed, or waits, takes no place from what is seen.
    let newest = |list: String| -> Result<Vec<KudosView>, StoreError> {
        let rows = of_list(store, &list, limit.saturating_mul(4))?;
        let seen = rows.iter().filter(|row| eyes.sees(row));
        seen.take(limit).filter_map(|row| view(store, eyes, row).transpose()).collect()
    };
    let of_agent = eyes.agent.as_ref().map(|agent| newest(got(agent))).transpose()?;
    let of_giver = eyes.giver.as_ref().map(|giver| newest(given(giver))).transpose()?;
    Ok((of_agent.unwrap_or_default(), of_giver.unwrap_or_default()))
}

/// How many somebody has given this month, and how many they may.
///
/// # Errors
/// The store fails.
pub(crate) fn this_month(state: &AppState, caller: &Caller) -> Result<(u32, u32), StoreError> {
    let limit = limit(state, caller);
    let Some(giver) = giver(caller) else { return Ok((0, limit)) };
    let month = month(zone(state, &giver), state.clock.now());
    let rows = of_list(&*state.store, &given(&giver), limit as usize + 1)?;
    let n = rows.iter().filter(|row| row.kudos.month == month).count();
    Ok((u32::try_from(n).unwrap_or(u32::MAX), limit))
}

fn limit(state: &AppState, caller: &Caller) -> u32 {
    let settings = &state.config.kudos;
    if caller.access.may(Right::DecideKudos) { settings.per_month_leader } else { settings.per_month }
}

/// Months of those who are not on the roster are those of UTC.
fn zone(state: &AppState, giver: &Giver) -> chrono_tz::Tz {
    let Giver::Agent(agent) = giver else { return chrono_tz::Tz::UTC };
    state.journal.house().roster.zone_of_agent(agent, state.clock.now()).unwrap_or(chrono_tz::Tz::UTC)
}

/// Whether the caller may thank this agent: somebody of their own team, or whom their reach holds for.
pub(crate) fn may_thank(state: &AppState, caller: &Caller, agent: &str) -> bool {
    let (roster, now) = (state.journal.house().roster, state.clock.now());
    let team = caller.agent.as_ref().and_then(|own| roster.team_at(own, now));
    let is_mate = team.is_some() && team == roster.team_at(agent, now);
    let reach = caller.access.reach(Right::GiveKudos).cloned().unwrap_or_default();
    is_mate || reach.covers_agent(&roster, agent, now)
}

/// What becomes of what this caller writes to an agent: whether somebody reads it first.
pub(crate) fn is_reviewed(state: &AppState, caller: &Caller, agent: &str) -> bool {
    state.config.kudos.review && !Eyes::of(state, caller).decides_on(agent)
}

/// `POST /v1/kudos`
pub async fn give(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Extension<Made>, Json<KudosView>)> {
    let wish = document::read(&headers, &body)?;
    let view = give_once(&state, &caller, wish, None).await?;
    Ok((StatusCode::CREATED, Extension(Made(view.id.to_string())), Json(view)))
}

/// Says thanks. With an id that was made for a form, sent twice it is given once.
///
/// # Errors
/// They may not, or not so many, or the words are no good.
pub(crate) async fn give_once(
    state: &AppState,
    caller: &Caller,
    wish: KudosDocument,
    once: Option<&str>,
) -> Answer<KudosView> {
    let eyes = Eyes::of(state, caller);
    let nobody = || {
        let detail = "people say thanks, and programs don't; sign in instead of sending a token";
        Problem::new(StatusCode::FORBIDDEN, "scope", detail)
    };
    let from = eyes.giver.clone().ok_or_else(nobody)?;
    let (words, text) = said(&wish)?;
    let to = receiver(state, &wish.to)?;
    if from.is_agent(&to) {
        return Err(Problem::unprocessable(
            "kudos-to-oneself",
            "thanks are for somebody else: choose another `to`",
        ));
    }
    if !may_thank(state, caller, &to) {
        return Err(auth::beyond(caller));
    }
    let now = state.clock.now();
    let mut id = match once
        .filter(|id| kudos::time_of(id).is_some_and(|at| (at - now).abs() < plaudit_core::DAY_MS))
    {
        Some(id) => Id::from(id),
        None => id_at(now, rand::random()),
    };
    if let Some(row) = family::get::<KudosRows>(&*state.store, &id.to_string())? {
        if row.kudos.from != from {
            return Err(missing(&id));
        }
        let kept = family::get::<KudosTexts>(&*state.store, &id.to_string())?.and_then(|kept| kept.text);
        if (&row.kudos.to, &row.kudos.words, &kept) == (&to, &words, &text) {
            return shown(state, &eyes, &row);
        }
        // The same form, filled in anew.
        id = id_at(now, rand::random());
    }
    let kudos = Kudos {
        id,
        month: month(zone(state, &from), now),
        limit: limit(state, caller),
        is_held: text.is_some() && is_reviewed(state, caller, &to),
        from,
        to,
        words,
    };
    write_down(state, &eyes, kudos, text).await
}

/// The text first, so that no thanks are without theirs; then the entry, which may be refused.
async fn write_down(state: &AppState, eyes: &Eyes, kudos: Kudos, text: Option<String>) -> Answer<KudosView> {
    let id = kudos.id.to_string();
    // Sent twice at the same moment, the first one's words stay.
    let is_first = family::get::<KudosTexts>(&*state.store, &id)?.is_none();
    if is_first {
        write_text(&*state.store, &kudos, |kept| kept.text = text)?;
    }
    match state.journal.append(vec![Entry::Kudos(kudos.clone())]).await {
        Ok(position) => {
            booked(state, position.block).await;
            let row = family::get::<KudosRows>(&*state.store, &id)?;
            shown(state, eyes, &row.unwrap_or_else(|| Given::new(kudos, eyes.now, position.block)))
        }
        Err(error) => {
            // Of other failures nobody knows whether the journal has it.
            if is_first && matches!(error, AppendError::Refused(_) | AppendError::Busy { .. }) {
                let mut batch = Batch::default();
                family::delete::<KudosTexts>(&mut batch, &id);
                state.store.apply(batch)?;
            }
            Err(match error {
                AppendError::Refused(why) => {
                    let detail = format!("{why}; the next month begins with none");
                    Problem::conflict("kudos-limit", detail)
                }
                other => other.into(),
            })
        }
    }
}

/// Ready-made words or own ones, and not both.
fn said(wish: &KudosDocument) -> Answer<(Option<Id>, Option<String>)> {
    let bad = |detail: String| Problem::unprocessable("bad-kudos", detail);
    match (&wish.words, &wish.text) {
        (Some(words), None) if WORDS.contains(&&**words) => Ok((Some(words.as_str().into()), None)),
        (Some(words), None) => {
            Err(bad(format!("`words` is {words:?}, and must be one of: {}", WORDS.join(", "))))
        }
        (None, Some(text)) => {
            check_text(text).map_err(|error| bad(error.to_string()))?;
            Ok((None, Some(text.trim().to_owned())))
        }
        _ => Err(bad("give either `words` or `text`".to_owned())),
    }
}

/// Somebody of the roster who was not erased.
fn receiver(state: &AppState, given: &str) -> Answer<Id> {
    let nobody = || Problem::not_found("agent", given, "/v1/agents");
    let id = people::opaque(state, given);
    state.journal.house().roster.agent(&id).ok_or_else(nobody)?;
    let person = family::get::<People>(&*state.store, &id.to_string())?.filter(|person| !person.erased);
    person.map(|_| id).ok_or_else(nobody)
}

fn write_text(
    store: &dyn Store,
    kudos: &Kudos,
    change: impl FnOnce(&mut KudosText),
) -> Result<(), StoreError> {
    let key = kudos.id.to_string();
    let known = family::get::<KudosTexts>(store, &key)?;
    let fresh = || KudosText { from: kudos.from.clone(), to: kudos.to.clone(), text: None, reason: None };
    let mut kept = known.unwrap_or_else(fresh);
    change(&mut kept);
    if kept.text.is_none() && kept.reason.is_none() {
        return Ok(());
    }
    let mut batch = Batch::default();
    family::put::<KudosTexts>(&mut batch, &key, &kept);
    store.apply(batch)?;
    store.sync()
}

/// Waits until the treasury has booked a block, so that who looks next sees it. It is durable in the journal in any case.
async fn booked(state: &AppState, block: u64) {
    for _ in 0..LOOKS {
        match family::get::<Cursor>(&*state.store, &TREASURY.to_owned()) {
            Ok(Some(place)) if place.block >= block => return,
            Ok(_) => tokio::time::sleep(LOOK_EVERY).await,
            Err(_) => return,
        }
    }
}

/// `POST /v1/kudos/{id}/report`: whoever got it finds it wrong.
pub async fn report(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<Json<KudosView>> {
    of_receiver(&state, &id, &caller, Act::Report).await.map(Json)
}

/// `POST /v1/kudos/{id}/hide`: whoever got it does not want to see it.
pub async fn hide(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<Json<KudosView>> {
    of_receiver(&state, &id, &caller, Act::Hide).await.map(Json)
}

/// `POST /v1/kudos/{id}/show`: they want to see it again.
pub async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<Json<KudosView>> {
    of_receiver(&state, &id, &caller, Act::Show).await.map(Json)
}

/// What whoever got thanks says about them.
///
/// # Errors
/// They got no such thanks.
pub(crate) async fn of_receiver(state: &AppState, id: &str, caller: &Caller, act: Act) -> Answer<KudosView> {
    let eyes = Eyes::of(state, caller);
    let row = find(state, id)?;
    if !(eyes.got(&row) && eyes.sees(&row)) {
        return Err(missing(id));
    }
    shown(state, &eyes, &row)?;
    say(state, &eyes, caller, row, act).await
}

/// `POST /v1/kudos/{id}/keep`: it may be seen.
pub async fn keep(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<Json<KudosView>> {
    decide(&state, &id, &caller, None).await.map(Json)
}

/// `POST /v1/kudos/{id}/remove`: it may be seen no longer.
pub async fn remove(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<KudosView>> {
    let Removal { reason } = document::read(&headers, &body)?;
    decide(&state, &id, &caller, Some(&reason)).await.map(Json)
}

/// Whether a reason says something, in letters that read as they stand.
fn is_readable(reason: &str) -> bool {
    let is_blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let is_bad = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !reason.chars().all(is_blank) && !reason.chars().any(is_bad)
}

/// Keeps thanks, or removes them for a reason.
///
/// # Errors
/// There are none of this id within reach, they are the caller's own, or the reason is none.
pub(crate) async fn decide(
    state: &AppState,
    id: &str,
    caller: &Caller,
    reason: Option<&str>,
) -> Answer<KudosView> {
    if let Some(reason) = reason
        && (reason.chars().count() > REASON_CHARS_MAX || !is_readable(reason))
    {
        let detail = format!(
            "to remove thanks takes a `reason` of 1 to {REASON_CHARS_MAX} characters: who gave them reads it"
        );
        return Err(Problem::unprocessable("reason-missing", detail));
    }
    let eyes = Eyes::of(state, caller);
    let row = find(state, id)?;
    if !eyes.decides_on(&row.kudos.to) {
        return Err(auth::beyond(caller));
    }
    // Who wrote them may take them back, and not let them through.
    let store = &*state.store;
    let is_got = eyes.got(&row) || eyes.is_of(store, &Giver::Agent(row.kudos.to.clone()))?;
    let is_given = eyes.gave(&row) || eyes.is_of(store, &row.kudos.from)?;
    if is_got || (reason.is_none() && is_given) {
        let detail = "nobody decides on thanks that they got or gave; somebody else has to";
        return Err(Problem::new(StatusCode::FORBIDDEN, "own-kudos", detail));
    }
    let act = if reason.is_some() { Act::Remove } else { Act::Keep };
    // What was erased meanwhile can't be decided on.
    shown(state, &eyes, &row)?;
    if let Some(reason) = reason.filter(|_| row.status != Status::Removed) {
        write_text(&*state.store, &row.kudos, |kept| kept.reason = Some(reason.trim().to_owned()))?;
    }
    say(state, &eyes, caller, row, act).await
}

/// Writes an act into the journal, unless it would change nothing.
async fn say(state: &AppState, eyes: &Eyes, caller: &Caller, row: Given, act: Act) -> Answer<KudosView> {
    let mut after = row.clone();
    after.apply(act);
    if after != row {
        let entry = Entry::KudosDecided { id: row.kudos.id.clone(), act, actor: caller.name.clone() };
        let position = state.journal.append(vec![entry]).await?;
        booked(state, position.block).await;
    }
    shown(state, eyes, &after)
}

fn find(state: &AppState, id: &str) -> Answer<Given> {
    family::get::<KudosRows>(&*state.store, &id.to_owned())?.ok_or_else(|| missing(id))
}

fn missing(id: &str) -> Problem {
    Problem::not_found("kudos", id, "/v1/kudos")
}

fn shown(state: &AppState, eyes: &Eyes, row: &Given) -> Answer<KudosView> {
    view(&*state.store, eyes, row)?.ok_or_else(|| missing(&row.kudos.id))
}

/// A row as it is shown; nothing where what was written has been erased.
fn view(store: &dyn Store, eyes: &Eyes, row: &Given) -> Result<Option<KudosView>, StoreError> {
    let kudos = &row.kudos;
    let kept = family::get::<KudosTexts>(store, &kudos.id.to_string())?;
    let (text, reason) = kept.map_or((None, None), |kept| (kept.text, kept.reason));
    if kudos.words.is_none() && text.is_none() {
        return Ok(None);
    }
    let status = eyes.status(row);
    let name = |agent: &Id| -> Result<Option<String>, StoreError> {
        let person = family::get::<People>(store, &agent.to_string())?;
        Ok(person.filter(|person: &Person| !person.erased).map(|person| person.name))
    };
    let from_name = match &kudos.from {
        Giver::Agent(agent) => name(agent)?,
        Giver::Account(account) => accounts::get(store, account)?.map(|account| account.name),
    };
    Ok(Some(KudosView {
        id: kudos.id.clone(),
        at: row.at,
        from: kudos.from.to_string(),
        from_name,
        to: kudos.to.clone(),
        to_name: name(&kudos.to)?.map(|name| eyes.called(store, &kudos.to, name)).transpose()?,
        words: kudos.words.clone(),
        text,
        state: status.name().to_owned(),
        hidden: row.is_hidden && eyes.got(row),
        reason: reason.filter(|_| status == Status::Removed),
    }))
}
