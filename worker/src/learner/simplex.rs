//! From five unconstrained numbers to shares, and why not by softmax.
//!
//! A softmax never reaches a pure value and, once saturated, no longer feels a change of mind. The
//! Euclidean projection reaches zeros and ones exactly: "70% vibrant, 30% warm, nothing else".

use wire::{
    mix::Mix,
    taxonomy::{DIMENSIONS, SHARES, VALUES},
};

/// The nearest point of the simplex (Duchi et al. 2008, "Efficient projections onto the l1-ball
/// for learning in high dimensions", figure 1): subtract one threshold from all, cut at zero.
pub fn project(z: &[f64; VALUES]) -> [f64; VALUES] {
    let mut falling = *z;
    falling.sort_unstable_by(|a, b| b.total_cmp(a));
    let mut sum = 0.0;
    let mut threshold = 0.0;
    for (i, value) in falling.into_iter().enumerate() {
        sum += value;
        let candidate = (sum - 1.0) / (i + 1) as f64;
        if value <= candidate {
            break;
        }
        threshold = candidate;
    }
    z.map(|value| (value - threshold).clamp(0.0, 1.0))
}

/// Each head's five numbers projected: the shares of an action.
pub fn shares(action: &[f64; SHARES]) -> [[f64; VALUES]; DIMENSIONS] {
    std::array::from_fn(|d| project(&std::array::from_fn(|v| action[d * VALUES + v])))
}

/// The mix of an action.
pub fn mix(action: &[f64; SHARES]) -> Mix {
    // Finite numbers always project onto the simplex; anything else proposes nothing in particular.
    Mix::new(shares(action)).unwrap_or(Mix::NEUTRAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: &[f64; VALUES], b: &[f64; VALUES]) -> bool {
        a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-12)
    }

    #[test]
    fn the_projection_equals_the_one_worked_by_hand() {
        // Falling: 0.9, 0.5, 0.1, 0, -0.3. Thresholds: (0.9 - 1)/1 = -0.1; (1.4 - 1)/2 = 0.2;
        // (1.5 - 1)/3 = 0.1667 > 0.1, so two stay: 0.9 - 0.2 and 0.5 - 0.2.
        let shares = project(&[0.1, 0.9, -0.3, 0.5, 0.0]);
        assert!(close(&shares, &[0.0, 0.7, 0.0, 0.3, 0.0]), "{shares:?}");
        // Five equal numbers share equally, wherever they lie.
        assert!(close(&project(&[-7.0; 5]), &[0.2; 5]));
        // Far beyond a corner: that corner.
        assert!(close(
            &project(&[9.0, 0.0, 0.0, 0.0, 0.0]),
            &[1.0, 0.0, 0.0, 0.0, 0.0]
        ));
    }

    #[test]
    fn a_point_of_the_simplex_stays_where_it_is() {
        let point = [0.5, 0.25, 0.25, 0.0, 0.0];
        assert!(close(&project(&point), &point));
    }

    #[test]
    fn numbers_that_are_no_numbers_propose_nothing_in_particular() {
        let mut action = [0.2; SHARES];
        action[3] = f64::NAN;
        assert_eq!(mix(&action), Mix::NEUTRAL);
    }
}
