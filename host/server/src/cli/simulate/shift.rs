//! Shifts: who works when, what is planned within, and how punctual people are.

use chrono::{NaiveDate, NaiveTime, TimeZone as _};
use chrono_tz::Tz;

use super::{
    event::Second,
    random::Chance,
    world::{Start, World},
};

/// Opening of the lines, by the site's clock.
pub(crate) const OPENS_HOUR: u32 = 8;
/// Last moment at which contacts come in, by the site's clock: a quarter of an hour before the late shift ends.
pub(crate) const CLOSES: (u32, u32) = (20, 45);

/// One person's shift of one day.
#[derive(Clone, Debug)]
pub(crate) struct Shift {
    /// Index into the world's agents.
    pub(crate) agent: usize,
    /// Such as `SH-E1042-20260302`.
    pub(crate) id: String,
    pub(crate) planned_start: Second,
    pub(crate) planned_end: Second,
    /// When the person is really there.
    pub(crate) start: Second,
    /// In the order in which they begin.
    pub(crate) pauses: Vec<Pause>,
    pub(crate) absent: bool,
    /// How this day feels, around 0 with deviation 0.6.
    pub(crate) mood: f64,
}

/// Time off the line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pause {
    /// `break`, `meeting`, `training`, or the unplanned `aux`.
    pub(crate) state: &'static str,
    pub(crate) planned_start: Second,
    /// What the plan allows; 0 for what is not planned.
    pub(crate) planned_s: Second,
    /// What it takes.
    pub(crate) takes_s: Second,
}

impl Shift {
    /// Planned length.
    pub(crate) fn scheduled_s(&self) -> Second {
        self.planned_end - self.planned_start
    }

    /// Seconds within the plan that were spent as planned.
    pub(crate) fn adherent_s(&self) -> Second {
        if self.absent {
            return 0;
        }
        let late = self.start - self.planned_start;
        let over: Second = self.pauses.iter().map(|p| (p.takes_s - p.planned_s).max(0)).sum();
        (self.scheduled_s() - late - over).max(0)
    }
}

/// Everybody's shifts of a local day, in the order of agents.
pub(crate) fn shifts(world: &World, day: NaiveDate) -> Vec<Shift> {
    let open: Vec<bool> =
        world.sites.iter().map(|site| !site.holidays(chrono::Datelike::year(&day)).contains(&day)).collect();
    (0..world.agents.len())
        .filter(|&at| open[world.teams[world.agents[at].team].site] && world.agents[at].works_on(day))
        .map(|at| shift(world, at, day))
        .collect()
}

fn shift(world: &World, at: usize, day: NaiveDate) -> Shift {
    let agent = &world.agents[at];
    let chance = &mut Chance::named(world.seed, &["shift", &agent.id, &day.to_string()]);
    let (hour, minute) = match agent.start {
        Start::Early => (OPENS_HOUR, 0),
        Start::Middle => (10, 0),
        Start::Late => (12, 30),
    };
    // Who works half time works half a shift; other shares are fewer days.
    let half = agent.share <= 0.5;
    let (hour, minute) = if half && agent.start == Start::Late { (16, 30) } else { (hour, minute) };
    let planned_start = local(world.site_of(agent.team).zone, day, hour, minute);
    let planned_end = planned_start + if half { 4 * 3600 } else { 8 * 3600 + 1800 };
    let late = if chance.is(0.25) {
        chance.log_normal(170.0 * (1.0 - 0.25 * agent.traits.punctuality).max(0.2), 0.8) as Second
    } else {
        0
    };
    Shift {
        agent: at,
        id: format!("SH-{}-{}", agent.id, day.format("%Y%m%d")),
        planned_start,
        planned_end,
        start: planned_start + late.min(2700),
        absent: chance.is(0.04),
        mood: 0.6 * chance.normal(),
        pauses: pauses(planned_start, planned_end, half, agent.traits.punctuality, chance),
    }
}

fn pauses(start: Second, end: Second, half: bool, punctuality: f64, chance: &mut Chance) -> Vec<Pause> {
    let mut pauses = Vec::new();
    let mut add = |share: f64, state, planned_s: Second, chance: &mut Chance| {
        // Colleagues do not all leave at once: up to twenty minutes around the plan.
        let planned_start = start + ((end - start) as f64 * share) as Second + chance.whole(-20, 20) * 60;
        let stretch = chance.log_normal(1.0, 0.12) - 0.04 * punctuality;
        pauses.push(Pause {
            state,
            planned_start,
            planned_s,
            takes_s: (planned_s as f64 * stretch.max(0.7)) as Second,
        });
    };
    add(if half { 0.5 } else { 0.24 }, "break", 900, chance);
    if !half {
        add(0.5, "break", 1800, chance);
        add(0.78, "break", 900, chance);
    }
    match chance.whole(0, 9) {
        0 => add(0.36, "training", 2700, chance),
        1 | 2 => add(0.64, "meeting", 1800, chance),
        _ => {}
    }
    if chance.is(0.3) {
        let takes_s = chance.whole(120, 600);
        let planned_start = chance.whole(start + 1800, end - 1800);
        pauses.push(Pause { state: "aux", planned_start, planned_s: 0, takes_s });
    }
    pauses.sort_by_key(|pause| pause.planned_start);
    pauses
}

/// The instant of a local time; the first of two where clocks go back, the hour after where they go forward.
pub(crate) fn local(zone: Tz, day: NaiveDate, hour: u32, minute: u32) -> Second {
    let time = day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default());
    zone.from_local_datetime(&time)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(time + chrono::TimeDelta::hours(1))).earliest())
        .map_or_else(|| time.and_utc().timestamp(), |at| at.timestamp())
}
