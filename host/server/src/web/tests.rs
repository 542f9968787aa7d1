//! Every page in every language, with sample data, through the router.

mod console;
mod doors;
mod floor;
mod outline;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use futures_util::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusBuilder;
use plaudit_core::{
    Id,
    award::{Status, Withheld},
    draw::{Receipt, TicketList},
    event::{Event, Subject},
    incentive::{Allotment, Audience, Incentive, Periods},
    journal::{Entry, Position},
    roster::{Agent, Roster, RosterChange, Site, Stint, Team},
    rule::{
        Aggregate, BoardSpec, ColumnSpec, DrawMethod, Guard, KeyKind, Manifest, Plan, Reward, StateFor, Term,
        Text, TextValue, Tone,
    },
};
use plaudit_store::{
    Batch, Store,
    family::{
        late::LateKind,
        people::{People, Person},
        put,
    },
    memory::MemoryStore,
};
use tokio::sync::broadcast;
use tower::ServiceExt;

use self::outline::Album;
use super::router;
use crate::{
    api::{
        AppState, Front,
        days::{BookedView, DayView},
        explained::{Explained, Question, Unexplained},
        finality::{Difference, LateView, NoProposal, Proposal, Side},
        house::{Appender, BudgetRecord, HouseView, IncentiveRecord, PluginRecord},
        plugins::{PlanError, PluginError, PluginHost, PluginInfo},
        views::{
            AwardLife, AwardView, BalanceView, BoardView, ChanceState, ChanceView, ContentView, DrawState,
            DrawView, Hashes, IncentiveView, News, PeriodState, RowView, TaskStatus, Views, WinnerView,
        },
    },
    clock::Clock,
    config::{Config, Pages},
    engine::rehearsal::Watch,
    ingest::identity::Identity,
    journal::{AppendError, Outcome},
    porter::{NoPostman, Porter},
    texts::{Links, Locale, PluginTexts, Texts},
};

/// Tuesday 2026-03-03, 09:00 UTC.
const NOW: i64 = 1_772_528_400_000;
/// The day before.
const PAST: &str = "2026-03-02";
const RUTA: &str = "aruta";

/// A house that stays as it is, and what was written.
struct FakeJournal(HouseView, Mutex<Vec<Entry>>);

impl Appender for FakeJournal {
    fn append_events(&self, _: Vec<Event>) -> BoxFuture<'_, Result<Vec<Outcome>, AppendError>> {
        unreachable!("pages post no events")
    }

    fn append(&self, entries: Vec<Entry>) -> BoxFuture<'_, Result<Position, AppendError>> {
        self.1.lock().unwrap().extend(entries);
        Box::pin(async { Ok(Position { block: 9, index: 0 }) })
    }

    fn house(&self) -> HouseView {
        self.0.clone()
    }

    fn parked(&self) -> u64 {
        0
    }

    fn parked_by_agent(&self) -> BTreeMap<Id, u64> {
        BTreeMap::from([("aghost".into(), 3)])
    }
}

struct Plugins;

impl PluginTexts for Plugins {
    fn texts(&self, _: &str) -> Option<Arc<BTreeMap<String, String>>> {
        Some(Arc::new(plugin_texts()))
    }
}

fn plugin_texts() -> BTreeMap<String, String> {
    let en = "name = Contest\nsummary = Ranks people.\nplace = First, with { $n }.\nnice = A kind word.\n\
              not-good = is not good\nsettings-metric = What counts\n    .help = One metric.\nsettings-prizes = Prizes\n";
    BTreeMap::from([("en".to_owned(), en.to_owned())])
}

