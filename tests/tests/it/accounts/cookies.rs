//! The two cookies of a session, looked at as a thief would.

use reqwest::{Client, Response, StatusCode, header};
use tests::{Person, Stack, wait};

/// A session's cookies as they were set.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pair {
    access: String,
    refresh: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_is_good_for_one_trade_and_its_replay_ends_the_session() {
    let stack = Stack::without_worker().await;
    stack.artist("ana").await;
    let first = log_in(&stack).await;
    let second = trade(&stack, &first).await.expect("the first is good");
    assert_ne!(second.refresh, first.refresh);

    // The answer was lost, or two requests crossed: the same trade gives the same successor.
    let again = trade(&stack, &first).await.expect("a retry is no theft");
    assert_eq!(again.refresh, second.refresh);
    let third = trade(&stack, &second).await.expect("the second is good");

    // Somebody comes with the first, long after it was traded.
    let old = "update refresh_tokens set used_at = used_at - interval '11 seconds'";
    sqlx::query(old)
        .execute(&stack.database.pool)
        .await
        .expect("time passes");
    assert_eq!(trade(&stack, &first).await, None);
    // Thief and owner cannot be told apart, so the session is over for both.
    assert_eq!(trade(&stack, &third).await, None);
    assert_eq!(me(&stack, &third).await.status(), StatusCode::UNAUTHORIZED);
    // Another device of hers is another session.
    assert_eq!(
        me(&stack, &log_in(&stack).await).await.status(),
        StatusCode::OK
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trade_in_the_moment_of_deletion_gets_in_nobodys_way() {
    let stack = Stack::without_worker().await;
    stack.artist("ana").await;
    let pair = log_in(&stack).await;
    // Whoever deletes an account deletes its sessions, and then their tokens.
    let mut deletion = stack.database.pool.begin().await.expect("a transaction");
    sqlx::query("select id from sessions for update")
        .execute(&mut *deletion)
        .await
        .expect("the sessions are locked");
    let (traded, ()) = tokio::join!(trade(&stack, &pair), async {
        wait::until("the trade waits for the session", async || {
            let sql = "select count(*) from pg_stat_activity where $1::uuid is not null
                and datname = current_database() and wait_event_type = 'Lock'";
            match stack.database.number(sql, uuid::Uuid::nil()).await {
                1 => Ok(()),
                count => Err(count),
            }
        })
        .await;
        sqlx::query("delete from artists")
            .execute(&mut *deletion)
            .await
            .expect("nobody holds what comes after the sessions");
        deletion.commit().await.expect("the account is gone");
    });
    assert_eq!(traded, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_in_the_same_network_is_let_in_over_plain_http() {
    let mut stack = Stack::without_worker().await;
    let port = stack.url().rsplit(':').next().expect("a port").to_owned();
    // Another address of this machine, as one in a network is: browsers that come to it say no
    // `Sec-Fetch-Site`.
    let lan = format!("http://127.0.0.2:{port}");
    let server = &mut stack.servers[0].program;
    server.set("ATELIER_LISTEN", format!("0.0.0.0:{port}"));
    server.set("ATELIER_PUBLIC_URL", lan.as_str());
    server.kill().expect("the server is killed");
    stack.restart_server(0).await;
    let phone = Person::new("ana", &lan, &lan);
    phone.sign_up().await;
    phone.create_style("Dawn", &["a lake at dawn"]).await;
    let answer = phone.request(reqwest::Method::POST, "/session/refresh");
    let answer = answer.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    for cookie in answer.headers().get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().expect("text");
        assert!(
            !cookie.contains("Secure"),
            "it would not come back: {cookie}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_never_meets_the_end_of_the_ten_minutes() {
    let stack = Stack::without_worker().await;
    stack.artist("ana").await;
    let pair = log_in(&stack).await;
    // What a browser has after ten minutes: the access cookie is gone.
    let late = Pair {
        access: String::new(),
        ..pair.clone()
    };
    let requests = (0..5).map(|_| me(&stack, &late));
    let answers = futures::future::join_all(requests).await;
    let renewed: Vec<Pair> = answers
        .into_iter()
        .map(|answer| {
            assert_eq!(answer.status(), StatusCode::OK);
            pair_of(&answer).expect("the session is renewed in passing")
        })
        .collect();
    assert!(
        renewed
            .iter()
            .all(|pair| pair.refresh == renewed[0].refresh),
        "{renewed:?}"
    );
    let answer = me(&stack, &renewed[0]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(pair_of(&answer), None, "a fresh session is left as it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_not_lost_behind_a_long_question() {
    const LONGEST_MS: u32 = 6_000;
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let late = Pair {
        access: String::new(),
        ..log_in(&stack).await
    };
    let next = async |wait_ms: u32| {
        let path = format!("/api/v1/styles/{style}/next?wait_ms={wait_ms}");
        let request = Client::new().get(format!("{}{path}", stack.url()));
        let answer = with_cookies(request, &late).send().await;
        answer.expect("an answer").status()
    };
    assert_eq!(next(LONGEST_MS + 1).await, StatusCode::UNPROCESSABLE_ENTITY);

    // The new tokens come with the answer. Until then, other tabs have only the old ones.
    assert_eq!(next(LONGEST_MS).await, StatusCode::OK);
    assert_eq!(me(&stack, &late).await.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_that_were_made_up_open_nothing() {
    let stack = Stack::without_worker().await;
    stack.artist("ana").await;
    let pair = log_in(&stack).await;
    let [head, body, signature] = pair.access.split('.').collect::<Vec<_>>()[..] else {
        panic!("an access token has three parts: {}", pair.access);
    };
    let forged = [
        String::new(),
        "nonsense".into(),
        format!("{head}.{body}."),
        format!(
            "{head}.{body}.{}",
            signature.chars().rev().collect::<String>()
        ),
        // {"alg":"none","typ":"at+jwt"}
        format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{body}."),
    ];
    for access in forged {
        let pair = Pair {
            access,
            refresh: "00".repeat(32),
        };
        let answer = me(&stack, &pair).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{pair:?}");
    }
}

async fn log_in(stack: &Stack) -> Pair {
    let ana = stack.stranger("ana");
    let words = serde_json::json!({"email": ana.email, "password": ana.password});
    let request = Client::new()
        .post(format!("{}/api/v1/log-in", stack.url()))
        .json(&words);
    let answer = request.send().await.expect("an answer");
    for cookie in answer.headers().get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().expect("text");
        for word in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
            assert!(cookie.contains(word), "{cookie} lacks {word}");
        }
    }
    pair_of(&answer).expect("both cookies")
}

/// The successors, unless the session is over.
async fn trade(stack: &Stack, pair: &Pair) -> Option<Pair> {
    let url = format!("{}/api/v1/session/refresh", stack.url());
    let request = with_cookies(Client::new().post(url), pair);
    let answer = request
        .header(header::ORIGIN, stack.url())
        .send()
        .await
        .expect("an answer");
    match answer.status() {
        StatusCode::NO_CONTENT => Some(pair_of(&answer).expect("both cookies")),
        StatusCode::UNAUTHORIZED => None,
        other => panic!("{other}"),
    }
}

async fn me(stack: &Stack, pair: &Pair) -> Response {
    let request = Client::new().get(format!("{}/api/v1/me", stack.url()));
    with_cookies(request, pair).send().await.expect("an answer")
}

fn with_cookies(request: reqwest::RequestBuilder, pair: &Pair) -> reqwest::RequestBuilder {
    let Pair { access, refresh } = pair;
    let access = if access.is_empty() {
        String::new()
    } else {
        format!("atelier_access={access}; ")
    };
    request.header(header::COOKIE, format!("{access}atelier_refresh={refresh}"))
}

fn pair_of(answer: &Response) -> Option<Pair> {
    let value = |name: &str| {
        let cookies = answer.headers().get_all(header::SET_COOKIE).into_iter();
        let mut cookies = cookies.filter_map(|cookie| cookie.to_str().ok());
        let found = cookies.find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='));
        found
            .and_then(|rest| rest.split(';').next())
            .map(str::to_owned)
    };
    Some(Pair {
        access: value("atelier_access")?,
        refresh: value("atelier_refresh")?,
    })
}
