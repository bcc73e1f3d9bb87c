//! Every operation of the API, tried by those who may not: nobody, somebody else, a token that may
//! do less, a page of another site. The list is the server's own document, so a new operation is
//! tried as soon as it exists.

mod cases;
mod document;

use std::collections::BTreeSet;

use reqwest::{Method, Response, StatusCode, header};
use serde_json::Value;
use tests::{Person, Stack, drawing::png};
use wire::{
    account::Scope,
    problem::{Code, Problem},
};

use cases::{Belongings, body, needs_role, path};
use document::{Operation, operations};

/// What needs no account: getting one, getting in and out, and what is no one's secret.
const OPEN: [&str; 9] = [
    "account_log_in",
    "account_log_out",
    "account_sign_up",
    "docs_openapi",
    "docs_page",
    "health_alive",
    "health_ready",
    "learners_list",
    "taxonomy_show",
];

#[tokio::test(flavor = "multi_thread")]
async fn nobody_does_anything_that_is_not_theirs_to_do() {
    let stack = Stack::start().await;
    let ben = stack.artist("ben").await;
    let things = Belongings::of(&ben).await;
    let ana = stack.artist("ana").await;
    let operations = operations(&ana).await;
    assert!(
        operations.len() >= 25,
        "the document lists {} operations",
        operations.len()
    );

    let nobody = stack.stranger("nobody");
    let garbage = ana.with_token("atelier_00112233445566778899aabbccddeeff");
    for operation in &operations {
        for who in [&nobody, &garbage] {
            let answer = send(who, operation, &things).await;
            if operation.is_open {
                let text = answer.text().await.expect("a body");
                let told = serde_json::from_str::<Problem>(&text);
                let is_shut = told.is_ok_and(|problem| problem.code == Code::NotLoggedIn);
                assert!(
                    !is_shut,
                    "{operation} says that it is open to strangers: {text}"
                );
            } else {
                refuses(operation, answer, 401, Code::NotLoggedIn).await;
            }
        }
    }

    another_artist_finds_nothing(&ana, &operations, &things).await;
    tokens_reach_no_further_than_their_scopes(&ben, &operations, &things).await;
    other_sites_may_not_write(&ben, &operations, &things).await;

    // After all that, everything of ben's is still there, and his to see.
    for operation in operations.iter().filter(|op| op.method == Method::GET) {
        let answer = send(&ben, operation, &things).await;
        let expected = if needs_role(operation) { 403 } else { 200 };
        assert_eq!(answer.status(), expected, "{operation} by its owner");
    }
    assert_eq!(Belongings::of(&ben).await, things);
    tokens_reach_as_far_as_their_scopes(&stack, &ben, operations, &things).await;
}

/// By name, since the document alone would believe an operation that says by mistake that it is open.
#[tokio::test(flavor = "multi_thread")]
async fn only_these_are_open_to_strangers() {
    let stack = Stack::without_worker().await;
    let all = operations(&stack.stranger("nobody")).await;
    let open = all.into_iter().filter(|operation| operation.is_open);
    let open: BTreeSet<String> = open.map(|operation| operation.name).collect();
    let known = OPEN.map(str::to_owned).into();
    assert_eq!(open, known);
}

/// What is ben's is not even there for ana.
async fn another_artist_finds_nothing(ana: &Person, all: &[Operation], bens: &Belongings) {
    for operation in all.iter().filter(|op| !op.is_open) {
        if needs_role(operation) {
            refuses(
                operation,
                send(ana, operation, bens).await,
                403,
                Code::NotAllowed,
            )
            .await;
        } else if operation.path.contains('{') {
            refuses(
                operation,
                send(ana, operation, bens).await,
                404,
                Code::NotFound,
            )
            .await;
        } else if operation.method == Method::GET && operation.path != "/live" {
            let text = send(ana, operation, bens)
                .await
                .text()
                .await
                .expect("a body");
            for id in bens.ids() {
                assert!(
                    !text.contains(&id),
                    "{operation} shows ana what is ben's: {text}"
                );
            }
        }
    }
}

