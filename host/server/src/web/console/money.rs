//! `/money`: budgets, what incentives may spend and have spent against the time that is over, and what is on accounts;
//! `/money/ledger`: every row that was booked.

use askama::Template;
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use chrono_tz::Tz;
use plaudit_core::{
    access::Right,
    calendar::local_day,
    event::{Subject, SubjectKind},
};

use super::{
    Shell,
    api::{caller, refused},
    fill::Again,
    funds::{self, Fund, Funds},
    grid::{Cell, Grid},
    pieces::Kind,
    wish::day_text,
};
use crate::{
    api::{
        awards,
        house::IncentiveRecord,
        ledger::{self, KINDS, Page, PostingView, RowView, Which},
        people,
        views::{BalanceView, IncentiveView},
    },
    web::{
        answer::{Asked, Missing},
        home,
        incentive::Course,
        say::{Say, segment},
    },
};

/// Accounts shown.
const ACCOUNTS: usize = 50;
/// Rows of a page of the ledger.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "console/money.html")]
struct MoneyPage {
    shell: Shell,
    say: Say,
    form: String,
    notice: Option<String>,
    budgets: Vec<Fund>,
    /// Where something is put in, for whoever may.
    funds: Option<Funds>,
    prizes: Option<Grid>,
    plan: Grid,
    accounts: Grid,
    more: Option<String>,
    /// Where the ledger is, and the days that the export offers.
    books: Option<Books>,
}

struct Books {
    ledger: String,
    from: String,
    to: String,
    zone: String,
}

#[derive(Template)]
#[template(path = "console/ledger.html")]
struct LedgerPage {
    shell: Shell,
    say: Say,
    incentives: Vec<(String, String, bool)>,
    kinds: Vec<(String, String, bool)>,
    who: String,
    grid: Grid,
    next: Option<String>,
}

/// `GET /money`
pub(super) async fn show(asked: Asked) -> Response {
    render(asked, Again::default(), StatusCode::OK).await
}

/// The page, with what was sent and could not be done.
pub(super) async fn render(asked: Asked, again: Again, status: StatusCode) -> Response {
    let reach = asked.reach(Right::SeeBalances);
    let balances = match caller(&asked) {
        // The page's own right reaches further than the one to see what is on accounts.
        Ok(caller) => {
            let caller = crate::api::auth::Caller { reach, ..caller };
            awards::balances(State(asked.web.state.clone()), caller).await.0
        }
        Err(problem) => return refused(asked, problem, "/".to_owned()).await,
    };
    asked.page_as(status, move |asked| page(asked, balances, &again, status)).await
}

fn page(
    asked: &Asked,
    balances: Vec<BalanceView>,
    again: &Again,
    status: StatusCode,
) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let seen = state.views.incentives();
    let (accounts, all) = accounts(say, balances);
    let shown = accounts.rows.len();
    let zone = house.roster.sites().next().map_or(Tz::UTC, |site| site.zone);
    let today = local_day(zone, say.now);
    let page = MoneyPage {
        shell: Shell::new(asked, say.t("console-ask-money-page"), None),
        say: say.clone(),
        form: asked.form_token(),
        notice: super::notice(asked).filter(|_| status == StatusCode::OK),
        budgets: funds::funds(asked, again),
        funds: funds::forms(asked, again),
        prizes: funds::prizes(asked),
        plan: plan(asked, &seen),
        more: (all > shown).then(|| say.n("console-n-more", i64::try_from(all - shown).unwrap_or(i64::MAX))),
        accounts,
        books: asked.reach(Right::SeePayroll).is_everything().then(|| Books {
            ledger: say.href("/money/ledger"),
            from: day_text(today - 30),
            to: day_text(today),
            zone: zone.name().to_owned(),
        }),
    };
    Ok(page.render()?)
}

/// What each incentive may spend and has spent, against the share of its time that is over.
fn plan(asked: &Asked, seen: &[IncentiveView]) -> Grid {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let reach = asked.reach(Right::SeeIncentives);
    let columns = [
        "incentive",
        "console-allotted#",
        "console-paid#",
        "console-held#",
        "console-left#",
        "console-share-spent#",
        "console-share-time#",
    ];
    let mut grid = Grid::new(say.t("console-plan-title"), &columns, |id| say.t(id));
    let own = |record: &&IncentiveRecord| reach.touches(&house.roster, &record.incentive.audience, say.now);
    for record in house.incentives.values().filter(own) {
        let Some(view) = seen.iter().find(|view| view.id == record.incentive.id) else { continue };
        let course = Course::new(record, say.now);
        for part in view.purse.iter().filter(|part| part.allotted > 0) {
            let percent = home::share(part.paid, part.allotted).min(100.0);
            let units = |units: i64| Cell::from(say.units(units, &part.unit));
            let title = Cell::to(record.incentive.title.clone(), Some(say.incentive(&view.id, None)));
            let state = course.state();
            grid.rows.push(vec![
                title.under((state != "state-runs").then(|| say.t(state))),
                units(part.allotted),
                units(part.paid),
                units(part.held),
                units(part.left),
                Cell::from(say.locale.percent(percent / 100.0, 0, 0)).with_bar(percent),
                elapsed(record, say.now).map_or_else(
                    || Cell::from(say.t("console-open-end")),
                    |share| Cell::from(say.locale.percent(share, 0, 0)).with_bar(share * 100.0),
                ),
            ]);
        }
    }
    grid
}

