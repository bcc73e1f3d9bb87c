//! Everything of one artist goes: account, sessions, tokens, styles, versions, pictures, ratings,
//! jobs and news.
//!
//! The rows go here, by their foreign keys. The blobs go when [`crate::keep`] finds that no row
//! points at them; two artists may have made the very same one.

use sea_orm::TransactionTrait as _;
use wire::{account::DeleteMe, ids::JobId};

use super::{change_role::spare_last_admin, confirm_password::confirm_password};
use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{artists, jobs, styles},
};

/// Deletes the account, if the password is right and it is not the last admin's. Returns the jobs that
/// workers are busy with for nothing now: tell them to stop.
pub async fn delete_artist(
    app: &App,
    person: &Person,
    wish: DeleteMe,
) -> Result<Vec<JobId>, ApiError> {
    confirm_password(app, person, &wish.password).await?;
    let tx = app.db.begin().await?;
    spare_last_admin(&artists::lock_admins(&tx).await?, person.id)?;
    // Styles before their artist, as everything else locks them: an outcome that settles right now
    // would wait for us, and we for it.
    styles::lock_all(&tx, person.id).await?;
    let open = jobs::lock_all_open(&tx, person.id).await?;
    artists::delete(&tx, person.id).await?;
    tx.commit().await?;
    Ok(jobs::at_workers(&open))
}
