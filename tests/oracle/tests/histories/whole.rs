//! The whole house: journal, engine, components, threads; only the disk is memory and the clock a hand's.

use std::{path::Path, sync::Arc, time::Duration};

use plaudit::{
    api::plugins::PluginHost,
    clock::Clock,
    engine::{Engine, EngineConfig, plugins::Plugins},
    journal::Journal,
};
use plaudit_core::{
    Id, Millis,
    incentive::Incentive,
    journal::{Block, Entry},
};
use plaudit_runtime::{Compiler, Runtime, RuntimeConfig};
use plaudit_store::{Store, family, memory::MemoryStore};
use plaudit_tests::components::build_component;
use proptest::test_runner::TestCaseError;

use crate::{
    found,
    generate::{Act, DRAW_KEY, History},
    play::{metric, oracle, plan, same},
};

struct House {
    store: Arc<dyn Store>,
    clock: Clock,
    plugins: Arc<Plugins>,
    config: EngineConfig,
    running: Option<(Journal, Engine)>,
}

impl House {
    fn new(history: &History, folder: &Path) -> anyhow::Result<Self> {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let runtime = Runtime::new(RuntimeConfig {
            cache_dir: folder.join("cache"),
            mac_key: [7; 32],
            compiler: Compiler::InProcess,
        })?;
        let mut house = Self {
            plugins: Arc::new(Plugins::new(runtime, store.clone())),
            clock: Clock::driven(history.begins),
            config: EngineConfig {
                threads: 1,
                settle_ms: history.settle_ms,
                grace_ms: history.grace_ms,
                checkpoint_blocks: 5,
                steps_per_call: plaudit_core::limits::STEPS_PER_CALL_MAX,
                draw_key: DRAW_KEY.to_vec(),
            },
            store,
            running: None,
        };
        house.open()?;
        Ok(house)
    }

    fn open(&mut self) -> anyhow::Result<()> {
        let mut engine = None;
        let journal = Journal::open(self.store.clone(), self.clock.clone(), |opened| {
            let made = Engine::new(opened, self.plugins.clone(), self.config.clone())?;
            Ok(engine.insert(made).follower())
        })?;
        let engine = engine.expect("the journal asks for its follower");
        engine.start(&journal)?;
        self.running = Some((journal, engine));
        Ok(())
    }

    fn close(&mut self) {
        if let Some((journal, engine)) = self.running.take() {
            journal.close();
            engine.close();
        }
    }

    fn journal(&self) -> &Journal {
        &self.running.as_ref().expect("the house is open").0
    }

    async fn settled(&self) {
        let (journal, engine) = self.running.as_ref().expect("the house is open");
        journal.look();
        while !engine.is_idle(self.clock.now()) {
            tokio::time::sleep(Duration::from_millis(1)).await;
            journal.look();
        }
    }

    fn blocks(&self, from: u64) -> Vec<Block> {
        family::journal::read_blocks(&*self.store, from, usize::MAX).expect("a store in memory answers")
    }

    async fn begin(&self, history: &History) -> anyhow::Result<Incentive> {
        let package = format!("plaudit-plugin-{}", history.plugin);
        let plugin = PluginHost::install(&self.plugins, build_component(&package)?).await?;
        let mut entries: Vec<Entry> = history.roster.iter().cloned().map(Entry::Roster).collect();
        let plan = plan(history.plugin, &history.incentive.settings);
        entries.extend(plan.metrics.iter().map(|name| Entry::Metric(metric(name))));
        entries.push(Entry::Plugin {
            digest: plugin.digest.clone(),
            name: history.plugin.into(),
            version: Id::from("0.1.0"),
        });
        entries.push(Entry::Budget {
            budget: "b".into(),
            currency: "points".into(),
            units: 10_000_000,
            actor: "test".into(),
        });
        let incentive = Incentive { plugin: plugin.digest, ..history.incentive.clone() };
        entries.push(Entry::Incentive(incentive.clone()));
        self.journal().append(entries).await?;
        Ok(incentive)
    }

    fn drive(&self, now: Millis) {
        assert!(self.clock.drive(now).is_ok(), "the clock is a hand's");
    }

    async fn act(&mut self, act: &Act) -> anyhow::Result<()> {
        match act {
            Act::Post(now, events) => {
                self.drive(*now);
                self.settled().await;
                self.journal().append_events(events.clone()).await?;
            }
            Act::Roster(now, change) => {
                self.drive(*now);
                self.settled().await;
                self.journal().append(vec![Entry::Roster(change.clone())]).await?;
            }
            Act::Wait(now) => self.drive(*now),
            Act::Save => {}
            Act::Restart => {
                self.close();
                self.open()?;
            }
        }
        self.settled().await;
        Ok(())
    }
}

/// Both settle the same after every act, when the house has come to rest.
pub(crate) fn agree(history: &History) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut house = House::new(history, folder.path()).expect("a house opens");
        let mut oracle = oracle(history);
        let mut read: Vec<Block> = Vec::new();
        let incentive = house.begin(history).await.expect("an incentive begins");
        house.settled().await;
        for (index, act) in history.acts.iter().enumerate() {
            house.act(act).await.expect("the house answers");
            for block in house.blocks(read.len() as u64 + 1) {
                oracle.read(&block);
                read.push(block);
            }
            let found = found::settled(&*house.store, &incentive, &read);
            let same = same(&found, &oracle.settled(), &format!("after act {index}, block {}", read.len()));
            if same.is_err() {
                house.close();
                return same;
            }
        }
        house.close();
        Ok(())
    })
}
