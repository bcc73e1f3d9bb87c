//! A device is let in: a session and its first pair of tokens.

use uuid::Uuid;
use wire::ids::{ArtistId, SessionId};

use super::refresh_session::{Freshened, REFRESH_LIFETIME};
use crate::{app::App, error::ApiError, keys::Secret, session, store};

/// Part of a log-in's or a sign-up's transaction. `device` is coarse words, never a user agent.
pub async fn begin_session(
    app: &App,
    tx: &impl sea_orm::ConnectionTrait,
    artist: ArtistId,
    device: &str,
) -> Result<Freshened, ApiError> {
    let now = app.clock.now();
    let session = SessionId(Uuid::now_v7());
    let refresh = Secret::random().map_err(ApiError::internal)?;
    store::sessions::add(tx, session, artist, device, now).await?;
    store::refresh_tokens::add(tx, refresh.hash(), session, now + REFRESH_LIFETIME).await?;
    let access = session::mint(&app.keys, artist, session, now).map_err(ApiError::internal)?;
    Ok(Freshened { access, refresh })
}
