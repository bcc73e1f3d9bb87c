//! Forgets what nobody asks for any more: events, finished jobs, workers that are gone, sessions,
//! refresh tokens and invitations that are over, ids of undone ratings.

use std::time::Duration;

use time::Duration as Span;

use super::every;
use crate::{
    actions::refresh_session::REFRESH_LIFETIME,
    app::App,
    store::{
        events, invitations, jobs::upkeep, locks::Singleton, refresh_tokens, sessions, undone,
        workers,
    },
};

const PERIOD: Duration = Duration::from_mins(10);

/// A browser that was away for longer loads its page anew anyway.
const EVENTS_KEPT: Span = Span::DAY;

/// Long enough to look into what an artist tells us of.
const JOBS_KEPT: Span = Span::days(7);

/// Failures are rarer and say more.
const FAILED_JOBS_KEPT: Span = Span::days(30);

/// Each start of a worker is another one.
const WORKERS_KEPT: Span = Span::DAY;

/// A session that was not renewed for so long is over. One that was ended is remembered as long, in
/// case its tokens come again.
const SESSIONS_KEPT: Span = REFRESH_LIFETIME;

/// A page that still sends a rating after this long has been closed and opened again since.
const UNDONE_KEPT: Span = Span::days(7);

/// Forgets until the server drains.
pub async fn run(app: App) {
    every(app, PERIOD, Singleton::OldRows, forget).await;
}

async fn forget(app: App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let events = events::forget(&app.db, now - EVENTS_KEPT).await?;
    let jobs = upkeep::forget(&app.db, now - JOBS_KEPT, now - FAILED_JOBS_KEPT).await?;
    let workers = workers::forget(&app.db, now - WORKERS_KEPT).await?;
    let sessions = sessions::forget(&app.db, now - SESSIONS_KEPT).await?;
    let tokens = refresh_tokens::forget(&app.db, now).await?;
    invitations::delete_old(&app.db, now).await?;
    let undone = undone::forget(&app.db, now - UNDONE_KEPT).await?;
    if events + jobs + workers + sessions + tokens + undone > 0 {
        tracing::info!(
            events,
            jobs,
            workers,
            sessions,
            tokens,
            undone,
            "forgot old rows"
        );
    }
    Ok(())
}
