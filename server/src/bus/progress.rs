//! Slow pictures in the making: passes on how far they are, and keeps nothing.

use wire::{event::Event, job::JobProgress, subject::PROGRESS};

use super::{live, requests};
use crate::{app::App, store::jobs};

/// Listens until the server drains.
pub async fn run(app: App) {
    requests::serve(app, PROGRESS, hear).await;
}

async fn hear(app: App, progress: JobProgress) -> Option<()> {
    let JobProgress { job, step, steps } = progress;
    let job = jobs::find(&app.db, job).await.ok()??;
    let painting = Event::Painting {
        style: job.style,
        step,
        steps,
    };
    live::pass_on(&app, job.artist, &painting).await;
    None
}
