//! A GPU that is gone for the process.

use wire::job::Verdict;

use crate::house::{House, LOST, paint, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_lost_its_device_gives_its_picture_back_takes_no_other_and_ends() {
    let house = House::open().await;
    let policy = house.first_version().await;
    let lost = house.server.enqueue(paint(policy, LOST)).await;
    house.server.enqueue(paint(policy, "a lake")).await;
    let Verdict::Retry { reason } = house.server.outcome(lost).await.verdict else {
        panic!("the picture is painted elsewhere")
    };
    assert!(reason.contains("the device was lost"), "{reason}");
    let ended = house.worker.await.unwrap().unwrap_err().to_string();
    assert!(ended.contains("start this worker again"), "{ended}");
    // The other picture waits for another worker, and that cost it no try.
    until(async || (house.server.queued().await == 1).then_some(())).await;
}
