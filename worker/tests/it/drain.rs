//! A worker is told to leave.

use wire::job::Verdict;

use crate::house::{GATED, House, learn, paint, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_leaves_finishes_its_job_and_takes_no_other() {
    let house = House::open().await;
    let first = house.first_version().await;
    let job = house.server.enqueue(paint(first, GATED)).await;
    house
        .server
        .wait(|heard| {
            heard
                .starts
                .iter()
                .find(|start| start.job == job)
                .map(|_| ())
        })
        .await;

    house.drain.cancel();
    house.server.enqueue(learn(None, 0, Vec::new())).await;
    house.gate.send(()).unwrap();
    let verdict = house.server.outcome(job).await.verdict;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
    house.worker.await.unwrap().unwrap();
    // The picture is acknowledged, the update waits for another worker.
    until(async || (house.server.queued().await == 1).then_some(())).await;
}
