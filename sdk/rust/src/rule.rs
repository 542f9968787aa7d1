//! The trait that a rule implements.

use crate::close::{Close, Conclude};
use crate::context::Context;
use crate::event::Event;
use crate::plan::Plan;
use crate::settings::{Problem, Settings};
use crate::state::State;

/// An incentive's rule: a pure function from events to rewards.
///
/// It is called for one key at a time (an agent, a team or the whole incentive, as its plan says), in the order of
/// event time, however the events arrive. It has no clock, no randomness and no memory besides its state: it may be
/// called again for the same events and has to give the same rewards.
pub trait Rule: 'static {
    /// What a manager sets: `#[derive(Settings)]`, or `()`.
    type Settings: Settings;
    /// What is kept per key, at most 16 KiB encoded.
    type State: Default + State;

    /// Stable name of the plugin: lower-case letters, digits and dashes.
    const NAME: &'static str;
    /// States of another number are not read, but made anew from the events. It follows from the state's shape; say another
    /// one when a state of a plain type, such as `u32`, means something else from now on.
    const STATE_SCHEMA: u32 = <Self::State as State>::SCHEMA;

    /// What the rule subscribes to and has kept for it.
    fn plan(settings: &Self::Settings) -> Plan;

    /// What is wrong with settings whose single values are all right, such as tiers out of order.
    fn check(_settings: &Self::Settings) -> Vec<Problem> {
        Vec::new()
    }

    /// A planned metric's event.
    fn on_event(state: &mut Self::State, event: &Event<'_>, cx: &mut Context<'_, Self::Settings>);

    /// The key joined the audience. Every key of the audience gets this before its first event.
    fn on_entered(_state: &mut Self::State, _event: &Event<'_>, _cx: &mut Context<'_, Self::Settings>) {}

    /// The key left the audience.
    fn on_left(_state: &mut Self::State, _event: &Event<'_>, _cx: &mut Context<'_, Self::Settings>) {}

    /// A timer set by `cx.timer(name, …)` is due. At equal times timers come before events, and by name.
    fn on_timer(_state: &mut Self::State, _name: &str, _cx: &mut Context<'_, Self::Settings>) {}

    /// A period closes: gives prizes by the ranked boards, and says how planned draws are drawn.
    fn conclude(_close: &Close<'_, Self::Settings>, _out: &mut Conclude) {}
}
