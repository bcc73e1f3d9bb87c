//! The two shapes that a simulated liking of one dimension can have.

use serde::{Deserialize, Serialize};
use wire::taxonomy::VALUES;

use super::written::{is_share, is_whole};

/// How much a dimension's shares are liked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Effect {
    /// The more of a good value the better.
    Linear {
        /// Liking of each value.
        weights: [f64; VALUES],
    },
    /// A certain mixture is best.
    Peak {
        /// That mixture.
        ideal: [f64; VALUES],
        /// How quickly liking falls around it.
        width: f64,
        /// Liking of the ideal.
        height: f64,
    },
}

impl Effect {
    /// The raw utility of these shares.
    pub fn of(&self, shares: &[f64; VALUES]) -> f64 {
        match self {
            Self::Linear { weights } => weights.iter().zip(shares).map(|(w, m)| w * m).sum(),
            Self::Peak {
                ideal,
                width,
                height,
            } => {
                let offsets = shares.iter().zip(ideal).map(|(m, p)| m - p);
                let square: f64 = offsets.map(|x| x * x).sum();
                height * libm::exp(-square / (2.0 * width * width))
            }
        }
    }

    /// What keeps it from being an effect, if anything does.
    pub fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Linear { weights } => {
                (!weights.iter().all(|w| w.is_finite())).then_some("weights that are not finite")
            }
            Self::Peak {
                ideal,
                width,
                height,
            } => {
                let inside = ideal.iter().all(|share| is_share(*share));
                if !inside || !is_whole(ideal.iter().sum()) {
                    Some("an ideal that is not on the simplex")
                } else if !(width.is_finite()
                    && *width > 0.0
                    && height.is_finite()
                    && *height > 0.0)
                {
                    Some("a width or height that is not above 0")
                } else {
                    None
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_equal_those_worked_by_hand() {
        let linear = Effect::Linear {
            weights: [1.0, -2.0, 0.0, 3.0, 0.5],
        };
        // 0.5 - 1 + 0 + 0 + 0
        assert!((linear.of(&[0.5, 0.5, 0.0, 0.0, 0.0]) + 0.5).abs() < 1e-12);
        let peak = Effect::Peak {
            ideal: [0.5, 0.5, 0.0, 0.0, 0.0],
            width: 0.5,
            height: 2.0,
        };
        // Squared distance 0.5, over 2 * 0.25: 2 exp(-1).
        assert!((peak.of(&[1.0, 0.0, 0.0, 0.0, 0.0]) - 0.735_758_882_3).abs() < 1e-9);
    }
}
