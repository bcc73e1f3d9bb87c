//! Trades a refresh token for its successor and a new access token.
//!
//! Each token is good for one trade. One that comes again later was copied, and the thief and the
//! owner cannot be told apart: the session ends for both. A browser whose answer was lost, or that
//! asked twice at once, comes again within seconds and is given the same successor.

use sea_orm::TransactionTrait as _;
use time::Duration;
use wire::problem::Code;

use crate::{app::App, error::ApiError, keys::Secret, metrics, session, store};

/// How long a session lives without being used.
pub const REFRESH_LIFETIME: Duration = Duration::days(30);

/// How long an identical retry is a lost answer and not a theft.
const RETRY_WINDOW: Duration = Duration::seconds(10);

/// A session's new pair of tokens.
pub struct Freshened {
    /// Good for ten minutes.
    pub access: String,
    /// Good for one trade.
    pub refresh: Secret,
}

/// Makes the trade, or ends the session.
pub async fn refresh_session(app: &App, token: &Secret) -> Result<Freshened, ApiError> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let session = store::refresh_tokens::session(&tx, token.hash())
        .await?
        .ok_or_else(over)?;
    // The session before its tokens, as whoever deletes it locks them.
    let artist = store::sessions::lock(&tx, session)
        .await?
        .ok_or_else(over)?;
    let known = store::refresh_tokens::find(&tx, token.hash())
        .await?
        .ok_or_else(over)?;
    if known.expires_at <= now {
        return Err(over());
    }
    if known
        .used_at
        .is_some_and(|used_at| now - used_at > RETRY_WINDOW)
    {
        store::sessions::end(&tx, artist, known.session, now).await?;
        tx.commit().await?;
        metrics::count_replay();
        return Err(over());
    }
    let successor = app.keys.successor(token);
    if known.used_at.is_none() {
        let expires = now + REFRESH_LIFETIME;
        store::refresh_tokens::mark_used(&tx, token.hash(), now).await?;
        store::refresh_tokens::add(&tx, successor.hash(), known.session, expires).await?;
        store::sessions::touch(&tx, known.session, now).await?;
    }
    tx.commit().await?;
    let access =
        session::mint(&app.keys, artist, known.session, now).map_err(ApiError::internal)?;
    Ok(Freshened {
        access,
        refresh: successor,
    })
}

fn over() -> ApiError {
    ApiError::new(Code::NotLoggedIn, "the session is over; log in again")
}
