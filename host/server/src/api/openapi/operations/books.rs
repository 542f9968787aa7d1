//! Awards, money, accounts.

use serde_json::json;

use super::{
    super::shapes::{list, one},
    Content, Operation, delete, get, post, put,
};
use crate::api::{
    accounts::{AccountDocument, AccountView, InviteOptions},
    approvals::{self, Refusal},
    audit,
    awards::HowMany,
    budgets::{BudgetDocument, BudgetView},
    explain::{Asked, Explanation},
    ledger,
    me::{MeDocument, MeView, PasswordDocument, SessionView},
    payroll,
    prizes::{PrizeDocument, PrizeView},
    reports,
    settings::{OwnSettings, OwnSettingsView},
    views::{AwardLife, AwardView, BalanceView},
};

pub(super) fn all() -> Vec<Operation> {
    [awards(), money(), accounts(), oneself()].into_iter().flatten().collect()
}

fn awards() -> Vec<Operation> {
    let tag = "awards";
    let explanation = "/v1/agents/{id}/incentives/{incentive}/explanation";
    vec![
        get("/v1/awards", tag, "List awards by where they stand")
            .query::<approvals::Which>()
            .json("Newest first.", list::<AwardView>),
        get("/v1/awards/{id}", tag, "Read an award").json("With every step of its life.", one::<AwardLife>),
        post("/v1/awards/{id}/approve", tag, "Approve an award")
            .about("Not by who gets it or asked for it.")
            .gives(200, "It was approved already.", Content::Json(one::<approvals::Decided>))
            .made("It is approved.", one::<approvals::Decided>),
        post("/v1/awards/{id}/refuse", tag, "Refuse an award")
            .takes(one::<Refusal>, json!({ "reason": "The sale was cancelled." }))
            .gives(200, "It was refused already.", Content::Json(one::<approvals::Decided>))
            .made("It is refused.", one::<approvals::Decided>),
        get("/v1/agents/{id}/awards", tag, "List an agent's awards")
            .query::<HowMany>()
            .json("Newest first.", list::<AwardView>),
        get("/v1/teams/{id}/awards", tag, "List a team's awards")
            .query::<HowMany>()
            .json("Newest first.", list::<AwardView>),
        get("/v1/agents/{id}/feed", tag, "Follow an agent's awards").gives(
            200,
            "Server-sent events: `award`; after `missed`, read the awards again.",
            Content::Text("text/event-stream"),
        ),
        get(explanation, tag, "Why somebody got something, or did not")
            .query::<Asked>()
            .json("For machines and in words.", one::<Explanation>),
    ]
}

fn money() -> Vec<Operation> {
    let tag = "money";
    vec![
        get("/v1/budgets", tag, "List budgets").json("With what is left.", list::<BudgetView>),
        get("/v1/budgets/{id}", tag, "Read a budget").json("It.", one::<BudgetView>),
        put("/v1/budgets/{id}", tag, "Top a budget up to a total")
            .takes(one::<BudgetDocument>, json!({ "currency": "points", "total": 20_000 }))
            .puts(one::<BudgetView>),
        get("/v1/balances", tag, "List accounts of the ledger")
            .json("Their sum is zero.", list::<BalanceView>),
        get("/v1/prizes", tag, "List prizes").json("With stock, cost, and what is left.", list::<PrizeView>),
        get("/v1/prizes/{id}", tag, "Read a prize").json("It.", one::<PrizeView>),
        put("/v1/prizes/{id}", tag, "Set a prize")
            .takes(one::<PrizeDocument>, json!({ "title": "Cinema for two", "stock": 10 }))
            .puts(one::<PrizeView>),
        get("/v1/payroll", tag, "Export bookings for the payroll").query::<payroll::Asked>().gives(
            200,
            "CSV, a row for each booking.",
            Content::Text("text/csv"),
        ),
        get("/v1/ledger", tag, "List what was booked")
            .query::<ledger::Which>()
            .json("A page, newest first.", one::<ledger::Page>),
        get("/v1/reports", tag, "What was earned in some days")
            .query::<reports::Days>()
            .json("By incentive, team and site.", one::<reports::Report>),
    ]
}

fn accounts() -> Vec<Operation> {
    let tag = "accounts";
    let ana = || json!({ "mail": "ana@example.com", "name": "Ana", "roles": [{ "role": "manager", "sites": ["madrid"] }] });
    vec![
        get("/v1/accounts", tag, "List accounts").json("Oldest first.", list::<AccountView>),
        post("/v1/accounts", tag, "Make an account and invite")
            .about("With an `Idempotency-Key`, sent again it is refused: the link is told once.")
            .query::<InviteOptions>()
            .takes(one::<AccountDocument>, ana())
            .made("It; with the link, this once, if it was not sent.", one::<AccountView>),
        get("/v1/accounts/{id}", tag, "Read an account").json("One.", one::<AccountView>),
        put("/v1/accounts/{id}", tag, "Change an account")
            .about("Other roles, agent or address end its sessions.")
            .takes(one::<AccountDocument>, ana())
            .json("It.", one::<AccountView>),
        post("/v1/accounts/{id}/disable", tag, "Disable an account")
            .json("Its sessions have ended.", one::<AccountView>),
        post("/v1/accounts/{id}/enable", tag, "Enable an account").json("It.", one::<AccountView>),
        post("/v1/accounts/{id}/invite", tag, "Send another link")
            .about("An invitation, or a reset for who has a password.")
            .query::<InviteOptions>()
            .json("With the link, this once, if it was not sent.", one::<AccountView>),
        delete("/v1/accounts/{id}/openid", tag, "Forget somebody's name at the OpenID provider")
            .nothing("Whoever signs in with the address next is linked anew."),
        delete("/v1/accounts/{id}/sessions", tag, "Sign an account out everywhere")
            .nothing("No session is left."),
        get("/v1/audit", tag, "Who changed what")
            .query::<audit::Which>()
            .json("A page, newest first.", one::<audit::Page>),
    ]
}

fn oneself() -> Vec<Operation> {
    let tag = "accounts";
    vec![
        get("/v1/me", tag, "Read one's own account")
            .json("With the `form_token` that changes need.", one::<MeView>),
        put("/v1/me", tag, "Change one's own language")
            .takes(one::<MeDocument>, json!({ "locale": "lt" }))
            .json("It.", one::<AccountView>),
        get("/v1/me/settings", tag, "Read how one is seen, told and ranked")
            .about("For people on the roster; 404 for other accounts.")
            .json("With what it depends on.", one::<OwnSettingsView>),
        put("/v1/me/settings", tag, "Change how one is seen, told and ranked")
            .about(
                "`competes` is journalled and holds for every period that closes from now on; the rest is kept beside the \
                 name, and erased with it.",
            )
            .takes(
                one::<OwnSettings>,
                json!({
                    "appearance": "name",
                    "channels": { "awards": ["chat"], "praise": [] },
                    "quiet": { "when": "own", "hours": "20:00-08:00", "days_off": true },
                    "competes": true,
                }),
            )
            .json("As it is now.", one::<OwnSettingsView>),
        post("/v1/me/password", tag, "Change one's own password")
            .takes(one::<PasswordDocument>, json!({ "current": "the old one", "new": "a new, long one" }))
            .nothing("Every session has ended."),
        get("/v1/me/sessions", tag, "List one's own sessions").json("Used last first.", list::<SessionView>),
        delete("/v1/me/sessions", tag, "Sign out everywhere").nothing("Signed out."),
        delete("/v1/me/sessions/{id}", tag, "End a session").nothing("It has ended."),
    ]
}
