//! What can be checked without eyes: names, headings, labels, targets, contrast, focus.

use tests::Stack;
use thirtyfour::Key;

use super::{DESK, PHONE, ana_rates, chrome::Chrome};

/// Lists what is wrong with the page as it stands.
const AUDIT: &str = include_str!("audit.js");

#[tokio::test(flavor = "multi_thread")]
async fn pages_can_be_used_without_eyes_and_without_a_mouse() {
    let stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_complaint("/no/such/page - Failed to load");
    let url = stack.url().to_owned();
    let (_, style) = ana_rates(&stack, &chrome).await;
    let mine = [format!("/styles/{style}"), format!("/styles/{style}/about")];
    let all = [
        "/",
        "/log-in",
        "/sign-up",
        "/studio",
        "/pictures",
        "/account",
        "/no/such/page",
    ];
    let mut found = Vec::new();
    for path in all.into_iter().map(str::to_owned).chain(mine) {
        for (size, scheme) in [(DESK, "light"), (DESK, "dark"), (PHONE, "light")] {
            chrome.resize(size).await;
            chrome.prefer(scheme).await;
            chrome.visit(&format!("{url}{path}")).await;
            let faults: Vec<String> = chrome.script(AUDIT).await;
            let place = format!("{path} {scheme} {}", size.0);
            found.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
        }
    }
    assert!(
        found.is_empty(),
        "{} faults:\n{}",
        found.len(),
        found.join("\n")
    );

    // The first thing the tab key finds is the way past the navigation.
    chrome.resize(DESK).await;
    chrome.visit(&format!("{url}/studio")).await;
    chrome.special_key(Key::Tab).await;
    let focused: String = chrome
        .script("return document.activeElement.className")
        .await;
    assert_eq!(focused, "skip-link");
    let outline: String = chrome
        .script("return getComputedStyle(document.activeElement).outlineStyle")
        .await;
    assert_ne!(outline, "none", "what is focused can be seen");
    chrome.close().await;
}
