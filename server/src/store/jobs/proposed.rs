//! What pictures under way will show: known before they are painted, so that the proposals after them
//! keep their distance.

use entity::jobs::{Column, Entity};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    raw_sql,
};
use wire::{
    ids::{JobId, StyleId},
    job::{JobKind, JobState},
    mix::Mix,
};

use super::Job;
use crate::store::columns::to_json;

/// The job's worker has proposed this. It is noted once, while the job runs.
pub async fn set(db: &impl ConnectionTrait, job: JobId, mix: &Mix) -> Result<(), DbErr> {
    let mix = to_json(mix)?;
    let statement = raw_sql!(
        Postgres,
        "update jobs set bound = bound || jsonb_build_object('proposed', {mix}::jsonb)
        where id = {job.0} and state = 'running' and bound -> 'proposed' is null"
    );
    db.execute_raw(statement).await.map(drop)
}

/// What the style's running pictures will show, the one that was started last first; `None` for one
/// whose worker has not said it.
pub async fn of_style(
    db: &impl ConnectionTrait,
    style: StyleId,
) -> Result<Vec<Option<Mix>>, DbErr> {
    let rows = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Kind.eq(JobKind::GenerateImage.name()))
        .filter(Column::State.eq(JobState::Running.name()))
        .order_by_desc(Column::StartedAt)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok(Job::try_from(row)?.bound.and_then(|bound| bound.proposed)))
        .collect()
}
