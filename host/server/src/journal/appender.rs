//! The writer's thread.

use std::{
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use plaudit_core::{
    Millis,
    event::Event,
    journal::{Block, Entry, Position},
    limits::BLOCK_EVENTS_MAX,
    roster::Roster,
};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        control::{Control, put_entries},
        journal,
    },
    history::History,
};
use tokio::sync::oneshot;

use super::{AppendError, Follower, House, Journal, Opened, Outcome, QUEUE, Request, Shared, facts::Facts};
use crate::clock::Clock;

/// Events that one group commit takes at most: more wait for the next.
const GROUP_EVENTS_MAX: usize = 8_192;
/// How often the system's clock is looked at when nothing else happens.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Blocks read back at once after a start.
const READ_BACK: usize = 256;

/// A durable block with the roster as of its end.
#[derive(Clone, Debug)]
pub struct Published {
    /// The block.
    pub block: Arc<Block>,
    /// The roster as of its end.
    pub roster: Arc<Roster>,
    /// The house as of the end of the commit it came with.
    pub house: Arc<House>,
}

pub(super) fn open(
    store: Arc<dyn Store>,
    clock: Clock,
    make_follower: impl FnOnce(&Opened) -> Result<Arc<dyn Follower>, StoreError>,
) -> Result<Journal, StoreError> {
    let history = Arc::new(History::open(store.clone())?);
    let (house, rosters) = read_house(&*store)?;
    let mut facts = Facts::open(store.clone())?;
    read_back(&*store, &history, &mut facts)?;

    let opened =
        Opened { store: store.clone(), house: Arc::new(house.clone()), rosters, history: history.clone() };
    let follower = make_follower(&opened)?;

    let (sender, requests) = mpsc::sync_channel(QUEUE);
    let shared = Arc::new(Shared {
        sender,
        waiting: AtomicUsize::new(0),
        proposed: AtomicUsize::new(0),
        house: RwLock::new(opened.house.clone()),
        history: history.clone(),
        thread: Mutex::new(None),
    });
    let writer = Writer {
        store,
        clock,
        facts,
        house,
        history,
        follower,
        shared: shared.clone(),
        requests,
        proposals: 0,
    };
    let thread = std::thread::Builder::new().name("journal".into()).spawn(move || writer.run())?;
    *shared.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
    Ok(Journal { shared })
}

/// Rosters by the block that made them.
type Rosters = Vec<(u64, Arc<Roster>)>;

/// How a request for events is answered.
type EventsAnswer = oneshot::Sender<Result<Vec<Outcome>, AppendError>>;

/// The house, from the entries that are no events; facts only add to what is parked.
fn read_house(store: &dyn Store) -> Result<(House, Rosters), StoreError> {
    let mut house = House::default();
    let mut rosters = vec![(0, house.roster.clone())];
    let mut from = None;
    loop {
        let rows = family::scan::<Control>(store, from.as_ref(), 1000)?;
        let Some((last, _)) = rows.last() else { break };
        let next = (last.0, last.1 + 1);
        for ((block, index), entry) in rows {
            let before = house.roster.clone();
            let needs_time = matches!(entry, Entry::Decision { .. });
            let at = if needs_time { journal::read_block(store, block)?.map_or(0, |b| b.at) } else { 0 };
            house.apply(Position { block, index }, at, &entry);
            if !Arc::ptr_eq(&before, &house.roster) {
                match rosters.last_mut() {
                    Some((number, roster)) if *number == block => *roster = house.roster.clone(),
                    _ => rosters.push((block, house.roster.clone())),
                }
            }
        }
        from = Some(next);
    }
    let number = journal::last_block_number(store)?;
    if number > 0 {
        house.block = number;
        house.at = journal::read_block(store, number)?.map_or(0, |b| b.at);
    }
    Ok((house, rosters))
}

