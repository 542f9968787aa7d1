//! Closing: periods open, conclude and become final, by themselves; what is drawn in between is in `draws`.

use std::collections::BTreeMap;

use plaudit_core::{
    Id, Millis,
    award::Content,
    board::rank_with_aside,
    draw,
    hash::digest,
    incentive::Period,
    journal::Entry,
    roster::Roster,
    rule::{
        CallError, ConcludeOutput, Conclusion, Entrant, Fault, FaultKind, KeyKind, Origin, PeriodView,
        Standing,
    },
    settle::Contribution,
};
use plaudit_store::family::outbox::{Body, Row};
use serde::{Deserialize, Serialize};

use super::{
    chances::Chances,
    draws::Draw,
    fold::{self, Targets, award_content, award_id, praise_id},
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
    pub(super) concluded: BTreeMap<Millis, Concluded>,
    /// Shared states by the time from which rules see them.
    shared: Vec<(Millis, Vec<u8>)>,
    /// Who takes no part in awards and draws, with the reason, as of the task's block.
    pub(super) disqualified: BTreeMap<Id, String>,
    /// Who takes no part in a draw that is still to be held, by period and draw.
    pub(super) barred: BTreeMap<(Id, Id), BTreeMap<Id, String>>,
    /// Instant wins of final periods, until their seed is revealed.
    pub(super) chances: Chances,
    /// What was proposed already since this process began.
    #[serde(skip)]
    proposed: std::collections::BTreeSet<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Opened {
    period: Period,
    seed_hashes: BTreeMap<Id, Id>,
    block: u64,
    /// Chain and margin of the beacon that was promised for its draws.
    beacon: Option<(Id, Millis)>,
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

impl Closing {
    /// The published hash of a draw's seed.
    pub(crate) fn seed_hash(&self, start: Millis, draw: &str) -> Option<Id> {
        self.opened.get(&start)?.seed_hashes.get(draw).cloned()
    }

    /// The journal promises a beacon for the draws of a period.
    pub(super) fn promise(&mut self, period: &Id, chain: &Id, margin_ms: Millis) {
        if let Some(opened) = self.opened.values_mut().find(|opened| opened.period.id == *period) {
            opened.beacon = Some((chain.clone(), margin_ms));
        }
    }

    /// The beacon that was promised for a period: chain, margin and the period's end.
    pub(super) fn promised(&self, period: &Id) -> Option<(Id, Millis, Millis)> {
        let opened = self.opened.values().find(|opened| opened.period.id == *period)?;
        let (chain, margin_ms) = opened.beacon.clone()?;
        Some((chain, margin_ms, opened.period.end))
    }

    /// Whether the journal has opened the period that begins then.
    pub(super) fn is_opened(&self, start: Millis) -> bool {
        self.opened.contains_key(&start)
    }

    /// Whether the journal has opened a period of this id, and it is not final.
    pub(super) fn is_open(&self, period: &str) -> bool {
        self.opened.values().any(|opened| &*opened.period.id == period)
    }

    /// Periods that the journal has opened and that are not final, by start.
    pub(super) fn opened_periods(&self) -> impl Iterator<Item = &Period> {
        self.opened.values().map(|opened| &opened.period)
    }

    /// Who takes no part in a draw, by decisions so far.
    pub(super) fn excluded_from(&self, period: &Id, draw: &Id) -> BTreeMap<Id, String> {
        let barred = self.barred.get(&(period.clone(), draw.clone()));
        barred
            .into_iter()
            .flatten()
            .chain(&self.disqualified)
            .map(|(id, why)| (id.clone(), why.clone()))
            .collect()
    }

    /// A period as the journal opened it.
    pub(crate) fn opened(&mut self, period: &Period, seed_hashes: &BTreeMap<Id, Id>, block: u64) {
        let opened = Opened { period: period.clone(), seed_hashes: seed_hashes.clone(), block, beacon: None };
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

    pub(super) fn find_mut(&mut self, period: &str) -> Option<&mut Concluded> {
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
        self.book.decided_through = self.closing.final_through;
        while let Some(period) = next.filter(|p| p.end <= watermark) {
            let known = self.closing.concluded.contains_key(&period.start);
            if again || !known || earliest.is_some_and(|at| at < period.end) {
                again |= self.conclude(&period, outcome)?;
            }
            self.propose_draws(&period, world, outcome);
            self.book.decided_through = period.end;
            next = self.calendar.next_after(&period);
        }
        self.propose_chances(world, outcome);
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
                let drawn = self.plan.draws.iter().map(|draw| &draw.name);
                let names = drawn.chain(self.plan.chances.iter().map(|chance| &chance.name));
                let seed_hashes = names.map(|name| (name.as_str().into(), hash(name))).collect();
                let name = format!("open {}", period.start);
                let (of, id) = (incentive.clone(), period.id.clone());
                let entry = Entry::PeriodOpened { incentive, period: period.clone(), seed_hashes };
                self.closing.propose(name, entry, outcome);
                if let Some((chain, margin_ms)) = self.beacon.clone().filter(|_| !self.plan.draws.is_empty())
                {
                    let name = format!("promise {id}");
                    let entry = Entry::BeaconPromised { incentive: of, period: id, chain, margin_ms };
                    self.closing.propose(name, entry, outcome);
                }
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
        let mut aside = rows.clone();
        let mut entrants = Vec::with_capacity(ids.len());
        let teams = (self.plan.key == KeyKind::Team).then(|| self.team_sizes(period.end - 1));
        for id in ids {
            let Some(key) = self.keys.get(&id) else { continue };
            let sums = key.sums_within(bounds.0, bounds.1, &self.plan);
            let index = entrants.len() as u32;
            let rows = if self.stands_aside(&id, period) { &mut aside } else { &mut rows };
            rows.iter_mut().zip(sums.boards).for_each(|(rows, cells)| rows.push((index, cells)));
            entrants.push(match &teams {
                None => self.entrant(id, sums.tickets, period.end - 1),
                Some(sizes) => {
                    let (members, share) = sizes.get(&id).copied().unwrap_or_default();
                    let (team, share) = ("".into(), share as f32);
                    Entrant { id, team, share, members, hired_day: None, tickets: sums.tickets }
                }
            });
        }
        let boards = self.plan.boards.iter().zip(rows.iter().zip(&aside));
        let standings = boards.map(|(spec, (rows, aside))| rank_with_aside(spec, rows, aside)).collect();
        let before = self.closing.concluded.range(..period.start).next_back();
        let shared =
            before.map(|(_, c)| c.shared.clone()).or_else(|| self.closing.shared.last().map(|s| s.1.clone()));
        let view = PeriodView { id: period.id.clone(), start: period.start, end: period.end };
        let zone = fold::zone_around(self.incentive.zone, period.start, period.end);
        Conclusion { period: view, zone, entrants, standings, shared: shared.unwrap_or_default() }
    }

    /// Whether a key is an agent who does not compete in a period: as they had chosen for its last instant.
    pub(crate) fn stands_aside(&self, key: &str, period: &Period) -> bool {
        self.plan.key == KeyKind::Agent && !self.roster.competes_at(key, period.end - 1)
    }

    fn entrant(&self, id: Id, tickets: Vec<u64>, at: Millis) -> Entrant {
        let agent = self.roster.agent(&id);
        let stint = agent.and_then(|a| Roster::stint_at(a, at));
        Entrant {
            team: stint.and_then(|s| s.team.clone()).unwrap_or_else(|| "".into()),
            share: stint.map_or(1.0, |s| s.share),
            members: 1,
            hired_day: agent.and_then(|a| a.hired_day),
            id,
            tickets,
        }
    }

    /// How many of the audience are in each team at a time, and the sum of their shares.
    fn team_sizes(&self, at: Millis) -> BTreeMap<Id, (u32, f64)> {
        let mut sizes: BTreeMap<Id, (u32, f64)> = BTreeMap::new();
        for id in self.roster.agents_in_audience(&self.incentive.audience, (at, at + 1)) {
            let stint = self.roster.agent(&id).and_then(|agent| Roster::stint_at(agent, at));
            if let Some((team, share)) = stint.and_then(|s| Some((s.team.clone()?, s.share))) {
                let size = sizes.entry(team).or_default();
                *size = (size.0 + 1, size.1 + f64::from(share));
            }
        }
        sizes
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
                let team = context.team_for(&id, time);
                let content = award_content(award);
                effects.push(Emitted {
                    id,
                    contribution: Contribution { time, owner: owner.clone(), content, team },
                });
            }
        }
        for (_, target, praise) in &output.effects.praise {
            for subject in self.context().subjects(target, time, None) {
                let id =
                    praise_id(&self.incentive.id, praise, subject, &"close".into(), Some(period.id.clone()));
                let content = Content::Praise { tone: praise.tone, text: praise.text.clone() };
                let contribution = Contribution { time, owner: owner.clone(), content, team: None };
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

    /// When the oldest closed period becomes final, once its draws are held.
    fn finish_at(&self) -> Option<Millis> {
        let concluded = self.closing.concluded.values().next()?;
        let is_drawn = concluded.draws.values().all(Draw::is_held);
        (is_drawn && self.chances_are_announced(&concluded.period))
            .then_some(concluded.period.end + self.delays.grace_ms)
    }

    /// What is old enough is final: its end is the oldest point to fold from. This comes first in a block, and only
    /// for what an earlier block has settled: what closes after a long silence is given before it is final.
    pub(crate) fn finish_due(&mut self, outcome: &mut Outcome) {
        let grace = self.delays.grace_ms;
        while self.finish_at().is_some_and(|at| at <= self.at) {
            let Some((start, concluded)) = self.closing.concluded.first_key_value() else { return };
            let (start, period) = (*start, concluded.period.clone());
            let shared = concluded.shared.clone();
            self.fix_chances(&period);
            self.closing.barred.retain(|(of, _), _| *of != period.id);
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
    let entrant = |e: &Entrant| {
        (e.id.clone(), e.team.clone(), e.share.to_bits(), e.members, e.hired_day, e.tickets.clone())
    };
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
