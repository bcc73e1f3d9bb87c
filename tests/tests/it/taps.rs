//! More than a number from one key press: with the stars, what made the picture so.

use tests::{Stack, studio::rating};
use wire::{learning::Hint, problem::Code, taxonomy::Dimension};

const MOOD: Option<Hint> = Some(Hint {
    dimension: Dimension::Mood,
    liked: true,
});

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_is_kept_with_its_rating_and_the_style_learns_from_it() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;

    ana.rate(picture, 5).await;
    let untapped = ana.learned(style).await;
    ana.undo(picture).await.expect("the rating is taken back");
    let tapped = || wire::rating::RateImage {
        hint: MOOD,
        ..rating(Some(5))
    };
    let saved = ana.answer(picture, &tapped()).await.expect("it is taken");
    assert_eq!(saved.rating.hint, MOOD);
    let learned = ana.learned(style).await;
    assert_eq!(learned.history[0].hint, MOOD);
    assert_ne!(learned.belief, untapped.belief, "the tap taught nothing");

    // It is part of the log: the same stars with the same tap make the same version again.
    ana.undo(picture).await.expect("the rating is taken back");
    ana.answer(picture, &tapped()).await.expect("it is taken");
    assert_eq!(ana.learned(style).await.belief, learned.belief);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_rating_with_another_tap_is_a_conflict() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    let mut rate = rating(Some(4));
    rate.hint = MOOD;
    for _ in 0..2 {
        let saved = ana.answer(picture, &rate).await.expect("once and again");
        assert_eq!((saved.rating.hint, saved.ratings), (MOOD, 1));
    }
    for other in [
        None,
        MOOD.map(|hint| Hint {
            liked: false,
            ..hint
        }),
    ] {
        rate.hint = other;
        let refused = ana.answer(picture, &rate).await.expect_err("another tap");
        assert!(refused.is(409, Code::RatingConflict), "{refused}");
    }

    let ready = ana.next(style, &[picture]).await.id;
    let mut skip = rating(None);
    skip.hint = MOOD;
    let refused = ana
        .answer(ready, &skip)
        .await
        .expect_err("a skip says nothing");
    assert!(refused.is(422, Code::Invalid), "{refused}");
    assert!(refused.problem.detail.contains("hint"), "{refused}");
}
