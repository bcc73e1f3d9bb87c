//! Updates and pictures do not wait for each other.

use wire::job::Verdict;

use crate::house::{GATED, House, learn, paint};

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_picture_does_not_hold_up_learning() {
    let house = House::open().await;
    let first = house.first_version().await;
    let picture = house.server.enqueue(paint(first, GATED)).await;
    house
        .server
        .wait(|heard| {
            heard
                .starts
                .iter()
                .find(|start| start.job == picture)
                .map(|_| ())
        })
        .await;

    let verdict = house.run(learn(None, 0, Vec::new())).await;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
    assert!(
        !house
            .server
            .heard(|heard| heard.outcomes.iter().any(|done| done.job == picture))
    );
    house.gate.send(()).unwrap();
    house.server.outcome(picture).await;
}
