//! What a rule gives, says and shows.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::time::LocalDay;
use crate::wit;

pub use crate::wit::{Subject as Target, Tone};

/// Points, a badge or a thing, with a reason. It is unique by (name, key) within its period, or for ever: given
/// again, it is the same award. The key is `once` unless said otherwise; never use an event's id.
///
/// ```
/// use plaudit_sdk::Award;
/// let award = Award::points("good-calls", "points", 50).key(3).because("streak").with("n", 5).with("queue", "sales");
/// # let _ = award;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "an award counts only when it is handed to `cx.award` or `out.award_to`"]
pub struct Award(pub(crate) wit::Award);

impl Award {
    /// Whole units (> 0) of a currency, from the incentive's budget.
    pub fn points(name: impl Into<String>, currency: impl Into<String>, units: i64) -> Self {
        Self::new(name.into(), wit::Reward::Points(wit::Amount { currency: currency.into(), units }))
    }

    /// An amount that a manager has set, from the incentive's budget.
    pub fn amount(name: impl Into<String>, amount: &Amount) -> Self {
        Self::points(name, &amount.currency, amount.units)
    }

    /// A badge of the plugin's texts: `badge-<name>` is its title. Level 1 is the lowest.
    pub fn badge(name: impl Into<String>, level: u32) -> Self {
        let name = name.into();
        Self::new(name.clone(), wit::Reward::Badge(wit::Badge { name, level }))
    }

    /// A thing, by the name that the settings give it.
    pub fn prize(name: impl Into<String>, thing: impl Into<String>) -> Self {
        Self::new(name.into(), wit::Reward::Prize(thing.into()))
    }

    fn new(name: String, reward: wit::Reward) -> Self {
        let because = text(name.clone());
        Self(wit::Award { name, span: wit::Span::Period, key: "once".into(), reward, because })
    }

    /// Another name than the badge's: what makes the award unique, and what a quota counts.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.0.name = name.into();
        self
    }

    /// Once per name (the default).
    pub fn once(self) -> Self {
        self.key("once")
    }

    /// Once per this key: an ordinal, a day, a level.
    pub fn key(mut self, key: impl ToString) -> Self {
        self.0.key = key.to_string();
        self
    }

    /// Once per entity of the step: each contact, survey or order gives one.
    pub fn per_entity(mut self) -> Self {
        self.0.key.clear();
        self
    }

    /// Unique for ever rather than within a period.
    pub fn for_ever(mut self) -> Self {
        self.0.span = wit::Span::Ever;
        self
    }

    /// The reason, a message of the plugin's texts. Without it, the message with the award's name.
    pub fn because(mut self, message: impl Into<String>) -> Self {
        self.0.because.message = message.into();
        self
    }

    /// An argument of the reason.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.because.arguments.push(argument(name, value));
        self
    }

    /// As the contract has it.
    pub fn into_wit(self) -> wit::Award {
        self.0
    }
}

/// A message of recognition. It is told once per (name, key) within its period, or for ever.
///
/// ```
/// use plaudit_sdk::Praise;
/// let praise = Praise::thanks("hard-contact").per_entity().with("minutes", 35);
/// # let _ = praise;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "praise is told only when it is handed to `cx.praise` or `out.praise_to`"]
pub struct Praise(pub(crate) wit::Praise);

impl Praise {
    /// "Thank you".
    pub fn thanks(name: impl Into<String>) -> Self {
        Self::new(name.into(), Tone::Thanks)
    }

    /// "Well done".
    pub fn congratulation(name: impl Into<String>) -> Self {
        Self::new(name.into(), Tone::Congratulation)
    }

    /// "It gets better".
    pub fn encouragement(name: impl Into<String>) -> Self {
        Self::new(name.into(), Tone::Encouragement)
    }

    /// What is neither good nor bad: that something begins, or who is met next.
    pub fn notice(name: impl Into<String>) -> Self {
        Self::new(name.into(), Tone::Notice)
    }

    fn new(name: String, tone: Tone) -> Self {
        let text = text(name.clone());
        Self(wit::Praise { name, span: wit::Span::Period, key: "once".into(), tone, text })
    }

    /// Once per name (the default).
    pub fn once(self) -> Self {
        self.key("once")
    }

    /// Once per this key: an ordinal, a day, a level.
    pub fn key(mut self, key: impl ToString) -> Self {
        self.0.key = key.to_string();
        self
    }

    /// Once per entity of the step.
    pub fn per_entity(mut self) -> Self {
        self.0.key.clear();
        self
    }

    /// Told once for ever rather than once within a period.
    pub fn for_ever(mut self) -> Self {
        self.0.span = wit::Span::Ever;
        self
    }

    /// What is said, a message of the plugin's texts. Without it, the message with the praise's name.
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.0.text.message = message.into();
        self
    }

    /// As [`Praise::saying`]: the word that awards use.
    pub fn because(self, message: impl Into<String>) -> Self {
        self.saying(message)
    }

    /// An argument of the text.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.text.arguments.push(argument(name, value));
        self
    }

    /// As the contract has it.
    pub fn into_wit(self) -> wit::Praise {
        self.0
    }
}

/// A message of the plugin's texts with its arguments, rendered in the reader's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Text(pub(crate) wit::Text);

impl Text {
    /// A message of the plugin's texts, by id.
    pub fn new(message: impl Into<String>) -> Self {
        Self(text(message.into()))
    }

    /// One of its arguments.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.arguments.push(argument(name, value));
        self
    }
}

impl From<&str> for Text {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}

/// An argument of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Value(wit::Value);

