//! Somebody cancels a job: its token is tripped, wherever it is in its work.

use std::{convert::Infallible, time::Duration};

use async_nats::Client;
use futures::StreamExt as _;
use wire::subject;

use super::Desk;

/// Listens until dropped. A cancel that comes before its job or is lost does no harm: the server
/// repeats it until the job is settled, and does not let a cancelled job start.
pub async fn listen_for_cancels(nats: &Client, desk: &Desk) -> Infallible {
    loop {
        match nats.subscribe(subject::CANCELS).await {
            Ok(mut cancels) => {
                while let Some(cancel) = cancels.next().await {
                    if let Some(job) = subject::cancelled_job(&cancel.subject) {
                        desk.cancel(job);
                    }
                }
            }
            Err(error) => tracing::warn!("cannot listen for cancelled jobs: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
