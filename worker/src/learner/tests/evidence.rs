//! What taps, comparisons and a change of taste teach.

use super::*;
use crate::learner::rng::{Purpose, Rng};
use wire::learning::Hint;

fn color(learner: &dyn Learner) -> [f64; 5] {
    *learner
        .belief(&[LAKE.to_owned()])
        .proposed
        .shares(Dimension::Color)
}

/// Eight ratings of random mixes that tell nothing by themselves: three stars each.
fn bored(mut tap: impl FnMut(&Mix) -> Option<Hint>) -> Box<dyn Learner> {
    let mut rng = Rng::new(Purpose::Simulate, 2, 2);
    let mut learner = fresh(LearnerKind::Ppo, 1);
    for seed in 0..8 {
        let mut sample = sample(LAKE, rng.mix(), 3);
        sample.hint = tap(&sample.proposal.mix);
        learner.learn(&sample, seed);
    }
    learner
}

#[test]
fn taps_say_which_dimension_the_stars_do_not() {
    let learner = bored(|mix| {
        Some(Hint {
            dimension: Dimension::Color,
            liked: mix.shares(Dimension::Color)[0] > 0.25,
        })
    });
    let (tapped, untapped) = (color(&*learner), color(&*bored(|_| None)));
    assert!(tapped[0] > untapped[0] + 0.2, "{tapped:?} {untapped:?}");
    assert_eq!(
        restore(&learner.snapshot()).unwrap().snapshot(),
        learner.snapshot()
    );
}

#[test]
fn comparisons_teach_without_any_stars() {
    let mut learner = fresh(LearnerKind::Ppo, 1);
    for (seed, other) in [1, 2, 3, 4].into_iter().enumerate() {
        let comparison = Comparison {
            prompt: LAKE.to_owned(),
            preferred: Mix::pure([0, 0, 0, 0]),
            other: Mix::pure([other, 0, 0, 0]),
        };
        learner.compare(&comparison, seed as u64);
    }
    assert!(color(&*learner)[0] > 0.7, "{:?}", color(&*learner));
    assert_eq!(
        restore(&learner.snapshot()).unwrap().snapshot(),
        learner.snapshot()
    );
}

#[test]
fn a_rater_who_turns_from_warm_to_cool_is_noticed_and_followed() {
    let loves = |value: usize| {
        move |mix: &Mix| (1.0 + 4.0 * mix.shares(Dimension::Color)[value]).round() as u8
    };
    let mut followed = 0.0;
    for style_seed in 0..3 {
        let steady = Session::new(style_seed).rate(40, LAKE, loves(0));
        assert!(color(&*steady.learner)[0] > 0.7);
        let mut session = steady.rate(14, LAKE, loves(1));
        let (sample, seed) = session.log.last().unwrap().clone();
        let report = session.learner.learn(&sample, seed);
        assert!(report.since_change.is_some(), "{report:?}");
        followed += color(&*session.learner)[1] / 3.0;
    }
    assert!(followed > 0.6, "{followed}");
}

#[test]
fn a_steady_rater_is_not_taken_for_a_changed_one() {
    for style_seed in 0..3 {
        let mut session = Session::new(style_seed).rate(50, LAKE, loves_warm_and_painterly);
        let (sample, seed) = session.log.last().unwrap().clone();
        assert_eq!(session.learner.learn(&sample, seed).since_change, None);
    }
}
