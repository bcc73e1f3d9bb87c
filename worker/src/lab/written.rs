//! A mix as an artist's file has it: rounded, and so a little off its simplexes, but taken as it is
//! written. What learners propose is held to more ([`Mix`]).

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wire::{
    mix::{Mix, MixShares},
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

/// Shares, a row per dimension.
pub(super) type Rows = [[f64; VALUES]; DIMENSIONS];

/// How far a file's mix may be off the simplex, with what adding decimals in floating point costs.
pub(super) const OFF_SIMPLEX: f64 = 1e-3 + 1e-9;

/// Twenty shares that sum to 1 per dimension, or nearly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "MixShares", into = "MixShares")]
pub(super) struct WrittenMix(Rows);

/// Shares that no rounding explains.
#[derive(Debug, Error)]
pub(super) enum WrittenMixError {
    /// One of them by itself.
    #[error("a share of {0} is {1}, but shares lie between 0 and 1")]
    Share(&'static str, f64),
    /// All of a dimension.
    #[error("the shares of {0} sum to {1}, but they must sum to 1")]
    Sum(&'static str, f64),
}

impl WrittenMix {
    pub(super) const fn rows(&self) -> &Rows {
        &self.0
    }
}

impl From<Mix> for WrittenMix {
    fn from(mix: Mix) -> Self {
        Self(*mix.rows())
    }
}

impl From<WrittenMix> for MixShares {
    fn from(WrittenMix([color, style, mood, composition]): WrittenMix) -> Self {
        Self {
            color,
            style,
            mood,
            composition,
        }
    }
}

impl TryFrom<MixShares> for WrittenMix {
    type Error = WrittenMixError;

    fn try_from(shares: MixShares) -> Result<Self, WrittenMixError> {
        let MixShares {
            color,
            style,
            mood,
            composition,
        } = shares;
        let rows = [color, style, mood, composition];
        for (dimension, five) in Dimension::ALL.iter().zip(&rows) {
            if let Some(share) = five.iter().find(|share| !is_share(**share)) {
                return Err(WrittenMixError::Share(dimension.name(), *share));
            }
            let sum = five.iter().sum();
            if !is_whole(sum) {
                return Err(WrittenMixError::Sum(dimension.name(), sum));
            }
        }
        Ok(Self(rows))
    }
}

/// Whether it is a share of something; written so that a NaN is none.
pub(super) fn is_share(share: f64) -> bool {
    (-OFF_SIMPLEX..=1.0 + OFF_SIMPLEX).contains(&share)
}

/// Whether shares with this sum are all there are.
pub(super) fn is_whole(sum: f64) -> bool {
    (sum - 1.0).abs() <= OFF_SIMPLEX
}
