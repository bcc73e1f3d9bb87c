//! Units of work, and the life of one.

mod message;
mod state;
mod work;

pub use message::{
    Beat, Envelope, JobProgress, Outcome, Refusal, SettleAnswer, StartAnswer, StartJob, Verdict,
};
pub use state::JobState;
pub use work::{
    Checkpoint, GenerateImage, ImageMade, LearnFromRatings, Learned, Product, ReplayStyle,
    StyleReplayed, Work,
};

use serde::{Deserialize, Serialize};

/// What kind of work. The names outlive the types: they are stored and sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Ratings become versions; if the log changed under the newest one, all of it is replayed.
    LearnFromRatings,
    /// A version proposes a mix and an engine paints it.
    GenerateImage,
}

impl JobKind {
    /// Every kind of job.
    pub const ALL: [Self; 2] = [Self::LearnFromRatings, Self::GenerateImage];

    /// The name as it stands in JSON, in the database and in NATS subjects.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LearnFromRatings => "learn_from_ratings",
            Self::GenerateImage => "generate_image",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
