//! What holds for every page that a link leads to, for each kind of reader: axe-core
//! (<https://github.com/dequelabs/axe-core>) finds no fault, in light and dark; nothing has to be pushed sideways on a phone;
//! everything comes from this house, and not too much of it.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    path::Path,
};

use plaudit_tests::{
    browser::{Browser, Theme, Window},
    house::{House, at},
    workshop::{npm, or_left_out},
};
use serde_json::{Value, json};

use super::{MORNING, NIGHT, NOON, first_start, invited};

const AXE: &str = "axe-core@4.14.1";
/// Most that a page weighs with everything that it needs, unpacked.
const BYTES_MAX: u64 = 150_000;
/// Pages of one kind that are looked at, such as those of single awards.
const OF_A_KIND: usize = 2;

/// The script of axe-core, or nothing where npm can't bring it, which is said.
fn axe() -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe");
    let folder = or_left_out("axe-core's look at the pages", npm(&folder, &[AXE]))?;
    fs::read_to_string(folder.join("node_modules/axe-core/axe.min.js")).ok()
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

/// A house in which every page has something to show.
async fn full_house() -> House {
    let contest = json!({
        "title": "Most calls",
        "plugin": "contest",
        "allotment": { "budget": "recognition", "currency": "points", "units": 1_000 },
        "approval": [{ "currency": "points", "above": 100 }],
        "settings": {
            "metrics": [{ "metric": "calls" }],
            "guards": [{ "metric": "csat", "at_least": 4 }],
            "prizes": [{ "rank": 1, "reward": { "points": 300 } }, { "rank": 2, "reward": { "badge": "star" } }],
        },
    });
    let lottery = json!({
        "title": "Evening draw",
        "plugin": "lottery",
        "allotment": { "budget": "recognition", "currency": "points", "units": 1_000 },
        "settings": {
            "earn": [{ "metric": "calls" }],
            "prizes": [{ "winners": 1, "reward": { "points": 50 } }],
        },
    });
    let badges = json!({
        "title": "Milestones",
        "plugin": "badges",
        "settings": { "badges": [{
            "name": "contacts", "kind": "count", "metric": "calls",
            "levels": [{ "name": "bronze", "at": 2 }, { "name": "silver", "at": 9 }],
        }] },
    });
    let praise =
        json!({ "plugin": "praise", "settings": { "top_rating": { "metric": "csat", "at_least": 5 } } });
    let house = House::plan()
        .with_pages()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .agent("chen")
        .budget("recognition", 10_000)
        .plugin("contest")
        .plugin("lottery")
        .plugin("badges")
        .plugin("praise")
        .incentive("most-calls", contest)
        .incentive("evening-draw", lottery)
        .incentive("milestones", badges)
        .incentive("a-good-word", praise)
        .open(MORNING)
        .await;
    house.drive_to(NOON).await;
    let calls = |agent: &'static str, n: u32| {
        (0..n).map(move |m| at(&format!("2026-03-02T09:{m:02}:00Z")).call(agent))
    };
    house.post(&calls("ana", 5).chain(calls("ben", 3)).collect::<Vec<_>>()).await;
    house.post(&["ana", "ben"].map(|who| at("2026-03-02T09:55:00Z").rating(who, 5))).await;
    // Somebody whom the roster does not know.
    house.post(&[at("2026-03-02T10:00:00Z").call("dov")]).await;
    house.drive_to(NIGHT).await;
    house.drive_to("2026-03-03T09:00:00Z").await;
    let next: Vec<_> = (0..4).map(|m| at(&format!("2026-03-03T08:{m:02}:00Z")).call("chen")).collect();
    house.post(&next).await;
    house.told().await;
    house
}

/// What a page is of, so that not every award is looked at.
fn kind(path: &str) -> String {
    let place = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = place.split('/').skip(1).collect();
    let last = if parts.len() > 2 { parts[parts.len() - 1] } else { "" };
    let is_name = last.contains(|c: char| c.is_ascii_digit()) || last.len() > 16;
    format!("{} {} {}", parts[0], parts.len(), if is_name { "" } else { last })
}

/// All pages that links lead to from these on.
async fn walk(browser: &Browser, from: &[&str], look: &mut Look<'_>) {
    let links = "return [...document.querySelectorAll('a[href]')].filter((link) => !link.download) \
                 .map((link) => link.getAttribute('href'));";
    let mut waiting: VecDeque<String> = from.iter().map(|path| (*path).to_owned()).collect();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(path) = waiting.pop_front() {
        let of_a_kind = kinds.entry(kind(&path)).or_default();
        *of_a_kind += 1;
        if *of_a_kind > OF_A_KIND {
            continue;
        }
        browser.visit(&path).await;
        look.at(browser, &path).await;
        let found = browser.script(links, vec![]).await;
        for link in found.as_array().expect("a list").iter().filter_map(Value::as_str) {
            let is_page = link.starts_with('/')
                && !link.contains("lang=")
                && !link.contains(".json")
                && !link.contains(".csv");
            if is_page && seen.insert(link.to_owned()) {
                waiting.push_back(link.to_owned());
            }
        }
    }
}

/// What is looked for on each page, and what was found.
struct Look<'a> {
    axe: &'a str,
    who: String,
    pages: usize,
    faults: Vec<String>,
    heaviest: (u64, String),
}

