//! “Nine squares this week; a row, a column or a diagonal pays, and the full card pays most.”

use plaudit_sdk::prelude::*;

/// Squares of a card.
const SQUARES: usize = 9;
/// The whole card: bit i is square i, row by row.
const CARD: u16 = 0b111_111_111;
/// Rows, columns, diagonals.
const LINES: [u16; 8] = [
    0b000_000_111,
    0b000_111_000,
    0b111_000_000,
    0b001_001_001,
    0b010_010_010,
    0b100_100_100,
    0b100_010_001,
    0b001_010_100,
];

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// The nine squares.
    ///
    /// Row by row, from the top left.
    #[setting(items_min = SQUARES, items_max = SQUARES)]
    squares: Vec<Square>,
    /// Points for a line.
    ///
    /// A row, a column or a diagonal: a card has eight.
    #[setting(default = 20, min = 1, max = 100_000)]
    line_points: u32,
    /// Points for the full card.
    #[setting(default = 100, min = 1, max = 100_000)]
    card_points: u32,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
}

/// A square of the card.
#[derive(Settings)]
pub struct Square {
    /// Metric.
    #[setting(metric)]
    metric: String,
    /// Counts from.
    ///
    /// An event counts only if its value is at least this, such as a rating of 5.
    at_least: Option<f64>,
    /// How many tick it.
    #[setting(default = 1, min = 1, max = 1000)]
    times: u32,
}

/// A card of nine squares, per agent and period.
pub struct BingoCard;

impl Rule for BingoCard {
    type Settings = Settings;
    /// How often each square was hit.
    type State = [u32; SQUARES];
    const NAME: &'static str = "bingo-card";

    fn plan(settings: &Settings) -> Plan {
        settings
            .squares
            .iter()
            .fold(Plan::per_agent(), |plan, square| plan.metric(&square.metric))
            .anew_each_period()
            .tell_corrections()
    }

    fn on_event(hits: &mut Self::State, event: &Event, cx: &mut Context<Settings>) {
        let settings = cx.settings;
        let before = ticked(settings, hits);
        for (hits, square) in hits.iter_mut().zip(&settings.squares) {
            let value = event.named(&square.metric);
            *hits += u32::from(value.is_some_and(|v| square.at_least.is_none_or(|bound| v >= bound)));
        }
        let after = ticked(settings, hits);
        let is_new = |line: u16| after & line == line && before & line != line;
        for (n, _) in (1..).zip(LINES).filter(|(_, line)| is_new(*line)) {
            let award = Award::points("line", &settings.currency, settings.line_points.into());
            cx.award(award.key(n).with("line", n));
        }
        if is_new(CARD) {
            cx.award(Award::points("full-card", &settings.currency, settings.card_points.into()));
            cx.award(Award::badge("bingo", 1).because("full-card"));
        }
        let n = after.count_ones();
        cx.progress(Text::new("squares").with("n", n), n.into(), SQUARES as f64);
    }
}

/// The squares that were hit often enough, as bits.
fn ticked(settings: &Settings, hits: &[u32; SQUARES]) -> u16 {
    let full = hits.iter().zip(&settings.squares).map(|(hits, square)| *hits >= square.times);
    full.enumerate().fold(0, |card, (i, full)| card | u16::from(full) << i)
}

plaudit_sdk::export!(BingoCard, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
