//! Draws that wait for a beacon: recorded rounds of drand, from a node that may be away or lie.
#![cfg(feature = "beacon")]

use std::{
    fs,
    path::PathBuf,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicU32, Ordering},
    },
};

use plaudit_core::draw::Receipt;
use plaudit_tests::house::{House, at, plaudit};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// A node of drand that has one recorded round.
struct Drand {
    address: String,
    mode: Arc<AtomicU8>,
    asked: Arc<AtomicU32>,
}

/// The node answers 503.
const AWAY: u8 = 0;
/// The node gives a signature that is not the chain's.
const LYING: u8 = 1;
/// The node gives the round.
const WELL: u8 = 2;

impl Drand {
    async fn open(path: String, round: Value) -> Self {
        let (mode, asked) = (Arc::new(AtomicU8::new(AWAY)), Arc::new(AtomicU32::new(0)));
        let (shared, counted) = (mode.clone(), asked.clone());
        let answer = move |uri: axum::http::Uri| async move {
            counted.fetch_add(1, Ordering::SeqCst);
            let mut round = round;
            if shared.load(Ordering::SeqCst) == LYING {
                let signature = round["signature"].as_str().expect("hex");
                round["signature"] = json!(format!("{}0", &signature[..signature.len() - 1]));
            }
            match shared.load(Ordering::SeqCst) {
                AWAY => (StatusCode::SERVICE_UNAVAILABLE, String::new()),
                _ if uri.path() == path => (StatusCode::OK, round.to_string()),
                _ => (StatusCode::NOT_FOUND, String::new()),
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
        Self { address, mode, asked }
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }

    async fn is_asked_more_often_than(&self, times: u32) {
        wait_until(async || self.asked() > times).await;
    }
}

async fn wait_until(is_so: impl AsyncFn() -> bool) {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(120);
    while !is_so().await {
        assert!(tokio::time::Instant::now() < deadline, "it does not come to it");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// A recorded round and a day whose draw, sealed five minutes after its end, is due for it.
struct Recorded {
    chain: &'static str,
    hash: &'static str,
    round: u64,
    signature: &'static str,
    previous: &'static str,
    day: &'static str,
    /// From the sealing to the round, in seconds.
    margin_s: u64,
    /// After the round.
    after: &'static str,
}

const QUICKNET: Recorded = Recorded {
    chain: "quicknet",
    hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    round: 123,
    signature: "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
    previous: "",
    day: "2023-08-22",
    margin_s: 65_433,
    after: "2023-08-23T15:15:34Z",
};

const CLASSIC: Recorded = Recorded {
    chain: "default",
    hash: "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
    round: 72_785,
    signature: "82f5d3d2de4db19d40a6980e8aa37842a0e55d1df06bd68bddc8d60002e8e959eb9cfa368b3c1b77d18f02a54fe047b80f0989315f83b12a74fd8679c4f12aae86eaf6ab5690b34f1fddd50ee3cc6f6cdf59e95526d5a5d82aaa84fa6f181e42",
    previous: "a609e19a03c2fcc559e8dae14900aaefe517cb55c840f6e69bc8e4f66c8d18e8a609685d9917efbfb0c37f058c2de88f13d297c7e19e0ab24813079efe57a182554ff054c7638153f9b26a60e7111f71a0ff63d9571704905d3ca6df0b031747",
    day: "2020-08-16",
    margin_s: 2_670,
    after: "2020-08-16T21:49:31Z",
};

impl Recorded {
    async fn node(&self) -> Drand {
        let mut round =
            json!({ "round": self.round, "signature": self.signature, "randomness": "of no use" });
        if !self.previous.is_empty() {
            round["previous_signature"] = json!(self.previous);
        }
        Drand::open(format!("/{}/public/{}", self.hash, self.round), round).await
    }

    /// A house with a raffle whose list is sealed, and which waits for the round.
    async fn house(&self, node: &Drand) -> House {
        let draws = format!(
            "\n[draws]\nbeacon = \"{}\"\nbeacon_urls = [\"{}/\"]\nbeacon_margin_s = {}\n",
            self.chain, node.address, self.margin_s
        );
        let document = json!({
            "plugin": "lottery",
            "settings": { "earn": [{ "metric": "calls" }], "prizes": [{ "reward": { "prize": "Mug" } }] },
        });
        let people =
            "agent,name,chat,team,from\nana,Ana,U-ana,blue,2020-01-01\nben,Ben,U-ben,blue,2020-01-01\n";
        let setup = House::plan().site("vno", "Europe/Vilnius").team("blue", "vno").roster(people);
        let setup = setup.plugin("lottery").incentive("raffle", document).settings(&draws);
        let house = setup.open(&format!("{}T06:00:00Z", self.day)).await;
        house.drive_to(&format!("{}T12:00:00Z", self.day)).await;
        let noon = format!("{}T09:00:00Z", self.day);
        house.post(&["ana", "ben", "ben"].map(|agent| at(&noon).call(agent))).await;
        // Summer in Vilnius: the day ends at 21:00 UTC.
        house.drive_to(&format!("{}T21:05:00Z", self.day)).await;
        house
    }

    async fn draw(&self, house: &House) -> Value {
        let draws = house.get("/v1/incentives/raffle/draws").await;
        draws.as_array().expect("draws").iter().find(|d| d["period"] == self.day).expect("ours").clone()
    }

    async fn receipt(&self, house: &House) -> Receipt {
        wait_until(async || self.draw(house).await["state"] == "held").await;
        let text = house.text(&format!("/v1/incentives/raffle/draws/{}/tickets/receipt", self.day)).await;
        let file = house.path("receipt.json");
        fs::write(&file, &text).expect("a file");
        let rust = plaudit(&["draw", "verify"]).arg(&file).output().expect("plaudit starts");
        assert!(rust.status.success(), "{}", String::from_utf8_lossy(&rust.stderr));
        let checker =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/verify-draw/check_receipt.py");
        let python = Command::new("python3").arg("-B").arg(checker).arg(&file).output().expect("Python 3");
        assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
        let said = String::from_utf8_lossy(&python.stdout).into_owned();
        let mentions = said.contains("NOT checked") && said.contains(self.hash);
        assert_eq!(mentions, text.contains(self.signature), "{said}");
        Receipt::read(&text).expect("as it was written")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_waits_for_its_beacon_and_believes_no_node_without_a_signature() {
    let recorded = QUICKNET;
    let node = recorded.node().await;
    let house = recorded.house(&node).await;
    let sealed = recorded.draw(&house).await;
    assert_eq!((&sealed["state"], &sealed["waits_for_round"]), (&json!("sealed"), &json!(123)));
    let waits = house.task("raffle").await["waits"][0].as_str().unwrap_or_default().to_owned();
    assert!(waits.contains("round 123") && waits.contains(recorded.hash), "{waits}");
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(node.asked(), 0, "the round is not due yet");

    house.drive_to(recorded.after).await;
    node.is_asked_more_often_than(1).await;
    assert!(house.text("/metrics").await.contains("plaudit_beacon_failures_total"));
    node.mode.store(LYING, Ordering::SeqCst);
    node.is_asked_more_often_than(node.asked()).await;
    assert_eq!(recorded.draw(&house).await["state"], "sealed", "a wrong signature counts for nothing");
    node.mode.store(WELL, Ordering::SeqCst);
    let receipt = recorded.receipt(&house).await;
    let beacon = receipt.beacon.as_ref().expect("a beacon");
    assert_eq!((beacon.round, &*beacon.chain, &*beacon.signature), (123, recorded.hash, recorded.signature));
    assert_eq!(beacon.sealed_at, 1_692_738_300_000, "long before the round");
    assert!(receipt.verify().expect("it holds").has_beacon);
    assert_eq!(house.task("raffle").await["waits"], Value::Null);

    // The value is mixed in: the words are others than those of the seed and the list alone.
    let without = Receipt::draw(
        (receipt.incentive.clone(), receipt.period.clone(), receipt.draw.clone()),
        receipt.method,
        &<[u8; 32]>::try_from(plaudit_core::draw::unhex(&receipt.seed).expect("hex")).expect("32 bytes"),
        Err(None),
        receipt.list.clone(),
        receipt.sealed_block,
        receipt.prizes.clone(),
        receipt.excluded.clone(),
    );
    assert_ne!(without.digest, receipt.digest);
    assert_ne!(without.does_not_prove, receipt.does_not_prove);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_classic_chain_is_verified_with_the_signature_before() {
    let recorded = CLASSIC;
    let node = recorded.node().await;
    node.mode.store(WELL, Ordering::SeqCst);
    let mut house = recorded.house(&node).await;
    // What a draw waits for survives a restart.
    house.stop().await;
    house.start_again().await;
    house.settled().await;
    assert_eq!(recorded.draw(&house).await["waits_for_round"], 72_785);
    house.drive_to(recorded.after).await;
    let receipt = recorded.receipt(&house).await;
    let beacon = receipt.beacon.expect("a beacon");
    assert_eq!((&*beacon.previous_signature, beacon.round), (recorded.previous, 72_785));
    assert_eq!(&*beacon.value, "8b676484b5fb1f37f9ec5c413d7d29883504e5b669f604a1ce68b3388e9ae3d9");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_may_let_a_draw_go_on_without_its_beacon_and_the_receipt_says_so() {
    let recorded = CLASSIC;
    let node = recorded.node().await;
    let house = recorded.house(&node).await;
    let path = format!("/v1/incentives/raffle/draws/{}/tickets/without-beacon", recorded.day);
    let (status, _) = house.try_send(&path, &json!({ "reason": "" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    house.drive_to(recorded.after).await;
    node.is_asked_more_often_than(0).await;
    let why = json!({ "reason": "drand is away, and people wait" });
    assert_eq!(house.try_send(&path, &why).await.0, StatusCode::CREATED);
    let receipt = recorded.receipt(&house).await;
    let left_out = receipt.beacon_left_out.as_ref().expect("left out");
    assert_eq!(left_out.reason, "drand is away, and people wait");
    assert!(receipt.beacon.is_none() && !left_out.actor.is_empty());
    assert_eq!(house.try_send(&path, &why).await.1["code"], "no-beacon-awaited");
}
