//! The last step: who would have won, what it would have cost, and then enabling.

use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use plaudit_core::{
    Id,
    calendar::local_day,
    rule::Reward,
    spread::{Dimension, Group, Hint, Share},
};
use serde_json::json;

use super::{
    Shell,
    api::{self, Said, caller, document, foreign, refused, said},
    draft::{self, Kept},
    sent::Sent,
    steps::{self, Place, Step, address, places},
    under_way::{self, UnderWay},
    wish::{Wish, day_text},
};
use crate::{
    api::{
        auth::Made,
        incentives::IncentiveAnswer,
        previews::{self, PeriodRow, PreviewOptions, PreviewResult, PreviewView, Winner},
        problem::Problem,
    },
    texts::Setting,
    web::{
        answer::{Asked, Missing},
        form::go,
        say::{Say, segment},
    },
};

/// Days of the past that are offered.
const DAYS: i32 = 28;
/// Winners shown.
const WINNERS: usize = 20;
/// Periods shown, the newest ones.
const PERIODS: usize = 31;
/// Groups shown of each kind.
const GROUPS: usize = 12;

#[derive(Template)]
#[template(path = "console/preview.html")]
struct PreviewPage {
    shell: Shell,
    say: Say,
    places: Vec<Place>,
    eyebrow: String,
    action: String,
    form: String,
    /// What is wrong with trying it.
    problem: Option<Said>,
    from: String,
    to: String,
    running: Option<UnderWay>,
    result: Option<Shown>,
    summary: Vec<(String, String)>,
    settings: Vec<Setting>,
    /// What stands in the way of enabling, with the step that mends it.
    obstacles: Vec<(String, Said)>,
    notices: Vec<String>,
    enable: Option<String>,
    draft: String,
    is_change: bool,
}

struct Shown {
    finding: String,
    cost: Vec<String>,
    hints: Vec<String>,
    winners: Vec<(String, String, String, String)>,
    /// Whether anything but units is won.
    has_things: bool,
    more: Option<String>,
    bars: Option<Bars>,
    groups: Vec<(String, Vec<GroupRow>)>,
    read: String,
    fault: Option<String>,
    has_draws: bool,
}

struct GroupRow {
    name: String,
    audience: String,
    winners: String,
    share: String,
    width: f64,
}

/// What each period would have cost, as bars from an honest zero.
struct Bars {
    finding: String,
    bars: Vec<Bar>,
}

struct Bar {
    label: String,
    figure: String,
    width: f64,
}

/// `GET /drafts/{draft}/preview?of=…`
pub(super) async fn show(asked: Asked, kept: Kept) -> Response {
    let of = asked.query.get("of").cloned();
    let view = match of {
        None => Ok(None),
        Some(id) => under_way::find(&asked, id).await.map(Some),
    };
    let (view, problem) = match view {
        Ok(view) => (view, None),
        Err(problem) => (None, Some(problem)),
    };
    render(asked, kept, view, problem, StatusCode::OK).await
}

async fn render(
    asked: Asked,
    kept: Kept,
    view: Option<PreviewView>,
    problem: Option<Problem>,
    status: StatusCode,
) -> Response {
    let house = asked.web.state.journal.house();
    let wanted = kept.wish.document(&house, asked.say.now);
    let tried = match kept.wish.names_somebody() {
        true => api::put_after(&asked, &kept.wish.id, &wanted, kept.wish.follows(), true).await,
        false => Err(Problem::unprocessable("unknown-audience", "")),
    };
    let (say, seen, home) = (asked.say.clone(), view.clone(), address(&kept.id, Step::Preview));
    let mut response =
        asked.page_as(status, move |asked| page(asked, &kept, view.as_ref(), problem.as_ref(), &tried)).await;
    under_way::again(&mut response, &say, seen.as_ref(), &home);
    response
}

