//! How far a job is, from the thread that works on it to whoever looks.

use async_nats::Client;
use tokio::sync::watch;
use wire::{ids::JobId, job::JobProgress, mix::Mix, subject};

/// Where a job says how far it is; usable from any thread.
#[derive(Clone, Debug)]
pub struct Progress(watch::Sender<JobProgress>);

/// Sends what a job's [`Progress`] says. Steps quicker than the network are skipped.
#[derive(Debug)]
pub struct Reporter(watch::Receiver<JobProgress>);

impl Progress {
    /// A job's progress, and the part that sends it.
    pub fn of(job: JobId) -> (Self, Reporter) {
        let (newest, seen) = watch::channel(JobProgress {
            job,
            step: 0,
            steps: 0,
            proposed: None,
        });
        (Self(newest), Reporter(seen))
    }

    /// This will be painted. Every later report says it too.
    pub fn propose(&self, mix: Mix) {
        self.0.send_modify(|newest| newest.proposed = Some(mix));
    }

    /// So many steps are done.
    pub fn report(&self, step: u32, steps: u32) {
        self.0.send_modify(|newest| {
            (newest.step, newest.steps) = (step, steps);
        });
    }
}

impl Reporter {
    /// Sends until dropped.
    pub async fn send_all(mut self, nats: &Client) {
        while self.0.changed().await.is_ok() {
            let newest = *self.0.borrow_and_update();
            if let Err(error) = super::ask::publish(nats, subject::PROGRESS, &newest).await {
                tracing::debug!("a job's progress was not sent: {error:#}");
            }
        }
    }
}
