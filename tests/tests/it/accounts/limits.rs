//! Who asks too often is told when to come back.

use tests::Plan;
use wire::problem::Code;

#[tokio::test(flavor = "multi_thread")]
async fn guessing_at_one_account_is_slowed_down_and_others_are_not() {
    let stack = Plan {
        workers: 0,
        limits: true,
        ..Plan::default()
    }
    .start()
    .await;
    let ana = stack.artist("ana").await;
    let ben = stack.artist("ben").await;
    let mut thief = ana.other_device();
    let mut refused = None;
    for guess in 0..60 {
        thief.password = format!("a guess, number {guess}");
        let answer = thief.log_in().await.expect_err("a wrong password");
        if answer.problem.code == Code::TooMany {
            refused = Some(answer);
            break;
        }
        assert!(answer.is(401, Code::WrongCredentials), "{answer}");
    }
    let refused = refused.expect("sixty guesses are too many");
    assert_eq!(refused.status, 429);
    assert!(
        refused.retry_after_s.is_some_and(|seconds| seconds > 0),
        "{refused:?}"
    );

    ana.me().await.expect("who is logged in stays so");
    ben.other_device()
        .log_in()
        .await
        .expect("it is about one account only");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_cannot_ask_without_end() {
    let stack = Plan {
        workers: 0,
        limits: true,
        ..Plan::default()
    }
    .start()
    .await;
    let greedy = stack.artist("greedy").await;
    let ana = stack.artist("ana").await;
    let mut refused = None;
    // The bucket fills while it is emptied, so there is no exact number to ask for.
    while refused.is_none() {
        let answers = futures::future::join_all((0..100).map(|_| greedy.me())).await;
        refused = answers.into_iter().find_map(Result::err);
    }
    let refused = refused.expect("as the loop says");
    assert!(refused.is(429, Code::TooMany), "{refused}");
    assert!(refused.retry_after_s.is_some(), "{refused:?}");
    ana.me().await.expect("others are not held up");
}
