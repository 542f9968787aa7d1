//! The front door: the server's HTTP API in the words of the stories.

use std::{collections::BTreeMap, time::Duration};

use plaudit::{api::problem::Problem, ingest::answer::Report};
use reqwest::{Client, Method, StatusCode, header::CONTENT_TYPE};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{Fact, client};

/// Most that settling may take.
const SETTLE_MAX: Duration = Duration::from_secs(120);

/// The way to a server; cheap to clone.
#[derive(Clone, Debug)]
pub struct Door {
    client: Client,
    base: String,
    pub(super) token: String,
}

/// A ranking as people see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// `open`, `closed` or `final`.
    pub state: String,
    /// Best first.
    pub rows: Vec<Row>,
}

/// A place: name and ranked value.
pub type Row = (String, f64);

impl Door {
    pub(super) fn new(port: u16) -> Self {
        Self { client: client(), base: format!("http://127.0.0.1:{port}"), token: String::new() }
    }

    /// `http://127.0.0.1:<port>`.
    pub fn address(&self) -> &str {
        &self.base
    }

    /// The admin's token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The same server, for whoever holds a new token with these scopes; `agent` is who they are, if they are one.
    ///
    /// # Panics
    /// When the server makes none.
    pub async fn door_of(&self, name: &str, scopes: &[&str], agent: Option<&str>) -> Self {
        let wanted = json!({ "name": name, "scopes": scopes, "agent": agent });
        let answer = self.request(Method::POST, "/v1/tokens", "application/json", wanted.to_string()).await;
        let (status, answer) = answer.expect("an answer");
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        Self { token: answer["secret"].as_str().expect("a secret").to_owned(), ..self.clone() }
    }

