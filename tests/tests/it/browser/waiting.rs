//! Ratings that the server does not take at once: each arrives later, and counts once.

use tests::{Plan, Stack};
use wire::account::SessionCard;

use super::{
    DESK, SHOWING, ana_rates, arrived, chrome::Chrome, ready_behind, source, stars, store::is_empty,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_waits_until_its_artist_has_logged_in_again() {
    let stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_complaint("status of 401");
    let (ana, style) = ana_rates(&stack, &chrome).await;
    let sessions: Vec<SessionCard> = ana.get("/me/sessions").await.expect("a list");
    for session in sessions.iter().filter(|session| !session.current) {
        let end = ana.delete(&format!("/me/sessions/{}", session.id)).await;
        end.expect("the session ends");
    }

    chrome.key("5").await;
    chrome
        .says(".notice", "1 rating waits until you log in again")
        .await;
    chrome.picture("rate-log-in-again").await;
    chrome.click(".notice a").await;
    chrome.at("/log-in").await;
    chrome.fill("#email", &ana.email).await;
    chrome.fill("#password", &ana.password).await;
    chrome.click("button[type=submit]").await;
    chrome.at(&format!("/styles/{style}")).await;
    arrived(&ana, style, 1).await;
    assert_eq!(stars(&ana, style).await, [5]);
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_log_in_neither_drops_a_rating_nor_sends_it_as_theirs() {
    let stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    // The picture is nobody's business but Ana's.
    chrome.expect_complaint("status of 404");
    chrome.expect_complaint("status of 401");
    let (ana, style) = ana_rates(&stack, &chrome).await;
    let ben = stack.artist("ben").await;
    let anas_tab = chrome.tab().await;

    let other_tab = chrome.new_tab().await;
    log_out(&stack, &chrome).await;
    chrome.log_in(&stack, &ben).await;
    chrome.go_to(&anas_tab).await;
    chrome.key("4").await;
    chrome
        .says(".notice", "1 rating waits until you log in again")
        .await;

    chrome.go_to(&other_tab).await;
    chrome.visit(&format!("{}/pictures", stack.url())).await;
    log_out(&stack, &chrome).await;
    assert!(stars(&ana, style).await.is_empty());
    // Hers it stays, and any tab of hers may send it.
    chrome.log_in(&stack, &ana).await;
    arrived(&ana, style, 1).await;
    is_empty(&chrome).await;
    assert_eq!(stars(&ana, style).await, [4]);
    // Her first tab sees that nothing is left to send.
    chrome.go_to(&anas_tab).await;
    chrome.hears_no_more(".notice", "waits until").await;
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_that_a_server_in_trouble_refuses_is_sent_again() {
    let mut stack = Plan {
        own_postgres: true,
        ..Plan::default()
    }
    .start()
    .await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_complaint("status of 50");
    let (ana, style) = ana_rates(&stack, &chrome).await;
    let port = stack.database.cluster().port();
    let killed = stack.database.cluster().kill();
    killed.expect("Postgres is killed");

    chrome.key("2").await;
    chrome
        .says(".notice", "1 rating waits for the server")
        .await;
    stack.start_postgres(port).expect("Postgres starts again");
    arrived(&ana, style, 1).await;
    is_empty(&chrome).await;
    assert_eq!(stars(&ana, style).await, [2]);
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_is_no_better_than_a_lost_connection() {
    let stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_lost_connections();
    let (ana, style) = ana_rates(&stack, &chrome).await;
    let server = &stack.servers[0].program;
    server.freeze().expect("the server hangs");
    chrome.key("5").await;
    chrome
        .says(".notice", "1 rating waits for the connection")
        .await;
    server.thaw().expect("the server goes on");
    arrived(&ana, style, 1).await;
    is_empty(&chrome).await;
    assert_eq!(stars(&ana, style).await, [5]);
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_taken_back_at_once_even_while_it_is_under_way() {
    let stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    // The second page may send what the first one sent and undid already.
    chrome.expect_complaint("status of 409");
    // A machine so busy that the server hangs for longer than a request may take.
    chrome.expect_complaint("status of 503");
    let (ana, style) = ana_rates(&stack, &chrome).await;
    ready_behind(&chrome).await;
    let first = source(&chrome).await;
    let server = &stack.servers[0].program;
    server.freeze().expect("the server hangs");
    chrome.key("1").await;
    chrome.key("u").await;
    chrome.says(".notice", "Taken back").await;
    assert_eq!(source(&chrome).await, first);
    chrome.key("4").await;

    // The page is left before any of it is answered; what it meant is done all the same.
    server.thaw().expect("the server goes on");
    chrome.visit(&format!("{}/studio", stack.url())).await;
    is_empty(&chrome).await;
    assert_eq!(stars(&ana, style).await, [4]);
    chrome
        .visit(&format!("{}/styles/{style}", stack.url()))
        .await;
    chrome.shown(SHOWING).await;
    assert_ne!(source(&chrome).await, first, "it has its rating");
    chrome.close().await;
}

async fn log_out(stack: &Stack, chrome: &Chrome) {
    chrome.visit(&format!("{}/account", stack.url())).await;
    chrome.press_button("Log out").await;
    chrome.at("/").await;
}
