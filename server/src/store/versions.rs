//! A style's versions: immutable snapshots, numbered from 0. A number is never given out again.

use entity::versions::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use time::OffsetDateTime;
use wire::{
    ids::{PolicyHash, RatingId, StyleId},
    learning::{Belief, Insight, LearnedStep},
    style::{VersionBefore, VersionView},
};

use super::columns::{from_json, hash, to_json};
use crate::clock::to_ms;

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its place in the style's line, from 0.
    pub number: u32,
    /// Its snapshot in the blob store.
    pub policy: PolicyHash,
    /// The rating it learned from; `None` for the first one.
    pub rating: Option<RatingId>,
    /// What it believes.
    pub belief: Belief,
    /// What else it knows.
    pub insight: Insight,
}

/// The version of that number.
pub async fn find(
    db: &impl ConnectionTrait,
    style: StyleId,
    number: u32,
) -> Result<Option<Version>, DbErr> {
    let row = Entity::find_by_id((style.0, number.cast_signed()))
        .one(db)
        .await?;
    row.map(Version::try_from).transpose()
}

/// The version of that number beside the one before it.
pub async fn view(
    db: &impl ConnectionTrait,
    style: StyleId,
    number: u32,
) -> Result<Option<VersionView>, DbErr> {
    let Ok(number) = i32::try_from(number) else {
        return Ok(None);
    };
    let newest_first = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Number.lte(number))
        .order_by_desc(Column::Number)
        .limit(2);
    let mut rows = newest_first.all(db).await?.into_iter();
    let Some(row) = rows.next().filter(|row| row.number == number) else {
        return Ok(None);
    };
    let made_ms = to_ms(row.created_at);
    let version = Version::try_from(row)?;
    let before = rows.next().map(Version::try_from).transpose()?;
    Ok(Some(VersionView {
        number: version.number,
        policy: version.policy,
        rating: version.rating,
        belief: version.belief,
        insight: version.insight,
        before: before.map(|before| VersionBefore {
            number: before.number,
            belief: before.belief,
            insight: before.insight,
        }),
        made_ms,
    }))
}

/// Adds what a learner made.
pub async fn insert(
    db: &impl ConnectionTrait,
    style: StyleId,
    number: u32,
    step: &LearnedStep,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let LearnedStep {
        rating,
        policy,
        belief,
        insight,
    } = step;
    let row = ActiveModel {
        style_id: Set(style.0),
        number: Set(number.cast_signed()),
        policy: Set(policy.as_bytes().to_vec()),
        rating_id: Set(rating.map(|rating| rating.0)),
        belief: Set(to_json(belief)?),
        insight: Set(to_json(insight)?),
        created_at: Set(now),
    };
    Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// The newest version before one.
pub async fn newest_before(
    db: &impl ConnectionTrait,
    style: StyleId,
    number: u32,
) -> Result<Option<Version>, DbErr> {
    let row = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Number.lt(number.cast_signed()))
        .order_by_desc(Column::Number)
        .one(db)
        .await?;
    row.map(Version::try_from).transpose()
}

/// Deletes a version and all after it: the log they were made from is not the style's any more.
pub async fn delete_from(
    db: &impl ConnectionTrait,
    style: StyleId,
    number: u32,
) -> Result<(), DbErr> {
    let outdated = Entity::delete_many()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::Number.gte(number.cast_signed()));
    outdated.exec(db).await.map(drop)
}

impl TryFrom<Model> for Version {
    type Error = DbErr;

    fn try_from(row: Model) -> Result<Self, DbErr> {
        let Model {
            style_id: _,
            number,
            policy,
            rating_id,
            belief,
            insight,
            created_at: _,
        } = row;
        Ok(Self {
            number: number as u32,
            policy: hash(&policy)?,
            rating: rating_id.map(RatingId),
            belief: from_json(belief)?,
            insight: from_json(insight)?,
        })
    }
}
