//! Draws: the list is sealed, the seed revealed, the winners follow; a place that becomes free is drawn again from the
//! same order.

use std::collections::BTreeMap;

use plaudit_core::{
    Id, Millis,
    draw::{self, Beacon, LeftOut, Receipt, TicketList, Winner},
    event::Subject,
    incentive::Period,
    journal::Entry,
    limits::DRAW_WINNERS_MAX,
    rule::{DrawMethod, DrawSpec, Entrant, KeyKind, Reward, Text},
    settle::Contribution,
};
use plaudit_store::family::outbox::Body;
use serde::{Deserialize, Serialize};

use crate::{
    api::views::{DrawState, DrawView, WinnerView},
    beacon::Chain,
};

use super::{
    close::Concluded,
    fold::{award_content, award_id},
    key::Emitted,
    task::{Outcome, Task, TaskError, World, output_fault},
};

/// How far a draw has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Draw {
    spec: DrawSpec,
    tickets: TicketList,
    list_hash: Id,
    /// The block in which the list was published.
    sealed: Option<u64>,
    /// The beacon that was promised for it, once it is sealed.
    awaits: Option<Awaits>,
    /// What came of that.
    beacon: Option<Result<Beacon, LeftOut>>,
    /// The block that held it, or that drew a place again.
    held: Option<u64>,
    pub(super) effects: Vec<Emitted>,
    /// Once drawn.
    pub(crate) receipt: Option<Receipt>,
}

/// A round of a beacon that a draw needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Awaits {
    chain: Id,
    round: u64,
    sealed_at: Millis,
}

/// A beacon that a draw waits for, for whoever fetches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Awaited {
    pub(crate) incentive: Id,
    pub(crate) period: Id,
    pub(crate) draw: Id,
    pub(crate) chain: Id,
    pub(crate) round: u64,
    pub(crate) sealed_at: Millis,
}

impl Draw {
    fn new(spec: &DrawSpec, tickets: TicketList) -> Self {
        let list_hash = tickets.list_hash();
        Self {
            spec: spec.clone(),
            tickets,
            list_hash,
            sealed: None,
            awaits: None,
            beacon: None,
            held: None,
            effects: Vec::new(),
            receipt: None,
        }
    }

    /// Names of the prizes, each once.
    fn prize_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::with_capacity(self.spec.prizes.len());
        for prize in &self.spec.prizes {
            let again = names.iter().filter(|n| n.split(" #").next() == Some(&prize.award.name)).count();
            let name = &prize.award.name;
            names.push(if again == 0 { name.clone() } else { format!("{name} #{}", again + 1) });
        }
        names
    }

    /// What a prize by its name in the receipt is.
    pub(crate) fn reward(&self, prize: &str) -> Option<Reward> {
        let index = self.prize_names().iter().position(|name| name == prize)?;
        Some(self.spec.prizes[index].award.reward.clone())
    }

    /// Whether the winners are known.
    pub(super) fn is_held(&self) -> bool {
        self.held.is_some()
    }

    pub(crate) fn method(&self) -> DrawMethod {
        self.spec.method
    }

    /// Whether the seed may be revealed: the beacon, if one was promised, has come or was left out.
    fn has_beacon(&self) -> bool {
        self.awaits.is_none() || self.beacon.is_some()
    }

    /// The beacon it waits for: chain and round.
    pub(crate) fn waits_for(&self) -> Option<(&Id, u64)> {
        self.awaits.as_ref().filter(|_| !self.has_beacon()).map(|a| (&a.chain, a.round))
    }

    pub(crate) fn is_sealed(&self) -> bool {
        self.sealed.is_some()
    }

    pub(crate) fn list_hash(&self) -> Id {
        self.list_hash.clone()
    }

    /// The list as it was fixed.
    pub(crate) fn list(&self) -> &TicketList {
        &self.tickets
    }

    /// The block in which the list was published.
    pub(crate) fn sealed_block(&self) -> Option<u64> {
        self.sealed
    }

    /// Why the rule leaves an entrant out.
    pub(crate) fn exclusion(&self, entrant: &str) -> Option<&Text> {
        self.spec.excluded.iter().find(|(id, _)| **id == *entrant).map(|(_, why)| why)
    }

    pub(crate) fn tickets(&self) -> u64 {
        self.tickets.iter().map(|(_, count)| count).sum()
    }
}

/// What a winner gets, as an effect with an id of its own: a place that is drawn again is another subject's.
struct Places<'a> {
    incentive: &'a Id,
    kind: KeyKind,
    period: &'a Period,
    draw: &'a Id,
}

