//! Delivery against other people's software: the official Standard Webhooks libraries and a real SMTP server.
//!
//! The scripts stand in `tests/interop`; their libraries are installed under cargo's target folder. Where node, Python or
//! the registries are missing, a test says that it left them out and proves nothing; with `PLAUDIT_INTEROP=required` (as in
//! CI) it fails instead.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, body::Bytes, http::HeaderMap};
use plaudit::{
    clock::Clock,
    deliver::{self, DeliverConfig, DeliverHandle, Deps, Filter, MailConfig, MailEncryption, MailWhen},
    texts::{Links, PluginTexts, Texts},
};
use plaudit_core::{
    event::Subject,
    rule::{Reward, Text, TextValue},
};
use plaudit_store::{
    Batch, Store,
    family::{
        endpoint::{Endpoint, Endpoints},
        outbox::{Body, Message, Outbox, Recipient},
        people::{People, Person},
        put,
    },
    memory::MemoryStore,
};
use plaudit_tests::workshop::{self, or_left_out, scripts};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

const NOW: i64 = 1_772_442_723_000;
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const PATIENCE: Duration = Duration::from_secs(30);
const NPM: &str = "standardwebhooks@1.1.1";
const PYPI: [&str; 2] = ["standardwebhooks==1.1.0", "aiosmtpd==1.4.6"];

fn workshop(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("deliver").join(name)
}

fn python() -> Option<PathBuf> {
    let bin = or_left_out("PyPI's standardwebhooks and aiosmtpd", workshop::python(&workshop("venv"), &PYPI));
    bin.map(|bin| bin.join("python"))
}

struct Plugin;

impl PluginTexts for Plugin {
    fn texts(&self, _: &str) -> Option<Arc<BTreeMap<String, String>>> {
        let lt = "streak = { $n } klientai iš eilės įvertino tave 5 <puikiai>.\nbadge-silver = Sidabras\n";
        Some(Arc::new(BTreeMap::from([("lt".to_owned(), lt.to_owned())])))
    }
}

fn house(mail: &[(&str, &str)]) -> Arc<MemoryStore> {
    let store = Arc::new(MemoryStore::default());
    let mut batch = Batch::default();
    for (id, mail) in mail {
        let (name, locale) = ("Rūta Kazlauskienė".to_owned(), "lt".to_owned());
        let person = Person { name, locale, mail: Some((*mail).to_owned()), ..Person::default() };
        put::<People>(&mut batch, &(*id).to_owned(), &person);
    }
    store.apply(batch).unwrap();
    store
}

fn tell(store: &MemoryStore, n: u64, agent: &str) {
    let because = Text { message: "streak".into(), arguments: vec![("n".into(), TextValue::Number(5.0))] };
    let reward = Reward::Badge { name: "silver".into(), level: 2 };
    let message = Message {
        id: format!("msg_{n}").into(),
        time: NOW,
        block: n,
        at: NOW,
        incentive: "daily".into(),
        plugin: "d1".into(),
        to: Recipient::Subject(Subject::agent(agent)),
        body: Body::Granted { effect: format!("e{n}").into(), reward, because },
    };
    let mut batch = Batch::default();
    put::<Outbox>(&mut batch, &("daily".to_owned(), n), &message);
    store.apply(batch).unwrap();
}

fn begin(store: &Arc<MemoryStore>, config: DeliverConfig) -> DeliverHandle {
    use rand::SeedableRng;
    let deps = Deps {
        store: store.clone(),
        clock: Clock::driven(NOW),
        texts: Arc::new(Texts::new(store.clone(), Arc::new(Plugin), Links::under("https://plaudit.example"))),
        roster: Arc::new(|| Arc::new(plaudit_core::roster::Roster::default())),
        rng: Box::new(rand::rngs::StdRng::seed_from_u64(1)),
    };
    let config = DeliverConfig { retry_delay_ms: 5, retry_delay_ms_max: 50, linger_ms: 0, ..config };
    deliver::start(deps, config, CancellationToken::new()).unwrap().0
}

/// One webhook as it went over the wire: secret, body and headers.
async fn a_webhook() -> Value {
    let seen: Arc<Mutex<Option<Value>>> = Arc::default();
    let into = seen.clone();
    let receive = move |headers: HeaderMap, body: Bytes| async move {
        let headers: BTreeMap<String, String> = headers
            .iter()
            .filter(|(name, _)| name.as_str().starts_with("webhook-"))
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        let body = String::from_utf8(body.to_vec()).unwrap();
        *into.lock().unwrap() = Some(json!({ "secret": SECRET, "body": body, "headers": headers }));
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(receive)).await });
    let store = house(&[("a1", "ruta@example.com")]);
    let (id, secret) = ("e".to_owned(), SECRET.to_owned());
    let endpoint =
        Endpoint { id, url, secret, incentives: vec![], kinds: vec![], created: NOW, disabled: false };
    let mut batch = Batch::default();
    put::<Endpoints>(&mut batch, &endpoint.id.clone(), &endpoint);
    store.apply(batch).unwrap();
    tell(&store, 1, "a1");
    let handle = begin(&store, DeliverConfig { allow: vec!["127.0.0.1".into()], ..DeliverConfig::default() });
    assert_eq!(handle.flush_until_idle(PATIENCE).await.unwrap().sent, 1);
    let request = seen.lock().unwrap().take();
    request.unwrap()
}

