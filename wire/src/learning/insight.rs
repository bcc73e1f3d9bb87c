//! What a version knows of a taste beyond its bars: what matters, what belongs together, and whether
//! there is more to learn.
//!
//! A learner without a notion of something leaves it out; nothing here is made up for it.

use serde::{Deserialize, Serialize};

use super::Effects;
use crate::{
    mix::Mix,
    taxonomy::{DIMENSIONS, Dimension},
};

/// All of it, as it was when the version was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Insight {
    /// In a word. `None` from a learner that cannot tell.
    pub state: Option<TasteState>,
    /// How many ratings came since taste changed, if it seems to have.
    pub since_change: Option<u32>,
    /// How spread over a dimension's values the pictures are that it would show next: 0 if all of
    /// them have the same single value, 1 if no value is preferred.
    pub entropy: [f64; DIMENSIONS],
    /// What each value adds by itself.
    pub effects: Option<Effects>,
    /// Values that together please more or less than their sum, the strongest first.
    pub pairs: Vec<PairEffect>,
    /// The best mix for each of the style's prompts, in their order.
    pub best: Vec<BestMix>,
    /// The best mix for each kind of scene, whether the style has prompts of it or not. Empty in versions
    /// that were made before there was this.
    #[serde(default)]
    pub scenes: Vec<SceneMix>,
}

/// A kind of scene that prompts are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// People and faces.
    Portrait,
    /// The land.
    Landscape,
    /// The sea and its shores.
    Sea,
    /// Streets and buildings.
    City,
    /// Animals.
    Animals,
    /// Things on a table.
    StillLife,
    /// Rooms.
    Interior,
    /// Shapes.
    Abstract,
}

impl Scene {
    /// Every kind, in the order in which learners count them.
    pub const ALL: [Self; 8] = [
        Self::Portrait,
        Self::Landscape,
        Self::Sea,
        Self::City,
        Self::Animals,
        Self::StillLife,
        Self::Interior,
        Self::Abstract,
    ];
}

/// Whether there is more to learn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TasteState {
    /// Hardly anything that it has not tried could please much more.
    Settled,
    /// Something it has not tried may well please more.
    StillLearning,
    /// The newest ratings are better explained by another taste than the older ones.
    Moving,
    /// Nearly every picture got the same stars: nothing makes a difference so far.
    Indifferent,
    /// Only low stars for a long time: nothing pleases yet.
    Displeased,
}

/// One value of one dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValueOf {
    /// Which dimension.
    pub dimension: Dimension,
    /// The value's place in it.
    pub value: u8,
}

/// What two values do together that neither does alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairEffect {
    /// One of them.
    pub first: ValueOf,
    /// The other one, of another dimension.
    pub second: ValueOf,
    /// Stars that both together have beyond the sum of what each adds alone.
    pub mean: f64,
    /// Standard deviation of the same.
    pub doubt: f64,
}

/// The best mix known for a prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BestMix {
    /// Which prompt.
    pub prompt: String,
    /// What it would recommend for it.
    pub mix: Mix,
    /// Stars it expects for that, 1 to 5.
    pub expected: f64,
}

/// The best mix known for a kind of scene.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SceneMix {
    /// Which kind.
    pub scene: Scene,
    /// What it would recommend for a plain prompt of it.
    pub mix: Mix,
    /// Stars it expects for that, 1 to 5.
    pub expected: f64,
}
