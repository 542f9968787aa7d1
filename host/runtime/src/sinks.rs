//! The imports of a rule: each effect is checked at once, so that a fault points at the line that gave it.

use plaudit_core::{
    Id,
    limits::{DRAW_WINNERS_MAX, EFFECT_TEXT_BYTES_MAX, TEXT_ARGUMENTS_MAX},
    rule::{
        Award, Chance, DrawMethod, DrawPrize, DrawSpec, Fault, KeyKind, Origin, Praise, Progress, Reward,
        Score, Span, Target, Text, TextValue, Tickets, Tone,
    },
};
use wasmtime::Result;

use crate::{
    bindings::plaudit::rule::{effects as wit, log, types},
    host::{Call, Host, output},
};

impl types::Host for Host {}

impl log::Host for Host {
    fn write(&mut self, level: log::Level, line: String) -> Result<()> {
        let level = match level {
            log::Level::Debug => "debug",
            log::Level::Info => "info",
            log::Level::Warn => "warn",
        };
        Ok(self.log(level, line)?)
    }
}

impl wit::Host for Host {
    fn give_award(&mut self, at: types::Origin, to: types::Subject, given: wit::Award) -> Result<()> {
        let at = origin(at);
        self.count_origin("give-award", at)?;
        let to = self.target("give-award", at, to)?;
        self.effects.awards.push((at, to, award("give-award", given)?));
        Ok(())
    }

    fn send_praise(&mut self, at: types::Origin, to: types::Subject, praise: wit::Praise) -> Result<()> {
        let at = origin(at);
        self.count_origin("send-praise", at)?;
        let to = self.target("send-praise", at, to)?;
        self.effects.praise.push((at, to, said(praise)?));
        Ok(())
    }

    fn add_scores(&mut self, scores: Vec<wit::Score>) -> Result<()> {
        for (index, score) in scores.iter().enumerate() {
            self.check_score(index, score)?;
        }
        self.effects.scores.extend(scores.into_iter().map(|s| Score {
            step: s.step,
            board: s.board,
            column: s.column,
            value: s.value,
            weight: s.weight,
        }));
        Ok(())
    }

    fn add_tickets(&mut self, tickets: Vec<wit::Tickets>) -> Result<()> {
        for (index, some) in tickets.iter().enumerate() {
            let what = format_args!("add-tickets[{index}]");
            self.count_step("add-tickets", some.step)?;
            self.method_of(&what, some.draw)?;
            if some.count == 0 {
                return Err(output(format!("{what}: 0 tickets; give at least 1, or none at all")).into());
            }
        }
        self.effects.tickets.extend(tickets.into_iter().map(|t| Tickets {
            step: t.step,
            draw: t.draw,
            count: t.count,
        }));
        Ok(())
    }

    fn show_progress(&mut self, progress: Vec<wit::Progress>) -> Result<()> {
        for shown in progress {
            self.count_slot("show-progress", shown.slot)?;
            finite("show-progress", "value", shown.value)?;
            finite("show-progress", "target", shown.target)?;
            let text = text("show-progress", shown.text)?;
            self.effects.progress.push(Progress {
                slot: shown.slot,
                text,
                value: shown.value,
                target: shown.target,
            });
        }
        Ok(())
    }

    fn hold_draw(&mut self, spec: wit::DrawSpec) -> Result<()> {
        let draw = spec.draw;
        self.count_conclude("hold-draw", 1 + spec.prizes.len() + spec.excluded.len())?;
        let planned = self.method_of(&"hold-draw", draw)?;
        let method = match spec.method {
            wit::DrawMethod::Weighted => DrawMethod::Weighted,
            wit::DrawMethod::Equal => DrawMethod::Equal,
        };
        if method != planned {
            return Err(output(format!(
                "hold-draw: draw {draw} was published as {planned:?} and can't become {method:?} at the close"
            ))
            .into());
        }
        if let Call::Conclude { held, .. } = &mut self.call
            && let Some(held) = held.get_mut(draw as usize)
            && std::mem::replace(held, true)
        {
            return Err(output(format!(
                "hold-draw: draw {draw} is held already; give all its prizes in one call"
            ))
            .into());
        }
        let winners: u64 = spec.prizes.iter().map(|prize| u64::from(prize.winners)).sum();
        if spec.prizes.iter().any(|prize| prize.winners == 0) || winners > u64::from(DRAW_WINNERS_MAX) {
            return Err(output(format!(
                "hold-draw: {winners} winners of draw {draw}; each prize needs at least 1, and all together may have {DRAW_WINNERS_MAX}"
            ))
            .into());
        }
        let mut prizes = Vec::with_capacity(spec.prizes.len());
        for prize in spec.prizes {
            prizes.push(DrawPrize { winners: prize.winners, award: award("hold-draw", prize.award)? });
        }
        let mut excluded = Vec::with_capacity(spec.excluded.len());
        for exclusion in spec.excluded {
            excluded.push((
                id("hold-draw", "entrant", exclusion.entrant)?,
                text("hold-draw", exclusion.because)?,
            ));
        }
        self.effects.draws.push(DrawSpec { draw, method, prizes, excluded });
        Ok(())
    }

