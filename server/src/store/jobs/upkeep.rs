//! What keeps the jobs table true and small: signs of life, silence, forgetting.

use entity::jobs::{Column, Entity};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult,
    QueryFilter as _, QuerySelect as _, raw_sql,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use wire::{
    ids::{JobId, WorkerId},
    job::{JobKind, JobState},
};

use crate::store::columns::named;

/// A job that a worker has, and for how long, by Postgres' clock. The clocks of the replicas may
/// differ by more than a worker may be silent, so none of them is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// Which job.
    pub job: JobId,
    /// Its kind.
    pub kind: JobKind,
    /// How long its worker has not been heard of.
    pub silent: Duration,
    /// How long ago it was started.
    pub running: Duration,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    silent_ms: i64,
    running_ms: i64,
}

/// A worker says that it works on these. One that is locked right now is being settled.
pub async fn set_heard(
    db: &impl ConnectionTrait,
    worker: WorkerId,
    jobs: &[JobId],
) -> Result<(), DbErr> {
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.0).collect();
    let statement = raw_sql!(
        Postgres,
        "update jobs set heard_at = clock_timestamp()
        where id in (
            select id from jobs
            where id = any({ids}) and worker_id = {worker.0}
                and state in ('running', 'cancelling')
            for no key update skip locked)"
    );
    db.execute_raw(statement).await.map(drop)
}

/// All jobs under way, or only this one if it is.
pub async fn under_way(
    db: &impl ConnectionTrait,
    only: Option<JobId>,
) -> Result<Vec<UnderWay>, DbErr> {
    let only = only.map(|job| job.0);
    let statement = raw_sql!(
        Postgres,
        "select id, kind,
            (extract(epoch from clock_timestamp() - coalesce(heard_at, created_at)) * 1000)::bigint
                as silent_ms,
            (extract(epoch from clock_timestamp() - coalesce(started_at, created_at)) * 1000)::bigint
                as running_ms
        from jobs
        where state in ('running', 'cancelling') and ({only}::uuid is null or id = {only})"
    );
    let rows = Row::find_by_statement(statement).all(db).await?;
    let job = |row: Row| {
        Ok(UnderWay {
            job: JobId(row.id),
            kind: named(&row.kind, JobKind::from_name)?,
            silent: Duration::milliseconds(row.silent_ms),
            running: Duration::milliseconds(row.running_ms),
        })
    };
    rows.into_iter().map(job).collect()
}

/// How many jobs of each kind are in each state that is not final, where there are any.
pub async fn count_open(db: &impl ConnectionTrait) -> Result<Vec<(JobKind, JobState, u32)>, DbErr> {
    let open = [JobState::Queued, JobState::Running, JobState::Cancelling];
    let rows: Vec<(String, String, i64)> = Entity::find()
        .select_only()
        .column(Column::Kind)
        .column(Column::State)
        .column_as(Column::Id.count(), "jobs")
        .filter(Column::State.is_in(open.map(JobState::name)))
        .group_by(Column::Kind)
        .group_by(Column::State)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(kind, state, jobs)| {
            let kind = named(&kind, JobKind::from_name)?;
            Ok((kind, named(&state, JobState::from_name)?, jobs as u32))
        })
        .collect()
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
