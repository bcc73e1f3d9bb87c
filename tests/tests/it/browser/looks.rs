//! Every page as a person sees it, on a phone and on a desk, in light and in dark: the pictures are
//! for people to look at. What a program can judge is judged: nothing is wider than the screen.

use tests::Stack;

use super::{PHONE, ana_rates, chrome::Chrome, ready_behind};

/// A small desk.
const LAPTOP: (u32, u32) = (1280, 800);

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_a_phone_and_a_desk_in_light_and_in_dark() {
    let stack = Stack::start().await;
    let mut chrome = Chrome::open(LAPTOP).await;
    chrome.expect_complaint("/no/such/page - Failed to load");
    let url = stack.url().to_owned();
    let strangers = [
        ("/", "home"),
        ("/log-in", "log-in"),
        ("/sign-up", "sign-up"),
        ("/no/such/page", "not-found"),
    ];
    look(&chrome, &url, &strangers).await;

    let ben = stack.artist("ben").await;
    chrome.log_in(&stack, &ben).await;
    let empty = [("/studio", "studio-empty"), ("/pictures", "pictures-empty")];
    look(&chrome, &url, &empty).await;
    chrome.visit(&format!("{url}/account")).await;
    chrome.press_button("Log out").await;
    chrome.at("/").await;

    let (ana, style) = ana_rates(&stack, &chrome).await;
    ready_behind(&chrome).await;
    for stars in [5, 2, 4, 1, 5, 3, 4, 5] {
        let picture = ana.next(style, &[]).await;
        ana.rate(picture.id, stars).await;
    }
    ana.learned(style).await;
    ana.create_style("An old town by the sea, in winter", &["an old town"])
        .await;
    // Nothing keeps an artist from a word of 80 letters.
    let word = "W".repeat(80);
    let long = ana.create_style(&word, &[&word]).await;
    ana.next(long, &[]).await;
    let (long_rate, long_about) = (format!("/styles/{long}"), format!("/styles/{long}/about"));
    let (rate, about) = (format!("/styles/{style}"), format!("/styles/{style}/about"));
    let hers = [
        ("/studio", "studio"),
        ("/pictures", "pictures"),
        ("/account", "account"),
        (rate.as_str(), "rate"),
        (about.as_str(), "about"),
        (long_rate.as_str(), "rate-long-word"),
        (long_about.as_str(), "about-long-word"),
    ];
    look(&chrome, &url, &hers).await;
    chrome.close().await;
}

async fn look(chrome: &Chrome, url: &str, pages: &[(&str, &str)]) {
    for (size, width) in [(PHONE, "phone"), (LAPTOP, "desk")] {
        chrome.resize(size).await;
        for scheme in ["light", "dark"] {
            chrome.prefer(scheme).await;
            for (path, name) in pages {
                chrome.visit(&format!("{url}{path}")).await;
                let seen = chrome.script::<bool>(SEEN).await;
                assert!(seen, "{path} shows its pictures");
                // All of it, as if the window were as tall as the page.
                let tall = "return document.documentElement.scrollHeight";
                chrome.resize((size.0, chrome.script(tall).await)).await;
                let file = format!("looks/{name}-{width}-{scheme}");
                chrome.picture(&file).await;
                chrome.resize(size).await;
                let fits = "const page = document.documentElement;
                    return page.scrollWidth <= page.clientWidth;";
                let fits = chrome.script::<bool>(fits).await;
                assert!(fits, "{path} is wider than a {width}");
            }
        }
    }
}

/// Once every picture that can be seen is loaded.
const SEEN: &str = "return Promise.all([...document.images]
    .filter(image => image.loading !== 'lazy' && image.checkVisibility())
    .map(image => image.decode())).then(() => true, () => false);";
