//! Who is where, when.

use chrono_tz::{America, Asia, Europe};

use super::*;
use crate::incentive::Audience;

fn site(id: &str, zone: Tz) -> RosterChange {
    RosterChange::Site(Site { id: id.into(), zone, holidays: vec![10, 20] })
}

fn team(id: &str, site: &str, queues: &[&str]) -> RosterChange {
    let queues = queues.iter().map(|queue| (*queue).into()).collect();
    RosterChange::Team(Team { id: id.into(), site: site.into(), queues })
}

fn agent(id: &str, zone: Option<Tz>, stints: &[(Millis, Option<&str>)]) -> RosterChange {
    let stint = |(from, team): &(Millis, Option<&str>)| Stint {
        from: *from,
        team: team.map(Id::from),
        share: 1.0,
        workdays: 0b1_1111,
    };
    RosterChange::Agent(Agent {
        id: id.into(),
        hired_day: None,
        zone,
        stints: stints.iter().map(stint).collect(),
    })
}

/// Red and blue in Madrid, green in Shanghai. Ana went from red to blue at 100 and left at 200; Bea has been in red since
/// 50, from Lima; Chen is in green.
fn roster() -> Roster {
    let mut roster = Roster::default();
    for change in [
        site("madrid", Europe::Madrid),
        site("shanghai", Asia::Shanghai),
        team("red", "madrid", &["sales", "care"]),
        team("blue", "madrid", &["care"]),
        team("green", "shanghai", &[]),
        agent("ana", None, &[(0, Some("red")), (100, Some("blue")), (200, None)]),
        agent("bea", Some(America::Lima), &[(50, Some("red"))]),
        agent("chen", None, &[(0, Some("green"))]),
    ] {
        roster.validate(&change).unwrap();
        roster.apply(&change);
    }
    roster
}

fn ids(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(|id| &**id).collect()
}

fn audience(sites: &[&str], teams: &[&str], agents: &[&str]) -> Audience {
    let list = |names: &[&str]| names.iter().map(|name| (*name).into()).collect();
    Audience { sites: list(sites), teams: list(teams), agents: list(agents) }
}

/// `team from..to` of an agent.
fn spans(audience: &Audience, agent: &str, window: (Millis, Millis)) -> Vec<String> {
    let intervals = roster().intervals(audience, agent, window).into_iter();
    intervals.map(|i| format!("{} {}..{}", i.team, i.from, i.to)).collect()
}

#[test]
fn terms_hold_until_the_next() {
    let roster = roster();
    let team = |at| roster.team_at("ana", at).map(|team| team.to_string());
    assert_eq!(team(-1), None);
    assert_eq!(team(0).as_deref(), Some("red"));
    assert_eq!(team(99).as_deref(), Some("red"));
    assert_eq!(team(100).as_deref(), Some("blue"));
    assert_eq!(team(200), None);
    assert_eq!(ids(&roster.members_at("red", 60)), ["ana", "bea"]);
    assert_eq!(ids(&roster.members_at("red", 100)), ["bea"]);
    assert_eq!(ids(&roster.teams_of_queue("care")), ["blue", "red"]);
    assert!(roster.members_at("nobody", 0).is_empty() && roster.teams_of_queue("none").is_empty());
}

#[test]
fn somebody_who_works_elsewhere_keeps_their_zone_and_the_sites_holidays() {
    let roster = roster();
    assert_eq!(roster.zone_of_agent("ana", 0), Some(Europe::Madrid));
    assert_eq!(roster.zone_of_agent("ana", 200), None);
    assert_eq!(roster.zone_of_agent("bea", 60), Some(America::Lima));
    assert_eq!(roster.zone_of_team("green"), Some(Asia::Shanghai));
    assert_eq!(roster.holidays_of_agent("bea", 60), [10, 20]);
    assert_eq!(roster.holidays_of_agent("ana", 250), [0; 0]);
}

#[test]
fn an_audience_is_who_was_in_it_then() {
    let everyone = Audience::default();
    assert_eq!(spans(&everyone, "ana", (-10, 1000)), ["red 0..100", "blue 100..200"]);
    assert_eq!(spans(&everyone, "ana", (120, 150)), ["blue 120..150"]);
    assert_eq!(spans(&audience(&["madrid"], &[], &[]), "ana", (50, 300)), ["red 50..100", "blue 100..200"]);
    assert_eq!(spans(&audience(&[], &["blue"], &[]), "ana", (0, 300)), ["blue 100..200"]);
    assert_eq!(spans(&audience(&["shanghai"], &["red"], &[]), "chen", (0, 9)), ["green 0..9"]);
    let named = audience(&[], &[], &["ana"]);
    assert_eq!(spans(&named, "ana", (-10, 300)), [" -10..0", "red 0..100", "blue 100..200", " 200..300"]);
    assert_eq!(spans(&named, "bea", (0, 300)), [""; 0]);
    assert_eq!(spans(&everyone, "nobody", (0, 300)), [""; 0]);
    assert_eq!(spans(&everyone, "ana", (300, 0)), [""; 0]);
}

