//! Signing up, logging in, staying logged in, and leaving without a trace.

mod bounds;
mod cookies;
mod leaving;
mod limits;
mod roles;
mod sessions;

use tests::Stack;
use wire::{account::Scope, problem::Code};

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_made_once_and_left_and_entered_again() {
    let stack = Stack::without_worker().await;
    let ana = stack.stranger("ana");
    let refused = ana.me().await.expect_err("nobody is logged in");
    assert!(refused.is(401, Code::NotLoggedIn), "{refused}");
    let me = ana.sign_up().await;
    assert_eq!(
        (me.name.as_str(), me.email.as_str()),
        ("ana", "ana@example.org")
    );
    assert_eq!(ana.me().await.expect("logged in"), me);

    let twin = stack.stranger("ANA");
    let account = serde_json::json!({"email": " Ana@Example.org", "password": "a long password", "name": "A"});
    let refused = twin
        .post::<wire::account::Me>("/sign-up", &account)
        .await
        .expect_err("taken");
    assert!(refused.is(409, Code::EmailTaken), "{refused}");

    ana.post::<()>("/log-out", &()).await.expect("logged out");
    assert!(
        ana.me()
            .await
            .expect_err("logged out")
            .is(401, Code::NotLoggedIn)
    );
    assert_eq!(ana.log_in().await.expect("logged in again"), me);

    // Neither the answer nor its words tell which of the two was wrong.
    let mut wrong = ana.other_device();
    wrong.password = "another password".into();
    let password = wrong.log_in().await.expect_err("a wrong password");
    let email = stack
        .stranger("nobody")
        .log_in()
        .await
        .expect_err("an unknown e-mail");
    assert!(password.is(401, Code::WrongCredentials), "{password}");
    assert_eq!(password, email);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_account_is_refused_with_words() {
    let stack = Stack::without_worker().await;
    let ana = stack.stranger("ana");
    for (field, email, password, name) in [
        ("e-mail", "ana", "a long password", "Ana"),
        ("password", "ana@example.org", "short", "Ana"),
        ("password", "ana@example.org", "ana@example.org", "Ana"),
        ("password", "ana@example.org", "aaaaaaaaaaaaaaa", "Ana"),
        ("name", "ana@example.org", "a long password", "  "),
    ] {
        let account = serde_json::json!({"email": email, "password": password, "name": name});
        let refused = ana.post::<wire::account::Me>("/sign-up", &account).await;
        let refused = refused.expect_err(field);
        assert!(refused.is(422, Code::Invalid), "{refused}");
        assert!(refused.problem.detail.contains(field), "{field}: {refused}");
    }
    let refused = ana
        .post::<wire::account::Me>("/sign-up", &"x".repeat(70_000))
        .await;
    assert!(refused.expect_err("too large").is(413, Code::TooLarge));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_every_other_session_and_revokes_every_token() {
    let stack = Stack::without_worker().await;
    let mut ana = stack.artist("ana").await;
    let phone = ana.other_device();
    phone.log_in().await.expect("logged in on the phone");
    let script = phone.with_token(&phone.make_token(&[Scope::Read]).await.secret);

    let change = serde_json::json!({"current": "not it", "new": "the new password of ana"});
    let refused = ana
        .put::<()>("/me/password", &change)
        .await
        .expect_err("not the password");
    assert!(refused.is(401, Code::WrongCredentials), "{refused}");
    let styles = async || script.get::<Vec<wire::style::StyleCard>>("/styles").await;
    styles().await.expect("the token is good");
    let change = serde_json::json!({"current": ana.password, "new": "the new password of ana"});
    ana.put::<()>("/me/password", &change)
        .await
        .expect("the password is changed");

    ana.me().await.expect("this session goes on");
    let refused = styles().await.expect_err("revoked");
    assert!(refused.is(401, Code::NotLoggedIn), "{refused}");
    assert!(
        phone
            .me()
            .await
            .expect_err("ended")
            .is(401, Code::NotLoggedIn)
    );
    assert!(
        phone
            .log_in()
            .await
            .expect_err("the old one")
            .is(401, Code::WrongCredentials)
    );
    ana.password = "the new password of ana".into();
    ana.other_device()
        .log_in()
        .await
        .expect("the new one opens");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_does_what_its_scopes_say_until_it_is_revoked() {
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let made = ana.make_token(&[Scope::Read, Scope::Write]).await;
    assert!(made.secret.starts_with("atelier_"), "{}", made.secret);
    assert_eq!(made.card.used_ms, None);

    let script = ana.with_token(&made.secret);
    let style = script.create_style("By script", &["a lake at dawn"]).await;
    assert_eq!(ana.style(style).await.card.name, "By script");
    let listed: Vec<wire::account::TokenCard> = ana.get("/me/tokens").await.expect("a list");
    assert!(listed[0].used_ms.is_some());

    // The rows hold a hash of the secret, never the secret.
    let secret = made.secret.trim_start_matches("atelier_");
    let rows: Vec<String> = sqlx::query_scalar("select access_tokens::text from access_tokens")
        .fetch_all(&stack.database.pool)
        .await
        .expect("the rows");
    assert!(rows.iter().all(|row| !row.contains(secret)), "{rows:?}");

    ana.delete(&format!("/me/tokens/{}", made.card.id))
        .await
        .expect("the token is revoked");
    let refused = script
        .get::<Vec<wire::style::StyleCard>>("/styles")
        .await
        .expect_err("revoked");
    assert!(refused.is(401, Code::NotLoggedIn), "{refused}");
}
