//! `/places`: sites with their zones and holidays, teams with their sites and queues.

use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono_tz::Tz;
use plaudit_core::access::{Reach, Right};
use plaudit_store::{family, family::titles::Titles};
use serde_json::{Value, json};

use super::{
    Shell,
    api::{self, caller, document, foreign, refused},
    fill::{Again, Fill},
    grid::{Cell, Grid},
    pieces::{Choice, Input, Kind},
    sent::Sent,
    wish::{day_of, day_text},
};
use crate::{
    api::{
        auth::{self, Made},
        document::is_name,
        problem::Problem,
        roster,
    },
    web::{
        answer::{Asked, Missing},
        form::go,
        say::{Say, segment},
    },
};

#[derive(Template)]
#[template(path = "console/places.html")]
struct PlacesPage {
    shell: Shell,
    say: Say,
    form: String,
    notice: Option<String>,
    sites: Grid,
    teams: Grid,
    /// Whoever manages a part makes no site.
    site: Option<Fill>,
    team: Option<Fill>,
    roster: String,
}

/// `GET /places`
pub(super) async fn show(asked: Asked) -> Response {
    render(asked, Again::default(), StatusCode::OK).await
}

async fn render(asked: Asked, again: Again, status: StatusCode) -> Response {
    asked.page_as(status, move |asked| page(asked, &again, status)).await
}

fn page(asked: &Asked, again: &Again, status: StatusCode) -> Result<String, Missing> {
    let say = &asked.say;
    let reach = asked.reach(Right::SetRoster);
    let has_sites = asked.web.state.journal.house().roster.sites().next().is_some();
    let page = PlacesPage {
        shell: Shell::new(asked, say.t("console-ask-places"), None),
        say: say.clone(),
        form: asked.form_token(),
        notice: super::notice(asked).filter(|_| status == StatusCode::OK),
        sites: sites(asked, &reach),
        teams: teams(asked, &reach),
        site: site_form(asked, &reach, again),
        team: has_sites.then(|| team_form(asked, &reach, again)),
        roster: say.href("/roster"),
    };
    Ok(page.render()?)
}

fn title(asked: &Asked, kind: &str, id: &str) -> String {
    let title = family::get::<Titles>(&*asked.web.state.store, &format!("{kind}/{id}")).ok().flatten();
    title.unwrap_or_else(|| id.to_owned())
}

fn sites(asked: &Asked, reach: &Reach) -> Grid {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let columns =
        ["console-place-site", "console-place-zone", "console-place-holidays#", "console-place-teams#"];
    let mut grid = Grid::new(say.t("console-places-sites"), &columns, |id| say.t(id));
    let count = |n: usize| say.whole(i64::try_from(n).unwrap_or(i64::MAX));
    for site in house.roster.sites() {
        let href = reach
            .covers_site(&site.id)
            .then(|| say.href(&format!("/places?site={}", segment(&site.id))) + "#sites");
        let teams = house.roster.teams().filter(|team| team.site == site.id).count();
        grid.rows.push(vec![
            Cell::to(title(asked, "site", &site.id), href).under(Some(site.id.to_string())),
            site.zone.name().into(),
            count(site.holidays.len()).into(),
            count(teams).into(),
        ]);
    }
    grid
}

fn teams(asked: &Asked, reach: &Reach) -> Grid {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let columns = ["console-place-team", "console-place-site", "console-place-queues"];
    let mut grid = Grid::new(say.t("console-places-teams"), &columns, |id| say.t(id));
    for team in house.roster.teams() {
        let href = reach
            .covers_team(&house.roster, &team.id)
            .then(|| say.href(&format!("/places?team={}", segment(&team.id))) + "#teams");
        let queues: Vec<_> = team.queues.iter().map(ToString::to_string).collect();
        grid.rows.push(vec![
            Cell::to(title(asked, "team", &team.id), href).under(Some(team.id.to_string())),
            title(asked, "site", &team.site).into(),
            if queues.is_empty() { "–".to_owned() } else { queues.join(", ") }.into(),
        ]);
    }
    grid
}

