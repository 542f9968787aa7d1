//! Through the front door: requests in, answers out, with a journal and an engine of the test's own.

mod access;
mod care;
mod catalogue;
mod decide;
mod drafts;
mod ingest;
mod manage;
mod settings;

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use futures_util::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusBuilder;
use plaudit_core::{
    event::{Event, Subject},
    journal::{Entry, Position},
    roster::{RosterChange, Site, Team},
    rule::{KeyKind, Manifest, Plan, Problem as SettingsProblem, StateFor},
};
use plaudit_store::{family::token::Scope, memory::MemoryStore};
use serde_json::{Value, json};
use tokio::sync::broadcast;
use tower::ServiceExt;

use super::{
    AppState, Front,
    explained::{Explained, Question, Unexplained},
    house::{Appender, HouseView},
    plugins::{PlanError, PluginError, PluginHost, PluginInfo},
    previews::Previews,
    routes,
    views::{self, AwardView, BoardView, News, Views},
};
use crate::{
    clock::Clock,
    config::Config,
    ingest::{identity::Identity, tokens},
    journal::{AppendError, House, Outcome},
    porter::{NoPostman, Porter},
};

/// Monday 2026-03-02, 09:00 UTC.
pub(super) const NOW: i64 = 1_772_442_000_000;

/// A journal in memory that knows ids, and can be told to be busy.
#[derive(Default)]
pub(super) struct FakeJournal {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    house: House,
    events: Vec<Event>,
    entries: Vec<Entry>,
    is_busy: bool,
}

impl Appender for FakeJournal {
    fn append_events(&self, events: Vec<Event>) -> BoxFuture<'_, Result<Vec<Outcome>, AppendError>> {
        let mut inner = self.inner.lock().unwrap();
        if inner.is_busy {
            return Box::pin(async { Err(AppendError::Busy { retry_after_s: 3 }) });
        }
        let mut outcomes = Vec::new();
        for event in events {
            let known = inner.events.iter().find(|e| (&e.source, &e.id) == (&event.source, &event.id));
            outcomes.push(match known {
                Some(known) if *known == event => Outcome::Duplicate,
                Some(_) => Outcome::Conflict,
                None if event.time > NOW + plaudit_core::limits::EVENT_AHEAD_MS_MAX => Outcome::Ahead,
                None => Outcome::Accepted(Position { block: 1, index: 0 }),
            });
            if matches!(outcomes.last(), Some(Outcome::Accepted(_))) {
                inner.events.push(event);
            }
        }
        Box::pin(async { Ok(outcomes) })
    }

    fn append(&self, entries: Vec<Entry>) -> BoxFuture<'_, Result<Position, AppendError>> {
        let mut inner = self.inner.lock().unwrap();
        let mut trial = inner.house.clone();
        for entry in &entries {
            if let Some(why) = trial.refuses(entry) {
                return Box::pin(async { Err(AppendError::Refused(why)) });
            }
            trial.apply(Position { block: 1, index: 0 }, NOW, entry);
        }
        inner.house = trial;
        inner.entries.extend(entries);
        Box::pin(async { Ok(Position { block: 1, index: 0 }) })
    }

    fn parked(&self) -> u64 {
        0
    }

    fn house(&self) -> HouseView {
        HouseView::from(&self.inner.lock().unwrap().house)
    }
}

/// An engine with one board.
struct FakeViews(broadcast::Sender<News>);

impl super::finality::Finality for FakeViews {}

impl super::versions::Versions for FakeViews {}

impl Views for FakeViews {
    fn is_idle(&self, _: plaudit_core::Millis) -> bool {
        true
    }

    fn incentives(&self) -> Vec<views::IncentiveView> {
        Vec::new()
    }

    fn board(&self, incentive: &str, board: &str, period: Option<&str>) -> Option<BoardView> {
        (board == "main").then(|| BoardView {
            incentive: incentive.into(),
            board: board.into(),
            period: period.unwrap_or("2026-03-02").into(),
            start: NOW,
            end: NOW + 1,
            state: views::PeriodState::Open,
            block: 1,
            columns: vec!["calls".into()],
            rows: vec![views::RowView {
                rank: 1,
                subject: Subject::agent(identity().opaque("E1")),
                name: None,
                qualified: true,
                value: Some(2.0),
                columns: vec![Some(2.0)],
            }],
        })
    }

