//! A new password. Every session but this one ends, and every token is revoked, for whoever had the
//! old one may have made some: if that was somebody else, they are out.

use sea_orm::TransactionTrait as _;
use wire::{account::ChangePassword, ids::SessionId};

use super::confirm_password::confirm_password;
use crate::{app::App, credentials::check_password, error::ApiError, session::Person, store};

/// Changes it, if the current one is right.
pub async fn change_password(
    app: &App,
    person: &Person,
    current: SessionId,
    change: ChangePassword,
) -> Result<(), ApiError> {
    let account = confirm_password(app, person, &change.current).await?;
    check_password(&change.new, &account.me.email)?;
    let hash = app.passwords.hash(&change.new).await?;
    let tx = app.db.begin().await?;
    store::artists::set_password(&tx, person.id, &hash).await?;
    store::sessions::end_others(&tx, person.id, current, app.clock.now()).await?;
    store::tokens::delete_all(&tx, person.id).await?;
    tx.commit().await?;
    Ok(())
}
