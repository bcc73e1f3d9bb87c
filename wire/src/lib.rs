//! The words that cross a process boundary: browser, server, worker and scripts all speak them.
//!
//! If something does not cross a process boundary it does not live here. There is no clock and no
//! randomness here either: timestamps and ids arrive from the server. Modules in reading order.

pub mod ids;
pub mod mix;
pub mod proposal;
pub mod taxonomy;
