//! What holds for every learner, whatever it believes.

use super::*;
use crate::learner::prior::{Group, Prior};

/// A learner of this kind after some ratings, and the log.
fn taught(kind: LearnerKind, count: usize) -> (Box<dyn Learner>, Vec<(Sample, u64)>) {
    let mut learner = fresh(kind, 5);
    let mut log = Vec::new();
    for seed in 0..count as u64 {
        let prompt = [LAKE, "a cat asleep"][seed as usize % 2];
        let proposal = learner.propose(prompt, Shown::NOTHING, seed);
        let stars = loves_warm_and_painterly(&proposal.mix);
        let sample = rated(proposal, stars);
        learner.learn(&sample, seed);
        log.push((sample, seed));
    }
    (learner, log)
}

#[test]
fn replay_from_snapshots_gives_the_same_bytes() {
    for kind in LearnerKind::ALL {
        let (learner, log) = taught(kind, 12);
        let mut again = fresh(kind, 5);
        for (sample, seed) in &log {
            again = restore(&again.snapshot()).unwrap();
            assert_eq!(
                again.propose(&sample.proposal.prompt, Shown::NOTHING, *seed),
                sample.proposal,
                "{}",
                kind.name()
            );
            again.learn(sample, *seed);
        }
        assert_eq!(again.snapshot(), learner.snapshot(), "{}", kind.name());
        assert_eq!(again.belief(&[]), learner.belief(&[]), "{}", kind.name());
    }
}

#[test]
fn every_cut_of_every_snapshot_is_refused_and_so_is_a_tail() {
    for kind in LearnerKind::ALL {
        let mut bytes = taught(kind, 3).0.snapshot();
        for length in 0..bytes.len() {
            assert!(
                restore(&bytes[..length]).is_err(),
                "{} {length}",
                kind.name()
            );
        }
        bytes.push(0);
        assert!(restore(&bytes).is_err(), "{}", kind.name());
    }
}

#[test]
fn every_learner_believes_in_a_mix_and_keeps_within_sixty_four_kilobytes() {
    for kind in LearnerKind::ALL {
        let (learner, _) = taught(kind, 12);
        let belief = learner.belief(&[LAKE.to_owned()]);
        assert!(Mix::new(*belief.proposed.rows()).is_ok());
        assert!(
            belief.sureness.iter().all(|s| (0.0..=1.0).contains(s)),
            "{}",
            kind.name()
        );
        assert!(
            (1.0..=5.0).contains(&belief.expected),
            "{} {belief:?}",
            kind.name()
        );
        assert!(learner.snapshot().len() <= 64 * 1024, "{}", kind.name());
    }
}

#[test]
fn a_style_that_starts_from_a_prior_begins_with_what_others_like() {
    let mut likings = [[-0.5; 5]; 4];
    likings[0][0] = 2.0;
    let prior = Prior::new(
        "spring",
        40,
        vec![Group {
            weight: 1.0,
            likings,
        }],
    )
    .unwrap();
    for kind in [LearnerKind::Ppo, LearnerKind::Direct] {
        let learner = fresh_with(kind, 1, Some(&prior));
        let twin = restore(&learner.snapshot()).unwrap();
        assert_eq!(twin.snapshot(), learner.snapshot());
        let belief = twin.belief(&[]);
        assert!(
            belief.proposed.shares(Dimension::Color)[0] > 0.8,
            "{belief:?}"
        );
        assert_ne!(learner.snapshot(), fresh(kind, 1).snapshot());
    }
}
