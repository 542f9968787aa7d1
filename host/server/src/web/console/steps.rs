//! `/drafts/{draft}/{step}`: the four steps of enabling. Each one keeps what was typed, and says what is wrong beside it.

mod audience;
mod money;
mod settings;
mod time;

use askama::Template;
use axum::{body::Bytes, extract::Path, http::StatusCode, response::Response};

pub(super) use self::{audience::count, time::closings};
use super::{
    api::{foreign, refused},
    draft::{self, Kept},
    pieces::{Choice, Input, Kind, Piece},
    sent::Sent,
    wish::Mistake,
};
use crate::web::{
    answer::{Asked, Missing},
    form::go,
    say::Say,
    shell::Shell,
};

/// A step of enabling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Settings,
    Audience,
    Time,
    Money,
    Preview,
}

impl Step {
    pub(super) const ALL: [Step; 5] =
        [Step::Settings, Step::Audience, Step::Time, Step::Money, Step::Preview];

    pub(super) fn name(self) -> &'static str {
        match self {
            Step::Settings => "settings",
            Step::Audience => "audience",
            Step::Time => "time",
            Step::Money => "money",
            Step::Preview => "preview",
        }
    }

    fn parse(name: &str) -> Option<Step> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    fn next(self) -> Step {
        let at = Self::ALL.iter().position(|step| *step == self).unwrap_or(0);
        Self::ALL.get(at + 1).copied().unwrap_or(Step::Preview)
    }
}

/// Where a step of a draft is.
pub(super) fn address(draft: &str, step: Step) -> String {
    format!("/drafts/{}/{}", crate::web::say::segment(draft), step.name())
}

/// A step in the list of all.
pub(in crate::web) struct Place {
    pub(in crate::web) href: String,
    pub(in crate::web) label: String,
    pub(in crate::web) is_current: bool,
    pub(in crate::web) is_done: bool,
}

pub(super) fn places(say: &Say, kept: &Kept, current: Step) -> Vec<Place> {
    let place = |step: Step| Place {
        href: say.href(&address(&kept.id, step)),
        label: say.t(&format!("console-step-{}", step.name())),
        is_current: step == current,
        is_done: kept.wish.done.contains(step.name()),
    };
    Step::ALL.into_iter().map(place).collect()
}

/// What a step asks for.
enum Body {
    Fields { before: Vec<Input>, lead: Option<String>, pieces: Vec<Piece> },
    Audience(audience::Body),
    Time(time::Body),
    Money(money::Body),
}

#[derive(Template)]
#[template(path = "console/step.html")]
struct StepPage {
    shell: Shell,
    say: Say,
    places: Vec<Place>,
    eyebrow: String,
    lead: String,
    action: String,
    form: String,
    problem: Option<super::api::Said>,
    /// What is wrong: the field's id, and a line.
    errors: Vec<(String, String)>,
    body: Body,
    throw_away: String,
    is_change: bool,
}

/// What came of a step that was sent.
#[derive(Default)]
struct Outcome {
    /// By the field's id.
    mistakes: Vec<Mistake>,
    /// Of settings: by JSON pointer.
    wrong: std::collections::BTreeMap<String, String>,
    problem: Option<super::api::Said>,
}

impl Outcome {
    fn is_good(&self) -> bool {
        self.mistakes.is_empty() && self.wrong.is_empty() && self.problem.is_none()
    }
}

/// The title of an incentive, or its id.
pub(super) fn title(asked: &Asked, id: &str) -> String {
    let house = asked.web.state.journal.house();
    house.incentives.get(id).map_or_else(|| id.to_owned(), |record| record.incentive.title.clone())
}

/// `GET /drafts/{draft}/{step}`
pub(super) async fn show(asked: Asked, Path((draft, step)): Path<(String, String)>) -> Response {
    let found = Step::parse(&step).zip(draft::find(&asked, &draft));
    let Some((step, kept)) = found else { return missing(asked).await };
    if step == Step::Preview {
        return super::preview::show(asked, kept).await;
    }
    asked.page(move |asked| page(asked, &kept, step, &Outcome::default())).await
}

pub(super) async fn missing(asked: Asked) -> Response {
    asked.page(|_| Err(Missing::Nothing("console-missing-draft"))).await
}

