//! The workers that were heard of.

use entity::workers::{Column, Entity};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    raw_sql,
};
use time::{Duration, OffsetDateTime};
use wire::job::Beat;

/// A worker gave a sign of life. When, says Postgres' clock: any replica may hear it, and any other
/// may want to know how long ago that was.
pub async fn set_heard(db: &impl ConnectionTrait, beat: &Beat) -> Result<(), DbErr> {
    let Beat {
        worker,
        name,
        engine,
        device,
        jobs: _,
    } = beat;
    let statement = raw_sql!(
        Postgres,
        "insert into workers (id, name, engine, device, started_at, heard_at)
        values ({worker.0}, {name}, {engine}, {device}, clock_timestamp(), clock_timestamp())
        on conflict (id) do update set name = excluded.name, engine = excluded.engine,
            device = excluded.device, heard_at = excluded.heard_at"
    );
    db.execute_raw(statement).await.map(drop)
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

/// How many were heard of within this time.
pub async fn count_within(db: &impl ConnectionTrait, time: Duration) -> Result<u32, DbErr> {
    let ms = time.whole_milliseconds() as i64;
    let statement = raw_sql!(
        Postgres,
        "select count(*) as number from workers
        where heard_at > clock_timestamp() - {ms} * interval '1 millisecond'"
    );
    let row = Number::find_by_statement(statement).one(db).await?;
    Ok(row.map_or(0, |row| row.number as u32))
}

/// Forgets those that were last heard of before a moment.
pub async fn forget(db: &impl ConnectionTrait, before: OffsetDateTime) -> Result<u64, DbErr> {
    let old = Entity::delete_many().filter(Column::HeardAt.lt(before));
    Ok(old.exec(db).await?.rows_affected)
}
