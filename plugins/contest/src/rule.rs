//! The contest: scores go to the host's board, prizes follow from its ranks.

use plaudit_sdk::prelude::*;
use serde::{Deserialize, Serialize};

use crate::layout::{self, Column, Layout};
use crate::prizes;
use crate::settings::{By, Settings};

/// The timer that begins a new day.
const NEW_DAY: &str = "day";

/// Ranks agents or teams.
pub struct Contest;

/// What a key has done today, to show it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, State)]
pub struct Today {
    day: LocalDay,
    /// Σ value and Σ weight per column of the board.
    sums: Vec<(f64, f64)>,
}

impl Rule for Contest {
    type Settings = Settings;
    type State = Today;
    const NAME: &'static str = "contest";

    fn plan(settings: &Settings) -> Plan {
        layout::plan(settings)
    }

    fn check(settings: &Settings) -> Vec<Problem> {
        settings.problems()
    }

    fn on_event(today: &mut Today, event: &Event<'_>, cx: &mut Context<'_, Settings>) {
        let columns = &cx.settings.layout.columns;
        today.begin(columns.len(), cx);
        for (i, column) in columns.iter().enumerate() {
            let Some((value, weight)) = scored(column, event) else { continue };
            cx.score_weighted(0, i as u32, value, weight);
            today.sums[i].0 += value;
            today.sums[i].1 += weight;
        }
        if let Some(value) = today.value(&cx.settings.layout) {
            show(cx, "progress", value);
        }
    }

    fn on_timer(today: &mut Today, _: &str, cx: &mut Context<'_, Settings>) {
        *today = Today::default();
        show(cx, "progress-new-day", 0.0);
    }

    fn conclude(close: &Close<'_, Settings>, out: &mut Conclude) {
        prizes::give(close, out);
    }
}

/// What an event adds to a column: value and weight.
fn scored(column: &Column, event: &Event<'_>) -> Option<(f64, f64)> {
    match (event.ratio(column.index), column.by) {
        (Some((value, _)), By::Total) => Some((value, 1.0)),
        (Some(ratio), By::Average) => Some(ratio),
        (None, _) => column.zero.then_some((0.0, 1.0)),
    }
}

/// Shows how far the key is; without a bar to reach, the target is 0.
fn show(cx: &mut Context<'_, Settings>, message: &str, value: f64) {
    let asked = &cx.settings.asked;
    let bar = asked.bar.as_ref().map(|bar| bar.value);
    let text = prizes::value(asked, Text::new(message), value);
    let text = match bar {
        Some(bar) => text.with("bar", bar),
        None => text.with("bar", "none"),
    };
    // A bar that has to be undercut is no distance to go.
    let target = bar.filter(|bar| !asked.lowest_first && *bar > 0.0).unwrap_or(0.0);
    cx.progress(text, value, target);
}

impl Today {
    /// Begins anew on another day, and sees to it that the next one begins too.
    fn begin(&mut self, columns: usize, cx: &mut Context<'_, Settings>) {
        let day = cx.today();
        if self.day != day || self.sums.len() != columns {
            *self = Self { day, sums: vec![(0.0, 0.0); columns] };
            let midnight = cx.next(ClockTime::default());
            cx.timer(NEW_DAY, midnight);
        }
    }

    /// The ranked value of today alone, if it can be said already.
    fn value(&self, layout: &Layout) -> Option<f64> {
        let mut sum = 0.0;
        for (column, &(value, weight)) in layout.columns.iter().zip(&self.sums) {
            if column.weight != 0.0 {
                sum += column.weight
                    * match column.by {
                        By::Total => value,
                        By::Average => (weight > 0.0).then(|| value / weight)?,
                    };
            }
        }
        match layout.per {
            None => Some(sum),
            Some(per) => (self.sums[per].0 > 0.0).then(|| sum / self.sums[per].0),
        }
    }
}
