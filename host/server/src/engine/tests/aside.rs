//! Who chooses not to compete is on no board and gets no place's prize; everything else stays theirs.

use super::*;
use crate::engine::commit::concluded_row;

const DAY: Millis = 24 * 60 * MINUTE;
/// Midnight in Vilnius, at the end of Monday.
const TUESDAY: Millis = MONDAY + 22 * 60 * MINUTE;

/// A block in which somebody chooses.
fn choose(task: &mut Task, past: &Past, who: &str, competes: bool, at: Millis) -> Outcome {
    let change = RosterChange::Competing { agent: who.into(), from: at, competes };
    let mut roster = Roster::clone(&task.roster);
    roster.validate(&change).expect("somebody on the roster");
    roster.apply(&change);
    let number = past.append(Vec::new(), at).number;
    let block = Arc::new(Block { number, at, entries: vec![Entry::Roster(change)] });
    past.blocks.lock().expect("one thread")[number as usize - 1] = block.clone();
    task.process(&BlockView::new(block, Arc::new(roster)), past).expect("the rule is sound")
}

/// A Monday on which Ana leads with 5 + 5, Rut follows with 8 and Wei with 3.
fn monday() -> (Task, Past) {
    let past = Past::default();
    let mut task = new_task(&roster(), Periods::Daily);
    run_block(&mut task, &past, Vec::new(), MONDAY);
    let facts = vec![
        event(1, "ana", 8 * 60, 5.0, None, false),
        event(2, "ana", 8 * 60 + 5, 5.0, None, false),
        event(3, "rut", 9 * 60, 4.0, None, false),
        event(4, "rut", 9 * 60 + 30, 4.0, None, false),
        event(5, "wei", 9 * 60, 3.0, None, false),
    ];
    run_block(&mut task, &past, facts, MONDAY + 10 * 60 * MINUTE);
    (task, past)
}

/// Who is first, by the awards that stand.
fn firsts(task: &Task) -> Vec<Id> {
    settled(task).awards.into_iter().filter(|(name, ..)| **name == *"first").map(|(_, who, ..)| who).collect()
}

/// The board of Monday as everybody may see it.
fn board(task: &Task) -> Vec<(u32, Id)> {
    let concluded = task.closing.find("2026-03-02").expect("Monday is closed");
    let stored = concluded_row(task, concluded);
    let (_, rows) = stored.boards.into_iter().next().expect("a board");
    rows.into_iter().map(|row| (row.rank, row.subject.id)).collect()
}

#[test]
fn who_opts_out_in_the_middle_is_not_ranked_and_the_next_moves_up() {
    let (mut task, past) = monday();
    choose(&mut task, &past, "ana", false, MONDAY + 11 * 60 * MINUTE);
    // What they do themselves counts as ever: the third good one in a row within ten minutes of each other.
    let facts = vec![event(6, "ana", 8 * 60 + 10, 5.0, None, false)];
    let outcome = run_block(&mut task, &past, facts, MONDAY + 12 * 60 * MINUTE);
    assert!(
        outcome
            .settled
            .iter()
            .any(|s| *s.standing.id.name == *"streak" && s.standing.status == Status::Granted)
    );
    run_block(&mut task, &past, Vec::new(), TUESDAY + 2 * MINUTE);
    assert_eq!(firsts(&task), [Id::from("rut")]);
    assert_eq!(board(&task), [(1, "rut".into()), (2, "wei".into())]);
    // A rule sees them behind the ranked ones, with their own result and no rank.
    let period = task.calendar.period_at(MONDAY).expect("Monday");
    let told = task.conclusion(&period);
    let rows: Vec<_> = told.standings[0]
        .iter()
        .map(|row| (&*told.entrants[row.entrant as usize].id, row.rank, row.qualified, row.value))
        .collect();
    assert_eq!(rows, [("rut", 1, true, 8.0), ("wei", 2, true, 3.0), ("ana", 0, true, 15.0)]);
}

