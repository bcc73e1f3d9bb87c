//! What all `config.json` files of a checkpoint say together.
//!
//! Each part may be in order and still not fit the others. That is asked before gigabytes are read,
//! and here rather than by the first picture, where it would be a fault of the job.

use std::path::Path;

use anyhow::{Context as _, ensure};

use super::{ClipConfig, PipelineConfig, SchedulerConfig, UnetConfig, VaeConfig};

/// The configuration of a whole checkpoint.
#[derive(Clone, Debug)]
pub struct ModelConfig {
    /// How "no negative prompt" is meant.
    pub pipeline: PipelineConfig,
    /// How noise is taken away.
    pub scheduler: SchedulerConfig,
    /// The encoder that only says what tokens mean.
    pub text_encoder: ClipConfig,
    /// The encoder that sums up too.
    pub text_encoder_2: ClipConfig,
    /// The denoiser.
    pub unet: UnetConfig,
    /// The autoencoder.
    pub vae: VaeConfig,
}

impl ModelConfig {
    /// Reads all of them from a checkpoint's folder.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let of = |part: &str| folder.join(part).join("config.json");
        let config = Self {
            pipeline: PipelineConfig::read(&folder.join("model_index.json"))?,
            scheduler: SchedulerConfig::read(&folder.join("scheduler/scheduler_config.json"))?,
            text_encoder: ClipConfig::read(&of("text_encoder"))?,
            text_encoder_2: ClipConfig::read(&of("text_encoder_2"))?,
            unet: UnetConfig::read(&of("unet"))?,
            vae: VaeConfig::read(&of("vae"))?,
        };
        config
            .check()
            .context("the parts of the checkpoint do not fit together")?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        let Self {
            pipeline: _,
            scheduler: _,
            text_encoder: first,
            text_encoder_2: second,
            unet,
            vae,
        } = self;
        let (one, other) = (first.hidden_size, second.hidden_size);
        ensure!(
            one + other == unet.cross_attention_dim,
            "the text encoders say {one} and {other} numbers of each token, and the denoiser takes \
             {} (cross_attention_dim)",
            unet.cross_attention_dim
        );
        ensure!(
            second.projection_dim == unet.pooled_width(),
            "text_encoder_2 sums a prompt up in {} numbers (projection_dim), and the denoiser takes \
             {} (projection_class_embeddings_input_dim - 6 addition_time_embed_dim)",
            second.projection_dim,
            unet.pooled_width()
        );
        ensure!(
            vae.latent_channels == unet.in_channels,
            "the autoencoder makes {} channels and the denoiser takes {}",
            vae.latent_channels,
            unet.in_channels
        );
        Ok(())
    }
}
