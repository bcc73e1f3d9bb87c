//! What people and workers do. One verb a file, one transaction each; no axum, SQL or NATS.
//!
//! An action returns what to announce; whoever called it announces it, after the commit.

pub mod begin_session;
pub mod change_password;
pub mod confirm_password;
pub mod delete_artist;
pub mod end_session;
pub mod invite_admin;
pub mod log_in;
pub mod make_token;
pub mod refresh_session;
pub mod revoke_token;
pub mod sign_up;