    fn try_chances(&mut self, chances: Vec<wit::Chance>) -> Result<()> {
        for (index, chance) in chances.into_iter().enumerate() {
            let chance = self.chance(&format!("try-chances[{index}]"), chance)?;
            self.effects.chances.push(chance);
        }
        Ok(())
    }
}

impl Host {
    fn check_score(&mut self, index: usize, score: &wit::Score) -> Result<(), Fault> {
        let what = format_args!("add-scores[{index}]");
        self.count_step("add-scores", score.step)?;
        let boards = self.shape.boards.len();
        let Some(&columns) = self.shape.boards.get(score.board as usize) else {
            return Err(output(format!("{what}: there is no board {}; the plan has {boards}", score.board)));
        };
        if score.column as usize >= columns {
            return Err(output(format!(
                "{what}: there is no column {}; board {} of the plan has {columns}",
                score.column, score.board
            )));
        }
        if !score.value.is_finite() {
            return Err(output(format!(
                "{what}: the score of step {} is {}; only finite numbers count: leave out what can't be computed, as after a division by 0",
                score.step, score.value
            )));
        }
        if !score.weight.is_finite() || score.weight < 0.0 {
            return Err(output(format!(
                "{what}: the weight of step {} is {}; weights are finite and not negative (1 unless it is a mean)",
                score.step, score.weight
            )));
        }
        Ok(())
    }

    fn chance(&mut self, what: &str, chance: wit::Chance) -> Result<Chance, Fault> {
        let at = origin(chance.at);
        if at == Origin::Close {
            return Err(output(format!(
                "{what}: nobody tries at the close; name a step or a timer, or hold a draw"
            )));
        }
        self.count_origin("try-chances", at)?;
        let to = self.target(what, at, chance.to)?;
        if chance.chance as usize >= self.shape.chances {
            return Err(output(format!(
                "{what}: there is no chance {}; the plan has {}",
                chance.chance, self.shape.chances
            )));
        }
        if chance.of == 0 || chance.wins > chance.of {
            return Err(output(format!(
                "{what}: odds of {} in {}; at least 0 in 1 and at most as many wins as throws",
                chance.wins, chance.of
            )));
        }
        let award = award(what, chance.award)?;
        if award.span == Span::Ever {
            return Err(output(format!(
                "{what}: award `{}` is unique for ever; an instant win belongs to its period, whose seed is revealed",
                cut(&award.name)
            )));
        }
        Ok(Chance { at, to, chance: chance.chance, wins: chance.wins, of: chance.of, award })
    }

    fn method_of(&self, what: &dyn std::fmt::Display, draw: u32) -> Result<DrawMethod, Fault> {
        self.shape.draws.get(draw as usize).copied().ok_or_else(|| {
            output(format!("{what}: there is no draw {draw}; the plan has {}", self.shape.draws.len()))
        })
    }

    fn target(&self, what: &str, at: Origin, to: types::Subject) -> Result<Target, Fault> {
        Ok(match to {
            types::Subject::Itself if at == Origin::Close || self.shape.key == KeyKind::Incentive => {
                return Err(output(format!(
                    "{what}: there is no `itself` here, at the close and for the whole incentive: name an agent, a team or `everyone`"
                )));
            }
            types::Subject::Itself => Target::Itself,
            types::Subject::Agent(name) => Target::Agent(id(what, "agent", name)?),
            types::Subject::Team(name) => Target::Team(id(what, "team", name)?),
            types::Subject::TeamMembers(name) => Target::TeamMembers(id(what, "team", name)?),
            types::Subject::Everyone => Target::Everyone,
        })
    }
}

