//! What a rule knows and may do when a period closes.

use serde::{Serialize, de::DeserializeOwned};

use crate::context;
use crate::effects::{Award, Draw, Effects, Praise, Target};
use crate::time::{LocalDay, Millis, Zone};
use crate::wit;

/// The period that closes, its audience and its ranked boards.
pub struct Close<'a, S> {
    /// The incentive's settings.
    pub settings: &'a S,
    pub(crate) period: &'a wit::Period,
    pub(crate) entrants: &'a [wit::Entrant],
    pub(crate) standings: &'a [wit::BoardStandings],
    pub(crate) shared: &'a [u8],
}

impl<'a, S> Close<'a, S> {
    /// The period's name, such as `2026-03-02` or `2026-W10`.
    pub fn period(&self) -> &'a str {
        &self.period.id
    }

    /// The period's first instant.
    pub fn start(&self) -> Millis {
        self.period.start
    }

    /// The first instant after the period.
    pub fn end(&self) -> Millis {
        self.period.end
    }

    /// The incentive's own zone, in which its periods are cut: for days of the period.
    pub fn zone(&self) -> Zone<'a> {
        Zone::new(&self.period.zone)
    }

    /// The whole audience, by id, those without an event too.
    pub fn entrants(&self) -> impl ExactSizeIterator<Item = Entrant<'a>> + use<'a, S> {
        self.entrants.iter().map(Entrant)
    }

    /// The rows of a planned board: qualified ones first, best first. Empty if there is no such board.
    pub fn rows(&self, board: usize) -> impl Iterator<Item = Row<'a>> + use<'a, S> {
        let entrants = self.entrants;
        let rows = self.standings.get(board).map_or(&[][..], |b| &b.rows);
        rows.iter().filter_map(move |row| Some(Row { row, entrant: entrants.get(row.entrant as usize)? }))
    }

    /// The rows that have a rank, best first.
    pub fn ranked(&self, board: usize) -> impl Iterator<Item = Row<'a>> + use<'a, S> {
        self.rows(board).filter(|row| row.rank() > 0)
    }

    /// What the last final `conclude` left; the default before, or if it does not decode.
    pub fn shared<T: DeserializeOwned + Default>(&self) -> T {
        context::shared(self.shared)
    }
}

/// One of the audience when a period closes.
#[derive(Clone, Copy, Debug)]
pub struct Entrant<'a>(&'a wit::Entrant);

impl<'a> Entrant<'a> {
    /// The agent's or team's id.
    pub fn id(&self) -> &'a str {
        &self.0.id
    }

    /// The agent's team, if in one.
    pub fn team(&self) -> Option<&'a str> {
        Some(self.0.team.as_str()).filter(|t| !t.is_empty())
    }

    /// Share of full time at the period's end, in (0, 1]; of a team the sum of its members' shares.
    pub fn share(&self) -> f64 {
        self.0.share.into()
    }

    /// Agents in it at the period's end: 1 for an agent.
    pub fn members(&self) -> u32 {
        self.0.members
    }

    /// Day of hire, if known.
    pub fn hired(&self) -> Option<LocalDay> {
        self.0.hired_day.map(LocalDay)
    }

    /// Tickets of a planned draw.
    pub fn tickets(&self, draw: usize) -> u64 {
        self.0.tickets.get(draw).copied().unwrap_or(0)
    }
}

/// A row of a board.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    row: &'a wit::Standing,
    entrant: &'a wit::Entrant,
}

impl<'a> Row<'a> {
    /// Whose it is.
    pub fn entrant(&self) -> Entrant<'a> {
        Entrant(self.entrant)
    }

    /// The agent's or team's id.
    pub fn id(&self) -> &'a str {
        &self.entrant.id
    }

    /// 1 is best; equal after all tie-breaks means equal rank. 0 is not ranked.
    pub fn rank(&self) -> u32 {
        self.row.rank
    }

    /// Whether all guards hold.
    pub fn qualified(&self) -> bool {
        self.row.qualified
    }

    /// The ranked value; NaN where it can't be said.
    pub fn value(&self) -> f64 {
        self.row.value
    }

    /// A column, if anything was scored in it.
    pub fn column(&self, i: usize) -> Option<f64> {
        self.row.columns.get(i).copied().filter(|v| !v.is_nan())
    }
}

/// What a closing period gives.
#[derive(Debug, Default)]
pub struct Conclude {
    pub(crate) effects: Effects,
    pub(crate) shared: Option<Vec<u8>>,
    pub(crate) failed: Option<String>,
}

impl Conclude {
    /// Gives somebody an award. Nobody is the key of a close: name them.
    pub fn award_to(&mut self, to: Target, award: Award) {
        self.effects.awards.push((wit::Origin::Close, to, award.0));
    }

    /// Gives an agent an award.
    pub fn award_agent(&mut self, id: impl Into<String>, award: Award) {
        self.award_to(Target::Agent(id.into()), award);
    }

    /// Praises somebody.
    pub fn praise_to(&mut self, to: Target, praise: Praise) {
        self.effects.praise.push((wit::Origin::Close, to, praise.0));
    }

    /// Says how a planned draw is drawn.
    pub fn draw(&mut self, draw: Draw) {
        self.effects.draws.push(draw.0);
    }

    /// Leaves something (at most 256 KiB encoded) for the next periods: `cx.shared()` and `close.shared()` read it
    /// once this period is final. Without this call what stands stays.
    pub fn set_shared<T: Serialize>(&mut self, value: &T) {
        match postcard::to_allocvec(value) {
            Ok(bytes) => self.shared = Some(bytes),
            Err(error) => {
                self.failed =
                    Some(format!("the shared state can't be encoded ({error}): use plain serde types"))
            }
        }
    }

    /// Writes a line for the operator. Don't log personal data.
    pub fn log(&mut self, line: impl Into<String>) {
        self.effects.log(wit::Level::Info, line.into());
    }
}
