//! “Each day the last one is out, until three remain; those share the prize, and the next season begins.”

use plaudit_sdk::prelude::*;
use serde::{Deserialize, Serialize};

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Metric.
    ///
    /// Its values of the period are added up. Who has none (a day off) is spared.
    #[setting(default = "resolved", metric)]
    metric: String,
    /// How many remain.
    #[setting(default = 3, min = 1, max = 1000)]
    survivors: u32,
    /// Prize for each who remains.
    #[setting(default = Amount::of("points", 200), max = 100_000)]
    prize: Amount,
}

/// What a close leaves for the next one.
#[derive(Default, Serialize, Deserialize)]
struct Season {
    /// The first is 1.
    number: u32,
    /// Who is still in; nobody between two seasons.
    playing: Vec<String>,
}

/// The last one is out.
pub struct Elimination;

impl Rule for Elimination {
    type Settings = Settings;
    type State = ();
    const NAME: &'static str = "elimination";

    fn plan(settings: &Settings) -> Plan {
        Plan::per_agent()
            .metric(&settings.metric)
            .board(Board::new("today").sum("done", 1.0))
            .tell_corrections()
    }

    fn on_event(_: &mut (), event: &Event, cx: &mut Context<Settings>) {
        cx.score(0, 0, event.metric(0).unwrap_or(0.0));
    }

    fn conclude(close: &Close<Settings>, out: &mut Conclude) {
        let Settings { survivors, prize, .. } = close.settings;
        let mut season: Season = close.shared();
        if season.playing.is_empty() {
            season.begin(close);
        } else {
            season.put_out_the_last(close, out);
            if season.playing.len() as u32 <= *survivors {
                for id in std::mem::take(&mut season.playing) {
                    let award = Award::amount("remained", prize);
                    out.award_agent(id, award.key(season.number).with("season", season.number));
                }
            }
        }
        out.set_shared(&season);
    }
}

impl Season {
    /// All who did something on the first day are in; nobody goes yet. Too few of them play on without a season.
    fn begin(&mut self, close: &Close<Settings>) {
        let all: Vec<_> = close.ranked(0).map(|row| row.id().to_string()).collect();
        if all.len() as u32 > close.settings.survivors {
            *self = Self { number: self.number + 1, playing: all };
        }
    }

    /// The last of those who did something today; where several are equal, nobody goes.
    fn put_out_the_last(&mut self, close: &Close<Settings>, out: &mut Conclude) {
        let today: Vec<_> =
            close.ranked(0).filter(|row| self.playing.iter().any(|id| id == row.id())).collect();
        let [.., before, last] = &today[..] else { return };
        if before.rank() < last.rank() {
            self.playing.retain(|id| id != last.id());
            let praise =
                Praise::notice("out").with("remaining", self.playing.len()).with("done", last.value());
            out.praise_to(Target::Agent(last.id().into()), praise);
        }
    }
}

plaudit_sdk::export!(Elimination, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
