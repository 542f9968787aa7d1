//! The engine's side of the server, put together in one place.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::Context;
use plaudit_core::limits::STEPS_PER_CALL_MAX;
use plaudit_runtime::{Compiler, Runtime, RuntimeConfig};
use plaudit_store::Store;
use tokio_util::sync::CancellationToken;

use crate::{
    api::{house::Appender, plugins::PluginHost, previews::Previews, views::Views},
    clock::Clock,
    config::{Config, Pages, secrets::Secrets},
    deliver::{self, DeliverHandle},
    engine::{Engine, EngineConfig, plugins::Plugins},
    journal::Journal,
    texts::{Links, PluginTexts, Texts},
};

/// What the front of the server works with, and how it ends.
pub(super) struct Parts {
    /// Writes the journal.
    pub(super) journal: Arc<dyn Appender>,
    /// Shows what is settled.
    pub(super) views: Arc<dyn Views>,
    /// Runs rules.
    pub(super) plugins: Arc<dyn PluginHost>,
    /// Tries incentives on the past.
    pub(super) previews: Arc<Previews>,
    /// What messages and pages say.
    pub(super) texts: Arc<Texts>,
    /// A hand on deliveries.
    pub(super) deliveries: DeliverHandle,
    delivering: tokio::task::JoinHandle<()>,
    nudging: tokio::task::JoinHandle<()>,
    writer: Journal,
    engine: Engine,
    store: Arc<dyn Store>,
}

/// Texts of plugins, and the titles that managers gave to incentives.
struct Titled {
    plugins: Arc<Plugins>,
    journal: Journal,
}

impl PluginTexts for Titled {
    fn texts(&self, digest: &str) -> Option<Arc<BTreeMap<String, String>>> {
        PluginTexts::texts(&*self.plugins, digest)
    }

    fn incentive_title(&self, incentive: &str) -> Option<String> {
        let house = self.journal.house();
        house.incentives.get(incentive).map(|enabled| enabled.incentive.title.clone())
    }
}

/// What runs rules.
///
/// # Errors
/// The cache of compiled rules can't be used.
pub(in crate::cli) fn runtime(config: &Config, secrets: &Secrets) -> anyhow::Result<Runtime> {
    Ok(Runtime::new(RuntimeConfig {
        cache_dir: config.store.path.with_file_name("compiled"),
        mac_key: secrets.mac_key,
        compiler: Compiler::Child {
            program: std::env::current_exe().context("the server can't find its own program")?,
            arguments: vec!["compile-plugin".to_owned()],
        },
    })?)
}

/// What the settings say of the engine.
pub(in crate::cli) fn engine_config(config: &Config, secrets: &Secrets) -> EngineConfig {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    EngineConfig {
        threads: if config.engine.threads == 0 { processors } else { config.engine.threads },
        settle_ms: i64::try_from(config.engine.settle_delay_s.saturating_mul(1000)).unwrap_or(i64::MAX),
        grace_ms: i64::try_from(config.engine.grace_h.saturating_mul(3_600_000)).unwrap_or(i64::MAX),
        checkpoint_blocks: config.engine.checkpoint_blocks,
        steps_per_call: STEPS_PER_CALL_MAX,
        draw_key: secrets.draw_key.to_vec(),
        beacon: config.beacon(),
    }
}

/// Opens the journal and starts the engine.
///
/// # Errors
/// The store is damaged, the cache of compiled rules can't be used, or there are no threads.
pub(super) fn open(
    config: &Config,
    secrets: &Secrets,
    store: Arc<dyn Store>,
    clock: &Clock,
    closing: &CancellationToken,
) -> anyhow::Result<Parts> {
    let plugins = Arc::new(Plugins::new(runtime(config, secrets)?, store.clone()));
    let engine_config = engine_config(config, secrets);
    let mut engine = None;
    let writer = Journal::open(store.clone(), clock.clone(), |opened| {
        // A driven clock goes on where the journal ends.
        if clock.is_driven() && clock.drive(opened.house.at).is_ok() {
            tracing::info!(now = clock.now(), "the clock is driven by hand");
        }
        let made = Engine::new(opened, plugins.clone(), engine_config)?;
        Ok(engine.insert(made).follower())
    })?;
    let engine = engine.context("the journal was opened without its follower")?;
    engine.start(&writer)?;
    let links = match config.server.pages {
        Pages::Open | Pages::Accounts => Links::under(&config.server.base_url()),
        Pages::Off => Links::none(),
    };
    let titled = Titled { plugins: plugins.clone(), journal: writer.clone() };
    let texts = Arc::new(Texts::new(store.clone(), Arc::new(titled), links));
    let roster = writer.clone();
    let deps = deliver::Deps {
        roster: Arc::new(move || roster.house().roster.clone()),
        store: store.clone(),
        clock: clock.clone(),
        texts: texts.clone(),
        rng: Box::new(rand::make_rng::<rand::rngs::StdRng>()),
    };
    let (handle, delivering) = deliver::start(deps, config.deliver()?, closing.clone())?;
    // It proposes to the journal and keeps nothing: nobody need wait for its end.
    if let Some(source) = config.beacon_source()? {
        let fetching =
            deliver::beacon::run(source, engine.clone(), writer.clone(), clock.clone(), closing.clone());
        tokio::spawn(fetching);
    }
    let nudging = nudge(&engine, &writer, handle.clone(), clock, closing.clone());
    Ok(Parts {
        journal: Arc::new(writer.clone()),
        views: Arc::new(engine.clone()),
        plugins: Arc::new(plugins),
        previews: Arc::new(Previews::new(Arc::new(engine.clone()))),
        texts,
        deliveries: handle,
        delivering,
        nudging,
        writer,
        engine,
        store,
    })
}

/// Wakes delivery when the engine has written to the outbox, and the journal when a driven clock has moved.
fn nudge(
    engine: &Engine,
    journal: &Journal,
    deliveries: DeliverHandle,
    clock: &Clock,
    closing: CancellationToken,
) -> tokio::task::JoinHandle<()> {
    let (outbox, journal) = (engine.outbox(), journal.clone());
    let mut moves = clock.moves();
    let moved = async move || match &mut moves {
        Some(moves) => moves.changed().await.is_ok(),
        None => std::future::pending().await,
    };
    tokio::spawn(async move {
        let mut moved = moved;
        loop {
            tokio::select! {
                () = closing.cancelled() => return,
                () = outbox.notified() => deliveries.nudge(),
                true = moved() => {
                    journal.look();
                    deliveries.nudge();
                }
            }
        }
    })
}

impl Parts {
    /// Ends the writer, then the tasks behind it, then makes the rest durable.
    pub(super) async fn close(self) {
        let Self { writer, engine, store, delivering, nudging, .. } = self;
        for task in [delivering, nudging] {
            if let Err(error) = task.await {
                tracing::error!(%error, "delivery did not end well; the outbox holds what was not told");
            }
        }
        let closed = tokio::task::spawn_blocking(move || {
            writer.close();
            engine.close();
            store.sync()
        });
        match closed.await {
            Ok(Ok(())) => tracing::info!("closed"),
            Ok(Err(error)) => {
                tracing::error!(%error, "the store failed while closing; nothing acknowledged is lost")
            }
            Err(error) => tracing::error!(%error, "closing failed; nothing acknowledged is lost"),
        }
    }
}
