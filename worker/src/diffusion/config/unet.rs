//! `unet/config.json`.

use std::path::Path;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::{Known, grouped, read, sized};

/// The denoiser.
#[derive(Clone, Debug, Deserialize)]
#[expect(
    missing_docs,
    reason = "the names are those of the file, which diffusers documents"
)]
pub struct UnetConfig {
    pub in_channels: i64,
    pub out_channels: i64,
    pub block_out_channels: Vec<i64>,
    pub layers_per_block: usize,
    pub down_block_types: Vec<DownBlockType>,
    pub mid_block_type: MidBlockType,
    pub up_block_types: Vec<UpBlockType>,
    pub transformer_layers_per_block: Depths,
    #[serde(default)]
    pub reverse_transformer_layers_per_block: Option<Depths>,
    attention_head_dim: Heads,
    #[serde(default)]
    num_attention_heads: Option<Heads>,
    pub cross_attention_dim: i64,
    pub norm_num_groups: i64,
    pub norm_eps: f64,
    pub addition_time_embed_dim: i64,
    pub projection_class_embeddings_input_dim: i64,
    #[serde(default)]
    pub time_cond_proj_dim: Option<i64>,
}

/// Blocks on the way down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the file")]
pub enum DownBlockType {
    DownBlock2D,
    CrossAttnDownBlock2D,
}

/// Blocks on the way up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the file")]
pub enum UpBlockType {
    UpBlock2D,
    CrossAttnUpBlock2D,
}

/// The block between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum MidBlockType {
    /// One residual block and nothing else: what distillation left of it.
    UNetMidBlock2D,
    /// Two residual blocks around a transformer.
    UNetMidBlock2DCrossAttn,
}

/// How deep transformers are: one number for all, one per block, or one per layer of a block.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Depths {
    /// The same everywhere.
    All(usize),
    /// One for each block, or for each layer of one.
    Each(Vec<Depths>),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Heads {
    All(i64),
    Each(Vec<i64>),
}

