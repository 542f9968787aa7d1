//! Plays of the same events, and what they come to.

use std::{collections::BTreeSet, path::Path};

use plaudit_core::{DAY_MS, Id, Millis, event::Event, rule::Guest};
use serde::Serialize;

use super::super::{
    finding::Finding,
    generate::Dice,
    measure::{Diary, Life, Seen, Watched},
    native::{Beside, Native, Paired},
    show, texts,
    trial::{People, Tried, Ways},
};
use crate::engine::drive::{DriveError, Picture, Taken};

const HOUR: Millis = 60 * 60 * 1000;
/// The longest delay of an event: within the grace of its period, whatever the period.
const LATE_MS_MAX: Millis = 20 * HOUR;
/// Differences shown of a property that does not hold.
const DIFFERENCES_SHOWN: usize = 3;

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

/// As a server plays them.
const USUAL: Play = Play { arrival: Arrival::AsTheyHappen, life: Life::Kept, steps_per_call: 1024 };

/// A property: plays that must all come to what the usual one comes to.
struct Property {
    name: &'static str,
    section: &'static str,
    /// What to look for if it does not hold.
    hint: &'static str,
    taken: Taken,
    plays: Vec<Play>,
}

fn properties(seed: u64) -> Vec<Property> {
    let arriving = |arrival| Play { arrival, ..USUAL };
    let cut = |steps_per_call| Play { steps_per_call, ..USUAL };
    vec![
        Property {
            name: "played twice",
            section: "impure-repeated",
            hint: "what was played before is remembered beside the state: look for a `static` or a `thread_local!`, and \
                   keep it in `Rule::State`",
            taken: Taken::Whole,
            plays: vec![Play { life: Life::Again, ..USUAL }],
        },
        Property {
            name: "an instance of its own for each call",
            section: "impure-memory",
            hint: "something is kept beside the state: move the `static`, the `thread_local!` or the counter into \
                   `Rule::State`, and take a `BTreeMap` for a `HashMap` that is iterated",
            taken: Taken::Whole,
            plays: vec![Play { life: Life::OneCall, ..USUAL }],
        },
        Property {
            name: "calls of 1 and of 7 steps",
            section: "impure-chunks",
            hint: "how steps are cut into calls is the house's business: do nothing once per call, only per step, and \
                   iterate no `HashMap`",
            taken: Taken::Whole,
            plays: vec![cut(1), cut(7)],
        },
        Property {
            name: "other orders of arrival",
            section: "impure-arrival",
            hint: "what reached the house first must not decide: keep state per key only, and rank or limit at the close \
                   (`Rule::conclude`, `quota_at_close`)",
            taken: Taken::Settled,
            plays: vec![
                arriving(Arrival::OneByOne),
                arriving(Arrival::Backwards),
                arriving(Arrival::Late(seed)),
                arriving(Arrival::Late(seed.wrapping_add(1))),
            ],
        },
    ]
}

/// The property that the rule's own program is needed for.
const NATIVELY: &str = "natively as in Wasm";
/// What to look for if it does not hold.
const NATIVELY_HINT: &str = "look for `cfg(target_arch)`, for what has another width there (`usize`, hashes), for a \
                             `HashMap` that is iterated, and for `ln`, `powf` and the like";

/// What became of a property.
#[derive(Debug, Serialize)]
pub(super) struct Verdict {
    pub(super) property: &'static str,
    pub(super) holds: bool,
    /// How many ways were played; of the native rule, how many calls were compared.
    plays: usize,
    /// Where it first differs, if it does.
    differences: Vec<String>,
}

/// Everything that a play needs.
pub(super) struct Stage<'a> {
    pub(super) tried: &'a Tried,
    pub(super) events: &'a [Event],
    pub(super) people: People,
    pub(super) diary: Diary,
}

/// What came of all properties.
#[derive(Default)]
pub(super) struct Tested {
    pub(super) pieces: usize,
    pub(super) awards: bool,
    pub(super) verdicts: Vec<Verdict>,
    pub(super) findings: Vec<Finding>,
}

