//! The whole rating loop with diffusion: real, if its pictures mean nothing, for the checkpoint is
//! the tiny one.

use std::path::Path;

use tests::{Stack, live::Live, studio::rating};
use wire::event::Event;

#[tokio::test(flavor = "multi_thread")]
async fn a_style_learns_from_pictures_that_diffusion_painted_and_tells_their_steps() {
    let mut stack = Stack::without_worker().await;
    let model = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../worker/tests/models/ssd1b-tiny/model")
        .canonicalize()
        .expect("the tiny checkpoint is in the repository");
    stack
        .add_worker_with(&[
            ("ATELIER_ENGINE", "ssd-1b"),
            ("ATELIER_MODEL", &model.to_string_lossy()),
            ("ATELIER_DEVICE", "cpu"),
            ("ATELIER_STEPS", "3"),
        ])
        .expect("a worker starts");
    let ana = stack.artist("ana").await;
    let mut live = Live::open(&ana, None).await;
    let style = ana.create_style("Dawn", &["a lake at dawn"]).await;

    // Steps quicker than the network are skipped, so not each of them is heard.
    let steps = live
        .find(|news| match news.event {
            Event::Painting {
                style: of,
                step,
                steps,
            } if of == style => Some((step, steps)),
            _ => None,
        })
        .await;
    assert!((1..=3).contains(&steps.0) && steps.1 == 3, "{steps:?}");

    let mut card = ana.next(style, &[]).await;
    for stars in [5, 1, 4] {
        let engine = &card.provenance.engine;
        assert!(engine.starts_with("ssd-1b 1 model-"), "{engine}");
        let (kind, bytes) = ana.bytes(card.id).await;
        assert_eq!(kind, "image/png");
        assert!(bytes.starts_with(b"\x89PNG"));
        let mut rate = rating(Some(stars));
        rate.have = vec![card.id];
        ana.answer(card.id, &rate)
            .await
            .expect("the rating is taken");
        card = ana.next(style, &[card.id]).await;
    }
    let moved = live
        .find(|news| match news.event {
            Event::PolicyMoved { version, .. } if version >= 3 => Some(version),
            _ => None,
        })
        .await;
    assert_eq!(moved, 3);
}
