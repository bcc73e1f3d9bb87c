//! The drawing of a style: who may see it, what is no drawing, and how long it is kept.

use std::{
    fs::File,
    time::{Duration, SystemTime},
};

use reqwest::{Method, header};
use serde_json::json;
use tests::{Person, Plan, Stack, drawing::png, wait};
use wire::{
    drawing::{FILE_MAX_BYTES, Strength},
    ids::{BlobHash, StyleId},
    problem::Code,
    style::StyleCard,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_drawing_is_put_changed_and_taken_away_by_its_artist_alone() {
    let stack = Stack::without_worker().await;
    let (ana, ben) = (stack.artist("ana").await, stack.artist("ben").await);
    let style = ana.create_style("House", &["a house"]).await;
    let path = format!("/styles/{style}/drawing");
    assert!(
        ana.get::<()>(&path)
            .await
            .expect_err("none yet")
            .is(404, Code::NotFound)
    );
    let refused = ana
        .patch::<StyleCard>(&format!("/styles/{style}"), &json!({"strength": 0.3}))
        .await
        .expect_err("there is nothing to change");
    assert!(refused.is(422, Code::Invalid), "{refused}");

    let first = ana
        .put_drawing(style, &png(300, 200), None)
        .await
        .expect("it is taken");
    let first = first.drawing.expect("the style has it");
    assert_eq!(first.strength, Strength::USUAL);
    let same = ana
        .put_drawing(style, &png(300, 200), Some(0.2))
        .await
        .expect("again");
    let same = same.drawing.expect("the style has it");
    assert_eq!(same.blob, first.blob);
    assert_eq!(Ok(same.strength), Strength::new(0.2));
    // Another drawing, as strong as the one before.
    let other = ana
        .put_drawing(style, &png(200, 300), None)
        .await
        .expect("another");
    let other = other.drawing.expect("the style has it");
    assert_ne!(other.blob, first.blob);
    assert_eq!(other.strength, same.strength);
    let shown = ana.style(style).await.card.drawing;
    assert_eq!(shown, Some(other));

    let got = ana
        .request(Method::GET, &path)
        .send()
        .await
        .expect("an answer");
    let about = |name: header::HeaderName| got.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(about(header::CONTENT_TYPE), "image/png");
    assert_eq!(about(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(about(header::CACHE_CONTROL), "private, no-cache");
    let tag = about(header::ETAG);
    let again = ana
        .request(Method::GET, &path)
        .header(header::IF_NONE_MATCH, &tag);
    assert_eq!(again.send().await.expect("an answer").status(), 304);
    let stolen = ben
        .request(Method::GET, &path)
        .header(header::IF_NONE_MATCH, &tag);
    assert_eq!(stolen.send().await.expect("an answer").status(), 404);
    let refused = ben
        .put_drawing(style, &png(8, 8), None)
        .await
        .expect_err("not his");
    assert!(refused.is(404, Code::NotFound), "{refused}");
    assert!(
        ben.delete(&path)
            .await
            .expect_err("not his")
            .is(404, Code::NotFound)
    );

    for strength in [-0.1, 1.1] {
        let refused = ana.put_drawing(style, &png(8, 8), Some(strength)).await;
        let refused = refused.expect_err("no strength");
        assert!(refused.is(422, Code::Invalid), "{refused}");
        assert!(refused.problem.detail.contains("from 0 to 1"), "{refused}");
    }
    ana.delete(&path).await.expect("it is taken away");
    ana.delete(&path).await.expect("and again");
    assert_eq!(ana.style(style).await.card.drawing, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_drawing_is_refused_with_what_to_do_and_changes_nothing() {
    let stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("House", &["a house"]).await;
    let good = png(300, 200);
    let before = ana
        .put_drawing(style, &good, None)
        .await
        .expect("it is taken")
        .drawing;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let cases: [(&[u8], &str); 4] = [
        (b"", "send a PNG, JPEG or WebP file"),
        (svg, "send a PNG, JPEG or WebP file"),
        (
            b"GIF89a\x01\0\x01\0\0\0\0;",
            "send a PNG, JPEG or WebP file",
        ),
        (&good[..good.len() / 2], "save the picture anew"),
    ];
    for (file, advice) in cases {
        let refused = ana
            .put_drawing(style, file, None)
            .await
            .expect_err("no drawing");
        assert!(refused.is(422, Code::UnusablePicture), "{refused}");
        assert!(refused.problem.detail.contains(advice), "{refused}");
    }
    let mut large = good.clone();
    large.resize(FILE_MAX_BYTES + 1, 0);
    let refused = ana
        .put_drawing(style, &large, None)
        .await
        .expect_err("too large");
    assert!(refused.is(413, Code::TooLarge), "{refused}");
    assert!(refused.problem.detail.contains("10 MB"), "{refused}");
    // Bytes behind a picture's end are none of its business.
    large.truncate(FILE_MAX_BYTES);
    let padded = ana
        .put_drawing(style, &large, None)
        .await
        .expect("it is just small enough");
    assert_eq!(padded.drawing, before);
    // No other operation takes as much.
    let refused = ana.post::<StyleCard>("/styles", &"x".repeat(100_000)).await;
    assert!(refused.expect_err("too large").is(413, Code::TooLarge));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_drawing_after_drawing_is_asked_to_wait() {
    let plan = Plan {
        workers: 0,
        limits: true,
        ..Plan::default()
    };
    let stack = plan.start().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("House", &["a house"]).await;
    let file = png(16, 16);
    for _ in 0..10 {
        ana.put_drawing(style, &file, None)
            .await
            .expect("ten are fine");
    }
    let refused = ana
        .put_drawing(style, &file, None)
        .await
        .expect_err("that was a lot");
    assert!(refused.is(429, Code::TooMany), "{refused}");
    assert!(
        refused.retry_after_s.is_some_and(|s| (1..=10).contains(&s)),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drawing_is_kept_as_long_as_a_style_has_it() {
    let mut stack = Stack::without_worker().await;
    let ana = stack.artist("ana").await;
    let style = ana.create_style("House", &["a house"]).await;
    let twin = ana.create_style("Twin", &["a house"]).await;
    let [kept, shared] = [png(300, 200), png(200, 300)];
    let kept = blob(&ana, style, &kept).await;
    let replaced = blob(&ana, twin, &png(64, 64)).await;
    let shared = blob(&ana, twin, &shared).await;
    let third = ana.create_style("Third", &["a house"]).await;
    assert_eq!(blob(&ana, third, &png(200, 300)).await, shared);
    ana.delete(&format!("/styles/{third}"))
        .await
        .expect("one of two goes");

    sweep(&mut stack, &[kept, shared, replaced]).await;
    gone(&stack, replaced).await;
    assert!(path(&stack, kept).exists() && path(&stack, shared).exists());
    ana.delete(&format!("/styles/{twin}/drawing"))
        .await
        .expect("it is taken away");
    ana.delete(&format!("/styles/{style}"))
        .await
        .expect("the style goes");
    sweep(&mut stack, &[kept, shared]).await;
    gone(&stack, kept).await;
    gone(&stack, shared).await;
}

async fn blob(ana: &Person, style: StyleId, file: &[u8]) -> BlobHash {
    let card = ana
        .put_drawing(style, file, None)
        .await
        .expect("it is taken");
    card.drawing.expect("the style has it").blob
}

fn path(stack: &Stack, blob: BlobHash) -> std::path::PathBuf {
    let name = blob.to_string();
    stack.blobs().join(&name[..2]).join(&name[2..])
}

/// Hours pass, and a server that starts sweeps first of all.
async fn sweep(stack: &mut Stack, blobs: &[BlobHash]) {
    let then = SystemTime::now() - Duration::from_hours(2);
    for blob in blobs {
        let file = File::options().write(true).open(path(stack, *blob));
        file.and_then(|file| file.set_modified(then))
            .expect("it grows old");
    }
    stack.servers[0]
        .program
        .kill()
        .expect("the server is killed");
    stack.restart_server(0).await;
}

async fn gone(stack: &Stack, blob: BlobHash) {
    wait::until("the blob is swept", async || {
        if path(stack, blob).exists() {
            Err("it is there")
        } else {
            Ok(())
        }
    })
    .await;
}
