//! Everything of one artist goes: account, sessions, tokens, styles, versions, pictures, ratings,
//! jobs and news.
//!
//! The rows go here, by their foreign keys. The blobs go when [`crate::keep`] finds that no row
//! points at them; two artists may have made the very same one.

use sea_orm::TransactionTrait as _;
use wire::account::DeleteMe;

use super::confirm_password::confirm_password;
use crate::{app::App, error::ApiError, session::Person, store};

/// Deletes the account, if the password is right.
pub async fn delete_artist(app: &App, person: &Person, wish: DeleteMe) -> Result<(), ApiError> {
    confirm_password(app, person, &wish.password).await?;
    let tx = app.db.begin().await?;
    // Styles before their artist, as everything else locks them: an outcome that settles right now
    // would wait for us, and we for it.
    store::styles::lock_all(&tx, person.id).await?;
    store::artists::delete(&tx, person.id).await?;
    Ok(tx.commit().await?)
}
