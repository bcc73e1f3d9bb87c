//! How far a job is, from the thread that works on it to whoever looks.

use async_nats::Client;
use tokio::sync::watch;
use wire::{ids::JobId, job::JobProgress, subject};

/// Where a job says how far it is; usable from any thread.
#[derive(Clone, Debug)]
pub struct Progress {
    job: JobId,
    newest: watch::Sender<Option<JobProgress>>,
}

/// Sends what a job's [`Progress`] says. Steps quicker than the network are skipped.
#[derive(Debug)]
pub struct Reporter(watch::Receiver<Option<JobProgress>>);

impl Progress {
    /// A job's progress, and the part that sends it.
    pub fn of(job: JobId) -> (Self, Reporter) {
        let (newest, seen) = watch::channel(None);
        (Self { job, newest }, Reporter(seen))
    }

    /// So many steps are done.
    pub fn report(&self, step: u32, steps: u32) {
        self.newest.send_replace(Some(JobProgress {
            job: self.job,
            step,
            steps,
        }));
    }
}

impl Reporter {
    /// Sends until dropped. A lost message does not matter.
    pub async fn send_all(mut self, nats: &Client) {
        while self.0.changed().await.is_ok() {
            let newest = *self.0.borrow_and_update();
            if let Some(progress) = newest
                && let Err(error) = super::ask::publish(nats, subject::PROGRESS, &progress).await
            {
                tracing::debug!("a job's progress was not sent: {error:#}");
            }
        }
    }
}
