//! An answer of long ago, changed and taken back among my pictures, and by U where pictures are rated.

use tests::{Stack, wait};

use super::{
    DESK, PHONE, SHOWING, ana_rates, answer, arrived, chrome::Chrome, ready_behind, skipped,
};

/// The line that says what came of a change.
const SAYS: &str = ".answer .notice";

#[tokio::test(flavor = "multi_thread")]
async fn a_past_rating_is_changed_by_a_key_and_taken_back_by_a_thumb() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    for stars in [5, 2, 4] {
        let picture = ana.next(style, &[]).await.id;
        ana.rate(picture, stars).await;
    }
    let before = ana.learned(style).await;
    let chrome = Chrome::open(DESK).await;
    chrome.log_in(&stack, &ana).await;
    let pictures = format!("{}/pictures?style={style}", stack.url());
    chrome.visit(&pictures).await;

    // The oldest picture comes last.
    chrome.click(".thumbs li:last-child button").await;
    chrome.says(".fact-list", "5 stars").await;
    chrome.key("1").await;
    chrome.says(SAYS, "Done. Version 4").await;
    chrome.says(SAYS, "made twice").await;
    chrome.says(".fact-list", "1 star").await;
    chrome.says(".thumbs li:last-child", "1 star").await;
    chrome.picture("past-rating").await;
    let after = ana.learned(style).await;
    let stars = |view: &wire::style::StyleView| -> Vec<u8> {
        view.history.iter().map(|point| point.stars.get()).collect()
    };
    assert_eq!(
        (stars(&before), stars(&after)),
        (vec![5, 2, 4], vec![1, 2, 4])
    );

    chrome.resize(PHONE).await;
    chrome.picture("past-rating-phone").await;
    chrome.prefer("dark").await;
    chrome.picture("past-rating-phone-dark").await;
    let fits = "const page = document.documentElement, panel = document.querySelector('dialog');
        return page.scrollWidth <= page.clientWidth && panel.scrollWidth <= panel.clientWidth;";
    assert!(chrome.script::<bool>(fits).await, "wider than a phone");
    chrome.press_button("Take it back").await;
    chrome.says(SAYS, "Done. Version 5").await;
    chrome.says(".fact-list", "not rated").await;
    let view = ana.learned(style).await;
    assert_eq!(stars(&view), [2, 4]);
    assert_eq!(view.policy, Some(stack.replay(&ana.log(style).await)));
    // Whoever looks at the style later is told as well.
    chrome
        .visit(&format!("{}/styles/{style}/about", stack.url()))
        .await;
    chrome.says("main", "was learned anew").await;
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn u_takes_ratings_back_that_were_learned_from_one_after_the_other() {
    let stack = Stack::start().await;
    let chrome = Chrome::open(DESK).await;
    let (ana, style) = ana_rates(&stack, &chrome).await;
    for (count, key) in [(1, "5"), (2, "1")] {
        answer(&chrome, key).await;
        arrived(&ana, style, count).await;
        ana.learned(style).await;
    }
    for left in [1, 0] {
        chrome.key("u").await;
        chrome
            .says(".rate-notes .notice", "as if you had never given it")
            .await;
        arrived(&ana, style, left).await;
        let view = ana.learned(style).await;
        assert_eq!(view.policy, Some(stack.replay(&ana.log(style).await)));
        // The line goes with the next answer, so the second undo is told of anew.
        chrome.key("s").await;
        skipped(&stack, style, 1).await;
        chrome.key("u").await;
        chrome.says(".rate-notes .notice", "Rate it again").await;
    }
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_taken_back_elsewhere_are_asked_for_again_where_they_were_rated() {
    let stack = Stack::start().await;
    let chrome = Chrome::open(DESK).await;
    let (ana, style) = ana_rates(&stack, &chrome).await;
    for key in ["5", "2"] {
        answer(&chrome, key).await;
    }
    arrived(&ana, style, 2).await;
    ready_behind(&chrome).await;
    let rated = ana.style(style).await.history;
    for point in &rated {
        ana.undo(point.image).await.expect("it is taken back");
    }

    // Behind what was waiting meanwhile there is nothing but what was taken back.
    wait::until("both are rated again", async || {
        chrome.shown(SHOWING).await;
        chrome.key("1").await;
        let log = ana.style(style).await.history;
        let is_back = |image| log.iter().any(|point| point.image == image);
        match rated.iter().find(|point| !is_back(point.image)) {
            Some(point) => Err(format!("{} is not, of {}", point.image, log.len())),
            None => Ok(()),
        }
    })
    .await;
    chrome.close().await;
}
