//! Pages as they leave the server, for whoever has no script: search engines, old browsers, and
//! the first second of everybody else.

use reqwest::{Response, StatusCode, header};
use tests::Stack;

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_reads_what_is_public_and_is_sent_to_log_in_for_the_rest() {
    let stack = Stack::without_worker().await;
    let nobody = stack.stranger("nobody");
    for (path, words) in [
        ("/", "Atelier"),
        ("/log-in", "password"),
        ("/sign-up", "password"),
    ] {
        let answer = nobody.page(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        is_hardened(path, &answer);
        let page = answer.text().await.expect("text");
        is_a_page(path, &page);
        assert!(
            page.contains(words),
            "{path} says {words:?} without script:\n{page}"
        );
    }
    let style = uuid::Uuid::new_v4();
    for path in [
        "/studio",
        "/pictures",
        "/account",
        &*format!("/styles/{style}"),
    ] {
        let answer = nobody.page(path).await;
        assert!(
            answer.status().is_redirection(),
            "{path}: {}",
            answer.status()
        );
        let to = answer.headers()[header::LOCATION].to_str().expect("a path");
        let (page, query) = to.split_once("?next=").expect("where to go on");
        assert_eq!(page, "/log-in");
        assert_eq!(query.replace("%2F", "/"), path);
    }
    let answer = nobody.page("/no/such/page").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    is_a_page("/no/such/page", &answer.text().await.expect("text"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_artist_finds_their_studio_in_the_first_answer() {
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana
        .create_style("Lakes & <dawns>", &["a lake at dawn"])
        .await;
    for path in [
        "/studio".to_owned(),
        format!("/styles/{style}"),
        format!("/styles/{style}/about"),
    ] {
        let answer = ana.page(&path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        is_hardened(&path, &answer);
        let page = answer.text().await.expect("text");
        is_a_page(&path, &page);
        assert!(
            page.contains("Lakes &amp; &lt;dawns"),
            "{path} names the style:\n{page}"
        );
        assert!(
            !page.contains("<dawns>"),
            "{path} takes a name for HTML:\n{page}"
        );
    }
    for path in ["/pictures", "/account"] {
        assert_eq!(ana.page(path).await.status(), StatusCode::OK, "{path}");
    }
    // What is ana's is not there for ben, not even as a page.
    let ben = stack.artist("ben").await;
    let answer = ben.page(&format!("/styles/{style}")).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(!answer.text().await.expect("text").contains("Lakes"));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_for_ever_and_missing_ones_are_not() {
    let stack = Stack::without_worker().await;
    let nobody = stack.stranger("nobody");
    let page = nobody.page("/").await.text().await.expect("text");
    let files: Vec<&str> = page
        .split('"')
        .filter(|text| text.starts_with("/pkg/"))
        .collect();
    if std::env::var_os("ATELIER_SITE").is_some() {
        assert!(files.iter().any(|file| file.contains(".css")), "{page}");
        assert!(files.iter().any(|file| file.contains(".js")), "{page}");
    }
    for file in files {
        let answer = nobody.page(file).await;
        assert_eq!(answer.status(), StatusCode::OK, "{file}");
        let kept = answer.headers()[header::CACHE_CONTROL]
            .to_str()
            .expect("text");
        assert!(kept.contains("immutable"), "{file}: {kept}");
    }
    let answer = nobody.page("/pkg/atelier.0000.wasm").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let kept = answer.headers().get(header::CACHE_CONTROL);
    assert!(
        kept.is_none_or(|kept| !kept.to_str().expect("text").contains("immutable")),
        "{kept:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_says_what_it_can_do() {
    let stack = Stack::without_worker().await;
    let nobody = stack.stranger("nobody");
    let answer = nobody.page("/api/v1/docs").await;
    assert_eq!(answer.status(), StatusCode::OK);
    is_a_page("/api/v1/docs", &answer.text().await.expect("text"));
    let missing = nobody
        .get::<()>("/no-such-thing")
        .await
        .expect_err("nothing there");
    assert!(missing.is(404, wire::problem::Code::NotFound), "{missing}");
    let served: serde_json::Value = nobody.get("/openapi.json").await.expect("the document");
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    let committed = std::fs::read_to_string(committed).expect("docs/openapi.json");
    let committed: serde_json::Value = serde_json::from_str(&committed).expect("JSON");
    assert_eq!(served, committed);
}

/// One document with a language, a title of its own, one first heading, and nothing from elsewhere.
fn is_a_page(path: &str, page: &str) {
    assert!(
        page.trim_start()
            .to_lowercase()
            .starts_with("<!doctype html>"),
        "{path}:\n{page}"
    );
    assert!(
        page.contains("<html lang=\"en\""),
        "{path} has no language:\n{page}"
    );
    let title = page
        .split("<title>")
        .nth(1)
        .and_then(|rest| rest.split("</title>").next());
    assert!(
        title.is_some_and(|title| title.contains("Atelier")),
        "{path} has the title {title:?}"
    );
    assert_eq!(
        page.matches("<h1").count(),
        1,
        "{path} has one first heading:\n{page}"
    );
    for link in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
        assert!(
            !page.contains(link),
            "{path} loads or links something from elsewhere:\n{page}"
        );
    }
}

fn is_hardened(path: &str, answer: &Response) {
    let header = |name: &str| {
        let value = answer
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok());
        value
            .unwrap_or_else(|| panic!("{path} has no {name}"))
            .to_owned()
    };
    let policy = header("content-security-policy");
    for part in ["default-src 'self'", "frame-ancestors 'none'", "'nonce-"] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    assert!(
        !policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-type").starts_with("text/html"));
}
