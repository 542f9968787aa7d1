//! The lottery: events earn tickets, the host draws when the period closes; or they win on the spot.

use std::collections::BTreeMap;

use plaudit_sdk::helpers::PerDay;
use plaudit_sdk::prelude::*;
use serde::{Deserialize, Serialize};

use crate::settings::{Earn, Guard, Instant, Settings, Unmeasured};

/// The timer that begins a new day.
const NEW_DAY: &str = "day";
/// The board and the column of the quality, if there is a guard.
const QUALITY: &str = "quality";
/// The chance, and the name of its award.
const INSTANT: &str = "instant";
/// Ten times 0.1 is a little less than 1: an amount counts as full from this close on, in shares of it.
const FULL: f64 = 1e-9;

/// Tickets by metrics, drawn at the period's end.
pub struct Lottery;

/// An agent's tickets of the day, and what is on the way to the next one.
#[derive(Clone, Debug, Default, Serialize, Deserialize, State)]
pub struct Earned {
    /// All tickets of the day.
    today: PerDay,
    /// Per kind.
    kinds: Vec<Kind>,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, State)]
struct Kind {
    today: PerDay,
    /// What is not yet a full amount; it stays over night.
    rest: f64,
}

impl Rule for Lottery {
    type Settings = Settings;
    type State = Earned;
    const NAME: &'static str = "lottery";

    fn plan(settings: &Settings) -> Plan {
        // Metrics in the order of `names`: none is named twice.
        let mut plan =
            names(settings).fold(Plan::per_agent(), |plan, name| plan.metric(name)).tell_corrections();
        if settings.has_draw() {
            plan = plan.draw("tickets", settings.draw_method());
        }
        if settings.guard.is_some() {
            plan = plan.board(Board::new(QUALITY).mean(QUALITY, 1.0));
        }
        if let Some(instant) = &settings.instant {
            plan = plan.chance(INSTANT);
            plan = instant.wins_max.map_or(plan.clone(), |most| plan.quota(INSTANT, most));
        }
        plan
    }

    fn check(settings: &Settings) -> Vec<Problem> {
        settings.problems()
    }

    fn on_event(earned: &mut Earned, event: &Event<'_>, cx: &mut Context<'_, Settings>) {
        let settings = cx.settings;
        if let Some((value, weight)) = quality(settings, event) {
            cx.score_weighted(0, 0, value, weight);
        }
        if let Some(instant) = &settings.instant {
            try_instant(settings, instant, event, cx);
        }
        let today = cx.today();
        let before = earned.today.on(today);
        let mut count = 0;
        earned.kinds.resize(settings.earn.len(), Kind::default());
        for (i, earn) in settings.earn.iter().enumerate() {
            let Some(value) = event.metric(index(settings, &earn.metric)) else { continue };
            let kind = &mut earned.kinds[i];
            let wanted = kind.earns(earn, value);
            // What the cap of all leaves is taken from the kind, so that neither counts what was not given.
            let left = settings.daily_cap.map_or(u32::MAX, |cap| cap.saturating_sub(earned.today.on(today)));
            let given = kind.today.take(today, wanted.min(left), earn.daily_cap.unwrap_or(u32::MAX));
            count += earned.today.take(today, given, u32::MAX);
        }
        if count > 0 && settings.has_draw() {
            cx.tickets(0, count);
            show(cx, before + count);
            if before == 0 {
                let midnight = cx.next(ClockTime::default());
                cx.timer(NEW_DAY, midnight);
            }
        }
    }

    fn on_timer(_: &mut Earned, _: &str, cx: &mut Context<'_, Settings>) {
        show(cx, 0);
    }

    fn conclude(close: &Close<'_, Settings>, out: &mut Conclude) {
        let settings = close.settings;
        if !settings.has_draw() {
            return;
        }
        let mut draw = Draw::new(0, settings.draw_method());
        for (place, prize) in (1u32..).zip(&settings.prizes) {
            if let Some(award) = prize.reward.award(&format!("prize-{place}")) {
                let award = award.because("drawn").with("place", place).with("places", settings.prizes.len());
                draw = draw.prize(prize.winners, award.with("winners", prize.winners));
            }
        }
        if let Some(guard) = &settings.guard {
            draw = without_quality(close, guard, draw);
        }
        out.draw(draw);
    }
}

/// Where a metric stands in the plan, which has each name once: names that come before it for the first time.
fn index(settings: &Settings, metric: &str) -> usize {
    let before = names(settings).enumerate().take_while(|(_, name)| *name != metric);
    before.filter(|(i, name)| names(settings).take(*i).all(|earlier| earlier != *name)).count()
}

/// The metrics of the settings, in the order of the plan; one that is named again is in it once.
fn names(settings: &Settings) -> impl Iterator<Item = &str> {
    let earning = settings.earn.iter().map(|e| e.metric.as_str());
    let guarding = settings.guard.as_ref().map(|g| g.metric.as_str());
    earning.chain(guarding).chain(settings.instant.as_ref().map(|i| i.metric.as_str()))
}

/// An event that counts tries for the instant win, once: its entity is what is thrown for.
fn try_instant(settings: &Settings, instant: &Instant, event: &Event<'_>, cx: &mut Context<'_, Settings>) {
    let value = event.metric(index(settings, &instant.metric));
    let counts = value.is_some_and(|value| instant.at_least.is_none_or(|bound| value >= bound));
    if let Some(award) = instant.reward.award(INSTANT).filter(|_| counts) {
        let award = award.per_entity().because("won-instantly").with("of", instant.one_in);
        cx.try_chance(0, Odds::one_in(instant.one_in), award);
    }
}

fn quality(settings: &Settings, event: &Event<'_>) -> Option<(f64, f64)> {
    let guard = settings.guard.as_ref()?;
    event.ratio(index(settings, &guard.metric))
}

/// Leaves out those with tickets who are below the guard.
fn without_quality(close: &Close<'_, Settings>, guard: &Guard, mut draw: Draw) -> Draw {
    let measured: BTreeMap<&str, f64> =
        close.rows(0).filter_map(|row| Some((row.entrant().id(), row.column(0)?))).collect();
    for entrant in close.entrants().filter(|e| e.tickets(0) > 0) {
        let because = match measured.get(entrant.id()) {
            Some(&value) if value < guard.at_least => Text::new("below-quality").with("value", value),
            None if guard.unmeasured == Unmeasured::LeftOut => Text::new("quality-unmeasured"),
            _ => continue,
        };
        let because = because.with("metric", &guard.metric).with("at_least", guard.at_least);
        draw = draw.exclude(entrant.id(), because);
    }
    draw
}

/// Shows the tickets of the day; without a cap the target is 0.
fn show(cx: &mut Context<'_, Settings>, count: u32) {
    let cap = cx.settings.daily_cap.unwrap_or(0);
    cx.progress(Text::new("tickets-today").with("n", count).with("cap", cap), count.into(), cap.into());
}

impl Kind {
    /// Tickets that an event of this value earns, before caps.
    fn earns(&mut self, earn: &Earn, value: f64) -> u32 {
        if earn.at_least.is_some_and(|bound| value < bound) {
            return 0;
        }
        let Some(amount) = earn.for_each else { return earn.tickets };
        self.rest += value;
        let full = (self.rest / amount + FULL).floor().max(0.0);
        self.rest -= full * amount;
        // A cast that saturates: no cap is that high.
        earn.tickets.saturating_mul(full as u32)
    }
}
