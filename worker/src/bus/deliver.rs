//! One message from its arrival to its end: may I start, do it, tell, forget.

use std::{
    convert::Infallible,
    sync::Arc,
    time::{Duration, Instant},
};

use async_nats::{
    Client,
    jetstream::{AckKind, Message},
};
use serde::Deserialize;
use tokio::time::timeout;
use wire::{
    ids::{JobId, WorkerId},
    job::{Envelope, Outcome, StartAnswer, StartJob, Verdict, Work},
    subject,
    taxonomy::TAXONOMY_VERSION,
};

use super::{Desk, Progress, ask::ask, desk::Seat, settle::settle};
use crate::{
    handler::{Context, Tools},
    registry,
};

/// The queue gives a message to somebody else after 2.5 s of silence; this is a third of it.
const STILL_HERE: Duration = Duration::from_millis(800);
/// How long a job waits for a server that does not answer, before others may have it.
const START_WITHIN: Duration = Duration::from_secs(30);
/// When a job that may not start yet comes again. Most often it waits for another picture's proposal,
/// which takes milliseconds, and then it may still be painted in one go with that.
const LATER: Duration = Duration::from_millis(50);

/// What is needed to work on messages.
#[derive(Debug)]
pub struct Bench {
    /// Where the server is asked.
    pub nats: Client,
    /// Who asks.
    pub worker: WorkerId,
    /// The jobs under way.
    pub desk: Desk,
    /// What jobs work with.
    pub tools: Arc<Tools>,
}

impl Bench {
    /// Works on the message until nothing is left to do about it.
    pub async fn attend(&self, message: &Message) {
        let last_word = match serde_json::from_slice(&message.payload) {
            Ok(label) => tokio::select! {
                last_word = self.work(&label, check(&message.payload)) => last_word,
                never = stay(message) => match never {},
            },
            Err(error) => {
                tracing::error!("dropped a message that names no job: {error}");
                AckKind::Term
            }
        };
        if let Err(error) = message.ack_with(last_word).await {
            // It will come again, and the server will say no.
            tracing::debug!("an acknowledgement was not sent: {error}");
        }
    }

    /// A message of another build takes its try all the same, and spends it with the reason: dropped, it
    /// would be handed over again for ever.
    async fn work(&self, label: &Label, checked: Result<(), String>) -> AckKind {
        let &Label { id: job, attempt } = label;
        // Before the question: the server counts on beats from its yes on, and cancels after it.
        let seat = self.desk.lay(job);
        let question = StartJob {
            job,
            attempt,
            worker: self.worker,
        };
        let answer = timeout(START_WITHIN, ask(&self.nats, subject::START, &question)).await;
        let verdict = match answer {
            Ok(Ok(StartAnswer::Go { work })) => match checked {
                Ok(()) => self.run(job, attempt, work, &seat).await,
                Err(reason) => {
                    tracing::error!(%job, attempt, reason, "the message is of another build");
                    Verdict::Retry { reason }
                }
            },
            Ok(Ok(StartAnswer::No { because })) => {
                tracing::debug!(%job, attempt, ?because, "may not start");
                return AckKind::Term;
            }
            Ok(Ok(StartAnswer::Later)) => return AckKind::Nak(Some(LATER)),
            // Most likely it was a yes, and then the server waits for what comes of it.
            Ok(Err(unreadable)) => Verdict::Retry {
                reason: unreadable.to_string(),
            },
            Err(_) => {
                tracing::warn!(%job, attempt, "no server answered, gave the job back");
                return AckKind::Nak(Some(LATER));
            }
        };
        let outcome = Outcome {
            job,
            attempt,
            worker: self.worker,
            verdict,
        };
        settle(&self.nats, &outcome).await;
        AckKind::Ack
    }

    async fn run(&self, job: JobId, attempt: u32, work: Work, seat: &Seat) -> Verdict {
        let kind = registry::kind(&work).name();
        let (progress, reporter) = Progress::of(job);
        let context = Context {
            tools: self.tools.clone(),
            cancel: seat.cancel.clone(),
            progress,
        };
        let started = Instant::now();
        // The reporter ends when the context, which holds the other end, is dropped.
        let work = async move { registry::run(work, &context).await };
        let (verdict, ()) = tokio::join!(work, reporter.send_all(&self.nats));
        note(job, attempt, kind, started.elapsed(), &verdict);
        verdict
    }
}

/// The part of a message that every build can read.
#[derive(Deserialize)]
struct Label {
    id: JobId,
    attempt: u32,
}

/// Whether this build understands the message as it was meant, or why not.
fn check(payload: &[u8]) -> Result<(), String> {
    let envelope: Envelope = serde_json::from_slice(payload)
        .map_err(|error| format!("the job's message does not read: {error}"))?;
    if envelope.taxonomy != TAXONOMY_VERSION {
        let theirs = envelope.taxonomy;
        return Err(format!(
            "the job speaks taxonomy {theirs}, its worker {TAXONOMY_VERSION}"
        ));
    }
    Ok(())
}

/// Keeps the message from being given to somebody else.
async fn stay(message: &Message) -> Infallible {
    loop {
        tokio::time::sleep(STILL_HERE).await;
        if let Err(error) = message.ack_with(AckKind::Progress).await {
            tracing::debug!("could not hold on to a message: {error}");
        }
    }
}

fn note(job: JobId, attempt: u32, kind: &str, took: Duration, verdict: &Verdict) {
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match verdict {
        Verdict::Done { .. } => tracing::info!(%job, attempt, kind, duration_ms, "job done"),
        Verdict::Cancelled => tracing::info!(%job, attempt, kind, duration_ms, "job cancelled"),
        Verdict::Retry { reason } => {
            tracing::warn!(%job, attempt, kind, duration_ms, reason, "job failed this time");
        }
        Verdict::Outdated { reason } => {
            tracing::warn!(%job, attempt, kind, duration_ms, reason, "job needs a replay first");
        }
        Verdict::Refuse { reason } => {
            tracing::error!(%job, attempt, kind, duration_ms, reason, "job failed for good");
        }
    }
}
