//! The official rules natively: the very code that runs in Wasm, behind the host's own words.

use plaudit_core::rule::{
    Award, Batch, CallError, Chance, Change, ConcludeOutput, Conclusion, DrawMethod, DrawPrize, DrawSpec,
    Effects, Fault, FaultKind, FoldOutput, Guest, Origin, Praise, Reward, Score, Span, Target, Text,
    TextValue, Tickets, Tone,
};
use plaudit_sdk::{Adapter, Rule, wit};

/// A rule of the workspace, not compiled to Wasm.
pub(crate) struct Native<R: Rule>(Adapter<R>);

impl<R: Rule> Default for Native<R> {
    fn default() -> Self {
        Self(Adapter::default())
    }
}

// An adapter holds nothing but parsed settings, and each guest lives on one thread.
impl<R: Rule> Guest for Native<R>
where
    Adapter<R>: Send,
{
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        let mut effects = plaudit_sdk::Effects::default();
        let changes = self.0.fold(settings, &lent(batch), &mut effects).map_err(refused)?;
        let change = |c: wit::Change| Change { slot: c.slot, state: c.state, wake_at: c.wake_at };
        Ok(FoldOutput {
            changes: changes.into_iter().map(change).collect(),
            effects: taken(effects),
            ..FoldOutput::default()
        })
    }

    fn conclude(&mut self, settings: &str, told: &Conclusion) -> Result<ConcludeOutput, CallError> {
        let period = wit::Period {
            id: told.period.id.to_string(),
            start: told.period.start,
            end: told.period.end,
            zone: zone(&told.zone),
        };
        let entrants: Vec<_> = told.entrants.iter().map(entrant).collect();
        let standings: Vec<_> = told.standings.iter().map(|rows| standings(rows)).collect();
        let mut effects = plaudit_sdk::Effects::default();
        let shared = self.0.conclude(settings, &period, &entrants, &standings, &told.shared, &mut effects);
        Ok(ConcludeOutput {
            shared: shared.map_err(refused)?,
            effects: taken(effects),
            ..ConcludeOutput::default()
        })
    }
}

fn refused(message: String) -> CallError {
    CallError::Rule(Fault { kind: FaultKind::Refused, message })
}

fn entrant(e: &plaudit_core::rule::Entrant) -> wit::Entrant {
    wit::Entrant {
        id: e.id.to_string(),
        team: e.team.to_string(),
        share: e.share,
        members: e.members,
        hired_day: e.hired_day,
        tickets: e.tickets.clone(),
    }
}

fn standings(rows: &[plaudit_core::rule::Standing]) -> wit::BoardStandings {
    let row = |s: &plaudit_core::rule::Standing| wit::Standing {
        entrant: s.entrant,
        rank: s.rank,
        qualified: s.qualified,
        value: s.value,
        columns: s.columns.clone(),
    };
    wit::BoardStandings { rows: rows.iter().map(row).collect() }
}

fn zone(z: &plaudit_core::rule::Zone) -> wit::Zone {
    let transition =
        |t: &plaudit_core::rule::Transition| wit::Transition { at: t.at, offset_minutes: t.offset_minutes };
    wit::Zone {
        name: z.name.clone(),
        transitions: z.transitions.iter().map(transition).collect(),
        holidays: z.holidays.clone(),
    }
}

fn lent(batch: &Batch) -> wit::Batch {
    let slots = batch.slots.iter().map(|s| wit::Slot {
        id: s.id.to_string(),
        zone: s.zone,
        state: s.state.clone(),
        until: s.until,
    });
    let agents = batch.agents.iter().map(|a| wit::Agent {
        id: a.id.to_string(),
        team: a.team.to_string(),
        zone: a.zone,
        hired_day: a.hired_day,
        share: a.share,
        workdays: a.workdays,
    });
    let zones = batch.zones.iter().map(zone);
    let metrics = batch
        .metrics
        .iter()
        .map(|m| wit::MetricColumn { values: m.values.clone(), weights: m.weights.clone() });
    let attributes =
        batch.attributes.iter().map(|c| wit::TextColumn { words: c.words.clone(), at: c.at.clone() });
    wit::Batch {
        slots: slots.collect(),
        agents: agents.collect(),
        zones: zones.collect(),
        shared: batch.shared.clone(),
        kind: batch.kind.clone(),
        slot_of: batch.slot_of.clone(),
        agent_of: batch.agent_of.clone(),
        time: batch.time.clone(),
        metrics: metrics.collect(),
        attributes: attributes.collect(),
    }
}

