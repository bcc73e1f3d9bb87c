//! An artist's own drawing, which a style's pictures start from.

use bytes::Bytes;
use sea_orm::TransactionTrait as _;
use wire::{
    drawing::{Drawing, Strength},
    ids::StyleId,
    style::StyleCard,
};

use super::{request_images::fill, start_job::SIDE_PIXELS};
use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{locks, styles},
};

/// Gives the style the drawing in the file, in place of one that it may have. Without a strength the
/// old one stays. Pictures that wait to be rated stay too; those that follow start from this drawing.
pub async fn put_drawing(
    app: &App,
    person: &Person,
    style: StyleId,
    file: Bytes,
    strength: Option<Strength>,
) -> Result<StyleCard, ApiError> {
    if !styles::is_owned(&app.db, person.id, style).await? {
        return Err(ApiError::not_found());
    }
    app.limits.drawing(person.id)?;
    let png = app.drawings.read(file, SIDE_PIXELS).await?;

    let tx = app.db.begin().await?;
    // From here on nobody sweeps the blob away for want of the row that will point at it.
    locks::keep_blobs(&tx).await?;
    let blob = app.blobs.put_for_good(png).await;
    let blob = blob.map_err(ApiError::unavailable)?;
    let mut style = styles::lock_owned(&tx, person.id, style)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let before = style.drawing.map(|drawing| drawing.strength);
    let strength = strength.or(before).unwrap_or(Strength::USUAL);
    style.drawing = Some(Drawing { blob, strength });
    style.drawing_due = None;
    styles::set_drawing(&tx, style.id, style.drawing).await?;
    fill(&tx, &style, app.clock.now()).await?;
    let card = styles::card(&tx, person.id, style.id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    tx.commit().await?;

    app.wake.notify_one();
    Ok(card)
}
