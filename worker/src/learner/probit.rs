//! How a liking becomes a rating from 1 to 5: the ordinal probit likelihood.
//!
//! A rating is a level read off a noisy liking at the artist's thresholds. It is not a number to
//! regress on: five stars say "at least 4.5", not "exactly 5".

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

use super::thresholds::Thresholds;

/// Standard deviation of a rater's noise, in stars.
pub const NOISE: f64 = 0.6;

/// Below this a probability is taken to be this: its logarithm stays finite.
const LEAST: f64 = 1e-300;

/// The log-likelihood of one rating and its derivatives by the liking.
#[derive(Clone, Copy, Debug)]
pub struct Likelihood {
    /// Natural logarithm of the rating's probability.
    pub log: f64,
    /// First derivative: the pull of this rating on the liking.
    pub slope: f64,
    /// Minus the second derivative, never negative: how sure this rating is.
    pub precision: f64,
}

/// The likelihood of `stars` (1..=5) at this liking.
pub fn likelihood(stars: u8, liking: f64, thresholds: &Thresholds) -> Likelihood {
    let [below, above] = bounds(stars, liking, thresholds);
    let probability = between(below, above).max(LEAST);
    let (low, high) = (density(below), density(above));
    let slope = (low - high) / (NOISE * probability);
    let bend = (moment(below, low) - moment(above, high)) / (NOISE * NOISE * probability);
    Likelihood {
        log: libm::log(probability),
        slope,
        precision: (slope * slope - bend).max(0.0),
    }
}

/// The likelihood of being told that something is liked (or not), when an answer is only given for
/// what exceeds a threshold: the probability that `value`, with noise, lies beyond it.
pub fn sign_likelihood(liked: bool, value: f64, threshold: f64, noise: f64) -> Likelihood {
    let sign = if liked { 1.0 } else { -1.0 };
    let z = (sign * value - threshold) / noise;
    let probability = cumulative(z).max(LEAST);
    // φ(z) / Φ(z); far below the threshold it tends to -z.
    let steepness = if z < -30.0 {
        -z
    } else {
        density(z) / probability
    };
    Likelihood {
        log: libm::log(probability),
        slope: sign * steepness / noise,
        precision: (steepness * (steepness + z) / (noise * noise)).max(0.0),
    }
}

/// Probability of each rating 1..=5 when the liking itself is known only up to a variance.
pub fn rating_probabilities(mean: f64, variance: f64, thresholds: &Thresholds) -> [f64; 5] {
    let spread = (NOISE * NOISE + variance.max(0.0)).sqrt();
    let below = thresholds
        .all()
        .map(|threshold| cumulative((threshold - mean) / spread));
    let mut probabilities = [
        below[0],
        below[1] - below[0],
        below[2] - below[1],
        below[3] - below[2],
        1.0 - below[3],
    ];
    // Rounding can leave a last bit below zero where nothing is expected.
    for probability in &mut probabilities {
        *probability = probability.max(0.0);
    }
    probabilities
}

/// The rating expected under these probabilities.
pub fn expected_stars(probabilities: &[f64; 5]) -> f64 {
    let stars = [1.0, 2.0, 3.0, 4.0, 5.0];
    stars.iter().zip(probabilities).map(|(s, p)| s * p).sum()
}

/// How likely a normal quantity is at most `bound`.
pub fn probability_below(bound: f64, mean: f64, deviation: f64) -> f64 {
    // A quantity that is known is a step; the least deviation keeps it from being 0 / 0.
    cumulative((bound - mean) / deviation.max(1e-9))
}

/// Distances from the liking to the thresholds on both sides of a rating, in noises.
fn bounds(stars: u8, liking: f64, thresholds: &Thresholds) -> [f64; 2] {
    let all = thresholds.all();
    let distance = |threshold: &f64| (threshold - liking) / NOISE;
    let above = usize::from(stars) - 1;
    [
        all[..above].last().map_or(f64::NEG_INFINITY, distance),
        all.get(above).map_or(f64::INFINITY, distance),
    ]
}

/// Probability mass between two bounds, from the tail where it does not cancel.
fn between(below: f64, above: f64) -> f64 {
    if below > 0.0 {
        cumulative(-below) - cumulative(-above)
    } else {
        cumulative(above) - cumulative(below)
    }
}

