//! Closing: periods open, conclude, are drawn and become final, by themselves.

use std::collections::BTreeMap;

use plaudit_core::{
    Id, Millis,
    board::rank,
    draw::{self, Receipt, TicketList},
    event::Subject,
    hash::digest,
    incentive::Period,
    journal::Entry,
    limits::DRAW_WINNERS_MAX,
    rule::{
        CallError, ConcludeOutput, Conclusion, DrawMethod, DrawSpec, Entrant, Fault, FaultKind, KeyKind,
        Origin, PeriodView, Reward, Standing, Text,
    },
    settle::Contribution,
};
use plaudit_store::family::outbox::{Body, Row};
use serde::{Deserialize, Serialize};

use crate::api::views::{DrawState, DrawView, WinnerView};

use super::{
    fold::{self, Targets, award_content, award_id},
    key::Emitted,
    task::{Outcome, Task, TaskError, World, output_fault},
};

/// How many rows a message about a closed period names.
const PODIUM_ROWS: usize = 3;

/// The periods of an incentive that are not final yet, and what the final ones left.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Closing {
    /// No fold goes behind this.
    pub(crate) final_through: Millis,
    /// Periods as opened, by start, with the hashes of their draws' seeds and the block that published them.
    opened: BTreeMap<Millis, Opened>,
    /// Concluded periods by start.
    concluded: BTreeMap<Millis, Concluded>,
    /// Shared states by the time from which rules see them.
    shared: Vec<(Millis, Vec<u8>)>,
    /// What was proposed already since this process began.
    #[serde(skip)]
    proposed: std::collections::BTreeSet<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Opened {
    period: Period,
    seed_hashes: BTreeMap<Id, Id>,
    block: u64,
}

/// A period after its conclude.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Concluded {
    pub(crate) period: Period,
    /// Digest of everything conclude was told.
    input: [u8; 32],
    pub(crate) shared: Vec<u8>,
    effects: Vec<Emitted>,
    pub(crate) draws: BTreeMap<Id, Draw>,
    /// How often it was concluded.
    pub(crate) runs: u32,
    /// Entrants and their standings per board.
    pub(crate) entrants: Vec<Id>,
    pub(crate) standings: Vec<Vec<Standing>>,
}

/// How far a draw has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Draw {
    spec: DrawSpec,
    tickets: TicketList,
    list_hash: Id,
    /// The block in which the list was published.
    sealed: Option<u64>,
    seed: Option<Id>,
    effects: Vec<Emitted>,
    /// The receipt, once drawn.
    pub(crate) receipt: Option<String>,
}

impl Draw {
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

    pub(crate) fn method(&self) -> DrawMethod {
        self.spec.method
    }

    pub(crate) fn is_sealed(&self) -> bool {
        self.sealed.is_some()
    }

    pub(crate) fn list_hash(&self) -> Id {
        self.list_hash.clone()
    }

    pub(crate) fn tickets(&self) -> u64 {
        self.tickets.iter().map(|(_, count)| count).sum()
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
}

/// A draw of a final period, as its receipt tells.
pub(crate) fn final_draw(receipt: &Receipt) -> DrawView {
    let winner = |w: &draw::Winner| WinnerView {
        subject: Subject::agent(w.entrant.clone()),
        name: None,
        reward: Reward::Prize(w.prize.clone()),
    };
    DrawView {
        incentive: receipt.incentive.clone(),
        period: receipt.period.clone(),
        draw: receipt.draw.clone(),
        method: receipt.method,
        state: DrawState::Held,
        seed_hash: receipt.seed_hash.clone(),
        list_hash: Some(receipt.list_hash.clone()),
        tickets: receipt.list.iter().map(|(_, count)| count).sum(),
        winners: receipt.winners.iter().map(winner).collect(),
    }
}

impl Closing {
    /// The published hash of a draw's seed.
    pub(crate) fn seed_hash(&self, start: Millis, draw: &str) -> Option<Id> {
        self.opened.get(&start)?.seed_hashes.get(draw).cloned()
    }

    /// A period as the journal opened it.
    pub(crate) fn opened(&mut self, period: &Period, seed_hashes: &BTreeMap<Id, Id>, block: u64) {
        let opened = Opened { period: period.clone(), seed_hashes: seed_hashes.clone(), block };
        self.opened.entry(period.start).or_insert(opened);
    }

