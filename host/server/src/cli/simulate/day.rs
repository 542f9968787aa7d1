//! A day of the world, as events in the order in which they arrive.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use serde_json::json;

use super::{
    after::{Fact, customer, evaluation, fact},
    disturb::send,
    event::{Second, Timed},
    line::{Contact, INTERVAL_S, Interval, Span, TeamDay, play},
    random::Chance,
    shift::{Shift, local, shifts},
    world::World,
};

impl World {
    /// Everything of the shifts that begin on this local day, in the order of arrival. Late news arrives up to
    /// six hours after it is known, so the last may come on the next day.
    pub fn day(&self, day: NaiveDate) -> Vec<Timed> {
        let shifts = shifts(self, day);
        let mut facts = Vec::new();
        for team in 0..self.teams.len() {
            let of_team: Vec<&Shift> = shifts.iter().filter(|s| self.agents[s.agent].team == team).collect();
            let played = play(self, team, day, &of_team);
            self.tell(team, day, &of_team, &played, &mut facts);
        }
        let mut arrivals = Vec::with_capacity(facts.len() + facts.len() / 32);
        for fact in facts {
            send(self.seed, fact, &mut arrivals);
        }
        sort(&mut arrivals);
        arrivals
    }

    /// Days one after another; each item is what arrives until the next day's first shift anywhere may begin, the
    /// last item is all that is left. The whole is in the order of arrival, and only about a day is in memory.
    pub fn days(&self, from: NaiveDate, count: u32) -> impl Iterator<Item = Vec<Timed>> + '_ {
        let mut pending = Vec::new();
        (0..count).map(move |at| {
            let day = from + Days::new(at.into());
            pending.append(&mut self.day(day));
            sort(&mut pending);
            if at + 1 == count {
                return std::mem::take(&mut pending);
            }
            // Shanghai's morning is the first.
            let next = local(Tz::Asia__Shanghai, day + Days::new(1), 0, 0);
            let later = pending.partition_point(|timed| timed.arrives < next);
            let rest = pending.split_off(later);
            std::mem::replace(&mut pending, rest)
        })
    }

    fn tell(&self, team: usize, day: NaiveDate, shifts: &[&Shift], played: &TeamDay, facts: &mut Vec<Fact>) {
        for contact in &played.contacts {
            facts.push(self.contact_fact(contact));
            customer(self, contact, facts);
        }
        for (shift, spans) in shifts.iter().zip(&played.spans) {
            let own: Vec<&Contact> = played.contacts.iter().filter(|c| c.agent == shift.agent).collect();
            facts.extend(evaluation(self, shift.agent, day, &own));
            facts.extend(spans.iter().enumerate().map(|(at, span)| self.state_fact(shift, at, span)));
            facts.push(self.shift_fact(shift, spans));
        }
        for (queue, intervals) in self.teams[team].queues.iter().zip(&played.intervals) {
            facts.extend(intervals.iter().map(|interval| self.interval_fact(team, &queue.id, interval)));
        }
    }

    fn contact_fact(&self, contact: &Contact) -> Fact {
        let agent = &self.agents[contact.agent];
        let queue = &self.teams[agent.team].queues[contact.queue];
        let fields = [
            ("channel", json!(queue.channel)),
            ("queue", json!(queue.id)),
            ("handle_s", json!(contact.handle_s())),
            ("talk_s", json!(contact.talk_s)),
            ("hold_s", json!(contact.hold_s)),
            ("acw_s", json!(contact.acw_s)),
            ("wait_s", json!(contact.wait_s)),
            ("transferred", json!(contact.transferred)),
            ("resolved", json!(contact.resolved)),
            ("hard", json!(contact.hard)),
        ];
        let (source, end) = (self.phones(agent.team), contact.end());
        let subject = format!("agent/{}", agent.id);
        fact("contact.completed", source, contact.id.clone(), subject, end, end + 1, &fields)
    }

    fn state_fact(&self, shift: &Shift, at: usize, span: &Span) -> Fact {
        let agent = &self.agents[shift.agent];
        let fields = [
            ("state", json!(span.state)),
            ("seconds", json!(span.seconds)),
            ("scheduled", json!(span.scheduled)),
        ];
        let id = format!("{}-{at}", shift.id.replacen("SH", "A", 1));
        let (subject, end) = (format!("agent/{}", agent.id), span.start + span.seconds);
        fact("agent.state", self.phones(agent.team), id, subject, span.start, end + 1, &fields)
    }

    fn shift_fact(&self, shift: &Shift, spans: &[Span]) -> Fact {
        let agent = &self.agents[shift.agent];
        let end = spans.last().map_or(shift.planned_end, |span| span.start + span.seconds);
        let worked: Second = spans.iter().filter(|s| s.state != "break").map(|s| s.seconds).sum();
        let fields = [
            ("scheduled_s", json!(shift.scheduled_s())),
            ("adherent_s", json!(shift.adherent_s())),
            ("worked_s", json!(worked)),
            ("absent", json!(shift.absent)),
        ];
        let source = format!("/wfm/{}", self.site_of(agent.team).id);
        let known_at = end + Chance::named(self.seed, &["wfm", &shift.id]).whole(30, 300);
        fact("shift.ended", source, shift.id.clone(), format!("agent/{}", agent.id), end, known_at, &fields)
    }

    fn interval_fact(&self, team: usize, queue: &str, interval: &Interval) -> Fact {
        let fields = [
            ("offered", json!(interval.offered)),
            ("handled", json!(interval.handled)),
            ("abandoned", json!(interval.abandoned)),
            ("in_target", json!(interval.in_target)),
            ("interval_s", json!(INTERVAL_S)),
        ];
        let id = format!("I-{queue}-{}", super::event::at_utc(interval.start).format("%Y%m%dT%H%M"));
        let known_at = interval.start + INTERVAL_S + 300;
        fact(
            "queue.interval",
            self.phones(team),
            id,
            format!("queue/{queue}"),
            interval.start,
            known_at,
            &fields,
        )
    }

    /// The phone system of a team's site.
    fn phones(&self, team: usize) -> String {
        format!("/acd/{}", self.site_of(team).id)
    }
}

fn sort(arrivals: &mut [Timed]) {
    arrivals.sort_by(|a, b| {
        let key = |timed: &Timed| (timed.arrives, timed.event.time, timed.event.revision);
        key(a).cmp(&key(b)).then_with(|| (&a.event.source, &a.event.id).cmp(&(&b.event.source, &b.event.id)))
    });
}
