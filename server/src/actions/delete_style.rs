//! A style and everything in it goes. Its blobs are swept later: other rows may share them.

use sea_orm::TransactionTrait as _;
use wire::ids::{JobId, StyleId};

use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{jobs, styles},
};

/// Deletes the style with its versions, pictures, ratings and jobs. Returns the jobs that workers
/// are busy with for nothing now: tell them to stop.
pub async fn delete_style(
    app: &App,
    person: &Person,
    style: StyleId,
) -> Result<Vec<JobId>, ApiError> {
    let tx = app.db.begin().await?;
    let style = styles::lock_owned(&tx, person.id, style)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let open = jobs::lock_open(&tx, style.id).await?;
    styles::delete(&tx, style.id).await?;
    tx.commit().await?;
    Ok(jobs::at_workers(&open))
}
