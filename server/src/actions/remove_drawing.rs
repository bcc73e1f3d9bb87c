//! A style without its drawing. The drawing's blob is swept later: another style may share it.

use sea_orm::TransactionTrait as _;
use wire::ids::StyleId;

use super::request_images::fill;
use crate::{app::App, error::ApiError, session::Person, store::styles};

/// Takes the drawing away, or the wait for one that was announced; fine if there is neither.
pub async fn remove_drawing(app: &App, person: &Person, style: StyleId) -> Result<(), ApiError> {
    let tx = app.db.begin().await?;
    let mut style = styles::lock_owned(&tx, person.id, style)
        .await?
        .ok_or_else(ApiError::not_found)?;
    if style.drawing.is_none() && style.drawing_due.is_none() {
        return Ok(());
    }
    style.drawing = None;
    style.drawing_due = None;
    styles::set_drawing(&tx, style.id, None).await?;
    fill(&tx, &style, app.clock.now()).await?;
    tx.commit().await?;

    app.wake.notify_one();
    Ok(())
}
