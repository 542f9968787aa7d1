//! The checker that pages give to browsers, under Node: the same receipts hold for it as for Rust, and no others.
//!
//! Where Node is missing the tests say that they were left out and prove nothing; with `PLAUDIT_INTEROP=required` they fail.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use plaudit_core::{
    draw::{Beacon, ChanceReceipt, Receipt, TicketList, Tries, Try},
    hash::hex,
    rule::DrawMethod,
};
use plaudit_tests::workshop::or_left_out;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What the checker says of a receipt.
#[derive(Debug, PartialEq, Deserialize)]
struct Said {
    /// The step that found that it does not hold; none if it does.
    step: Option<String>,
    winners: Vec<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Checks documents in one call of Node; `None` where there is none.
fn checked(documents: &[Vec<u8>]) -> Option<Vec<Said>> {
    let mut command = Command::new("node");
    command
        .arg(root().join("tests/interop/check_receipts.mjs"))
        .arg(root().join("host/server/src/web/assets/check.mjs"));
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = or_left_out("the check of receipts in Node", child.map_err(|e| e.to_string()))?;
    let input: Vec<String> = documents.iter().map(|bytes| hex_of(bytes)).collect();
    let mut into = child.stdin.take().expect("a pipe");
    into.write_all(serde_json::to_string(&input).expect("JSON").as_bytes()).expect("it reads");
    drop(into);
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: Vec<Said> = serde_json::from_slice(&output.stdout).expect("an answer for each");
    assert_eq!(said.len(), documents.len());
    Some(said)
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Receipts of many shapes. Ids that an object of JavaScript would put elsewhere, or that sort otherwise in UTF-16, are
/// among the entrants.
fn receipts() -> Vec<Receipt> {
    let ids = [
        "7",
        "10",
        "__proto__",
        "constructor",
        "é9",
        "zz",
        "\u{ffee}",
        "\u{1f600}",
        "a\\b",
        "\"q\"",
        "b7",
        "\u{2028}",
    ];
    let mut all = Vec::new();
    for n in 0..24_usize {
        let mut list = TicketList::default();
        for (at, id) in ids.iter().enumerate().filter(|(at, _)| (at + n) % 3 != 0 || n % 4 == 0) {
            let tickets = if n % 5 == 0 { 999_999_999_000 + at as u64 } else { (at * 7 + n) as u64 % 40 + 1 };
            list.add(&(*id).into(), tickets).expect("an entrant");
        }
        let signature = format!("{n:02x}").repeat(48);
        let beacon = Beacon {
            source: "drand".into(),
            chain: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971".into(),
            round: 1000 + n as u64,
            sealed_at: 1_692_806_000_000,
            previous_signature: "".into(),
            value: hex(&Sha256::digest([n as u8; 48])),
            signature: signature.as_str().into(),
        };
        let excluded =
            if n % 3 == 1 { [("zz".into(), "tab\tand \"quotes\"\n".to_owned())].into() } else { [].into() };
        let method = if n % 2 == 0 { DrawMethod::Weighted } else { DrawMethod::Equal };
        let prizes = vec![("Dinner \\ for two".into(), 1), ("Mug\u{7f}\u{1}".into(), (n % 4) as u32)];
        let names = ("friday".into(), "2026-W10".into(), format!("raffle {n}").as_str().into());
        let beacon = if n % 4 == 3 { Ok(beacon) } else { Err(None) };
        let mut receipt =
            Receipt::draw(names, method, &[n as u8; 32], beacon, list, n as u64, prizes, excluded);
        for again in 0..n % 3 {
            let Some(winner) = receipt.winners_now().first().map(|w| w.entrant.clone()) else { break };
            receipt.disqualify(&winner, format!("reason {again}"), 50).expect("a winner");
        }
        all.push(receipt);
    }
    all
}

fn chances() -> ChanceReceipt {
    let mut tries = Tries::default();
    for n in 0..40 {
        let (subject, key) = ("agent/é9".into(), format!("contact \\ \"{n}\"\t").as_str().into());
        tries.add(&Try { name: "instant".into(), subject, key, wins: 1, of: 4 });
    }
    ChanceReceipt::new(("friday".into(), "2026-W10".into(), "instant".into()), &[7; 32], tries, 42)
}

#[test]
fn what_holds_for_rust_holds_in_the_browser_with_the_same_winners() {
    let receipts = receipts();
    let mut documents: Vec<Vec<u8>> = receipts.iter().map(|receipt| receipt.text().into_bytes()).collect();
    let chances = chances();
    documents.push(chances.text().into_bytes());
    documents.push(fs::read(root().join("examples/verify-draw/receipt.json")).expect("the example"));
    let Some(said) = checked(&documents) else { return };
    for (receipt, said) in receipts.iter().zip(&said) {
        let verified = receipt.verify().expect("it holds");
        let winners: Vec<String> = verified.winners.iter().map(|w| w.entrant.to_string()).collect();
        assert_eq!(*said, Said { step: None, winners }, "{}", receipt.text());
    }
    assert!(receipts.iter().any(|receipt| !receipt.appendix.is_empty()));
    assert!(receipts.iter().any(|receipt| receipt.beacon.is_some() && !receipt.winners.is_empty()));
    chances.verify().expect("it holds");
    let won = &said[receipts.len()];
    assert_eq!((won.step.as_deref(), won.winners.len()), (None, chances.won.len()));
    assert_eq!(said[receipts.len() + 1].winners, ["b7", "a2", "a1"]);
}

#[test]
fn a_receipt_altered_in_any_byte_does_not_hold_in_the_browser() {
    let whole = receipts().into_iter().find(|r| r.beacon.is_some() && r.appendix.len() == 1).expect("one");
    for text in [whole.text(), chances().text()] {
        let mut documents = Vec::new();
        for at in 0..text.len() {
            let original = text.as_bytes()[at];
            for byte in
                [original ^ 1, original ^ 0x20, b'0', b'"', 0xff].into_iter().filter(|b| *b != original)
            {
                let mut altered = text.as_bytes().to_vec();
                altered[at] = byte;
                documents.push(altered);
            }
            documents.push(text.as_bytes()[..at].to_vec());
        }
        let Some(said) = checked(&documents) else { return };
        for (document, said) in documents.iter().zip(&said) {
            assert!(said.step.is_some(), "{}", String::from_utf8_lossy(document));
        }
    }
}

/// With a digest that fits again, as somebody would write it who wants to deceive.
fn resigned(mut receipt: Receipt) -> Receipt {
    receipt.digest = hex(&Sha256::digest(receipt.canonical().as_bytes()));
    receipt
}

#[test]
fn what_was_tampered_with_and_signed_again_is_found_at_its_step() {
    let good = receipts().into_iter().find(|r| r.winners.len() > 2 && r.appendix.is_empty()).expect("one");
    let other = |change: &dyn Fn(&mut Receipt)| {
        let mut receipt = good.clone();
        change(&mut receipt);
        resigned(receipt).text()
    };
    let text = good.text();
    let cases = [
        ("draw", other(&|r| r.winners.swap(0, 1))),
        ("draw", other(&|r| drop(r.winners.pop()))),
        ("draw", other(&|r| drop(r.excluded.insert(r.winners[0].entrant.clone(), "no".into())))),
        ("draw", other(&|r| r.prizes.reverse())),
        ("seed", other(&|r| r.seed = hex(&[9; 32]))),
        ("list", other(&|r| r.list.add(&"newcomer".into(), 1).expect("an entrant"))),
        ("said", other(&|r| r.proves.push("That all is well.".into()))),
        ("said", other(&|r| drop(r.does_not_prove.pop()))),
        ("digest", Receipt { digest: hex(&[9; 32]), ..good.clone() }.text()),
        (
            "form",
            text.replacen("\"sealed_block\": ", "\"sealed_block\": \"", 1).replacen(
                ",\n  \"seed\":",
                "\",\n  \"seed\":",
                1,
            ),
        ),
        ("form", text.replacen("\"version\"", "\"version\": \"plaudit receipt 1\",\n  \"version\"", 1)),
        ("form", text.replacen("  \"draw\"", "  \"extra\": null,\n  \"draw\"", 1)),
        ("form", text.replacen("raffle", "raffle\\ud800", 1)),
        ("form", format!("\u{feff}{text}")),
        ("form", text.replace('\n', "\r\n")),
        ("form", "[]\n".to_owned()),
        ("form", "null".to_owned()),
    ];
    let documents: Vec<Vec<u8>> = cases.iter().map(|(_, text)| text.clone().into_bytes()).collect();
    let Some(said) = checked(&documents) else { return };
    for ((step, text), said) in cases.iter().zip(&said) {
        assert_eq!(said.step.as_deref(), Some(*step), "{text}");
        assert!(!Receipt::read(text).is_ok_and(|receipt| receipt.verify().is_ok()), "Rust believes {text}");
    }
}
