//! The contract's own types, generated from `sdk/wit/rule.wit`.
//!
//! Rules need this module only where they build a [`Batch`] by hand (benches, hosts); everything else has a friendlier
//! face in the crate's root.

#[doc(hidden)]
pub mod bindings {
    wit_bindgen::generate!({
        path: "../wit",
        world: "rule",
        pub_export_macro: true,
        export_macro_name: "export_component",
        runtime_path: "::plaudit_sdk::__private::rt",
        default_bindings_module: "::plaudit_sdk::__private::bindings",
        generate_unused_types: true,
        additional_derives: [PartialEq, serde::Serialize, serde::Deserialize],
    });
}

pub use bindings::Guest;
pub use bindings::plaudit::rule::effects::{
    Amount, Award, Badge, Chance, DrawMethod, DrawPrize, DrawSpec, Exclusion, Praise, Progress, Reward,
    Score, Span, Tickets, Tone,
};
pub use bindings::plaudit::rule::log::Level;
pub use bindings::plaudit::rule::types::{
    Agent, Argument, Batch, BoardStandings, Change, Entrant, MetricColumn, Origin, Period, Problem, Slot,
    Standing, Subject, Text, TextColumn, Timer, Timestamp, Transition, Value, Zone,
};

/// `agent-of` and `text-column.at` where there is nothing.
pub const NONE: u32 = u32::MAX;

pub(crate) mod sinks {
    pub(crate) use super::bindings::plaudit::rule::effects::{
        add_scores, add_tickets, give_award, hold_draw, send_praise, show_progress, try_chances,
    };
    pub(crate) use super::bindings::plaudit::rule::log::write;
}
