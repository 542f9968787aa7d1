//! The worked example of ARCHITECTURE.md, "One worked example in numbers": each number there is asserted here.

use std::sync::atomic::{AtomicUsize, Ordering};

use plaudit_core::settle::Act;

use super::*;

/// The rule of these tests, with the steps that it was given counted.
struct Counting(Streak, Arc<AtomicUsize>);

impl Guest for Counting {
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        self.1.fetch_add(batch.steps(), Ordering::SeqCst);
        self.0.fold(settings, batch)
    }

    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        self.0.conclude(settings, conclusion)
    }
}

struct Stage {
    task: Task,
    past: Past,
    steps: Arc<AtomicUsize>,
    events: usize,
}

/// What a block came to: steps folded, stretches of history read, what was settled.
#[derive(Debug, PartialEq)]
struct Came {
    steps: usize,
    read: usize,
    settled: Vec<(Act, String, i64)>,
}

/// Clock time of a day, from the Monday's midnight in UTC.
fn clock(day: i64, text: &str) -> Millis {
    let parts: Vec<i64> = text.split(':').map(|part| part.parse().expect("a number")).collect();
    MONDAY + ((day * 24 + parts[0]) * 3600 + parts[1] * 60 + parts.get(2).copied().unwrap_or(0)) * 1000
}

impl Stage {
    fn new() -> Self {
        let steps = Arc::<AtomicUsize>::default();
        let mut task = new_task(&roster(), Periods::Daily);
        task.guest = Box::new(Counting(Streak, steps.clone()));
        let mut stage = Self { task, past: Past::default(), steps, events: 0 };
        stage.block(0, "00:00:00", Vec::new());
        stage
    }

    fn rating(&mut self, who: &str, time: &str, csat: f64, revision: u64) -> Event {
        self.events += 1;
        let entity = clock(0, time) as usize;
        let mut event = event(self.events, who, 0, csat, Some((entity, revision)), false);
        event.time = clock(0, time);
        event
    }

    fn block(&mut self, day: i64, at: &str, events: Vec<Event>) -> Came {
        self.steps.store(0, Ordering::SeqCst);
        self.past.read.lock().expect("one thread").clear();
        let outcome = run_block(&mut self.task, &self.past, events, clock(day, at));
        let settled = outcome.settled.into_iter().map(|settled| {
            let name = format!("{} {}", settled.standing.id.name, settled.standing.id.subject.id);
            (settled.act, name, settled.posting.map_or(0, |posting| posting.1))
        });
        let settled = settled.collect();
        let read = self.past.read.lock().expect("one thread").len();
        Came { steps: self.steps.load(Ordering::SeqCst), read, settled }
    }

    /// One rating of Ana, a second after its time unless said otherwise.
    fn ana(&mut self, time: &str, csat: f64, at: &str) -> Came {
        let event = self.rating("ana", time, csat, 0);
        self.block(0, at, vec![event])
    }

    /// Where Ana's base is, and the times of her tail.
    fn shape(&self) -> (Option<Millis>, Vec<Millis>) {
        self.task.keys["ana"].shape()
    }

    fn points(&self) -> i64 {
        1_000_000 - self.task.book.purse.as_ref().map_or(0, |purse| purse.available)
    }
}

fn came(steps: usize, read: usize, settled: &[(Act, &str, i64)]) -> Came {
    let settled = settled.iter().map(|(act, name, units)| (*act, (*name).to_owned(), *units)).collect();
    Came { steps, read, settled }
}

fn times(of: &[&str]) -> Vec<Millis> {
    of.iter().map(|time| clock(0, time)).collect()
}

#[test]
fn base_tail_folding_again_conclude_correction_and_finality_in_numbers() {
    let mut stage = Stage::new();
    let ruts: Vec<_> =
        ["07:00", "07:20", "07:40", "08:00", "08:20"].map(|t| stage.rating("rut", t, 5.0, 0)).into();
    stage.block(0, "08:50:01", ruts);

    // Folded on arrival.
    stage.ana("09:00", 5.0, "09:00:01");
    stage.ana("09:08", 5.0, "09:08:01");
    assert_eq!(stage.ana("09:16", 5.0, "09:16:01"), came(1, 0, &[(Act::Granted, "streak ana", 10)]));
    assert_eq!(stage.ana("09:45", 5.0, "09:45:01"), came(1, 0, &[(Act::Granted, "pause ana", 1)]));
    assert_eq!(stage.ana("09:50", 1.0, "09:50:01"), came(1, 0, &[]));
    assert_eq!(stage.task.watermark(), clock(0, "09:49:01"));
    let tail = times(&["09:08", "09:16", "09:45", "09:50"]);
    assert_eq!(stage.shape(), (Some(clock(0, "09:00")), tail));

    // Late, but in the tail: folded again from the base, without the history.
    let late = stage.ana("09:12", 1.0, "09:52:01");
    assert_eq!(late, came(5, 0, &[(Act::Reversed, "pause ana", -1), (Act::Reversed, "streak ana", -10)]));
    let tail = times(&["09:08", "09:12", "09:16", "09:45", "09:50"]);
    assert_eq!(stage.shape(), (Some(clock(0, "09:00")), tail));
    assert_eq!(stage.points(), 0);

    // Older than the base: folded again from the start of the day, with facts of the history.
    let older = stage.ana("08:55", 5.0, "09:53:01");
    assert_eq!(older, came(8, 1, &[(Act::Granted, "streak ana", 10)]));
    let streak = stage.task.book.rows().into_values().find(|row| &*row.id.name == "streak").cloned();
    let streak = streak.expect("it stands");
    assert_eq!((streak.time, streak.revision, streak.paid), (clock(0, "09:08"), 2, 10));

    // Midnight in Vilnius is at 22:00 UTC; a minute later the watermark is there.
    assert_eq!(stage.block(0, "22:00:59", Vec::new()), came(0, 0, &[]));
    assert_eq!(stage.block(0, "22:01:00", Vec::new()), came(0, 0, &[(Act::Granted, "first ana", 100)]));
    let sums = |stage: &Stage| {
        let period = &stage.task.closing.find("2026-03-02").expect("concluded").period.clone();
        stage.task.conclusion(period).standings[0].iter().take(2).map(|row| row.value).collect::<Vec<_>>()
    };
    assert_eq!(sums(&stage), [27.0, 25.0]);

    // A correction after conclude: it runs again.
    let corrected = stage.rating("ana", "09:45", 1.0, 1);
    let corrected = stage.block(1, "08:00:00", vec![corrected]);
    assert_eq!(
        corrected.settled,
        [(Act::Reversed, "first ana".to_owned(), -100), (Act::Granted, "first rut".to_owned(), 100)]
    );
    assert_eq!(sums(&stage), [25.0, 23.0]);
    assert_eq!(stage.task.closing.find("2026-03-02").map(|concluded| concluded.runs), Some(2));
    assert_eq!(stage.points(), 110);

    // 24 hours after its end the day is final: nothing folds behind it.
    stage.block(1, "21:59:59", Vec::new());
    assert!(stage.task.closing.find("2026-03-02").is_some());
    stage.block(1, "22:00:00", Vec::new());
    assert_eq!(stage.task.closing.final_through, clock(0, "22:00"));
    assert!(stage.task.closing.find("2026-03-02").is_none());
    assert_eq!(stage.shape(), (None, Vec::new()));
    let too_late = stage.rating("ana", "09:45", 5.0, 2);
    assert_eq!(stage.block(1, "22:00:30", vec![too_late]), came(0, 0, &[]));
    assert_eq!((stage.task.too_late, stage.points()), (1, 110));
}
