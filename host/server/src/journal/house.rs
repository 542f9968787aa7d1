//! The house as the journal has made it: roster, catalogue, plugins, incentives, budgets.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use plaudit_core::{
    Id, Millis,
    event::SubjectKind,
    incentive::Incentive,
    journal::{Decision, Entry, Position, Prize},
    kudos::Tally,
    ledger::Account,
    metric::MetricDefinition,
    reserve::{Line, Reservation},
    roster::Roster,
    rule::Fault,
    settle::Verdict,
};

/// Everything that entries other than facts have established, as of a block.
#[derive(Clone, Debug, Default)]
pub struct House {
    /// The last block, and its time.
    pub block: u64,
    /// Time of the last block.
    pub at: Millis,
    /// Who was in which team when.
    pub roster: Arc<Roster>,
    /// All versions of each metric, by name; the last one is current.
    pub metrics: BTreeMap<Id, Vec<Arc<MetricDefinition>>>,
    /// Known plugins in the order they were installed: digest, name and version.
    pub plugins: Vec<(Id, Id, Id)>,
    /// Incentives with their state.
    pub incentives: BTreeMap<Id, Enabled>,
    /// Units left in budgets after reservations, by (budget, currency).
    pub budgets: BTreeMap<(Id, Id), i64>,
    /// Units that were ever put into budgets, by (budget, currency).
    pub funded: BTreeMap<(Id, Id), i64>,
    /// Events of agents that the roster does not know, by opaque id.
    pub parked: BTreeMap<Id, u64>,
    /// The catalogue of prizes.
    pub prizes: BTreeMap<Id, Stocked>,
    /// Who has given how many kudos in a month.
    pub kudos: Arc<Tally>,
}

/// A prize of the catalogue with its stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stocked {
    /// As last described.
    pub prize: Prize,
    /// Pieces ever put in, less those that left for good.
    pub total: i64,
    /// Pieces that no incentive has set aside.
    pub left: i64,
}

/// An incentive and what was decided about it.
#[derive(Clone, Debug)]
pub struct Enabled {
    /// Its latest version.
    pub incentive: Incentive,
    /// Block that enabled it first.
    pub since_block: u64,
    /// Block of the latest version.
    pub version_block: u64,
    /// Why it does not go on; nothing if it does.
    pub paused: Option<Paused>,
    /// Block of the last fault; 0 if there was none.
    pub fault_block: u64,
    /// When it was ended by hand.
    pub ended: Option<Millis>,
    /// Events left out for it.
    pub left_out: BTreeSet<Position>,
    /// Who takes no part in awards and draws, with the reason.
    pub disqualified: BTreeMap<Id, String>,
    /// Block of the last accepted adjustment of a final period; 0 if there was none.
    pub adjusted_block: u64,
    /// What budgets and stocks have set aside for it.
    pub reserved: Reservation,
    /// Who enabled or changed it, by name: they approve none of its awards.
    pub askers: BTreeSet<Id>,
    /// The agents they are, as far as that is known.
    pub asking_agents: BTreeSet<Id>,
    /// What was said about awards, by digest.
    pub verdicts: BTreeMap<Id, Verdict>,
    /// Starts of opened periods, sealed and revealed draws: what must not be written twice.
    pub(crate) written: BTreeSet<String>,
}

/// Why an incentive does not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paused {
    /// A manager's decision.
    ByHand(Id),
    /// Its rule failed.
    ByFault(Option<Id>, Fault),
}

impl House {
    /// The current version of a metric.
    pub fn metric(&self, name: &str) -> Option<&Arc<MetricDefinition>> {
        self.metrics.get(name)?.last()
    }

    /// A metric as an incentive pinned it.
    pub fn pinned(&self, name: &str, version: u32) -> Option<&Arc<MetricDefinition>> {
        self.metrics.get(name)?.iter().find(|m| m.version == version)
    }

    /// Whether an entry may follow what stands; the reason if not.
    pub(crate) fn refuses(&self, entry: &Entry) -> Option<String> {
        match entry {
            Entry::Roster(change) => self.roster.validate(change).err().map(|e| e.to_string()),
            Entry::Incentive(incentive) => self.refuses_incentive(incentive),
            Entry::Decision { incentive, .. } if !self.incentives.contains_key(incentive) => {
                Some(format!("there is no incentive `{incentive}`"))
            }
            Entry::Decision { incentive, decision: Decision::Adjust { after, part: 0, .. }, .. } => {
                let last = self.incentives.get(incentive).map_or(0, |i| i.adjusted_block);
                (last != *after)
                    .then(|| "another adjustment was accepted meanwhile; look at what is left".to_owned())
            }
            Entry::Decision { incentive, decision: Decision::Approve { .. }, actor } => {
                let asked = self.incentives.get(incentive).is_some_and(|i| i.askers.contains(actor));
                asked.then(|| {
                    format!("`{actor}` has enabled or changed `{incentive}`: somebody else has to approve")
                })
            }
            Entry::Kudos(kudos) => self.kudos.refuses(kudos),
            Entry::Budget { units, .. } if *units <= 0 => {
                Some(format!("a top-up of {units} units; it must be > 0"))
            }
            Entry::Prize { prize, pieces, .. } => {
                let left = self.prizes.get(&prize.id).map_or(0, |stocked| stocked.left);
                (left + pieces < 0).then(|| {
                    format!(
                        "{} pieces of `{}` should go, and {left} are not set aside for an incentive",
                        -pieces, prize.id
                    )
                })
            }
            _ => None,
        }
    }

