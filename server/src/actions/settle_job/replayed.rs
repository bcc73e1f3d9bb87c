//! A log was replayed: its version takes the place of all that had learned from the old log.

use sea_orm::DatabaseTransaction;
use time::OffsetDateTime;
use wire::{
    event::Event,
    job::{JobState, StyleReplayed, Work},
    replay::Replayed,
};

use super::learned::{close, drop_it};
use crate::{
    actions::try_job_again::try_job_again,
    error::ApiError,
    store::{
        jobs::{Bound, Job},
        ratings, replays, styles,
        styles::Style,
        versions,
    },
};

/// Puts the version at the head, under the next number, and deletes the outdated ones: what an artist
/// took back is nowhere kept. Returns where the job stands now.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    style: &Style,
    job: &Job,
    replayed: &StyleReplayed,
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    let Some(Bound {
        version: Some(old),
        work: Work::ReplayStyle(asked),
        revision: Some(revision),
        proposed: _,
    }) = &job.bound
    else {
        return try_job_again(tx, job, "its worker was not asked to replay", now).await;
    };
    if replayed.log != asked.log {
        return try_job_again(tx, job, "its worker replayed another log", now).await;
    }
    let wanted = replays::wanted(tx, style.id).await?;
    let Some(wanted) = wanted.filter(|w| w.revision == *revision && style.head == Some(*old))
    else {
        return drop_it(tx, style, job, now).await;
    };

    let before = versions::find(tx, style.id, *old).await?;
    let number = old + 1;
    versions::delete_from(tx, style.id, wanted.outdated_from).await?;
    versions::insert(tx, style.id, number, &replayed.head, now).await?;
    ratings::set_replayed(tx, style.id, wanted.outdated_from, number).await?;
    styles::set_head(tx, style.id, number).await?;
    let done = Replayed {
        version: number,
        policy: replayed.head.policy,
        verified: replayed.verified,
    };
    replays::set_done(tx, style.id, done).await?;
    let moved = Event::PolicyMoved {
        style: style.id,
        version: number,
        rating: None,
        before: before.map(|version| version.belief),
        after: replayed.head.belief,
        insight: replayed.head.insight.clone().into(),
    };
    close(tx, style, job, Some(number), &[moved], now).await
}
