//! The product as a whole: a database, a nats-server, servers and workers as real processes, and
//! the people who use them.
//!
//! Not here: what one crate can prove alone, which is tested beside its code, and anything that
//! reaches into a process. What a test knows, it knows from the API, from the rows, or from the
//! blobs. Modules in reading order.

pub mod stack;

pub mod program;

pub mod database;

pub mod people;

pub mod studio;

pub mod live;

pub mod hand;

pub mod drawing;

pub mod wait;

pub use people::{Answer, Person, Refused};
pub use stack::{Plan, Stack};
