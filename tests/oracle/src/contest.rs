//! The contest: see `plugins/contest/README.md`, "How it decides".
//!
//! For each period and each agent (or team) of the audience, add up every metric that is ranked, divided by, or asked
//! for by a condition or a tie-break. The value is the sum of weight × metric, divided by the total of `per_hour_of`.
//! Sort those who have a value and keep all conditions; give the prizes.

use std::cmp::Ordering;

use plaudit_core::{event::Event, rule::Reward as Given};
use serde::Deserialize;

use crate::{
    clock::Period,
    measure::{Sum, measure},
    wanted::{Award, Board, Id, Row, Said, Wanted},
    world::World,
};

/// Entrants with their rows.
type Rows = Vec<(String, Row)>;

/// As the manager writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    #[serde(default = "agents")]
    who: String,
    metrics: Vec<Measure>,
    per_hour_of: Option<String>,
    #[serde(default)]
    lowest_first: bool,
    minimum: Option<Minimum>,
    #[serde(default)]
    guards: Vec<Guard>,
    #[serde(default)]
    tie_breaks: Vec<TieBreak>,
    #[serde(default)]
    ties: Option<String>,
    #[serde(default)]
    prizes: Vec<Prize>,
    bar: Option<Bar>,
    measure: Option<String>,
    #[serde(default)]
    show: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Measure {
    metric: String,
    by: Option<String>,
    weight: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
struct Minimum {
    metric: String,
    at_least: f64,
}

#[derive(Clone, Debug, Deserialize)]
struct Guard {
    metric: String,
    by: Option<String>,
    at_least: Option<f64>,
    at_most: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
struct TieBreak {
    metric: String,
    by: Option<String>,
    #[serde(default)]
    lowest_first: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct Prize {
    rank: u32,
    reward: Reward,
}

#[derive(Clone, Debug, Deserialize)]
struct Bar {
    value: f64,
    reward: Reward,
}

/// Points, a badge, a thing, or several of them.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Reward {
    pub(crate) points: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) badge: Option<String>,
    pub(crate) prize: Option<String>,
}

impl Reward {
    pub(crate) fn currency(&self) -> String {
        self.currency.clone().unwrap_or_else(|| "points".into())
    }
}

fn agents() -> String {
    "agents".into()
}

/// A metric, and whether its total or its average is meant.
type Column = (String, bool);

fn column(metric: &str, by: Option<&str>, average: bool) -> Column {
    (metric.into(), by.map_or(average, |by| by == "average"))
}

impl Settings {
    fn of_teams(&self) -> bool {
        self.who == "teams"
    }

    /// Columns in the order of the settings, each once.
    fn columns(&self) -> Vec<Column> {
        let ranked = self.metrics.iter().map(|m| column(&m.metric, m.by.as_deref(), false));
        let per = self.per_hour_of.iter().map(|m| (m.clone(), false));
        let minimum = self.minimum.iter().map(|m| (m.metric.clone(), false));
        let guards = self.guards.iter().map(|g| column(&g.metric, g.by.as_deref(), true));
        let ties = self.tie_breaks.iter().map(|t| column(&t.metric, t.by.as_deref(), false));
        let mut columns: Vec<Column> = Vec::new();
        for column in ranked.chain(per).chain(minimum).chain(guards).chain(ties) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }

    /// The metrics that are asked for.
    pub(crate) fn asks_for(&self) -> Vec<String> {
        self.columns().into_iter().map(|(metric, _)| metric).collect()
    }

    /// Whether a total that nothing was counted in is 0 rather than absent: it has an upper bound, or breaks ties.
    fn is_zero_if_absent(&self, column: &Column) -> bool {
        let (metric, average) = column;
        let bounded =
            |g: &Guard| g.metric == *metric && g.by.as_deref() == Some("total") && g.at_most.is_some();
        let breaks = |t: &TieBreak| t.metric == *metric && t.by.as_deref() != Some("average");
        !average && (self.guards.iter().any(bounded) || self.tie_breaks.iter().any(breaks))
    }

    /// What somebody's facts come to: a value per column.
    fn add_up(&self, facts: &[&Event]) -> Vec<Option<f64>> {
        let add_up = |column: &Column| {
            let (metric, average) = column;
            let measures: Vec<_> = facts.iter().filter_map(|e| measure(metric, e)).collect();
            let (mut sum, mut weight) = (Sum::default(), Sum::default());
            measures.iter().for_each(|(value, per)| {
                sum.add(*value);
                weight.add(*per);
            });
            match average {
                true => (weight.get() != 0.0).then(|| sum.get() / weight.get()),
                false if measures.is_empty() => {
                    (self.is_zero_if_absent(column) && !facts.is_empty()).then_some(0.0)
                }
                false => Some(sum.get()),
            }
        };
        self.columns().iter().map(add_up).collect()
    }

    fn find(&self, columns: &[Option<f64>], wanted: &Column) -> Option<f64> {
        self.columns().iter().position(|c| c == wanted).and_then(|i| columns[i])
    }

    fn value(&self, columns: &[Option<f64>]) -> Option<f64> {
        if columns.iter().all(Option::is_none) {
            return None; // Who did nothing is no contestant.
        }
        let mut total = 0.0;
        for m in &self.metrics {
            let wanted = column(&m.metric, m.by.as_deref(), false);
            let is_total = !wanted.1;
            let value = self.find(columns, &wanted).or(is_total.then_some(0.0))?;
            total += m.weight.unwrap_or(1.0) * value;
        }
        let Some(per) = &self.per_hour_of else { return Some(total) };
        let per = self.find(columns, &(per.clone(), false)).unwrap_or(0.0);
        (per != 0.0).then(|| total / per)
    }

    fn keeps_all(&self, columns: &[Option<f64>]) -> bool {
        let within = |value: Option<f64>, least: Option<f64>, most: Option<f64>| {
            value.is_some_and(|v| least.is_none_or(|l| v >= l) && most.is_none_or(|m| v <= m))
        };
        let minimum =
            |m: &Minimum| within(self.find(columns, &(m.metric.clone(), false)), Some(m.at_least), None);
        let guard = |g: &Guard| {
            let value = self.find(columns, &column(&g.metric, g.by.as_deref(), true));
            within(value, g.at_least, g.at_most)
        };
        self.minimum.iter().all(minimum) && self.guards.iter().all(guard)
    }

    fn ties(&self, columns: &[Option<f64>]) -> Vec<(Option<f64>, bool)> {
        let tie =
            |t: &TieBreak| (self.find(columns, &column(&t.metric, t.by.as_deref(), false)), t.lowest_first);
        self.tie_breaks.iter().map(tie).collect()
    }

    /// Best first.
    fn compare(&self, a: &Row, b: &Row) -> Ordering {
        let better = |a: Option<f64>, b: Option<f64>, lowest: bool| match (a, b) {
            (Some(a), Some(b)) if lowest => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Some(a), Some(b)) => b.partial_cmp(&a).unwrap_or(Ordering::Equal),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let by_value = better(a.value, b.value, self.lowest_first);
        let ties = self.ties(&a.columns).into_iter().zip(self.ties(&b.columns));
        ties.map(|((a, lowest), (b, _))| better(a, b, lowest)).fold(by_value, Ordering::then)
    }

    /// A period's board, and the rows of those who chose not to compete: they are on none.
    fn board(&self, world: &World, period: &Period) -> (Rows, Rows) {
        let entrants = match self.of_teams() {
            true => world.teams(period.start),
            false => world.agents(period.start, period.end),
        };
        let row = |id: String| {
            let facts = if self.of_teams() { world.facts_of_team(&id) } else { world.facts_of_agent(&id) };
            let facts: Vec<&Event> =
                facts.into_iter().filter(|e| (period.start..period.end).contains(&e.time)).collect();
            let columns = self.add_up(&facts);
            let value = self.value(&columns);
            let qualified = value.is_some() && self.keeps_all(&columns);
            (id, Row { rank: 0, qualified, value, columns })
        };
        let competes = |id: &String| self.of_teams() || world.competes(id, period.end);
        let (on, aside): (Vec<String>, Vec<String>) = entrants.into_iter().partition(competes);
        let mut rows: Vec<(String, Row)> = on.into_iter().map(row).collect();
        let ranked: Vec<Row> = rows.iter().map(|(_, r)| r.clone()).filter(|r| r.qualified).collect();
        for (_, row) in rows.iter_mut().filter(|(_, r)| r.qualified) {
            // One more than those who are better: equal ones share a rank, and the next rank counts them all.
            row.rank = 1 + ranked.iter().filter(|r| self.compare(r, row).is_lt()).count() as u32;
        }
        rows.sort_by_key(|(id, row)| (row.rank == 0, row.rank, id.clone()));
        (rows, aside.into_iter().map(row).collect())
    }

    /// Closes a period.
    pub(crate) fn close(&self, world: &World, period: &Period, wanted: &mut Wanted) {
        let (rows, aside) = self.board(world, period);
        self.give(world, period, &rows, wanted);
        for (id, row) in aside.iter().filter(|(_, row)| row.qualified && self.wins(row)) {
            self.give_bar(world, period, (id, row), wanted);
        }
        let kind = if self.of_teams() { "team" } else { "agent" };
        let board: Board = rows.into_iter().map(|(id, row)| (format!("{kind}/{id}"), row)).collect();
        wanted.boards.insert(period.id.clone(), board);
    }

    fn give(&self, world: &World, period: &Period, rows: &[(String, Row)], wanted: &mut Wanted) {
        let ranked: Vec<&(String, Row)> = rows.iter().filter(|(_, r)| r.rank > 0).collect();
        for (id, row) in &ranked {
            let equals: Vec<_> = ranked.iter().filter(|(_, r)| r.rank == row.rank).collect();
            let tied = equals.iter().filter(|(_, r)| self.wins(r)).count();
            if !self.wins(row) {
                continue;
            }
            if let Some(reward) = self.prize(row.rank, tied) {
                let ties = if self.ties.as_deref() == Some("split") { "split" } else { "share" };
                let mut because = self
                    .because("place", id, row)
                    .with("rank", row.rank)
                    .with("ranked", ranked.len())
                    .with("equals", tied - 1)
                    .with("ties", ties);
                because = match self.decider(&ranked, row) {
                    Some((metric, value)) => because.with("decider", metric).with("deciding", value),
                    None => because.with("decider", "none"),
                };
                self.award(world, period, id, &format!("place-{}", row.rank), &reward, &because, wanted);
            }
            self.give_bar(world, period, (id, row), wanted);
        }
    }

    /// The reward of everyone who is past the bar.
    fn give_bar(&self, world: &World, period: &Period, (id, row): (&str, &Row), wanted: &mut Wanted) {
        if let Some((bar, value)) = self.bar.as_ref().zip(row.value)
            && (if self.lowest_first { value <= bar.value } else { value >= bar.value })
        {
            let because = self.because("past-the-bar", id, row).with("bar", bar.value);
            self.award(world, period, id, "past-the-bar", &bar.reward, &because, wanted);
        }
    }

    /// Nothing wins nothing, where the highest value is best.
    fn wins(&self, row: &Row) -> bool {
        let counted = |m: &Measure| {
            self.find(&row.columns, &column(&m.metric, m.by.as_deref(), false)).is_some_and(|v| v != 0.0)
        };
        self.lowest_first || self.metrics.iter().any(counted)
    }

    /// What each of the equals at a rank wins.
    fn prize(&self, rank: u32, equals: usize) -> Option<Reward> {
        let of = |rank: u32| self.prizes.iter().find(|p| p.rank == rank).map(|p| p.reward.clone());
        let last = self.prizes.iter().map(|p| p.rank).max()?;
        if self.ties.as_deref() != Some("split") || equals < 2 || rank > last {
            return of(rank);
        }
        let places: Vec<Reward> = (rank..rank + equals as u32).filter_map(of).collect();
        let with_points: Vec<&Reward> = places.iter().filter(|r| r.points.is_some()).collect();
        let total: i64 = with_points.iter().filter_map(|r| r.points).sum();
        let points = Some(total / equals as i64).filter(|points| *points > 0);
        let badge = of(rank).and_then(|r| r.badge);
        let currency = with_points.first().map(|r| r.currency());
        (points.is_some() || badge.is_some()).then_some(Reward { points, currency, badge, prize: None })
    }

    /// The tie-break that told a rank from the next one of the same value, or else from the one before.
    fn decider(&self, ranked: &[&(String, Row)], row: &Row) -> Option<(String, f64)> {
        let behind = ranked.iter().find(|(_, r)| r.rank > row.rank);
        let before = ranked.iter().rev().find(|(_, r)| r.rank < row.rank);
        let rival = [behind, before].into_iter().flatten().find(|(_, r)| r.value == row.value)?;
        let (mine, theirs) = (self.ties(&row.columns), self.ties(&rival.1.columns));
        let decides = mine.iter().zip(&theirs).position(|(a, b)| a.0 != b.0)?;
        Some((self.tie_breaks[decides].metric.clone(), mine[decides].0?))
    }

    fn because(&self, message: &str, id: &str, row: &Row) -> Said {
        let shown = if self.show.as_deref() == Some("percent") { "percent" } else { "number" };
        let said = match self.of_teams() {
            true => Said::new(format!("{message}-team")).with("team", id),
            false => Said::new(message),
        };
        said.with("value", row.value.unwrap_or(f64::NAN))
            .with("shown", shown)
            .with("measure", self.measure.as_deref().unwrap_or("none"))
    }

    /// The first thing of a reward bears the plain name. In a contest of teams each member gets the points, the team
    /// the rest.
    #[expect(clippy::too_many_arguments, reason = "each is a word of one sentence")]
    fn award(
        &self,
        world: &World,
        period: &Period,
        id: &str,
        name: &str,
        reward: &Reward,
        because: &Said,
        wanted: &mut Wanted,
    ) {
        let time = period.end - 1;
        let itself = if self.of_teams() { format!("team/{id}") } else { format!("agent/{id}") };
        let mut given: Vec<(String, String, Given)> = Vec::new();
        if let Some(units) = reward.points {
            let members = match self.of_teams() {
                true => world.people(time).members(id, time),
                false => vec![id.to_owned()],
            };
            for member in members {
                let points = Given::Points { currency: reward.currency(), units };
                given.push((name.to_owned(), format!("agent/{member}"), points));
            }
        }
        let named = |suffix: &str, is_first: bool| {
            if is_first { name.to_owned() } else { format!("{name}-{suffix}") }
        };
        if let Some(badge) = &reward.badge {
            let name = named("badge", reward.points.is_none());
            given.push((name, itself.clone(), Given::Badge { name: badge.clone(), level: 1 }));
        }
        if let Some(prize) = &reward.prize {
            let name = named("prize", reward.points.is_none() && reward.badge.is_none());
            given.push((name, itself, Given::Prize(prize.clone())));
        }
        for (name, subject, reward) in given {
            let id = Id { period: Some(period.id.clone()), name, subject, key: "once".into() };
            wanted.award(id, Award { time, reward, because: because.clone(), team: None });
        }
    }
}
