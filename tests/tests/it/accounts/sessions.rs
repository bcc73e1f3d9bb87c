//! A session that ends, ends everywhere.

use tests::{Plan, Stack, live::Live, wait};
use wire::{account::SessionCard, problem::Code};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_ended_is_over_at_once_on_every_replica() {
    let stack = Plan {
        servers: 2,
        workers: 0,
        ..Plan::default()
    }
    .start()
    .await;
    let ana = stack.artist("ana").await;
    let phone = stack.at(1, &ana.other_device());
    phone
        .log_in()
        .await
        .expect("logged in at the second replica");
    let mut stream = Live::open(&phone, None).await;

    let sessions: Vec<SessionCard> = ana.get("/me/sessions").await.expect("a list");
    assert_eq!(sessions.len(), 2);
    let others: Vec<_> = sessions.iter().filter(|session| !session.current).collect();
    let [other] = others[..] else {
        panic!("one of them is this one: {sessions:?}")
    };
    ana.delete(&format!("/me/sessions/{}", other.id))
        .await
        .expect("the session ends");

    let refused = phone.me().await.expect_err("it is over");
    assert!(refused.is(401, Code::NotLoggedIn), "{refused}");
    assert_eq!(stream.next().await, None, "its stream has ended");
    ana.me().await.expect("the other one goes on");
    let left: Vec<SessionCard> = ana.get("/me/sessions").await.expect("a list");
    assert_eq!(left.len(), 1);
    // Refreshing does not bring it back.
    let refused = phone
        .post::<()>("/session/refresh", &())
        .await
        .expect_err("it is over");
    assert!(refused.is(401, Code::NotLoggedIn), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn news_made_at_one_replica_are_heard_at_another() {
    let stack = Plan {
        servers: 2,
        ..Plan::default()
    }
    .start()
    .await;
    let ana = stack.artist("ana").await;
    let elsewhere = stack.at(1, &ana);
    let mut streams = [
        Live::open(&ana, None).await,
        Live::open(&elsewhere, None).await,
    ];
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await;
    elsewhere.rate(picture.id, 4).await;
    let mut heard = Vec::new();
    for stream in &mut streams {
        let mut numbers = Vec::new();
        while numbers.len() < 5 {
            numbers.extend(stream.next().await.expect("the stream goes on").number);
        }
        heard.push(numbers);
    }
    assert_eq!(heard[0], heard[1]);
    assert_eq!(heard[0], [1, 2, 3, 4, 5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_somebody_who_never_returns_is_forgotten() {
    let mut stack = Stack::without_worker().await;
    let (gone, ana) = (stack.artist("gone").await, stack.artist("ana").await);
    let me = gone.me().await.expect("logged in").id;
    let sql = "update sessions set used_at = used_at - interval '31 days' where artist_id = $1";
    let passed = sqlx::query(sql).bind(me.0).execute(&stack.database.pool);
    passed.await.expect("a month passes");
    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    stack.restart_server(0).await;
    wait::until("the session is forgotten", async || {
        let left = "select count(*) from sessions where artist_id = $1";
        match stack.database.number(left, me.0).await {
            0 => Ok(()),
            left => Err(left),
        }
    })
    .await;
    ana.me().await.expect("others are still logged in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_never_ends_does_not_keep_its_old_tokens_for_ever() {
    let mut stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let me = ana.me().await.expect("logged in").id;
    for _ in 0..3 {
        let renewed = ana.post::<()>("/session/refresh", &()).await;
        renewed.expect("the session is renewed");
    }
    let tokens = "select count(*) from refresh_tokens t join sessions s on s.id = t.session_id
        where s.artist_id = $1";
    assert_eq!(stack.database.number(tokens, me.0).await, 4);
    let sql = "update refresh_tokens set expires_at = expires_at - interval '31 days'
        where used_at is not null";
    let passed = sqlx::query(sql).execute(&stack.database.pool);
    passed
        .await
        .expect("a month passes for those that were traded");
    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    stack.restart_server(0).await;
    wait::until("only the last one is left", async || {
        match stack.database.number(tokens, me.0).await {
            1 => Ok(()),
            left => Err(left),
        }
    })
    .await;
    let renewed = ana.post::<()>("/session/refresh", &()).await;
    renewed.expect("the session goes on");
}
