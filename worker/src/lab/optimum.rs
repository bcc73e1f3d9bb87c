//! The best mix of a known utility: what regret is measured against.

use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, VALUES},
};

use crate::learner::simplex;

/// The best pure mixes to climb from, besides the given ones.
const PURE_STARTS: usize = 6;
/// Climbing steps; the step length has shrunk to nothing long before.
const STEPS: usize = 200;
/// Shares are moved by this much to feel the slope.
const NUDGE: f64 = 1e-5;

/// Climbs from the best pure mixes and from some others (projected gradient ascent with numerical
/// slopes: nothing here has to be quick, and any effect may be given).
pub fn best_mix(utility: impl Fn(&Mix) -> f64, others: &[Mix]) -> Mix {
    let pure = |k: usize| Mix::pure([k % 5, k / 5 % 5, k / 25 % 5, k / 125]);
    let mut starts: Vec<Mix> = (0..VALUES.pow(4)).map(pure).collect();
    starts.sort_by(|a, b| utility(b).total_cmp(&utility(a)));
    starts.truncate(PURE_STARTS);
    starts.extend(others);
    let climbed = starts.into_iter().map(|start| climb(&utility, start));
    climbed
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(Mix::NEUTRAL, |(_, mix)| mix)
}

fn climb(utility: &impl Fn(&Mix) -> f64, start: Mix) -> (f64, Mix) {
    let (mut height, mut mix) = (utility(&start), start);
    let mut step = 0.1;
    for _ in 0..STEPS {
        let slopes = slopes(utility, &mix, height);
        let rows = mix.rows();
        let next = std::array::from_fn(|d| {
            simplex::project(&std::array::from_fn(|v| rows[d][v] + step * slopes[d][v]))
        });
        let next = Mix::new(next).unwrap_or(mix);
        let reached = utility(&next);
        if reached > height {
            (height, mix) = (reached, next);
            step *= 1.3;
        } else {
            step /= 2.0;
            if step < 1e-8 {
                break;
            }
        }
    }
    (height, mix)
}

/// How utility changes as one value's share grows at the expense of all five alike.
fn slopes(utility: &impl Fn(&Mix) -> f64, mix: &Mix, height: f64) -> [[f64; VALUES]; DIMENSIONS] {
    let mut slopes = [[0.0; VALUES]; DIMENSIONS];
    for (d, row) in slopes.iter_mut().enumerate() {
        for (v, slope) in row.iter_mut().enumerate() {
            let mut rows = *mix.rows();
            // Still a mix: the whole is scaled back to one.
            for share in &mut rows[d] {
                *share /= 1.0 + NUDGE;
            }
            rows[d][v] += NUDGE / (1.0 + NUDGE);
            if let Ok(nudged) = Mix::new(rows) {
                *slope = (utility(&nudged) - height) / NUDGE;
            }
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::taxonomy::Dimension;

    #[test]
    fn the_best_mix_of_a_peak_is_its_ideal() {
        let ideal = [0.64, 0.0, 0.0, 0.36, 0.0];
        let utility = |mix: &Mix| {
            let offsets = mix.shares(Dimension::Color).iter().zip(ideal);
            let square: f64 = offsets.map(|(m, p)| (m - p) * (m - p)).sum();
            libm::exp(-2.0 * square) + mix.shares(Dimension::Mood)[3]
        };
        let best = best_mix(utility, &[Mix::NEUTRAL]);
        assert!((best.shares(Dimension::Color)[0] - 0.64).abs() < 1e-3);
        assert!((best.shares(Dimension::Mood)[3] - 1.0).abs() < 1e-9);
    }
}
