//! A picture was painted: it joins its style's unseen ones.

use sea_orm::DatabaseTransaction;
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    event::Event,
    ids::ImageId,
    job::{ImageMade, JobState, Work},
};

use crate::{
    actions::try_job_again::try_job_again,
    error::ApiError,
    store::{
        events,
        images::{self, MadeBy},
        jobs::{self, Bound, Job},
        styles::Style,
    },
};

/// Stores the picture with its provenance. Returns where the job stands now.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    style: &Style,
    job: &Job,
    made: &ImageMade,
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    let Some(Bound {
        version: Some(version),
        work: Work::GenerateImage(asked),
        revision: _,
        proposed: _,
    }) = &job.bound
    else {
        return try_job_again(tx, job, "its worker was not asked for a picture", now).await;
    };
    if made.proposal.policy != asked.policy || made.proposal.prompt != asked.prompt {
        return try_job_again(tx, job, "its worker painted something else", now).await;
    }
    let id = ImageId(Uuid::now_v7());
    let made_by = MadeBy {
        version: *version,
        seed: asked.image_seed,
        drawing: asked.drawing,
    };
    let image = images::insert(tx, id, style.id, made_by, made, now).await?;
    jobs::set_final(tx, job.id, JobState::Done, None, now).await?;
    events::add(tx, style.artist, &Event::ImageReady { image }, now).await?;
    Ok(JobState::Done)
}
