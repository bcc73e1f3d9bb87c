//! What holds for the learner as a whole; formulas are tested beside themselves.

use uuid::Uuid;
use wire::{
    ids::{PolicyHash, RatingId},
    mix::Mix,
    proposal::Proposal,
    rating::Stars,
    taxonomy::{Dimension, TAXONOMY_VERSION},
    variety::Variety,
};

use super::*;

mod every_learner;
mod evidence;
mod hostile;
mod insight;
mod matches_stable_baselines3;
mod practice;
mod raters;
mod replay;

const LAKE: &str = "a lake at dawn";

/// A rating of a mix that nobody proposed.
pub fn sample(prompt: &str, mix: Mix, stars: u8) -> Sample {
    rated(
        Proposal {
            policy: PolicyHash::from_bytes([0; 32]),
            prompt: prompt.to_owned(),
            mix,
            action: mix.flat(),
            log_prob: [0.0; 4],
            predicted: None,
        },
        stars,
    )
}

fn rated(proposal: Proposal, stars: u8) -> Sample {
    Sample {
        rating: RatingId(Uuid::nil()),
        stars: Stars::new(stars).unwrap(),
        hint: None,
        proposal,
    }
}

/// A session of the rating loop: propose, rate, learn, and the log of it.
struct Session {
    learner: Box<dyn Learner>,
    shown: Vec<Mix>,
    log: Vec<(Sample, u64)>,
}

impl Session {
    fn new(style_seed: u64) -> Self {
        Self {
            learner: fresh(LearnerKind::Ppo, style_seed),
            shown: Vec::new(),
            log: Vec::new(),
        }
    }

    /// Rates `count` proposals for a prompt.
    fn rate(mut self, count: usize, prompt: &str, mut rater: impl FnMut(&Mix) -> u8) -> Self {
        for _ in 0..count {
            let seed = self.shown.len() as u64;
            let proposal = self.learner.propose(prompt, (&self.shown).into(), seed);
            self.shown.push(proposal.mix);
            let stars = rater(&proposal.mix);
            let sample = rated(proposal, stars);
            self.learner.learn(&sample, seed);
            self.log.push((sample, seed));
        }
        self
    }

    fn belief(&self) -> Belief {
        self.learner.belief(&[LAKE.to_owned()])
    }
}

/// Loves warm and painterly, sees nothing else: one star for none of either, five for both pure.
fn loves_warm_and_painterly(mix: &Mix) -> u8 {
    let warm = mix.shares(Dimension::Color)[0];
    let painterly = mix.shares(Dimension::Style)[1];
    (1.0 + 2.0 * (warm + painterly)).round() as u8
}
