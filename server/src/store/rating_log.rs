//! A style's log as a learner is told it: every rating in order, with the proposal behind it.

use entity::{
    images,
    ratings::{Column, Entity},
    styles,
};
use sea_orm::{
    AccessMode, ColumnTrait as _, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _,
    IsolationLevel, QueryFilter as _, QueryOrder as _, QuerySelect as _, TransactionTrait as _,
};
use wire::{
    ids::{ArtistId, StyleId},
    learning::{LearnerKind, Sample},
    replay::RatingLog,
};

use super::{
    columns::named,
    ratings::{is_lesson, sample},
    replays,
};
use crate::seeds;

/// The whole log of one of the artist's styles.
pub async fn find(
    db: &impl ConnectionTrait,
    artist: ArtistId,
    style: StyleId,
) -> Result<Option<RatingLog>, DbErr> {
    let style = styles::Entity::find_by_id(style.0)
        .filter(styles::Column::ArtistId.eq(artist.0))
        .one(db)
        .await?;
    match style {
        Some(style) => Ok(Some(log(db, &style, i32::MAX).await?)),
        None => Ok(None),
    }
}

/// The part of the log that the style has learned from, or would have, had it been as it is now;
/// with the revision of it. `None` if no replay is wanted.
pub async fn to_replay(
    db: &DatabaseConnection,
    style: StyleId,
) -> Result<Option<(u32, RatingLog)>, DbErr> {
    // From one snapshot, or the log could be younger than its revision.
    let snapshot = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
    let tx = db
        .begin_with_config(Some(snapshot.0), Some(snapshot.1))
        .await?;
    let Some(wanted) = replays::wanted(&tx, style).await? else {
        return Ok(None);
    };
    let Some(row) = styles::Entity::find_by_id(style.0).one(&tx).await? else {
        return Ok(None);
    };
    let last = last_learned(&tx, style).await?;
    Ok(Some((wanted.revision, log(&tx, &row, last).await?)))
}

/// Where the learned part of the log ends; 0 if nothing is learned. A rating before it that no
/// version has learned from is one that took the place of a skip.
pub(super) async fn last_learned(db: &impl ConnectionTrait, style: StyleId) -> Result<i32, DbErr> {
    let last = Entity::find()
        .filter(Column::StyleId.eq(style.0))
        .filter(Column::LearnedIn.is_not_null())
        .select_only()
        .column_as(Column::Position.max(), "last")
        .into_tuple::<Option<i32>>()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or(0))
}

async fn log(
    db: &impl ConnectionTrait,
    style: &styles::Model,
    last: i32,
) -> Result<RatingLog, DbErr> {
    let rows = Entity::find()
        .find_also_related(images::Entity)
        .filter(is_lesson(StyleId(style.id)))
        .filter(Column::Position.lte(last))
        .order_by_asc(Column::Position)
        .all(db)
        .await?;
    let samples = rows.into_iter().filter_map(|row| sample(row).transpose());
    Ok(RatingLog {
        learner: named(&style.learner, LearnerKind::from_name)?,
        prior: style.prior.clone(),
        style_seed: seeds::of_style(StyleId(style.id)),
        samples: samples.collect::<Result<Vec<Sample>, _>>()?,
        // Nobody is asked to compare yet.
        comparisons: Vec::new(),
    })
}
