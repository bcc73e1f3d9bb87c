//! One binary, because linking is what a test costs. From what needs nothing to what needs all.

mod tidy;

mod messages;

mod entities;
mod migrations;

mod accounts;
mod jobs;
mod kills;
mod ratings;
mod strangers;
mod walks;
