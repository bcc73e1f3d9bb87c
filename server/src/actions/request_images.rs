//! Keeps a style's queue of unseen pictures full.

use sea_orm::{ConnectionTrait, TransactionTrait as _};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use wire::{
    ids::{JobId, StyleId},
    job::{JobKind, JobState},
};

use super::repeat_image::repeat_image;
use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{images, jobs, ratings, replays, styles, styles::Style},
};

/// One picture on the screen and one ready behind it. More would be proposed by older versions.
const UNSEEN_TARGET: u32 = 2;

/// After a job failed for good its style is left alone for a while: whoever waits for a picture
/// asks often.
const REST_AFTER_FAILURE: Duration = Duration::seconds(10);

const OPEN: [JobState; 2] = [JobState::Queued, JobState::Running];

/// Somebody waits for a picture of the style: makes sure that one is coming.
///
/// Nothing needs this while all goes well. It heals a style whose jobs failed or were cancelled.
pub async fn request_images(app: &App, person: &Person, style: StyleId) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let style = styles::lock_owned(&tx, person.id, style)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let updates = jobs::count(&tx, style.id, JobKind::LearnFromRatings, &OPEN).await?;
    let pictures = jobs::count(&tx, style.id, JobKind::GenerateImage, &OPEN).await?;
    if updates + pictures > 0
        || jobs::has_failed_since(&tx, style.id, now - REST_AFTER_FAILURE).await?
    {
        return Ok(());
    }
    if style.head.is_none()
        || ratings::count_waiting(&tx, style.id).await? > 0
        || replays::wanted(&tx, style.id).await?.is_some()
    {
        jobs::queue_update(&tx, JobId(Uuid::now_v7()), &style, now).await?;
    }
    fill(&tx, &style, now).await?;
    tx.commit().await?;
    app.wake.notify_one();
    Ok(())
}

/// Asks for as many pictures as the queue lacks. Before the first version there is nobody to
/// propose one, and one painted before the drawing that was announced would not be what was asked.
pub(super) async fn fill(
    db: &impl ConnectionTrait,
    style: &Style,
    now: OffsetDateTime,
) -> Result<(), ApiError> {
    if style.head.is_none() || style.drawing_due.is_some_and(|due| now < due) {
        return Ok(());
    }
    let unseen = images::count_unseen(db, style).await?;
    let coming = jobs::count(db, style.id, JobKind::GenerateImage, &OPEN).await?;
    for _ in (unseen + coming)..UNSEEN_TARGET {
        if !repeat_image(db, style, now).await? {
            jobs::queue_picture(db, JobId(Uuid::now_v7()), style, now).await?;
        }
    }
    Ok(())
}
