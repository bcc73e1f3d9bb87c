//! Jobs and their states. The table is its own outbox: [`outbox`] is how the dispatcher reads it.
//!
//! Which state may follow which is `wire::job::JobState`'s matter, not this file's.

pub mod outbox;
pub mod proposed;
pub mod upkeep;

use entity::jobs::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, raw_sql,
    sea_query::{Expr, LockType, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use wire::{
    ids::{ArtistId, JobId, StyleId, WorkerId},
    job::{JobKind, JobState, Work},
    mix::Mix,
};

use super::{
    columns::{from_json, named, to_json},
    styles::Style,
};

/// One job.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What kind of work.
    pub kind: JobKind,
    /// For whom.
    pub artist: ArtistId,
    /// For which style.
    pub style: StyleId,
    /// Where it stands.
    pub state: JobState,
    /// Which try this is or will be, from 1.
    pub attempt: u32,
    /// Not before this moment.
    pub due: OffsetDateTime,
    /// Who works on it.
    pub worker: Option<WorkerId>,
    /// What that worker was told to do; `None` also if that was written in words of another
    /// version of us, so that the job can still be counted, tried again and ended.
    pub bound: Option<Bound>,
}

/// What a running job was told to do, so that settling it needs no guess.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// The style's head at the start; `None` before the first version.
    pub version: Option<u32>,
    /// As the worker heard it.
    pub work: Work,
    /// Of the log, if it is to be replayed.
    #[serde(default)]
    pub revision: Option<u32>,
    /// What the picture will show, once its worker has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Mix>,
}

/// The job of that id.
pub async fn find(db: &impl ConnectionTrait, job: JobId) -> Result<Option<Job>, DbErr> {
    Entity::find_by_id(job.0)
        .one(db)
        .await?
        .map(Job::try_from)
        .transpose()
}

/// Locks a job until the transaction ends. Lock its style before it.
pub async fn lock(db: &impl ConnectionTrait, job: JobId) -> Result<Option<Job>, DbErr> {
    let row = Entity::find_by_id(job.0)
        .lock(LockType::NoKeyUpdate)
        .one(db)
        .await?;
    row.map(Job::try_from).transpose()
}

/// Makes sure that an update of the style waits for a worker, and returns the one that does.
pub async fn queue_update(
    db: &impl ConnectionTrait,
    job: JobId,
    style: &Style,
    now: OffsetDateTime,
) -> Result<JobId, DbErr> {
    let kind = JobKind::LearnFromRatings.name();
    let statement = raw_sql!(
        Postgres,
        "with added as (
            insert into jobs (id, kind, artist_id, style_id, state, created_at, due_at)
            values ({job.0}, {kind}, {style.artist.0}, {style.id.0}, 'queued', {now}, {now})
            on conflict (style_id) where kind = 'learn_from_ratings' and state = 'queued' do nothing
            returning id
        )
        select id from added
        union all
        select id from jobs
            where style_id = {style.id.0} and kind = {kind} and state = 'queued'"
    );
    let row = db.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("a queued update is gone".into()))?;
    Ok(JobId(row.try_get("", "id")?))
}

/// Asks for one more picture of the style.
pub async fn queue_picture(
    db: &impl ConnectionTrait,
    job: JobId,
    style: &Style,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(job.0),
        kind: Set(JobKind::GenerateImage.name().to_owned()),
        artist_id: Set(style.artist.0),
        style_id: Set(style.id.0),
        state: Set(JobState::Queued.name().to_owned()),
        attempt: NotSet,
        created_at: Set(now),
        due_at: Set(now),
        sent_at: NotSet,
        sent: NotSet,
        worker_id: NotSet,
        started_at: NotSet,
        heard_at: NotSet,
        finished_at: NotSet,
        bound: NotSet,
        failure: NotSet,
    };
    Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// How many jobs of that kind the style has in any of the states.
pub async fn count(
    db: &impl ConnectionTrait,
    style: StyleId,
    kind: JobKind,
    states: &[JobState],
) -> Result<u32, DbErr> {
    let all = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Kind.eq(kind.name()))
        .filter(is_any_of(states));
    Ok(all.count(db).await? as u32)
}

/// Whether an update of the style waits besides this job.
pub async fn is_other_update_queued(db: &impl ConnectionTrait, job: &Job) -> Result<bool, DbErr> {
    let others = Entity::find()
        .filter(Column::StyleId.eq(job.style.0))
        .filter(Column::Kind.eq(JobKind::LearnFromRatings.name()))
        .filter(is_any_of(&[JobState::Queued]))
        .filter(Column::Id.ne(job.id.0));
    Ok(others.count(db).await? > 0)
}