/// The standard normal's cumulative distribution.
fn cumulative(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The standard normal's density.
fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / TAU.sqrt()
}

/// `z` times its density, which is 0 at both infinities.
fn moment(z: f64, density: f64) -> f64 {
    if z.is_finite() { z * density } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_probabilities_equal_those_worked_by_hand() {
        // Liking 3, noise 0.6: the cuts lie at -2.5, -0.8333, 0.8333, 2.5 noises. From a table of
        // the normal distribution: 0.00621, 0.20233, 0.79767, 0.99379.
        let by_hand = [0.006_21, 0.196_12, 0.595_34, 0.196_12, 0.006_21];
        let probabilities = rating_probabilities(3.0, 0.0, &Thresholds::PLAIN);
        for (p, q) in probabilities.iter().zip(by_hand) {
            assert!((p - q).abs() < 2e-5, "{probabilities:?}");
        }
        assert!((expected_stars(&probabilities) - 3.0).abs() < 1e-12);
        // The likelihood is the same thing seen from the rating.
        for stars in 1..=5 {
            let log = likelihood(stars, 3.0, &Thresholds::PLAIN).log;
            let probability = probabilities[usize::from(stars) - 1];
            assert!((libm::exp(log) - probability).abs() < 1e-12);
        }
    }

    #[test]
    fn the_derivatives_agree_with_finite_differences() {
        for stars in 1..=5 {
            for tenths in -20..80 {
                let liking = f64::from(tenths) / 10.0 + 0.03;
                let at = |shift: f64| likelihood(stars, liking + shift, &Thresholds::PLAIN);
                let slope = (at(1e-5).log - at(-1e-5).log) / 2e-5;
                let bend = (at(1e-5).slope - at(-1e-5).slope) / 2e-5;
                let exact = at(0.0);
                assert!((exact.slope - slope).abs() < 1e-5, "{stars} at {liking}");
                assert!((exact.precision + bend).abs() < 1e-5, "{stars} at {liking}");
            }
        }
    }

    #[test]
    fn the_derivatives_of_a_sign_agree_with_finite_differences() {
        for liked in [true, false] {
            for tenths in -20..20 {
                let at =
                    |shift: f64| sign_likelihood(liked, f64::from(tenths) / 10.0 + shift, 0.3, 0.5);
                let slope = (at(1e-5).log - at(-1e-5).log) / 2e-5;
                let bend = (at(1e-5).slope - at(-1e-5).slope) / 2e-5;
                assert!((at(0.0).slope - slope).abs() < 1e-5, "{liked} {tenths}");
                assert!((at(0.0).precision + bend).abs() < 1e-5, "{liked} {tenths}");
            }
        }
        // Half a noise beyond the threshold: Φ(0.5) = 0.6914625.
        let log = sign_likelihood(true, 0.55, 0.3, 0.5).log;
        assert!((libm::exp(log) - 0.691_462_5).abs() < 1e-6);
    }

    #[test]
    fn the_probability_below_a_bound_is_that_of_the_table() {
        // Half a deviation above the mean: Φ(0.5) = 0.6914625.
        assert!((probability_below(0.25, 0.0, 0.5) - 0.691_462_5).abs() < 1e-6);
        assert!((probability_below(0.25, 0.0, 0.0) - 1.0).abs() < 1e-12);
        assert!(probability_below(0.25, 0.5, 0.0) < 1e-12);
    }

    #[test]
    fn a_rating_far_from_any_liking_stays_finite() {
        for liking in [-40.0, -8.0, 14.0, 60.0] {
            for stars in 1..=5 {
                let Likelihood {
                    log,
                    slope,
                    precision,
                } = likelihood(stars, liking, &Thresholds::PLAIN);
                assert!(log.is_finite() && slope.is_finite() && precision.is_finite());
            }
        }
    }

    #[test]
    fn doubt_about_the_liking_spreads_the_rating() {
        let sure = rating_probabilities(4.0, 0.01, &Thresholds::PLAIN);
        let unsure = rating_probabilities(4.0, 2.0, &Thresholds::PLAIN);
        assert!(unsure[0] > sure[0] && unsure[3] < sure[3]);
        assert!((unsure.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
