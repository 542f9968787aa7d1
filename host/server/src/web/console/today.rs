//! `/` for whoever manages: what needs somebody, what closes next, who won, what is spent.

use std::collections::BTreeMap;

use askama::Template;
use plaudit_core::{DAY_MS, Id, access::Right};

use super::{Shell, decisions};
use crate::{
    api::{
        house::{HouseView, IncentiveRecord},
        views::{AwardView, ContentView, IncentiveView, TaskStatus},
    },
    web::{
        answer::{Asked, Missing},
        home::{self, Budget, Card},
        incentive::Course,
        say::{Say, segment},
        when::Moment,
        why::{Given, given},
    },
};

/// Winners shown.
const WON: usize = 12;
/// Awards that are looked through for those of the last day.
const LOOKED_AT: usize = 2000;

#[derive(Template)]
#[template(path = "console/today.html")]
struct TodayPage {
    shell: Shell,
    say: Say,
    lead: String,
    needs: Vec<Need>,
    running: Vec<Line>,
    over: Vec<Card>,
    won: Vec<Won>,
    won_lead: String,
    more: Option<String>,
    budgets: Vec<Budget>,
    plans: Vec<Plan>,
    gallery: Option<String>,
}

/// Something that waits for a decision, and where it is taken.
struct Need {
    text: String,
    detail: Option<String>,
    href: String,
    cure: String,
    is_urgent: bool,
}

impl Need {
    /// Something that one click leads to.
    fn new(say: &Say, text: String, path: &str, cure: &str, is_urgent: bool) -> Self {
        Self { text, detail: None, href: say.href(path), cure: say.t(cure), is_urgent }
    }
}

/// An incentive that runs.
struct Line {
    href: String,
    manage: Option<String>,
    title: String,
    state: Option<String>,
    closes: Option<(String, Moment)>,
    period: Option<String>,
    lead: Option<String>,
    spent: Option<(String, f64)>,
}

/// What incentives that run may spend of a currency, and have spent.
struct Plan {
    text: String,
}

/// Something that was won since yesterday.
struct Won {
    given: Given,
    name: String,
    name_href: Option<String>,
    incentive: String,
    incentive_href: String,
    href: String,
    when: Moment,
    ago: String,
}

/// The page.
pub(in crate::web) fn page(asked: &Asked) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let seen = state.views.incentives();
    let status = state.views.status();
    let reach = asked.reach(Right::SeeIncentives);
    let own = |record: &&IncentiveRecord| reach.touches(&house.roster, &record.incentive.audience, say.now);
    let mine: Vec<&IncentiveRecord> = house.incentives.values().filter(own).collect();
    let needs = needs(asked, &house, &mine, &status);
    let mut running: Vec<(i64, Line)> = Vec::new();
    for record in &mine {
        let course = Course::new(record, say.now);
        if course.runs() {
            let closes = course.open().map_or(record.incentive.start, |period| period.end);
            let view = seen.iter().find(|view| view.id == record.incentive.id);
            running.push((closes, line(asked, record, &course, view)));
        }
    }
    running.sort_by_key(|(closes, _)| *closes);
    let over = mine.iter().filter(|record| !Course::new(record, say.now).runs());
    let over =
        over.map(|record| home::card(asked, record, seen.iter().find(|view| view.id == record.incentive.id)));
    let (won, all) = won(asked, &house);
    let lead = match needs.len() {
        0 => say.t("console-nothing-waits"),
        n => say.n("console-n-needs", i64::try_from(n).unwrap_or(i64::MAX)),
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let page = TodayPage {
        shell: Shell::new(asked, say.t("console-ask-today"), Some("/live".to_owned())),
        say: say.clone(),
        lead,
        needs,
        running: running.into_iter().map(|(_, line)| line).collect(),
        over: over.collect(),
        won_lead: say.n("console-n-won", count(all)),
        more: (all > won.len()).then(|| say.n("console-n-more", count(all - won.len()))),
        won,
        budgets: if asked.may(Right::SeeBudgets) { home::budgets(say, &house, &seen) } else { Vec::new() },
        plans: if asked.may(Right::SeeBudgets) { plans(asked, &mine, &seen) } else { Vec::new() },
        gallery: asked.may(Right::Preview).then(|| say.href("/gallery")),
    };
    Ok(page.render()?)
}

