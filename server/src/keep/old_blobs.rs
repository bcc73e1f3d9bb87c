//! Removes blobs that no row points at: of deleted styles and accounts, undone versions, and
//! workers that died between writing a blob and reporting it.

use std::time::Duration;

use futures::{StreamExt as _, TryStreamExt as _};
use time::Duration as Span;

use super::every;
use crate::{
    app::App,
    store::{blobs::referenced, locks::Singleton},
};

const PERIOD: Duration = Duration::from_mins(10);

/// A blob is written before the row that points at it. No job takes nearly as long as this to be
/// reported, and a worker that makes the same blob again writes it again, which makes it young.
const YOUNG: Span = Span::HOUR;

/// How many to ask the database about at once.
const BATCH: usize = 500;

/// Sweeps until the server drains.
pub async fn run(app: App) {
    every(app, PERIOD, Singleton::OldBlobs, sweep).await;
}

async fn sweep(app: App) -> anyhow::Result<()> {
    let written_before = app.clock.now() - YOUNG;
    let mut removed = 0_u64;
    let mut batches = app
        .blobs
        .list()
        .try_filter(|blob| std::future::ready(blob.written < written_before))
        .map_ok(|blob| blob.hash)
        .try_chunks(BATCH)
        .boxed();
    while let Some(batch) = batches.try_next().await? {
        let kept = referenced(&app.db, &batch).await?;
        for &blob in batch.iter().filter(|blob| !kept.contains(blob)) {
            app.blobs.delete(blob).await?;
            removed += 1;
        }
    }
    if removed > 0 {
        tracing::info!(removed, "removed blobs that no row points at");
    }
    Ok(())
}
