//! Answers "may I start this job?".

use wire::{
    job::{Refusal, StartAnswer, StartJob},
    problem::Code,
    subject::START,
};

use super::{live, requests};
use crate::{
    actions::{
        spend_try::{Claim, spend_try},
        start_job::{Started, start_job},
    },
    app::App,
};

/// What is told of a failure whose cause is the log's matter.
const NOT_BOUND: &str = "the server could not say what there is to do; the server's log says why";

/// Answers until the server drains.
pub async fn run(app: App) {
    requests::serve(app, START, answer).await;
}

/// No answer if the database is away: the worker asks again. Whatever else goes wrong counts as a
/// try, or the job would come back for ever.
async fn answer(app: App, ask: StartJob) -> Option<StartAnswer> {
    let failure = match start_job(&app, &ask).await {
        Ok(Started { answer, news_for }) => {
            if let Some(artist) = news_for {
                live::announce(&app, artist).await;
            }
            return Some(answer);
        }
        Err(failure) => failure,
    };
    if failure.code() == Code::Unavailable {
        return None;
    }
    let settled = spend_try(&app, Claim::Asks(ask), NOT_BOUND).await.ok()?;
    if let Some(artist) = settled.news_for {
        live::announce(&app, artist).await;
    }
    Some(StartAnswer::No {
        because: Refusal::Stale,
    })
}
