//! The dispatcher: hands over to JetStream what Postgres says is due.
//!
//! One replica does it at a time. It is woken when a job is written, here or at another replica,
//! and looks four times a second anyway, so a lost wake-up is only late. It never hands over more
//! than the workers can take soon: what waits in Postgres can still take turns and be cancelled
//! for free.

mod hand_over;

use std::time::Duration;

use async_nats::{Subscriber, jetstream};
use futures::StreamExt as _;
use sea_orm::{DatabaseTransaction, TransactionTrait as _};
use tokio::time::sleep;

use super::streams;
use crate::{
    app::App,
    store::locks::{self, Singleton},
};

/// A replica that wrote a job, but does not dispatch, tells the one that does.
const WAKE: &str = "atelier.wake";

/// How often to look without being woken.
pub const TICK: Duration = Duration::from_millis(250);

/// JetStream answers within milliseconds or not at all.
const ANSWER_MAX: Duration = Duration::from_secs(2);

/// Dispatches, or waits to take over, until the server drains.
pub async fn run(app: App) {
    while !app.drain.is_cancelled() {
        if let Err(error) = follow(&app).await {
            tracing::warn!(error = format!("{error:#}"), "dispatcher starts anew");
            pause(&app).await;
        }
    }
}

/// Passes wake-ups on until this replica may dispatch, then does.
async fn follow(app: &App) -> anyhow::Result<()> {
    let tx = app.db.begin().await?;
    if locks::try_lock(&tx, Singleton::Dispatcher).await? {
        return lead(app, &tx).await;
    }
    tx.rollback().await?;
    let again = tokio::time::Instant::now() + TICK;
    loop {
        tokio::select! {
            () = app.wake.notified() => app.nats.publish(WAKE, bytes::Bytes::new()).await?,
            () = tokio::time::sleep_until(again) => return Ok(()),
            () = app.drain.cancelled() => return Ok(()),
        }
    }
}

async fn lead(app: &App, lock: &DatabaseTransaction) -> anyhow::Result<()> {
    let mut jetstream = jetstream::new(app.nats.clone());
    jetstream.set_timeout(ANSWER_MAX);
    let mut wakes = app.nats.subscribe(WAKE).await?;
    streams::ensure(&jetstream).await?;
    tracing::info!("this replica dispatches");
    let mut upkeep = tokio::time::interval(TICK);
    upkeep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.wake.notified() => {}
            Some(()) = next_wake(&mut wakes) => {}
            _ = upkeep.tick() => {
                locks::is_held(lock).await?;
                hand_over::take_back_lost(app, &jetstream).await?;
            }
            () = app.drain.cancelled() => return Ok(()),
        }
        hand_over::all_due(app, &jetstream).await?;
    }
}

/// The next wake-up from another replica; what has piled up counts as one.
async fn next_wake(wakes: &mut Subscriber) -> Option<()> {
    wakes.next().await?;
    while let Some(Some(_)) = futures::FutureExt::now_or_never(wakes.next()) {}
    Some(())
}

async fn pause(app: &App) {
    tokio::select! {
        () = sleep(TICK) => {}
        () = app.drain.cancelled() => {}
    }
}
