//! The manager's console: what needs somebody today, plugins, enabling in four steps, decisions.
//!
//! Pages call the functions of the API and have no second way to change anything. What is filled in on the way to an
//! incentive is a draft in the store, so that a step survives a reload, and somebody else may go on with it.

mod accounts;
mod api;
mod audit;
mod decisions;
mod deliveries;
mod draft;
mod fill;
mod funds;
mod gallery;
mod grid;
mod intake;
mod manage;
mod measures;
mod money;
mod pieces;
mod places;
mod plugins;
mod preview;
mod reports;
mod results;
mod roster;
mod schema;
mod sent;
mod steps;
pub(super) mod today;
mod tokens;
mod under_way;
mod wish;

use plaudit_core::access::Right;
use plaudit_store::{family, family::titles::Titles};

use super::{Web, answer::Asked, say::Say, shell::Shell};
use crate::api::table::{
    Object::{Award, Handler, House, Incentive, NewIncentive, NewTeam, Site},
    Table,
};

/// Adds the console's rows.
pub(super) fn rows(table: Table<Web>) -> Table<Web> {
    let (preview, enable, accounts) = (Right::Preview, Right::EnableIncentives, Right::SetAccounts);
    let adjusting = "/incentives/{id}/adjustments/{period}";
    table
        .get("/gallery", preview, Handler, gallery::show)
        .post("/gallery/{plugin}", preview, Handler, gallery::begin)
        .get("/drafts/{draft}/{step}", preview, Handler, steps::show)
        .post("/drafts/{draft}/{step}", preview, Handler, steps::send)
        .post("/drafts/{draft}/throw-away", preview, Handler, gallery::throw_away)
        .post("/previews/{id}/stop", preview, Handler, under_way::stop)
        .post("/incentives/{id}/enable", enable, NewIncentive("id"), preview::enable)
        .get("/incentives/{id}/manage", enable, Incentive("id"), manage::show)
        .post("/incentives/{id}/manage/copy", preview, Handler, manage::copy)
        .post("/incentives/{id}/manage/next", preview, Handler, manage::next)
        .post("/incentives/{id}/manage/change", preview, Handler, manage::change)
        .post("/incentives/{id}/pause", enable, Incentive("id"), manage::pause)
        .post("/incentives/{id}/resume", enable, Incentive("id"), manage::resume)
        .post("/incentives/{id}/end", enable, Incentive("id"), manage::end)
        .post("/incentives/{id}/extend", enable, Incentive("id"), manage::extend)
        .post("/incentives/{id}/leave-out", enable, Incentive("id"), manage::leave_out)
        .post("/incentives/{id}/disqualify", Right::Disqualify, Incentive("id"), manage::disqualify)
        .get("/decisions", Right::DecideAwards, Handler, decisions::show)
        .post("/awards/{id}/approve", Right::DecideAwards, Award("id"), decisions::approve)
        .post("/awards/{id}/refuse", Right::DecideAwards, Award("id"), decisions::refuse)
        .get("/roster", Right::SetRoster, Handler, roster::show)
        .post("/roster", Right::SetRoster, Handler, roster::send)
        .get("/places", Right::SetRoster, Handler, places::show)
        .post("/sites", Right::SetRoster, Handler, places::make_site)
        .post("/sites/{id}", Right::SetRoster, Site("id"), places::change_site)
        .post("/teams", Right::SetRoster, Handler, places::make_team)
        .post("/teams/{id}", Right::SetRoster, NewTeam("id"), places::change_team)
        .get("/accounts", accounts, House, self::accounts::show)
        .post("/accounts", accounts, House, self::accounts::invite)
        .get("/accounts/{id}", accounts, House, self::accounts::show_one)
        .post("/accounts/{id}", accounts, House, self::accounts::change)
        .post("/accounts/{id}/{act}", accounts, House, self::accounts::act)
        .get("/tokens", Right::SetTokens, House, tokens::show)
        .post("/tokens", Right::SetTokens, House, tokens::make)
        .get("/tokens/{id}", Right::SetTokens, House, tokens::one)
        .post("/tokens/{id}/revoke", Right::SetTokens, House, tokens::revoke)
        .get("/audit", Right::ReadAudit, House, audit::show)
        .get("/deliveries", Right::SeeDeliveries, House, deliveries::show)
        .get("/deliveries/{id}", Right::SeeDeliveries, House, deliveries::one)
        .post("/deliveries/{id}/retry", Right::RetryDeliveries, House, deliveries::retry)
        .post("/deliveries/retry-dead", Right::RetryDeliveries, House, deliveries::retry_dead)
        .get("/measures", Right::SeeCatalogue, House, measures::show)
        .get("/measures/{name}", Right::SeeCatalogue, House, measures::one)
        .get("/plugins", Right::SeeCatalogue, House, plugins::show)
        .get("/incentives/{id}/versions", enable, Incentive("id"), plugins::versions)
        .post("/incentives/{id}/upgrade", enable, Incentive("id"), plugins::upgrade)
        .post("/incentives/{id}/rollback", enable, Incentive("id"), plugins::rollback)
        .get("/incentives/{id}/results", Right::SeeBooks, Incentive("id"), results::show)
        .get("/reports", Right::SeeBooks, Handler, reports::show)
        .get("/reports/{file}", Right::SeeBooks, Handler, reports::file)
        .get("/sources", Right::SeeHouse, House, intake::show)
        .get("/money", Right::SeeBudgets, House, money::show)
        .post("/budgets", Right::SetMoney, House, funds::make_budget)
        .post("/budgets/{id}", Right::SetMoney, House, funds::add)
        .post("/prizes", Right::SetMoney, House, funds::make_prize)
        .post("/prizes/{id}", Right::SetMoney, House, funds::change_prize)
        .get("/money/ledger", Right::SeePayroll, House, money::ledger)
        .get(adjusting, Right::Adjust, Incentive("id"), decisions::difference)
        .post(adjusting, Right::Adjust, Incentive("id"), decisions::adjust)
}

