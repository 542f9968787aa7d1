//! `/gallery`: what can be enabled, and drafts that are not enabled yet.

use std::collections::BTreeSet;

use askama::Template;
use axum::{body::Bytes, extract::Path, response::Response};
use chrono_tz::Tz;
use plaudit_core::{calendar::local_day, rule::Text};
use plaudit_store::family::anonymity::Anonymity;

use super::{
    Shell,
    api::{foreign, refused},
    draft,
    steps::{self, Step, address},
    wish::{self, Wish},
};
use crate::{
    api::{house::PluginRecord, problem::Problem, signatures},
    porter::accounts,
    web::{
        answer::{Asked, Missing},
        form::go,
        say::{Say, segment},
        when::Moment,
    },
};

#[derive(Template)]
#[template(path = "console/gallery.html")]
struct GalleryPage {
    shell: Shell,
    say: Say,
    form: String,
    plugins: Vec<Card>,
    drafts: Vec<DraftRow>,
}

struct Card {
    name: String,
    version: String,
    summary: String,
    asks: Vec<String>,
    running: Option<String>,
    action: String,
    digest: String,
    /// Who signed it, or that nobody did whom the house knows.
    signed: String,
}

struct DraftRow {
    href: String,
    title: String,
    what: String,
    by: String,
    changed: Moment,
    ago: String,
    throw_away: String,
    is_change: bool,
}

/// `GET /gallery`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(page).await
}

fn page(asked: &Asked) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let mut seen = BTreeSet::new();
    // The newest of each name.
    let newest = house.plugins.iter().rev().filter(|plugin| seen.insert(plugin.name.clone()));
    let mut plugins: Vec<Card> = newest.map(|plugin| card(asked, plugin)).collect();
    plugins.sort_by(|a, b| a.name.cmp(&b.name));
    let drafts = draft::all(asked).map_err(|error| Missing::Broken(error.to_string()))?;
    let page = GalleryPage {
        shell: Shell::new(asked, say.t("console-ask-gallery"), None),
        say: say.clone(),
        form: asked.form_token(),
        plugins,
        drafts: drafts.iter().map(|kept| row(asked, kept)).collect(),
    };
    Ok(page.render()?)
}

fn card(asked: &Asked, plugin: &PluginRecord) -> Card {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let running = house
        .incentives
        .values()
        .filter(|record| crate::web::incentive::Course::new(record, say.now).runs())
        .filter(|record| house.plugin(&record.incentive.plugin).is_some_and(|p| p.name == plugin.name))
        .count();
    let running = i64::try_from(running).unwrap_or(i64::MAX);
    Card {
        name: name(asked, &plugin.digest),
        version: plugin.version.to_string(),
        summary: summary(asked, &plugin.digest).unwrap_or_default(),
        asks: asks(asked, &plugin.digest),
        running: (running > 0).then(|| say.n("console-n-running", running)),
        action: say.href(&format!("/gallery/{}", segment(&plugin.digest))),
        digest: plugin.digest.chars().take(12).collect(),
        signed: signed(asked, &plugin.digest),
    }
}

/// Who signed a plugin, in a few words.
pub(super) fn signed(asked: &Asked, digest: &str) -> String {
    match signatures::signer(&asked.web.state, digest) {
        Some(name) => asked.say.with("console-signed-by", &[("name", name.into())]),
        None => asked.say.t("console-unsigned"),
    }
}

/// Labels at the top of the form.
fn asks(asked: &Asked, digest: &str) -> Vec<String> {
    let Some(info) = asked.web.state.plugins.get(digest) else { return Vec::new() };
    let house = asked.web.state.journal.house();
    let none = std::collections::BTreeMap::new();
    super::pieces::Maker::new(&asked.say, &house, digest, &info.manifest, none).labels()
}

