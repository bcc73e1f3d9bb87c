//! Ratings while their artist has asked too often: none is lost, each counts once.

use std::sync::atomic::{AtomicBool, Ordering};

use tests::{Person, Plan, Stack, wait};
use wire::{ids::StyleId, problem::Code};

use super::{DESK, SHOWING, ana_rates, chrome::Chrome, ready_behind, store::is_empty};

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_that_was_one_request_too_many_is_sent_when_there_may_be_more() {
    let stack = Plan {
        limits: true,
        ..Plan::default()
    }
    .start()
    .await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_complaint("status of 429");
    let (ana, style) = ana_rates(&stack, &chrome).await;

    let mut rated = 1;
    while !is_one_too_many(&stack, &chrome, &ana, style, rated).await {
        ready_behind(&chrome).await;
        rated += 1;
    }
    wait::until("the rating arrives", async || {
        match threes(&stack, style).await {
            count if count == rated => Ok(()),
            other => Err(other),
        }
    })
    .await;
    is_empty(&chrome).await;
    chrome.close().await;
}

/// Ana's page rates while Ana asks too often elsewhere. Now and then it gets through all the same,
/// when a moment of her allowance has come back just then: `false` says so.
async fn is_one_too_many(
    stack: &Stack,
    chrome: &Chrome,
    ana: &Person,
    style: StyleId,
    rated: i64,
) -> bool {
    let enough = AtomicBool::new(false);
    let asking = (0..8).map(|_| ask_until(ana, &enough));
    let rating = async {
        wait::until("Ana has asked too often", async || match ana.me().await {
            Err(refused) if refused.is(429, Code::TooMany) => Ok(()),
            other => Err(format!("{other:?}")),
        })
        .await;
        chrome.shown(SHOWING).await;
        chrome.key("3").await;
        let waits = wait::until("the rating waits or arrives", async || {
            let notices: Vec<String> = chrome.script(NOTICES).await;
            if notices
                .iter()
                .any(|notice| notice.contains("1 rating waits for the server"))
            {
                return Ok(true);
            }
            match threes(stack, style).await {
                count if count == rated => Ok(false),
                count => Err(format!("{count} arrived, {notices:?}")),
            }
        });
        let waits = waits.await;
        enough.store(true, Ordering::Relaxed);
        waits
    };
    futures::join!(rating, futures::future::join_all(asking)).0
}

/// What the page says beside the picture.
const NOTICES: &str =
    "return [...document.querySelectorAll('.notice')].map(notice => notice.textContent)";

/// How many ratings of three stars there are. Asking the server would be one request more.
async fn threes(stack: &Stack, style: StyleId) -> i64 {
    let ratings = "select count(*) from ratings where style_id = $1 and stars = 3";
    stack.database.number(ratings, style.0).await
}

async fn ask_until(person: &Person, enough: &AtomicBool) {
    while !enough.load(Ordering::Relaxed) {
        let _ = person.me().await;
    }
}
