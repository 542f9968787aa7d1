//! Vectors come from `examples/verify-draw/check_receipt.py`, which shares no code with the module.

use proptest::prelude::*;

use super::*;

fn list(entrants: &[(&str, u64)]) -> TicketList {
    let mut list = TicketList::default();
    for (entrant, tickets) in entrants {
        list.add(&Id::from(*entrant), *tickets).unwrap();
    }
    list
}

fn receipt(method: DrawMethod, excluded: &[&str]) -> Receipt {
    let seed = seed_for(b"a key that never leaves the house", "friday", "2026-W10", "raffle");
    Receipt::draw(
        ("friday".into(), "2026-W10".into(), "raffle".into()),
        method,
        &seed,
        Err(None),
        list(&[("a1", 3), ("a2", 1), ("b7", 12), ("é9", 2), ("z", 1)]),
        42,
        vec![("Dinner for two".into(), 1), ("Mug".into(), 2)],
        excluded.iter().map(|id| ((*id).into(), "works in the prize office".into())).collect(),
    )
}

fn entrants(receipt: &Receipt) -> Vec<&str> {
    receipt.winners.iter().map(|winner| &*winner.entrant).collect()
}

#[test]
fn a_list_has_one_text_and_one_hash() {
    let sealed = list(&[("b", 2), ("a", 1), ("é", 1), ("nobody", 0), ("b", 1)]);
    assert_eq!(sealed.canonical(), "a\t1\nb\t3\né\t1\n");
    assert_eq!(&*sealed.list_hash(), "4fbb742e05d835d31ff95d39b050a670caa7b831b4e07326bc4bad1a85535621");
    let mut list = TicketList::default();
    assert!(list.add(&"a\tb".into(), 1).is_err() && list.add(&"".into(), 1).is_err());
    list.add(&"a".into(), u64::MAX).unwrap();
    assert_eq!(list.iter().next().unwrap().1, TICKETS_PER_ENTRANT_MAX);
}

#[test]
fn seeds_differ_by_every_name() {
    let seed = |incentive, period, draw| seed_for(b"key", incentive, period, draw);
    let all = [seed("a", "b", "c"), seed("ab", "", "c"), seed("a", "bc", ""), seed("", "ab", "c")];
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert_eq!(&*hex(&all[0]), "28ebe31579325d04bbaaea188a2aec22c1919dc41a75623c7ff40960df0c2239");
}

#[test]
fn a_receipt_reads_like_this_and_verifies() {
    let receipt = receipt(DrawMethod::Weighted, &[]);
    insta::assert_snapshot!(receipt.text());
    let verified = receipt.verify().unwrap();
    assert_eq!((verified.entrants, verified.has_beacon), (5, false));
    assert_eq!(Receipt::read(&receipt.text()), Ok(receipt));
}

/// The vectors of docs/draws.md.
#[test]
fn words_and_orders_are_those_of_the_documentation() {
    let receipt = receipt(DrawMethod::Weighted, &[]);
    let seed = receipt.seed_bytes().unwrap();
    let words = |beacon: &[u8]| Words::new(&seed, &receipt.list.digest(), beacon);
    let mut stream = words(&[]);
    let five: Vec<u64> = (0..5).map(|_| stream.word()).collect();
    assert_eq!(
        five,
        [
            0x358a_8be5_6be2_0f38,
            0xb430_29bd_e3b3_99b6,
            0x2030_4a73_eca0_4576,
            0xc427_99f3_a9b1_569d,
            0x761b_bec7_6935_cc77
        ]
    );
    assert_eq!(words(&[0, 0xff]).word(), 0x7b40_cad6_84bd_ef55);
    let mut stream = words(&[]);
    assert_eq!([0; 5].map(|_| stream.below(10)), [8, 4, 2, 5, 5]);
    let mut stream = words(&[]);
    let wide = [0; 2].map(|_| stream.below((1 << 63) + 1));
    assert_eq!(wide, [3_858_049_848_269_999_928, 2_319_435_669_847_426_422]);
    let order =
        |method| Order::new(&seed, &[], &receipt.list, method).map(|id| id.to_string()).collect::<Vec<_>>();
    assert_eq!(order(DrawMethod::Weighted), ["b7", "a2", "a1", "é9", "z"]);
    assert_eq!(order(DrawMethod::Equal), ["z", "b7", "a1", "é9", "a2"]);
}