    fn awards(&self, _: &Subject, _: usize) -> Vec<AwardView> {
        Vec::new()
    }

    fn explain(&self, question: &Question) -> Result<Explained, Unexplained> {
        Err(Unexplained::Incentive(question.incentive.clone()))
    }

    fn award(&self, id: &str) -> Option<AwardView> {
        (id == "w1").then(|| AwardView {
            id: id.into(),
            incentive: "sprint".into(),
            period: None,
            subject: Subject::agent(identity().opaque("E1")),
            name: "first".into(),
            key: "once".into(),
            content: views::ContentView::Award {
                reward: plaudit_core::rule::Reward::Prize("cinema".into()),
                because: plaudit_core::rule::Text { message: "place".into(), arguments: vec![] },
            },
            status: plaudit_core::award::Status::Granted,
            is_final: false,
            adjusted_by: None,
            time: NOW,
            since_block: 1,
            plugin: "d1".into(),
        })
    }

    fn life(&self, _: &str) -> Option<views::AwardLife> {
        None
    }

    fn awards_with(&self, _: &str, _: Option<&str>, _: usize) -> Vec<AwardView> {
        Vec::new()
    }

    fn balances(&self) -> Vec<views::BalanceView> {
        Vec::new()
    }

    fn draws(&self, _: &str) -> Vec<views::DrawView> {
        Vec::new()
    }

    fn receipt(&self, _: &str, _: &str, _: &str) -> Option<String> {
        None
    }

    fn hashes(&self) -> views::Hashes {
        views::Hashes::default()
    }

    fn status(&self) -> Vec<views::TaskStatus> {
        vec![views::TaskStatus {
            incentive: "sprint".into(),
            block: 1,
            lag_blocks: 2,
            fault: None,
            waits: Vec::new(),
        }]
    }

    fn subscribe(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }
}

/// Runs one plugin, `contest`, whose only setting is `metric`.
struct FakePlugins;

fn info(version: &str) -> PluginInfo {
    let manifest = Manifest {
        name: "contest".into(),
        version: version.into(),
        contract: "plaudit:rule@1.0.0".into(),
        settings: json!({}),
        state_schema: 0,
        texts: std::collections::BTreeMap::default(),
    };
    PluginInfo { digest: plaudit_core::hash::short_digest("test", &version), bytes: 3, manifest }
}

impl PluginHost for FakePlugins {
    fn install(&self, component: Vec<u8>) -> BoxFuture<'_, Result<PluginInfo, PluginError>> {
        let version = String::from_utf8(component).unwrap_or_default();
        Box::pin(async move {
            if version.is_empty() {
                Err(PluginError::Refused("no component".into()))
            } else {
                Ok(info(&version))
            }
        })
    }

    fn get(&self, digest: &str) -> Option<PluginInfo> {
        ["1.0.0", "1.1.0"].into_iter().map(info).find(|info| *info.digest == *digest)
    }

    fn plan<'a>(&'a self, _: &'a str, settings: &'a str) -> BoxFuture<'a, Result<Plan, PlanError>> {
        let settings: Value = serde_json::from_str(settings).unwrap();
        Box::pin(async move {
            let Some(metric) = settings["metric"].as_str() else {
                let problem = SettingsProblem {
                    field: "/metric".into(),
                    message: "is missing".into(),
                    arguments: Vec::new(),
                };
                return Err(PlanError::Problems(vec![problem]));
            };
            Ok(Plan {
                key: KeyKind::Agent,
                state: StateFor::Ever,
                metrics: vec![metric.to_owned()],
                attributes: vec![],
                boards: vec![],
                draws: vec![],
                chances: Vec::new(),
                quotas: vec![],
                tell_corrections: false,
                tell_late: false,
                opening: None,
            })
        })
    }
}

/// No plugin has texts.
pub(super) struct NoTexts;

impl crate::texts::PluginTexts for NoTexts {
    fn texts(&self, _: &str) -> Option<Arc<std::collections::BTreeMap<String, String>>> {
        None
    }
}

