//! The learners that an artist can choose from, each with its sentence and what was measured of it.

use std::sync::LazyLock;

use utoipa_axum::{router::OpenApiRouter, routes};
use wire::learning::{LearnerCard, LearnerKind};

use super::Json;
use crate::app::App;

/// Mean regret of each learner after each number of ratings: `docs/learners.md` says how to make it.
const CURVES: &str = include_str!("../../../docs/learners/curves.csv");

static LEARNERS: LazyLock<Vec<LearnerCard>> =
    LazyLock::new(|| LearnerKind::ALL.map(|kind| card(kind, CURVES)).into());

/// The operations of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// What can learn a style, the recommended one first, each with its measured curve.
#[utoipa::path(
    get, path = "/learners", tag = "learners", operation_id = "learners_list", security(()),
    responses((status = 200, description = "All of them", body = Vec<LearnerCard>)),
)]
async fn list() -> Json<&'static [LearnerCard]> {
    Json(&LEARNERS)
}

fn card(kind: LearnerKind, curves: &str) -> LearnerCard {
    LearnerCard {
        kind,
        about: kind.about().to_owned(),
        recommended: kind == LearnerKind::default(),
        curve: column(kind.name(), curves).unwrap_or_default(),
    }
}

/// The numbers below that name, if the table has it and all of them are numbers.
fn column(name: &str, table: &str) -> Option<Vec<f64>> {
    let mut lines = table.lines();
    let place = lines.next()?.split(',').position(|head| head == name)?;
    lines
        .map(|line| line.split(',').nth(place)?.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_learner_has_a_measured_curve_and_one_is_recommended() {
        for card in LEARNERS.iter() {
            assert!(card.curve.len() > 40, "{:?} has no curve", card.kind);
            assert!(card.curve.iter().all(|regret| (0.0..2.0).contains(regret)));
        }
        let recommended = LEARNERS.iter().filter(|card| card.recommended);
        let kinds: Vec<_> = recommended.map(|card| card.kind).collect();
        assert_eq!(kinds, [LearnerKind::Ppo]);
    }

    #[test]
    fn a_learner_that_was_not_measured_has_no_curve() {
        let table = "ratings,ppo\n0,1.000\n1,0.500\n";
        assert_eq!(card(LearnerKind::Ppo, table).curve, [1.0, 0.5]);
        assert!(card(LearnerKind::Dqn, table).curve.is_empty());
    }
}
