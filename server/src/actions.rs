//! What people and workers do. One verb a file, one transaction each; no axum, SQL or NATS.
//!
//! An action returns what to announce; whoever called it announces it, after the commit.

mod ask_for_replay;
pub mod begin_session;
pub mod cancel_pictures;
pub mod change_password;
pub mod change_role;
pub mod confirm_password;
pub mod create_style;
pub mod delete_artist;
pub mod delete_style;
pub mod edit_style;
pub mod end_session;
pub mod invite_admin;
pub mod log_in;
pub mod lose_job;
pub mod make_token;
pub mod put_drawing;
pub mod rate_image;
pub mod refresh_session;
pub mod remove_drawing;
mod repeat_image;
pub mod request_images;
pub mod revoke_token;
pub mod settle_job;
pub mod sign_up;
pub mod spend_try;
pub mod start_job;
pub mod try_job_again;
pub mod undo_rating;
