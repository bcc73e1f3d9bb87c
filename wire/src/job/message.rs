//! What workers and the server say to each other over NATS.

use serde::{Deserialize, Serialize};

use super::{JobKind, Product, Work};
use crate::{
    ids::{JobId, WorkerId},
    mix::Mix,
};

/// The message in the queue: there is work of this kind. See [`Work`] for why it says no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Which job.
    pub id: JobId,
    /// Its kind.
    pub kind: JobKind,
    /// Which try this is, from 1.
    pub attempt: u32,
    /// The vocabulary of the server that sent it.
    pub taxonomy: u32,
}

/// "May I start this job?"
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartJob {
    /// Which job.
    pub job: JobId,
    /// The envelope's attempt.
    pub attempt: u32,
    /// Who asks.
    pub worker: WorkerId,
}

/// The answer to [`StartJob`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum StartAnswer {
    /// Yes, and this is what to do.
    Go {
        /// The work as of now.
        work: Work,
    },
    /// No: drop the message.
    No {
        /// Why not.
        because: Refusal,
    },
    /// Not yet: give the message back, the job may start in a moment.
    Later,
}

/// Why a job may not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There is no such job any more.
    Unknown,
    /// Somebody cancelled it.
    Cancelled,
    /// It is done, failed, running elsewhere or on a later attempt.
    Stale,
    /// Nothing is left to do.
    NothingToDo,
}

/// A worker's last word about a job, asked as a request until the server answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which job.
    pub job: JobId,
    /// Which try.
    pub attempt: u32,
    /// Who did it.
    pub worker: WorkerId,
    /// How it ended.
    pub verdict: Verdict,
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time is decoded, looked at and dropped"
)]
pub enum Verdict {
    /// It worked.
    Done {
        /// What came of it.
        product: Product,
    },
    /// It did not work, but may another time.
    Retry {
        /// Why, in a sentence.
        reason: String,
    },
    /// It did not work and never will.
    Refuse {
        /// Why, in a sentence.
        reason: String,
    },
    /// It cannot go on from a version that another version of the program stored: the style is to be
    /// learned anew first.
    Outdated {
        /// Why, in a sentence.
        reason: String,
    },
    /// It was told to stop and did.
    Cancelled,
}

/// The answer to [`Outcome`]: the worker may forget the job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettleAnswer {
    /// The outcome is in the database, now or since an earlier delivery.
    Settled,
    /// The job went to another worker or ended otherwise; the outcome was dropped.
    NotYours,
    /// The server could not make anything of the outcome: it counts as a try that failed. Asking
    /// again would change nothing.
    Unreadable {
        /// Why, in a sentence.
        reason: String,
    },
}

/// "I am alive, and these are the jobs I work on." Published by every worker twice a second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    /// Who; new at every start of a worker.
    pub worker: WorkerId,
    /// What people call it, for example `worker-1`.
    pub name: String,
    /// The engine and its version.
    pub engine: String,
    /// What it computes on, for example `cpu` or `cuda:0 NVIDIA H200`.
    pub device: String,
    /// Jobs under way.
    pub jobs: Vec<JobId>,
}

/// How far a job is. Lost ones do not matter much: the next one says all that they said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobProgress {
    /// Which job.
    pub job: JobId,
    /// Steps done.
    pub step: u32,
    /// Steps in all; 0 while there is nothing to count.
    pub steps: u32,
    /// What is being painted, from the moment it was proposed. The style's next proposal keeps its
    /// distance from it, and waits until it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Mix>,
}
