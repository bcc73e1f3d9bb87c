//! The first admin comes by a link that works once.

use tests::Stack;
use wire::{
    account::{Me, Role, Scope},
    problem::Code,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_admin_signs_up_with_a_link_that_works_once() {
    let stack = Stack::without_worker().await;
    let link = stack.servers[0]
        .program
        .run(&["admin-link"])
        .expect("a link is printed");
    let (address, invitation) = link.split_once("/sign-up?invitation=").expect("a link");
    assert_eq!(address, stack.url());

    let adam = stack.stranger("adam");
    let mut account = serde_json::json!({
        "email": adam.email, "password": adam.password, "name": "Adam", "invitation": invitation,
    });
    let me: Me = adam
        .post("/sign-up", &account)
        .await
        .expect("he is invited");
    assert_eq!(me.role, Role::Admin);

    account["email"] = "eve@example.org".into();
    let eve = stack.stranger("eve");
    let refused = eve
        .post::<Me>("/sign-up", &account)
        .await
        .expect_err("the link is spent");
    assert!(refused.is(409, Code::InvitationSpent), "{refused}");
    assert!(
        eve.log_in().await.is_err(),
        "no account was made on the way"
    );
    let none = stack.servers[0]
        .program
        .run(&["admin-link"])
        .expect("nothing is printed");
    assert_eq!(none, "");

    let request = adam
        .request(reqwest::Method::GET, "/metrics")
        .send()
        .await
        .expect("an answer");
    assert_eq!(request.status(), 200);
    let text = request.text().await.expect("text");
    assert!(
        text.lines().any(|line| line.starts_with("# TYPE ")),
        "{text}"
    );
    // Nobody else may make a token for it.
    let ana = stack.artist("ana").await;
    let wish = serde_json::json!({"name": "metrics", "scopes": [Scope::Metrics]});
    let refused = ana.post::<serde_json::Value>("/me/tokens", &wish).await;
    assert!(refused.expect_err("not hers").is(403, Code::NotAllowed));
    assert_eq!(
        adam.make_token(&[Scope::Metrics]).await.card.scopes,
        [Scope::Metrics]
    );
}
