//! ROOM: what an artist likes, learned from few ratings. No NATS, no async, no files, no clock.
//!
//! A learner's version is a pure function of its base version, the ordered rating log and the
//! seeds. Everything is plain `f64` loops in one fixed order and every transcendental function
//! comes from `libm`, so the same log gives the same bytes on every CPU. Tensors are deliberately
//! not used: for models this small libtorch's overhead per operation is larger than the work.
//!
//! Each learner is one file that reads from top to bottom; [`ppo`] is the one that is deployed. What
//! they share are formulas, each in a file of its own.

// The learners, the recommended one first.
pub mod direct;
pub mod dqn;
pub mod gp_ucb;
pub mod hill_climb;
pub mod ppo;
pub mod ppo_discrete;
pub mod ppo_plain;
pub mod q_learning;
pub mod random;
pub mod reinforce;
pub mod thompson;

// What they are made of.
pub mod advantage;
pub mod belief;
pub mod categorical;
pub mod change;
pub mod cholesky;
pub mod common;
pub mod diversity;
pub mod evidence;
pub mod features;
pub mod history;
mod history_snapshot;
pub mod hypothesis;
mod insight;
pub mod kernel;
pub mod kind;
pub mod lexicon;
mod monotony;
pub mod network;
pub mod objective;
pub mod policy;
pub mod prior;
pub mod probit;
pub mod reward_model;
pub mod rng;
pub mod search;
pub mod simplex;
pub mod snapshot;
pub mod thresholds;

use wire::{
    learning::{Belief, Comparison, Insight, LearnerKind, Sample},
    proposal::Proposal,
};

use diversity::Shown;
use prior::Prior;
pub use snapshot::SnapshotError;

/// Something that proposes mixes and learns from ratings of them.
pub trait Learner: Send {
    /// What to paint next for this prompt, away from what was shown last.
    fn propose(&self, prompt: &str, shown: Shown<'_>, seed: u64) -> Proposal;

    /// Takes in one rating. A skipped picture is no rating and never comes here.
    fn learn(&mut self, sample: &Sample, seed: u64) -> Report;

    /// Takes in these ratings with their seeds: what [`Self::learn`] would make of them one by one,
    /// to the last bit. A learner that makes its plans anew after each rating skips all but the
    /// last plan.
    fn learn_all(&mut self, log: &[(&Sample, u64)]) {
        for (sample, seed) in log {
            self.learn(sample, *seed);
        }
    }

    /// Takes in that one mix was preferred to another. Only a reward model can make use of it.
    fn compare(&mut self, _comparison: &Comparison, _seed: u64) {}

    /// What the learner would recommend for these prompts, and how sure it is.
    fn belief(&self, prompts: &[String]) -> Belief;

    /// What else it knows of the taste behind these prompts, as far as it has a notion of it.
    fn insight(&self, prompts: &[String]) -> Insight {
        common::insight(self, prompts)
    }

    /// All that [`restore`] needs to go on exactly from here.
    fn snapshot(&self) -> Vec<u8>;
}

/// What taking in one rating amounted to.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Probability of each rating 1..=5 as the learner foresaw it just before it was told, if it
    /// foresees ratings.
    pub predicted: Option<[f64; 5]>,
    /// How many ratings it has learned from by now.
    pub ratings: u64,
    /// How far the last pass moved the shown policy, in nats per head: PPO's approximate
    /// Kullback-Leibler divergence from the policy that took the actions. 0 without a policy.
    pub approx_kl: f64,
    /// How many ratings ago taste changed, if it seems to have.
    pub since_change: Option<u32>,
}

impl Report {
    /// The report of a learner that foresees nothing.
    pub(crate) const fn unforeseen(ratings: u64) -> Self {
        Self {
            predicted: None,
            ratings,
            approx_kl: 0.0,
            since_change: None,
        }
    }
}

/// A learner that has seen no rating.
pub fn fresh(kind: LearnerKind, style_seed: u64) -> Box<dyn Learner> {
    fresh_with(kind, style_seed, None)
}

/// A learner that has seen no rating but may know what others like, if it can make use of that.
pub fn fresh_with(kind: LearnerKind, style_seed: u64, prior: Option<&Prior>) -> Box<dyn Learner> {
    match kind {
        LearnerKind::Ppo => Box::new(ppo::Ppo::fresh(style_seed, prior.cloned())),
        LearnerKind::Direct => Box::new(direct::Direct::fresh(style_seed, prior.cloned())),
        LearnerKind::PpoPlain => Box::new(ppo_plain::PpoPlain::fresh(style_seed)),
        LearnerKind::PpoDiscrete => Box::new(ppo_discrete::PpoDiscrete::fresh(style_seed)),
        LearnerKind::Reinforce => Box::new(reinforce::Reinforce::fresh(style_seed)),
        LearnerKind::Dqn => Box::new(dqn::Dqn::fresh(style_seed)),
        LearnerKind::QLearning => Box::new(q_learning::QLearning::fresh(style_seed)),
        LearnerKind::Thompson => Box::new(thompson::Thompson::fresh(style_seed)),
        LearnerKind::GpUcb => Box::new(gp_ucb::GpUcb::fresh(style_seed)),
        LearnerKind::HillClimb => Box::new(hill_climb::HillClimb::fresh(style_seed)),
        LearnerKind::Random => Box::new(random::Random::fresh(style_seed)),
    }
}

/// The learner that a snapshot was taken from. The bytes are not trusted.
pub fn restore(bytes: &[u8]) -> Result<Box<dyn Learner>, SnapshotError> {
    let (kind, body) = snapshot::open(bytes)?;
    Ok(match kind {
        LearnerKind::Ppo => Box::new(ppo::Ppo::decode(body)?),
        LearnerKind::Direct => Box::new(direct::Direct::decode(body)?),
        LearnerKind::PpoPlain => Box::new(ppo_plain::PpoPlain::decode(body)?),
        LearnerKind::PpoDiscrete => Box::new(ppo_discrete::PpoDiscrete::decode(body)?),
        LearnerKind::Reinforce => Box::new(reinforce::Reinforce::decode(body)?),
        LearnerKind::Dqn => Box::new(dqn::Dqn::decode(body)?),
        LearnerKind::QLearning => Box::new(q_learning::QLearning::decode(body)?),
        LearnerKind::Thompson => Box::new(thompson::Thompson::decode(body)?),
        LearnerKind::GpUcb => Box::new(gp_ucb::GpUcb::decode(body)?),
        LearnerKind::HillClimb => Box::new(hill_climb::HillClimb::decode(body)?),
        LearnerKind::Random => Box::new(random::Random::decode(body)?),
    })
}

#[cfg(test)]
mod tests;
