//! `ppo-discrete`: the talk's third learner. Four categorical heads, trained on the ratings alone.
//!
//! After each rating the newest sixteen are gone through a few times with the log-probabilities
//! that were stored when they were proposed. No model imagines anything.

use wire::{
    learning::{Belief, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::{DIMENSIONS, SHARES, VALUES},
};

use super::{
    Learner, Report, SnapshotError,
    advantage::group_advantages,
    categorical, common,
    diversity::Shown,
    features::Features,
    history::History,
    objective::{Clip, approx_kl, clipped_surrogate_slope, ratio},
    policy::{self, INPUTS, Policy, Weights},
    reinforce::categorical_belief,
    rng::{Purpose, Rng},
    snapshot::{self, Reader},
};

/// Passes over the newest ratings.
const EPOCHS: usize = 4;
/// Step per unit of mean surrogate.
const STEP: f64 = 0.6;
/// No more passes once the policy has moved this far, in nats per head.
const KL_LIMIT: f64 = 0.05;

/// The learner.
#[derive(Clone, Debug)]
pub struct PpoDiscrete {
    style_seed: u64,
    history: History,
    /// Its means are the heads' logits.
    policy: Policy,
}

/// One rated choice of pure values.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What was asked for.
    pub prompt: Features,
    /// The values that were shown.
    pub values: [usize; DIMENSIONS],
    /// Log-probability when it was proposed, one per head.
    pub old_log_prob: [f64; DIMENSIONS],
    /// How much better than its peers it was rated.
    pub advantage: f64,
}

impl PpoDiscrete {
    /// All values are equally likely.
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

    fn choices(&self) -> Vec<Choice> {
        let taken: Vec<_> = self.history.taken().collect();
        let stars: Vec<f64> = taken.iter().map(|(r, _)| f64::from(r.stars)).collect();
        let advantages = group_advantages(&stars, stars.len());
        taken
            .iter()
            .zip(advantages)
            .map(|((rated, action), advantage)| Choice {
                prompt: rated.prompt,
                values: categorical::likeliest(&rated.shares()),
                old_log_prob: action.log_prob.map(f64::from),
                advantage,
            })
            .collect()
    }
}

impl Learner for PpoDiscrete {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let probabilities = categorical::probabilities(&self.policy.mean(&Features::of(prompt)));
        let mut rng = Rng::new(Purpose::Propose, self.style_seed, seed);
        let values = categorical::draw(&probabilities, &mut rng);
        common::proposal(
            self,
            prompt,
            Mix::pure(values),
            categorical::action(&values),
            categorical::log_prob(&probabilities, &values),
        )
    }

    fn learn(&mut self, sample: &Sample, _seed: u64) -> Report {
        self.history.add(sample);
        let choices = self.choices();
        let before = self.policy.clone();
        let mut moved = 0.0;
        for _ in 0..EPOCHS {
            let gradient = surrogate_gradient(&self.policy, &choices, Clip::USUAL);
            self.policy.climb(&gradient, STEP);
            moved = mean_kl(&before, &self.policy, &choices);
            if moved > KL_LIMIT {
                break;
            }
        }
        self.policy = self.policy.clone().rounded();
        Report {
            approx_kl: moved,
            ..Report::unforeseen(self.history.learned)
        }
    }

    fn belief(&self, prompts: &[String]) -> Belief {
        categorical_belief(&self.policy, prompts, self.history.mean_stars())
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(
            LearnerKind::PpoDiscrete,
            self.style_seed,
            &[&self.policy, &self.history],
        )
    }
}

/// Gradient of the mean clipped surrogate by the weights, with one ratio per head.
pub fn surrogate_gradient(policy: &Policy, choices: &[Choice], clip: Clip) -> Weights {
    let mut gradient = [[0.0; INPUTS]; SHARES];
    for choice in choices {
        let probabilities = categorical::probabilities(&policy.mean(&choice.prompt));
        let new_log_prob = categorical::log_prob(&probabilities, &choice.values);
        let by_log_prob: [f64; DIMENSIONS] = std::array::from_fn(|d| {
            let ratio = ratio(new_log_prob[d], choice.old_log_prob[d]);
            clipped_surrogate_slope(ratio, choice.advantage, clip) / choices.len() as f64
        });
        let by_logit = categorical::log_prob_slope(&probabilities, &choice.values);
        let slopes = std::array::from_fn(|i| by_log_prob[i / VALUES] * by_logit[i]);
        policy::accumulate(&mut gradient, &slopes, &choice.prompt);
    }
    gradient
}

/// Approximate KL divergence per head between two policies on the same choices.
fn mean_kl(before: &Policy, after: &Policy, choices: &[Choice]) -> f64 {
    let log_prob = |policy: &Policy, choice: &Choice| {
        let probabilities = categorical::probabilities(&policy.mean(&choice.prompt));
        categorical::log_prob(&probabilities, &choice.values)
    };
    let mut sum = 0.0;
    for choice in choices {
        for (new, old) in log_prob(after, choice).iter().zip(log_prob(before, choice)) {
            sum += approx_kl(ratio(*new, old));
        }
    }
    sum / (choices.len() * DIMENSIONS) as f64
}
