//! `plaudit plugin test`: properties that hold for every rule that is a pure function, without a line by its author.

use std::{collections::BTreeSet, path::PathBuf};

use plaudit_core::{DAY_MS, Id, Millis, event::Event, rule::Guest};
use serde::Serialize;
use serde_json::json;

use super::{
    EXIT_NO,
    component::{self, Which, Workshop},
    finding::{self, Finding, has_error},
    generate::{self, Dice, Size},
    measure::{Diary, Life, Seen, Watched},
    paint::{Paint, number},
    show, texts,
    trial::{Frame, People, Tried, Untried, Ways},
};
use crate::{
    cli::out,
    engine::drive::{DriveError, Picture, Taken},
};

const HOUR: Millis = 60 * 60 * 1000;
/// The longest delay of an event: within the grace of its period, whatever the period.
const LATE_MS_MAX: Millis = 20 * HOUR;
/// Differences shown of a property that does not hold.
const DIFFERENCES_SHOWN: usize = 3;

/// Prove on made-up or given events that the rule is a pure function within its limits.
///
/// Each property plays the same events in a house in memory, through the engine as in a server, and compares what was
/// settled, what is on the boards, and every state: played twice; with an instance of its own for each call, which finds
/// what is kept beside the state; with calls of other sizes; with events that arrive in other orders. It also says how
/// much of the limits was used, and whether every text that was named is there in every language.
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
    /// The result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// In which order events come to the house.
#[derive(Clone, Copy, Debug)]
enum Arrival {
    /// Hour by hour, as they happen.
    AsTheyHappen,
    /// Each by itself, as it happens.
    OneByOne,
    /// All of a day at its end, the last one first.
    Backwards,
    /// Each up to [`LATE_MS_MAX`] late.
    Late(u64),
}

/// One way to play the events.
#[derive(Clone, Copy, Debug)]
struct Play {
    arrival: Arrival,
    life: Life,
    steps_per_call: usize,
}

const USUAL: Play = Play { arrival: Arrival::AsTheyHappen, life: Life::Kept, steps_per_call: 1024 };

/// A property: plays that must all come to what the usual one comes to.
struct Property {
    name: &'static str,
    section: &'static str,
    taken: Taken,
    plays: Vec<Play>,
}

fn properties(seed: u64) -> Vec<Property> {
    let property = |name, section, taken, plays| Property { name, section, taken, plays };
    let arriving = |arrival| Play { arrival, ..USUAL };
    let cut = |steps_per_call| Play { steps_per_call, ..USUAL };
    vec![
        property("played twice", "impure-repeated", Taken::Whole, vec![USUAL]),
        property(
            "an instance of its own for each call",
            "impure-memory",
            Taken::Whole,
            vec![Play { life: Life::OneCall, ..USUAL }],
        ),
        property("calls of 1 and of 7 steps", "impure-chunks", Taken::Whole, vec![cut(1), cut(7)]),
        property(
            "other orders of arrival",
            "impure-arrival",
            Taken::Settled,
            vec![
                arriving(Arrival::OneByOne),
                arriving(Arrival::Backwards),
                arriving(Arrival::Late(seed)),
                arriving(Arrival::Late(seed.wrapping_add(1))),
            ],
        ),
    ]
}

/// What became of a property.
#[derive(Debug, Serialize)]
struct Verdict {
    property: &'static str,
    holds: bool,
    /// How many ways were played.
    plays: usize,
    /// Where it first differs, if it does.
    differences: Vec<String>,
}

/// Tests; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let component = args.which.read()?;
    let workshop = Workshop::open(&component)?;
    let refuse = |finding: Finding| {
        finding::tell(&[finding], args.json)?;
        Ok(EXIT_NO)
    };
    let plugin = match component::loaded(&workshop, &component) {
        Ok(plugin) => plugin,
        Err(finding) => return refuse(finding),
    };
    let tried = match args.frame.tried(plugin) {
        Ok(tried) => tried,
        Err(Untried::Plugin(finding)) => return refuse(finding),
        Err(Untried::File(error)) => return Err(error),
    };
    let events = match &args.events {
        Some(path) => args.frame.events(path, &tried)?,
        None => generate::history(&tried.plan, &tried.metrics, args.size()),
    };
    let stage = Stage {
        people: args.frame.people(&tried, args.events.as_deref(), &events)?,
        diary: Diary::new(&tried.plugin),
        tried: &tried,
        events: &events,
    };
    let tested = stage.test(args)?;
    tell(args, &stage, &tested)?;
    Ok(if has_error(&tested.findings) { EXIT_NO } else { 0 })
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
}

