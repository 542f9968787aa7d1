//! The line: contacts arrive, wait, are answered by whoever is free longest, or give up.

use chrono::NaiveDate;

use super::{
    event::Second,
    random::Chance,
    shift::{CLOSES, OPENS_HOUR, Shift, local},
    world::{Purpose, World},
};

/// A line's statistics are cut into half hours.
pub(crate) const INTERVAL_S: Second = 1800;
/// What is planned for: the share of an agent's time on the line that contacts fill.
const OCCUPANCY: f64 = 0.64;
/// Contacts by hour from [`OPENS_HOUR`] on: full from late morning to afternoon, the evening thin.
const SHAPE: [f64; 13] = [0.5, 0.65, 0.9, 0.95, 1.0, 1.05, 1.05, 1.05, 0.85, 0.55, 0.4, 0.27, 0.2];

/// A contact that somebody answered.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    /// Such as `C-20260302-madrid-retiro-voice-17`.
    pub(crate) id: String,
    /// Index into the world's agents.
    pub(crate) agent: usize,
    /// Index into the team's queues.
    pub(crate) queue: usize,
    pub(crate) start: Second,
    pub(crate) wait_s: Second,
    pub(crate) talk_s: Second,
    pub(crate) hold_s: Second,
    pub(crate) acw_s: Second,
    pub(crate) transferred: bool,
    pub(crate) resolved: bool,
    pub(crate) hard: bool,
    /// The agent's mood that day.
    pub(crate) mood: f64,
}

impl Contact {
    /// Talk, hold and wrap-up.
    pub(crate) fn handle_s(&self) -> Second {
        self.talk_s + self.hold_s + self.acw_s
    }

    /// End of the wrap-up.
    pub(crate) fn end(&self) -> Second {
        self.start + self.handle_s()
    }
}

/// A finished stretch of somebody's day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) start: Second,
    pub(crate) seconds: Second,
    pub(crate) state: &'static str,
    /// Whether the plan had them on the line or in this pause then.
    pub(crate) scheduled: bool,
}

/// A half hour of a queue, by when contacts came in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Interval {
    pub(crate) start: Second,
    pub(crate) offered: u32,
    pub(crate) handled: u32,
    pub(crate) abandoned: u32,
    pub(crate) in_target: u32,
}

/// What a team's day came to.
#[derive(Debug, Default)]
pub(crate) struct TeamDay {
    pub(crate) contacts: Vec<Contact>,
    /// One per shift, in the order given.
    pub(crate) spans: Vec<Vec<Span>>,
    /// One per queue.
    pub(crate) intervals: [Vec<Interval>; 2],
}

struct Worker<'a> {
    shift: &'a Shift,
    free_at: Second,
    next_pause: usize,
    spans: Vec<Span>,
}

impl Worker<'_> {
    fn pass(&mut self, start: Second, seconds: Second, state: &'static str) {
        let idle = start - self.free_at;
        let scheduled = start < self.shift.planned_end && state != "aux";
        for (start, seconds, state, scheduled) in
            [(self.free_at, idle, "ready", true), (start, seconds, state, scheduled)]
        {
            if seconds > 0 {
                self.spans.push(Span { start, seconds, state, scheduled });
            }
        }
        self.free_at = start + seconds;
    }

    /// Takes the pauses that begin before a contact of `now` could be answered; says when that would be.
    fn ready_from(&mut self, now: Second) -> Option<Second> {
        while let Some(pause) = self.shift.pauses.get(self.next_pause) {
            if pause.planned_start > now.max(self.free_at) || self.free_at >= self.shift.planned_end {
                break;
            }
            self.next_pause += 1;
            self.pass(pause.planned_start.max(self.free_at), pause.takes_s, pause.state);
        }
        let ready = now.max(self.free_at);
        (ready < self.shift.planned_end - 30).then_some(ready)
    }

    fn go_home(&mut self) {
        while self.ready_from(self.shift.planned_end - 1).is_some() {
            let rest = self.shift.planned_end - self.free_at;
            self.pass(self.free_at, rest, "ready");
        }
        if self.free_at < self.shift.planned_end {
            let rest = self.shift.planned_end - self.free_at;
            self.pass(self.free_at, rest, "ready");
        }
    }
}

/// Plays a day of a team whose shifts these are; an absent colleague was planned for all the same.
pub(crate) fn play(world: &World, team: usize, day: NaiveDate, shifts: &[&Shift]) -> TeamDay {
    let mut result = TeamDay::default();
    if shifts.is_empty() {
        return result;
    }
    let arrivals = arrivals(world, team, day, shifts, &mut result.intervals);
    let mut workers: Vec<Worker<'_>> = (shifts.iter())
        .map(|shift| Worker { shift, free_at: shift.start, next_pause: 0, spans: Vec::new() })
        .collect();
    let mut counts = [0u32; 2];
    for (came, queue) in arrivals {
        counts[queue] += 1;
        let id =
            format!("C-{}-{}-{}", day.format("%Y%m%d"), world.teams[team].queues[queue].id, counts[queue]);
        let channel = world.teams[team].queues[queue].channel;
        let chance = &mut Chance::named(world.seed, &["contact", &id]);
        let patience = patience_s(channel, chance);
        let next = (workers.iter_mut().enumerate())
            .filter(|(_, worker)| !worker.shift.absent)
            .filter_map(|(at, worker)| Some((worker.ready_from(came)?, worker.free_at, at)))
            .min();
        let answered = next.filter(|(ready, ..)| ready - came <= patience);
        count(&mut result.intervals[queue], came, answered.map(|(ready, ..)| ready - came), channel);
        if let Some((start, _, at)) = answered {
            let worker = &mut workers[at];
            let contact = contact(world, team, id, queue, worker.shift, came, start, chance);
            worker.pass(start, contact.handle_s(), "busy");
            result.contacts.push(contact);
        }
    }
    result.spans = (workers.into_iter())
        .map(|mut worker| {
            if !worker.shift.absent {
                worker.go_home();
            }
            worker.spans
        })
        .collect();
    result
}