fn page(
    asked: &Asked,
    kept: &Kept,
    view: Option<&PreviewView>,
    problem: Option<&Problem>,
    tried: &Result<IncentiveAnswer, Problem>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let wish = &kept.wish;
    let may_enable = asked.may(plaudit_core::access::Right::EnableIncentives);
    let failed = view.and_then(|view| view.problem.clone());
    let failed = failed.map(|why| Said { text: say.t("console-preview-failed"), detail: Some(why) });
    let obstacles: Vec<(String, Said)> = tried
        .as_ref()
        .err()
        .map(|problem| (say.href(&address(&kept.id, mended_by(&problem.code))), said(say, problem)))
        .into_iter()
        .collect();
    let settings = tried.as_ref().map(|answer| {
        let schema = asked.web.state.plugins.get(&wish.plugin).map(|info| info.manifest.settings);
        say.texts.settings(say.locale, &answer.incentive, schema.as_ref())
    });
    let (from, to) = window(asked, wish);
    let page = PreviewPage {
        shell: Shell::new(asked, say.t("console-ask-preview"), None),
        say: say.clone(),
        places: places(say, kept, Step::Preview),
        eyebrow: steps::eyebrow(asked, kept),
        action: say.href(&address(&kept.id, Step::Preview)),
        form: asked.form_token(),
        problem: problem.map(|problem| said(say, problem)).or(failed),
        from,
        to,
        running: view.and_then(|view| {
            let home = address(&kept.id, Step::Preview);
            UnderWay::of(say, view, &home, &home, "console-running")
        }),
        result: view.and_then(|view| Some(shown(asked, view.result.as_ref()?))),
        summary: summary(asked, wish),
        settings: settings.unwrap_or_default(),
        notices: tried.as_ref().map(|answer| answer.notices.clone()).unwrap_or_default(),
        enable: (may_enable && obstacles.is_empty())
            .then(|| say.href(&format!("/incentives/{}/enable", segment(&wish.id)))),
        obstacles,
        draft: kept.id.clone(),
        is_change: wish.is_change,
    };
    Ok(page.render()?)
}

/// The step that mends a problem.
fn mended_by(code: &str) -> Step {
    match code {
        "unknown-audience" | "reach" => Step::Audience,
        "bad-periods" => Step::Time,
        "bad-allotment" | "over-budget" | "unknown-budget" | "unknown-prize" | "bad-approval"
        | "bad-document" => Step::Money,
        _ => Step::Settings,
    }
}

/// The window to try: as chosen, else the last weeks until today.
fn window(asked: &Asked, wish: &Wish) -> (String, String) {
    let today = local_day(wish.tz(), asked.say.now);
    let or = |typed: &String, day| if typed.is_empty() { day_text(day) } else { typed.clone() };
    (or(&wish.from, today - DAYS), or(&wish.to, today))
}

/// What is to be enabled, in a few lines.
fn summary(asked: &Asked, wish: &Wish) -> Vec<(String, String)> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let rhythm = say.t(match wish.rhythm.as_str() {
        "daily" => "every-day",
        "weekly" => "every-week",
        "monthly" => "every-month",
        "cron" => "every-cron",
        _ => "every-once",
    });
    let first = steps::closings(asked, wish).into_iter().next();
    let closing = first.map(|(period, moment)| format!("{period} · {}", moment.exact));
    let follows = wish.follows().zip(wish.begin).map(|(before, begin)| {
        format!("{} · {}", steps::title(asked, before), say.moment(begin, wish.tz()).exact)
    });
    let money: Vec<String> = wish
        .units
        .iter()
        .filter_map(|(budget, typed)| {
            let currency = &house.budgets.get(budget.as_str())?.currency;
            let units = super::sent::real(typed, say.locale)?;
            Some(say.units(units as i64, currency))
        })
        .collect();
    let money = if money.is_empty() { say.t("console-no-money") } else { money.join(" · ") };
    let rows = [
        ("console-title", Some(wish.title.clone())),
        ("console-id", Some(wish.id.clone())),
        ("console-audience", Some(steps::count(asked, wish))),
        ("console-rhythm", Some(rhythm)),
        ("console-follows", follows),
        ("console-first-closing", closing),
        ("console-money", Some(money)),
        ("console-anonymity", Some(say.t(&format!("console-anonymity-{}", wish.anonymity)))),
    ];
    rows.into_iter()
        .filter_map(|(label, text)| Some((say.t(label), text.filter(|t| !t.is_empty())?)))
        .collect()
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn shown(asked: &Asked, result: &PreviewResult) -> Shown {
    let say = &asked.say;
    let winning = result.spread.winning;
    let finding = [
        ("n", say.texts.count(say.locale, count(winning.part))),
        ("all", say.whole(count(winning.of)).into()),
        ("share", percent(say, winning).into()),
        ("awards", say.whole(count(result.spread.awards)).into()),
    ];
    let about = if &*result.about == "teams" { "console-found-teams" } else { "console-found" };
    let cost = |cost: &previews::Cost| {
        let paid = [("units", say.units(cost.granted, &cost.currency).into())];
        let mut text = say.with("console-cost", &paid);
        if cost.awards_withheld > 0 {
            let short = [
                ("units", say.units(cost.withheld, &cost.currency).into()),
                ("n", say.texts.count(say.locale, count(cost.awards_withheld))),
            ];
            text = format!("{text} {}", say.with("console-cost-short", &short));
        }
        text
    };
    let mut hints: Vec<String> = result.spread.hints.iter().map(|found| hint(asked, found)).collect();
    if result.over_quota > 0 {
        hints.push(say.n("console-over-quota", count(result.over_quota)));
    }
    let read = [
        ("selected", say.whole(count(result.events_selected)).into()),
        ("read", say.whole(count(result.events_read)).into()),
    ];
    let more = result.winners.len().saturating_sub(WINNERS);
    Shown {
        finding: say.with(about, &finding),
        cost: result.cost.iter().map(cost).collect(),
        hints,
        winners: result.winners.iter().take(WINNERS).map(|w| winner(asked, w)).collect(),
        has_things: result.winners.iter().take(WINNERS).any(|w| !winner(asked, w).3.is_empty()),
        more: (more > 0).then(|| say.n("console-n-more", i64::try_from(more).unwrap_or(i64::MAX))),
        bars: bars(say, &result.periods),
        groups: groups(asked, result),
        read: say.with("console-read", &read),
        fault: result.fault.as_ref().map(|fault| fault.message.clone()),
        has_draws: !result.draws.is_empty(),
    }
}

