//! Jobs whose worker is not heard of any more, or does not finish, run again, or end if they were
//! being cancelled.

use std::time::Duration;

use async_nats::connection::State;
use tokio::time::{Instant, MissedTickBehavior, interval};

use wire::problem::Code;

use super::alone;
use crate::{
    actions::lose_job::{self, Loss, lose_job},
    app::App,
    bus::{cancels, live},
    store::jobs::upkeep,
    store::locks::Singleton,
};

/// How often to look. With [`SILENCE`], the first pause before another try and the dispatcher's own
/// tick it takes three and a quarter seconds at most until a lost worker's job is handed over again.
const TICK: Duration = Duration::from_millis(250);

/// So much between two looks is more than a busy machine; the process must have stood still.
const GAP: Duration = Duration::from_millis(1500);

const SILENCE: Duration = lose_job::SILENCE.unsigned_abs();

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
    for job in upkeep::under_way(&app.db, None).await? {
        let Some(loss) = lose_job::loss(&job) else {
            continue;
        };
        if loss == Loss::Overdue {
            // It listens still. Told before the job may run again, perhaps at the same worker.
            cancels::tell(app, &[job.job]).await;
        }
        match lose_job(app, job.job).await {
            Ok(Some(artist)) => live::announce(app, artist).await,
            Err(failure) if failure.code() == Code::Unavailable => return Err(failure.into()),
            // A failure is logged already, and the others must not wait for it.
            Ok(None) | Err(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{actions::try_job_again::PAUSES, bus::dispatch};

    use super::*;

    #[test]
    fn a_lost_workers_job_runs_again_within_five_seconds_even_at_its_last_try() {
        let longest = PAUSES.map(time::Duration::unsigned_abs).into_iter().max();
        let until_handed_over = SILENCE + TICK + longest.unwrap() + dispatch::TICK;
        assert!(
            until_handed_over < Duration::from_secs(5),
            "{until_handed_over:?}"
        );
    }
}