impl Places<'_> {
    fn owner(&self) -> Id {
        format!("draw/{}/{}", self.period.id, self.draw).into()
    }

    fn time(&self) -> Millis {
        self.period.end - 1
    }

    fn subject(&self, entrant: &Id) -> Subject {
        match self.kind {
            KeyKind::Team => Subject::team(entrant.clone()),
            KeyKind::Agent | KeyKind::Incentive => Subject::agent(entrant.clone()),
        }
    }

    fn effect(&self, held: &Draw, winner: &Winner) -> Option<Emitted> {
        let prize = held.prize_names().iter().position(|name| *name == winner.prize)?;
        let award = &held.spec.prizes[prize].award;
        let subject = self.subject(&winner.entrant);
        let mut id = award_id(self.incentive, award, subject, &"draw".into(), Some(self.period.id.clone()));
        id.key = format!("{}/{}", self.draw, winner.index).into();
        let contribution = Contribution {
            time: self.time(),
            owner: self.owner(),
            content: award_content(award),
            team: None,
        };
        Some(Emitted { id, contribution })
    }
}

impl Task {
    /// Fixes the ticket lists of draws that conclude asked for the first time.
    pub(super) fn plan_draws(
        &self,
        concluded: &mut Concluded,
        entrants: &[Entrant],
        specs: &[DrawSpec],
    ) -> Result<(), TaskError> {
        for spec in specs {
            let Some(plan) = self.plan.draws.get(spec.draw as usize) else {
                return Err(output_fault(format!(
                    "hold-draw names draw {}, the plan has {}",
                    spec.draw,
                    self.plan.draws.len()
                )));
            };
            let winners: u64 = spec.prizes.iter().map(|p| u64::from(p.winners)).sum();
            if winners > u64::from(DRAW_WINNERS_MAX) {
                return Err(output_fault(format!(
                    "a draw of {winners} winners; {DRAW_WINNERS_MAX} are allowed"
                )));
            }
            let mut tickets = TicketList::default();
            for entrant in entrants {
                let count = entrant.tickets.get(spec.draw as usize).copied().unwrap_or(0);
                tickets.add(&entrant.id, count).map_err(|e| output_fault(e.to_string()))?;
            }
            if !tickets.is_empty() {
                let name: Id = plan.name.as_str().into();
                concluded.draws.entry(name).or_insert_with(|| Draw::new(spec, tickets));
            }
        }
        Ok(())
    }

    /// Publication in order: first the ticket list, then, when that is in the journal, the seed.
    pub(super) fn propose_draws(&mut self, period: &Period, world: &dyn World, outcome: &mut Outcome) {
        if !self.closing.is_opened(period.start) {
            return; // The seed's hash comes first.
        }
        let incentive = self.incentive.id.clone();
        let Some(concluded) = self.closing.concluded.get(&period.start) else { return };
        let mut wishes = Vec::new();
        for (name, draw) in &concluded.draws {
            let (incentive, period, draw_name) = (incentive.clone(), period.id.clone(), name.clone());
            if draw.sealed.is_none() {
                wishes.push((
                    format!("seal {period} {name}"),
                    Entry::TicketsSealed {
                        incentive,
                        period,
                        draw: draw_name,
                        tickets: draw.tickets.iter().map(|(id, count)| (id.clone(), count)).collect(),
                        list_hash: draw.list_hash.clone(),
                        spec: draw.spec.clone(),
                    },
                ));
            } else if draw.receipt.is_none() && draw.has_beacon() {
                let seed = plaudit_core::hash::hex(&world.seed(&incentive, &period, name));
                let entry = Entry::SeedRevealed { incentive, period: period.clone(), draw: draw_name, seed };
                wishes.push((format!("reveal {period} {name}"), entry));
            }
        }
        for (name, entry) in wishes {
            self.closing.propose(name, entry, outcome);
        }
    }