fn percent(say: &Say, share: Share) -> String {
    say.locale.percent(f64::from(share.basis_points) / 10_000.0, 0, 0)
}

/// Name, awards, units, what.
fn winner(asked: &Asked, winner: &Winner) -> (String, String, String, String) {
    let say = &asked.say;
    let units: Vec<String> =
        winner.units.iter().map(|(currency, units)| say.units(*units, currency)).collect();
    let what = winner.what.iter().filter_map(|what| {
        let name = match &what.reward {
            Reward::Points { .. } => return None,
            Reward::Badge { name, level } => format!("{name} {level}"),
            Reward::Prize(name) => name.clone(),
        };
        Some(if what.times > 1 { format!("{} × {name}", say.whole(count(what.times))) } else { name })
    });
    let may_see = asked.may(plaudit_core::access::Right::SeePeople);
    let name = match (&winner.name, may_see) {
        (Some(name), _) => name.clone(),
        (None, true) => say.name(&winner.subject),
        (None, false) => winner.subject.id.to_string(),
    };
    (name, say.whole(count(winner.awards)), units.join(" · "), what.collect::<Vec<_>>().join(" · "))
}

fn bars(say: &Say, periods: &[PeriodRow]) -> Option<Bars> {
    let currency: &Id = periods.iter().flat_map(|period| period.granted.keys()).next()?;
    let units = |period: &PeriodRow| period.granted.get(currency).copied().unwrap_or(0);
    // What costs nothing yet, before the first that does, says nothing.
    let first = periods.iter().position(|period| units(period) > 0).unwrap_or(0);
    let shown = &periods[first.max(periods.len().saturating_sub(PERIODS))..];
    let most = shown.iter().map(units).max().filter(|most| *most > 0)?;
    let least = shown.iter().map(units).min().unwrap_or(0);
    let bar = |period: &PeriodRow| Bar {
        label: say.period(&period.period),
        figure: say.whole(units(period)),
        width: (units(period) as f64 / most as f64 * 1000.0).round() / 10.0,
    };
    let finding = [("least", say.whole(least).into()), ("most", say.units(most, currency).into())];
    let id = if shown.len() == 1 { "console-bars-one" } else { "console-bars" };
    Some(Bars { finding: say.with(id, &finding), bars: shown.iter().map(bar).collect() })
}

fn groups(asked: &Asked, result: &PreviewResult) -> Vec<(String, Vec<GroupRow>)> {
    let say = &asked.say;
    let spread = &result.spread;
    let kinds = [
        ("console-by-hours", Dimension::Hours, &spread.by_hours),
        ("console-by-tenure", Dimension::Tenure, &spread.by_tenure),
        ("console-by-team", Dimension::Team, &spread.by_team),
    ];
    let row = |by: Dimension, group: &Group| GroupRow {
        name: group_name(asked, by, &group.name),
        audience: say.whole(count(group.audience)),
        winners: say.whole(count(group.winning.part)),
        share: percent(say, group.winning),
        width: f64::from(group.winning.basis_points.min(10_000)) / 100.0,
    };
    let shown = kinds.into_iter().filter(|(_, _, groups)| groups.len() > 1);
    shown
        .map(|(title, by, groups)| (say.t(title), groups.iter().take(GROUPS).map(|g| row(by, g)).collect()))
        .collect()
}

