//! The server's side of the talk: it makes the queue, and answers what the test says.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use async_nats::{
    Client, Message,
    jetstream::{
        self,
        consumer::{AckPolicy, pull},
        stream::{Config, RetentionPolicy},
    },
};
use futures::StreamExt as _;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::sync::Notify;
use uuid::Uuid;
use wire::{
    ids::JobId,
    job::{
        Beat, Envelope, JobKind, JobProgress, Outcome, SettleAnswer, StartAnswer, StartJob, Work,
    },
    subject,
    taxonomy::TAXONOMY_VERSION,
};

use crate::house::until;

#[derive(Clone)]
pub struct ServerSide {
    pub nats: Client,
    heard: Arc<Mutex<Heard>>,
    news: Arc<Notify>,
}

#[derive(Default)]
pub struct Heard {
    /// What each job is answered; the last answer stays.
    answers: BTreeMap<JobId, VecDeque<Value>>,
    /// So many outcomes will be heard and not answered.
    pub deaf_to: usize,
    /// What outcomes are answered, if not that they are settled.
    pub settle_answer: Option<SettleAnswer>,
    pub starts: Vec<StartJob>,
    pub outcomes: Vec<Outcome>,
    pub beats: Vec<Beat>,
    pub progress: Vec<JobProgress>,
}

impl ServerSide {
    pub async fn open(url: &str) -> Self {
        let nats = async_nats::connect(url).await.unwrap();
        let side = Self {
            nats,
            heard: Arc::default(),
            news: Arc::default(),
        };
        side.make_queue().await;
        side.listen(subject::START, |heard, ask: StartJob| {
            let job = ask.job;
            heard.starts.push(ask);
            let answers = heard.answers.get_mut(&job)?;
            if answers.len() > 1 {
                answers.pop_front()
            } else {
                answers.front().cloned()
            }
        })
        .await;
        side.listen(subject::SETTLE, |heard, outcome: Outcome| {
            heard.outcomes.push(outcome);
            let deaf = heard.deaf_to > 0;
            heard.deaf_to = heard.deaf_to.saturating_sub(1);
            let answer = heard.settle_answer.clone();
            (!deaf).then_some(answer.unwrap_or(SettleAnswer::Settled))
        })
        .await;
        side.listen(subject::BEAT, |heard, beat: Beat| {
            heard.beats.push(beat);
            None::<()>
        })
        .await;
        side.listen(subject::PROGRESS, |heard, progress: JobProgress| {
            heard.progress.push(progress);
            None::<()>
        })
        .await;
        side
    }

    /// Makes the stream and its consumers, as the server does when they are missing.
    pub async fn make_queue(&self) {
        let config = Config {
            name: subject::JOBS_STREAM.into(),
            subjects: vec![subject::JOBS.into()],
            retention: RetentionPolicy::WorkQueue,
            ..Config::default()
        };
        let jetstream = jetstream::new(self.nats.clone());
        let stream =
            until(async || jetstream.get_or_create_stream(config.clone()).await.ok()).await;
        for kind in JobKind::ALL {
            let consumer = pull::Config {
                durable_name: Some(subject::consumer(kind).into()),
                filter_subject: subject::jobs(kind),
                ack_policy: AckPolicy::Explicit,
                ..pull::Config::default()
            };
            stream.create_consumer(consumer).await.unwrap();
        }
    }

    /// A new job that may start at once.
    pub async fn enqueue(&self, work: Work) -> JobId {
        let kind = worker::registry::kind(&work);
        self.enqueue_with(kind, vec![StartAnswer::Go { work }])
            .await
    }

    /// A new job with the answers to "may I start?", one after the other.
    pub async fn enqueue_with(&self, kind: JobKind, answers: Vec<StartAnswer>) -> JobId {
        let answers = answers
            .iter()
            .map(|answer| serde_json::to_value(answer).unwrap());
        self.enqueue_answering(kind, answers.collect()).await
    }

    /// The same, in whatever words.
    pub async fn enqueue_answering(&self, kind: JobKind, answers: VecDeque<Value>) -> JobId {
        let id = JobId(Uuid::new_v4());
        self.heard(|heard| heard.answers.insert(id, answers));
        let envelope = Envelope {
            id,
            kind,
            attempt: 1,
            taxonomy: TAXONOMY_VERSION,
        };
        self.enqueue_raw(kind, serde_json::to_vec(&envelope).unwrap())
            .await;
        id
    }

    /// What a job is answered that the test puts into the queue itself.
    pub fn answer(&self, job: JobId, answer: StartAnswer) {
        let answer = serde_json::to_value(answer).unwrap();
        self.heard(|heard| heard.answers.insert(job, [answer].into()));
    }

    /// Whatever bytes into the queue.
    pub async fn enqueue_raw(&self, kind: JobKind, payload: Vec<u8>) {
        let jetstream = jetstream::new(self.nats.clone());
        let stored = jetstream
            .publish(subject::jobs(kind), payload.into())
            .await
            .unwrap();
        stored.await.unwrap();
    }

    /// Waits for the job's first outcome.
    pub async fn outcome(&self, job: JobId) -> Outcome {
        self.wait(|heard| {
            heard
                .outcomes
                .iter()
                .find(|outcome| outcome.job == job)
                .cloned()
        })
        .await
    }

    /// Waits until something has been heard.
    pub async fn wait<T>(&self, look: impl Fn(&Heard) -> Option<T>) -> T {
        loop {
            let news = self.news.notified();
            if let Some(seen) = self.heard(|heard| look(heard)) {
                return seen;
            }
            news.await;
        }
    }

    /// Looks at, or changes, what has been heard.
    pub fn heard<T>(&self, look: impl FnOnce(&mut Heard) -> T) -> T {
        look(&mut self.heard.lock().unwrap())
    }

    /// How many messages the queue holds, under way or waiting.
    pub async fn queued(&self) -> u64 {
        let jetstream = jetstream::new(self.nats.clone());
        let mut stream = jetstream.get_stream(subject::JOBS_STREAM).await.unwrap();
        stream.info().await.unwrap().state.messages
    }

    /// Waits until every message has been acknowledged or terminated.
    pub async fn queue_is_empty(&self) {
        until(async || (self.queued().await == 0).then_some(())).await;
    }

    async fn listen<Q: DeserializeOwned, A: Serialize + Send>(
        &self,
        subject: &'static str,
        answer: impl Fn(&mut Heard, Q) -> Option<A> + Send + 'static,
    ) {
        let mut questions = self.nats.subscribe(subject).await.unwrap();
        self.nats.flush().await.unwrap();
        let side = self.clone();
        tokio::spawn(async move {
            while let Some(Message { payload, reply, .. }) = questions.next().await {
                let question = serde_json::from_slice(&payload).unwrap();
                let answer = side.heard(|heard| answer(heard, question));
                if let (Some(answer), Some(reply)) = (answer, reply) {
                    let payload = serde_json::to_vec(&answer).unwrap();
                    side.nats.publish(reply, payload.into()).await.unwrap();
                }
                side.news.notify_waiters();
            }
        });
    }
}
