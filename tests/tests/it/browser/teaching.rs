//! More than stars: a tap, a forecast revealed, a learner chosen, and what the style knows by now.

use tests::{Person, Stack, wait};
use wire::{
    ids::StyleId,
    learning::{Hint, LearnerKind, TasteState},
    mix::Mix,
    style::VersionView,
    taxonomy::Dimension,
};

use super::{DESK, PHONE, ana_rates, arrived, chrome::Chrome};

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_says_what_made_it_so_and_the_forecast_is_revealed_after_the_stars() {
    let stack = Stack::start().await;
    let chrome = Chrome::open(DESK).await;
    let (ana, style) = ana_rates(&stack, &chrome).await;
    chrome.says(".foreseen-line", "before you rate").await;

    for (key, said) in [
        ("q", "because of its color"),
        ("q", "despite its color"),
        ("q", "What made it so?"),
        ("w", "because of its style"),
        ("e", "because of its mood"),
        ("e", "despite its mood"),
    ] {
        chrome.key(key).await;
        chrome.says(".tap-line", said).await;
    }
    chrome.picture("teach-desk-tapped").await;
    chrome.key("5").await;
    chrome.says(".foreseen-line", "you gave 5").await;
    chrome.says(".tap-line", "What made it so?").await;
    arrived(&ana, style, 1).await;
    assert_eq!(
        hint_of(&ana, style, 0).await,
        Some(hint(Dimension::Mood, false))
    );

    // Without a tap nothing is said, and the next picture begins without one.
    chrome.shown("img.picture.showing").await;
    chrome.key("2").await;
    arrived(&ana, style, 2).await;
    assert_eq!(hint_of(&ana, style, 1).await, None);
    chrome.says(".foreseen-running", "stars off").await;
    ana.learned(style).await;
    chrome.shown("img.picture.showing").await;
    looked_at(&chrome, "teach", "h1").await;

    chrome.resize(PHONE).await;
    chrome.shown("img.picture.showing").await;
    chrome.click(".tap-key:nth-of-type(4)").await;
    chrome.click(".star-key:nth-of-type(1)").await;
    arrived(&ana, style, 3).await;
    assert_eq!(
        hint_of(&ana, style, 2).await,
        Some(hint(Dimension::Composition, false))
    );
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_learner_is_chosen_by_its_curve_and_named_ever_after() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let chrome = Chrome::open(DESK).await;
    chrome.log_in(&stack, &ana).await;
    chrome.says("summary", "ppo, unless").await;
    chrome.click("summary").await;
    chrome
        .shown(".learner:nth-of-type(11) .learner-curve")
        .await;
    looked_at(&chrome, "learners", "summary").await;

    chrome.click("input[value='hill-climb']").await;
    chrome.says("summary", "hill-climb").await;
    chrome.fill("#style-name", "Uphill").await;
    chrome.fill("#style-prompts", "a lake at dawn").await;
    chrome.click("button[type=submit]").await;
    chrome.shown("img.picture.showing").await;
    let styles: Vec<wire::style::StyleCard> = ana.get("/styles").await.expect("a list");
    assert_eq!(styles[0].learner, LearnerKind::HillClimb);

    // It foresees nothing, and says so.
    chrome.key("4").await;
    chrome.says(".foreseen-line", "does not guess").await;
    let about = format!("{}/styles/{}/about", stack.url(), styles[0].id);
    chrome.visit(&about).await;
    chrome.says("main", "hill-climb").await;
    chrome.says("main", "prior built-in/1").await;
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_shows_what_it_knows_rating_by_rating() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana
        .create_style("Warm", &["a lake at dawn", "an old town by the sea"])
        .await;
    rate_warm(&ana, style, 12).await;
    let view = ana.learned(style).await;
    let newest = view.card.version.expect("versions");
    let change: VersionView = ana
        .get(&format!("/styles/{style}/versions/{newest}"))
        .await
        .expect("the newest version");
    assert_eq!(Some(&change.insight), view.insight.as_ref());
    let before = change.before.expect("what it knew before");
    assert_eq!(before.number, newest - 1);
    assert_ne!(before.insight, change.insight);
    let insight = view.insight.expect("what the newest version knows");
    assert!(insight.effects.is_some() && insight.best.len() == 2);
    assert_eq!(insight.scenes.len(), 8);

    let chrome = Chrome::open(DESK).await;
    chrome.log_in(&stack, &ana).await;
    // Twelve ratings may or may not settle it; the page says what the API says.
    let (word, said) = match view.card.state.expect("ppo can tell") {
        TasteState::Settled => ("settled", "Settled"),
        TasteState::StillLearning => ("still learning", "Still learning"),
        TasteState::Moving => ("moving", "moving"),
        TasteState::Indifferent => ("makes a difference", "Nothing makes a difference"),
        TasteState::Displeased => ("nothing pleases", "Nothing pleases"),
    };
    chrome.says(".cover-facts", word).await;
    chrome
        .visit(&format!("{}/styles/{style}/about", stack.url()))
        .await;
    chrome.says(".state", said).await;
    chrome.says(".effects", "warm").await;
    chrome.says(".best-mixes", "an old town by the sea").await;
    chrome.says(".scenes", "still life").await;
    chrome.shown(".step-picture img").await;
    for (name, at) in [
        ("knows", "h1"),
        ("knows-pairs", ".effects"),
        ("knows-steps", ".step-keys"),
        ("knows-rest", ".foresights"),
    ] {
        looked_at(&chrome, name, at).await;
    }

    chrome
        .says(".step-keys", &format!("{newest} of {newest}"))
        .await;
    chrome.press_button("Earlier").await;
    chrome
        .says(".step-keys", &format!("{} of {newest}", newest - 1))
        .await;
    let earlier = view
        .history
        .iter()
        .find(|p| p.learned_in == Some(newest - 1));
    let source = format!("/api/v1/images/{}/bytes", earlier.expect("rated").image);
    chrome
        .shown(&format!(".step-picture img[src='{source}']"))
        .await;
    chrome
        .says("h3", "What each value added or took then")
        .await;

    // At the end of the way the key is still the one that was pressed.
    chrome.press_button("Later").await;
    chrome
        .shown(".step-keys button:last-child[aria-disabled]")
        .await;
    let focused: String = chrome
        .script("return document.activeElement.textContent")
        .await;
    assert_eq!(focused, "Later");
    chrome.close().await;
}

