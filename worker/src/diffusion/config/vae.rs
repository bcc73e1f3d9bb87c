//! `vae/config.json`.

use std::path::Path;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::{Known, grouped, read, yes};

/// The autoencoder.
#[derive(Clone, Debug, Deserialize)]
#[expect(
    missing_docs,
    reason = "the names are those of the file, which diffusers documents"
)]
pub struct VaeConfig {
    pub in_channels: i64,
    pub out_channels: i64,
    pub latent_channels: i64,
    pub block_out_channels: Vec<i64>,
    pub layers_per_block: usize,
    pub norm_num_groups: i64,
    pub scaling_factor: f64,
    #[serde(default = "yes")]
    pub force_upcast: bool,
}

/// Each but the last halves a picture's sides.
const LEVELS: usize = 4;
/// Red, green and blue.
const COLOURS: i64 = 3;

const VAE_KNOWN: &[Known] = &[
    ("act_fn", &["\"silu\""]),
    ("latents_mean", &["null"]),
    ("latents_std", &["null"]),
    ("mid_block_add_attention", &["true"]),
    ("shift_factor", &["null"]),
    ("use_quant_conv", &["true"]),
    ("use_post_quant_conv", &["true"]),
];
impl VaeConfig {
    /// Reads `vae/config.json`.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let config: Self = read(path, VAE_KNOWN)?;
        let check = || {
            let levels = config.block_out_channels.len();
            ensure!(
                levels == LEVELS,
                "block_out_channels has {levels} levels, and with {LEVELS} a latent is 8 pixels wide"
            );
            for (name, count) in [
                ("in_channels", config.in_channels),
                ("out_channels", config.out_channels),
            ] {
                ensure!(
                    count == COLOURS,
                    "{name} is {count}, and a pixel has {COLOURS}"
                );
            }
            ensure!(
                config.scaling_factor > 0.0 && config.scaling_factor.is_finite(),
                "scaling_factor is {}",
                config.scaling_factor
            );
            grouped(&config.block_out_channels, config.norm_num_groups)
        };
        check().with_context(|| path.display().to_string())?;
        Ok(config)
    }
}
