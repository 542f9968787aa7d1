//! Nasty histories: equal times, bounds, nights on which the clocks change, people who come, go and move, corrections
//! in any order, money that runs out.

use chrono::NaiveDate;
use chrono_tz::Tz;
use plaudit_core::{
    Id, Millis,
    event::{Event, Subject, Value},
    incentive::{Allotment, Audience, Incentive, Periods},
    roster::{Agent, RosterChange, Site, Stint, Team},
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::settings::SETTINGS;

pub(crate) const DRAW_KEY: &[u8] = b"a key that never leaves the test";
pub(crate) const MINUTE: Millis = 60_000;
pub(crate) const HOUR: Millis = 60 * MINUTE;
pub(crate) const DAY: Millis = 24 * HOUR;

const AGENTS: [&str; 6] = ["ana", "ben", "cho", "dan", "eva", "fox"];
const TEAMS: [Option<&str>; 5] = [Some("red"), Some("green"), Some("blue"), Some("jade"), None];
/// Days on which histories begin: before the clocks change, before a holiday, at a year's and a February's end.
const FIRST_DAYS: [(i32, u32, u32); 6] =
    [(2026, 3, 27), (2026, 10, 23), (2026, 3, 9), (2026, 2, 26), (2025, 12, 30), (2026, 7, 3)];

/// A history, complete: whoever plays it throws no dice.
#[derive(Clone)]
pub(crate) struct History {
    pub(crate) plugin: &'static str,
    pub(crate) incentive: Incentive,
    pub(crate) begins: Millis,
    pub(crate) settle_ms: Millis,
    pub(crate) grace_ms: Millis,
    /// Whether the house ticks whenever something is due, or only looks when something comes.
    pub(crate) is_sleepless: bool,
    pub(crate) roster: Vec<RosterChange>,
    pub(crate) acts: Vec<Act>,
}

/// What happens to the house.
#[derive(Clone)]
pub(crate) enum Act {
    Post(Millis, Vec<Event>),
    Roster(Millis, RosterChange),
    Wait(Millis),
    Save,
    Restart,
}

impl std::fmt::Debug for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} {}", self.plugin, self.incentive.settings)?;
        let i = &self.incentive;
        writeln!(
            f,
            "{} {:?} from {} to {:?}, audience {:?}, allotment {:?}; settle {} s, grace {} h, sleepless {}",
            i.zone,
            i.periods,
            shown(i.start),
            i.end.map(shown),
            i.audience,
            i.allotment.first().map(|a| a.units),
            self.settle_ms / 1000,
            self.grace_ms / HOUR,
            self.is_sleepless
        )?;
        for change in &self.roster {
            writeln!(f, "  {}", of_roster(change))?;
        }
        for (index, act) in self.acts.iter().enumerate() {
            match act {
                Act::Post(now, events) => {
                    writeln!(f, "{index} {} post", shown(*now))?;
                    for e in events {
                        let fields: Vec<_> = e.fields.iter().map(|(n, v)| format!("{n}={v:?}")).collect();
                        let gone = if e.retracted { " RETRACTED" } else { "" };
                        writeln!(
                            f,
                            "    {} {} {} {} {:?} rev {}{gone} {}",
                            e.id,
                            shown(e.time),
                            e.subject,
                            e.kind,
                            e.entity,
                            e.revision,
                            fields.join(" ")
                        )?;
                    }
                }
                Act::Roster(now, change) => writeln!(f, "{index} {} {}", shown(*now), of_roster(change))?,
                Act::Wait(now) => writeln!(f, "{index} {} wait", shown(*now))?,
                Act::Save => writeln!(f, "{index} save")?,
                Act::Restart => writeln!(f, "{index} restart")?,
            }
        }
        Ok(())
    }
}