impl Stage<'_> {
    /// Plays the events in all ways, beside the native program if there is one.
    pub(super) fn test(
        &self,
        seed: u64,
        languages: &[String],
        native: Option<&Path>,
    ) -> anyhow::Result<Tested> {
        let mut tested = Tested::default();
        let (whole, settled) = match self.play(USUAL)? {
            Ok(pictures) => pictures,
            Err(finding) => {
                tested.findings.push(finding);
                return Ok(tested);
            }
        };
        tested.pieces = whole.len();
        for property in properties(seed) {
            let meant = if property.taken == Taken::Whole { &whole } else { &settled };
            match self.holds(&property, meant)? {
                Ok(verdict) => {
                    if !verdict.holds {
                        tested.findings.push(complaint(property.section, property.hint, &verdict));
                    }
                    tested.verdicts.push(verdict);
                }
                Err(finding) => {
                    tested.findings.push(finding);
                    return Ok(tested);
                }
            }
        }
        if let Some(program) = native {
            match self.natively(program)? {
                Ok(verdict) => {
                    if !verdict.holds {
                        tested.findings.push(complaint("impure-native", NATIVELY_HINT, &verdict));
                    }
                    tested.verdicts.push(verdict);
                }
                Err(finding) => tested.findings.push(finding),
            }
        }
        let seen = self.diary.open();
        tested.awards = !seen.texts.is_empty();
        tested.findings.extend(self.missing_texts(&seen, languages));
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

    /// Plays the events as usual with the native rule beside the component, and compares them call by call.
    fn natively(&self, program: &Path) -> anyhow::Result<Result<Verdict, Finding>> {
        let mut native = Native::start(program)?;
        let mut differences = Vec::new();
        if native.describe()? != **self.tried.plugin.manifest() {
            differences
                .push("the manifest is another one; is the component built from this folder?".to_owned());
        }
        if native.plan(&self.tried.settings)?.ok().as_ref() != Some(&self.tried.plan) {
            differences.push("the plan is another one".to_owned());
        }
        let beside = Beside::new(native);
        let (plugin, plan, paired) = (self.tried.plugin.clone(), self.tried.plan.clone(), beside.clone());
        let guest =
            Box::new(move || -> Box<dyn Guest> { Box::new(Paired::new(plugin.guest(&plan), &paired)) });
        if let Err(finding) = self.live(USUAL, guest)? {
            return Ok(Err(finding));
        }
        let (calls, found) = beside.close()?;
        differences.extend(found.iter().map(|text| self.people.named(text)));
        let plays = usize::try_from(calls).unwrap_or(usize::MAX);
        Ok(Ok(Verdict { property: NATIVELY, holds: differences.is_empty(), plays, differences }))
    }

    /// Plays the events in one way.
    fn play(&self, play: Play) -> anyhow::Result<Result<(Picture, Picture), Finding>> {
        let (plugin, plan, diary) = (self.tried.plugin.clone(), self.tried.plan.clone(), self.diary.clone());
        let guest =
            Box::new(move || -> Box<dyn Guest> { Box::new(Watched::new(&plugin, &plan, play.life, &diary)) });
        self.live(play, guest)
    }

    /// Plays the events to the end of their last period.
    fn live(
        &self,
        play: Play,
        guest: Box<dyn Fn() -> Box<dyn Guest>>,
    ) -> anyhow::Result<Result<(Picture, Picture), Finding>> {
        let incentive = self.tried.incentive(self.tried.window(self.events), &[]);
        let (start, end) = (incentive.start, incentive.end.unwrap_or_default());
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
            Err(DriveError::Infrastructure(what)) => Ok(Err(Finding::host(&what))),
            Err(error) => Err(error.into()),
        }
    }

    /// Texts that the rule named and that are not there in a language.
    fn missing_texts(&self, seen: &Seen, languages: &[String]) -> Vec<Finding> {
        let messages = texts::read(self.tried.plugin.manifest(), &mut Vec::new());
        let badges = seen.badges.keys().map(|badge| format!("badge-{badge}"));
        let opening = self.tried.plan.opening.iter().map(|opening| opening.message.clone());
        let named: BTreeSet<String> = seen.texts.keys().cloned().chain(badges).chain(opening).collect();
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

fn complaint(section: &'static str, hint: &str, verdict: &Verdict) -> Finding {
    let more = verdict.differences.len().saturating_sub(DIFFERENCES_SHOWN);
    let mut text = format!(
        "the same events came to another result: {}; {hint}; of each difference the first is of the usual play",
        verdict.property
    );
    for difference in verdict.differences.iter().take(DIFFERENCES_SHOWN) {
        text.push_str(&format!("\n    {difference}"));
    }
    if more > 0 {
        text.push_str(&format!("\n    and {more} more"));
    }
    Finding::error(section, text)
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

#[cfg(test)]
mod tests {
    use plaudit_core::event::Subject;

    use super::{super::super::generate, *};

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
