//! The parts of practice that are formulas of their own.

use super::*;
use crate::learner::{
    features::Features,
    history::History,
    objective::{Clip, clipped_surrogate, ratio},
    policy::{INPUTS, Policy},
    ppo::{NARROW, ROUNDS, Step, TRIES, WIDE, imagined_steps, scale, surrogate_gradient},
    reward_model::RewardModel,
    rng::{Purpose, Rng},
};
use wire::taxonomy::SHARES;

/// The mean that [`surrogate_gradient`] is the gradient of.
fn surrogate(policy: &Policy, steps: &[Step], scale: f64) -> f64 {
    let gains = steps.iter().flat_map(|step| {
        let new_log_prob = policy::log_prob(&step.action, &policy.mean(&step.prompt), scale);
        new_log_prob
            .into_iter()
            .zip(step.old_log_prob)
            .map(|(new, old)| clipped_surrogate(ratio(new, old), step.advantage, Clip::USUAL))
    });
    gains.sum::<f64>() / steps.len() as f64
}

#[test]
fn the_gradient_agrees_with_finite_differences() {
    let mut rng = Rng::new(Purpose::Simulate, 3, 4);
    let prompts = [Features::of("a lake at dawn"), Features::of("a cat asleep")];
    let old = Policy::from_weights(std::array::from_fn(|_| rng.normals().map(|w: f64| 0.2 * w)));
    let mut steps = imagined_steps(
        &RewardModel::fit(&History::default(), None),
        &old,
        &prompts,
        0.3,
        2.0,
        &mut rng,
    );
    steps[0].advantage = -3.0;
    // Far enough from the old policy that some heads are clipped and some are not.
    let shifted = old
        .weights()
        .map(|row| row.map(|w| w + 0.05 * rng.normal()));
    let gradient = surrogate_gradient(&Policy::from_weights(shifted), &steps, 0.3, Clip::USUAL);
    for i in 0..SHARES {
        for j in 0..INPUTS {
            let at = |shift: f64| {
                let mut weights = shifted;
                weights[i][j] += shift;
                surrogate(&Policy::from_weights(weights), &steps, 0.3)
            };
            let difference = (at(1e-6) - at(-1e-6)) / 2e-6;
            assert!((gradient[i][j] - difference).abs() < 1e-6, "{i} {j}");
        }
    }
}

#[test]
fn the_scale_falls_from_wide_to_narrow_by_equal_factors() {
    assert!((scale(0) - WIDE).abs() < 1e-12);
    assert!((scale(ROUNDS - 1) - NARROW).abs() < 1e-12);
    // (0.12 / 0.4)^(1/19) = 0.3^0.0526316 = 0.938589...
    assert!((scale(8) / scale(7) - 0.938_59).abs() < 1e-4);
}

#[test]
fn practice_keeps_tries_in_mirrored_pairs() {
    let mut rng = Rng::new(Purpose::Simulate, 5, 6);
    let prompts = [Features::of("a lake")];
    let steps = imagined_steps(
        &RewardModel::fit(&History::default(), None),
        &Policy::neutral(),
        &prompts,
        0.3,
        0.0,
        &mut rng,
    );
    assert_eq!(steps.len(), TRIES);
    for pair in steps.chunks(2) {
        for (a, b) in pair[0].action.iter().zip(&pair[1].action) {
            assert!((a + b - 0.4).abs() < 1e-6);
        }
    }
}

#[test]
fn more_variety_is_proposed_where_it_is_asked_for() {
    let learner = fresh(LearnerKind::Ppo, 3);
    let propose =
        |recent: &[Mix], variety, seed| learner.propose(LAKE, Shown { recent, variety }, seed).mix;
    let far = Variety::Wide.least_distance();
    let mut nearer = 0;
    for seed in 0..40 {
        let shown = [propose(&[], Variety::Usual, seed)];
        let [usual, wide] = [Variety::Usual, Variety::Wide]
            .map(|variety| propose(&shown, variety, seed).distance(&shown[0]));
        assert!(wide >= far, "{seed}: {wide}");
        nearer += usize::from(usual < far);
    }
    assert!(nearer > 0, "the usual distance is as far");
}