impl PluginHost for Plugins {
    fn install(&self, _: Vec<u8>) -> BoxFuture<'_, Result<PluginInfo, PluginError>> {
        unreachable!("pages install nothing")
    }

    fn get(&self, digest: &str) -> Option<PluginInfo> {
        let settings = serde_json::json!({ "type": "object", "required": ["metric"], "properties": {
            "metric": { "type": "string", "title": "Metric", "x-plaudit": "metric" },
            "prizes": { "type": "array", "title": "Prizes", "default": [], "maxItems": 3, "items": { "type": "object",
                "required": ["points"], "properties": {
                    "points": { "type": "integer", "title": "Points", "minimum": 1, "maximum": 1000 } } } },
            "open": { "type": "boolean", "title": "Open", "default": true },
        } });
        let manifest = Manifest {
            name: "contest".into(),
            version: "1.0.0".into(),
            contract: "plaudit:rule@1.0.0".into(),
            settings,
            state_schema: 0,
            texts: plugin_texts(),
        };
        (digest == "d1").then(|| PluginInfo { digest: "d1".into(), bytes: 3, manifest })
    }

    fn plan<'a>(&'a self, _: &'a str, settings: &'a str) -> BoxFuture<'a, Result<Plan, PlanError>> {
        if settings.contains("complaints") {
            let (field, message) = ("/metric".to_owned(), "not-good".to_owned());
            let problem = plaudit_core::rule::Problem { field, message, arguments: Vec::new() };
            return Box::pin(async { Err(PlanError::Problems(vec![problem])) });
        }
        let column = |name: &str, aggregate| ColumnSpec { name: name.into(), aggregate };
        let plan = Plan {
            key: KeyKind::Agent,
            state: StateFor::Ever,
            metrics: vec!["calls".into(), "csat".into()],
            attributes: vec![],
            boards: vec![BoardSpec {
                name: "main".into(),
                columns: vec![column("calls", Aggregate::Sum), column("csat", Aggregate::Mean)],
                value: vec![Term { column: 0, factor: 1.0 }],
                per: None,
                guards: vec![Guard { column: 1, at_least: Some(4.0), at_most: None, or_nothing: false }],
                ties: vec![],
                lowest_first: false,
            }],
            draws: vec![],
            chances: Vec::new(),
            quotas: vec![],
            tell_corrections: false,
            tell_late: false,
            opening: None,
        };
        Box::pin(async { Ok(plan) })
    }
}

struct FakeViews(broadcast::Sender<News>);

impl FakeViews {
    fn new() -> Self {
        Self(broadcast::channel(8).0)
    }
}

fn award(id: &str, content: ContentView, status: Status) -> AwardView {
    AwardView {
        id: id.into(),
        incentive: "sprint".into(),
        period: Some(PAST.into()),
        subject: Subject::agent(RUTA),
        name: "first".into(),
        key: "once".into(),
        content,
        status,
        is_final: false,
        adjusted_by: None,
        time: NOW - 3_600_000,
        since_block: 7,
        plugin: "d1".into(),
    }
}

fn awards() -> Vec<AwardView> {
    let points = || ContentView::Award {
        reward: Reward::Points { currency: "points".into(), units: 300 },
        because: Text { message: "place".into(), arguments: vec![("n".into(), TextValue::Number(12.5))] },
    };
    let nice = Text { message: "nice".into(), arguments: vec![] };
    let withheld = |why| award(&format!("{why:?}"), points(), Status::Withheld(why));
    let praise =
        |tone| award(&format!("{tone:?}"), ContentView::Praise { tone, text: nice.clone() }, Status::Granted);
    vec![
        award("e1", points(), Status::Granted),
        award("e2", points(), Status::Reversed),
        withheld(Withheld::Allotment),
        withheld(Withheld::Quota),
        withheld(Withheld::Disqualified),
        withheld(Withheld::Stock),
        withheld(Withheld::Refused),
        award("e7", points(), Status::Proposed),
        praise(Tone::Thanks),
        praise(Tone::Congratulation),
        praise(Tone::Encouragement),
        praise(Tone::Notice),
    ]
}

fn receipt() -> Receipt {
    let mut list = TicketList::default();
    list.add(&RUTA.into(), 3).unwrap();
    list.add(&"anobody".into(), 1).unwrap();
    // So many that they come first with this seed; then they leave.
    list.add(&"agone".into(), 1000).unwrap();
    let names = ("sprint".into(), PAST.into(), "evening".into());
    let excluded = BTreeMap::from([("anobody".into(), "below-quality".to_owned())]);
    let prizes = vec![("cinema".into(), 1)];
    let mut receipt =
        Receipt::draw(names, DrawMethod::Weighted, &[7; 32], Err(None), list, 9, prizes, excluded);
    receipt.disqualify(&"agone".into(), "left".into(), 12).expect("they had won");
    receipt
}

impl crate::api::finality::Finality for FakeViews {
    fn late(&self, incentive: &str, _: Option<&str>, _: usize) -> Vec<LateView> {
        let late = LateView {
            what: LateKind::New,
            subject: Subject::agent(RUTA),
            kind: "contact.completed".into(),
            name: "c1".into(),
            time: NOW - 86_400_000,
            periods: vec![PAST.into()],
            received: NOW,
            block: 5,
            index: 0,
        };
        if incentive == "sprint" { vec![late] } else { Vec::new() }
    }

