//! What people and workers do. One verb a file, one transaction each; no axum, SQL or NATS.
//!
//! An action returns what to announce; whoever called it announces it, after the commit.

pub mod refresh_session;
