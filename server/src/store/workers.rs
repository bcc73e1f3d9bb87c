//! The workers that were heard of.

use entity::workers::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, sea_query::OnConflict,
};
use time::OffsetDateTime;
use wire::job::Beat;

/// A worker gave a sign of life.
pub async fn set_heard(
    db: &impl ConnectionTrait,
    beat: &Beat,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let Beat {
        worker,
        name,
        engine,
        device,
        jobs: _,
    } = beat;
    let row = ActiveModel {
        id: Set(worker.0),
        name: Set(name.clone()),
        engine: Set(engine.clone()),
        device: Set(device.clone()),
        started_at: Set(now),
        heard_at: Set(now),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([
            Column::Name,
            Column::Engine,
            Column::Device,
            Column::HeardAt,
        ])
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// How many were heard of since a moment.
pub async fn count_since(db: &impl ConnectionTrait, moment: OffsetDateTime) -> Result<u32, DbErr> {
    Ok(Entity::find()
        .filter(Column::HeardAt.gt(moment))
        .count(db)
        .await? as u32)
}

/// Forgets those that were last heard of before a moment.
pub async fn forget(db: &impl ConnectionTrait, before: OffsetDateTime) -> Result<u64, DbErr> {
    let old = Entity::delete_many().filter(Column::HeardAt.lt(before));
    Ok(old.exec(db).await?.rows_affected)
}
