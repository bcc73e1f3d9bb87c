//! The pages in a real Chromium, as a person uses them. Whatever the browser's console has to say
//! fails the test: a page of ours has nothing to complain about.

mod accessible;
mod chrome;
mod rating;
mod teaching;
mod visits;

use std::time::Duration;

use tests::{Person, Stack, wait};

use chrome::Chrome;

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
    chrome.shown("img.picture.showing").await;
    (ana, style)
}

/// Waits until the server has this many ratings of the style.
async fn arrived(person: &Person, style: wire::ids::StyleId, ratings: u32) {
    wait::until("the ratings arrive", async || {
        let count = person.style(style).await.card.ratings;
        if count == ratings {
            Ok(())
        } else {
            Err(format!("{count} of {ratings}"))
        }
    })
    .await;
}

/// How long a browser may take for one command.
const COMMAND: Duration = Duration::from_mins(1);
