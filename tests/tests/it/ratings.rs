//! One picture, one answer: sent twice, skipped, taken back before it was learned from.

use tests::{Plan, Stack, studio::rating, wait};
use uuid::Uuid;
use wire::{
    ids::{ImageId, RatingId},
    problem::Code,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_rating_sent_again_counts_once_and_another_is_a_conflict() {
    let stack = Plan {
        servers: 2,
        ..Plan::default()
    }
    .start()
    .await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    let other = ana.next(style, &[picture]).await.id;

    // Ten at once, at both replicas: a page that retries and a page that was duplicated.
    let rate = rating(Some(4));
    let elsewhere = stack.at(1, &ana);
    let sent = (0..10).map(|i| if i % 2 == 0 { &ana } else { &elsewhere });
    let answers = futures::future::join_all(sent.map(|who| who.answer(picture, &rate))).await;
    for answer in answers {
        let saved = answer.expect("the same rating is taken however often it comes");
        assert_eq!(
            (saved.rating.id, saved.rating.position, saved.ratings),
            (rate.id, 1, 1)
        );
    }

    let mut changed = rate.clone();
    changed.stars = rating(Some(2)).stars;
    let refused = ana
        .answer(picture, &changed)
        .await
        .expect_err("another value");
    assert!(refused.is(409, Code::RatingConflict), "{refused}");
    let refused = ana.answer(other, &rate).await.expect_err("another picture");
    assert!(refused.is(409, Code::RatingConflict), "{refused}");
    let refused = ana
        .answer(picture, &rating(Some(4)))
        .await
        .expect_err("another id");
    assert!(refused.is(409, Code::AlreadyRated), "{refused}");

    // Two devices rate one picture at the same moment: one of them is told.
    let (first, second) = (rating(Some(1)), rating(Some(5)));
    let (one, two) = tokio::join!(ana.answer(other, &first), elsewhere.answer(other, &second));
    let refused = match (one, two) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("one of the two counts: {both:?}"),
    };
    assert!(refused.is(409, Code::AlreadyRated), "{refused}");
    assert_eq!(ana.learned(style).await.card.ratings, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_rating_is_refused_with_words() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    let id = Uuid::new_v4();
    for (body, named) in [
        (format!(r#"{{"id":"{id}","stars":0}}"#), "1 to 5 stars"),
        (format!(r#"{{"id":"{id}","stars":6}}"#), "1 to 5 stars"),
        (format!(r#"{{"id":"{id}","stars":3.5}}"#), "stars"),
        (format!(r#"{{"id":"{id}","stars":"5"}}"#), "stars"),
        (format!(r#"{{"id":"{id}","star":5}}"#), "star"),
        (r#"{"id":"me","stars":5}"#.into(), "id"),
        (r#"{"stars":5}"#.into(), "id"),
        ("five".into(), ""),
    ] {
        let path = format!("/images/{picture}/rating");
        let request = ana.request(reqwest::Method::PUT, &path);
        let request = request
            .header("content-type", "application/json")
            .body(body.clone());
        let answer = tests::people::read::<serde_json::Value>(request).await;
        let refused = answer.expect_err(&body);
        assert_eq!(refused.problem.code, Code::Invalid, "{body}: {refused}");
        assert!((400..500).contains(&refused.status), "{body}: {refused}");
        assert!(refused.problem.detail.contains(named), "{body}: {refused}");
    }
    let nowhere = ImageId(Uuid::new_v4());
    let refused = ana
        .answer(nowhere, &rating(Some(5)))
        .await
        .expect_err("no such picture");
    assert!(refused.is(404, Code::NotFound), "{refused}");
    assert_eq!(ana.style(style).await.card.ratings, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_skip_has_a_place_in_the_log_but_teaches_nothing() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let before = ana.learned(style).await;
    let picture = ana.next(style, &[]).await.id;
    let ready = ana.next(style, &[picture]).await.id;

    let saved = ana.skip(picture).await;
    assert_eq!(
        (saved.rating.position, saved.rating.stars, saved.ratings),
        (1, None, 0)
    );
    assert_eq!(saved.next.map(|card| card.id), Some(ready));
    // The queue of pictures fills up again all the same.
    let third = ana.next(style, &[ready]).await;
    assert_eq!(third.provenance.version, 0);
    let after = ana.style(style).await;
    assert_eq!(after.belief, before.belief);
    assert_eq!(
        (after.history.len(), after.waiting, after.card.ratings),
        (0, 0, 0)
    );

    let saved = ana.rate(ready, 5).await;
    assert_eq!((saved.rating.position, saved.ratings), (2, 1));
    assert_eq!(ana.learned(style).await.card.version, Some(1));

    // Even a skip far back can be taken back: nothing builds on it.
    ana.undo(picture).await.expect("the skip is taken back");
    assert_eq!(ana.next(style, &[]).await.id, picture);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_nobody_learned_from_yet_is_simply_gone() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let (first, second) = {
        let first = ana.next(style, &[]).await.id;
        (first, ana.next(style, &[first]).await.id)
    };
    let before = ana.learned(style).await;
    stack.workers[0].kill().expect("the worker is killed");

    let rate = rating(Some(5));
    ana.answer(first, &rate).await.expect("the rating is taken");
    ana.rate(second, 2).await;
    assert_eq!(ana.style(style).await.waiting, 2);
    let undone = ana.undo(first).await;
    let undone = undone.expect("nobody has learned from it");
    assert_eq!(undone.replay, None);
    assert_eq!(ana.next(style, &[]).await.id, first);

    stack.workers[0].start().expect("the worker starts again");
    let after = ana.learned(style).await;
    assert_eq!((after.card.version, after.card.ratings), (Some(1), 1));
    assert_ne!(after.belief, before.belief);
    // A page that did not hear of it sends it once more: it stays gone.
    let refused = ana.answer(first, &rate).await.expect_err("it was undone");
    assert!(refused.is(409, Code::RatingUndone), "{refused}");
    ana.rate(first, 5).await;
    assert_eq!(ana.learned(style).await.card.version, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn ratings_that_come_faster_than_the_style_learns_are_all_learned_in_order() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana
        .create_style("Dawn", &["a lake at dawn", "an old town"])
        .await;
    let mut given: Vec<RatingId> = Vec::new();
    for stars in [5, 1, 4, 2, 3, 5, 5, 1, 2, 4] {
        // At once: the page does not wait for the style.
        let picture = wait::until("a picture is there", async || {
            let path = format!("/styles/{style}/next?wait_ms=5000");
            let next = ana.get::<wire::image::NextImages>(&path).await;
            next.map_err(|r| r.to_string())?
                .images
                .pop()
                .ok_or_else(|| "none".to_owned())
        });
        given.push(ana.rate(picture.await.id, stars).await.rating.id);
    }
    let view = ana.learned(style).await;
    let learned: Vec<_> = view
        .history
        .iter()
        .map(|point| (point.rating, point.learned_in))
        .collect();
    assert_eq!(
        learned,
        given.into_iter().zip((1..).map(Some)).collect::<Vec<_>>()
    );
    assert_eq!(view.card.version, Some(10));
}
