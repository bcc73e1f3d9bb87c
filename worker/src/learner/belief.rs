//! How sure the reward model is of a recommendation, and what it expects: the bars of the studio.

use wire::{
    learning::Belief,
    mix::Mix,
    taxonomy::{Dimension, VALUES},
};

use super::{features::Features, kernel::Point, probit, reward_model::RewardModel};

impl RewardModel {
    /// What it believes of a recommendation for these prompts.
    pub(super) fn belief(&self, prompts: &[Features], proposed: Mix) -> Belief {
        let stars = prompts
            .iter()
            .map(|prompt| self.expected_stars(prompt, &proposed));
        Belief {
            proposed,
            sureness: Dimension::ALL.map(|d| self.sureness(prompts, &proposed, d)),
            expected: stars.sum::<f64>() / prompts.len() as f64,
        }
    }

    /// The rating it foresees for a mix, on average.
    pub(super) fn expected_stars(&self, prompt: &Features, mix: &Mix) -> f64 {
        let liking = self.posteriors(prompt, &[Point::new(mix.rows())])[0];
        let foreseen = probit::rating_probabilities(liking.mean, liking.variance);
        probit::expected_stars(&foreseen)
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
                let (prior, posterior) = self.difference_variance(prompt, &pure, &neutral);
                before += prior;
                now += posterior;
            }
        }
        (1.0 - now / before).clamp(0.0, 1.0)
    }
}