    fn propose(&self, incentive: &str, period: &str, _: &Watch) -> Result<Proposal, NoProposal> {
        let e1 = awards().remove(0);
        let side = |units| Side {
            status: Status::Granted,
            content: e1.content.clone(),
            time: NOW,
            units,
            paid: BTreeMap::from([("points".into(), units)]),
        };
        let moved = BTreeMap::from([("points".into(), 300)]);
        let difference = Difference {
            award: "e1".into(),
            subject: Subject::agent(RUTA),
            who: None,
            name: "first".into(),
            key: "once".into(),
            difference: "new".into(),
            before: None,
            after: side(300),
            units: 300,
            moved: moved.clone(),
        };
        Ok(Proposal {
            incentive: incentive.into(),
            period: period.into(),
            block: 5,
            digest: "now".into(),
            late: 1,
            differences: vec![difference],
            units: 300,
            left: 700,
            moved,
            left_of: BTreeMap::from([("points".into(), 700)]),
            is_affordable: true,
            note: String::new(),
            changes: Vec::new(),
            after: 0,
        })
    }
}

impl crate::api::versions::Versions for FakeViews {
    fn versions(&self, incentive: &str) -> Vec<crate::api::versions::Version> {
        console::books::versions(incentive)
    }

    fn preview(&self, wanted: &Incentive, _: &Watch) -> Result<crate::api::versions::Preview, NoProposal> {
        console::books::preview(&wanted.id)
    }
}

impl Views for FakeViews {
    fn incentives(&self) -> Vec<IncentiveView> {
        vec![IncentiveView {
            id: "sprint".into(),
            boards: vec!["main".into()],
            draws: vec!["evening".into()],
            period: Some("2026-03-03".into()),
            spent: 300,
            left: 700,
            purse: vec![],
            final_through: 0,
        }]
    }

    fn board(&self, incentive: &str, board: &str, period: Option<&str>) -> Option<BoardView> {
        let row = |rank, id: &str, csat: Option<f64>| RowView {
            rank,
            subject: Subject::agent(id),
            name: None,
            qualified: rank > 0,
            value: csat.map(|_| 12.0),
            columns: vec![csat.map(|_| 12.0), csat],
        };
        Some(BoardView {
            incentive: incentive.into(),
            board: board.into(),
            period: period?.into(),
            start: 0,
            end: 1,
            state: if period == Some(PAST) { PeriodState::Final } else { PeriodState::Open },
            block: 3,
            columns: vec!["calls".into(), "csat-average".into()],
            rows: vec![row(1, RUTA, Some(4.5)), row(0, "aerased", Some(3.25)), row(0, "anobody", None)],
        })
    }

    fn awards(&self, _: &Subject, limit: usize) -> Vec<AwardView> {
        awards().into_iter().take(limit).collect()
    }

    fn explain(&self, question: &Question) -> Result<Explained, Unexplained> {
        if &*question.incentive != "sprint" {
            return Err(Unexplained::Incentive(question.incentive.clone()));
        }
        Ok(crate::api::explain::tests::sample(&question.agent))
    }

    fn award(&self, id: &str) -> Option<AwardView> {
        awards().into_iter().find(|award| *award.id == *id)
    }

    fn life(&self, id: &str) -> Option<AwardLife> {
        let worth = BTreeMap::from([("points".into(), 300)]);
        Some(AwardLife {
            award: self.award(id)?,
            held: worth.clone(),
            worth,
            paid: BTreeMap::new(),
            is_final: false,
            history: Vec::new(),
        })
    }

    fn awards_with(&self, status: &str, _: Option<&str>, _: usize) -> Vec<AwardView> {
        let wanted = |award: &AwardView| match status {
            "proposed" => award.status == Status::Proposed,
            _ => award.status == Status::Granted,
        };
        awards().into_iter().filter(wanted).collect()
    }

    fn balances(&self) -> Vec<BalanceView> {
        vec![BalanceView { account: format!("agent/{RUTA}"), currency: "points".into(), units: 300 }]
    }

