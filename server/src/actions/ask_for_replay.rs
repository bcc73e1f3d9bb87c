//! The log is about to change under versions that were made from it: they are to be made anew.

use sea_orm::DatabaseTransaction;
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{ids::JobId, rating::RatingCard};

use crate::{
    error::ApiError,
    store::{jobs, ratings, replays, styles::Style},
};

/// Before a rating leaves the log, or comes into the middle of it: if a version has learned from it
/// or from one behind it, an update is queued that replays the log. Returns that job. Two changes in
/// quick succession get the same one.
///
/// The update finds out by itself that there is something to replay, so whichever runs next does it.
pub(super) async fn ask_for_replay(
    tx: &DatabaseTransaction,
    style: &Style,
    changed: &RatingCard,
    now: OffsetDateTime,
) -> Result<Option<JobId>, ApiError> {
    let outdated = ratings::first_version_from(tx, style.id, changed.position).await?;
    let Some(outdated_from) = outdated else {
        return Ok(None);
    };
    let job = jobs::queue_update(tx, JobId(Uuid::now_v7()), style, now).await?;
    replays::want(tx, style.id, outdated_from, job).await?;
    Ok(Some(job))
}
