//! A mix: for each dimension, one point on the simplex of its five values.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::taxonomy::{DIMENSIONS, Dimension, SHARES, VALUES};

/// How far a dimension's shares may sum from 1 and still be read as rounding.
pub const SUM_TOLERANCE: f64 = 1e-4;

/// How much of each attribute value a picture has: "70% vibrant, 30% warm".
///
/// Always valid: twenty shares in [0, 1], each dimension's five summing to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "MixShares", into = "MixShares")]
pub struct Mix([[f64; VALUES]; DIMENSIONS]);

/// Why twenty numbers are not a mix.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum MixError {
    /// A share below 0, above 1, or not a number.
    #[error("{dimension} {value} is {share}, but a share lies between 0 and 1")]
    Share {
        /// The dimension's name.
        dimension: &'static str,
        /// The value's name.
        value: &'static str,
        /// What was given.
        share: f64,
    },
    /// The five shares of a dimension do not make a whole.
    #[error("the shares of {dimension} sum to {sum}, but they must sum to 1")]
    Sum {
        /// The dimension's name.
        dimension: &'static str,
        /// What they sum to.
        sum: f64,
    },
    /// No weight anywhere to blend by.
    #[error("nothing to blend: give at least one mix a weight above 0")]
    NoWeight,
}

impl Mix {
    /// All values of every dimension in equal parts: what a style without taste proposes.
    pub const NEUTRAL: Self = Self([[0.2; VALUES]; DIMENSIONS]);

    /// Checks the shares and takes them as they are.
    pub fn new(shares: [[f64; VALUES]; DIMENSIONS]) -> Result<Self, MixError> {
        for (dimension, five) in Dimension::ALL.into_iter().zip(&shares) {
            for (value, &share) in dimension.values().into_iter().zip(five) {
                // Written so that a NaN fails too.
                if !(0.0..=1.0 + SUM_TOLERANCE).contains(&share) {
                    return Err(MixError::Share {
                        dimension: dimension.name(),
                        value,
                        share,
                    });
                }
            }
            let sum: f64 = five.iter().sum();
            if (sum - 1.0).abs() > SUM_TOLERANCE {
                return Err(MixError::Sum {
                    dimension: dimension.name(),
                    sum,
                });
            }
        }
        Ok(Self(shares))
    }

    /// A mix of one pure value per dimension, given by position in [`Dimension::values`].
    pub fn pure(values: [usize; DIMENSIONS]) -> Self {
        let mut shares = [[0.0; VALUES]; DIMENSIONS];
        for (five, value) in shares.iter_mut().zip(values) {
            five[value % VALUES] = 1.0;
        }
        Self(shares)
    }

    /// The five shares of one dimension, in the order of [`Dimension::values`].
    pub const fn shares(&self, dimension: Dimension) -> &[f64; VALUES] {
        &self.0[dimension.index()]
    }

    /// All shares, one row per dimension.
    pub const fn rows(&self) -> &[[f64; VALUES]; DIMENSIONS] {
        &self.0
    }

    /// All twenty shares, dimension after dimension.
    pub fn flat(&self) -> [f64; SHARES] {
        std::array::from_fn(|i| self.0[i / VALUES][i % VALUES])
    }

    /// The same mix with one dimension's shares replaced.
    pub fn with(&self, dimension: Dimension, five: [f64; VALUES]) -> Result<Self, MixError> {
        let mut shares = self.0;
        shares[dimension.index()] = five;
        Self::new(shares)
    }

    /// Weighted mean of mixes. Browser preview and server record use this one function, so that
    /// what was shown is what is stored.
    pub fn blend(parts: &[(f64, Self)]) -> Result<Self, MixError> {
        let total: f64 = parts.iter().map(|(weight, _)| weight.max(0.0)).sum();
        if total <= 0.0 {
            return Err(MixError::NoWeight);
        }
        let mut shares = [[0.0; VALUES]; DIMENSIONS];
        for (weight, mix) in parts {
            for (row, five) in shares.iter_mut().zip(&mix.0) {
                for (share, part) in row.iter_mut().zip(five) {
                    *share += weight.max(0.0) / total * part;
                }
            }
        }
        Self::new(shares)
    }

