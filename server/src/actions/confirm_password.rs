//! The password is asked again before what cannot be undone: an open browser is not its owner.

use wire::problem::Code;

use crate::{
    app::App,
    error::ApiError,
    session::Person,
    store::{self, artists::Account},
};

/// The person's account, if the password is right.
pub async fn confirm_password(
    app: &App,
    person: &Person,
    password: &str,
) -> Result<Account, ApiError> {
    let account = store::artists::by_id(&app.db, person.id).await?;
    let account = account.ok_or_else(ApiError::not_found)?;
    app.limits.password(person.id)?;
    if app
        .passwords
        .verify(password, Some(&account.password_hash))
        .await?
    {
        return Ok(account);
    }
    Err(ApiError::new(Code::WrongCredentials, "wrong password"))
}
