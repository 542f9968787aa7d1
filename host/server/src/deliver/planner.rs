//! The planner: outbox rows become delivery rows, in one batch.
//!
//! Who hears what: an agent's message goes to the agent's own chat or mail, never to a room; a team's and the room's go
//! to the room; webhooks get everything they ask for. Everything that waits for one person at that moment becomes one
//! message. What a correction makes untrue before it was told is not told, and neither is the correction.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{Id, event::SubjectKind, kudos::Status, rule::Reward};
use plaudit_store::{
    Batch, StoreError,
    family::{
        self,
        delivery::{Deliveries, Delivery, State, Target},
        endpoint::{Endpoint, Endpoints},
        kudos::KudosRows,
        outbox::{Body, Message, Outbox, Recipient},
        preference::{Channel, Preferences},
    },
};

use super::{
    book::{Book, Inner, TARGET_QUEUE_MAX, effect, is_stale},
    config::{DeliverConfig, MailWhen},
    webhook,
};
use crate::texts::Names;

/// Outbox rows planned at a time: what can become one message.
const OUTBOX_PAGE: usize = 1024;
/// Messages in one: a chat message holds 50 blocks.
pub(super) const BUNDLE_MAX: usize = 40;
/// A bundle, in bytes as stored; values have to stay below [`plaudit_core::limits::VALUE_BYTES_MAX`].
const BUNDLE_BYTES_MAX: usize = 40 * 1024;
/// Webhook endpoints of a house.
const ENDPOINTS_MAX: usize = 1000;

pub(super) struct Planner {
    names: Names,
    has_chat: bool,
    mail: Option<MailWhen>,
    rooms: Vec<Id>,
}

/// What a plan will write.
struct Draft<'a> {
    book: &'a Book,
    inner: &'a mut Inner,
    /// Existing rows that change.
    touched: BTreeMap<u64, Delivery>,
    /// New messages by target, in order.
    fresh: BTreeMap<Target, Vec<Message>>,
    /// Who chose to see such things on their own page only.
    own_page: BTreeSet<Target>,
}

/// The latest word on an effect to one target.
enum Latest {
    Nothing,
    /// In this plan.
    Fresh(usize),
    /// In a row that can still be changed.
    Waiting {
        id: u64,
        index: usize,
        maybe_told: bool,
    },
    /// Told, or being told.
    Told(Box<Body>),
}

impl Planner {
    pub(super) fn new(names: Names, config: &DeliverConfig) -> Self {
        let rooms = config.rooms.keys().map(|name| name.as_str().into()).collect();
        Self { names, has_chat: config.chat.is_some(), mail: config.mail.as_ref().map(|m| m.when), rooms }
    }

    /// Plans what is in the outbox, up to a page; returns how many rows were. Everything planned is durable on return.
    pub(super) fn plan(&self, book: &Book) -> Result<usize, StoreError> {
        book.lock().leave_limbo(book)?;
        let rows = family::scan::<Outbox>(&*book.store, None, OUTBOX_PAGE)?;
        if rows.is_empty() {
            return Ok(0);
        }
        let endpoints = family::scan::<Endpoints>(&*book.store, None, ENDPOINTS_MAX)?;
        let mut guard = book.lock();
        let mut draft = Draft {
            book,
            inner: &mut guard,
            touched: BTreeMap::new(),
            fresh: BTreeMap::new(),
            own_page: BTreeSet::new(),
        };
        let mut batch = Batch::default();
        let now = book.clock.now();
        let mut messages: Vec<&Message> = rows.iter().map(|(_, message)| message).collect();
        // Incentives write in parallel; people hear things as they were settled. Within an incentive the order stays:
        // a correction follows what it corrects.
        messages.sort_by_key(|m| m.block);
        for message in messages {
            if is_stale(message, None, now) {
                draft.inner.counts.stale_praise += 1;
                metrics::counter!("plaudit_praise_stale_total").increment(1);
                continue;
            }
            if is_removed(book, message)? {
                continue;
            }
            for target in self.targets(message, &endpoints, &mut draft)? {
                draft.place(target, message)?;
            }
        }
        rows.iter().for_each(|(key, _)| family::delete::<Outbox>(&mut batch, key));
        draft.commit(batch)?;
        Ok(rows.len())
    }