impl Value {
    /// An agent by id: the host shows the name, which a rule never sees.
    pub fn agent(id: impl Into<String>) -> Self {
        Self(wit::Value::Agent(id.into()))
    }

    /// A team by id: the host shows its name.
    pub fn team(id: impl Into<String>) -> Self {
        Self(wit::Value::Team(id.into()))
    }
}

macro_rules! value_from {
    ($($type:ty => |$x:ident| $value:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($x: $type) -> Self {
                Self($value)
            }
        }
    )*};
}

value_from! {
    f64 => |x| wit::Value::Number(x);
    f32 => |x| wit::Value::Number(x.into());
    i32 => |x| wit::Value::Number(x.into());
    u32 => |x| wit::Value::Number(x.into());
    u16 => |x| wit::Value::Number(x.into());
    u8 => |x| wit::Value::Number(x.into());
    i64 => |x| wit::Value::Number(x as f64);
    u64 => |x| wit::Value::Number(x as f64);
    usize => |x| wit::Value::Number(x as f64);
    &str => |x| wit::Value::Text(x.into());
    &String => |x| wit::Value::Text(x.clone());
    String => |x| wit::Value::Text(x);
    LocalDay => |x| wit::Value::Day(x.0);
}

/// How a planned draw is drawn, with its prizes in the order in which they are drawn.
///
/// ```
/// use plaudit_sdk::{Award, Draw};
/// let draw = Draw::weighted(0).prize(1, Award::prize("first", "Voucher")).prize(3, Award::points("other", "points", 50));
/// # let _ = draw;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draw is held only when it is handed to `out.draw`"]
pub struct Draw(pub(crate) wit::DrawSpec);

impl Draw {
    /// A chance per ticket; `draw` is its number in the plan, which has to name the same method.
    pub fn weighted(draw: u32) -> Self {
        Self::new(draw, wit::DrawMethod::Weighted)
    }

    /// The same chance for everyone who has a ticket.
    pub fn equal(draw: u32) -> Self {
        Self::new(draw, wit::DrawMethod::Equal)
    }

    /// By either method.
    pub fn new(draw: u32, method: wit::DrawMethod) -> Self {
        Self(wit::DrawSpec { draw, method, prizes: Vec::new(), excluded: Vec::new() })
    }

    /// `winners` entrants get this, each.
    pub fn prize(mut self, winners: u32, award: Award) -> Self {
        self.0.prizes.push(wit::DrawPrize { winners, award: award.0 });
        self
    }

    /// Leaves an entrant out, with the reason that the receipt shows.
    pub fn exclude(mut self, entrant: impl Into<String>, because: impl Into<Text>) -> Self {
        self.0.excluded.push(wit::Exclusion { entrant: entrant.into(), because: because.into().0 });
        self
    }
}

/// How likely an instant win is.
///
/// ```
/// use plaudit_sdk::Odds;
/// assert_eq!(Odds::one_in(20), Odds::new(1, 20));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odds {
    pub(crate) wins: u32,
    pub(crate) of: u32,
}

impl Odds {
    /// One win in so many tries, on average; 0 counts as 1.
    pub fn one_in(of: u32) -> Self {
        Self::new(1, of)
    }

    /// So many wins in so many tries, on average: at most all of them, and of at least one.
    pub fn new(wins: u32, of: u32) -> Self {
        let of = of.max(1);
        Self { wins: wins.min(of), of }
    }
}

/// Everything a call asked for, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// Awards with their origin and subject.
    pub awards: Vec<(wit::Origin, Target, wit::Award)>,
    /// Praise with its origin and subject.
    pub praise: Vec<(wit::Origin, Target, wit::Praise)>,
    /// Scores, in step order.
    pub scores: Vec<wit::Score>,
    /// Tickets, in step order.
    pub tickets: Vec<wit::Tickets>,
    /// Progress shown; the last per slot counts.
    pub progress: Vec<wit::Progress>,
    /// Draws, from `conclude`.
    pub draws: Vec<wit::DrawSpec>,
    /// Instant wins that are tried for.
    pub chances: Vec<wit::Chance>,
    /// Lines logged natively; in Wasm they go out at once, so that they survive a trap.
    pub logs: Vec<(wit::Level, String)>,
}

impl Effects {
    pub(crate) fn log(&mut self, level: wit::Level, line: String) {
        if cfg!(target_arch = "wasm32") {
            wit::sinks::write(level, &line);
        } else {
            self.logs.push((level, line));
        }
    }

    /// Hands all to the host, with as few calls as there are kinds that come in lists.
    #[doc(hidden)]
    pub fn flush(&self) {
        use wit::sinks;
        for (at, to, award) in &self.awards {
            sinks::give_award(*at, to, award);
        }
        for (at, to, praise) in &self.praise {
            sinks::send_praise(*at, to, praise);
        }
        if !self.scores.is_empty() {
            sinks::add_scores(&self.scores);
        }
        if !self.tickets.is_empty() {
            sinks::add_tickets(&self.tickets);
        }
        if !self.progress.is_empty() {
            sinks::show_progress(&self.progress);
        }
        for spec in &self.draws {
            sinks::hold_draw(spec);
        }
        if !self.chances.is_empty() {
            sinks::try_chances(&self.chances);
        }
    }
}

fn text(message: String) -> wit::Text {
    wit::Text { message, arguments: Vec::new() }
}

pub(crate) fn argument(name: impl Into<String>, value: impl Into<Value>) -> wit::Argument {
    wit::Argument { name: name.into(), value: value.into().0 }
}