#[test]
fn whoever_is_excluded_is_passed_over_and_the_others_move_up() {
    for method in [DrawMethod::Weighted, DrawMethod::Equal] {
        let all = receipt(method, &[]);
        let first = entrants(&all)[0];
        let others = receipt(method, &[first]);
        assert_eq!(entrants(&others)[..2], entrants(&all)[1..]);
        assert_eq!(others.winners[0].prize, "Dinner for two");
        others.verify().unwrap();
    }
}

#[test]
fn more_prizes_than_entrants_leave_prizes_over() {
    let winners = |list: &TicketList| {
        select(&[7; 32], &[], list, DrawMethod::Equal, &[("Mug".into(), u32::MAX)], &BTreeMap::new()).len()
    };
    assert_eq!(winners(&list(&[("a", 1), ("b", 2)])), 2);
    assert_eq!(winners(&TicketList::default()), 0);
}

fn beacon(signature: &str) -> Beacon {
    Beacon {
        source: "drand".into(),
        chain: "52db9ba7".into(),
        round: 1000,
        sealed_at: 1_692_800_000_000,
        previous_signature: "".into(),
        signature: signature.into(),
        value: hex(&sha256(&[&unhex(signature).unwrap()])),
    }
}

#[test]
fn a_beacon_changes_the_draw_and_what_it_proves() {
    let with = |beacon| {
        let mut wide = TicketList::default();
        (0..200).for_each(|i| wide.add(&format!("e{i}").into(), 1).unwrap());
        let prizes = vec![("Mug".into(), 5)];
        let names = ("i".into(), "p".into(), "d".into());
        Receipt::draw(names, DrawMethod::Equal, &[1; 32], beacon, wide, 1, prizes, BTreeMap::new())
    };
    let (none, one, two) = (with(Err(None)), with(Ok(beacon("00ff"))), with(Ok(beacon("01ff"))));
    assert_ne!(none.winners, one.winners);
    assert_ne!(one.winners, two.winners);
    assert_ne!(none.does_not_prove, one.does_not_prove);
    assert!(one.verify().unwrap().has_beacon);
    assert_eq!(Receipt::read(&one.text()), Ok(one.clone()));
    let left_out = LeftOut { actor: "maria".into(), reason: "drand was away for a day".into() };
    let left_out = with(Err(Some(left_out)));
    assert_eq!(left_out.winners, none.winners);
    assert_ne!(left_out.digest, none.digest, "it says that a promised beacon is missing");
    left_out.verify().unwrap();

    let other_value = Beacon { value: beacon("01ff").value, ..beacon("00ff") };
    assert!(matches!(with(Ok(other_value)).verify(), Err(ReceiptError::Malformed { field: "beacon", .. })));
}

