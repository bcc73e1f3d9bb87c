//! A try of a job that came to nothing because of the server's own failure: its question could not
//! be answered, or its outcome not be taken in.
//!
//! The transaction in which that happened is gone, so this is another one, and it does as little as
//! it can.

use sea_orm::TransactionTrait as _;
use wire::{
    ids::{JobId, WorkerId},
    job::{JobState, SettleAnswer, StartJob},
};

use super::{
    settle_job::Settled,
    try_job_again::{is_news, try_job_again},
};
use crate::{
    app::App,
    error::ApiError,
    metrics,
    store::{
        jobs::{self, Job},
        styles,
    },
};

/// Whose try it was.
#[derive(Clone, Debug)]
pub enum Claim {
    /// A worker asked whether it may start.
    Asks(StartJob),
    /// A worker said what became of it.
    Reports {
        /// Which job.
        job: JobId,
        /// Which try.
        attempt: u32,
        /// Who did it.
        worker: WorkerId,
    },
}

/// Counts the try as failed, unless somebody else has the job by now.
pub async fn spend_try(app: &App, claim: Claim, reason: &str) -> Result<Settled, ApiError> {
    let id = match &claim {
        Claim::Asks(ask) => ask.job,
        Claim::Reports { job, .. } => *job,
    };
    let not_theirs = Settled {
        answer: SettleAnswer::NotYours,
        news_for: None,
    };
    let Some(found) = jobs::find(&app.db, id).await? else {
        return Ok(not_theirs);
    };
    let tx = app.db.begin().await?;
    if styles::lock(&tx, found.style).await?.is_none() {
        return Ok(not_theirs);
    }
    let Some(job) = jobs::lock(&tx, id).await?.and_then(|job| held(job, &claim)) else {
        return Ok(not_theirs);
    };
    let state = try_job_again(&tx, &job, reason, app.clock.now()).await?;
    tx.commit().await?;
    metrics::count_job(job.kind, state);

    app.wake.notify_one();
    Ok(Settled {
        answer: SettleAnswer::Unreadable {
            reason: reason.to_owned(),
        },
        news_for: is_news(state).then_some(job.artist),
    })
}

/// The job as one under way, if the claim is good still.
fn held(job: Job, claim: &Claim) -> Option<Job> {
    match claim {
        // It was about to run, so what follows is what follows after running.
        Claim::Asks(ask) if job.attempt == ask.attempt && job.state == JobState::Queued => {
            let state = job.state.start()?;
            Some(Job { state, ..job })
        }
        Claim::Asks(ask) => is_under_way(&job, ask.attempt, ask.worker).then_some(job),
        Claim::Reports {
            attempt, worker, ..
        } => is_under_way(&job, *attempt, *worker).then_some(job),
    }
}

fn is_under_way(job: &Job, attempt: u32, worker: WorkerId) -> bool {
    !job.state.is_final() && job.attempt == attempt && job.worker == Some(worker)
}
