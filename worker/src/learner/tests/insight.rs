//! What a learner says of a taste, beside its bars.

use super::*;
use crate::learner::rng::{Purpose, Rng};
use wire::learning::{PairEffect, Scene, TasteState};

fn insight(learner: &dyn Learner) -> Insight {
    learner.insight(&[LAKE.to_owned()])
}

#[test]
fn values_that_please_or_displease_only_together_are_told_as_a_pair() {
    let mut learner = fresh(LearnerKind::Ppo, 1);
    let mut rng = Rng::new(Purpose::Simulate, 6, 6);
    for turn in 0..40 {
        let values = [turn % 2, turn / 2 % 2, rng.below(5), rng.below(5)];
        let stars = if values[0] == values[1] { 5 } else { 2 };
        learner.learn(&sample(LAKE, Mix::pure(values), stars), turn as u64);
    }
    let pairs = insight(&*learner).pairs;
    let PairEffect {
        first,
        second,
        mean,
        doubt,
    } = pairs[0];
    assert_eq!(
        [first.dimension, second.dimension],
        [Dimension::Color, Dimension::Style],
        "{pairs:?}"
    );
    // Two of a kind are more than their sum, two of different kinds are less.
    assert_eq!(mean > 0.0, first.value == second.value, "{pairs:?}");
    assert!(mean.abs() > doubt && doubt > 0.0, "{pairs:?}");
}

#[test]
fn nothing_is_told_of_pairs_before_there_is_a_rating() {
    assert_eq!(insight(&*fresh(LearnerKind::Ppo, 1)).pairs, []);
}

#[test]
fn what_is_shown_narrows_as_a_taste_becomes_known() {
    let session = Session::new(1).rate(30, LAKE, loves_warm_and_painterly);
    let (before, after) = (
        insight(&*fresh(LearnerKind::Ppo, 1)).entropy,
        insight(&*session.learner).entropy,
    );
    assert!(
        before
            .into_iter()
            .chain(after)
            .all(|e| (0.0..=1.0).contains(&e))
    );
    // Colour and style decide everything.
    assert!(after[0] < 0.3 && after[1] < 0.3, "{before:?} {after:?}");
}

#[test]
fn each_prompt_has_the_best_mix_that_is_believed_of_it_alone() {
    let learner = Session::new(1)
        .rate(12, LAKE, loves_warm_and_painterly)
        .learner;
    let prompts = [LAKE.to_owned(), "a cat asleep".to_owned()];
    let best = learner.insight(&prompts).best;
    assert_eq!(best.len(), 2);
    for (best, prompt) in best.iter().zip(&prompts) {
        let belief = learner.belief(std::slice::from_ref(prompt));
        assert_eq!((&best.prompt, best.mix), (prompt, belief.proposed));
        assert!((best.expected - belief.expected).abs() < 1e-12);
    }
}

#[test]
fn each_kind_of_scene_has_the_best_mix_that_is_believed_of_it() {
    let learner = Session::new(1)
        .rate(12, LAKE, loves_warm_and_painterly)
        .learner;
    // A style of one prompt knows of the others as well.
    let scenes = insight(&*learner).scenes;
    assert_eq!(scenes.len(), 8);
    for (told, prompt) in scenes.iter().zip(lexicon::stock_prompts()) {
        let belief = learner.belief(&[prompt.to_owned()]);
        assert!(told.mix.distance(&belief.proposed) < 1e-6, "{prompt}");
        assert!((told.expected - belief.expected).abs() < 1e-12);
    }
    assert_eq!(
        (scenes[1].scene, scenes[7].scene),
        (Scene::Landscape, Scene::Abstract)
    );
    for kind in LearnerKind::ALL {
        assert_eq!(insight(&*fresh(kind, 1)).scenes.len(), 8, "{}", kind.name());
    }
}

#[test]
fn effects_name_the_values_that_please() {
    let learner = Session::new(1)
        .rate(30, LAKE, loves_warm_and_painterly)
        .learner;
    let effects = insight(&*learner).effects.unwrap();
    for (dimension, loved) in [(0, 0), (1, 1)] {
        let means = effects.mean[dimension];
        assert!(
            means.iter().all(|mean| *mean <= means[loved]),
            "{effects:?}"
        );
        assert!(
            means[loved] > effects.doubt[dimension][loved],
            "{effects:?}"
        );
    }
}

#[test]
fn who_dislikes_everything_so_far_is_not_told_that_every_value_is_disliked() {
    let learner = Session::new(1).rate(3, LAKE, |_| 1).learner;
    let effects = insight(&*learner).effects.unwrap();
    for five in effects.mean {
        // They are told against each other.
        assert!(five.iter().sum::<f64>().abs() < 1e-9, "{effects:?}");
    }
    // What was not shown is not liked less than what was.
    assert!(effects.mean.as_flattened().iter().any(|stars| *stars > 0.0));
}

#[test]
fn a_taste_is_still_being_learned_until_hope_adds_little_and_then_it_is_settled() {
    let state = |learner: &dyn Learner| insight(learner).state;
    let session = Session::new(1).rate(8, LAKE, loves_warm_and_painterly);
    assert_eq!(state(&*session.learner), Some(TasteState::StillLearning));
    let session = session.rate(52, LAKE, loves_warm_and_painterly);
    assert_eq!(state(&*session.learner), Some(TasteState::Settled));
}

#[test]
fn a_learner_without_doubts_says_nothing_of_a_state() {
    for kind in [
        LearnerKind::Random,
        LearnerKind::QLearning,
        LearnerKind::PpoPlain,
    ] {
        let insight = insight(&*fresh(kind, 1));
        assert_eq!((insight.state, insight.effects), (None, None));
        assert_eq!(insight.best.len(), 1);
    }
}
