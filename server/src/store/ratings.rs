//! The rating log of each style: at most one rating or skip per picture, in the order they came.

use entity::{
    images,
    ratings::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};
use time::OffsetDateTime;
use wire::{
    ids::{ImageId, RatingId, StyleId},
    learning::Sample,
    rating::{RatingCard, Stars},
    style::HistoryPoint,
};

use super::{
    columns::{from_json, to_json},
    rating_log::last_learned,
};
use crate::clock::to_ms;

/// What was answered to a picture.
pub async fn of_image(
    db: &impl ConnectionTrait,
    image: ImageId,
) -> Result<Option<RatingCard>, DbErr> {
    let row = Entity::find()
        .filter(Column::ImageId.eq(image.0))
        .one(db)
        .await?;
    row.as_ref().map(card).transpose()
}

/// Adds a rating or a skip at its place; `false` if its id is taken.
pub async fn insert(
    db: &impl ConnectionTrait,
    style: StyleId,
    rating: &RatingCard,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let RatingCard {
        id,
        image,
        stars,
        hint,
        predicted,
        repeats,
        after_reveal,
        position,
        learned_in,
        rated_ms: _,
    } = rating;
    let row = ActiveModel {
        id: Set(id.0),
        image_id: Set(image.0),
        style_id: Set(style.0),
        position: Set(position.cast_signed()),
        stars: Set(stars.map(|stars| stars.get().into())),
        hint: Set(hint.as_ref().map(to_json).transpose()?),
        predicted: Set(predicted.as_ref().map(to_json).transpose()?),
        repeats: Set(repeats.map(|image| image.0)),
        learned_in: Set(learned_in.map(u32::cast_signed)),
        created_at: Set(now),
        after_reveal: Set(*after_reveal),
    };
    let unless_taken = OnConflict::column(Column::Id).do_nothing().to_owned();
    let inserted = Entity::insert(row)
        .on_conflict(unless_taken)
        .exec_without_returning(db)
        .await?;
    Ok(inserted > 0)
}

/// Takes a rating out of the log.
pub async fn delete(db: &impl ConnectionTrait, rating: RatingId) -> Result<(), DbErr> {
    Entity::delete_by_id(rating.0).exec(db).await.map(drop)
}

/// How many ratings the style has, skips not counted.
pub async fn count(db: &impl ConnectionTrait, style: StyleId) -> Result<u32, DbErr> {
    let all = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Stars.is_not_null());
    Ok(all.count(db).await? as u32)
}

/// How many of them a version has learned from.
pub async fn count_learned(db: &impl ConnectionTrait, style: StyleId) -> Result<u32, DbErr> {
    let learned = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::LearnedIn.is_not_null());
    Ok(learned.count(db).await? as u32)
}

/// How many wait to be learned from.
pub async fn count_waiting(db: &impl ConnectionTrait, style: StyleId) -> Result<u32, DbErr> {
    Ok(Entity::find().filter(is_waiting(style)).count(db).await? as u32)
}

/// The first ratings that wait to be learned from, in the order of the log.
pub async fn first_waiting(
    db: &impl ConnectionTrait,
    style: StyleId,
    limit: u64,
) -> Result<Vec<RatingId>, DbErr> {
    let ids = Entity::find()
        .filter(is_waiting(style))
        .order_by_asc(Column::Position)
        .limit(limit)
        .select_only()
        .column(Column::Id)
        .into_tuple::<uuid::Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(RatingId).collect())
}

/// The same as a learner is told them, each with the proposal behind its picture.
pub async fn waiting(
    db: &impl ConnectionTrait,
    style: StyleId,
    limit: u64,
) -> Result<Vec<Sample>, DbErr> {
    let rows = Entity::find()
        .find_also_related(images::Entity)
        .filter(is_waiting(style))
        .order_by_asc(Column::Position)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|row| sample(row).transpose())
        .collect()
}

/// A rating as a learner is told it; nothing for a skip. Whoever asks leaves out pictures shown again.
pub(super) fn sample(
    (rating, image): (Model, Option<images::Model>),
) -> Result<Option<Sample>, DbErr> {
    let (Some(number), Some(image)) = (rating.stars, image) else {
        return Ok(None);
    };
    Ok(Some(Sample {
        rating: RatingId(rating.id),
        stars: stars(number)?,
        hint: rating.hint.map(from_json).transpose()?,
        proposal: from_json(image.proposal)?,
    }))
}

