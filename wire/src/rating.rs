//! A rating: what an artist answers to one picture.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    ids::{ImageId, JobId, RatingId},
    image::ImageCard,
    learning::Hint,
    stamp::UnixMs,
};

/// How many unseen pictures a client may say it has. A page holds two or three.
pub const HAVE_MAX: usize = 64;

/// One to five stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Stars(u8);

/// A number of stars that is not on the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a rating has 1 to 5 stars, not {0}")]
pub struct StarsError(u8);

impl Stars {
    /// Every rating, from worst to best.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// Checks the number.
    pub const fn new(stars: u8) -> Result<Self, StarsError> {
        match stars {
            1..=5 => Ok(Self(stars)),
            _ => Err(StarsError(stars)),
        }
    }

    /// The number, 1 to 5.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Stars {
    type Error = StarsError;

    fn try_from(stars: u8) -> Result<Self, StarsError> {
        Self::new(stars)
    }
}

impl From<Stars> for u8 {
    fn from(stars: Stars) -> Self {
        stars.0
    }
}

/// What a client sends for one picture.
///
/// The client makes the id *before* the first attempt and keeps it for every retry: the same id
/// with the same value counts once, the same id with another value is a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RateImage {
    /// Made by the client.
    pub id: RatingId,
    /// One to five stars; `null` skips the picture, which teaches the style nothing.
    pub stars: Option<Stars>,
    /// What made the picture so, if the artist cares to say; never with a skip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
    /// The present rating of the picture that this one takes the place of, also in the log. Left
    /// out for a picture without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<RatingId>,
    /// Unseen pictures of the style that the client has already loaded, at most 64: the answer
    /// brings another.
    #[serde(default)]
    pub have: Vec<ImageId>,
}

/// The answer to a rating: it is stored, and it counts once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingSaved {
    /// The rating as stored.
    pub rating: RatingCard,
    /// How many ratings (without skips) the style has now.
    pub ratings: u32,
    /// An unseen picture that the client does not have yet, if one is painted.
    pub next: Option<ImageCard>,
    /// The job that replays the style's log, if a change of it made that necessary.
    #[serde(default)]
    pub replay: Option<JobId>,
}

/// The answer to a rating taken back: the picture has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingUndone {
    /// The job that replays the style's log without what was taken back; `null` if the style had
    /// not learned from it. What comes of it stands in the style.
    pub replay: Option<JobId>,
}

/// A stored rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingCard {
    /// The client's id.
    pub id: RatingId,
    /// The picture it is about.
    pub image: ImageId,
    /// One to five stars, or `null` for a skip.
    pub stars: Option<Stars>,
    /// What made the picture so, if the artist said.
    #[serde(default)]
    pub hint: Option<Hint>,
    /// Probability of each rating 1 to 5, as the style foresaw it when it proposed the picture:
    /// fixed before the rating, told only with it. `null` if the learner foresees nothing, and with a
    /// skip, or one could skip to look.
    #[serde(default)]
    pub predicted: Option<[f64; 5]>,
    /// The earlier picture that this one showed again, unannounced, to learn how much the artist
    /// agrees with themself. Such a rating teaches the style nothing. `null` with a skip.
    #[serde(default)]
    pub repeats: Option<ImageId>,
    /// Whether both were told for an earlier answer to the picture, which was then changed or taken
    /// back: no forecast is judged by such an answer, and no artist.
    #[serde(default)]
    pub after_reveal: bool,
    /// Place in the style's rating log, from 1; skips have a place too.
    pub position: u32,
    /// The style's version that learned from it; `null` while it waits, and for a skip.
    pub learned_in: Option<u32>,
    /// When it was stored.
    pub rated_ms: UnixMs,
}

impl RatingCard {
    /// Whether versions learn from it: neither from a skip, nor from a picture shown again.
    pub const fn teaches(&self) -> bool {
        self.stars.is_some() && self.repeats.is_none()
    }
}

#[cfg(feature = "openapi")]
mod openapi {
    use super::Stars;
    use utoipa::openapi::{Object, RefOr, schema::Schema, schema::Type};

    impl utoipa::PartialSchema for Stars {
        fn schema() -> RefOr<Schema> {
            Object::builder()
                .schema_type(Type::Integer)
                .minimum(Some(1))
                .maximum(Some(5))
                .description(Some("1 (not mine at all) to 5 (exactly mine)"))
                .into()
        }
    }

    impl utoipa::ToSchema for Stars {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_to_five_are_stars() {
        let accepted: Vec<u8> = (0..=u8::MAX)
            .filter_map(|n| Stars::new(n).ok())
            .map(Stars::get)
            .collect();
        assert_eq!(accepted, [1, 2, 3, 4, 5]);
        assert!(serde_json::from_str::<Stars>("6").is_err());
        assert!(serde_json::from_str::<Stars>("4.5").is_err());
    }

    #[test]
    fn a_skip_must_be_said() {
        let id = "00000000-0000-0000-0000-000000000001";
        let skip = format!(r#"{{"id":"{id}","stars":null}}"#);
        assert_eq!(
            serde_json::from_str::<RateImage>(&skip).unwrap().stars,
            None
        );
        let typo = format!(r#"{{"id":"{id}","star":4}}"#);
        assert!(serde_json::from_str::<RateImage>(&typo).is_err());
    }
}
