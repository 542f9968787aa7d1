//! Explaining: why somebody got something, or did not. Facts are judged by the selector that the task selects with;
//! what single steps did is found by folding the period once more, beside the task and without its lock.

mod facts;
mod places;
mod replay;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use plaudit_core::{
    DAY_MS, Id, Millis,
    award::{EffectKind, Standing, Status},
    calendar::{Calendar, day_start, local_day},
    event::Subject,
    incentive::{Incentive, Period},
    journal::Position,
    metric::CompiledMetric,
    order::Turn,
    reason::{Lacks, NotCounted},
    roster::{Interval, Roster},
    rule::{Conclusion, Guest, KeyKind, Plan, Progress, StateFor},
};
use plaudit_store::{Store, StoreError, family, history::Version};

use self::{
    facts::{Blocks, Judge},
    places::{Paid, paid_at_close, paid_before},
    replay::{Ground, Replayed, STEPS_MAX},
};
use super::{
    Inner,
    key::{Key, Span, Step, Sums},
    steps::{Selector, WHOLE},
    task::Task,
    views,
};
use crate::api::{
    explained::{Explained, Fact, Kept, Lot, Moment, Outcome, Question, Totals, Unexplained},
    views::PeriodState,
};

/// Subjects times days of which facts are read to fold a key again: a team's month, or everyone's day.
const SUBJECT_DAYS_MAX: i64 = 2_000;

/// A task as it stands for one question, so that its lock is not held while the rule runs.
struct Frozen {
    incentive: Incentive,
    plan: Plan,
    metrics: Vec<CompiledMetric>,
    calendar: Calendar,
    roster: Arc<Roster>,
    left_out: BTreeSet<Position>,
    block: u64,
    watermark: Millis,
    grace_ms: Millis,
    shared: Vec<(Millis, Vec<u8>)>,
    period: Period,
    state: PeriodState,
    keys: Vec<FrozenKey>,
    /// What conclude would be told now; nothing where the period is final.
    conclusion: Option<Conclusion>,
    lots: Vec<Lot>,
    disqualified: Option<String>,
    /// They chose not to compete in this period.
    stands_aside: bool,
}

/// A key of the agent in the period.
struct FrozenKey {
    id: Id,
    /// The first span of the period.
    span: Option<Span>,
    membership: Vec<(Millis, Turn)>,
    sums: Sums,
    progress: Option<Progress>,
}

/// Answers a question.
pub(super) fn explain(inner: &Inner, question: &Question) -> Result<Explained, Unexplained> {
    if !inner.house().incentives.contains_key(&question.incentive) {
        return Err(Unexplained::Incentive(question.incentive.clone()));
    }
    let frozen = inner
        .with_task(&question.incentive, |task| freeze(task, question))
        .ok_or_else(|| Unexplained::NotReady(question.incentive.clone()))?
        .ok_or_else(|| Unexplained::Period(question.period.clone().unwrap_or_else(|| "".into())))?;
    let plugin = inner.plugins.plugin(&frozen.incentive.plugin).map_err(Unexplained::Failed)?;
    let mut guest = plugin.guest(&frozen.plan);
    frozen.explain(inner, question, &mut guest).map_err(|error| Unexplained::Failed(error.to_string()))?
}

fn freeze(task: &Task, question: &Question) -> Option<Frozen> {
    let period = period_of(task, question)?;
    let state = match () {
        () if period.end <= task.closing.final_through => PeriodState::Final,
        () if task.closing.find(&period.id).is_some() => PeriodState::Closed,
        () => PeriodState::Open,
    };
    let is_final = state == PeriodState::Final;
    let conclusion = (!is_final).then(|| task.conclusion(&period));
    let intervals = intervals(&task.roster, &task.incentive, &question.agent, &period);
    let ids: BTreeSet<Id> = match task.plan.key {
        _ if intervals.is_empty() => BTreeSet::new(),
        KeyKind::Agent => [question.agent.clone()].into(),
        KeyKind::Team => intervals.iter().map(|i| i.team.clone()).filter(|team| !team.is_empty()).collect(),
        KeyKind::Incentive => [WHOLE.into()].into(),
    };
    let key = |id: Id| {
        let key = task.keys.get(&id)?;
        let span = key.spans.iter().find(|s| s.start >= period.start && s.start < period.end);
        // Where a state is a period's, what was within reach in the one before is no more.
        let is_of_period = task.plan.state == StateFor::Ever || span.is_some();
        Some(FrozenKey {
            span: span.filter(|_| !is_final).cloned(),
            membership: key.membership.clone(),
            sums: key.sums_within(period.start, period.end, &task.plan),
            progress: key.progress.clone().filter(|_| state == PeriodState::Open && is_of_period),
            id,
        })
    };
    let keys: Vec<FrozenKey> = ids.into_iter().filter_map(key).collect();
    let lots = conclusion.as_ref().map(|c| places::lots(task, &period, &keys, c)).unwrap_or_default();
    Some(Frozen {
        incentive: task.incentive.clone(),
        plan: task.plan.clone(),
        metrics: task.metrics.clone(),
        calendar: task.calendar.clone(),
        roster: task.roster.clone(),
        left_out: task.left_out.clone(),
        block: task.cursor,
        watermark: task.watermark(),
        grace_ms: task.delays.grace_ms,
        shared: task.closing.shared_states(),
        disqualified: task.book.disqualification(&question.agent).map(str::to_owned),
        stands_aside: task.stands_aside(&question.agent, &period) && !task.plan.boards.is_empty(),
        conclusion,
        period,
        state,
        keys,
        lots,
    })
}

