//! Pictures that cannot be had, and a page that says so and goes on.

use std::path::Path;

use tests::{Stack, wait};

use super::{DESK, SHOWING, ana_rates, answer, chrome::Chrome, ready_behind, skipped};

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_cannot_be_loaded_are_skipped_and_others_take_their_place() {
    let mut stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let first = ana.next(style, &[]).await.id;
    let second = ana.next(style, &[first]).await.id;
    stack.workers[0].kill().expect("the worker is killed");
    assert_eq!(remove_pictures(&stack.blobs()), 2);

    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_complaint("/bytes");
    chrome.log_in(&stack, &ana).await;
    chrome
        .visit(&format!("{}/styles/{style}", stack.url()))
        .await;
    // Nobody rates what they cannot see.
    chrome.shown(".painting").await;
    chrome.key("5").await;
    chrome.says(".notice", "could not be loaded").await;
    chrome.picture("rate-unreadable").await;
    skipped(&stack, style, 2).await;
    assert!(ana.style(style).await.history.is_empty());

    stack.workers[0].start().expect("the worker starts again");
    chrome.shown(SHOWING).await;
    let shown: String = chrome
        .script("return document.querySelector('img.picture.showing').src")
        .await;
    assert!(
        ![first, second]
            .iter()
            .any(|id| shown.contains(&id.to_string())),
        "{shown}"
    );
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_that_came_while_the_page_heard_nothing_is_told() {
    let mut stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_complaint("ERR_BLOCKED_BY_CLIENT");
    let (ana, style) = ana_rates(&stack, &chrome).await;
    ready_behind(&chrome).await;
    stack.workers[0].kill().expect("the worker is killed");
    chrome.block("*/api/v1/live*").await;
    chrome.reload().await;
    ready_behind(&chrome).await;
    for _ in 0..2 {
        answer(&chrome, "s").await;
    }
    skipped(&stack, style, 2).await;
    chrome.says(".painting", "The next picture").await;

    let fail = "update jobs set state = 'failed', failure = 'the colours have run out',
        finished_at = now() where style_id = $1 and state not in ('done', 'failed')";
    wait::until("the next picture's job fails", async || {
        let failed = sqlx::query(fail).bind(style.0);
        let failed = failed.execute(&stack.database.pool).await;
        match failed.expect("a statement").rows_affected() {
            0 => Err("no job"),
            _ => Ok(()),
        }
    })
    .await;
    chrome.block("nothing").await;
    chrome.says(".painting", "the colours have run out").await;
    assert!(ana.style(style).await.trouble.is_some());
    chrome.close().await;
}

/// Removes every picture below the folder and leaves the policies.
fn remove_pictures(folder: &Path) -> usize {
    let mut removed = 0;
    for entry in folder.read_dir().expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            removed += remove_pictures(&path);
        } else if std::fs::read(&path).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG")) {
            std::fs::remove_file(&path).expect("the file is removed");
            removed += 1;
        }
    }
    removed
}
