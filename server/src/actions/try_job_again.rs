//! A try did not work: there is another one after a pause, or the job is over.

use sea_orm::DatabaseTransaction;
use time::{Duration, OffsetDateTime};
use wire::{
    event::Event,
    job::{JobKind, JobState},
};

use crate::{
    error::ApiError,
    store::{
        events,
        jobs::{self, Job},
    },
};

/// How long to wait before the second and the third try. There is no fourth: a job that failed
/// three times fails for a reason.
pub const PAUSES: [Duration; 2] = [Duration::milliseconds(200), Duration::seconds(1)];

/// Gives a locked job that was under way another try, or ends it. Returns where it stands now.
pub(super) async fn try_job_again(
    tx: &DatabaseTransaction,
    job: &Job,
    reason: &str,
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    let pause = PAUSES.get(job.attempt as usize - 1);
    match job.state.try_again(pause.is_some()) {
        Some(JobState::Failed) => fail_job(tx, job, reason, now).await,
        Some(JobState::Queued) if is_superseded(tx, job).await? => {
            let why = Some("another update of the style waits already and takes the same ratings");
            jobs::set_final(tx, job.id, JobState::Cancelled, why, now).await?;
            Ok(JobState::Cancelled)
        }
        Some(JobState::Queued) => {
            let due = now + pause.copied().unwrap_or_default();
            jobs::set_queued_again(tx, job.id, due).await?;
            tracing::warn!(job = %job.id, attempt = job.attempt, reason, "job is tried again");
            Ok(JobState::Queued)
        }
        Some(state) => {
            jobs::set_final(tx, job.id, state, None, now).await?;
            Ok(state)
        }
        None => Ok(job.state),
    }
}

/// Whether an artist hears of a job that came to stand there.
pub(super) const fn is_news(state: JobState) -> bool {
    matches!(state, JobState::Done | JobState::Failed)
}

/// Ends a locked job for good, keeps the reason and tells its artist.
pub(super) async fn fail_job(
    tx: &DatabaseTransaction,
    job: &Job,
    reason: &str,
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    jobs::set_final(tx, job.id, JobState::Failed, Some(reason), now).await?;
    let trouble = Event::Trouble {
        style: job.style,
        reason: reason.to_owned(),
    };
    events::add(tx, job.artist, &trouble, now).await?;
    tracing::error!(job = %job.id, attempt = job.attempt, reason, "job failed for good");
    Ok(JobState::Failed)
}

/// At most one update of a style waits, and whichever runs next takes every rating there is.
async fn is_superseded(tx: &DatabaseTransaction, job: &Job) -> Result<bool, ApiError> {
    Ok(job.kind == JobKind::LearnFromRatings && jobs::is_other_update_queued(tx, job).await?)
}
