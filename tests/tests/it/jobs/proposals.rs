//! What a picture is to keep away from: two at once, the second is proposed with the first in mind.

use serde_json::json;
use tests::{Stack, hand::Hand, wait};
use uuid::Uuid;
use wire::{
    ids::{JobId, StyleId},
    job::{GenerateImage, JobProgress, StartAnswer, Work},
    mix::Mix,
    style::StyleCard,
    subject,
    variety::Variety,
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

async fn queued(stack: &Stack, style: StyleId) -> Vec<JobId> {
    let queued = "select id from jobs where style_id = $1 and state = 'queued' order by created_at";
    let queued: Vec<Uuid> = sqlx::query_scalar(queued)
        .bind(style.0)
        .fetch_all(&stack.database.pool)
        .await
        .expect("the jobs are listed");
    queued.into_iter().map(JobId).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_keeps_the_distance_that_its_style_has_when_it_is_begun() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let first = ana.next(style, &[]).await.id;
    ana.next(style, &[first]).await;
    stack.workers[0].kill().expect("the worker is killed");
    ana.skip(first).await;
    let asked = queued(&stack, style).await[0];
    let wide = json!({"variety": "wide"});
    let card: StyleCard = ana
        .patch(&format!("/styles/{style}"), &wide)
        .await
        .expect("the style is changed");
    assert_eq!(card.variety, Variety::Wide);

    let hand = Hand::join(&stack).await;
    assert_eq!(picture(hand.start(asked, 1).await).variety, Variety::Wide);
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
    let queued = queued(&stack, style).await;
    let [one, other] = queued[..] else {
        panic!("two pictures are asked for: {queued:?}");
    };

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
