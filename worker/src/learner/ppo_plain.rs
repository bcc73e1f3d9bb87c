//! `ppo-plain`: PPO over continuous mixes without a reward model.
//!
//! What [`super::ppo`] would be if it only believed what was really rated. It is here to show what
//! the reward model is worth; the policy and the objective are the same.

use wire::{
    learning::{Belief, LearnerKind, Sample},
    proposal::Proposal,
};

use super::{
    Learner, Report, SnapshotError, common,
    diversity::Shown,
    diversity::draw,
    features::Features,
    history::History,
    policy::{self, Policy},
    ppo::{real_steps, update},
    rng::{Purpose, Rng},
    simplex,
    snapshot::{self, Reader},
};

/// Passes over the newest ratings.
const EPOCHS: usize = 4;
/// Step per squared scale, as in practice.
const STEP: f64 = 0.5;
/// The heads' scale before the first rating.
const WIDE: f64 = 0.35;
/// The least scale.
const NARROW: f64 = 0.12;
/// What is left of the scale after each rating.
const DECAY: f64 = 0.99;

/// The learner.
#[derive(Clone, Debug)]
pub struct PpoPlain {
    style_seed: u64,
    history: History,
    policy: Policy,
}

impl PpoPlain {
    /// All values in equal parts.
    pub fn fresh(style_seed: u64) -> Self {
        Self {
            style_seed,
            history: History::default(),
            policy: Policy::neutral().rounded(),
        }
    }

    pub(super) fn decode(reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let (style_seed, (policy, history)) = reader.seed_and()?;
        Ok(Self {
            style_seed,
            history,
            policy,
        })
    }

    fn scale(&self) -> f64 {
        (WIDE * libm::pow(DECAY, self.history.learned as f64)).max(NARROW)
    }
}

impl Learner for PpoPlain {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let mean = self.policy.mean(&Features::of(prompt));
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let action = draw(&mean, self.scale(), &rng.normals());
        let log_prob = policy::log_prob(&action, &mean, self.scale());
        common::proposal(self, prompt, simplex::mix(&action), action, log_prob)
    }

    fn learn(&mut self, sample: &Sample, _seed: u64) -> Report {
        // The ratios compare densities of equal width: the one the newest proposals were drawn at.
        let scale = self.scale();
        self.history.add(sample);
        let steps = real_steps(&self.history);
        let moved = update(&mut self.policy, &steps, EPOCHS, scale, STEP);
        self.policy = self.policy.clone().rounded();
        Report {
            approx_kl: moved,
            ..Report::unforeseen(self.history.learned)
        }
    }

    fn belief(&self, prompts: &[String]) -> Belief {
        let prompts = common::features(prompts);
        let modes = prompts.iter().map(|prompt| self.policy.mode(prompt));
        let spread = self.scale() / WIDE;
        Belief {
            proposed: common::average(modes),
            sureness: [1.0 - spread; 4],
            expected: self.history.mean_stars(),
        }
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(
            LearnerKind::PpoPlain,
            self.style_seed,
            &[&self.policy, &self.history],
        )
    }
}