/// When contacts come in, and to which queue: a Poisson process whose rate follows the hour, thrown second by second.
fn arrivals(
    world: &World,
    team: usize,
    day: NaiveDate,
    shifts: &[&Shift],
    intervals: &mut [Vec<Interval>; 2],
) -> Vec<(Second, usize)> {
    let zone = world.site_of(team).zone;
    let opens = local(zone, day, OPENS_HOUR, 0);
    let closes = local(zone, day, CLOSES.0, CLOSES.1);
    let planned_s: Second = shifts.iter().map(|s| s.scheduled_s() * 8 / 9).sum();
    let seconds = |channel| match (channel, world.teams[team].purpose) {
        ("voice", Purpose::Support) => 455.0,
        ("voice", _) => 350.0,
        ("chat", _) => 480.0,
        _ => 380.0,
    };
    let mut arrivals = Vec::new();
    for (at, queue) in world.teams[team].queues.iter().enumerate() {
        let chance = &mut Chance::named(world.seed, &["arrivals", &queue.id, &day.to_string()]);
        let share = if at == 0 { 0.75 } else { 0.25 };
        // A day is busier or quieter than planned by a tenth or so.
        let contacts =
            planned_s as f64 * OCCUPANCY * share / seconds(queue.channel) * chance.log_normal(1.0, 0.08);
        let per_shape = contacts / (SHAPE.iter().sum::<f64>() * 3600.0);
        for second in opens..closes {
            let hour = usize::try_from((second - opens) / 3600).unwrap_or_default().min(SHAPE.len() - 1);
            if chance.is(per_shape * SHAPE[hour]) {
                arrivals.push((second, at));
            }
        }
        let starts = (0..).map(|n| opens + n * INTERVAL_S).take_while(|start| *start < closes);
        intervals[at] = starts.map(|start| Interval { start, ..Interval::default() }).collect();
    }
    arrivals.sort_unstable();
    arrivals
}

fn patience_s(channel: &str, chance: &mut Chance) -> Second {
    match channel {
        "voice" => chance.log_normal(160.0, 0.7) as Second,
        "chat" => chance.log_normal(240.0, 0.6) as Second,
        _ => 4 * 3600,
    }
}

fn count(intervals: &mut [Interval], came: Second, waited: Option<Second>, channel: &str) {
    let target = match channel {
        "voice" => 20,
        "chat" => 45,
        _ => 2 * 3600,
    };
    let Some(interval) = intervals.iter_mut().rev().find(|interval| interval.start <= came) else { return };
    interval.offered += 1;
    match waited {
        Some(seconds) => {
            interval.handled += 1;
            interval.in_target += u32::from(seconds <= target);
        }
        None => interval.abandoned += 1,
    }
}

#[expect(clippy::too_many_arguments, reason = "one contact's whole circumstances, used once")]
fn contact(
    world: &World,
    team: usize,
    id: String,
    queue: usize,
    shift: &Shift,
    came: Second,
    start: Second,
    chance: &mut Chance,
) -> Contact {
    let traits = world.agents[shift.agent].traits;
    let channel = world.teams[team].queues[queue].channel;
    let hard = chance.is(0.12);
    let median = match (channel, world.teams[team].purpose) {
        ("voice", Purpose::Support) => 275.0,
        ("voice", _) => 205.0,
        ("chat", _) => 330.0,
        _ => 240.0,
    };
    // A skilled colleague needs less time, but not by rushing: what is resolved, below, rises with skill.
    let pace = (1.0 - 0.07 * traits.skill).clamp(0.7, 1.4) * if hard { 1.8 } else { 1.0 };
    let seconds = |value: f64, most: f64| value.clamp(0.0, most) as Second;
    let hold = if channel == "voice" && chance.is(0.22) { chance.log_normal(40.0, 0.7) } else { 0.0 };
    let clear = 0.78 + 0.05 * traits.skill + 0.02 * shift.mood - if hard { 0.22 } else { 0.0 };
    let resolved = chance.is(clear.clamp(0.2, 0.97));
    Contact {
        id,
        agent: shift.agent,
        queue,
        start,
        wait_s: start - came,
        talk_s: seconds(chance.log_normal(median * pace, 0.5), 3600.0).max(15),
        hold_s: seconds(hold, 900.0),
        acw_s: seconds(chance.log_normal(40.0, 0.55), 900.0),
        transferred: !resolved && chance.is(0.3),
        resolved,
        hard,
        mood: shift.mood,
    }
}