    /// The opened period that an instant lies in.
    pub(crate) fn opened_at(&self, time: Millis) -> Option<Period> {
        let (_, opened) = self.opened.range(..=time).next_back()?;
        (time < opened.period.end).then(|| opened.period.clone())
    }

    /// The shared state that steps from this time on see.
    pub(crate) fn shared_at(&self, time: Millis) -> &[u8] {
        self.shared.iter().rev().find(|(from, _)| *from <= time).map_or(&[], |(_, shared)| shared)
    }

    /// All shared states that are kept, by the time from which rules see them.
    pub(crate) fn shared_states(&self) -> Vec<(Millis, Vec<u8>)> {
        self.shared.clone()
    }

    /// Effects of concludes and draws.
    pub(crate) fn effects(&self) -> impl Iterator<Item = &Emitted> {
        self.concluded
            .values()
            .flat_map(|c| c.effects.iter().chain(c.draws.values().flat_map(|d| d.effects.iter())))
    }

    /// Concluded periods that are not final, by start.
    pub(crate) fn concluded(&self) -> impl Iterator<Item = &Concluded> {
        self.concluded.values()
    }

    /// A concluded period by its id.
    pub(crate) fn find(&self, period: &str) -> Option<&Concluded> {
        self.concluded.values().find(|c| &*c.period.id == period)
    }

    fn find_mut(&mut self, period: &str) -> Option<&mut Concluded> {
        self.concluded.values_mut().find(|c| &*c.period.id == period)
    }

    pub(super) fn propose(&mut self, name: String, entry: Entry, outcome: &mut Outcome) {
        if self.proposed.insert(name) {
            outcome.proposals.push(entry);
        }
    }

    /// The same periods for another version of the incentive: what is final or drawn stays, the rest is concluded anew.
    pub(crate) fn reopened(&self) -> Self {
        let mut again = self.clone();
        again.proposed.clear();
        for concluded in again.concluded.values_mut() {
            concluded.input = [0; 32];
            concluded.effects.clear();
        }
        again
    }

    /// The shared states that another run left behind its last final period.
    pub(crate) fn take_shared(&mut self, other: &Self) {
        self.shared.clone_from(&other.shared);
    }

    /// Everything may be proposed again: the journal drops what it has.
    pub(crate) fn forget_proposals(&mut self) {
        self.proposed.clear();
    }
}

impl Task {
    /// Opens, concludes, draws and finishes what is due. `earliest` is the earliest instant that the block touched.
    pub(crate) fn close(
        &mut self,
        earliest: Option<Millis>,
        world: &dyn World,
        outcome: &mut Outcome,
    ) -> Result<(), TaskError> {
        self.propose_openings(world, outcome);
        let watermark = self.watermark();
        let mut next = self.first_open_period();
        let mut again = false;
        while let Some(period) = next.filter(|p| p.end <= watermark) {
            let known = self.closing.concluded.contains_key(&period.start);
            if again || !known || earliest.is_some_and(|at| at < period.end) {
                again |= self.conclude(&period, outcome)?;
            }
            self.propose_draws(&period, world, outcome);
            next = self.calendar.next_after(&period);
        }
        Ok(())
    }

    /// Whether every period of the window is final: nothing of it changes any more but by decisions.
    pub(super) fn is_over(&self) -> bool {
        self.incentive.end.is_some()
            && self.closing.concluded.is_empty()
            && self.first_open_period().is_none()
    }

    fn first_open_period(&self) -> Option<Period> {
        self.calendar.period_at(self.closing.final_through.max(self.incentive.start))
    }

    fn propose_openings(&mut self, world: &dyn World, outcome: &mut Outcome) {
        let mut next = self.first_open_period();
        while let Some(period) = next.filter(|p| p.start <= self.at) {
            if !self.closing.opened.contains_key(&period.start) {
                let incentive = self.incentive.id.clone();
                let hash = |draw: &str| draw::seed_hash(&world.seed(&incentive, &period.id, draw));
                let seed_hashes =
                    self.plan.draws.iter().map(|d| (d.name.as_str().into(), hash(&d.name))).collect();
                let name = format!("open {}", period.start);
                let entry = Entry::PeriodOpened { incentive, period: period.clone(), seed_hashes };
                self.closing.propose(name, entry, outcome);
            }
            next = self.calendar.next_after(&period);
        }
    }

