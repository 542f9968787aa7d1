use proptest::{collection::vec, prelude::*};

use plaudit_core::journal::Replaced;

use super::*;
use crate::memory::MemoryStore;

/// What is said of an entity, and whether history is flushed or opened again after its block.
#[derive(Clone, Debug)]
struct Step {
    entity: u8,
    subject: u8,
    time: Millis,
    retracted: bool,
    stale: bool,
    block_ends: bool,
    flush: bool,
    reopen: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let choices = (prop::bool::weighted(0.2), prop::bool::weighted(0.1), any::<bool>());
    let after = (prop::bool::weighted(0.3), prop::bool::weighted(0.1));
    (0u8..6, 0u8..3, 0i64..20, choices, after).prop_map(
        |(entity, subject, time, (retracted, stale, block_ends), (flush, reopen))| Step {
            entity,
            subject,
            time,
            retracted,
            stale,
            block_ends,
            flush,
            reopen,
        },
    )
}

fn subject(number: u8) -> Subject {
    Subject::agent(format!("a{number}"))
}

fn event(step: &Step, id: usize) -> Event {
    Event {
        source: "/acd".into(),
        id: id.to_string().into(),
        kind: "contact.completed".into(),
        subject: subject(step.subject),
        time: step.time,
        entity: Some(format!("c{}", step.entity).into()),
        revision: id as u64,
        retracted: step.retracted,
        // Long enough that segments take several pages.
        fields: vec![("note".into(), plaudit_core::event::Value::Text("x".repeat(500).into()))],
    }
}

/// Cuts steps into blocks, with what each event replaces.
fn blocks(steps: &[Step]) -> Vec<(Arc<Block>, bool, bool)> {
    let mut current: BTreeMap<u8, Replaced> = BTreeMap::new();
    let mut out = Vec::new();
    let mut entries = Vec::new();
    for (id, step) in steps.iter().enumerate() {
        let number = out.len() as u64 + 1;
        let position = Position { block: number, index: entries.len() as u32 };
        let event = event(step, id);
        let here = Replaced { position, subject: event.subject.clone(), time: event.time };
        let replaces = if step.stale { None } else { current.insert(step.entity, here) };
        entries.push(Entry::Event { event, replaces, stale: step.stale });
        if step.block_ends || id + 1 == steps.len() {
            let block = Block { number, at: 100 + number as i64, entries: std::mem::take(&mut entries) };
            out.push((Arc::new(block), step.flush, step.reopen));
        }
    }
    out
}

/// The obvious way: the last version of each entity that is not stale, up to a block.
fn model(blocks: &[Arc<Block>], wanted: &[Subject], from: Millis, to: Millis, through: u64) -> Vec<Position> {
    let mut held: BTreeMap<plaudit_core::Id, (Position, Event)> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.number <= through) {
        for (entry, index) in block.entries.iter().zip(0u32..) {
            if let Entry::Event { event, stale: false, .. } = entry {
                let position = Position { block: block.number, index };
                held.insert(event.fact_name().clone(), (position, event.clone()));
            }
        }
    }
    let mut out: Vec<_> = held
        .into_values()
        .filter(|(_, e)| !e.retracted && wanted.contains(&e.subject) && (from..to).contains(&e.time))
        .collect();
    out.sort_by_key(|(_, e)| StepOrder::of(e));
    out.into_iter().map(|(position, _)| position).collect()
}

/// Every version that ever came, and whether it was stale.
fn all_said(
    blocks: &[Arc<Block>],
    wanted: &[Subject],
    from: Millis,
    to: Millis,
    through: u64,
) -> Vec<(Position, bool)> {
    let mut out = Vec::new();
    for block in blocks.iter().filter(|block| block.number <= through) {
        for (entry, index) in block.entries.iter().zip(0u32..) {
            if let Entry::Event { event, stale, .. } = entry
                && wanted.contains(&event.subject)
                && (from..to).contains(&event.time)
            {
                out.push((Position { block: block.number, index }, *stale));
            }
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn history_says_what_the_obvious_way_says(
        steps in vec(step(), 1..120),
        wanted in vec(0u8..3, 0..3),
        (from, to) in (0i64..20, 0i64..22),
        cut in any::<prop::sample::Index>(),
    ) {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let mut history = History::open(store.clone()).unwrap();
        let all = blocks(&steps);
        let plain: Vec<_> = all.iter().map(|(block, ..)| block.clone()).collect();
        let wanted: Vec<_> = wanted.into_iter().map(subject).collect();
        for (index, (block, flush, reopen)) in all.iter().enumerate() {
            history.add_block(block);
            if *flush {
                let mut batch = Batch::default();
                history.flush_into(&mut batch);
                // Read before the batch is applied, too.
                history.read(&wanted, from, to, block.number).unwrap();
                store.apply(batch).unwrap();
                prop_assert!(history.flushed_through() <= block.number);
            }
            if *reopen {
                history = History::open(store.clone()).unwrap();
                for block in &plain[history.flushed_through() as usize..=index] {
                    history.add_block(block);
                }
            }
        }
        for through in [cut.index(plain.len() + 1) as u64, plain.len() as u64] {
            let read = history.read(&wanted, from, to, through).unwrap();
            let positions: Vec<_> = read.iter().map(|(position, _)| *position).collect();
            prop_assert_eq!(&positions, &model(&plain, &wanted, from, to, through));
            let versions = history.versions(&wanted, from, to, through).unwrap();
            let holding = versions.iter().filter(|v| v.fate == Fate::Holds && !v.event.retracted);
            prop_assert_eq!(holding.map(|v| v.position).collect::<Vec<_>>(), positions);
            let said: Vec<_> = versions.iter().map(|v| (v.position, v.fate == Fate::Stale)).collect::<BTreeMap<_, _>>().into_iter().collect();
            prop_assert_eq!(said, all_said(&plain, &wanted, from, to, through));
            for (position, event) in read {
                let Entry::Event { event: said, .. } = &plain[position.block as usize - 1].entries[position.index as usize]
                    else { panic!("an event") };
                prop_assert_eq!(&*event, said);
            }
        }
    }
}

#[test]
fn long_segments_are_read_back_page_by_page() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
    let history = History::open(store.clone()).unwrap();
    let steps: Vec<_> = (0..6000usize)
        .map(|n| Step {
            entity: 0,
            subject: (n % 3) as u8,
            time: (n / 100) as i64,
            retracted: false,
            stale: false,
            block_ends: n % 256 == 255,
            flush: false,
            reopen: false,
        })
        .collect();
    for (block, ..) in blocks(&steps) {
        // Every event is its own fact here.
        let entries = block.entries.iter().cloned().map(|entry| match entry {
            Entry::Event { event, .. } => Entry::Event { event, replaces: None, stale: false },
            other => other,
        });
        history.add_block(&Arc::new(Block { entries: entries.collect(), ..Block::clone(&block) }));
    }
    let mut batch = Batch::default();
    history.flush_into(&mut batch);
    assert!(batch.ops.len() > 2 * 128, "a directory of several pages: {}", batch.ops.len());
    store.apply(batch).unwrap();
    let history = History::open(store).unwrap();
    let read = history.read(&[subject(0), subject(2)], 10, 30, u64::MAX).unwrap();
    assert_eq!(read.len(), (1000..3000).filter(|n| n % 3 != 1).count());
    assert_eq!(history.read(&[subject(1)], 0, 60, u64::MAX).unwrap().len(), 2000);
    assert_eq!(history.read(&[subject(9)], 0, 60, u64::MAX).unwrap().len(), 0);
}
