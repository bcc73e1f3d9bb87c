//! From an artist's own drawing to pictures that start from it, and back.

use reqwest::{Method, header};
use serde_json::json;
use tests::{
    Person, Stack,
    drawing::{pixels, png},
};
use wire::{
    drawing::Strength,
    ids::{ImageId, StyleId},
    image::NextImages,
    style::StyleCard,
};

#[tokio::test(flavor = "multi_thread")]
async fn pictures_start_from_the_drawing_as_much_as_its_strength_leaves() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let file = png(700, 500);

    let new = json!({"name": "House", "prompts": ["a house by the sea"], "drawing_follows": true});
    let style = ana
        .post::<StyleCard>("/styles", &new)
        .await
        .expect("it begins")
        .id;
    ana.learned(style).await;
    assert_eq!(
        waiting(&ana, style).await,
        [],
        "nothing is painted without the drawing"
    );

    let card = ana
        .put_drawing(style, &file, Some(0.0))
        .await
        .expect("it is taken");
    let drawn = card.drawing.expect("the style has it");
    assert_eq!(drawn.strength, Strength::new(0.0).expect("a strength"));
    let kept = drawing(&ana, style).await;
    assert_eq!((kept.0, kept.1), (512, 512));

    // Nothing may change.
    let still = ana.next(style, &[]).await;
    assert_eq!(still.provenance.drawing, Some(drawn));
    assert_eq!(pixels(&ana.bytes(still.id).await.1), kept);

    // Some of it may; what was painted before is set aside.
    ana.patch::<StyleCard>(&format!("/styles/{style}"), &json!({"strength": 0.6}))
        .await
        .expect("the strength is changed");
    let card = ana.next(style, &[]).await;
    let drawing = card.provenance.drawing.expect("it starts from a drawing");
    assert_eq!(drawing.strength, Strength::USUAL);
    assert_ne!(card.id, still.id);
    let over = pixels(&ana.bytes(card.id).await.1);
    assert_ne!(over, kept);
    // Another process paints the same over the drawing as the server has it, and something else
    // without it.
    let path = format!("/styles/{style}/drawing");
    let start = ana.request(Method::GET, &path).send().await;
    let start = start.expect("an answer").bytes().await.expect("a body");
    let strength = Strength::USUAL;
    assert!(over == pixels(&stack.paint(&card, Some((&start, strength)))));
    assert!(over != pixels(&stack.paint(&card, None)));

    // What was set aside comes back with its strength.
    ana.patch::<StyleCard>(&format!("/styles/{style}"), &json!({"strength": 0.0}))
        .await
        .expect("the strength is changed back");
    assert_eq!(ana.next(style, &[]).await.id, still.id);

    ana.delete(&path).await.expect("it is taken away");
    let card = ana.next(style, &[]).await;
    assert_eq!(card.provenance.drawing, None);
    let free = pixels(&ana.bytes(card.id).await.1);
    assert!(free == pixels(&stack.paint(&card, None)));
    assert!(ana.get::<()>(&path).await.expect_err("it is gone").status == 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_whose_drawing_never_comes_is_painted_without_it() {
    let stack = Stack::start().await;
    let ana = stack.artist("ana").await;
    let new = json!({"name": "Late", "prompts": ["a lake"], "drawing_follows": true});
    let begin = async || {
        ana.post::<StyleCard>("/styles", &new)
            .await
            .expect("it begins")
            .id
    };

    // The artist gives up.
    let style = begin().await;
    ana.learned(style).await;
    ana.delete(&format!("/styles/{style}/drawing"))
        .await
        .expect("no more waiting");
    assert_eq!(ana.next(style, &[]).await.provenance.drawing, None);

    // The artist leaves.
    let style = begin().await;
    ana.learned(style).await;
    assert_eq!(waiting(&ana, style).await, []);
    sqlx::query("update styles set drawing_due = now() - interval '1 second' where id = $1")
        .bind(style.0)
        .execute(&stack.database.pool)
        .await
        .expect("two minutes pass");
    assert_eq!(ana.next(style, &[]).await.provenance.drawing, None);
}

/// What waits to be rated, after a moment in which more might have come.
async fn waiting(ana: &Person, style: StyleId) -> Vec<ImageId> {
    let path = format!("/styles/{style}/next?wait_ms=1500");
    let NextImages { images } = ana.get(&path).await.expect("an answer");
    images.into_iter().map(|card| card.id).collect()
}

async fn drawing(ana: &Person, style: StyleId) -> (u32, u32, Vec<u8>) {
    let request = ana.request(Method::GET, &format!("/styles/{style}/drawing"));
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/png");
    pixels(&answer.bytes().await.expect("a body"))
}