#[test]
fn who_comes_back_before_the_end_is_ranked_as_if_nothing_had_been() {
    let (mut task, past) = monday();
    choose(&mut task, &past, "ana", false, MONDAY + 11 * 60 * MINUTE);
    choose(&mut task, &past, "ana", true, TUESDAY - MINUTE);
    run_block(&mut task, &past, Vec::new(), TUESDAY + 2 * MINUTE);
    assert_eq!(firsts(&task), [Id::from("ana")]);
    assert_eq!(board(&task), [(1, "ana".into()), (2, "rut".into()), (3, "wei".into())]);
}

#[test]
fn a_choice_changes_no_period_that_has_ended() {
    let (mut task, past) = monday();
    run_block(&mut task, &past, Vec::new(), TUESDAY + 2 * MINUTE);
    assert_eq!(firsts(&task), [Id::from("ana")]);
    let outcome = choose(&mut task, &past, "ana", false, TUESDAY + 3 * MINUTE);
    assert_eq!((outcome.settled, outcome.concluded), (vec![], vec![]), "Monday was over");
    // Tuesday knows of it; and Monday stays as it is once it is final.
    let facts =
        [(20, "ana"), (21, "rut")].map(|(id, who)| event(id, who, 33 * 60, 5.0, None, false)).to_vec();
    let blocks = [
        (facts, MONDAY + DAY + 10 * 60 * MINUTE),
        (Vec::new(), TUESDAY + DAY + 2 * MINUTE),
        (Vec::new(), TUESDAY + DAY + 3 * MINUTE),
    ];
    let outcomes = blocks.map(|(facts, at)| run_block(&mut task, &past, facts, at));
    assert_eq!(task.closing.final_through, TUESDAY);
    let firsts = outcomes.iter().flat_map(|o| &o.settled).filter(|s| *s.standing.id.name == *"first");
    let moved: Vec<_> = firsts.map(|s| (&*s.standing.id.subject.id, s.standing.status.clone())).collect();
    assert_eq!(moved, [("rut", Status::Granted)], "Tuesday's alone: Monday's was not touched");
}

#[test]
fn a_late_fact_changes_values_and_not_who_competes() {
    let (mut task, past) = monday();
    choose(&mut task, &past, "ana", false, MONDAY + 11 * 60 * MINUTE);
    run_block(&mut task, &past, Vec::new(), TUESDAY + 2 * MINUTE);
    // Ana comes back on Tuesday; late facts about Monday come for her and for Wei.
    choose(&mut task, &past, "ana", true, TUESDAY + 3 * MINUTE);
    let late = vec![
        event(7, "ana", 14 * 60, 5.0, None, false),
        event(8, "wei", 14 * 60, 5.0, None, false),
        event(9, "wei", 14 * 60 + 30, 4.0, None, false),
    ];
    let outcome = run_block(&mut task, &past, late, TUESDAY + 5 * MINUTE);
    assert_eq!(outcome.concluded, [Id::from("2026-03-02")]);
    assert_eq!(firsts(&task), [Id::from("wei")]);
    assert_eq!(board(&task), [(1, "wei".into()), (2, "rut".into())]);
}

#[test]
fn a_restart_and_the_same_journal_come_to_the_same() {
    let (mut task, past) = monday();
    let saved = checkpoint::write(&task);
    choose(&mut task, &past, "ana", false, MONDAY + 11 * 60 * MINUTE);
    run_block(&mut task, &past, Vec::new(), TUESDAY + 2 * MINUTE);
    choose(&mut task, &past, "ana", true, TUESDAY + 3 * MINUTE);
    let mut again = restart(&task, &past, &saved);
    again.silent = false;
    assert_eq!(settled(&again), settled(&task));
    assert_eq!(board(&again), board(&task));
    // The other one goes on with it as this one does.
    for task in [&mut task, &mut again] {
        let view = BlockView::new(past.append(Vec::new(), TUESDAY + DAY + 2 * MINUTE), task.roster.clone());
        task.process(&view, &past).expect("the rule is sound");
    }
    assert_eq!(settled(&again), settled(&task));
}
