//! Earlier pictures that are shown again, unannounced.

use entity::{
    images::{ActiveModel, Column, Entity, Relation},
    ratings,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationTrait as _,
};
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    drawing::Drawing,
    ids::{ImageId, StyleId},
    image::ImageCard,
};

use super::images::{card, starts_from};

/// Pictures of these prompts and this drawing that got stars up to a place in the log and were not shown again,
/// newest first.
pub async fn candidates(
    db: &impl ConnectionTrait,
    style: StyleId,
    (prompts, drawing): (&[String], Option<Drawing>),
    until: u32,
    limit: u64,
) -> Result<Vec<ImageId>, DbErr> {
    let shown_again = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::RepeatOf.is_not_null())
        .select_only()
        .column(Column::RepeatOf)
        .into_query();
    let ids = Entity::find()
        .join(JoinType::InnerJoin, Relation::Ratings.def())
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Prompt.is_in(prompts.iter().map(String::as_str)))
        .filter(starts_from(drawing))
        .filter(Column::RepeatOf.is_null())
        .filter(ratings::Column::Stars.is_not_null())
        .filter(ratings::Column::Position.lte(until.cast_signed()))
        .filter(Column::Id.not_in_subquery(shown_again))
        .order_by_desc(ratings::Column::Position)
        .limit(limit)
        .select_only()
        .column(Column::Id)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(ImageId).collect())
}

/// Adds a picture that looks the same as an earlier one and has no rating yet.
pub async fn insert(
    db: &impl ConnectionTrait,
    id: ImageId,
    earlier: ImageId,
    now: OffsetDateTime,
) -> Result<ImageCard, DbErr> {
    let row = Entity::find_by_id(earlier.0).one(db).await?;
    let row =
        row.ok_or_else(|| DbErr::RecordNotFound("a locked style's picture is gone".into()))?;
    let again = ActiveModel {
        id: Set(id.0),
        repeat_of: Set(Some(earlier.0)),
        created_at: Set(now),
        revealed: Set(false),
        ..row.into()
    };
    card((Entity::insert(again).exec_with_returning(db).await?, None))
}
