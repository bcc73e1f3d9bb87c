//! ROOM: simulated artists, to measure learners before people meet them.
//!
//! The format and the formulas of an artist are those of `artist/1`. A learner is told the prompt
//! and never the category, and sees ratings, never utilities.

pub mod artist;
pub mod effect;
pub mod make;
pub mod optimum;
pub mod prompts;
pub mod run;