fn of_roster(change: &RosterChange) -> String {
    match change {
        RosterChange::Agent(a) => {
            let stint = |s: &Stint| format!("{}: {:?} {:07b}", shown(s.from), s.team, s.workdays);
            let stints: Vec<_> = a.stints.iter().map(stint).collect();
            format!("agent {} hired {:?} zone {:?} [{}]", a.id, a.hired_day, a.zone, stints.join(", "))
        }
        other => format!("{other:?}"),
    }
}

fn shown(at: Millis) -> String {
    chrono::DateTime::from_timestamp_millis(at).map(|t| t.to_rfc3339()).unwrap_or_default()
}

/// A fact before it is told.
#[derive(Clone, Debug)]
struct Draft {
    agent: usize,
    kind: usize,
    value: usize,
    moment: Moment,
    /// Whether it is about an object that later versions may speak of too.
    has_entity: bool,
    delay: Delay,
    versions: Vec<Version>,
    repeated: Option<Delay>,
}

/// Another version of a fact.
#[derive(Clone, Debug)]
struct Version {
    revision: u64,
    retracted: bool,
    value: Option<usize>,
    agent: Option<usize>,
    moment: Option<Moment>,
    delay: Delay,
}

#[derive(Clone, Copy, Debug)]
struct Moment {
    day: i64,
    /// Index into the anchors of a day; past them, any minute.
    anchor: usize,
    minute: i64,
    jitter: Millis,
}

/// How long after its time a message comes.
#[derive(Clone, Copy, Debug)]
struct Delay {
    scale: usize,
    part: i64,
}

impl Delay {
    fn ms(self) -> Millis {
        match self.scale {
            0 => 0,
            1 => -self.part * 2_000, // Up to some minutes ahead of the house's clock.
            2 => self.part * 5_000,
            3 => self.part * 5 * MINUTE,
            _ => self.part * 20 * MINUTE,
        }
    }
}

#[derive(Clone, Debug)]
struct Move {
    agent: usize,
    moment: Moment,
    team: usize,
    workdays: u8,
    /// When it is told, after (or, if negative, before) it holds.
    told_after: Millis,
}

#[derive(Clone, Debug)]
struct Frame {
    settings: usize,
    first_day: usize,
    zone: Tz,
    periods: Periods,
    starts_late: bool,
    days: Option<i64>,
    audience: usize,
    allotment: Option<i64>,
    grace_ms: Millis,
    is_sleepless: bool,
    chunk: usize,
    restart_every: usize,
}

fn moment() -> impl Strategy<Value = Moment> {
    (0_i64..4, 0_usize..24, 0_i64..1440, select(vec![0, 0, 0, 1, -1, 1_000]))
        .prop_map(|(day, anchor, minute, jitter)| Moment { day, anchor, minute, jitter })
}

fn delay() -> impl Strategy<Value = Delay> {
    (0_usize..5, 0_i64..120).prop_map(|(scale, part)| Delay { scale, part })
}

fn version() -> impl Strategy<Value = Version> {
    let value = prop::option::of(0_usize..8);
    let agent = prop::option::weighted(0.3, 0_usize..6);
    let moment = prop::option::weighted(0.3, moment());
    (0_u64..4, prop::bool::weighted(0.3), value, agent, moment, delay()).prop_map(
        |(revision, retracted, value, agent, moment, delay)| Version {
            revision,
            retracted,
            value,
            agent,
            moment,
            delay,
        },
    )
}

fn draft() -> impl Strategy<Value = Draft> {
    let what = (0_usize..6, 0_usize..16, 0_usize..8);
    let versions = prop_oneof![4 => Just(Vec::new()), 1 => vec(version(), 1..4)];
    let repeated = prop::option::weighted(0.1, delay());
    (what, moment(), prop::bool::weighted(0.8), delay(), versions, repeated).prop_map(
        |((agent, kind, value), moment, has_entity, delay, versions, repeated)| Draft {
            agent,
            kind,
            value,
            moment,
            has_entity,
            delay,
            versions,
            repeated,
        },
    )
}

