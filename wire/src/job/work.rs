//! What a worker is told when it may start, and what it hands back.
//!
//! The work is bound late: a message in the queue names the job only, and the answer to "may I
//! start?" says what to do *as of now*. So a picture is proposed by the newest version there is,
//! and an update takes every rating that has arrived, or replays the log if it was changed.

use serde::{Deserialize, Serialize};

use crate::{
    drawing::Drawing,
    ids::{BlobHash, PolicyHash},
    learning::{LearnedStep, LearnerKind, Sample, built_in_prior},
    mix::Mix,
    proposal::Proposal,
    variety::Variety,
};

/// One job's work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Work {
    /// Ratings become versions.
    LearnFromRatings(LearnFromRatings),
    /// A log becomes one version, as if it had been learned rating by rating.
    ReplayStyle(ReplayStyle),
    /// A version proposes a mix and an engine paints it.
    GenerateImage(GenerateImage),
}

/// Learn from these ratings, in this order, one version each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearnFromRatings {
    /// Who learns; needed where there is no parent.
    pub learner: LearnerKind,
    /// What a first version knows before any rating, by name; what follows has it from its parent.
    #[serde(default = "built_in_prior")]
    pub prior: String,
    /// The style's own seed: two artists who rate alike still explore differently.
    pub style_seed: u64,
    /// The version to build on; `None` makes the style's first version before anything else.
    pub parent: Option<PolicyHash>,
    /// How many ratings the parent has learned from; with `style_seed` it seeds each step.
    pub learned: u32,
    /// The ratings, in the order of the log.
    pub samples: Vec<Sample>,
    /// The prompts a belief is about.
    pub prompts: Vec<String>,
}

/// Make the version that has learned this log and nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplayStyle {
    /// A [`RatingLog`](crate::replay::RatingLog) in JSON in the blob store: it may be long.
    pub log: BlobHash,
    /// A version that is known to have learned the log's beginning, to check the result with.
    pub checkpoint: Option<Checkpoint>,
    /// The prompts a belief is about.
    pub prompts: Vec<String>,
}

/// A stored version, and how far into the log it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The version.
    pub policy: PolicyHash,
    /// How many ratings it has learned from.
    pub learned: u32,
}

/// Propose a mix for the prompt and paint it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GenerateImage {
    /// The version that proposes.
    pub policy: PolicyHash,
    /// What to paint.
    pub prompt: String,
    /// Mixes shown lately, newest first; the proposal keeps its distance.
    pub recent: Vec<Mix>,
    /// How far a distance.
    #[serde(default)]
    pub variety: Variety,
    /// Seeds the proposal.
    pub proposal_seed: u64,
    /// Seeds the engine.
    pub image_seed: u32,
    /// What to start from instead of from nothing.
    #[serde(default)]
    pub drawing: Option<Drawing>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// What a finished job hands back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "one at a time is made, told and dropped"
    )
)]
pub enum Product {
    /// Of [`Work::LearnFromRatings`].
    LearnFromRatings(Learned),
    /// Of [`Work::ReplayStyle`].
    ReplayStyle(StyleReplayed),
    /// Of [`Work::GenerateImage`].
    GenerateImage(ImageMade),
}

/// New versions, each the child of the one before; the first is the child of the parent asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// The version they build on, as it was asked for.
    pub parent: Option<PolicyHash>,
    /// One per rating; before them the first version, if there was no parent.
    pub steps: Vec<LearnedStep>,
}

/// The version of a log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StyleReplayed {
    /// The log it was made from, as it was asked for.
    pub log: BlobHash,
    /// The version.
    pub head: LearnedStep,
    /// Whether a second learner, which went on from the checkpoint or from nothing where there is
    /// none to go on from, came to the same bytes.
    pub verified: bool,
}

/// A picture, stored under its hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageMade {
    /// What was proposed and painted.
    pub proposal: Proposal,
    /// The PNG in the blob store.
    pub blob: BlobHash,
    /// Its size in bytes.
    pub bytes: u64,
    /// The engine and its version.
    pub engine: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Wall-clock time the engine took.
    pub painted_in_ms: u32,
}