fn read_back(store: &dyn Store, history: &History, facts: &mut Facts) -> Result<(), StoreError> {
    let of_history = history.flushed_through() + 1;
    let of_facts = facts.first_missing();
    let mut next = of_history.min(of_facts);
    loop {
        let blocks = journal::read_blocks(store, next, READ_BACK)?;
        let Some(last) = blocks.last() else { return Ok(()) };
        next = last.number + 1;
        for block in blocks {
            let block = Arc::new(block);
            if block.number >= of_history {
                history.add_block(&block);
            }
            if block.number >= of_facts {
                facts.read_back(&block);
            }
        }
    }
}

struct Writer {
    store: Arc<dyn Store>,
    clock: Clock,
    facts: Facts,
    house: House,
    history: Arc<History>,
    follower: Arc<dyn Follower>,
    shared: Arc<Shared>,
    requests: mpsc::Receiver<Request>,
    /// Proposals taken since the last commit.
    proposals: usize,
}

/// Answers that wait for the disk.
#[derive(Default)]
struct Answers {
    events: Vec<(EventsAnswer, Vec<Outcome>)>,
    entries: Vec<(oneshot::Sender<Result<Position, AppendError>>, Position)>,
}

/// Blocks that are being written.
struct Group {
    now: Millis,
    next: u64,
    blocks: Vec<(Arc<Block>, Arc<Roster>)>,
    answers: Answers,
    events: usize,
}

impl Writer {
    fn run(mut self) {
        while let Some(group) = self.next_group() {
            if let Err(error) = self.commit(group) {
                // Memory is ahead of the disk now: going on would acknowledge what can't be found again.
                tracing::error!(%error, "the journal can't be written; this server takes no more events");
                return self.refuse_all(&error);
            }
        }
    }

    /// Waits for something to write. `None` at the end.
    fn next_group(&mut self) -> Option<Group> {
        loop {
            // What was taken is published by now, or there was nothing new in it.
            self.shared.proposed.fetch_sub(std::mem::take(&mut self.proposals), Ordering::SeqCst);
            let request = match self.requests.recv_timeout(LOOK_EVERY) {
                Ok(Request::Close) | Err(mpsc::RecvTimeoutError::Disconnected) => return None,
                Ok(request) => Some(request),
                Err(mpsc::RecvTimeoutError::Timeout) => None,
            };
            let now = self.clock.now().max(self.house.at);
            let next = self.house.block + 1;
            let mut group = Group { now, next, blocks: Vec::new(), answers: Answers::default(), events: 0 };
            self.facts.begin(next);
            if let Err(error) = self.fill(&mut group, request) {
                tracing::error!(%error, "the journal can't be read; this server takes no more events");
                self.refuse_all(&error);
                return None;
            }
            let is_due = group.blocks.is_empty() && self.follower.next_due().is_some_and(|due| due <= now);
            if is_due {
                self.facts.push(Entry::Tick);
                self.cut(&mut group);
            }
            let has_answers = !group.answers.events.is_empty() || !group.answers.entries.is_empty();
            if !group.blocks.is_empty() || has_answers {
                return Some(group);
            }
        }
    }

    fn fill(&mut self, group: &mut Group, first: Option<Request>) -> Result<(), StoreError> {
        let mut next = first;
        loop {
            match next {
                Some(Request::Events(events, answer)) => {
                    let outcomes = self.take_events(group, events)?;
                    group.answers.events.push((answer, outcomes));
                }
                Some(Request::Entries(entries, answer)) => self.take_entries(group, entries, answer),
                Some(Request::Look) | None => {}
                Some(Request::Close) => {
                    // Once more after this group, to end.
                    drop(self.shared.sender.try_send(Request::Close));
                    break;
                }
            }
            if group.events >= GROUP_EVENTS_MAX {
                break;
            }
            match self.requests.try_recv() {
                Ok(request) => next = Some(request),
                Err(_) => break,
            }
        }
        self.cut(group);
        Ok(())
    }