    fn targets(
        &self,
        message: &Message,
        endpoints: &[(String, Endpoint)],
        draft: &mut Draft<'_>,
    ) -> Result<Vec<Target>, StoreError> {
        let mut targets: Vec<Target> = endpoints
            .iter()
            .filter(|(_, endpoint)| wants(endpoint, message))
            .map(|(id, _)| Target::Webhook(id.as_str().into()))
            .collect();
        if matches!(message.body, Body::Proposed { .. } | Body::Approved { .. }) {
            return Ok(targets); // People are told what came of it.
        }
        match &message.to {
            Recipient::Subject(subject) if subject.kind == SubjectKind::Agent => {
                self.push_channels(&subject.id, message, draft, &mut targets)?;
            }
            Recipient::Subject(subject) if subject.kind == SubjectKind::Team => {
                targets.extend(self.room(message, Some(&subject.id)));
            }
            // Machines want to know that a period is final; in a room it is no news after the close.
            Recipient::Room if matches!(message.body, Body::Final { .. }) => {}
            Recipient::Room => targets.extend(self.room(message, None)),
            Recipient::Subject(_) => {}
        }
        Ok(targets)
    }

    /// The private channels of an agent that a message goes to. What was begun on one goes on there: whoever was told of an
    /// award hears of its correction in the same place, whatever they prefer by now.
    fn push_channels(
        &self,
        agent: &Id,
        message: &Message,
        draft: &mut Draft<'_>,
        targets: &mut Vec<Target>,
    ) -> Result<(), StoreError> {
        let person = self.names.person(agent).filter(|p| !p.erased).unwrap_or_default();
        let by_chat = self.has_chat && person.chat.is_some();
        let by_mail = self.mail.is_some() && person.mail.is_some();
        let reachable = |target: &Target| match target {
            Target::Chat(_) => by_chat,
            _ => by_mail,
        };
        let both =
            [(Channel::Chat, Target::Chat(agent.clone())), (Channel::Mail, Target::Mail(agent.clone()))];
        let mut known = Vec::new();
        if let Some(effect) = effect(&message.body) {
            for (_, target) in &both {
                if reachable(target) && !matches!(draft.latest(target, effect)?, Latest::Nothing) {
                    known.push(target.clone());
                }
            }
        }
        if !known.is_empty() {
            targets.append(&mut known);
            return Ok(());
        }
        let preference = family::get::<Preferences>(&*draft.book.store, &agent.to_string())?;
        let chosen =
            preference.and_then(|preference| preference.channels).map(|channels| match message.body {
                Body::Praise { .. } | Body::Kudos { .. } => channels.praise,
                _ => channels.awards,
            });
        if chosen.as_ref().is_some_and(Vec::is_empty) {
            let nowhere = Target::Nowhere(agent.clone());
            draft.own_page.extend((by_chat || by_mail).then(|| nowhere.clone()));
            targets.push(nowhere);
            return Ok(());
        }
        let is_chosen = |channel: &Channel| chosen.as_ref().is_some_and(|chosen| chosen.contains(channel));
        let before = targets.len();
        targets.extend(both.into_iter().filter(|(c, t)| is_chosen(c) && reachable(t)).map(|(_, t)| t));
        if targets.len() == before {
            self.push_default(agent, (by_chat, by_mail), targets);
        }
        Ok(())
    }

    /// As the house has it: for who has chosen nothing, or only what they can no longer be reached by.
    fn push_default(&self, agent: &Id, (by_chat, by_mail): (bool, bool), targets: &mut Vec<Target>) {
        let by_mail = by_mail && (self.mail == Some(MailWhen::Always) || !by_chat);
        if by_chat {
            targets.push(Target::Chat(agent.clone()));
        }
        if by_mail {
            targets.push(Target::Mail(agent.clone()));
        }
        if !by_chat && !by_mail {
            targets.push(Target::Nowhere(agent.clone()));
        }
    }

    fn room(&self, message: &Message, team: Option<&Id>) -> Option<Target> {
        let of_incentive = format!("incentive/{}", message.incentive);
        let of_team = team.map(|team| format!("team/{team}"));
        [Some(of_incentive), of_team, Some("default".to_owned())]
            .into_iter()
            .flatten()
            .find_map(|name| self.rooms.iter().find(|room| ***room == *name))
            .map(|room| Target::Room(room.clone()))
    }
}

