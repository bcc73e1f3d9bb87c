//! The policy: one Gaussian head per dimension, linear in what is known of the prompt.
//!
//! The heads live in R^5 and the mix is their projection onto the simplex. Log-probabilities are
//! those of the Gaussian *before* projection, stored with every proposal, so that PPO's ratio is a
//! quotient of true densities. The scale is not learned: practice anneals it on a schedule.

use std::f64::consts::TAU;

use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, SHARES, VALUES},
};

use super::{
    SnapshotError,
    features::{FEATURES, Features},
    simplex,
    snapshot::{Part, Reader},
};

/// The bias and one weight per feature.
pub const INPUTS: usize = FEATURES + 1;

/// Weights, or a gradient of the same shape: one row per share.
pub type Weights = [[f64; INPUTS]; SHARES];

/// The means of the four heads as a function of the prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    weights: Weights,
}

impl Policy {
    /// Proposes all values in equal parts, whatever the prompt.
    pub fn neutral() -> Self {
        let mut weights = [[0.0; INPUTS]; SHARES];
        for row in &mut weights {
            row[0] = 1.0 / VALUES as f64;
        }
        Self { weights }
    }

    /// Takes weights as they are.
    pub const fn from_weights(weights: Weights) -> Self {
        Self { weights }
    }

    /// The weights.
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The heads' means for a prompt.
    pub fn mean(&self, prompt: &Features) -> [f64; SHARES] {
        self.weights.map(|row| {
            let weighted = row[1..].iter().zip(prompt.unit()).map(|(w, e)| w * e);
            row[0] + weighted.sum::<f64>()
        })
    }

    /// The mix at the heads' means: what the policy would show if it did not explore.
    pub fn mode(&self, prompt: &Features) -> Mix {
        simplex::mix(&self.mean(prompt))
    }

    /// Goes one step uphill.
    pub fn climb(&mut self, gradient: &Weights, step: f64) {
        for (row, slopes) in self.weights.iter_mut().zip(gradient) {
            for (weight, slope) in row.iter_mut().zip(slopes) {
                *weight += step * slope;
            }
        }
    }

    /// The same policy with its weights rounded to single precision, as they are stored.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self {
            weights: self.weights.map(|row| row.map(|w| f64::from(w as f32))),
        }
    }
}

impl Part for Policy {
    fn encode(&self, bytes: &mut Vec<u8>) {
        let weights = self.weights.iter().flatten();
        bytes.extend(weights.flat_map(|w| (*w as f32).to_le_bytes()));
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, SnapshotError> {
        let mut weights = [[0.0; INPUTS]; SHARES];
        for row in &mut weights {
            *row = reader.singles("the policy's weights")?.map(f64::from);
        }
        Ok(Self { weights })
    }
}

/// Natural log-probability density of an action, one per head.
pub fn log_prob(action: &[f64; SHARES], mean: &[f64; SHARES], scale: f64) -> [f64; DIMENSIONS] {
    let normaliser = VALUES as f64 * (libm::log(scale) + libm::log(TAU) / 2.0);
    std::array::from_fn(|d| {
        let head = d * VALUES..(d + 1) * VALUES;
        let offsets = action[head.clone()].iter().zip(&mean[head]);
        let square: f64 = offsets.map(|(z, mu)| (z - mu) * (z - mu)).sum();
        -square / (2.0 * scale * scale) - normaliser
    })
}

/// Derivative of each head's [`log_prob`] by its own means.
pub fn log_prob_slope(action: &[f64; SHARES], mean: &[f64; SHARES], scale: f64) -> [f64; SHARES] {
    std::array::from_fn(|i| (action[i] - mean[i]) / (scale * scale))
}

/// Adds to a gradient what slopes by the means amount to for a prompt (the chain rule).
pub fn accumulate(gradient: &mut Weights, slopes: &[f64; SHARES], prompt: &Features) {
    for (row, slope) in gradient.iter_mut().zip(slopes) {
        row[0] += slope;
        for (g, e) in row[1..].iter_mut().zip(prompt.unit()) {
            *g += slope * e;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neutral_policy_prefers_nothing() {
        let policy = Policy::neutral();
        let rounded = policy.clone().rounded();
        assert!(policy.mode(&Features::of("a lake")).distance(&Mix::NEUTRAL) < 1e-12);
        assert_eq!(rounded.clone().rounded(), rounded);
    }

    #[test]
    fn the_log_probability_equals_the_one_worked_by_hand() {
        // At the mean: -5 (ln 0.5 + ln(2 pi) / 2) = -5 (-0.693147181 + 0.918938533).
        let mean = [0.2; SHARES];
        let at_mean = log_prob(&mean, &mean, 0.5);
        assert!((at_mean[0] + 1.128_956_763).abs() < 1e-8, "{at_mean:?}");
        // One number of the second head off by 0.3: 0.09 / (2 * 0.25) = 0.18 less, there alone.
        let mut action = mean;
        action[7] += 0.3;
        let off = log_prob(&action, &mean, 0.5);
        assert!((off[1] - (at_mean[1] - 0.18)).abs() < 1e-12);
        assert!((off[0] - at_mean[0]).abs() < 1e-12);
    }

    #[test]
    fn the_slope_of_the_log_probability_agrees_with_finite_differences() {
        let action: [f64; SHARES] = std::array::from_fn(|i| 0.07 * i as f64 - 0.4);
        let mean: [f64; SHARES] = std::array::from_fn(|i| 0.3 - 0.02 * i as f64);
        let slope = log_prob_slope(&action, &mean, 0.3);
        for i in 0..SHARES {
            let at = |shift: f64| {
                let mut moved = mean;
                moved[i] += shift;
                log_prob(&action, &moved, 0.3).iter().sum::<f64>()
            };
            let difference = (at(1e-5) - at(-1e-5)) / 2e-5;
            assert!((slope[i] - difference).abs() < 1e-6, "{i}");
        }
    }

    #[test]
    fn a_step_uphill_changes_the_mean_for_that_prompt_most() {
        let (lake, portrait) = (Features::of("a lake"), Features::of("a portrait"));
        let mut gradient = [[0.0; INPUTS]; SHARES];
        let mut slopes = [0.0; SHARES];
        slopes[0] = 1.0;
        accumulate(&mut gradient, &slopes, &lake);
        let mut policy = Policy::neutral();
        policy.climb(&gradient, 0.1);
        // The bias and the features each add 0.1 for the lake itself: |[1, e]|^2 = 2.
        assert!((policy.mean(&lake)[0] - 0.4).abs() < 1e-9);
        assert!(policy.mean(&portrait)[0] < 0.35);
    }
}
