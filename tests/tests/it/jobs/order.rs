//! Versions learn in the order of the log, whatever comes into it meanwhile.

use serde_json::json;
use tests::{Stack, hand::Hand};
use wire::job::{JobKind, StartAnswer, Work};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_learned_before_a_skip_became_a_rating_is_learned_anew_in_order() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let first = ana.next(style, &[]).await.id;
    ana.rate(first, 5).await;
    let second = ana.next(style, &[]).await.id;
    let skip = ana.skip(second).await.rating;
    let third = ana.next(style, &[]).await.id;
    let known = ana.learned(style).await;
    stack.workers[0].kill().expect("the worker is killed");

    // A worker learns the third answer, and before it is done the second one is no skip any more.
    ana.rate(third, 4).await;
    let job = stack.queued(style, JobKind::LearnFromRatings, 1).await;
    let hand = Hand::join(&stack).await;
    let answer = hand.start(job, 1).await;
    let StartAnswer::Go {
        work: Work::LearnFromRatings(asked),
    } = answer
    else {
        panic!("there is something to learn: {answer:?}");
    };
    assert_eq!(asked.samples.len(), 1);
    ana.change(second, skip.id, Some(3)).await;
    let step = json!({
        "rating": asked.samples[0].rating,
        "policy": asked.parent,
        "belief": known.belief,
        "insight": known.insight,
    });
    let product = json!({"kind": "learn_from_ratings", "parent": asked.parent, "steps": [step]});
    let done = json!({"verdict": "done", "product": product});
    hand.report(job, 1, &done).await;
    let dropped = "select count(*) from jobs where style_id = $1 and state = 'cancelled'";
    assert_eq!(stack.database.number(dropped, style.0).await, 1);

    stack.add_worker().expect("another worker starts");
    stack.is_its_log(&ana, style, &[5, 3, 4]).await;
}
