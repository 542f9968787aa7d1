//! The front door of facts: what comes in over HTTP becomes events, with only declared fields and opaque agent ids.

pub mod answer;
pub mod body;
pub mod declared;
pub mod identity;
pub mod parse;
pub mod queue_log;
pub mod roster_csv;
pub mod source;
pub mod tokens;
pub mod watch;