#[test]
fn stints_of_one_team_are_one_interval() {
    let mut roster = roster();
    roster.apply(&agent("ana", None, &[(0, Some("red")), (50, Some("red")), (80, None), (90, Some("red"))]));
    let intervals = roster.intervals(&Audience::default(), "ana", (10, 100));
    assert_eq!(intervals.iter().map(|i| (i.from, i.to)).collect::<Vec<_>>(), [(10, 80), (90, 100)]);
}

#[test]
fn agents_and_teams_of_an_audience() {
    let roster = roster();
    let madrid = audience(&["madrid"], &[], &[]);
    assert_eq!(ids(&roster.agents_in_audience(&madrid, (0, 40))), ["ana"]);
    assert_eq!(ids(&roster.agents_in_audience(&madrid, (0, 60))), ["ana", "bea"]);
    assert_eq!(ids(&roster.teams_in_audience(&madrid, (0, 40))), ["blue", "red"]);
    assert_eq!(ids(&roster.teams_in_audience(&Audience::default(), (0, 1))), ["blue", "green", "red"]);
    assert!(roster.teams_in_audience(&audience(&[], &[], &["ana"]), (0, 40)).is_empty());
}

#[test]
fn a_change_concerns_whoever_was_ever_there() {
    let mut roster = roster();
    assert!(roster.apply(&site("madrid", Europe::Madrid)).is_empty(), "nothing changed");
    assert_eq!(ids(&roster.apply(&site("madrid", Europe::Vilnius))), ["ana", "bea"]);
    assert_eq!(ids(&roster.apply(&team("blue", "shanghai", &["care"]))), ["ana"]);
    assert_eq!(ids(&roster.apply(&site("shanghai", Asia::Tokyo))), ["ana", "chen"], "blue has moved there");
    assert_eq!(ids(&roster.apply(&team("blue", "shanghai", &[]))), ["ana"]);
    assert_eq!(ids(&roster.teams_of_queue("care")), ["red"]);
    assert_eq!(ids(&roster.apply(&agent("bea", None, &[(50, Some("green"))]))), ["bea"]);
    assert!(roster.members_at("red", 60).iter().all(|id| &**id == "ana"));
}

#[test]
fn refusals_name_the_value_and_the_way_out() {
    let roster = roster();
    let with = |change: fn(&mut Agent)| match agent("dan", None, &[(0, Some("red")), (5, None)]) {
        RosterChange::Agent(mut agent) => {
            change(&mut agent);
            RosterChange::Agent(agent)
        }
        other => other,
    };
    let wrong = [
        team("pink", "paris", &[]),
        team("", "madrid", &[]),
        with(|a| a.stints[0].team = Some("pink".into())),
        with(|a| a.stints[0].share = 0.0),
        with(|a| a.stints[0].share = f32::NAN),
        with(|a| a.stints[1].workdays = 0x80),
        with(|a| a.stints[1].from = 0),
        RosterChange::Site(Site { id: "x".into(), zone: Tz::UTC, holidays: vec![3, 3] }),
    ];
    let said: Vec<_> = wrong.iter().map(|change| roster.validate(change).unwrap_err().to_string()).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn everyone_competes_until_they_choose_otherwise_and_may_come_back() {
    let mut roster = roster();
    let choose = |roster: &mut Roster, from, competes| {
        roster.apply(&RosterChange::Competing { agent: "ana".into(), from, competes })
    };
    assert!(roster.competes_at("ana", 0) && roster.competes_at("nobody", 0));
    assert!(choose(&mut roster, 10, true).is_empty(), "nothing changed");
    assert_eq!(ids(&choose(&mut roster, 100, false)), ["ana"]);
    assert!(choose(&mut roster, 110, false).is_empty(), "nothing changed");
    assert_eq!(ids(&choose(&mut roster, 200, true)), ["ana"]);
    let at = |at| roster.competes_at("ana", at);
    assert_eq!([at(99), at(100), at(199), at(200)], [true, false, false, true]);
    assert_eq!(roster.choices_of("ana"), [(100, false), (200, true)]);
    // An import of the roster replaces terms, and no choice.
    roster.apply(&agent("ana", None, &[(0, Some("red"))]));
    assert!(!roster.competes_at("ana", 150));
    // What was said last of an instant holds.
    assert_eq!(ids(&choose(&mut roster, 150, true)), ["ana"]);
    assert_eq!(roster.choices_of("ana"), [(100, false), (150, true)]);
}

#[test]
fn changes_that_are_stored_keep_their_numbers() {
    let team = RosterChange::Team(Team { id: "t".into(), site: "s".into(), queues: vec![] });
    assert_eq!(postcard::to_stdvec(&team).unwrap(), [1, 1, b't', 1, b's', 0]);
    let choice = RosterChange::Competing { agent: "a".into(), from: 1, competes: false };
    assert_eq!(postcard::to_stdvec(&choice).unwrap(), [3, 1, b'a', 2, 0]);
}
