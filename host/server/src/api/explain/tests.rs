//! A made-up explanation, for these tests and for those of the pages.

use std::{collections::BTreeMap, sync::Arc};

use plaudit_core::{
    award::{Content, EffectId, EffectKind, Standing, Status, Withheld},
    event::Subject,
    incentive::{Audience, Incentive, Period, Periods},
    journal::Position,
    metric::MetricDefinition,
    price::{Part, Price},
    reason::{Lacks, MissedGuard, NotCounted},
    rule::{
        Aggregate, BoardSpec, ColumnSpec, DrawMethod, DrawPlan, Guard, KeyKind, Plan, Progress, Reward,
        StateFor, Term, Text, TextValue, Tie,
    },
};
use plaudit_store::memory::MemoryStore;

use super::{answer, veiled, words::Words};
use crate::{
    api::{
        explained::{
            Did, Explained, Fact, Kept, Lot, Luck, Moment, MomentKind, NextPlace, Outcome, Place,
            RowStanding, Totals, Why,
        },
        views::{DrawState, PeriodState},
    },
    texts::{Links, Locale, PluginTexts, Texts},
};

/// Monday 2026-03-02, midnight in Vilnius.
const DAY: i64 = 1_772_402_400_000;
const HOUR: i64 = 3_600_000;

/// Every reason there is.
fn reasons() -> Vec<NotCounted> {
    let guard = |value| MissedGuard {
        board: "main".into(),
        column: "csat".into(),
        value,
        at_least: Some(4.3),
        at_most: None,
    };
    let filter = |lacks| NotCounted::Filter { metric: Some("csat".into()), lacks };
    let superseded = |moved_to, is_of_another| NotCounted::Superseded {
        revision: 2,
        received: DAY + HOUR,
        moved_to,
        is_of_another,
    };
    vec![
        filter(Lacks::Filter),
        filter(Lacks::Field),
        NotCounted::Filter { metric: None, lacks: Lacks::Type },
        NotCounted::Absent { metric: "csat".into(), error: "it is a text".into() },
        NotCounted::OutsideWindow,
        NotCounted::OtherPeriod { period: "2026-03-01".into() },
        NotCounted::NotInAudience,
        superseded(None, false),
        superseded(Some(DAY), false),
        superseded(None, true),
        NotCounted::Stale,
        NotCounted::Retracted { received: Some(DAY + HOUR) },
        NotCounted::Retracted { received: None },
        NotCounted::LeftOut { actor: "Marta".into(), at: DAY + HOUR },
        NotCounted::Late { received: DAY + 48 * HOUR },
        NotCounted::Guard(guard(Some(4.1))),
        NotCounted::Guard(guard(None)),
        NotCounted::Guard(MissedGuard { at_least: None, at_most: Some(2.0), ..guard(Some(4.1)) }),
        NotCounted::Guard(MissedGuard { at_least: None, at_most: Some(2.0), ..guard(None) }),
        NotCounted::Cap { value: 20.0, target: 20.0 },
        NotCounted::UnknownAgent,
        NotCounted::NoKey,
    ]
}

fn fact(index: u32, outcome: Outcome) -> Fact {
    Fact {
        position: Position { block: 7, index },
        time: DAY + 9 * HOUR + i64::from(index) * 60_000,
        source: "/acd".into(),
        name: format!("contact-{index}").into(),
        id: format!("e{index}").into(),
        kind: "contact.completed".into(),
        revision: 0,
        measures: vec![(0, 1.0, 1.0)],
        outcome,
    }
}

fn plan() -> Plan {
    let column = |name: &str, aggregate| ColumnSpec { name: name.into(), aggregate };
    Plan {
        key: KeyKind::Agent,
        state: StateFor::Ever,
        metrics: vec!["calls".into(), "csat".into()],
        attributes: Vec::new(),
        boards: vec![BoardSpec {
            name: "main".into(),
            columns: vec![column("calls", Aggregate::Sum), column("csat", Aggregate::Mean)],
            value: vec![Term { column: 0, factor: 1.0 }],
            per: None,
            guards: vec![Guard { column: 1, at_least: Some(4.3), at_most: None, or_nothing: false }],
            ties: vec![Tie { column: 1, lowest_first: false }],
            lowest_first: false,
        }],
        draws: vec![DrawPlan { name: "evening".into(), method: DrawMethod::Weighted }],
        quotas: Vec::new(),
        chances: Vec::new(),
        tell_corrections: false,
        tell_late: false,
        opening: None,
    }
}

fn metric(name: &str, unit: &str) -> MetricDefinition {
    MetricDefinition {
        name: name.into(),
        version: 1,
        types: vec!["contact.completed".into()],
        filter: None,
        value: "1".into(),
        per: None,
        unit: unit.into(),
        lower_is_better: false,
    }
}

