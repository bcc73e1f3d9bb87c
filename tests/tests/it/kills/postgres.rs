//! Postgres is the truth: while it is away nothing is promised, and nothing promised is lost.

use tests::{Person, Plan, Stack, studio::rating, wait};
use wire::problem::Code;

use super::nothing_is_lost_or_doubled;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_postgres_died_is_there_when_it_is_back() {
    let mut stack = Plan {
        own_postgres: true,
        ..Plan::default()
    }
    .start()
    .await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    for round in 0..3 {
        let picture = ana.next(style, &[]).await;
        let ready = ana.next(style, &[picture.id]).await;
        // The commit is the promise, so the crash comes right after the answer.
        ana.rate(picture.id, 4).await;
        let port = stack.database.cluster().port();
        stack.database.cluster().kill().expect("Postgres is killed");

        let rate = rating(Some(2));
        let refused = ana
            .answer(ready.id, &rate)
            .await
            .expect_err("nowhere to keep it");
        assert!(refused.is(503, Code::Unavailable), "{refused}");
        assert_eq!(readiness(&ana).await, 503);

        stack.start_postgres(port).expect("Postgres starts again");
        let saved = wait::until("the retry is taken", async || {
            ana.answer(ready.id, &rate)
                .await
                .map_err(|refused| refused.to_string())
        })
        .await;
        assert_eq!(saved.ratings, 2 * round + 2);
    }
    nothing_is_lost_or_doubled(&stack, &ana, style, 6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_whether_the_server_is_ready_does_not_have_the_schema_looked_at_each_time() {
    let stack = Stack::without_worker().await;
    let ana = stack.stranger("ana");
    assert_eq!(readiness(&ana).await, 200);
    // Were it looked at, a step would be missing.
    sqlx::query("delete from seaql_migrations")
        .execute(&stack.database.pool)
        .await
        .expect("the list of steps is emptied");
    assert_eq!(readiness(&ana).await, 200);
}

async fn readiness(anybody: &Person) -> u16 {
    let request = anybody.request(reqwest::Method::GET, "/health/ready");
    request.send().await.expect("an answer").status().as_u16()
}
