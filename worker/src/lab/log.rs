//! A log as a style keeps it, without the time it takes to learn it: random mixes, rated by a
//! simulated artist. Replays are measured and compared on it.

use wire::{
    ids::RatingId,
    learning::{BUILT_IN_PRIOR, Hint, LearnerKind, Sample},
    replay::RatingLog,
    taxonomy::Dimension,
};

use super::{
    artist::Artist,
    prompts::{CATEGORIES, prompt, prompts_per_category},
};
use crate::learner::{
    self,
    diversity::Shown,
    rng::{Purpose, Rng},
};

/// Every so many ratings come with a tap.
const TAP_EVERY: usize = 5;

/// So many ratings of random mixes, for this learner to replay.
pub fn rating_log(artist: &Artist, learner: LearnerKind, ratings: usize, seed: u64) -> RatingLog {
    let shown = learner::fresh(LearnerKind::Random, seed);
    let mut rng = Rng::new(Purpose::Simulate, seed, 1);
    let sample = |n| {
        let category = rng.below(CATEGORIES);
        let prompt = prompt(category, rng.below(prompts_per_category()));
        let proposal = shown.propose(prompt, Shown::NOTHING, n as u64);
        let stars = artist.rate(n, category, &proposal.mix, rng.normal());
        let tapped = n % TAP_EVERY == 0;
        Sample {
            rating: RatingId(uuid::Uuid::from_u128(n as u128)),
            stars,
            hint: tapped.then_some(Hint {
                dimension: Dimension::ALL[rng.below(Dimension::ALL.len())],
                liked: stars.get() > 3,
            }),
            proposal,
        }
    };
    RatingLog {
        learner,
        prior: BUILT_IN_PRIOR.to_owned(),
        style_seed: seed,
        samples: (0..ratings).map(sample).collect(),
        comparisons: Vec::new(),
    }
}
