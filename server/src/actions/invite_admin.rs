//! The first admin is whoever can start the server: they are given a link.

use sea_orm::TransactionTrait as _;
use time::Duration;
use wire::account::Role;

use crate::{
    clock::Clock,
    error::ApiError,
    keys::Secret,
    store::{
        artists, invitations,
        locks::{self, Singleton},
    },
};

/// How long the link can be used.
const LIFETIME: Duration = Duration::hours(24);

/// A one-time link to sign up as an admin, or `None` if there is an admin already. The link that was
/// given before, and may lie in somebody's terminal still, is good for nothing from then on.
pub async fn invite_admin(
    db: &sea_orm::DatabaseConnection,
    clock: &Clock,
    public_url: &str,
) -> Result<Option<String>, ApiError> {
    let tx = db.begin().await?;
    locks::lock(&tx, Singleton::FirstAdmin).await?;
    if artists::any_admin(&tx).await? {
        return Ok(None);
    }
    let secret = Secret::random().map_err(ApiError::internal)?;
    invitations::take_back(&tx, Role::Admin).await?;
    invitations::add(&tx, secret.hash(), Role::Admin, clock.now() + LIFETIME).await?;
    tx.commit().await?;
    Ok(Some(format!(
        "{public_url}/sign-up?invitation={}",
        secret.text()
    )))
}
