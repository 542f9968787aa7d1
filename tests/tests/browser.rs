//! The pages in a real browser: the first start, a board that moves while one looks at it, an agent with a phone, a
//! manager's Monday, who is refused where, and what holds for every page.

#[path = "browser/every_page.rs"]
mod every_page;
#[path = "browser/monday.rs"]
mod monday;
#[path = "browser/roles.rs"]
mod roles;
#[path = "browser/thanks.rs"]
mod thanks;

use std::fs;

use plaudit_tests::{
    browser::{Browser, Window},
    house::{House, Setup, at},
};
use serde_json::{Value, json};

const MORNING: &str = "2026-03-02T06:00:00Z";
const NOON: &str = "2026-03-02T12:00:00Z";
/// After the day has ended in Vilnius and the settle delay is over.
const NIGHT: &str = "2026-03-02T22:05:00Z";
const PASSWORD: &str = "five green umbrellas";

/// Five people, a contest by calls, and pages for whoever signs in.
fn plan() -> Setup {
    let contest = json!({
        "title": "Most calls",
        "plugin": "contest",
        "settings": {
            "metrics": [{ "metric": "calls" }],
            "prizes": [{ "rank": 1, "reward": { "badge": "star" } }],
        },
    });
    House::plan()
        .with_pages()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .plugin("contest")
        .incentive("most-calls", contest)
}

/// The first admin, by the page that the server's log names, in a browser that is then theirs.
async fn first_start(house: &House, browser: &Browser) {
    let code = fs::read_to_string(house.path("secrets/first-start-code")).expect("the code");
    browser.visit("/").await;
    browser.arrives("/first-start").await;
    let name = ("name", "Rūta Kazlauskienė");
    browser.fill(&[("code", code.trim()), name, ("mail", "ruta@example.com"), ("password", PASSWORD)]).await;
    browser.click("form.form button").await;
    browser.arrives("/").await;
}

/// Somebody with an account, by the link that the admin handed over.
async fn invited(house: &House, browser: &Browser, mail: &str, role: Value, agent: Option<&str>) {
    let document = json!({ "mail": mail, "name": mail, "roles": [role], "agent": agent });
    let (status, answer) = house.try_send("/v1/accounts?hand_over=true", &document).await;
    assert!(status.is_success(), "{answer}");
    browser.visit(answer["link"].as_str().unwrap_or_else(|| panic!("no link: {answer}"))).await;
    browser.fill(&[("password", PASSWORD)]).await;
    browser.click("form.form button").await;
    browser.find("a[href^=\"/account\"]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_admin_makes_their_account_signs_out_and_in_again() {
    let house = plan().open(MORNING).await;
    let Some(browser) = Browser::open(house.address(), Window::Desk).await else { return };
    first_start(&house, &browser).await;
    browser.visit("/account").await;
    browser.click("form[action$=\"/sign-out\"] button").await;
    browser.arrives("/sign-in").await;
    browser.visit("/incentives/most-calls").await;
    browser.arrives("/sign-in").await;
    // What is wrong is said, and what was typed is kept.
    browser.fill(&[("mail", "ruta@example.com"), ("password", "six green umbrellas")]).await;
    browser.click("form.form button").await;
    browser.find("[role=alert]").await;
    let mail = browser.find("[name=mail]").await.prop("value").await.expect("a value");
    assert_eq!(mail.as_deref(), Some("ruta@example.com"));
    // And whoever signs in comes to where they wanted to go.
    browser.fill(&[("password", PASSWORD)]).await;
    browser.click("form.form button").await;
    browser.arrives("/incentives/most-calls").await;
    browser.visit("/first-start").await;
    browser.arrives("/").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_moves_without_a_reload() {
    let house = plan().open(MORNING).await;
    let Some(browser) = Browser::open(house.address(), Window::Desk).await else { return };
    first_start(&house, &browser).await;
    house.drive_to(NOON).await;
    browser.visit("/incentives/most-calls").await;
    browser.find("#live.is-on").await;
    browser.script("window.untouched = true;", vec![]).await;
    house.post(&[at("2026-03-02T09:00:00Z").call("ana"), at("2026-03-02T09:10:00Z").call("ana")]).await;
    house.post(&[at("2026-03-02T09:20:00Z").call("ben")]).await;
    browser.reads("table.board tbody tr:first-child", "Ana").await;
    browser.reads("table.board tbody tr:nth-child(2)", "Ben").await;
    let calls = |time: &str| at(time).call("ben");
    house.post(&["2026-03-02T10:00:00Z", "2026-03-02T10:10:00Z"].map(calls)).await;
    browser.reads("table.board tbody tr:first-child", "Ben").await;
    assert_eq!(browser.script("return window.untouched;", vec![]).await, true, "the page was loaded again");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_with_a_phone_sees_what_is_theirs_and_nothing_else() {
    let house = plan().open(MORNING).await;
    let Some(browser) = Browser::open(house.address(), Window::Phone).await else { return };
    house.drive_to(NOON).await;
    house.post(&[at("2026-03-02T09:00:00Z").call("ana"), at("2026-03-02T09:10:00Z").call("ana")]).await;
    house.drive_to(NIGHT).await;
    invited(&house, &browser, "ana@example.com", json!({ "role": "agent" }), Some("ana")).await;
    let (ana, ben) = (house.get("/v1/agents/ana").await, house.get("/v1/agents/ben").await);
    let page = |person: &Value| format!("/agents/{}", person["id"].as_str().expect("an id"));
    browser.visit(&page(&ana)).await;
    browser.reads("main h1", "Ana").await;
    let too_wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
    for path in [page(&ana), "/".to_owned(), "/incentives/most-calls".to_owned(), "/account".to_owned()] {
        browser.visit(&path).await;
        browser.find("main h1").await;
        assert_eq!(browser.script(too_wide, vec![]).await, 0, "{path} has to be pushed sideways");
    }
    browser.visit(&page(&ben)).await;
    let said = browser.text("main").await;
    assert!(!said.contains("Ben"), "{said}");
    browser.close().await;
}
