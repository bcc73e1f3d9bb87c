//! Postgres. The only queries of the server; typed ids and wire types come out.
//!
//! Rows are taken apart column by column, so that a new column breaks the build where it must be
//! thought about. A query that is about somebody's things names the owner in the query itself.

pub mod artists;
pub mod blobs;
pub mod columns;
pub mod events;
pub mod images;
pub mod invitations;
pub mod jobs;
pub mod locks;
pub mod migrations;
pub mod place;
pub mod rating_log;
pub mod ratings;
pub mod refresh_tokens;
pub mod repeats;
pub mod replays;
pub mod sessions;
pub mod style_view;
pub mod styles;
pub mod tokens;
pub mod undone;
pub mod versions;
pub mod workers;

use sea_orm::DbErr;

/// What a check constraint forbids was found in a row all the same.
fn broken_row(what: &str) -> DbErr {
    DbErr::Custom(format!("the database holds {what}"))
}
