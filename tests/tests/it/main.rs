//! One binary, because linking is what a test costs. From what needs nothing to what needs all.

mod tidy;

mod messages;

mod entities;
mod migrations;

mod accounts;
mod browser;
mod draining;
mod drawings;
mod foresight;
mod jobs;
mod kills;
mod learners;
mod pages;
mod pictures;
mod ratings;
mod repeats;
mod strangers;
mod taps;
mod undo;
mod upgrades;
mod walks;
