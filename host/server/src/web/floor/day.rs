//! `/me`: what is within reach, what today brought, and where I stand.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use plaudit_core::{
    Id,
    access::Right,
    calendar::local_day,
    draw::Receipt,
    event::Subject,
    rule::{DrawMethod, Reward},
};

use super::{
    Own,
    fact::{Item, Reach, item, nearest_first, reward, today},
};
use crate::{
    api::{
        days::{DayView, TicketsView},
        house::HouseView,
        views::{AwardView, DrawState, DrawView},
    },
    texts::called,
    web::{
        answer::{Asked, Missing},
        explain,
        incentive::Course,
        say::{Say, segment},
        shell::Shell,
        when::Moment,
    },
};

/// Awards and praise shown; the agent's page has more.
const FEED: usize = 8;
/// Thanks shown; `/thanks` has more.
const THANKS: usize = 3;
/// Awards that are read for badges and for today.
const AWARDS_MAX: usize = 500;
/// Draws of the past that are shown, of each incentive.
const HELD: usize = 2;

#[derive(Template)]
#[template(path = "floor/day.html")]
struct DayPage {
    shell: Shell,
    say: Say,
    called: String,
    team: Option<String>,
    date: String,
    next: Option<Reach>,
    reaches: Vec<Reach>,
    today: Vec<(String, String)>,
    places: Vec<Place>,
    draws: Vec<Lot>,
    held: Vec<Past>,
    badges: Vec<Badge>,
    balances: Vec<String>,
    feed: Vec<Item>,
    thanks: Vec<super::thanks::Line>,
    thanks_href: Option<String>,
    all_href: String,
    wallet_href: String,
    settings_href: String,
    /// Each incentive with the page that says why I won or not.
    questions: Vec<(String, String)>,
}

/// Where I stand on a board.
struct Place {
    incentive: String,
    place: String,
    of: String,
    team: Option<String>,
    href: String,
    why_href: String,
    is_ranked: bool,
}

/// A draw that is not held yet.
struct Lot {
    title: String,
    incentive: String,
    own: String,
    all: Option<String>,
    note: String,
    closes: (String, Moment),
    href: String,
    team: Option<String>,
}

/// A draw that was held.
struct Past {
    title: String,
    incentive: String,
    period: String,
    own: String,
    won: Option<String>,
    href: String,
    why_href: String,
}

struct Badge {
    name: String,
    href: String,
    when: String,
}

/// `GET /me`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(page).await
}

fn page(asked: &Asked) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let own = Own::of(asked)?;
    let house = state.journal.house();
    let days = state.views.days(&own.id);
    let awards = state.views.awards(&own.subject(), AWARDS_MAX);
    let mut reaches: Vec<Reach> =
        days.iter().filter_map(|day| Reach::of(asked, &house, &own.id, day)).collect();
    nearest_first(&mut reaches);
    // Only what has a mark that is not reached is "the next thing"; the rest is said below it.
    let has_next = reaches.first().is_some_and(|reach| reach.distance() <= 100.0);
    let rest = reaches.split_off(usize::from(has_next));
    let runs = |record: &&crate::api::house::IncentiveRecord| Course::new(record, say.now).runs();
    let own_only = |id: &Id| days.iter().any(|day| day.incentive == *id);
    let question = |record: &crate::api::house::IncentiveRecord| {
        let incentive = &record.incentive;
        (incentive.title.clone(), explain::address(say, &own.id, &incentive.id, None))
    };
    let draws: BTreeMap<&Id, Vec<DrawView>> =
        days.iter().map(|day| (&day.incentive, asked.draws(&day.incentive))).collect();
    let page = DayPage {
        shell: Shell::new(asked, say.t("day-title"), own.live(asked)),
        say: say.clone(),
        called: called(&own.name).to_owned(),
        team: own.team.as_ref().map(|team| say.texts.names().team(team)),
        date: say.locale.day(local_day(own.zone, say.now)),
        next: reaches.pop(),
        reaches: rest,
        today: gained(say, &own, &awards),
        places: days.iter().flat_map(|day| places(asked, &house, &own, day)).collect(),
        draws: lots(asked, &house, &days, &draws),
        held: held(asked, &house, &own, &days, &draws),
        badges: badges(say, &own, &awards),
        balances: balances(asked, &own.subject()),
        feed: feed(asked, &house, &own, &awards),
        thanks: super::thanks::latest(asked, THANKS)?,
        thanks_href: asked.may(Right::GiveKudos).then(|| say.href("/thanks")),
        all_href: say.href(&format!("/agents/{}", segment(&own.id))),
        wallet_href: say.href("/me/wallet"),
        settings_href: say.href("/me/settings"),
        questions: house
            .incentives
            .values()
            .filter(runs)
            .filter(|record| own_only(&record.incentive.id))
            .map(question)
            .collect(),
    };
    Ok(page.render()?)
}

