//! What a roster refuses, and what to do about it.

use thiserror::Error;

use super::{Agent, Roster, RosterChange, Site, Team};
use crate::{Id, Millis, limits::ID_BYTES_MAX};

/// Why a change of the roster is refused.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RosterError {
    /// An id is empty or too long.
    #[error("the {what} id {id:?} has {} bytes; give it 1 to {ID_BYTES_MAX}", id.len())]
    BadId {
        /// `site`, `team`, `queue` or `agent`.
        what: &'static str,
        /// As given.
        id: Id,
    },
    /// A team's site is not known.
    #[error("team {team:?} names site {site:?}, which is not in the roster; add the site first")]
    UnknownSite {
        /// The team.
        team: Id,
        /// As given.
        site: Id,
    },
    /// A stint's team is not known.
    #[error("agent {agent:?} is placed in team {team:?}, which is not in the roster; add the team first")]
    UnknownTeam {
        /// The agent.
        agent: Id,
        /// As given.
        team: Id,
    },
    /// Holidays do not rise.
    #[error(
        "holidays of site {site:?} must rise: day {day} comes after day {before}; sort them and drop repeated ones"
    )]
    HolidaysUnsorted {
        /// The site.
        site: Id,
        /// Days since 1970-01-01.
        before: i32,
        /// Days since 1970-01-01.
        day: i32,
    },
    /// Somebody chooses whether to compete whom the roster does not know.
    #[error("agent {agent:?} is not in the roster; add them first")]
    UnknownAgent {
        /// As given.
        agent: Id,
    },
    /// Stints do not rise.
    #[error(
        "stints of agent {agent:?} must rise: {from} comes after {before} (ms); sort them and keep one per instant"
    )]
    StintsUnsorted {
        /// The agent.
        agent: Id,
        /// Start of the earlier one in the list.
        before: Millis,
        /// Start of the next one.
        from: Millis,
    },
    /// A share of full time is out of range.
    #[error("agent {agent:?} has a share of full time of {share}; it must be above 0 and at most 1")]
    ShareOutOfRange {
        /// The agent.
        agent: Id,
        /// As given.
        share: f32,
    },
    /// Workdays are no set of weekdays.
    #[error(
        "agent {agent:?} has workdays {workdays:#010b}; only the bits 0 (Monday) to 6 (Sunday) mean something"
    )]
    BadWorkdays {
        /// The agent.
        agent: Id,
        /// As given.
        workdays: u8,
    },
}

impl Roster {
    /// Whether a change can be applied as things stand.
    ///
    /// # Errors
    /// Says which id, site, team or range is wrong.
    pub fn validate(&self, change: &RosterChange) -> Result<(), RosterError> {
        match change {
            RosterChange::Site(site) => validate_site(site),
            RosterChange::Team(team) => self.validate_team(team),
            RosterChange::Agent(agent) => self.validate_agent(agent),
            RosterChange::Competing { agent, .. } => match self.agent(agent) {
                Some(_) => Ok(()),
                None => Err(RosterError::UnknownAgent { agent: agent.clone() }),
            },
        }
    }

    fn validate_team(&self, team: &Team) -> Result<(), RosterError> {
        check_id("team", &team.id)?;
        team.queues.iter().try_for_each(|queue| check_id("queue", queue))?;
        match self.site(&team.site) {
            Some(_) => Ok(()),
            None => Err(RosterError::UnknownSite { team: team.id.clone(), site: team.site.clone() }),
        }
    }

    fn validate_agent(&self, agent: &Agent) -> Result<(), RosterError> {
        check_id("agent", &agent.id)?;
        let id = || agent.id.clone();
        if let Some([before, next]) = agent.stints.array_windows().find(|[a, b]| a.from >= b.from) {
            return Err(RosterError::StintsUnsorted { agent: id(), before: before.from, from: next.from });
        }
        for stint in &agent.stints {
            if let Some(team) = stint.team.as_ref().filter(|team| self.team(team).is_none()) {
                return Err(RosterError::UnknownTeam { agent: id(), team: team.clone() });
            }
            if !(stint.share > 0.0 && stint.share <= 1.0) {
                return Err(RosterError::ShareOutOfRange { agent: id(), share: stint.share });
            }
            if stint.workdays > 0b111_1111 {
                return Err(RosterError::BadWorkdays { agent: id(), workdays: stint.workdays });
            }
        }
        Ok(())
    }
}

fn validate_site(site: &Site) -> Result<(), RosterError> {
    check_id("site", &site.id)?;
    match site.holidays.array_windows().find(|[a, b]| a >= b) {
        Some(&[before, day]) => Err(RosterError::HolidaysUnsorted { site: site.id.clone(), before, day }),
        None => Ok(()),
    }
}

fn check_id(what: &'static str, id: &Id) -> Result<(), RosterError> {
    if id.is_empty() || id.len() > ID_BYTES_MAX {
        return Err(RosterError::BadId { what, id: id.clone() });
    }
    Ok(())
}
