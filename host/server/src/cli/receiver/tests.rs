use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use standardwebhooks::Webhook;

use super::{People, Printer, Receiver, Setup};

const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const ROSTER: &str = "agent,name,mail,chat,locale\nE1,Rūta Kazlauskaitė,e1@example.com,U1,lt\n";

type Lines = Arc<Mutex<Vec<String>>>;

async fn receiver() -> (Receiver, Lines) {
    let lines = Lines::default();
    let kept = Arc::clone(&lines);
    let setup = Setup {
        listen: ([127, 0, 0, 1], 0).into(),
        smtp: ([127, 0, 0, 1], 0).into(),
        secret: Some(SECRET.into()),
        people: People::from_csv(ROSTER).expect("a roster"),
        printer: Printer::new(false, move |line| kept.lock().expect("lines").push(line.to_owned())),
        show_webhooks: true,
    };
    (Receiver::start(setup).await.expect("a receiver"), lines)
}

fn now() -> i64 {
    crate::clock::Clock::system().now() / 1000
}

async fn hook(receiver: &Receiver, id: &str, timestamp: i64, signed: &[u8], sent: &[u8]) -> u16 {
    let signature = Webhook::new(SECRET).expect("a secret").sign(id, timestamp, signed).expect("a signature");
    reqwest::Client::new()
        .post(format!("http://{}/webhook", receiver.http))
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp.to_string())
        .header("webhook-signature", signature)
        .body(sent.to_vec())
        .send()
        .await
        .expect("an answer")
        .status()
        .as_u16()
}

#[tokio::test]
async fn webhooks_are_counted_by_id_and_forged_or_stale_ones_are_refused() {
    let (receiver, _) = receiver().await;
    let body = br#"{"type":"award.granted","data":{}}"#;
    assert_eq!(hook(&receiver, "m1", now(), body, body).await, 204);
    assert_eq!(hook(&receiver, "m1", now(), body, body).await, 204);
    assert_eq!(hook(&receiver, "m2", now(), body, body).await, 204);
    assert_eq!(hook(&receiver, "m3", now(), body, b"{}").await, 401, "other content than was signed");
    assert_eq!(hook(&receiver, "m4", now() - 3600, body, body).await, 401, "an hour old");
    let webhooks = receiver.summary().webhooks;
    assert_eq!(webhooks.kinds["award.granted"], 2);
    assert_eq!((webhooks.received, webhooks.distinct, webhooks.bad_signature), (3, 2, 2));
}

#[tokio::test]
async fn chat_answers_as_the_workspace_does_and_shows_names() {
    let (receiver, lines) = receiver().await;
    let client = reqwest::Client::new();
    let say = async |path: &str, body: Value| {
        let answer = client.post(format!("http://{}{path}", receiver.http)).json(&body).send().await;
        answer.expect("an answer").text().await.expect("a text")
    };
    let answer =
        say("/api/chat.postMessage", json!({ "channel": "U1", "text": "Sveikiname,\n\u{1b}[31mRūta." }))
            .await;
    assert_eq!(serde_json::from_str::<Value>(&answer).expect("JSON")["ok"], true);
    let answer = say("/api/chat.postMessage", json!({ "text": "to nobody" })).await;
    assert_eq!(serde_json::from_str::<Value>(&answer).expect("JSON")["error"], "channel_not_found");
    assert_eq!(
        say("/hooks/room", json!({ "blocks": [{ "text": { "text": "Retiro leads." } }] })).await,
        "ok"
    );
    assert_eq!(say("/hooks/room", json!({})).await, "no_text");
    let shown = lines.lock().expect("lines").clone();
    assert_eq!(
        shown,
        ["chat  Rūta Kazlauskaitė · lt  Sveikiname, [31mRūta.", "room  everyone  Retiro leads."]
    );
    let summary = client.get(format!("http://{}/summary", receiver.http)).send().await.expect("an answer");
    let summary: Value = summary.json().await.expect("JSON");
    assert_eq!(summary["chat"], json!({ "direct": 1, "room": 1 }));
}

#[tokio::test]
async fn a_mail_of_a_real_sender_is_shown_by_subject_and_text() {
    let (receiver, lines) = receiver().await;
    let port = receiver.smtp.port();
    let sent = tokio::task::spawn_blocking(move || {
        use lettre::{Message, SmtpTransport, Transport as _, message::MultiPart};
        let body = MultiPart::alternative_plain_html(
            "Penki iš eilės.\n.\nSidabras.".to_owned(),
            "<p>5</p>".to_owned(),
        );
        let mail = Message::builder()
            .from("Plaudit <plaudit@example.com>".parse().expect("an address"))
            .to("e1@example.com".parse().expect("an address"))
            .subject("Sidabras, Rūta")
            .multipart(body)
            .expect("a mail");
        SmtpTransport::builder_dangerous("127.0.0.1")
            .port(port)
            .build()
            .send(&mail)
            .map_err(|e| e.to_string())
    });
    sent.await.expect("a thread").expect("the mail is taken");
    assert_eq!(receiver.summary().mail, 1);
    let shown = lines.lock().expect("lines").join("\n");
    assert_eq!(shown, "mail  Rūta Kazlauskaitė · lt  Sidabras, Rūta — Penki iš eilės. . Sidabras.");
}