    fn take_events(&mut self, group: &mut Group, events: Vec<Event>) -> Result<Vec<Outcome>, StoreError> {
        let mut outcomes = Vec::with_capacity(events.len());
        group.events += events.len();
        for event in events {
            outcomes.push(self.facts.take(event, group.now)?);
            if self.facts.len() >= BLOCK_EVENTS_MAX {
                self.cut(group);
            }
        }
        Ok(outcomes)
    }

    /// Entries of one request are taken together, or none of them.
    fn take_entries(
        &mut self,
        group: &mut Group,
        entries: Vec<Entry>,
        answer: Option<oneshot::Sender<Result<Position, AppendError>>>,
    ) {
        self.cut(group);
        self.proposals += usize::from(answer.is_none());
        let mut trial = self.house.clone();
        let mut fresh = Vec::with_capacity(entries.len());
        for entry in entries {
            if trial.has(&entry) {
                continue;
            }
            if let Some(reason) = trial.refuses(&entry) {
                match answer {
                    Some(answer) => drop(answer.send(Err(AppendError::Refused(reason)))),
                    None => tracing::warn!(%reason, "a task's proposal was refused"),
                }
                return;
            }
            trial.apply(Position { block: group.next, index: 0 }, group.now, &entry);
            fresh.push(entry);
        }
        let mut position = Position { block: self.house.block, index: 0 };
        for entry in fresh {
            position = self.facts.push(entry);
        }
        self.cut(group);
        if let Some(answer) = answer {
            group.answers.entries.push((answer, position));
        }
    }

    /// Ends the open block, if anything is in it, and takes it into the house.
    fn cut(&mut self, group: &mut Group) {
        if self.facts.len() == 0 {
            return;
        }
        let block = self.facts.end(group.now);
        for (index, entry) in block.entries.iter().enumerate() {
            self.house.apply(Position { block: block.number, index: index as u32 }, block.at, entry);
        }
        group.blocks.push((block, self.house.roster.clone()));
        group.next += 1;
        self.facts.begin(group.next);
    }

    fn commit(&mut self, group: Group) -> Result<(), StoreError> {
        if !group.blocks.is_empty() {
            let mut batch = Batch::default();
            for (block, _) in &group.blocks {
                journal::put_block(&mut batch, block)?;
                put_entries(&mut batch, block);
                self.history.add_block(block);
            }
            self.facts.flush_into(&mut batch, group.now)?;
            if self.history.should_flush() {
                self.history.flush_into(&mut batch);
            }
            self.store.apply(batch)?;
            self.store.sync()?;
            self.publish(&group);
        }
        for (answer, outcomes) in group.answers.events {
            drop(answer.send(Ok(outcomes)));
        }
        for (answer, position) in group.answers.entries {
            drop(answer.send(Ok(position)));
        }
        Ok(())
    }

    fn publish(&self, group: &Group) {
        let house = Arc::new(self.house.clone());
        *self.shared.house.write().unwrap_or_else(PoisonError::into_inner) = house.clone();
        let published: Vec<_> = group
            .blocks
            .iter()
            .map(|(block, roster)| Published {
                block: block.clone(),
                roster: roster.clone(),
                house: house.clone(),
            })
            .collect();
        let events = group.blocks.iter().map(|(b, _)| b.entries.len() as u64).sum();
        metrics::counter!("plaudit_journal_entries_total").increment(events);
        metrics::gauge!("plaudit_journal_block").set(self.house.block as f64);
        self.follower.follow(&published);
    }

    fn refuse_all(&self, error: &StoreError) {
        let refusal = || AppendError::Store(error.to_string());
        while let Ok(request) = self.requests.try_recv() {
            match request {
                Request::Events(_, answer) => drop(answer.send(Err(refusal()))),
                Request::Entries(_, Some(answer)) => drop(answer.send(Err(refusal()))),
                Request::Entries(_, None) | Request::Look | Request::Close => {}
            }
        }
    }
}
