//! A drawing of the artist's own that a style's pictures start from.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::BlobHash;

/// The largest file that is taken, in bytes. A camera's photograph has about half of it.
pub const FILE_MAX_BYTES: usize = 10 * 1024 * 1024;

/// The kinds of file that are taken.
pub const FILE_KINDS: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

/// What a picture starts from instead of from nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Drawing {
    /// The PNG in the blob store, as large as the pictures.
    pub blob: BlobHash,
    /// How much of it may change.
    pub strength: Strength,
}

/// How much of a drawing may change: 0 for nothing, 1 for everything.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Strength(f64);

/// A number that is no strength.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[error("a strength is a number from 0 to 1, not {0}")]
pub struct StrengthError(f64);

impl Strength {
    /// What is painted is new, and what was drawn is still there.
    pub const USUAL: Self = Self(0.6);

    /// Checks the number.
    pub fn new(strength: f64) -> Result<Self, StrengthError> {
        if (0.0..=1.0).contains(&strength) {
            return Ok(Self(strength));
        }
        Err(StrengthError(strength))
    }

    /// The number, 0 to 1.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Strength {
    type Error = StrengthError;

    fn try_from(strength: f64) -> Result<Self, StrengthError> {
        Self::new(strength)
    }
}

impl From<Strength> for f64 {
    fn from(strength: Strength) -> Self {
        strength.0
    }
}

#[cfg(feature = "openapi")]
mod openapi {
    use super::Strength;
    use utoipa::openapi::{Object, RefOr, schema::Schema, schema::Type};

    impl utoipa::PartialSchema for Strength {
        fn schema() -> RefOr<Schema> {
            Object::builder()
                .schema_type(Type::Number)
                .minimum(Some(0))
                .maximum(Some(1))
                .description(Some(
                    "How much of a drawing may change: 0 for nothing, 1 for everything",
                ))
                .into()
        }
    }

    impl utoipa::ToSchema for Strength {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strength_lies_between_nothing_and_everything() {
        for strength in [0.0, 0.6, 1.0] {
            assert_eq!(Strength::new(strength).map(Strength::get), Ok(strength));
        }
        for wrong in [-0.01, 1.01, f64::NAN, f64::INFINITY] {
            assert!(Strength::new(wrong).is_err(), "{wrong}");
        }
        assert_eq!(serde_json::from_str("1").ok(), Strength::new(1.0).ok());
        let refused = serde_json::from_str::<Strength>("7").unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("a strength is a number from 0 to 1, not 7"),
            "{refused}"
        );
    }
}
