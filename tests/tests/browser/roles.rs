//! Each role in a browser: whatever its pages lead to opens, and what is not its own is refused with a reason.

use plaudit_tests::{
    browser::{Browser, Window},
    house::at,
};
use serde_json::{Value, json};

use super::{MORNING, NIGHT, NOON, first_start, invited, plan};

/// Everything that a menu leads to from the first page on, as paths.
const MENU: &str =
    "return [...document.querySelectorAll('header nav a')].map((link) => link.getAttribute('href'));";

/// A role, how it is given, and what is refused to it.
fn roles() -> Vec<(&'static str, Value, Option<&'static str>, Vec<&'static str>)> {
    let (gallery, decisions, accounts, audit) = ("/gallery", "/decisions", "/accounts", "/audit");
    let (roster, manage, team) = ("/roster", "/incentives/most-calls/manage", "/teams/blue");
    vec![
        ("manager", json!({ "role": "manager", "teams": ["blue"] }), None, vec![accounts, audit]),
        (
            "leader",
            json!({ "role": "team-leader", "teams": ["blue"] }),
            None,
            vec![gallery, decisions, roster, manage, accounts, audit],
        ),
        (
            "agent",
            json!({ "role": "agent" }),
            Some("ana"),
            vec![gallery, decisions, roster, manage, accounts, audit, team],
        ),
        (
            "developer",
            json!({ "role": "rule-developer" }),
            None,
            vec![decisions, roster, manage, accounts, audit, team],
        ),
        (
            "integrator",
            json!({ "role": "integrator" }),
            None,
            vec![gallery, decisions, roster, manage, accounts, audit, team, "/incentives/most-calls"],
        ),
        (
            "auditor",
            json!({ "role": "auditor" }),
            None,
            vec![gallery, decisions, roster, manage, accounts, team],
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_finds_what_is_its_own_and_is_refused_the_rest() {
    let house = plan().open(MORNING).await;
    let Some(browser) = Browser::open(house.address(), Window::Desk).await else { return };
    first_start(&house, &browser).await;
    house.drive_to(NOON).await;
    house.post(&[at("2026-03-02T09:00:00Z").call("ana"), at("2026-03-02T09:10:00Z").call("ana")]).await;
    house.drive_to(NIGHT).await;
    for (name, role, agent, refused) in roles() {
        browser.forget().await;
        invited(&house, &browser, &format!("{name}@example.com"), role, agent).await;
        browser.visit("/").await;
        browser.find("main h1").await;
        let menu = browser.script(MENU, vec![]).await;
        let menu: Vec<&str> = menu.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert!(!menu.is_empty(), "{name} has no menu");
        for path in menu {
            browser.visit(path).await;
            browser.find("main h1").await;
            assert!(
                !browser.shows("section.missing").await,
                "{name}: the menu leads to {path}, which is refused"
            );
        }
        for path in refused {
            browser.visit(path).await;
            browser.appears("section.missing").await;
        }
    }
    browser.close().await;
}