fn period_of(task: &Task, question: &Question) -> Option<Period> {
    if let Some(wanted) = &question.period {
        let known = task.closing.find(wanted).map(|c| c.period.clone());
        return known.or_else(|| views::find_period(task, wanted));
    }
    let last = task.incentive.end.map_or(task.at, |end| task.at.min(end - 1)).max(task.incentive.start);
    let period = task.period_at(question.at.unwrap_or(last))?;
    (period.start <= task.at.max(task.incentive.start)).then_some(period)
}

/// When an agent was in the audience within a period.
fn intervals(roster: &Roster, incentive: &Incentive, agent: &str, period: &Period) -> Vec<Interval> {
    roster.intervals(&incentive.audience, agent, (period.start, period.end))
}

impl Frozen {
    fn explain(
        mut self,
        inner: &Inner,
        question: &Question,
        guest: &mut dyn Guest,
    ) -> Result<Result<Explained, Unexplained>, StoreError> {
        let store = &*inner.store;
        let mut blocks = Blocks::new(store);
        if self.state == PeriodState::Final {
            self.lots = places::final_lots(store, &self.incentive.id, &self.plan, &self.period, &self.keys)?;
        }
        let versions = self.versions(inner, &question.agent)?;
        let is_known = self.roster.agent(&question.agent).is_some();
        if !is_known && versions.is_empty() {
            return Ok(Err(Unexplained::Agent(question.agent.clone())));
        }
        let mut facts = self.judged(&versions, &mut blocks)?;
        let (kept, agrees, moments) = self.fold_again(inner, guest, &mut facts)?;
        let paid = self.paid(guest, store)?;
        let boards = self.boards(store, &question.agent, &paid)?;
        let awards = self.awards(&question.agent, store)?;
        for lot in &mut self.lots {
            let own = format!("{}/", lot.name);
            let won = awards.iter().filter(|a| a.status == Status::Granted && a.id.key.starts_with(&own));
            lot.won = won.filter_map(|a| places::reward(&a.content)).collect();
        }
        let totals = totals(&facts);
        let shown = |fact: &Fact| question.all || !is_other_type(fact);
        let mut page: Vec<Fact> = facts.into_iter().filter(shown).skip(question.after).collect();
        let next = (page.len() > question.limit).then_some(question.after + question.limit);
        page.truncate(question.limit);
        let last = self.watermark.min(self.period.end - 1).max(self.period.start);
        Ok(Ok(Explained {
            zone: self.roster.zone_of_agent(&question.agent, last).unwrap_or(self.incentive.zone),
            team: self.roster.team_at(&question.agent, last),
            in_audience: !intervals(&self.roster, &self.incentive, &question.agent, &self.period).is_empty(),
            agent: question.agent.clone(),
            metrics: self.metrics.iter().map(|m| m.definition().clone()).collect(),
            progress: self.keys.iter().find_map(|key| key.progress.clone()),
            period: self.period,
            state: self.state,
            watermark: self.watermark,
            block: self.block,
            disqualified: self.disqualified,
            stands_aside: self.stands_aside,
            facts: page,
            totals,
            next,
            moments,
            boards,
            awards,
            draws: self.lots,
            kept,
            agrees,
            incentive: self.incentive,
            plan: self.plan,
        }))
    }

