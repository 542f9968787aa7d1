//! Draws through the front door: places that are drawn again, and receipts that anybody can check, in Rust and in Python.

use std::{fs, path::PathBuf, process::Command};

use plaudit_core::draw::{Beacon, ChanceReceipt, Receipt, TicketList, Tries, Try};
use plaudit_core::{hash::hex, rule::DrawMethod};
use plaudit_tests::house::{House, Setup, at, plaudit};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Before the day's work. Local days of Vilnius end at 22:00 UTC in March.
const MORNING: &str = "2026-03-02T06:00:00Z";
const NOON: &str = "2026-03-02T12:00:00Z";
/// After the day has ended and the settle delay is over.
const NIGHT: &str = "2026-03-02T22:05:00Z";

fn verify_draw() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/verify-draw")
}

/// Runs a program of Python 3 that knows the checker as `checker`.
fn python(program: &str, arguments: &[&str]) -> String {
    let whole =
        format!("import sys\nsys.path.insert(0, sys.argv[1])\nimport check_receipt as checker\n{program}");
    let mut command = Command::new("python3");
    let output =
        command.args(["-B", "-c", &whole]).arg(verify_draw()).args(arguments).output().expect("Python 3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Five people and a raffle of 100 points and two things.
fn raffle() -> Setup {
    let document = json!({
        "plugin": "lottery",
        "allotment": { "budget": "recognition", "currency": "points", "units": 500 },
        "settings": {
            "earn": [{ "metric": "calls" }],
            "prizes": [
                { "winners": 1, "reward": { "points": 100 } },
                { "winners": 2, "reward": { "prize": "Mug" } },
            ],
        },
    });
    House::plan()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .agent("cleo")
        .agent("dai")
        .agent("eva")
        .budget("recognition", 1_000)
        .plugin("lottery")
        .incentive("raffle", document)
}

async fn everybody_calls(house: &House) {
    house.drive_to(NOON).await;
    let calls = ["ana", "ben", "ben", "cleo", "dai", "eva", "eva"];
    house.post(&calls.map(|agent| at("2026-03-02T09:00:00Z").call(agent))).await;
    house.settled().await;
}

const DRAW: &str = "/v1/incentives/raffle/draws/2026-03-02/tickets";

async fn receipt(house: &House) -> Receipt {
    let text = house.text(&format!("{DRAW}/receipt")).await;
    Receipt::read(&text).expect("as it was written")
}

/// Winners by place as the API shows them: external ids.
async fn winners(house: &House) -> Vec<String> {
    let draws = house.get("/v1/incentives/raffle/draws").await;
    let held = draws.as_array().expect("draws").iter().find(|d| d["period"] == "2026-03-02").expect("ours");
    let name = |w: &Value| w["name"].as_str().expect("a name").to_lowercase();
    held["winners"].as_array().expect("a list").iter().map(name).collect()
}

async fn opaque(house: &House, agent: &str) -> String {
    house.get(&format!("/v1/agents/{agent}")).await["id"].as_str().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_winner_who_is_disqualified_leaves_the_place_to_the_next_in_the_same_order() {
    let mut house = raffle().open(MORNING).await;
    everybody_calls(&house).await;
    house.drive_to(NIGHT).await;
    house.told().await;
    let published = house.text(&format!("{DRAW}/receipt")).await;
    let first = receipt(&house).await;
    let before = winners(&house).await;
    assert_eq!(before.len(), 3);
    assert_eq!(house.points(&before[0]).await, 100);

    let out = opaque(&house, &before[0]).await;
    let why = json!({ "subject": out, "reason": "worked in the prize office" });
    let nothing = json!({ "subject": out, "reason": " " });
    assert_eq!(
        house.try_send(&format!("{DRAW}/disqualify"), &nothing).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let stranger = json!({ "subject": "nobody", "reason": "?" });
    assert_eq!(house.try_send(&format!("{DRAW}/disqualify"), &stranger).await.1["code"], "no-entrant");
    assert_eq!(house.try_send(&format!("{DRAW}/disqualify"), &why).await.0, StatusCode::CREATED);
    house.told().await;

    // The next in the order has the place; nobody else's prize has changed; the money has moved.
    let again = receipt(&house).await;
    let after = winners(&house).await;
    assert_eq!(after[1..], before[1..]);
    assert!(!before.contains(&after[0]), "{before:?} {after:?}");
    assert_eq!((house.points(&before[0]).await, house.points(&after[0]).await), (0, 100));
    assert_eq!(house.books().await["incentive/raffle"], 400);
    assert_eq!(house.awards(&before[0]).await[0]["status"], "reversed");
    assert_eq!(again.appendix.len(), 1);
    assert_eq!(*again.appendix[0].excluded, *out);
    assert_eq!(again.appendix[0].reason, "worked in the prize office");
    assert_eq!(again.appendix[0].replaced_by.as_deref(), Some(&*opaque(&house, &after[0]).await));
    assert_eq!(again.appendix[0].previous, first.digest);
    assert_eq!(Receipt { appendix: Vec::new(), ..again.clone() }, first, "what was published first is in it");
    for text in [&published, &again.text()] {
        let file = house.path("receipt.json");
        fs::write(&file, text).expect("a file");
        let rust = plaudit(&["draw", "verify"]).arg(&file).output().expect("plaudit starts");
        assert!(rust.status.success(), "{}", String::from_utf8_lossy(&rust.stderr));
        let file = file.to_string_lossy().into_owned();
        python("checker.check(open(sys.argv[2], 'rb').read())", &[&file]);
    }

    // The new winner is told once, the old one hears that it is over, the room hears no name of who lost it.
    let chat = house.mailroom.chat(&format!("U-{}", after[0]));
    assert_eq!(chat.iter().filter(|line| line.contains("100")).count(), 1, "{chat:?}");
    assert_eq!(house.mailroom.chat(&format!("U-{}", before[0])).len(), 2);
    let told = house.mailroom.hooks_of("draw.redrawn");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].data["winner"]["subject"]["external_id"], after[0].as_str());
    assert!(!told[0].data.to_string().contains(&out));

    // Disqualified from everything: the next one moves up in the same way, and so it stays after a restart.
    let out = opaque(&house, &after[1]).await;
    let why = json!({ "subject": out, "reason": "left the company" });
    let (status, _) = house.try_send("/v1/incentives/raffle/disqualify", &why).await;
    assert_eq!(status, StatusCode::CREATED);
    house.told().await;
    let third = receipt(&house).await;
    assert_eq!((third.appendix.len(), third.appendix[1].place), (2, Some(1)));
    assert_eq!(third.appendix[1].previous, third.appendix[0].digest);
    assert_eq!(house.awards(&after[1]).await[0]["status"], json!({ "withheld": "disqualified" }));
    let last = winners(&house).await;
    house.stop().await;
    house.start_again().await;
    house.told().await;
    assert_eq!(winners(&house).await, last);
    assert_eq!(receipt(&house).await, third);

    // A day later the period is final: nothing is drawn again.
    house.drive_to("2026-03-03T22:30:00Z").await;
    let why = json!({ "subject": opaque(&house, &last[0]).await, "reason": "too late" });
    let (status, problem) = house.try_send(&format!("{DRAW}/disqualify"), &why).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("draw-final")));
    assert_eq!(winners(&house).await.len(), 3);
    assert_eq!(receipt(&house).await, third);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disqualified_before_the_draw_is_passed_over_in_it() {
    let house = raffle().open(MORNING).await;
    everybody_calls(&house).await;
    let (ana, eva) = (opaque(&house, "ana").await, opaque(&house, "eva").await);
    let why = json!({ "subject": ana, "reason": "runs the raffle" });
    assert_eq!(house.try_send(&format!("{DRAW}/disqualify"), &why).await.0, StatusCode::CREATED);
    let why = json!({ "subject": eva, "reason": "on leave" });
    assert_eq!(house.try_send("/v1/incentives/raffle/disqualify", &why).await.0, StatusCode::CREATED);
    house.drive_to(NIGHT).await;
    house.told().await;
    let receipt = receipt(&house).await;
    let excluded: Vec<_> = receipt.excluded.iter().map(|(id, why)| (id.to_string(), why.clone())).collect();
    let mut expected = vec![(ana, "runs the raffle".to_owned()), (eva, "on leave".to_owned())];
    expected.sort();
    assert_eq!(excluded, expected);
    assert_eq!(receipt.appendix, []);
    let mut winners = winners(&house).await;
    winners.sort();
    assert_eq!(winners, ["ben", "cleo", "dai"]);
    // It was for this draw: the next one has Ana in it again.
    house.post(&[at("2026-03-02T22:03:00Z").call("ana")]).await;
    house.drive_to("2026-03-03T22:05:00Z").await;
    let draws = house.get("/v1/incentives/raffle/draws").await;
    let next =
        draws.as_array().expect("draws").iter().find(|d| d["period"] == "2026-03-03").expect("the next");
    assert_eq!(next["winners"][0]["name"], "Ana");
}

/// Wins on the spot, one in three calls, and nothing else.
fn scratch_cards() -> Setup {
    let document = json!({
        "plugin": "lottery",
        "allotment": { "budget": "recognition", "currency": "points", "units": 500 },
        "settings": {
            "instant": { "metric": "calls", "one_in": 3, "wins_max": 12, "reward": { "points": 10 } },
        },
    });
    House::plan()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .agent("ben")
        .budget("recognition", 1_000)
        .plugin("lottery")
        .incentive("cards", document)
}

async fn chance(house: &House) -> Value {
    let chances = house.get("/v1/incentives/cards/chances").await;
    chances.as_array().expect("a list").iter().find(|c| c["period"] == "2026-03-02").expect("ours").clone()
}

/// Entities of an agent's tries that stand as won.
async fn won(house: &House, agent: &str) -> Vec<String> {
    let awards = house.awards(agent).await;
    let granted = awards.iter().filter(|award| award["status"] == "granted");
    let mut keys: Vec<_> = granted.map(|award| award["key"].as_str().expect("a key").to_owned()).collect();
    keys.sort();
    keys
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instant_win_is_thrown_once_told_at_once_and_can_be_checked_in_the_end() {
    let house = scratch_cards().open(MORNING).await;
    let opened = chance(&house).await;
    assert_eq!((&opened["state"], &opened["tries"]), (&json!("open"), &json!(0)));
    house.drive_to(NOON).await;
    let call = |n: i32, agent: &str, revision| {
        at("2026-03-02T09:00:00Z").call(agent).of(&format!("call-{n}"), revision)
    };
    // So few that all wins have a place: else somebody waits for the one that is taken back.
    let calls: Vec<_> = (0..8).map(|n| call(n, "ana", 1)).collect();
    house.post(&calls).await;
    house.told().await;
    let wins = won(&house, "ana").await;
    assert!(!wins.is_empty() && wins.len() < 8, "{wins:?}");
    assert_eq!(house.points("ana").await, 10 * wins.len() as i64);
    assert_eq!(house.mailroom.hooks_of("award.granted").len(), wins.len());
    let chat = house.mailroom.chat("U-ana").join(" ");
    assert!(chat.contains("one try in 3"), "{chat}");

    // Taken back and brought again, the same call has the same luck; as Ben's it is another try.
    let winner: i32 = wins[0].trim_start_matches("call-").parse().expect("a number");
    house.post(&[call(winner, "ana", 2).taken_back()]).await;
    house.settled().await;
    assert_eq!(won(&house, "ana").await, wins[1..]);
    house.post(&[call(winner, "ana", 3)]).await;
    house.settled().await;
    assert_eq!(won(&house, "ana").await, wins);

    // More than twelve do not win.
    house.post(&(8..80).map(|n| call(n, "ben", 1)).collect::<Vec<_>>()).await;
    house.settled().await;
    assert_eq!(won(&house, "ana").await.len() + won(&house, "ben").await.len(), 12);
    let withheld =
        house.awards("ben").await.iter().filter(|a| a["status"] == json!({ "withheld": "quota" })).count();
    assert!(withheld > 0);

    // While late facts count, nobody learns the seed.
    house.drive_to("2026-03-03T12:00:00Z").await;
    assert_eq!(chance(&house).await["state"], "open");
    house.drive_to("2026-03-03T22:30:00Z").await;
    let revealed = chance(&house).await;
    assert_eq!((&revealed["state"], &revealed["tries"]), (&json!("revealed"), &json!(80)));
    assert_eq!(revealed["seed_hash"], opened["seed_hash"]);
    let text = house.text("/v1/incentives/cards/draws/2026-03-02/instant/receipt").await;
    let receipt = ChanceReceipt::read(&text).expect("as it was written");
    receipt.verify().expect("it holds");
    assert_eq!(*receipt.seed_hash, *opened["seed_hash"].as_str().expect("a hash"));
    let ana = format!("agent/{}", opaque(&house, "ana").await);
    let thrown = receipt.wins();
    let mut of_ana: Vec<_> =
        thrown.iter().filter(|t| *t.subject == *ana).map(|t| t.key.to_string()).collect();
    of_ana.sort();
    assert_eq!(of_ana, wins);
    assert_eq!(thrown.len(), 12 + withheld, "who won and got nothing is in it, too");
    assert!(thrown.len() < 40, "one in three of 80 is about 27: {}", thrown.len());

    let file = house.path("chances.json");
    fs::write(&file, &text).expect("a file");
    let rust = plaudit(&["draw", "verify"]).arg(&file).output().expect("plaudit starts");
    assert!(rust.status.success(), "{}", String::from_utf8_lossy(&rust.stderr));
    let file = file.to_string_lossy().into_owned();
    let won = python("print(len(checker.check(open(sys.argv[2], 'rb').read())[1]))", &[&file]);
    assert_eq!(won.trim(), thrown.len().to_string());
}

/// A draw with everything that a receipt can have.
fn everything() -> Receipt {
    let mut list = TicketList::default();
    for (entrant, tickets) in [("a1", 3), ("a2", 1), ("b7", 12), ("é9", 2), ("z\"", 1), ("zz", 40)] {
        list.add(&entrant.into(), tickets).expect("an entrant");
    }
    let signature = "ab".repeat(48);
    let beacon = Beacon {
        source: "drand".into(),
        chain: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971".into(),
        round: 1000,
        sealed_at: 1_692_806_000_000,
        previous_signature: "".into(),
        value: hex(&Sha256::digest([0xab; 48])),
        signature: signature.as_str().into(),
    };
    let mut receipt = Receipt::draw(
        ("friday".into(), "2026-W10".into(), "raffle".into()),
        DrawMethod::Weighted,
        &[7; 32],
        Ok(beacon),
        list,
        42,
        vec![("Dinner for two".into(), 1), ("Mug\t\"XL\"".into(), 2)],
        [("a2".into(), "works in the prize office".to_owned())].into(),
    );
    let winner = receipt.winners[0].entrant.clone();
    receipt.disqualify(&winner, "left the company".into(), 50).expect("a winner");
    receipt
}

#[test]
fn a_receipt_altered_in_any_byte_fails_in_python_as_it_does_in_rust() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("receipt.json");
    let mut tries = Tries::default();
    for n in 0..12 {
        let (subject, key) = ("agent/é9".into(), format!("contact \"{n}\"").as_str().into());
        tries.add(&Try { name: "instant".into(), subject, key, wins: 1, of: 4 });
    }
    let names = ("friday".into(), "2026-W10".into(), "instant".into());
    let chances = ChanceReceipt::new(names, &[7; 32], tries, 42);
    assert!(!chances.won.is_empty());
    for text in [everything().text(), chances.text()] {
        fs::write(&file, &text).expect("a file");
        alter_every_byte(&text, &file.to_string_lossy());
    }
}

fn alter_every_byte(text: &str, file: &str) {
    // The core's own test does the same in Rust; here each variant goes through both.
    let program = r#"
data = open(sys.argv[2], "rb").read()
checker.check(data)
tried = 0
for at in range(len(data)):
    for byte in {data[at] ^ 1, data[at] ^ 0x20, (data[at] + 1) % 256, 0x20, 0x30, 0x22, 0x5C, 0xFF} - {data[at]}:
        altered = data[:at] + bytes([byte]) + data[at + 1 :]
        tried += 1
        try:
            checker.check(altered)
        except Exception:
            continue
        raise SystemExit(f"byte {at} may be {byte}")
for cut in range(len(data)):
    try:
        checker.check(data[:cut])
    except Exception:
        continue
    raise SystemExit(f"it may end at {cut}")
print(tried)
"#;
    let tried: usize = python(program, &[file]).trim().parse().expect("a number");
    assert!(tried > 6 * text.len(), "{tried} of {}", text.len());
    for at in 0..text.len() {
        let original = text.as_bytes()[at];
        for byte in [original ^ 1, original ^ 0x20, original.wrapping_add(1), b' ', b'0', b'"', b'\\', 0xff] {
            let mut altered = text.as_bytes().to_vec();
            altered[at] = byte;
            let Ok(altered) = String::from_utf8(altered) else { continue };
            let holds = Receipt::read(&altered).is_ok_and(|r| r.verify().is_ok())
                || ChanceReceipt::read(&altered).is_ok_and(|r| r.verify().is_ok());
            assert_eq!(holds, byte == original, "byte {at}");
        }
    }
}

#[test]
fn the_example_receipt_is_the_one_of_the_documentation_and_holds_in_both() {
    let text = fs::read_to_string(verify_draw().join("receipt.json")).expect("the example");
    let receipt = Receipt::read(&text).expect("as it is written");
    receipt.verify().expect("it holds");
    let docs = fs::read_to_string(verify_draw().join("../../docs/draws.md")).expect("the documentation");
    for vector in [&receipt.seed, &receipt.seed_hash, &receipt.list_hash, &receipt.digest] {
        assert!(docs.contains(&**vector), "{vector} is not in docs/draws.md");
    }
    receipt.proves.iter().chain(&receipt.does_not_prove).for_each(|s| assert!(docs.contains(&**s), "{s}"));
    let file = verify_draw().join("receipt.json").to_string_lossy().into_owned();
    let program = "r, now = checker.check(open(sys.argv[2], 'rb').read())\nprint(sorted(now.items()))";
    assert_eq!(python(program, &[&file]), "[(0, 'b7'), (1, 'a2'), (2, 'a1')]\n");
}

/// The vectors of docs/draws.md in Python; the core's tests have them in Rust.
#[test]
fn pythons_words_and_orders_are_those_of_the_documentation() {
    let file = verify_draw().join("receipt.json").to_string_lossy().into_owned();
    let program = r#"
import itertools, json
r = json.load(open(sys.argv[2], encoding="utf-8"))
prefix = bytes.fromhex(r["seed"]) + checker.sha256(checker.list_text(r["list"]))
words = list(itertools.islice(checker.words(prefix), 5))
print(" ".join(f"{word:016x}" for word in words))
print(f"{next(checker.words(prefix + bytes.fromhex('00ff'))):016x}")
stream = checker.words(prefix)
print(*[checker.below(10, stream) for _ in range(5)])
stream = checker.words(prefix)
print(*[checker.below(2**63 + 1, stream) for _ in range(2)])
print(*checker.order(r))
print(*checker.order({**r, "method": "equal"}))
"#;
    let expected = "358a8be56be20f38 b43029bde3b399b6 20304a73eca04576 c42799f3a9b1569d 761bbec76935cc77\n\
        7b40cad684bdef55\n8 4 2 5 5\n3858049848269999928 2319435669847426422\nb7 a2 a1 é9 z\nz b7 a1 é9 a2\n";
    assert_eq!(python(program, &[&file]), expected);
}
