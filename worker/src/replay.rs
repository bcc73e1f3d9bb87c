//! A version made again from its log, on any machine with the same bytes.
//!
//! It takes no checkpoint to be quick: a learner that plans anew after each rating needs only the
//! last plan ([`Learner::learn_all`]), and the others are quick anyway.

use wire::{
    learning::{Comparison, Sample},
    replay::RatingLog,
};

use crate::{
    learner::{self, Learner, prior::Prior, snapshot::SnapshotError},
    seeds::{comparison_seed, step_seed},
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

/// The same by way of a learner that has learned the log's first ratings already, and what was compared
/// before the last of them.
pub fn go_on(mut learner: Box<dyn Learner>, log: &RatingLog, learned: u32) -> Box<dyn Learner> {
    for stretch in stretches(log, learned) {
        learner.learn_all(&stretch.ratings);
        if let Some((comparison, seed)) = stretch.then {
            learner.compare(comparison, seed);
        }
    }
    learner
}

/// The same as it was when it happened: rating by rating. What the others are measured by.
pub fn step_by_step(log: &RatingLog, prior: Option<&Prior>) -> Box<dyn Learner> {
    let mut learner = learner::fresh_with(log.learner, log.style_seed, prior);
    for stretch in stretches(log, 0) {
        for (sample, seed) in stretch.ratings {
            learner.learn(sample, seed);
        }
        if let Some((comparison, seed)) = stretch.then {
            learner.compare(comparison, seed);
        }
    }
    learner
}

/// The log up to a number of ratings: an earlier version's.
pub fn beginning(log: &RatingLog, ratings: usize) -> RatingLog {
    let mut log = log.clone();
    log.samples.truncate(ratings);
    log.comparisons.retain(|one| (one.after as usize) < ratings);
    log
}

/// Ratings in a row, and the comparison that ends them.
struct Stretch<'a> {
    ratings: Vec<(&'a Sample, u64)>,
    then: Option<(&'a Comparison, u64)>,
}

/// What is left of the log after so many ratings, each entry with its seed.
fn stretches(log: &RatingLog, learned: u32) -> Vec<Stretch<'_>> {
    let ratings = |from: u32, to: u32| {
        let places = (0..).zip(&log.samples).skip(from as usize);
        let places = places.take(to.saturating_sub(from) as usize);
        places
            .map(|(place, sample)| (sample, step_seed(log.style_seed, place)))
            .collect()
    };
    let mut from = learned;
    let mut stretches = Vec::new();
    for (index, one) in (0..).zip(&log.comparisons) {
        if one.after < learned {
            continue;
        }
        let seed = comparison_seed(log.style_seed, index);
        stretches.push(Stretch {
            ratings: ratings(from, one.after),
            then: Some((&one.comparison, seed)),
        });
        from = from.max(one.after);
    }
    stretches.push(Stretch {
        ratings: ratings(from, u32::MAX),
        then: None,
    });
    stretches
}
