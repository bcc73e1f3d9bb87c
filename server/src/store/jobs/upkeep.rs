//! What keeps the jobs table true and small: signs of life, silence, forgetting.

use entity::jobs::{Column, Entity};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, raw_sql,
};
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    ids::{JobId, WorkerId},
    job::JobState,
};

/// A worker says that it works on these. One that is locked right now is being settled.
pub async fn set_heard(
    db: &impl ConnectionTrait,
    worker: WorkerId,
    jobs: &[JobId],
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.0).collect();
    let statement = raw_sql!(
        Postgres,
        "update jobs set heard_at = {now}
        where id in (
            select id from jobs
            where id = any({ids}) and worker_id = {worker.0}
                and state in ('running', 'cancelling')
            for no key update skip locked)"
    );
    db.execute_raw(statement).await.map(drop)
}

/// Jobs under way that no worker was heard of since a moment.
pub async fn silent_since(
    db: &impl ConnectionTrait,
    moment: OffsetDateTime,
) -> Result<Vec<JobId>, DbErr> {
    let ids = Entity::find()
        .filter(is_under_way())
        .filter(Column::HeardAt.lt(moment))
        .select_only()
        .column(Column::Id)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(JobId).collect())
}

/// Forgets jobs that ended before a moment; failed ones are kept until another.
pub async fn forget(
    db: &impl ConnectionTrait,
    ended: OffsetDateTime,
    failed: OffsetDateTime,
) -> Result<u64, DbErr> {
    let old = Condition::any()
        .add(
            Condition::all()
                .add(Column::State.is_in([JobState::Done.name(), JobState::Cancelled.name()]))
                .add(Column::FinishedAt.lt(ended)),
        )
        .add(
            Condition::all()
                .add(Column::State.eq(JobState::Failed.name()))
                .add(Column::FinishedAt.lt(failed)),
        );
    Ok(Entity::delete_many()
        .filter(old)
        .exec(db)
        .await?
        .rows_affected)
}

fn is_under_way() -> Condition {
    let names = [JobState::Running.name(), JobState::Cancelling.name()];
    Condition::all().add(Column::State.is_in(names))
}
