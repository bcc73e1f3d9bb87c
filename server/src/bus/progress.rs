//! Pictures in the making: notes what they will show, and passes on how far slow ones are.

use wire::{event::Event, job::JobProgress, subject::PROGRESS};

use super::{live, requests};
use crate::{
    app::App,
    store::jobs::{self, proposed},
};

/// Listens until the server drains.
pub async fn run(app: App) {
    requests::serve(app, PROGRESS, hear).await;
}

async fn hear(app: App, progress: JobProgress) -> Option<()> {
    let JobProgress {
        job,
        step,
        steps,
        proposed,
    } = progress;
    let job = jobs::find(&app.db, job).await.ok()??;
    let bound = job.bound.as_ref();
    if let Some(mix) = proposed
        && bound.is_some_and(|bound| bound.proposed.is_none())
        && let Err(error) = proposed::set(&app.db, job.id, &mix).await
    {
        // The next report says it again.
        tracing::warn!(%error, "a proposal was not noted");
    }
    if steps > 0 {
        let painting = Event::Painting {
            style: job.style,
            step,
            steps,
        };
        live::pass_on(&app, job.artist, &painting).await;
    }
    None
}
