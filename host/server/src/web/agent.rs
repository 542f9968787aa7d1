//! `/agents/{opaque id}`: what an agent has got, newest first.

use askama::Template;
use axum::{extract::Path, response::Response};
use chrono_tz::Tz;
use plaudit_core::{access::Right, event::Subject};

use super::{
    answer::{Asked, Missing},
    explain,
    incentive::Course,
    say::{Say, segment},
    shell::Shell,
    when::Moment,
    why::{Given, given},
};
use crate::{api::views::AwardView, texts::Name};

/// Awards shown.
const AWARDS_MAX: usize = 200;

#[derive(Template)]
#[template(path = "agent.html")]
struct AgentPage {
    shell: Shell,
    say: Say,
    name: String,
    team: Option<String>,
    balances: Vec<String>,
    feed: Vec<Item>,
    is_cut: bool,
    /// Running incentives, each with the page that says where they stand in it.
    questions: Vec<(String, String)>,
}

struct Item {
    given: Given,
    incentive: String,
    incentive_href: String,
    when: Moment,
    ago: String,
    href: String,
    id: String,
}

/// `GET /agents/{opaque id}`: by the opaque id only, so that the page tells nobody whose external id is whose.
pub(super) async fn show(asked: Asked, Path(id): Path<String>) -> Response {
    asked.page(move |asked| page(asked, &id)).await
}

fn page(asked: &Asked, id: &str) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    if house.roster.agent(id).is_none() || say.texts.names().agent(id) == Name::Erased {
        return Err(Missing::Nothing("missing-agent"));
    }
    let subject = Subject::agent(id);
    let team = house.roster.team_at(id, say.now);
    let zone = house.roster.zone_of_agent(id, say.now).unwrap_or(Tz::UTC);
    let awards = state.views.awards(&subject, AWARDS_MAX + 1);
    let balances = state.views.balances_of(&subject);
    let mut balances: Vec<String> = balances
        .iter()
        .filter(|balance| balance.units != 0)
        .map(|balance| say.units(balance.units, &balance.currency))
        .collect();
    if balances.is_empty() {
        balances.push(say.units(0, "points"));
    }
    let item = |award: &AwardView| item(asked, &house, award, zone);
    let name = say.name(&subject);
    let runs = |record: &&crate::api::house::IncentiveRecord| Course::new(record, say.now).runs();
    let reach = asked.reach(Right::Explain);
    let seen = |record: &&crate::api::house::IncentiveRecord| {
        reach.touches(&house.roster, &record.incentive.audience, say.now)
    };
    let question = |record: &crate::api::house::IncentiveRecord| {
        let incentive = &record.incentive;
        (incentive.title.clone(), explain::address(say, id, &incentive.id, None))
    };
    let page = AgentPage {
        questions: house.incentives.values().filter(runs).filter(seen).map(question).collect(),
        shell: Shell::new(asked, &name, Some(format!("/live/agents/{}", segment(id)))),
        say: say.clone(),
        team: team.map(|team| say.texts.names().team(&team)),
        balances,
        is_cut: awards.len() > AWARDS_MAX,
        feed: awards.iter().take(AWARDS_MAX).map(item).collect(),
        name,
    };
    Ok(page.render()?)
}

fn item(asked: &Asked, house: &crate::api::house::HouseView, award: &AwardView, zone: Tz) -> Item {
    let say = &asked.say;
    let title = house.incentives.get(&award.incentive).map(|record| record.incentive.title.clone());
    let when = say.moment(award.time, zone);
    Item {
        given: given(say, award),
        incentive: title.unwrap_or_else(|| award.incentive.to_string()),
        incentive_href: say.incentive(&award.incentive, award.period.as_deref()),
        ago: say.with("ago", &[("span", when.span.clone().into())]),
        when,
        href: say.href(&format!("/why/{}", segment(&award.id))),
        id: award.id.to_string(),
    }
}
