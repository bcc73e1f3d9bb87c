//! What passes between the server, which keeps the rating log, and a learner, which keeps nothing.

mod insight;

use serde::{Deserialize, Serialize};

pub use insight::{BestMix, Insight, PairEffect, Scene, SceneMix, TasteState, ValueOf};

use crate::{
    ids::{PolicyHash, RatingId},
    mix::Mix,
    proposal::Proposal,
    rating::Stars,
    taxonomy::{DIMENSIONS, Dimension, VALUES},
};

/// The algorithm that turns ratings into the next version of a style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LearnerKind {
    /// Proximal policy optimisation over continuous mixes, practising on imagined ratings.
    #[default]
    Ppo,
    /// The same reward model, searched directly.
    Direct,
    /// Proximal policy optimisation over continuous mixes, on the ratings alone.
    PpoPlain,
    /// Proximal policy optimisation over pure values.
    PpoDiscrete,
    /// The plain policy gradient over pure values.
    Reinforce,
    /// A small network that learns what changing one value is worth.
    Dqn,
    /// A table of what changing one value is worth.
    QLearning,
    /// A linear model, trying what might be best.
    Thompson,
    /// A textbook Gaussian process, trying what might be best.
    GpUcb,
    /// Keeps a change if it was liked better.
    HillClimb,
    /// Learns nothing: what every other learner must beat.
    Random,
}

impl LearnerKind {
    /// Every learner there is, the recommended one first.
    pub const ALL: [Self; 11] = [
        Self::Ppo,
        Self::Direct,
        Self::PpoPlain,
        Self::PpoDiscrete,
        Self::Reinforce,
        Self::Dqn,
        Self::QLearning,
        Self::Thompson,
        Self::GpUcb,
        Self::HillClimb,
        Self::Random,
    ];

    /// The name as it stands in JSON, in the database and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ppo => "ppo",
            Self::Direct => "direct",
            Self::PpoPlain => "ppo-plain",
            Self::PpoDiscrete => "ppo-discrete",
            Self::Reinforce => "reinforce",
            Self::Dqn => "dqn",
            Self::QLearning => "q-learning",
            Self::Thompson => "thompson",
            Self::GpUcb => "gp-ucb",
            Self::HillClimb => "hill-climb",
            Self::Random => "random",
        }
    }

    /// One honest sentence for an artist who chooses; `docs/learners.md` has the figures.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Ppo => {
                "Imagines how you would rate and practises on that: needs the fewest ratings we know of."
            }
            Self::Direct => {
                "Has the same idea of your taste as ppo and searches it instead of practising: as good at first, behind later."
            }
            Self::PpoPlain => {
                "Believes only what you really rated: finds blends, but wants hundreds of ratings."
            }
            Self::PpoDiscrete => {
                "Chooses pure values only and learns from your ratings alone: cannot find blends."
            }
            Self::Reinforce => {
                "Makes a liked choice a little likelier each time: simple, pure values only."
            }
            Self::Dqn => {
                "A small neural network that knows neither prompts nor blends: slow to settle."
            }
            Self::QLearning => "A table with a cell for every step: needs thousands of ratings.",
            Self::Thompson => {
                "Assumes more of a good value is always better: quick if that is your taste, lost if not."
            }
            Self::GpUcb => {
                "Assumes similar mixes please alike and nothing else: finds blends slowly."
            }
            Self::HillClimb => {
                "Keeps a change you liked at least as well: follows chance more than taste."
            }
            Self::Random => "Learns nothing: something new every time.",
        }
    }

    /// The learner of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The name of what a style knows before its first rating, unless it begins from other styles:
/// nothing about its artist, only how much values, blends and prompts can matter at most. Whoever
/// changes that gives it a new number.
pub const BUILT_IN_PRIOR: &str = "built-in/1";

/// For logs and jobs that do not name one.
pub(crate) fn built_in_prior() -> String {
    BUILT_IN_PRIOR.to_owned()
}

/// A learner to choose, with what was measured of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LearnerCard {
    /// Which one.
    pub kind: LearnerKind,
    /// One honest sentence.
    pub about: String,
    /// Whether to take it unless there is a reason not to.
    pub recommended: bool,
    /// Regret after 0, 1, 2 and more ratings, averaged over simulated artists: 0 is the best mix,
    /// 1 is a mix at random. Empty if it was not measured.
    pub curve: Vec<f64>,
}

/// What an artist may say with a rating: the dimension that made the picture good or bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hint {
    /// Which dimension.
    pub dimension: Dimension,
    /// Whether it made the picture better, not worse.
    pub liked: bool,
}

/// One rating of the log, with the proposal behind the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sample {
    /// Which rating.
    pub rating: RatingId,
    /// What the artist answered; skips never become samples.
    pub stars: Stars,
    /// What made it so, if the artist cared to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
    /// What was painted, and how likely it was when it was proposed.
    pub proposal: Proposal,
}

/// Two mixes seen for one prompt, of which one was liked better.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comparison {
    /// What both were painted for.
    pub prompt: String,
    /// The one that was preferred.
    pub preferred: Mix,
    /// The other one.
    pub other: Mix,
}

/// What a version believes its artist likes, in the words of a page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Belief {
    /// The mix it would propose without exploring, averaged over the style's prompts.
    pub proposed: Mix,
    /// Per dimension: how likely it is that no other value would please noticeably more.
    pub sureness: [f64; DIMENSIONS],
    /// Stars it expects for `proposed`, 1 to 5.
    pub expected: f64,
}

/// What a version believes of each value: how much more it is liked, pure and in an otherwise neutral mix,
/// than the five of its dimension on average.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Effects {
    /// In stars, per dimension and value.
    pub mean: [[f64; VALUES]; DIMENSIONS],
    /// Standard deviation of the same.
    pub doubt: [[f64; VALUES]; DIMENSIONS],
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
    /// What else it knows.
    #[serde(default)]
    pub insight: Insight,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learner_has_one_name_everywhere() {
        for kind in LearnerKind::ALL {
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(json, format!("\"{}\"", kind.name()));
            assert_eq!(LearnerKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(LearnerKind::from_name("sarsa"), None);
    }
}
