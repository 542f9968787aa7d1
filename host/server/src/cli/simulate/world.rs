//! The contact centre: sites, teams, queues and the people in them, all from one seed.

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use super::{
    names::{Country, full_name},
    random::Chance,
};

/// How large a world is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// People who answer contacts, 3 to 5,000.
    pub agents: u32,
}

/// A simulated contact centre. Equal seeds and sizes make equal worlds.
#[derive(Clone, Debug)]
pub struct World {
    pub(crate) seed: u64,
    /// Madrid, Vilnius and Shanghai.
    pub sites: Vec<Site>,
    /// About one for every fifteen agents, spread over the sites.
    pub teams: Vec<Team>,
    /// Everyone, in the order of their ids.
    pub agents: Vec<Agent>,
}

/// A place of work.
#[derive(Clone, Debug)]
pub struct Site {
    /// Such as `madrid`.
    pub id: &'static str,
    /// As people write it.
    pub title: &'static str,
    /// Its zone.
    pub zone: Tz,
    pub(crate) currency: &'static str,
    pub(crate) closed: &'static [(u32, u32)],
    pub(crate) country: Country,
    pub(crate) locale: &'static str,
}

/// What a team mostly does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Questions, invoices, changes.
    Service,
    /// Orders and renewals.
    Sales,
    /// Faults; longer contacts.
    Support,
}

/// People who answer the same two queues.
#[derive(Clone, Debug)]
pub struct Team {
    /// Such as `madrid-retiro`.
    pub id: String,
    /// As people say it.
    pub title: String,
    /// Index into the sites.
    pub site: usize,
    /// What it mostly does.
    pub purpose: Purpose,
    /// Its voice queue and its chat or mail queue.
    pub queues: [Queue; 2],
}

/// A line of waiting contacts.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Such as `madrid-retiro-voice`.
    pub id: String,
    /// `voice`, `chat` or `mail`.
    pub channel: &'static str,
}

/// Somebody who answers contacts.
#[derive(Clone, Debug)]
pub struct Agent {
    /// Such as `E1042`: what the phone system calls them.
    pub id: String,
    /// Full name, in the order in which it is said.
    pub name: String,
    /// At `example.com`, which nobody owns.
    pub mail: String,
    /// Member id in the chat workspace.
    pub chat: String,
    /// `es`, `lt`, `zh-Hans`, `zh-Hant` or `en`.
    pub locale: &'static str,
    /// Own zone of somebody who works elsewhere.
    pub zone: Option<Tz>,
    /// Index into the teams.
    pub team: usize,
    /// First day here.
    pub hired: NaiveDate,
    /// Share of full time, (0, 1].
    pub share: f64,
    /// Bit 0 is Monday.
    pub workdays: u8,
    pub(crate) start: Start,
    pub(crate) traits: Traits,
}

/// When somebody's shifts begin, by the site's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Early,
    Middle,
    Late,
}

/// What nobody sees, but everybody's numbers show. Around 0 with deviation 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    pub(crate) skill: f64,
    pub(crate) warmth: f64,
    pub(crate) punctuality: f64,
}

const SITES: [Site; 3] = [
    Site {
        id: "madrid",
        title: "Madrid",
        zone: Tz::Europe__Madrid,
        currency: "EUR",
        closed: &[(1, 1), (1, 6), (5, 1), (5, 2), (5, 15), (8, 15), (10, 12), (11, 9), (12, 8), (12, 25)],
        country: Country::Spain,
        locale: "es",
    },
    Site {
        id: "vilnius",
        title: "Vilnius",
        zone: Tz::Europe__Vilnius,
        currency: "EUR",
        closed: &[
            (1, 1),
            (2, 16),
            (3, 11),
            (5, 1),
            (6, 24),
            (7, 6),
            (8, 15),
            (11, 1),
            (11, 2),
            (12, 24),
            (12, 25),
            (12, 26),
        ],
        country: Country::Lithuania,
        locale: "lt",
    },
    Site {
        id: "shanghai",
        title: "上海",
        zone: Tz::Asia__Shanghai,
        currency: "CNY",
        closed: &[
            (1, 1),
            (5, 1),
            (5, 2),
            (5, 3),
            (5, 4),
            (5, 5),
            (10, 1),
            (10, 2),
            (10, 3),
            (10, 4),
            (10, 5),
            (10, 6),
        ],
        country: Country::China,
        locale: "zh-Hans",
    },
];

