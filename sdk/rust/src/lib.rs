//! Write an incentive as a small pure function.
//!
//! A rule sees one key at a time (an agent, a team or the whole incentive), its events in the order in which they
//! happened, and gives awards, praise, scores and tickets. It has no clock, no randomness and no memory besides its
//! state. Late events, corrections and retractions need no code: the host folds again and settles the difference.
//!
//! ```
//! use plaudit_sdk::prelude::*;
//!
//! /// A badge for calls that customers rated well in a row.
//! struct Streak;
//!
//! #[derive(Settings)]
//! struct Settings {
//!     /// Good is at least.
//!     ///
//!     /// The customer's rating from which on a call counts.
//!     #[setting(default = 4.0, min = 1, max = 5)]
//!     good: f64,
//!     /// How many in a row.
//!     #[setting(default = 5, min = 2, max = 100)]
//!     length: u32,
//! }
//!
//! impl Rule for Streak {
//!     type Settings = Settings;
//!     type State = u32;
//!     const NAME: &'static str = "streak";
//!
//!     fn plan(_: &Settings) -> Plan {
//!         Plan::per_agent().metric("csat")
//!     }
//!
//!     fn on_event(run: &mut u32, event: &Event, cx: &mut Context<Settings>) {
//!         *run = if event.metric(0) >= Some(cx.settings.good) { *run + 1 } else { 0 };
//!         if *run == cx.settings.length {
//!             cx.award(Award::badge("streak", 1).because("streak").with("n", *run));
//!         }
//!     }
//! }
//!
//! plaudit_sdk::export!(Streak, texts: [("en", "badge-streak = Streak\nstreak = { $n } good calls in a row")]);
//!
//! // How a test reads:
//! let mut play = plaudit_sdk::testing::Play::<Streak>::new("{}");
//! play.agent("ana");
//! for minute in 0..5 {
//!     play.at(&format!("2026-03-02 09:0{minute}")).event("ana", &[("csat", 5.0)]);
//! }
//! assert_eq!(play.awards("ana"), ["streak"]);
//! ```
//!
//! # The guide
//!
//! - **Plan**: [`Plan::per_agent`] (or team, incentive), `.metric(name)`, `.attribute(name)`, `.board(…)`, `.draw(…)`,
//!   `.quota(…)`, `.quota_at_close(…)`, `.each_team()`, `.anew_each_period()`, `.opening(…)`. The first metric named is
//!   `event.metric(0)`, the first attribute `event.attribute(0)`.
//! - **Event**: [`Event::metric`] is a number or `None`; [`Event::ratio`] is numerator and denominator; days and times
//!   are the agent's own: [`Event::day`], [`Event::clock`]; [`Event::agent`] knows team, day of hire, share, workdays.
//! - **Context**: [`Context::award`], [`Context::praise`], [`Context::score`] (board and column by number),
//!   [`Context::tickets`], [`Context::progress`], [`Context::timer`]; the settings are `cx.settings`.
//! - **Awards** are unique by (name, key) within the period ([`Award::for_ever`]: at all): `once` by default,
//!   [`Award::key`] with an ordinal or a day, [`Award::per_entity`] for one per contact, survey or order.
//! - **Quotas**: the text of an award of which there are so many has the argument `place`, given by the host.
//! - **Rankings** are the host's work: add scores to a [`Board`]'s columns; guards, rates and ties stand in the plan;
//!   [`Rule::conclude`] walks the ranked rows and gives prizes. So the live board needs no code.
//! - **Draws**: tickets while events come; in `conclude` say the prizes: [`Draw`].
//! - **Instant wins**: announce a chance in the plan and try it: [`Context::try_chance`].
//! - **Settings**: [`derive@Settings`] makes the manager's form: doc comments are titles and help, attributes ranges and
//!   defaults; `metric`, `team`, `currency`, `queue` let a manager pick one of the house, [`Amount`] asks for units of a
//!   currency. Every problem is found at once; what spans fields goes into [`Rule::check`].
//! - **State**: a number, a text, a list, or a type of yours with [`derive@State`], at most 16 KiB encoded. Its shape has a
//!   number; with another one, the host folds the events again.
//! - **Timers** live inside the state; [`Rule::on_timer`] fires before events of the same time, by (time, name).
//! - **Helpers** for what rules often count: [`helpers`]. **Tests**: [`testing`]. **Benches**: [`Adapter`].
//! - **Texts**: Fluent messages by locale, handed to [`export!`]; an award's reason is the message of its name unless
//!   [`Award::because`] says another. `badge-<name>` is a badge's title; `settings-<path>` and `settings-<path>.help`
//!   translate the form.
#![deny(missing_docs)]

extern crate self as plaudit_sdk;

mod adapter;
mod amount;
mod close;
mod context;
mod effects;
mod event;
mod export;
pub mod helpers;
mod plan;
mod rule;
pub mod settings;
mod state;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
mod time;
mod timers;
#[cfg(not(target_arch = "wasm32"))]
mod wire;
pub mod wit;

pub use adapter::{Adapter, CONTRACT, manifest, plan as plan_json, settings as read_settings};
pub use amount::Amount;
pub use close::{Close, Conclude, Entrant, Row};
pub use context::Context;
pub use effects::{Award, Draw, Effects, Odds, Praise, Target, Text, Tone, Value};
pub use event::{Agent, Event};
pub use plan::{Aggregate, Board, DrawMethod, Key, Manifest, Plan};
pub use plaudit_sdk_macros::{Settings, State};
pub use rule::Rule;
pub use settings::{Problem, Settings, problem};
pub use state::State;
pub use time::{ClockTime, DAY, HOUR, LocalDay, MINUTE, Millis, Weekday, Zone};

/// What most rules need.
pub mod prelude {
    pub use crate::{
        Amount, Award, Board, ClockTime, Close, Conclude, Context, Draw, DrawMethod, Event, LocalDay, Odds,
        Plan, Praise, Problem, Rule, Settings, State, Target, Text, Tone, Value, Weekday, problem,
    };
}

/// For the code that the macros write; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use crate::export::{conclude, fold, plan};
    pub use crate::state::schema;
    #[cfg(not(target_arch = "wasm32"))]
    pub use crate::wire::serve;
    pub use crate::wit::bindings;
    pub use serde::{Serialize, de::DeserializeOwned};
    pub use serde_json::{Map, Value};
    pub use wit_bindgen::rt;
}
