//! `plaudit explain`: why an agent got something of an incentive, or did not.

use anyhow::{Context, bail};
use reqwest::{Client, StatusCode};
use serde_json::Value;

use super::{ServerArgs, out};
use crate::api::explain::{Board, Counted, Explanation, Fact, NotCountedFact};

/// Say why an agent got something of an incentive, or did not.
///
/// The answer comes first, then where they stand, what they got, what counted and what did not. Without a period it is
/// the one that is open, or the last one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// External id of the agent, such as E1042, or the opaque one.
    #[arg(long)]
    agent: String,
    /// Id of the incentive.
    #[arg(long)]
    incentive: String,
    /// Id of the period, such as 2026-03-02.
    #[arg(long, conflicts_with = "at")]
    period: Option<String>,
    /// An instant of the period, such as 2026-03-02T14:00:00Z.
    #[arg(long)]
    at: Option<String>,
    /// en, es, lt, zh-Hans or zh-Hant; the agent's own language by default.
    #[arg(long)]
    lang: Option<String>,
    /// Facts at most.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    facts: u16,
    /// Facts to pass over: where the page before ended.
    #[arg(long, default_value_t = 0)]
    after: usize,
    /// Also facts of types that nothing in the incentive looks at.
    #[arg(long)]
    all: bool,
    /// The whole document, for machines.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: ServerArgs,
}

/// Explains.
///
/// # Errors
/// The server does not answer, or says what is not there.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let document = runtime.block_on(fetch(args))?;
    if args.json {
        return out(&format!("{document:#}"));
    }
    let explanation: Explanation =
        serde_json::from_value(document).context("the server is of another release; use --json")?;
    out(table(&explanation).trim_end())
}

async fn fetch(args: &Args) -> anyhow::Result<Value> {
    let mut url = args.server.url.clone();
    match url.path_segments_mut() {
        Ok(mut path) => {
            path.pop_if_empty().extend([
                "v1",
                "agents",
                args.agent.as_str(),
                "incentives",
                args.incentive.as_str(),
                "explanation",
            ]);
        }
        Err(()) => bail!("{} is no address of a server", args.server.url),
    }
    {
        let mut query = url.query_pairs_mut();
        let wishes = [("period", &args.period), ("at", &args.at), ("lang", &args.lang)];
        for (name, value) in wishes.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
            query.append_pair(name, value);
        }
        query.append_pair("limit", &args.facts.to_string());
        query.append_pair("after", &args.after.to_string());
        query.append_pair("all", &args.all.to_string());
    }
    let response =
        Client::new().get(url).bearer_auth(&args.server.token).send().await.with_context(|| {
            format!("{} does not answer; is the server running? --url says where it is", args.server.url)
        })?;
    let status = response.status();
    let document: Value = response.json().await.unwrap_or_default();
    if status != StatusCode::OK {
        bail!("{status}: {}", document["detail"].as_str().unwrap_or("the server does not say why"));
    }
    Ok(document)
}

/// An explanation for a terminal.
fn table(ex: &Explanation) -> String {
    let mut lines = vec![format!("{} · {} · {}", ex.agent.name, ex.incentive.title, ex.period.title)];
    lines.push(format!("{} ({}) · {}", ex.period.bounds, ex.period.zone, ex.period.state_text));
    lines.push(String::new());
    lines.extend(ex.answer.iter().cloned());
    lines.extend(ex.kept_text.clone());
    for board in &ex.boards {
        lines.push(String::new());
        lines.extend(standing(board));
    }
    for draw in &ex.draws {
        lines.push(String::new());
        lines.push(format!("{} · {}", draw.title, draw.state_text));
        lines.push(format!("  {}", draw.text));
        lines.extend(draw.receipt.iter().map(|receipt| format!("  {receipt}")));
    }
    if let Some(reach) = &ex.progress {
        lines.push(String::new());
        lines.push(reach.text.clone());
    }
    if !ex.awards.is_empty() {
        lines.push(String::new());
        lines.extend(ex.awards.iter().map(|award| {
            format!("{}  {} · {} · {}", award.local, award.what, award.status_text, award.because)
        }));
    }
    if !ex.totals.not_counted_text.is_empty() {
        lines.push(String::new());
        lines.push(ex.totals.not_counted_text.clone());
    }
    lines.extend(ex.not_counted.iter().map(not_counted));
    lines.extend(ex.totals.other_types_text.iter().map(|text| format!("  {text}")));
    lines.push(String::new());
    lines.push(ex.totals.counted_text.clone());
    lines.extend(in_time(ex));
    if let Some(next) = ex.next {
        lines.push(format!("  … --after {next}"));
    }
    lines.push(String::new());
    let rule = ex.incentive.rule.clone().unwrap_or_default();
    lines.push(format!("{rule} {}", ex.incentive.digest));
    lines.extend(ex.incentive.settings.iter().map(|s| format!("  {}: {}", s.label, s.value)));
    lines.join("\n")
}

fn standing(board: &Board) -> Vec<String> {
    let mut lines =
        vec![format!("{} · {} · {} {}", board.title, board.place, board.value_title, board.value_text)];
    for guard in &board.guards {
        let sign = if guard.met { "✓" } else { "✕" };
        lines.push(format!("  {sign} {}: {} ({})", guard.title, guard.have, guard.asked));
    }
    lines.extend(board.columns.iter().map(|column| format!("    {}: {}", column.title, column.text)));
    lines.extend(board.next.iter().map(|next| format!("  {}", next.text)));
    lines
}

/// Facts that counted, and what else the rule saw, such as joining, in the order of time.
fn in_time(ex: &Explanation) -> Vec<String> {
    let facts = ex.counted.iter().map(|fact| (fact.fact.time, counted(fact)));
    let moments =
        ex.moments.iter().map(|moment| (moment.time, format!("  {}  {}", moment.local, moment.text)));
    let mut lines: Vec<_> = moments.chain(facts).collect();
    lines.sort_by_key(|(time, _)| *time);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn counted(counted: &Counted) -> String {
    let did = counted.did.as_ref().map(|did| format!("  → {}", did.text)).unwrap_or_default();
    format!("  {}{did}", line(&counted.fact))
}

fn not_counted(fact: &NotCountedFact) -> String {
    format!("  {}  ✕ {}", line(&fact.fact), fact.text)
}

fn line(fact: &Fact) -> String {
    let measures: Vec<&str> = fact.measures.iter().map(|m| m.text.as_str()).collect();
    let measured = if measures.is_empty() { "–".to_owned() } else { measures.join(", ") };
    format!("{}  {} {}  {measured}", fact.local, fact.kind, fact.name)
}
