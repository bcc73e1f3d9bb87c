//! "I am alive, and these are the jobs I work on."

use std::{convert::Infallible, time::Duration};

use async_nats::Client;
use tokio::time::{MissedTickBehavior, interval};
use wire::{job::Beat, subject};

use super::Desk;

/// The server takes a worker for lost after five missed beats.
const EVERY: Duration = Duration::from_millis(500);

/// Beats until dropped. `first` says who and what; its jobs are those on the desk.
pub async fn beat(nats: &Client, first: Beat, desk: &Desk) -> Infallible {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let beat = Beat {
            jobs: desk.jobs(),
            ..first.clone()
        };
        if let Err(error) = super::ask::publish(nats, subject::BEAT, &beat).await {
            tracing::debug!("a heartbeat was not sent: {error:#}");
        }
    }
}