impl Look<'_> {
    async fn at(&mut self, browser: &Browser, path: &str) {
        browser.find("main h1, body.wall").await;
        self.pages += 1;
        let sideways = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
        let sideways = browser.script(sideways, vec![]).await;
        if sideways != 0 {
            self.say(path, format!("has to be pushed sideways by {sideways} pixels"));
        }
        let entries = "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')] \
                       .map((entry) => [entry.name, entry.decodedBodySize]);";
        let entries = browser.script(entries, vec![]).await;
        let mut weight = 0;
        for entry in entries.as_array().expect("a list") {
            let name = entry[0].as_str().unwrap_or_default();
            if !name.starts_with(browser.base()) {
                self.say(path, format!("asks {name}"));
            }
            weight += entry[1].as_u64().unwrap_or_default();
        }
        if weight > BYTES_MAX {
            self.say(path, format!("weighs {weight} bytes"));
        }
        if weight > self.heaviest.0 {
            self.heaviest = (weight, path.to_owned());
        }
        for fault in faults(browser, self.axe).await {
            self.say(path, fault);
        }
    }

    fn say(&mut self, path: &str, what: String) {
        self.faults.push(format!("{} at {path}: {what}", self.who));
    }
}

/// A session in which somebody looks at everything.
async fn look_around(
    house: &House,
    axe: &str,
    who: &str,
    role: Value,
    window: Window,
    theme: Theme,
) -> Vec<String> {
    let Some(browser) = Browser::open_in(house.address(), window, theme).await else { return Vec::new() };
    let agent = (who != "admin").then_some("ana");
    let mail = format!("{who}-{window:?}@example.com").to_lowercase();
    invited(house, &browser, &mail, role, agent).await;
    let mut look = Look {
        axe,
        who: format!("{who} {window:?} {theme:?}"),
        pages: 0,
        faults: Vec::new(),
        heaviest: (0, String::new()),
    };
    walk(&browser, &["/", "/nowhere"], &mut look).await;
    browser.forget().await;
    walk(&browser, &["/sign-in"], &mut look).await;
    eprintln!("{}: {} pages, the heaviest {:?}", look.who, look.pages, look.heaviest);
    assert!(look.pages > 10, "{}: only {} pages", look.who, look.pages);
    browser.close().await;
    look.faults
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_is_found() {
    let Some(axe) = axe() else { return };
    let house = House::plan().with_pages().open(MORNING).await;
    let Some(browser) = Browser::open(house.address(), Window::Phone).await else { return };
    browser.visit("/sign-in").await;
    assert_eq!(faults(&browser, &axe).await, [""; 0]);
    let spoil = "const wide = document.createElement('img'); wide.width = 900; wide.src = '/assets/mark.svg'; \
                 document.querySelector('main').append(wide);";
    browser.script(spoil, vec![]).await;
    let mut look = Look {
        axe: &axe,
        who: "nobody".to_owned(),
        pages: 0,
        faults: Vec::new(),
        heaviest: (0, String::new()),
    };
    look.at(&browser, "/sign-in").await;
    let found = look.faults.join("\n");
    assert!(found.contains("image-alt") && found.contains("pushed sideways"), "{found}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_light_fits_and_can_be_read_by_everybody() {
    let Some(axe) = axe() else { return };
    let house = full_house().await;
    let Some(browser) = Browser::open(house.address(), Window::Desk).await else { return };
    first_start(&house, &browser).await;
    // A draft, so that there are steps to look at.
    browser.visit("/gallery").await;
    browser.click("button[aria-label$=\": Contest\"]").await;
    browser.find("input[name=title]").await;
    browser.close().await;
    let admin = json!({ "role": "admin" });
    let agent = json!({ "role": "agent" });
    let leader = json!({ "role": "team-leader", "teams": ["blue"] });
    let mut found = look_around(&house, &axe, "admin", admin.clone(), Window::Desk, Theme::Light).await;
    found.extend(look_around(&house, &axe, "admin", admin, Window::Phone, Theme::Dark).await);
    found.extend(look_around(&house, &axe, "agent", agent, Window::Phone, Theme::Light).await);
    found.extend(look_around(&house, &axe, "leader", leader, Window::Phone, Theme::Dark).await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The wall is no page with a menu, and is read from far away.
#[tokio::test(flavor = "multi_thread")]
async fn the_wall_is_light_and_can_be_read() {
    let Some(axe) = axe() else { return };
    let house = full_house().await;
    let Some(browser) = Browser::open(house.address(), Window::Desk).await else { return };
    let (status, token) =
        house.try_send("/v1/tokens", &json!({ "name": "screen", "scopes": ["wall"] })).await;
    assert!(status.is_success(), "{token}");
    let path = format!("/wall/{}", token["secret"].as_str().expect("a secret"));
    let mut look = Look {
        axe: &axe,
        who: "wall".to_owned(),
        pages: 0,
        faults: Vec::new(),
        heaviest: (0, String::new()),
    };
    browser.visit(&path).await;
    look.at(&browser, "/wall").await;
    assert!(look.faults.is_empty(), "{}", look.faults.join("\n"));
    browser.close().await;
}
