//! Workers' signs of life.

use wire::{job::Beat, subject::BEAT};

use super::requests;
use crate::{
    app::App,
    store::{jobs::upkeep, workers},
};

/// Listens until the server drains.
pub async fn run(app: App) {
    requests::serve(app, BEAT, hear).await;
}

async fn hear(app: App, beat: Beat) -> Option<()> {
    let heard = async {
        workers::set_heard(&app.db, &beat).await?;
        if beat.jobs.is_empty() {
            return Ok(());
        }
        upkeep::set_heard(&app.db, beat.worker, &beat.jobs).await
    };
    if let Err(error) = heard.await {
        tracing::warn!(%error, "a worker's sign of life was not noted");
    }
    None
}