/// Whether a message says thanks that somebody has removed meanwhile.
pub(super) fn is_removed(book: &Book, message: &Message) -> Result<bool, StoreError> {
    let Body::Kudos { kudos, .. } = &message.body else { return Ok(false) };
    let row = family::get::<KudosRows>(&*book.store, &kudos.to_string())?;
    Ok(row.is_some_and(|row| row.status == Status::Removed))
}

fn wants(endpoint: &Endpoint, message: &Message) -> bool {
    let kind = webhook::kind(&message.body);
    let is_of = |wanted: &String| {
        kind == wanted || kind.strip_prefix(wanted.as_str()).is_some_and(|r| r.starts_with('.'))
    };
    !endpoint.disabled
        && (endpoint.incentives.is_empty() || endpoint.incentives.contains(&message.incentive))
        && (endpoint.kinds.is_empty() || endpoint.kinds.iter().any(is_of))
}

impl Draft<'_> {
    fn place(&mut self, target: Target, message: &Message) -> Result<(), StoreError> {
        let is_machine = matches!(target, Target::Webhook(_));
        let Some(effect) = effect(&message.body) else {
            self.push(target, message);
            return Ok(());
        };
        match &message.body {
            Body::Granted { reward, .. } => self.granted(target, message, effect, reward),
            Body::Changed { tell, .. } => self.changed(target, message, effect, is_machine || *tell),
            Body::Reversed { tell, .. } => self.reversed(target, message, effect, is_machine || *tell),
            Body::Praise { .. } => {
                if matches!(self.latest(&target, effect)?, Latest::Nothing) {
                    self.push(target, message);
                }
                Ok(())
            }
            _ => {
                self.push(target, message);
                Ok(())
            }
        }
    }

    fn granted(
        &mut self,
        target: Target,
        message: &Message,
        effect: &Id,
        reward: &Reward,
    ) -> Result<(), StoreError> {
        let mut latest = self.latest(&target, effect)?;
        let is_reversal = matches!(self.body(&target, &latest), Some(Body::Reversed { .. }));
        if is_reversal && self.is_surely_untold(&latest) {
            // The reversal has not been told and is true no more. What was told before it may still hold.
            self.remove(&target, latest);
            self.inner.counts.messages_cancelled += 1;
            latest = self.latest(&target, effect)?;
        }
        match self.body(&target, &latest) {
            // Told once: what they have heard, or are about to hear, still holds.
            Some(Body::Granted { reward: known, .. } | Body::Changed { reward: known, .. })
                if known == *reward => {}
            _ => self.push(target, message),
        }
        Ok(())
    }

    fn changed(
        &mut self,
        target: Target,
        message: &Message,
        effect: &Id,
        tell: bool,
    ) -> Result<(), StoreError> {
        let latest = self.latest(&target, effect)?;
        match self.body(&target, &latest) {
            // A receiver that may have had it remembers its id, and would not look at it again.
            Some(body @ (Body::Granted { .. } | Body::Changed { .. })) if self.is_surely_untold(&latest) => {
                self.replace(&target, &latest, folded(body, &message.body));
            }
            _ if tell => self.push(target, message),
            _ => {}
        }
        Ok(())
    }

    fn reversed(
        &mut self,
        target: Target,
        message: &Message,
        effect: &Id,
        tell: bool,
    ) -> Result<(), StoreError> {
        // Everything that was not told is taken out; what remains to be said follows from what was told before it.
        let mut was_given_untold = false;
        loop {
            let latest = self.latest(&target, effect)?;
            match self.body(&target, &latest) {
                // Reversed already: once is enough.
                Some(Body::Reversed { .. }) => return Ok(()),
                Some(body @ (Body::Granted { .. } | Body::Changed { .. }))
                    if !matches!(latest, Latest::Told(_)) =>
                {
                    let is_surely_untold = self.is_surely_untold(&latest);
                    if !is_surely_untold && tell {
                        // It may have arrived: it is told to its end, and then corrected.
                        break;
                    }
                    self.remove(&target, latest);
                    self.inner.counts.messages_cancelled += 1;
                    if !is_surely_untold {
                        break;
                    }
                    was_given_untold |= matches!(body, Body::Granted { .. });
                }
                // Both cancel each other.
                None if was_given_untold => {
                    self.inner.counts.messages_cancelled += 1;
                    return Ok(());
                }
                _ => break,
            }
        }
        if tell {
            self.push(target, message);
        }
        Ok(())
    }

    fn push(&mut self, target: Target, message: &Message) {
        self.fresh.entry(target).or_default().push(message.clone());
    }

    fn latest(&mut self, target: &Target, wanted: &Id) -> Result<Latest, StoreError> {
        let speaks = |m: &Message| effect(&m.body) == Some(wanted);
        if let Some(index) = self.fresh.get(target).and_then(|messages| messages.iter().rposition(speaks)) {
            return Ok(Latest::Fresh(index));
        }
        for id in self.inner.about(wanted) {
            let row = match self.touched.get(&id) {
                Some(row) => row.clone(),
                None => match self.book.row(id)? {
                    Some(row) => row,
                    None => continue,
                },
            };
            let Some(index) = row.messages.iter().rposition(speaks) else { continue };
            if row.target != *target {
                continue;
            }
            let can_change =
                matches!(row.state, State::Pending | State::Waiting | State::Dead | State::NoChannel)
                    && !self.inner.is_flying(target, id);
            return Ok(if can_change {
                let maybe_told = match row.state {
                    State::NoChannel => false,
                    State::Waiting => row.maybe_told,
                    _ => self.inner.maybe_told(id, &row),
                };
                self.touched.insert(id, row);
                Latest::Waiting { id, index, maybe_told }
            } else if row.state == State::Cancelled {
                continue;
            } else {
                Latest::Told(Box::new(row.messages[index].body.clone()))
            });
        }
        Ok(Latest::Nothing)
    }

    fn body(&self, target: &Target, latest: &Latest) -> Option<Body> {
        match latest {
            Latest::Nothing => None,
            Latest::Fresh(index) => Some(self.fresh.get(target)?.get(*index)?.body.clone()),
            Latest::Waiting { id, index, .. } => {
                Some(self.touched.get(id)?.messages.get(*index)?.body.clone())
            }
            Latest::Told(body) => Some((**body).clone()),
        }
    }

    fn is_surely_untold(&self, latest: &Latest) -> bool {
        matches!(latest, Latest::Fresh(_) | Latest::Waiting { maybe_told: false, .. })
    }

    fn replace(&mut self, target: &Target, latest: &Latest, body: Body) {
        let message = match latest {
            Latest::Fresh(index) => self.fresh.get_mut(target).and_then(|m| m.get_mut(*index)),
            Latest::Waiting { id, index, .. } => {
                self.touched.get_mut(id).and_then(|r| r.messages.get_mut(*index))
            }
            Latest::Nothing | Latest::Told(_) => None,
        };
        if let Some(message) = message {
            message.body = body;
        }
    }

    fn remove(&mut self, target: &Target, latest: Latest) {
        match latest {
            Latest::Fresh(index) => {
                if let Some(messages) = self.fresh.get_mut(target) {
                    messages.remove(index);
                }
            }
            Latest::Waiting { id, index, .. } => {
                let Some(row) = self.touched.get_mut(&id) else { return };
                if row.messages.len() > 1 {
                    row.messages.remove(index);
                } else {
                    // The message stays in the row, so that a person sees what was taken back.
                    self.inner.counts.moved(Some(row.state), Some(State::Cancelled));
                    row.state = State::Cancelled;
                    row.last_error = Some("taken back before it was told".to_owned());
                }
            }
            Latest::Nothing | Latest::Told(_) => {}
        }
    }

    /// Writes the plan, durably, and enters it into the book.
    fn commit(self, mut batch: Batch) -> Result<(), StoreError> {
        let Self { book, inner, mut touched, fresh, own_page } = self;
        let wall_now = book.wall.now();
        let (mut until, mut joined) = (BTreeMap::new(), Vec::new());
        let mut fresh: Vec<(Target, Vec<Message>)> = fresh.into_iter().collect();
        for (target, messages) in &mut fresh {
            let Some(end) = book.is_quiet(target)? else { continue };
            until.insert(target.clone(), end);
            join(book, inner, target, messages, &mut touched, &mut joined)?;
        }
        for (id, row) in &touched {
            family::put::<Deliveries>(&mut batch, id, row);
        }
        let mut rows = Vec::new();
        for (target, messages) in fresh {
            let mut waiting = inner.waiting(&target);
            for messages in bundles(&target, messages) {
                waiting += 1;
                let (state, last_error) = match &target {
                    Target::Nowhere(_) if own_page.contains(&target) => {
                        (State::NoChannel, Some("they chose to see this on their own page only".to_owned()))
                    }
                    Target::Nowhere(_) => {
                        (State::NoChannel, Some("no chat or mail address that is in use".to_owned()))
                    }
                    _ if waiting > TARGET_QUEUE_MAX => (
                        State::Dead,
                        Some(format!(
                            "{TARGET_QUEUE_MAX} deliveries wait for this target; mend it, then send again"
                        )),
                    ),
                    _ if until.contains_key(&target) => (State::Waiting, None),
                    _ => (State::Pending, None),
                };
                rows.push(Delivery {
                    target: target.clone(),
                    messages,
                    state,
                    created: wall_now,
                    attempts: 0,
                    next_at: wall_now,
                    first_attempt: None,
                    last_attempt: None,
                    last_error,
                    maybe_told: false,
                    waited_until: until.get(&target).copied().filter(|_| state == State::Waiting),
                });
            }
        }
        let numbered: Vec<(u64, Delivery)> = (inner.next..).zip(rows).collect();
        for (id, row) in &numbered {
            family::put::<Deliveries>(&mut batch, id, row);
        }
        book.store.apply(batch)?;
        inner.speak_of(joined);
        inner.next += numbered.len() as u64;
        inner.limbo.extend(numbered);
        inner.leave_limbo(book)
    }
}

