//! Messages from a server of another build.

use serde_json::json;
use uuid::Uuid;
use wire::{
    ids::JobId,
    job::{JobKind, StartAnswer, Verdict},
    taxonomy::TAXONOMY_VERSION,
};

use crate::house::{House, learn};

const KIND: JobKind = JobKind::LearnFromRatings;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_names_no_job_is_dropped_unasked() {
    let house = House::open().await;
    for message in [json!("hello"), json!({ "id": "7", "attempt": 1 })] {
        let message = message.to_string().into_bytes();
        house.server.enqueue_raw(KIND, message).await;
    }
    house.server.queue_is_empty().await;
    assert!(house.server.heard(|heard| heard.starts.is_empty()));

    let verdict = house.run(learn(None, 0, Vec::new())).await;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_another_build_is_a_try_that_failed_for_a_reason() {
    let house = House::open().await;
    for (kind, taxonomy, why) in [
        ("sculpt", TAXONOMY_VERSION, "does not read"),
        (KIND.name(), TAXONOMY_VERSION + 1, "speaks taxonomy"),
    ] {
        let id = JobId(Uuid::new_v4());
        let work = learn(None, 0, Vec::new());
        house.server.answer(id, StartAnswer::Go { work });
        let message = json!({ "id": id, "kind": kind, "attempt": 1, "taxonomy": taxonomy });
        let message = message.to_string().into_bytes();
        house.server.enqueue_raw(KIND, message).await;
        let verdict = house.server.outcome(id).await.verdict;
        let Verdict::Retry { reason } = verdict else {
            panic!("it was worked on: {verdict:?}");
        };
        assert!(reason.contains(why), "{reason}");
    }
    house.server.queue_is_empty().await;
}
