//! Rating in the browser: by keys, by thumb, without a connection, and back again.

use tests::{Stack, wait};

use super::{
    DESK, PHONE, SHOWING, ana_rates, answer, arrived, chrome::Chrome, ready_behind, skipped,
    source, stars,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_shows_the_next_picture_at_once_and_the_bars_move() {
    let stack = Stack::start().await;
    let chrome = Chrome::open(DESK).await;
    let (ana, style) = ana_rates(&stack, &chrome).await;
    chrome.says(".mix-headline", "Rate a picture").await;
    chrome.picture("rate-desk").await;
    let mut seen = vec![source(&chrome).await];

    for key in ["5", "1", "4"] {
        ready_behind(&chrome).await;
        // One script, so that nothing can happen in between: the key, and what is shown then.
        let next: String = chrome
            .script(&format!(
                "window.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}));
                 return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
                     done(document.querySelector('{SHOWING}')?.src ?? 'nothing'))));"
            ))
            .await;
        assert!(next.contains("/api/v1/images/"), "after {key}: {next}");
        assert!(
            !seen.contains(&next),
            "after {key} the same picture is shown: {next}"
        );
        seen.push(next);
    }
    chrome.says(".mix-headline", "%").await;
    chrome.says(".rate-progress .count", "3 ratings").await;
    chrome.picture("rate-desk-after-three").await;
    arrived(&ana, style, 3).await;
    ana.learned(style).await;
    assert_eq!(stars(&ana, style).await, [5, 1, 4]);

    // A reload shows what is known, and none of the rated ones again.
    chrome.reload().await;
    chrome.says(".rate-progress .count", "3 ratings").await;
    let now = source(&chrome).await;
    assert!(!seen[..3].contains(&now), "{now} was rated before");

    // Skip and undo.
    chrome.key("s").await;
    skipped(&stack, style, 1).await;
    chrome.key("u").await;
    chrome.says(".notice", "Taken back").await;
    assert_eq!(source(&chrome).await, now);

    chrome.key("?").await;
    chrome.shown("dialog[open]").await;
    chrome.picture("rate-keys").await;
    // Under the list of keys nothing is rated: the next rating is the next in the log.
    chrome.key("3").await;
    chrome.key("?").await;
    answer(&chrome, "2").await;
    arrived(&ana, style, 4).await;
    assert_eq!(stars(&ana, style).await, [5, 1, 4, 2]);
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_switched_off_rate_nothing() {
    let stack = Stack::start().await;
    let chrome = Chrome::open(DESK).await;
    let (ana, style) = ana_rates(&stack, &chrome).await;
    chrome.press_button("Keys").await;
    chrome.click(".key-switch").await;
    chrome.picture("rate-keys-off").await;
    chrome.press_button("Close").await;
    // On this page, and after it is loaded again.
    for (stars, button) in [(vec![2], 2), (vec![2, 3], 3)] {
        chrome.shown(SHOWING).await;
        // Nothing says that there are keys.
        chrome
            .gone(".rate-keys kbd, .rate-keys [aria-keyshortcuts]")
            .await;
        chrome.key("5").await;
        chrome
            .click(&format!(".star-key:nth-of-type({button})"))
            .await;
        arrived(&ana, style, stars.len() as u32).await;
        assert_eq!(super::stars(&ana, style).await, stars);
        chrome.reload().await;
    }
    // And on again.
    chrome.press_button("Keys").await;
    chrome.click(".key-switch").await;
    chrome.press_button("Close").await;
    chrome.shown(".rate-keys kbd").await;
    answer(&chrome, "5").await;
    arrived(&ana, style, 3).await;
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_everything_fits_and_a_thumb_rates() {
    let stack = Stack::start().await;
    let chrome = Chrome::open(PHONE).await;
    let (ana, style) = ana_rates(&stack, &chrome).await;
    chrome.picture("rate-phone").await;
    chrome.prefer("dark").await;
    chrome.picture("rate-phone-dark").await;
    chrome.prefer("light").await;

    let fits = "const page = document.documentElement;
        return page.scrollWidth <= page.clientWidth;";
    assert!(
        chrome.script::<bool>(fits).await,
        "the page is wider than the phone"
    );
    // Picture and keys share the screen.
    let reachable = "const inside = box => box.top >= 0 && box.bottom <= innerHeight + 1
            && box.left >= 0 && box.right <= innerWidth + 1;
        return ['img.picture.showing', '.rate-progress a', ...[1,2,3,4,5].map(n => `.star-key:nth-of-type(${n})`)]
            .filter(css => !inside(document.querySelector(css).getBoundingClientRect()));";
    let outside: Vec<String> = chrome.script(reachable).await;
    assert_eq!(
        outside,
        Vec::<String>::new(),
        "out of reach without scrolling"
    );

    let first = source(&chrome).await;
    ready_behind(&chrome).await;
    chrome.click(".star-key:nth-of-type(4)").await;
    wait::until("the next picture is shown", async || {
        let now = source(&chrome).await;
        if now == first {
            Err("the same")
        } else {
            Ok(())
        }
    })
    .await;
    arrived(&ana, style, 1).await;
    assert_eq!(ana.style(style).await.history[0].stars.get(), 4);
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_low_window_the_rest_of_the_page_is_below_the_keys() {
    let stack = Stack::start().await;
    let chrome = Chrome::open(DESK).await;
    ana_rates(&stack, &chrome).await;
    // A phone on its side, a desk at twice and at four times its size, the smallest phone.
    for size in [(844, 390), (720, 450), (360, 225), (320, 568)] {
        chrome.resize(size).await;
        chrome.shown(SHOWING).await;
        chrome.picture(&format!("rate-low-{}", size.0)).await;
        let out: Vec<String> = chrome.script(OUT_OF_REACH).await;
        assert_eq!(out, Vec::<String>::new(), "out of reach at {size:?}");
    }
    chrome.close().await;
}

/// What is not there, beside the window, or where no scrolling leads.
const OUT_OF_REACH: &str = "const {scrollWidth, scrollHeight} = document.documentElement;
    const out = ['img.picture.showing', '.foreseen-line', '.mix-change', '.rate-progress .count',
        '.rate-progress a', '.rate-skip', ...[1,2,3,4,5].map(n => `.star-key:nth-of-type(${n})`)]
        .filter(css => {
            const box = document.querySelector(css).getBoundingClientRect();
            return box.width === 0 || box.height === 0 || box.left < 0 || box.right > innerWidth + 1
                || box.bottom + scrollY > scrollHeight + 1;
        });
    return scrollWidth > innerWidth ? [...out, 'the page is too wide'] : out;";

#[tokio::test(flavor = "multi_thread")]
async fn a_click_without_a_connection_is_kept_over_a_reload_and_sent_once() {
    let mut stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_lost_connections();
    let (ana, style) = ana_rates(&stack, &chrome).await;
    ready_behind(&chrome).await;

    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    chrome.key("5").await;
    chrome.key("2").await;
    chrome
        .says(".notice", "2 ratings wait for the connection")
        .await;
    chrome.picture("rate-offline").await;
    stack.restart_server(0).await;
    arrived(&ana, style, 2).await;
    chrome.says(".rate-progress .count", "2 ratings").await;

    // Again, and this time the page itself goes before the server is back.
    ready_behind(&chrome).await;
    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    chrome.key("4").await;
    chrome
        .says(".notice", "1 rating waits for the connection")
        .await;
    chrome
        .driver
        .goto("about:blank")
        .await
        .expect("the page is left");
    stack.restart_server(0).await;
    assert_eq!(ana.style(style).await.card.ratings, 2);
    chrome
        .visit(&format!("{}/styles/{style}", stack.url()))
        .await;
    arrived(&ana, style, 3).await;
    assert_eq!(stars(&ana, style).await, [5, 2, 4]);
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_finished_before_the_page_hears_news_is_not_missed() {
    let mut stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.expect_complaint("ERR_BLOCKED_BY_CLIENT");
    let (ana, style) = ana_rates(&stack, &chrome).await;
    ready_behind(&chrome).await;
    stack.workers[0].kill().expect("the worker is killed");
    ana.skip(ana.next(style, &[]).await.id).await;
    let only = ana.next(style, &[]).await.id;

    chrome.block("*/api/v1/live*").await;
    chrome.reload().await;
    chrome.shown(SHOWING).await;
    stack.workers[0].start().expect("the worker starts again");
    ana.next(style, &[only]).await;
    chrome.block("nothing").await;
    ready_behind(&chrome).await;
    chrome.close().await;
}
