//! A style: a named, versioned policy of one artist.

use serde::{Deserialize, Serialize};

use crate::{
    drawing::{Drawing, Strength},
    foresight::Foresight,
    ids::{ImageId, PolicyHash, RatingId, StyleId},
    learning::{Belief, Hint, Insight, LearnerKind, TasteState},
    rating::Stars,
    replay::Replay,
    stamp::UnixMs,
    variety::Variety,
};

/// Longest name of a style, in characters.
pub const NAME_MAX_CHARS: usize = 80;
/// Most prompts a style practises on.
pub const PROMPTS_MAX: usize = 12;
/// Longest prompt, in characters.
pub const PROMPT_MAX_CHARS: usize = 300;

/// How many of its newest ratings a style shows.
pub const HISTORY_MAX: usize = 1000;

/// A style to begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewStyle {
    /// 1 to 80 characters.
    pub name: String,
    /// 1 to 12 prompts of 1 to 300 characters; pictures take turns through them.
    pub prompts: Vec<String>,
    /// Who learns.
    #[serde(default)]
    pub learner: LearnerKind,
    /// Whether a drawing to start from is put right after this: no picture is painted before it is
    /// there or taken away, or two minutes have passed.
    #[serde(default)]
    pub drawing_follows: bool,
}

/// Changes to a style; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditStyle {
    /// A new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// New prompts, in place of all the old ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompts: Option<Vec<String>>,
    /// How much of its drawing may change; refused if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// How different its pictures are from each other, from the next one on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variety: Option<Variety>,
}

/// A style in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StyleCard {
    /// The style's id.
    pub id: StyleId,
    /// Its name.
    pub name: String,
    /// What its pictures show.
    pub prompts: Vec<String>,
    /// Who learns.
    pub learner: LearnerKind,
    /// What it knew before its first rating, by name and version.
    pub prior: String,
    /// What its pictures start from, if the artist gave it a drawing.
    pub drawing: Option<Drawing>,
    /// How different its pictures are from each other.
    pub variety: Variety,
    /// Number of its newest version; `null` until the first one is made.
    pub version: Option<u32>,
    /// In a word how far its newest version is; `null` until there is one, and if its learner cannot
    /// tell.
    pub state: Option<TasteState>,
    /// How many ratings it has, skips not counted.
    pub ratings: u32,
    /// The best-rated picture, the newest among equals.
    pub cover: Option<ImageId>,
    /// When it was begun.
    pub created_ms: UnixMs,
}

/// One style in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StyleView {
    /// What a list shows.
    pub card: StyleCard,
    /// Hash of the newest version; `null` until the first one is made.
    pub policy: Option<PolicyHash>,
    /// What it believes; `null` until the first one is made.
    pub belief: Option<Belief>,
    /// What else the newest version knows of the taste it learns.
    pub insight: Option<Insight>,
    /// The newest 1000 ratings in the order of the log, skips left out.
    pub history: Vec<HistoryPoint>,
    /// How well it foresees the ratings, beside how well the artist agrees with themself.
    pub foresight: Foresight,
    /// How many ratings wait to be learned from.
    pub waiting: u32,
    /// The last time the style was rebuilt without a rating, if it ever was.
    #[serde(default)]
    pub replay: Option<Replay>,
    /// Why the last job of this style failed for good, if it did and nothing has worked since.
    pub trouble: Option<String>,
}

/// One version of a style: what it knew when it was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionView {
    /// Its place in the style's line, from 0.
    pub number: u32,
    /// Its snapshot, by content.
    pub policy: PolicyHash,
    /// The rating that it learned from; `null` for the first one.
    pub rating: Option<RatingId>,
    /// What it believes its artist likes.
    pub belief: Belief,
    /// What else it knows of that taste.
    pub insight: Insight,
    /// The version before it; `null` for the first one.
    pub before: Option<VersionBefore>,
    /// When it was made.
    pub made_ms: UnixMs,
}

/// What the version before another one knew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionBefore {
    /// Its place in the style's line: the next smaller number there is.
    pub number: u32,
    /// What it believed.
    pub belief: Belief,
    /// What else it knew.
    pub insight: Insight,
}

/// One rating as a point of the rating curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryPoint {
    /// Which rating.
    pub rating: RatingId,
    /// Which picture.
    pub image: ImageId,
    /// The answer.
    pub stars: Stars,
    /// What made the picture so, if the artist said.
    pub hint: Option<Hint>,
    /// What the style had foreseen; `null` if nothing, and for a picture shown again.
    pub predicted: Option<[f64; 5]>,
    /// The earlier picture that this one showed again.
    pub repeats: Option<ImageId>,
    /// Whether the artist knew the forecast when they answered: it was told for an earlier answer.
    #[serde(default)]
    pub after_reveal: bool,
    /// The version that learned from it, if one has.
    pub learned_in: Option<u32>,
    /// When.
    pub rated_ms: UnixMs,
}