fn moving() -> impl Strategy<Value = Move> {
    let told_after = select(vec![-DAY, -HOUR, 0, 0, MINUTE, 5 * HOUR, 26 * HOUR]);
    (0_usize..6, moment(), 0_usize..5, select(vec![31_u8, 31, 127, 21, 96]), told_after).prop_map(
        |(agent, moment, team, workdays, told_after)| Move { agent, moment, team, workdays, told_after },
    )
}

fn frame() -> impl Strategy<Value = Frame> {
    let cron = |text: &str| Periods::Cron(text.into());
    let periods = select(vec![
        Periods::Daily,
        Periods::Daily,
        Periods::Weekly,
        Periods::Once,
        cron("30 14 * * *"),
        cron("30 2 * * *"),
    ]);
    let zone = select(vec![Tz::Europe__Madrid, Tz::Europe__Vilnius, Tz::Asia__Shanghai]);
    let time = (
        0_usize..FIRST_DAYS.len(),
        zone,
        periods,
        prop::bool::weighted(0.2),
        select(vec![None, Some(3), Some(4)]),
    );
    let allotment = select(vec![None, Some(1_000_000), Some(1_000_000), Some(350), Some(120)]);
    let house = (select(vec![HOUR, 24 * HOUR, 24 * HOUR, 60 * HOUR]), any::<bool>());
    let cuts = (select(vec![1_usize, 1, 2, 7, 40, 1_000]), 0_usize..6);
    (0_usize..64, time, 0_usize..5, allotment, house, cuts).prop_map(
        |(settings, (first_day, zone, periods, starts_late, days), audience, allotment, house, cuts)| Frame {
            settings,
            first_day,
            zone,
            // Without an end, a single period would be a month.
            days: if periods == Periods::Once { Some(days.unwrap_or(4)) } else { days },
            periods,
            starts_late,
            audience,
            allotment,
            grace_ms: house.0,
            is_sleepless: house.1,
            chunk: cuts.0,
            restart_every: cuts.1,
        },
    )
}

/// A history of a rule.
pub(crate) fn history(plugin: &'static str) -> impl Strategy<Value = History> {
    (frame(), people(), vec(moving(), 0..4), vec(draft(), 1..50))
        .prop_map(move |(frame, people, moves, drafts)| told(plugin, &frame, people, &moves, &drafts))
}

/// Of each agent: team, weekdays, a zone of their own, and how many days after the first one they were hired, years
/// ago.
type Person = (usize, u8, Option<Tz>, Option<i64>);

fn people() -> impl Strategy<Value = Vec<Person>> {
    let zone = prop::option::weighted(0.15, select(vec![Tz::Asia__Shanghai, Tz::Europe__Vilnius]));
    let person = (0_usize..5, select(vec![31_u8, 31, 127, 21]), zone, prop::option::of(0_i64..5));
    vec(person, AGENTS.len())
}

struct Times {
    zone: Tz,
    first: NaiveDate,
}

impl Times {
    fn at(&self, moment: Moment) -> Millis {
        // Local midnights, the hours that are left out or come twice, quiet hours' ends, period bounds, nine o'clock.
        const ANCHORS: [i64; 12] = [0, 0, 60, 90, 120, 150, 180, 480, 540, 870, 1200, 1439];
        let minute = ANCHORS.get(moment.anchor).copied().unwrap_or(moment.minute);
        let day = self.first + chrono::Days::new(moment.day.unsigned_abs());
        let midnight = local(self.zone, day);
        midnight + minute * MINUTE + moment.jitter
    }
}

fn local(zone: Tz, day: NaiveDate) -> Millis {
    plaudit_core::calendar::day_start(zone, (day - NaiveDate::default()).num_days() as i32)
}

