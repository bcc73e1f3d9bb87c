//! Two pictures of a style at once: the second is proposed with the first in mind.

use tests::{Stack, hand::Hand, wait};
use uuid::Uuid;
use wire::{
    ids::JobId,
    job::{GenerateImage, JobProgress, StartAnswer, Work},
    mix::Mix,
    subject,
};

fn picture(answer: StartAnswer) -> GenerateImage {
    let StartAnswer::Go {
        work: Work::GenerateImage(asked),
    } = answer
    else {
        panic!("there is a picture to paint: {answer:?}");
    };
    asked
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_waits_for_the_proposal_of_the_one_before_it_and_is_told_it() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let first = ana.next(style, &[]).await.id;
    let second = ana.next(style, &[first]).await.id;
    stack.workers[0].kill().expect("the worker is killed");
    // She sees more quickly than anybody paints.
    ana.skip(first).await;
    ana.skip(second).await;
    let queued = "select id from jobs where style_id = $1 and state = 'queued' order by created_at";
    let queued: Vec<Uuid> = sqlx::query_scalar(queued)
        .bind(style.0)
        .fetch_all(&stack.database.pool)
        .await
        .expect("the jobs are listed");
    let [one, other] = queued[..] else {
        panic!("two pictures are asked for: {queued:?}");
    };
    let (one, other) = (JobId(one), JobId(other));

    let hand = Hand::join(&stack).await;
    picture(hand.start(one, 1).await);
    hand.beat(one).await;
    assert_eq!(hand.start(other, 1).await, StartAnswer::Later);

    let proposed = Mix::pure([1, 2, 3, 4]);
    let progress = JobProgress {
        job: one,
        step: 0,
        steps: 0,
        proposed: Some(proposed),
    };
    let progress = serde_json::to_vec(&progress).expect("progress becomes JSON");
    let told = wait::until("the other may start", async || {
        hand.beat(one).await;
        let sent = hand
            .nats
            .publish(subject::PROGRESS, progress.clone().into())
            .await;
        sent.expect("the bus is there");
        match hand.start(other, 1).await {
            StartAnswer::Later => Err("later"),
            answer => Ok(picture(answer)),
        }
    });
    let told = told.await;
    assert_eq!(told.recent[0], proposed);
    assert_eq!(told.recent.len(), 3, "and the two that are painted");
}
