//! A manager's Monday, from an empty house to an award that somebody else had to approve, without ever leaving the pages.

use plaudit_tests::{
    browser::{Browser, Window},
    house::{Fact, House, at},
};
use serde_json::json;

use super::{MORNING, NIGHT, NOON, first_start, invited};

/// Her people, as her spreadsheet has them; the third one has no team that the house knows.
const PEOPLE: &str = "agent,name,chat,locale,team,from
E1,Ana Ruiz,U-ana,es,blue,2026-01-01
E2,Benas Petrauskas,U-ben,lt,blue,2026-01-01
E3,Chen Wei,U-chen,zh-Hans,blu,2026-01-01
";

/// A house with plugins, and nothing and nobody in it.
async fn empty_house() -> House {
    let plan = House::plan().with_pages();
    let plan =
        ["contest", "lottery", "badges", "praise"].into_iter().fold(plan, |plan, name| plan.plugin(name));
    plan.open(MORNING).await
}

/// Says where people work, and what there is to give.
async fn furnish(browser: &Browser) {
    browser.visit("/places").await;
    browser.fill(&[("site", "vno"), ("title", "Vilnius"), ("zone", "Europe/Vilnius")]).await;
    browser.click("#sites form.form button").await;
    browser.reads("#sites tbody", "Vilnius").await;
    browser.fill(&[("team", "blue")]).await;
    browser.click("#teams form.form button").await;
    browser.reads("#teams tbody", "blue").await;
    browser.visit("/money").await;
    browser.fill(&[("budget", "recognition"), ("units", "9,000")]).await;
    browser.click("form[action^='/budgets'] button").await;
    browser.reads(".budget", "9,000 points").await;
    browser.fill(&[("add", "1,000")]).await;
    browser.click(".budget form button").await;
    browser.reads(".budget", "10,000 points").await;
}

/// Pastes the file, mends what the page says, looks at what would change, and imports that.
async fn import_roster(browser: &Browser) {
    browser.visit("/roster").await;
    browser.fill(&[("csv", PEOPLE)]).await;
    browser.click("button[value=look]").await;
    browser.reads("[role=alert]", "blu").await;
    assert_eq!(browser.count("button[value=import]").await, 0, "a file with a mistake can't be imported");
    browser.fill(&[("csv", &PEOPLE.replace(",blu,", ",blue,"))]).await;
    browser.click("button[value=look]").await;
    browser.reads(".found tbody", "E3").await;
    browser.click("button[value=import]").await;
    browser.reads(".notice[role=status]", "Imported").await;
}

/// A week that is over, so that a preview has something to look at.
async fn last_week(house: &House) {
    let mut facts: Vec<Fact> = Vec::new();
    for day in 23..=27 {
        for (minute, agent) in ["E1", "E1", "E2", "E3"].iter().enumerate() {
            let time = format!("2026-02-{day}T09:{minute:02}:00Z");
            facts.extend([at(&time).call(agent), at(&time).rating(agent, 5)]);
        }
    }
    house.post(&facts).await;
}

