use super::*;
use crate::{
    event::Subject,
    incentive::Audience,
    roster::{Agent, Roster, RosterChange, Site, Stint, Team},
};

const NOW: i64 = 1_000;

fn ids(names: &[&str]) -> BTreeSet<Id> {
    names.iter().map(|name| Id::from(*name)).collect()
}

fn places(role: Role, sites: &[&str], teams: &[&str]) -> Grant {
    Grant { role, range: Range::Places { sites: ids(sites), teams: ids(teams) } }
}

fn house(role: Role) -> Grant {
    Grant { role, range: Range::House }
}

fn agent(id: &str, team: &str) -> Agent {
    let stint = Stint { from: 0, team: Some(team.into()), share: 1.0, workdays: 0b1_1111 };
    Agent { id: id.into(), hired_day: None, zone: None, stints: vec![stint] }
}

/// Madrid with the teams m1 and m2, Vilnius with v1; ana in m1, eva in m2, jonas in v1.
fn roster() -> Roster {
    let mut roster = Roster::default();
    for (site, teams) in [("madrid", &["m1", "m2"][..]), ("vilnius", &["v1"])] {
        let zone = chrono_tz::Tz::UTC;
        roster.apply(&RosterChange::Site(Site { id: site.into(), zone, holidays: vec![] }));
        for team in teams {
            roster.apply(&RosterChange::Team(Team { id: (*team).into(), site: site.into(), queues: vec![] }));
        }
    }
    for (name, team) in [("ana", "m1"), ("eva", "m2"), ("jonas", "v1")] {
        roster.apply(&RosterChange::Agent(agent(name, team)));
    }
    roster
}

fn audience(sites: &[&str], teams: &[&str], agents: &[&str]) -> Audience {
    let list = |names: &[&str]| names.iter().map(|name| Id::from(*name)).collect();
    Audience { sites: list(sites), teams: list(teams), agents: list(agents) }
}

#[test]
fn names_of_roles_are_read_back() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.name()), Some(role));
        assert_eq!(serde_json::to_value(role).unwrap(), role.name());
    }
    assert_eq!(Role::parse("root"), None);
}

#[test]
fn what_stands_in_no_table_is_refused() {
    assert_eq!(Access::default().reach(Right::SeeBoards), None);
    let developer = Access::of(&[house(Role::RuleDeveloper)], None);
    assert!(developer.may(Right::UploadPlugins) && developer.may(Right::Preview));
    for never in [Right::EnableIncentives, Right::SeePeople, Right::SeeBoards, Right::SetAccounts] {
        assert!(!developer.may(never), "{never:?}");
    }
    let integrator = Access::of(&[house(Role::Integrator)], None);
    assert!(integrator.may(Right::PostEvents) && !integrator.may(Right::SeeHouse));
    let auditor = Access::of(&[house(Role::Auditor)], None);
    assert!(auditor.may(Right::ReadAudit) && !auditor.may(Right::SetMoney) && !auditor.may(Right::Explain));
}

#[test]
fn no_role_but_admin_may_what_gives_rights_away() {
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let access = Access::of(&[house(role), places(role, &["madrid"], &["m1"])], Some(&"ana".into()));
        for right in [Right::SetAccounts, Right::SetTokens, Right::SetSources, Right::SetEndpoints] {
            assert!(!access.may(right), "{} has {right:?}", role.name());
        }
    }
}

#[test]
fn an_agent_without_an_agent_is_nobody() {
    let access = Access::of(&[house(Role::Agent)], None);
    assert!(!access.may(Right::SeeAwards) && access.may(Right::OwnAccount));
}

#[test]
fn a_manager_of_a_site_reaches_its_teams_and_people_and_no_others() {
    let roster = roster();
    let access = Access::of(&[places(Role::Manager, &["madrid"], &[])], None);
    let reach = access.reach(Right::EnableIncentives).unwrap();
    assert!(!reach.is_everything() && !access.may_everywhere(Right::SetMoney));
    assert!(reach.covers_team(&roster, "m1") && reach.covers_team(&roster, "m2"));
    assert!(!reach.covers_team(&roster, "v1") && !reach.covers_team(&roster, "unknown"));
    assert!(reach.covers_agent(&roster, "ana", NOW) && !reach.covers_agent(&roster, "jonas", NOW));
    // Before she was anywhere.
    assert!(!reach.covers_agent(&roster, "ana", -1));
    for (wanted, is_held, is_touched) in [
        (audience(&["madrid"], &[], &[]), true, true),
        (audience(&[], &["m2"], &["ana"]), true, true),
        (audience(&["madrid", "vilnius"], &[], &[]), false, true),
        (audience(&["madrid"], &[], &["jonas"]), false, true),
        (audience(&["vilnius"], &[], &[]), false, false),
        (audience(&[], &["unknown"], &[]), false, false),
        (audience(&[], &[], &[]), false, true),
    ] {
        assert_eq!(reach.holds(&roster, &wanted, NOW), is_held, "{wanted:?}");
        assert_eq!(reach.touches(&roster, &wanted, NOW), is_touched, "{wanted:?}");
    }
}

