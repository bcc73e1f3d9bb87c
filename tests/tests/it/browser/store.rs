//! The browser's store, when it works, when it is taken away, and when there is none.

use tests::{Stack, wait};

use super::{DESK, SHOWING, ana_rates, arrived, chrome::Chrome, ready_behind, stars};

/// A store that is asked and never answers, as a broken profile has it.
const MUTE: &str = "IDBFactory.prototype.open = () => new EventTarget();";

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_keeps_nothing_says_so_and_sends_all_the_same() {
    let mut stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_lost_connections();
    chrome.before_each_page(MUTE).await;
    let (ana, style) = ana_rates(&stack, &chrome).await;
    ready_behind(&chrome).await;
    chrome.key("5").await;
    chrome.says(".notice", "This browser keeps nothing").await;
    chrome.picture("rate-keeps-nothing").await;
    arrived(&ana, style, 1).await;

    let server = &mut stack.servers[0].program;
    server.kill().expect("the server is killed");
    chrome.key("2").await;
    chrome.says(".notice", "Keep this tab open").await;
    stack.restart_server(0).await;
    arrived(&ana, style, 2).await;
    assert_eq!(stars(&ana, style).await, [5, 2]);
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_deleted_under_the_page_is_made_anew() {
    let mut stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_lost_connections();
    let (ana, style) = ana_rates(&stack, &chrome).await;
    chrome.key("5").await;
    arrived(&ana, style, 1).await;
    // The page does not stand in the way of whoever clears the browser's data.
    let deleted: String = chrome
        .script(
            "return new Promise(done => {
                const request = indexedDB.deleteDatabase('atelier');
                request.onsuccess = () => done('deleted');
                request.onblocked = () => done('blocked');
            });",
        )
        .await;
    assert_eq!(deleted, "deleted");

    chrome.shown(SHOWING).await;
    let server = &mut stack.servers[0].program;
    server.kill().expect("the server is killed");
    chrome.key("3").await;
    chrome.says(".notice", "1 rating waits").await;
    let left = chrome.driver.goto("about:blank").await;
    left.expect("the page is left");
    stack.restart_server(0).await;
    chrome.visit(&format!("{}/studio", stack.url())).await;
    arrived(&ana, style, 2).await;
    assert_eq!(stars(&ana, style).await, [5, 3]);
    is_empty(&chrome).await;
    chrome.close().await;
}

/// Waits until no click is kept any more.
pub async fn is_empty(chrome: &Chrome) {
    let look = "return new Promise(done => {
        const request = indexedDB.open('atelier', 1);
        request.onsuccess = () => {
            const database = request.result;
            const all = database.transaction('clicks').objectStore('clicks').getAll();
            all.onsuccess = () => { database.close(); done(all.result); };
        };
    });";
    wait::until("nothing is kept any more", async || {
        let clicks: Vec<String> = chrome.script(look).await;
        if clicks.is_empty() {
            Ok(())
        } else {
            Err(clicks.join("\n"))
        }
    })
    .await;
}
