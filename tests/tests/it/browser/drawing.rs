//! A style that starts from an artist's own drawing: chosen, sent, seen, changed, taken away.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tests::{Person, Stack, drawing::png, wait};
use thirtyfour::{By, Key};
use wire::drawing::Strength;

use super::{DESK, PHONE, SHOWING, accessible::AUDIT, chrome::Chrome, source};

/// A picture of each file that Ana has at hand.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let files = [
            ("house.png", png(900, 700)),
            ("other house.png", png(500, 500)),
            ("notes.txt", b"no picture".to_vec()),
            ("broken.png", png(90, 70)[..200].to_vec()),
            ("letter.png", b"a letter".to_vec()),
        ];
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("a file");
        }
        Self { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_begins_with_a_drawing_and_its_pictures_show_it() {
    let (stack, files) = (Stack::start().await, Desk::new());
    let ana = stack.artist("ana").await;
    let chrome = Chrome::open(DESK).await;
    chrome.log_in(&stack, &ana).await;
    chrome.fill("#style-name", "House").await;
    chrome.fill("#style-prompts", "a house by the sea").await;

    choose(&chrome, "#style-drawing", &files.file("notes.txt")).await;
    chrome
        .says("#style-drawing-problem", "“notes.txt” is no PNG")
        .await;
    choose(&chrome, "#style-drawing", &files.file("letter.png")).await;
    chrome
        .says("#style-drawing-problem", "“letter.png” cannot be read")
        .await;
    chrome.gone(".drawing-preview").await;
    choose(&chrome, "#style-drawing", &files.file("house.png")).await;
    chrome.says(".drawing-preview", "house.png").await;
    chrome
        .hears_no_more("#style-drawing-problem", "letter")
        .await;
    // The slider is moved with a key, and says what it means.
    chrome.says(".strength-said", "paints it anew").await;
    press_twice(&chrome, "#style-strength", Key::Left).await;
    chrome.says(".strength-said", "paints over it").await;
    look(&chrome, "drawing-begin").await;

    chrome.press_button("Begin a style").await;
    chrome.shown(SHOWING).await;
    chrome
        .says(".rate-drawing", "Started from your drawing")
        .await;
    let style = ana.get::<Vec<wire::style::StyleCard>>("/styles").await;
    let card = style.expect("a list").remove(0);
    let drawing = card.drawing.expect("the style has it");
    assert_eq!(Ok(drawing.strength), Strength::new(0.4));
    let picture = ana.next(card.id, &[]).await;
    assert_eq!(
        picture.provenance.drawing,
        Some(drawing),
        "not one without it"
    );
    look(&chrome, "drawing-rate").await;

    chrome.click(".rate-drawing").await;
    chrome.at(&format!("/styles/{}/about", card.id)).await;
    chrome.says("#drawing-section h2", "Drawing").await;
    look(&chrome, "drawing-about").await;
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drawing_that_does_not_arrive_is_sent_again_or_done_without() {
    let (stack, files) = (Stack::start().await, Desk::new());
    let ana = stack.artist("ana").await;
    let mut chrome = Chrome::open(PHONE).await;
    for complaint in ["ERR_BLOCKED_BY_CLIENT", "status of 422"] {
        chrome.expect_complaint(complaint);
    }
    chrome.log_in(&stack, &ana).await;
    chrome.fill("#style-name", "House").await;
    chrome.fill("#style-prompts", "a house by the sea").await;
    choose(&chrome, "#style-drawing", &files.file("house.png")).await;
    chrome.block("*/drawing*").await;
    chrome.press_button("Begin a style").await;
    chrome
        .says(
            ".begin-style .notice",
            "“House” has begun. Only its drawing is missing",
        )
        .await;
    chrome
        .says(".begin-style [role=alert]", "No connection")
        .await;
    look(&chrome, "drawing-lost").await;

    // Another file, which the server cannot read; then one that it can.
    chrome.block("nothing").await;
    choose(&chrome, "#style-drawing", &files.file("broken.png")).await;
    chrome.press_button("Send the drawing again").await;
    chrome
        .says(
            ".begin-style [role=alert]",
            "The file is damaged or cut off",
        )
        .await;
    choose(&chrome, "#style-drawing", &files.file("house.png")).await;
    chrome.press_button("Send the drawing again").await;
    chrome.shown(SHOWING).await;
    let styles = ana.get::<Vec<wire::style::StyleCard>>("/styles").await;
    let styles = styles.expect("a list");
    assert_eq!(styles.len(), 1, "it began once");
    assert!(styles[0].drawing.is_some());

    // Without it, then.
    chrome.visit(&format!("{}/studio", stack.url())).await;
    chrome.press_button("Begin a style").await;
    chrome.fill("#style-name", "Free").await;
    chrome.fill("#style-prompts", "a lake").await;
    choose(&chrome, "#style-drawing", &files.file("broken.png")).await;
    chrome.click(".begin-style button[type=submit]").await;
    chrome.press_button("Begin without it").await;
    chrome.shown(SHOWING).await;
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawing_of_a_style_is_given_changed_and_taken_away() {
    let (stack, files) = (Stack::start().await, Desk::new());
    let ana = stack.artist("ana").await;
    let style = ana.create_style("House", &["a house by the sea"]).await;
    ana.next(style, &[]).await;
    let chrome = Chrome::open(DESK).await;
    chrome.log_in(&stack, &ana).await;
    chrome
        .visit(&format!("{}/styles/{style}/about", stack.url()))
        .await;
    // Nothing is rated yet, so there is nothing that it could know.
    chrome.says("main", "nothing of your taste yet").await;
    chrome.gone(".about .mix-bars").await;
    let drawing = async || ana.style(style).await.card.drawing;

    choose(&chrome, "#drawing", &files.file("house.png")).await;
    chrome.press_button("Start from this drawing").await;
    chrome
        .says("#drawing-section .notice", "start from this drawing")
        .await;
    let first = drawing().await.expect("the style has it");
    assert_eq!(first.strength, Strength::USUAL);
    let about = format!("{}/styles/{style}/about", stack.url());
    chrome.visit(about.trim_end_matches("/about")).await;
    says_what_it_started_from(&chrome, &ana).await;
    chrome.visit(&about).await;

    press_twice(&chrome, "#strength", Key::Right).await;
    chrome.press_button("Save the strength").await;
    chrome
        .says("#drawing-section .notice", "New pictures follow it")
        .await;
    let stronger = drawing().await.map(|drawing| drawing.strength);
    assert_eq!(stronger, Strength::new(0.8).ok());

    choose(&chrome, "#drawing", &files.file("other house.png")).await;
    chrome.press_button("Start from this drawing").await;
    let shown = format!("img[src*='{}']", first.blob);
    chrome.gone(&shown).await;
    let second = drawing().await.expect("the style has it");
    assert_ne!(second.blob, first.blob);
    assert_eq!(Ok(second.strength), Strength::new(0.8));

    chrome.press_button("Remove the drawing").await;
    chrome
        .says("#drawing-section .notice", "start from nothing")
        .await;
    assert_eq!(drawing().await, None);
    chrome.close().await;
}

/// The caption is about the picture on the screen, not about what the next ones start from.
async fn says_what_it_started_from(chrome: &Chrome, ana: &Person) {
    let source = source(chrome).await;
    let path = source
        .trim_start_matches("/api/v1")
        .trim_end_matches("/bytes");
    let card = ana.get::<wire::image::ImageCard>(path).await;
    let started = card.expect("the picture on the screen").provenance.drawing;
    let says = "return document.querySelector('.rate-drawing') !== null";
    assert_eq!(chrome.script::<bool>(says).await, started.is_some());
}

/// Gives a file to a field, as the browser's own window for files does.
async fn choose(chrome: &Chrome, css: &str, file: &Path) {
    // The field itself is hidden behind its label.
    let field = wait::until("there is a field", async || {
        let found = chrome.driver.find(By::Css(css)).await;
        found.map_err(|error| format!("{error:?}"))
    });
    let file = file.to_string_lossy();
    field
        .await
        .send_keys(&*file)
        .await
        .expect("the file is chosen");
}

async fn press_twice(chrome: &Chrome, css: &str, key: Key) {
    let slider = chrome.shown(css).await;
    for _ in 0..2 {
        slider
            .send_keys(key.clone() + "")
            .await
            .expect("the key is pressed");
    }
}

/// Keeps the page as it is, on a phone and on a desk, in light and in dark, and lets a program judge
/// what it can.
async fn look(chrome: &Chrome, name: &str) {
    for (size, width) in [(PHONE, "phone"), (DESK, "desk")] {
        for scheme in ["light", "dark"] {
            chrome.resize(size).await;
            chrome.prefer(scheme).await;
            let faults: Vec<String> = chrome.script(AUDIT).await;
            assert!(faults.is_empty(), "{name} {width} {scheme}: {faults:#?}");
            let tall = "return document.documentElement.scrollHeight";
            chrome.resize((size.0, chrome.script(tall).await)).await;
            chrome
                .picture(&format!("looks/{name}-{width}-{scheme}"))
                .await;
        }
    }
    chrome.prefer("light").await;
    chrome.resize(DESK).await;
}
