//! What can be checked without eyes: names, headings, labels, targets, contrast, focus.

use tests::Stack;
use thirtyfour::Key;

use super::{DESK, PHONE, ana_rates, chrome::Chrome};

/// Lists what is wrong with the page as it stands.
pub const AUDIT: &str = include_str!("audit.js");

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

    the_audit_finds(&chrome).await;

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

/// Puts one fault of each kind into the page, or the audit's silence would mean nothing.
async fn the_audit_finds(chrome: &Chrome) {
    let faults = "document.querySelector('main').insertAdjacentHTML('beforeend', `
        <h1>another</h1><h4>skipped</h4><img src='/icon.svg'><input class='bare'>
        <button class='mute' aria-describedby='nothing' id='content'></button>
        <button class='tiny'>x</button><p class='pale'>pale words</p>`);
        // The site's policy refuses styles in markup, and rightly so.
        const style = (css, rules) => Object.assign(document.querySelector(css).style, rules);
        style('.mute', {width: '60px', height: '60px'});
        style('.tiny', {all: 'unset', fontSize: '8px', height: '9px', overflow: 'hidden'});
        style('.pale', {color: '#bbb', background: '#fff'});";
    chrome.script::<Option<bool>>(faults).await;
    let found: Vec<String> = chrome.script(AUDIT).await;
    for fault in [
        "first headings",
        "skips a level",
        "a picture has no words",
        "a field has no label",
        "nothing says what this does",
        "names nothing",
        "have the id content",
        "too small to hit",
        "contrast 1.9",
    ] {
        assert!(
            found.iter().any(|f| f.contains(fault)),
            "{fault:?} is not in {found:#?}"
        );
    }
}
