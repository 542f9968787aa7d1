//! What everyone of the audience is told when a period opens, if the plan wants it.

use plaudit_core::{
    award::{Content, EffectId, EffectKind},
    incentive::Period,
    limits::TOLD_BEFORE_ENABLED_MS_MAX,
    rule::{Opening, Target, Text, TextValue, Tone, Word},
    settle::Contribution,
};

use super::{fold::Targets, task::Task};

/// The name of the praise.
const NAME: &str = "opening";

impl Task {
    /// Praise to each one who is in the audience when the period begins, once per period. Nobody is told of a period that
    /// had begun before the incentive was enabled.
    pub(super) fn announce(&mut self, period: &Period) {
        let enabled_at = self.told_from.saturating_add(TOLD_BEFORE_ENABLED_MS_MAX);
        let Some(opening) = self.plan.opening.as_ref().filter(|_| period.start >= enabled_at) else { return };
        let content = Content::Praise { tone: Tone::Notice, text: text(opening) };
        let everyone = self.context().subjects(&Target::Everyone, period.start, None);
        for subject in everyone {
            let id = EffectId {
                incentive: self.incentive.id.clone(),
                period: Some(period.id.clone()),
                kind: EffectKind::Praise,
                name: NAME.into(),
                subject,
                key: "once".into(),
            };
            let owner = format!("open/{}", period.id).into();
            let contribution =
                Contribution { time: period.start, owner, content: content.clone(), team: None };
            self.desired.add(id, contribution);
        }
    }
}

fn text(opening: &Opening) -> Text {
    let value = |word: &Word| match word {
        Word::Number(number) => TextValue::Number(*number),
        Word::Text(text) => TextValue::Text(text.clone()),
    };
    let arguments = opening.arguments.iter().map(|(name, word)| (name.clone(), value(word)));
    Text { message: opening.message.clone(), arguments: arguments.collect() }
}