    fn refuses_incentive(&self, incentive: &Incentive) -> Option<String> {
        let before = self.incentives.get(&incentive.id);
        if before.is_some_and(|b| b.ended.is_some()) {
            return Some(format!("incentive `{}` has ended; choose another id", incentive.id));
        }
        if !self.plugins.iter().any(|(digest, ..)| *digest == incentive.plugin) {
            return Some(format!("plugin {} is not installed", incentive.plugin));
        }
        let nothing = Reservation::default();
        let reserved = before.map_or(&nothing, |b| &b.reserved);
        let short = reserved.missing(incentive).into_iter().find(|line| line.units > self.left(line));
        short.map(|line| {
            let has = reserved.lines().find(|l| (&l.from, &l.unit) == (&line.from, &line.unit)).map_or(0, |l| l.units);
            let (asked, left) = (line.units + has, self.left(&line) + has);
            match &line.from {
                Account::Stock(prize) => format!(
                    "{asked} pieces of `{prize}` are more than its stock has left ({left}): {} too many; add to the \
                     stock or ask for less",
                    asked - left
                ),
                from => format!(
                    "the allotment of {asked} {} is more than {from} has left ({left}): {} too many; top it up or ask \
                     for less",
                    line.unit,
                    asked - left
                ),
            }
        })
    }

    /// What nobody has set aside in a line's source.
    fn left(&self, line: &Line) -> i64 {
        match &line.from {
            Account::Budget(budget) => {
                self.budgets.get(&(budget.clone(), line.unit.clone())).copied().unwrap_or(0)
            }
            Account::Stock(prize) => self.prizes.get(prize).map_or(0, |stocked| stocked.left),
            _ => 0,
        }
    }

    /// Sets aside for an incentive (> 0), or gives back.
    fn reserve(&mut self, line: &Line) {
        match &line.from {
            Account::Budget(budget) => {
                *self.budgets.entry((budget.clone(), line.unit.clone())).or_default() -= line.units;
            }
            Account::Stock(prize) => {
                if let Some(stocked) = self.prizes.get_mut(prize) {
                    stocked.left -= line.units;
                }
            }
            _ => {}
        }
    }

    /// Whether the entry was written before, under another position: tasks propose again after a restart.
    pub(crate) fn has(&self, entry: &Entry) -> bool {
        if let Entry::Released { incentive, version, lines } = entry {
            return self.incentives.get(incentive).is_none_or(|i| i.reserved.is_void(*version, lines));
        }
        if let Entry::Kudos(kudos) = entry {
            return self.kudos.has(kudos);
        }
        let Some((incentive, name)) = once(entry) else { return false };
        self.incentives.get(incentive).is_none_or(|i| i.written.contains(&name))
    }