/// Whether somebody manages: their first page is "Today".
pub(super) fn manages(asked: &Asked) -> bool {
    asked.may(Right::EnableIncentives)
}

/// Where the navigation leads, by what the reader may do.
pub(super) fn places(asked: &Asked) -> Vec<(String, String)> {
    let say = &asked.say;
    let all = [
        (Right::Preview, "/gallery", "console-gallery"),
        (Right::DecideAwards, "/decisions", "console-decisions"),
        (Right::SetRoster, "/roster", "console-roster"),
    ];
    let seen = all.into_iter().filter(|(right, ..)| asked.may(*right));
    seen.map(|(_, path, label)| (say.href(path), say.t(label))).collect()
}

/// What is opened more seldom, in groups: by what the reader may do everywhere, as these pages ask for.
pub(super) fn more(asked: &Asked) -> Vec<(String, Vec<(String, String)>)> {
    type Group = (&'static str, &'static [(Right, &'static str, &'static str)]);
    const GROUPS: [Group; 3] = [
        (
            "console-group-results",
            &[
                (Right::SeeBooks, "/reports", "console-reports"),
                (Right::SeeBudgets, "/money", "console-money-page"),
                (Right::SeePayroll, "/money/ledger", "console-ledger"),
            ],
        ),
        (
            "console-group-works",
            &[
                (Right::SeeCatalogue, "/plugins", "console-plugins"),
                (Right::SeeHouse, "/sources", "console-sources"),
                (Right::SeeCatalogue, "/measures", "console-measures"),
                (Right::SeeDeliveries, "/deliveries", "console-deliveries"),
            ],
        ),
        (
            "console-group-who",
            &[
                (Right::SetRoster, "/places", "console-places-page"),
                (Right::SetAccounts, "/accounts", "console-accounts"),
                (Right::SetTokens, "/tokens", "console-tokens"),
                (Right::ReadAudit, "/audit", "console-audit"),
            ],
        ),
    ];
    let say = &asked.say;
    // Where everybody may read, nobody has signed in: they came for what runs.
    if asked.caller.as_ref().is_none_or(|caller| caller.account().is_none()) {
        return Vec::new();
    }
    let of = |(name, places): Group| {
        // These show the part of the house that is the reader's.
        let may = |right: Right| match right {
            Right::SeeBooks | Right::SetRoster => asked.may(right),
            _ => asked.reach(right).is_everything(),
        };
        let seen = places.iter().filter(|(right, ..)| may(*right));
        let seen: Vec<_> = seen.map(|(_, path, label)| (say.href(path), say.t(label))).collect();
        (!seen.is_empty()).then(|| (say.t(name), seen))
    };
    GROUPS.into_iter().filter_map(of).collect()
}

/// What was done last, in words, if the address says so.
fn notice(asked: &Asked) -> Option<String> {
    let done = asked.query.get("done")?;
    asked.say.texts.try_own(asked.say.locale, &format!("page-console-done-{done}"), &[])
}

/// A site by its shown name.
fn site_name(asked: &Asked, id: &str) -> String {
    let title = family::get::<Titles>(&*asked.web.state.store, &format!("site/{id}")).ok().flatten();
    title.unwrap_or_else(|| id.to_owned())
}

/// What a currency is called, as a unit beside a field.
fn currency(say: &Say, currency: &str) -> String {
    let own = say.texts.try_own(say.locale, &format!("page-console-currency-{currency}"), &[]);
    own.unwrap_or_else(|| currency.to_owned())
}