const UNET_KNOWN: &[Known] = &[
    ("act_fn", &["\"silu\""]),
    ("addition_embed_type", &["\"text_time\""]),
    ("attention_type", &["\"default\""]),
    ("center_input_sample", &["false"]),
    ("class_embed_type", &["null"]),
    ("conv_in_kernel", &["3"]),
    ("conv_out_kernel", &["3"]),
    ("cross_attention_norm", &["null"]),
    ("downsample_padding", &["1"]),
    ("dual_cross_attention", &["false"]),
    ("encoder_hid_dim_type", &["null"]),
    ("flip_sin_to_cos", &["true"]),
    ("freq_shift", &["0"]),
    ("mid_block_scale_factor", &["1", "1.0"]),
    ("only_cross_attention", &["false"]),
    ("resnet_out_scale_factor", &["1.0", "1"]),
    ("resnet_skip_time_act", &["false"]),
    ("resnet_time_scale_shift", &["\"default\""]),
    ("time_embedding_type", &["\"positional\""]),
    ("timestep_post_act", &["null"]),
    ("use_linear_projection", &["true"]),
];
impl UnetConfig {
    /// Reads `unet/config.json`.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let config: Self = read(path, UNET_KNOWN)?;
        config.check().with_context(|| path.display().to_string())?;
        Ok(config)
    }

    /// How many blocks there are on the way down, and on the way up.
    pub fn blocks(&self) -> usize {
        self.block_out_channels.len()
    }

    /// Heads of the attentions at a level. The setting that says so is called a dimension for
    /// historical reasons.
    pub fn heads(&self, level: usize) -> i64 {
        let heads = (self.num_attention_heads.as_ref()).unwrap_or(&self.attention_head_dim);
        match heads {
            Heads::All(heads) => *heads,
            Heads::Each(each) => each[level],
        }
    }

    /// Depth of the transformer after a layer on the way down.
    pub fn depth_down(&self, level: usize, layer: usize) -> usize {
        self.transformer_layers_per_block.of(level).layer(layer)
    }

    /// Depth of the transformer after a layer on the way up, blocks counted from the deepest.
    pub fn depth_up(&self, block: usize, layer: usize) -> usize {
        match &self.reverse_transformer_layers_per_block {
            Some(reverse) => reverse.of(block).layer(layer),
            None => self.depth_down(self.blocks() - 1 - block, layer),
        }
    }

    /// How wide a prompt as a whole is; what comes beside it are the six numbers of sizes.
    pub fn pooled_width(&self) -> i64 {
        self.projection_class_embeddings_input_dim
            .saturating_sub(self.addition_time_embed_dim.saturating_mul(6))
    }

    fn check(&self) -> anyhow::Result<()> {
        let blocks = self.blocks();
        ensure!(blocks > 0, "block_out_channels is empty");
        for (name, length) in [
            ("down_block_types", self.down_block_types.len()),
            ("up_block_types", self.up_block_types.len()),
        ] {
            ensure!(length == blocks, "{name} names {length} blocks of {blocks}");
        }
        let (inputs, outputs) = (self.in_channels, self.out_channels);
        ensure!(
            inputs == outputs,
            "in_channels is {inputs} and out_channels {outputs}, and noise has the latents' shape"
        );
        sized("cross_attention_dim", self.cross_attention_dim)?;
        sized("addition_time_embed_dim", self.addition_time_embed_dim)?;
        sized(
            "projection_class_embeddings_input_dim less the sizes",
            self.pooled_width(),
        )?;
        for (name, width) in [
            (
                "block_out_channels",
                self.block_out_channels.first().copied(),
            ),
            (
                "addition_time_embed_dim",
                Some(self.addition_time_embed_dim),
            ),
            ("time_cond_proj_dim", self.time_cond_proj_dim),
        ] {
            let width = width.unwrap_or(0);
            ensure!(
                width % 2 == 0,
                "{name} gives time a width of {width}, and half of it each for sines and cosines"
            );
        }
        grouped(&self.block_out_channels, self.norm_num_groups)?;
        let (down, reverse) = (
            &self.transformer_layers_per_block,
            &self.reverse_transformer_layers_per_block,
        );
        // A block on the way up has one layer more than its partner on the way down.
        match reverse {
            None => down.check(blocks, self.layers_per_block + 1)?,
            Some(up) => {
                down.check(blocks, self.layers_per_block)?;
                up.check(blocks, self.layers_per_block + 1)?;
            }
        }
        for heads in [
            Some(&self.attention_head_dim),
            self.num_attention_heads.as_ref(),
        ] {
            if let Some(Heads::Each(each)) = heads {
                ensure!(
                    each.len() == blocks,
                    "heads are given for {} blocks of {blocks}",
                    each.len()
                );
            }
        }
        for (level, &channels) in self.block_out_channels.iter().enumerate() {
            let heads = self.heads(level);
            ensure!(
                heads > 0 && channels % heads == 0,
                "{channels} channels do not divide among {heads} heads"
            );
        }
        Ok(())
    }
}

impl Depths {
    fn of(&self, block: usize) -> &Self {
        match self {
            Self::All(_) => self,
            Self::Each(each) => &each[block],
        }
    }

    fn layer(&self, layer: usize) -> usize {
        match self {
            Self::All(depth) => *depth,
            Self::Each(each) => each[layer].layer(0),
        }
    }

    fn check(&self, blocks: usize, layers: usize) -> anyhow::Result<()> {
        let Self::Each(each) = self else {
            return Ok(());
        };
        ensure!(
            each.len() == blocks,
            "depths are given for {} blocks of {blocks}",
            each.len()
        );
        for of_block in each {
            if let Self::Each(of_layers) = of_block {
                let plain = of_layers.iter().all(|depth| matches!(depth, Self::All(_)));
                ensure!(
                    plain && of_layers.len() >= layers,
                    "depths {of_layers:?} are not one number for each of {layers} layers"
                );
            }
        }
        Ok(())
    }
}
