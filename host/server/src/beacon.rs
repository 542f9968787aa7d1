//! Beacons of drand: public random values that nobody knows before their time, signed by a threshold of its nodes.
//!
//! The rule that names the round is published when a period opens: the first round that is due a margin after both the
//! settle delay and the sealing of the ticket list. So the list is fixed before the round exists, also where it was
//! sealed late.

#[cfg(feature = "beacon")]
use drand_verify::{G1Pubkey, G2PubkeyRfc, Pubkey};
use plaudit_core::{Id, Millis, draw::unhex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A chain of rounds.
#[derive(Debug, PartialEq, Eq)]
pub struct Chain {
    /// As the settings name it.
    pub name: &'static str,
    /// SHA-256 of the chain's parameters, lower-case hex: its name in drand's addresses.
    pub hash: &'static str,
    /// Of the nodes together, lower-case hex.
    public_key: &'static str,
    /// Time of round 1, in seconds since 1970.
    genesis_s: i64,
    /// Seconds between rounds.
    period_s: i64,
    /// Whether a round's signature covers the one before.
    is_chained: bool,
}

/// The chains that the settings can name.
pub const CHAINS: [Chain; 2] = [
    Chain {
        name: "quicknet",
        hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
        public_key: "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
        genesis_s: 1_692_803_367,
        period_s: 3,
        is_chained: false,
    },
    Chain {
        name: "default",
        hash: "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
        public_key: "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
        genesis_s: 1_595_431_050,
        period_s: 30,
        is_chained: true,
    },
];

/// Whether this program can verify signatures: without that, no beacon is believed.
pub const CAN_VERIFY: bool = cfg!(feature = "beacon");

/// A round as a node gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its number.
    pub round: u64,
    /// Lower-case hex.
    pub signature: Id,
    /// Of the round before, where rounds build on each other; lower-case hex.
    #[serde(default = "nothing")]
    pub previous_signature: Id,
}

fn nothing() -> Id {
    "".into()
}

/// Why a round is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongRound {
    /// Another one was asked for.
    #[error("round {found} came, {wanted} was asked for")]
    Other {
        /// As asked.
        wanted: u64,
        /// As given.
        found: u64,
    },
    /// The signature is no point of the curve, or not that of the chain's key over this round.
    #[error(
        "the signature of round {round} does not hold for chain {chain}: the node lies, or it is another chain's"
    )]
    Signature {
        /// Which round.
        round: u64,
        /// Name of the chain.
        chain: &'static str,
    },
}

impl Round {
    /// What is random of it: SHA-256 of the signature; of nothing if that is no hex, which [`Chain::verify`] refuses.
    pub fn randomness(&self) -> [u8; 32] {
        Sha256::digest(unhex(&self.signature).unwrap_or_default()).into()
    }
}

