//! Postgres is the truth: while it is away nothing is promised, and nothing promised is lost.

use tests::{Plan, studio::rating, wait};
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
