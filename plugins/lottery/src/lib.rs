//! The official rule *lottery*: events earn tickets, with daily caps and a quality that has to be kept, and the host
//! draws the winners when the period closes. Wins on the spot may stand beside the draw or in its place.

mod rule;
mod settings;

pub use rule::{Earned, Lottery};
pub use settings::{Earn, Guard, Instant, Method, Prize, Reward, Settings, Unmeasured};

plaudit_sdk::export!(
    Lottery,
    texts: [
        ("en", include_str!("../texts/en.ftl")),
        ("es", include_str!("../texts/es.ftl")),
        ("lt", include_str!("../texts/lt.ftl")),
        ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
        ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
    ]
);