impl Chain {
    /// A chain by its name in the settings.
    pub fn named(name: &str) -> Option<&'static Self> {
        CHAINS.iter().find(|chain| chain.name == name)
    }

    /// A chain by its hash.
    pub fn of_hash(hash: &str) -> Option<&'static Self> {
        CHAINS.iter().find(|chain| chain.hash == hash)
    }

    /// When a round is due.
    pub fn time_of(&self, round: u64) -> Millis {
        let after = i64::try_from(round.max(1) - 1).unwrap_or(i64::MAX);
        after.saturating_mul(self.period_s).saturating_add(self.genesis_s).saturating_mul(1000)
    }

    /// The first round that is due at this instant or later.
    pub fn first_round_at(&self, at: Millis) -> u64 {
        let since = at.saturating_sub(self.genesis_s * 1000).max(0);
        let period = self.period_s * 1000;
        // Rounds up: an instant between two rounds waits for the later one.
        ((since + period - 1) / period).unsigned_abs() + 1
    }

    /// Whether a round's signature covers the one before.
    pub fn is_chained(&self) -> bool {
        self.is_chained
    }

    /// Whether this is the round that was asked for, signed by the chain's nodes.
    ///
    /// # Errors
    /// See [`WrongRound`].
    pub fn verify(&self, wanted: u64, round: &Round) -> Result<(), WrongRound> {
        if round.round != wanted {
            return Err(WrongRound::Other { wanted, found: round.round });
        }
        let wrong = || WrongRound::Signature { round: wanted, chain: self.name };
        let bytes = |text: &str| unhex(text).ok_or_else(wrong);
        let (key, signature) = (bytes(self.public_key)?, bytes(&round.signature)?);
        let previous = if self.is_chained { bytes(&round.previous_signature)? } else { Vec::new() };
        if self.is_signed(&key, wanted, &previous, &signature) { Ok(()) } else { Err(wrong()) }
    }

    #[cfg(feature = "beacon")]
    fn is_signed(&self, key: &[u8], round: u64, previous: &[u8], signature: &[u8]) -> bool {
        let holds = if self.is_chained {
            G1Pubkey::from_variable(key).map(|key| key.verify(round, previous, signature))
        } else {
            G2PubkeyRfc::from_variable(key).map(|key| key.verify(round, previous, signature))
        };
        matches!(holds, Ok(Ok(true)))
    }

    /// Nothing is believed that can't be verified; the settings refuse a beacon before it comes to that.
    #[cfg(not(feature = "beacon"))]
    fn is_signed(&self, _: &[u8], _: u64, _: &[u8], _: &[u8]) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(name: &str) -> &'static Chain {
        Chain::named(name).unwrap()
    }

    /// Published rounds of both chains.
    #[cfg(feature = "beacon")]
    fn recorded() -> [(&'static Chain, Round); 2] {
        let quick = Round {
            round: 123,
            signature: "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92".into(),
            previous_signature: "".into(),
        };
        let classic = Round {
            round: 72785,
            signature: "82f5d3d2de4db19d40a6980e8aa37842a0e55d1df06bd68bddc8d60002e8e959eb9cfa368b3c1b77d18f02a54fe047b80f0989315f83b12a74fd8679c4f12aae86eaf6ab5690b34f1fddd50ee3cc6f6cdf59e95526d5a5d82aaa84fa6f181e42".into(),
            previous_signature: "a609e19a03c2fcc559e8dae14900aaefe517cb55c840f6e69bc8e4f66c8d18e8a609685d9917efbfb0c37f058c2de88f13d297c7e19e0ab24813079efe57a182554ff054c7638153f9b26a60e7111f71a0ff63d9571704905d3ca6df0b031747".into(),
        };
        [(chain("quicknet"), quick), (chain("default"), classic)]
    }

    #[cfg(feature = "beacon")]
    #[test]
    fn published_rounds_hold_and_nothing_like_them_does() {
        let [_, (classic, published)] = recorded();
        classic.verify(72785, &published).unwrap();
        let random = unhex("8b676484b5fb1f37f9ec5c413d7d29883504e5b669f604a1ce68b3388e9ae3d9").unwrap();
        assert_eq!(published.randomness()[..], random[..]);
        for (chain, round) in recorded() {
            chain.verify(round.round, &round).unwrap();
            let next = Round { round: round.round + 1, ..round.clone() };
            assert!(matches!(chain.verify(next.round, &next), Err(WrongRound::Signature { .. })));
            assert!(matches!(chain.verify(round.round + 1, &round), Err(WrongRound::Other { .. })));
            for at in [0, 5, round.signature.len() - 1] {
                let mut altered = round.signature.to_string().into_bytes();
                altered[at] = if altered[at] == b'1' { b'2' } else { b'1' };
                let signature = String::from_utf8(altered).unwrap();
                let altered = Round { signature: signature.as_str().into(), ..round.clone() };
                assert!(
                    matches!(chain.verify(round.round, &altered), Err(WrongRound::Signature { .. })),
                    "{at}"
                );
            }
            for signature in ["", "zz", "00"] {
                let empty = Round { signature: signature.into(), ..round.clone() };
                assert!(chain.verify(round.round, &empty).is_err());
            }
        }
        let [(_, quick), (classic, mut unchained)] = recorded();
        assert!(classic.verify(123, &quick).is_err(), "another chain's");
        unchained.previous_signature = "".into();
        assert!(classic.verify(72785, &unchained).is_err());
    }

    #[test]
    fn rounds_have_their_times() {
        let quick = chain("quicknet");
        assert_eq!(quick.time_of(1), 1_692_803_367_000);
        assert_eq!(quick.time_of(123), 1_692_803_733_000);
        for (at, round) in [(0, 1), (1_692_803_367_000, 1), (1_692_803_367_001, 2), (1_692_803_370_000, 2)] {
            assert_eq!(quick.first_round_at(at), round, "{at}");
        }
        for chain in &CHAINS {
            for round in [1, 2, 77, 1_000_000] {
                let at = chain.time_of(round);
                assert_eq!((chain.first_round_at(at), chain.first_round_at(at + 1)), (round, round + 1));
            }
            assert_eq!(Chain::of_hash(chain.hash), Some(chain));
        }
    }
}
