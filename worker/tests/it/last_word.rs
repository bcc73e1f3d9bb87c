//! An outcome is told until it is answered, but it holds up the jobs behind it only for so long.

use std::collections::VecDeque;

use serde_json::json;
use wire::job::{JobKind, Refusal, SettleAnswer, StartAnswer, Verdict};

use crate::house::{House, learn, paint};

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_the_server_cannot_read_is_told_once() {
    let house = House::open().await;
    let reason = "the outcome does not read".to_owned();
    let answer = SettleAnswer::Unreadable { reason };
    house
        .server
        .heard(|heard| heard.settle_answer = Some(answer));
    house.server.enqueue(learn(None, 0, Vec::new())).await;
    house.server.queue_is_empty().await;
    assert_eq!(house.server.heard(|heard| heard.outcomes.len()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_a_worker_cannot_read_is_a_failure_with_a_reason() {
    let house = House::open().await;
    let strange = json!({"answer": "go", "work": {"kind": "learn_to_dance"}});
    let job = house
        .server
        .enqueue_answering(JobKind::LearnFromRatings, VecDeque::from([strange]))
        .await;
    let Verdict::Retry { reason } = house.server.outcome(job).await.verdict else {
        panic!("it did something");
    };
    assert!(reason.contains("learn_to_dance"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_is_never_answered_does_not_hold_up_the_jobs_behind_it_for_ever() {
    let house = House::open().await;
    let first = house.first_version().await;
    house.server.heard(|heard| heard.deaf_to = usize::MAX);
    // The one job went to somebody else meanwhile; of the other the server wants to hear nothing.
    let go = |work| StartAnswer::Go { work };
    let no = StartAnswer::No {
        because: Refusal::Stale,
    };
    let answers = vec![go(paint(first, "a lake")), no];
    house
        .server
        .enqueue_with(JobKind::GenerateImage, answers)
        .await;
    house.server.enqueue(learn(None, 0, Vec::new())).await;
    house.server.queue_is_empty().await;

    house.server.heard(|heard| heard.deaf_to = 0);
    let verdict = house.run(paint(first, "a lake")).await;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
    house.first_version().await;
}
