//! `reinforce`: Williams 1992 on four categorical heads, one step per rating.
//!
//! The baseline is the mean rating so far. Nothing is used twice: what plain policy gradients cost
//! in ratings is what this learner is here to show.

use wire::{
    learning::{Belief, LearnerKind, Sample},
    mix::Mix,
    proposal::Proposal,
    taxonomy::{DIMENSIONS, SHARES},
};

use super::{
    Learner, Report, SnapshotError, categorical,
    common::{self, MeanStars},
    diversity::Shown,
    features::Features,
    policy::{self, INPUTS, Policy},
    rng::{Purpose, Rng},
    snapshot::{self, Reader},
};

/// Step per star of advantage.
const STEP: f64 = 0.25;

/// The learner.
#[derive(Clone, Debug)]
pub struct Reinforce {
    style_seed: u64,
    stars: MeanStars,
    /// Its means are the heads' logits.
    policy: Policy,
}

impl Reinforce {
    /// All values are equally likely.
    pub fn fresh(style_seed: u64) -> Self {
        Self {
            style_seed,
            stars: MeanStars::default(),
            policy: Policy::neutral().rounded(),
        }
    }

    pub(super) fn decode(reader: Reader<'_>) -> Result<Self, SnapshotError> {
        let (style_seed, (stars, policy)) = reader.seed_and()?;
        Ok(Self {
            style_seed,
            stars,
            policy,
        })
    }

    fn probabilities(&self, prompt: &Features) -> [f64; SHARES] {
        categorical::probabilities(&self.policy.mean(prompt))
    }
}

impl Learner for Reinforce {
    fn propose(&self, prompt: &str, _shown: Shown<'_>, seed: u64) -> Proposal {
        let probabilities = self.probabilities(&Features::of(prompt));
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
        let prompt = Features::of(&sample.proposal.prompt);
        let advantage = f64::from(sample.stars.get()) - self.stars.mean();
        let values = categorical::likeliest(&sample.proposal.mix.flat());
        let slope = categorical::log_prob_slope(&self.probabilities(&prompt), &values);
        let mut gradient = [[0.0; INPUTS]; SHARES];
        policy::accumulate(&mut gradient, &slope.map(|s| advantage * s), &prompt);
        self.policy.climb(&gradient, STEP);
        self.policy = self.policy.clone().rounded();
        self.stars.add(sample.stars.get());
        Report::unforeseen(self.stars.count)
    }

    fn belief(&self, prompts: &[String]) -> Belief {
        categorical_belief(&self.policy, prompts, self.stars.mean())
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(
            LearnerKind::Reinforce,
            self.style_seed,
            &[&self.stars, &self.policy],
        )
    }
}

/// What categorical heads recommend: the likeliest values.
pub(super) fn categorical_belief(policy: &Policy, prompts: &[String], expected: f64) -> Belief {
    let prompts = common::features(prompts);
    let mut sureness = [0.0; DIMENSIONS];
    let mut modes = Vec::with_capacity(prompts.len());
    for prompt in &prompts {
        let probabilities = categorical::probabilities(&policy.mean(prompt));
        modes.push(Mix::pure(categorical::likeliest(&probabilities)));
        for (sum, one) in sureness
            .iter_mut()
            .zip(categorical::sureness(&probabilities))
        {
            *sum += one / prompts.len() as f64;
        }
    }
    Belief {
        proposed: common::average(modes),
        sureness,
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::tests::sample;

    #[test]
    fn one_step_equals_the_one_worked_by_hand() {
        // Five stars against the first guess of 2.2: advantage 2.8, step 0.25. The chosen logit of
        // a head rises by 0.7 (1 - 0.2) = 0.56 from the bias and as much again from the features,
        // whose squares sum to 1; the others fall by 0.7 * 0.2 = 0.14, twice.
        let mut learner = Reinforce::fresh(1);
        learner.learn(&sample("a lake", Mix::pure([3, 0, 0, 0]), 5), 0);
        let logits = learner.policy.mean(&Features::of("a lake"));
        assert!((logits[3] - (0.2 + 1.12)).abs() < 1e-6, "{logits:?}");
        assert!((logits[4] - (0.2 - 0.28)).abs() < 1e-6, "{logits:?}");
    }
}
