//! Workers report what became of their jobs.

use wire::{
    job::{Outcome, SettleAnswer},
    subject::SETTLE,
};

use super::{live, requests};
use crate::{
    actions::settle_job::{Settled, settle_job},
    app::App,
};

/// Answers until the server drains.
pub async fn run(app: App) {
    requests::serve(app, SETTLE, settle).await;
}

/// No answer if the database is away: the worker reports again.
async fn settle(app: App, outcome: Outcome) -> Option<SettleAnswer> {
    let Settled { answer, news_for } = settle_job(&app, &outcome).await.ok()?;
    if let Some(artist) = news_for {
        live::announce(&app, artist).await;
    }
    Some(answer)
}
