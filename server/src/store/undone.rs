//! Ids of ratings that were taken back or replaced: a rating that is sent again late must not come
//! back to life.

use entity::undone_ratings::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};
use time::OffsetDateTime;
use wire::ids::{ArtistId, RatingId};

/// Remembers that the rating is gone.
pub async fn insert(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    rating: RatingId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        artist_id: Set(artist.0),
        id: Set(rating.0),
        undone_at: Set(now),
    };
    Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Whether it is.
pub async fn contains(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    rating: RatingId,
) -> Result<bool, DbErr> {
    let row = Entity::find_by_id((artist.0, rating.0)).one(db).await?;
    Ok(row.is_some())
}

/// Forgets what went before a moment.
pub async fn forget(db: &impl ConnectionTrait, before: OffsetDateTime) -> Result<u64, DbErr> {
    let old = Entity::delete_many().filter(Column::UndoneAt.lt(before));
    Ok(old.exec(db).await?.rows_affected)
}