#[test]
fn who_is_disqualified_after_the_draw_leaves_the_place_to_the_next_in_the_same_order() {
    let drawn = receipt(DrawMethod::Weighted, &[]);
    let order: Vec<_> =
        Order::new(&drawn.seed_bytes().unwrap(), &[], &drawn.list, drawn.method).cloned().collect();
    assert_eq!(order, ["b7", "a2", "a1", "é9", "z"].map(Id::from));
    let now = |receipt: &Receipt| {
        let winners = receipt.winners_now();
        winners.iter().map(|w| format!("{} {} {}", w.index, w.entrant, w.prize)).collect::<Vec<_>>()
    };
    let mut receipt = drawn.clone();
    let first = receipt.disqualify(&"b7".into(), "left the company".into(), 50).unwrap().clone();
    assert_eq!((first.number, first.place, first.replaced_by.as_deref()), (1, Some(0), Some("é9")));
    assert_eq!(first.previous, drawn.digest);
    assert_eq!(
        now(&receipt),
        ["0 é9 Dinner for two", "1 a2 Mug", "2 a1 Mug"],
        "the mugs stay where they are"
    );

    // Somebody who won nothing does not move up later; nobody is excluded twice; strangers are not in it.
    assert_eq!(receipt.disqualify(&"z".into(), "as well".into(), 51).unwrap().place, None);
    assert_eq!(receipt.disqualify(&"b7".into(), "again".into(), 52), None);
    assert_eq!(receipt.disqualify(&"nobody".into(), "?".into(), 52), None);
    let last = receipt.disqualify(&"a2".into(), "too".into(), 53).unwrap();
    assert_eq!((last.place, &last.replaced_by), (Some(1), &None), "nobody is left");
    assert_eq!(now(&receipt), ["0 é9 Dinner for two", "2 a1 Mug"]);
    assert_eq!(receipt.verify().unwrap().winners, receipt.winners_now());
    assert_eq!(Receipt::read(&receipt.text()), Ok(receipt.clone()));

    // What was published first still holds, and is in it unchanged.
    assert_eq!(Receipt { appendix: Vec::new(), ..receipt.clone() }, drawn);
    drawn.verify().unwrap();
    for at in 0..receipt.appendix.len() {
        let mut shortened = receipt.clone();
        shortened.appendix.remove(at);
        assert_eq!(
            shortened.verify().is_ok(),
            at == receipt.appendix.len() - 1,
            "only the end can be missing"
        );
    }
}

#[test]
fn chances_follow_tickets() {
    let list = list(&[("few", 1), ("many", 3)]);
    let wins = |method| {
        let first = |i: u32| {
            let seed = sha256(&[&i.to_be_bytes()]);
            select(&seed, &[], &list, method, &[("Mug".into(), 1)], &BTreeMap::new())[0].entrant.clone()
        };
        (0..4000).filter(|i| &*first(*i) == "many").count()
    };
    // Seeds are fixed, so these numbers are too; expected are 3000 and 2000, with deviations of 27 and 32.
    assert!((2900..3100).contains(&wins(DrawMethod::Weighted)));
    assert!((1880..2120).contains(&wins(DrawMethod::Equal)));
}

proptest! {
    /// Nobody wins twice, nobody excluded wins, and all slots are filled as far as there are entrants.
    #[test]
    fn winners_are_distinct_and_allowed(
        tickets in prop::collection::btree_map("[a-z]{1,3}", 1_u64..100, 0..40),
        counts in prop::collection::vec(0_u32..5, 0..4),
        skip in 1_usize..7,
        seed: [u8; 32],
    ) {
        let mut list = TicketList::default();
        for (entrant, count) in &tickets {
            list.add(&entrant.as_str().into(), *count).unwrap();
        }
        let excluded: BTreeMap<Id, String> =
            tickets.keys().step_by(skip).map(|id| (id.as_str().into(), String::new())).collect();
        let prizes: Vec<_> = counts.iter().map(|count| (format!("of {count}"), *count)).collect();
        let winners = select(&seed, &[], &list, DrawMethod::Weighted, &prizes, &excluded);
        let distinct: std::collections::BTreeSet<_> = winners.iter().map(|w| &w.entrant).collect();
        prop_assert_eq!(distinct.len(), winners.len());
        prop_assert!(winners.iter().all(|w| !excluded.contains_key(&w.entrant)));
        let slots = counts.iter().sum::<u32>() as usize;
        prop_assert_eq!(winners.len(), slots.min(tickets.len() - excluded.len()));
    }
}

