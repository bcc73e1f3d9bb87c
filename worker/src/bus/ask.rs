//! Questions to the server, asked until there is an answer: it may be starting again.

use std::time::Duration;

use async_nats::{Client, Request};
use bytes::Bytes;
use serde::{Serialize, de::DeserializeOwned};

/// How long one asking waits. The answer is one transaction away, so a longer silence means the
/// question or its answer was lost.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// The pause after the first asking; it doubles from there.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// The longest pause: a server that is back hears of everything within it.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// A server that only starts again answers before this many tries, two seconds in all.
const WORTH_SAYING: u64 = 8;

/// An answer that came and does not read: the server is of another version. It would be the same
/// however often one asks.
#[derive(Debug, thiserror::Error)]
#[error("the server's answer does not read: {0}")]
pub struct Unreadable(serde_json::Error);

/// Asks again and again until an answer comes.
///
/// Every question is one that the server answers alike however often it is asked.
pub async fn ask<A: DeserializeOwned>(
    nats: &Client,
    subject: &'static str,
    question: &impl Serialize,
) -> Result<A, Unreadable> {
    let (mut pause, mut tries) = (FIRST_PAUSE, 0_u64);
    loop {
        tries += 1;
        match ask_once(nats, subject, question).await {
            Ok(answer) => return serde_json::from_slice(&answer).map_err(Unreadable),
            Err(error) if tries >= WORTH_SAYING && tries.is_power_of_two() => {
                tracing::warn!(subject, tries, "the server does not answer: {error:#}");
            }
            Err(error) => tracing::debug!(subject, tries, "no answer yet: {error:#}"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Publishes a message that nobody answers.
pub async fn publish(
    nats: &Client,
    subject: &'static str,
    message: &impl Serialize,
) -> anyhow::Result<()> {
    nats.publish(subject, serde_json::to_vec(message)?.into())
        .await?;
    Ok(())
}

async fn ask_once(
    nats: &Client,
    subject: &'static str,
    question: &impl Serialize,
) -> anyhow::Result<Bytes> {
    let payload = serde_json::to_vec(question)?;
    let request = Request::new()
        .payload(payload.into())
        .timeout(Some(ANSWER_WITHIN));
    Ok(nats.send_request(subject, request).await?.payload)
}
