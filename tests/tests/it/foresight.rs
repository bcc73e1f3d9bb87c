//! Predict, then reveal; and now and then a picture again, to see how well anybody could foresee.

use reqwest::Method;
use tests::{Person, Stack};
use wire::{
    foresight::Foresight,
    ids::{ImageId, StyleId},
    rating::RatingSaved,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_foreseen_is_fixed_before_the_rating_and_told_only_after() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    ana.rate(ana.next(style, &[]).await.id, 4).await;
    ana.learned(style).await;
    let picture = ana.next(style, &[]).await.id;

    let stored = "select proposal->'predicted' from images where id = $1";
    let stored: serde_json::Value = sqlx::query_scalar(stored)
        .bind(picture.0)
        .fetch_one(&stack.database.pool)
        .await
        .expect("the picture has its proposal");
    let foreseen: [f64; 5] = serde_json::from_value(stored).expect("foreseen before the rating");
    assert!((foreseen.iter().sum::<f64>() - 1.0).abs() < 1e-9);

    for path in [
        format!("/styles/{style}/next"),
        format!("/images/{picture}"),
        format!("/images?style={style}&rated=false"),
    ] {
        let text = text(&ana, &path).await;
        assert!(text.contains(&picture.to_string()), "{path}: {text}");
        let number = foreseen[0].to_string();
        for told in ["predicted", "log_prob", "action", number.as_str()] {
            assert!(!text.contains(told), "{path} tells {told}: {text}");
        }
    }

    let saved = ana.rate(picture, 2).await;
    assert_eq!(saved.rating.predicted, Some(foreseen));
    let view = ana.style(style).await;
    assert_eq!(view.history[1].predicted, Some(foreseen));
    assert_eq!(view.foresight.forecasts, 2);
    // A page sums up for itself what the server sums up.
    let [off, again] = [&view.foresight, &Foresight::of(&view.history)].map(|f| f.off_by);
    assert!((off.expect("two forecasts") - again.expect("two forecasts")).abs() < 1e-9);
}

#[tokio::test(flavor = "multi_thread")]
async fn now_and_then_a_picture_comes_again_untold_and_is_not_learned_twice() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;

    let (again, before) = rate_until_one_comes_again(&stack, &ana, style).await;
    let first = again.rating.repeats.expect("it came again");
    assert_eq!(again.rating.predicted, None, "its answer was known");
    let bytes = ana.bytes(again.rating.image).await;
    assert_eq!(bytes, ana.bytes(first).await, "it is the same picture");
    assert!(
        !before.contains("repeat"),
        "told before the rating: {before}"
    );

    // The style goes on, and learned from all but this one.
    ana.next(style, &[]).await;
    let view = ana.learned(style).await;
    let taught = |image: ImageId| {
        let point = view.history.iter().find(|point| point.image == image);
        point.expect("it is in the log").learned_in.is_some()
    };
    assert!(!taught(again.rating.image) && taught(first));
    let lessons = view.history.iter().filter(|point| point.repeats.is_none());
    assert_eq!(view.card.version, Some(lessons.count() as u32));

    // First 4 as always, then 1: she is three stars from herself.
    let artist = view.foresight.artist;
    assert_eq!((artist.pictures, artist.same), (1, 0));
    assert_eq!(artist.apart, Some(3.0));

    // Taken back, it is unseen again and still teaches nothing; and as she knows now what it is, her next
    // answer says nothing of her.
    ana.undo(again.rating.image)
        .await
        .expect("it is taken back");
    let after = ana.style(style).await;
    assert_eq!(after.foresight.artist.pictures, 0);
    assert_eq!(after.belief, view.belief);
    assert!(ana.rate(again.rating.image, 4).await.rating.after_reveal);
    assert_eq!(ana.style(style).await.foresight.artist.pictures, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_skips_to_look_and_an_answer_after_the_forecast_judges_nobody() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;

    let skip = ana.skip(picture).await.rating;
    assert_eq!((skip.predicted, skip.repeats), (None, None));
    let told = text(&ana, &format!("/images/{picture}")).await;
    assert!(told.contains("\"predicted\":null"), "{told}");
    // Stars in place of the skip are as good as any.
    let stars = ana.change(picture, skip.id, Some(2)).await;
    let view = ana.style(style).await;
    assert!(view.history[0].predicted.is_some() && !view.history[0].after_reveal);
    assert_eq!(view.foresight.forecasts, 1);

    // Now the forecast is known, whichever way she answers again.
    let changed = ana.change(picture, stars.id, Some(5)).await;
    assert_eq!(ana.style(style).await.foresight.forecasts, 0);
    let skip = ana.change(picture, changed.id, None).await;
    ana.change(picture, skip.id, Some(4)).await;
    assert_eq!(ana.style(style).await.foresight.forecasts, 0);
    ana.undo(picture).await.expect("it is taken back");
    let again = ana.rate(picture, 1).await.rating;
    assert!(again.after_reveal && again.predicted.is_some());
    let view = ana.learned(style).await;
    assert_eq!(view.foresight.forecasts, 0);
    assert_eq!(view.history[0].learned_in, view.card.version, "it teaches");
}

/// Gives four stars to whatever comes; one to what comes again, which only the database and the answer
/// tell. Returns that answer, and what was told of the picture before.
async fn rate_until_one_comes_again(
    stack: &Stack,
    ana: &Person,
    style: StyleId,
) -> (RatingSaved, String) {
    let comes_again = "select count(*) from images where id = $1 and repeat_of is not null";
    // One in twenty: that none comes in 300 has a chance of one in three million.
    for _ in 0..300 {
        let picture = ana.next(style, &[]).await.id;
        if stack.database.number(comes_again, picture.0).await == 0 {
            ana.rate(picture, 4).await;
            continue;
        }
        let before = text(ana, &format!("/images/{picture}")).await;
        let skip = ana.skip(picture).await.rating;
        assert_eq!(skip.repeats, None, "a skip is not told");
        ana.undo(picture).await.expect("it is taken back");
        return (ana.rate(picture, 1).await, before);
    }
    panic!("no picture came again");
}

async fn text(ana: &Person, path: &str) -> String {
    let answer = ana.request(Method::GET, path).send().await;
    let answer = answer.expect("the server answers");
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.expect("a body")
}
