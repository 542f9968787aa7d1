//! What takes long says how far it is, and ends when nobody wants it any more.

use std::cell::RefCell;

use super::*;
use crate::engine::task::{Keys, TaskError};

/// A world that hears how far a task is, and says so often that it is to go on.
struct Impatient<'a> {
    past: &'a Past,
    patience: usize,
    heard: RefCell<Vec<Keys>>,
}

impl World for Impatient<'_> {
    fn facts(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
    ) -> Result<Vec<(Position, Arc<Event>)>, StoreError> {
        self.past.facts(subjects, from, to, through)
    }

    fn seed(&self, incentive: &str, period: &str, draw: &str) -> [u8; 32] {
        self.past.seed(incentive, period, draw)
    }

    fn goes_on(&self, keys: Keys) -> bool {
        self.heard.borrow_mut().push(keys);
        self.heard.borrow().len() <= self.patience
    }
}

/// Folds everything of a Monday again; what was heard meanwhile, and whether it came to an end.
fn rebuilt(patience: usize) -> (Vec<Keys>, bool) {
    let past = Past::default();
    let mut task = new_task(&roster(), Periods::Daily);
    run_block(&mut task, &past, Vec::new(), MONDAY);
    let facts = vec![event(1, "ana", 8 * 60, 5.0, None, false), event(2, "rut", 9 * 60, 4.0, None, false)];
    run_block(&mut task, &past, facts, MONDAY + 10 * 60 * MINUTE);
    let before = settled(&task);
    let world = Impatient { past: &past, patience, heard: RefCell::default() };
    let view = BlockView::new(past.append(Vec::new(), MONDAY + 11 * 60 * MINUTE), task.roster.clone());
    let is_done = match task.rebuild(&view, &world) {
        Ok(_) => true,
        Err(TaskError::Unwanted) => false,
        Err(error) => panic!("{error}"),
    };
    assert!(!is_done || settled(&task).awards == before.awards, "the same facts come to the same");
    (world.heard.into_inner(), is_done)
}

#[test]
fn a_task_says_how_far_it_is_with_its_keys() {
    let (heard, is_done) = rebuilt(usize::MAX);
    assert!(is_done);
    let read = heard.iter().take_while(|keys| matches!(keys, Keys::Read { .. })).count();
    assert!(read >= 2, "the history of each agent is read: {heard:?}");
    let done = heard.iter().skip(read).map(|keys| match keys {
        Keys::Folded { done, of } if done <= of => *done,
        other => panic!("{other:?} in {heard:?}"),
    });
    assert!(done.is_sorted(), "{heard:?}");
}

#[test]
fn what_nobody_wants_any_more_ends_wherever_it_is() {
    let (heard, _) = rebuilt(usize::MAX);
    for patience in 0..heard.len() {
        let (heard, is_done) = rebuilt(patience);
        assert_eq!((heard.len(), is_done), (patience + 1, false), "it ends as soon as it is told to");
    }
}
