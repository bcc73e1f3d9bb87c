//! The first admin comes by a link that works once, and says what everybody else may do.

use serde_json::json;
use tests::{Answer, Person, Stack};
use wire::{
    account::{ArtistCard, Me, Role, Scope},
    page::Page,
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

#[tokio::test(flavor = "multi_thread")]
async fn of_all_links_to_become_an_admin_only_the_newest_works_and_only_once() {
    let stack = Stack::without_worker().await;
    let old = invitation(&stack);
    let new = invitation(&stack);
    let refused = come_with(&stack, "eve", &old).await;
    let refused = refused.expect_err("a newer one was given");
    assert!(refused.is(409, Code::InvitationSpent), "{refused}");

    // Were both good, as two processes may see it that give them at once, one would be.
    set_invitations(&stack, Role::Artist).await;
    let newest = invitation(&stack);
    set_invitations(&stack, Role::Admin).await;
    let (adam, eve) = tokio::join!(
        come_with(&stack, "adam", &new),
        come_with(&stack, "eve", &newest)
    );
    assert_ne!(adam.is_ok(), eve.is_ok(), "{adam:?} {eve:?}");
    let refused = adam.and(eve).expect_err("one of them came too late");
    assert!(refused.is(409, Code::InvitationSpent), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_makes_nobody_an_admin_where_somebody_is_one_by_now() {
    let stack = Stack::without_worker().await;
    let link = invitation(&stack);
    let ana = stack.artist("ana").await.me().await.expect("logged in").id;
    let sql = "update artists set role = 'admin' where id = $1";
    let made = sqlx::query(sql).bind(ana.0).execute(&stack.database.pool);
    made.await.expect("ana is given the role");
    let refused = come_with(&stack, "eve", &link).await;
    let refused = refused.expect_err("there is an admin");
    assert!(refused.is(409, Code::InvitationSpent), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sees_who_is_here_and_says_what_each_may_do() {
    let stack = Stack::without_worker().await;
    let adam = admin(&stack).await;
    let (ana, ben) = (stack.artist("ana").await, stack.artist("ben").await);
    let anas = ana.me().await.expect("logged in").id;
    let adams = adam.me().await.expect("logged in").id;

    let first: Page<ArtistCard> = adam.get("/admin/artists?limit=2").await.expect("a page");
    let next = first.next.clone().expect("three are here");
    let path = format!("/admin/artists?limit=2&after={next}");
    let last: Page<ArtistCard> = adam.get(&path).await.expect("the last page");
    let all: Vec<_> = first.items.iter().chain(&last.items).collect();
    let seen: Vec<_> = all.iter().map(|card| (&*card.name, card.role)).collect();
    let expected = [
        ("ben", Role::Artist),
        ("ana", Role::Artist),
        ("adam", Role::Admin),
    ];
    assert_eq!((seen, last.next), (expected.to_vec(), None));

    // It holds from the next request on, and a teacher is no admin.
    let card = set_role(&adam, anas, Role::Teacher)
        .await
        .expect("his to give");
    assert_eq!((card.id, card.role), (anas, Role::Teacher));
    assert_eq!(ana.me().await.expect("logged in").role, Role::Teacher);
    for who in [&ana, &ben] {
        let refused = who.get::<Page<ArtistCard>>("/admin/artists").await;
        assert!(refused.expect_err("no admin").is(403, Code::NotAllowed));
        let refused = set_role(who, anas, Role::Admin).await;
        assert!(refused.expect_err("no admin").is(403, Code::NotAllowed));
    }
    let nobody = set_role(&adam, wire::ids::ArtistId(uuid::Uuid::nil()), Role::Admin).await;
    assert!(nobody.expect_err("nobody").is(404, Code::NotFound));

    // There is always somebody who can.
    let refused = set_role(&adam, adams, Role::Artist).await;
    assert!(refused.expect_err("the last one").is(409, Code::LastAdmin));
    let goodbye = json!({"password": adam.password});
    let refused = adam.request(reqwest::Method::DELETE, "/me").json(&goodbye);
    let refused = refused.send();
    assert_eq!(refused.await.expect("an answer").status(), 409);
    adam.me().await.expect("still there");
    set_role(&adam, anas, Role::Admin)
        .await
        .expect("two of them");
    set_role(&adam, adams, Role::Artist)
        .await
        .expect("one of two");
    let refused = adam.get::<Page<ArtistCard>>("/admin/artists").await;
    assert!(refused.expect_err("no more").is(403, Code::NotAllowed));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_who_take_the_role_from_each_other_leave_one() {
    let stack = Stack::without_worker().await;
    let adam = admin(&stack).await;
    let eve = stack.artist("eve").await;
    for _ in 0..10 {
        let adams = adam.me().await.expect("logged in").id;
        let eves = eve.me().await.expect("logged in").id;
        set_role(&adam, eves, Role::Admin)
            .await
            .expect("two of them");
        let (took_eves, took_adams) = tokio::join!(
            set_role(&adam, eves, Role::Artist),
            set_role(&eve, adams, Role::Artist),
        );
        assert_ne!(took_eves.is_ok(), took_adams.is_ok());
        if took_adams.is_ok() {
            set_role(&eve, adams, Role::Admin)
                .await
                .expect("she is one");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sees_how_many_jobs_wait() {
    let stack = Stack::without_worker().await;
    let adam = admin(&stack).await;
    adam.create_style("Dawn", &["a lake at dawn"]).await;
    adam.create_style("Town", &["an old town"]).await;
    let request = adam.request(reqwest::Method::GET, "/metrics");
    let text = request.send().await.expect("an answer").text().await;
    let text = text.expect("text");
    for line in [
        r#"atelier_jobs_open{kind="learn_from_ratings",state="queued"} 2"#,
        r#"atelier_jobs_open{kind="generate_image",state="running"} 0"#,
    ] {
        assert!(text.lines().any(|found| found == line), "{line}:\n{text}");
    }
}

/// The first one.
async fn admin(stack: &Stack) -> Person {
    let adam = come_with(stack, "adam", &invitation(stack)).await;
    adam.expect("he is invited")
}

/// A new one to become the first admin, as its link has it.
fn invitation(stack: &Stack) -> String {
    let link = stack.servers[0].program.run(&["admin-link"]);
    let link = link.expect("a link is printed");
    let (_, invitation) = link.split_once("invitation=").expect("a link");
    invitation.to_owned()
}

/// Signs up with an invitation.
async fn come_with(stack: &Stack, name: &str, invitation: &str) -> Answer<Person> {
    let person = stack.stranger(name);
    let account = json!({
        "email": person.email, "password": person.password, "name": name, "invitation": invitation,
    });
    let me: Me = person.post("/sign-up", &account).await?;
    assert_eq!(me.role, Role::Admin);
    Ok(person)
}

/// Makes every invitation one to that role.
async fn set_invitations(stack: &Stack, role: Role) {
    let set = sqlx::query("update invitations set role = $1").bind(role.name());
    let set = set.execute(&stack.database.pool).await;
    set.expect("the invitations are changed");
}

async fn set_role(who: &Person, whose: wire::ids::ArtistId, role: Role) -> Answer<ArtistCard> {
    let path = format!("/admin/artists/{whose}/role");
    who.put(&path, &json!({"role": role})).await
}