/// The first version that has learned from the rating at this place of the log, or from one behind
/// it.
pub async fn first_version_from(
    db: &impl ConnectionTrait,
    style: StyleId,
    position: u32,
) -> Result<Option<u32>, DbErr> {
    let first = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Position.gte(position.cast_signed()))
        .select_only()
        .column_as(Column::LearnedIn.min(), "first")
        .into_tuple::<Option<i32>>()
        .one(db)
        .await?;
    Ok(first.flatten().map(|version| version as u32))
}

/// How many ratings a version has learned from, on its own or through those before it.
pub async fn count_learned_by(
    db: &impl ConnectionTrait,
    style: StyleId,
    version: u32,
) -> Result<u32, DbErr> {
    let learned = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::LearnedIn.lte(version.cast_signed()));
    Ok(learned.count(db).await? as u32)
}

/// Marks what a replay learned from and what it makes outdated: all that no earlier version had.
pub async fn set_replayed(
    db: &impl ConnectionTrait,
    style: StyleId,
    outdated_from: u32,
    version: u32,
) -> Result<(), DbErr> {
    let anew = Condition::any()
        .add(Column::LearnedIn.is_null())
        .add(Column::LearnedIn.gte(outdated_from.cast_signed()));
    let last = last_learned(db, style).await?;
    let mark = Entity::update_many()
        .col_expr(Column::LearnedIn, Expr::value(version.cast_signed()))
        .filter(is_lesson(style))
        .filter(Column::Position.lte(last))
        .filter(anew);
    mark.exec(db).await.map(drop)
}

/// Marks what a new version learned from.
pub async fn set_learned(
    db: &impl ConnectionTrait,
    style: StyleId,
    rating: RatingId,
    version: u32,
) -> Result<(), DbErr> {
    let mark = Entity::update_many()
        .col_expr(Column::LearnedIn, Expr::value(version.cast_signed()))
        .filter(Column::Id.eq(rating.0))
        .filter(Column::StyleId.eq(style.0));
    mark.exec(db).await.map(drop)
}

/// The end of the log in order, skips left out: at most `limit` ratings.
pub async fn history(
    db: &impl ConnectionTrait,
    style: StyleId,
    limit: u64,
) -> Result<Vec<HistoryPoint>, DbErr> {
    let rows = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Stars.is_not_null())
        .order_by_desc(Column::Position)
        .limit(limit)
        .all(db)
        .await?;
    let cards = rows.iter().rev().map(card);
    cards
        .filter_map(|card| card.map(|card| Some((card.stars?, card))).transpose())
        .map(|card| card.map(point))
        .collect()
}

/// A row as it crosses the wire.
pub fn card(row: &Model) -> Result<RatingCard, DbErr> {
    let Model {
        id,
        image_id,
        style_id: _,
        position,
        stars: number,
        ref hint,
        ref predicted,
        repeats,
        learned_in,
        created_at,
        after_reveal,
    } = *row;
    Ok(RatingCard {
        id: RatingId(id),
        image: ImageId(image_id),
        stars: number.map(stars).transpose()?,
        hint: hint.clone().map(from_json).transpose()?,
        predicted: predicted.clone().map(from_json).transpose()?,
        repeats: repeats.map(ImageId),
        after_reveal,
        position: position as u32,
        learned_in: learned_in.map(|version| version as u32),
        rated_ms: to_ms(created_at),
    })
}

fn point((stars, card): (Stars, RatingCard)) -> HistoryPoint {
    let RatingCard {
        id,
        image,
        stars: _,
        hint,
        predicted,
        repeats,
        after_reveal,
        position: _,
        learned_in,
        rated_ms,
    } = card;
    HistoryPoint {
        rating: id,
        image,
        stars,
        hint,
        predicted,
        repeats,
        after_reveal,
        learned_in,
        rated_ms,
    }
}

fn stars(number: i16) -> Result<Stars, DbErr> {
    let read = u8::try_from(number)
        .ok()
        .and_then(|number| Stars::new(number).ok());
    read.ok_or_else(|| DbErr::Type(format!("{number} stars are not on the scale")))
}

/// What versions are made from. A picture shown again is left out: it measures the artist, and the
/// same opinion learned twice would count double.
pub(super) fn is_lesson(style: StyleId) -> Condition {
    Condition::all()
        .add(Column::StyleId.eq(style.0))
        .add(Column::Stars.is_not_null())
        .add(Column::Repeats.is_null())
}

fn is_waiting(style: StyleId) -> Condition {
    is_lesson(style).add(Column::LearnedIn.is_null())
}
