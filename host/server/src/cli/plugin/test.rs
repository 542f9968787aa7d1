//! `plaudit plugin test`: properties that hold for every rule that is a pure function, without a line by its author.

mod stage;

use std::path::PathBuf;

use plaudit_build::{RuleFolder, Voice};
use serde_json::json;

use self::stage::{Stage, Tested};
use super::{
    component::Which,
    finding::{self, Finding},
    generate::{self, Size},
    measure::Diary,
    paint::{Paint, number},
    ready::{Ready, ready},
    scenarios::{self, Scenarios},
    show, texts,
    trial::Frame,
};
use crate::cli::out;

/// Prove on made-up or given events that the rule is a pure function within its limits.
///
/// Each property plays the same events in a house in memory, through the engine as in a server, and compares what was
/// settled, what is on the boards, and every state: played twice; with an instance of its own for each call, which finds
/// what is kept beside the state; with calls of other sizes; with events that arrive in other orders. In the rule's folder
/// the rule is also built natively and compared call by call, and the crate's own tests run once more with the component on
/// their stages. It also says how much of the limits was used, and whether every text that was named is there in every
/// language.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
    /// CloudEvents to play, one a line or a list. Without it a history is made up of events that the rule's metrics
    /// look at.
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    #[command(flatten)]
    frame: Frame,
    /// Agents of the made-up history.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    agents: u32,
    /// Its days.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=400))]
    days: u32,
    /// Events of each agent in a day.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=1000))]
    events_a_day: u32,
    /// Another number makes up another history, and other orders of arrival.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The languages that texts have to be in.
    #[arg(long, value_delimiter = ',', default_values_t = texts::all_languages())]
    languages: Vec<String>,
    /// Do not build the rule natively to compare it.
    #[arg(long)]
    no_native: bool,
    /// Do not run the crate's own tests against the component.
    #[arg(long)]
    no_scenarios: bool,
    /// The result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// Tests; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let ready = match ready(&args.which, &args.frame) {
        Ok(ready) => ready,
        Err(not) => return not.tell(args.json),
    };
    let tried = &ready.tried;
    let events = match &args.events {
        Some(path) => args.frame.events(path, tried)?,
        None => generate::history(&tried.plan, &tried.metrics, args.size()),
    };
    let stage = Stage {
        people: args.frame.people(tried, args.events.as_deref(), &events)?,
        diary: Diary::new(&tried.plugin),
        tried,
        events: &events,
    };
    let native = args.native(&ready);
    let mut tested = stage.test(args.seed, &args.languages, native.as_deref().ok())?;
    let scenarios = args.scenarios(&ready)?;
    tested.findings.extend(scenarios.as_ref().ok().and_then(failed));
    tell(args, &stage, &tested, native.as_ref().err(), &scenarios)?;
    Ok(finding::exit_code(&tested.findings))
}

/// Scenarios that fail against the component.
fn failed(scenarios: &Scenarios) -> Option<Finding> {
    let said = scenarios.said.as_ref()?;
    let text = format!(
        "the rule's own tests fail with the built component on the stage; if they pass natively (`cargo test`), look for \
         what is beyond a limit or differs in Wasm; to repeat: {}\n{said}",
        scenarios.command
    );
    Some(Finding::error("scenario", text))
}

impl Args {
    fn size(&self) -> Size {
        Size {
            agents: self.agents as usize,
            days: i64::from(self.days),
            events: self.events_a_day as usize,
            seed: self.seed,
        }
    }

    /// The rule's native program, or why there is none.
    fn native(&self, ready: &Ready) -> Result<PathBuf, String> {
        let folder = self.own_folder(ready, self.no_native, "--no-native")?;
        let rule = folder.as_crate().ok_or_else(|| {
            format!("a rule in {} is run by the same engine in its component", folder.language())
        })?;
        rule.build_native(Voice::Quiet).map_err(|error| error.to_string())
    }

    /// The rule's own tests against the component, or why they were not run.
    fn scenarios(&self, ready: &Ready) -> anyhow::Result<Result<Scenarios, String>> {
        match self.own_folder(ready, self.no_scenarios, "--no-scenarios") {
            Ok(rule) if rule.as_crate().is_none() => {
                Ok(Err(format!("tests in {} run natively only: start them yourself", rule.language())))
            }
            Ok(rule) => scenarios::run(rule, &ready.component, &ready.workshop).map(Ok),
            Err(why) => Ok(Err(why)),
        }
    }

    fn own_folder<'a>(&self, ready: &'a Ready, is_off: bool, option: &str) -> Result<&'a RuleFolder, String> {
        if is_off {
            return Err(format!("{option} was given"));
        }
        let rule = ready.component.rule.as_ref();
        rule.ok_or_else(|| "that needs the rule's folder: run it there without naming a component".to_owned())
    }
}

fn tell(
    args: &Args,
    stage: &Stage<'_>,
    tested: &Tested,
    no_native: Option<&String>,
    scenarios: &Result<Scenarios, String>,
) -> anyhow::Result<()> {
    let seen = stage.diary.open();
    if args.json {
        let limits = show::limits(&seen).into_iter().map(|(name, used)| (name.to_owned(), json!(used)));
        let document = json!({
            "plugin": { "name": stage.tried.plugin.manifest().name, "digest": stage.tried.plugin.digest() },
            "events": stage.events.len(),
            "compared": tested.pieces,
            "properties": tested.verdicts,
            "native_left_out": no_native,
            "scenarios": scenarios.as_ref().ok(),
            "scenarios_left_out": scenarios.as_ref().err(),
            "limits": limits.collect::<serde_json::Map<_, _>>(),
            "texts_named": seen.texts.keys().collect::<Vec<_>>(),
            "findings": tested.findings,
        });
        return out(&serde_json::to_string_pretty(&document)?);
    }
    let paint = Paint::of_output();
    out(&format!(
        "{} {}: {} events, {} pieces of what they come to compared",
        stage.tried.plugin.manifest().name,
        stage.tried.plugin.manifest().version,
        number(stage.events.len() as i128),
        number(tested.pieces as i128)
    ))?;
    for verdict in &tested.verdicts {
        let word = if verdict.holds { paint.green("ok") } else { paint.red("differs") };
        out(&format!("  {word}  {}", verdict.property))?;
    }
    if let Some(why) = no_native {
        out(&format!("  {}  natively as in Wasm: {why}", paint.yellow("left out")))?;
    }
    tell_scenarios(scenarios, paint)?;
    out("Limits, at worst")?;
    show::limit_table(&seen, paint)?;
    if !tested.awards && tested.findings.is_empty() {
        let hint = "nothing was awarded or said, so that little was tried; give --events or --settings that make it work";
        out(&format!("{}: {hint}", paint.yellow("warning")))?;
    }
    tested.findings.iter().try_for_each(|finding| out(&finding.text(paint)))
}

fn tell_scenarios(scenarios: &Result<Scenarios, String>, paint: Paint) -> anyhow::Result<()> {
    match scenarios {
        Err(why) => {
            out(&format!("  {}  the rule's own tests against the component: {why}", paint.yellow("left out")))
        }
        Ok(ran) => {
            let word = if ran.said.is_none() { paint.green("ok") } else { paint.red("fails") };
            let stage = if ran.on_stage { "" } else { ", none of which puts the rule on a stage (`Play`)" };
            out(&format!(
                "  {word}  the rule's own tests against the component: {} passed, {} failed{stage}",
                ran.passed, ran.failed
            ))
        }
    }
}
