//! Takes jobs of one kind from the queue, one at a time.
//!
//! A worker asks for one message and for the next one only when it is done, so no job waits behind
//! a busy worker while another worker is idle. The server makes the queue and its consumers; if
//! they are gone, because JetStream's store was wiped, it makes them again and the worker, which
//! looks for them all the time, goes on.

use std::time::Duration;

use async_nats::jetstream::{self, AckKind, Message, consumer::PullConsumer};
use futures::StreamExt as _;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use wire::{job::JobKind, subject};

use super::{Bench, Link};

/// How long one request for a message stands.
const PULL: Duration = Duration::from_secs(1);
/// How much later than that the queue's "nothing came" may arrive.
const SLACK: Duration = Duration::from_millis(250);
/// The pause before looking again for a queue that is not there.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// A server that starts beside its worker makes the queue before this many looks.
const WORTH_SAYING: u32 = 16;

/// Works on jobs of this kind until `draining`, then finishes the one under way.
pub async fn consume(kind: JobKind, link: Link, bench: &Bench, draining: &CancellationToken) {
    while let Some(consumer) = find(kind, &link, draining).await {
        while let Ok(taken) = take_one(&consumer, &link, draining).await {
            let Some(message) = taken else { continue };
            if draining.is_cancelled() {
                // It came in the moment of the signal: somebody else shall have it at once.
                let _ = message.ack_with(AckKind::Nak(None)).await;
                return;
            }
            bench.attend(&message).await;
        }
        if draining.is_cancelled() {
            return;
        }
        tracing::debug!(
            kind = kind.name(),
            "the queue does not answer, looking for it"
        );
    }
}

/// The queue of this kind, waited for; `None` when the worker drains first.
async fn find(kind: JobKind, link: &Link, draining: &CancellationToken) -> Option<PullConsumer> {
    let mut jetstream = jetstream::new(link.nats.clone());
    jetstream.set_timeout(Duration::from_secs(1));
    let look = async || {
        let mut tries = 0_u32;
        loop {
            tries += 1;
            let name = subject::consumer(kind);
            let found = jetstream
                .get_consumer_from_stream(name, subject::JOBS_STREAM)
                .await;
            match found {
                Ok(consumer) => return consumer,
                Err(error) if tries >= WORTH_SAYING && tries.is_power_of_two() => {
                    tracing::warn!(kind = kind.name(), tries, "no queue, waiting: {error}");
                }
                Err(error) => tracing::debug!(kind = kind.name(), tries, "no queue yet: {error}"),
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    tokio::select! {
        consumer = look() => {
            tracing::info!(kind = kind.name(), "waiting for jobs");
            Some(consumer)
        }
        () = draining.cancelled() => None,
    }
}

/// The queue does not answer as a queue should.
struct Gone;

/// Waits for one message, for a while.
async fn take_one(
    consumer: &PullConsumer,
    link: &Link,
    draining: &CancellationToken,
) -> Result<Option<Message>, Gone> {
    let mut connected = link.connected.clone();
    connected.mark_unchanged();
    tokio::select! {
        // A message that has come is never dropped, or nobody would have it for a while.
        biased;
        pulled = timeout(PULL + SLACK, pull_one(consumer)) => match pulled {
            Ok(Ok(taken)) => Ok(taken),
            Ok(Err(error)) => {
                tracing::debug!("no message: {error:#}");
                tokio::time::sleep(LOOK_AGAIN).await;
                Err(Gone)
            }
            Err(_) => Err(Gone),
        },
        // Whoever was asked for a message is no longer there.
        Ok(()) = connected.changed() => Err(Gone),
        () = draining.cancelled() => Err(Gone),
    }
}

async fn pull_one(consumer: &PullConsumer) -> anyhow::Result<Option<Message>> {
    let pull = consumer.batch().max_messages(1).expires(PULL);
    let mut messages = pull.messages().await?;
    messages
        .next()
        .await
        .transpose()
        .map_err(anyhow::Error::from_boxed)
}