/// What is said to somebody who is left alone joins what waits for them already, as far as there is room: one message at
/// the end instead of a heap. Takes out of `messages` what has found a place.
fn join(
    book: &Book,
    inner: &Inner,
    target: &Target,
    messages: &mut Vec<Message>,
    touched: &mut BTreeMap<u64, Delivery>,
    joined: &mut Vec<(u64, Id)>,
) -> Result<(), StoreError> {
    let Some(id) = inner.last_held(target) else { return Ok(()) };
    let Some(mut row) = touched.get(&id).cloned().map_or_else(|| book.row(id), |row| Ok(Some(row)))? else {
        return Ok(());
    };
    if row.state != State::Waiting || row.attempts > 0 || row.maybe_told {
        return Ok(());
    }
    let mut bytes: usize = row.messages.iter().map(size).sum();
    let room = messages.iter().take(BUNDLE_MAX.saturating_sub(row.messages.len()));
    let fits = room.take_while(|message| {
        bytes += size(message);
        bytes <= BUNDLE_BYTES_MAX
    });
    let fitting = fits.count();
    for message in messages.drain(..fitting) {
        joined.extend(effect(&message.body).map(|effect| (id, effect.clone())));
        row.messages.push(message);
    }
    touched.insert(id, row);
    Ok(())
}

fn size(message: &Message) -> usize {
    postcard::to_stdvec(message).map_or(0, |bytes| bytes.len())
}

/// What a message that was not told becomes when its award changes.
fn folded(waiting: Body, change: &Body) -> Body {
    let Body::Changed { effect, reward, because, units, tell } = change.clone() else { return waiting };
    match waiting {
        Body::Granted { .. } => Body::Granted { effect, reward, because },
        Body::Changed { units: before, tell: told, .. } => {
            Body::Changed { effect, reward, because, units: units.saturating_add(before), tell: tell || told }
        }
        other => other,
    }
}

fn bundles(target: &Target, messages: Vec<Message>) -> Vec<Vec<Message>> {
    let max = if matches!(target, Target::Webhook(_)) { 1 } else { BUNDLE_MAX };
    let (mut all, mut bytes) = (Vec::<Vec<Message>>::new(), 0);
    for message in messages {
        let size = size(&message);
        match all.last_mut() {
            Some(bundle) if bundle.len() < max && bytes + size <= BUNDLE_BYTES_MAX => {
                bundle.push(message);
                bytes += size;
            }
            _ => {
                all.push(vec![message]);
                bytes = size;
            }
        }
    }
    all
}
