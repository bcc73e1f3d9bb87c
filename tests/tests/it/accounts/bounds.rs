//! However much somebody has, what they can ask for at once stays small.

use serde_json::json;
use tests::Stack;
use wire::{account::TokenMade, problem::Code, style::StyleCard};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_more_than_fifty_tokens_however_many_are_made_at_once() {
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let wish = json!({"name": "a script", "scopes": ["read"]});
    let making = (0..80).map(|_| ana.post::<TokenMade>("/me/tokens", &wish));
    let (made, refused): (Vec<_>, Vec<_>) = futures::future::join_all(making)
        .await
        .into_iter()
        .partition(Result::is_ok);
    assert_eq!((made.len(), refused.len()), (50, 30));
    for refused in refused.into_iter().filter_map(Result::err) {
        assert!(refused.is(422, Code::Invalid), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_more_than_two_hundred_styles() {
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let sql = "insert into styles (id, artist_id, name, prompts, learner, prior, created_at)
        select gen_random_uuid(), artist_id, name, prompts, learner, prior, created_at
        from styles, generate_series(1, 198) where id = $1";
    let copied = sqlx::query(sql).bind(style.0).execute(&stack.database.pool);
    copied.await.expect("she is busy");
    let new = json!({"name": "One more", "prompts": ["an old town"]});
    let last: StyleCard = ana.post("/styles", &new).await.expect("the last one");
    let refused = ana.post::<StyleCard>("/styles", &new).await;
    let refused = refused.expect_err("one too many");
    assert!(refused.is(422, Code::Invalid), "{refused}");
    assert!(refused.problem.detail.contains("200 styles"), "{refused}");
    // There is room again.
    let path = format!("/styles/{}", last.id);
    ana.delete(&path).await.expect("the last one is deleted");
    let again: StyleCard = ana.post("/styles", &new).await.expect("there is room");
    assert_eq!(again.name, "One more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_with_thousands_of_ratings_shows_the_newest_thousand() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let old = ana.next(style, &[]).await.id;
    let ready = ana.next(style, &[old]).await.id;
    let many = "with made as (
            insert into images (id, style_id, prompt, proposal, version, policy, seed, engine,
                taxonomy, blob, bytes, width, height, created_at)
            select gen_random_uuid(), style_id, prompt, proposal, version, policy, seed, engine,
                taxonomy, blob, bytes, width, height,
                created_at - interval '1 day' + n * interval '1 second'
            from images, generate_series(1, 1234) n where images.id = $1
            returning id, style_id, created_at)
        insert into ratings (id, image_id, style_id, position, stars, learned_in, created_at)
        select gen_random_uuid(), id, style_id, row_number() over (order by created_at), 4, 0,
            created_at
        from made";
    let rated = sqlx::query(many).bind(old.0).execute(&stack.database.pool);
    rated.await.expect("she rated for days");
    let older = "update images set created_at = created_at - interval '2 days'
        where id = $1 or id = $2";
    let moved = sqlx::query(older).bind(old.0).bind(ready.0);
    moved
        .execute(&stack.database.pool)
        .await
        .expect("what she has not rated is older than that");

    let view = ana.style(style).await;
    assert_eq!((view.card.ratings, view.history.len()), (1234, 1000));
    let sorted = view.history.is_sorted_by_key(|point| point.rated_ms);
    assert!(sorted, "the log is not in order");
    let newest = "select count(*) from ratings where style_id = $1 and position > 234
        and created_at >= (select created_at from ratings where id = $2)";
    let first = view.history[0].rating.0;
    let count: i64 = sqlx::query_scalar(newest)
        .bind(style.0)
        .bind(first)
        .fetch_one(&stack.database.pool)
        .await
        .expect("a count");
    assert_eq!(count, 1000);
    // What lies behind a thousand newer ones is not looked for; a new one is painted instead.
    let next = ana.next(style, &[]).await.id;
    assert!(next != old && next != ready, "{next} is old");
}