fn told(
    plugin: &'static str,
    frame: &Frame,
    people: Vec<Person>,
    moves: &[Move],
    drafts: &[Draft],
) -> History {
    let (year, month, day) = FIRST_DAYS[frame.first_day];
    let first = NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    let times = Times { zone: frame.zone, first };
    let midnight = local(frame.zone, first);
    let start = if frame.starts_late { midnight + 10 * HOUR } else { midnight };
    let choices = SETTINGS.iter().filter(|(of, _)| *of == plugin).collect::<Vec<_>>();
    let settings = choices[frame.settings % choices.len()].1.to_owned();
    let incentive = Incentive {
        id: "spring".into(),
        title: "Spring".into(),
        plugin: "native".into(),
        metrics: crate::play::plan(plugin, &settings)
            .metrics
            .iter()
            .map(|m| (Id::from(m.as_str()), 1))
            .collect(),
        settings,
        audience: audience(frame.audience),
        start,
        end: frame.days.map(|days| local(frame.zone, first + chrono::Days::new(days.unsigned_abs()))),
        zone: frame.zone,
        periods: frame.periods.clone(),
        allotment: frame
            .allotment
            .map(|units| Allotment { budget: "b".into(), currency: "points".into(), units })
            .into_iter()
            .collect(),
        prizes: std::collections::BTreeMap::new(),
        approval: Vec::new(),
    };
    let roster = roster(first, midnight, &people);
    let mut messages = messages(plugin, &times, drafts);
    messages.sort_by_key(|(at, _)| *at);
    let mut agents: Vec<Agent> = roster
        .iter()
        .filter_map(|c| if let RosterChange::Agent(agent) = c { Some(agent.clone()) } else { None })
        .collect();
    // The last one is not known at first.
    let mut changes: Vec<(Millis, usize, Option<Stint>)> =
        vec![(midnight + 30 * HOUR, AGENTS.len() - 1, None)];
    let mut choices: Vec<(Millis, RosterChange)> = Vec::new();
    for moving in moves {
        let from = times.at(moving.moment);
        // Who gets odd workdays chooses not to compete any more; who gets the weekend only competes again.
        let (at, known) = ((from + moving.told_after).max(start), moving.agent < AGENTS.len() - 1);
        if let (21 | 96, true) = (moving.workdays, known) {
            let (agent, competes) = (AGENTS[moving.agent].into(), moving.workdays == 96);
            choices.push((at, RosterChange::Competing { agent, from: at, competes }));
        }
        let team = TEAMS[moving.team].map(Id::from);
        let stint = Stint { from, team, share: 0.5, workdays: moving.workdays };
        changes.push((at, moving.agent, Some(stint)));
    }
    changes.sort_by_key(|(at, ..)| *at);
    let changes: Vec<(Millis, RosterChange)> = changes
        .into_iter()
        .map(|(at, agent, stint)| {
            let agent = &mut agents[agent];
            if let Some(stint) = stint {
                agent.stints.retain(|s| s.from != stint.from);
                agent.stints.push(stint);
                agent.stints.sort_by_key(|s| s.from);
            }
            (at, RosterChange::Agent(agent.clone()))
        })
        .chain(choices)
        .collect();
    let unknown =
        |c: &RosterChange| matches!(c, RosterChange::Agent(a) if &*a.id == AGENTS[AGENTS.len() - 1]);
    History {
        plugin,
        begins: start - HOUR,
        settle_ms: MINUTE,
        grace_ms: frame.grace_ms,
        is_sleepless: frame.is_sleepless,
        roster: roster.into_iter().filter(|c| !unknown(c)).collect(),
        acts: acts(frame, midnight, start - HOUR, messages, changes),
        incentive,
    }
}

fn audience(which: usize) -> Audience {
    let ids = |names: &[&str]| names.iter().map(|n| Id::from(*n)).collect();
    match which {
        0 => Audience { teams: ids(&["red", "blue"]), ..Audience::default() },
        1 => Audience { sites: ids(&["mad"]), agents: ids(&["eva"]), ..Audience::default() },
        2 => Audience { agents: ids(&["ana", "ben", "cho", "fox"]), ..Audience::default() },
        _ => Audience::default(),
    }
}