/// What is on somebody's account, in words.
pub(super) fn balances(asked: &Asked, subject: &Subject) -> Vec<String> {
    let say = &asked.say;
    let all = asked.web.state.views.balances_of(subject);
    let own = all.iter().filter(|balance| balance.units != 0);
    let words: Vec<String> = own.map(|balance| say.units(balance.units, &balance.currency)).collect();
    if words.is_empty() { vec![say.units(0, "points")] } else { words }
}

/// What today brought: units by currency, badges, prizes, kind words.
fn gained(say: &Say, own: &Own, awards: &[AwardView]) -> Vec<(String, String)> {
    let from = today(say.now, own.zone);
    let of_today = || awards.iter().filter(|award| award.time >= from);
    let mut units: BTreeMap<&str, i64> = BTreeMap::from([("points", 0)]);
    let (mut badges, mut prizes) = (0, 0);
    for reward in of_today().filter_map(reward) {
        match reward {
            Reward::Points { currency, units: more } => *units.entry(currency).or_default() += more,
            Reward::Badge { .. } => badges += 1,
            Reward::Prize(_) => prizes += 1,
        }
    }
    let words =
        of_today().filter(|award| matches!(award.content, crate::api::views::ContentView::Praise { .. }));
    let said = i64::try_from(words.count()).unwrap_or(i64::MAX);
    let mut all: Vec<(String, String)> = units
        .into_iter()
        .map(|(currency, n)| {
            let label = if currency == "points" { say.t("day-points") } else { currency.to_owned() };
            (label, say.whole(n))
        })
        .collect();
    for (label, n) in [("day-badges", badges), ("day-prizes", prizes), ("day-words", said)] {
        if n > 0 {
            all.push((say.t(label), say.whole(n)));
        }
    }
    all
}

/// My row, or my team's, of each board that decides something.
fn places(asked: &Asked, house: &HouseView, own: &Own, day: &DayView) -> Vec<Place> {
    let (say, views) = (&asked.say, &asked.web.state.views);
    let Some(subject) = &day.subject else { return Vec::new() };
    let known = views.incentives();
    let seen = known.iter().find(|view| view.id == day.incentive);
    // Where a draw decides, a board only shows who has how much.
    let boards =
        seen.filter(|seen| seen.draws.is_empty()).map(|seen| seen.boards.clone()).unwrap_or_default();
    let place = |name: &Id| {
        let board = views.board(&day.incentive, name, Some(&day.period.id))?;
        let row = board.rows.iter().find(|row| row.subject == *subject)?;
        let ranked = board.rows.iter().filter(|row| row.rank > 0).count();
        let is_ranked = row.rank > 0;
        Some(Place {
            incentive: super::title(house, &day.incentive),
            place: if is_ranked { say.whole(i64::from(row.rank)) } else { "–".to_owned() },
            of: match is_ranked {
                true => say.n("day-place-of", i64::try_from(ranked).unwrap_or(i64::MAX)),
                false => say.t("day-not-ranked"),
            },
            team: team_of(say, own, subject),
            href: say.incentive(&day.incentive, None),
            why_href: explain::address(say, &own.id, &day.incentive, None),
            is_ranked,
        })
    };
    boards.iter().filter_map(place).collect()
}

/// The team's name, where what is shown is the team's.
fn team_of(say: &Say, own: &Own, subject: &Subject) -> Option<String> {
    (*subject != own.subject()).then(|| say.name(subject))
}

fn tickets(say: &Say, n: u64) -> String {
    say.n("n-tickets", i64::try_from(n).unwrap_or(i64::MAX))
}

fn draw_href(say: &Say, incentive: &str, period: &str, draw: &str) -> String {
    say.href(&format!("/draws/{}/{}/{}", segment(incentive), segment(period), segment(draw)))
}

