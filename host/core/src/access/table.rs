//! The table: which role has which right, and how widely.

use super::{Right, Role};

/// How widely a role has a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// In the whole house, whatever the grant says.
    House,
    /// Where the grant says: the house, or sites and teams.
    Places,
    /// In the teams that the grant names.
    Team,
    /// For the agent that the account belongs to.
    Own,
}

use Right::{
    Adjust, DecideAwards, DecideKudos, Disqualify, DriveClock, EnableIncentives, ErasePeople, Explain,
    GiveKudos, OwnAccount, PostEvents, Preview, ReadAudit, RetryDeliveries, SeeAwards, SeeBalances,
    SeeBoards, SeeBooks, SeeBudgets, SeeCatalogue, SeeDeliveries, SeeHouse, SeeIncentives, SeeKudos,
    SeePayroll, SeePeople, SeePreviews, SetAccounts, SetEndpoints, SetMetrics, SetMoney, SetRoster,
    SetSources, SetTokens, UploadPlugins,
};
use Span::{House, Own, Places, Team};

const ADMIN: &[(Right, Span)] = &[
    (PostEvents, House),
    (SeeHouse, House),
    (SeeCatalogue, House),
    (SeeIncentives, House),
    (SeeBoards, House),
    (SeeAwards, House),
    (SeeBalances, House),
    (SeeBudgets, House),
    (SeePreviews, House),
    (Preview, House),
    (Explain, House),
    (SeePeople, House),
    (SeeBooks, House),
    (SeeDeliveries, House),
    (SeePayroll, House),
    (EnableIncentives, House),
    (DecideAwards, House),
    (Disqualify, House),
    (Adjust, House),
    (SetMoney, House),
    (SetMetrics, House),
    (SetRoster, House),
    (ErasePeople, House),
    (RetryDeliveries, House),
    (UploadPlugins, House),
    (SetSources, House),
    (SetEndpoints, House),
    (SetTokens, House),
    (SetAccounts, House),
    (DriveClock, House),
    (ReadAudit, House),
    (GiveKudos, House),
    (SeeKudos, House),
    (DecideKudos, House),
    (OwnAccount, House),
];

/// What is about the house as a whole (metrics, budgets, prizes, payroll, deliveries) a manager only has who manages all
/// of it: those routes ask for a right that reaches everywhere.
const MANAGER: &[(Right, Span)] = &[
    (SeeHouse, House),
    (SeeCatalogue, House),
    (SeeIncentives, Places),
    (SeeBoards, Places),
    (SeeAwards, Places),
    (SeeBalances, Places),
    (SeeBudgets, House),
    (SeePreviews, Places),
    (Preview, Places),
    (Explain, Places),
    (SeePeople, Places),
    (SeeBooks, Places),
    (SeeDeliveries, Places),
    (SeePayroll, Places),
    (EnableIncentives, Places),
    (DecideAwards, Places),
    (Disqualify, Places),
    (Adjust, Places),
    (SetMoney, Places),
    (SetMetrics, Places),
    (SetRoster, Places),
    (ErasePeople, Places),
    (RetryDeliveries, Places),
    (GiveKudos, Places),
    (SeeKudos, Places),
    (DecideKudos, Places),
    (OwnAccount, House),
];

const TEAM_LEADER: &[(Right, Span)] = &[
    (SeeCatalogue, House),
    (SeeIncentives, Team),
    (SeeBoards, Team),
    (SeeAwards, Team),
    (SeeBalances, Team),
    (Explain, Team),
    (SeePeople, Team),
    (GiveKudos, Team),
    (SeeKudos, Team),
    (DecideKudos, Team),
    (OwnAccount, House),
];

const AGENT: &[(Right, Span)] = &[
    (SeeIncentives, Own),
    (SeeBoards, Own),
    (SeeAwards, Own),
    (SeeBalances, Own),
    (Explain, Own),
    (GiveKudos, Own),
    (SeeKudos, Own),
    (OwnAccount, House),
];

/// No boards and no awards: a rule can be tried without knowing who anybody is.
const RULE_DEVELOPER: &[(Right, Span)] = &[
    (SeeHouse, House),
    (SeeCatalogue, House),
    (SeeIncentives, House),
    (SeePreviews, House),
    (Preview, House),
    (UploadPlugins, House),
    (OwnAccount, House),
];

const INTEGRATOR: &[(Right, Span)] = &[(PostEvents, House), (OwnAccount, House)];

const AUDITOR: &[(Right, Span)] = &[
    (SeeHouse, House),
    (SeeCatalogue, House),
    (SeeIncentives, House),
    (SeeBoards, House),
    (SeeAwards, House),
    (SeeBalances, House),
    (SeeBudgets, House),
    (SeePreviews, House),
    (SeeBooks, House),
    (SeeDeliveries, House),
    (SeePayroll, House),
    (ReadAudit, House),
    (OwnAccount, House),
];

/// The rights of a role. What does not stand here it may not.
pub fn of_role(role: Role) -> &'static [(Right, Span)] {
    match role {
        Role::Admin => ADMIN,
        Role::Manager => MANAGER,
        Role::TeamLeader => TEAM_LEADER,
        Role::Agent => AGENT,
        Role::RuleDeveloper => RULE_DEVELOPER,
        Role::Integrator => INTEGRATOR,
        Role::Auditor => AUDITOR,
    }
}