/// A porter whose mails go nowhere, at a time.
pub(super) fn porter(now: i64) -> Arc<Porter> {
    Arc::new(Porter::new(Clock::driven(now), &[3; 32], Arc::new(NoPostman)))
}

fn identity() -> Identity {
    Identity::new(&[1; 32])
}

/// A server without a socket.
pub(in crate::api) struct TestApp {
    router: Router,
    journal: Arc<FakeJournal>,
    state: AppState,
    token: String,
}

/// What came back.
#[derive(Debug)]
pub(in crate::api) struct Reply {
    pub(in crate::api) status: StatusCode,
    pub(in crate::api) headers: axum::http::HeaderMap,
    pub(in crate::api) body: Value,
    pub(in crate::api) text: String,
}

impl TestApp {
    /// With the default catalogue, a site, a team, and an admin token.
    pub(in crate::api) fn new() -> Self {
        Self::with_previews(Previews::default())
    }

    /// The same, where incentives can be tried on the past.
    pub(in crate::api) fn with_previews(previews: Previews) -> Self {
        let journal = Arc::new(FakeJournal::default());
        let mut house = House::default();
        let at = Position { block: 1, index: 0 };
        for metric in crate::config::catalogue::default().unwrap().metrics {
            house.apply(at, NOW, &Entry::Metric(metric));
        }
        let site = Site { id: "vilnius".into(), zone: chrono_tz::Tz::Europe__Vilnius, holidays: vec![] };
        let team = Team { id: "care".into(), site: "vilnius".into(), queues: vec![] };
        house.apply(at, NOW, &Entry::Roster(RosterChange::Site(site)));
        house.apply(at, NOW, &Entry::Roster(RosterChange::Team(team)));
        journal.inner.lock().unwrap().house = house;
        let store = Arc::new(MemoryStore::default());
        let state = AppState {
            journal: journal.clone(),
            store,
            clock: Clock::driven(NOW),
            config: Arc::new(Config::defaults()),
            views: Arc::new(FakeViews(broadcast::channel(8).0)),
            plugins: Arc::new(FakePlugins),
            previews: Arc::new(previews),
            identity: identity(),
            front: Arc::new(Front::default()),
            porter: porter(NOW),
            prometheus: PrometheusBuilder::new().build_recorder().handle(),
            closing: tokio_util::sync::CancellationToken::new(),
        };
        state.reload().unwrap();
        let token = tokens::create(&*state.store, "test", vec![Scope::Admin], NOW, None).unwrap().secret;
        Self { router: routes::router(state.clone()), journal, state, token }
    }

    pub(in crate::api) fn previews(&self) -> &Previews {
        &self.state.previews
    }

    pub(in crate::api) fn state(&self) -> &AppState {
        &self.state
    }

    pub(in crate::api) fn events(&self) -> Vec<Event> {
        self.journal.inner.lock().unwrap().events.clone()
    }

    pub(in crate::api) fn entries(&self) -> usize {
        self.journal.inner.lock().unwrap().entries.len()
    }

    pub(in crate::api) fn set_busy(&self) {
        self.journal.inner.lock().unwrap().is_busy = true;
    }

    pub(in crate::api) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Reply { status: parts.status, headers: parts.headers, body, text }
    }

    pub(in crate::api) async fn call(
        &self,
        method: &str,
        path: &str,
        content_type: &str,
        body: impl Into<Body>,
    ) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", content_type)
            .body(body.into())
            .unwrap();
        self.send(request).await
    }

    /// With further headers.
    pub(in crate::api) async fn call_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.to_string().into()).unwrap()).await
    }

    pub(in crate::api) async fn get(&self, path: &str) -> Reply {
        self.call("GET", path, "application/json", "").await
    }

    pub(in crate::api) async fn put(&self, path: &str, body: &Value) -> Reply {
        self.call("PUT", path, "application/json", body.to_string()).await
    }

    pub(in crate::api) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.call("POST", path, "application/json", body.to_string()).await
    }
}

/// A good event of agent E1.
pub(super) fn contact(id: &str) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "/acd", "type": "contact.completed", "subject": "agent/E1",
        "time": "2026-03-02T08:59:00Z", "entity": id, "data": {"handle_s": 240, "phone": "+34 600"}
    })
}
