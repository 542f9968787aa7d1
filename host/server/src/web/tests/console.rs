//! The console: every page in every language, the way from a plugin to an incentive, decisions, and who is refused.

pub(super) mod books;
mod house;

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use plaudit_core::{
    access::{Grant, Range, Role},
    journal::{Decision, Entry},
    roster::{Agent, Roster, RosterChange, Site, Stint, Team},
};
use plaudit_store::{
    Batch, family,
    family::audit,
    family::draft::Drafts,
    family::people::{People, Person},
};
use tower::ServiceExt;

use super::{FakeJournal, NOW, RUTA, app, house, outline::Album, router};
use crate::{
    api::{AppState, house::MoneyRecord},
    clock::Clock,
    config::Pages,
    porter::{NoPostman, Porter, accounts, sessions},
    texts::Locale,
};

/// A house with two sites and somebody who is signed in.
struct Desk {
    state: AppState,
    router: Router,
    journal: Arc<FakeJournal>,
    cookie: String,
    form: String,
    account: String,
}

struct Page {
    status: StatusCode,
    place: String,
    refresh: String,
    text: String,
}

impl Page {
    fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }
}

fn roster() -> Roster {
    let mut roster = Roster::default();
    let site = |id: &str, zone| RosterChange::Site(Site { id: id.into(), zone, holidays: vec![] });
    let team =
        |id: &str, site: &str| RosterChange::Team(Team { id: id.into(), site: site.into(), queues: vec![] });
    let agent = |id: &str, team: &str| {
        let stint = Stint { from: 0, team: Some(team.into()), share: 1.0, workdays: 0b1_1111 };
        RosterChange::Agent(Agent { id: id.into(), hired_day: None, zone: None, stints: vec![stint] })
    };
    let changes = [
        site("vilnius", chrono_tz::Tz::Europe__Vilnius),
        site("madrid", chrono_tz::Tz::Europe__Madrid),
        team("care", "vilnius"),
        team("ventas", "madrid"),
        agent(RUTA, "care"),
        agent("aeva", "care"),
        agent("aana", "ventas"),
    ];
    for change in changes {
        roster.apply(&change);
    }
    roster
}

impl Desk {
    fn new(role: Role, range: Range) -> Self {
        let porter = Arc::new(Porter::new(Clock::driven(NOW), &[3; 32], Arc::new(NoPostman)));
        let (mut state, texts) = app(Pages::Accounts, porter);
        let mut house = house();
        house.roster = Arc::new(roster());
        let metrics = crate::config::catalogue::default().unwrap().metrics;
        house.metrics = Arc::new(metrics.into_iter().map(|metric| (metric.name.clone(), metric)).collect());
        let wish = accounts::Wish {
            mail: "ana@example.com".into(),
            name: "Ana".into(),
            locale: "en".into(),
            grants: vec![Grant { role, range }],
            agent: None,
        };
        let account = accounts::create(&*state.store, wish, "test", NOW, Some("$none".into())).unwrap();
        let mut batch = Batch::default();
        let eva = Person { name: "Eva Ortega".into(), locale: "es".into(), ..Person::default() };
        family::put::<People>(&mut batch, &"aeva".to_owned(), &eva);
        state.store.apply(batch).unwrap();
        let cookie = sessions::begin(&*state.store, &state.porter, &account, "test").unwrap();
        let visitor = sessions::find(&*state.store, &state.porter, &cookie).unwrap().unwrap();
        let form = state.porter.form_token(&visitor.key);
        let journal = Arc::new(FakeJournal(house, Mutex::default()));
        state.journal = journal.clone();
        let router = router(state.clone(), texts);
        Self { state, router, journal, cookie, form, account: account.id }
    }

    fn manager() -> Self {
        Self::new(Role::Manager, Range::House)
    }

    /// The house with another look of it.
    fn house(&mut self, change: impl FnOnce(&mut crate::api::house::HouseView)) {
        let mut house = self.journal.0.clone();
        change(&mut house);
        self.journal = Arc::new(FakeJournal(house, Mutex::default()));
        self.state.journal = self.journal.clone();
        let store = self.state.store.clone();
        let texts = crate::texts::Texts::new(store, Arc::new(super::Plugins), crate::texts::Links::none());
        self.router = router(self.state.clone(), Arc::new(texts));
    }

