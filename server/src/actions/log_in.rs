//! E-mail and password become a session.
//!
//! Whoever does not get in learns nothing: unknown e-mail and wrong password take the same work
//! and answer the same words.

use sea_orm::TransactionTrait as _;
use wire::{
    account::{LogIn, Me},
    problem::Code,
};

use super::{begin_session::begin_session, refresh_session::Freshened};
use crate::{app::App, credentials::email, error::ApiError, limits::Address, metrics, store};

/// Lets a device in.
pub async fn log_in(
    app: &App,
    given: LogIn,
    device: &str,
    address: Option<Address>,
) -> Result<(Me, Freshened), ApiError> {
    // What is no e-mail belongs to nobody, and is refused like somebody unknown.
    let email = email(&given.email);
    app.limits
        .guess(email.as_deref().unwrap_or_default(), address)?;
    let account = match &email {
        Some(email) => store::artists::by_email(&app.db, email).await?,
        None => None,
    };
    let stored = account
        .as_ref()
        .map(|account| account.password_hash.as_str());
    let is_right = app.passwords.verify(&given.password, stored).await?;
    metrics::count_log_in(is_right);
    let Some(account) = account.filter(|_| is_right) else {
        return Err(wrong());
    };
    let tx = app.db.begin().await?;
    // The password may have been changed while this one was being checked.
    let held = store::artists::hold(&tx, account.me.id).await?;
    let Some(held) = held.filter(|held| held.password_hash == account.password_hash) else {
        return Err(wrong());
    };
    let fresh = begin_session(app, &tx, held.me.id, device).await?;
    tx.commit().await?;
    app.limits.let_in(&held.me.email, address);
    Ok((held.me, fresh))
}

fn wrong() -> ApiError {
    ApiError::new(Code::WrongCredentials, "unknown e-mail or wrong password")
}
