//! How the learner fares with people who rate in different ways.

use super::*;
use crate::learner::rng::{Purpose, Rng};
use wire::learning::TasteState;

/// Mean shares of warm and painterly in the mixes shown last.
fn warm_and_painterly(shown: &[Mix]) -> [f64; 2] {
    let mean = |dimension, value: usize| {
        let shares = shown.iter().map(|mix| mix.shares(dimension)[value]);
        shares.sum::<f64>() / shown.len() as f64
    };
    [mean(Dimension::Color, 0), mean(Dimension::Style, 1)]
}

/// What the learner says of the taste, in a word.
fn state(session: &Session) -> TasteState {
    let insight = session.learner.insight(&[LAKE.to_owned()]);
    insight.state.expect("ppo can tell")
}

fn assert_sane(session: &Session) {
    let Belief {
        proposed,
        sureness,
        expected,
    } = session.belief();
    assert!(Mix::new(*proposed.rows()).is_ok());
    assert!(
        sureness.iter().all(|s| (0.0..=1.0).contains(s)),
        "{sureness:?}"
    );
    assert!((1.0..=5.0).contains(&expected), "{expected}");
    // The learner goes on showing different things.
    let newest = &session.shown[session.shown.len() - 6..];
    for (i, a) in newest.iter().enumerate() {
        assert!(newest[..i].iter().all(|b| a.distance(b) >= 0.05));
    }
}

#[test]
fn a_rater_who_loves_warm_and_painterly_gets_it_after_twenty_ratings() {
    let mut shown = Vec::new();
    let mut believed = Vec::new();
    for style_seed in 0..6 {
        let session = Session::new(style_seed).rate(20, LAKE, loves_warm_and_painterly);
        let belief = session.belief();
        assert!(belief.expected > 3.5, "{style_seed}: {belief:?}");
        believed.push(belief.proposed);
        let Session {
            learner,
            shown: before,
            ..
        } = session;
        shown.extend((0..4).map(|i| learner.propose(LAKE, (&before).into(), 1000 + i).mix));
    }
    for share in warm_and_painterly(&shown)
        .into_iter()
        .chain(warm_and_painterly(&believed))
    {
        assert!(
            share > 0.6,
            "shown {:?}, believed {:?}",
            warm_and_painterly(&shown),
            warm_and_painterly(&believed)
        );
    }
}

#[test]
fn what_was_learned_for_a_lake_holds_for_other_lakes_too() {
    let session = Session::new(1).rate(20, LAKE, loves_warm_and_painterly);
    let belief = session
        .learner
        .belief(&["a mountain lake in the evening".to_owned()]);
    let [warm, painterly] = warm_and_painterly(&[belief.proposed]);
    assert!(warm > 0.5 && painterly > 0.5, "{warm} {painterly}");
}

#[test]
fn taste_may_depend_on_the_prompt() {
    let warm = |mix: &Mix| (1.0 + 4.0 * mix.shares(Dimension::Color)[0]).round() as u8;
    let cool = |mix: &Mix| (1.0 + 4.0 * mix.shares(Dimension::Color)[1]).round() as u8;
    let mut session = Session::new(3);
    for _ in 0..20 {
        session = session
            .rate(1, LAKE, warm)
            .rate(1, "portrait of a woman", cool);
    }
    let colour = |prompt: &str| {
        let belief = session.learner.belief(&[prompt.to_owned()]);
        *belief.proposed.shares(Dimension::Color)
    };
    let (lake, portrait) = (colour(LAKE), colour("portrait of a woman"));
    assert!(
        lake[0] > lake[1] && portrait[1] > portrait[0],
        "{lake:?} {portrait:?}"
    );
}

#[test]
fn a_rater_who_always_gives_three_is_believed_and_still_shown_variety() {
    let session = Session::new(1).rate(30, LAKE, |_| 3);
    assert_sane(&session);
    let expected = session.belief().expected;
    assert!((expected - 3.0).abs() < 0.5, "{expected}");
    // Nothing makes a difference, and it says so.
    let insight = session.learner.insight(&[LAKE.to_owned()]);
    assert_eq!(insight.state, Some(TasteState::Indifferent));
    let effects = insight.effects.unwrap();
    assert!(
        effects
            .mean
            .as_flattened()
            .iter()
            .all(|stars| stars.abs() < 0.35),
        "{effects:?}"
    );
    assert_eq!(insight.pairs, []);
}

