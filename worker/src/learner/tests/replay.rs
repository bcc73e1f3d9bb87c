//! A version is a pure function of its base, the ordered log and the seeds.

use super::*;

#[test]
fn the_same_seeds_give_the_same_bytes_and_others_do_not() {
    let bytes = |style_seed| {
        let session = Session::new(style_seed).rate(5, LAKE, loves_warm_and_painterly);
        session.learner.snapshot()
    };
    assert_eq!(bytes(7), bytes(7));
    assert_ne!(bytes(7), bytes(8));
}

#[test]
fn replaying_a_log_gives_the_same_policy() {
    let session = Session::new(7).rate(12, LAKE, loves_warm_and_painterly);
    let mut again = fresh(LearnerKind::Ppo, 7);
    for (sample, seed) in &session.log {
        // As in the product: every rating is learned by a process that read the last snapshot.
        again = restore(&again.snapshot()).unwrap();
        // Each proposal names the version that made it.
        let proposal = again.propose(LAKE, Shown::NOTHING, 0);
        assert_eq!(proposal.policy, sample.proposal.policy);
        again.learn(sample, *seed);
    }
    assert_eq!(again.snapshot(), session.learner.snapshot());
}

#[test]
fn a_restored_learner_goes_on_as_the_original_would() {
    let Session {
        mut learner,
        shown,
        log,
    } = Session::new(2).rate(9, LAKE, loves_warm_and_painterly);
    let mut twin = restore(&learner.snapshot()).unwrap();
    assert_eq!(twin.snapshot(), learner.snapshot());
    assert_eq!(
        twin.propose("a cat", (&shown).into(), 4),
        learner.propose("a cat", (&shown).into(), 4)
    );
    assert_eq!(twin.belief(&[]), learner.belief(&[]));
    assert_eq!(twin.learn(&log[0].0, 9), learner.learn(&log[0].0, 9));
    assert_eq!(twin.snapshot(), learner.snapshot());
}

#[test]
fn without_a_rating_nothing_changes() {
    // A skip never becomes a sample; looking and proposing must not teach anything either.
    let learner = Session::new(2)
        .rate(3, LAKE, loves_warm_and_painterly)
        .learner;
    let before = learner.snapshot();
    learner.propose(LAKE, Shown::NOTHING, 1);
    learner.belief(&[LAKE.to_owned()]);
    assert_eq!(learner.snapshot(), before);
}

#[test]
fn a_proposal_carries_its_own_log_probability_and_a_forecast() {
    let session = Session::new(2).rate(6, LAKE, loves_warm_and_painterly);
    let proposal = session.learner.propose(LAKE, (&session.shown).into(), 99);
    assert!(proposal.log_prob.iter().all(|p| p.is_finite()));
    assert_eq!(simplex::mix(&proposal.action), proposal.mix);
    let forecast = proposal.predicted.unwrap();
    assert!(
        (forecast.iter().sum::<f64>() - 1.0).abs() < 1e-9,
        "{forecast:?}"
    );
    let mut learner = session.learner;
    let report = learner.learn(&rated(proposal, 4), 0);
    assert_eq!(
        report.predicted.unwrap().map(f64::to_bits),
        forecast.map(f64::to_bits)
    );
    assert_eq!(report.ratings, 7);
    assert!(report.approx_kl.is_finite() && report.approx_kl >= 0.0);
}

#[test]
fn a_version_with_two_hundred_ratings_fits_in_sixteen_kilobytes() {
    // Nothing is practised in between: only the size is of interest.
    let mut history = history::History::default();
    for i in 0..=history::REMEMBERED {
        history.add(&sample(
            &format!("prompt number {i}"),
            Mix::pure([i % 5; 4]),
            3,
        ));
    }
    let neutral = policy::Policy::neutral().rounded();
    let full = ppo::Ppo::new(1, None, history, [neutral.clone(), neutral]);
    assert!(
        full.snapshot().len() <= 16 * 1024,
        "{}",
        full.snapshot().len()
    );
    assert!(restore(&full.snapshot()).is_ok());
    let young = Session::new(1).rate(1, LAKE, |_| 3).learner;
    assert!(young.snapshot().len() < 4 * 1024);
}
