//! The engine `ssd-1b`: diffusion with SSD-1B and its relatives, over libtorch.
//!
//! It computes what the Python libraries diffusers and transformers compute, to a hundred-thousandth
//! (`atelier-worker check-model` shows it), and steers pictures by a mix of attribute values beyond
//! what words can say. Files are named as in diffusers, and stand here in reading order.
//!
//! Deliberately not here: training, other families of models, downloads, NATS.

// A checkpoint on disk.
pub mod config;
mod files;
mod fingerprint;
mod weights;

// Its parts.
mod attention;
mod clip;
mod embeddings;
mod layers;
mod resnet;
mod text;
mod tokenizer;
mod unet;
mod unet_blocks;
mod vae;

// What to paint.
mod condition;
mod directions;
mod weighted_words;

// From noise to pictures.
mod denoise;
mod halves;
mod looker;
pub mod model;
mod noise;
mod picture;
mod room;
mod scheduler;
pub mod ssd1b;

// Does it compute the right numbers?
pub mod check;

// Does it compute them fast?
pub mod bench;

pub use self::weighted_words::weighted_words;

#[cfg(test)]
mod tests;
