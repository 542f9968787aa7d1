//! The core's types as the contract's, lent wherever the layout allows.

use plaudit_core::rule::{Batch, Conclusion, Zone};
use wasmtime::{Result, Store};

use crate::{
    bindings::{Rule, plaudit::rule::types},
    host::Host,
};

/// Shows a batch as the contract has it. Numbers are lent as they lie; only the lists of records are written anew.
pub(crate) fn with_batch<T>(batch: &Batch, run: impl FnOnce(types::Batch<'_>) -> T) -> T {
    let slots: Vec<types::Slot<'_>> = batch
        .slots
        .iter()
        .map(|slot| types::Slot { id: &slot.id, zone: slot.zone, state: &slot.state, until: slot.until })
        .collect();
    let agents: Vec<types::Agent<'_>> = batch
        .agents
        .iter()
        .map(|agent| types::Agent {
            id: &agent.id,
            team: &agent.team,
            zone: agent.zone,
            hired_day: agent.hired_day,
            share: agent.share,
            workdays: agent.workdays,
        })
        .collect();
    let transitions: Vec<_> = batch.zones.iter().map(transitions).collect();
    let zones: Vec<_> = batch.zones.iter().zip(&transitions).map(|(of, t)| zone(of, t)).collect();
    let metrics: Vec<types::MetricColumn<'_>> = batch
        .metrics
        .iter()
        .map(|metric| types::MetricColumn { values: &metric.values, weights: &metric.weights })
        .collect();
    let words: Vec<Vec<&str>> =
        batch.attributes.iter().map(|column| column.words.iter().map(String::as_str).collect()).collect();
    let attributes: Vec<types::TextColumn<'_>> = batch
        .attributes
        .iter()
        .zip(&words)
        .map(|(column, words)| types::TextColumn { words, at: &column.at })
        .collect();
    run(types::Batch {
        slots: &slots,
        agents: &agents,
        zones: &zones,
        shared: &batch.shared,
        kind: &batch.kind,
        slot_of: &batch.slot_of,
        agent_of: &batch.agent_of,
        time: &batch.time,
        metrics: &metrics,
        attributes: &attributes,
    })
}

fn transitions(zone: &Zone) -> Vec<types::Transition> {
    zone.transitions
        .iter()
        .map(|t| types::Transition { at: t.at, offset_minutes: t.offset_minutes })
        .collect()
}

fn zone<'a>(zone: &'a Zone, transitions: &'a [types::Transition]) -> types::Zone<'a> {
    types::Zone { name: &zone.name, transitions, holidays: &zone.holidays }
}

/// Calls `conclude` with what a conclusion says.
pub(crate) fn call_conclude(
    rule: &Rule,
    store: &mut Store<Host>,
    settings: &str,
    conclusion: &Conclusion,
) -> Result<Result<Vec<u8>, String>> {
    let transitions = transitions(&conclusion.zone);
    let period = types::Period {
        id: &conclusion.period.id,
        start: conclusion.period.start,
        end: conclusion.period.end,
        zone: zone(&conclusion.zone, &transitions),
    };
    let entrants: Vec<types::Entrant<'_>> = conclusion
        .entrants
        .iter()
        .map(|entrant| types::Entrant {
            id: &entrant.id,
            team: &entrant.team,
            share: entrant.share,
            members: entrant.members,
            hired_day: entrant.hired_day,
            tickets: &entrant.tickets,
        })
        .collect();
    let rows: Vec<Vec<types::Standing<'_>>> = conclusion
        .standings
        .iter()
        .map(|board| {
            board
                .iter()
                .map(|row| types::Standing {
                    entrant: row.entrant,
                    rank: row.rank,
                    qualified: row.qualified,
                    value: row.value,
                    columns: &row.columns,
                })
                .collect()
        })
        .collect();
    let standings: Vec<types::BoardStandings<'_>> =
        rows.iter().map(|rows| types::BoardStandings { rows }).collect();
    rule.call_conclude(store, settings, period, &entrants, &standings, &conclusion.shared)
}
