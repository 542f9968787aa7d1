//! Who may do what: roles, rights, and how far a right reaches. Pure: whoever asks brings the roster and the time.
//!
//! A [`Right`] is a kind of act, not an address. A [`Role`] has each right with a [`Span`]; what somebody was given
//! ([`Grant`]) turns spans into a [`Reach`]: the sites, teams and people that the right holds for. What no table says is
//! refused.

mod reach;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use reach::Reach;
pub use table::{Span, of_role};

use crate::Id;

/// What somebody is in the house. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Everything.
    Admin,
    /// Incentives, people and money of some sites or teams, or of the whole house.
    Manager,
    /// Sees and encourages their own team.
    TeamLeader,
    /// Sees what is theirs.
    Agent,
    /// Uploads plugins and tries them on the past; never enables one.
    RuleDeveloper,
    /// Posts events, and nothing else.
    Integrator,
    /// Reads the books; changes nothing.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 7] = [
        Role::Admin,
        Role::Manager,
        Role::TeamLeader,
        Role::Agent,
        Role::RuleDeveloper,
        Role::Integrator,
        Role::Auditor,
    ];

    /// `admin`, `manager`, `team-leader`, `agent`, `rule-developer`, `integrator` or `auditor`.
    pub fn name(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Manager => "manager",
            Role::TeamLeader => "team-leader",
            Role::Agent => "agent",
            Role::RuleDeveloper => "rule-developer",
            Role::Integrator => "integrator",
            Role::Auditor => "auditor",
        }
    }

    /// The role of this name.
    pub fn parse(name: &str) -> Option<Role> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A kind of act. Never stored: what is stored are roles and scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Post events.
    PostEvents,
    /// See how the server does: status, clock, hashes.
    SeeHouse,
    /// See metrics, fields, plugins, prizes, sites and teams.
    SeeCatalogue,
    /// See incentives, draws and receipts.
    SeeIncentives,
    /// See boards.
    SeeBoards,
    /// See awards and praise of people and teams.
    SeeAwards,
    /// See what is on accounts of people and teams.
    SeeBalances,
    /// See budgets.
    SeeBudgets,
    /// See the results of previews; names only with [`Right::SeePeople`].
    SeePreviews,
    /// Try an incentive, or another version of it, on the past.
    Preview,
    /// See single facts about somebody: why they did (not) get something.
    Explain,
    /// See names, addresses and terms of people.
    SeePeople,
    /// See late facts, adjustments and versions of an incentive.
    SeeBooks,
    /// See deliveries, without what they say.
    SeeDeliveries,
    /// Read what was booked for the payroll.
    SeePayroll,
    /// Enable, change, upgrade, pause, resume and end incentives; leave an event out.
    EnableIncentives,
    /// Approve and refuse awards.
    DecideAwards,
    /// Disqualify somebody, or let a draw go on without its beacon.
    Disqualify,
    /// Accept what came too late, or leave it.
    Adjust,
    /// Change budgets and prizes.
    SetMoney,
    /// Change metrics and fields.
    SetMetrics,
    /// Change sites, teams and people.
    SetRoster,
    /// Erase what is personal of somebody.
    ErasePeople,
    /// Send deliveries again.
    RetryDeliveries,
    /// Upload plugins. Uploading enables nothing.
    UploadPlugins,
    /// See and change sources.
    SetSources,
    /// See and change webhook endpoints.
    SetEndpoints,
    /// See, make and revoke API tokens.
    SetTokens,
    /// See, make and change accounts.
    SetAccounts,
    /// Move a driven clock.
    DriveClock,
    /// Read the audit log.
    ReadAudit,
    /// One's own account: language, password, sessions.
    OwnAccount,
    /// Say thanks: to one's own team, and to whom the reach holds. For people only.
    GiveKudos,
    /// See thanks: those one got or gave, and those that people within reach got.
    SeeKudos,
    /// Let thanks through, keep or remove them.
    DecideKudos,
}

/// Where a role holds. Stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Range {
    /// The whole house.
    House,
    /// These sites with all their teams, and these teams. Nothing named is nothing, never everything.
    Places {
        /// Site ids.
        sites: BTreeSet<Id>,
        /// Team ids.
        teams: BTreeSet<Id>,
    },
}