    /// Total variation distance, averaged over the dimensions: 0 for equal mixes, 1 for disjoint.
    pub fn distance(&self, other: &Self) -> f64 {
        let halves: f64 = self
            .flat()
            .iter()
            .zip(other.flat())
            .map(|(a, b)| (a - b).abs())
            .sum();
        halves / 2.0 / DIMENSIONS as f64
    }
}

/// A mix as it stands in JSON: five shares under each dimension's name.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MixShares {
    /// warm, cool, vibrant, muted, monochrome
    pub color: [f64; VALUES],
    /// realistic, painterly, abstract, minimalist, surreal
    pub style: [f64; VALUES],
    /// peaceful, energetic, mysterious, joyful, melancholic
    pub mood: [f64; VALUES],
    /// centered, rule-of-thirds, asymmetric, symmetrical, dynamic
    pub composition: [f64; VALUES],
}

impl From<Mix> for MixShares {
    fn from(Mix([color, style, mood, composition]): Mix) -> Self {
        Self {
            color,
            style,
            mood,
            composition,
        }
    }
}

impl TryFrom<MixShares> for Mix {
    type Error = MixError;

    fn try_from(shares: MixShares) -> Result<Self, MixError> {
        let MixShares {
            color,
            style,
            mood,
            composition,
        } = shares;
        Self::new([color, style, mood, composition])
    }
}

#[cfg(feature = "openapi")]
mod openapi {
    use super::{Mix, MixShares};

    impl utoipa::PartialSchema for Mix {
        fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
            MixShares::schema()
        }
    }

    impl utoipa::ToSchema for Mix {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_numbers_that_are_no_mix_are_refused_by_name() {
        let mut shares = *Mix::NEUTRAL.rows();
        shares[2][1] = f64::NAN;
        let refusal = Mix::new(shares).unwrap_err().to_string();
        assert!(refusal.starts_with("mood energetic is NaN"), "{refusal}");

        let mut shares = *Mix::NEUTRAL.rows();
        shares[0][0] = 0.9;
        let refusal = Mix::new(shares).unwrap_err().to_string();
        assert!(
            refusal.starts_with("the shares of color sum to 1.7"),
            "{refusal}"
        );
    }

    #[test]
    fn a_mix_survives_json_to_the_last_bit() {
        let third = [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0, 0.0];
        let mix = Mix::NEUTRAL.with(Dimension::Mood, third).unwrap();
        let json = serde_json::to_string(&mix).unwrap();
        assert!(json.starts_with(r#"{"color":[0.2,"#), "{json}");
        assert_eq!(serde_json::from_str::<Mix>(&json).unwrap(), mix);
    }

    #[test]
    fn json_that_is_no_mix_does_not_become_one() {
        let json = serde_json::to_string(&Mix::NEUTRAL)
            .unwrap()
            .replace("0.2", "0.3");
        assert!(serde_json::from_str::<Mix>(&json).is_err());
    }

    #[test]
    fn a_blend_lies_between_its_parts() {
        let (a, b) = (Mix::pure([0; 4]), Mix::pure([2; 4]));
        let blend = Mix::blend(&[(3.0, a), (1.0, b)]).unwrap();
        let five = [0.75, 0.0, 0.25, 0.0, 0.0];
        assert_eq!(blend, Mix::new([five; DIMENSIONS]).unwrap());
        assert!((blend.distance(&a) - 0.25).abs() < 1e-12);
        assert!((blend.distance(&b) - 0.75).abs() < 1e-12);
        assert_eq!(Mix::blend(&[(0.0, a)]), Err(MixError::NoWeight));
    }
}