    /// The journal has published a ticket list: it holds, whatever comes later.
    pub(super) fn sealed(
        &mut self,
        period: &Id,
        draw: &Id,
        tickets: &BTreeMap<Id, u64>,
        list_hash: &Id,
        spec: &DrawSpec,
        outcome: &mut Outcome,
    ) {
        let (cursor, at) = (self.cursor, self.at);
        let earliest = |end: Millis| at.max(end + self.delays.settle_ms);
        let promise = self.closing.promised(period).map(|(chain, margin_ms, end)| {
            let round = Chain::of_hash(&chain).map_or(0, |c| c.first_round_at(earliest(end) + margin_ms));
            Awaits { chain, round, sealed_at: at }
        });
        let Some(concluded) = self.closing.find_mut(period) else { return };
        let fresh = || Draw::new(spec, TicketList::default());
        let held = concluded.draws.entry(draw.clone()).or_insert_with(fresh);
        if held.sealed.is_some() {
            return;
        }
        held.spec = spec.clone();
        held.tickets = TicketList::default();
        for (entrant, count) in tickets {
            // Every line was added to such a list before it was written.
            drop(held.tickets.add(entrant, *count));
        }
        (held.list_hash, held.sealed, held.awaits) = (list_hash.clone(), Some(cursor), promise);
        let (period, draw, list_hash) = (period.clone(), draw.clone(), list_hash.clone());
        outcome.announcements.push((concluded.period.end, Body::DrawSealed { period, draw, list_hash }));
    }

    /// A beacon's value is in the journal.
    pub(super) fn beacon_revealed(&mut self, period: &Id, draw: &Id, beacon: &Beacon) {
        let held = self.closing.find_mut(period).and_then(|c| c.draws.get_mut(draw));
        if let Some(held) = held.filter(|d| d.held.is_none() && d.waits_for().is_some()) {
            held.beacon = Some(Ok(beacon.clone()));
        }
    }

    /// Somebody decided to draw without the beacon that was promised.
    pub(super) fn beacon_left_out(&mut self, period: &Id, draw: &Id, actor: &Id, reason: &str) {
        let held = self.closing.find_mut(period).and_then(|c| c.draws.get_mut(draw));
        if let Some(held) = held.filter(|d| d.held.is_none() && d.waits_for().is_some()) {
            held.beacon = Some(Err(LeftOut { actor: actor.clone(), reason: reason.to_owned() }));
        }
    }

    /// Beacons that draws wait for.
    pub(crate) fn awaited(&self) -> Vec<Awaited> {
        let of_period = |c: &Concluded| {
            let waiting = c.draws.iter().filter(|(_, d)| d.waits_for().is_some());
            let awaited = waiting.filter_map(|(draw, d)| {
                let a = d.awaits.as_ref()?;
                Some(Awaited {
                    incentive: self.incentive.id.clone(),
                    period: c.period.id.clone(),
                    draw: draw.clone(),
                    chain: a.chain.clone(),
                    round: a.round,
                    sealed_at: a.sealed_at,
                })
            });
            awaited.collect::<Vec<_>>()
        };
        self.closing.concluded().flat_map(of_period).collect()
    }