#[test]
fn a_leader_sees_the_team_and_decides_nothing() {
    let roster = roster();
    let access = Access::of(&[places(Role::TeamLeader, &[], &["m1"])], None);
    let reach = access.reach(Right::SeeAwards).unwrap();
    assert!(reach.covers_agent(&roster, "ana", NOW) && !reach.covers_agent(&roster, "eva", NOW));
    assert!(!reach.is_own() && !access.may(Right::EnableIncentives) && !access.may(Right::DecideAwards));
    assert!(!Access::of(&[house(Role::TeamLeader)], None).may(Right::SeeAwards));
}

#[test]
fn an_agent_reaches_themselves_and_what_their_team_got() {
    let roster = roster();
    let access = Access::of(&[house(Role::Agent)], Some(&"ana".into()));
    let reach = access.reach(Right::SeeAwards).unwrap();
    assert!(reach.is_own());
    let sees = |subject| reach.covers_subject(&roster, &subject, NOW);
    assert!(sees(Subject::agent("ana")) && sees(Subject::team("m1")));
    assert!(!sees(Subject::agent("eva")) && !sees(Subject::team("m2")));
    let boards = access.reach(Right::SeeBoards).unwrap();
    assert!(boards.touches(&roster, &audience(&["madrid"], &[], &[]), NOW));
    assert!(boards.touches(&roster, &audience(&[], &[], &[]), NOW));
    assert!(!boards.touches(&roster, &audience(&["vilnius"], &[], &[]), NOW));
    assert!(!boards.holds(&roster, &audience(&[], &[], &["ana"]), NOW), "nobody decides about themselves");
}

#[test]
fn several_roles_add_up() {
    let roster = roster();
    let grants = [house(Role::Agent), places(Role::TeamLeader, &[], &["m2"])];
    let access = Access::of(&grants, Some(&"jonas".into()));
    let reach = access.reach(Right::SeeAwards).unwrap();
    let seen: Vec<bool> = ["jonas", "eva", "ana"].map(|a| reach.covers_agent(&roster, a, NOW)).into();
    assert_eq!(seen, [true, true, false]);
}

#[test]
fn people_are_moved_only_within_the_reach() {
    let roster = roster();
    let reach = Reach::places(ids(&["madrid"]), ids(&[]));
    let (ana, jonas) = (roster.agent("ana").unwrap(), roster.agent("jonas").unwrap());
    let may = |old: Option<&Agent>, new: &Agent| reach.may_change(&roster, old, new, NOW);
    assert!(may(Some(ana), &agent("ana", "m2")));
    assert!(!may(Some(ana), &agent("ana", "v1")), "to another site");
    assert!(!may(Some(jonas), &agent("jonas", "m1")), "from another site");
    assert!(may(None, &agent("new", "m1")) && !may(None, &agent("new", "v1")));
    let mut both = agent("ana", "m1");
    both.stints.push(Stint { from: 9_000, team: Some("v1".into()), share: 1.0, workdays: 1 });
    assert!(!may(Some(ana), &both), "with a later stint elsewhere");
    assert!(Reach::everything().may_change(&roster, Some(jonas), &agent("jonas", "m1"), NOW));
    assert!(!Reach::own("ana".into()).may_change(&roster, Some(ana), ana, NOW), "nobody changes themselves");
}

#[test]
fn roles_are_given_with_what_they_need() {
    let given = |grants: &[Grant], agent: Option<&str>| check(grants, agent);
    assert_eq!(given(&[], None), Err(GrantError::None));
    assert_eq!(given(&[places(Role::Manager, &[], &[])], None), Err(GrantError::ManagerOfNothing));
    assert_eq!(given(&[house(Role::Manager)], None), Ok(()));
    assert_eq!(given(&[house(Role::TeamLeader)], None), Err(GrantError::LeaderOfNothing));
    assert_eq!(
        given(&[places(Role::TeamLeader, &["madrid"], &["m1"])], None),
        Err(GrantError::LeaderOfNothing)
    );
    assert_eq!(
        given(&[places(Role::Auditor, &["madrid"], &[])], None),
        Err(GrantError::Ranged(Role::Auditor))
    );
    assert_eq!(given(&[house(Role::Agent)], None), Err(GrantError::NoAgent));
    assert_eq!(given(&[house(Role::Agent)], Some("ana")), Ok(()));
    let twice = [house(Role::Manager), places(Role::Manager, &["madrid"], &[])];
    assert_eq!(given(&twice, None), Err(GrantError::Twice(Role::Manager)));
}

#[test]
fn nothing_named_is_nothing() {
    let access = Access::of(&[places(Role::Manager, &[], &[])], None);
    assert!(!access.may(Right::EnableIncentives) && access.may(Right::SeeCatalogue));
}