/// A role that somebody was given, with where it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// Where; it says nothing for roles whose rights are for the house or for oneself.
    pub range: Range,
}

/// Why roles can't be given so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// No role at all.
    #[error(
        "an account needs at least one role: admin, manager, team-leader, agent, rule-developer, integrator, auditor"
    )]
    None,
    /// A manager of nothing.
    #[error("a manager needs sites, teams, or `everywhere`: say which part of the house they manage")]
    ManagerOfNothing,
    /// A leader without a team.
    #[error("a team leader needs at least one team, and no sites: name the teams they lead")]
    LeaderOfNothing,
    /// A range that means nothing.
    #[error("the role {} holds for the whole house or for oneself; leave out its sites and teams", .0.name())]
    Ranged(Role),
    /// Nobody to be.
    #[error(
        "the role agent needs the agent that the account belongs to: give `agent`, the external or opaque id"
    )]
    NoAgent,
    /// The same role in two ways.
    #[error("the role {} is given twice; give it once, with all its places", .0.name())]
    Twice(Role),
}

/// Checks roles as somebody wants to give them.
///
/// # Errors
/// The first thing that is wrong, and what to give instead.
pub fn check(grants: &[Grant], agent: Option<&str>) -> Result<(), GrantError> {
    if grants.is_empty() {
        return Err(GrantError::None);
    }
    for (index, grant) in grants.iter().enumerate() {
        if grants[..index].iter().any(|other| other.role == grant.role) {
            return Err(GrantError::Twice(grant.role));
        }
        match (grant.role, &grant.range) {
            (Role::Manager, Range::House) => {}
            (Role::Manager, Range::Places { sites, teams }) if sites.is_empty() && teams.is_empty() => {
                return Err(GrantError::ManagerOfNothing);
            }
            (Role::TeamLeader, Range::Places { sites, teams }) if sites.is_empty() && !teams.is_empty() => {}
            (Role::TeamLeader, _) => return Err(GrantError::LeaderOfNothing),
            (Role::Agent, _) if agent.is_none() => return Err(GrantError::NoAgent),
            (Role::Manager, Range::Places { .. }) | (_, Range::House) => {}
            (role, Range::Places { .. }) => return Err(GrantError::Ranged(role)),
        }
    }
    Ok(())
}

/// Everything that somebody may do, and how far each right reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    reaches: BTreeMap<Right, Reach>,
}

impl Access {
    /// These rights, for the whole house: what tokens have.
    pub fn everywhere(rights: impl IntoIterator<Item = Right>) -> Self {
        Self { reaches: rights.into_iter().map(|right| (right, Reach::everything())).collect() }
    }

    /// What roles give to an account, which may belong to an agent.
    pub fn of(grants: &[Grant], agent: Option<&Id>) -> Self {
        let mut access = Self::default();
        for grant in grants {
            for (right, span) in of_role(grant.role) {
                let reach = match (span, &grant.range) {
                    (Span::House, _) | (Span::Places, Range::House) => Reach::everything(),
                    (Span::Places, Range::Places { sites, teams }) => {
                        Reach::places(sites.clone(), teams.clone())
                    }
                    (Span::Team, Range::Places { teams, .. }) => {
                        Reach::places(BTreeSet::new(), teams.clone())
                    }
                    // A leader of "the house" leads no team.
                    (Span::Team, Range::House) => Reach::nothing(),
                    (Span::Own, _) => agent.map_or_else(Reach::nothing, |agent| Reach::own(agent.clone())),
                };
                access.reaches.entry(*right).or_default().join(reach);
            }
        }
        access
    }

    /// How far a right reaches; `None` where there is none.
    pub fn reach(&self, right: Right) -> Option<&Reach> {
        self.reaches.get(&right).filter(|reach| !reach.is_nothing())
    }

    /// Whether there is this right anywhere.
    pub fn may(&self, right: Right) -> bool {
        self.reach(right).is_some()
    }

    /// Whether this right holds for the whole house.
    pub fn may_everywhere(&self, right: Right) -> bool {
        self.reach(right).is_some_and(Reach::is_everything)
    }
}
