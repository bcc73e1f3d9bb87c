//! What learning costs in processor time: plain PPO beside stable-baselines3, and the deployed update.
//!
//! Processor time and not the clock's, because the machines this runs on are shared. Both sides of
//! the comparison work on the same batch with the same linear network and on one thread.

mod python;

use std::path::Path;

use anyhow::{Context as _, ensure};
use serde::Serialize;
use wire::learning::LearnerKind;

use super::{
    artist::Artist,
    cpu::timed,
    run::{Conditions, Run},
};
use crate::learner::{
    advantage::group_advantages,
    diversity::{Shown, draw},
    features::Features,
    lexicon::stock_prompts,
    policy::{self, INPUTS, Policy},
    ppo::{self, Step},
    restore,
    rng::{Purpose, Rng},
};

/// Actions in the batch.
const BATCH: usize = 32;
/// Passes over it.
pub const EPOCHS: usize = 4;
/// The heads' scale.
const SCALE: f64 = 0.3;
/// How often our side is measured, and how often the slower one.
const REPEATS: [usize; 2] = [2000, 200];
/// Ratings that the deployed learner has when it is measured.
const RATINGS: [usize; 4] = [20, 40, 80, 200];
/// How likely its artist taps a dimension with a rating: never, or every second time.
const TAPS: [f64; 2] = [0.0, 0.5];
/// How often each of its steps is measured.
const LOOKS: usize = 12;
/// Whose ratings those are.
const ARTIST: &str = include_str!("examples/interacting-1.json");

/// Milliseconds of processor time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spent {
    /// The least of all repeats: what it costs when nothing is in the way.
    pub least_ms: f64,
    /// The median of them.
    pub median_ms: f64,
}

/// Plain PPO on both sides.
#[derive(Clone, Debug, Serialize)]
pub struct Plain {
    /// Ours.
    pub rust: Spent,
    /// What stable-baselines3's own `PPO.train()` takes, if there is a Python that has it.
    pub stable_baselines3: Option<Spent>,
    /// What the least that `torch` needs takes: the same loss by hand, autograd and a plain step.
    pub torch_by_hand: Option<Spent>,
    /// Their versions.
    pub versions: Option<String>,
}

/// The deployed learner after so many ratings.
#[derive(Clone, Debug, Serialize)]
pub struct Deployed {
    /// How many.
    pub ratings: usize,
    /// How likely each of them came with a tap.
    pub taps: f64,
    /// Taking in the last of them: reward model, practice and all.
    pub learn: Spent,
    /// Reading the version before.
    pub restore: Spent,
    /// Proposing for one prompt.
    pub propose: Spent,
    /// Saying what it believes and knows for one prompt.
    pub tell: Spent,
    /// The version at rest.
    pub bytes: usize,
}

impl Spent {
    fn of(mut seconds: Vec<f64>) -> anyhow::Result<Self> {
        seconds.sort_by(f64::total_cmp);
        let least = seconds.first().context("nothing was measured")?;
        Ok(Self {
            least_ms: least * 1e3,
            median_ms: seconds[seconds.len() / 2] * 1e3,
        })
    }
}

/// A batch as both sides see it.
#[derive(Debug, Serialize)]
struct Batch {
    epochs: usize,
    repeats: usize,
    scale: f64,
    weights: Vec<Vec<f64>>,
    prompts: Vec<Vec<f64>>,
    actions: Vec<Vec<f64>>,
    /// Per action, one per head.
    old_log_prob: Vec<Vec<f64>>,
    advantages: Vec<f64>,
}

/// Measures plain PPO here and, if a Python is given, there.
pub fn plain(python: Option<&Path>) -> anyhow::Result<Plain> {
    let mut rng = Rng::new(Purpose::Simulate, 32, 4);
    let weights = std::array::from_fn(|_| rng.normals::<INPUTS>().map(|w| 0.2 * w));
    let policy = Policy::from_weights(weights);
    let stars: Vec<f64> = (0..BATCH).map(|_| 1.0 + rng.below(5) as f64).collect();
    let steps: Vec<Step> = group_advantages(&stars, BATCH)
        .into_iter()
        .zip(stock_prompts().map(Features::of).into_iter().cycle())
        .map(|(advantage, prompt)| {
            let mean = policy.mean(&prompt);
            let action = draw(&mean, SCALE, &rng.normals());
            let old_log_prob = policy::log_prob(&action, &mean, SCALE);
            Step {
                prompt,
                action,
                old_log_prob,
                advantage,
            }
        })
        .collect();
    let rust = Spent::of(ours(&policy, &steps))?;
    let Some(python) = python else {
        return Ok(Plain {
            rust,
            stable_baselines3: None,
            torch_by_hand: None,
            versions: None,
        });
    };
    let theirs = python::measure(python, &batch(&policy, &steps))?;
    // Half of ours before theirs and half after: whatever slows the machine slows both.
    let again = Spent::of(ours(&policy, &steps))?;
    let rust = Spent {
        least_ms: rust.least_ms.min(again.least_ms),
        median_ms: rust.median_ms.midpoint(again.median_ms),
    };
    Ok(Plain {
        rust,
        stable_baselines3: Some(Spent::of(theirs.stable_baselines3)?),
        torch_by_hand: Some(Spent::of(theirs.torch_by_hand)?),
        versions: Some(theirs.versions),
    })
}

