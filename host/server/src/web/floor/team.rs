//! `/teams` and `/teams/{id}`: how a team is today, for whoever leads it.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use chrono_tz::Tz;
use plaudit_core::{
    Id,
    access::Right,
    calendar::local_day,
    event::Subject,
    metric::{self, EventContext},
    rule::Reward,
};

use super::fact::{Item, Reach, item, nearest_first, reward, today};
use crate::{
    api::{house::HouseView, views::AwardView},
    texts::called,
    web::{
        answer::{Asked, Missing},
        form::{go, message},
        incentive::Course,
        say::{Say, segment},
        shell::Shell,
        when::Moment,
    },
};

/// Difficult contacts of a day from which on a word is suggested.
const HARD_MIN: f64 = 3.0;
/// The metric that counts them; a house without it gets no such suggestion.
const HARD: &str = "hard-contacts";
/// Suggestions and near things shown: more than this nobody says in a morning.
const WORDS: usize = 3;
const NEAR: usize = 6;
/// From which part on something is near, in percent.
const NEAR_PERCENT: f64 = 60.0;
/// Facts of a day that are read for suggestions.
const FACTS_MAX: usize = 50_000;
const FEED: usize = 12;
/// People of the team shown of each board.
const ROWS: usize = 5;

#[derive(Template)]
#[template(path = "floor/team.html")]
struct TeamPage {
    shell: Shell,
    say: Say,
    team: String,
    date: String,
    totals: Vec<(String, String)>,
    words: Vec<Word>,
    near: Vec<(String, String, Reach)>,
    feed: Vec<Item>,
    boards: Vec<Board>,
    people: Vec<Person>,
    /// How many thanks wait for the reader, in words.
    waiting: Option<String>,
    others: Vec<(String, String)>,
}

/// A suggestion to say something.
struct Word {
    text: String,
    href: String,
    name: String,
}

/// The team's people on a board.
struct Board {
    incentive: String,
    href: String,
    closes: Option<(String, Moment)>,
    rows: Vec<(String, String, Option<String>)>,
}

struct Person {
    name: String,
    href: String,
    /// Where they are thanked; nothing for the reader.
    thanks: Option<String>,
    today: Option<String>,
}

/// `GET /teams`: to the one team, or a list of them.
pub(super) async fn list(asked: Asked) -> Response {
    let own = teams(&asked);
    if let [only] = &own[..] {
        return go(&href(&asked.say, only), vec![]);
    }
    asked.page(move |asked| choice(asked, &own)).await
}

#[derive(Template)]
#[template(path = "floor/teams.html")]
struct TeamsPage {
    shell: Shell,
    teams: Vec<(String, String, String)>,
}

fn choice(asked: &Asked, teams: &[Id]) -> Result<String, Missing> {
    let say = &asked.say;
    let title = say.t("floor-teams-title");
    if teams.is_empty() {
        return message(asked, title, vec![say.t("floor-no-team")], None);
    }
    let roster = asked.web.state.journal.house().roster;
    let team = |id: &Id| {
        let members = i64::try_from(roster.members_at(id, say.now).len()).unwrap_or(i64::MAX);
        (say.texts.names().team(id), href(say, id), say.n("floor-n-people", members))
    };
    let teams = teams.iter().map(team).collect();
    Ok(TeamsPage { shell: Shell::new(asked, title, None), teams }.render()?)
}

fn href(say: &Say, team: &str) -> String {
    say.href(&format!("/teams/{}", segment(team)))
}

/// The teams whose people the reader sees.
fn teams(asked: &Asked) -> Vec<Id> {
    let roster = asked.web.state.journal.house().roster;
    let reach = asked.reach(Right::SeePeople);
    roster.teams().filter(|team| reach.covers_team(&roster, &team.id)).map(|team| team.id.clone()).collect()
}

/// `GET /teams/{id}`
pub(super) async fn show(asked: Asked, Path(id): Path<String>) -> Response {
    asked.page(move |asked| page(asked, &id.into())).await
}

fn page(asked: &Asked, id: &Id) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let team = house.roster.team(id).ok_or(Missing::Nothing("floor-missing-team"))?;
    let zone = house.roster.zone_of_team(&team.id).unwrap_or(Tz::UTC);
    let members = house.roster.members_at(&team.id, say.now);
    let subjects: Vec<Subject> = members.iter().cloned().map(Subject::agent).collect();
    let itself = Subject::team(team.id.clone());
    let is_ours = |subject: &Subject| *subject == itself || subjects.contains(subject);
    let got = state.views.awards_since(today(say.now, zone), &is_ours);
    let others = teams(asked).into_iter().filter(|other| *other != team.id);
    let page = TeamPage {
        shell: Shell::new(asked, say.t("floor-team-title"), Some("/live".to_owned())),
        say: say.clone(),
        team: say.texts.names().team(&team.id),
        date: say.locale.day(local_day(zone, say.now)),
        totals: totals(say, &got),
        words: words(asked, &house, &subjects, zone),
        near: near(asked, &house, &members),
        feed: got
            .iter()
            .take(FEED)
            .map(|award| item(say, &house, award, zone, Some(say.name(&award.subject))))
            .collect(),
        boards: boards(asked, &house, &is_ours),
        people: people(asked, &subjects, &got),
        waiting: waiting(asked),
        others: others.map(|other| (say.texts.names().team(&other), href(say, &other))).collect(),
    };
    Ok(page.render()?)
}

/// Thanks that wait for the reader to let them through, keep or remove them.
fn waiting(asked: &Asked) -> Option<String> {
    let n = super::kudos::count(asked);
    (n > 0).then(|| asked.say.n("kudos-n-wait", i64::try_from(n).unwrap_or(i64::MAX)))
}

