//! The pages in a real Chromium, as a person uses them. Whatever the browser's console has to say
//! fails the test: a page of ours has nothing to complain about.

mod accessible;
mod chrome;
mod drawing;
mod limited;
mod looks;
mod past;
mod rating;
mod store;
mod tabs;
mod teaching;
mod trouble;
mod visits;
mod waiting;

use std::time::Duration;

use tests::{Person, Stack, wait};
use thirtyfour::By;
use wire::style::StyleView;

use chrome::Chrome;

/// Which picture is on the screen.
const SHOWING: &str = "img.picture.showing";

/// A desk, and a phone held upright.
const DESK: (u32, u32) = (1440, 900);
const PHONE: (u32, u32) = (390, 844);

/// Ana has signed up and looks at a style of hers with this browser.
async fn ana_rates(stack: &Stack, chrome: &Chrome) -> (Person, wire::ids::StyleId) {
    let ana = stack.artist("ana").await;
    let style = ana
        .create_style("Dawn", &["a lake at dawn", "an old town by the sea"])
        .await;
    ana.next(style, &[]).await;
    chrome.log_in(stack, &ana).await;
    chrome
        .visit(&format!("{}/styles/{style}", stack.url()))
        .await;
    chrome.shown(SHOWING).await;
    (ana, style)
}

/// Waits until the server has this many ratings of the style.
async fn arrived(person: &Person, style: wire::ids::StyleId, ratings: u32) {
    wait::until("the ratings arrive", async || {
        let view: StyleView = person
            .get(&format!("/styles/{style}"))
            .await
            .map_err(|refused| refused.to_string())?;
        let count = view.card.ratings;
        if count == ratings {
            Ok(())
        } else {
            Err(format!("{count} of {ratings}"))
        }
    })
    .await;
}

/// Waits until the server has this many skips of the style.
async fn skipped(stack: &Stack, style: wire::ids::StyleId, skips: i64) {
    let sql = "select count(*) from ratings where style_id = $1 and stars is null";
    wait::until("the skips arrive", async || {
        match stack.database.number(sql, style.0).await {
            count if count == skips => Ok(()),
            other => Err(other),
        }
    })
    .await;
}

/// The ratings of the style in order, skips left out.
async fn stars(person: &Person, style: wire::ids::StyleId) -> Vec<u8> {
    let history = person.style(style).await.history;
    history.iter().map(|point| point.stars.get()).collect()
}

/// The address of the picture on the screen.
async fn source(chrome: &Chrome) -> String {
    let shown = chrome.shown(SHOWING).await;
    shown.attr("src").await.ok().flatten().unwrap_or_default()
}

/// Waits until a second picture lies behind the one on the screen and the page knows that it may be
/// shown: the browser has it decoded a moment before.
async fn ready_behind(chrome: &Chrome) {
    wait::until("a picture lies ready", async || {
        match chrome.driver.find(By::Css("img.picture.ready")).await {
            Ok(_) => Ok(()),
            Err(none) => Err(format!("{none:?}")),
        }
    })
    .await;
}

/// Answers the picture on the screen with a key, and waits until it is there no more: another key
/// cannot mean the same one.
async fn answer(chrome: &Chrome, key: &str) {
    let answered = source(chrome).await;
    chrome.key(key).await;
    let showing = format!("return document.querySelector('{SHOWING}')?.getAttribute('src') ?? ''");
    wait::until("the answered picture is gone", async || {
        let now: String = chrome.script(&showing).await;
        if now == answered { Err(now) } else { Ok(()) }
    })
    .await;
}

/// How long a browser may take for one command.
const COMMAND: Duration = Duration::from_mins(1);
