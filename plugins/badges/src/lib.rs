//! The official badges: tiers, streaks, first times and personal records.

mod kept;
mod rule;
mod settings;

pub use rule::Badges;
pub use settings::{Badge, Kind, Level, LevelName, Settings};

plaudit_sdk::export!(Badges, texts: [
    ("en", include_str!("../texts/en.ftl")),
    ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")),
    ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