fn taken(effects: plaudit_sdk::Effects) -> Effects {
    let score = |s: wit::Score| Score {
        step: s.step,
        board: s.board,
        column: s.column,
        value: s.value,
        weight: s.weight,
    };
    let tickets = |t: wit::Tickets| Tickets { step: t.step, draw: t.draw, count: t.count };
    let chance = |c: wit::Chance| Chance {
        at: origin(c.at),
        to: target(c.to),
        chance: c.chance,
        wins: c.wins,
        of: c.of,
        award: award(c.award),
    };
    Effects {
        awards: effects.awards.into_iter().map(|(at, to, a)| (origin(at), target(to), award(a))).collect(),
        praise: effects.praise.into_iter().map(|(at, to, p)| (origin(at), target(to), praise(p))).collect(),
        scores: effects.scores.into_iter().map(score).collect(),
        tickets: effects.tickets.into_iter().map(tickets).collect(),
        chances: effects.chances.into_iter().map(chance).collect(),
        progress: Vec::new(), // Shown, not settled.
        draws: effects.draws.into_iter().map(draw).collect(),
    }
}

fn origin(origin: wit::Origin) -> Origin {
    match origin {
        wit::Origin::Step(step) => Origin::Step(step),
        wit::Origin::Timer(timer) => Origin::Timer { slot: timer.slot, at: timer.at },
        wit::Origin::Close => Origin::Close,
    }
}

fn target(target: wit::Subject) -> Target {
    match target {
        wit::Subject::Itself => Target::Itself,
        wit::Subject::Agent(id) => Target::Agent(id.into()),
        wit::Subject::Team(id) => Target::Team(id.into()),
        wit::Subject::TeamMembers(id) => Target::TeamMembers(id.into()),
        wit::Subject::Everyone => Target::Everyone,
    }
}

fn award(award: wit::Award) -> Award {
    let reward = match award.reward {
        wit::Reward::Points(amount) => Reward::Points { currency: amount.currency, units: amount.units },
        wit::Reward::Badge(badge) => Reward::Badge { name: badge.name, level: badge.level },
        wit::Reward::Prize(name) => Reward::Prize(name),
    };
    Award { name: award.name, span: span(award.span), key: award.key, reward, because: text(award.because) }
}

fn praise(praise: wit::Praise) -> Praise {
    let tone = match praise.tone {
        wit::Tone::Thanks => Tone::Thanks,
        wit::Tone::Congratulation => Tone::Congratulation,
        wit::Tone::Encouragement => Tone::Encouragement,
        wit::Tone::Notice => Tone::Notice,
    };
    Praise { name: praise.name, span: span(praise.span), key: praise.key, tone, text: text(praise.text) }
}

fn span(span: wit::Span) -> Span {
    match span {
        wit::Span::Period => Span::Period,
        wit::Span::Ever => Span::Ever,
    }
}

fn text(text: wit::Text) -> Text {
    let value = |value| match value {
        wit::Value::Number(number) => TextValue::Number(number),
        wit::Value::Text(text) => TextValue::Text(text),
        wit::Value::Agent(id) => TextValue::Agent(id.into()),
        wit::Value::Team(id) => TextValue::Team(id.into()),
        wit::Value::Day(day) => TextValue::Day(day),
    };
    let arguments = text.arguments.into_iter().map(|a| (a.name, value(a.value)));
    Text { message: text.message, arguments: arguments.collect() }
}

fn draw(spec: wit::DrawSpec) -> DrawSpec {
    let method = match spec.method {
        wit::DrawMethod::Weighted => DrawMethod::Weighted,
        wit::DrawMethod::Equal => DrawMethod::Equal,
    };
    let prize = |p: wit::DrawPrize| DrawPrize { winners: p.winners, award: award(p.award) };
    let exclusion = |e: wit::Exclusion| (e.entrant.into(), text(e.because));
    DrawSpec {
        draw: spec.draw,
        method,
        prizes: spec.prizes.into_iter().map(prize).collect(),
        excluded: spec.excluded.into_iter().map(exclusion).collect(),
    }
}
