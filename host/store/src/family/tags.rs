//! The tag byte of each family, for ever: a retired one stays reserved. Values below 255, because a family ends where
//! the next tag begins.

/// Commit number and chained hash of the last batch (the guard's own).
pub const HEAD: u8 = 1;
/// Journal blocks, in parts.
pub const JOURNAL: u8 = 2;
/// Entries of the journal that are no events, again, so that a start need not read all blocks.
pub const CONTROL: u8 = 3;
/// Sorted runs: seen message ids.
pub const SEEN_RUN: u8 = 4;
/// Sorted runs: current version of each entity's fact.
pub const ENTITY_RUN: u8 = 5;
/// Segments of events, re-sorted by subject.
pub const HISTORY: u8 = 6;
/// Components of plugins, in parts.
pub const COMPONENT: u8 = 7;
/// People: names and addresses, erasable.
pub const PEOPLE: u8 = 8;
/// API tokens, hashed.
pub const TOKEN: u8 = 9;
/// Sources: mappings from foreign JSON to events.
pub const SOURCE: u8 = 10;
/// Webhook endpoints.
pub const ENDPOINT: u8 = 11;
/// Position of each task.
pub const CURSOR: u8 = 12;
/// Checkpoint pages of tasks.
pub const CHECKPOINT: u8 = 13;
/// Settled awards and praise.
pub const STANDING: u8 = 14;
/// Ledger rows, a chain per task.
pub const LEDGER: u8 = 15;
/// Messages to be told.
pub const OUTBOX: u8 = 16;
/// Deliveries: one message on one channel.
pub const DELIVERY: u8 = 17;
/// Receipts of draws.
pub const RECEIPT: u8 = 18;
/// Fields that are kept of events, beyond those that metrics name.
pub const FIELD: u8 = 19;
/// Position of the delivery planner in the outbox.
pub const OUTBOX_CURSOR: u8 = 20;
/// Messages overridden by a manager.
pub const TEXT: u8 = 21;
/// Names of sites and teams.
pub const TITLE: u8 = 22;
/// Commit batches of undelivered digests, by agent and channel.
pub const DIGEST: u8 = 23;
/// Closed periods as concluded: standings and shared state.
pub const CONCLUDED: u8 = 24;
/// Where awards stand, by whom they went to.
pub const AWARDS_OF: u8 = 25;
/// Where awards stand, by when they were given.
pub const AWARDS_AT: u8 = 26;
/// Awards that wait for approval.
pub const PROPOSALS: u8 = 27;
/// Whether awards are listed by whom and when.
pub const AWARDS_BUILT: u8 = 28;
/// Digests of every message that was put into the outbox.
pub const TOLD: u8 = 30;
/// Facts that came behind a final boundary, by incentive and place in the journal.
pub const LATE: u8 = 40;
/// What managers decided about final periods, as it was booked.
pub const ADJUSTMENT: u8 = 41;
/// Who adjusted an award of a final period, by incentive and effect.
pub const ADJUSTED: u8 = 42;
/// Messages that wait for the settle delay before they go to the outbox.
pub const HELD: u8 = 43;
/// Accounts: who signs in, with which roles.
pub const ACCOUNT: u8 = 60;
/// Which account a mail address belongs to.
pub const LOGIN: u8 = 61;
/// Sessions, hashed, by account.
pub const SESSION: u8 = 62;
/// Links of invitations and resets, hashed, until they are used.
pub const LINK: u8 = 63;
/// The audit log: every change, in order.
pub const AUDIT: u8 = 64;
/// How boards of an incentive show people to each other.
pub const ANONYMITY: u8 = 65;
/// How people want to be seen on boards.
pub const APPEARANCE: u8 = 66;
/// Who somebody is at an OpenID provider, hashed: their account.
pub const IDENTITY: u8 = 68;
/// By which identity of an OpenID provider an account signs in.
pub const LINKED: u8 = 69;
/// Drafts of incentives.
pub const DRAFT: u8 = 70;
/// Thanks from person to person, newest first.
pub const KUDOS: u8 = 71;
/// Who got and gave which thanks, and which wait for somebody.
pub const KUDOS_LIST: u8 = 72;
/// What people wrote to say thanks, and why it was removed: erasable.
pub const KUDOS_TEXT: u8 = 73;
/// How and when people want to be told.
pub const PREFERENCE: u8 = 74;
/// Answers to requests with an `Idempotency-Key`.
pub const REPLAY: u8 = 80;
/// Signatures of plugins, by digest.
pub const SIGNATURE: u8 = 81;
