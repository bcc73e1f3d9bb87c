//! Tells workers to stop.

use wire::{ids::JobId, subject::cancel};

use crate::app::App;

/// Tells them once. For jobs whose rows are gone: whoever does not hear it finishes in vain.
pub async fn tell(app: &App, jobs: &[JobId]) {
    for &job in jobs {
        if let Err(error) = app.nats.publish(cancel(job), bytes::Bytes::new()).await {
            tracing::warn!(%error, %job, "a worker was not told to stop");
        }
    }
}
