//! Names on the command line; a wrong one is answered with the right ones.

use wire::learning::LearnerKind;

use crate::lab::make::Family;

/// The learner of a name.
pub fn learner(name: &str) -> Result<LearnerKind, String> {
    LearnerKind::from_name(name).ok_or_else(|| {
        let known = LearnerKind::ALL.map(LearnerKind::name).join(", ");
        format!("there is no learner {name:?}, only {known}")
    })
}

/// The family of a name.
pub fn family(name: &str) -> Result<Family, String> {
    Family::from_name(name).ok_or_else(|| {
        let known = Family::ALL.map(Family::name).join(", ");
        format!("there is no family {name:?}, only {known}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_is_answered_with_the_right_ones() {
        assert_eq!(learner("ppo"), Ok(LearnerKind::Ppo));
        let refusal = learner("sarsa").unwrap_err();
        assert!(refusal.starts_with("there is no learner \"sarsa\", only ppo, direct,"));
        let refusal = family("happy").unwrap_err();
        assert!(refusal.ends_with("separable-vertex, separable-mix, interacting, contextual"));
    }
}