/// Year, month, day.
type Feast = (i32, u32, u32);

/// Feasts that follow the moon, for the years that the simulator knows.
const MOVABLE: &[(&str, &[Feast])] = &[
    ("madrid", &[(2025, 4, 17), (2025, 4, 18), (2026, 4, 2), (2026, 4, 3), (2027, 3, 25), (2027, 3, 26)]),
    ("vilnius", &[(2025, 4, 21), (2026, 4, 6), (2027, 3, 29)]),
    (
        "shanghai",
        &[
            (2026, 2, 15),
            (2026, 2, 16),
            (2026, 2, 17),
            (2026, 2, 18),
            (2026, 2, 19),
            (2026, 2, 20),
            (2026, 2, 21),
            (2026, 2, 22),
            (2026, 2, 23),
            (2026, 4, 4),
            (2026, 4, 5),
            (2026, 4, 6),
            (2026, 6, 19),
            (2026, 6, 20),
            (2026, 6, 21),
            (2026, 9, 25),
            (2026, 9, 26),
            (2026, 9, 27),
        ],
    ),
];

const QUARTERS: [&[(&str, &str)]; 3] = [
    &[("retiro", "Retiro"), ("chamberi", "Chamberí"), ("malasana", "Malasaña"), ("lavapies", "Lavapiés")],
    &[("uzupis", "Užupis"), ("zverynas", "Žvėrynas"), ("antakalnis", "Antakalnis"), ("pilaite", "Pilaitė")],
    &[("waitan", "外滩"), ("jingan", "静安"), ("xuhui", "徐汇"), ("hongkou", "虹口")],
];

impl Site {
    /// Days of a year on which nobody works here, rising. Movable feasts are known for 2025 to 2027.
    pub fn holidays(&self, year: i32) -> Vec<NaiveDate> {
        let movable = MOVABLE.iter().filter(|(id, _)| *id == self.id).flat_map(|(_, days)| days.iter());
        let movable = movable.filter(|(y, _, _)| *y == year).map(|(y, m, d)| (*y, *m, *d));
        let mut days: Vec<NaiveDate> = (self.closed.iter().map(|(m, d)| (year, *m, *d)))
            .chain(movable)
            .filter_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d))
            .collect();
        days.sort();
        days.dedup();
        days
    }
}

impl Agent {
    /// Whether this is a working day by the agreed pattern; holidays are the site's.
    pub fn works_on(&self, day: NaiveDate) -> bool {
        self.hired <= day && self.workdays >> day.weekday().num_days_from_monday() & 1 == 1
    }
}

impl World {
    /// The world of a seed. `today` is what hire dates are counted back from.
    pub fn new(seed: u64, size: Size, today: NaiveDate) -> Self {
        let sites = SITES.to_vec();
        let count = size.agents.clamp(3, 5000) as usize;
        let teams: Vec<Team> = (0..(count / 15).max(3)).map(|at| team(at, &sites)).collect();
        let agents = (0..count).map(|at| agent(seed, at, at % teams.len(), &teams, &sites, today)).collect();
        Self { seed, sites, teams, agents }
    }

    /// The site of a team.
    pub fn site_of(&self, team: usize) -> &Site {
        &self.sites[self.teams[team].site]
    }

    /// The zone by which somebody's days are counted.
    pub fn zone_of(&self, agent: &Agent) -> Tz {
        agent.zone.unwrap_or(self.site_of(agent.team).zone)
    }
}