/// Everything that a play needs.
struct Stage<'a> {
    tried: &'a Tried,
    events: &'a [Event],
    people: People,
    diary: Diary,
}

/// What came of all properties.
#[derive(Default)]
struct Tested {
    pieces: usize,
    awards: bool,
    verdicts: Vec<Verdict>,
    findings: Vec<Finding>,
}

impl Stage<'_> {
    fn test(&self, args: &Args) -> anyhow::Result<Tested> {
        let mut tested = Tested::default();
        let (whole, settled) = match self.play(USUAL)? {
            Ok(pictures) => pictures,
            Err(finding) => {
                tested.findings.push(finding);
                return Ok(tested);
            }
        };
        tested.pieces = whole.len();
        for property in properties(args.seed) {
            let meant = if property.taken == Taken::Whole { &whole } else { &settled };
            match self.holds(&property, meant)? {
                Ok(verdict) => {
                    if !verdict.holds {
                        tested.findings.push(complaint(&property, &verdict));
                    }
                    tested.verdicts.push(verdict);
                }
                Err(finding) => {
                    tested.findings.push(finding);
                    return Ok(tested);
                }
            }
        }
        let seen = self.diary.open();
        tested.awards = !seen.texts.is_empty();
        tested.findings.extend(self.missing_texts(&seen, &args.languages));
        Ok(tested)
    }

    fn holds(&self, property: &Property, meant: &Picture) -> anyhow::Result<Result<Verdict, Finding>> {
        let mut differences = Vec::new();
        for play in &property.plays {
            let (whole, settled) = match self.play(*play)? {
                Ok(pictures) => pictures,
                Err(finding) => return Ok(Err(finding)),
            };
            let found = if property.taken == Taken::Whole { whole } else { settled };
            differences.extend(meant.differences(&found));
        }
        let mut shown = BTreeSet::new();
        differences.retain(|difference| shown.insert(difference.clone()));
        let differences: Vec<String> = differences.iter().map(|text| self.people.named(text)).collect();
        let plays = property.plays.len();
        Ok(Ok(Verdict { property: property.name, holds: differences.is_empty(), plays, differences }))
    }

    /// Plays the events in one way, to the end of their last period.
    fn play(&self, play: Play) -> anyhow::Result<Result<(Picture, Picture), Finding>> {
        let incentive = self.tried.incentive(self.tried.window(self.events), &[]);
        let (start, end) = (incentive.start, incentive.end.unwrap_or_default());
        let (plugin, plan, diary) = (self.tried.plugin.clone(), self.tried.plan.clone(), self.diary.clone());
        let guest =
            Box::new(move || -> Box<dyn Guest> { Box::new(Watched::new(&plugin, &plan, play.life, &diary)) });
        let ways = Ways { steps_per_call: play.steps_per_call, ..Ways::default() };
        let mut house = self.tried.house(incentive, &self.people, ways, guest)?;
        let mut lived = || -> Result<(Picture, Picture), DriveError> {
            house.enable(start - DAY_MS)?;
            for (now, events) in arriving(self.events, play.arrival) {
                house.pass(now)?;
                house.post(now, events)?;
            }
            house.pass(end + LATE_MS_MAX + HOUR)?;
            Ok((house.picture(Taken::Whole)?, house.picture(Taken::Settled)?))
        };
        match lived() {
            Ok(pictures) => Ok(Ok(pictures)),
            Err(DriveError::Fault { key, at, fault }) => {
                let mut finding = Finding::of_fault(&fault);
                let place = self.diary.open().failed.clone();
                let key: Option<Id> = place.as_ref().map(|place| place.key.clone()).or(key);
                let what = place.as_ref().map_or("the close of a period", |place| place.what);
                let at = show::time(place.as_ref().map_or(at, |place| place.at));
                let whom = key.map_or_else(String::new, |key| format!(" of {}", self.people.named(&key)));
                finding.message = format!("the rule failed at {what}{whom}, {at}: {}", finding.message);
                Ok(Err(finding))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Texts that the rule named and that are not there in a language.
    fn missing_texts(&self, seen: &Seen, languages: &[String]) -> Vec<Finding> {
        let messages = texts::read(self.tried.plugin.manifest(), &mut Vec::new());
        let badges = seen.badges.keys().map(|badge| format!("badge-{badge}"));
        let named: BTreeSet<String> = seen.texts.keys().cloned().chain(badges).collect();
        let mut findings = Vec::new();
        for language in languages {
            let own = messages.get(language);
            for message in named.iter().filter(|message| !own.is_some_and(|own| own.contains(*message))) {
                let text = format!(
                    "the text `{message}` is missing in {} ({language}); the rule named it in this test",
                    texts::file(language)
                );
                findings.push(Finding::error("text-missing", text));
            }
        }
        findings
    }
}

fn complaint(property: &Property, verdict: &Verdict) -> Finding {
    let more = verdict.differences.len().saturating_sub(DIFFERENCES_SHOWN);
    let mut text = format!(
        "the same events came to another result: {}; the first is of the usual play, the second of this one",
        property.name
    );
    for difference in verdict.differences.iter().take(DIFFERENCES_SHOWN) {
        text.push_str(&format!("\n    {difference}"));
    }
    if more > 0 {
        text.push_str(&format!("\n    and {more} more"));
    }
    Finding::error(property.section, text)
}

/// Events with the time of the house at which they come, in that order.
fn arriving(events: &[Event], arrival: Arrival) -> Vec<(Millis, Vec<Event>)> {
    let mut dice = Dice::new(match arrival {
        Arrival::Late(seed) => seed,
        _ => 0,
    });
    let mut timed: Vec<(Millis, Event)> = events
        .iter()
        .map(|event| {
            let at = match arrival {
                Arrival::AsTheyHappen => event.time - event.time.rem_euclid(HOUR) + HOUR - 1,
                Arrival::OneByOne => event.time,
                Arrival::Backwards => event.time - event.time.rem_euclid(DAY_MS) + DAY_MS - 1,
                Arrival::Late(_) => event.time + dice.below(LATE_MS_MAX.unsigned_abs()).cast_signed(),
            };
            (at, event.clone())
        })
        .collect();
    if matches!(arrival, Arrival::Backwards) {
        timed.reverse();
    }
    timed.sort_by_key(|(at, _)| *at); // Of one time, as before.
    let mut groups: Vec<(Millis, Vec<Event>)> = Vec::new();
    for (at, event) in timed {
        match groups.last_mut() {
            Some((last, group)) if *last == at && !matches!(arrival, Arrival::OneByOne) => group.push(event),
            _ => groups.push((at, vec![event])),
        }
    }
    groups
}

fn tell(args: &Args, stage: &Stage<'_>, tested: &Tested) -> anyhow::Result<()> {
    let seen = stage.diary.open();
    if args.json {
        let limits = show::limits(&seen).into_iter().map(|(name, used)| (name.to_owned(), json!(used)));
        let document = json!({
            "plugin": { "name": stage.tried.plugin.manifest().name, "digest": stage.tried.plugin.digest() },
            "events": stage.events.len(),
            "compared": tested.pieces,
            "properties": tested.verdicts,
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
    out("Limits, at worst")?;
    show::limit_table(&seen, paint)?;
    if !tested.awards && tested.findings.is_empty() {
        let hint = "nothing was awarded or said, so that little was tried; give --events or --settings that make it work";
        out(&format!("{}: {hint}", paint.yellow("warning")))?;
    }
    tested.findings.iter().try_for_each(|finding| out(&finding.text(paint)))
}

#[cfg(test)]
mod tests {
    use plaudit_core::event::Subject;

    use super::*;

    fn event(id: &str, time: Millis) -> Event {
        Event {
            source: "/s".into(),
            id: id.into(),
            kind: "k".into(),
            subject: Subject::agent("ana"),
            time,
            entity: None,
            revision: 0,
            retracted: false,
            fields: Vec::new(),
        }
    }

    #[test]
    fn every_event_arrives_once_at_a_time_that_is_not_before_its_own() {
        let events: Vec<Event> =
            (0..50).map(|n| event(&n.to_string(), generate::MONDAY + n / 2 * 37 * 60_000)).collect();
        for arrival in
            [Arrival::AsTheyHappen, Arrival::OneByOne, Arrival::Backwards, Arrival::Late(1), Arrival::Late(2)]
        {
            let groups = arriving(&events, arrival);
            assert!(groups.is_sorted_by_key(|(at, _)| *at), "{arrival:?}");
            let mut ids = BTreeSet::new();
            for (at, group) in &groups {
                for event in group {
                    assert!(
                        event.time <= *at && *at <= event.time + DAY_MS,
                        "{arrival:?}: {event:?} at {at}"
                    );
                    assert!(ids.insert(event.id.clone()), "{arrival:?}: {} comes twice", event.id);
                }
            }
            assert_eq!(ids.len(), events.len(), "{arrival:?}");
        }
        let late =
            |seed| arriving(&events, Arrival::Late(seed)).into_iter().map(|(at, _)| at).collect::<Vec<_>>();
        assert_ne!(late(1), late(2));
        assert_eq!(late(1), late(1));
    }
}
