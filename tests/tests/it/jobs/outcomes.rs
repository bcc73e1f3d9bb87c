//! What the server cannot take in or answer counts as a try. Nothing is asked for ever.

use serde_json::{Value, json};
use tests::{Stack, hand::Hand};
use wire::{
    ids::{JobId, StyleId},
    job::{JobKind, Refusal, StartAnswer},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_does_not_read_is_answered_and_counts_as_a_try() {
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let hand = Hand::join(&stack).await;
    let kind = JobKind::LearnFromRatings;
    // A belief that is no number is `null` by the time it is JSON.
    let outcome = include_str!("../../../../wire/tests/examples/outcome.done.first_version.json");
    let mut outcome: Value = serde_json::from_str(outcome).expect("an example is JSON");
    outcome["verdict"]["product"]["steps"][0]["belief"]["expected"] = Value::Null;

    for attempt in 1..=3 {
        let job = stack.queued(style, kind, attempt).await;
        let answer = hand.start(job, attempt).await;
        assert!(matches!(answer, StartAnswer::Go { .. }), "{answer:?}");
        let answer = hand.report(job, attempt, &outcome["verdict"]).await;
        let reason = answer["unreadable"]["reason"].as_str();
        let reason = reason.unwrap_or_else(|| panic!("{answer}"));
        assert!(reason.contains("does not read"), "{reason}");
        // Whoever did not hear that asks again, and learns that it is over.
        let again = hand.report(job, attempt, &outcome["verdict"]).await;
        assert_eq!(again, json!("not_yours"));
    }
    let trouble = ana.style(style).await.trouble.expect("three tries");
    assert!(trouble.contains("does not read"), "{trouble}");
    assert_eq!(failed_at(&stack, style).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_cannot_be_stored_is_answered_and_counts_as_a_try() {
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let hand = Hand::join(&stack).await;
    // Postgres takes no text with a zero in it.
    let refuse = json!({"verdict": "refuse", "reason": "a\u{0}b"});
    for attempt in 1..=3 {
        let job = stack
            .queued(style, JobKind::LearnFromRatings, attempt)
            .await;
        hand.start(job, attempt).await;
        let answer = hand.report(job, attempt, &refuse).await;
        assert!(answer["unreadable"]["reason"].is_string(), "{answer}");
    }
    let trouble = ana.style(style).await.trouble.expect("three tries");
    assert!(trouble.contains("could not keep"), "{trouble}");
    assert_eq!(failed_at(&stack, style).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_the_server_cannot_start_fails_after_three_tries() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await.id;
    ana.next(style, &[picture]).await;
    stack.workers[0].kill().expect("the worker is killed");
    ana.skip(picture).await;
    // A row of ours is not what it should be: there is no such version.
    sqlx::query("update styles set head = 99 where id = $1")
        .bind(style.0)
        .execute(&stack.database.pool)
        .await
        .expect("the head is moved");

    let hand = Hand::join(&stack).await;
    for attempt in 1..=3 {
        let job: JobId = stack.queued(style, JobKind::GenerateImage, attempt).await;
        let answer = hand.start(job, attempt).await;
        let because = Refusal::Stale;
        assert_eq!(answer, StartAnswer::No { because });
    }
    let trouble = ana.style(style).await.trouble.expect("three tries");
    assert!(trouble.contains("what there is to do"), "{trouble}");
    assert_eq!(failed_at(&stack, style).await, 3);
}

/// The try at which the style's job failed for good.
async fn failed_at(stack: &Stack, style: StyleId) -> i64 {
    let tries = "select attempt::bigint from jobs where style_id = $1 and state = 'failed'";
    stack.database.number(tries, style.0).await
}
