//! An admin decides what somebody may do. It holds from that person's next request on.

use sea_orm::TransactionTrait as _;
use wire::{
    account::{ArtistCard, ChangeRole, Role},
    ids::ArtistId,
    problem::Code,
};

use crate::{app::App, error::ApiError, session::Person, store::artists};

/// Gives the account another role. The last admin stays one: nobody could make another.
pub async fn change_role(
    app: &App,
    admin: &Person,
    artist: ArtistId,
    ChangeRole { role }: ChangeRole,
) -> Result<ArtistCard, ApiError> {
    let tx = app.db.begin().await?;
    // Two admins who take the role from each other come one after the other.
    let admins = artists::lock_admins(&tx).await?;
    if !admins.contains(&admin.id) {
        return Err(ApiError::new(Code::NotAllowed, "only an admin may do this"));
    }
    if role < Role::Admin {
        spare_last_admin(&admins, artist)?;
    }
    let card = artists::set_role(&tx, artist, role)
        .await?
        .ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    tracing::info!(admin = %admin.id, %artist, role = role.name(), "a role was changed");
    Ok(card)
}

/// Refuses what would leave no admin.
pub(super) fn spare_last_admin(admins: &[ArtistId], leaving: ArtistId) -> Result<(), ApiError> {
    if admins == [leaving] {
        return Err(ApiError::new(
            Code::LastAdmin,
            "without this admin there would be none; make another one first",
        ));
    }
    Ok(())
}