/// A token with every scope but the one asked for is refused, whoever it belongs to.
async fn tokens_reach_no_further_than_their_scopes(
    ben: &Person,
    all: &[Operation],
    things: &Belongings,
) {
    // The scope for metrics is an admin's alone.
    let given = [Scope::Read, Scope::Rate, Scope::Write];
    for operation in all.iter().filter(|op| !op.is_open) {
        let others: Vec<Scope> = given
            .into_iter()
            .filter(|scope| !operation.scopes.contains(&scope.name().into()))
            .collect();
        let token = ben.make_token(&others).await;
        let script = ben.with_token(&token.secret);
        if operation.path == "/session/refresh" {
            // It is about cookies, which a script with a token does not have.
            refuses(
                operation,
                send(&script, operation, things).await,
                401,
                Code::NotLoggedIn,
            )
            .await;
        } else {
            refuses(
                operation,
                send(&script, operation, things).await,
                403,
                Code::NotAllowed,
            )
            .await;
        }
        ben.delete(&format!("/me/tokens/{}", token.card.id))
            .await
            .expect("the token is revoked");
    }
}

/// A token with the one scope that the document asks for is let in. Last of all, since it changes and
/// deletes what is ben's.
async fn tokens_reach_as_far_as_their_scopes(
    stack: &Stack,
    ben: &Person,
    mut all: Vec<Operation>,
    things: &Belongings,
) {
    // So that the scope for metrics is his to give.
    let sql = "update artists set role = 'admin' where email = $1";
    let promoted = sqlx::query(sql).bind(&ben.email);
    let promoted = promoted.execute(&stack.database.pool).await;
    promoted.expect("ben is an admin");
    ben.put_drawing(things.style, &png(64, 64), None)
        .await
        .expect("ben's style has a drawing");
    all.retain(|operation| !operation.is_open && !operation.scopes.is_empty());
    all.sort_by_key(|operation| {
        let is_deletion = operation.method == Method::DELETE;
        (is_deletion, is_deletion && operation.path == "/styles/{id}")
    });
    for operation in &all {
        for name in &operation.scopes {
            let scope = Scope::from_name(name).expect("a scope");
            let script = ben.with_token(&ben.make_token(&[scope]).await.secret);
            let answer = send(&script, operation, things).await;
            let status = answer.status();
            // No picture is no drawing, but whoever hears that was let in.
            let is_heard = operation.name == "drawings_put" && status == 422;
            assert!(
                status.is_success() || is_heard,
                "{operation} with {name}: {status}"
            );
        }
    }
}

/// A browser sends ben's cookies along with whatever another site makes it ask for.
async fn other_sites_may_not_write(ben: &Person, all: &[Operation], things: &Belongings) {
    for operation in all.iter().filter(|op| !op.method.is_safe()) {
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let mut request = request(ben, operation, things).build().expect("a request");
            request.headers_mut().remove(header::ORIGIN);
            request
                .headers_mut()
                .insert(name, value.parse().expect("a header"));
            let answer = ben.http().execute(request).await.expect("an answer");
            refuses(operation, answer, 403, Code::CrossSite).await;
        }
    }
}

async fn send(who: &Person, operation: &Operation, things: &Belongings) -> Response {
    let answer = request(who, operation, things).send().await;
    answer.unwrap_or_else(|error| panic!("{operation}: {error:?}"))
}

fn request(who: &Person, operation: &Operation, things: &Belongings) -> reqwest::RequestBuilder {
    let request = who.request(operation.method.clone(), &path(operation, things));
    match body(operation) {
        Value::Null => request,
        body => request.json(&body),
    }
}

async fn refuses(operation: &Operation, answer: Response, status: u16, code: Code) {
    let got = answer.status();
    let text = answer.text().await.unwrap_or_default();
    assert_eq!(
        got,
        StatusCode::from_u16(status).expect("a status"),
        "{operation}: {text}"
    );
    let problem: Problem = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{operation} refuses without a problem: {text}: {error}"));
    assert_eq!(problem.code, code, "{operation}: {}", problem.detail);
}
