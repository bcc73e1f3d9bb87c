//! The attribute dimensions and their values, in the order of the policy's outputs.
//!
//! The order is part of every stored policy, so this list is append-only: a new value goes to the
//! end of its dimension together with a higher [`TAXONOMY_VERSION`], and a decision record says
//! what old policies make of it.

use serde::{Deserialize, Serialize};

/// Written into each snapshot, envelope and provenance; a mismatch is refused by name.
pub const TAXONOMY_VERSION: u32 = 1;

/// How many dimensions a mix has.
pub const DIMENSIONS: usize = 4;

/// How many values each dimension has.
pub const VALUES: usize = 5;

/// How many shares a mix has in all.
pub const SHARES: usize = DIMENSIONS * VALUES;

/// One attribute dimension of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// Which colours.
    Color,
    /// How it is drawn.
    Style,
    /// What it feels like.
    Mood,
    /// Where things are.
    Composition,
}

impl Dimension {
    /// Every dimension, in the order of the policy's heads.
    pub const ALL: [Self; DIMENSIONS] = [Self::Color, Self::Style, Self::Mood, Self::Composition];

    /// Position of this dimension's head.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name as it stands in JSON, on the command line and in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Color => "color",
            Self::Style => "style",
            Self::Mood => "mood",
            Self::Composition => "composition",
        }
    }

    /// The names of this dimension's values, in the order of its head's outputs.
    pub const fn values(self) -> [&'static str; VALUES] {
        match self {
            Self::Color => ["warm", "cool", "vibrant", "muted", "monochrome"],
            Self::Style => [
                "realistic",
                "painterly",
                "abstract",
                "minimalist",
                "surreal",
            ],
            Self::Mood => [
                "peaceful",
                "energetic",
                "mysterious",
                "joyful",
                "melancholic",
            ],
            Self::Composition => [
                "centered",
                "rule-of-thirds",
                "asymmetric",
                "symmetrical",
                "dynamic",
            ],
        }
    }
}

/// The vocabulary as the API serves it, so that no page and no other client hard-codes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Taxonomy {
    /// [`TAXONOMY_VERSION`] of the server that answered.
    pub version: u32,
    /// The dimensions in the order of the policy's heads.
    pub dimensions: Vec<TaxonomyDimension>,
}

/// One dimension and its values, as served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaxonomyDimension {
    /// Which dimension.
    pub name: Dimension,
    /// The values in the order of the head's outputs.
    pub values: Vec<String>,
}

impl Taxonomy {
    /// The vocabulary of this build.
    pub fn current() -> Self {
        let dimensions = Dimension::ALL
            .map(|name| TaxonomyDimension {
                name,
                values: name.values().map(String::from).into(),
            })
            .into();
        Self {
            version: TAXONOMY_VERSION,
            dimensions,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pinned on purpose: changing a line here means every stored policy is read differently.
    #[test]
    fn the_order_of_the_policy_outputs_never_changes() {
        let listed = Dimension::ALL.map(|d| format!("{}: {}", d.name(), d.values().join(" ")));
        assert_eq!(
            listed,
            [
                "color: warm cool vibrant muted monochrome",
                "style: realistic painterly abstract minimalist surreal",
                "mood: peaceful energetic mysterious joyful melancholic",
                "composition: centered rule-of-thirds asymmetric symmetrical dynamic",
            ]
        );
        assert_eq!(TAXONOMY_VERSION, 1);
    }

    #[test]
    fn a_dimension_is_called_the_same_in_json_and_in_code() {
        for dimension in Dimension::ALL {
            let json = serde_json::to_value(dimension).unwrap();
            assert_eq!(json, dimension.name());
            assert_eq!(Dimension::ALL[dimension.index()], dimension);
        }
    }
}
