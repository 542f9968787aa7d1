//! `/plugins`: every version that was installed and what runs with it; `/incentives/{id}/versions`: what another version
//! would change, taking it, and going back.

use askama::Template;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono_tz::Tz;
use plaudit_core::access::Right;
use serde_json::{Value, json};

use super::{
    Shell,
    api::{self, Said, caller, document, foreign, refused, said},
    decisions, gallery,
    grid::{Cell, Grid},
    sent::Sent,
    under_way::{self, UnderWay, WAIT_S},
};
use crate::{
    api::{
        house::{HouseView, IncentiveRecord},
        previews::{PreviewView, later},
        problem::Problem,
        versions::{self, Preview, Upgrade, VersionView},
    },
    web::{
        answer::{Asked, Missing},
        form::go,
        incentive::Course,
        say::{Say, segment},
    },
};

/// Differences shown.
const DIFFERENCES: usize = 100;

#[derive(Template)]
#[template(path = "console/plugins.html")]
struct PluginsPage {
    shell: Shell,
    say: Say,
    installed: Grid,
    running: Grid,
    gallery: Option<String>,
}

#[derive(Template)]
#[template(path = "console/versions.html")]
struct VersionsPage {
    shell: Shell,
    say: Say,
    form: String,
    title: String,
    href: String,
    notice: Option<String>,
    problem: Option<Said>,
    versions: Grid,
    /// Whether the reader may change it.
    may: bool,
    action: String,
    /// What it may become: value, label, whether it is chosen.
    choices: Vec<(String, String, bool)>,
    running: Option<UnderWay>,
    found: Option<Found>,
}

/// What a version would change.
struct Found {
    finding: String,
    money: Vec<String>,
    states: String,
    grid: Grid,
    more: Option<String>,
    /// Where it is taken, and what is sent along.
    action: String,
    name: &'static str,
    value: String,
    submit: String,
}

/// What somebody wants instead of the version in force.
enum Wanted {
    /// A plugin by digest.
    Plugin(String),
    /// An earlier version by number.
    Back(u32),
}

impl Wanted {
    /// `plugin:<digest>` or `back:<number>`.
    fn read(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("plugin", digest) => Some(Self::Plugin(digest.to_owned())),
            ("back", number) => Some(Self::Back(number.parse().ok()?)),
            _ => None,
        }
    }

    /// What is asked for in the API's words; none if there is no such version.
    fn wish(&self, asked: &Asked, id: &str) -> Option<Upgrade> {
        match self {
            Self::Plugin(digest) => Some(Upgrade { plugin: Some(digest.clone()), settings: None }),
            Self::Back(number) => {
                let old = asked.web.state.views.versions(id).into_iter().find(|v| v.number == *number)?;
                let settings = serde_json::from_str(&old.incentive.settings).ok()?;
                Some(Upgrade { plugin: Some(old.incentive.plugin.to_string()), settings: Some(settings) })
            }
        }
    }
}

/// `GET /plugins`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(page).await
}

fn page(asked: &Asked) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let columns = [
        "console-plugin",
        "console-version",
        "console-plugin-used#",
        "console-signature",
        "console-plugin-digest",
    ];
    let mut installed = Grid::new(say.t("console-installed"), &columns, |id| say.t(id));
    for plugin in house.plugins.iter().rev() {
        let runs = |record: &&IncentiveRecord| {
            record.incentive.plugin == plugin.digest && Course::new(record, say.now).runs()
        };
        let n = house.incentives.values().filter(runs).count();
        installed.rows.push(vec![
            Cell::from(gallery::name(asked, &plugin.digest)).under(Some(plugin.name.to_string())),
            plugin.version.to_string().into(),
            say.whole(i64::try_from(n).unwrap_or(i64::MAX)).into(),
            gallery::signed(asked, &plugin.digest).into(),
            plugin.digest.chars().take(16).collect::<String>().into(),
        ]);
    }
    let page = PluginsPage {
        shell: Shell::new(asked, say.t("console-ask-plugins"), None),
        say: say.clone(),
        installed,
        running: running(asked, &house),
        gallery: asked.may(Right::Preview).then(|| say.href("/gallery")),
    };
    Ok(page.render()?)
}

