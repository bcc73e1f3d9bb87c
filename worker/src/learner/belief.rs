//! What `ppo` would recommend, how sure it is, and what it expects: the bars of the studio.

use wire::{
    learning::Belief,
    mix::Mix,
    taxonomy::{Dimension, VALUES},
};

use super::{features::Features, kernel::Point, lexicon::stock_prompts, ppo::Ppo, probit};

impl Ppo {
    /// The belief averaged over these prompts, or over one of each kind if there are none.
    pub(super) fn believe(&self, prompts: &[String]) -> Belief {
        let mut features: Vec<Features> = prompts.iter().map(|p| Features::of(p)).collect();
        if features.is_empty() {
            features = stock_prompts().map(Features::of).into();
        }
        let modes: Vec<(f64, Mix)> = features
            .iter()
            .map(|f| (1.0, self.serving.mode(f)))
            .collect();
        let proposed = Mix::blend(&modes).unwrap_or(Mix::NEUTRAL);
        let stars = features
            .iter()
            .map(|prompt| probit::expected_stars(&self.rating_probabilities(prompt, &proposed)));
        Belief {
            proposed,
            sureness: Dimension::ALL.map(|d| self.sureness(&features, &proposed, d)),
            expected: stars.sum::<f64>() / features.len() as f64,
        }
    }

    /// How much of the doubt about this dimension the ratings have taken away.
    fn sureness(&self, prompts: &[Features], proposed: &Mix, dimension: Dimension) -> f64 {
        let with = |five| {
            let mut rows = *proposed.rows();
            rows[dimension.index()] = five;
            Point::new(&rows)
        };
        let neutral = with([1.0 / VALUES as f64; VALUES]);
        let (mut before, mut now) = (0.0, 0.0);
        for prompt in prompts {
            for value in 0..VALUES {
                let pure = with(std::array::from_fn(|v| f64::from(u8::from(v == value))));
                let (prior, posterior) = self.model.difference_variance(prompt, &pure, &neutral);
                before += prior;
                now += posterior;
            }
        }
        (1.0 - now / before).clamp(0.0, 1.0)
    }
}
