//! What a close says and what it is told of teams, and what everyone is told when a period opens.

use plaudit_core::{
    award::Content,
    limits::TOLD_BEFORE_ENABLED_MS_MAX,
    rule::{Opening, Praise, Tone, Word},
    settle::Act,
};

use super::*;

const DAY: Millis = 24 * 60 * MINUTE;
/// Midnight in Vilnius, at the end of Monday.
const TUESDAY: Millis = MONDAY + 22 * 60 * MINUTE;

/// Counts facts, and says of each close how many entrants there are.
struct Herald;

impl Guest for Herald {
    fn fold(&mut self, _: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        let mut out = FoldOutput::default();
        for step in (0..batch.steps()).filter(|step| batch.kind[*step] == 0) {
            out.effects.scores.push(Score {
                step: step as u32,
                board: 0,
                column: 0,
                value: 1.0,
                weight: 1.0,
            });
        }
        Ok(out)
    }

    fn conclude(&mut self, _: &str, told: &Conclusion) -> Result<ConcludeOutput, CallError> {
        let count = TextValue::Number(told.entrants.len() as f64);
        let praise = Praise {
            name: "closed".into(),
            span: Span::Period,
            key: "once".into(),
            tone: Tone::Notice,
            text: Text { message: "closed".into(), arguments: vec![("n".into(), count)] },
        };
        let mut effects = Effects::default();
        effects.praise.push((Origin::Close, Target::Agent("ana".into()), praise));
        Ok(ConcludeOutput { effects, ..ConcludeOutput::default() })
    }
}

fn task() -> (Task, Past) {
    let past = Past::default();
    let mut task = new_task(&roster(), Periods::Daily);
    task.guest = Box::new(Herald);
    (task, past)
}

/// What was said to whom.
fn said(outcome: &Outcome) -> Vec<(Id, String)> {
    let told = outcome.settled.iter().filter(|settled| settled.act == Act::Told);
    let words = told.filter_map(|settled| match &settled.standing.content {
        Content::Praise { text, .. } => {
            Some((settled.standing.id.subject.id.clone(), format!("{} {:?}", text.message, text.arguments)))
        }
        Content::Award { .. } => None,
    });
    words.collect()
}

#[test]
fn praise_of_a_close_is_said_once() {
    let (mut task, past) = task();
    run_block(&mut task, &past, Vec::new(), MONDAY);
    let closed = run_block(&mut task, &past, Vec::new(), TUESDAY + 2 * MINUTE);
    assert_eq!(said(&closed), [("ana".into(), r#"closed [("n", Number(3.0))]"#.into())]);
    // A late fact has the period closed again, and nobody hears it twice.
    let late =
        run_block(&mut task, &past, vec![event(1, "rut", 9 * 60, 5.0, None, false)], TUESDAY + 3 * MINUTE);
    assert_eq!((said(&late), late.concluded), (vec![], vec![Id::from("2026-03-02")]));
}

#[test]
fn a_close_knows_how_large_a_team_is_and_where_its_days_begin() {
    let (mut task, past) = task();
    task.plan.key = KeyKind::Team;
    let mut roster = Roster::clone(&task.roster);
    let half = Stint { from: 0, team: Some("blue".into()), share: 0.5, workdays: 31 };
    let gone = Stint { from: TUESDAY - 1, team: None, share: 0.5, workdays: 31 };
    for (id, stints) in [("eva", vec![half.clone()]), ("tom", vec![half, gone])] {
        roster.apply(&RosterChange::Agent(Agent { id: id.into(), hired_day: None, zone: None, stints }));
    }
    roster.apply(&RosterChange::Team(Team { id: "empty".into(), site: "vno".into(), queues: Vec::new() }));
    task.roster = Arc::new(roster);
    run_block(&mut task, &past, Vec::new(), MONDAY);
    let period = task.calendar.period_at(MONDAY).expect("Monday");
    let told = task.conclusion(&period);
    let sizes: Vec<_> = told.entrants.iter().map(|e| (&*e.id, e.members, e.share)).collect();
    assert_eq!(
        sizes,
        [("blue", 4, 3.5), ("empty", 0, 0.0)],
        "who has left at the last instant is not counted"
    );
    assert_eq!(told.zone.name, "Europe/Vilnius");
    let offset = told.zone.transitions.iter().rfind(|t| t.at <= period.start).map(|t| t.offset_minutes);
    assert_eq!(offset, Some(120));
}

/// A block in which the journal says that the period of this instant has opened.
fn open(task: &mut Task, past: &Past, of: Millis, at: Millis) -> Outcome {
    let period = task.calendar.period_at(of).expect("a period");
    let number = past.append(Vec::new(), at).number;
    let entry = Entry::PeriodOpened { incentive: "spring".into(), period, seed_hashes: BTreeMap::new() };
    let view = BlockView::new(Arc::new(Block { number, at, entries: vec![entry] }), task.roster.clone());
    task.process(&view, past).expect("the rule is sound")
}

#[test]
fn everyone_is_told_that_a_period_opens_but_not_of_one_that_was_open_before() {
    let (mut task, past) = task();
    let words = [("n".to_owned(), Word::Number(20.0)), ("what".to_owned(), Word::Text("sales".into()))];
    task.plan.opening = Some(Opening { message: "begins".into(), arguments: words.into() });
    // Enabled at nine in the morning: Monday has begun.
    task.told_from = MONDAY + 9 * 60 * MINUTE - TOLD_BEFORE_ENABLED_MS_MAX;
    run_block(&mut task, &past, Vec::new(), MONDAY + 9 * 60 * MINUTE);
    let monday = open(&mut task, &past, MONDAY + DAY / 2, MONDAY + 9 * 60 * MINUTE);
    assert_eq!(said(&monday), []);

    let tuesday = open(&mut task, &past, TUESDAY, TUESDAY + 1);
    let text = r#"begins [("n", Number(20.0)), ("what", Text("sales"))]"#;
    assert_eq!(said(&tuesday), ["ana", "rut", "wei"].map(|id| (Id::from(id), text.to_owned())));
    assert!(tuesday.settled.iter().all(|s| s.standing.time == TUESDAY));
    let again = open(&mut task, &past, TUESDAY, TUESDAY + 2);
    assert_eq!(said(&again), [], "once per period");
}