/// Incentives with the version that each one runs, and what newer there is.
fn running(asked: &Asked, house: &HouseView) -> Grid {
    let say = &asked.say;
    let columns = ["incentive", "console-plugin", "console-version", "console-newer", "console-fault-column"];
    let mut grid = Grid::new(say.t("console-runs-with"), &columns, |id| say.t(id));
    let reach = asked.reach(Right::SeeIncentives);
    let status = asked.web.state.views.status();
    let may_look = asked.may(Right::EnableIncentives);
    let own = |record: &&IncentiveRecord| {
        reach.touches(&house.roster, &record.incentive.audience, say.now)
            && Course::new(record, say.now).runs()
    };
    for record in house.incentives.values().filter(own) {
        let id = &record.incentive.id;
        let Some(plugin) = house.plugin(&record.incentive.plugin) else { continue };
        let newest = house.plugin(&plugin.name).filter(|newest| newest.digest != plugin.digest);
        let fault = status.iter().find(|task| task.incentive == *id).and_then(|task| task.fault.clone());
        let versions = say.href(&format!("/incentives/{}/versions", segment(id)));
        let title = Cell::to(record.incentive.title.clone(), Some(say.incentive(id, None)));
        let newer =
            newest.map(|newest| Cell::to(newest.version.to_string(), may_look.then(|| versions.clone())));
        grid.rows.push(vec![
            title,
            gallery::name(asked, &plugin.digest).into(),
            Cell::to(plugin.version.to_string(), may_look.then_some(versions)),
            newer.unwrap_or_else(|| Cell::from(say.t("console-newest"))),
            fault.unwrap_or_else(|| "–".to_owned()).into(),
        ]);
    }
    grid
}

/// `GET /incentives/{id}/versions?to=plugin:<digest>`
pub(super) async fn versions(asked: Asked, Path(id): Path<String>) -> Response {
    let wanted = asked.query.get("to").filter(|text| !text.is_empty()).cloned();
    let computed = match &wanted {
        Some(text) => Some(compute(&asked, &id, text).await),
        None => None,
    };
    render(asked, id, wanted, computed).await
}

/// What a version would change: as far as that is computed after some seconds. Everything since the last final period is
/// folded again, and for some versions everything before it, too.
async fn compute(asked: &Asked, id: &str, text: &str) -> Result<PreviewView, Problem> {
    let unknown = || Problem::conflict("no-such-version", format!("{text:?} names no version of {id:?}"));
    let wish = Wanted::read(text).and_then(|wanted| wanted.wish(asked, id)).ok_or_else(unknown)?;
    let state = &asked.web.state;
    let wanted = versions::wanted(state, id, wish).await?;
    if let Some(of) = asked.query.get("of") {
        // What was stopped, or is forgotten by now, is not begun again by looking.
        let view = under_way::find(asked, of.clone()).await?;
        // The button below takes what is named: what is shown has to be of that and of nothing else.
        if state.previews.is_of(of, &wanted) {
            return Ok(view);
        }
    }
    versions::begin(state, &caller(asked)?, wanted, WAIT_S).await
}

