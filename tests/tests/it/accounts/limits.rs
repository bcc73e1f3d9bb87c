//! Who asks too often is told when to come back.

use tests::{Answer, Plan, Stack, live::Live, people::read, wait};
use wire::{account::Me, problem::Code};

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

#[tokio::test(flavor = "multi_thread")]
async fn one_person_cannot_open_streams_without_end() {
    let stack = Stack::without_worker().await;
    let greedy = stack.artist("greedy").await;
    let ana = stack.artist("ana").await;
    let mut streams = Vec::new();
    for _ in 0..32 {
        streams.push(Live::open(&greedy, None).await);
    }
    let refused = greedy.get::<()>("/live").await;
    let refused = refused.expect_err("one too many");
    assert!(refused.is(429, Code::TooMany), "{refused}");
    assert!(refused.retry_after_s.is_some(), "{refused:?}");
    Live::open(&ana, None).await;

    // Nor do they wait for pictures instead.
    let style = greedy.create_style("Dawn", &["a lake at dawn"]).await;
    let path = format!("/styles/{style}/next?wait_ms=1000");
    let refused = greedy.get::<wire::image::NextImages>(&path).await;
    assert!(refused.expect_err("one too many").is(429, Code::TooMany));
    drop(streams.pop());
    wait::until("there is room for one again", async || {
        let images = greedy.get::<wire::image::NextImages>(&path).await;
        images.map(drop).map_err(|refused| refused.to_string())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_elsewhere_does_not_lock_an_owner_out() {
    let plan = Plan {
        workers: 0,
        limits: true,
        ..Plan::default()
    };
    let mut stack = plan.start().await;
    let server = &mut stack.servers[0].program;
    server.set("ATELIER_TRUSTED_PROXY", "1");
    server.kill().expect("the server is killed");
    stack.restart_server(0).await;
    let ana = stack.artist("ana").await;
    let log_in = async |password: &str, address: &str| -> Answer<Me> {
        let words = serde_json::json!({"email": ana.email, "password": password});
        let request = ana.other_device().request(reqwest::Method::POST, "/log-in");
        read(request.header("x-forwarded-for", address).json(&words)).await
    };
    let mut guesses = 0;
    let refused = loop {
        let refused = log_in("a guess", "192.0.2.1").await.expect_err("wrong");
        if refused.is(429, Code::TooMany) {
            break refused;
        }
        guesses += 1;
        assert!(guesses < 60, "sixty guesses are too many");
    };
    assert!(refused.retry_after_s.is_some(), "{refused:?}");
    log_in(&ana.password, "198.51.100.7")
        .await
        .expect("she is somewhere else");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_for_the_log_is_short_or_made_here() {
    let stack = Stack::without_worker().await;
    let ana = stack.stranger("ana");
    let told = async |id: &str| {
        let request = ana.request(reqwest::Method::GET, "/taxonomy");
        let answer = request.header("x-request-id", id).send().await;
        let answer = answer.expect("an answer");
        let id = answer.headers()["x-request-id"].to_str().expect("text");
        id.to_owned()
    };
    assert_eq!(told("trace-7").await, "trace-7");
    let made = told(&"x".repeat(5000)).await;
    assert!(uuid::Uuid::parse_str(&made).is_ok(), "{made}");
}
