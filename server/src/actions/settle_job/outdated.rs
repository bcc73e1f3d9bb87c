//! A worker does not read the style's newest version, since another version of the program stored it.
//! The ratings are all there, so the style is learned anew from them, and goes on from that.

use sea_orm::DatabaseTransaction;
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    ids::JobId,
    job::{JobState, Work},
};

use crate::{
    actions::try_job_again::try_job_again,
    error::ApiError,
    store::{
        jobs::{self, Bound, Job},
        replays,
        styles::Style,
    },
};

/// Wants a replay of all of the log, unless the head has moved on or one is wanted already. Returns
/// where the job stands now: it is over, and once the style is learned anew another one follows.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    style: &Style,
    job: &Job,
    reason: &str,
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    let Some(Bound {
        version: Some(version),
        work: Work::LearnFromRatings(_) | Work::GenerateImage(_),
        revision: _,
        proposed: _,
    }) = &job.bound
    else {
        return try_job_again(tx, job, "its worker was not given a version", now).await;
    };
    let why = Some("its version was stored by another version of the program");
    jobs::set_final(tx, job.id, JobState::Cancelled, why, now).await?;
    let update = jobs::queue_update(tx, JobId(Uuid::now_v7()), style, now).await?;
    if style.head == Some(*version) && replays::wanted(tx, style.id).await?.is_none() {
        tracing::warn!(style = %style.id, version, reason, "the style is learned anew");
        replays::want(tx, style.id, 0, update).await?;
    }
    Ok(JobState::Cancelled)
}