fn roster(first: NaiveDate, midnight: Millis, people: &[Person]) -> Vec<RosterChange> {
    let holiday = (first + chrono::Days::new(2) - NaiveDate::default()).num_days() as i32;
    let site = |id: &str, zone, holidays| RosterChange::Site(Site { id: id.into(), zone, holidays });
    let team = |id: &str, site: &str, queues: &[&str]| {
        let queues = queues.iter().map(|q| Id::from(*q)).collect();
        RosterChange::Team(Team { id: id.into(), site: site.into(), queues })
    };
    let mut roster = vec![
        site("mad", Tz::Europe__Madrid, vec![]),
        site("vno", Tz::Europe__Vilnius, vec![holiday]),
        site("sha", Tz::Asia__Shanghai, vec![]),
        team("red", "mad", &["calls"]),
        team("green", "mad", &[]),
        team("blue", "vno", &["calls", "chat"]),
        team("jade", "sha", &["chat"]),
    ];
    for (name, (team, workdays, zone, hired)) in AGENTS.iter().zip(people) {
        let hired = hired.map(|days| {
            let day = first + chrono::Days::new(days.unsigned_abs());
            // Years ago on that date; on 28 February also those of the 29th of a leap year.
            let leap = chrono::Datelike::month(&day) == 2 && chrono::Datelike::day(&day) == 28;
            let hired = if leap {
                NaiveDate::from_ymd_opt(2024, 2, 29)
            } else {
                day.checked_sub_months(chrono::Months::new(36))
            };
            (hired.expect("a date") - NaiveDate::default()).num_days() as i32
        });
        let team = TEAMS[*team].map(Id::from);
        let stint = Stint { from: midnight - 30 * DAY, team, share: 1.0, workdays: *workdays };
        roster.push(RosterChange::Agent(Agent {
            id: (*name).into(),
            hired_day: hired,
            zone: *zone,
            stints: vec![stint],
        }));
    }
    roster
}

fn messages(plugin: &str, times: &Times, drafts: &[Draft]) -> Vec<(Millis, Event)> {
    let mut messages = Vec::new();
    for (number, draft) in drafts.iter().enumerate() {
        let time = times.at(draft.moment);
        let has_entity = draft.has_entity || !draft.versions.is_empty();
        let kind = kind_of(plugin, draft.kind);
        let make = |id: String, revision, retracted, value: usize, agent: usize, time| Event {
            source: if number % 2 == 0 { "acd" } else { "crm" }.into(),
            id: id.into(),
            kind: kind.into(),
            subject: match kind {
                "queue.interval" => Subject::queue(["calls", "chat"][agent % 2]),
                _ => Subject::agent(AGENTS[agent]),
            },
            time,
            entity: has_entity.then(|| format!("x{}", number / 2).into()),
            revision,
            retracted,
            fields: fields(kind, value),
        };
        let first = make(format!("e{number}"), 1, false, draft.value, draft.agent, time);
        messages.push((time + draft.delay.ms(), first.clone()));
        if let Some(again) = draft.repeated {
            messages.push((time + again.ms(), first));
        }
        for (index, version) in draft.versions.iter().enumerate() {
            let at = version.moment.map_or(time, |moment| times.at(moment));
            let value = version.value.unwrap_or(draft.value);
            let agent = version.agent.unwrap_or(draft.agent);
            let id = format!("e{number}.{index}");
            let event = make(id, version.revision, version.retracted, value, agent, at);
            messages.push((at.max(time) + version.delay.ms(), event));
        }
    }
    messages
}