/// The share of an incentive's time that is over; none where it has no end.
#[expect(clippy::cast_precision_loss, reason = "a share in percent")]
fn elapsed(record: &IncentiveRecord, now: plaudit_core::Millis) -> Option<f64> {
    let (start, end) = (record.incentive.start, record.incentive.end?);
    let whole = end.saturating_sub(start).max(1) as f64;
    Some((now.saturating_sub(start).max(0) as f64 / whole).min(1.0))
}

/// What people and teams have, the most first; and how many there are.
fn accounts(say: &Say, balances: Vec<BalanceView>) -> (Grid, usize) {
    let columns = ["name", "console-currency", "console-units#"];
    let mut grid = Grid::new(say.t("console-accounts-title"), &columns, |id| say.t(id));
    let of_people =
        balances.into_iter().filter_map(|balance| Some((Subject::parse(&balance.account)?, balance)));
    let mut all: Vec<(Subject, BalanceView)> = of_people.filter(|(_, balance)| balance.units != 0).collect();
    all.sort_by(|a, b| (&a.1.currency, b.1.units, &a.0).cmp(&(&b.1.currency, a.1.units, &b.0)));
    let n = all.len();
    for (subject, balance) in all.into_iter().take(ACCOUNTS) {
        let kind = (subject.kind == SubjectKind::Team).then(|| say.t("console-a-team"));
        let name = Cell::to(say.name(&subject), say.page_of(&subject)).under(kind);
        let what = balance.currency.strip_prefix("prize/").unwrap_or(&balance.currency).to_owned();
        grid.rows.push(vec![name, what.into(), say.whole(balance.units).into()]);
    }
    (grid, n)
}

/// `GET /money/ledger?incentive=sprint&kind=awarded&who=E1042&before=…`
pub(super) async fn ledger(asked: Asked) -> Response {
    let text = |name: &str| asked.query.get(name).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let which = Which {
        incentive: text("incentive"),
        kind: text("kind"),
        account: text("who").map(|who| account(&asked, &who)),
        before: text("before"),
        limit: Some(ROWS),
    };
    match ledger::list(State(asked.web.state.clone()), Query(which)).await {
        Ok(Json(found)) => asked.page(move |asked| ledger_page(asked, &found)).await,
        Err(problem) => refused(asked, problem, "/money/ledger".to_owned()).await,
    }
}

/// The account that somebody means: by its own name, or by a person's number.
fn account(asked: &Asked, typed: &str) -> String {
    match typed.contains('/') {
        true => typed.to_owned(),
        false => format!("agent/{}", people::opaque(&asked.web.state, typed)),
    }
}

fn ledger_page(asked: &Asked, found: &Page) -> Result<String, Missing> {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let chosen = |name: &str| asked.query.get(name).cloned().unwrap_or_default();
    let (of, kind) = (chosen("incentive"), chosen("kind"));
    let all = |chosen: &str| (String::new(), say.t("console-delivery-all"), chosen.is_empty());
    let mut incentives = vec![all(&of)];
    incentives.push(("treasury".to_owned(), say.t("console-treasury"), of == "treasury"));
    let titled = house.incentives.values().map(|record| {
        let id = record.incentive.id.to_string();
        let is_chosen = of == id;
        (id, record.incentive.title.clone(), is_chosen)
    });
    incentives.extend(titled);
    let kinds = KINDS.map(|name| (name.to_owned(), say.t(&format!("console-ledger-{name}")), kind == name));
    let columns = ["when", "console-ledger-kind", "incentive", "console-ledger-moves"];
    let mut grid = Grid::new(say.t("console-ledger"), &columns, |id| say.t(id));
    for row in &found.rows {
        grid.rows.push(ledger_row(say, &house, row));
    }
    let narrowed: String = ["incentive", "kind", "who"]
        .map(|name| (name, chosen(name)))
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("&{name}={}", segment(value)))
        .collect();
    let page = LedgerPage {
        shell: Shell::new(asked, say.t("console-ask-ledger"), None),
        say: say.clone(),
        incentives,
        kinds: std::iter::once(all(&kind)).chain(kinds).collect(),
        who: chosen("who"),
        grid,
        next: found
            .next
            .as_ref()
            .map(|next| say.href(&format!("/money/ledger?before={}{narrowed}", segment(next)))),
    };
    Ok(page.render()?)
}

fn ledger_row(say: &Say, house: &crate::api::house::HouseView, row: &RowView) -> Vec<Cell> {
    let title = match house.incentives.get(row.of.as_str()) {
        Some(record) => Cell::to(record.incentive.title.clone(), Some(say.incentive(&row.of, None))),
        None => Cell::from(say.t("console-treasury")),
    };
    let why = row.award.as_ref().map(|award| say.href(&format!("/why/{}", segment(award))));
    let moves: Vec<String> = row.postings.iter().map(|posting| moved(say, posting)).collect();
    vec![
        Cell::from(say.exact(row.at, Tz::UTC))
            .under(Some(say.with("console-ledger-row", &[("n", row.number.to_string().into())]))),
        Cell::to(say.t(&format!("console-ledger-{}", row.kind)), why),
        title,
        moves.join(" · ").into(),
    ]
}

/// `Rūta +300 points`
fn moved(say: &Say, posting: &PostingView) -> String {
    let who = match Subject::parse(&posting.account) {
        Some(subject) => say.name(&subject),
        None => posting.account.clone(),
    };
    let sign = if posting.units < 0 { "−" } else { "+" };
    format!("{who} {sign}{}", say.units(posting.units.saturating_abs(), &posting.currency))
}
