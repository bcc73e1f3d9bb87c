//! What the deployed learner must reach with the example artists, seeds and all.

use std::path::Path;

use wire::learning::LearnerKind;

use super::{
    files::read_artists,
    grid::Grid,
    run::Conditions,
    summary::{Summary, summaries},
};

fn measured(learners: Vec<LearnerKind>, hints: f64) -> Vec<Summary> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lab/examples");
    let grid = Grid {
        artists: read_artists(&folder).unwrap(),
        learners,
        ratings: 20,
        seeds: 3,
        conditions: Conditions {
            hints,
            ..Conditions::default()
        },
    };
    assert_eq!(grid.artists.len(), 8);
    let outcomes = grid.run(|| {});
    let all = summaries(&grid, &outcomes).into_iter();
    all.filter(|summary| summary.family == "all").collect()
}

#[test]
fn ppo_learns_the_example_artists_and_the_talks_learners_do_not() {
    use LearnerKind::{Dqn, Ppo, PpoDiscrete, QLearning};
    let after_twenty = |summary: &Summary| summary.curve[20];
    let measured = measured(vec![Ppo, QLearning, Dqn, PpoDiscrete], 0.0);
    assert!(measured[0].curve[10] < 0.6, "{}", measured[0].curve[10]);
    assert!(
        after_twenty(&measured[0]) < 0.48,
        "{}",
        after_twenty(&measured[0])
    );
    for other in &measured[1..] {
        assert!(
            after_twenty(other) > 0.6,
            "{} {}",
            other.learner,
            after_twenty(other)
        );
    }
}

#[test]
fn taps_save_ratings() {
    let tapped = measured(vec![LearnerKind::Ppo], 0.5);
    assert!(tapped[0].curve[20] < 0.4, "{}", tapped[0].curve[20]);
}
