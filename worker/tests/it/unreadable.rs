//! Messages from a server of another build.

use serde_json::json;
use uuid::Uuid;
use wire::{
    job::{JobKind, Verdict},
    taxonomy::TAXONOMY_VERSION,
};

use crate::house::{House, learn};

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_this_build_cannot_read_are_dropped_unasked() {
    let house = House::open().await;
    let id = Uuid::new_v4();
    let kind = JobKind::LearnFromRatings;
    for message in [
        json!({ "id": id, "kind": "sculpt", "attempt": 1, "taxonomy": TAXONOMY_VERSION }),
        json!({ "id": id, "kind": kind, "attempt": 1, "taxonomy": TAXONOMY_VERSION + 1 }),
        json!("hello"),
    ] {
        house
            .server
            .enqueue_raw(kind, message.to_string().into_bytes())
            .await;
    }
    house.server.queue_is_empty().await;
    assert!(house.server.heard(|heard| heard.starts.is_empty()));

    let verdict = house.run(learn(None, 0, Vec::new())).await;
    assert!(matches!(verdict, Verdict::Done { .. }), "{verdict:?}");
}
