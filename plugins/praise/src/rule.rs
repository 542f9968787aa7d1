//! The rule: notice the moments, then let the voice decide.

use plaudit_sdk::helpers::PerDay;
use plaudit_sdk::prelude::*;
use serde::{Deserialize, Serialize};

use crate::moments::{BestDay, Stretch};
use crate::settings::Settings;
use crate::voice::{Occasion, QUIET_END, Voice, Word};

/// Fires on the anniversary of hire.
const ANNIVERSARY: &str = "anniversary";
/// When it does, local time.
const ANNIVERSARY_AT: ClockTime = ClockTime::new(9, 0);

/// Praise: thanks, congratulation and encouragement.
pub struct Praises;

/// What is kept of an agent.
#[derive(Default, Serialize, Deserialize, State)]
pub struct State {
    voice: Voice,
    today: PerDay,
    best: BestDay,
    stretch: Stretch,
    /// The day of hire that the anniversary's timer is set for.
    hired: Option<LocalDay>,
}

impl Rule for Praises {
    type Settings = Settings;
    type State = State;
    const NAME: &'static str = "praise";

    fn plan(settings: &Settings) -> Plan {
        // What waits for the end of quiet hours has no step then: the entity is remembered.
        settings.metrics().fold(Plan::per_agent().attribute("entity"), |plan, metric| plan.metric(metric))
    }

    fn check(settings: &Settings) -> Vec<Problem> {
        settings.problems()
    }

    fn on_event(state: &mut State, event: &Event, cx: &mut Context<Settings>) {
        state.expect_anniversary(cx);
        let words = state.notice(event, cx.settings);
        state.voice.offer(words, cx);
    }

    fn on_entered(state: &mut State, _: &Event, cx: &mut Context<Settings>) {
        state.expect_anniversary(cx);
    }

    fn on_left(state: &mut State, _: &Event, cx: &mut Context<Settings>) {
        cx.cancel_timer(ANNIVERSARY);
        state.voice.hush(cx);
    }

    fn on_timer(state: &mut State, name: &str, cx: &mut Context<Settings>) {
        match (name, state.hired) {
            (QUIET_END, _) => state.voice.wake(cx),
            (ANNIVERSARY, Some(hired)) => {
                let morning = cx.zone().instant(cx.today(), ANNIVERSARY_AT);
                if cx.now() < morning && cx.today().anniversary_of(hired).is_some() {
                    // They have moved west since it was set: their own morning is yet to come.
                    return cx.timer(ANNIVERSARY, morning);
                }
                let years = cx.today().anniversary_of(hired);
                let word = |n: u32| Word { occasion: Occasion::Anniversary, key: n.to_string(), n: n.into() };
                state.voice.offer(years.map(word).into_iter().collect(), cx);
                cx.timer(
                    ANNIVERSARY,
                    cx.zone().instant(cx.today().next_anniversary_of(hired), ANNIVERSARY_AT),
                );
            }
            _ => {}
        }
    }
}

impl State {
    /// Sets the timer for the next anniversary, and anew when the roster corrects the day of hire.
    fn expect_anniversary(&mut self, cx: &mut Context<Settings>) {
        let hired = cx.agent().and_then(|agent| agent.hired());
        if !cx.settings.anniversary.on || self.hired == hired && cx.timer_at(ANNIVERSARY).is_some() {
            return;
        }
        self.hired = hired;
        cx.cancel_timer(ANNIVERSARY);
        let Some(hired) = hired else { return };
        let today = cx.today();
        let this_morning = cx.zone().instant(today, ANNIVERSARY_AT);
        let still_to_come = today.anniversary_of(hired).is_some() && cx.now() < this_morning;
        let day = if still_to_come { today } else { today.next_anniversary_of(hired) };
        cx.timer(ANNIVERSARY, cx.zone().instant(day, ANNIVERSARY_AT));
    }

    /// Everything worth a word about this event. Each memory is kept up, said or not.
    fn notice(&mut self, event: &Event, s: &Settings) -> Vec<Word> {
        let value = |on: bool, metric: &str| event.metric(s.column(metric)).filter(|_| on);
        let day = event.day();
        let mut words = Vec::new();
        let mut word = |occasion, key: String, n: f64| words.push(Word { occasion, key, n });

        if let Some(n) = value(s.top_rating.on, &s.top_rating.metric).filter(|n| *n >= s.top_rating.at_least)
        {
            word(Occasion::TopRating, entity(event), n);
        }
        if let Some(n) = value(s.quality.on, &s.quality.metric).filter(|n| *n >= s.quality.at_least) {
            word(Occasion::Quality, entity(event), n);
        }
        if value(s.nth_today.on, &s.nth_today.metric) > Some(0.0) {
            let n = self.today.add(day);
            if s.nth_today.at.contains(&n) {
                word(Occasion::NthToday, format!("{}-{n}", date(day)), n.into());
            }
        }
        if let Some(n) = value(s.personal_best.on, &s.personal_best.metric)
            && let Some(mark) = self.best.add(day, n, s.personal_best.after)
        {
            word(Occasion::PersonalBest, date(day), mark);
        }
        if let Some(n) = value(s.comeback.on, &s.comeback.metric)
            && let Some(times) = self.stretch.add(n, &s.comeback)
        {
            word(Occasion::Comeback, times.to_string(), s.comeback.good.into());
        }
        if value(s.hard_contact.on, &s.hard_contact.metric) > Some(0.0) {
            word(Occasion::HardContact, entity(event), 1.0);
        }
        words
    }
}

/// The business object that the event speaks of; its time where it has none.
fn entity(event: &Event) -> String {
    event.attribute(0).filter(|e| !e.is_empty()).map_or_else(|| event.time().to_string(), Into::into)
}

fn date(day: LocalDay) -> String {
    let (year, month, day) = day.date();
    format!("{year:04}-{month:02}-{day:02}")
}
