//! Who wins a draw, after `docs/draws.md`.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The seed of a draw: HMAC-SHA256 of its names, each after its length.
///
/// # Panics
/// Never: HMAC takes keys of any length.
pub(crate) fn seed(key: &[u8], incentive: &str, period: &str, draw: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for name in [incentive, period, draw] {
        mac.update(&u32::try_from(name.len()).unwrap_or_default().to_be_bytes());
        mac.update(name.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// The winners in order: entrants with tickets in an order thrown by the seed, those who are excluded passed over.
pub(crate) fn winners(
    seed: &[u8; 32],
    tickets: &BTreeMap<String, u64>,
    weighted: bool,
    excluded: &BTreeSet<String>,
) -> Vec<String> {
    let lines: String = tickets.iter().map(|(id, count)| format!("{id}\t{count}\n")).collect();
    let list = Sha256::digest(lines.as_bytes());
    let mut i = 0_u64;
    let mut word = || {
        let digest =
            Sha256::new().chain_update(seed).chain_update(&list[..]).chain_update(i.to_be_bytes()).finalize();
        i += 1;
        u64::from_be_bytes(std::array::from_fn(|byte| digest[byte]))
    };
    let weight = |count: u64| if weighted { count } else { 1 };
    let mut left: Vec<(String, u64)> = tickets.iter().map(|(id, n)| (id.clone(), weight(*n))).collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        let total: u64 = left.iter().map(|(_, n)| n).sum();
        let last_fair = u128::from(u64::MAX) + 1 - (u128::from(u64::MAX) + 1) % u128::from(total);
        let mut ticket = loop {
            let word = word();
            if u128::from(word) < last_fair {
                break word % total;
            }
        };
        let mut at = 0;
        while ticket >= left[at].1 {
            ticket -= left[at].1;
            at += 1;
        }
        order.push(left.remove(at).0);
    }
    order.retain(|id| !excluded.contains(id));
    order
}
