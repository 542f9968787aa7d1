//! The official rule *contest*: ranks agents or teams by a weighted sum of metrics or by an average, with a minimum
//! and conditions, and gives prizes to the first ones and to everyone past a value.

mod check;
mod layout;
mod prizes;
mod rule;
mod settings;

pub use rule::{Contest, Today};
pub use settings::{
    Asked, Bar, By, Guard, Measure, Minimum, Prize, Reward, Settings, Show, TieBreak, Ties, Who,
};

plaudit_sdk::export!(
    Contest,
    texts: [
        ("en", include_str!("../texts/en.ftl")),
        ("es", include_str!("../texts/es.ftl")),
        ("lt", include_str!("../texts/lt.ftl")),
        ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
        ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
    ]
);
