//! A worker that beats and never ends its job does not keep it for ever.

use std::time::Duration;

use futures::StreamExt as _;
use tests::{Stack, hand::Hand, wait};
use wire::{
    job::{JobKind, StartAnswer},
    subject,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_takes_far_too_long_is_done_by_another_worker() {
    let mut stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let hand = Hand::join(&stack).await;
    let job = stack.queued(style, JobKind::LearnFromRatings, 1).await;
    let answer = hand.start(job, 1).await;
    assert!(matches!(answer, StartAnswer::Go { .. }), "{answer:?}");
    let cancels = hand.nats.subscribe(subject::cancel(job)).await;
    let mut cancels = cancels.expect("it listens");
    let beating = tokio::spawn({
        let hand = hand.clone();
        async move {
            loop {
                hand.beat(job).await;
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
        }
    });

    // Longer than a worker may be silent: its beats are heard.
    tokio::time::sleep(Duration::from_secs(4)).await;
    let attempt = "select attempt::bigint from jobs where id = $1";
    assert_eq!(stack.database.number(attempt, job.0).await, 1);

    let sql = "update jobs set started_at = started_at - interval '1 day' where id = $1";
    let passed = sqlx::query(sql).bind(job.0).execute(&stack.database.pool);
    passed.await.expect("a day passes");
    stack.add_worker().expect("another worker starts");
    wait::until("the job is done", async || {
        let done = "select count(*) from jobs where id = $1 and state = 'done'";
        match stack.database.number(done, job.0).await {
            1 => Ok(()),
            _ => Err("not done"),
        }
    })
    .await;
    assert_eq!(stack.database.number(attempt, job.0).await, 2);
    cancels.next().await.expect("the slow one was told to stop");
    beating.abort();
}
