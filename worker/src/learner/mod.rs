//! ROOM: what an artist likes, learned from few ratings. No NATS, no async, no files, no clock.
//!
//! A learner's version is a pure function of its base version, the ordered rating log and the
//! seeds. Everything is plain `f64` loops in one fixed order and every transcendental function
//! comes from `libm`, so the same log gives the same bytes on every CPU. Tensors are deliberately
//! not used: for models this small libtorch's overhead per operation is larger than the work.
//!
//! In reading order: [`ppo`] is the algorithm from top to bottom; the others are its formulas.

pub mod advantage;
mod belief;
pub mod cholesky;
pub mod features;
pub mod history;
pub mod kernel;
pub mod lexicon;
pub mod objective;
pub mod policy;
pub mod ppo;
mod ppo_snapshot;
pub mod probit;
pub mod reward_model;
pub mod rng;
pub mod simplex;
pub mod snapshot;

use wire::{
    learning::{Belief, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
};

pub use snapshot::SnapshotError;

/// Something that proposes mixes and learns from ratings of them.
pub trait Learner: Send {
    /// What to paint next for this prompt; `recent` are the mixes shown last, newest last.
    fn propose(&self, prompt: &str, recent: &[Mix], seed: u64) -> Proposal;

    /// Takes in one rating. A skipped picture is no rating and never comes here.
    fn learn(&mut self, sample: &Sample, seed: u64) -> Report;

    /// What the learner would recommend for these prompts, and how sure it is.
    fn belief(&self, prompts: &[String]) -> Belief;

    /// All that [`restore`] needs to go on exactly from here.
    fn snapshot(&self) -> Vec<u8>;
}

/// What taking in one rating amounted to.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Probability of each rating 1..=5 as the learner foresaw it just before it was told.
    pub predicted: [f64; 5],
    /// How many ratings it has learned from by now.
    pub ratings: u64,
    /// How far the last round of practice moved the shown policy, in nats per head: PPO's approximate
    /// Kullback-Leibler divergence from the policy that took the actions.
    pub approx_kl: f64,
}

/// A learner that has seen no rating.
pub fn fresh(kind: LearnerKind, style_seed: u64) -> Box<dyn Learner> {
    match kind {
        LearnerKind::Ppo => Box::new(ppo::Ppo::fresh(style_seed)),
    }
}

/// The learner that a snapshot was taken from. The bytes are not trusted.
pub fn restore(bytes: &[u8]) -> Result<Box<dyn Learner>, SnapshotError> {
    let (kind, body) = snapshot::open(bytes)?;
    match kind {
        LearnerKind::Ppo => Ok(Box::new(ppo::Ppo::decode(body)?)),
    }
}

#[cfg(test)]
mod tests;
