//! The jobs table as the dispatcher sees it: what is due, what was handed over, what got lost.

use entity::jobs::{Column, Entity};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult,
    PaginatorTrait as _, QueryFilter as _, QuerySelect as _, raw_sql,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use wire::{
    ids::JobId,
    job::{Envelope, JobKind, JobState},
    taxonomy::TAXONOMY_VERSION,
};

/// A job to hand over.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The message.
    pub envelope: Envelope,
    /// How often it was handed over before.
    pub sent: u32,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    attempt: i32,
    sent: i32,
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

/// The jobs of a kind to hand over next, at most `room`.
///
/// Artists take turns: the second job of one comes after the first of everybody else, and what an
/// artist has at the workers already counts as earlier turns. An update waits until the style's
/// running one is settled, since it could not start before.
pub async fn due(
    db: &impl ConnectionTrait,
    kind: JobKind,
    room: u32,
    now: OffsetDateTime,
) -> Result<Vec<Parcel>, DbErr> {
    let (name, room) = (kind.name(), i64::from(room));
    let statement = raw_sql!(
        Postgres,
        "with away as (
            select artist_id, count(*) as jobs from jobs
            where kind = {name}
                and (state in ('running', 'cancelling')
                    or (state = 'queued' and sent_at is not null))
            group by artist_id
        ), waiting as (
            select j.id, j.attempt, j.sent, j.created_at,
                coalesce(away.jobs, 0) + row_number()
                    over (partition by j.artist_id order by j.created_at, j.id) as turn
            from jobs j left join away on away.artist_id = j.artist_id
            where j.state = 'queued' and j.kind = {name} and j.sent_at is null
                and j.due_at <= {now}
                and (j.kind <> 'learn_from_ratings' or not exists (
                    select 1 from jobs other
                    where other.style_id = j.style_id and other.kind = 'learn_from_ratings'
                        and other.state in ('running', 'cancelling')))
        )
        select id, attempt, sent from waiting order by turn, created_at, id limit {room}"
    );
    let rows = Row::find_by_statement(statement).all(db).await?;
    let parcel = |Row { id, attempt, sent }| Parcel {
        envelope: Envelope {
            id: JobId(id),
            kind,
            attempt: attempt as u32,
            taxonomy: TAXONOMY_VERSION,
        },
        sent: sent as u32,
    };
    Ok(rows.into_iter().map(parcel).collect())
}

/// Notes that jobs were handed over. One that is locked right now is being started or deleted.
///
/// When, says Postgres' clock, since another replica may dispatch by the time it is looked for.
pub async fn set_sent(db: &impl ConnectionTrait, jobs: &[JobId]) -> Result<(), DbErr> {
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.0).collect();
    let statement = raw_sql!(
        Postgres,
        "update jobs set sent_at = clock_timestamp(), sent = sent + 1
        where id in (
            select id from jobs where id = any({ids}) and state = 'queued'
            for no key update skip locked)"
    );
    db.execute_raw(statement).await.map(drop)
}

/// How many jobs of a kind were handed over and are not started yet.
pub async fn count_sent(db: &impl ConnectionTrait, kind: JobKind) -> Result<u32, DbErr> {
    let sent = Entity::find()
        .filter(Column::Kind.eq(kind.name()))
        .filter(Column::State.eq(JobState::Queued.name()))
        .filter(Column::SentAt.is_not_null());
    Ok(sent.count(db).await? as u32)
}

/// How many jobs of a kind were handed over so long ago and are not started yet.
pub async fn count_missed(
    db: &impl ConnectionTrait,
    kind: JobKind,
    age: Duration,
) -> Result<u32, DbErr> {
    let (kind, ms) = (kind.name(), age.whole_milliseconds() as i64);
    let statement = raw_sql!(
        Postgres,
        "select count(*) as number from jobs
        where kind = {kind} and state = 'queued'
            and sent_at < clock_timestamp() - {ms} * interval '1 millisecond'"
    );
    let row = Number::find_by_statement(statement).one(db).await?;
    Ok(row.map_or(0, |row| row.number as u32))
}

/// Takes back what was handed over so long ago and not started, at most `limit`: its messages are
/// lost. The oldest first, since messages are delivered in the order in which they were handed over.
pub async fn take_back(
    db: &impl ConnectionTrait,
    kind: JobKind,
    age: Duration,
    limit: u32,
) -> Result<(), DbErr> {
    let (kind, ms) = (kind.name(), age.whole_milliseconds() as i64);
    let limit = i64::from(limit);
    let statement = raw_sql!(
        Postgres,
        "update jobs set sent_at = null
        where id in (
            select id from jobs
            where kind = {kind} and state = 'queued'
                and sent_at < clock_timestamp() - {ms} * interval '1 millisecond'
            order by sent_at, created_at, id limit {limit}
            for no key update skip locked)"
    );
    db.execute_raw(statement).await.map(drop)
}

/// The jobs whose workers are to be told to stop.
pub async fn cancelling(db: &impl ConnectionTrait) -> Result<Vec<JobId>, DbErr> {
    let ids = Entity::find()
        .filter(Column::State.eq(JobState::Cancelling.name()))
        .select_only()
        .column(Column::Id)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(JobId).collect())
}
