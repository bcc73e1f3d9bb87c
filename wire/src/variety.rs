//! How different a style's pictures are from each other: the dial of the diversity guard.

use serde::{Deserialize, Serialize};

/// How far a new picture keeps from those shown just before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Variety {
    /// Small steps: good for the last touch on a taste that is known.
    Close,
    /// No two alike.
    #[default]
    Usual,
    /// Large steps: more surprises, and more pictures that miss.
    Wide,
}

impl Variety {
    /// All of them, from near to far.
    pub const ALL: [Self; 3] = [Self::Close, Self::Usual, Self::Wide];

    /// The name as it stands in JSON and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Usual => "usual",
            Self::Wide => "wide",
        }
    }

    /// The one with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variety| variety.name() == name)
    }

    /// Nearer than this to a mix shown lately (total variation, the mean over the dimensions) and
    /// another mix is drawn.
    pub const fn least_distance(self) -> f64 {
        match self {
            Self::Close => 0.02,
            // Below it two pictures look the same.
            Self::Usual => 0.05,
            Self::Wide => 0.15,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variety_has_the_name_it_has_in_json() {
        for variety in Variety::ALL {
            let json = serde_json::to_value(variety).unwrap();
            assert_eq!(json, variety.name());
            assert_eq!(Variety::from_name(variety.name()), Some(variety));
        }
        assert_eq!(Variety::from_name("far"), None);
    }

    #[test]
    fn the_dial_goes_from_near_to_far() {
        assert!(Variety::ALL.map(Variety::least_distance).is_sorted());
        assert_eq!(Variety::default(), Variety::Usual);
    }
}
