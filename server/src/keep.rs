//! What looks after the house from time to time. Each of these reads what there is and sets right
//! what is not: no input, harmless to repeat, by one replica at a time.

pub mod lost_jobs;
pub mod old_blobs;
pub mod old_rows;

use std::time::Duration;

use sea_orm::TransactionTrait as _;
use tokio_util::task::TaskTracker;

use crate::{
    app::App,
    store::locks::{self, Singleton},
};

/// Begins everything of this room. The tasks end when the server drains.
pub fn start(app: &App, tasks: &TaskTracker) {
    tasks.spawn(lost_jobs::run(app.clone()));
    tasks.spawn(old_blobs::run(app.clone()));
    tasks.spawn(old_rows::run(app.clone()));
}

/// Does it now and then again after each period, until the server drains.
async fn every<F>(app: App, period: Duration, what: Singleton, work: fn(App) -> F)
where
    F: Future<Output = anyhow::Result<()>> + Send,
{
    let mut ticks = tokio::time::interval(period);
    while app.drain.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(error) = alone(&app, what, work(app.clone())).await {
            tracing::warn!(
                error = format!("{error:#}"),
                ?what,
                "upkeep did not work this time"
            );
        }
    }
}

/// Does it unless another replica is doing it.
async fn alone(
    app: &App,
    what: Singleton,
    work: impl Future<Output = anyhow::Result<()>> + Send,
) -> anyhow::Result<()> {
    let tx = app.db.begin().await?;
    if locks::try_lock(&tx, what).await? {
        work.await?;
    }
    tx.rollback().await?;
    Ok(())
}