fn team(at: usize, sites: &[Site]) -> Team {
    let site = at % sites.len();
    let (nth, round) = (at / sites.len() % 4, at / sites.len() / 4);
    let (id, title) = QUARTERS[site][nth];
    let (suffix, title) = if round == 0 {
        (String::new(), title.to_owned())
    } else {
        (format!("-{}", round + 1), format!("{title} {}", round + 1))
    };
    let id = format!("{}-{id}{suffix}", sites[site].id);
    let purpose = [Purpose::Service, Purpose::Sales, Purpose::Support][(at / sites.len() + site) % 3];
    let written = if purpose == Purpose::Support { "mail" } else { "chat" };
    let queues = ["voice", written].map(|channel| Queue { id: format!("{id}-{channel}"), channel });
    Team { id, title, site, purpose, queues }
}

fn agent(seed: u64, at: usize, team: usize, teams: &[Team], sites: &[Site], today: NaiveDate) -> Agent {
    let id = format!("E{}", 1001 + at);
    let chance = &mut Chance::named(seed, &["agent", &id]);
    let site = &sites[teams[team].site];
    let (country, locale, zone) = origin(site, chance);
    // Planners see to it that each team covers the whole day.
    let start = [Start::Early, Start::Middle, Start::Late, Start::Early][at / teams.len() % 4];
    // From Buenos Aires, only the late shift is by daylight.
    let start = if zone == Some(Tz::America__Argentina__Buenos_Aires) { Start::Late } else { start };
    let (share, workdays) = terms(chance);
    // One in ten came within the last two months; the others over up to nine years.
    let days_here = if chance.is(0.1) { chance.whole(1, 60) } else { chance.whole(61, 3300) };
    let hired = today.checked_sub_days(Days::new(days_here as u64)).unwrap_or(today);
    // New people are not yet as quick.
    let skill = chance.normal() - if days_here <= 60 { 0.8 } else { 0.0 };
    Agent {
        name: full_name(country, chance),
        mail: format!("{}@example.com", id.to_lowercase()),
        // One in nine reads mail instead of chat.
        chat: if at % 9 == 4 { String::new() } else { format!("U{:07}", 4_100_000 + at * 7) },
        locale,
        zone,
        team,
        hired,
        share,
        workdays,
        start,
        traits: Traits { skill, warmth: chance.normal(), punctuality: chance.normal() },
        id,
    }
}

/// Where somebody comes from: mostly the site's country; some live elsewhere and work from there.
fn origin(site: &Site, chance: &mut Chance) -> (Country, &'static str, Option<Tz>) {
    let home = (site.country, site.locale, None);
    match (chance.whole(0, 19), site.country) {
        (0, _) => (Country::Abroad, "en", None),
        (1, Country::Spain) => (Country::Spain, "es", Some(Tz::Atlantic__Canary)),
        (2, Country::Spain) => (Country::Spain, "es", Some(Tz::America__Argentina__Buenos_Aires)),
        (1, Country::Lithuania) => (Country::Lithuania, "lt", Some(Tz::Europe__London)),
        (2, Country::Lithuania) => (Country::Abroad, "en", Some(Tz::Europe__Warsaw)),
        (1 | 2, Country::China) => (Country::Taiwan, "zh-Hant", Some(Tz::Asia__Taipei)),
        (3, Country::China) => (Country::China, "zh-Hant", Some(Tz::Asia__Hong_Kong)),
        _ => home,
    }
}

/// Share of full time and working days: four in five work full time, some of them at weekends.
fn terms(chance: &mut Chance) -> (f64, u8) {
    const MONDAY_TO_FRIDAY: u8 = 0b001_1111;
    match chance.whole(0, 19) {
        0 | 1 => (0.5, MONDAY_TO_FRIDAY),
        2 => (0.6, 0b000_0111),
        3 => (0.8, 0b000_1111),
        4 | 5 => (1.0, 0b011_1110),
        6 | 7 => (1.0, 0b111_0011),
        8 => (1.0, 0b110_0111),
        _ => (1.0, MONDAY_TO_FRIDAY),
    }
}
