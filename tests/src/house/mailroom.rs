//! The other end of every delivery: the product's own receiver for chat and mail, and a webhook endpoint that keeps
//! what it gets.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use plaudit::cli::receiver::{People, Printer, Receiver, Setup, Summary};
use serde_json::{Value, json};
use standardwebhooks::{HEADER_WEBHOOK_ID, Webhook};
use tokio::{net::TcpListener, task::JoinHandle};

use super::Door;

/// Protects nothing: both ends are the test's.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A webhook with a good signature.
#[derive(Clone, Debug)]
pub struct Hook {
    /// `webhook-id`.
    pub id: String,
    /// Its type, such as `award.granted`.
    pub kind: String,
    /// Its data.
    pub data: Value,
}

/// A message as its reader sees it: `chat`, `room` or `mail`, then the address, then the text.
pub type Line = String;

#[derive(Default)]
struct Kept {
    hooks: Mutex<Vec<Hook>>,
    lines: Mutex<Vec<Line>>,
}

/// Receives everything, and remembers it over restarts of the house.
pub struct Mailroom {
    receiver: Receiver,
    address: SocketAddr,
    kept: Arc<Kept>,
    task: JoinHandle<()>,
}

impl Mailroom {
    pub(super) async fn open() -> Self {
        let kept: Arc<Kept> = Arc::default();
        let lines = kept.clone();
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let receiver = Receiver::start(Setup {
            listen: anywhere,
            smtp: anywhere,
            secret: None,
            people: People::default(),
            printer: Printer::new(false, move |line| {
                lines.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned());
            }),
            show_webhooks: false,
        });
        let receiver = receiver.await.expect("the receiver starts");
        let listener = TcpListener::bind(anywhere).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().route("/", post(receive)).with_state(kept.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("it serves") });
        Self { receiver, address, kept, task }
    }

    pub(super) fn http(&self) -> SocketAddr {
        self.receiver.http
    }

    pub(super) fn smtp(&self) -> SocketAddr {
        self.receiver.smtp
    }

    /// Tells the house where webhooks go.
    pub(super) async fn announce(&self, door: &Door) {
        let document = json!({ "url": format!("http://{}/", self.address), "secret": SECRET });
        door.put("/v1/endpoints/tests", &document).await;
    }

    /// All webhooks in the order they came, repeated ones too.
    pub fn hooks(&self) -> Vec<Hook> {
        self.kept.hooks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Webhooks of a type.
    pub fn hooks_of(&self, kind: &str) -> Vec<Hook> {
        self.hooks().into_iter().filter(|hook| hook.kind == kind).collect()
    }

    /// What somebody read in the chat.
    pub fn chat(&self, address: &str) -> Vec<Line> {
        let begin = format!("chat  {address}  ");
        let lines = self.kept.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().filter_map(|line| line.strip_prefix(&begin)).map(str::to_owned).collect()
    }

    /// Mails to an address, each as one line.
    pub fn mail(&self, address: &str) -> Vec<Line> {
        let begin = format!("mail  {address}  ");
        let lines = self.kept.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().filter_map(|line| line.strip_prefix(&begin)).map(str::to_owned).collect()
    }

    /// Counts of chat and mail.
    pub fn summary(&self) -> Summary {
        self.receiver.summary()
    }
}

impl Drop for Mailroom {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn receive(State(kept): State<Arc<Kept>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let verifier = Webhook::new(SECRET).expect("a secret");
    let id = headers.get(HEADER_WEBHOOK_ID).and_then(|id| id.to_str().ok());
    let (Ok(()), Some(id)) = (verifier.verify(&body, &headers), id) else {
        return StatusCode::UNAUTHORIZED;
    };
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    let kind = message["type"].as_str().unwrap_or_default().to_owned();
    let hook = Hook { id: id.to_owned(), kind, data: message["data"].clone() };
    kept.hooks.lock().unwrap_or_else(PoisonError::into_inner).push(hook);
    StatusCode::NO_CONTENT
}
