//! Several tabs of one browser: they share its few connections, and what it keeps.

use tests::Stack;

use super::{
    DESK, SHOWING, ana_rates, arrived, chrome::Chrome, ready_behind, source, stars, store::is_empty,
};

#[tokio::test(flavor = "multi_thread")]
async fn eight_open_tabs_do_not_starve_each_other() {
    let stack = Stack::start().await;
    let chrome = Chrome::open(DESK).await;
    let (ana, style) = ana_rates(&stack, &chrome).await;
    let page = format!("{}/styles/{style}", stack.url());
    let first = chrome.tab().await;
    for _ in 0..7 {
        chrome.new_tab().await;
        chrome.visit(&page).await;
        chrome.shown(SHOWING).await;
    }
    let rated = source(&chrome).await;
    chrome.key("5").await;
    arrived(&ana, style, 1).await;

    // What happened meanwhile is heard by a tab that comes to the front again.
    chrome.go_to(&first).await;
    chrome.says(".mix-headline", "%").await;
    chrome.says(".rate-progress .count", "1 rating").await;
    assert_ne!(source(&chrome).await, rated, "it would be refused here");
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_taken_back_in_one_tab_is_not_sent_by_another() {
    let mut stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_lost_connections();
    let (ana, style) = ana_rates(&stack, &chrome).await;
    let other_style = ana.create_style("Dusk", &["a lake at dusk"]).await;
    ana.next(other_style, &[]).await;
    let one = chrome.tab().await;
    ready_behind(&chrome).await;
    let two = chrome.new_tab().await;
    chrome
        .visit(&format!("{}/styles/{other_style}", stack.url()))
        .await;
    chrome.shown(SHOWING).await;
    let server = &mut stack.servers[0].program;
    server.kill().expect("the server is killed");

    // The first may have left, the second cannot have.
    chrome.go_to(&one).await;
    chrome.key("5").await;
    chrome.key("2").await;
    chrome.says(".notice", "2 ratings wait").await;
    // The second tab tries to send all three.
    chrome.go_to(&two).await;
    chrome.key("3").await;
    chrome.says(".notice", "3 ratings wait").await;

    chrome.go_to(&one).await;
    chrome.key("u").await;
    chrome.says(".notice", "Taken back").await;
    let second = source(&chrome).await;
    chrome.key("u").await;
    chrome.says(".notice", "Taken back").await;
    let first = source(&chrome).await;
    assert_ne!(first, second);
    chrome.key("1").await;

    chrome.go_to(&two).await;
    stack.restart_server(0).await;
    arrived(&ana, other_style, 1).await;
    is_empty(&chrome).await;
    assert_eq!(stars(&ana, other_style).await, [3]);
    assert_eq!(stars(&ana, style).await, [1]);
    chrome.go_to(&one).await;
    chrome.says(".rate-progress .count", "1 rating").await;
    chrome.close().await;
}
