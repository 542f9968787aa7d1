//! Plays a history to the house and to the oracle.

use plaudit::{
    config::catalogue,
    engine::drive::{Drive, DriveError, Setup},
};
use plaudit_core::{
    Millis,
    journal::{Block, Entry},
    limits::STEPS_PER_CALL_MAX,
    metric::{CompiledMetric, MetricDefinition, compile},
    rule::{Guest, Plan},
};
use plaudit_oracle::{Delays, Oracle, Rule, Settled};
use plaudit_plugin_badges::Badges;
use plaudit_plugin_contest::Contest;
use plaudit_plugin_lottery::Lottery;
use plaudit_plugin_praise::Praises;
use proptest::test_runner::TestCaseError;

use crate::{
    first_come::FirstCome,
    found,
    generate::{Act, DRAW_KEY, History},
    native::Native,
    tally::Tally,
};

/// The metrics that histories use: the catalogue of a new house, and a ratio whose denominator may be 0.
pub(crate) fn metric(name: &str) -> MetricDefinition {
    if name == "punctuality" {
        return MetricDefinition {
            name: name.into(),
            version: 1,
            types: vec!["shift.ended".into()],
            filter: None,
            value: "data.adherent_s".into(),
            per: Some("data.scheduled_s".into()),
            unit: String::new(),
            lower_is_better: false,
        };
    }
    let catalogue = catalogue::default().expect("the default catalogue is right");
    catalogue.metrics.into_iter().find(|m| &*m.name == name).unwrap_or_else(|| panic!("no metric {name}"))
}

/// The rule's own plan for these settings.
pub(crate) fn plan(plugin: &str, settings: &str) -> Plan {
    let plan = match plugin {
        "contest" => plaudit_sdk::plan_json::<Contest>(settings),
        "lottery" => plaudit_sdk::plan_json::<Lottery>(settings),
        "badges" => plaudit_sdk::plan_json::<Badges>(settings),
        "first-come" | "race" | "teams" => plaudit_sdk::plan_json::<FirstCome>(settings),
        "tally" => plaudit_sdk::plan_json::<Tally>(settings),
        _ => plaudit_sdk::plan_json::<Praises>(settings),
    };
    let plan = plan.unwrap_or_else(|problems| panic!("{plugin} {settings}: {problems:?}"));
    serde_json::from_str(&plan).expect("a plan")
}

fn guest(plugin: &'static str) -> Box<dyn Fn() -> Box<dyn Guest>> {
    match plugin {
        "contest" => Box::new(|| Box::new(Native::<Contest>::default())),
        "lottery" => Box::new(|| Box::new(Native::<Lottery>::default())),
        "badges" => Box::new(|| Box::new(Native::<Badges>::default())),
        "first-come" | "race" | "teams" => Box::new(|| Box::new(Native::<FirstCome>::default())),
        "tally" => Box::new(|| Box::new(Native::<Tally>::default())),
        _ => Box::new(|| Box::new(Native::<Praises>::default())),
    }
}

fn driven(history: &History) -> Drive {
    let plan = plan(history.plugin, &history.incentive.settings);
    let compiled =
        |name: &String| -> CompiledMetric { compile(&metric(name)).expect("a metric of the catalogue") };
    Drive::new(Setup {
        metrics: plan.metrics.iter().map(compiled).collect(),
        plan,
        guest: guest(history.plugin),
        incentive: history.incentive.clone(),
        settle_ms: history.settle_ms,
        grace_ms: history.grace_ms,
        draw_key: DRAW_KEY.to_vec(),
        steps_per_call: STEPS_PER_CALL_MAX,
        is_boundless: false,
    })
    .expect("a house in memory opens")
}

/// The oracle of a history.
pub(crate) fn oracle(history: &History) -> Oracle {
    let settings = serde_json::from_str(&history.incentive.settings).expect("JSON");
    let rule = Rule::read(history.plugin, &settings);
    let delays = Delays { settle_ms: history.settle_ms, grace_ms: history.grace_ms };
    Oracle::new(rule, history.incentive.clone(), delays, DRAW_KEY)
}

/// Both settle the same after every act.
pub(crate) fn agree(history: &History) -> Result<(), TestCaseError> {
    let mut house = driven(history);
    let mut oracle = oracle(history);
    let mut read: Vec<Block> = Vec::new();
    let start: Millis = history.begins;
    let failed = |error: DriveError| TestCaseError::fail(format!("the house failed: {error}"));
    house.enter(start, history.roster.iter().cloned().map(Entry::Roster).collect()).map_err(failed)?;
    house.enable(start).map_err(failed)?;
    for (index, act) in history.acts.iter().enumerate() {
        match act {
            Act::Post(now, events) => {
                if history.is_sleepless {
                    house.pass(*now).map_err(failed)?;
                }
                house.post(*now, events.clone()).map_err(failed).map(drop)?;
            }
            Act::Roster(now, change) => {
                if history.is_sleepless {
                    house.pass(*now).map_err(failed)?;
                }
                house.enter(*now, vec![Entry::Roster(change.clone())]).map_err(failed)?;
            }
            Act::Wait(now) if history.is_sleepless => house.pass(*now).map_err(failed)?,
            Act::Wait(now) => house.enter(*now, vec![Entry::Tick]).map_err(failed)?,
            Act::Save => house.save(),
            Act::Restart => house.restart(),
        }
        for block in house.blocks().skip(read.len()).map(|b| (**b).clone()).collect::<Vec<_>>() {
            oracle.read(&block);
            read.push(block);
        }
        let found = found::settled(&**house.store(), &history.incentive, &read);
        same(&found, &oracle.settled(), &format!("after act {index}, block {}", read.len()))?;
    }
    let disagreements = house.disagreements();
    if !disagreements.is_empty() {
        return Err(TestCaseError::fail(format!("what is asked for does not stand: {disagreements:?}")));
    }
    Ok(())
}

/// Compares, and says what differs instead of printing both.
pub(crate) fn same(found: &Settled, meant: &Settled, when: &str) -> Result<(), TestCaseError> {
    let mut differing = Vec::new();
    differ("award", &found.awards, &meant.awards, &mut differing);
    differ("praise", &found.told, &meant.told, &mut differing);
    differ("board", &found.boards, &meant.boards, &mut differing);
    differ("tickets", &found.tickets, &meant.tickets, &mut differing);
    differ("excluded", &found.excluded, &meant.excluded, &mut differing);
    differ("balance", &found.balances, &meant.balances, &mut differing);
    if differing.is_empty() {
        return Ok(());
    }
    Err(TestCaseError::fail(format!("{when}:\n{}", differing.join("\n"))))
}

fn differ<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
    what: &str,
    found: &std::collections::BTreeMap<K, V>,
    meant: &std::collections::BTreeMap<K, V>,
    differing: &mut Vec<String>,
) {
    let keys: std::collections::BTreeSet<&K> = found.keys().chain(meant.keys()).collect();
    for key in keys.into_iter().filter(|key| found.get(key) != meant.get(key)) {
        differing.push(format!(
            "{what} {key:?}\n  the house:  {:?}\n  the oracle: {:?}",
            found.get(key),
            meant.get(key)
        ));
    }
}
