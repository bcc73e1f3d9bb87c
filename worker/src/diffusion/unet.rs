//! The denoiser: what of a noisy picture is noise, given the time and the prompt.
//!
//! Two departures from the reference's order of work, with the same result: the projections of the
//! time embedding into all residual blocks are one product, and what the prompt contributes (keys,
//! values, its share of the embedding) is computed once per picture instead of once per step.

use tch::Tensor;

use super::{
    attention::Memory,
    config::UnetConfig,
    embeddings::{TimestepEmbedding, timesteps},
    layers::{Conv2d, GroupNorm, Linear},
    unet_blocks::{DownBlock, Flow, MidBlock, UpBlock},
    weights::{Place, WeightsError},
};

/// The denoiser with its weights.
#[derive(Debug)]
pub struct Unet {
    conv_in: Conv2d,
    time_width: i64,
    time_embedding: TimestepEmbedding,
    guidance_projection: Option<(Linear, i64)>,
    size_width: i64,
    add_embedding: TimestepEmbedding,
    /// Into every residual block, in the order in which they run.
    time_projections: Linear,
    time_shares: Vec<i64>,
    down: Vec<DownBlock>,
    mid: MidBlock,
    up: Vec<UpBlock>,
    norm_out: GroupNorm,
    conv_out: Conv2d,
    latent_channels: i64,
    prompt_widths: (i64, i64),
}

/// What stays the same from step to step, one row per picture.
#[derive(Debug)]
pub struct Guide {
    memories: Vec<Memory>,
    /// Of the whole prompt and of the picture's sizes.
    added: Tensor,
}

/// Collects the time projections of residual blocks while they are read.
#[derive(Debug, Default)]
pub struct TimeProjections(Vec<Linear>);

impl TimeProjections {
    /// The next block's.
    pub fn push(&mut self, projection: Linear) {
        self.0.push(projection);
    }
}

impl Unet {
    /// Reads its weights.
    pub fn load(place: &Place, config: &UnetConfig) -> Result<Self, WeightsError> {
        let first = config.block_out_channels[0];
        let time_width = 4 * first;
        let embedding = place.at("time_embedding");
        let guidance_projection = config.time_cond_proj_dim.map(|width| {
            let read = Linear::load_unbiased(&embedding.at("cond_proj"), width, first);
            read.map(|projection| (projection, width))
        });
        let mut times = TimeProjections::default();
        let down = (0..config.blocks())
            .map(|level| DownBlock::load(&place.at("down_blocks"), config, level, &mut times))
            .collect::<Result<_, _>>()?;
        let mid = MidBlock::load(&place.at("mid_block"), config, &mut times)?;
        let up = (0..config.blocks())
            .map(|block| UpBlock::load(&place.at("up_blocks"), config, block, &mut times))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            conv_in: Conv2d::load(&place.at("conv_in"), config.in_channels, first)?,
            time_width: first,
            time_embedding: TimestepEmbedding::load(&embedding, first, time_width)?,
            guidance_projection: guidance_projection.transpose()?,
            size_width: config.addition_time_embed_dim,
            add_embedding: TimestepEmbedding::load(
                &place.at("add_embedding"),
                config.projection_class_embeddings_input_dim,
                time_width,
            )?,
            time_shares: times.0.iter().map(Linear::outputs).collect(),
            time_projections: Linear::side_by_side(&times.0),
            down,
            mid,
            up,
            norm_out: GroupNorm::load(
                &place.at("conv_norm_out"),
                config.norm_num_groups,
                first,
                config.norm_eps,
            )?,
            conv_out: Conv2d::load(&place.at("conv_out"), first, config.out_channels)?,
            latent_channels: config.in_channels,
            prompt_widths: (config.cross_attention_dim, config.pooled_width()),
        })
    }

    /// Channels of what it denoises.
    pub fn latent_channels(&self) -> i64 {
        self.latent_channels
    }

    /// Numbers per token of a prompt, and of a prompt as a whole.
    pub fn prompt_widths(&self) -> (i64, i64) {
        self.prompt_widths
    }

    /// Width of the guidance embedding, of models that were taught to guide themselves.
    pub fn guidance_width(&self) -> Option<i64> {
        self.guidance_projection.as_ref().map(|(_, width)| *width)
    }

    /// Prepares what the prompt contributes.
    ///
    /// `context` is `[pictures, places, width]`, `pooled` `[pictures, width]`, and `sizes` six
    /// numbers per picture: original height and width, crop top and left, target height and width.
    pub fn guide(&self, context: &Tensor, pooled: &Tensor, sizes: &Tensor) -> Guide {
        let mut memories = Vec::new();
        for block in &self.down {
            block.remember(context, &mut memories);
        }
        self.mid.remember(context, &mut memories);
        for block in &self.up {
            block.remember(context, &mut memories);
        }
        let waves = timesteps(&sizes.flatten(0, -1), self.size_width);
        let waves = waves.reshape([sizes.size()[0], -1]).to_kind(pooled.kind());
        let added = Tensor::cat(&[pooled, &waves], -1);
        Guide {
            memories,
            added: self.add_embedding.forward(&added),
        }
    }

    /// The noise in `x`, at the time of each picture. `guidance` is its embedding, for models that
    /// take one; `look` sees the inner states under the names of the checkpoint's parts.
    pub fn forward(
        &self,
        x: &Tensor,
        times: &Tensor,
        guidance: Option<&Tensor>,
        guide: &Guide,
        look: &mut dyn FnMut(&str, &Tensor),
    ) -> Tensor {
        let mut waves = timesteps(times, self.time_width).to_kind(x.kind());
        if let (Some(guidance), Some((projection, _))) = (guidance, &self.guidance_projection) {
            waves += projection.forward(&guidance.to_kind(x.kind()));
        }
        let time = self.time_embedding.forward(&waves);
        look("time_embedding", &time);
        look("add_embedding", &guide.added);
        let time = (time + &guide.added).silu();
        let shares = self.time_projections.forward(&time);
        let shares = shares.unsqueeze(-1).unsqueeze(-1);
        let shares = shares.split_with_sizes(&*self.time_shares, 1);

        let mut flow = Flow {
            times: shares.iter(),
            memories: guide.memories.iter(),
            skips: Vec::new(),
        };
        let mut x = self.conv_in.forward(x);
        look("conv_in", &x);
        flow.skips.push(x.shallow_clone());
        for (level, block) in self.down.iter().enumerate() {
            x = block.forward(x, &mut flow);
            look(&format!("down_blocks.{level}"), &x);
        }
        x = self.mid.forward(&x, &mut flow);
        look("mid_block", &x);
        for (number, block) in self.up.iter().enumerate() {
            x = block.forward(x, &mut flow);
            look(&format!("up_blocks.{number}"), &x);
        }
        self.conv_out.forward(&self.norm_out.forward_silu(&x))
    }
}