    fn draws(&self, _: &str) -> Vec<DrawView> {
        let receipt = receipt();
        let draw = |period: &str, state, winners| DrawView {
            incentive: "sprint".into(),
            period: period.into(),
            draw: "evening".into(),
            method: DrawMethod::Weighted,
            state,
            is_final: false,
            waits_for_round: None,
            seed_hash: receipt.seed_hash.clone(),
            list_hash: (state == DrawState::Held).then(|| receipt.list_hash.clone()),
            tickets: 4,
            winners,
        };
        let won = WinnerView {
            subject: Subject::agent(RUTA),
            name: None,
            reward: Reward::Prize("Cinema & <b>".into()),
        };
        vec![draw("2026-03-03", DrawState::Open, vec![]), draw(PAST, DrawState::Held, vec![won])]
    }

    fn chances(&self, _: &str) -> Vec<ChanceView> {
        vec![ChanceView {
            incentive: "sprint".into(),
            period: PAST.into(),
            chance: "spot".into(),
            state: ChanceState::Revealed,
            seed_hash: "5eed".into(),
            list_hash: Some("1157".into()),
            tries: 20,
            wins: Some(1),
        }]
    }

    fn receipt(&self, _: &str, period: &str, _: &str) -> Option<String> {
        (period == PAST).then(|| receipt().text())
    }

    fn days(&self, agent: &str) -> Vec<DayView> {
        floor::days(agent)
    }

    fn booked(&self, subject: &Subject, _: plaudit_core::Millis, _: usize) -> Vec<BookedView> {
        floor::booked(subject)
    }

    fn awards_since(&self, _: plaudit_core::Millis, of: &dyn Fn(&Subject) -> bool) -> Vec<AwardView> {
        floor::got().into_iter().filter(|award| of(&award.subject)).collect()
    }

    fn facts(
        &self,
        subjects: &[Subject],
        _: (plaudit_core::Millis, plaudit_core::Millis),
        _: usize,
    ) -> Option<Vec<Arc<Event>>> {
        Some(floor::facts(subjects))
    }

    fn hashes(&self) -> Hashes {
        Hashes::default()
    }

    fn status(&self) -> Vec<TaskStatus> {
        let fault = Some("the rule divided by zero".to_owned());
        vec![TaskStatus {
            incentive: "sprint".into(),
            block: 3,
            lag_blocks: 1,
            fault,
            waits: vec!["round 7".into()],
        }]
    }

    fn is_idle(&self, _: plaudit_core::Millis) -> bool {
        true
    }

    fn subscribe(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }
}

fn house() -> HouseView {
    let incentive = Incentive {
        id: "sprint".into(),
        title: "Daily sprint".into(),
        plugin: "d1".into(),
        settings: r#"{"metric":"calls","prizes":[{"rank":1,"points":300}],"open":true}"#.into(),
        audience: Audience::default(),
        start: NOW - 2 * 86_400_000,
        end: None,
        zone: chrono_tz::Tz::Europe__Vilnius,
        periods: Periods::Daily,
        allotment: vec![Allotment { budget: "team".into(), currency: "points".into(), units: 1000 }],
        metrics: vec![("calls".into(), 1)],
        prizes: BTreeMap::new(),
        approval: vec![],
    };
    let mut over = incentive.clone();
    over.id = "over".into();
    let record = |incentive, ended| IncentiveRecord { incentive, paused: false, ended };
    let incentives: BTreeMap<Id, _> = [record(incentive, false), record(over, true)]
        .into_iter()
        .map(|r| (r.incentive.id.clone(), r))
        .collect();
    let mut roster = Roster::default();
    let zone = chrono_tz::Tz::Europe__Vilnius;
    let site = Site { id: "vilnius".into(), zone, holidays: vec![] };
    roster.apply(&RosterChange::Site(site));
    for id in ["care", "night"] {
        let team = Team { id: id.into(), site: "vilnius".into(), queues: vec![] };
        roster.apply(&RosterChange::Team(team));
    }
    for (id, team) in [(RUTA, Some("care")), ("ajonas", Some("night")), ("aerased", None)] {
        let stint = |team: &str| Stint { from: 0, team: Some(team.into()), share: 1.0, workdays: 0b1_1111 };
        let stints = team.map(stint).into_iter().collect();
        let agent = Agent { id: id.into(), hired_day: None, zone: None, stints };
        roster.apply(&RosterChange::Agent(agent));
    }
    let plugin = PluginRecord { digest: "d1".into(), name: "contest".into(), version: "1.0.0".into() };
    let budget = BudgetRecord { currency: "points".into(), total: 5000, left: 4000 };
    HouseView {
        roster: Arc::new(roster),
        metrics: Arc::new(BTreeMap::from([("hard-contacts".into(), floor::hard())])),
        incentives: Arc::new(incentives),
        plugins: Arc::new(vec![plugin]),
        budgets: Arc::new(BTreeMap::from([("team".into(), budget)])),
        ..HouseView::default()
    }
}

