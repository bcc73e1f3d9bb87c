//! A job's worker was not heard of for too long.

use sea_orm::TransactionTrait as _;
use time::OffsetDateTime;
use wire::ids::{ArtistId, JobId};

use super::try_job_again::{is_news, try_job_again};
use crate::{
    app::App,
    error::ApiError,
    metrics,
    store::{jobs, styles},
};

/// Gives the job another try if it is still silent since `moment`. Returns the artist if they have
/// news.
pub async fn lose_job(
    app: &App,
    job: JobId,
    moment: OffsetDateTime,
) -> Result<Option<ArtistId>, ApiError> {
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
    if job.state.is_final() || job.heard.is_none_or(|heard| heard >= moment) {
        return Ok(None);
    }
    let state = try_job_again(&tx, &job, "its worker stopped answering", app.clock.now()).await?;
    tx.commit().await?;
    metrics::count_job(job.kind, state);

    app.wake.notify_one();
    Ok(is_news(state).then_some(job.artist))
}