/// Gives stars by how warm the picture is.
async fn rate_warm(ana: &Person, style: StyleId, ratings: u32) {
    while ana.style(style).await.card.ratings < ratings {
        let picture = ana.next(style, &[]).await;
        ana.rate(picture.id, stars(&picture.mix)).await;
        ana.learned(style).await;
    }
}

fn stars(mix: &Mix) -> u8 {
    (1.0 + 4.0 * mix.rows()[Dimension::Color.index()][0]).round() as u8
}

const fn hint(dimension: Dimension, liked: bool) -> Hint {
    Hint { dimension, liked }
}

async fn hint_of(ana: &Person, style: StyleId, place: usize) -> Option<Hint> {
    wait::until("the rating is in the log", async || {
        let view = ana.style(style).await;
        view.history.get(place).map(|point| point.hint).ok_or(place)
    })
    .await
}

/// Pictures of the page for whoever wants to look: desk and phone, light and dark, and it must fit.
async fn looked_at(chrome: &Chrome, name: &str, at: &str) {
    for (size, place) in [(PHONE, "phone"), (DESK, "desk")] {
        chrome.resize(size).await;
        let scroll = format!("document.querySelector('{at}').scrollIntoView();");
        chrome.script::<Option<bool>>(&scroll).await;
        for scheme in ["dark", "light"] {
            chrome.prefer(scheme).await;
            chrome.picture(&format!("{name}-{place}-{scheme}")).await;
        }
        let fits = "const page = document.documentElement;
            return page.scrollWidth <= page.clientWidth;";
        assert!(
            chrome.script::<bool>(fits).await,
            "{name} is wider than a {place}"
        );
    }
}
