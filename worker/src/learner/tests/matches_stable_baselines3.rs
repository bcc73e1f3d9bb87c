//! PPO's loss and gradient on a recorded batch equal stable-baselines3's own.
//!
//! `stable_baselines3/record.py` wrote the numbers; it is their `PPO.train()` that made them.

use serde::Deserialize;
use wire::taxonomy::{DIMENSIONS, SHARES, VALUES};

use crate::learner::{
    categorical,
    features::{FEATURES, Features},
    objective::{Clip, approx_kl, clipped_surrogate, ratio},
    policy::{self, INPUTS, Policy, Weights},
    ppo::{self, Step},
    ppo_discrete::{self, Choice},
};

/// Theirs is in single precision.
const AGREEMENT: f64 = 1e-5;

#[derive(Deserialize)]
struct Record {
    clip_range: f64,
    scale: f64,
    gaussian: Batch<[f64; VALUES]>,
    categorical: Batch<usize>,
}

#[derive(Deserialize)]
struct Batch<A> {
    weights: [[f64; FEATURES]; VALUES],
    bias: [f64; VALUES],
    features: Vec<[i8; FEATURES]>,
    actions: Vec<A>,
    old_log_prob: Vec<f64>,
    advantages: Vec<f64>,
    loss: f64,
    approx_kl: f64,
    clip_fraction: f64,
    weight_gradient: [[f64; FEATURES]; VALUES],
    bias_gradient: [f64; VALUES],
}

fn record() -> Record {
    serde_json::from_str(include_str!("stable_baselines3/batch.json")).unwrap()
}

impl<A> Batch<A> {
    /// Theirs is one head; the other three stay at zero and have no part in the batch.
    fn policy(&self) -> Policy {
        let mut weights = [[0.0; INPUTS]; SHARES];
        for (row, (bias, features)) in weights.iter_mut().zip(self.bias.iter().zip(&self.weights)) {
            row[0] = *bias;
            row[1..].copy_from_slice(features);
        }
        Policy::from_weights(weights)
    }

    fn prompt(&self, row: usize) -> Features {
        Features::from_bytes(self.features[row]).unwrap()
    }

    fn check(&self, clip: Clip, new_log_prob: impl Fn(usize) -> f64, gradient: &Weights) {
        let ratios: Vec<f64> = (0..self.actions.len())
            .map(|row| ratio(new_log_prob(row), self.old_log_prob[row]))
            .collect();
        let mean = |of: &dyn Fn(usize) -> f64| {
            (0..ratios.len()).map(of).sum::<f64>() / ratios.len() as f64
        };
        let loss = -mean(&|row| clipped_surrogate(ratios[row], self.advantages[row], clip));
        let kl = mean(&|row| approx_kl(ratios[row]));
        let clipped = mean(&|row| f64::from(u8::from((ratios[row] - 1.0).abs() > clip.range)));
        assert!(
            (loss - self.loss).abs() < AGREEMENT,
            "{loss} is not {}",
            self.loss
        );
        assert!(
            (kl - self.approx_kl).abs() < AGREEMENT,
            "{kl} is not {}",
            self.approx_kl
        );
        assert!((clipped - self.clip_fraction).abs() < 1e-9, "{clipped}");
        assert!(
            clipped > 0.2 && clipped < 0.8,
            "the batch must have both kinds"
        );
        let theirs = self.bias_gradient.iter().zip(&self.weight_gradient);
        for (ours, (bias, features)) in gradient.iter().zip(theirs) {
            // They descend the loss, we climb the surrogate.
            let theirs = [bias].into_iter().chain(features);
            for (ours, theirs) in ours.iter().zip(theirs) {
                assert!((ours + theirs).abs() < AGREEMENT, "{ours} is not -{theirs}");
            }
        }
    }
}

#[test]
fn the_gaussian_heads_loss_and_gradient_are_theirs() {
    let Record {
        clip_range,
        scale,
        gaussian: batch,
        ..
    } = record();
    // They have no dual clip.
    let clip = Clip {
        range: clip_range,
        dual: f64::INFINITY,
    };
    let policy = batch.policy();
    let action = |row: usize| {
        let mut action = [0.0; SHARES];
        action[..VALUES].copy_from_slice(&batch.actions[row]);
        action
    };
    let log_prob = |row: usize| {
        let mean = policy.mean(&batch.prompt(row));
        policy::log_prob(&action(row), &mean, scale)
    };
    let steps: Vec<Step> = (0..batch.actions.len())
        .map(|row| {
            let mut old_log_prob: [f64; DIMENSIONS] = log_prob(row);
            old_log_prob[0] = batch.old_log_prob[row];
            Step {
                prompt: batch.prompt(row),
                action: action(row),
                old_log_prob,
                advantage: batch.advantages[row],
            }
        })
        .collect();
    let gradient = ppo::surrogate_gradient(&policy, &steps, scale, clip);
    batch.check(clip, |row| log_prob(row)[0], &gradient);
}

#[test]
fn the_categorical_heads_loss_and_gradient_are_theirs() {
    let Record {
        clip_range,
        categorical: batch,
        ..
    } = record();
    let clip = Clip {
        range: clip_range,
        dual: f64::INFINITY,
    };
    let policy = batch.policy();
    let log_prob = |row: usize| {
        let probabilities = categorical::probabilities(&policy.mean(&batch.prompt(row)));
        categorical::log_prob(&probabilities, &[batch.actions[row], 0, 0, 0])
    };
    let choices: Vec<Choice> = (0..batch.actions.len())
        .map(|row| Choice {
            prompt: batch.prompt(row),
            values: [batch.actions[row], 0, 0, 0],
            old_log_prob: [batch.old_log_prob[row], 0.0, 0.0, 0.0],
            advantage: batch.advantages[row],
        })
        .collect();
    let gradient = ppo_discrete::surrogate_gradient(&policy, &choices, clip);
    batch.check(clip, |row| log_prob(row)[0], &gradient);
}
