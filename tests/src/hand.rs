//! A worker played by hand: it asks, reports and beats as a worker does, and says what a worker
//! never should.

use std::time::Duration;

use async_nats::{Client, Request};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{
    ids::{JobId, StyleId, WorkerId},
    job::{Beat, JobKind, StartAnswer, StartJob},
    subject,
};

use crate::{Stack, wait};

/// One worker.
#[derive(Clone, Debug)]
pub struct Hand {
    /// For whatever else a test wants to hear or say.
    pub nats: Client,
    /// Who it is.
    pub worker: WorkerId,
}

impl Hand {
    /// Connects to the stack's bus.
    pub async fn join(stack: &Stack) -> Self {
        let nats = async_nats::connect(stack.nats.url()).await;
        Self {
            nats: nats.expect("the bus is there"),
            worker: WorkerId(Uuid::new_v4()),
        }
    }

    /// Asks whether the try may start.
    pub async fn start(&self, job: JobId, attempt: u32) -> StartAnswer {
        let worker = self.worker;
        let question = StartJob {
            job,
            attempt,
            worker,
        };
        self.ask(subject::START, &question).await
    }

    /// Says what became of a try, in whatever words.
    pub async fn report(&self, job: JobId, attempt: u32, verdict: &Value) -> Value {
        let worker = self.worker;
        let report = json!({"job": job, "attempt": attempt, "worker": worker, "verdict": verdict});
        self.ask(subject::SETTLE, &report).await
    }

    /// Gives a sign of life.
    pub async fn beat(&self, job: JobId) {
        let beat = Beat {
            worker: self.worker,
            name: "by hand".into(),
            engine: "none".into(),
            device: "none".into(),
            jobs: vec![job],
        };
        let payload = serde_json::to_vec(&beat).expect("a beat becomes JSON");
        let sent = self.nats.publish(subject::BEAT, payload.into()).await;
        sent.expect("the bus is there");
    }

    async fn ask<A: DeserializeOwned>(&self, subject: &'static str, words: &impl Serialize) -> A {
        let payload = serde_json::to_vec(words).expect("it becomes JSON");
        wait::until("the server answers", async || {
            let request = Request::new()
                .payload(payload.clone().into())
                .timeout(Some(Duration::from_secs(2)));
            let answer = self.nats.send_request(subject, request).await;
            let answer = answer.map_err(|error| error.to_string())?;
            serde_json::from_slice(&answer.payload).map_err(|error| error.to_string())
        })
        .await
    }
}

impl Stack {
    /// Waits until a job of that kind waits for its try of that number, and names it.
    pub async fn queued(&self, style: StyleId, kind: JobKind, attempt: u32) -> JobId {
        let sql = "select id from jobs where style_id = $1 and kind = $2 and state = 'queued'
            and attempt = $3 limit 1";
        wait::until("the job waits for its try", async || {
            let query = sqlx::query_scalar(sql)
                .bind(style.0)
                .bind(kind.name())
                .bind(attempt.cast_signed());
            let found: Option<Uuid> = query
                .fetch_optional(&self.database.pool)
                .await
                .expect("the jobs are looked through");
            found.map(JobId).ok_or("no such job")
        })
        .await
    }
}