    /// Takes an entry in.
    pub(crate) fn apply(&mut self, position: Position, at: Millis, entry: &Entry) {
        (self.block, self.at) = (position.block, at);
        if let Some((incentive, name)) = once(entry) {
            self.incentives.entry(incentive.clone()).and_modify(|i| {
                i.written.insert(name);
            });
        }
        match entry {
            Entry::Event { event, stale: false, .. } => {
                let unknown = event.subject.kind == SubjectKind::Agent
                    && self.roster.agent(&event.subject.id).is_none();
                if unknown {
                    *self.parked.entry(event.subject.id.clone()).or_default() += 1;
                }
            }
            Entry::Roster(change) => {
                let concerned = Arc::make_mut(&mut self.roster).apply(change);
                self.parked.retain(|id, _| !concerned.contains(id));
            }
            Entry::Metric(metric) => {
                self.metrics.entry(metric.name.clone()).or_default().push(Arc::new(metric.clone()));
            }
            Entry::Plugin { digest, name, version } => {
                if !self.plugins.iter().any(|(known, ..)| known == digest) {
                    self.plugins.push((digest.clone(), name.clone(), version.clone()));
                }
            }
            Entry::Incentive(incentive) => self.enable(incentive, position.block),
            Entry::Enabled { incentive, actor, agent } => {
                if let Some(enabled) = self.incentives.get_mut(incentive) {
                    enabled.askers.insert(actor.clone());
                    enabled.asking_agents.extend(agent.clone());
                }
            }
            Entry::Released { incentive, .. } => {
                let enabled = self.incentives.get_mut(incentive);
                let moves = enabled.map(|e| e.reserved.apply(position.block, entry)).unwrap_or_default();
                moves.iter().for_each(|line| self.reserve(line));
            }
            Entry::Prize { prize, pieces, .. } => {
                let fresh = || Stocked { prize: prize.clone(), total: 0, left: 0 };
                let stocked = self.prizes.entry(prize.id.clone()).or_insert_with(fresh);
                stocked.prize = prize.clone();
                stocked.total += pieces;
                stocked.left += pieces;
            }
            Entry::Decision { incentive, decision, actor } => {
                self.decide(incentive, decision, actor, at);
                if let (Decision::Adjust { .. }, Some(enabled)) =
                    (decision, self.incentives.get_mut(incentive))
                {
                    enabled.adjusted_block = position.block;
                }
            }
            Entry::Fault { incentive, key, fault } => {
                if let Some(enabled) = self.incentives.get_mut(incentive) {
                    enabled.paused = Some(Paused::ByFault(key.clone(), fault.clone()));
                    enabled.fault_block = position.block;
                }
            }
            Entry::Budget { budget, currency, units, .. } => {
                let place = (budget.clone(), currency.clone());
                *self.budgets.entry(place.clone()).or_default() += units;
                *self.funded.entry(place).or_default() += units;
            }
            Entry::Kudos(kudos) => Arc::make_mut(&mut self.kudos).add(kudos),
            Entry::Event { .. }
            | Entry::KudosDecided { .. }
            | Entry::PeriodOpened { .. }
            | Entry::TicketsSealed { .. }
            | Entry::SeedRevealed { .. }
            | Entry::ChancesSealed { .. }
            | Entry::BeaconPromised { .. }
            | Entry::BeaconRevealed { .. }
            | Entry::Tick => {}
        }
    }

    fn enable(&mut self, incentive: &Incentive, block: u64) {
        let fresh = Enabled {
            incentive: incentive.clone(),
            since_block: block,
            version_block: block,
            paused: None,
            fault_block: 0,
            ended: None,
            left_out: BTreeSet::new(),
            disqualified: BTreeMap::new(),
            adjusted_block: 0,
            reserved: Reservation::default(),
            askers: BTreeSet::new(),
            asking_agents: BTreeSet::new(),
            verdicts: BTreeMap::new(),
            written: BTreeSet::new(),
        };
        let enabled = self.incentives.entry(incentive.id.clone()).or_insert(fresh);
        enabled.incentive = incentive.clone();
        enabled.version_block = block;
        let moves = enabled.reserved.apply(block, &Entry::Incentive(incentive.clone()));
        moves.iter().for_each(|line| self.reserve(line));
    }

    fn decide(&mut self, incentive: &Id, decision: &Decision, actor: &Id, at: Millis) {
        let Some(enabled) = self.incentives.get_mut(incentive) else { return };
        match decision {
            Decision::Pause => enabled.paused = Some(Paused::ByHand(actor.clone())),
            Decision::Resume => enabled.paused = None,
            Decision::End => enabled.ended = Some(at),
            Decision::LeaveOut(position) => {
                enabled.left_out.insert(*position);
            }
            Decision::Disqualify { subject, reason } => {
                enabled.disqualified.insert(subject.clone(), reason.clone());
            }
            // The task books the one; the others only say who and why.
            Decision::Adjust { .. } | Decision::LeaveAsItIs { .. } | Decision::Enable { .. } => {}
            Decision::Approve { award, up_to } => {
                let verdict = Verdict::Approved { by: actor.clone(), up_to: up_to.clone() };
                enabled.verdicts.insert(award.clone(), verdict);
            }
            Decision::Refuse { award, reason } => {
                let verdict = Verdict::Refused { by: actor.clone(), reason: reason.clone() };
                enabled.verdicts.insert(award.clone(), verdict);
            }
            Decision::DisqualifyFromDraw { .. } | Decision::DrawWithoutBeacon { .. } => {} // The task's business.
        }
    }
}

/// The name of an entry that is written once for an incentive.
fn once(entry: &Entry) -> Option<(&Id, String)> {
    match entry {
        Entry::PeriodOpened { incentive, period, .. } => Some((incentive, format!("open {}", period.start))),
        Entry::TicketsSealed { incentive, period, draw, .. } => {
            Some((incentive, format!("seal {period} {draw}")))
        }
        Entry::ChancesSealed { incentive, period, chance, .. } => {
            Some((incentive, format!("seal chances {period} {chance}")))
        }
        Entry::BeaconPromised { incentive, period, .. } => {
            Some((incentive, format!("promise beacon {period}")))
        }
        Entry::BeaconRevealed { incentive, period, draw, .. } => {
            Some((incentive, format!("beacon {period} {draw}")))
        }
        Entry::SeedRevealed { incentive, period, draw, .. } => {
            Some((incentive, format!("reveal {period} {draw}")))
        }
        _ => None,
    }
}
