//! The server: owner of the truth. Any number of equal replicas may run.
//!
//! Rooms: [`http`] parses, permits, calls one action or one read and answers; [`actions`] holds
//! everything people and workers do, one verb a file; [`store`] is the only place with SQL.
//! Modules in reading order.

pub mod config;

pub mod app;

pub mod clock;

pub mod keys;

pub mod limits;

pub mod line;

pub mod passwords;

pub mod drawings;

pub mod error;

pub mod text;

pub mod seeds;

pub mod blobs;

pub mod credentials;

pub mod session;

pub mod http;

pub mod actions;

pub mod store;

pub mod bus;

pub mod keep;

pub mod metrics;

pub mod openapi;

pub mod pages;

pub mod router;

pub mod serve;
