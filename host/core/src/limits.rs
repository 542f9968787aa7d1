//! Every limit, named once, with its unit. DESIGN: a limit on everything.

/// Settings document of an incentive, in bytes.
pub const SETTINGS_BYTES_MAX: usize = 64 * 1024;
/// A key's state, in bytes.
pub const STATE_BYTES_MAX: usize = 16 * 1024;
/// The shared state of an incentive, in bytes.
pub const SHARED_BYTES_MAX: usize = 256 * 1024;
/// Effects that one step may cause.
pub const EFFECTS_PER_STEP_MAX: usize = 16;
/// Effects of one key call, whatever its steps.
pub const EFFECTS_PER_KEY_CALL_MAX: usize = 4096;
/// Effects of one conclude.
pub const EFFECTS_PER_CONCLUDE_MAX: usize = 65_536;
/// A logged line, in bytes; the rest is cut.
pub const LOG_LINE_BYTES_MAX: usize = 1024;
/// Logged lines of one call; the rest is dropped.
pub const LOG_LINES_MAX: usize = 100;
/// Any name, key or text argument in an effect, in bytes.
pub const EFFECT_TEXT_BYTES_MAX: usize = 1024;
/// Arguments of one text.
pub const TEXT_ARGUMENTS_MAX: usize = 16;
/// Guest memory of a compiled rule, in bytes.
pub const GUEST_MEMORY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Guest memory of an interpreted rule (JavaScript, Python), in bytes.
pub const GUEST_MEMORY_INTERPRETED_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Fuel of a key call: this …
pub const FUEL_PER_KEY_CALL: u64 = 2_000_000;
/// … and this for each of its steps.
pub const FUEL_PER_STEP: u64 = 200_000;
/// Fuel of an interpreted rule's key call: this …
pub const FUEL_PER_KEY_CALL_INTERPRETED: u64 = 50_000_000;
/// … and this for each of its steps.
pub const FUEL_PER_STEP_INTERPRETED: u64 = 2_000_000;
/// Wall clock of one call, in milliseconds: a fence behind the fuel.
pub const CALL_MS_MAX: u64 = 250;
/// Wall clock of one call of an interpreted rule, in milliseconds.
pub const CALL_INTERPRETED_MS_MAX: u64 = 1000;
/// Length of an epoch tick, in milliseconds.
pub const EPOCH_TICK_MS: u64 = 10;
/// A component of a compiled rule, in bytes.
pub const COMPONENT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// A component of an interpreted rule, in bytes.
pub const COMPONENT_INTERPRETED_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Memory of the compiling child process, in bytes.
pub const COMPILE_MEMORY_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
/// Time of the compiling child process, in seconds.
pub const COMPILE_SECONDS_MAX: u64 = 60;
/// Time of the compiling child process for an interpreted rule, in seconds: it compiles the interpreter, too.
pub const COMPILE_INTERPRETED_SECONDS_MAX: u64 = 300;
/// Manifest document, in bytes.
pub const MANIFEST_BYTES_MAX: usize = 512 * 1024;
/// Plan document, in bytes.
pub const PLAN_BYTES_MAX: usize = 64 * 1024;
/// Steps of one fold call.
pub const STEPS_PER_CALL_MAX: usize = 1024;
/// Keys of one fold call.
pub const KEYS_PER_CALL_MAX: usize = 256;

/// An event as it comes in, in bytes.
pub const EVENT_BYTES_MAX: usize = 64 * 1024;
/// Events of one request.
pub const REQUEST_EVENTS_MAX: usize = 10_000;
/// A request body, in bytes.
pub const REQUEST_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Declared fields kept of an event.
pub const EVENT_FIELDS_MAX: usize = 64;
/// A text field kept of an event, in bytes.
pub const EVENT_TEXT_BYTES_MAX: usize = 512;
/// An id (source, event id, entity, type, external agent id), in bytes.
pub const ID_BYTES_MAX: usize = 256;
/// How far an event's time may be ahead of the clock, in milliseconds.
pub const EVENT_AHEAD_MS_MAX: i64 = 5 * 60 * 1000;
/// How long corrections and repetitions are recognised, in days.
pub const CORRECTION_WINDOW_DAYS: i64 = 35;
/// Events in one journal block.
pub const BLOCK_EVENTS_MAX: usize = 256;
/// An encoded block is cut into parts of this size, in bytes: the store likes values under 64 KiB.
pub const VALUE_BYTES_MAX: usize = 60 * 1024;
/// Requests that wait for the journal; one more is answered 429.
pub const INGEST_QUEUE_MAX: usize = 1024;
/// Events that wait for the journal; more are answered 429.
pub const INGEST_QUEUE_EVENTS_MAX: usize = 100_000;

/// How long closing waits for stragglers, in milliseconds.
pub const SETTLE_DELAY_MS: i64 = 60_000;
/// How long a closed period stays open for corrections, in milliseconds.
pub const GRACE_MS: i64 = 24 * 60 * 60 * 1000;
/// Praise older than this is not sent, in milliseconds.
pub const PRAISE_AGE_MS_MAX: i64 = 2 * 60 * 60 * 1000;
/// Nobody is told of what happened this long before an incentive was enabled, or earlier, in milliseconds: it is settled,
/// and that is all.
pub const TOLD_BEFORE_ENABLED_MS_MAX: i64 = 2 * 60 * 60 * 1000;

/// A metric's CEL expression, in bytes.
pub const CEL_BYTES_MAX: usize = 4096;
/// Depth of a CEL expression's tree.
pub const CEL_DEPTH_MAX: usize = 32;
/// Nodes of a CEL expression's tree.
pub const CEL_NODES_MAX: usize = 512;
/// Items of a list handed to a CEL expression.
pub const CEL_LIST_ITEMS_MAX: usize = 64;
/// What somebody writes to say thanks, in characters.
pub const KUDOS_CHARS_MAX: usize = 280;
/// Winners of one draw.
pub const DRAW_WINNERS_MAX: u32 = 10_000;
