//! What an artist hears, as rows numbered per artist.

use entity::{artists, events};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, raw_sql,
};
use time::OffsetDateTime;
use wire::{event::Event, ids::ArtistId};

use super::columns::{from_json, to_json};

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

/// Adds an event and returns its number.
///
/// The counter in the artist's row is locked until the transaction ends, so numbers have no gaps
/// and follow the order of commits. Call it last: everything of that artist waits behind it.
pub async fn add(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    event: &Event,
    now: OffsetDateTime,
) -> Result<i64, DbErr> {
    let payload = to_json(event)?;
    let statement = raw_sql!(
        Postgres,
        "with counted as (
            update artists set last_event = last_event + 1 where id = {artist.0}
            returning last_event
        )
        insert into events (artist_id, number, payload, created_at)
        select {artist.0}, last_event, {payload}, {now} from counted
        returning number"
    );
    let row = Number::find_by_statement(statement).one(db).await?;
    row.map(|row| row.number)
        .ok_or_else(|| DbErr::RecordNotFound("the artist of an event is gone".into()))
}

/// The events after a number, oldest first, at most `limit`.
pub async fn after(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    number: i64,
    limit: u64,
) -> Result<Vec<(i64, Event)>, DbErr> {
    let rows = events::Entity::find()
        .filter(events::Column::ArtistId.eq(artist.0))
        .filter(events::Column::Number.gt(number))
        .order_by_asc(events::Column::Number)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.number, from_json(row.payload)?)))
        .collect()
}

/// Number of the artist's newest event; 0 if nothing ever happened.
pub async fn newest(db: &impl ConnectionTrait, artist: ArtistId) -> Result<i64, DbErr> {
    let row = artists::Entity::find_by_id(artist.0)
        .select_only()
        .column_as(artists::Column::LastEvent, "number")
        .into_model::<Number>()
        .one(db)
        .await?;
    Ok(row.map_or(0, |row| row.number))
}

/// Forgets what happened before a moment.
pub async fn forget(db: &impl ConnectionTrait, before: OffsetDateTime) -> Result<u64, DbErr> {
    let old = events::Entity::delete_many().filter(events::Column::CreatedAt.lt(before));
    Ok(old.exec(db).await?.rows_affected)
}
