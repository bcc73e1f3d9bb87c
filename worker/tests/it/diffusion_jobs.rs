//! The engine `ssd-1b` behind the queue.

use wire::job::{Product, Verdict};

use crate::{
    diffusion_engine::load,
    house::{House, paint},
};

#[tokio::test(flavor = "multi_thread")]
async fn artists_who_wait_at_the_same_time_both_get_their_pictures() {
    let (gate, _opened) = std::sync::mpsc::channel();
    let house = House::open_with(load, gate).await;
    let policy = house.first_version().await;
    let (ana, ben) = tokio::join!(
        house.run(paint(policy, "a quiet river")),
        house.run(paint(policy, "a golden fox")),
    );
    for verdict in [ana, ben] {
        let Verdict::Done {
            product: Product::GenerateImage(made),
        } = verdict
        else {
            panic!("{verdict:?}")
        };
        assert!(
            made.engine.starts_with("ssd-1b 1 model-"),
            "{}",
            made.engine
        );
        let bytes = house.blobs.get(made.blob).await.unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
    }
}
