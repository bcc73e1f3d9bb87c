//! ROOM: simulated artists, to measure learners before people meet them.
//!
//! The format and the formulas of an artist are those of `artist/1`. A learner is told the prompt
//! and never the category, and sees ratings, never utilities.

// Artists.
pub mod artist;
pub mod comparer;
pub mod effect;
pub mod files;
pub mod hints;
pub mod log;
pub mod make;
pub mod optimum;
pub mod prompts;
mod written;

// Runs.
pub mod cpu;
pub mod grid;
pub mod population;
pub mod run;

// What came of them.
pub mod bench;
pub mod curves;
pub mod summary;
pub mod trust;

#[cfg(test)]
mod tests;
