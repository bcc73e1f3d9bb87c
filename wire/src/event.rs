//! What a browser hears while it is open: `GET /api/v1/live`, one JSON object per event.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{RatingId, StyleId},
    image::ImageCard,
    learning::{Belief, Insight},
};

/// One piece of news for one person. Stored before it is sent, so `Last-Event-ID` resumes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A picture is painted and waits to be rated.
    ImageReady {
        /// The picture.
        image: ImageCard,
    },
    /// The style has a new version.
    PolicyMoved {
        /// Which style.
        style: StyleId,
        /// The new version's number.
        version: u32,
        /// The rating that moved it; `null` for the first version and for one that was replayed.
        rating: Option<RatingId>,
        /// What the version before believed; `null` for the first one.
        before: Option<Belief>,
        /// What the new one believes.
        after: Belief,
        /// What else the new one knows.
        #[serde(default)]
        insight: Box<Insight>,
    },
    /// A picture is being painted. Only slow engines say so; not stored, so not resumed.
    Painting {
        /// For which style.
        style: StyleId,
        /// Steps done.
        step: u32,
        /// Steps in all.
        steps: u32,
    },
    /// A job of the style failed for good.
    Trouble {
        /// Which style.
        style: StyleId,
        /// Why, in a sentence.
        reason: String,
    },
}
