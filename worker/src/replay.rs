//! A version made again from its log, on any machine with the same bytes.
//!
//! It takes no checkpoint to be quick: a learner that plans anew after each rating needs only the
//! last plan ([`Learner::learn_all`]), and the others are quick anyway.

use wire::{learning::Sample, replay::RatingLog};

use crate::{
    learner::{self, Learner, prior::Prior, snapshot::SnapshotError},
    seeds::step_seed,
};

/// The learner that has learned this log and nothing else.
pub fn from_nothing(log: &RatingLog, prior: Option<&Prior>) -> Box<dyn Learner> {
    let learner = learner::fresh_with(log.learner, log.style_seed, prior);
    go_on(learner, log, 0)
}

/// The log's first version as one finds it in a store: written, and read again.
pub fn first(log: &RatingLog) -> Result<Box<dyn Learner>, SnapshotError> {
    learner::restore(&learner::fresh(log.learner, log.style_seed).snapshot())
}

/// The same by way of a learner that has learned the log's first ratings already.
pub fn go_on(mut learner: Box<dyn Learner>, log: &RatingLog, learned: u32) -> Box<dyn Learner> {
    learner.learn_all(&seeded(log, learned));
    learner
}

/// The same as it was when it happened: rating by rating. What the others are measured by.
pub fn step_by_step(log: &RatingLog, prior: Option<&Prior>) -> Box<dyn Learner> {
    let mut learner = learner::fresh_with(log.learner, log.style_seed, prior);
    for (sample, seed) in seeded(log, 0) {
        learner.learn(sample, seed);
    }
    learner
}

fn seeded(log: &RatingLog, learned: u32) -> Vec<(&Sample, u64)> {
    let samples = (0..).zip(&log.samples).skip(learned as usize);
    samples
        .map(|(place, sample)| (sample, step_seed(log.style_seed, place)))
        .collect()
}
