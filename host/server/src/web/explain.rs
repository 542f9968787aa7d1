//! `/agents/{opaque id}/why/{incentive}?period=…`: why somebody got something, or did not.

use askama::Template;
use axum::{extract::Path, response::Response};
use plaudit_core::{Id, Millis};

use super::{
    answer::{Asked, Missing},
    say::{Say, segment},
    shell::Shell,
};
use crate::{
    api::{
        explain::{self, Explanation, FACTS},
        explained::{Question, Unexplained},
    },
    texts::Name,
};

/// An explanation as pages show it, with the addresses in it.
pub(super) struct Shown {
    pub(super) ex: Explanation,
    /// The rest of the answer's sentences.
    pub(super) rest: Vec<String>,
    pub(super) digest: String,
    /// How far the progress is, in percent, where there is a mark.
    pub(super) reached: Option<f64>,
    pub(super) draw_hrefs: Vec<String>,
    pub(super) next_href: Option<String>,
    pub(super) first_href: Option<String>,
}

impl Shown {
    /// Asks the engine of a period, or of the one that an instant lies in, and puts it into the reader's language.
    ///
    /// # Errors
    /// There is nothing to explain.
    pub(super) fn ask(
        asked: &Asked,
        agent: &Id,
        incentive: &Id,
        (period, at): (Option<&str>, Option<Millis>),
    ) -> Result<Self, Missing> {
        let (say, state) = (&asked.say, &asked.web.state);
        let after = asked.query.get("after").and_then(|n| n.parse().ok()).unwrap_or(0);
        let question = Question {
            agent: agent.clone(),
            incentive: incentive.clone(),
            period: period.map(Into::into),
            at,
            after,
            limit: FACTS,
            all: false,
        };
        let is_own = asked.caller.as_ref().is_some_and(|caller| caller.agent.as_ref() == Some(agent));
        let made = explain::ask(state, &say.texts, say.locale, &question, is_own);
        let mut ex = made.map_err(|error| match error {
            Unexplained::Incentive(_) => Missing::Nothing("missing-incentive"),
            Unexplained::Agent(_) => Missing::Nothing("missing-agent"),
            Unexplained::Period(_) => Missing::Nothing("missing-period"),
            Unexplained::NotReady(_) => Missing::Nothing("missing-page"),
            Unexplained::Failed(what) => Missing::Broken(what),
        })?;
        let rest = ex.answer.split_off(ex.answer.len().min(1));
        let draw_href = |draw: &explain::Draw| {
            let place = [&**incentive, &*ex.period.id, &*draw.draw].map(segment);
            say.href(&format!("/draws/{}", place.join("/")))
        };
        let page = |after: usize| {
            say.href(&format!(
                "/agents/{}/why/{}?period={}&after={after}",
                segment(agent),
                segment(incentive),
                segment(&ex.period.id)
            ))
        };
        let reach = ex.progress.as_ref().filter(|p| p.target > 0.0);
        Ok(Self {
            rest,
            digest: ex.incentive.digest.to_string(),
            reached: reach.map(|p| (p.value / p.target * 1000.0).clamp(0.0, 1000.0).round() / 10.0),
            draw_hrefs: ex.draws.iter().map(draw_href).collect(),
            next_href: ex.next.map(page),
            first_href: (after > 0).then(|| page(0)),
            ex,
        })
    }
}

/// The page of one agent in one incentive.
pub(super) fn address(say: &Say, agent: &str, incentive: &str, period: Option<&str>) -> String {
    let period = period.map(|p| format!("?period={}", segment(p))).unwrap_or_default();
    say.href(&format!("/agents/{}/why/{}{period}", segment(agent), segment(incentive)))
}

#[derive(Template)]
#[template(path = "explain.html")]
struct ExplainPage {
    shell: Shell,
    say: Say,
    name: String,
    name_href: String,
    incentive_href: String,
    shown: Shown,
}

/// `GET /agents/{opaque id}/why/{incentive}`: by the opaque id only, as the agent's own page.
pub(super) async fn show(asked: Asked, Path((agent, incentive)): Path<(String, String)>) -> Response {
    asked.page(move |asked| page(asked, &agent.into(), &incentive.into())).await
}

fn page(asked: &Asked, agent: &Id, incentive: &Id) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    if house.roster.agent(agent).is_none() || say.texts.names().agent(agent) == Name::Erased {
        return Err(Missing::Nothing("missing-agent"));
    }
    let period = asked.query.get("period").map(String::as_str);
    let shown = Shown::ask(asked, agent, incentive, (period, None))?;
    let page = ExplainPage {
        shell: Shell::new(
            asked,
            say.texts.own(say.locale, "explain-question", &[]),
            Some(format!("/live/agents/{}", segment(agent))),
        ),
        say: say.clone(),
        name: shown.ex.agent.name.clone(),
        name_href: say.href(&format!("/agents/{}", segment(agent))),
        incentive_href: say.incentive(incentive, Some(&shown.ex.period.id)),
        shown,
    };
    Ok(page.render()?)
}
