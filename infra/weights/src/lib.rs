//! Weights of engines: where they are published, what to know about them, and how they get here.
//!
//! A crate of its own, since neither the launcher nor the worker shall carry an HTTP client and
//! its TLS. It knows file names and checksums, and nothing of tensors.

mod catalogue;
mod checksum;
mod fetch;
mod folder;
mod notice;

pub use catalogue::{Published, SSD_1B, find};
pub use fetch::{Hub, fetch};
pub use folder::{Home, adopt};
pub use notice::{Consent, ask};
