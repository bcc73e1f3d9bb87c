//! Four categorical heads: pure values only, as in the talk. No blend can ever be proposed.
//!
//! The logits are linear in the prompt and live in a [`super::policy::Policy`], whose means they are.

use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, SHARES, VALUES},
};

use super::rng::Rng;

/// Probabilities of all values, head by head (softmax, with the largest logit taken out first).
pub fn probabilities(logits: &[f64; SHARES]) -> [f64; SHARES] {
    let mut probabilities = *logits;
    for head in probabilities.chunks_mut(VALUES) {
        let largest = head.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for p in &mut *head {
            *p = libm::exp(*p - largest);
        }
        let sum: f64 = head.iter().sum();
        for p in head {
            *p /= sum;
        }
    }
    probabilities
}

/// Draws one value per head.
pub fn draw(probabilities: &[f64; SHARES], rng: &mut Rng) -> [usize; DIMENSIONS] {
    std::array::from_fn(|d| {
        let mut left = rng.uniform();
        let head = &probabilities[d * VALUES..(d + 1) * VALUES];
        let hit = head.iter().position(|p| {
            left -= p;
            left <= 0.0
        });
        hit.unwrap_or(VALUES - 1)
    })
}

/// The likeliest value of each head.
pub fn likeliest(numbers: &[f64; SHARES]) -> [usize; DIMENSIONS] {
    std::array::from_fn(|d| {
        let head = &numbers[d * VALUES..(d + 1) * VALUES];
        (1..VALUES).fold(0, |best, v| if head[v] > head[best] { v } else { best })
    })
}

/// Natural log-probability of these values, one per head.
pub fn log_prob(probabilities: &[f64; SHARES], values: &[usize; DIMENSIONS]) -> [f64; DIMENSIONS] {
    std::array::from_fn(|d| libm::log(probabilities[d * VALUES + values[d]].max(1e-300)))
}

/// Derivative of each head's [`log_prob`] by its own logits: the choice minus the probabilities.
pub fn log_prob_slope(
    probabilities: &[f64; SHARES],
    values: &[usize; DIMENSIONS],
) -> [f64; SHARES] {
    std::array::from_fn(|i| {
        f64::from(u8::from(values[i / VALUES] == i % VALUES)) - probabilities[i]
    })
}

/// How far each head is from undecided: 0 for five equal chances, 1 for certainty.
pub fn sureness(probabilities: &[f64; SHARES]) -> [f64; DIMENSIONS] {
    std::array::from_fn(|d| {
        let head = &probabilities[d * VALUES..(d + 1) * VALUES];
        let terms = head.iter().filter(|p| **p > 0.0);
        let entropy: f64 = terms.map(|p| -p * libm::log(*p)).sum();
        (1.0 - entropy / libm::log(VALUES as f64)).clamp(0.0, 1.0)
    })
}

/// The values as the action that is stored with a proposal.
pub fn action(values: &[usize; DIMENSIONS]) -> [f64; SHARES] {
    Mix::pure(*values).flat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::rng::Purpose;

    fn logits() -> [f64; SHARES] {
        let mut logits = [0.0; SHARES];
        // e^ln 6 = 6 beside four ones: 6 / 10.
        logits[2] = libm::log(6.0);
        logits
    }

    #[test]
    fn probabilities_and_their_slopes_equal_those_worked_by_hand() {
        let p = probabilities(&logits());
        assert!((p[2] - 0.6).abs() < 1e-12 && (p[0] - 0.1).abs() < 1e-12);
        assert!((p[7] - 0.2).abs() < 1e-12);
        let log = log_prob(&p, &[2, 0, 0, 0]);
        assert!((log[0] + 0.510_825_623_8).abs() < 1e-9); // ln 0.6
        let slope = log_prob_slope(&p, &[2, 0, 0, 0]);
        assert!((slope[2] - 0.4).abs() < 1e-12 && (slope[0] + 0.1).abs() < 1e-12);
        assert_eq!(likeliest(&logits())[0], 2);
    }

    #[test]
    fn sureness_is_the_missing_entropy() {
        let sure = sureness(&probabilities(&logits()));
        // 0.6 ln 0.6 + 4 * 0.1 ln 0.1 = -0.3064954 - 0.9210340; ln 5 = 1.6094379.
        assert!((sure[0] - (1.0 - 1.227_529_4 / 1.609_437_9)).abs() < 1e-6);
        assert!(sure[1].abs() < 1e-12);
    }

    #[test]
    fn values_are_drawn_as_often_as_they_are_likely() {
        let p = probabilities(&logits());
        let mut rng = Rng::new(Purpose::Simulate, 8, 8);
        let hits = (0..10_000).filter(|_| draw(&p, &mut rng)[0] == 2).count();
        // Four standard errors: 4 sqrt(0.24 / 10000) = 0.02.
        assert!((hits as f64 / 10_000.0 - 0.6).abs() < 0.02, "{hits}");
    }
}