/// What the script prints for this input.
fn feed(command: &mut Command, input: &Value) -> Result<String, String> {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn accepts_ours_and_no_others(mut command: impl FnMut() -> Command, mut request: Value) {
    assert_eq!(feed(&mut command(), &request).as_deref(), Ok("award.granted"));
    let tampered = request["body"].as_str().unwrap().replace("daily", "DAILY");
    request["body"] = tampered.into();
    let refused = feed(&mut command(), &request).unwrap_err();
    assert!(refused.contains("WebhookVerificationError"), "{refused}");
}

#[tokio::test]
async fn the_official_npm_library_verifies_our_webhooks() {
    let Some(folder) = or_left_out(NPM, workshop::npm(&workshop("npm"), &[NPM])) else { return };
    let command = || {
        let mut command = Command::new("node");
        command.arg(scripts().join("verify.mjs")).arg(&folder);
        command
    };
    accepts_ours_and_no_others(command, a_webhook().await);
}

#[tokio::test]
async fn the_official_pypi_library_verifies_our_webhooks() {
    let Some(python) = python() else { return };
    let command = || {
        let mut command = Command::new(&python);
        command.arg(scripts().join("verify.py"));
        command
    };
    accepts_ours_and_no_others(command, a_webhook().await);
}

/// The SMTP server; it ends with its stdin, when this is dropped.
struct Smtp {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
    port: u16,
}

impl Smtp {
    fn start(python: &Path) -> Self {
        let mut child = Command::new(python)
            .arg(scripts().join("smtp.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let port = first.trim().strip_prefix("port ").unwrap().parse().unwrap();
        Self { child, lines, port }
    }

    /// All mails it took; it stops.
    fn stop(mut self) -> Vec<Value> {
        drop(self.child.stdin.take());
        let mails =
            self.lines.by_ref().lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
        assert!(self.child.wait().unwrap().success());
        mails
    }
}

#[tokio::test]
async fn a_real_mail_server_takes_our_mail() {
    let Some(python) = python() else { return };
    let smtp = Smtp::start(&python);
    let store = house(&[("a1", "later.ruta@example.com"), ("a2", "refused@example.com")]);
    tell(&store, 1, "a1");
    tell(&store, 2, "a1");
    tell(&store, 3, "a2");
    let mail = MailConfig {
        host: "127.0.0.1".into(),
        port: Some(smtp.port),
        encryption: MailEncryption::None,
        user: None,
        password: None,
        from: "Plaudit <plaudit@example.com>".into(),
        when: MailWhen::NoChat,
    };
    let handle = begin(&store, DeliverConfig { mail: Some(mail), ..DeliverConfig::default() });
    let counts = handle.flush_until_idle(PATIENCE).await.unwrap();
    assert_eq!((counts.sent, counts.dead), (1, 1));
    let listed = handle.list(Filter::default(), None, 10).await.unwrap();
    let of = |id: u64| listed.deliveries.iter().find(|(i, _)| *i == id).unwrap().1.clone();
    assert_eq!(of(1).attempts, 2, "451 comes again");
    let refused = of(2).last_error.unwrap();
    assert!(
        refused.contains("unknown here") && !refused.contains("refused@"),
        "no address is kept: {refused}"
    );
    let mails = smtp.stop();
    assert_eq!(mails.len(), 1, "two messages, one mail: {mails:?}");
    let (mail, headers) = (&mails[0], &mails[0]["headers"]);
    assert_eq!(mail["to"], json!(["later.ruta@example.com"]));
    assert_eq!(headers["to"], "Rūta Kazlauskienė <later.ruta@example.com>");
    assert_eq!(headers["subject"], "2 naujienos");
    assert_eq!(headers["auto-submitted"], "auto-generated");
    assert_eq!(headers["message-id"], "<1.msg_1@example.com>");
    assert_eq!(headers["list-id"], "Plaudit <plaudit.example.com>");
    let text = mail["text"].as_str().unwrap().replace("\r\n", "\n");
    let told = "5 klientai iš eilės įvertino tave 5 <puikiai>. Tai – Sidabras.\nKodėl → https://plaudit.example/why/e1\n";
    assert!(text.starts_with(&format!("Sveiki!\n\n{told}")), "{text}");
    let html = mail["html"].as_str().unwrap();
    assert!(html.contains("5 &lt;puikiai&gt;") && html.contains("lang=\"lt\""), "{html}");
}
