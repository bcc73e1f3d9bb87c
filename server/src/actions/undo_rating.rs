//! A rating is taken back: the picture is unseen again, and the style as if it had not been.

use sea_orm::TransactionTrait as _;
use wire::{
    ids::{ImageId, RatingId},
    rating::RatingUndone,
};

use super::ask_for_replay::ask_for_replay;
use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{ratings, replays, styles, undone},
};

/// Takes back what was answered to the picture, or only this one answer if it is named. Nothing to
/// take back is fine: it may be the second time of asking.
///
/// What no version has learned from is simply gone; else the log is replayed without it.
pub async fn undo_rating(
    app: &App,
    person: &Person,
    image: ImageId,
    only: Option<RatingId>,
) -> Result<RatingUndone, ApiError> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let style = styles::lock_of_image(&tx, person.id, image)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let stored = ratings::of_image(&tx, image).await?;
    let Some(rating) = stored.filter(|stored| only.is_none_or(|only| stored.id == only)) else {
        let wanted = replays::wanted(&tx, style.id).await?;
        return Ok(RatingUndone {
            replay: wanted.map(|wanted| wanted.job),
        });
    };
    let replay = if rating.teaches() {
        ask_for_replay(&tx, &style, &rating, now).await?
    } else {
        None
    };
    ratings::delete(&tx, rating.id).await?;
    undone::insert(&tx, style.artist, rating.id, now).await?;
    tx.commit().await?;

    app.wake.notify_one();
    Ok(RatingUndone { replay })
}