async fn render(
    asked: Asked,
    id: String,
    wanted: Option<String>,
    computed: Option<Result<PreviewView, Problem>>,
) -> Response {
    let computed = computed.map(|computed| {
        let view = computed?;
        later::problem(&view).map_or(Ok(view), Err)
    });
    let listed = match versions::list(State(asked.web.state.clone()), Path(id.clone())).await {
        Ok(Json(listed)) => listed,
        Err(_) => return asked.page(|_| Err(Missing::Nothing("missing-incentive"))).await,
    };
    let code = match &computed {
        Some(Err(problem)) => api::status(problem),
        _ => StatusCode::OK,
    };
    let (say, seen) =
        (asked.say.clone(), computed.as_ref().and_then(|computed| computed.as_ref().ok()).cloned());
    let home = asked_for(&id, wanted.as_deref());
    let mut response = asked
        .page_as(code, move |asked| versions_page(asked, &id, &listed, wanted.as_deref(), computed))
        .await;
    under_way::again(&mut response, &say, seen.as_ref(), &home);
    response
}

/// The page of versions, with one to look at.
fn asked_for(id: &str, wanted: Option<&str>) -> String {
    let page = format!("/incentives/{}/versions", segment(id));
    wanted.map_or_else(|| page.clone(), |wanted| format!("{page}?to={}", segment(wanted)))
}

fn versions_page(
    asked: &Asked,
    id: &str,
    listed: &[VersionView],
    wanted: Option<&str>,
    computed: Option<Result<PreviewView, Problem>>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let record = house.incentives.get(id).ok_or(Missing::Nothing("missing-incentive"))?;
    let may = asked.reach(Right::EnableIncentives).holds(&house.roster, &record.incentive.audience, say.now);
    let (view, problem) = match computed {
        Some(Ok(view)) => (Some(view), None),
        Some(Err(problem)) => (None, Some(problem)),
        None => (None, None),
    };
    let title = record.incentive.title.clone();
    let page = VersionsPage {
        shell: Shell::new(asked, say.with("console-ask-versions", &[("title", title.clone().into())]), None),
        say: say.clone(),
        form: asked.form_token(),
        title,
        href: say.incentive(id, None),
        notice: super::notice(asked),
        problem: problem.map(|problem| said(say, &problem)),
        versions: of_incentive(asked, listed),
        may: may && Course::new(record, say.now).runs(),
        action: say.href(&format!("/incentives/{}/versions", segment(id))),
        choices: choices(asked, &house, record, listed, wanted),
        running: view.as_ref().and_then(|view| {
            UnderWay::of(say, view, &asked_for(id, wanted), &asked_for(id, None), "console-computing")
        }),
        found: view
            .and_then(|view| view.upgrade)
            .zip(wanted)
            .and_then(|(preview, wanted)| found(asked, record, &preview, wanted)),
    };
    Ok(page.render()?)
}

fn of_incentive(asked: &Asked, listed: &[VersionView]) -> Grid {
    let say = &asked.say;
    let columns = ["console-version-number#", "console-plugin", "when", "console-version-by", "status"];
    let mut grid = Grid::new(say.t("console-versions"), &columns, |id| say.t(id));
    for version in listed.iter().rev() {
        let mut states = Vec::new();
        if version.is_current {
            states.push(say.t("console-version-current"));
        }
        if let Some(to) = version.back_to {
            states.push(say.with("console-version-back", &[("n", to.to_string().into())]));
        }
        let who = version.actor.as_ref().map_or_else(|| "–".to_owned(), |actor| gallery::who(asked, actor));
        grid.rows.push(vec![
            version.number.to_string().into(),
            Cell::from(version.name.replace('@', " "))
                .under(Some(version.plugin.chars().take(16).collect::<String>())),
            say.exact(version.at, Tz::UTC).into(),
            who.into(),
            states.join(" · ").into(),
        ]);
    }
    grid
}

