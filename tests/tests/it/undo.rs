//! Ratings that were learned from, taken back and changed: once, in their place, and without a trace.

use tests::{Person, Stack, studio::rating, wait};
use wire::{
    ids::{ImageId, RatingId, StyleId},
    problem::Code,
    rating::RateImage,
};

/// A style with these answers, all of them learned from.
async fn rated(ana: &Person, answers: &[Option<u8>]) -> (StyleId, Vec<(ImageId, RateImage)>) {
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let mut given = Vec::new();
    for stars in answers {
        let picture = ana.next(style, &[]).await.id;
        let rate = rating(*stars);
        ana.answer(picture, &rate).await.expect("it is taken");
        given.push((picture, rate));
    }
    ana.learned(style).await;
    (style, given)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_changed_in_its_place_and_once_however_often_it_is_sent() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let (style, given) = rated(&ana, &[Some(5), Some(2), Some(4)]).await;
    let (picture, first) = &given[0];
    let stale = RateImage {
        replaces: Some(RatingId(uuid::Uuid::new_v4())),
        ..rating(Some(1))
    };
    let refused = ana
        .answer(*picture, &stale)
        .await
        .expect_err("not its rating");
    assert!(refused.is(409, Code::RatingChanged), "{refused}");

    let change = RateImage {
        replaces: Some(first.id),
        ..rating(Some(1))
    };
    let saved = ana.answer(*picture, &change).await.expect("it is changed");
    assert_eq!((saved.rating.id, saved.rating.position), (change.id, 1));
    assert!(saved.replay.is_some());
    let again = ana.answer(*picture, &change).await.expect("a lost answer");
    assert_eq!((again.rating.id, again.ratings), (change.id, 3));
    let other = RateImage {
        stars: rating(Some(3)).stars,
        ..change.clone()
    };
    let refused = ana
        .answer(*picture, &other)
        .await
        .expect_err("another value");
    assert!(refused.is(409, Code::RatingConflict), "{refused}");
    // What it replaced comes late, and a second page wants to change that too.
    let refused = ana
        .answer(*picture, first)
        .await
        .expect_err("it was replaced");
    assert!(refused.is(409, Code::RatingUndone), "{refused}");
    let late = RateImage {
        replaces: Some(first.id),
        ..rating(Some(2))
    };
    let refused = ana
        .answer(*picture, &late)
        .await
        .expect_err("it was replaced");
    assert!(refused.is(409, Code::RatingChanged), "{refused}");

    let view = stack.is_its_log(&ana, style, &[1, 2, 4]).await;
    let done = view.replay.and_then(|replay| replay.done);
    assert!(done.is_some_and(|done| done.verified), "{done:?}");
    assert_eq!(view.card.ratings, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_skip_becomes_a_rating_where_it_stands_and_a_skip_again() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let (style, given) = rated(&ana, &[Some(5), None, Some(2)]).await;
    let before = stack.is_its_log(&ana, style, &[5, 2]).await;
    let (picture, skip) = &given[1];

    let four = ana.change(*picture, skip.id, Some(4)).await;
    stack.is_its_log(&ana, style, &[5, 4, 2]).await;
    let skipped = ana.change(*picture, four.id, None).await;
    let after = stack.is_its_log(&ana, style, &[5, 2]).await;
    // Where it all began, to the last bit, under a number of its own.
    assert_eq!(after.policy, before.policy);
    assert_eq!(
        (before.card.version, after.card.version),
        (Some(2), Some(4))
    );

    // Nobody learned from the skip, so nothing has to be unlearned.
    let undone = ana.undo(*picture).await.expect("the skip is taken back");
    assert_eq!(undone.replay, None);
    let refused = ana
        .answer(*picture, &skipped)
        .await
        .expect_err("it was undone");
    assert!(refused.is(409, Code::RatingUndone), "{refused}");
    assert_eq!(ana.learned(style).await.policy, before.policy);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_ratings_taken_back_at_once_are_one_replay() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let (style, given) = rated(&ana, &[Some(5), Some(1), Some(3), Some(4)]).await;
    let newest = ana.next(style, &[]).await.id;
    stack.workers[0].kill().expect("the worker is killed");
    let updates = "select count(*) from jobs where style_id = $1 and kind = 'learn_from_ratings'";
    let before = stack.database.number(updates, style.0).await;

    // A rating that still waits, too.
    ana.rate(newest, 2).await;
    let first = ana.undo(given[2].0).await.expect("it is taken back");
    let second = ana.undo(given[0].0).await.expect("it is taken back");
    assert!(first.replay.is_some());
    assert_eq!(first, second);
    // Asked again, because the answer was lost: the same job.
    let again = ana
        .undo(given[0].0)
        .await
        .expect("it is taken back already");
    assert_eq!(again, first);
    assert_eq!(ana.style(style).await.replay.map(|r| r.job), first.replay);

    stack.workers[0].start().expect("the worker starts again");
    let view = stack.is_its_log(&ana, style, &[1, 4, 2]).await;
    assert_eq!(view.replay.map(|replay| replay.job), first.replay);
    // One for the replay of what was learned, one for the rating that waited.
    let after = stack.database.number(updates, style.0).await;
    assert_eq!(after - before, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_whose_only_rating_is_taken_back_is_as_fresh() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let (style, given) = rated(&ana, &[Some(5)]).await;
    let (picture, rate) = &given[0];
    let path = format!("/images/{picture}/rating?rating={}", uuid::Uuid::new_v4());
    ana.request(reqwest::Method::DELETE, &path)
        .send()
        .await
        .and_then(reqwest::Response::error_for_status)
        .expect("another rating is not there, now or since before");
    assert_eq!(ana.style(style).await.card.ratings, 1);

    ana.undo(*picture).await.expect("it is taken back");
    let view = stack.is_its_log(&ana, style, &[]).await;
    let fresh = "select count(*) from versions a join versions b using (style_id, policy)
        where style_id = $1 and a.number = 0 and b.number = 2";
    assert_eq!(stack.database.number(fresh, style.0).await, 1);
    assert_eq!(view.card.version, Some(2));
    let refused = ana.answer(*picture, rate).await.expect_err("it was undone");
    assert!(refused.is(409, Code::RatingUndone), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_undone_is_forgotten_after_a_week() {
    let mut stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let me = ana.me().await.expect("she is logged in").id;
    let remember = "insert into undone_ratings (artist_id, id, undone_at)
        select $1, gen_random_uuid(), now() - days * interval '1 day'
        from unnest(array[6, 8]) as days";
    sqlx::query(remember)
        .bind(me.0)
        .execute(&stack.database.pool)
        .await
        .expect("two were undone");
    // It looks at its start, and then from time to time.
    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    stack.restart_server(0).await;
    wait::until("the older one is forgotten", async || {
        let left = "select count(*) from undone_ratings where artist_id = $1";
        let left = stack.database.number(left, me.0).await;
        if left == 1 { Ok(()) } else { Err(left) }
    })
    .await;
}
