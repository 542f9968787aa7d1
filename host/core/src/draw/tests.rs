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
        None,
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
    insta::assert_json_snapshot!(receipt);
    let verified = receipt.verify().unwrap();
    assert_eq!((verified.entrants, verified.has_beacon), (5, false));
    let text = serde_json::to_string(&receipt).unwrap();
    assert_eq!(serde_json::from_str::<Receipt>(&text).unwrap(), receipt);
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
        select(&[7; 32], None, list, DrawMethod::Equal, &[("Mug".into(), u32::MAX)], &BTreeMap::new()).len()
    };
    assert_eq!(winners(&list(&[("a", 1), ("b", 2)])), 2);
    assert_eq!(winners(&TicketList::default()), 0);
}

#[test]
fn a_beacon_changes_the_draw_and_the_statement() {
    let beacon = |value: &str| Some(Beacon { source: "drand".into(), round: 7, value: value.into() });
    let with = |beacon| {
        let list: TicketList = list(&(0..50).map(|i| (["a", "b"][i % 2], 1)).collect::<Vec<_>>());
        let mut wide = list;
        (0..200).for_each(|i| wide.add(&format!("e{i}").into(), 1).unwrap());
        let prizes = vec![("Mug".into(), 5)];
        let names = ("i".into(), "p".into(), "d".into());
        Receipt::draw(names, DrawMethod::Equal, &[1; 32], beacon, wide, 1, prizes, BTreeMap::new())
    };
    let (none, one, two) = (with(None), with(beacon("00ff")), with(beacon("01ff")));
    assert_ne!(none.winners, one.winners);
    assert_ne!(one.winners, two.winners);
    assert_ne!(none.statement, one.statement);
    assert!(one.verify().unwrap().has_beacon);
    assert!(matches!(with(beacon("0g")).verify(), Err(ReceiptError::Malformed { field: "beacon", .. })));
}

#[test]
fn chances_follow_tickets() {
    let list = list(&[("few", 1), ("many", 3)]);
    let wins = |method| {
        let first = |i: u32| {
            let seed = sha256(&[&i.to_be_bytes()]);
            select(&seed, None, &list, method, &[("Mug".into(), 1)], &BTreeMap::new())[0].entrant.clone()
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
        let winners = select(&seed, None, &list, DrawMethod::Weighted, &prizes, &excluded);
        let distinct: std::collections::BTreeSet<_> = winners.iter().map(|w| &w.entrant).collect();
        prop_assert_eq!(distinct.len(), winners.len());
        prop_assert!(winners.iter().all(|w| !excluded.contains_key(&w.entrant)));
        let slots = counts.iter().sum::<u32>() as usize;
        prop_assert_eq!(winners.len(), slots.min(tickets.len() - excluded.len()));
    }

    /// Any byte of a receipt that is changed makes it unreadable or false.
    #[test]
    fn an_altered_byte_is_found(place: prop::sample::Index, byte in 32_u8..127) {
        let receipt = receipt(DrawMethod::Weighted, &["a2"]);
        let mut bytes = serde_json::to_vec(&receipt).unwrap();
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        if let Ok(altered) = serde_json::from_slice::<Receipt>(&bytes) {
            prop_assert!(altered == receipt || altered.verify().is_err());
        }
    }
}