fn lots(
    asked: &Asked,
    house: &HouseView,
    days: &[DayView],
    draws: &BTreeMap<&Id, Vec<DrawView>>,
) -> Vec<Lot> {
    let say = &asked.say;
    let lot = |day: &DayView, lot: &TicketsView| {
        let record = house.incentives.get(&day.incentive)?;
        let view =
            draws.get(&day.incentive)?.iter().find(|d| d.period == lot.period && d.draw == lot.draw)?;
        let moment = say.moment(lot.ends, record.incentive.zone);
        let is_over = lot.ends <= say.now;
        let closes = if is_over { "closed-ago" } else { "day-drawn-after" };
        Some(Lot {
            title: say.texts.draw(say.locale, &day.incentive, &day.plugin, &lot.draw),
            incentive: record.incentive.title.clone(),
            own: tickets(say, lot.own),
            all: (lot.own > 0 && view.tickets > 0).then(|| {
                let all = say.whole(i64::try_from(view.tickets).unwrap_or(i64::MAX));
                say.with("day-of-all", &[("all", all.into())])
            }),
            note: match (lot.state, lot.own, view.method) {
                (DrawState::Sealed, ..) => say.t("draw-sealed"),
                (_, 0, _) => say.t("day-no-tickets"),
                (_, _, DrawMethod::Weighted) => say.t("draw-weighted"),
                (_, _, DrawMethod::Equal) => say.t("draw-equal"),
            },
            closes: (say.with(closes, &[("span", moment.span.clone().into())]), moment),
            href: draw_href(say, &day.incentive, &lot.period, &lot.draw),
            team: day
                .subject
                .as_ref()
                .filter(|s| s.kind == plaudit_core::event::SubjectKind::Team)
                .map(|s| say.name(s)),
        })
    };
    days.iter().flat_map(|day| day.tickets.iter().filter_map(move |one| lot(day, one))).collect()
}

/// Draws of the past in which I, or my team, held tickets.
fn held(
    asked: &Asked,
    house: &HouseView,
    own: &Own,
    days: &[DayView],
    draws: &BTreeMap<&Id, Vec<DrawView>>,
) -> Vec<Past> {
    let (say, views) = (&asked.say, &asked.web.state.views);
    let mut all = Vec::new();
    for day in days {
        let Some(subject) = &day.subject else { continue };
        let past = draws.get(&day.incentive).into_iter().flatten().filter(|d| d.state == DrawState::Held);
        for draw in past.take(HELD) {
            let text = views.receipt(&draw.incentive, &draw.period, &draw.draw);
            let Some(receipt) = text.and_then(|text| Receipt::read(&text).ok()) else { continue };
            let own_tickets = receipt.list.iter().find(|(id, _)| **id == subject.id).map_or(0, |(_, n)| n);
            if own_tickets == 0 {
                continue;
            }
            let won = draw.winners.iter().find(|winner| winner.subject == *subject);
            let won = won.map(|w| say.texts.reward(say.locale, &day.incentive, &day.plugin, &w.reward));
            all.push(Past {
                title: say.texts.draw(say.locale, &day.incentive, &day.plugin, &draw.draw),
                incentive: super::title(house, &day.incentive),
                period: say.period(&draw.period),
                own: tickets(say, own_tickets),
                won,
                href: draw_href(say, &draw.incentive, &draw.period, &draw.draw),
                why_href: explain::address(say, &own.id, &day.incentive, Some(&draw.period)),
            });
        }
    }
    all
}

/// The badges that stand, newest first, each once.
fn badges(say: &Say, own: &Own, awards: &[AwardView]) -> Vec<Badge> {
    let mut seen: Vec<Badge> = Vec::new();
    for award in awards {
        let Some(badge @ Reward::Badge { .. }) = reward(award) else { continue };
        let name = say.texts.reward(say.locale, &award.incentive, &award.plugin, badge);
        if seen.iter().all(|known| known.name != name) {
            let href = say.href(&format!("/why/{}", segment(&award.id)));
            seen.push(Badge { name, href, when: say.exact(award.time, own.zone) });
        }
    }
    seen
}

/// What I and my team got, newest first.
fn feed(asked: &Asked, house: &HouseView, own: &Own, awards: &[AwardView]) -> Vec<Item> {
    let say = &asked.say;
    let team = own.team.as_ref().map(|team| Subject::team(team.clone()));
    let of_team = team.as_ref().map(|team| asked.web.state.views.awards(team, FEED)).unwrap_or_default();
    let mut all: Vec<(&AwardView, Option<String>)> =
        awards.iter().take(FEED).map(|award| (award, None)).collect();
    all.extend(of_team.iter().map(|award| (award, team.as_ref().map(|team| say.name(team)))));
    all.sort_by(|(a, _), (b, _)| (b.time, &b.id).cmp(&(a.time, &a.id)));
    all.into_iter().take(FEED).map(|(award, whose)| item(say, house, award, own.zone, whose)).collect()
}
