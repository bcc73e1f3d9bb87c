//! Every stream and consumer, declared in one table.
//!
//! They are made when they are missing and never taken for granted: a wiped JetStream is empty,
//! not broken.

use std::time::Duration;

use async_nats::jetstream::{
    self,
    consumer::{AckPolicy, pull},
    stream::{RetentionPolicy, StorageType},
};
use wire::{
    job::JobKind,
    subject::{JOBS, JOBS_STREAM, consumer, jobs},
};

/// A message that a worker took is given to another one unless the worker says in time that it is
/// still busy with it. As long as a worker may be silent, so that one that froze before it asked
/// for the job holds it no longer than one that froze at work. A message given too soon does no
/// harm: whoever gets it hears that the job runs, and drops it.
const ACK_WAIT: Duration = Duration::from_millis(2500);

/// Within this time the same hand-over counts once: a dispatcher that died between handing over
/// and noting it leaves a successor who does it again.
const DUPLICATE_WINDOW: Duration = Duration::from_mins(2);

/// Makes what is missing.
pub async fn ensure(jetstream: &jetstream::Context) -> anyhow::Result<()> {
    jetstream
        .create_or_update_stream(jetstream::stream::Config {
            name: JOBS_STREAM.into(),
            subjects: vec![JOBS.into()],
            retention: RetentionPolicy::WorkQueue,
            storage: StorageType::File,
            duplicate_window: DUPLICATE_WINDOW,
            ..Default::default()
        })
        .await?;
    for kind in JobKind::ALL {
        let config = pull::Config {
            durable_name: Some(consumer(kind).into()),
            filter_subject: jobs(kind),
            ack_policy: AckPolicy::Explicit,
            ack_wait: ACK_WAIT,
            // Postgres counts the tries.
            max_deliver: -1,
            ..Default::default()
        };
        jetstream
            .create_consumer_on_stream(config, JOBS_STREAM)
            .await?;
    }
    Ok(())
}

/// How many messages of a kind no worker has taken yet.
pub async fn undelivered(jetstream: &jetstream::Context, kind: JobKind) -> anyhow::Result<u64> {
    let stream = jetstream.get_stream_no_info(JOBS_STREAM).await?;
    Ok(stream.consumer_info(consumer(kind)).await?.num_pending)
}