/// Loves the middle of two colors and of two styles, and sees nothing else: five stars for both, a star
/// less for each quarter that a share of the four is off.
fn loves_blends(mix: &Mix) -> u8 {
    let off = |dimension, values: [usize; 2]| -> f64 {
        let shares = mix.shares(dimension);
        values.iter().map(|v| (shares[*v] - 0.5).abs()).sum()
    };
    let off = off(Dimension::Color, [0, 3]) + off(Dimension::Style, [1, 2]);
    (5.0 - 4.0 * off).round().clamp(1.0, 5.0) as u8
}

#[test]
fn a_rater_who_gives_one_star_to_all_but_the_right_blend_is_understood() {
    let understood = (0..6).filter(|style_seed| {
        let session = Session::new(*style_seed).rate(24, LAKE, loves_blends);
        loves_blends(&session.belief().proposed) >= 4
    });
    // Two in six still show pure values only: nothing but single stars tells little. Without a kind that
    // expects blends to be liked it was six in six.
    let understood = understood.count();
    assert!(understood >= 4, "{understood}");
}

#[test]
fn a_rater_who_hates_everything_is_expected_to_hate_the_next_picture() {
    let session = Session::new(1).rate(30, LAKE, |_| 1);
    assert_sane(&session);
    assert!(session.belief().expected < 2.0, "{:?}", session.belief());
    assert_eq!(state(&session), TasteState::Displeased);
    // Whatever pleases at last is something to learn from.
    let session = session.rate(1, LAKE, |_| 5);
    assert!(![TasteState::Displeased, TasteState::Indifferent].contains(&state(&session)));
}

#[test]
fn a_rater_who_throws_dice_leaves_the_forecasts_open() {
    let mut dice = Rng::new(Purpose::Simulate, 11, 0);
    let session = Session::new(1).rate(40, LAKE, |_| 1 + dice.below(5) as u8);
    assert_sane(&session);
    // The learner takes chance for taste, as anybody would; but it must not become certain of it.
    let newest = session.log[20..].iter();
    let certainty: f64 = newest
        .map(|(sample, _)| {
            sample
                .proposal
                .predicted
                .unwrap()
                .into_iter()
                .fold(0.0, f64::max)
        })
        .sum();
    assert!(certainty / 20.0 < 0.6, "{}", certainty / 20.0);
    // Chance may look like a taste that moves, but never like one that is known, or is none.
    assert!(
        [TasteState::StillLearning, TasteState::Moving].contains(&state(&session)),
        "{:?}",
        state(&session)
    );
}

#[test]
fn ratings_make_the_learner_surer_of_what_matters() {
    let before = Session::new(1).belief().sureness;
    let after = Session::new(1)
        .rate(20, LAKE, loves_warm_and_painterly)
        .belief()
        .sureness;
    assert!(before.into_iter().all(|b| b < 0.2), "{before:?}");
    let [color, style, mood, composition] = after;
    assert!(color > 0.5 && style > 0.5, "{after:?}");
    // The rater sees neither of these, and is hardly asked about them.
    assert!(mood < color && composition < style, "{after:?}");
}

#[test]
fn a_rater_whose_taste_changes_at_sixty_is_told_that_it_moves() {
    let loves = |value: usize| {
        move |mix: &Mix| (1.0 + 4.0 * mix.shares(Dimension::Color)[value]).round() as u8
    };
    let session = Session::new(2).rate(60, LAKE, loves(0));
    assert_ne!(state(&session), TasteState::Moving);
    let session = session.rate(14, LAKE, loves(1));
    assert_eq!(state(&session), TasteState::Moving);
    let since = session.learner.insight(&[]).since_change.unwrap();
    assert!((8..=22).contains(&since), "{since}");
    assert_sane(&session);
}
