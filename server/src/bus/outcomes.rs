//! Workers report what became of their jobs.
//!
//! A worker repeats its report until it is answered, so everything but a database that is away for
//! the moment has an answer: a report that nobody can take in would stop that worker for ever.

use serde::Deserialize;
use serde_json::Value;
use wire::{
    ids::{JobId, WorkerId},
    job::{Outcome, SettleAnswer},
    problem::Code,
    subject::SETTLE,
};

use super::{live, requests};
use crate::{
    actions::{
        settle_job::{Settled, settle_job},
        spend_try::{Claim, spend_try},
    },
    app::App,
    text,
};

/// Longest reason, in characters: it becomes a line in a log and a sentence on a page.
const REASON_MAX_CHARS: usize = 200;

/// What is told of a failure whose cause is the log's matter.
const NOT_KEPT: &str = "the server could not keep what its worker made; the server's log says why";

/// Answers until the server drains.
pub async fn run(app: App) {
    requests::serve(app, SETTLE, settle).await;
}

/// The part of an outcome that says whose it is; every version of it has had these.
#[derive(Deserialize)]
struct Sender {
    job: JobId,
    attempt: u32,
    worker: WorkerId,
}

async fn settle(app: App, report: Value) -> Option<SettleAnswer> {
    let reason = match Outcome::deserialize(&report) {
        Ok(outcome) => match settle_job(&app, &outcome).await {
            Ok(settled) => return Some(announced(&app, settled).await),
            Err(failure) if failure.code() == Code::Unavailable => return None,
            Err(_) => NOT_KEPT.to_owned(),
        },
        Err(error) => text::one_line(
            &format!("the outcome does not read: {error}"),
            REASON_MAX_CHARS,
        ),
    };
    tracing::error!(reason, "an outcome was not taken in");
    let Ok(sender) = Sender::deserialize(&report) else {
        return Some(SettleAnswer::Unreadable { reason });
    };
    let Sender {
        job,
        attempt,
        worker,
    } = sender;
    let claim = Claim::Reports {
        job,
        attempt,
        worker,
    };
    match spend_try(&app, claim, &reason).await {
        Ok(settled) => Some(announced(&app, settled).await),
        Err(failure) if failure.code() == Code::Unavailable => None,
        // Its worker lets go of it, so it is lost within moments, and that counts too.
        Err(_) => Some(SettleAnswer::Unreadable { reason }),
    }
}

async fn announced(app: &App, settled: Settled) -> SettleAnswer {
    let Settled { answer, news_for } = settled;
    if let Some(artist) = news_for {
        live::announce(app, artist).await;
    }
    answer
}
