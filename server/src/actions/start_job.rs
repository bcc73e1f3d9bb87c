//! Queued → running, or a no. Here the work is bound: it is what there is to do as of now.

mod replay;

use sea_orm::{DatabaseTransaction, TransactionTrait as _};
use wire::{
    ids::{ArtistId, JobId},
    job::{
        GenerateImage, JobKind, JobState, LearnFromRatings, Refusal, StartAnswer, StartJob, Work,
    },
    mix::Mix,
};

use replay::WrittenLog;

use super::request_images::fill;
use crate::{
    app::App,
    error::ApiError,
    metrics, seeds,
    store::{
        images,
        jobs::{self, Bound, proposed},
        ratings, replays, styles,
        styles::Style,
        versions,
    },
};

/// Most ratings one update takes; what is left over goes into the next.
const SAMPLES_MAX: u64 = 64;

/// How many of the mixes proposed last, painted or not yet, a proposal keeps its distance from.
const RECENT_MIXES: u64 = 6;

/// Pictures are square.
pub(super) const SIDE_PIXELS: u32 = 512;

/// What to answer, and whom to tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Started {
    /// The answer to the worker.
    pub answer: StartAnswer,
    /// The artist, if they may have news: where nothing is left to learn, pictures are asked for, and
    /// one of them may be an earlier one that needs no painting.
    pub news_for: Option<ArtistId>,
}

impl From<StartAnswer> for Started {
    fn from(answer: StartAnswer) -> Self {
        Self {
            answer,
            news_for: None,
        }
    }
}

/// Answers a worker that asks whether it may start.
pub async fn start_job(app: &App, ask: &StartJob) -> Result<Started, ApiError> {
    let Some(job) = jobs::find(&app.db, ask.job).await? else {
        return Ok(no(Refusal::Unknown).into());
    };
    let written = match job.kind {
        JobKind::LearnFromRatings => replay::write_log(app, job.style).await?,
        JobKind::GenerateImage => None,
    };
    let tx = app.db.begin().await?;
    let Some(style) = styles::lock(&tx, job.style).await? else {
        return Ok(no(Refusal::Unknown).into());
    };
    let Some(job) = jobs::lock(&tx, ask.job).await? else {
        return Ok(no(Refusal::Unknown).into());
    };
    let is_theirs = job.attempt == ask.attempt && job.worker == Some(ask.worker);
    match job.state {
        JobState::Cancelling | JobState::Cancelled => return Ok(no(Refusal::Cancelled).into()),
        // Our answer was lost, so they ask again.
        JobState::Running if is_theirs => {
            let answer = job
                .bound
                .map_or(no(Refusal::Stale), |bound| StartAnswer::Go {
                    work: bound.work,
                });
            return Ok(answer.into());
        }
        JobState::Queued if job.attempt == ask.attempt => {}
        JobState::Queued | JobState::Running | JobState::Done | JobState::Failed => {
            return Ok(no(Refusal::Stale).into());
        }
    }
    let answer = match job.kind {
        JobKind::LearnFromRatings => bind_update(&tx, &style, job.id, written).await?,
        JobKind::GenerateImage => bind_picture(&tx, &style).await?,
    };
    let now = app.clock.now();
    match &answer {
        StartAnswer::Go { work } => {
            let bound = Bound {
                version: style.head,
                work: work.clone(),
                revision: written.map(|written| written.revision),
                proposed: None,
            };
            jobs::set_running(&tx, job.id, ask.worker, &bound).await?;
        }
        StartAnswer::No { because: _ } => {
            jobs::set_final(&tx, job.id, JobState::Done, None, now).await?;
            fill(&tx, &style, now).await?;
        }
        StartAnswer::Later => return Ok(answer.into()),
    }
    tx.commit().await?;
    metrics::time_job_wait(job.kind, (now - job.due).as_seconds_f64());
    let is_over = matches!(answer, StartAnswer::No { .. });
    Ok(Started {
        answer,
        news_for: is_over.then_some(style.artist),
    })
}

async fn bind_update(
    tx: &DatabaseTransaction,
    style: &Style,
    job: JobId,
    written: Option<WrittenLog>,
) -> Result<StartAnswer, ApiError> {
    let under_way = [JobState::Running, JobState::Cancelling];
    if jobs::count(tx, style.id, JobKind::LearnFromRatings, &under_way).await? > 0 {
        return Ok(StartAnswer::Later);
    }
    let wanted = replays::wanted(tx, style.id).await?;
    if wanted.is_some() || written.is_some() {
        return replay::bind(tx, style, job, wanted.zip(written)).await;
    }
    let parent = match style.head {
        Some(head) => versions::find(tx, style.id, head)
            .await?
            .map(|version| version.policy),
        None => None,
    };
    let samples = ratings::waiting(tx, style.id, SAMPLES_MAX).await?;
    if samples.is_empty() && parent.is_some() {
        return Ok(no(Refusal::NothingToDo));
    }
    let work = Work::LearnFromRatings(LearnFromRatings {
        learner: style.learner,
        prior: style.prior.clone(),
        style_seed: seeds::of_style(style.id),
        parent,
        learned: ratings::count_learned(tx, style.id).await?,
        samples,
        prompts: style.prompts.clone(),
    });
    Ok(StartAnswer::Go { work })
}

async fn bind_picture(tx: &DatabaseTransaction, style: &Style) -> Result<StartAnswer, ApiError> {
    let Some(head) = style.head else {
        return Ok(StartAnswer::Later);
    };
    let version = versions::find(tx, style.id, head).await?.ok_or_else(|| {
        ApiError::internal(anyhow::anyhow!("style {} has no version {head}", style.id))
    })?;
    let under_way = proposed::of_style(tx, style.id).await?;
    let Some(mut recent) = under_way.into_iter().collect::<Option<Vec<Mix>>>() else {
        // Two that are proposed at once would not know of each other (decision 0020).
        return Ok(StartAnswer::Later);
    };
    recent.extend(images::recent_mixes(tx, style.id, RECENT_MIXES).await?);
    recent.truncate(RECENT_MIXES as usize);
    let turn = styles::next_picture(tx, style.id).await?;
    let prompt = style
        .prompts
        .iter()
        .cycle()
        .nth(turn as usize % style.prompts.len().max(1));
    let (proposal_seed, image_seed) = seeds::of_picture(style.id, turn);
    let work = Work::GenerateImage(GenerateImage {
        policy: version.policy,
        prompt: prompt.cloned().unwrap_or_default(),
        recent,
        variety: style.variety,
        proposal_seed,
        image_seed,
        drawing: style.drawing,
        width: SIDE_PIXELS,
        height: SIDE_PIXELS,
    });
    Ok(StartAnswer::Go { work })
}

const fn no(because: Refusal) -> StartAnswer {
    StartAnswer::No { because }
}