fn pages() -> Router {
    let porter = Porter::new(Clock::driven(NOW), &[3; 32], Arc::new(NoPostman));
    let (state, texts) = app(Pages::Open, Arc::new(porter));
    router(state, texts)
}

fn app(pages: Pages, porter: Arc<Porter>) -> (AppState, Arc<Texts>) {
    let mut config = Config::defaults();
    config.server.pages = pages;
    let store = Arc::new(MemoryStore::default());
    let mut batch = Batch::default();
    let ruta = Person { name: "Rūta <script>".into(), locale: "lt".into(), ..Person::default() };
    put::<People>(&mut batch, &RUTA.to_owned(), &ruta);
    let jonas = Person { name: "Jonas Petraitis".into(), locale: "en".into(), ..Person::default() };
    put::<People>(&mut batch, &"ajonas".to_owned(), &jonas);
    put::<People>(&mut batch, &"aerased".to_owned(), &Person { erased: true, ..Person::default() });
    store.apply(batch).unwrap();
    let texts = Texts::new(store.clone(), Arc::new(Plugins), Links::none());
    let state = AppState {
        journal: Arc::new(FakeJournal(house(), Mutex::default())),
        store,
        clock: Clock::driven(NOW),
        config: Arc::new(config),
        views: Arc::new(FakeViews::new()),
        plugins: Arc::new(Plugins),
        previews: Arc::default(),
        identity: Identity::new(&[1; 32]),
        front: Arc::new(Front::default()),
        porter,
        prometheus: PrometheusBuilder::new().build_recorder().handle(),
        closing: tokio_util::sync::CancellationToken::new(),
    };
    (state, Arc::new(texts))
}

async fn get(path: &str, accept_language: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::builder().uri(path).header("accept-language", accept_language);
    let request = request.header("accept", "text/html,*/*;q=0.8");
    let answer = pages().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
}

const PAGES: [&str; 9] = [
    "/",
    "/incentives/sprint",
    "/incentives/sprint?period=2026-03-02",
    "/incentives/over",
    "/draws/sprint/2026-03-02/evening",
    "/draws/sprint/2026-03-03/evening",
    "/why/e1",
    "/agents/aruta",
    "/agents/aruta/why/sprint?period=2026-03-02",
];

#[tokio::test]
async fn every_page_is_whole_in_every_language() {
    let mut album = Album::default();
    for path in PAGES {
        for locale in Locale::ALL {
            let (status, headers, page) = get(path, locale.tag()).await;
            let place = format!("{path} in {}", locale.tag());
            assert_eq!(status, StatusCode::OK, "{place}");
            assert!(page.contains(&format!("<html lang=\"{}\">", locale.tag())), "{place}");
            assert!(
                !page.contains("[page-") && !page.contains('\u{2068}'),
                "{place}: a text is missing\n{page}"
            );
            assert!(
                !page.contains("<script>") && !page.contains(" style=") && !page.contains("http://"),
                "{place}"
            );
            assert!(page.contains("class=\"driven\""), "{place}: the driven clock is not marked");
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{policy}"
            );
            assert_eq!(headers["x-content-type-options"], "nosniff");
            assert_eq!(headers["referrer-policy"], "same-origin");
            album.add(path, locale, &page);
        }
    }
    album.compare("open");
}

#[tokio::test]
async fn every_status_and_tone_is_said_in_every_language() {
    for award in awards() {
        for locale in Locale::ALL {
            let (status, _, page) = get(&format!("/why/{}?lang={}", award.id, locale.tag()), "fr").await;
            assert_eq!(status, StatusCode::OK);
            assert!(
                !page.contains("[page-") && page.contains("contest 1.0.0"),
                "{} {}",
                award.id,
                locale.tag()
            );
            assert!(
                page.contains(&format!("/incentives/sprint?period=2026-03-02&#38;lang={}", locale.tag())),
                "{page}"
            );
        }
    }
}

