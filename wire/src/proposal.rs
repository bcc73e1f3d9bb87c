//! What a policy suggests to paint, with all that an honest update needs later.

use serde::{Deserialize, Serialize};

use crate::{
    ids::PolicyHash,
    mix::Mix,
    taxonomy::{DIMENSIONS, SHARES},
};

/// One action of a policy, stored when it is proposed.
///
/// PPO's ratio compares the log-probability *at the time* with the one under the newer policy, so
/// both the action and its log-probability are kept, never recomputed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// The policy that proposed it.
    pub policy: PolicyHash,
    /// The prompt it was proposed for.
    pub prompt: String,
    /// What to paint.
    pub mix: Mix,
    /// The action behind the mix, in the learner's own coordinates (for `ppo`: five
    /// unconstrained numbers per head, before projection onto the simplex).
    pub action: [f64; SHARES],
    /// Natural log-probability density of the action, one per head; 0 from a learner whose next
    /// proposal is not drawn by chance, or whose chances nobody needs.
    pub log_prob: [f64; DIMENSIONS],
    /// Probability of each rating 1..=5 as foreseen by the learner, if it foresees ratings.
    #[serde(default)]
    pub predicted: Option<[f64; 5]>,
}