    fn selector(&self) -> Selector<'_> {
        Selector {
            incentive: &self.incentive,
            plan: &self.plan,
            metrics: &self.metrics,
            roster: &self.roster,
            left_out: &self.left_out,
        }
    }

    /// Everything that was ever said of the agent on the days of the period.
    fn versions(&self, inner: &Inner, agent: &Id) -> Result<Vec<Version>, StoreError> {
        let zone = self.incentive.zone;
        let from = day_start(zone, local_day(zone, self.period.start));
        let to = day_start(zone, local_day(zone, self.period.end - 1) + 1);
        inner.history.versions(&[Subject::agent(agent.clone())], from, to, self.block)
    }

    fn judged(&self, versions: &[Version], blocks: &mut Blocks<'_>) -> Result<Vec<Fact>, StoreError> {
        let final_block = match self.state {
            PeriodState::Final => Some(self.final_block(blocks)?),
            PeriodState::Open | PeriodState::Closed => None,
        };
        let judge = Judge {
            selector: self.selector(),
            period: &self.period,
            period_of: &|at| self.calendar.period_at(at).map(|p| p.id),
            final_block,
        };
        judge.judge(versions, blocks)
    }

    /// The block at whose end the period became final: its grace was over and its draws were held.
    fn final_block(&self, blocks: &mut Blocks<'_>) -> Result<u64, StoreError> {
        let over = blocks.first_at(self.period.end + self.grace_ms, self.block)?;
        let mut last = over;
        for sealed in self.lots.iter().filter_map(|lot| lot.sealed_block) {
            let revealed = blocks.revealed(&self.incentive.id, &self.period.id, sealed)?;
            last = last.max(revealed.unwrap_or(over));
        }
        Ok(last)
    }

    /// Folds the period once more and tells each counted fact what it did.
    fn fold_again(
        &self,
        inner: &Inner,
        guest: &mut dyn Guest,
        facts: &mut [Fact],
    ) -> Result<(Kept, Option<bool>, Vec<Moment>), StoreError> {
        if self.state == PeriodState::Final {
            return Ok((Kept::Final, None, Vec::new()));
        }
        let (mut agrees, mut moments) = (true, Vec::new());
        for key in &self.keys {
            let steps = match self.steps(inner, key)? {
                Some(steps) => steps,
                None => return Ok((Kept::TooMany, None, Vec::new())),
            };
            let Some(span) = &key.span else { continue };
            let resumed = Key::resumed(key.id.clone(), span, key.membership.clone(), &self.plan);
            let replayed = match self.ground().replay(guest, resumed, steps) {
                Ok(replayed) => replayed,
                Err(error) => {
                    tracing::warn!(incentive = %self.incentive.id, key = %key.id, %error, "a period can't be folded again");
                    return Ok((Kept::Failed, None, Vec::new()));
                }
            };
            agrees &= replayed.sums == key.sums;
            if !agrees {
                tracing::error!(incentive = %self.incentive.id, key = %key.id, period = %self.period.id,
                    "folding a period again disagrees with what stands");
            }
            self.tell(facts, &replayed);
            moments.extend(replayed.moments);
        }
        moments.sort_by_key(|moment| moment.at);
        Ok((Kept::Whole, Some(agrees), moments))
    }

    /// The steps of a key in the period; nothing where there are too many.
    fn steps(&self, inner: &Inner, key: &FrozenKey) -> Result<Option<Vec<Step>>, StoreError> {
        let selector = self.selector();
        let subjects = selector.subjects(&key.id);
        let until = self.period.end.min(self.watermark.max(self.period.start) + DAY_MS);
        let days = (until - self.period.start).max(0) / DAY_MS + 1;
        let count = i64::try_from(subjects.len()).unwrap_or(i64::MAX);
        if count > 1 && count.saturating_mul(days) > SUBJECT_DAYS_MAX {
            return Ok(None);
        }
        let facts = inner.history.read(&subjects, self.period.start, self.period.end, self.block)?;
        let steps = selector.select_facts(&facts, &key.id);
        Ok((steps.len() <= STEPS_MAX).then_some(steps))
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            incentive: &self.incentive,
            plan: &self.plan,
            ratios: self.metrics.iter().map(|m| m.definition().per.is_some()).collect(),
            calendar: &self.calendar,
            roster: &self.roster,
            shared: &self.shared,
            period: &self.period,
            watermark: self.watermark,
        }
    }

    fn tell(&self, facts: &mut [Fact], replayed: &Replayed) {
        for fact in facts {
            let Outcome::Counted(known) = &mut fact.outcome else { continue };
            let Some(did) = replayed.did.get(&fact.position) else { continue };
            // A rule has no word for "the cap was full"; what it shows to be within reach says it.
            let full = replayed.before.get(&fact.position).filter(|p| p.target > 0.0 && p.value >= p.target);
            match full {
                Some(full) if !self.plan.draws.is_empty() && did.is_nothing() => {
                    fact.outcome = Outcome::Not(NotCounted::Cap { value: full.value, target: full.target });
                }
                _ => *known = Some(did.clone()),
            }
        }
    }

    /// Whether a row is of the incentive in the period.
    fn is_of_period(&self, row: &Standing) -> bool {
        row.id.incentive == self.incentive.id
            && match &row.id.period {
                Some(period) => *period == self.period.id,
                None => (self.period.start..self.period.end).contains(&row.time),
            }
    }

    /// The agent's own awards, and those of the teams that the incentive is about.
    fn awards(&self, agent: &Id, store: &dyn Store) -> Result<Vec<Standing>, StoreError> {
        let mut subjects = BTreeSet::from([Subject::agent(agent.clone()).to_string()]);
        if self.plan.key == KeyKind::Team {
            subjects.extend(self.keys.iter().map(|key| Subject::team(key.id.clone()).to_string()));
        }
        let mut own = Vec::new();
        for subject in subjects {
            let rows = family::awarded::of_subject(store, &subject, usize::MAX)?;
            own.extend(rows.into_iter().map(|(_, row)| row).filter(|row| self.is_of_period(row)));
        }
        own.sort_by(|a, b| (a.time, &a.id).cmp(&(b.time, &b.id)));
        Ok(own)
    }

    /// Who is paid what for a place: as conclude says it of the rows as they stand, or as it was settled.
    fn paid(&self, guest: &mut dyn Guest, store: &dyn Store) -> Result<Vec<Paid>, StoreError> {
        if self.plan.boards.is_empty() {
            return Ok(Vec::new());
        }
        Ok(match &self.conclusion {
            Some(conclusion) => match guest.conclude(&self.incentive.settings, conclusion) {
                Ok(output) => paid_at_close(&output.effects),
                Err(error) => {
                    tracing::debug!(incentive = %self.incentive.id, %error, "what places pay can't be said yet");
                    Vec::new()
                }
            },
            None => {
                let last = self.period.end - 1;
                let at_close = family::awarded::at(store, last, &self.incentive.id)?;
                let rows: Vec<Standing> = at_close.into_iter().map(|(_, row)| row).collect();
                let of_period =
                    rows.iter().filter(|row| self.is_of_period(row) && row.id.kind == EffectKind::Award);
                paid_before(of_period, self.plan.key, &|agent| self.roster.team_at(agent, last))
            }
        })
    }

    fn boards(
        &self,
        store: &dyn Store,
        agent: &Id,
        paid: &[Paid],
    ) -> Result<Vec<crate::api::explained::Place>, StoreError> {
        let subjects: Vec<Subject> = match self.plan.key {
            KeyKind::Agent => vec![Subject::agent(agent.clone())],
            KeyKind::Team => self.keys.iter().map(|key| Subject::team(key.id.clone())).collect(),
            KeyKind::Incentive => return Ok(Vec::new()),
        };
        let concluded = match &self.conclusion {
            Some(_) => None,
            None => family::concluded::read_concluded(store, &self.incentive.id, self.period.start)?,
        };
        // Who chose not to compete sees their own row; others see nothing of it.
        let last = self.period.end - 1;
        let is_shown =
            |key: &Id| key == agent || self.plan.key != KeyKind::Agent || self.roster.competes_at(key, last);
        let mut boards = Vec::new();
        for (index, spec) in self.plan.boards.iter().enumerate() {
            let rows = match (&self.conclusion, &concluded) {
                (Some(conclusion), _) => places::rows_now(self.plan.key, conclusion, index, &is_shown),
                (None, Some(concluded)) => places::rows_then(concluded, &spec.name),
                (None, None) => continue,
            };
            boards.extend(subjects.iter().map(|subject| places::place(spec, &rows, subject, paid)));
        }
        Ok(boards)
    }
}

fn is_other_type(fact: &Fact) -> bool {
    matches!(fact.outcome, Outcome::Not(NotCounted::Filter { lacks: Lacks::Type, .. }))
}

fn totals(facts: &[Fact]) -> Totals {
    let mut totals = Totals::default();
    let mut by: HashMap<&'static str, u64> = HashMap::new();
    for fact in facts {
        match &fact.outcome {
            Outcome::Counted(_) => totals.counted += 1,
            Outcome::Not(_) if is_other_type(fact) => totals.other_types += 1,
            Outcome::Not(reason) => *by.entry(reason.code()).or_default() += 1,
        }
    }
    totals.not_counted = by.into_iter().collect();
    totals
}