    /// The journal has revealed a seed: the winners follow.
    pub(super) fn revealed(&mut self, period: &Id, draw: &Id, seed: &Id, outcome: &mut Outcome) {
        let incentive = self.incentive.id.clone();
        let Some(bytes) = draw::unhex(seed).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) else {
            return tracing::error!(%incentive, %period, %draw, "a revealed seed is malformed: nobody wins");
        };
        let excluded_now = self.closing.excluded_from(period, draw);
        let (cursor, kind) = (self.cursor, self.plan.key);
        let Some(concluded) = self.closing.find_mut(period) else { return };
        let Some(held) = concluded.draws.get_mut(draw).filter(|d| d.held.is_none()) else { return };
        let Some(sealed_block) = held.sealed else { return };
        let mut excluded: BTreeMap<Id, String> =
            held.spec.excluded.iter().map(|(id, text)| (id.clone(), text.message.clone())).collect();
        excluded.extend(excluded_now.into_iter().filter(|(id, _)| held.tickets.holds(id)));
        let prizes = held.spec.prizes.iter().zip(held.prize_names()).map(|(p, name)| (name, p.winners));
        let receipt = Receipt::draw(
            (incentive.clone(), period.clone(), draw.clone()),
            held.spec.method,
            &bytes,
            match &held.beacon {
                Some(Ok(beacon)) => Ok(beacon.clone()),
                Some(Err(left_out)) => Err(Some(left_out.clone())),
                None => Err(None),
            },
            held.tickets.clone(),
            sealed_block,
            prizes.collect(),
            excluded,
        );
        let places = Places { incentive: &incentive, kind, period: &concluded.period, draw };
        let mut winners = Vec::new();
        for winner in &receipt.winners {
            let Some(emitted) = places.effect(held, winner) else { continue };
            winners
                .extend(held.reward(&winner.prize).map(|reward| (places.subject(&winner.entrant), reward)));
            self.desired.add(emitted.id.clone(), emitted.contribution.clone());
            held.effects.push(emitted);
        }
        (held.receipt, held.held) = (Some(receipt), Some(cursor));
        let body = Body::DrawHeld { period: period.clone(), draw: draw.clone(), winners };
        outcome.announcements.push((concluded.period.end, body));
        outcome.drawn.push((period.clone(), draw.clone()));
    }

    /// Somebody takes no part in awards and draws from now on: places that they hold in draws go to the next.
    pub(super) fn disqualified(&mut self, subject: &Id, reason: &str, outcome: &mut Outcome) {
        self.book.disqualify(subject.clone(), reason.to_owned(), &mut self.desired);
        self.closing.disqualified.insert(subject.clone(), reason.to_owned());
        let drawn = self.closing.concluded().flat_map(|c| {
            c.draws
                .iter()
                .filter(|(_, d)| d.held.is_some())
                .map(|(name, _)| (c.period.id.clone(), name.clone()))
        });
        for (period, draw) in drawn.collect::<Vec<_>>() {
            self.redraw(&period, &draw, subject, reason, outcome);
        }
    }

    /// Somebody takes no part in one draw: left out if it is still to be held, else their place goes to the next.
    pub(super) fn barred(
        &mut self,
        period: &Id,
        draw: &Id,
        subject: &Id,
        reason: &str,
        outcome: &mut Outcome,
    ) {
        let is_held =
            self.closing.find(period).and_then(|c| c.draws.get(draw)).is_some_and(|d| d.held.is_some());
        let is_known = self.closing.find(period).is_some() || self.closing.is_open(period);
        if is_held {
            self.redraw(period, draw, subject, reason, outcome);
        } else if is_known {
            let place = (period.clone(), draw.clone());
            self.closing.barred.entry(place).or_default().insert(subject.clone(), reason.to_owned());
        } else {
            tracing::warn!(incentive = %self.incentive.id, %period, %draw, %subject,
                "a disqualification came after the period was final: nothing is drawn again");
        }
    }

    /// Writes a disqualification into the receipt of a draw that was held and settles what follows from it. A subject
    /// who is disqualified altogether keeps the effect, which is then withheld for that reason; one who is barred from
    /// this draw alone loses it.
    fn redraw(&mut self, period: &Id, draw: &Id, subject: &Id, reason: &str, outcome: &mut Outcome) {
        let (incentive, cursor, kind) = (self.incentive.id.clone(), self.cursor, self.plan.key);
        let keeps_effect = self.closing.disqualified.contains_key(subject);
        let Some(concluded) = self.closing.find_mut(period) else { return };
        let places = Places { incentive: &incentive, kind, period: &concluded.period, draw };
        let Some(held) = concluded.draws.get_mut(draw) else { return };
        let Some(receipt) = held.receipt.as_mut() else { return };
        let Some(item) = receipt.disqualify(subject, reason.to_owned(), cursor).cloned() else { return };
        let now = receipt.winners_now();
        held.held = Some(cursor);
        outcome.drawn.push((period.clone(), draw.clone()));
        let Some(place) = item.place else { return };
        let key: Id = format!("{draw}/{place}").into();
        let lost = held.effects.iter().position(|e| e.id.key == key && e.id.subject.id == *subject);
        if let Some(lost) = lost.filter(|_| !keeps_effect) {
            let void = held.effects.remove(lost);
            self.desired.remove(&void.id, &void.contribution.owner, void.contribution.time);
        }
        let next = now.iter().find(|winner| winner.index == place);
        if let Some(emitted) = next.and_then(|winner| places.effect(held, winner)) {
            self.desired.add(emitted.id.clone(), emitted.contribution.clone());
            held.effects.push(emitted);
        }
        let winner = next.and_then(|w| Some((places.subject(&w.entrant), held.reward(&w.prize)?)));
        let body =
            Body::DrawnAgain { period: period.clone(), draw: draw.clone(), number: item.number, winner };
        outcome.announcements.push((concluded.period.end, body));
    }
}

/// A draw of a final period, as its receipt tells.
pub(super) fn final_draw(receipt: &Receipt) -> DrawView {
    let winner = |w: Winner| WinnerView {
        subject: Subject::agent(w.entrant),
        name: None,
        reward: Reward::Prize(w.prize),
    };
    DrawView {
        incentive: receipt.incentive.clone(),
        period: receipt.period.clone(),
        draw: receipt.draw.clone(),
        method: receipt.method,
        state: DrawState::Held,
        is_final: true,
        waits_for_round: None,
        seed_hash: receipt.seed_hash.clone(),
        list_hash: Some(receipt.list_hash.clone()),
        tickets: receipt.list.iter().map(|(_, count)| count).sum(),
        winners: receipt.winners_now().into_iter().map(winner).collect(),
    }
}