/// Other plugins of the same name, and earlier versions of the incentive.
fn choices(
    asked: &Asked,
    house: &HouseView,
    record: &IncentiveRecord,
    listed: &[VersionView],
    wanted: Option<&str>,
) -> Vec<(String, String, bool)> {
    let say = &asked.say;
    let current = &record.incentive.plugin;
    let name = house.plugin(current).map(|plugin| plugin.name.clone());
    let others =
        house.plugins.iter().rev().filter(|p| Some(&p.name) == name.as_ref() && p.digest != *current);
    let mut choices: Vec<(String, String)> = others
        .map(|plugin| {
            let short: String = plugin.digest.chars().take(8).collect();
            (format!("plugin:{}", plugin.digest), format!("{} {} ({short})", plugin.name, plugin.version))
        })
        .collect();
    choices.extend(listed.iter().rev().filter(|version| !version.is_current).map(|version| {
        let words =
            [("n", version.number.to_string().into()), ("plugin", version.name.replace('@', " ").into())];
        (format!("back:{}", version.number), say.with("console-version-back-to", &words))
    }));
    let chosen = |value: &str| wanted == Some(value);
    choices.into_iter().map(|(value, label)| (value.clone(), label, chosen(&value))).collect()
}

fn found(asked: &Asked, record: &IncentiveRecord, preview: &Preview, wanted: &str) -> Option<Found> {
    let say = &asked.say;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let columns = ["name", "console-what", "console-difference", "console-moved#"];
    let mut grid = Grid::new(say.t("console-difference"), &columns, |id| say.t(id));
    for difference in preview.differences.iter().take(DIFFERENCES) {
        let row = decisions::difference_row(asked, record, difference);
        grid.rows.push(vec![row.name.into(), row.what.into(), row.difference.into(), row.moved.into()]);
    }
    let money = |(unit, units): (&plaudit_core::Id, &i64)| {
        let id = if *units >= 0 { "console-costs" } else { "console-comes-back" };
        say.with(id, &[("units", say.units(units.saturating_abs(), unit).into())])
    };
    let more = preview.differences.len().saturating_sub(DIFFERENCES);
    let base = format!("/incentives/{}", segment(&record.incentive.id));
    let (place, name, value, submit) = match Wanted::read(wanted)? {
        Wanted::Plugin(digest) => ("upgrade", "plugin", digest, "console-upgrade"),
        Wanted::Back(number) => ("rollback", "to", number.to_string(), "console-rollback"),
    };
    Some(Found {
        finding: say.n("console-version-changes", count(preview.differences.len())),
        money: preview.moved.iter().filter(|(_, units)| **units != 0).map(money).collect(),
        states: say.t(if preview.keeps_states { "console-states-kept" } else { "console-states-anew" }),
        grid,
        more: (more > 0).then(|| say.n("console-n-more", count(more))),
        action: say.href(&format!("{base}/{place}")),
        name,
        value,
        submit: say.t(submit),
    })
}

/// `POST /incentives/{id}/upgrade`
pub(super) async fn upgrade(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    let sent = Sent::read(&body, asked.say.locale);
    let wanted = json!({ "plugin": sent.get("plugin") });
    take(asked, id, &body, wanted, true).await
}

/// `POST /incentives/{id}/rollback`
pub(super) async fn rollback(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    let sent = Sent::read(&body, asked.say.locale);
    let wanted = json!({ "to": sent.get("to").parse::<u32>().unwrap_or(0) });
    take(asked, id, &body, wanted, false).await
}

async fn take(asked: Asked, id: String, body: &[u8], wanted: Value, is_upgrade: bool) -> Response {
    let back = format!("/incentives/{}/versions", segment(&id));
    if let Some(problem) = foreign(&asked, body) {
        return refused(asked, problem, back).await;
    }
    let caller = match caller(&asked) {
        Ok(caller) => caller,
        Err(problem) => return refused(asked, problem, back).await,
    };
    let (headers, body) = document(&wanted);
    let (state, path) = (State(asked.web.state.clone()), Path(id.clone()));
    let taken = match is_upgrade {
        true => versions::upgrade(state, path, caller, headers, body).await,
        false => versions::rollback(state, path, caller, headers, body).await,
    };
    match taken {
        Ok(_) => go(&asked.say.href(&format!("{back}?done=version")), vec![]),
        Err(problem) => render(asked, id, None, Some(Err(problem))).await,
    }
}
