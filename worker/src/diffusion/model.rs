//! A whole checkpoint in memory.

use std::path::Path;

use tch::{Device, Kind};

use super::{
    config::{ModelConfig, PipelineConfig, SchedulerConfig, UnetConfig, VaeConfig},
    files::Folder,
    fingerprint::fingerprint,
    text::Text,
    unet::Unet,
    vae::Vae,
    weights::Weights,
};

/// What pictures are made with.
#[derive(Debug)]
pub struct Model {
    /// From prompts to embeddings.
    pub text: Text,
    /// The denoiser and its decoder.
    pub painter: Painter,
    /// Tells it from other checkpoints.
    pub fingerprint: String,
}

/// The parts that know nothing of words.
#[derive(Debug)]
pub struct Painter {
    /// From noisy latents to noise.
    pub unet: Unet,
    /// From latents to pixels.
    pub vae: Vae,
    /// How noise is taken away.
    pub scheduler: SchedulerConfig,
    /// How "no negative prompt" is meant.
    pub pipeline: PipelineConfig,
    /// Where it computes.
    pub device: Device,
    /// What the denoiser computes in.
    pub kind: Kind,
    /// What the decoder computes in.
    pub vae_kind: Kind,
}

impl Model {
    /// Reads a checkpoint, checks every tensor of it, and places it on the device.
    pub fn load(path: &Path, device: Device, kind: Kind) -> anyhow::Result<Self> {
        let folder = Folder::open(path, device, kind)?;
        let config = ModelConfig::read(path)?;
        let vae_kind = vae_kind(&config.vae, kind);
        let of_vae = folder.with_kind(vae_kind);
        let fingerprint = fingerprint(&folder, &of_vae)?;
        let text = Text::load(&folder, &config)?;

        let weights = folder.weights("unet", "diffusion_pytorch_model")?;
        let unet = Unet::load(&weights.root(), &config.unet)?;
        weights.finish()?;

        let weights = of_vae.weights("vae", "diffusion_pytorch_model")?;
        let vae = Vae::load(&weights.root(), &config.vae)?;
        weights.finish()?;
        let painter = Painter {
            unet,
            vae,
            scheduler: config.scheduler,
            pipeline: config.pipeline,
            device,
            kind,
            vae_kind,
        };
        Ok(Self {
            text,
            painter,
            fingerprint,
        })
    }
}

impl Painter {
    /// A denoiser and a decoder of these shapes with random weights, to measure speed with.
    pub fn by_chance(
        unet: &UnetConfig,
        vae: &VaeConfig,
        scheduler: SchedulerConfig,
        device: Device,
        kind: Kind,
    ) -> anyhow::Result<Self> {
        let vae_kind = vae_kind(vae, kind);
        Ok(Self {
            unet: Unet::load(&Weights::chance(device, kind).root(), unet)?,
            vae: Vae::load(&Weights::chance(device, vae_kind).root(), vae)?,
            scheduler,
            pipeline: PipelineConfig {
                force_zeros_for_empty_prompt: true,
            },
            device,
            kind,
            vae_kind,
        })
    }
}

/// The published decoder overflows in half precision, and says so; others may have been mended.
fn vae_kind(config: &VaeConfig, kind: Kind) -> Kind {
    if kind == Kind::Half && config.force_upcast {
        Kind::Float
    } else {
        kind
    }
}