fn site_form(asked: &Asked, reach: &Reach, again: &Again) -> Option<Fill> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let wanted = asked.query.get("site").map(String::as_str).or(again.typed("site", "known"));
    let known = wanted.and_then(|id| house.roster.site(id)).filter(|site| reach.covers_site(&site.id));
    if known.is_none() && !reach.is_everything() {
        return None;
    }
    let named = known.map(|site| title(asked, "site", &site.id));
    let holidays =
        known.map(|site| site.holidays.iter().map(|day| day_text(*day)).collect::<Vec<_>>().join(", "));
    let field = |name, kind, stands: Option<String>| {
        again.field(say, "place", "site", name, kind, &stands.unwrap_or_default())
    };
    Some(Fill {
        title: match &named {
            Some(named) => say.with("console-change-place", &[("title", named.clone().into())]),
            None => say.t("console-new-site"),
        },
        help: None,
        action: match known {
            Some(site) => say.href(&format!("/sites/{}", segment(&site.id))),
            None => say.href("/sites"),
        },
        before: None,
        problem: again.problem(say, "site"),
        fields: vec![
            Input {
                is_fixed: known.is_some(),
                ..field("site", Kind::Text, known.map(|site| site.id.to_string()))
            },
            field("title", Kind::Text, named),
            field("zone", Kind::Text, known.map(|site| site.zone.name().to_owned())),
            field("holidays", Kind::Area, holidays),
        ],
        submit: say.t("save"),
        is_open: known.is_some() || again.is_of("site") || house.roster.sites().next().is_none(),
    })
}

