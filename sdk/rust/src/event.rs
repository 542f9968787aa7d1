//! A step of a batch, shown as a row.

use crate::time::{ClockTime, LocalDay, Millis, Weekday, Zone};
use crate::wit::{self, NONE};

/// An event that reached a key, or the moment at which the key entered or left the audience.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    batch: &'a wit::Batch,
    step: usize,
    /// Names of the planned metrics.
    metrics: &'a [String],
}

impl<'a> Event<'a> {
    pub(crate) fn new(batch: &'a wit::Batch, step: usize, metrics: &'a [String]) -> Self {
        Self { batch, step, metrics }
    }

    /// The batch and the step in it.
    pub(crate) fn place(&self) -> (&'a wit::Batch, usize) {
        (self.batch, self.step)
    }

    /// When it happened.
    pub fn time(&self) -> Millis {
        self.batch.time[self.step]
    }

    /// The value of the plan's i-th metric, if the event has it; of a ratio numerator / denominator, if that is not 0.
    pub fn metric(&self, i: usize) -> Option<f64> {
        let (value, weight) = self.parts(i)?;
        if weight == 1.0 { Some(value) } else { (weight != 0.0).then(|| value / weight) }
    }

    /// As [`Event::metric`], by the name of a planned metric: where settings list metrics, of which two may be the same.
    /// It looks the name up each time, so where the place is known, the number is quicker.
    ///
    /// ```
    /// # use plaudit_sdk::prelude::*;
    /// # #[derive(Settings)]
    /// # struct Settings { #[setting(metric)] good: String, #[setting(metric)] great: String }
    /// # struct Ratings;
    /// # impl Rule for Ratings {
    /// #     type Settings = Settings;
    /// #     type State = ();
    /// #     const NAME: &'static str = "ratings";
    /// fn plan(settings: &Settings) -> Plan {
    ///     Plan::per_agent().metric(&settings.good).metric(&settings.great)
    /// }
    /// fn on_event(_: &mut (), event: &Event, cx: &mut Context<Settings>) {
    ///     if event.named(&cx.settings.great) >= Some(5.0) {
    ///         cx.award(Award::badge("great", 1));
    ///     }
    /// }
    /// # }
    /// let mut play = plaudit_sdk::testing::Play::<Ratings>::new(r#"{ "good": "csat", "great": "csat" }"#);
    /// play.agent("ana");
    /// play.event("ana", &[("csat", 5.0)]);
    /// assert_eq!(play.awards("ana"), ["great"]);
    /// ```
    pub fn named(&self, metric: &str) -> Option<f64> {
        self.metric(self.metrics.iter().position(|name| name == metric)?)
    }

    /// Value and weight of the plan's i-th metric: numerator and denominator of a ratio, otherwise weight 1.
    pub fn ratio(&self, i: usize) -> Option<(f64, f64)> {
        self.parts(i)
    }

    /// Whether the event has the plan's i-th metric.
    pub fn has(&self, i: usize) -> bool {
        self.parts(i).is_some()
    }

    fn parts(&self, i: usize) -> Option<(f64, f64)> {
        let column = self.batch.metrics.get(i)?;
        let value = *column.values.get(self.step)?;
        let weight = column.weights.get(self.step).copied().unwrap_or(1.0);
        (!value.is_nan()).then_some((value, weight))
    }

    /// The text of the plan's i-th attribute, if the event has it.
    pub fn attribute(&self, i: usize) -> Option<&'a str> {
        let column = self.batch.attributes.get(i)?;
        let word = *column.at.get(self.step)?;
        column.words.get(word as usize).map(String::as_str)
    }

    /// The agent it speaks of; none for events of a team or a queue.
    pub fn agent(&self) -> Option<Agent<'a>> {
        Agent::at(self.batch, self.batch.agent_of[self.step])
    }

    /// The zone of the agent, or of the key for events of a team or a queue.
    pub fn zone(&self) -> Zone<'a> {
        match self.agent() {
            Some(agent) => agent.zone(),
            None => slot_zone(self.batch, self.batch.slot_of[self.step] as usize),
        }
    }

    /// The local day, in [`Event::zone`].
    pub fn day(&self) -> LocalDay {
        self.zone().day(self.time())
    }

    /// The time on the wall, in [`Event::zone`].
    pub fn clock(&self) -> ClockTime {
        self.zone().clock(self.time())
    }

    /// The day of the week, in [`Event::zone`].
    pub fn weekday(&self) -> Weekday {
        self.day().weekday()
    }
}

/// An agent as the roster knew them at that time.
#[derive(Clone, Copy, Debug)]
pub struct Agent<'a> {
    batch: &'a wit::Batch,
    agent: &'a wit::Agent,
}

impl<'a> Agent<'a> {
    pub(crate) fn at(batch: &'a wit::Batch, index: u32) -> Option<Self> {
        if index == NONE {
            return None;
        }
        batch.agents.get(index as usize).map(|agent| Self { batch, agent })
    }

    /// The opaque id.
    pub fn id(&self) -> &'a str {
        &self.agent.id
    }

    /// The team's id, if in one.
    pub fn team(&self) -> Option<&'a str> {
        Some(self.agent.team.as_str()).filter(|t| !t.is_empty())
    }

    /// The zone of the site.
    pub fn zone(&self) -> Zone<'a> {
        Zone::new(&self.batch.zones[self.agent.zone as usize])
    }

    /// Day of hire, if known.
    pub fn hired(&self) -> Option<LocalDay> {
        self.agent.hired_day.map(LocalDay)
    }

    /// Share of full time, in (0, 1].
    pub fn share(&self) -> f64 {
        self.agent.share.into()
    }

    /// Days of the week on duty: bit 0 is Monday.
    pub fn workdays(&self) -> u8 {
        self.agent.workdays
    }

    /// Whether the agent works on this day: by their weekdays and the zone's holidays.
    pub fn works_on(&self, day: LocalDay) -> bool {
        day.is_workday(self.workdays(), self.zone().holidays())
    }

    /// The last working day before `day`; `None` if there is none within a year.
    pub fn previous_workday(&self, day: LocalDay) -> Option<LocalDay> {
        self.zone().previous_workday(day, self.workdays())
    }

    /// The first working day after `day`; `None` if there is none within a year.
    pub fn next_workday(&self, day: LocalDay) -> Option<LocalDay> {
        self.zone().next_workday(day, self.workdays())
    }
}

pub(crate) fn slot_zone(batch: &wit::Batch, slot: usize) -> Zone<'_> {
    Zone::new(&batch.zones[batch.slots[slot].zone as usize])
}
