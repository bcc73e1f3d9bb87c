//! One round of the dispatcher.

use async_nats::jetstream::{self, message::PublishMessage};
use time::Duration;
use wire::{
    job::JobKind,
    subject::{cancel, jobs},
};

use crate::{
    app::App,
    bus::streams,
    store::{
        jobs::outbox::{self, Parcel},
        workers,
    },
};

/// How many jobs of a kind wait at JetStream for each worker, besides the one it works on: one to
/// go on with, and one because it takes a moment to send the next.
const AHEAD_PER_WORKER: u32 = 2;

/// A worker that was not heard of for so long is not counted.
const WORKER_SILENCE: Duration = Duration::seconds(3);

/// What was handed over this long ago and not started is looked for.
const MISSED_AFTER: Duration = Duration::seconds(3);

/// Hands over what is due, updates first: an artist sees sooner what a rating changed, and the
/// pictures that follow come from the newer version. Then repeats every cancel that no worker has
/// answered.
pub async fn all_due(app: &App, jetstream: &jetstream::Context) -> anyhow::Result<()> {
    let now = app.clock.now();
    let workers = workers::count_within(&app.db, WORKER_SILENCE).await?.max(1);
    for kind in [JobKind::LearnFromRatings, JobKind::GenerateImage] {
        let ahead = outbox::count_sent(&app.db, kind).await?;
        let room = (workers * AHEAD_PER_WORKER).saturating_sub(ahead);
        if room == 0 {
            continue;
        }
        let parcels = outbox::due(&app.db, kind, room, now).await?;
        if parcels.is_empty() {
            continue;
        }
        for parcel in &parcels {
            publish(jetstream, parcel).await?;
        }
        let sent: Vec<_> = parcels.iter().map(|parcel| parcel.envelope.id).collect();
        outbox::set_sent(&app.db, &sent).await?;
    }
    for job in outbox::cancelling(&app.db).await? {
        app.nats.publish(cancel(job), bytes::Bytes::new()).await?;
    }
    Ok(())
}

/// Takes back what is nowhere any more: JetStream's store was wiped, or the message went to a worker
/// that died or froze before it asked. What JetStream has not delivered waits rightly, for workers
/// are busy; it delivers in order, so the oldest are the lost ones.
pub async fn take_back_lost(app: &App, jetstream: &jetstream::Context) -> anyhow::Result<()> {
    for kind in JobKind::ALL {
        let missed = outbox::count_missed(&app.db, kind, MISSED_AFTER).await?;
        if missed == 0 {
            continue;
        }
        let waiting = match streams::undelivered(jetstream, kind).await {
            Ok(waiting) => u32::try_from(waiting).unwrap_or(u32::MAX),
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "the work queue is missing");
                streams::ensure(jetstream).await?;
                0
            }
        };
        let lost = missed.saturating_sub(waiting);
        if lost > 0 {
            tracing::warn!(
                kind = kind.name(),
                lost,
                "lost messages are handed over again"
            );
            outbox::take_back(&app.db, kind, MISSED_AFTER, lost).await?;
        }
    }
    Ok(())
}

/// The message id makes JetStream take one hand-over once, and yet each new one.
async fn publish(jetstream: &jetstream::Context, parcel: &Parcel) -> anyhow::Result<()> {
    let Parcel { envelope, sent } = parcel;
    let id = format!("{}/{}/{sent}", envelope.id, envelope.attempt);
    let message = PublishMessage::build()
        .message_id(id)
        .payload(serde_json::to_vec(envelope)?.into());
    let acknowledged = jetstream
        .send_publish(jobs(envelope.kind), message)
        .await?
        .await;
    if let Err(error) = acknowledged {
        // Nobody answers where the stream is missing.
        streams::ensure(jetstream).await?;
        return Err(error.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{super::TICK, MISSED_AFTER};

    #[test]
    fn a_message_that_died_with_its_worker_is_handed_over_again_within_five_seconds() {
        let until_handed_over = MISSED_AFTER.unsigned_abs() + TICK;
        assert!(
            until_handed_over < Duration::from_secs(5),
            "{until_handed_over:?}"
        );
    }
}
