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
use tokio::time::timeout;
use wire::{
    ids::{JobId, WorkerId},
    job::{Envelope, Outcome, SettleAnswer, StartAnswer, StartJob, Verdict, Work},
    subject,
    taxonomy::TAXONOMY_VERSION,
};

use super::{Desk, Progress, ask::ask, desk::Seat};
use crate::{
    handler::{Context, Tools},
    registry,
};

/// The queue gives a message to somebody else after 30 s of silence; this is a third of it.
const STILL_HERE: Duration = Duration::from_secs(10);
/// How long a job waits for a server that does not answer, before others may have it.
const START_WITHIN: Duration = Duration::from_secs(30);
/// When a job that may not start yet comes again.
const LATER: Duration = Duration::from_millis(200);

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
        let last_word = match read(&message.payload) {
            Ok(envelope) => tokio::select! {
                last_word = self.work(&envelope) => last_word,
                never = stay(message) => match never {},
            },
            Err(reason) => {
                tracing::error!("dropped a message that this build cannot read: {reason}");
                AckKind::Term
            }
        };
        if let Err(error) = message.ack_with(last_word).await {
            // It will come again, and the server will say no.
            tracing::debug!("an acknowledgement was not sent: {error}");
        }
    }

    async fn work(&self, envelope: &Envelope) -> AckKind {
        let &Envelope {
            id: job,
            attempt,
            kind,
            ..
        } = envelope;
        // Before the question: the server counts on beats from its yes on, and cancels after it.
        let seat = self.desk.lay(job);
        let question = StartJob {
            job,
            attempt,
            worker: self.worker,
        };
        let answer = timeout(START_WITHIN, ask(&self.nats, subject::START, &question)).await;
        match answer {
            Ok(StartAnswer::Go { work }) => {
                let outcome = self.run(job, attempt, work, &seat).await;
                let settled: SettleAnswer = ask(&self.nats, subject::SETTLE, &outcome).await;
                if settled == SettleAnswer::NotYours {
                    tracing::info!(%job, attempt, "somebody else has the job, outcome dropped");
                }
                AckKind::Ack
            }
            Ok(StartAnswer::No { because }) => {
                tracing::debug!(%job, attempt, kind = kind.name(), ?because, "may not start");
                AckKind::Term
            }
            Ok(StartAnswer::Later) => AckKind::Nak(Some(LATER)),
            Err(_) => {
                tracing::warn!(%job, attempt, "no server answered, gave the job back");
                AckKind::Nak(Some(LATER))
            }
        }
    }

    async fn run(&self, job: JobId, attempt: u32, work: Work, seat: &Seat) -> Outcome {
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
        Outcome {
            job,
            attempt,
            worker: self.worker,
            verdict,
        }
    }
}

fn read(payload: &[u8]) -> Result<Envelope, String> {
    let envelope: Envelope = serde_json::from_slice(payload).map_err(|error| error.to_string())?;
    if envelope.taxonomy != TAXONOMY_VERSION {
        let theirs = envelope.taxonomy;
        return Err(format!(
            "it speaks taxonomy {theirs}, this worker {TAXONOMY_VERSION}"
        ));
    }
    Ok(envelope)
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
        Verdict::Refuse { reason } => {
            tracing::error!(%job, attempt, kind, duration_ms, reason, "job failed for good");
        }
    }
}
