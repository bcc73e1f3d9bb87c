//! An artist who now and then taps the dimension that made a picture good or bad.

use wire::{learning::Hint, mix::Mix, taxonomy::Dimension};

use super::artist::Artist;
use crate::learner::rng::{Purpose, Rng};

/// Mixes that stand for all random ones.
const RANDOM_MIXES: usize = 500;

/// The tapping half of a simulated artist.
#[derive(Clone, Debug)]
pub struct Tapper {
    chance: f64,
    /// A stream of its own: the ratings are the same whether hints are given or not.
    rng: Rng,
    random_mixes: Vec<Mix>,
}

impl Tapper {
    /// Taps with this chance.
    pub fn new(chance: f64, seed: u64) -> Self {
        let mut rng = Rng::new(Purpose::Simulate, seed, 1);
        let count = if chance > 0.0 { RANDOM_MIXES } else { 0 };
        Self {
            chance,
            random_mixes: (0..count).map(|_| rng.mix()).collect(),
            rng,
        }
    }

    /// The dimension whose effect in this category, minus its mean over random mixes, is furthest
    /// from zero, if there is a tap at all.
    pub fn tap(
        &mut self,
        artist: &Artist,
        position: usize,
        category: usize,
        mix: &Mix,
    ) -> Option<Hint> {
        if self.chance <= 0.0 || self.rng.uniform() > self.chance {
            return None;
        }
        let against_random = |dimension: Dimension| {
            let of = |mix: &Mix| artist.effect(position, category, dimension, mix);
            let random = self.random_mixes.iter().map(of).sum::<f64>();
            of(mix) - random / self.random_mixes.len() as f64
        };
        Dimension::ALL
            .map(|dimension| (dimension, against_random(dimension)))
            .into_iter()
            .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
            .map(|(dimension, effect)| Hint {
                dimension,
                liked: effect > 0.0,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_effect_is_tapped_with_its_sign() {
        let artist = Artist::read(include_str!("examples/interacting-1.json")).unwrap();
        // Its composition has the widest weights: -1.5 for centered, 2.56 for symmetrical.
        let mut tapper = Tapper::new(1.0, 3);
        let mut tap = |value: usize| {
            let mut five = [0.0; 5];
            five[value] = 1.0;
            let mix = Mix::NEUTRAL.with(Dimension::Composition, five).unwrap();
            tapper.tap(&artist, 0, 0, &mix)
        };
        let dimension = Dimension::Composition;
        assert_eq!(
            tap(0),
            Some(Hint {
                dimension,
                liked: false
            })
        );
        assert_eq!(
            tap(3),
            Some(Hint {
                dimension,
                liked: true
            })
        );
    }

    #[test]
    fn without_a_chance_nothing_is_tapped() {
        let artist = Artist::read(include_str!("examples/interacting-1.json")).unwrap();
        let mut never = Tapper::new(0.0, 3);
        assert_eq!(never.tap(&artist, 0, 0, &Mix::NEUTRAL), None);
        let mut half = Tapper::new(0.5, 3);
        let taps = (0..400).filter(|_| half.tap(&artist, 0, 0, &Mix::NEUTRAL).is_some());
        // Four standard errors of 400 tosses: 40.
        assert!((160..=240).contains(&taps.count()));
    }
}