fn group_name(asked: &Asked, by: Dimension, name: &str) -> String {
    match by {
        Dimension::Team if name.is_empty() => asked.say.t("console-group-no-team"),
        Dimension::Team => asked.say.texts.names().team(name),
        _ => asked.say.t(&format!("console-group-{name}")),
    }
}

/// Something remarkable: data for people to judge, no judgement.
fn hint(asked: &Asked, hint: &Hint) -> String {
    let say = &asked.say;
    match hint {
        Hint::NobodyWins => say.t("console-hint-nobody"),
        Hint::WinsMoreOften { by, group, winning, rest }
        | Hint::WinsLessOften { by, group, winning, rest } => {
            let is_more = matches!(hint, Hint::WinsMoreOften { .. });
            let words = [
                ("group", group_name(asked, *by, group).into()),
                ("share", percent(say, *winning).into()),
                ("rest", percent(say, *rest).into()),
            ];
            let text = say.with(if is_more { "console-hint-more" } else { "console-hint-less" }, &words);
            // Whoever works longer counts more, unless it is ranked per hour.
            let is_of_hours = *by == Dimension::Hours && is_more == (&**group == "full-time");
            if is_of_hours { format!("{text} {}", say.t("console-hint-per-hour")) } else { text }
        }
        Hint::Concentrated { currency, top_tenth } => {
            let words = [
                ("share", percent(say, *top_tenth).into()),
                ("currency", super::currency(say, currency).into()),
            ];
            say.with("console-hint-top", &words)
        }
        Hint::SameWinners { winning, repeat_winners } => {
            let words =
                [("share", percent(say, *winning).into()), ("again", percent(say, *repeat_winners).into())];
            say.with("console-hint-same", &words)
        }
    }
}

/// `POST /drafts/{draft}/preview`: begins to try it.
pub(super) async fn send(asked: Asked, mut kept: Kept, sent: &Sent) -> Response {
    sent.get("from").clone_into(&mut kept.wish.from);
    sent.get("to").clone_into(&mut kept.wish.to);
    if let Err(error) = draft::keep(&asked, &kept) {
        return refused(asked, error.into(), address(&kept.id, Step::Preview)).await;
    }
    match begin(&asked, &kept.wish).await {
        Ok(id) => {
            go(&asked.say.href(&format!("{}?of={}", address(&kept.id, Step::Preview), segment(&id))), vec![])
        }
        Err(problem) => {
            let status = api::status(&problem);
            render(asked, kept, None, Some(problem), status).await
        }
    }
}

async fn begin(asked: &Asked, wish: &Wish) -> Result<String, Problem> {
    let house = asked.web.state.journal.house();
    let mut wanted = wish.document(&house, asked.say.now);
    let (from, to) = window(asked, wish);
    (wanted["from"], wanted["to"]) = (json!(from), json!(to));
    if wish.is_change {
        wanted["id"] = json!(wish.id);
    }
    let (headers, body) = document(&wanted);
    let state = State(asked.web.state.clone());
    let options = Query(PreviewOptions { wait: 0, repin: false });
    let answer = previews::post(state, options, caller(asked)?, headers, body).await?;
    let place = answer.headers().get(LOCATION).and_then(|place| place.to_str().ok()).unwrap_or_default();
    Ok(place.rsplit('/').next().unwrap_or_default().to_owned())
}

/// `POST /incentives/{id}/enable`: enables what a draft says, and the draft is done with.
pub(super) async fn enable(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/gallery".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let found = draft::find(&asked, sent.get("draft")).filter(|kept| kept.wish.id == id);
    let Some(kept) = found else { return steps::missing(asked).await };
    let house = asked.web.state.journal.house();
    let wanted = kept.wish.document(&house, asked.say.now);
    let is_taken = !kept.wish.is_change && house.incentives.contains_key(id.as_str());
    let put = match (is_taken, kept.wish.names_somebody()) {
        (true, _) => Err(Problem::conflict("taken", "")),
        (_, false) => Err(Problem::unprocessable("unknown-audience", "")),
        _ => api::put_after(&asked, &id, &wanted, kept.wish.follows(), false).await,
    };
    match put {
        Ok(_) => {
            if let Err(error) = draft::throw_away(&asked, &kept.id) {
                tracing::warn!(%error, draft = kept.id, "a draft that was enabled could not be deleted");
            }
            let place = asked.say.href(&format!("/incentives/{}/manage?done=enabled", segment(&id)));
            let mut response = go(&place, vec![]);
            response.extensions_mut().insert(Made(id));
            response
        }
        Err(problem) => {
            let status = api::status(&problem);
            render(asked, kept, None, Some(problem), status).await.into_response()
        }
    }
}
