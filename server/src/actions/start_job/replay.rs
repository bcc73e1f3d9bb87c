//! An update of a style whose log changed: all of it is learned anew.

use sea_orm::DatabaseTransaction;
use wire::{
    ids::{BlobHash, JobId, StyleId},
    job::{Checkpoint, ReplayStyle, StartAnswer, Work},
};

use crate::{
    app::App,
    error::ApiError,
    store::{
        rating_log, ratings,
        replays::{self, Wanted},
        styles::Style,
        versions,
    },
};

/// A log in the blob store: it may be longer than a message can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenLog {
    log: BlobHash,
    pub(super) revision: u32,
}

/// Writes the log down if there is one to replay. Before anything is locked, since the store may be
/// slow; nothing points at it, so it is swept within hours.
pub(super) async fn write_log(app: &App, style: StyleId) -> Result<Option<WrittenLog>, ApiError> {
    let Some((revision, log)) = rating_log::to_replay(&app.db, style).await? else {
        return Ok(None);
    };
    let bytes = serde_json::to_vec(&log).map_err(ApiError::internal)?;
    let log = app.blobs.put(bytes).await.map_err(ApiError::internal)?;
    Ok(Some(WrittenLog { log, revision }))
}

/// Binds the replay, unless the log changed again since it was written down: then the worker is to
/// ask once more.
pub(super) async fn bind(
    tx: &DatabaseTransaction,
    style: &Style,
    job: JobId,
    both: Option<(Wanted, WrittenLog)>,
) -> Result<StartAnswer, ApiError> {
    let Some((wanted, written)) = both else {
        return Ok(StartAnswer::Later);
    };
    if wanted.revision != written.revision {
        return Ok(StartAnswer::Later);
    }
    if wanted.job != job {
        replays::set_job(tx, style.id, job).await?;
    }
    let work = Work::ReplayStyle(ReplayStyle {
        log: written.log,
        checkpoint: checkpoint(tx, style, wanted).await?,
        prompts: style.prompts.clone(),
    });
    Ok(StartAnswer::Go { work })
}

/// The newest version that no change has touched.
async fn checkpoint(
    tx: &DatabaseTransaction,
    style: &Style,
    wanted: Wanted,
) -> Result<Option<Checkpoint>, ApiError> {
    let version = versions::newest_before(tx, style.id, wanted.outdated_from).await?;
    let Some(version) = version else {
        return Ok(None);
    };
    Ok(Some(Checkpoint {
        policy: version.policy,
        learned: ratings::count_learned_by(tx, style.id, version.number).await?,
    }))
}
