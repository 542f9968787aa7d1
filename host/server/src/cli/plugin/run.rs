//! `plaudit plugin run`: what would it award?

use std::path::{Path, PathBuf};

use anyhow::Context;
use plaudit_core::{
    Id,
    award::{Content, EffectKind, Standing, Status},
    event::Event,
    rule::Reward,
};
use serde_json::{Value, json};

use super::{
    component::Which,
    finding::{self, Finding},
    measure::{Diary, Life, Seen, Watched},
    paint::{Paint, number, table},
    ready::{Ready, ready},
    show::{limit_table, limits, time},
    trial::{Frame, People, Tried, Ways},
};
use crate::{
    cli::out,
    engine::rehearsal::{Beginning, Luck, Report, RuleFault, Script, Settling, Stop, Watch, rehearse},
    journal::Outcome,
};

/// Rows shown; `--json` has all.
const ROWS_SHOWN: usize = 40;
/// What example draws are drawn with.
const EXAMPLES_KEY: [u8; 32] = [7; 32];

/// Let the rule see events, and show what it would award.
///
/// The events go through the engine as in a server: parsed, corrected, ordered, folded within the limits, settled. No
/// server is needed and nothing is kept. Draws are examples.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
    /// CloudEvents, one a line or a list, as POST /v1/events takes them.
    #[arg(long, value_name = "FILE")]
    events: PathBuf,
    #[command(flatten)]
    frame: Frame,
    /// What may be spent, such as points=500; what is more is withheld. Without it everything is paid.
    #[arg(long, value_name = "CURRENCY=UNITS", value_parser = allotment)]
    allotment: Vec<(Id, i64)>,
    /// The result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

fn allotment(text: &str) -> Result<(Id, i64), String> {
    let (currency, units) = text.split_once('=').ok_or("write a currency and units, such as points=500")?;
    match units.parse() {
        Ok(units) if units > 0 && !currency.is_empty() => Ok((currency.into(), units)),
        _ => Err(format!("`{units}` is no number of units above 0")),
    }
}

/// Runs; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    match ready(&args.which, &args.frame) {
        Ok(ready) => show(&ready, &args.frame, &args.events, &args.allotment, args.json),
        Err(not) => not.tell(args.json),
    }
}

/// Runs a rule that is ready; gives the exit code.
pub(super) fn show(
    ready: &Ready,
    frame: &Frame,
    file: &Path,
    allotment: &[(Id, i64)],
    json: bool,
) -> anyhow::Result<u8> {
    let tried = &ready.tried;
    let events = frame.events(file, tried)?;
    let people = frame.people(tried, Some(file), &events)?;
    let diary = Diary::new(&tried.plugin);
    let (report, posted) = match play(tried, &people, &events, allotment, &diary)? {
        Ok(played) => played,
        Err(finding) => {
            let findings = [finding];
            finding::tell(&findings, json)?;
            return Ok(finding::exit_code(&findings));
        }
    };
    let seen = diary.open().clone();
    let findings: Vec<Finding> =
        report.fault.as_ref().map(|fault| failed(fault, &seen, &people, &events)).into_iter().collect();
    if json {
        let document = document(&report, &posted, &seen, &people, &findings);
        out(&serde_json::to_string_pretty(&document)?)?;
    } else {
        tell(&report, &posted, &seen, &people, &findings)?;
    }
    Ok(finding::exit_code(&findings))
}

/// What became of the events of a file.
#[derive(Debug, Default)]
struct Posted {
    accepted: u64,
    repeated: u64,
    conflicting: u64,
    too_old: u64,
}

