//! The first admin is whoever can start the server: they are given a link.

use time::Duration;
use wire::account::Role;

use crate::{clock::Clock, error::ApiError, keys::Secret, store};

/// How long the link can be used.
const LIFETIME: Duration = Duration::hours(24);

/// A one-time link to sign up as an admin, or `None` if there is an admin already.
pub async fn invite_admin(
    db: &sea_orm::DatabaseConnection,
    clock: &Clock,
    public_url: &str,
) -> Result<Option<String>, ApiError> {
    if store::artists::any_admin(db).await? {
        return Ok(None);
    }
    let secret = Secret::random().map_err(ApiError::internal)?;
    let now = clock.now();
    store::invitations::delete_old(db, now).await?;
    store::invitations::add(db, secret.hash(), Role::Admin, now + LIFETIME).await?;
    Ok(Some(format!(
        "{public_url}/sign-up?invitation={}",
        secret.text()
    )))
}