fn award(agent: &str, status: Status) -> Standing {
    let because = Text { message: "place".into(), arguments: vec![("n".into(), TextValue::Number(12.5))] };
    Standing {
        id: EffectId {
            incentive: "sprint".into(),
            period: Some("2026-03-02".into()),
            kind: EffectKind::Award,
            name: "first".into(),
            subject: Subject::agent(agent),
            key: "once".into(),
        },
        time: DAY + 20 * HOUR,
        content: Content::Award { reward: Reward::Points { currency: "points".into(), units: 300 }, because },
        status,
        since_block: 9,
        paid: Price::from(vec![(Part { unit: "points".into(), bought: None }, 300)]),
        revision: 0,
        held: Price::default(),
        steps: Vec::new(),
        team: None,
    }
}

/// Second of three, with a fact for each reason, one that earned an award, and a lot.
pub(crate) fn sample(agent: &str) -> Explained {
    let did = Did {
        scores: vec![(0, 0, 1.0, 1.0), (0, 1, 5.0, 1.0)],
        tickets: vec![(0, 2)],
        effects: vec![award(agent, Status::Granted).id],
        tries: vec![Luck {
            award: EffectId { name: "instant".into(), ..award(agent, Status::Granted).id },
            wins: 1,
            of: 50,
        }],
        progress: None,
        changed: Some(true),
    };
    let mut facts = vec![fact(0, Outcome::Counted(Some(did))), fact(1, Outcome::Counted(None))];
    facts.extend((2..).zip(reasons()).map(|(index, why)| fact(index, Outcome::Not(why))));
    let row =
        RowStanding { rank: 2, qualified: true, value: Some(12.0), columns: vec![Some(12.0), Some(4.5)] };
    let asked = MissedGuard {
        board: "main".into(),
        column: "csat".into(),
        value: Some(4.5),
        at_least: Some(4.3),
        at_most: None,
    };
    let reward = Reward::Points { currency: "points".into(), units: 300 };
    Explained {
        agent: agent.into(),
        incentive: Incentive {
            id: "sprint".into(),
            title: "Daily sprint".into(),
            plugin: "d1".into(),
            settings: r#"{"metric":"calls","open":true}"#.into(),
            audience: Audience::default(),
            start: DAY,
            end: None,
            zone: chrono_tz::Tz::Europe__Vilnius,
            periods: Periods::Daily,
            allotment: Vec::new(),
            prizes: BTreeMap::new(),
            approval: Vec::new(),
            metrics: vec![("calls".into(), 1), ("csat".into(), 1)],
        },
        plan: plan(),
        metrics: vec![metric("calls", "contacts"), metric("csat", "of 5")],
        period: Period { id: "2026-03-02".into(), start: DAY, end: DAY + 24 * HOUR },
        state: PeriodState::Closed,
        watermark: DAY + 25 * HOUR,
        block: 12,
        zone: chrono_tz::Tz::Europe__Vilnius,
        team: Some("blue".into()),
        in_audience: true,
        disqualified: None,
        stands_aside: false,
        totals: Totals {
            counted: 2,
            not_counted: BTreeMap::from([("retracted", 2), ("superseded", 3), ("cap", 1)]),
            other_types: 4,
        },
        facts,
        next: Some(100),
        moments: vec![Moment { at: DAY, kind: MomentKind::Joined, did: Did::default() }],
        boards: vec![Place {
            spec: plan().boards.remove(0),
            subject: Subject::agent(agent),
            row: Some(row),
            ranked: 3,
            rows: 5,
            guards: vec![(asked, true)],
            next: Some(NextPlace { rank: 1, value: 14.1, missing: 2.1, rewards: vec![reward.clone()] }),
        }],
        awards: vec![award(agent, Status::Granted)],
        progress: Some(Progress {
            slot: 0,
            text: Text { message: "nice".into(), arguments: Vec::new() },
            value: 12.0,
            target: 20.0,
        }),
        draws: vec![Lot {
            index: 0,
            name: "evening".into(),
            method: DrawMethod::Weighted,
            state: DrawState::Held,
            tickets: 2,
            tickets_now: Some(3),
            all_tickets: 40,
            entrants: 9,
            seed_hash: "5eed".into(),
            list_hash: Some("1157".into()),
            sealed_block: Some(10),
            has_receipt: true,
            won: Vec::new(),
            excluded: None,
        }],
        kept: Kept::Whole,
        agrees: Some(true),
    }
}

struct NoPlugins;

impl PluginTexts for NoPlugins {
    fn texts(&self, _: &str) -> Option<Arc<BTreeMap<String, String>>> {
        let en = "place = First, with { $n }.\nnice = A kind word.\n";
        Some(Arc::new(BTreeMap::from([("en".to_owned(), en.to_owned())])))
    }
}

fn texts() -> Texts {
    Texts::new(Arc::new(MemoryStore::default()), Arc::new(NoPlugins), Links::none())
}

