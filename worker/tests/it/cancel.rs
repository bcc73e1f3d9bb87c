//! Somebody cancels a job under way.

use wire::{job::Verdict, subject};

use crate::house::{ENDLESS, House, paint};

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_picture_stops_between_two_steps() {
    let house = House::open().await;
    let first = house.first_version().await;
    let job = house.server.enqueue(paint(first, ENDLESS)).await;
    let progress = house
        .server
        .wait(|heard| heard.progress.iter().find(|told| told.steps > 0).copied())
        .await;
    assert_eq!(progress.job, job);

    house
        .server
        .nats
        .publish(subject::cancel(job), "".into())
        .await
        .unwrap();
    assert_eq!(house.server.outcome(job).await.verdict, Verdict::Cancelled);
    house.server.queue_is_empty().await;
    let verdict = house.run(paint(first, "a lake")).await;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
}
