//! The noise that pictures begin with: the same for a seed whatever the batch, the device and the
//! machine, which libtorch's own generators are not.

use std::f64::consts::TAU;

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use tch::Tensor;

/// Standard normal numbers (Box and Muller 1958) of a seed. Each draw of a picture has a number:
/// 0 is what it begins with, others are added between steps.
pub fn normal(seed: u32, draw: u64, shape: &[i64]) -> Tensor {
    let mut source = ChaCha8Rng::seed_from_u64(seed.into());
    source.set_stream(draw);
    let count = shape.iter().product::<i64>().max(0) as usize;
    let mut numbers = Vec::with_capacity(count + 1);
    while numbers.len() < count {
        let radius = (-2.0 * libm::log(uniform(&mut source))).sqrt();
        let angle = TAU * uniform(&mut source);
        numbers.push((radius * libm::cos(angle)) as f32);
        numbers.push((radius * libm::sin(angle)) as f32);
    }
    numbers.truncate(count);
    Tensor::from_slice(&numbers).reshape(shape)
}

/// In (0, 1]: never 0, so that its logarithm is finite.
fn uniform(source: &mut ChaCha8Rng) -> f64 {
    ((source.next_u64() >> 11) + 1) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use tch::Kind;

    use super::*;

    #[test]
    fn noise_is_standard_normal_and_given_by_its_seed() {
        let noise = normal(7, 0, &[4, 64, 64]);
        assert!(noise.mean(Kind::Float).double_value(&[]).abs() < 0.03);
        assert!((noise.std(true).double_value(&[]) - 1.0).abs() < 0.03);
        assert_eq!(noise, normal(7, 0, &[4, 64, 64]));
        assert_ne!(noise, normal(8, 0, &[4, 64, 64]));
        assert_ne!(noise, normal(7, 1, &[4, 64, 64]));
    }

    /// Pinned: other numbers would be other pictures for every seed that is on record.
    #[test]
    fn the_first_numbers_of_a_seed_never_change() {
        let first = Vec::<f32>::try_from(normal(1, 0, &[3])).unwrap();
        assert_eq!(first, [1.180_694_1, 0.652_803_9, 0.194_697_29]);
    }
}
