//! The worker: it learns from ratings and paints pictures, and forgets everything in between.
//!
//! One process per device, any number of processes. A worker holds no secret and no truth: it
//! asks the server before it starts a job, hands back what came of it, and may be killed at any
//! moment. It never learns who the artist is. Modules in reading order.

// What people start, and with which settings.
pub mod commands;
pub mod config;
pub mod device;
pub mod log;

// The process: what it is made of, how it starts and how it leaves.
pub mod serve;

// ROOM: NATS.
pub mod bus;

// ROOM: what a job does.
pub mod handler;
pub mod jobs;
pub mod registry;

// What jobs use.
pub mod blobs;
pub mod engine;
pub mod lane;
pub mod memory;
pub mod painter;
pub mod replay;
pub mod seeds;

// ROOM: the procedural painter.
pub mod sketch;

// ROOM: tensors, SSD-1B.
#[expect(
    clippy::cast_possible_wrap,
    reason = "libtorch counts in i64, and nothing here is counted beyond 2^31"
)]
pub mod diffusion;

// ROOM: the learners.
pub mod learner;

// ROOM: simulated artists, to measure learners with.
pub mod lab;