/// `POST /drafts/{draft}/{step}`
pub(super) async fn send(asked: Asked, Path((draft, step)): Path<(String, String)>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/gallery".to_owned()).await;
    }
    let found = Step::parse(&step).zip(draft::find(&asked, &draft));
    let Some((step, mut kept)) = found else { return missing(asked).await };
    let sent = Sent::read(&body, asked.say.locale);
    if step == Step::Preview {
        return super::preview::send(asked, kept, &sent).await;
    }
    let act = sent.get("do").to_owned();
    let outcome = match step {
        Step::Settings => match settings::take(&asked, &mut kept.wish, &sent, &act).await {
            settings::Taken::Rows(place) => return keep_and_go(asked, &kept, step, &place).await,
            settings::Taken::Checked(outcome) => outcome,
        },
        Step::Audience => audience::take(&asked, &mut kept.wish, &sent),
        Step::Time => time::take(&asked, &mut kept.wish, &sent),
        _ => money::take(&asked, &mut kept.wish, &sent),
    };
    if outcome.is_good() {
        kept.wish.done.insert(step.name().to_owned());
    } else {
        kept.wish.done.remove(step.name());
    }
    if act == "stay" && outcome.is_good() {
        return keep_and_go(asked, &kept, step, "").await;
    }
    if outcome.is_good() {
        return keep_and_go(asked, &kept, step.next(), "").await;
    }
    if let Err(error) = draft::keep(&asked, &kept) {
        return refused(asked, error.into(), address(&kept.id, step)).await;
    }
    asked.page_as(StatusCode::UNPROCESSABLE_ENTITY, move |asked| page(asked, &kept, step, &outcome)).await
}

async fn keep_and_go(asked: Asked, kept: &Kept, step: Step, place: &str) -> Response {
    let path = asked.say.href(&address(&kept.id, step));
    match draft::keep(&asked, kept) {
        Ok(()) if place.is_empty() => go(&path, vec![]),
        Ok(()) => go(&format!("{path}#{}", super::pieces::id_of(place)), vec![]),
        Err(error) => {
            let back = address(&kept.id, step);
            refused(asked, error.into(), back).await
        }
    }
}

fn page(asked: &Asked, kept: &Kept, step: Step, outcome: &Outcome) -> Result<String, Missing> {
    let say = &asked.say;
    let (body, of_settings) = match step {
        Step::Settings => settings::body(asked, &kept.wish, outcome)?,
        Step::Audience => (Body::Audience(audience::body(asked, &kept.wish, outcome)), Vec::new()),
        Step::Time => (Body::Time(time::body(asked, &kept.wish, outcome)), Vec::new()),
        _ => (Body::Money(money::body(asked, &kept.wish, outcome)), Vec::new()),
    };
    let line = |(id, text): &Mistake| {
        let label = say.texts.try_own(say.locale, &format!("page-console-{id}"), &[]);
        let text = say.t(text);
        ((*id).to_owned(), label.map_or(text.clone(), |label| format!("{label}: {text}")))
    };
    let mut errors: Vec<(String, String)> = outcome.mistakes.iter().map(line).collect();
    errors.extend(of_settings);
    let title = say.t(&format!("console-ask-{}", step.name()));
    let page = StepPage {
        shell: Shell::new(asked, title, None),
        say: say.clone(),
        places: places(say, kept, step),
        eyebrow: eyebrow(asked, kept),
        lead: say.t(&format!("console-lead-{}", step.name())),
        action: say.href(&address(&kept.id, step)),
        form: asked.form_token(),
        problem: outcome.problem.clone(),
        errors,
        body,
        throw_away: say.href(&format!("/drafts/{}/throw-away", kept.id)),
        is_change: kept.wish.is_change,
    };
    Ok(page.render()?)
}

/// What the draft is of.
pub(super) fn eyebrow(asked: &Asked, kept: &Kept) -> String {
    let plugin = super::gallery::name(asked, &kept.wish.plugin);
    if kept.wish.title.is_empty() { plugin } else { format!("{} · {plugin}", kept.wish.title) }
}

/// A field of a step, with what is wrong with it.
fn field(asked: &Asked, outcome: &Outcome, id: &'static str, kind: Kind, value: &str) -> Input {
    let say = &asked.say;
    let help = say.texts.try_own(say.locale, &format!("page-console-{id}.help"), &[]);
    let wrong = outcome.mistakes.iter().find(|(wrong, _)| *wrong == id);
    Input {
        id: id.to_owned(),
        name: id.to_owned(),
        label: say.t(&format!("console-{id}")),
        help,
        error: wrong.map(|(_, text)| say.t(text)),
        kind,
        value: value.to_owned(),
        ..Input::default()
    }
}

/// Choices of a select: values with what they are called.
fn choices(all: impl IntoIterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    let choice = |(value, label): (String, String)| Choice { is_chosen: value == chosen, value, label };
    all.into_iter().map(choice).collect()
}