fn line(asked: &Asked, record: &IncentiveRecord, course: &Course<'_>, view: Option<&IncentiveView>) -> Line {
    let say = &asked.say;
    let incentive = &record.incentive;
    let open = course.open();
    let leads = view.filter(|view| view.draws.is_empty()).zip(open).and_then(|(view, period)| {
        let board = asked.board(&incentive.id, view.boards.first()?, Some(&period.id))?;
        crate::web::incentive::lead(asked, record, &board)
    });
    let tickets = view.filter(|view| !view.draws.is_empty()).zip(open).and_then(|(_, period)| {
        let draws = asked.draws(&incentive.id);
        let draw = draws.iter().find(|draw| draw.period == period.id)?;
        Some(say.n("n-tickets", i64::try_from(draw.tickets).unwrap_or(i64::MAX)))
    });
    let allotment = incentive.allotment.first().zip(view).filter(|_| asked.may(Right::SeeBudgets));
    let state = course.state();
    Line {
        href: say.incentive(&incentive.id, None),
        manage: may_change(asked, record)
            .then(|| say.href(&format!("/incentives/{}/manage", segment(&incentive.id)))),
        title: incentive.title.clone(),
        state: (state != "state-runs").then(|| say.t(state)),
        closes: open.map(|period| say.closes(period, incentive.zone)),
        period: open.map(|period| say.period(&period.id)),
        lead: leads.or(tickets),
        spent: allotment.map(|(allotment, view)| {
            let of = say.units(allotment.units, &allotment.currency);
            let text = say.with("spent", &[("spent", say.whole(view.spent).into()), ("of", of.into())]);
            (text, home::share(view.spent, allotment.units).min(100.0))
        }),
    }
}

fn may_change(asked: &Asked, record: &IncentiveRecord) -> bool {
    let roster = asked.web.state.journal.house().roster;
    asked.reach(Right::EnableIncentives).holds(&roster, &record.incentive.audience, asked.say.now)
}

/// By currency: what is spent of all that incentives that run have set aside.
fn plans(asked: &Asked, mine: &[&IncentiveRecord], seen: &[IncentiveView]) -> Vec<Plan> {
    let say = &asked.say;
    let mut by_currency: BTreeMap<&Id, (i64, i64)> = BTreeMap::new();
    for record in mine.iter().filter(|record| Course::new(record, say.now).runs()) {
        let view = seen.iter().find(|view| view.id == record.incentive.id);
        for allotment in &record.incentive.allotment {
            let purse = view.into_iter().flat_map(|view| &view.purse);
            let paid =
                purse.filter(|part| part.unit == allotment.currency).map(|part| part.paid).sum::<i64>();
            let entry = by_currency.entry(&allotment.currency).or_default();
            *entry = (entry.0.saturating_add(paid), entry.1.saturating_add(allotment.units));
        }
    }
    let plan = |(currency, (paid, planned)): (&Id, (i64, i64))| {
        let share = say.locale.percent(home::share(paid, planned) / 100.0, 0, 0);
        let words = [
            ("paid", say.whole(paid).into()),
            ("planned", say.units(planned, currency).into()),
            ("share", share.into()),
        ];
        Plan { text: say.with("console-plan", &words) }
    };
    by_currency.into_iter().map(plan).collect()
}