fn answered(explained: &Explained, locale: Locale) -> String {
    answer::sentences(&Words { texts: &texts(), locale, explained }).join(" ")
}

#[test]
fn every_text_is_there_in_every_language() {
    let texts = texts();
    let mut sample = sample("a1");
    for locale in Locale::ALL {
        for kept in [Kept::Whole, Kept::Final, Kept::TooMany, Kept::Failed] {
            sample.kept = kept;
            let said = Words { texts: &texts, locale, explained: &sample }.explanation(None, None);
            let json = serde_json::to_string(&said).unwrap();
            assert!(!json.contains("[explain-") && !json.contains("[page-"), "{}: {json}", locale.tag());
            assert_eq!(serde_json::from_str::<super::Explanation>(&json).unwrap(), said);
            assert_eq!(said.not_counted.len(), reasons().len());
        }
        let withheld = [
            Withheld::Allotment,
            Withheld::Quota,
            Withheld::Disqualified,
            Withheld::Stock,
            Withheld::Refused,
            Withheld::Undecided,
        ];
        let statuses = withheld.map(Status::Withheld).into_iter();
        for status in statuses.chain([Status::Granted, Status::Reversed, Status::Proposed]) {
            let words = Words { texts: &texts, locale, explained: &sample };
            let text = words.status(&award("a1", status));
            assert!(!text.contains("[page-"), "{}: {text}", locale.tag());
        }
        for reason in reasons() {
            let because = format!("explain-because-{}", reason.code());
            assert!(texts.try_own(locale, &because, &[]).is_some(), "{because} in {}", locale.tag());
        }
    }
}

#[test]
fn the_answer_says_what_kept_somebody_from_more() {
    let mut lost = sample("a1");
    lost.awards.clear();
    let said = answered(&lost, Locale::En);
    assert!(said.starts_with("You held 2 of 40 tickets, and the draw picked other names."), "{said}");
    assert!(said.contains("2 are on the list, 3 by the facts of now"), "{said}");
    assert!(said.ends_with("3 of 5 facts did not count, mostly because they were taken back."), "{said}");

    lost.draws[0].excluded = Some(Why::Plain("Below the quality.".into()));
    assert!(answered(&lost, Locale::En).starts_with("You were left out of the draw. Below the quality."));
    let mut prize = award("a1", Status::Reversed);
    prize.id.key = "evening/0".into();
    lost.awards.push(prize);
    assert!(answered(&lost, Locale::En).contains("300 points. Taken back: no longer part of this draw."));
    lost.awards.clear();
    lost.draws.clear();
    let said = answered(&lost, Locale::En);
    assert!(said.starts_with("You are at place 2 of 3. Place 1 gets 300 points: 2.1 missing."), "{said}");

    lost.boards[0].row.as_mut().unwrap().rank = 0;
    lost.boards[0].guards[0] =
        (MissedGuard { value: Some(4.1), ..lost.boards[0].guards[0].0.clone() }, false);
    let said = answered(&lost, Locale::En);
    assert!(said.starts_with("Customer rating: yours is 4.1, and at least 4.3 is asked for."), "{said}");

    lost.boards.clear();
    assert!(answered(&lost, Locale::En).starts_with("A kind word."), "what is within reach");
    lost.progress = None;
    assert!(answered(&lost, Locale::En).starts_with("Nothing was earned in this period."));
    lost.in_audience = false;
    assert!(answered(&lost, Locale::En).starts_with("Daily sprint was not for you"));
    lost.disqualified = Some("a test".into());
    assert!(
        answered(&lost, Locale::En).starts_with("You take no part in Daily sprint at the moment: a test")
    );
}

#[test]
fn who_chose_not_to_compete_is_told_so_and_not_where_they_would_stand() {
    let mut aside = sample("a1");
    aside.draws.clear();
    aside.stands_aside = true;
    let said = answered(&aside, Locale::En);
    assert!(said.starts_with("You got 300 points. You chose not to compete: you are not ranked"), "{said}");
    assert!(!said.contains("You are at place"), "{said}");
    for locale in Locale::ALL {
        assert!(!answered(&aside, locale).contains("[explain-"), "{}", locale.tag());
    }
    // Their leader reads of no choice, and of no place.
    assert!(veiled(aside.clone(), true).stands_aside);
    let others = veiled(aside, false);
    assert!(others.boards.is_empty());
    let said = answered(&others, Locale::En);
    assert!(!said.contains("compete") && !said.contains("place"), "{said}");
}

#[test]
fn what_stands_is_said_first() {
    let mut won = sample("a1");
    won.draws.clear();
    let said = answered(&won, Locale::En);
    assert!(said.starts_with("You got 300 points. You are at place 2 of 3."), "{said}");
    won.awards = vec![award("a1", Status::Reversed)];
    assert!(
        answered(&won, Locale::En).starts_with("300 points. Taken back: a correction changed the facts.")
    );
}