/// What a plugin is called in the reader's language.
pub(super) fn name(asked: &Asked, digest: &str) -> String {
    let of_house = || {
        let house = asked.web.state.journal.house();
        house.plugin(digest).map_or_else(|| digest.to_owned(), |plugin| plugin.name.to_string())
    };
    said(asked, digest, "name").unwrap_or_else(of_house)
}

/// What a plugin does, in a sentence.
pub(super) fn summary(asked: &Asked, digest: &str) -> Option<String> {
    said(asked, digest, "summary")
}

fn said(asked: &Asked, digest: &str, message: &str) -> Option<String> {
    let say = &asked.say;
    let text = Text { message: message.to_owned(), arguments: Vec::new() };
    say.texts.has(say.locale, "", digest, message).then(|| say.texts.text(say.locale, "", digest, &text))
}

fn row(asked: &Asked, kept: &draft::Kept) -> DraftRow {
    let say = &asked.say;
    let changed = say.moment(kept.changed, Tz::UTC);
    let next = Step::ALL.into_iter().find(|step| !kept.wish.done.contains(step.name()));
    let title = Some(kept.wish.title.clone()).filter(|title| !title.is_empty());
    DraftRow {
        href: say.href(&address(&kept.id, next.unwrap_or(Step::Preview))),
        title: title.unwrap_or_else(|| say.t("console-untitled")),
        what: name(asked, &kept.wish.plugin),
        by: who(asked, &kept.owner),
        ago: say.with("ago", &[("span", changed.span.clone().into())]),
        changed,
        throw_away: say.href(&format!("/drafts/{}/throw-away", segment(&kept.id))),
        is_change: kept.wish.is_change,
    }
}

/// Who an actor is: an account by its name, a token by its own.
pub(super) fn who(asked: &Asked, actor: &str) -> String {
    let account = accounts::get(&*asked.web.state.store, actor).ok().flatten();
    account.map_or_else(|| actor.to_owned(), |account| account.name)
}

/// `POST /gallery/{plugin}`: begins a draft with what the plugin does by itself.
pub(super) async fn begin(asked: Asked, Path(plugin): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/gallery".to_owned()).await;
    }
    let house = asked.web.state.journal.house();
    let known = house.plugin(&plugin).and_then(|record| asked.web.state.plugins.get(&record.digest));
    let Some(info) = known else {
        return asked.page(|_| Err(Missing::Nothing("console-missing-plugin"))).await;
    };
    let zone = house.roster.sites().next().map_or(Tz::UTC, |site| site.zone);
    let wish = Wish {
        plugin: info.digest.to_string(),
        settings: super::schema::defaults(&info.manifest.settings),
        zone: zone.name().to_owned(),
        rhythm: "daily".to_owned(),
        // Tomorrow: the first period is a whole one.
        first: wish::day_text(local_day(zone, asked.say.now) + 1),
        anonymity: Anonymity::default().name().to_owned(),
        approval: asked
            .web
            .state
            .config
            .money
            .approval
            .iter()
            .map(|rule| (rule.currency.to_string(), rule.above.to_string()))
            .collect(),
        ..Wish::default()
    };
    start(asked, &wish).await
}

/// Begins a draft and goes to its first step.
pub(super) async fn start(asked: Asked, wish: &Wish) -> Response {
    match draft::begin(&asked, wish) {
        Ok(id) => go(&asked.say.href(&address(&id, Step::Settings)), vec![]),
        Err(error) => refused(asked, Problem::from(error), "/gallery".to_owned()).await,
    }
}

/// `POST /drafts/{draft}/throw-away`
pub(super) async fn throw_away(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/gallery".to_owned()).await;
    }
    let Some(kept) = draft::find(&asked, &id) else { return steps::missing(asked).await };
    match draft::throw_away(&asked, &kept.id) {
        Ok(()) => go(&asked.say.href("/gallery"), vec![]),
        Err(error) => refused(asked, Problem::from(error), "/gallery".to_owned()).await,
    }
}
