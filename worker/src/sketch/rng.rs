//! Chance, seeded: the same seed draws the same numbers on every machine.
//!
//! Each part of a picture forks its own stream by name, so that one part drawing more numbers
//! never moves another. Draws must not depend on the mix either: that is what keeps the layout
//! still while an artist's taste moves.

use rand_core::{Rng as _, SeedableRng as _};
use rand_pcg::Pcg32;

/// A stream of numbers.
pub struct Rng {
    seed: u64,
    stream: Pcg32,
}

impl Rng {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        let seed = splitmix(seed);
        Self {
            seed,
            stream: Pcg32::seed_from_u64(seed),
        }
    }

    /// An independent stream with a name; the same whatever was drawn from `self` before.
    pub fn fork(&self, name: &str) -> Self {
        Self::new(self.seed ^ hash(name))
    }

    /// Uniform in [0, 1), in steps of 2⁻²⁴, all of which an `f32` holds exactly.
    pub fn unit(&mut self) -> f32 {
        (self.stream.next_u32() >> 8) as f32 / 16_777_216.0
    }

    /// Uniform between two numbers.
    pub fn range(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Uniform around zero.
    pub fn jitter(&mut self, reach: f32) -> f32 {
        self.range(-reach, reach)
    }

    /// One of `count` things, by position.
    pub fn index(&mut self, count: usize) -> usize {
        ((self.unit() * count as f32) as usize).min(count.saturating_sub(1))
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// −1 or 1.
    pub fn sign(&mut self) -> f32 {
        if self.chance(0.5) { 1.0 } else { -1.0 }
    }

    /// Raw bits, to seed a noise field.
    pub fn bits(&mut self) -> u32 {
        self.stream.next_u32()
    }
}

/// FNV-1a: words to a seed.
pub fn hash(words: &str) -> u64 {
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Spreads neighbouring seeds far apart.
pub fn splitmix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fork_does_not_feel_what_its_parent_drew() {
        let still = Rng::new(7);
        let mut busy = Rng::new(7);
        busy.unit();
        busy.unit();
        assert_eq!(still.fork("sky").bits(), busy.fork("sky").bits());
        assert_ne!(still.fork("sky").bits(), still.fork("land").bits());
    }

    /// Splitmix64's first output for seed 0, from its reference implementation.
    #[test]
    fn the_spread_is_the_published_one() {
        assert_eq!(splitmix(0), 0xe220_a839_7b1d_cdaf);
    }
}