    pub(super) async fn is_ready(&self) -> bool {
        let answer = self.client.get(format!("{}/readyz", self.base)).send().await;
        answer.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    /// A request; `Err` when there was no whole answer, as when the server is killed.
    ///
    /// # Errors
    /// What the connection says.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        media: &str,
        body: impl Into<Vec<u8>>,
    ) -> reqwest::Result<(StatusCode, Value)> {
        let request = self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token);
        let body: Vec<u8> = body.into();
        let request = if body.is_empty() { request } else { request.header(CONTENT_TYPE, media).body(body) };
        let answer = request.send().await?;
        let status = answer.status();
        Ok((status, serde_json::from_slice(&answer.bytes().await?).unwrap_or_default()))
    }

    /// Asks for something that is there.
    ///
    /// # Panics
    /// When it is not.
    pub async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.request(Method::GET, path, "", "").await.expect("an answer");
        assert!(status.is_success(), "GET {path}: {status}: {answer}");
        answer
    }

    /// A document that is there, byte for byte.
    ///
    /// # Panics
    /// When it is not, or is no text.
    pub async fn text(&self, path: &str) -> String {
        let request = self.client.get(format!("{}{path}", self.base)).bearer_auth(&self.token);
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().is_success(), "GET {path}: {}", answer.status());
        answer.text().await.expect("a text")
    }

    /// Posts something that may be refused.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn try_send(&self, path: &str, document: &Value) -> (StatusCode, Value) {
        self.request(Method::POST, path, "application/json", document.to_string()).await.expect("an answer")
    }

    /// Puts something that is taken.
    ///
    /// # Panics
    /// When it is not.
    pub async fn put(&self, path: &str, document: &Value) -> Value {
        let (status, answer) = self.try_put(path, document).await;
        assert!(status.is_success(), "PUT {path}: {status}: {answer}");
        answer
    }

    /// Puts something that may be refused.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn try_put(&self, path: &str, document: &Value) -> (StatusCode, Value) {
        self.request(Method::PUT, path, "application/json", document.to_string()).await.expect("an answer")
    }

    /// Imports people: CSV with a header.
    ///
    /// # Panics
    /// When a row is wrong.
    pub async fn roster(&self, csv: &str) {
        let answer = self.request(Method::POST, "/v1/roster", "text/csv", csv).await;
        let (status, answer) = answer.expect("an answer");
        assert!(status.is_success(), "the roster: {status}: {answer}");
    }

    /// Posts events in one request and says what became of them.
    ///
    /// # Panics
    /// When none was taken.
    pub async fn post(&self, facts: &[Fact]) -> Report {
        self.try_post(facts).await.unwrap_or_else(|problem| panic!("no event was taken: {problem:?}"))
    }

    /// Posts events, of which all may be wrong.
    ///
    /// # Errors
    /// What the server says when it takes none.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn try_post(&self, facts: &[Fact]) -> Result<Report, Problem> {
        let events: Vec<&Value> = facts.iter().map(Fact::json).collect();
        let (status, answer) = self.post_batch(json!(events).to_string()).await.expect("an answer");
        match status {
            StatusCode::OK => Ok(serde_json::from_value(answer).expect("a report")),
            _ => Err(serde_json::from_value(answer).expect("a problem")),
        }
    }

    /// Posts a list of events as it is.
    ///
    /// # Errors
    /// When there was no whole answer.
    pub async fn post_batch(&self, batch: impl Into<Vec<u8>>) -> reqwest::Result<(StatusCode, Value)> {
        self.request(Method::POST, "/v1/events", "application/cloudevents-batch+json", batch).await
    }

    /// Moves the clock on, without waiting for what follows.
    ///
    /// # Errors
    /// When there was no whole answer.
    pub async fn move_clock(&self, to: &str) -> reqwest::Result<()> {
        let body = json!({ "to": to }).to_string();
        let (status, answer) = self.request(Method::POST, "/v1/clock", "application/json", body).await?;
        assert!(status.is_success(), "the clock: {status}: {answer}");
        Ok(())
    }

    /// Moves the clock on and waits until what was due is settled.
    ///
    /// # Panics
    /// When that takes minutes.
    pub async fn drive_to(&self, to: &str) {
        self.move_clock(to).await.expect("an answer");
        self.settled().await;
    }

    /// Waits until every task has come to the journal's end and nothing is due.
    ///
    /// # Panics
    /// When that takes minutes.
    pub async fn settled(&self) {
        let deadline = Instant::now() + SETTLE_MAX;
        loop {
            let status = self.get("/v1/status").await;
            if status["idle"] == true {
                return;
            }
            assert!(Instant::now() < deadline, "not settled: {status}");
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// What stands for an agent, newest first.
    pub async fn awards(&self, agent: &str) -> Vec<Value> {
        let answer = self.get(&format!("/v1/agents/{agent}/awards")).await;
        answer.as_array().expect("a list").clone()
    }

    /// The open or last period of a board.
    ///
    /// # Panics
    /// When the board is not there.
    pub async fn board(&self, incentive: &str, board: &str) -> Board {
        self.board_at(&format!("/v1/incentives/{incentive}/boards/{board}")).await
    }

    /// A board of this period.
    ///
    /// # Panics
    /// When the board is not there.
    pub async fn board_of(&self, incentive: &str, board: &str, period: &str) -> Board {
        self.board_at(&format!("/v1/incentives/{incentive}/boards/{board}?period={period}")).await
    }

    async fn board_at(&self, path: &str) -> Board {
        let answer = self.get(path).await;
        let row =
            |row: &Value| Some((row["name"].as_str().unwrap_or("?").to_owned(), row["value"].as_f64()?));
        Board {
            state: answer["state"].as_str().unwrap_or_default().to_owned(),
            rows: answer["rows"].as_array().into_iter().flatten().filter_map(row).collect(),
        }
    }

    /// Points on an agent's account.
    ///
    /// # Panics
    /// When the roster does not know the agent.
    pub async fn points(&self, agent: &str) -> i64 {
        let id = self.get(&format!("/v1/agents/{agent}")).await["id"].clone();
        let account = format!("agent/{}", id.as_str().expect("an id"));
        self.books().await.get(&account).copied().unwrap_or_default()
    }

    /// What is on each account, in points.
    ///
    /// # Panics
    /// When the sum is not zero: no story ever allows that.
    pub async fn books(&self) -> BTreeMap<String, i64> {
        let rows = self.get("/v1/balances").await;
        let row = |row: &Value| Some((row["account"].as_str()?.to_owned(), row["units"].as_i64()?));
        let books: BTreeMap<String, i64> =
            rows.as_array().into_iter().flatten().map(|r| row(r).expect("an account")).collect();
        assert_eq!(books.values().sum::<i64>(), 0, "the books do not balance: {books:?}");
        books
    }

    /// The settled hash.
    ///
    /// # Panics
    /// When there is none.
    pub async fn hash(&self) -> String {
        let hashes = self.get("/v1/hashes").await;
        let settled = hashes["settled"].as_str().expect("a hash").to_owned();
        assert!(!settled.is_empty(), "{hashes}");
        settled
    }

    /// The full hash, equal for the same journal.
    ///
    /// # Panics
    /// When there is none.
    pub async fn full_hash(&self) -> String {
        let hashes = self.get("/v1/hashes").await;
        let full = hashes["full"].as_str().expect("a hash").to_owned();
        assert!(!full.is_empty(), "{hashes}");
        full
    }

    /// What the task of an incentive says of itself.
    ///
    /// # Panics
    /// When there is no such incentive.
    pub async fn task(&self, incentive: &str) -> Value {
        let status = self.get("/v1/status").await;
        let tasks = status["tasks"].as_array().cloned().unwrap_or_default();
        tasks.into_iter().find(|task| task["incentive"] == incentive).expect("a task of this incentive")
    }
}
