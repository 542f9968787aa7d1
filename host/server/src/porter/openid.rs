//! OpenID Connect: somebody shows at a provider who they are, and comes back with a code.
//!
//! Four parts. `attempt.rs` is what a browser keeps on its way, `provider.rs` what is known of the provider, `token.rs` what
//! its answer is worth, `admit.rs` whose account it is. Nothing is asked of the provider before somebody wants to sign in,
//! so one that is down keeps no server from starting.

mod admit;
mod attempt;
mod provider;
mod token;

pub use admit::{NotAdmitted, admit, linked, unlink};
pub use attempt::{ATTEMPT_MS, Attempt};
pub use provider::{OpenId, Trouble};
pub use token::Person;

/// Where the provider sends people back to.
pub const BACK: &str = "/sign-in/openid/back";
/// The claim that is a mail address, and is believed only if the provider has verified it.
pub const EMAIL: &str = "email";
