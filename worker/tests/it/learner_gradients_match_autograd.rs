//! The learner's gradients are written by hand; libtorch's autograd is the second opinion.

use tch::{Kind, Tensor};
use wire::taxonomy::{DIMENSIONS, SHARES, VALUES};
use worker::learner::{
    features::{FEATURES, Features},
    objective::Clip,
    policy::{INPUTS, Policy, Weights, log_prob},
    ppo::{Step, surrogate_gradient},
    rng::{Purpose, Rng},
};

const SCALE: f64 = 0.3;

/// Steps whose ratios lie on both sides of every clip, with advantages of both signs.
fn batch(rng: &mut Rng, old: &Policy) -> Vec<Step> {
    let prompts = [
        "a lake at dawn",
        "a cat asleep",
        "portrait of a sailor",
        "qwertz",
    ];
    (0..64)
        .map(|i| {
            let prompt = Features::of(prompts[i % prompts.len()]);
            let mean = old.mean(&prompt);
            let noise: [f64; SHARES] = rng.normals();
            let action: [f64; SHARES] = std::array::from_fn(|j| mean[j] + SCALE * noise[j]);
            // Some actions come from policies long gone, as rated proposals do.
            let age: [f64; DIMENSIONS] = rng.normals();
            let then = log_prob(&action, &mean, SCALE);
            Step {
                prompt,
                action,
                old_log_prob: std::array::from_fn(|d| then[d] - 0.8 * age[d]),
                advantage: rng.normal(),
            }
        })
        .collect()
}

fn size(count: usize) -> i64 {
    i64::try_from(count).unwrap()
}

fn tensor<const N: usize>(rows: &[[f64; N]]) -> Tensor {
    Tensor::from_slice(rows.as_flattened()).reshape([-1, size(N)])
}

/// The objective as one would write it for autograd; returns its value and its gradient.
fn by_autograd(weights: &Weights, steps: &[Step], clip: Clip) -> (f64, Vec<f64>) {
    let weights = tensor(weights).set_requires_grad(true);
    let inputs: Vec<[f64; INPUTS]> = steps
        .iter()
        .map(|step| {
            std::array::from_fn(|i| i.checked_sub(1).map_or(1.0, |f| step.prompt.unit()[f]))
        })
        .collect();
    assert_eq!(INPUTS, FEATURES + 1);
    let actions: Vec<[f64; SHARES]> = steps.iter().map(|s| s.action).collect();
    let old: Vec<[f64; DIMENSIONS]> = steps.iter().map(|s| s.old_log_prob).collect();
    let advantages: Vec<[f64; 1]> = steps.iter().map(|s| [s.advantage]).collect();
    let (inputs, actions, old) = (tensor(&inputs), tensor(&actions), tensor(&old));
    let advantages = tensor(&advantages);

    let means = inputs.matmul(&weights.transpose(0, 1));
    let squares = (actions - means)
        .square()
        .reshape([-1, size(DIMENSIONS), size(VALUES)]);
    let normaliser = VALUES as f64 * (SCALE.ln() + std::f64::consts::TAU.ln() / 2.0);
    let new = squares.sum_dim_intlist(2, false, Kind::Double) / (-2.0 * SCALE * SCALE) - normaliser;
    let ratio = (new - old).exp();
    let clipped = ratio.clamp(1.0 - clip.range, 1.0 + clip.range);
    let gain = (ratio * &advantages).minimum(&(clipped * &advantages));
    let bounded = gain.maximum(&(&advantages * clip.dual));
    let gain = bounded.where_self(&advantages.lt(0.0), &gain);
    let objective = gain.sum(Kind::Double) / steps.len() as f64;
    objective.backward();
    let gradient = Vec::<f64>::try_from(weights.grad().reshape([-1])).unwrap();
    (objective.double_value(&[]), gradient)
}

#[test]
fn the_gradient_of_the_clipped_surrogate_equals_autograd() {
    let mut rng = Rng::new(Purpose::Simulate, 21, 22);
    let old = Policy::from_weights(std::array::from_fn(|_| rng.normals().map(|w: f64| 0.2 * w)));
    let steps = batch(&mut rng, &old);
    let moved = old
        .weights()
        .map(|row| row.map(|w| w + 0.02 * rng.normal()));
    let plain = Clip {
        range: 0.2,
        dual: f64::INFINITY,
    };
    for clip in [Clip::USUAL, plain] {
        let by_hand = surrogate_gradient(&Policy::from_weights(moved), &steps, SCALE, clip);
        let (_, reference) = by_autograd(&moved, &steps, clip);
        let largest = reference.iter().fold(0.0_f64, |top, g| top.max(g.abs()));
        assert!(
            largest > 0.01,
            "a gradient of nothing proves nothing: {largest}"
        );
        for (ours, theirs) in by_hand.as_flattened().iter().zip(&reference) {
            assert!((ours - theirs).abs() < 1e-10, "{ours} is not {theirs}");
        }
    }
}
