//! `/me/settings`: how I am seen, told and ranked, and everything that is held about me.

use askama::Template;
use axum::{body::Bytes, http::StatusCode, response::Response};
use plaudit_core::calendar::{QuietHours, QuietTime};
use plaudit_store::family::{
    appearance::Appearance,
    preference::{Channel, Channels, Quiet},
};

use super::Own;
use crate::{
    api::{
        problem::Problem,
        settings::{self, Chosen},
        veil::initials,
    },
    web::{
        answer::{Asked, Missing},
        form::{Filled, go},
        say::Say,
        shell::Shell,
    },
};

#[derive(Template)]
#[template(path = "floor/settings.html")]
struct SettingsPage {
    shell: Shell,
    say: Say,
    form: String,
    notice: Option<String>,
    /// What is wrong, with the part that it is about.
    problem: Option<(&'static str, String)>,
    looks: Vec<Choice>,
    /// What is told, with its channels; nothing where there is no channel.
    channels: Vec<(String, Vec<Choice>)>,
    quiet: Vec<Choice>,
    from: String,
    to: String,
    days_off: bool,
    competing: Vec<Choice>,
    day_href: String,
    account_href: String,
}

/// One of several: for a radio button its value, for a checkbox its name.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

/// What is wrong: the part of the form, and the text that says it.
type Wrong = (&'static str, &'static str);

/// `GET /me/settings`
pub(super) async fn show(asked: Asked) -> Response {
    let notice = asked.query.contains_key("saved").then(|| asked.say.t("account-saved"));
    asked.page(move |asked| page(asked, notice, None, None)).await
}

/// The page as it stands, or as it was filled in.
fn page(
    asked: &Asked,
    notice: Option<String>,
    problem: Option<(&'static str, String)>,
    filled: Option<&Filled>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let own = Own::of(asked)?;
    let broken = |error: plaudit_store::StoreError| Missing::Broken(error.to_string());
    let state = &asked.web.state;
    let Chosen { appearance, preference, competes } = settings::chosen(state, &own.id).map_err(broken)?;
    // What was typed stands, where something was.
    let typed = |name: &str| filled.map(|filled| filled.get(name)).filter(|value| !value.is_empty());
    let of_mine = match preference.quiet {
        Quiet::Own(own) => own,
        Quiet::House | Quiet::Never => QuietTime::default(),
    };
    let (reachable, by_itself) = settings::reachable(state, &own.id).map_err(broken)?;
    let channels =
        preference.channels.unwrap_or_else(|| Channels { awards: by_itself.clone(), praise: by_itself });
    let of_kind = |kind: &str, chosen: &[Channel]| {
        let choice = |channel: &Channel| {
            let value = format!("{kind}-{}", channel.name());
            let ticked = filled.map(|filled| !filled.get(&value).is_empty());
            Choice {
                label: say.t(&format!("day-channel-{}", channel.name())),
                is_chosen: ticked.unwrap_or_else(|| chosen.contains(channel)),
                value,
            }
        };
        (say.t(&format!("day-channels-{kind}")), reachable.iter().map(choice).collect())
    };
    let looks = |look: Appearance| match look {
        Appearance::Name => say.with("day-appear-name", &[("name", own.name.clone().into())]),
        Appearance::Initials => say.with("day-appear-initials", &[("name", initials(&own.name).into())]),
    };
    let hours = of_mine.hours;
    let page = SettingsPage {
        shell: Shell::new(asked, say.t("day-settings-title"), None),
        say: say.clone(),
        form: asked.form_token(),
        notice,
        problem,
        looks: Appearance::ALL
            .map(|look| (look.name(), looks(look)))
            .into_iter()
            .map(choice(typed("appearance").unwrap_or(appearance.name())))
            .collect(),
        channels: if reachable.is_empty() {
            Vec::new()
        } else {
            vec![of_kind("awards", &channels.awards), of_kind("praise", &channels.praise)]
        },
        quiet: quiet_choices(asked, typed("quiet").unwrap_or(quiet_name(preference.quiet))),
        from: typed("from").map_or_else(|| hours.map_or("20:00".to_owned(), QuietHours::from), str::to_owned),
        to: typed("to").map_or_else(|| hours.map_or("08:00".to_owned(), QuietHours::to), str::to_owned),
        days_off: filled.map_or(of_mine.days_off, |filled| !filled.get("days-off").is_empty()),
        competing: ["yes", "no"]
            .map(|value| (value, say.t(&format!("day-compete-{value}"))))
            .into_iter()
            .map(choice(typed("compete").unwrap_or(if competes { "yes" } else { "no" })))
            .collect(),
        day_href: say.href("/me"),
        account_href: say.href("/account"),
    };
    Ok(page.render()?)
}

fn choice(chosen: &str) -> impl Fn((&'static str, String)) -> Choice {
    move |(value, label)| Choice { is_chosen: value == chosen, value: value.to_owned(), label }
}

fn quiet_name(quiet: Quiet) -> &'static str {
    match quiet {
        Quiet::House => "house",
        Quiet::Never => "never",
        Quiet::Own(_) => "own",
    }
}

fn quiet_choices(asked: &Asked, chosen: &str) -> Vec<Choice> {
    let say = &asked.say;
    let house = asked.web.state.config.quiet().unwrap_or_default();
    let hours = house.hours.map(|hours| format!("{}–{}", hours.from(), hours.to()));
    let hours = match (hours, house.days_off) {
        (Some(hours), true) => Some(say.with("day-quiet-and-days-off", &[("hours", hours.into())])),
        (None, true) => Some(say.t("day-quiet-only-days-off")),
        (hours, false) => hours,
    };
    let of_house = match hours {
        Some(hours) => say.with("day-quiet-house", &[("hours", hours.into())]),
        None => say.t("day-quiet-house-never"),
    };
    [("house", of_house), ("never", say.t("day-quiet-never")), ("own", say.t("day-quiet-own"))]
        .into_iter()
        .map(choice(chosen))
        .collect()
}

/// `POST /me/settings`: what is in the form changes, the rest stays.
pub(super) async fn change(asked: Asked, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    if !asked.is_own_form(&filled) {
        let problem = Some(("appear", asked.say.t("form-elsewhere")));
        return asked.page_as(StatusCode::FORBIDDEN, move |asked| page(asked, None, problem, None)).await;
    }
    let Ok(own) = Own::of(&asked) else {
        return asked.page(|_| Err(Missing::Nothing("day-nobody"))).await;
    };
    let new = match wanted(&asked, &own, &filled) {
        Ok(Ok(new)) => new,
        Ok(Err((part, text))) => {
            let problem = Some((part, asked.say.t(text)));
            return asked
                .page_as(StatusCode::UNPROCESSABLE_ENTITY, move |asked| {
                    page(asked, None, problem, Some(&filled))
                })
                .await;
        }
        Err(error) => return asked.page(move |_| Err(Missing::Broken(error.detail))).await,
    };
    match settings::choose(&asked.web.state, &own.id, &new).await {
        Ok(()) => go(&asked.say.href("/me/settings?saved"), vec![]),
        Err(error) => asked.page(move |_| Err(Missing::Broken(error.detail))).await,
    }
}

/// What the form asks for.
fn wanted(asked: &Asked, own: &Own, filled: &Filled) -> Result<Result<Chosen, Wrong>, Problem> {
    let state = &asked.web.state;
    let mut new = settings::chosen(state, &own.id)?;
    let Some(appearance) = Appearance::parse(filled.get("appearance")) else {
        return Ok(Err(("appear", "day-appear-none")));
    };
    new.appearance = appearance;
    if !filled.get("channels").is_empty() {
        let (reachable, by_itself) = settings::reachable(state, &own.id)?;
        let of_kind = |kind: &str| -> Vec<Channel> {
            let is_chosen = |channel: &Channel| !filled.get(&format!("{kind}-{}", channel.name())).is_empty();
            reachable.iter().copied().filter(is_chosen).collect()
        };
        let channels = Channels { awards: of_kind("awards"), praise: of_kind("praise") };
        // Who takes what the house does by itself goes on with the house.
        let is_usual = channels.awards == by_itself && channels.praise == by_itself;
        new.preference.channels = (!is_usual).then_some(channels);
    }
    match (filled.get("quiet"), filled.get("from"), filled.get("to"), filled.get("days-off")) {
        ("", ..) => {}
        ("house", ..) => new.preference.quiet = Quiet::House,
        ("never", ..) => new.preference.quiet = Quiet::Never,
        ("own", from, to, days_off) => match QuietHours::between(from, to) {
            Ok(hours) => {
                let own = QuietTime { hours: Some(hours), days_off: !days_off.is_empty() };
                new.preference.quiet = Quiet::Own(own);
            }
            Err(_) => return Ok(Err(("quiet", "day-quiet-wrong"))),
        },
        _ => return Ok(Err(("quiet", "day-quiet-choose"))),
    }
    match filled.get("compete") {
        "" => {}
        "yes" => new.competes = true,
        "no" => new.competes = false,
        _ => return Ok(Err(("compete", "day-compete-choose"))),
    }
    Ok(Ok(new))
}