    async fn send(&self, method: &str, path: &str, body: String) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost:8080")
            .header("origin", "http://localhost:8080")
            .header("cookie", format!("plaudit={}", self.cookie))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let header = |name| {
            let value = parts.headers.get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        Page {
            status: parts.status,
            place: header("location"),
            refresh: header("refresh"),
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Page {
        self.send("GET", path, String::new()).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("form", &self.form).extend_pairs(fields);
        self.send("POST", path, body.finish()).await
    }

    /// A new draft of the contest: its id.
    async fn draft(&self) -> String {
        let begun = self.post("/gallery/d1", &[]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
        begun.place.split('/').nth(2).expect("a draft's address").to_owned()
    }

    /// A draft with all steps done.
    async fn filled(&self) -> String {
        let draft = self.draft().await;
        let settings = [("do", "next"), ("title", "Kind week"), ("s/metric", "calls"), ("s/open", "on")];
        let settings = [&settings[..], &[("s/prizes#", "1"), ("s/prizes/0/points", "50")]].concat();
        self.step(&draft, "settings", &settings).await;
        self.step(&draft, "audience", &[("do", "next"), ("team", "care")]).await;
        let time = [
            ("rhythm", "daily"),
            ("zone", "Europe/Vilnius"),
            ("first", "2026-03-04"),
            ("last", "2026-03-06"),
        ];
        self.step(&draft, "time", &[&time[..], &[("do", "next")]].concat()).await;
        let money =
            [("do", "next"), ("units/team", "1,000"), ("above/points", "40"), ("anonymity", "initials")];
        self.step(&draft, "money", &money).await;
        draft
    }

    async fn step(&self, draft: &str, step: &str, fields: &[(&str, &str)]) {
        let page = self.post(&format!("/drafts/{draft}/{step}"), fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{step}: {}", page.text);
    }

    fn written(&self) -> Vec<Entry> {
        self.journal.1.lock().unwrap().clone()
    }
}

fn places(site: &str) -> Range {
    Range::Places { sites: [site.into()].into(), teams: [].into() }
}

#[tokio::test]
async fn every_page_of_the_console_is_whole_in_every_language() {
    let desk = Desk::manager();
    let draft = desk.filled().await;
    let steps = ["settings", "audience", "time", "money", "preview"].map(|s| format!("/drafts/{draft}/{s}"));
    let others = [
        "/",
        "/gallery",
        "/incentives/sprint/manage",
        "/incentives/over/manage",
        "/decisions",
        "/roster",
        "/incentives/sprint/adjustments/2026-03-02",
        "/drafts/none/settings",
    ];
    let mut album = Album::default();
    for path in steps.iter().map(String::as_str).chain(others) {
        for locale in Locale::ALL {
            let page = desk.get(&format!("{path}?lang={}", locale.tag())).await;
            let place = format!("{path} in {}", locale.tag());
            let wanted = if path.contains("none") { StatusCode::NOT_FOUND } else { StatusCode::OK };
            assert_eq!(page.status, wanted, "{place}");
            assert!(page.has(&format!("<html lang=\"{}\">", locale.tag())), "{place}");
            assert!(
                !page.has("[page-") && !page.has("[settings"),
                "{place}: a text is missing\n{}",
                page.text
            );
            let is_clean = !page.has("<script>") && !page.has(" style=") && !page.has("http://");
            assert!(is_clean, "{place}: {}", page.text);
            assert_eq!(page.text.matches("<h1").count(), 1, "{place}");
            album.add(path, locale, &page.text);
        }
    }
    album.compare("console");
}

#[tokio::test]
async fn today_says_what_needs_somebody_each_one_click_from_its_cure() {
    let desk = Desk::manager();
    desk.draft().await;
    let page = desk.get("/").await;
    for (text, cure) in [
        ("Daily sprint stands still: its rule failed", "/incentives/sprint/manage"),
        ("1 award waits for approval", "/decisions"),
        ("Something came too late for 1 final period", "/decisions#late"),
        ("1 draft is not enabled yet", "/gallery#drafts"),
    ] {
        assert!(page.has(text) && page.has(&format!("href=\"{cure}\"")), "{text}: {}", page.text);
    }
    assert!(
        page.has("the rule divided by zero") && page.has("1 award in the last 24 hours"),
        "{}",
        page.text
    );
    let agent = Desk::new(Role::Auditor, Range::House).get("/").await;
    assert!(!agent.has("What needs me today?") && !agent.has("/gallery"), "an auditor sees what runs");
}

#[tokio::test]
async fn four_steps_and_a_click_enable_what_was_filled_in() {
    let desk = Desk::manager();
    let draft = desk.filled().await;
    let preview = desk.get(&format!("/drafts/{draft}/preview")).await;
    assert!(preview.has("action=\"/incentives/kind-week/enable\""), "{}", preview.text);
    assert!(preview.has("2 people") && preview.has("1,000 points"), "{}", preview.text);
    let enabled = desk.post("/incentives/kind-week/enable", &[("draft", &draft)]).await;
    assert_eq!(enabled.place, "/incentives/kind-week/manage?done=enabled", "{}", enabled.text);
    let written = desk.written();
    let Some(Entry::Incentive(incentive)) = written.first() else { panic!("{written:?}") };
    assert_eq!((&*incentive.id, &*incentive.title, &*incentive.plugin), ("kind-week", "Kind week", "d1"));
    let settings: serde_json::Value = serde_json::from_str(&incentive.settings).unwrap();
    let expected = serde_json::json!({ "metric": "calls", "open": true, "prizes": [{ "points": 50 }] });
    assert_eq!(settings, expected);
    assert_eq!(incentive.audience.teams, ["care".into()]);
    // Midnight in Vilnius, and three days.
    assert_eq!((incentive.start, incentive.end), (1_772_575_200_000, Some(1_772_834_400_000)));
    assert_eq!((incentive.allotment[0].units, incentive.approval[0].above), (1000, 40));
    let drafts = family::scan::<Drafts>(&*desk.state.store, None, 9).unwrap();
    assert!(drafts.is_empty(), "it is done with");
    let rows = audit::newest(&*desk.state.store, None, 9).unwrap();
    let acts: Vec<_> =
        rows.iter().map(|(_, row)| (row.change.act.as_str(), row.change.object.as_str())).collect();
    assert_eq!(acts, [("POST /incentives/{id}/enable", "incentives/kind-week")], "steps change nothing");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_is_lost() {
    let desk = Desk::manager();
    let draft = desk.draft().await;
    let path = format!("/drafts/{draft}/settings");
    let typed = [
        ("do", "next"),
        ("title", ""),
        ("s/metric", "calls"),
        ("s/prizes#", "1"),
        ("s/prizes/0/points", "lots"),
    ];
    let wrong = desk.post(&path, &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("Prizes 1 › Points: Give a number.") && wrong.has("value=\"lots\""), "{}", wrong.text);
    assert!(
        wrong.has("href=\"#s-prizes-0-points\"") && wrong.has("id=\"s-prizes-0-points\""),
        "{}",
        wrong.text
    );
    assert!(wrong.has("id=\"title-error\"") && wrong.has("aria-invalid=\"true\""));
    let again = desk.get(&path).await;
    assert!(again.has("value=\"lots\""), "a reload loses nothing");
    let more =
        desk.post(&path, &[("do", "add /prizes"), ("s/prizes#", "1"), ("s/prizes/0/points", "7")]).await;
    assert_eq!(more.place, format!("{path}#s-prizes-1"));
    assert!(desk.get(&path).await.has("name=\"s/prizes#\" value=\"2\""));
    let said = desk.post(&path, &[("do", "next"), ("title", "T"), ("s/metric", "complaints")]).await;
    assert!(said.has("What counts: is not good"), "the plugin has the last word\n{}", said.text);

    for (step, fields, error) in [
        ("audience", vec![], "Choose somebody."),
        ("audience", vec![("agents", "E77")], "One of these numbers is not in the roster."),
        (
            "time",
            vec![("rhythm", "cron"), ("cron", "noon"), ("zone", "Europe/Vilnius")],
            "Five fields of cron",
        ),
        (
            "time",
            vec![("rhythm", "daily"), ("zone", "Europe/Vilnius"), ("last", "2020-01-01")],
            "before the first",
        ),
        ("money", vec![("units/team", "some")], "Give whole amounts"),
        ("money", vec![("units/team", "4001")], "The budget does not have as much"),
    ] {
        let page =
            desk.post(&format!("/drafts/{draft}/{step}"), &[&fields[..], &[("do", "next")]].concat()).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{step} {fields:?}");
        assert!(page.has(error), "{step} {fields:?}: {}", page.text);
    }
    let preview = desk.get(&format!("/drafts/{draft}/preview")).await;
    assert!(preview.has("This stands in the way") && !preview.has("/enable\""), "{}", preview.text);
    let unfit = desk.post(&format!("/drafts/{draft}/preview"), &[("do", "try"), ("from", "x")]).await;
    assert_eq!(unfit.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unfit.text);
    assert!(desk.written().is_empty());
}

#[tokio::test]
async fn forms_of_elsewhere_and_of_other_sessions_change_nothing() {
    let desk = Desk::manager();
    let draft = desk.filled().await;
    let settings = format!("/drafts/{draft}/settings");
    for path in [
        "/gallery/d1",
        &settings,
        "/incentives/kind-week/enable",
        "/incentives/sprint/pause",
        "/incentives/sprint/resume",
        "/incentives/sprint/end",
        "/incentives/sprint/extend",
        "/incentives/sprint/leave-out",
        "/incentives/sprint/disqualify",
        "/incentives/sprint/manage/copy",
        "/incentives/sprint/manage/next",
        "/incentives/sprint/manage/change",
        "/awards/e7/approve",
        "/awards/e7/refuse",
        "/incentives/sprint/adjustments/2026-03-02",
        "/roster",
    ] {
        let body = format!("form=foreign&draft={draft}&confirm=sprint&reason=x&who=aeva");
        let page = desk.send("POST", path, body).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.has("Nothing was changed"), "{path}: {}", page.text);
    }
    assert!(desk.written().is_empty());
}

#[tokio::test]
async fn a_rule_developer_tries_and_never_enables() {
    let desk = Desk::new(Role::RuleDeveloper, Range::House);
    let draft = desk.filled().await;
    let preview = desk.get(&format!("/drafts/{draft}/preview")).await;
    assert!(!preview.has("/enable\"") && preview.has("Somebody who may enable"), "{}", preview.text);
    let enabled = desk.post("/incentives/kind-week/enable", &[("draft", &draft)]).await;
    assert_eq!(enabled.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.get("/decisions").await.status, StatusCode::FORBIDDEN);
    assert!(desk.written().is_empty());
}

#[tokio::test]
async fn a_manager_of_a_site_stays_within_it() {
    let desk = Desk::new(Role::Manager, places("vilnius"));
    let draft = desk.filled().await;
    let audience = desk.get(&format!("/drafts/{draft}/audience")).await;
    assert!(audience.has("value=\"care\"") && !audience.has("value=\"ventas\""), "{}", audience.text);
    assert!(!audience.has("name=\"everyone\""), "{}", audience.text);
    let beyond = desk.post(&format!("/drafts/{draft}/audience"), &[("do", "next"), ("team", "ventas")]).await;
    assert_eq!(beyond.status, StatusCode::UNPROCESSABLE_ENTITY);
    let enabled = desk.post("/incentives/kind-week/enable", &[("draft", &draft)]).await;
    assert_eq!(enabled.status, StatusCode::FORBIDDEN, "also when the step was not heeded");
    // It is for everybody: they see it, and can't change it.
    let manage = desk.get("/incentives/sprint/manage").await;
    assert!(manage.has("outside of your reach") && !manage.has("/incentives/sprint/end"), "{}", manage.text);
    assert_eq!(desk.post("/incentives/sprint/pause", &[]).await.status, StatusCode::FORBIDDEN);
    assert!(desk.written().is_empty());
}

#[tokio::test]
async fn what_can_t_be_undone_is_typed_first() {
    let desk = Desk::manager();
    let end = desk.post("/incentives/sprint/end", &[("confirm", "sprin")]).await;
    assert_eq!(end.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(end.has("exactly as it is shown") && end.has("value=\"sprin\""), "{}", end.text);
    let nobody = desk.post("/incentives/sprint/disqualify", &[("who", "Nobody"), ("reason", "x")]).await;
    assert!(nobody.has("Nobody in the audience has this name"), "{}", nobody.text);
    let silent = desk.post("/incentives/sprint/disqualify", &[("who", "eva ortega")]).await;
    assert!(silent.has("Give a reason"), "{}", silent.text);
    assert!(desk.written().is_empty());
    let who = [("who", "eva ortega"), ("reason", "Not in the shift")];
    assert_eq!(desk.post("/incentives/sprint/disqualify", &who).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        desk.post("/incentives/sprint/end", &[("confirm", "sprint")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        desk.post("/incentives/sprint/pause", &[]).await.place,
        "/incentives/sprint/manage?done=pause"
    );
    let decisions: Vec<Decision> = desk
        .written()
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Decision { decision, actor, .. } if *actor == *desk.account => Some(decision),
            _ => None,
        })
        .collect();
    let reason = "Not in the shift".to_owned();
    let expected = [Decision::Disqualify { subject: "aeva".into(), reason }, Decision::End, Decision::Pause];
    assert_eq!(decisions, expected);
}

#[tokio::test]
async fn another_last_day_changes_nothing_else() {
    let desk = Desk::manager();
    let past = desk.post("/incentives/sprint/extend", &[("last", "2026-03-01")]).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", past.text);
    let set = desk.post("/incentives/sprint/extend", &[("last", "2026-03-31")]).await;
    assert_eq!(set.place, "/incentives/sprint/manage?done=extended", "{}", set.text);
    let written = desk.written();
    let Some(Entry::Incentive(incentive)) = written.first() else { panic!("{written:?}") };
    let before = &desk.journal.0.incentives["sprint"].incentive;
    let mut expected = before.clone();
    // The end of the last day in Vilnius, by then in summer time.
    expected.end = Some(1_774_990_800_000);
    expected.metrics = incentive.metrics.clone();
    assert_eq!(incentive, &expected);
}

#[tokio::test]
async fn a_copy_and_a_change_begin_with_everything() {
    let desk = Desk::manager();
    let copied = desk.post("/incentives/sprint/manage/copy", &[]).await;
    let copy = desk.get(&copied.place).await;
    assert!(copy.has("value=\"Daily sprint\"") && copy.has("name=\"id\""), "{}", copy.text);
    assert!(copy.has("<option value=\"calls\" selected>"), "{}", copy.text);
    let changed = desk.post("/incentives/sprint/manage/change", &[]).await;
    let change = desk.get(&changed.place).await;
    assert!(
        change.has("This changes an incentive that runs") && !change.has("name=\"id\""),
        "{}",
        change.text
    );
}

#[tokio::test]
async fn what_comes_next_begins_where_a_period_ends() {
    let desk = Desk::manager();
    let begun = desk.post("/incentives/sprint/manage/next", &[]).await;
    let draft = begun.place.trim_end_matches("/settings").to_owned();
    let time = desk.get(&format!("{draft}/time")).await;
    assert!(time.has("It begins when a period of Daily sprint closes"), "{}", time.text);
    assert!(
        time.has("name=\"begins\"") && !time.has("name=\"first\"") && !time.has("name=\"zone\""),
        "{}",
        time.text
    );
    let preview = desk.get(&format!("{draft}/preview")).await;
    assert!(preview.has("Comes after") && preview.has("Daily sprint · "), "{}", preview.text);
}

#[tokio::test]
async fn awards_are_decided_on_with_a_reason() {
    let desk = Desk::manager();
    let page = desk.get("/decisions").await;
    assert!(page.has("/awards/e7/approve") && page.has("300 points"), "{}", page.text);
    assert_eq!(desk.post("/awards/e7/approve", &[]).await.place, "/decisions?done=approved");
    let silent = desk.post("/awards/e7/refuse", &[]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.has("Give a reason"), "{}", silent.text);
    assert_eq!(desk.post("/awards/e7/refuse", &[("reason", "Twice")]).await.place, "/decisions?done=refused");
    let decided = desk.post("/awards/e1/approve", &[]).await;
    assert_eq!(decided.status, StatusCode::CONFLICT, "it stands already");
    assert!(decided.has("Somebody has decided on it already."), "{}", decided.text);
    let written = desk.written();
    let is = |entry: &Entry, wanted: fn(&Decision) -> bool| matches!(entry, Entry::Decision { decision, .. } if wanted(decision));
    assert!(is(&written[0], |d| matches!(d, Decision::Approve { award, .. } if &**award == "e7")));
    assert!(is(&written[1], |d| matches!(d, Decision::Refuse { reason, .. } if reason == "Twice")));
    assert_eq!(written.len(), 2);
}

#[tokio::test]
async fn nobody_approves_what_they_enabled() {
    let mut desk = Desk::manager();
    let account = desk.account.clone();
    desk.house(|house| {
        let record = MoneyRecord { askers: [account.as_str().into()].into(), ..MoneyRecord::default() };
        house.money = Arc::new([("sprint".into(), record)].into());
    });
    let page = desk.get("/decisions").await;
    assert!(page.has("nobody approves for themselves") && !page.has("/awards/e7/approve"), "{}", page.text);
    let approved = desk.post("/awards/e7/approve", &[]).await;
    assert_eq!(approved.status, StatusCode::FORBIDDEN);
    assert!(desk.written().is_empty());
}

#[tokio::test]
async fn a_difference_is_decided_on_as_it_was_seen() {
    let desk = Desk::manager();
    let path = "/incentives/sprint/adjustments/2026-03-02";
    let page = desk.get(path).await;
    assert!(page.has("1 award would stand otherwise") && page.has("+300 points"), "{}", page.text);
    let stale = desk.post(path, &[("do", "leave"), ("digest", "before")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.has("The difference is another one by now"), "{}", stale.text);
    assert!(desk.written().is_empty());
    let left = desk.post(path, &[("do", "leave"), ("digest", "now")]).await;
    assert_eq!(left.place, "/decisions?done=left");
    assert!(matches!(&desk.written()[..], [Entry::Decision { decision: Decision::LeaveAsItIs { .. }, .. }]));
}

#[tokio::test]
async fn a_roster_is_looked_at_before_it_is_imported() {
    let desk = Desk::manager();
    let csv = "agent,name,team\nE9,Ona Petraitė,care\n";
    let looked = desk.post("/roster", &[("do", "look"), ("csv", csv)]).await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(
        looked.has("1 new, 0 changed, 0 as they are.") && looked.has("Import exactly this"),
        "{}",
        looked.text
    );
    let seen = looked.text.split("name=\"seen\" value=\"").nth(1).expect("what was looked at");
    let seen = seen.split('"').next().unwrap().to_owned();
    let other =
        desk.post("/roster", &[("do", "import"), ("seen", &seen), ("csv", "agent,name\nE8,Jonas\n")]).await;
    assert_eq!(other.status, StatusCode::OK, "another text is looked at first");
    assert!(desk.written().is_empty());
    let wrong = desk.post("/roster", &[("do", "look"), ("csv", "agent,name,team\nE9,Ona,none\n")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("Line 2, team, “none”:") && wrong.has("E9,Ona,none"), "{}", wrong.text);
    let imported = desk.post("/roster", &[("do", "import"), ("seen", &seen), ("csv", csv)]).await;
    assert_eq!(imported.place, "/roster?done=imported", "{}", imported.text);
    assert!(matches!(&desk.written()[..], [Entry::Roster(RosterChange::Agent(_))]));
}

#[tokio::test]
async fn an_admin_invites_changes_and_switches_off() {
    let desk = Desk::new(Role::Admin, Range::House);
    for locale in Locale::ALL {
        for path in ["/accounts".to_owned(), format!("/accounts/{}", desk.account), "/audit".to_owned()] {
            let page = desk.get(&format!("{path}?lang={}", locale.tag())).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.has("[page-") && !page.has(" style="), "{path}: {}", page.text);
        }
    }
    let wrong = desk.post("/accounts", &[("name", "Eva"), ("mail", "nonsense"), ("role", "auditor")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
    assert!(wrong.has("value=\"nonsense\"") && wrong.has("value=\"auditor\" checked"), "{}", wrong.text);
    let eva = [("name", "Eva"), ("mail", "eva@example.com"), ("locale", "es")];
    let role = [("role", "manager"), ("site", "madrid"), ("team", "care")];
    let invited = desk.post("/accounts", &[&eva[..], &role[..]].concat()).await;
    assert!(invited.has("/invitation?link="), "no mail is set, so the link is shown\n{}", invited.text);
    let all = accounts::list(&*desk.state.store).unwrap();
    let made = all.iter().find(|account| account.mail == "eva@example.com").expect("made");
    let range = Range::Places { sites: ["madrid".into()].into(), teams: ["care".into()].into() };
    assert_eq!(made.grants, [Grant { role: Role::Manager, range }]);
    let path = format!("/accounts/{}", made.id);
    let changed = desk.post(&path, &[&eva[..], &[("role", "auditor")]].concat()).await;
    assert_eq!(changed.place, format!("{path}?done=changed"), "{}", changed.text);
    let off = desk.post(&format!("{path}/disable"), &[]).await;
    assert_eq!(off.place, format!("{path}?done=account-disable"));
    let own = desk.post(&format!("/accounts/{}/disable", desk.account), &[]).await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    assert!(own.has("Somebody has to remain admin."), "{}", own.text);
    let log = desk.get(&format!("/audit?object=accounts/{}", made.id)).await;
    assert!(log.has("POST /accounts/{id}/{act}") && !log.has("eva@example.com"), "{}", log.text);
    let foreign = desk.send("POST", &format!("{path}/enable"), "form=foreign".to_owned()).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    for role in [Role::Manager, Role::RuleDeveloper] {
        assert_eq!(Desk::new(role, Range::House).get("/accounts").await.status, StatusCode::FORBIDDEN);
    }
}