fn play(
    tried: &Tried,
    people: &People,
    events: &[Event],
    allotment: &[(Id, i64)],
    diary: &Diary,
) -> anyhow::Result<Result<(Report, Posted), Finding>> {
    let incentive = tried.incentive(tried.window(events), allotment);
    let (plugin, plan, watched) = (tried.plugin.clone(), tried.plan.clone(), diary.clone());
    let guest = Box::new(move || -> Box<dyn plaudit_core::rule::Guest> {
        Box::new(Watched::new(&plugin, &plan, Life::Kept, &watched))
    });
    let ways = Ways { is_boundless: allotment.is_empty(), ..Ways::default() };
    let mut house = tried.house(incentive, people, ways, guest)?;
    let mut posted = Posted::default();
    // Each at its time: what is older than the correction window of a later one is not refused.
    for event in events {
        for outcome in house.post(event.time, vec![event.clone()])? {
            match outcome {
                Outcome::Accepted(_) => posted.accepted += 1,
                Outcome::Duplicate => posted.repeated += 1,
                Outcome::Conflict => posted.conflicting += 1,
                _ => posted.too_old += 1,
            }
        }
    }
    let task = house.task_without_a_past()?;
    let end = task.incentive.end.unwrap_or_default();
    let script = Script {
        ends_at: end + task.delays.settle_ms,
        task,
        beginning: Beginning::Anew,
        settling: Settling::AsItGoes,
        through: house.last_block(),
        luck: Luck::of_examples(EXAMPLES_KEY.to_vec()),
        rows_kept: usize::MAX,
    };
    match rehearse(script, &**house.history(), &Watch::default()) {
        Ok(report) => Ok(Ok((report, posted))),
        Err(Stop::Infrastructure(what)) => Ok(Err(Finding::host(&what))),
        Err(stop) => Err(stop).context("the rehearsal came to no end"),
    }
}

/// The rule's fault, with the event at which it happened.
fn failed(fault: &RuleFault, seen: &Seen, people: &People, events: &[Event]) -> Finding {
    let mut finding = Finding::of_fault(&fault.fault);
    let Some(place) = &seen.failed else { return finding };
    let here = |event: &&Event| {
        event.time == place.at && (event.subject.id == place.key || !is_agent(&place.key, people))
    };
    let named = events.iter().find(here).map(|event| {
        let entity = event.entity.as_ref().map_or_else(String::new, |entity| format!(" of {entity}"));
        format!("the event {} ({}{entity})", event.id, event.kind)
    });
    let what = named.filter(|_| place.what == "an event").unwrap_or_else(|| place.what.to_owned());
    let who = people.names.get(&place.key).cloned().unwrap_or_else(|| place.key.to_string());
    finding.message =
        format!("the rule failed at {what}, {}, for {who:?}: {}", time(place.at), finding.message);
    finding
}

fn is_agent(id: &Id, people: &People) -> bool {
    people
        .changes
        .iter()
        .any(|change| matches!(change, plaudit_core::roster::RosterChange::Agent(agent) if agent.id == *id))
}

/// Settled rows as people read them, the earliest first.
fn rows(report: &Report) -> Vec<&Standing> {
    let mut rows: Vec<&Standing> =
        report.settled.values().filter(|row| row.status != Status::Reversed).collect();
    rows.sort_by_key(|row| row.time); // Of equal times, by id.
    rows
}

fn document(report: &Report, posted: &Posted, seen: &Seen, people: &People, findings: &[Finding]) -> Value {
    let row = |row: &&Standing| {
        json!({
            "time": time(row.time),
            "kind": if row.id.kind == EffectKind::Award { "award" } else { "praise" },
            "name": row.id.name,
            "to": people.name(&row.id.subject),
            "key": row.id.key,
            "period": row.id.period,
            "what": what(&row.content),
            "why": why(&row.content),
            "status": status(&row.status),
        })
    };
    let board = |row: &plaudit_store::family::concluded::ConcludedRow| json!({ "rank": row.rank, "who": people.name(&row.subject), "value": row.value, "qualified": row.qualified });
    let period = |period: &plaudit_store::family::concluded::ConcludedPeriod| {
        let boards = period
            .boards
            .iter()
            .map(|(name, rows)| json!({ "board": name, "rows": rows.iter().map(board).collect::<Vec<_>>() }));
        json!({ "period": period.period.id, "boards": boards.collect::<Vec<_>>() })
    };
    json!({
        "events": { "accepted": posted.accepted, "repeated": posted.repeated, "conflicting": posted.conflicting,
            "too_old": posted.too_old, "counted": report.selected },
        "awards": rows(report).iter().map(row).collect::<Vec<_>>(),
        "periods": report.periods.values().map(period).collect::<Vec<_>>(),
        "draws": report.draws,
        "limits": limits(seen).into_iter().map(|(name, used)| (name.to_owned(), json!(used)))
            .collect::<serde_json::Map<_, _>>(),
        "fuel_per_step": seen.fuel_total / seen.steps.max(1),
        "log": seen.logs,
        "findings": findings,
    })
}

