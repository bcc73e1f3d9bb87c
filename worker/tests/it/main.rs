//! The worker against a real queue, in one binary. The server's side of the talk is played by the
//! test, which decides every answer; the whole product is tested in the package `tests`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod cancel;
mod command_line;
mod diffusion_commands;
mod diffusion_engine;
mod diffusion_jobs;
mod diffusion_reference;
mod drain;
mod drawing_jobs;
mod house;
mod last_word;
mod learner_gradients_match_autograd;
mod lost_device;
mod replay;
mod server_side;
mod side_by_side;
mod unreadable;
mod walk;
mod wiped_queue;
