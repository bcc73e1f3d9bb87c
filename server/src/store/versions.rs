//! A style's versions: immutable snapshots, numbered from 0.

use entity::versions::{ActiveModel, Entity, Model};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait as _};
use time::OffsetDateTime;
use wire::{
    ids::{PolicyHash, RatingId, StyleId},
    learning::{Belief, Insight, LearnedStep},
    style::VersionView,
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
    /// When it was made.
    pub made: OffsetDateTime,
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

/// Takes the newest version back. Only [`crate::actions::undo_rating`] may: it makes sure that
/// nothing builds on it.
pub async fn delete(db: &impl ConnectionTrait, style: StyleId, number: u32) -> Result<(), DbErr> {
    Entity::delete_by_id((style.0, number.cast_signed()))
        .exec(db)
        .await
        .map(drop)
}

impl From<Version> for VersionView {
    fn from(version: Version) -> Self {
        let Version {
            number,
            policy,
            rating,
            belief,
            insight,
            made,
        } = version;
        Self {
            number,
            policy,
            rating,
            belief,
            insight,
            made_ms: to_ms(made),
        }
    }
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
            created_at,
        } = row;
        Ok(Self {
            number: number as u32,
            policy: hash(&policy)?,
            rating: rating_id.map(RatingId),
            belief: from_json(belief)?,
            insight: from_json(insight)?,
            made: created_at,
        })
    }
}
