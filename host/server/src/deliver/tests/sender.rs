//! What leaves the house, seen by receivers on this machine.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State as Shared,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use plaudit_store::family::{delivery::State, get};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;

/// Longest wait of a test; none should come near it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request as it came.
#[derive(Clone, Debug)]
struct Request {
    path: String,
    headers: HeaderMap,
    body: String,
}

impl Request {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

#[derive(Default)]
struct Seen {
    requests: Vec<Request>,
    answers: VecDeque<(u16, &'static str, &'static str)>,
}

/// A receiver that answers as told, then always 200.
#[derive(Clone)]
struct Receiver {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl Receiver {
    /// Answers: status, `location` or `retry-after` by status, body.
    async fn new(answers: &[(u16, &'static str, &'static str)]) -> Self {
        let seen =
            Arc::new(Mutex::new(Seen { requests: vec![], answers: answers.iter().copied().collect() }));
        let app = Router::new().fallback(receive).with_state(seen.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, seen }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn requests(&self) -> Vec<Request> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).requests.clone()
    }
}

async fn receive(
    Shared(seen): Shared<Arc<Mutex<Seen>>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    let body = String::from_utf8(body.to_vec()).unwrap();
    seen.requests.push(Request { path: uri.path().to_owned(), headers, body });
    let (status, header, body) = seen.answers.pop_front().unwrap_or((200, "", r#"{"ok":true}"#));
    let name = if (300..400).contains(&status) { "location" } else { "retry-after" };
    (StatusCode::from_u16(status).unwrap(), [(name, header)], body).into_response()
}

fn quick() -> DeliverConfig {
    DeliverConfig {
        allow: vec!["127.0.0.1".into()],
        retry_delay_ms: 5,
        retry_delay_ms_max: 20,
        linger_ms: 0,
        ..DeliverConfig::default()
    }
}

fn begin(store: &Arc<MemoryStore>, config: DeliverConfig) -> DeliverHandle {
    start(deps(store), config, CancellationToken::new()).unwrap().0
}

async fn states(handle: &DeliverHandle) -> Vec<(State, u32, String)> {
    let listed = handle.list(Filter::default(), None, 100).await.unwrap();
    let row = |d: &Delivery| (d.state, d.attempts, d.last_error.clone().unwrap_or_default());
    listed.deliveries.iter().rev().map(|(_, d)| row(d)).collect()
}

#[tokio::test]
async fn a_webhook_keeps_its_id_over_retries_and_its_signature_holds() {
    let (store, receiver) = (house(), Receiver::new(&[(503, "", ""), (429, "0", "")]).await);
    endpoint(&store, "e", &receiver.url("/hook"), |_| {});
    tell(&store, 1, agent("a1"), granted("e1", 1240));
    tell(&store, 2, team("t1"), granted("e2", 5));
    let handle = begin(&store, quick());
    let counts = handle.flush_until_idle(PATIENCE).await.unwrap();
    assert_eq!((counts.sent, counts.no_channel), (2, 1), "Rūta has a chat address, but there is no chat");
    let requests = receiver.requests();
    let ids: Vec<_> = requests.iter().map(|r| r.header("webhook-id")).collect();
    assert_eq!(ids, ["msg_1", "msg_1", "msg_1", "msg_2"], "in order, one at a time");
    for request in &requests {
        let headers = ["webhook-id", "webhook-timestamp", "webhook-signature"];
        // The crate speaks the same `http` types as axum.
        assert!(headers.iter().all(|h| !request.header(h).is_empty()));
        standardwebhooks::Webhook::new(SECRET)
            .unwrap()
            .verify(request.body.as_bytes(), &request.headers)
            .unwrap();
    }
    insta::assert_json_snapshot!("an_award_by_webhook", requests[0].json());
}

#[tokio::test]
async fn every_kind_of_message_has_a_documented_shape() {
    let (store, receiver) = (house(), Receiver::new(&[]).await);
    endpoint(&store, "e", &receiver.url("/hook"), |_| {});
    let row = plaudit_store::family::outbox::Row { rank: 1, subject: Subject::agent("a2"), value: 93.4 };
    let bodies = [
        changed("e9", 8, 3, false),
        reversed("e1", 8, false),
        Body::Withheld {
            effect: "e2".into(),
            reward: Reward::Prize("Cinema".into()),
            reason: "quota".into(),
        },
        praise("e3"),
        Body::Closed { period: "2026-03-02".into(), podium: vec![row] },
        Body::DrawSealed { period: "2026-03".into(), draw: "big".into(), list_hash: "ab".into() },
        Body::DrawHeld {
            period: "2026-03".into(),
            draw: "big".into(),
            winners: vec![(Subject::agent("a4"), Reward::Badge { name: "luck".into(), level: 1 })],
        },
        Body::Paused { fault: "out of fuel".into() },
        Body::DrawnAgain {
            period: "2026-03".into(),
            draw: "big".into(),
            number: 1,
            winner: Some((Subject::agent("a5"), Reward::Badge { name: "luck".into(), level: 1 })),
        },
    ];
    for (n, body) in (1..).zip(bodies) {
        tell(&store, n, if n <= 4 { agent("a1") } else { Recipient::Room }, body);
    }
    begin(&store, quick()).flush_until_idle(PATIENCE).await.unwrap();
    let all: Vec<Value> = receiver.requests().iter().map(Request::json).collect();
    insta::assert_json_snapshot!("every_kind_by_webhook", all);
}

#[tokio::test]
async fn answers_that_will_not_change_end_it_and_gone_disables_the_endpoint() {
    let (store, receiver) =
        (house(), Receiver::new(&[(404, "", ""), (302, "/elsewhere", ""), (410, "", "")]).await);
    endpoint(&store, "e", &receiver.url("/hook"), |_| {});
    for n in 1..=4 {
        tell(&store, n, Recipient::Room, Body::Paused { fault: "f".into() });
    }
    let handle = begin(&store, quick());
    handle.flush_until_idle(PATIENCE).await.unwrap();
    let states = states(&handle).await;
    let errors: Vec<_> = states.iter().map(|(s, n, e)| (*s, *n, e.as_str())).collect();
    assert_eq!(
        errors,
        [
            (State::Dead, 1, "answered 404"),
            (State::Dead, 1, "answered 302: redirects are not followed; give the address it leads to"),
            (State::Dead, 1, "answered 410: gone"),
            (State::Dead, 1, "the endpoint is disabled"),
        ]
    );
    assert!(receiver.requests().iter().all(|r| r.path == "/hook"));
    assert!(get::<Endpoints>(&*store, &"e".to_owned()).unwrap().unwrap().disabled);
    // The operator mends it and sends everything again.
    endpoint(&store, "e", &receiver.url("/hook"), |_| {});
    assert_eq!(handle.retry_dead().await.unwrap(), 4);
    assert_eq!(handle.flush_until_idle(PATIENCE).await.unwrap().sent, 4);
}

#[tokio::test]
async fn nothing_private_is_reached_by_address_or_by_name() {
    let (store, receiver) = (house(), Receiver::new(&[]).await);
    let port = receiver.address.port();
    endpoint(&store, "address", &receiver.url("/"), |_| {});
    endpoint(&store, "mapped", &format!("https://[::ffff:127.0.0.1]:{port}/"), |_| {});
    endpoint(&store, "name", &format!("https://localhost:{port}/"), |_| {});
    endpoint(&store, "plain", "http://example.com/", |_| {});
    tell(&store, 1, Recipient::Room, Body::Paused { fault: "f".into() });
    let stop = CancellationToken::new();
    let (handle, end) =
        start(deps(&store), DeliverConfig { allow: vec![], ..quick() }, stop.clone()).unwrap();
    handle.flush_until_idle(PATIENCE).await.unwrap();
    stop.cancel();
    end.await.unwrap();
    let states = states(&handle).await;
    assert_eq!(states.len(), 4);
    for (state, attempts, error) in &states {
        assert_eq!((*state, *attempts), (State::Dead, 1), "{error}");
        assert!(error.contains("`delivery.allow_private`"), "{error}");
    }
    assert!(states.iter().any(|(_, _, e)| e.starts_with("localhost (")), "{states:?}");
    assert!(receiver.requests().is_empty());
    // A listed name may be private, but a redirect from it still leads nowhere.
    let receiver = Receiver::new(&[(307, "http://169.254.169.254/", "")]).await;
    endpoint(&store, "name", &format!("http://localhost:{}/", receiver.address.port()), |_| {});
    tell(&store, 2, Recipient::Room, Body::Paused { fault: "f".into() });
    let handle = begin(&store, DeliverConfig { allow: vec!["localhost".into()], ..quick() });
    handle.flush_until_idle(PATIENCE).await.unwrap();
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test]
async fn an_agent_gets_one_chat_message_and_a_room_only_what_is_public() {
    let answers = [(200, "", r#"{"ok":false,"error":"ratelimited"}"#), (429, "0", "")];
    let (store, receiver) = (house(), Receiver::new(&answers).await);
    tell(&store, 1, agent("a1"), granted("e1", 50));
    tell(&store, 2, agent("a1"), praise("e2"));
    let config = DeliverConfig {
        chat: Some(ChatConfig { api: receiver.url("/api/"), token: "xoxb-1".into() }),
        rooms: [(
            "default".to_owned(),
            RoomConfig { url: receiver.url("/room"), locale: crate::texts::Locale::Es },
        )]
        .into(),
        ..quick()
    };
    let handle = begin(&store, config);
    handle.flush_until_idle(PATIENCE).await.unwrap();
    tell(&store, 3, team("t1"), granted("e3", 1));
    let counts = handle.flush_until_idle(PATIENCE).await.unwrap();
    assert_eq!((counts.sent, counts.dead), (2, 0));
    let requests = receiver.requests();
    let paths: Vec<_> = requests.iter().map(|r| r.path.as_str()).collect();
    assert_eq!(paths, ["/api/chat.postMessage", "/api/chat.postMessage", "/api/chat.postMessage", "/room"]);
    assert_eq!(requests[2].header("authorization"), "Bearer xoxb-1");
    insta::assert_json_snapshot!("chat_to_an_agent", requests[2].json());
    insta::assert_json_snapshot!("chat_to_a_room", requests[3].json());
}

#[tokio::test]
async fn whoever_is_erased_meanwhile_hears_nothing() {
    let (store, receiver) =
        (house(), Receiver::new(&[(200, "", r#"{"ok":false,"error":"invalid_auth"}"#)]).await);
    let config = DeliverConfig {
        chat: Some(ChatConfig { api: receiver.url(""), token: "t".into() }),
        retry_delay_ms: 200,
        retry_delay_ms_max: 200,
        ..quick()
    };
    tell(&store, 1, agent("a1"), granted("e1", 50));
    let handle = begin(&store, config);
    while receiver.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let mut batch = Batch::default();
    put::<People>(&mut batch, &"a1".to_owned(), &Person { erased: true, ..Person::default() });
    store.apply(batch).unwrap();
    let counts = handle.flush_until_idle(PATIENCE).await.unwrap();
    assert_eq!((counts.no_channel, counts.sent), (1, 0));
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test]
async fn deliveries_are_listed_and_sent_again_over_http() {
    let (store, receiver) = (house(), Receiver::new(&[(400, "", "")]).await);
    endpoint(&store, "e", &receiver.url("/hook"), |_| {});
    tell(&store, 1, agent("a3"), granted("e1", 50));
    let handle = begin(&store, quick());
    handle.flush_until_idle(PATIENCE).await.unwrap();
    let app = http::unguarded().with_state(handle.clone());
    let call = |method: &'static str, uri: &'static str| {
        let request =
            axum::http::Request::builder().method(method).uri(uri).body(axum::body::Body::empty()).unwrap();
        let app = app.clone();
        async move {
            let response = app.oneshot(request).await.unwrap();
            let status = response.status().as_u16();
            let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            (status, serde_json::from_slice::<Value>(&body).unwrap_or_default())
        }
    };
    let (status, page) = call("GET", "/v1/deliveries?state=dead&limit=1").await;
    assert_eq!(status, 200);
    assert_eq!(page["counts"]["dead"], json!(1));
    assert_eq!(page["deliveries"][0]["last_error"], json!("answered 400"));
    assert_eq!(page["deliveries"][0]["messages"][0]["type"], json!("award.granted"));
    assert!(!page.to_string().contains("customers"), "what is said is private");
    let id = page["deliveries"][0]["id"].as_u64().unwrap();
    assert_eq!(id, 1, "the webhook was planned first");
    assert_eq!(call("POST", "/v1/deliveries/1/retry").await, (202, json!({ "id": 1, "state": "pending" })));
    handle.flush_until_idle(PATIENCE).await.unwrap();
    assert_eq!(call("POST", "/v1/deliveries/2/retry").await.0, 409, "no channel");
    assert_eq!(call("POST", "/v1/deliveries/99/retry").await.0, 404);
    assert_eq!(call("POST", "/v1/deliveries/retry-dead").await, (202, json!({ "retried": 0 })));
    assert_eq!(receiver.requests().len(), 2);
}