fn needs(asked: &Asked, house: &HouseView, mine: &[&IncentiveRecord], status: &[TaskStatus]) -> Vec<Need> {
    let say = &asked.say;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut needs = Vec::new();
    for record in mine.iter().filter(|record| Course::new(record, say.now).runs()) {
        let id = &record.incentive.id;
        let task = status.iter().find(|task| task.incentive == *id);
        let fault = task.and_then(|task| task.fault.clone());
        let title = [("title", record.incentive.title.clone().into())];
        let manage = say.href(&format!("/incentives/{}/manage", segment(id)));
        if fault.is_some() || record.paused {
            let text = if fault.is_some() { "console-need-fault" } else { "console-need-paused" };
            needs.push(Need {
                text: say.with(text, &title),
                is_urgent: fault.is_some(),
                detail: fault,
                href: manage,
                cure: say.t("console-look"),
            });
        }
        for waits in task.map(|task| &task.waits[..]).unwrap_or_default() {
            needs.push(Need {
                text: say.with("console-need-waits", &title),
                detail: Some(waits.clone()),
                href: say.incentive(id, None),
                cure: say.t("console-look"),
                is_urgent: false,
            });
        }
    }
    if asked.may(Right::DecideAwards) {
        let waiting = decisions::waiting(asked).len();
        if waiting > 0 {
            needs.push(Need::new(
                say,
                say.n("console-need-approval", count(waiting)),
                "/decisions",
                "console-decide",
                true,
            ));
        }
    }
    let thanks = crate::web::floor::kudos::count(asked);
    if thanks > 0 {
        needs.push(Need::new(say, say.n("kudos-n-wait", count(thanks)), "/kudos", "console-look", false));
    }
    if asked.may(Right::Adjust) {
        let late = decisions::undecided(asked, house).len();
        if late > 0 {
            needs.push(Need::new(
                say,
                say.n("console-need-late", count(late)),
                "/decisions#late",
                "console-decide",
                false,
            ));
        }
    }
    let parked = i64::try_from(asked.web.state.journal.parked()).unwrap_or(i64::MAX);
    if parked > 0 && asked.reach(Right::SetRoster).is_everything() {
        needs.push(Need::new(say, say.n("console-need-parked", parked), "/roster", "console-look", false));
    }
    let dead = i64::try_from(super::deliveries::dead(asked)).unwrap_or(i64::MAX);
    if dead > 0 {
        needs.push(Need::new(
            say,
            say.n("console-need-dead", dead),
            "/deliveries?state=dead",
            "console-look",
            true,
        ));
    }
    for (source, span) in super::intake::silent(asked) {
        needs.push(Need::new(
            say,
            say.with("console-need-silent", &[("source", source.into()), ("span", span.into())]),
            "/sources",
            "console-look",
            true,
        ));
    }
    let drafts = super::draft::all(asked).map_or(0, |all| all.len());
    if drafts > 0 {
        needs.push(Need::new(
            say,
            say.n("console-need-drafts", count(drafts)),
            "/gallery#drafts",
            "console-look",
            false,
        ));
    }
    needs
}

/// What was won since yesterday, the newest first, and how much that is in all.
fn won(asked: &Asked, house: &HouseView) -> (Vec<Won>, usize) {
    let say = &asked.say;
    let reach = asked.reach(Right::SeeAwards);
    if reach.is_nothing() {
        return (Vec::new(), 0);
    }
    let all = asked.web.state.views.awards_with("granted", None, LOOKED_AT);
    let is_new = |award: &AwardView| {
        matches!(award.content, ContentView::Award { .. })
            && award.time > say.now - DAY_MS
            && reach.covers_subject(&house.roster, &award.subject, say.now)
    };
    let new: Vec<AwardView> = all.into_iter().filter(is_new).collect();
    let shown = |award: &AwardView| {
        let record = house.incentives.get(&award.incentive);
        let zone = record.map_or(chrono_tz::Tz::UTC, |record| record.incentive.zone);
        let when = say.moment(award.time, zone);
        Won {
            given: given(say, award),
            name: say.name(&award.subject),
            name_href: say.page_of(&award.subject),
            incentive: record.map_or_else(|| award.incentive.to_string(), |r| r.incentive.title.clone()),
            incentive_href: say.incentive(&award.incentive, award.period.as_deref()),
            href: say.href(&format!("/why/{}", segment(&award.id))),
            ago: say.with("ago", &[("span", when.span.clone().into())]),
            when,
        }
    };
    (new.iter().take(WON).map(shown).collect(), new.len())
}
