//! The official praise: thanks, congratulation and encouragement, at the right moment and not too often.

mod moments;
mod rule;
mod settings;
mod voice;

pub use rule::Praises;
pub use settings::Settings;

plaudit_sdk::export!(Praises, texts: [
    ("en", include_str!("../texts/en.ftl")),
    ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")),
    ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
