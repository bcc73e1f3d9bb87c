//! How sure the reward model is of a recommendation, and what it expects: the bars of the studio.

use wire::{
    learning::Belief,
    mix::Mix,
    taxonomy::{Dimension, VALUES},
};

use super::{
    features::Features,
    kernel::Point,
    probit,
    reward_model::{Posterior, RewardModel},
};

/// A difference in liking that an artist would notice, in stars.
pub const NOTICED: f64 = 0.25;

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
        probit::expected_stars(&self.rating_probabilities(prompt, mix))
    }

    /// How likely no pure value of this dimension would please noticeably more than what is proposed,
    /// the five being taken for independent. Cautious: of the dimensions that it calls two thirds sure on
    /// simulated artists, that is so of three in four (`docs/learners.md`).
    fn sureness(&self, prompts: &[Features], proposed: &Mix, dimension: Dimension) -> f64 {
        let alone = (0..VALUES).map(|value| with_pure(proposed, dimension.index(), value));
        let points: Vec<Point> = [Point::new(proposed.rows())]
            .into_iter()
            .chain(alone)
            .collect();
        let added = differences(points.len());
        let one = |prompt: &Features| -> f64 {
            let added = self.weighted_sums(prompt, &points, &added);
            let at_most = |more: &Posterior| {
                probit::probability_below(NOTICED, more.mean, more.variance.sqrt())
            };
            added.iter().map(at_most).product()
        };
        prompts.iter().map(one).sum::<f64>() / prompts.len() as f64
    }
}

/// The sums that compare each of so many points with the first.
pub(super) fn differences(points: usize) -> Vec<Vec<(usize, f64)>> {
    (1..points).map(|i| vec![(i, 1.0), (0, -1.0)]).collect()
}

/// The mix with one dimension at a pure value.
pub(super) fn with_pure(mix: &Mix, dimension: usize, value: usize) -> Point {
    let mut rows = *mix.rows();
    rows[dimension] = pure(value);
    Point::new(&rows)
}

/// All of one value.
pub fn pure(value: usize) -> [f64; VALUES] {
    std::array::from_fn(|other| f64::from(u8::from(other == value)))
}
