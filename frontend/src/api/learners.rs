//! The learners to choose from.

use wire::learning::LearnerCard;

use super::Read;

/// All of them, the recommended one first.
pub fn list() -> Read<Vec<LearnerCard>> {
    Read::new("/learners".into())
}