    /// What conclude is told of a period as it stands.
    pub(crate) fn conclusion(&self, period: &Period) -> Conclusion {
        let bounds = (period.start, period.end);
        let audience = &self.incentive.audience;
        let ids = match self.plan.key {
            KeyKind::Agent => self.roster.agents_in_audience(audience, bounds),
            KeyKind::Team => self.roster.teams_in_audience(audience, bounds),
            KeyKind::Incentive => Vec::new(),
        };
        let mut rows: Vec<Vec<(u32, Vec<plaudit_core::board::Cell>)>> =
            vec![Vec::new(); self.plan.boards.len()];
        let mut entrants = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(key) = self.keys.get(&id) else { continue };
            let sums = key.sums_within(bounds.0, bounds.1, &self.plan);
            let index = entrants.len() as u32;
            rows.iter_mut().zip(sums.boards).for_each(|(rows, cells)| rows.push((index, cells)));
            entrants.push(self.entrant(id, sums.tickets, period.end - 1));
        }
        let standings = self.plan.boards.iter().zip(&rows).map(|(spec, rows)| rank(spec, rows)).collect();
        let before = self.closing.concluded.range(..period.start).next_back();
        let shared =
            before.map(|(_, c)| c.shared.clone()).or_else(|| self.closing.shared.last().map(|s| s.1.clone()));
        let view = PeriodView { id: period.id.clone(), start: period.start, end: period.end };
        Conclusion { period: view, entrants, standings, shared: shared.unwrap_or_default() }
    }

    fn entrant(&self, id: Id, tickets: Vec<u64>, at: Millis) -> Entrant {
        let agent = self.roster.agent(&id).filter(|_| self.plan.key == KeyKind::Agent);
        let stint = agent.and_then(|a| plaudit_core::roster::Roster::stint_at(a, at));
        Entrant {
            team: stint.and_then(|s| s.team.clone()).unwrap_or_else(|| "".into()),
            share: stint.map_or(1.0, |s| s.share),
            hired_day: agent.and_then(|a| a.hired_day),
            id,
            tickets,
        }
    }

    /// Who is in which team when a period closes: awards go to members, of whom conclude is told nothing where keys are
    /// no agents.
    fn places(&self, at: Millis) -> Vec<(Id, Option<Id>)> {
        let agents = self.roster.agents().filter(|_| self.plan.key != KeyKind::Agent);
        agents.map(|agent| (agent.id.clone(), self.roster.team_at(&agent.id, at))).collect()
    }

    /// Runs conclude if what it would be told has changed; says whether the shared state is another now.
    fn conclude(&mut self, period: &Period, outcome: &mut Outcome) -> Result<bool, TaskError> {
        let conclusion = self.conclusion(period);
        let input = input_digest(&conclusion, &self.places(period.end - 1));
        if self.closing.concluded.get(&period.start).is_some_and(|c| c.input == input) {
            return Ok(false);
        }
        let output = self.guest.conclude(&self.incentive.settings, &conclusion).map_err(call_error)?;
        let effects = self.close_effects(period, &output)?;
        let mut concluded = Concluded {
            period: period.clone(),
            input,
            shared: output.shared,
            effects,
            draws: BTreeMap::new(),
            runs: 1,
            entrants: conclusion.entrants.iter().map(|e| e.id.clone()).collect(),
            standings: conclusion.standings,
        };
        let before = self.closing.concluded.remove(&period.start);
        let is_first = before.is_none();
        let is_other = before.as_ref().is_none_or(|b| b.shared != concluded.shared);
        if let Some(before) = before {
            for void in before.effects {
                self.desired.remove(&void.id, &void.contribution.owner, void.contribution.time);
            }
            concluded.runs = before.runs + 1;
            concluded.draws = before.draws; // A draw happens once.
        }
        for emitted in &concluded.effects {
            self.desired.add(emitted.id.clone(), emitted.contribution.clone());
        }
        if is_first && !self.plan.boards.is_empty() {
            outcome.announcements.push((period.end, self.closed_message(&concluded)));
        }
        self.plan_draws(&mut concluded, &conclusion.entrants, &output.effects.draws)?;
        self.closing.concluded.insert(period.start, concluded);
        outcome.concluded.push(period.id.clone());
        Ok(is_other)
    }

