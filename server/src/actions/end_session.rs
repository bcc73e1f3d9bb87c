//! One of my sessions ends, at once and everywhere.

use wire::ids::SessionId;

use crate::{app::App, error::ApiError, session::Person, store};

/// Ends it; somebody else's, or one that has ended, is not found.
pub async fn end_session(app: &App, person: &Person, session: SessionId) -> Result<(), ApiError> {
    if store::sessions::end(&app.db, person.id, session, app.clock.now()).await? {
        return Ok(());
    }
    Err(ApiError::not_found())
}
