//! Chance, the same on every machine and for ever.
//!
//! `rand`'s generators may change between releases, and `ln`, `exp` or `sin` differ in the last bit between C
//! libraries. So the bytes come from BLAKE3's extendable output, a published algorithm that can't change under us,
//! and the distributions below use only the four operations that IEEE 754 fixes to the bit. A stream has a name:
//! adding one more question in one place moves no answer elsewhere.

/// A stream of chance with a name.
pub(crate) struct Chance {
    bytes: blake3::OutputReader,
    block: [u8; BLOCK_BYTES],
    used: usize,
}

/// BLAKE3 makes its output in blocks of this size.
const BLOCK_BYTES: usize = 64;

impl Chance {
    /// The stream called `name` of a seed.
    pub(crate) fn named(seed: u64, name: &[&str]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"plaudit simulator, streams of version 1");
        hasher.update(&seed.to_le_bytes());
        for part in name {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        Self { bytes: hasher.finalize_xof(), block: [0; BLOCK_BYTES], used: BLOCK_BYTES }
    }

    fn bits(&mut self) -> u64 {
        if self.used == BLOCK_BYTES {
            self.bytes.fill(&mut self.block);
            self.used = 0;
        }
        let mut eight = [0; 8];
        eight.copy_from_slice(&self.block[self.used..self.used + 8]);
        self.used += 8;
        u64::from_le_bytes(eight)
    }

    /// Uniform in [0, 1), in steps of 2⁻⁵³.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in [low, high).
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform whole number in [low, high], both included.
    pub(crate) fn whole(&mut self, low: i64, high: i64) -> i64 {
        let span = (high - low) as f64 + 1.0;
        (low + (self.unit() * span) as i64).min(high)
    }

    /// True with probability `p`.
    pub(crate) fn is(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// One of them.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.whole(0, from.len() as i64 - 1) as usize]
    }

    /// Standard normal, as the sum of twelve uniforms of 16 bits less six: mean 0, variance 1, tails cut at ±6.
    pub(crate) fn normal(&mut self) -> f64 {
        let mut sum = 0u64;
        for _ in 0..3 {
            let bits = self.bits();
            sum += (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
        }
        // Each of the twelve stands for the middle of its step.
        (sum as f64 + 6.0) / 65536.0 - 6.0
    }

    /// Log-normal with this median; `sigma` is the deviation of its logarithm.
    pub(crate) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * exp(sigma * self.normal())
    }
}

/// eˣ by Taylor's series on x / 2¹⁰, squared ten times; relative error below 10⁻¹² for |x| < 20.
fn exp(x: f64) -> f64 {
    let small = x / 1024.0;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..=8 {
        term *= small / f64::from(n);
        sum += term;
    }
    (0..10).fold(sum, |power, _| power * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_what_its_name_and_seed_make_it_on_every_machine() {
        let mut chance = Chance::named(7, &["golden"]);
        let first: Vec<u64> = (0..3).map(|_| chance.bits()).collect();
        assert_eq!(first, GOLDEN);
        assert_ne!(Chance::named(8, &["golden"]).bits(), first[0]);
        assert_ne!(Chance::named(7, &["go", "lden"]).bits(), first[0]);
    }
    const GOLDEN: [u64; 3] = [3_358_967_176_903_289_735, 7_899_840_798_609_453_054, 278_902_084_242_990_546];

    #[test]
    fn the_exponential_is_the_library_s() {
        for x in [-6.0, -1.0, -0.01, 0.0, 0.5, 1.0, 3.3] {
            let error = (exp(x) / f64::exp(x) - 1.0).abs();
            assert!(error < 1e-11, "exp({x}) is off by {error}");
        }
    }

    #[test]
    fn the_moments_are_those_of_the_distributions() {
        let mut chance = Chance::named(1, &["moments"]);
        let normals: Vec<f64> = (0..20_000).map(|_| chance.normal()).collect();
        let mean = normals.iter().sum::<f64>() / normals.len() as f64;
        let variance = normals.iter().map(|x| x * x).sum::<f64>() / normals.len() as f64;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "mean {mean}, variance {variance}");
        let mut waits: Vec<f64> = (0..9_999).map(|_| chance.log_normal(300.0, 0.5)).collect();
        waits.sort_by(f64::total_cmp);
        assert!((waits[4999] / 300.0 - 1.0).abs() < 0.05, "median {}", waits[4999]);
        let wholes: Vec<i64> = (0..1000).map(|_| chance.whole(1, 3)).collect();
        assert!((1..=3).all(|n| wholes.contains(&n)) && wholes.iter().all(|n| (1..=3).contains(n)));
    }
}