fn kind_of(plugin: &str, index: usize) -> &'static str {
    const ALL: [&str; 8] = [
        "contact.completed",
        "survey.answered",
        "contact.completed",
        "agent.state",
        "shift.ended",
        "complaint.filed",
        "sale.closed",
        "quality.evaluated",
    ];
    match plugin {
        "contest" if index == 15 => "queue.interval",
        "praise" if index >= 8 => ["survey.answered", "contact.completed", "quality.evaluated"][index % 3],
        "badges" if index >= 8 => ["survey.answered", "shift.ended", "contact.completed"][index % 3],
        _ => ALL[index % ALL.len()],
    }
}

fn fields(kind: &str, value: usize) -> Vec<(Id, Value)> {
    let number = |name: &str, values: [f64; 8]| (Id::from(name), Value::Number(values[value]));
    let yes = |name: &str, mask: u8| (Id::from(name), Value::Bool(mask >> value & 1 == 1));
    match kind {
        "contact.completed" => {
            vec![
                number("handle_s", [0.0, 60.0, 180.0, 240.0, 240.0, 300.0, 0.1, 600.0]),
                yes("hard", 0b1000_0100),
            ]
        }
        "survey.answered" => vec![number("csat", [5.0, 1.0, 5.0, 4.0, 3.0, 5.0, 3.5, 2.0])],
        "quality.evaluated" => vec![number("score", [90.0, 60.0, 95.0, 89.9, 100.0, 80.0, 90.0, 0.0])],
        "sale.closed" => vec![number("amount", [100.0, 0.1, 33.3, 250.0, -20.0, 0.0, 0.1, 50.0])],
        "agent.state" => {
            let state = if value == 3 { "break" } else { ["ready", "busy"][value % 2] };
            vec![
                number("seconds", [3600.0, 1800.0, 900.0, 3600.0, 0.0, 7200.0, 1800.0, 5400.0]),
                ("state".into(), Value::Text(state.into())),
            ]
        }
        "shift.ended" => vec![
            number("scheduled_s", [7200.0, 0.0, 7200.0, 3600.0, 0.0, 7200.0, 3600.0, 7200.0]),
            number("adherent_s", [7200.0, 0.0, 3600.0, 3600.0, 1800.0, 5400.0, 1800.0, 6480.0]),
            yes("absent", 0b0001_0010),
        ],
        "queue.interval" => vec![
            number("offered", [10.0, 0.0, 10.0, 8.0, 5.0, 20.0, 10.0, 1.0]),
            number("in_target", [8.0, 0.0, 10.0, 8.0, 1.0, 17.0, 9.0, 1.0]),
        ],
        _ => Vec::new(),
    }
}

/// Puts messages into posts and everything into the order in which it comes, and lets the time pass at the end.
fn acts(
    frame: &Frame,
    midnight: Millis,
    begins: Millis,
    messages: Vec<(Millis, Event)>,
    changes: Vec<(Millis, RosterChange)>,
) -> Vec<Act> {
    let mut timed: Vec<(Millis, Act)> = Vec::new();
    for (index, chunk) in messages.chunks(frame.chunk).enumerate() {
        let now = chunk.last().map_or(0, |(at, _)| *at).max(begins);
        timed.push((now, Act::Post(now, chunk.iter().map(|(_, e)| e.clone()).collect())));
        if frame.restart_every > 0 && index % frame.restart_every == frame.restart_every - 1 {
            timed.push((now, Act::Restart));
            if index % 2 == 0 {
                timed.push((now, Act::Save));
            }
        }
    }
    timed.extend(
        changes.into_iter().map(|(at, change)| (at.max(begins), Act::Roster(at.max(begins), change))),
    );
    timed.sort_by_key(|(at, _)| *at);
    let last = timed.last().map_or(begins, |(at, _)| *at);
    let mut acts: Vec<Act> = timed.into_iter().map(|(_, act)| act).collect();
    for days in [5, 6, 8, 12] {
        acts.push(Act::Wait(last.max(midnight + days * DAY)));
        if frame.restart_every > 2 {
            acts.push(Act::Restart);
        }
    }
    acts
}
