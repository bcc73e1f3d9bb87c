//! The artist does not want to wait for pictures any more.

use sea_orm::TransactionTrait as _;
use wire::{
    ids::StyleId,
    job::{JobKind, JobState},
};

use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{jobs, styles},
};

/// Cancels every picture of the style that is asked for or being painted. Updates go on: no rating
/// is given in vain. Pictures are asked for again once somebody waits for one.
pub async fn cancel_pictures(app: &App, person: &Person, style: StyleId) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let style = styles::lock_owned(&tx, person.id, style)
        .await?
        .ok_or_else(ApiError::not_found)?;
    for job in jobs::lock_open(&tx, style.id).await? {
        if job.kind != JobKind::GenerateImage {
            continue;
        }
        match job.state.cancel() {
            Some(JobState::Cancelling) => jobs::set_cancelling(&tx, job.id).await?,
            Some(state) => jobs::set_final(&tx, job.id, state, None, now).await?,
            None => {}
        }
    }
    tx.commit().await?;

    // The dispatcher tells the workers, again and again until they answer.
    app.wake.notify_one();
    Ok(())
}
