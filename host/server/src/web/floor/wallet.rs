//! `/me/wallet`: what is on my account, and every entry of the last three months.

use askama::Template;
use axum::response::Response;
use plaudit_core::DAY_MS;

use super::{Own, day::balances};
use crate::{
    api::days::BookedView,
    web::{
        answer::{Asked, Missing},
        say::Say,
        say::segment,
        shell::Shell,
        when::Moment,
    },
};

/// How far back entries are shown.
const DAYS: i64 = 92;
/// Entries of a page.
const ENTRIES: usize = 200;

#[derive(Template)]
#[template(path = "floor/wallet.html")]
struct WalletPage {
    shell: Shell,
    say: Say,
    balances: Vec<String>,
    entries: Vec<Entry>,
    is_cut: bool,
    day_href: String,
}

struct Entry {
    units: String,
    is_in: bool,
    why: String,
    incentive: String,
    when: Moment,
    href: String,
}

/// `GET /me/wallet`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(page).await
}

fn page(asked: &Asked) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let own = Own::of(asked)?;
    let house = state.journal.house();
    let booked = state.views.booked(&own.subject(), say.now - DAYS * DAY_MS, ENTRIES + 1);
    let entry = |booked: &BookedView| Entry {
        units: signed(say, booked),
        is_in: booked.units > 0,
        why: say.t(&format!("day-{}", booked.why)),
        incentive: super::title(&house, &booked.incentive),
        when: say.moment(booked.at, own.zone),
        href: say.href(&format!("/why/{}", segment(&booked.award))),
    };
    let page = WalletPage {
        shell: Shell::new(asked, say.t("day-wallet-title"), own.live(asked)),
        say: say.clone(),
        balances: balances(asked, &own.subject()),
        is_cut: booked.len() > ENTRIES,
        entries: booked.iter().take(ENTRIES).map(entry).collect(),
        day_href: say.href("/me"),
    };
    Ok(page.render()?)
}

/// Units with their sign: a figure that is read without its colour.
fn signed(say: &Say, booked: &BookedView) -> String {
    let sign = if booked.units < 0 { "−" } else { "+" };
    format!("{sign}{}", say.units(booked.units.saturating_abs(), &booked.currency))
}
