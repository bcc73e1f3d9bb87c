//! NATS: work goes out, questions and results come in, news goes round.
//!
//! Nothing here decides anything: a message is decoded, an action is called, the answer is sent.

pub mod beats;
pub mod cancels;
pub mod dispatch;
pub mod live;
pub mod outcomes;
pub mod progress;
mod requests;
pub mod starts;
pub mod streams;

use tokio_util::task::TaskTracker;

use crate::app::App;

/// Begins everything of this room. The tasks end when the server drains.
pub fn start(app: &App, tasks: &TaskTracker) {
    tasks.spawn(dispatch::run(app.clone()));
    tasks.spawn(starts::run(app.clone()));
    tasks.spawn(outcomes::run(app.clone()));
    tasks.spawn(beats::run(app.clone()));
    tasks.spawn(progress::run(app.clone()));
    tasks.spawn(live::run(app.clone()));
}