    fn close_effects(&self, period: &Period, output: &ConcludeOutput) -> Result<Vec<Emitted>, TaskError> {
        let owner: Id = format!("close/{}", period.id).into();
        let time = period.end - 1;
        let mut effects = Vec::new();
        for (origin, target, award) in &output.effects.awards {
            if *origin != Origin::Close {
                return Err(output_fault(format!(
                    "award `{}` of a conclude needs the origin `close`",
                    award.name
                )));
            }
            let context = self.context();
            for subject in context.subjects(target, time, None) {
                let id =
                    award_id(&self.incentive.id, award, subject, &"close".into(), Some(period.id.clone()));
                let contribution = Contribution { time, owner: owner.clone(), content: award_content(award) };
                effects.push(Emitted { id, contribution });
            }
        }
        Ok(effects)
    }

    fn closed_message(&self, concluded: &Concluded) -> Body {
        let rows = concluded.standings.first().into_iter().flatten().filter(|s| s.rank > 0).take(PODIUM_ROWS);
        let podium = rows.filter_map(|s| {
            let id = concluded.entrants.get(s.entrant as usize)?;
            Some(Row { rank: s.rank, subject: fold::itself(self.plan.key, id)?, value: s.value })
        });
        Body::Closed { period: concluded.period.id.clone(), podium: podium.collect() }
    }

