//! `/why/{effect}`: what somebody got, or did not get, and why.

use askama::Template;
use axum::{extract::Path, response::Response};
use plaudit_core::{access::Right, award::Status, event::SubjectKind, rule::Reward};

use super::{
    answer::{Asked, Missing},
    explain::Shown,
    say::Say,
    shell::Shell,
    when::Moment,
};
use crate::{
    api::{
        house::{HouseView, IncentiveRecord},
        views::{AwardView, ContentView},
    },
    texts::{Setting, messages},
};

/// What an award comes to, in words.
pub(super) struct Given {
    /// The reward, or how praise is meant.
    pub(super) what: String,
    /// Why, as the rule says it.
    pub(super) sentence: String,
    /// Nothing if it simply stands.
    pub(super) status: Option<String>,
    /// Somebody has earned it, and has it.
    pub(super) is_gold: bool,
    pub(super) shape: Shape,
}

/// The form that stands beside the words.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Points,
    Badge,
    Prize,
    Praise,
}

impl Shape {
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Points => "◆",
            Self::Badge => "★",
            Self::Prize => "✦",
            Self::Praise => "❝",
        }
    }
}

/// An award in the reader's language.
pub(super) fn given(say: &Say, award: &AwardView) -> Given {
    let text = |text| say.texts.text(say.locale, &award.incentive, &award.plugin, text);
    let (what, sentence, shape) = match &award.content {
        ContentView::Award { reward, because } => {
            let shape = match reward {
                Reward::Points { .. } => Shape::Points,
                Reward::Badge { .. } => Shape::Badge,
                Reward::Prize(_) => Shape::Prize,
            };
            let what = say.texts.reward(say.locale, &award.incentive, &award.plugin, reward);
            (what, text(because), shape)
        }
        ContentView::Praise { tone, text: said } => {
            (say.t(messages::of_tone(*tone)), text(said), Shape::Praise)
        }
    };
    let stands = award.status == Status::Granted;
    let status = (!stands).then(|| say.t(messages::of_status(&award.status)));
    Given { what, sentence, status, is_gold: stands && shape != Shape::Praise, shape }
}

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage {
    shell: Shell,
    say: Say,
    given: Given,
    status: String,
    name: String,
    name_href: Option<String>,
    incentive: String,
    incentive_href: String,
    period: Option<String>,
    when: Moment,
    rule: Option<String>,
    digest: String,
    block: String,
    metrics: Vec<String>,
    settings: Vec<Setting>,
    /// The whole of the period, where it is an agent's.
    shown: Option<Shown>,
}

/// `GET /why/{effect}`
pub(super) async fn show(asked: Asked, Path(effect): Path<String>) -> Response {
    asked.page(move |asked| page(asked, &effect)).await
}

fn page(asked: &Asked, effect: &str) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let award = state.views.award(effect).ok_or(Missing::Nothing("missing-award"))?;
    let house = state.journal.house();
    let record = house.incentives.get(&award.incentive).ok_or(Missing::Nothing("missing-award"))?;
    let name = say.name(&award.subject);
    let given = given(say, &award);
    // Who sees an award sees its single facts only with the right to explanations, as in the API.
    let may_explain = award.subject.kind == SubjectKind::Agent
        && asked.reach(Right::Explain).covers_agent(&house.roster, &award.subject.id, say.now);
    let title = say.with("why-title", &[("name", name.clone().into()), ("what", given.what.clone().into())]);
    let page = WhyPage {
        shell: Shell::new(asked, title, None),
        say: say.clone(),
        given,
        status: say.t(messages::of_status(&award.status)),
        name,
        name_href: say.page_of(&award.subject),
        incentive: record.incentive.title.clone(),
        incentive_href: say.incentive(&award.incentive, award.period.as_deref()),
        period: award.period.as_deref().map(|period| say.period(period)),
        when: say.moment(award.time, record.incentive.zone),
        rule: rule(&house, &award),
        digest: award.plugin.to_string(),
        block: award.since_block.to_string(),
        metrics: metrics(say, record),
        settings: say.texts.settings(say.locale, &record.incentive, None),
        shown: may_explain.then(|| around(asked, &award)).flatten(),
    };
    Ok(page.render()?)
}

/// Everything about the period that the award belongs to. The award itself is shown all the same without it.
fn around(asked: &Asked, award: &AwardView) -> Option<Shown> {
    let period = award.period.as_deref();
    match Shown::ask(asked, &award.subject.id, &award.incentive, (period, Some(award.time))) {
        Ok(shown) => Some(shown),
        Err(Missing::Nothing(_)) => None,
        Err(Missing::Broken(error)) => {
            tracing::error!(error, award = %award.id, "an award can't be explained");
            None
        }
    }
}

fn rule(house: &HouseView, award: &AwardView) -> Option<String> {
    let plugin = house.plugins.iter().find(|plugin| plugin.digest == award.plugin)?;
    Some(format!("{} {}", plugin.name, plugin.version))
}

/// What the rule measures, with the versions it was enabled with.
fn metrics(say: &Say, record: &IncentiveRecord) -> Vec<String> {
    let metric = |(name, version): &(plaudit_core::Id, u32)| {
        say.with(
            "metric-version",
            &[("metric", say.metric(name).into()), ("version", version.to_string().into())],
        )
    };
    record.incentive.metrics.iter().map(metric).collect()
}