/// What a manager does in the first step, beside the name.
enum Doing {
    /// Adds a row to a list, by its pointer, unless it has one from the beginning.
    Add(&'static str),
    Choose(&'static str, &'static str),
    Fill(&'static str, &'static str),
}

/// Goes through all steps of enabling, looks at the preview, and enables.
async fn enable(browser: &Browser, plugin: &str, title: &str, doings: &[Doing], units: &str, approval: &str) {
    browser.visit("/gallery").await;
    browser.click(&format!("button[aria-label$=\": {plugin}\"]")).await;
    browser.find("input[name=title]").await;
    browser.fill(&[("title", title)]).await;
    for doing in doings {
        match doing {
            Doing::Add(list)
                if browser.count(&format!("[id=\"s{}-0\"]", list.replace('/', "-"))).await > 0 => {}
            Doing::Add(list) => browser.click(&format!("button[value=\"add {list}\"]")).await,
            Doing::Choose(field, value) => browser.choose(&format!("s{field}"), value).await,
            Doing::Fill(field, value) => browser.fill(&[(&format!("s{field}"), value)]).await,
        }
    }
    let next = "form.form .actions button[value=next]";
    browser.click(next).await;
    browser.find("#audience").await;
    browser.click("input[name=team][value=blue]").await;
    browser.click(next).await;
    browser.choose("rhythm", "daily").await;
    browser.choose("zone", "Europe/Vilnius").await;
    // At once, and not tomorrow, as a new draft has it.
    browser.fill(&[("first", "")]).await;
    browser.click(next).await;
    browser.find("[name=anonymity]").await;
    if !units.is_empty() {
        browser.fill(&[("units/recognition", units), ("above/points", approval)]).await;
    }
    browser.click(next).await;
    browser.click("button[value=try]").await;
    browser.find("section.found .answer").await;
    assert_eq!(browser.count("section.found .errors").await, 0, "{title}: {}", browser.text("main").await);
    assert!(browser.text("section.found").await.contains("40"), "{}", browser.text("section.found").await);
    browser.click("section.enable form button").await;
    browser.reads("h1", title).await;
}

async fn enable_all(browser: &Browser) {
    use Doing::{Add, Choose, Fill};
    let contest = [
        Add("/metrics"),
        Choose("/metrics/0/metric", "calls"),
        Add("/prizes"),
        Fill("/prizes/0/rank", "1"),
        Fill("/prizes/0/reward/points", "300"),
    ];
    enable(browser, "Contest", "Most calls", &contest, "3,000", "100").await;
    let lottery = [
        Add("/earn"),
        Choose("/earn/0/metric", "calls"),
        Add("/prizes"),
        Fill("/prizes/0/winners", "1"),
        Fill("/prizes/0/reward/points", "50"),
    ];
    enable(browser, "Lottery", "Evening draw", &lottery, "1,000", "").await;
    let badges = [
        Add("/badges"),
        Choose("/badges/0/name", "contacts"),
        Choose("/badges/0/kind", "count"),
        Choose("/badges/0/metric", "calls"),
        Add("/badges/0/levels"),
        Choose("/badges/0/levels/0/name", "bronze"),
        Fill("/badges/0/levels/0/at", "2"),
    ];
    enable(browser, "Badges", "Milestones", &badges, "", "").await;
    // Its moments have metrics from the beginning.
    enable(browser, "Praise", "A good word", &[], "", "").await;
}

/// Points that people have, added up.
async fn paid(house: &House) -> i64 {
    house
        .books()
        .await
        .iter()
        .filter(|(account, _)| account.starts_with("agent/"))
        .map(|(_, units)| units)
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_s_monday_from_an_empty_house_to_an_approved_award() {
    let house = empty_house().await;
    let Some(browser) = Browser::open(house.address(), Window::Desk).await else { return };
    first_start(&house, &browser).await;
    furnish(&browser).await;
    import_roster(&browser).await;
    last_week(&house).await;
    house.settled().await;
    enable_all(&browser).await;

    // A board moves while one looks at it.
    house.drive_to(NOON).await;
    browser.visit("/incentives/most-calls").await;
    browser.find("#live.is-on").await;
    browser.script("window.untouched = true;", vec![]).await;
    let calls = |agent: &'static str, n: u32| {
        (0..n).map(move |m| at(&format!("2026-03-02T09:{m:02}:00Z")).call(agent))
    };
    house.post(&calls("E2", 2).collect::<Vec<_>>()).await;
    browser.reads("table.board tbody tr:first-child", "Benas").await;
    house.post(&calls("E1", 3).collect::<Vec<_>>()).await;
    browser.reads("table.board tbody tr:first-child", "Ana").await;
    assert_eq!(browser.script("return window.untouched;", vec![]).await, true, "the page was loaded again");

    // The day ends: somebody wins the draw, and the browser draws again.
    house.drive_to(NIGHT).await;
    house.told().await;
    browser.visit("/incentives/evening-draw").await;
    browser.click("a[href*=\"period=2026-03-02\"]").await;
    browser.click("a[href^=\"/draws/evening-draw/2026-03-02/\"]").await;
    browser.click(".checker button").await;
    browser.appears("[data-answer=holds]").await;
    assert_eq!(browser.count(".check-steps .is-missed").await, 0);

    // The first prize waits: whoever enabled it can't approve it.
    browser.visit("/").await;
    browser.reads("main", "1 award waits for approval").await;
    browser.visit("/decisions").await;
    browser.reads(".waiting", "Ana").await;
    assert_eq!(
        browser.count(".waiting form[action$=\"/approve\"]").await,
        0,
        "{}",
        browser.text("main").await
    );
    assert_eq!(paid(&house).await, 50, "the draw is paid, and the first prize is not");
    browser.close().await;
    let second = Browser::open(house.address(), Window::Desk).await.expect("the browser of before");
    invited(&house, &second, "eva@example.com", json!({ "role": "manager", "everywhere": true }), None).await;
    second.visit("/decisions").await;
    second.click(".waiting form[action$=\"/approve\"] button").await;
    second.find(".notice[role=status]").await;
    assert_eq!(second.count(".waiting li").await, 0);
    house.settled().await;
    assert_eq!(paid(&house).await, 350);
    second.close().await;
}
