//! How sure the reward model is of a recommendation, and what it expects: the bars of the studio.

use wire::{
    learning::{Belief, Effects},
    mix::Mix,
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

use super::{features::Features, kernel::Point, probit, reward_model::RewardModel};

impl RewardModel {
    /// What it believes of a recommendation for these prompts.
    pub(super) fn belief(&self, prompts: &[Features], proposed: Mix) -> Belief {
        let point = Point::new(proposed.rows());
        let stars = prompts.iter().map(|prompt| {
            let liking = self.posteriors(prompt, &[point])[0];
            let foreseen = probit::rating_probabilities(liking.mean, liking.variance);
            probit::expected_stars(&foreseen)
        });
        Belief {
            proposed,
            sureness: Dimension::ALL.map(|d| self.sureness(prompts, &proposed, d)),
            expected: stars.sum::<f64>() / prompts.len() as f64,
        }
    }

    /// How much one pure value adds to an otherwise neutral mix, and how far that may be wrong.
    pub(super) fn effects(&self, prompts: &[Features]) -> Effects {
        let neutral = Point::new(Mix::NEUTRAL.rows());
        let mut effects = Effects {
            mean: [[0.0; VALUES]; DIMENSIONS],
            doubt: [[0.0; VALUES]; DIMENSIONS],
        };
        for d in 0..DIMENSIONS {
            for v in 0..VALUES {
                let mut rows = *Mix::NEUTRAL.rows();
                rows[d] = std::array::from_fn(|other| f64::from(u8::from(other == v)));
                let pure = Point::new(&rows);
                for prompt in prompts {
                    let means = self.means(prompt, &[pure, neutral]);
                    let (_, variance) = self.difference_variance(prompt, &pure, &neutral);
                    effects.mean[d][v] += (means[0] - means[1]) / prompts.len() as f64;
                    effects.doubt[d][v] += variance.sqrt() / prompts.len() as f64;
                }
            }
        }
        effects
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