fn ours(policy: &Policy, steps: &[Step]) -> Vec<f64> {
    let one = |_| {
        let mut policy = policy.clone();
        let (moved, spent) = timed(|| ppo::update(&mut policy, steps, EPOCHS, SCALE, 0.5));
        std::hint::black_box((policy, moved));
        spent.as_secs_f64()
    };
    (0..REPEATS[0]).map(one).collect()
}

fn batch(policy: &Policy, steps: &[Step]) -> Batch {
    let each = |of: &dyn Fn(&Step) -> Vec<f64>| steps.iter().map(of).collect();
    Batch {
        epochs: EPOCHS,
        repeats: REPEATS[1],
        scale: SCALE,
        weights: policy.weights().iter().map(|row| row.to_vec()).collect(),
        prompts: each(&|step| step.prompt.unit().to_vec()),
        actions: each(&|step| step.action.to_vec()),
        old_log_prob: each(&|step| step.old_log_prob.to_vec()),
        advantages: steps.iter().map(|step| step.advantage).collect(),
    }
}

/// Measures the deployed learner as it gets to know an artist, who taps or does not.
pub fn deployed() -> anyhow::Result<Vec<Deployed>> {
    let mut lines = Vec::with_capacity(TAPS.len() * RATINGS.len());
    for taps in TAPS {
        lines.append(&mut deployed_with(taps)?);
    }
    Ok(lines)
}

fn deployed_with(taps: f64) -> anyhow::Result<Vec<Deployed>> {
    let artist = Artist::read(ARTIST)?;
    let conditions = Conditions {
        hints: taps,
        ..Conditions::default()
    };
    let mut run = Run::new(&artist, LearnerKind::Ppo, 1, &conditions);
    let mut lines = Vec::with_capacity(RATINGS.len());
    let mut rated = 0;
    for ratings in RATINGS {
        while rated + 1 < ratings {
            run.step();
            rated += 1;
        }
        let before = run.learner().snapshot();
        let (sample, seed) = run.step().context("an artist never tires")?;
        rated += 1;
        let prompt = sample.proposal.prompt.clone();
        let (mut restored, mut learned) = (Vec::new(), Vec::new());
        let (mut proposed, mut told) = (Vec::new(), Vec::new());
        for look in 0..LOOKS {
            let (learner, spent) = timed(|| restore(&before));
            restored.push(spent.as_secs_f64());
            let mut learner = learner?;
            learned.push(timed(|| learner.learn(&sample, seed)).1.as_secs_f64());
            ensure!(
                learner.snapshot() == run.learner().snapshot(),
                "the same rating made another version"
            );
            proposed.push(
                timed(|| learner.propose(&prompt, Shown::NOTHING, look as u64))
                    .1
                    .as_secs_f64(),
            );
            let asked = std::slice::from_ref(&prompt);
            let tell = || (learner.belief(asked), learner.insight(asked));
            told.push(timed(tell).1.as_secs_f64());
        }
        lines.push(Deployed {
            ratings,
            taps,
            learn: Spent::of(learned)?,
            restore: Spent::of(restored)?,
            propose: Spent::of(proposed)?,
            tell: Spent::of(told)?,
            bytes: run.learner().snapshot().len(),
        });
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_and_the_median_are_those_of_the_repeats() {
        let spent = Spent::of(vec![0.003, 0.001, 0.002]).unwrap();
        assert!((spent.least_ms - 1.0).abs() < 1e-12 && (spent.median_ms - 2.0).abs() < 1e-12);
        assert!(Spent::of(Vec::new()).is_err());
    }

    #[test]
    fn without_a_python_only_our_side_is_measured() {
        let plain = plain(None).unwrap();
        assert!(plain.rust.least_ms > 0.0 && plain.rust.least_ms <= plain.rust.median_ms);
        assert!(plain.stable_baselines3.is_none());
    }

    #[test]
    fn a_python_that_is_not_there_is_named() {
        let error = plain(Some(Path::new("/no/such/python"))).unwrap_err();
        assert!(
            format!("{error:#}").contains("/no/such/python"),
            "{error:#}"
        );
    }
}
