//! Tests of the server from outside that need no service; those with Postgres and NATS are in
//! `tests/`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod openapi;
