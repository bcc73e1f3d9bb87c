//! A job's worker was not heard of for too long, or took too long.

use sea_orm::TransactionTrait as _;
use time::Duration;
use wire::{
    ids::{ArtistId, JobId},
    job::JobKind,
};

use super::try_job_again::{is_news, try_job_again};
use crate::{
    app::App,
    error::ApiError,
    metrics,
    store::{
        jobs::{self, upkeep, upkeep::UnderWay},
        styles,
    },
};

/// Five signs of life missed.
pub const SILENCE: Duration = Duration::milliseconds(2500);

/// Why a job is taken from its worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// It is not heard of any more.
    Silent,
    /// It beats, and yet the job does not end.
    Overdue,
}

/// How long a job may take. Generous: past it, a worker is taken to hang, and its work is thrown
/// away.
const fn deadline(kind: JobKind) -> Duration {
    match kind {
        // Sixty-four ratings at most, each well under a second on a slow core.
        JobKind::LearnFromRatings => Duration::minutes(10),
        // Seconds on a GPU; diffusion on a few cores takes minutes.
        JobKind::GenerateImage => Duration::HOUR,
    }
}

/// Whether the job is to be taken from its worker.
pub fn loss(job: &UnderWay) -> Option<Loss> {
    if job.silent > SILENCE {
        return Some(Loss::Silent);
    }
    (job.running > deadline(job.kind)).then_some(Loss::Overdue)
}

/// Gives the job another try if it is lost still. Returns the artist if they have news.
pub async fn lose_job(app: &App, job: JobId) -> Result<Option<ArtistId>, ApiError> {
    let Some(found) = jobs::find(&app.db, job).await? else {
        return Ok(None);
    };
    let tx = app.db.begin().await?;
    if styles::lock(&tx, found.style).await?.is_none() {
        return Ok(None);
    }
    let Some(job) = jobs::lock(&tx, job).await? else {
        return Ok(None);
    };
    // It may have been settled, or heard of, since it was listed.
    let now = upkeep::under_way(&tx, Some(job.id)).await?;
    let reason = match now.first().and_then(loss) {
        Some(Loss::Silent) => "its worker stopped answering",
        Some(Loss::Overdue) => "its worker did not finish in time",
        None => return Ok(None),
    };
    let state = try_job_again(&tx, &job, reason, app.clock.now()).await?;
    tx.commit().await?;
    metrics::count_job(job.kind, state);

    app.wake.notify_one();
    Ok(is_news(state).then_some(job.artist))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_may_be_silent_for_a_moment_and_busy_for_long_but_not_for_ever() {
        let check = |kind, silent, running, expected| {
            let job = UnderWay {
                job: JobId(uuid::Uuid::nil()),
                kind,
                silent,
                running,
            };
            assert_eq!(loss(&job), expected, "{job:?}");
        };
        let (beat, minute) = (Duration::milliseconds(500), Duration::MINUTE);
        check(JobKind::GenerateImage, beat, 50 * minute, None);
        check(
            JobKind::GenerateImage,
            beat,
            61 * minute,
            Some(Loss::Overdue),
        );
        check(JobKind::LearnFromRatings, beat, 9 * minute, None);
        check(
            JobKind::LearnFromRatings,
            beat,
            11 * minute,
            Some(Loss::Overdue),
        );
        check(
            JobKind::LearnFromRatings,
            6 * beat,
            beat,
            Some(Loss::Silent),
        );
        // Its clock was set back: it was heard of just now.
        check(JobKind::LearnFromRatings, -minute, beat, None);
    }
}