fn tell(
    report: &Report,
    posted: &Posted,
    seen: &Seen,
    people: &People,
    findings: &[Finding],
) -> anyhow::Result<()> {
    let paint = Paint::of_output();
    let rows = rows(report);
    let awards = rows.iter().filter(|row| row.id.kind == EffectKind::Award).count();
    out(&format!(
        "{} of {} events counted; {awards} awards, {} times praise",
        number(report.selected),
        number(posted.accepted),
        rows.len() - awards
    ))?;
    for (count, what) in [
        (posted.repeated, "came again and were ignored"),
        (posted.conflicting, "have an id that was there before, with other content"),
        (posted.too_old, "are corrections of what is too old"),
    ] {
        if count > 0 {
            out(&format!("{}: {count} events {what}", paint.yellow("warning")))?;
        }
    }
    if !rows.is_empty() {
        out("")?;
        award_table(&rows, people, paint)?;
    }
    let boards = board_table(report, people);
    if !boards.is_empty() {
        out("\nBoards, the first three")?;
        table(&boards).iter().try_for_each(|line| out(line))?;
    }
    if !report.draws.is_empty() {
        out("\nDraws are examples: the real ones have other seeds, and other winners.")?;
    }
    out("\nLimits, at worst")?;
    limit_table(seen, paint)?;
    for line in &seen.logs {
        out(&format!("log {line}"))?;
    }
    findings.iter().try_for_each(|finding| out(&finding.text(paint)))
}

fn award_table(rows: &[&Standing], people: &People, paint: Paint) -> anyhow::Result<()> {
    let cells = |row: &&Standing| {
        vec![
            time(row.time),
            people.name(&row.id.subject),
            what(&row.content),
            row.id.name.to_string(),
            status(&row.status),
        ]
    };
    let mut lines = vec![["time", "to", "what", "as", "status"].map(str::to_owned).to_vec()];
    lines.extend(rows.iter().take(ROWS_SHOWN).map(cells));
    for (index, line) in table(&lines).iter().enumerate() {
        let is_withheld = index > 0 && matches!(rows[index - 1].status, Status::Withheld(_));
        out(&if is_withheld { paint.red(line) } else { line.clone() })?;
    }
    if rows.len() > ROWS_SHOWN {
        out(&format!("and {} more; --json has all", rows.len() - ROWS_SHOWN))?;
    }
    Ok(())
}

fn board_table(report: &Report, people: &People) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for period in report.periods.values() {
        for (name, rows) in &period.boards {
            for row in rows.iter().filter(|row| row.rank > 0).take(3) {
                lines.push(vec![
                    period.period.id.to_string(),
                    name.to_string(),
                    format!("{}.", row.rank),
                    people.name(&row.subject),
                    format!("{:.3}", row.value).trim_end_matches('0').trim_end_matches('.').to_owned(),
                ]);
            }
        }
    }
    lines.truncate(ROWS_SHOWN);
    lines
}

fn what(content: &Content) -> String {
    match content {
        Content::Award { reward: Reward::Points { currency, units }, .. } => {
            format!("{} {currency}", number(*units))
        }
        Content::Award { reward: Reward::Badge { name, level }, .. } => {
            format!("badge {name}, level {level}")
        }
        Content::Award { reward: Reward::Prize(prize), .. } => format!("prize {prize}"),
        Content::Praise { tone, .. } => format!("praise, {}", format!("{tone:?}").to_lowercase()),
    }
}

fn why(content: &Content) -> Value {
    match content {
        Content::Award { because: text, .. } | Content::Praise { text, .. } => json!(text),
    }
}

fn status(status: &Status) -> String {
    match status {
        Status::Granted => "granted".to_owned(),
        Status::Proposed => "proposed".to_owned(),
        Status::Reversed => "reversed".to_owned(),
        Status::Withheld(why) => format!("withheld: {}", why.word()),
    }
}