/// What the team got today, together: nobody is compared by it.
fn totals(say: &Say, got: &[AwardView]) -> Vec<(String, String)> {
    let (mut points, mut badges, mut prizes) = (0, 0, 0);
    for reward in got.iter().filter_map(reward) {
        match reward {
            Reward::Points { currency, units } if **currency == *"points" => points += units,
            Reward::Points { .. } => {}
            Reward::Badge { .. } => badges += 1,
            Reward::Prize(_) => prizes += 1,
        }
    }
    let all = [("day-points", points), ("day-badges", badges), ("day-prizes", prizes)];
    all.into_iter().map(|(label, n)| (say.t(label), say.whole(n))).collect()
}

/// Who had a hard start: a suggestion to say something, with the number that it rests on.
fn words(asked: &Asked, house: &HouseView, members: &[Subject], zone: Tz) -> Vec<Word> {
    let (say, views) = (&asked.say, &asked.web.state.views);
    let Some(hard) = house.metrics.get(HARD).and_then(|definition| metric::compile(definition).ok()) else {
        return Vec::new();
    };
    let window = (today(say.now, zone), say.now.saturating_add(1));
    let mut counts: BTreeMap<Id, f64> = BTreeMap::new();
    for event in views.facts(members, window, FACTS_MAX).unwrap_or_default() {
        if let Ok(Some(measure)) = hard.evaluate(&EventContext::new(&event)) {
            *counts.entry(event.subject.id.clone()).or_default() += measure.value;
        }
    }
    let mut hard: Vec<(Id, f64)> = counts.into_iter().filter(|(_, count)| *count >= HARD_MIN).collect();
    hard.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let word = |(id, count): (Id, f64)| {
        let name = say.texts.agent(say.locale, &id);
        #[expect(clippy::cast_possible_truncation, reason = "a day has far fewer contacts than 2^53")]
        let n = say.texts.count(say.locale, count.round() as i64);
        Word {
            text: say.with("floor-hard", &[("name", called(&name).to_owned().into()), ("n", n)]),
            href: say.href(&format!("/agents/{}", segment(&id))),
            name,
        }
    };
    hard.into_iter().take(WORDS).map(word).collect()
}

/// Who is close to something: where a kind word helps. Streaks are among them, in the rule's own words.
fn near(asked: &Asked, house: &HouseView, members: &[Id]) -> Vec<(String, String, Reach)> {
    let say = &asked.say;
    let mut all: Vec<(String, String, Reach)> = Vec::new();
    for id in members {
        let days = asked.web.state.views.days(id);
        let own = days.iter().filter(|day| day.subject.as_ref().is_some_and(|subject| subject.id == *id));
        let mut reaches: Vec<Reach> = own.filter_map(|day| Reach::of(asked, house, id, day)).collect();
        nearest_first(&mut reaches);
        let is_near = |reach: &Reach| reach.percent.is_some_and(|p| (NEAR_PERCENT..100.0).contains(&p));
        if let Some(reach) = reaches.into_iter().next().filter(is_near) {
            let page = say.href(&format!("/agents/{}", segment(id)));
            all.push((say.texts.agent(say.locale, id), page, reach));
        }
    }
    all.sort_by(|a, b| a.2.distance().total_cmp(&b.2.distance()).then_with(|| a.0.cmp(&b.0)));
    all.truncate(NEAR);
    all
}

/// The best of the team on each board of what runs; nobody is shown for standing at the end.
fn boards(asked: &Asked, house: &HouseView, is_ours: &dyn Fn(&Subject) -> bool) -> Vec<Board> {
    let say = &asked.say;
    let mut all = Vec::new();
    for seen in asked.web.state.views.incentives() {
        let Some(record) = house.incentives.get(&seen.id) else { continue };
        let course = Course::new(record, say.now);
        let Some(period) = course.open().filter(|_| seen.draws.is_empty()) else { continue };
        for name in &seen.boards {
            let Some(view) = asked.board(&seen.id, name, Some(&period.id)) else { continue };
            let own = view.rows.iter().filter(|row| row.rank > 0 && is_ours(&row.subject));
            let row = |row: &crate::api::views::RowView| {
                let name = say.named(&row.subject, row.name.as_ref());
                (say.whole(i64::from(row.rank)), name, say.page_of(&row.subject))
            };
            let rows: Vec<_> = own.take(ROWS).map(row).collect();
            if !rows.is_empty() {
                all.push(Board {
                    incentive: record.incentive.title.clone(),
                    href: say.incentive(&seen.id, Some(&period.id)),
                    closes: Some(say.closes(period, record.incentive.zone)),
                    rows,
                });
            }
        }
    }
    all
}

/// Everybody, by name, with what today brought them.
fn people(asked: &Asked, members: &[Subject], got: &[AwardView]) -> Vec<Person> {
    let say = &asked.say;
    let own = asked.caller.as_ref().and_then(|caller| caller.agent.clone());
    let may_thank = |id: &Id| asked.may(Right::GiveKudos) && own.as_ref() != Some(id);
    let person = |subject: &Subject| {
        let own = got.iter().filter(|award| award.subject == *subject);
        let words: Vec<String> = own
            .filter_map(|award| {
                let reward = reward(award)?;
                Some(say.texts.reward(say.locale, &award.incentive, &award.plugin, reward))
            })
            .take(3)
            .collect();
        Person {
            name: say.name(subject),
            href: say.href(&format!("/agents/{}", segment(&subject.id))),
            thanks: may_thank(&subject.id).then(|| super::thanks::href(say, &subject.id)),
            today: (!words.is_empty()).then(|| words.join(say.locale.list_separator())),
        }
    };
    let mut all: Vec<Person> = members.iter().map(person).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}
