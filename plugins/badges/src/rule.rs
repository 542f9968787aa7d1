//! The rule: each event to each badge, what was reached to the agent, the end of a day to the streaks of days.

use plaudit_sdk::prelude::*;
use serde::{Deserialize, Serialize};

use crate::kept::{Gift, Kept, Next};
use crate::settings::{Badge, Kind, Level, Settings};

/// Fires at the end of each day, while a streak of days is on.
const DAY_END: &str = "day-end";
/// Fires a millisecond later, for what one step may not give at once.
const MORE: &str = "more";
/// Levels given at one step: each may be a badge and points, and the host takes 16 effects a step.
const GIFTS_PER_STEP_MAX: usize = 7;
/// Days of the week of somebody whose weekdays are not known: every day.
const ALL_DAYS: u8 = 0b111_1111;

/// A local day of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, State)]
struct Day {
    day: LocalDay,
    /// Whether it breaks a streak of working days if nothing is done on it, by the terms with which it began.
    is_on_duty: bool,
}

/// Badges: tiers, streaks, first times and personal records.
pub struct Badges;

/// What is kept of an agent.
#[derive(Default, Serialize, Deserialize, State)]
pub struct State {
    /// One per badge of the settings.
    kept: Vec<Kept>,
    /// Reached, but not given yet.
    owed: Vec<Gift>,
    /// The latest day that has begun: it is judged when it is over.
    today: Option<Day>,
}

impl Rule for Badges {
    type Settings = Settings;
    type State = State;
    const NAME: &'static str = "badges";

    fn plan(settings: &Settings) -> Plan {
        let plan = settings.badges.iter().fold(Plan::per_agent(), |plan, badge| plan.metric(&badge.metric));
        if settings.counts_days() { plan.metric(&settings.absence) } else { plan }
    }

    fn check(settings: &Settings) -> Vec<Problem> {
        settings.problems()
    }

    fn on_event(state: &mut State, event: &Event, cx: &mut Context<Settings>) {
        state.prepare(cx);
        state.look(cx);
        let settings = cx.settings;
        let day = event.day();
        if settings.counts_days() && event.metric(settings.column(&settings.absence)) > Some(0.0) {
            state.days().for_each(|days| days.rest(day));
        }
        let mut gifts = Vec::new();
        for (i, (badge, kept)) in settings.badges.iter().zip(&mut state.kept).enumerate() {
            if let Some(value) = event.metric(settings.column(&badge.metric)) {
                kept.add(i, badge, value, day, &mut gifts);
            }
        }
        state.owed.extend(gifts);
        state.give(cx);
        state.watch(cx);
        state.show(cx);
    }

    fn on_entered(state: &mut State, event: &Event, cx: &mut Context<Settings>) {
        state.prepare(cx);
        // Nobody has to make up for the part of a day on which they were not there yet.
        state.today = cx.settings.counts_days().then(|| Day { day: event.day(), is_on_duty: false });
        state.watch(cx);
        state.show(cx);
    }

    fn on_left(state: &mut State, _: &Event, cx: &mut Context<Settings>) {
        state.look(cx);
        // Who comes back finds the streak as they left it: nobody could see their days in between.
        state.today = None;
        cx.cancel_timer(DAY_END);
    }

    fn on_timer(state: &mut State, name: &str, cx: &mut Context<Settings>) {
        state.prepare(cx);
        if name == MORE {
            return state.give(cx);
        }
        state.look(cx);
        state.watch(cx);
        state.show(cx);
    }
}

impl State {
    fn prepare(&mut self, cx: &Context<Settings>) {
        for badge in cx.settings.badges.iter().skip(self.kept.len()) {
            self.kept.push(Kept::new(badge.kind));
        }
    }

    fn days(&mut self) -> impl Iterator<Item = &mut crate::kept::Days> {
        self.kept.iter_mut().filter_map(|k| if let Kept::Workdays(days) = k { Some(days) } else { None })
    }

    /// Judges the latest day, if another one has begun. Somebody who moves west past midnight goes back to a day that
    /// is over.
    fn look(&mut self, cx: &Context<Settings>) {
        let (day, before) = (cx.today(), self.today);
        if !cx.settings.counts_days() || before.is_some_and(|before| day <= before.day) {
            return;
        }
        if let Some(Day { day, is_on_duty: true }) = before {
            self.days().for_each(|days| days.close(day));
        }
        let weekdays = cx.agent().map_or(ALL_DAYS, |agent| agent.workdays());
        let is_on_duty = before.is_some() && day.is_workday(weekdays, cx.zone().holidays());
        self.today = Some(Day { day, is_on_duty });
    }

    /// Looks again at the end of each day, as long as a streak of days is on: off duty, too, because terms may change
    /// any day.
    fn watch(&mut self, cx: &mut Context<Settings>) {
        if self.days().all(|days| days.length == 0) {
            return cx.cancel_timer(DAY_END);
        }
        cx.timer(DAY_END, cx.zone().start_of(cx.today().next()));
    }

    fn give(&mut self, cx: &mut Context<Settings>) {
        let settings = cx.settings;
        let now = self.owed.len().min(GIFTS_PER_STEP_MAX);
        for gift in self.owed.drain(..now) {
            let badge = &settings.badges[usize::from(gift.badge)];
            let level = &badge.levels[usize::from(gift.level)];
            for award in awards(badge, level, &gift) {
                cx.award(award);
            }
        }
        if !self.owed.is_empty() {
            cx.timer(MORE, cx.now() + 1);
        }
    }

    /// Shows the level that is nearest: of equally near ones the first.
    fn show(&self, cx: &mut Context<Settings>) {
        let badges = cx.settings.badges.iter().zip(&self.kept);
        let near = badges.filter_map(|(badge, kept)| Some((badge, kept.next(badge)?)));
        let share = |next: &Next| next.value / next.target;
        let nearest = near.reduce(|best, other| if share(&other.1) > share(&best.1) { other } else { best });
        match nearest {
            Some((badge, next)) => cx.progress(within_reach(badge, &next), next.value, next.target),
            None => cx.progress("all-reached", 1.0, 1.0),
        }
    }
}

fn awards(badge: &Badge, level: &Level, gift: &Gift) -> impl Iterator<Item = Award> {
    let name = badge.award(usize::from(gift.level));
    let points = (level.points > 0)
        .then(|| Award::points(format!("{name}-points"), &level.currency, i64::from(level.points)));
    let badge_award = Award::badge(name, u32::from(gift.level) + 1);
    let because = reason(badge.kind);
    let (badge, gift) = (badge.name.clone(), *gift);
    [Some(badge_award), points].into_iter().flatten().map(move |award| {
        let award = if gift.ordinal == 0 { award.once() } else { award.key(gift.ordinal) };
        let award = award.for_ever().because(because).with("badge", &badge).with("n", gift.n);
        if because == "record-value" { award.with("value", gift.value) } else { award }
    })
}

fn reason(kind: Kind) -> &'static str {
    match kind {
        Kind::Count => "count",
        Kind::Streak => "streak",
        Kind::Workdays => "workdays",
        Kind::First => "first",
        Kind::RecordDay => "record-day",
        Kind::RecordValue => "record-value",
    }
}

fn within_reach(badge: &Badge, next: &Next) -> Text {
    let name = next.level.and_then(|level| badge.levels[level].name);
    Text::new(next.message)
        .with("badge", &badge.name)
        .with("n", next.target - next.value)
        .with("level", name.map_or("none", |name| name.word()))
}
