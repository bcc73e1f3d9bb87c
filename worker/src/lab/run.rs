//! One learner meets one artist: the loop of the product, without pictures.

use wire::{
    ids::RatingId,
    learning::{LearnerKind, Sample},
    mix::Mix,
};

use super::{
    artist::Artist,
    prompts::{CATEGORIES, prompt, prompts_per_category},
};
use crate::learner::{
    self, Learner,
    rng::{Purpose, Rng},
};

/// One rating of a simulated run.
#[derive(Clone, Debug)]
pub struct Row {
    /// How many ratings came before.
    pub n: usize,
    /// The prompt's category, which the learner is not told.
    pub category: usize,
    /// What was shown.
    pub mix: Mix,
    /// How it was rated.
    pub stars: u8,
    /// How the learner foresaw the rating.
    pub predicted: Option<[f64; 5]>,
    /// Regret of what the learner would recommend, before this rating, over all categories.
    pub regret: f64,
}

/// A run under way; each call of `next` is one rating.
pub struct Run<'a> {
    artist: &'a Artist,
    learner: Box<dyn Learner>,
    rng: Rng,
    shown: Vec<Mix>,
    seed: u64,
}

impl<'a> Run<'a> {
    /// A fresh learner and an artist who have not met.
    pub fn new(artist: &'a Artist, kind: LearnerKind, seed: u64) -> Self {
        Self {
            artist,
            learner: learner::fresh(kind, seed),
            rng: Rng::new(Purpose::Simulate, seed, 0),
            shown: Vec::new(),
            seed,
        }
    }

    /// Mean regret of the recommendations for one prompt of each category.
    fn regret(&self, which: usize) -> f64 {
        let regrets = (0..CATEGORIES).map(|category| {
            let belief = self.learner.belief(&[prompt(category, which).to_owned()]);
            self.artist
                .regret(self.shown.len(), category, &belief.proposed)
        });
        regrets.sum::<f64>() / CATEGORIES as f64
    }
}

impl Iterator for Run<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let n = self.shown.len();
        let category = self.rng.below(CATEGORIES);
        let which = self.rng.below(prompts_per_category());
        let regret = self.regret(which);
        // The seed of a step is its place in the log, as in the product.
        let step_seed = self.seed.wrapping_mul(1_000_003).wrapping_add(n as u64);
        let proposal = self
            .learner
            .propose(prompt(category, which), &self.shown, step_seed);
        let stars = self
            .artist
            .rate(n, category, &proposal.mix, self.rng.normal());
        self.shown.push(proposal.mix);
        let row = Row {
            n,
            category,
            mix: proposal.mix,
            stars: stars.get(),
            predicted: proposal.predicted,
            regret,
        };
        let rating = RatingId(uuid::Uuid::from_u128(n as u128));
        let sample = Sample {
            rating,
            stars,
            hint: None,
            proposal,
        };
        self.learner.learn(&sample, step_seed);
        Some(row)
    }
}