/// Every byte of a receipt with everything in it, changed to several others: it is not read, or does not hold.
#[test]
fn a_receipt_altered_in_any_byte_does_not_hold() {
    let drawn = receipt(DrawMethod::Weighted, &["a2"]);
    let mut whole = Receipt::draw(
        (drawn.incentive, drawn.period, drawn.draw),
        drawn.method,
        &[9; 32],
        Ok(beacon("00ff")),
        drawn.list,
        drawn.sealed_block,
        drawn.prizes,
        drawn.excluded,
    );
    whole.disqualify(&"b7".into(), "left".into(), 50).unwrap();
    whole.disqualify(&"z".into(), "left \"too\"".into(), 51).unwrap();
    let left_out = LeftOut { actor: "maria".into(), reason: "away".into() };
    let names = || ("i".into(), "p".into(), "d".into());
    let list = list(&[("a", 1)]);
    let other = Receipt::draw(
        names(),
        DrawMethod::Equal,
        &[1; 32],
        Err(Some(left_out)),
        list,
        1,
        vec![],
        BTreeMap::new(),
    );
    for receipt in [whole, other] {
        let text = receipt.text();
        Receipt::read(&text).unwrap().verify().unwrap();
        for place in 0..text.len() {
            let original = text.as_bytes()[place];
            for byte in
                [original ^ 1, original ^ 0x20, original.wrapping_add(1), b' ', b'0', b'"', b'\\', 0xff]
            {
                let mut bytes = text.clone().into_bytes();
                bytes[place] = byte;
                let Ok(altered) = String::from_utf8(bytes) else { continue }; // No text at all.
                let holds = Receipt::read(&altered).is_ok_and(|r| r.verify().is_ok());
                assert_eq!(
                    holds,
                    byte == original,
                    "byte {place}, {:?} to {:?}",
                    original as char,
                    byte as char
                );
            }
            let Some(cut) = text.get(..place) else { continue };
            assert!(Receipt::read(cut).is_err());
        }
    }
}

/// No word favours anybody: with words of 3 bits, every word is tried, and the numbers that they become are counted.
#[test]
fn numbers_below_n_come_from_equally_many_words() {
    for n in 1..=8_u64 {
        let over = over(8, n);
        let mut counts = vec![0; n as usize];
        (0..8).filter(|word| *word < 8 - over).for_each(|word| counts[(word % n) as usize] += 1);
        assert!(counts.iter().all(|count| *count == counts[0] && *count > 0), "{n}: {counts:?}");
    }
    // The same formula at 64 bits, where 8 is 2^64: as the words of `below` have it.
    for n in [1, 2, 3, 7, 10, 1 << 63, (1 << 63) + 1, u64::MAX] {
        let over = (u64::MAX % n + 1) % n;
        assert_eq!(u128::from(over), (1_u128 << 64) % u128::from(n));
        assert_eq!(((1_u128 << 64) - u128::from(over)) % u128::from(n), 0);
    }
}

fn over(words: u64, n: u64) -> u64 {
    ((words - 1) % n + 1) % n
}

/// All sequences of tickets that a draw of a small list can throw, each as likely as any other: how often each order
/// comes out is exactly what drawing tickets from an urn gives.
#[test]
fn orders_are_as_likely_as_drawing_tickets_from_an_urn() {
    let names: [Id; 3] = ["a".into(), "b".into(), "c".into()];
    for weights in [[1_u64, 1, 1], [3, 2, 1], [1, 4, 2], [5, 1, 1]] {
        let mut seen: BTreeMap<Vec<&str>, (u64, u64)> = BTreeMap::new();
        let total: u64 = weights.iter().sum();
        for first in 0..total {
            let mut left: Vec<(&Id, u64)> = names.iter().zip(weights).collect();
            let one = walk(&mut left, first);
            let rest: u64 = left.iter().map(|(_, w)| w).sum();
            for second in 0..rest {
                let mut left = left.clone();
                let two = walk(&mut left, second);
                let order = vec![&**one, &**two, &**left[0].0];
                // Each pair of tickets has the chance 1 / (total × rest).
                let entry = seen.entry(order).or_insert((0, total * rest));
                assert_eq!(entry.1, total * rest, "an order has one way to leave");
                entry.0 += 1;
            }
        }
        let weight = |name: &str| weights[names.iter().position(|n| &**n == name).unwrap()];
        for (order, (count, of)) in &seen {
            let (one, two) = (weight(order[0]), weight(order[1]));
            assert_eq!((*count, *of), (one * two, total * (total - one)), "{weights:?} {order:?}");
        }
        assert_eq!(seen.len(), 6);
    }
}
