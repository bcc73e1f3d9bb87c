//! A picture and where it comes from.

use serde::{Deserialize, Serialize};

use crate::{
    drawing::Drawing,
    ids::{ImageId, PolicyHash, StyleId},
    mix::Mix,
    rating::RatingCard,
    stamp::UnixMs,
};

/// One finished picture. Its bytes are at `/api/v1/images/{id}/bytes` and never change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImageCard {
    /// The picture's name.
    pub id: ImageId,
    /// The style it was painted for.
    pub style: StyleId,
    /// What it shows.
    pub prompt: String,
    /// How much of each attribute value was asked for.
    pub mix: Mix,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What made it.
    pub provenance: Provenance,
    /// The artist's answer, if there is one.
    pub rating: Option<RatingCard>,
    /// When it was finished.
    pub made_ms: UnixMs,
}

/// All that is needed to paint the same picture again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provenance {
    /// The style's version that proposed the mix.
    pub version: u32,
    /// That version's policy.
    pub policy: PolicyHash,
    /// The engine's seed.
    pub seed: u32,
    /// The drawing it started from, if it did. The drawing itself is kept as long as its style has it.
    #[serde(default)]
    pub drawing: Option<Drawing>,
    /// The engine and its version, for example `sketch 1`.
    pub engine: String,
    /// The vocabulary the mix is written in.
    pub taxonomy: u32,
}

/// The style's unseen pictures that the client does not have yet, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextImages {
    /// May be empty if nothing was painted within the time asked for.
    pub images: Vec<ImageCard>,
}
