//! NATS: how jobs arrive, how the worker asks to start them and says what came of them.
//!
//! The queue only wakes somebody up; the server decides. So everything here may be lost, repeated
//! or late without harm: see `docs/jobs.md`.

mod ask;
mod beat;
mod cancel;
mod connect;
mod consume;
mod deliver;
mod desk;
mod progress;
mod settle;

pub use beat::beat;
pub use cancel::listen_for_cancels;
pub use connect::{Link, connect};
pub use consume::consume;
pub use deliver::Bench;
pub use desk::Desk;
pub use progress::{Progress, Reporter};
