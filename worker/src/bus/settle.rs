//! The last word about a job, said until the server has heard it, or does not want to.
//!
//! A server that is away for hours comes back to an outcome that still waits for it: work is not
//! thrown away lightly. But an outcome must not hold up the jobs behind it for ever either.

use std::time::Duration;

use async_nats::Client;
use tokio::time::timeout;
use wire::{
    job::{Outcome, SettleAnswer, StartAnswer, StartJob},
    subject,
};

use super::ask::ask;

/// How long to tell an outcome before asking whether anybody is there.
const TELL: Duration = Duration::from_secs(10);
/// How long to wait for a sign that somebody is.
const LISTEN: Duration = Duration::from_secs(5);
/// The server may have come back between the last telling and the asking, but not twice.
const DEAF: u32 = 2;

/// Tells the outcome until it is answered, or the job is known to be somebody else's, or the server
/// answers everything but this. In the last case the job is let go of: its heartbeats end, so the
/// server takes it for lost and counts a try.
pub async fn settle(nats: &Client, outcome: &Outcome) {
    let &Outcome { job, attempt, .. } = outcome;
    let mut deaf = 0;
    while deaf < DEAF {
        match timeout(TELL, ask(nats, subject::SETTLE, outcome)).await {
            Ok(Ok(SettleAnswer::Settled)) => return,
            Ok(Ok(SettleAnswer::NotYours)) => {
                tracing::info!(%job, attempt, "somebody else has the job, outcome dropped");
                return;
            }
            Ok(Ok(SettleAnswer::Unreadable { reason })) => {
                tracing::error!(%job, attempt, reason, "the outcome was not taken in");
                return;
            }
            Ok(Err(unreadable)) => {
                tracing::error!(%job, attempt, "the outcome was heard, but: {unreadable}");
                return;
            }
            Err(_) => match standing(nats, outcome).await {
                Some(StartAnswer::Go { .. }) => deaf += 1,
                Some(StartAnswer::No { .. } | StartAnswer::Later) => {
                    tracing::info!(%job, attempt, "the job is not ours any more, outcome dropped");
                    return;
                }
                None => {}
            },
        }
    }
    tracing::error!(%job, attempt, "the server answers everything but this outcome, let go of it");
}

/// What the server says to whoever has a job that runs: the same as when it began. Nothing if it is
/// away.
async fn standing(nats: &Client, outcome: &Outcome) -> Option<StartAnswer> {
    let question = StartJob {
        job: outcome.job,
        attempt: outcome.attempt,
        worker: outcome.worker,
    };
    let answer = timeout(LISTEN, ask(nats, subject::START, &question)).await;
    answer.ok()?.ok()
}
