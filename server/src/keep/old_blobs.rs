//! Removes blobs that no row points at: of deleted styles and accounts, undone versions, and
//! workers that died between writing a blob and reporting it.
//!
//! A worker may make a blob again in the very moment in which it is found to be of no use. So the
//! sweep and the outcomes exclude each other: an outcome that found its blobs in the store commits
//! before the sweep looks for rows, or looks for its blobs after the sweep and has the job done
//! again.

use std::time::Duration;

use futures::{StreamExt as _, TryStreamExt as _};
use sea_orm::{DatabaseTransaction, DbErr, TransactionTrait as _};
use time::{Duration as Span, OffsetDateTime};
use wire::ids::BlobHash;

use super::every;
use crate::{
    app::App,
    store::{
        blobs::referenced,
        locks::{self, Singleton},
    },
};

const PERIOD: Duration = Duration::from_mins(10);

/// A blob is written before the row that points at it. No job takes nearly as long as this to be
/// reported, and a worker that makes the same blob again writes it again, which makes it young.
const YOUNG: Span = Span::HOUR;

/// How many to ask the database about at once. Outcomes wait meanwhile, so it is soon done.
const BATCH: usize = 100;

/// How often to look for a moment in which no outcome is being settled.
const TRIES: u32 = 100;

/// The pause between two looks; with [`TRIES`], ten seconds in all.
const PAUSE: Duration = Duration::from_millis(100);

/// Sweeps until the server drains.
pub async fn run(app: App) {
    every(app, PERIOD, Singleton::OldBlobs, sweep).await;
}

async fn sweep(app: App) -> anyhow::Result<()> {
    let written_before = app.clock.now() - YOUNG;
    let mut removed = 0;
    let mut batches = app
        .blobs
        .list()
        .try_filter(|blob| std::future::ready(blob.written < written_before))
        .map_ok(|blob| blob.hash)
        .try_chunks(BATCH)
        .boxed();
    while let Some(batch) = batches.try_next().await? {
        removed += sweep_batch(&app, &batch, written_before).await?;
    }
    if removed > 0 {
        tracing::info!(removed, "removed blobs that no row points at");
    }
    Ok(())
}

async fn sweep_batch(
    app: &App,
    batch: &[BlobHash],
    written_before: OffsetDateTime,
) -> anyhow::Result<u64> {
    // Most blobs are pointed at, and finding that out disturbs nobody.
    let kept = referenced(&app.db, batch).await?;
    let idle: Vec<BlobHash> = batch
        .iter()
        .copied()
        .filter(|b| !kept.contains(b))
        .collect();
    if idle.is_empty() {
        return Ok(0);
    }
    let mut removed = 0;
    let tx = app.db.begin().await?;
    if !find_a_gap(&tx).await? {
        tracing::info!("outcomes keep coming; blobs are left for the next sweep");
        return Ok(0);
    }
    let kept = referenced(&tx, &idle).await?;
    for &blob in idle.iter().filter(|blob| !kept.contains(blob)) {
        // Since it was listed, a worker may have written it again.
        let written = app.blobs.written(blob).await?;
        if written.is_some_and(|written| written < written_before) {
            app.blobs.delete(blob).await?;
            removed += 1;
        }
    }
    tx.rollback().await?;
    Ok(removed)
}

/// Outcomes are settled within milliseconds, so there soon is a moment without one.
async fn find_a_gap(tx: &DatabaseTransaction) -> Result<bool, DbErr> {
    for _ in 0..TRIES {
        if locks::try_sweep_blobs(tx).await? {
            return Ok(true);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(false)
}