fn team_form(asked: &Asked, reach: &Reach, again: &Again) -> Fill {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let wanted = asked.query.get("team").map(String::as_str).or(again.typed("team", "known"));
    let known =
        wanted.and_then(|id| house.roster.team(id)).filter(|team| reach.covers_team(&house.roster, &team.id));
    let named = known.map(|team| title(asked, "team", &team.id));
    let queues = known.map(|team| team.queues.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    let field = |name, kind, stands: Option<String>| {
        again.field(say, "place", "team", name, kind, &stands.unwrap_or_default())
    };
    let of = again.typed("team", "of-site").map(str::to_owned).or(known.map(|team| team.site.to_string()));
    // A team that is changed may lie where the reader makes no team: its own site stays a choice.
    let offered = house
        .roster
        .sites()
        .filter(|site| reach.covers_site(&site.id) || known.is_some_and(|team| team.site == site.id));
    let choice = |site: &plaudit_core::roster::Site| Choice {
        value: site.id.to_string(),
        label: title(asked, "site", &site.id),
        is_chosen: of.as_deref() == Some(&*site.id),
    };
    let choices = offered.map(choice).collect();
    Fill {
        title: match &named {
            Some(named) => say.with("console-change-place", &[("title", named.clone().into())]),
            None => say.t("console-new-team"),
        },
        help: None,
        action: match known {
            Some(team) => say.href(&format!("/teams/{}", segment(&team.id))),
            None => say.href("/teams"),
        },
        before: None,
        problem: again.problem(say, "team"),
        fields: vec![
            Input {
                is_fixed: known.is_some(),
                ..field("team", Kind::Text, known.map(|team| team.id.to_string()))
            },
            field("title", Kind::Text, named),
            Input { choices, ..field("of-site", Kind::Select, None) },
            field("queues", Kind::Text, queues),
        ],
        submit: say.t("save"),
        is_open: known.is_some() || again.is_of("team") || house.roster.teams().next().is_none(),
    }
}

/// The id that a form is about: what is changed has to be there, and what is new must not. None if it is not.
fn which(
    again: &mut Again,
    known: Option<String>,
    typed: &str,
    stands: impl Fn(&str) -> bool,
) -> Option<String> {
    match known {
        Some(known) if stands(&known) => {
            again.typed.push(("known".to_owned(), known.clone()));
            Some(known)
        }
        Some(_) => None,
        None => {
            if stands(typed) {
                let field = if again.is_of("site") { "site" } else { "team" };
                again.wrong.push((field, "console-wrong-place-taken"));
            }
            Some(typed.to_owned())
        }
    }
}

/// What stands between commas, spaces or on lines of their own.
fn parts(typed: &str) -> Vec<&str> {
    typed.split([',', ';', '\n', ' ', '\r']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The shown name, where one is typed.
fn named(sent: &Sent) -> Value {
    Some(sent.get("title")).filter(|title| !title.is_empty()).map_or(Value::Null, |title| json!(title))
}

/// `POST /sites`: a new one.
pub(super) async fn make_site(asked: Asked, body: Bytes) -> Response {
    put_site(asked, None, body).await
}

/// `POST /sites/{id}`: another title, zone, or other holidays.
pub(super) async fn change_site(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    put_site(asked, Some(id), body).await
}

async fn put_site(asked: Asked, known: Option<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/places".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let mut again = Again::of("site", &sent);
    let stands = |id: &str| asked.web.state.journal.house().roster.site(id).is_some();
    let Some(id) = which(&mut again, known, sent.get("site"), stands) else {
        return refused(asked, Problem::not_found("site", "", "/v1/sites"), "/places".to_owned()).await;
    };
    let holidays = parts(sent.get("holidays"));
    let wrong = [
        ("site", !is_name(&id), "console-wrong-id"),
        ("zone", sent.get("zone").parse::<Tz>().is_err(), "console-wrong-zone"),
        ("holidays", !holidays.iter().all(|day| day_of(day).is_some()), "console-wrong-day"),
    ];
    again
        .wrong
        .extend(wrong.into_iter().filter(|(_, is_wrong, _)| *is_wrong).map(|(name, _, text)| (name, text)));
    if !again.wrong.is_empty() {
        return render(asked, again, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let put = match caller(&asked) {
        Err(problem) => Err(problem),
        // As the row of the API has it.
        Ok(caller) if !asked.reach(Right::SetRoster).covers_site(&id) => Err(auth::beyond(&caller)),
        Ok(_) => {
            let wanted = json!({ "title": named(&sent), "zone": sent.get("zone"), "holidays": holidays });
            let (headers, body) = document(&wanted);
            roster::put_site(State(asked.web.state.clone()), Path(id.clone()), headers, body).await.map(drop)
        }
    };
    kept(asked, again, id, put).await
}

/// `POST /teams`: a new one.
pub(super) async fn make_team(asked: Asked, body: Bytes) -> Response {
    put_team(asked, None, body).await
}

/// `POST /teams/{id}`: another title or site, or other queues.
pub(super) async fn change_team(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    put_team(asked, Some(id), body).await
}

async fn put_team(asked: Asked, known: Option<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/places".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let mut again = Again::of("team", &sent);
    let house = asked.web.state.journal.house();
    let Some(id) = which(&mut again, known, sent.get("team"), |id| house.roster.team(id).is_some()) else {
        return refused(asked, Problem::not_found("team", "", "/v1/teams"), "/places".to_owned()).await;
    };
    let wrong = [
        ("team", !is_name(&id), "console-wrong-id"),
        ("of-site", house.roster.site(sent.get("of-site")).is_none(), "console-wrong-choice"),
    ];
    again
        .wrong
        .extend(wrong.into_iter().filter(|(_, is_wrong, _)| *is_wrong).map(|(name, _, text)| (name, text)));
    if !again.wrong.is_empty() {
        return render(asked, again, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let reach = asked.reach(Right::SetRoster);
    let is_beyond = house.roster.team(&id).is_some() && !reach.covers_team(&house.roster, &id);
    let put = match caller(&asked) {
        Err(problem) => Err(problem),
        Ok(caller) if is_beyond => Err(auth::beyond(&caller)),
        Ok(caller) => {
            let queues = parts(sent.get("queues"));
            let wanted = json!({ "title": named(&sent), "site": sent.get("of-site"), "queues": queues });
            let (headers, body) = document(&wanted);
            let caller = auth::Caller { reach, ..caller };
            roster::put_team(State(asked.web.state.clone()), Path(id.clone()), caller, headers, body)
                .await
                .map(drop)
        }
    };
    kept(asked, again, id, put).await
}

async fn kept(asked: Asked, mut again: Again, id: String, put: Result<(), Problem>) -> Response {
    match put {
        Ok(()) => {
            let mut response = go(&asked.say.href("/places?done=place"), vec![]);
            response.extensions_mut().insert(Made(id));
            response
        }
        Err(problem) => {
            let status = api::status(&problem);
            again.problem = Some(problem);
            render(asked, again, status).await
        }
    }
}
