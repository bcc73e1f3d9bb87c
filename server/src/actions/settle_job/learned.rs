//! Ratings became versions: the style's head moves, if it still stands where they began.

use sea_orm::DatabaseTransaction;
use time::OffsetDateTime;
use uuid::Uuid;
use wire::{
    event::Event,
    ids::{JobId, RatingId},
    job::{JobState, LearnFromRatings, Learned, Work},
};

use crate::{
    actions::{request_images::fill, try_job_again::try_job_again},
    error::ApiError,
    store::{
        events,
        jobs::{self, Bound, Job},
        ratings, replays, styles,
        styles::Style,
        versions,
    },
};

/// Adds the versions and moves the head. Returns where the job stands now.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    style: &Style,
    job: &Job,
    learned: &Learned,
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    let Some(Bound {
        version,
        work: Work::LearnFromRatings(asked),
        revision: _,
        proposed: _,
    }) = &job.bound
    else {
        return try_job_again(tx, job, "its worker was not asked to learn", now).await;
    };
    if !is_answer(learned, asked) {
        return try_job_again(tx, job, "its worker learned from something else", now).await;
    }
    let samples: Vec<RatingId> = asked.samples.iter().map(|sample| sample.rating).collect();
    // Their order too: a skip that became a rating may have come in before them.
    let waiting = ratings::first_waiting(tx, style.id, samples.len() as u64).await?;
    let is_outdated = replays::wanted(tx, style.id).await?.is_some();
    if is_outdated || style.head != *version || waiting != samples {
        return drop_it(tx, style, job, now).await;
    }
    let (head, moves) = add_versions(tx, style, learned, now).await?;
    close(tx, style, job, head, &moves, now).await
}

/// The log changed under the job: what came of it is what nobody wants any more.
pub(super) async fn drop_it(
    tx: &DatabaseTransaction,
    style: &Style,
    job: &Job,
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    let why = Some("a rating was undone or changed meanwhile");
    jobs::set_final(tx, job.id, JobState::Cancelled, why, now).await?;
    jobs::queue_update(tx, JobId(Uuid::now_v7()), style, now).await?;
    Ok(JobState::Cancelled)
}

/// What follows once the head has moved, and who hears of it.
pub(super) async fn close(
    tx: &DatabaseTransaction,
    style: &Style,
    job: &Job,
    head: Option<u32>,
    moves: &[Event],
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    jobs::set_final(tx, job.id, JobState::Done, None, now).await?;
    if ratings::count_waiting(tx, style.id).await? > 0 {
        jobs::queue_update(tx, JobId(Uuid::now_v7()), style, now).await?;
    }
    fill(
        tx,
        &Style {
            head,
            ..style.clone()
        },
        now,
    )
    .await?;
    // Last, because each of them locks the artist's row.
    for moved in moves {
        events::add(tx, style.artist, moved, now).await?;
    }
    Ok(JobState::Done)
}

async fn add_versions(
    tx: &DatabaseTransaction,
    style: &Style,
    learned: &Learned,
    now: OffsetDateTime,
) -> Result<(Option<u32>, Vec<Event>), ApiError> {
    let mut head = match style.head {
        Some(number) => versions::find(tx, style.id, number).await?,
        None => None,
    }
    .map(|version| (version.number, version.belief));
    let mut moves = Vec::new();
    for step in &learned.steps {
        let number = head.map_or(0, |(number, _)| number + 1);
        versions::insert(tx, style.id, number, step, now).await?;
        if let Some(rating) = step.rating {
            ratings::set_learned(tx, style.id, rating, number).await?;
        }
        moves.push(Event::PolicyMoved {
            style: style.id,
            version: number,
            rating: step.rating,
            before: head.map(|(_, belief)| belief),
            after: step.belief,
            insight: step.insight.clone().into(),
        });
        head = Some((number, step.belief));
    }
    let head = head.map(|(number, _)| number);
    if let Some(number) = head {
        styles::set_head(tx, style.id, number).await?;
    }
    Ok((head, moves))
}

/// Whether there is one step for each rating asked about, in order, after the first version where
/// there was none.
fn is_answer(learned: &Learned, asked: &LearnFromRatings) -> bool {
    let first = asked.parent.is_none().then_some(None);
    let wanted = first
        .into_iter()
        .chain(asked.samples.iter().map(|sample| Some(sample.rating)));
    learned.parent == asked.parent && learned.steps.iter().map(|step| step.rating).eq(wanted)
}