fn origin(at: types::Origin) -> Origin {
    match at {
        types::Origin::Step(step) => Origin::Step(step),
        types::Origin::Timer(types::Timer { slot, at }) => Origin::Timer { slot, at },
        types::Origin::Close => Origin::Close,
    }
}

fn award(what: &str, award: wit::Award) -> Result<Award, Fault> {
    Ok(Award {
        name: name(what, "the award's name", award.name)?,
        span: span(award.span),
        key: short(what, "the award's key", award.key)?,
        reward: reward(what, award.reward)?,
        because: text(what, award.because)?,
    })
}

fn reward(what: &str, reward: wit::Reward) -> Result<Reward, Fault> {
    Ok(match reward {
        wit::Reward::Points(amount) if amount.units <= 0 => {
            return Err(output(format!(
                "{what}: {} units of `{}`; points are whole and more than 0: give no award instead",
                amount.units,
                cut(&amount.currency)
            )));
        }
        wit::Reward::Points(amount) => {
            Reward::Points { currency: name(what, "the currency", amount.currency)?, units: amount.units }
        }
        wit::Reward::Badge(badge) if badge.level == 0 => {
            return Err(output(format!("{what}: badge `{}` of level 0; the lowest is 1", cut(&badge.name))));
        }
        wit::Reward::Badge(badge) => {
            Reward::Badge { name: name(what, "the badge's name", badge.name)?, level: badge.level }
        }
        wit::Reward::Prize(prize) => Reward::Prize(name(what, "the prize", prize)?),
    })
}

fn said(praise: wit::Praise) -> Result<Praise, Fault> {
    let what = "send-praise";
    Ok(Praise {
        name: name(what, "the praise's name", praise.name)?,
        span: span(praise.span),
        key: short(what, "the praise's key", praise.key)?,
        tone: match praise.tone {
            wit::Tone::Thanks => Tone::Thanks,
            wit::Tone::Congratulation => Tone::Congratulation,
            wit::Tone::Encouragement => Tone::Encouragement,
            wit::Tone::Notice => Tone::Notice,
        },
        text: text(what, praise.text)?,
    })
}

fn span(span: wit::Span) -> Span {
    match span {
        wit::Span::Period => Span::Period,
        wit::Span::Ever => Span::Ever,
    }
}

fn text(what: &str, text: types::Text) -> Result<Text, Fault> {
    if text.arguments.len() > TEXT_ARGUMENTS_MAX {
        return Err(output(format!(
            "{what}: {} arguments for the text `{}`; {TEXT_ARGUMENTS_MAX} are allowed",
            text.arguments.len(),
            cut(&text.message)
        )));
    }
    let message = name(what, "the text's message", text.message)?;
    let mut arguments = Vec::with_capacity(text.arguments.len());
    for argument in text.arguments {
        let called = name(what, "an argument's name", argument.name)?;
        let value = value(what, &called, argument.value)?;
        arguments.push((called, value));
    }
    Ok(Text { message, arguments })
}

/// The value of an argument.
pub(crate) fn value(what: &str, called: &str, value: types::Value) -> Result<TextValue, Fault> {
    Ok(match value {
        types::Value::Number(number) => TextValue::Number(finite(what, called, number)?),
        types::Value::Text(text) => TextValue::Text(short(what, called, text)?),
        types::Value::Agent(agent) => TextValue::Agent(id(what, called, agent)?),
        types::Value::Team(team) => TextValue::Team(id(what, called, team)?),
        types::Value::Day(day) => TextValue::Day(day),
    })
}

fn id(what: &str, field: &str, text: String) -> Result<Id, Fault> {
    name(what, field, text).map(Id::from)
}

/// A text that may not be empty.
fn name(what: &str, field: &str, text: String) -> Result<String, Fault> {
    if text.is_empty() { Err(output(format!("{what}: {field} is empty"))) } else { short(what, field, text) }
}

fn short(what: &str, field: &str, text: String) -> Result<String, Fault> {
    if text.len() > EFFECT_TEXT_BYTES_MAX {
        return Err(output(format!(
            "{what}: {field} has {} bytes and {EFFECT_TEXT_BYTES_MAX} are allowed: `{}…`",
            text.len(),
            cut(&text)
        )));
    }
    Ok(text)
}

fn finite(what: &str, field: &str, number: f64) -> Result<f64, Fault> {
    if number.is_finite() {
        Ok(number)
    } else {
        Err(output(format!("{what}: {field} is {number}; only finite numbers count")))
    }
}

/// The beginning of a text, for messages.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(40)]
}
