//! The pages in a real browser: the first start, a board that moves while one looks at it, an agent with a phone, who is
//! refused where, and what axe-core (<https://github.com/dequelabs/axe-core>) says of every page.

use std::{fs, path::Path, process::Command};

use plaudit_tests::{
    browser::{Browser, Window},
    house::{House, Setup, at},
    script::told_left_out,
};
use serde_json::{Value, json};

const MORNING: &str = "2026-03-02T06:00:00Z";
const NOON: &str = "2026-03-02T12:00:00Z";
/// After the day has ended in Vilnius and the settle delay is over.
const NIGHT: &str = "2026-03-02T22:05:00Z";
const PASSWORD: &str = "five green umbrellas";
const AXE: &str = "axe-core@4.14.1";

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

/// Somebody with an account, by the link that they got.
async fn invited(house: &House, browser: &Browser, mail: &str, role: Value, agent: Option<&str>) {
    let document = json!({ "mail": mail, "name": mail, "roles": [role], "agent": agent });
    let (status, answer) = house.try_send("/v1/accounts", &document).await;
    assert!(status.is_success(), "{answer}");
    house.told().await;
    let mails = house.mailroom.mail(mail);
    let letter = mails.last().unwrap_or_else(|| panic!("no letter to {mail}"));
    let link = letter.split_whitespace().find(|word| word.contains("/invitation?")).expect("a link");
    browser.visit(link).await;
    browser.fill(&[("password", PASSWORD)]).await;
    browser.click("form.form button").await;
    browser.arrives("/").await;
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

/// The script of axe-core, or nothing where npm can't bring it, which is said.
fn axe() -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe");
    let file = folder.join("node_modules/axe-core/axe.min.js");
    if !file.is_file() {
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("package.json"), "{\"private\":true}").expect("written");
        let install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", AXE];
        let output = Command::new("npm").args(install).current_dir(&folder).output();
        let said = output.map(|output| String::from_utf8_lossy(&output.stderr).into_owned());
        if !file.is_file() {
            told_left_out("axe-core's look at the pages", &said.unwrap_or_else(|error| error.to_string()));
            return None;
        }
    }
    fs::read_to_string(file).ok()
}

/// What axe-core finds on the page that is shown, by WCAG 2.2 AA.
async fn faults(browser: &Browser, axe: &str) -> Vec<String> {
    // As the driver's own script: the page's policy allows none.
    browser.script(&format!("if (!window.axe) {{ {axe} }}"), vec![]).await;
    let tags = json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
    let found = browser
        .script(
            "const found = await axe.run(document, { runOnly: given[0] });
             return found.violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.target} ${node.failureSummary}`));",
            vec![tags],
        )
        .await;
    found
        .as_array()
        .expect("a list")
        .iter()
        .map(|fault| fault.as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_no_fault_on_any_page() {
    let Some(axe) = axe() else { return };
    let house = plan().open(MORNING).await;
    let Some(browser) = Browser::open(house.address(), Window::Desk).await else { return };
    let mut found: Vec<String> = Vec::new();
    browser.visit("/first-start").await;
    found.extend(faults(&browser, &axe).await);
    first_start(&house, &browser).await;
    house.drive_to(NOON).await;
    house.post(&[at("2026-03-02T09:00:00Z").call("ana"), at("2026-03-02T09:10:00Z").call("ben")]).await;
    house.drive_to(NIGHT).await;
    let ana = house.get("/v1/agents/ana").await;
    let ana = ana["id"].as_str().expect("an id");
    let mut pages = vec![
        "/".to_owned(),
        "/account".to_owned(),
        "/incentives/most-calls".to_owned(),
        format!("/agents/{ana}"),
        format!("/agents/{ana}/why/most-calls"),
        "/nowhere".to_owned(),
    ];
    for language in ["es", "lt", "zh-Hans", "zh-Hant"] {
        pages.push(format!("/incentives/most-calls?lang={language}"));
    }
    for page in pages {
        browser.visit(&page).await;
        found.extend(faults(&browser, &axe).await.into_iter().map(|fault| format!("{page}: {fault}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await;
}
