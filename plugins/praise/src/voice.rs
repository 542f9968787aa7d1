//! What is said, how often, and when not.

use plaudit_sdk::prelude::*;
use plaudit_sdk::{HOUR, MINUTE, Millis};
use serde::{Deserialize, Serialize};

use crate::settings::Settings;

/// Texts per occasion: `top-rating-1` to `top-rating-4`.
const VARIANTS: usize = 4;
/// What falls into quiet hours may wait for so long.
const WAIT_MAX: Millis = 2 * HOUR;
/// Fires at the end of quiet hours, if something waits.
pub(crate) const QUIET_END: &str = "quiet-end";

/// Why somebody is praised; the weightier first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, State)]
pub(crate) enum Occasion {
    Anniversary,
    Comeback,
    PersonalBest,
    HardContact,
    Quality,
    TopRating,
    NthToday,
}

/// Something to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, State)]
pub(crate) struct Word {
    pub(crate) occasion: Occasion,
    /// Entity, ordinal or day: told once per occasion and key.
    pub(crate) key: String,
    /// The text's number: rating, score, count, mark, good ones in a row, years.
    pub(crate) n: f64,
}

/// What was said to somebody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, State)]
pub(crate) struct Voice {
    /// Where the round of texts stands, per occasion.
    taken: [u32; 7],
    /// The latest texts, oldest first; as many as may not be repeated.
    latest: Vec<(Occasion, u8)>,
    last: Option<Millis>,
    waiting: Option<Word>,
}

impl Occasion {
    /// Name of the praise, and stem of its texts.
    fn stem(self) -> &'static str {
        match self {
            Self::Anniversary => "anniversary",
            Self::Comeback => "comeback",
            Self::PersonalBest => "personal-best",
            Self::HardContact => "hard-contact",
            Self::Quality => "quality",
            Self::TopRating => "top-rating",
            Self::NthToday => "nth-today",
        }
    }

    fn praise(self) -> Praise {
        match self {
            Self::Anniversary | Self::PersonalBest | Self::Quality => Praise::congratulation(self.stem()),
            Self::Comeback => Praise::encouragement(self.stem()),
            Self::HardContact | Self::TopRating | Self::NthToday => Praise::thanks(self.stem()),
        }
    }
}

impl Voice {
    /// Says the weightiest of these, now or after the quiet hours, unless it would be too much.
    pub(crate) fn offer(&mut self, words: Vec<Word>, cx: &mut Context<Settings>) {
        // The first of equally weighty ones: words come in a fixed order.
        let Some(word) = words.into_iter().min_by_key(|word| word.occasion) else { return };
        let Some((from, to)) = cx.settings.quiet.hours().filter(|&(from, to)| cx.clock().is_within(from, to))
        else {
            return self.say(word, cx);
        };
        let end = cx.next(to);
        debug_assert!(from != to, "an empty window holds no time");
        if cx.settings.quiet.defer && end - cx.now() <= WAIT_MAX {
            if self.waiting.as_ref().is_none_or(|waiting| word.occasion < waiting.occasion) {
                self.waiting = Some(word);
            }
            cx.timer(QUIET_END, end);
        }
    }

    /// The quiet hours are over.
    pub(crate) fn wake(&mut self, cx: &mut Context<Settings>) {
        if let Some(word) = self.waiting.take() {
            self.say(word, cx);
        }
    }

    /// Nothing waits any more: the agent left.
    pub(crate) fn hush(&mut self, cx: &mut Context<Settings>) {
        self.waiting = None;
        cx.cancel_timer(QUIET_END);
    }

    fn say(&mut self, word: Word, cx: &mut Context<Settings>) {
        let pause = Millis::from(cx.settings.cooldown_minutes) * MINUTE;
        let resting = self.last.is_some_and(|last| cx.now() - last < pause);
        if resting && word.occasion != Occasion::Anniversary {
            return;
        }
        let Some(variant) = self.choose(word.occasion, cx) else { return };
        self.last = Some(cx.now());
        let message = format!("{}-{}", word.occasion.stem(), variant + 1);
        cx.praise(word.occasion.praise().for_ever().key(word.key).saying(message).with("n", word.n));
    }

    /// The next text of an occasion that was not among the latest. Where the round begins differs from agent to agent,
    /// so that neighbours do not read the same.
    fn choose(&mut self, occasion: Occasion, cx: &Context<Settings>) -> Option<usize> {
        let start: usize = cx.key().bytes().map(usize::from).sum();
        let taken = self.taken[occasion as usize] as usize;
        let fresh = |variant: usize| !self.latest.contains(&(occasion, variant as u8));
        let skipped = (0..VARIANTS).find(|skip| fresh((start + taken + skip) % VARIANTS))?;
        let variant = (start + taken + skipped) % VARIANTS;
        self.taken[occasion as usize] = ((taken + skipped + 1) % VARIANTS) as u32;
        self.latest.push((occasion, variant as u8));
        let surplus = self.latest.len().saturating_sub(cx.settings.no_repeat as usize);
        self.latest.drain(..surplus);
        Some(variant)
    }
}
