//! Jobs whose worker is not heard of any more run again, or end if they were being cancelled.

use std::time::Duration;

use async_nats::connection::State;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::alone;
use crate::{
    actions::lose_job::lose_job, app::App, bus::live, store::jobs::upkeep, store::locks::Singleton,
};

/// How often to look. With [`SILENCE`], the first pause before another try and the dispatcher's own
/// tick it takes three and a quarter seconds at most until a lost worker's job is handed over again.
const TICK: Duration = Duration::from_millis(250);

/// So much between two looks is more than a busy machine; the process must have stood still.
const GAP: Duration = Duration::from_millis(1500);

/// Five signs of life missed.
const SILENCE: Duration = Duration::from_millis(2500);

/// Looks until the server drains.
pub async fn run(app: App) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Workers are judged only by what we were there to hear: not by the time before we started,
    // nor by a time when the bus or the database was away.
    let mut deaf_until = Instant::now() + SILENCE;
    let mut looked = Instant::now();
    while app.drain.run_until_cancelled(ticks.tick()).await.is_some() {
        let could_hear = app.nats.connection_state() == State::Connected;
        if !could_hear || looked.elapsed() > GAP {
            deaf_until = Instant::now() + SILENCE;
        }
        looked = Instant::now();
        if looked < deaf_until {
            continue;
        }
        if let Err(error) = alone(&app, Singleton::LostJobs, look(&app)).await {
            tracing::warn!(
                error = format!("{error:#}"),
                "lost jobs were not looked for"
            );
            deaf_until = Instant::now() + SILENCE;
        }
    }
}

async fn look(app: &App) -> anyhow::Result<()> {
    let moment = app.clock.now() - SILENCE;
    for job in upkeep::silent_since(&app.db, moment).await? {
        if let Some(artist) = lose_job(app, job, moment).await? {
            live::announce(app, artist).await;
        }
    }
    Ok(())
}
