//! What a mix does to a prompt's embedding.

use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use tch::Tensor;
use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, SHARES, VALUES},
};

use crate::diffusion::{
    condition::{Conditioner, Weights, weights},
    text::Embedding,
};

fn conditioner() -> Conditioner {
    Conditioner::new(super::model().text)
}

fn steered(conditioner: &Conditioner, weights: &Weights) -> Embedding {
    let plain = conditioner.embed("a quiet river").unwrap();
    conditioner.steer(plain, weights).unwrap()
}

fn distance(a: &Tensor, b: &Tensor) -> f64 {
    (a - b).norm().double_value(&[])
}

fn only(value: usize, weight: f64) -> Weights {
    let mut weights = [0.0; SHARES];
    weights[value] = weight;
    weights
}

#[test]
fn a_neutral_mix_changes_no_bit() {
    assert_eq!(weights(&Mix::NEUTRAL), [0.0; SHARES]);
    let conditioner = conditioner();
    let plain = conditioner.embed("a quiet river").unwrap();
    let neutral = steered(&conditioner, &weights(&Mix::NEUTRAL));
    assert_eq!(plain.context, neutral.context);
    assert_eq!(plain.pooled, neutral.pooled);
}

#[test]
fn a_pure_value_pulls_with_weight_one_and_a_dimension_sums_to_nothing() {
    let pure = weights(&Mix::pure([0, 1, 2, 3]));
    for dimension in 0..DIMENSIONS {
        let five = &pure[dimension * VALUES..(dimension + 1) * VALUES];
        assert!((five[dimension] - 1.0).abs() < 1e-12, "{five:?}");
        assert!(five.iter().sum::<f64>().abs() < 1e-12, "{five:?}");
    }
}

#[test]
fn every_value_pulls_somewhere_else() {
    let conditioner = conditioner();
    let all: Vec<Embedding> = (0..SHARES)
        .map(|value| steered(&conditioner, &only(value, 0.5)))
        .collect();
    for (i, one) in all.iter().enumerate() {
        for other in &all[..i] {
            assert!(distance(&one.context, &other.context) > 1e-3);
            assert!(distance(&one.pooled, &other.pooled) > 1e-3);
        }
    }
}

#[test]
fn half_a_weight_moves_half_as_far() {
    let conditioner = conditioner();
    let plain = conditioner.embed("a quiet river").unwrap();
    let moved = |weight| {
        let moved = steered(&conditioner, &only(3, weight));
        distance(&moved.context, &plain.context)
    };
    let (half, quarter) = (moved(0.1), moved(0.05));
    assert!((quarter / half - 0.5).abs() < 1e-3, "{quarter} of {half}");
    assert!(moved(1e-6) < 1e-4);
}

#[test]
fn attributes_add_up_in_any_order() {
    let conditioner = conditioner();
    let mut runner = TestRunner::deterministic();
    let some = (0..SHARES, 0..SHARES, -0.2_f64..0.2, -0.2_f64..0.2);
    for _ in 0..16 {
        let (a, b, w, v) = some.new_tree(&mut runner).unwrap().current();
        let step =
            |from: Embedding, value, weight| conditioner.steer(from, &only(value, weight)).unwrap();
        let plain = || conditioner.embed("a quiet river").unwrap();
        let one = step(step(plain(), a, w), b, v);
        let other = step(step(plain(), b, v), a, w);
        assert!(distance(&one.context, &other.context) < 1e-4);
        let mut both = only(a, w);
        both[b] += v;
        let together = steered(&conditioner, &both);
        assert!(distance(&one.pooled, &together.pooled) < 1e-4);
    }
}

#[test]
fn steering_never_says_more_than_the_prompt() {
    let conditioner = conditioner();
    let plain = conditioner.embed("a quiet river").unwrap();
    let shouted = steered(&conditioner, &only(0, 1e6));
    let moved = distance(&shouted.context, &plain.context);
    let length = plain.context.norm().double_value(&[]);
    assert!((moved / length - 1.0).abs() < 1e-3, "{moved} of {length}");
}
