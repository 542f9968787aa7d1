//! The first step: what it is called, and what the plugin asks for.

use std::{collections::BTreeMap, sync::Arc};

use plaudit_core::rule::Manifest;
use serde_json::Value;

use super::{Body, Outcome, field};
use crate::{
    api::plugins::PlanError,
    texts::problems_in,
    web::{
        answer::{Asked, Missing},
        console::{
            api::Said,
            pieces::{Kind, Maker, words},
            schema::{self, Wrongs},
            sent::Sent,
            wish::{self, Wish},
        },
    },
};

/// What came of the form.
pub(super) enum Taken {
    /// A row was added or taken away: the place to look at.
    Rows(String),
    Checked(Outcome),
}

fn manifest(asked: &Asked, wish: &Wish) -> Option<Arc<Manifest>> {
    asked.web.state.plugins.get(&wish.plugin).map(|info| Arc::new(info.manifest))
}

pub(super) async fn take(asked: &Asked, wish: &mut Wish, sent: &Sent, act: &str) -> Taken {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let Some(manifest) = manifest(asked, wish) else {
        let problem = Some(Said { text: say.t("console-problem-unknown-plugin"), detail: None });
        return Taken::Checked(Outcome { problem, ..Outcome::default() });
    };
    sent.get("title").clone_into(&mut wish.title);
    if !wish.is_change {
        sent.get("id").clone_into(&mut wish.id);
        if wish.id.is_empty() {
            wish.id = wish::slug(&wish.title, &manifest.name, |id| house.incentives.contains_key(id));
        }
    }
    wish.settings = schema::read(&manifest.settings, "", sent);
    if let Some(place) = schema::change_rows(&manifest.settings, &mut wish.settings, act) {
        return Taken::Rows(place);
    }
    let mut wrongs = Wrongs::new();
    schema::check(&manifest.settings, &wish.settings, "", &mut wrongs);
    let mut outcome = Outcome { wrong: words(say, &wrongs), ..Outcome::default() };
    outcome.mistakes = wish.name_mistakes(&house);
    if wrongs.is_empty() {
        let text = Value::Object(wish.settings.clone()).to_string();
        match asked.web.state.plugins.plan(&wish.plugin, &text).await {
            Ok(_) => {}
            Err(PlanError::Problems(problems)) => {
                let said = problems_in(say.locale, &manifest.texts, problems);
                outcome.wrong = said.into_iter().map(|p| (p.field, p.message)).collect::<BTreeMap<_, _>>();
            }
            Err(error @ (PlanError::Fault(_) | PlanError::Infrastructure(_))) => {
                let text = say.t("console-problem-plugin-fault");
                outcome.problem = Some(Said { text, detail: Some(error.to_string()) });
            }
        }
    }
    Taken::Checked(outcome)
}

pub(super) fn body(
    asked: &Asked,
    wish: &Wish,
    outcome: &Outcome,
) -> Result<(Body, Vec<(String, String)>), Missing> {
    let house = asked.web.state.journal.house();
    let manifest = manifest(asked, wish).ok_or(Missing::Nothing("console-missing-plugin"))?;
    let mut title = field(asked, outcome, "title", Kind::Text, &wish.title);
    title.is_required = true;
    let mut before = vec![title];
    if !wish.is_change {
        before.push(field(asked, outcome, "id", Kind::Text, &wish.id));
    }
    let maker = Maker::new(&asked.say, &house, &wish.plugin, &manifest, outcome.wrong.clone());
    let pieces = maker.pieces(&wish.settings);
    let lead = super::super::gallery::summary(asked, &wish.plugin);
    Ok((Body::Fields { before, lead, pieces }, maker.summary()))
}