#[tokio::test]
async fn a_board_says_who_is_ranked_and_what_is_missing() {
    let (_, _, page) = get("/incentives/sprint", "en").await;
    assert!(page.contains("Rūta &#60;script&#62;") && page.contains("qualified"), "{page}");
    assert!(page.contains("customer rating, on average: 3.25, needs 4"), "{page}");
    assert!(page.contains("nothing counted yet") && !page.contains("nothing yet, needs 4"), "{page}");
    assert!(page.contains("a former colleague") && !page.contains("/agents/aerased"), "{page}");
    assert!(
        page.contains("1 of 3 are ranked")
            && !page.contains("<tr role=\"row\" data-key=\"agent/aruta\" class=\"gold\">")
    );
    let (_, _, past) = get("/incentives/sprint?period=2026-03-02", "en").await;
    assert!(past.contains("data-key=\"agent/aruta\" class=\"gold\""), "gold once it is earned\n{past}");
}

#[tokio::test]
async fn the_answer_stands_above_the_evidence() {
    let (_, _, page) = get("/agents/aruta/why/sprint", "en").await;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is missing in {page}"));
    assert!(at("Why did I win, or why not?") < at("You got 300 points."));
    assert!(at("You got 300 points.") < at("3 of 5 facts did not count"));
    assert!(at("3 of 5 facts did not count") < at("What did not count, and why"));
    assert!(page.contains("It was taken back, 2 March 2026, 01:00."), "{page}");
    assert!(page.contains("after=100") && page.contains("/draws/sprint/2026-03-02/evening"), "{page}");
    for nobody in ["/agents/anobody/why/sprint", "/agents/aerased/why/sprint", "/agents/aruta/why/nothing"] {
        assert_eq!(get(nobody, "en").await.0, StatusCode::NOT_FOUND, "{nobody}");
    }
}

#[tokio::test]
async fn a_receipt_can_be_downloaded_as_the_page_checked_it() {
    let (_, _, page) = get("/draws/sprint/2026-03-02/evening", "en").await;
    assert!(page.contains("the receipt holds") && page.contains("1 of them was passed over"), "{page}");
    assert!(page.contains("Cinema &#38; &#60;b&#62;"), "{page}");
    assert!(page.contains("Place 1 became free and went to Rūta"), "{page}");
    let (_, _, page) = get("/incentives/sprint?period=2026-03-02", "en").await;
    assert!(page.contains("20 tries") && page.contains("1 win"), "{page}");
    assert!(page.contains("/draws/sprint/2026-03-02/spot/receipt.json"), "{page}");
    let (status, headers, json) = get("/draws/sprint/2026-03-02/evening/receipt.json", "en").await;
    assert_eq!((status, &headers["content-type"]), (StatusCode::OK, &"application/json".parse().unwrap()));
    assert!(headers["content-disposition"].to_str().unwrap().contains("sprint-2026-03-02-evening.json"));
    let read = Receipt::read(&json).unwrap();
    assert!(read.verify().is_ok() && !json.contains("Rūta"));
}

#[tokio::test]
async fn what_is_not_there_is_a_page_too() {
    for path in [
        "/nowhere",
        "/incentives/none",
        "/incentives/sprint?period=2020-01-01",
        "/draws/sprint/2026-03-02/none",
        "/draws/none/x/y",
        "/why/none",
        "/agents/none",
        "/agents/aerased",
    ] {
        for locale in Locale::ALL {
            let (status, headers, page) = get(path, locale.tag()).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.contains("<h1>") && !page.contains("[page-"), "{path}: {page}");
            assert!(headers.contains_key("content-security-policy"), "{path}");
        }
    }
    assert_eq!(get("/live/incentives/none", "en").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn assets_are_kept_for_good_under_an_address_with_their_digest() {
    let (_, _, page) = get("/", "en").await;
    for (url, kind) in [(super::assets::css_url(), "text/css"), (super::assets::js_url(), "text/javascript")]
    {
        assert!(page.contains(url), "{url}");
        let (status, headers, _) = get(url, "en").await;
        assert_eq!(status, StatusCode::OK);
        assert!(headers["cache-control"].to_str().unwrap().contains("immutable"));
        assert!(headers["content-type"].to_str().unwrap().starts_with(kind));
    }
}
