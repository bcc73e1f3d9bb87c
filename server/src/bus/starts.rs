//! Answers "may I start this job?".

use wire::{
    job::{StartAnswer, StartJob},
    subject::START,
};

use super::requests;
use crate::{actions::start_job::start_job, app::App};

/// Answers until the server drains.
pub async fn run(app: App) {
    requests::serve(app, START, answer).await;
}

/// No answer if the database is away: the worker asks again.
async fn answer(app: App, ask: StartJob) -> Option<StartAnswer> {
    start_job(&app, &ask).await.ok()
}
