//! The words that cross a process boundary: browser, server, worker and scripts all speak them.
//!
//! If something does not cross a process boundary it does not live here. There is no clock and no
//! randomness here either: timestamps and ids arrive from the server. Modules in reading order.

pub mod taxonomy;

pub mod mix;

pub mod ids;
pub mod stamp;

pub mod drawing;
pub mod proposal;
pub mod variety;

pub mod rating;
pub mod replay;

pub mod image;

pub mod learning;

pub mod foresight;

pub mod style;

pub mod account;

pub mod job;

pub mod subject;

pub mod event;

pub mod page;

pub mod problem;
