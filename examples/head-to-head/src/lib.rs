//! “Every week each of them meets somebody who was as good as they last week; who does more an hour wins the duel.”

use std::collections::BTreeMap;

use plaudit_sdk::prelude::*;
use serde::{Deserialize, Serialize};

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Metric.
    #[setting(default = "calls", metric)]
    metric: String,
    /// Hours.
    ///
    /// The metric of the hours worked, so that part-timers meet others on equal terms.
    #[setting(default = "worked-hours", metric)]
    hours: String,
    /// Points for a duel won.
    #[setting(default = 30, min = 1, max = 100_000)]
    win_points: u32,
    /// Points for a draw.
    #[setting(default = 10, min = 1, max = 100_000)]
    draw_points: u32,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
}

/// Who meets whom: left by the close of a period for the next.
#[derive(Default, Serialize, Deserialize)]
struct Duels(Vec<(String, String)>);

/// Duels between neighbours of the last period's ranking.
pub struct HeadToHead;

impl Rule for HeadToHead {
    type Settings = Settings;
    type State = ();
    const NAME: &'static str = "head-to-head";

    fn plan(settings: &Settings) -> Plan {
        let board = Board::new("form").sum("done", 1.0).sum("hours", 0.0).per("hours");
        Plan::per_agent().metric(&settings.metric).metric(&settings.hours).board(board).tell_corrections()
    }

    fn on_event(_: &mut (), event: &Event, cx: &mut Context<Settings>) {
        for (column, metric) in (0..).zip([&cx.settings.metric, &cx.settings.hours]) {
            if let Some(value) = event.named(metric) {
                cx.score(0, column, value);
            }
        }
    }

    fn conclude(close: &Close<Settings>, out: &mut Conclude) {
        let form: BTreeMap<_, _> = close.ranked(0).map(|row| (row.id(), row.value())).collect();
        for (one, other) in &close.shared::<Duels>().0 {
            // Who was away all week neither wins nor loses.
            if let (Some(&a), Some(&b)) = (form.get(one.as_str()), form.get(other.as_str())) {
                judge(close.settings, (one, a), (other, b), out);
                judge(close.settings, (other, b), (one, a), out);
            }
        }
        let next: Vec<_> = close.ranked(0).map(|row| row.id().to_string()).collect();
        let next: Vec<_> = next.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        for (one, other) in next.iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
            let praise = Praise::notice("next-duel").with("rival", Value::agent(other));
            out.praise_to(Target::Agent(one.clone()), praise);
        }
        out.set_shared(&Duels(next));
    }
}

/// What the first of the two gets.
fn judge(settings: &Settings, own: (&str, f64), rival: (&str, f64), out: &mut Conclude) {
    let award = match own.1.total_cmp(&rival.1) {
        std::cmp::Ordering::Greater => Award::points("won", &settings.currency, settings.win_points.into()),
        std::cmp::Ordering::Equal => Award::points("drawn", &settings.currency, settings.draw_points.into()),
        std::cmp::Ordering::Less => return,
    };
    let award = award.with("rival", Value::agent(rival.0)).with("own", own.1).with("theirs", rival.1);
    out.award_agent(own.0, award);
}

plaudit_sdk::export!(HeadToHead, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
