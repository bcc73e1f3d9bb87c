//! What passes between the server, which keeps the rating log, and a learner, which keeps nothing.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{PolicyHash, RatingId},
    mix::Mix,
    proposal::Proposal,
    rating::Stars,
    taxonomy::DIMENSIONS,
};

/// The algorithm that turns ratings into the next version of a style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LearnerKind {
    /// Proximal policy optimisation over continuous mixes.
    #[default]
    Ppo,
}

impl LearnerKind {
    /// Every learner there is.
    pub const ALL: [Self; 1] = [Self::Ppo];

    /// The name as it stands in JSON, in the database and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ppo => "ppo",
        }
    }

    /// The learner of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One rating of the log, with the proposal behind the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Which rating.
    pub rating: RatingId,
    /// What the artist answered; skips never become samples.
    pub stars: Stars,
    /// What was painted, and how likely it was when it was proposed.
    pub proposal: Proposal,
}

/// What a version believes its artist likes, in the words of a page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Belief {
    /// The mix it would propose without exploring, averaged over the style's prompts.
    pub proposed: Mix,
    /// Per dimension: 0 if any value might be best, 1 if it is certain.
    pub sureness: [f64; DIMENSIONS],
    /// Stars it expects for `proposed`, 1 to 5.
    pub expected: f64,
}

/// One step of learning: one rating became one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearnedStep {
    /// The rating learned from; `None` for a style's first version, which knows none.
    pub rating: Option<RatingId>,
    /// The new version's snapshot in the blob store.
    pub policy: PolicyHash,
    /// What it believes now.
    pub belief: Belief,
}
