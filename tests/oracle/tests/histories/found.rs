//! What the house has settled, read from its store in the oracle's words.

use std::collections::BTreeMap;

use plaudit_core::{
    award::{Content, EffectKind, Status, Withheld},
    incentive::Incentive,
    journal::{Block, Entry},
    ledger::Account,
};
use plaudit_oracle::{Award, Board, Id, Row, Said, Settled, Standing};
use plaudit_store::{Store, family};

/// Reads everything that is settled for an incentive.
pub(crate) fn settled(store: &dyn Store, incentive: &Incentive, blocks: &[Block]) -> Settled {
    let mut found = Settled { balances: balances(store, incentive), ..Settled::default() };
    let mut prefix = incentive.id.as_bytes().to_vec();
    prefix.push(0);
    let rows = family::scan_prefix::<family::standing::Standing>(store, &prefix, usize::MAX).expect("rows");
    for (_, row) in rows {
        let id = Id {
            period: row.id.period.as_ref().map(ToString::to_string),
            name: row.id.name.to_string(),
            subject: row.id.subject.to_string(),
            key: row.id.key.to_string(),
        };
        match row.content {
            Content::Praise { text, .. } => drop(found.told.insert(id, Said::from(&text))),
            Content::Award { .. } if row.status == Status::Reversed => {}
            Content::Award { reward, because } => {
                assert_eq!(row.id.kind, EffectKind::Award);
                let mut because = Said::from(&because);
                // Draws have an argument of that name, too, which is the rule's.
                let is_limited = id.name == "early";
                let place = is_limited.then(|| because.arguments.remove("place")).flatten();
                let place = place.map_or(0, |place| place.parse().expect("a number"));
                let team = row.team.as_ref().map(ToString::to_string);
                let award = Award { time: row.time, reward, because, team };
                let waits_for = match row.status {
                    Status::Withheld(Withheld::Quota) => Some("quota"),
                    Status::Withheld(Withheld::Undecided) => Some("undecided"),
                    Status::Withheld(Withheld::Allotment) => Some("allotment"),
                    Status::Granted => None,
                    other => panic!("no history makes an award {other:?}"),
                };
                let paid = row.paid.given("points");
                found.awards.insert(id, Standing { award, waits_for, paid, place });
            }
        }
    }
    for (period, start) in opened(blocks) {
        let stored = family::concluded::read_concluded(store, &incentive.id, start).expect("pages");
        let Some((_, rows)) = stored.and_then(|c| c.boards.into_iter().next()) else { continue };
        let finite = |value: f64| value.is_finite().then_some(value);
        let row = |row: family::concluded::ConcludedRow| {
            let columns = row.columns.into_iter().map(finite).collect();
            (
                row.subject.to_string(),
                Row { rank: row.rank, qualified: row.qualified, value: finite(row.value), columns },
            )
        };
        found.boards.insert(period, rows.into_iter().map(row).collect::<Board>());
    }
    for entry in blocks.iter().flat_map(|b| &b.entries) {
        let Entry::TicketsSealed { period, tickets, spec, .. } = entry else { continue };
        let tickets = tickets.iter().map(|(id, n)| (id.to_string(), *n)).collect();
        let excluded =
            spec.excluded.iter().map(|(id, text)| (id.to_string(), text.message.clone())).collect();
        assert!(found.tickets.insert(period.to_string(), tickets).is_none(), "{period} is sealed twice");
        found.excluded.insert(period.to_string(), excluded);
    }
    found
}

fn opened(blocks: &[Block]) -> BTreeMap<String, i64> {
    let entries = blocks.iter().flat_map(|b| &b.entries);
    let opened = entries.filter_map(|entry| match entry {
        Entry::PeriodOpened { period, .. } => Some((period.id.to_string(), period.start)),
        _ => None,
    });
    opened.collect()
}

/// Balances from the incentive's own ledger rows, each of which has to sum to zero.
fn balances(store: &dyn Store, incentive: &Incentive) -> BTreeMap<String, i64> {
    let mut balances: BTreeMap<String, i64> = BTreeMap::new();
    for allotment in &incentive.allotment {
        balances.insert(format!("incentive/{}", incentive.id), allotment.units);
    }
    let rows = family::scan::<family::ledger::Ledger>(store, None, usize::MAX).expect("rows");
    for (_, row) in rows.into_iter().filter(|((task, _), _)| *task == *incentive.id) {
        assert_eq!(row.postings.iter().map(|p| p.units).sum::<i64>(), 0, "row {} is no zero sum", row.number);
        for posting in row.postings {
            let account = match posting.account {
                Account::Allotment(id) => format!("incentive/{id}"),
                Account::Subject(subject) => subject.to_string(),
                other => panic!("an incentive books {other:?}"),
            };
            *balances.entry(account).or_default() += posting.units;
        }
    }
    balances.retain(|_, units| *units != 0);
    balances
}