/// Locks and lists the style's jobs that are not final, oldest first.
pub async fn lock_open(db: &impl ConnectionTrait, style: StyleId) -> Result<Vec<Job>, DbErr> {
    locked_open(db, Column::StyleId.eq(style.0)).await
}

/// The same for everything of the artist. Lock their styles before.
pub async fn lock_all_open(db: &impl ConnectionTrait, artist: ArtistId) -> Result<Vec<Job>, DbErr> {
    locked_open(db, Column::ArtistId.eq(artist.0)).await
}

async fn locked_open(db: &impl ConnectionTrait, whose: SimpleExpr) -> Result<Vec<Job>, DbErr> {
    let rows = Entity::find()
        .filter(whose)
        .filter(is_any_of(&[
            JobState::Queued,
            JobState::Running,
            JobState::Cancelling,
        ]))
        .order_by_asc(Column::CreatedAt)
        .lock(LockType::NoKeyUpdate)
        .all(db)
        .await?;
    rows.into_iter().map(Job::try_from).collect()
}

/// Which of these workers are busy with.
pub fn at_workers(open: &[Job]) -> Vec<JobId> {
    let busy = open.iter().filter(|job| job.state != JobState::Queued);
    busy.map(|job| job.id).collect()
}

/// A worker begins it. By Postgres' clock, which is also the one that tells how long ago that was.
pub async fn set_running(
    db: &impl ConnectionTrait,
    job: JobId,
    worker: WorkerId,
    bound: &Bound,
) -> Result<(), DbErr> {
    let bound = to_json(bound)?;
    let statement = raw_sql!(
        Postgres,
        "update jobs set state = 'running', worker_id = {worker.0}, bound = {bound},
            started_at = clock_timestamp(), heard_at = clock_timestamp()
        where id = {job.0}"
    );
    db.execute_raw(statement).await.map(drop)
}

/// Its worker is asked to stop.
pub async fn set_cancelling(db: &impl ConnectionTrait, job: JobId) -> Result<(), DbErr> {
    let change = Entity::update_many()
        .col_expr(Column::State, Expr::value(JobState::Cancelling.name()))
        .filter(Column::Id.eq(job.0));
    change.exec(db).await.map(drop)
}

/// It waits for its next try, not before `due`.
pub async fn set_queued_again(
    db: &impl ConnectionTrait,
    job: JobId,
    due: OffsetDateTime,
) -> Result<(), DbErr> {
    let statement = raw_sql!(
        Postgres,
        "update jobs set state = 'queued', attempt = attempt + 1, due_at = {due}, sent_at = null,
            worker_id = null, started_at = null, heard_at = null, bound = null
        where id = {job.0}"
    );
    db.execute_raw(statement).await.map(drop)
}

/// It is over. What it was bound to is dropped; who did it stays, so that a repeated report is
/// recognised.
pub async fn set_final(
    db: &impl ConnectionTrait,
    job: JobId,
    state: JobState,
    failure: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let change = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.name()))
        .col_expr(Column::Failure, Expr::value(failure.map(str::to_owned)))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::Bound, Expr::value(None::<serde_json::Value>))
        .filter(Column::Id.eq(job.0));
    change.exec(db).await.map(drop)
}

/// Why the style's last job failed for good, if it did and nothing has worked since.
pub async fn trouble(db: &impl ConnectionTrait, style: StyleId) -> Result<Option<String>, DbErr> {
    let last = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(is_any_of(&[JobState::Done, JobState::Failed]))
        .order_by_desc(Column::FinishedAt)
        .one(db)
        .await?;
    Ok(last.and_then(|job| job.failure))
}

/// Whether a job of the style failed for good after a moment.
pub async fn has_failed_since(
    db: &impl ConnectionTrait,
    style: StyleId,
    moment: OffsetDateTime,
) -> Result<bool, DbErr> {
    let failed = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(is_any_of(&[JobState::Failed]))
        .filter(Column::FinishedAt.gt(moment));
    Ok(failed.count(db).await? > 0)
}

fn is_any_of(states: &[JobState]) -> Condition {
    Condition::all().add(Column::State.is_in(states.iter().map(|state| state.name())))
}

impl TryFrom<Model> for Job {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let Model {
            id,
            kind,
            artist_id,
            style_id,
            state,
            attempt,
            created_at: _,
            due_at,
            sent_at: _,
            sent: _,
            worker_id,
            started_at: _,
            heard_at: _,
            finished_at: _,
            bound,
            failure: _,
        } = row;
        Ok(Self {
            id: JobId(id),
            kind: named(&kind, JobKind::from_name)?,
            artist: ArtistId(artist_id),
            style: StyleId(style_id),
            state: named(&state, JobState::from_name)?,
            attempt: attempt as u32,
            due: due_at,
            worker: worker_id.map(WorkerId),
            bound: bound.and_then(|bound| from_json(bound).ok()),
        })
    }
}
