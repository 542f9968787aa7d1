//! Who joins or leaves behind the final boundary, and is known to only later, does so at the boundary.

use super::*;

const DAY: Millis = 24 * 60 * MINUTE;
/// Midnight in Vilnius, at the end of Monday.
const TUESDAY: Millis = MONDAY + 22 * 60 * MINUTE;

/// Says hello to everyone who joins, and good-bye to everyone who leaves.
struct Porter;

impl Guest for Porter {
    fn fold(&mut self, _: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        let mut out = FoldOutput::default();
        for step in 0..batch.steps() {
            let word = ["", "hello", "good-bye"][usize::from(batch.kind[step])];
            if !word.is_empty() {
                let award = award(word, (batch.time[step] / MINUTE) as u32, 1);
                out.effects.awards.push((Origin::Step(step as u32), Target::Itself, award));
            }
        }
        Ok(out)
    }

    fn conclude(&mut self, _: &str, _: &Conclusion) -> Result<ConcludeOutput, CallError> {
        Ok(ConcludeOutput::default())
    }
}

fn agent(id: &str, stints: &[(Millis, Option<&str>)]) -> RosterChange {
    let stint = |(from, team): &(Millis, Option<&str>)| Stint {
        from: *from,
        team: team.map(Id::from),
        share: 1.0,
        workdays: 31,
    };
    RosterChange::Agent(Agent {
        id: id.into(),
        hired_day: None,
        zone: None,
        stints: stints.iter().map(stint).collect(),
    })
}

/// A block that changes the roster; gives what was granted: to whom, what, and when.
fn told(task: &mut Task, past: &Past, change: RosterChange, at: Millis) -> Vec<(Id, Id, Millis)> {
    let mut roster = Roster::clone(&task.roster);
    roster.apply(&change);
    let number = past.append(Vec::new(), at).number;
    let block = Block { number, at, entries: vec![Entry::Roster(change)] };
    let view = BlockView::new(Arc::new(block), Arc::new(roster));
    let outcome = task.process(&view, past).expect("the rule is sound");
    let rows = outcome.settled.into_iter().map(|settled| settled.standing);
    rows.map(|row| (row.id.subject.id, row.id.name, row.time)).collect()
}

/// A task whose Monday is final, and what is known of it.
fn after_monday() -> (Task, Past) {
    let past = Past::default();
    let mut task = new_task(&roster(), Periods::Daily);
    task.guest = Box::new(Porter);
    for day in 0..2 {
        run_block(&mut task, &past, Vec::new(), MONDAY + day * DAY);
    }
    run_block(&mut task, &past, Vec::new(), TUESDAY + DAY + MINUTE);
    assert_eq!(task.closing.final_through, TUESDAY);
    (task, past)
}

#[test]
fn who_becomes_known_after_a_final_boundary_joins_there() {
    let (mut task, past) = after_monday();
    let now = TUESDAY + DAY + 2 * MINUTE;
    let eva = agent("eva", &[(0, Some("blue"))]);
    assert_eq!(told(&mut task, &past, eva.clone(), now), [("eva".into(), "hello".into(), TUESDAY)]);
    assert_eq!(told(&mut task, &past, eva, now + MINUTE), [], "told again, it is nothing new");
}

#[test]
fn who_is_known_only_then_to_have_left_before_leaves_there() {
    let (mut task, past) = after_monday();
    let left = agent("ana", &[(0, Some("blue")), (MONDAY, None)]);
    let now = TUESDAY + DAY + 2 * MINUTE;
    assert_eq!(told(&mut task, &past, left, now), [("ana".into(), "good-bye".into(), TUESDAY)]);
    let back = agent("ana", &[(0, Some("blue")), (MONDAY, None), (TUESDAY + MINUTE, Some("blue"))]);
    assert_eq!(
        told(&mut task, &past, back, now + MINUTE),
        [("ana".into(), "hello".into(), TUESDAY + MINUTE)]
    );
}

#[test]
fn whoever_was_there_all_along_does_not_join_again() {
    let (mut task, past) = after_monday();
    let elsewhere = agent("ana", &[(0, Some("blue")), (TUESDAY + DAY, Some("blue"))]);
    assert_eq!(told(&mut task, &past, elsewhere, TUESDAY + DAY + 2 * MINUTE), []);
}
