//! A personal access token proves nothing any more, from the next request on.

use wire::ids::TokenId;

use crate::{app::App, error::ApiError, session::Person, store};

/// Revokes it; somebody else's is not found.
pub async fn revoke_token(app: &App, person: &Person, token: TokenId) -> Result<(), ApiError> {
    if store::tokens::delete(&app.db, person.id, token).await? {
        return Ok(());
    }
    Err(ApiError::not_found())
}
