//! An earlier picture that is shown again needs nobody to paint it, so nobody waits for it.

use futures::StreamExt as _;
use tests::{Person, Stack, hand::Hand, wait};
use wire::{
    ids::{ImageId, StyleId},
    image::NextImages,
    job::{JobKind, Refusal, StartAnswer},
    subject,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_comes_again_is_there_as_soon_as_it_is_asked_for() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    ana.rate(picture, 4).await;
    ana.learned(style).await;
    stack.workers[0].kill().expect("the worker is killed");
    for _ in 0..30 {
        rate_one_more(&stack, picture).await;
    }
    let again = "select count(*) from images where style_id = $1 and repeat_of is not null";
    // One in twenty: that none comes in 300 has a chance of one in three million.
    for _ in 0..300 {
        nothing_is_coming(&stack, &ana, style).await;
        let path = format!("/styles/{style}/next");
        let told: NextImages = ana.get(&path).await.expect("an answer");
        let shown = stack.database.number(again, style.0).await;
        assert_eq!(i64::try_from(told.images.len()), Ok(shown));
        if shown > 0 {
            return;
        }
        rate_one_more(&stack, picture).await;
    }
    panic!("no picture came again");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_artist_hears_of_pictures_that_are_asked_for_since_nothing_is_left_to_learn() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    stack.workers[0].kill().expect("the worker is killed");
    ana.rate(picture, 4).await;
    ana.undo(picture).await.expect("it is taken back");
    let job = stack.queued(style, JobKind::LearnFromRatings, 1).await;

    let hand = Hand::join(&stack).await;
    let me = ana.me().await.expect("logged in").id;
    let nudges = hand.nats.subscribe(subject::live(me)).await;
    let mut nudges = nudges.expect("it listens");
    hand.nats.flush().await.expect("the bus heard of it");
    let because = Refusal::NothingToDo;
    assert_eq!(hand.start(job, 1).await, StartAnswer::No { because });
    let nudge = tokio::time::timeout(wait::PATIENCE, nudges.next()).await;
    nudge.expect("nobody told her").expect("the bus is there");
}

/// As if she had rated another picture like that, and the style had learned from it.
async fn rate_one_more(stack: &Stack, picture: ImageId) {
    let sql = "with place as (
            update styles set rated = rated + 1
            where id = (select style_id from images where id = $1) returning rated
        ), made as (
            insert into images (id, style_id, prompt, proposal, version, policy, seed, engine,
                taxonomy, blob, bytes, width, height, created_at)
            select gen_random_uuid(), style_id, prompt, proposal, version, policy, seed, engine,
                taxonomy, blob, bytes, width, height, created_at
            from images where images.id = $1
            returning id, style_id, created_at
        )
        insert into ratings (id, image_id, style_id, position, stars, learned_in, created_at)
        select gen_random_uuid(), id, style_id, rated, 4, 0, created_at from made, place";
    let rated = sqlx::query(sql).bind(picture.0);
    let rated = rated.execute(&stack.database.pool).await;
    rated.expect("she rated one more");
}

/// No picture waits to be seen or to be painted.
async fn nothing_is_coming(stack: &Stack, ana: &Person, style: StyleId) {
    let jobs = ana.delete(&format!("/styles/{style}/jobs")).await;
    jobs.expect("none is asked for");
    let sql = "delete from images where style_id = $1
        and not exists (select from ratings where image_id = images.id)";
    let gone = sqlx::query(sql).bind(style.0).execute(&stack.database.pool);
    gone.await.expect("none is unseen");
}
