use plaudit_core::roster::{Site, Team};
use plaudit_store::memory::MemoryStore;

use super::*;

fn house() -> Roster {
    let mut roster = Roster::default();
    roster.apply(&RosterChange::Site(Site {
        id: "vilnius".into(),
        zone: Tz::Europe__Vilnius,
        holidays: vec![],
    }));
    roster.apply(&RosterChange::Team(Team { id: "care".into(), site: "vilnius".into(), queues: vec![] }));
    roster
}

const NOW: Millis = 1_772_442_000_000;

fn plan_of(csv: &str, roster: &Roster, store: &MemoryStore) -> Plan {
    let identity = Identity::new(&[1; 32]);
    plan(csv.as_bytes(), &Known { roster, people: store, identity: &identity, now: NOW }).unwrap()
}

const GOOD: &str = "\u{feff}agent,name,mail,locale,team,from,share,workdays,hired\n\
    E1,Ona Onaitė,ona@example.com,lt,care,2026-03-02,0.5,MTWT...,2024-09-01\n\
    E2,Jonas,,,care,,,,\n\
    E1,Ona Onaitė,ona@example.com,lt,,2026-06-01,,,2024-09-01\n";

#[test]
fn rows_become_agents_with_their_history_and_people() {
    let plan = plan_of(GOOD, &house(), &MemoryStore::default());
    assert_eq!(plan.errors, []);
    assert_eq!(
        plan.report.iter().map(|r| (&*r.agent, &*r.outcome)).collect::<Vec<_>>(),
        [("E1", "new"), ("E2", "new")]
    );
    let ona = &plan.changes[0];
    // Midnight in Vilnius is 22:00 UTC in winter, 21:00 in summer.
    let terms: Vec<_> = ona.stints.iter().map(|s| (s.from, s.team.as_deref(), s.share, s.workdays)).collect();
    assert_eq!(terms, [(1_772_402_400_000, Some("care"), 0.5, 0b1111), (1_780_261_200_000, None, 1.0, WEEK)]);
    assert_eq!(plan.changes[1].stints[0].from, NOW);
    assert_eq!(plan.people[0].1.name, "Ona Onaitė");
    assert_eq!(plan.people[1].1.locale, "en");
}

#[test]
fn importing_the_same_file_again_changes_nothing() {
    let (mut roster, store) = (house(), MemoryStore::default());
    let first = plan_of(GOOD, &roster, &store);
    for agent in first.changes {
        roster.apply(&RosterChange::Agent(agent));
    }
    crate::api::people::keep(&store, first.people).unwrap();
    let again = plan_of(GOOD, &roster, &store);
    assert!(again.changes.is_empty() && again.people.is_empty());
    assert!(again.report.iter().all(|r| r.outcome == "unchanged"), "{:?}", again.report);
}

#[test]
fn each_bad_cell_is_named_with_line_column_and_value() {
    let cases = [
        ("E1,Ona,care,1.5,MTWTF..", "share", "1.5"),
        ("E1,Ona,care,0,MTWTF..", "share", "0"),
        ("E1,Ona,nobody,1,MTWTF..", "team", "nobody"),
        ("E1,Ona,care,1,MTW", "workdays", "MTW"),
        ("E1,,care,1,MTWTF..", "name", ""),
        (",Ona,care,1,MTWTF..", "agent", ""),
    ];
    for (row, column, value) in cases {
        let csv = format!("agent,name,team,share,workdays\nE0,Good,care,1,MTWTF..\n{row}\n");
        let errors = plan_of(&csv, &house(), &MemoryStore::default()).errors;
        let [error] = errors.as_slice() else { panic!("{row}: {errors:?}") };
        assert_eq!((error.line, &*error.column, &*error.value), (3, column, value), "{row}");
    }
    let errors = plan_of("agent,name,shoe\nE1,Ona,43\n", &house(), &MemoryStore::default()).errors;
    assert_eq!((errors[0].line, &*errors[0].column), (1, "shoe"));
    let errors = plan_of("agent,name\nE1\n", &house(), &MemoryStore::default()).errors;
    assert_eq!(errors[0].line, 2);
}
