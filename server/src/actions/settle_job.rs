//! The one place where an outcome becomes rows, exactly once however often it is reported.

mod image_made;
mod learned;
mod outdated;
mod replayed;

use sea_orm::{DatabaseTransaction, TransactionTrait as _};
use time::OffsetDateTime;
use wire::{
    ids::ArtistId,
    job::{JobState, Outcome, Product, SettleAnswer, Verdict},
};

use super::try_job_again::{fail_job, is_news, try_job_again};
use crate::{
    app::App,
    error::ApiError,
    metrics,
    store::{
        jobs::{self, Job},
        locks, styles,
        styles::Style,
    },
};

/// What to answer, and whom to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The answer to the worker.
    pub answer: SettleAnswer,
    /// The artist, if they have news.
    pub news_for: Option<ArtistId>,
}

/// Takes a worker's last word about a job.
pub async fn settle_job(app: &App, outcome: &Outcome) -> Result<Settled, ApiError> {
    let Some(found) = jobs::find(&app.db, outcome.job).await? else {
        return Ok(answer(SettleAnswer::NotYours));
    };
    let tx = app.db.begin().await?;
    // What is in the store now stays there until the rows that point at it are.
    locks::keep_blobs(&tx).await?;
    // Before any row is locked: the store may be slow.
    let trouble = blob_trouble(app, outcome).await;
    let Some(style) = styles::lock(&tx, found.style).await? else {
        return Ok(answer(SettleAnswer::NotYours));
    };
    let Some(job) = jobs::lock(&tx, outcome.job).await? else {
        return Ok(answer(SettleAnswer::NotYours));
    };
    if job.attempt != outcome.attempt || job.worker != Some(outcome.worker) {
        return Ok(answer(SettleAnswer::NotYours));
    }
    let now = app.clock.now();
    let state = match job.state {
        JobState::Running => match trouble {
            Some(reason) => try_job_again(&tx, &job, &reason, now).await?,
            None => apply(&tx, &style, &job, &outcome.verdict, now).await?,
        },
        // Whoever cancelled does not want the effect, however close it came.
        JobState::Cancelling => {
            jobs::set_final(&tx, job.id, JobState::Cancelled, None, now).await?;
            JobState::Cancelled
        }
        // Our answer was lost, so they report again.
        JobState::Done | JobState::Failed | JobState::Cancelled => {
            return Ok(answer(SettleAnswer::Settled));
        }
        JobState::Queued => return Ok(answer(SettleAnswer::NotYours)),
    };
    tx.commit().await?;
    metrics::count_job(job.kind, state);

    app.wake.notify_one();
    Ok(Settled {
        answer: SettleAnswer::Settled,
        news_for: is_news(state).then_some(job.artist),
    })
}

async fn apply(
    tx: &DatabaseTransaction,
    style: &Style,
    job: &Job,
    verdict: &Verdict,
    now: OffsetDateTime,
) -> Result<JobState, ApiError> {
    match verdict {
        Verdict::Done {
            product: Product::LearnFromRatings(learned),
        } => learned::apply(tx, style, job, learned, now).await,
        Verdict::Done {
            product: Product::ReplayStyle(replayed),
        } => replayed::apply(tx, style, job, replayed, now).await,
        Verdict::Done {
            product: Product::GenerateImage(made),
        } => image_made::apply(tx, style, job, made, now).await,
        Verdict::Retry { reason } => try_job_again(tx, job, reason, now).await,
        Verdict::Outdated { reason } => outdated::apply(tx, style, job, reason, now).await,
        Verdict::Refuse { reason } => fail_job(tx, job, reason, now).await,
        Verdict::Cancelled => try_job_again(tx, job, "its worker stopped without need", now).await,
    }
}

/// Why the blobs that the outcome names cannot be pointed at. A row must never point at nothing.
async fn blob_trouble(app: &App, outcome: &Outcome) -> Option<String> {
    let named = match &outcome.verdict {
        Verdict::Done {
            product: Product::LearnFromRatings(learned),
        } => learned.steps.iter().map(|step| step.policy).collect(),
        Verdict::Done {
            product: Product::ReplayStyle(replayed),
        } => vec![replayed.head.policy],
        Verdict::Done {
            product: Product::GenerateImage(made),
        } => vec![made.blob],
        Verdict::Retry { .. }
        | Verdict::Refuse { .. }
        | Verdict::Outdated { .. }
        | Verdict::Cancelled => vec![],
    };
    for blob in named {
        match app.blobs.contains(blob).await {
            Ok(true) => {}
            Ok(false) => return Some(format!("the blob {blob} is not in the store")),
            Err(error) => {
                tracing::error!(%error, "the blob store failed");
                return Some("the blob store failed; the server's log says why".to_owned());
            }
        }
    }
    None
}

fn answer(answer: SettleAnswer) -> Settled {
    Settled {
        answer,
        news_for: None,
    }
}
