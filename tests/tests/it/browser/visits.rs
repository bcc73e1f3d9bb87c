//! From the front door to the account and out again.

use tests::{Stack, wait};
use wire::problem::Code;

use super::{DESK, PHONE, answer, chrome::Chrome};

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_signs_up_begins_a_style_and_finds_everything() {
    let stack = Stack::start().await;
    let mut chrome = Chrome::open(DESK).await;
    // The password that is too short.
    chrome.expect_complaint(
        "/api/v1/sign-up - Failed to load resource: the server responded with a status of 422",
    );
    let url = stack.url().to_owned();
    chrome.visit(&url).await;
    chrome.picture("home").await;

    // Whoever is not logged in is sent to log in, and comes back to where they wanted to go.
    chrome.visit(&format!("{url}/account")).await;
    chrome.at("/log-in").await;
    chrome.visit(&format!("{url}/sign-up")).await;
    chrome.picture("sign-up").await;
    chrome.fill("#name", "Ana").await;
    chrome.fill("#email", "ana@example.org").await;
    chrome.fill("#password", "short").await;
    chrome.click("button[type=submit]").await;
    chrome.says("[role=alert]", "10 characters").await;
    chrome.fill("#password", " but now long enough").await;
    chrome.click("button[type=submit]").await;
    chrome.at("/studio").await;

    chrome.picture("studio-empty").await;
    chrome.fill("#style-name", "Lakes at dawn").await;
    chrome.fill("#style-prompts", "a lake at dawn").await;
    chrome.click("button[type=submit]").await;
    chrome.shown("img.picture.showing").await;
    for key in ["5", "3"] {
        answer(&chrome, key).await;
    }
    chrome.says(".rate-progress .count", "2 ratings").await;
    wait_for_cover(&stack).await;

    for (path, name, words) in [
        ("/studio", "studio", "Lakes at dawn"),
        ("/pictures", "pictures", "5 stars"),
        ("/account", "account", "ana@example.org"),
    ] {
        chrome.visit(&format!("{url}{path}")).await;
        chrome.says("main", words).await;
        chrome.picture(name).await;
        chrome.resize(PHONE).await;
        chrome.picture(&format!("{name}-phone")).await;
        let fits = "const page = document.documentElement;
            return page.scrollWidth <= page.clientWidth;";
        assert!(
            chrome.script::<bool>(fits).await,
            "{path} is wider than a phone"
        );
        chrome.resize(DESK).await;
    }

    chrome.press_button("Log out").await;
    chrome.at("/").await;
    chrome.visit(&format!("{url}/studio")).await;
    chrome.at("/log-in").await;
    chrome.fill("#email", "ana@example.org").await;
    chrome.fill("#password", "short but now long enough").await;
    chrome.click("button[type=submit]").await;
    chrome.at("/studio").await;
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_is_looked_at_renamed_and_removed() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;
    let picture = ana.next(style, &[]).await;
    ana.rate(picture.id, 5).await;
    ana.learned(style).await;
    let chrome = Chrome::open(DESK).await;
    chrome.log_in(&stack, &ana).await;
    chrome
        .visit(&format!("{}/styles/{style}/about", stack.url()))
        .await;
    chrome.says("main", "version 1").await;
    chrome.picture("about").await;
    chrome.resize(PHONE).await;
    chrome.picture("about-phone").await;
    chrome.resize(DESK).await;

    chrome.replace("#name", "Dusk").await;
    chrome.press_button("Rename").await;
    chrome.says("h1", "Dusk").await;
    chrome.says("label[for=confirm]", "Type “Dusk”").await;
    chrome
        .replace("#prompts", "a forest in the rain\nan old town")
        .await;
    chrome.press_button("Save").await;
    chrome.says(".notice", "New pictures follow").await;
    chrome.fill("#prompts", "\nan inn").await;
    chrome.hears_no_more(".notice", "New pictures").await;
    let card = ana.style(style).await.card;
    assert_eq!(card.name, "Dusk");
    assert_eq!(card.prompts, ["a forest in the rain", "an old town"]);

    // It goes only after its name was typed.
    let finally = chrome.shown("button.danger").await;
    assert!(!finally.is_enabled().await.expect("a button"));
    chrome.fill("#confirm", "Dusk").await;
    chrome.click("button.danger").await;
    chrome.at("/studio").await;
    let gone = ana
        .get::<wire::style::StyleView>(&format!("/styles/{style}"))
        .await;
    assert!(gone.expect_err("it was removed").is(404, Code::NotFound));
    chrome.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_looked_after_and_left() {
    let stack = Stack::without_worker().await;
    let mut ana = stack.artist("ana").await;
    let mut chrome = Chrome::open(DESK).await;
    chrome.log_in(&stack, &ana).await;
    chrome.visit(&format!("{}/account", stack.url())).await;

    // Her other session, the one that signed up, is ended from here.
    ana.me().await.expect("still logged in");
    chrome
        .click("ul.rows li:not(:has(em)) button[aria-label^='End']")
        .await;
    wait::until("the other session is over", async || match ana.me().await {
        Err(refused) if refused.is(401, Code::NotLoggedIn) => Ok(()),
        other => Err(format!("{other:?}")),
    })
    .await;

    chrome.fill("#token-name", "a plugin").await;
    chrome.press_button("Make a token").await;
    let secret = chrome
        .shown(".secret code")
        .await
        .text()
        .await
        .expect("a secret");
    let script = ana.with_token(&secret);
    script
        .get::<Vec<wire::style::StyleCard>>("/styles")
        .await
        .expect("the token reads");
    chrome.reload().await;
    chrome.says("main", "a plugin").await;
    assert!(
        !chrome
            .driver
            .source()
            .await
            .expect("a page")
            .contains(&secret),
        "shown twice"
    );
    chrome.click("button[aria-label='Revoke a plugin']").await;
    wait::until("the token is revoked", async || {
        match script.get::<Vec<wire::style::StyleCard>>("/styles").await {
            Err(refused) if refused.is(401, Code::NotLoggedIn) => Ok(()),
            other => Err(format!("{other:?}")),
        }
    })
    .await;

    // A new password says whom it shuts out, before and after.
    chrome.fill("#token-name", "another plugin").await;
    chrome.press_button("Make a token").await;
    chrome.says("ul.rows", "another plugin").await;
    chrome.says("main", "revokes every access token").await;
    chrome.fill("#current-password", &ana.password).await;
    ana.password = "the new long password of ana".into();
    chrome.fill("#new-password", &ana.password).await;
    chrome.press_button("Change password").await;
    chrome.says("main", "every token is revoked").await;
    chrome.gone(".secret").await;
    wait::until("only this session is left", async || {
        let rows: u32 = chrome
            .script("return document.querySelectorAll('ul.rows li').length")
            .await;
        if rows == 1 { Ok(()) } else { Err(rows) }
    })
    .await;

    chrome.expect_complaint(
        "/api/v1/me - Failed to load resource: the server responded with a status of 401",
    );
    chrome.fill("#delete-password", "not her password").await;
    chrome.press_button("Delete everything").await;
    chrome.says("[role=alert]", "password").await;
    chrome.replace("#delete-password", &ana.password).await;
    chrome.press_button("Delete everything").await;
    chrome.at("/").await;
    let refused = ana
        .other_device()
        .log_in()
        .await
        .expect_err("nobody is left");
    assert!(refused.is(401, Code::WrongCredentials), "{refused}");
    chrome.close().await;
}

/// The studio shows a style's best picture.
async fn wait_for_cover(stack: &Stack) {
    wait::until("a rating is stored", async || {
        let sql = "select count(*) from ratings where stars is not null";
        let count: i64 = sqlx::query_scalar(sql)
            .fetch_one(&stack.database.pool)
            .await
            .unwrap_or(0);
        if count >= 2 { Ok(()) } else { Err(count) }
    })
    .await;
}
