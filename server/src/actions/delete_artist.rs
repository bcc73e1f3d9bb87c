//! Everything of one artist goes: account, sessions, tokens, styles, versions, pictures, ratings,
//! jobs and news.
//!
//! The rows go here, by their foreign keys. The blobs go when [`crate::keep`] finds that no row
//! points at them; two artists may have made the very same one.

use wire::account::DeleteMe;

use super::confirm_password::confirm_password;
use crate::{app::App, error::ApiError, session::Person, store};

/// Deletes the account, if the password is right.
pub async fn delete_artist(app: &App, person: &Person, wish: DeleteMe) -> Result<(), ApiError> {
    confirm_password(app, person, &wish.password).await?;
    Ok(store::artists::delete(&app.db, person.id).await?)
}
