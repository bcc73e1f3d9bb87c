//! The queue is lost while the worker runs.

use async_nats::jetstream;
use services::nats::Nats;
use wire::{job::Verdict, subject};

use crate::house::{House, learn};

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_goes_on_after_the_queues_store_was_wiped() {
    let mut house = House::open().await;
    house.first_version().await;

    let port = house.nats.port();
    house.nats.kill().unwrap();
    let empty = house.folder.path().join("empty");
    house.nats = Nats::start(&empty, Some(port)).unwrap();
    house.server.make_queue().await;

    let verdict = house.run(learn(None, 0, Vec::new())).await;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_goes_on_after_the_queue_was_deleted() {
    let house = House::open().await;
    house.first_version().await;

    let jetstream = jetstream::new(house.server.nats.clone());
    jetstream.delete_stream(subject::JOBS_STREAM).await.unwrap();
    house.server.make_queue().await;

    let verdict = house.run(learn(None, 0, Vec::new())).await;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
}
