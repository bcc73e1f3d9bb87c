//! PPO's objective (Schulman et al. 2017, arXiv 1707.06347), one pure function per formula.
//!
//! There is no value loss: the baseline is the group mean of [`super::advantage`], which costs
//! nothing because imagined ratings are free. Nor is there an entropy bonus: the scale of the heads
//! follows a schedule, so their entropy is given and not learned.

use std::f64::consts::{E, PI};

use wire::taxonomy::VALUES;

/// How often more likely the action is under the new policy than under the one that took it.
///
/// The exponent is limited so that the ratio of a very old action is huge or tiny, yet finite.
pub fn ratio(new_log_prob: f64, old_log_prob: f64) -> f64 {
    libm::exp((new_log_prob - old_log_prob).clamp(-20.0, 20.0))
}

/// Where the gain of moving a ratio ends.
#[derive(Clone, Copy, Debug)]
pub struct Clip {
    /// Nothing is won by moving a ratio beyond 1 ± this.
    pub range: f64,
    /// A disliked action made this many times likelier counts no more than that. Plain PPO has no
    /// such bound; it matters here because rated proposals come from much older policies.
    pub dual: f64,
}

impl Clip {
    /// The customary numbers: Schulman et al. 2017, and Ye et al. 2020 (arXiv 1912.09729).
    pub const USUAL: Self = Self {
        range: 0.2,
        dual: 3.0,
    };
}

/// Equation 7, the smaller of the plain and the clipped gain, with the dual clip for disliked ones.
pub fn clipped_surrogate(ratio: f64, advantage: f64, clip: Clip) -> f64 {
    let clipped = ratio.clamp(1.0 - clip.range, 1.0 + clip.range);
    let gain = (ratio * advantage).min(clipped * advantage);
    if advantage < 0.0 {
        gain.max(clip.dual * advantage)
    } else {
        gain
    }
}

/// Derivative of [`clipped_surrogate`] with respect to the new log-probability.
///
/// The ratio's own derivative is the ratio; where a clip decides, the surrogate is flat.
pub fn clipped_surrogate_slope(ratio: f64, advantage: f64, clip: Clip) -> f64 {
    let flat = if advantage > 0.0 {
        ratio > 1.0 + clip.range
    } else {
        ratio < 1.0 - clip.range || ratio > clip.dual
    };
    if flat { 0.0 } else { ratio * advantage }
}

/// Differential entropy of one head, a Gaussian of this scale in five dimensions, in nats.
pub fn entropy(scale: f64) -> f64 {
    VALUES as f64 / 2.0 * libm::log(2.0 * PI * E * scale * scale)
}

/// One action's part of the distance from old to new policy: `(r - 1) - ln r`, which is never
/// negative and has less variance than `-ln r` (Schulman 2020, "Approximating KL divergence").
pub fn approx_kl(ratio: f64) -> f64 {
    ratio - 1.0 - libm::log(ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(actual: f64, by_hand: f64) {
        assert!((actual - by_hand).abs() < 1e-9, "{actual} is not {by_hand}");
    }

    #[test]
    fn the_ratio_is_the_quotient_of_the_probabilities() {
        check(ratio(libm::log(0.3), libm::log(0.2)), 1.5);
        check(ratio(-1.0, -1.0), 1.0);
        assert!(ratio(900.0, -900.0).is_finite());
    }

    #[test]
    fn the_surrogate_takes_the_smaller_gain() {
        // Liked and already 50% likelier: only 20% count. 1.2 * 2 = 2.4.
        check(clipped_surrogate(1.5, 2.0, Clip::USUAL), 2.4);
        // Liked but made unlikelier: the whole loss counts. 0.5 * 2 = 1.
        check(clipped_surrogate(0.5, 2.0, Clip::USUAL), 1.0);
        // Disliked and halved already: only 20% count. 0.8 * -2 = -1.6.
        check(clipped_surrogate(0.5, -2.0, Clip::USUAL), -1.6);
        // Disliked but made likelier: the whole loss counts. 1.5 * -2 = -3.
        check(clipped_surrogate(1.5, -2.0, Clip::USUAL), -3.0);
        // Disliked but made five times likelier: three times count. 3 * -2 = -6.
        check(clipped_surrogate(5.0, -2.0, Clip::USUAL), -6.0);
    }

    #[test]
    fn the_slope_of_the_surrogate_agrees_with_finite_differences() {
        for ratio_now in [0.3, 0.79, 0.81, 1.0, 1.19, 1.21, 2.9, 3.1] {
            for advantage in [-2.0, -0.5, 0.5, 2.0] {
                let at = |shift: f64| {
                    clipped_surrogate(
                        ratio(libm::log(ratio_now) + shift, 0.0),
                        advantage,
                        Clip::USUAL,
                    )
                };
                let difference = (at(1e-6) - at(-1e-6)) / 2e-6;
                let slope = clipped_surrogate_slope(ratio_now, advantage, Clip::USUAL);
                assert!((slope - difference).abs() < 1e-6, "{ratio_now} {advantage}");
            }
        }
    }

    #[test]
    fn entropy_and_kl_equal_the_numbers_worked_by_hand() {
        // 5/2 * ln(2 pi e) = 2.5 * 2.837877066 = 7.094692666; halving the scale takes 5 ln 2.
        check(entropy(1.0), 7.094_692_666_023_363);
        check(entropy(1.0) - entropy(0.5), 3.465_735_902_799_727);
        // 1.5 - 1 - ln 1.5 = 0.5 - 0.405465108.
        check(approx_kl(1.5), 0.094_534_891_891_836);
        check(approx_kl(1.0), 0.0);
    }
}
