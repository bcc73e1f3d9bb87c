//! The walks of ARCHITECTURE.md, through real processes.

mod paint_with_diffusion;
mod rate_to_next_image;
mod start_from_a_drawing;
mod undo_and_replay;
mod warm_and_painterly;