    /// Fixes the ticket lists of draws that conclude asked for the first time.
    fn plan_draws(
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
            if tickets.is_empty() {
                continue;
            }
            let list_hash = tickets.list_hash();
            let name: Id = plan.name.as_str().into();
            concluded.draws.entry(name).or_insert_with(|| Draw {
                spec: spec.clone(),
                tickets,
                list_hash,
                sealed: None,
                seed: None,
                effects: Vec::new(),
                receipt: None,
            });
        }
        Ok(())
    }

    /// Publication in order: first the ticket list, then, when that is in the journal, the seed.
    fn propose_draws(&mut self, period: &Period, world: &dyn World, outcome: &mut Outcome) {
        if !self.closing.opened.contains_key(&period.start) {
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
            } else if draw.seed.is_none() {
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
    pub(crate) fn sealed(
        &mut self,
        period: &Id,
        draw: &Id,
        tickets: &BTreeMap<Id, u64>,
        list_hash: &Id,
        spec: &DrawSpec,
        outcome: &mut Outcome,
    ) {
        let cursor = self.cursor;
        let Some(concluded) = self.closing.find_mut(period) else { return };
        let held = concluded.draws.entry(draw.clone()).or_insert_with(|| Draw {
            spec: spec.clone(),
            tickets: TicketList::default(),
            list_hash: list_hash.clone(),
            sealed: None,
            seed: None,
            effects: Vec::new(),
            receipt: None,
        });
        if held.sealed.is_none() {
            held.spec = spec.clone();
            held.tickets = TicketList::default();
            for (entrant, count) in tickets {
                // Every line was added to such a list before it was written.
                drop(held.tickets.add(entrant, *count));
            }
            (held.list_hash, held.sealed) = (list_hash.clone(), Some(cursor));
            let (period, draw, list_hash) = (period.clone(), draw.clone(), list_hash.clone());
            outcome.announcements.push((concluded.period.end, Body::DrawSealed { period, draw, list_hash }));
        }
    }

    /// The journal has revealed a seed: the winners follow.
    pub(crate) fn revealed(&mut self, period: &Id, draw: &Id, seed: &Id, outcome: &mut Outcome) {
        let incentive = self.incentive.id.clone();
        let kind = self.plan.key;
        let Some(bytes) = draw::unhex(seed).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) else {
            return tracing::error!(%incentive, %period, %draw, "a revealed seed is malformed: nobody wins");
        };
        let excluded_now = self.book.disqualifications();
        let Some(concluded) = self.closing.find_mut(period) else { return };
        let end = concluded.period.end;
        let Some(held) = concluded.draws.get_mut(draw).filter(|d| d.seed.is_none()) else { return };
        let Some(sealed_block) = held.sealed else { return };
        held.seed = Some(seed.clone());
        let prizes = held.prize_names();
        let mut excluded: BTreeMap<Id, String> =
            held.spec.excluded.iter().map(|(id, text)| (id.clone(), text.message.clone())).collect();
        excluded.extend(excluded_now);
        let receipt = Receipt::draw(
            (incentive.clone(), period.clone(), draw.clone()),
            held.spec.method,
            &bytes,
            None,
            held.tickets.clone(),
            sealed_block,
            held.spec.prizes.iter().zip(&prizes).map(|(p, name)| (name.clone(), p.winners)).collect(),
            excluded,
        );
        let owner: Id = format!("draw/{period}/{draw}").into();
        let mut winners = Vec::new();
        for winner in &receipt.winners {
            let Some(prize) = prizes.iter().position(|name| *name == winner.prize) else { continue };
            let award = &held.spec.prizes[prize].award;
            let subject = match kind {
                KeyKind::Team => Subject::team(winner.entrant.clone()),
                KeyKind::Agent | KeyKind::Incentive => Subject::agent(winner.entrant.clone()),
            };
            winners.push((subject.clone(), award.reward.clone()));
            let mut id = award_id(&incentive, award, subject, &"draw".into(), Some(period.clone()));
            id.key = format!("{draw}/{}", winner.index).into();
            let contribution =
                Contribution { time: end - 1, owner: owner.clone(), content: award_content(award) };
            held.effects.push(Emitted { id, contribution });
        }
        held.receipt = serde_json::to_string_pretty(&receipt).ok();
        for emitted in &held.effects {
            self.desired.add(emitted.id.clone(), emitted.contribution.clone());
        }
        let body = Body::DrawHeld { period: period.clone(), draw: draw.clone(), winners };
        outcome.announcements.push((end, body));
        outcome.drawn.push((period.clone(), draw.clone()));
    }

    /// When the oldest closed period becomes final, once its draws are held.
    fn finish_at(&self) -> Option<Millis> {
        let concluded = self.closing.concluded.values().next()?;
        let drawn = concluded.draws.values().all(|d| d.seed.is_some());
        drawn.then_some(concluded.period.end + self.delays.grace_ms)
    }

    /// What is old enough is final: its end is the oldest point to fold from. This comes first in a block, and only
    /// for what an earlier block has settled: what closes after a long silence is given before it is final.
    pub(crate) fn finish_due(&mut self, outcome: &mut Outcome) {
        let grace = self.delays.grace_ms;
        while self.finish_at().is_some_and(|at| at <= self.at) {
            let Some((start, concluded)) = self.closing.concluded.first_key_value() else { return };
            let (start, period) = (*start, concluded.period.clone());
            let shared = concluded.shared.clone();
            self.closing.concluded.remove(&start);
            self.closing.opened.retain(|_, opened| opened.period.end > period.end);
            self.closing.shared.push((period.end + grace, shared));
            if self.closing.shared.len() > 2 {
                self.closing.shared.remove(0);
            }
            self.closing.final_through = period.end;
            self.keys.values_mut().for_each(|key| key.finish(period.end));
            self.desired.forget_period(&period.id);
            self.book.forget_period(&period.id);
            self.book.final_through = period.end;
            outcome.announcements.push((period.end, Body::Final { period: period.id }));
        }
    }

    /// When closing has something to do although no block comes.
    pub(crate) fn closing_due(&self) -> Option<Millis> {
        let mut due = Vec::new();
        let mut next = self.first_open_period();
        while let Some(period) = next {
            if period.start > self.at {
                due.push(period.start);
                break;
            }
            if period.end > self.watermark() {
                due.push(period.end + self.delays.settle_ms);
            }
            next = self.calendar.next_after(&period);
        }
        let next = due.into_iter().filter(|at| *at > self.at).min();
        // What is overdue, as after a long silence, becomes final with the next block.
        [next, self.finish_at()].into_iter().flatten().min()
    }
}

/// Digest of what conclude is told, and of what decides who is meant by what it says.
fn input_digest(conclusion: &Conclusion, places: &[(Id, Option<Id>)]) -> [u8; 32] {
    let entrant =
        |e: &Entrant| (e.id.clone(), e.team.clone(), e.share.to_bits(), e.hired_day, e.tickets.clone());
    let entrants: Vec<_> = conclusion.entrants.iter().map(entrant).collect();
    digest("conclude", &(&conclusion.period, entrants, &conclusion.standings, &conclusion.shared, places))
}

fn call_error(error: CallError) -> TaskError {
    match error {
        CallError::Rule(fault) => TaskError::Fault { key: None, fault },
        CallError::Infrastructure(what) => TaskError::Infrastructure(what),
    }
}

/// A settings document that a plugin refuses can't be folded.
pub(crate) fn plan_fault(message: String) -> TaskError {
    TaskError::Fault { key: None, fault: Fault { kind: FaultKind::Refused, message } }
}
