//! Seeded randomness that gives the same numbers on every machine.
//!
//! `rand_distr` is deliberately not here: its normals come from tables and from the platform's own
//! `exp` and `ln`. These come from `ChaCha` and from `libm`, which is plain arithmetic.

use std::f64::consts::TAU;

use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, VALUES},
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// What a stream of numbers is for; two purposes never share numbers, even with equal seeds.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// Choosing what to paint.
    Propose,
    /// Practising on imagined ratings.
    Practise,
    /// Everything a simulated artist does.
    Simulate,
}

/// A stream of random numbers, given wholly by its purpose and its seeds.
#[derive(Clone, Debug)]
pub struct Rng {
    source: ChaCha8Rng,
    spare: Option<f64>,
}

impl Rng {
    /// The stream for this purpose and these two seeds.
    pub fn new(purpose: Purpose, first: u64, second: u64) -> Self {
        let mut key = [0; 32];
        key[0] = purpose as u8;
        key[8..16].copy_from_slice(&first.to_le_bytes());
        key[16..24].copy_from_slice(&second.to_le_bytes());
        Self {
            source: ChaCha8Rng::from_seed(key),
            spare: None,
        }
    }

    /// Uniform in (0, 1]: never 0, so that its logarithm is finite.
    pub fn uniform(&mut self) -> f64 {
        // 53 bits are all that a double can tell apart here.
        ((self.source.next_u64() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `0..bound`; the bias of the remainder is below 2^-32 for bounds below 2^32.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.source.next_u64() % bound.max(1) as u64) as usize
    }

    /// Standard normal (Box and Muller 1958); every second call returns the pair's other half.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let radius = (-2.0 * libm::log(self.uniform())).sqrt();
        let (sine, cosine) = libm::sincos(TAU * self.uniform());
        self.spare = Some(radius * sine);
        radius * cosine
    }

    /// A mix drawn evenly from all there are: exponential draws, scaled to a whole per dimension.
    pub fn mix(&mut self) -> Mix {
        let mut shares = [[0.0; VALUES]; DIMENSIONS];
        for five in &mut shares {
            let draws: [f64; VALUES] = std::array::from_fn(|_| -libm::log(self.uniform()));
            let sum: f64 = draws.iter().sum();
            // Five draws are all zero once in 2^265 times.
            *five = draws.map(|draw| draw / sum.max(f64::MIN_POSITIVE));
        }
        Mix::new(shares).unwrap_or(Mix::NEUTRAL)
    }

    /// Independent standard normals.
    pub fn normals<const N: usize>(&mut self) -> [f64; N] {
        std::array::from_fn(|_| self.normal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_numbers_and_other_purposes_give_others() {
        let draw = |purpose, first, second| {
            let numbers: [f64; 4] = Rng::new(purpose, first, second).normals();
            numbers.map(f64::to_bits)
        };
        let first = draw(Purpose::Propose, 1, 2);
        assert_eq!(first, draw(Purpose::Propose, 1, 2));
        assert_ne!(first, draw(Purpose::Practise, 1, 2));
        assert_ne!(first, draw(Purpose::Propose, 2, 1));
    }

    #[test]
    fn normals_have_mean_zero_and_variance_one() {
        let mut rng = Rng::new(Purpose::Simulate, 7, 7);
        let draws: Vec<f64> = (0..20_000).map(|_| rng.normal()).collect();
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        let square = draws.iter().map(|z| z * z).sum::<f64>() / 20_000.0;
        // Four standard errors: 4 / sqrt(20000) = 0.028, and sqrt 2 times that for the square.
        assert!(mean.abs() < 0.028, "{mean}");
        assert!((square - 1.0).abs() < 0.04, "{square}");
    }
}
