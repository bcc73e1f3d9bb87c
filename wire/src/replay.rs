//! A style rebuilt from its ratings: what it is rebuilt from, and what came of it.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{JobId, PolicyHash},
    learning::{Comparison, LearnerKind, Sample, built_in_prior},
};

/// All that a version follows from. `atelier-worker replay --log FILE` makes the version of it, on
/// any machine, with the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RatingLog {
    /// Who learns.
    pub learner: LearnerKind,
    /// What it knew before the first rating, by name.
    #[serde(default = "built_in_prior")]
    pub prior: String,
    /// The style's own seed; with a rating's place in the log it seeds the step that learns it.
    pub style_seed: u64,
    /// The ratings in order, skips left out.
    pub samples: Vec<Sample>,
    /// What was said between ratings, in order: which of two pictures was liked better.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comparisons: Vec<LoggedComparison>,
}

/// A comparison with its place in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LoggedComparison {
    /// How many ratings came before it. The version that learned the last of them has not heard it; the
    /// next one has.
    pub after: u32,
    /// Which was liked better.
    pub comparison: Comparison,
}

/// The last time a style was rebuilt: because a rating it had learned from was taken back or changed,
/// or because a newer program does not read its newest version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replay {
    /// The job that does it, or did.
    pub job: JobId,
    /// What came of it; `null` while it is under way.
    pub done: Option<Replayed>,
}

/// The version of the ratings as they are: it never saw what was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replayed {
    /// Its number: the next one, since numbers only go forward.
    pub version: u32,
    /// Its hash: the same as that of a style which was never given the rating.
    pub policy: PolicyHash,
    /// Whether two learners came to this hash: one from nothing, and one from the version before
    /// the first rating that changed, as it was stored at the time, or, if there is none that can be
    /// read, from nothing again.
    pub verified: bool,
}
