//! Native guests that fail in chosen ways.

use plaudit_core::rule::{
    Award, Chance, Change, ConcludeOutput, Conclusion, Fault, FaultKind, Reward, Score, Slot, Span, Target,
    Text, Tickets,
};

use super::*;

/// Fails on the slot called `bad`, when more keys than `keys_max` come at once, and `hiccups` times for no reason.
struct Fake {
    keys_max: usize,
    hiccups: u32,
    calls: Vec<usize>,
    /// How often the bad slot fails.
    faults: u32,
}

impl Fake {
    fn new() -> Self {
        Self { keys_max: usize::MAX, hiccups: 0, calls: Vec::new(), faults: u32::MAX }
    }
}

impl Guest for Fake {
    fn fold(&mut self, _: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        self.calls.push(batch.slots.len());
        if batch.slots.len() > self.keys_max {
            return Err(CallError::Infrastructure("slow".into()));
        }
        if self.hiccups > 0 {
            self.hiccups -= 1;
            return Err(CallError::Infrastructure("hiccup".into()));
        }
        if self.faults > 0 && batch.slots.iter().any(|slot| &*slot.id == "bad") {
            self.faults -= 1;
            return Err(CallError::Rule(Fault { kind: FaultKind::Trap, message: "bad".into() }));
        }
        let mut output = FoldOutput { fuel: 1, ..FoldOutput::default() };
        for (slot, of) in (0u32..).zip(&batch.slots) {
            output.changes.push(Change { slot, state: of.id.as_bytes().to_vec(), wake_at: None });
        }
        for (step, slot) in (0u32..).zip(&batch.slot_of) {
            let value = batch.metrics[0].values[step as usize];
            output.effects.scores.push(Score { step, board: 0, column: 0, value, weight: 1.0 });
            output.effects.tickets.push(Tickets {
                step,
                draw: 0,
                count: batch.attributes[0].at[step as usize],
            });
            let because = Text { message: "why".into(), arguments: Vec::new() };
            let key = batch.slots[*slot as usize].id.to_string();
            let award =
                Award { name: "a".into(), span: Span::Ever, key, reward: Reward::Prize("p".into()), because };
            let at = Origin::Step(step);
            let chance = Chance { at, to: Target::Itself, chance: 0, wins: 1, of: 2, award: award.clone() };
            output.effects.chances.push(chance);
            output.effects.awards.push((Origin::Timer { slot: *slot, at: 1 }, Target::Itself, award));
        }
        Ok(output)
    }

    fn conclude(&mut self, _: &str, _: &Conclusion) -> Result<ConcludeOutput, CallError> {
        Ok(ConcludeOutput::default())
    }
}

/// Two steps per slot; metric and attribute number the steps.
fn batch(names: &[&str]) -> Batch {
    let slots = u32::try_from(names.len()).expect("few");
    let slot_of: Vec<u32> = (0..slots).chain(0..slots).collect();
    let steps = slots * 2;
    Batch {
        slots: names
            .iter()
            .map(|name| Slot { id: (*name).into(), zone: 0, state: Vec::new(), until: 10 })
            .collect(),
        kind: vec![0; slot_of.len()],
        agent_of: vec![0; slot_of.len()],
        time: (0..i64::from(steps)).collect(),
        metrics: vec![MetricColumn { values: (0..steps).map(f64::from).collect(), weights: Vec::new() }],
        attributes: vec![TextColumn { words: Vec::new(), at: (0..steps).collect() }],
        slot_of,
        ..Batch::default()
    }
}

#[test]
fn a_good_batch_takes_one_call() {
    let mut fake = Fake::new();
    let output = fold_isolating(&mut fake, "", batch(&["a", "b", "c"])).expect("good");
    assert_eq!(fake.calls, [3]);
    assert_eq!(output.changes.len(), 3);
}

#[test]
fn the_bad_key_is_found_wherever_it_stands_and_tried_once_more() {
    for place in 0..5 {
        let mut names = ["a", "b", "c", "d", "e"];
        names[place] = "bad";
        let mut fake = Fake::new();
        let isolated = fold_isolating(&mut fake, "", batch(&names)).expect_err("bad");
        assert_eq!(isolated.slot as usize, place);
        assert!(matches!(isolated.error, CallError::Rule(_)));
        assert!(fake.calls.ends_with(&[1, 1]), "not tried alone once more: {:?}", fake.calls);
    }
}

#[test]
fn a_key_that_is_good_alone_is_no_fault() {
    let mut fake = Fake { faults: 3, ..Fake::new() };
    let output = fold_isolating(&mut fake, "", batch(&["a", "b", "bad", "d"])).expect("good in the end");
    assert_eq!(output.changes.len(), 4);
}

#[test]
fn parts_are_counted_as_in_the_whole_batch() {
    let names = ["a", "b", "c", "d", "e"];
    let whole = fold_isolating(&mut Fake::new(), "", batch(&names)).expect("whole");
    let mut fake = Fake { keys_max: 2, ..Fake::new() };
    let parts = fold_isolating(&mut fake, "", batch(&names)).expect("parts");
    assert!(fake.calls.len() > 3);
    assert_eq!(parts.changes, whole.changes);
    assert_eq!(parts.effects.scores.len(), whole.effects.scores.len());
    for score in &parts.effects.scores {
        assert_eq!(score.value, f64::from(score.step), "a score of another step");
    }
    for tickets in &parts.effects.tickets {
        assert_eq!(tickets.count, tickets.step, "tickets of another step");
    }
    for (origin, _, award) in &parts.effects.awards {
        let Origin::Timer { slot, .. } = origin else { panic!("{origin:?}") };
        assert_eq!(names[*slot as usize], award.key, "an award of another slot");
    }
}

#[test]
fn the_host_is_given_a_bounded_number_of_chances() {
    let mut fake = Fake { hiccups: INFRASTRUCTURE_RETRIES_MAX, ..Fake::new() };
    assert!(fold_isolating(&mut fake, "", batch(&["a"])).is_ok());
    let mut fake = Fake { hiccups: INFRASTRUCTURE_RETRIES_MAX + 1, ..Fake::new() };
    let isolated = fold_isolating(&mut fake, "", batch(&["a"])).expect_err("too often");
    assert!(matches!(isolated.error, CallError::Infrastructure(_)));
    assert_eq!(fake.calls.len(), INFRASTRUCTURE_RETRIES_MAX as usize + 1);
}

#[test]
fn a_bad_empty_batch_ends() {
    struct Bad;
    impl Guest for Bad {
        fn fold(&mut self, _: &str, _: &Batch) -> Result<FoldOutput, CallError> {
            Err(CallError::Rule(Fault { kind: FaultKind::Refused, message: "never".into() }))
        }
        fn conclude(&mut self, _: &str, _: &Conclusion) -> Result<ConcludeOutput, CallError> {
            Ok(ConcludeOutput::default())
        }
    }
    assert_eq!(fold_isolating(&mut Bad, "", Batch::default()).expect_err("bad").slot, 0);
}
