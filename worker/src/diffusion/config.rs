//! What the `config.json` files of a checkpoint say, as far as it changes what is computed.
//!
//! The shape of every part comes from here, so that SSD-1B, Segmind-Vega, SDXL base and LCM-SSD-1B
//! load with the same code. A setting that this code has no arithmetic for is refused by name;
//! reading past it would paint another picture than the one that was trained for.

use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

/// More than any model has, and little enough to count with.
const SIZE_MAX: i64 = 1 << 20;

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
#[expect(missing_docs, reason = "named by what they hold")]
pub enum Depths {
    All(usize),
    Each(Vec<Depths>),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Heads {
    All(i64),
    Each(Vec<i64>),
}

/// One of the two text encoders.
#[derive(Clone, Debug, Deserialize)]
#[expect(
    missing_docs,
    reason = "the names are those of the file, which transformers documents"
)]
pub struct ClipConfig {
    pub hidden_size: i64,
    pub intermediate_size: i64,
    pub num_attention_heads: i64,
    pub num_hidden_layers: usize,
    pub max_position_embeddings: i64,
    pub vocab_size: i64,
    pub layer_norm_eps: f64,
    pub hidden_act: Activation,
    pub projection_dim: i64,
    pub eos_token_id: i64,
}

/// The bend in the text encoders' hidden layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// `x σ(1.702 x)`.
    QuickGelu,
    /// `x Φ(x)`, exactly.
    Gelu,
}

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

/// How noise is taken away step by step.
#[derive(Clone, Debug, Deserialize)]
#[expect(
    missing_docs,
    reason = "the names are those of the file, which diffusers documents"
)]
pub struct SchedulerConfig {
    #[serde(rename = "_class_name")]
    pub class: SchedulerClass,
    pub beta_start: f64,
    pub beta_end: f64,
    pub num_train_timesteps: usize,
    #[serde(default)]
    pub steps_offset: usize,
    #[serde(default = "fifty")]
    pub original_inference_steps: usize,
    #[serde(default = "ten")]
    pub timestep_scaling: f64,
}

/// The samplers this code has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum SchedulerClass {
    /// Euler's method.
    #[serde(rename = "EulerDiscreteScheduler")]
    Euler,
    /// Latent consistency: few steps, with fresh noise between them.
    #[serde(rename = "LCMScheduler")]
    Lcm,
}

/// What `model_index.json` says about the whole.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct PipelineConfig {
    /// Whether no negative prompt means zeros rather than the empty text.
    #[serde(default = "yes")]
    pub force_zeros_for_empty_prompt: bool,
}

/// A setting, and the values this code has arithmetic for. Absent or null counts as the first.
type Known = (&'static str, &'static [&'static str]);

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
const VAE_KNOWN: &[Known] = &[
    ("act_fn", &["\"silu\""]),
    ("latents_mean", &["null"]),
    ("latents_std", &["null"]),
    ("mid_block_add_attention", &["true"]),
    ("shift_factor", &["null"]),
    ("use_quant_conv", &["true"]),
    ("use_post_quant_conv", &["true"]),
];
const SCHEDULER_KNOWN: &[Known] = &[
    ("beta_schedule", &["\"scaled_linear\""]),
    ("clip_sample", &["false"]),
    ("final_sigmas_type", &["\"zero\""]),
    ("interpolation_type", &["\"linear\""]),
    ("prediction_type", &["\"epsilon\""]),
    ("rescale_betas_zero_snr", &["false"]),
    ("thresholding", &["false"]),
    ("timestep_spacing", &["\"leading\""]),
    ("timestep_type", &["\"discrete\""]),
    ("trained_betas", &["null"]),
    ("use_beta_sigmas", &["false"]),
    ("use_exponential_sigmas", &["false"]),
    ("use_karras_sigmas", &["false"]),
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

    fn check(&self) -> anyhow::Result<()> {
        let blocks = self.blocks();
        ensure!(blocks > 0, "block_out_channels is empty");
        for (name, length) in [
            ("down_block_types", self.down_block_types.len()),
            ("up_block_types", self.up_block_types.len()),
        ] {
            ensure!(length == blocks, "{name} names {length} blocks of {blocks}");
        }
        sized("cross_attention_dim", self.cross_attention_dim)?;
        sized("addition_time_embed_dim", self.addition_time_embed_dim)?;
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

impl ClipConfig {
    /// Reads the `config.json` of a text encoder.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let config: Self = read(path, &[])?;
        let check = || {
            for (name, size) in [
                ("hidden_size", config.hidden_size),
                ("intermediate_size", config.intermediate_size),
                ("max_position_embeddings", config.max_position_embeddings),
                ("vocab_size", config.vocab_size),
                ("projection_dim", config.projection_dim),
            ] {
                sized(name, size)?;
            }
            let (width, heads) = (config.hidden_size, config.num_attention_heads);
            ensure!(
                heads > 0 && width % heads == 0,
                "{width} does not divide among {heads} heads"
            );
            ensure!(config.num_hidden_layers > 0, "num_hidden_layers is 0");
            Ok(())
        };
        check().with_context(|| path.display().to_string())?;
        Ok(config)
    }
}

impl VaeConfig {
    /// Reads `vae/config.json`.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let config: Self = read(path, VAE_KNOWN)?;
        let check = || {
            ensure!(
                !config.block_out_channels.is_empty(),
                "block_out_channels is empty"
            );
            ensure!(
                config.scaling_factor > 0.0,
                "scaling_factor is {}",
                config.scaling_factor
            );
            grouped(&config.block_out_channels, config.norm_num_groups)
        };
        check().with_context(|| path.display().to_string())?;
        Ok(config)
    }
}

impl SchedulerConfig {
    /// Reads `scheduler/scheduler_config.json`.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let config: Self = read(path, SCHEDULER_KNOWN)?;
        let train = config.num_train_timesteps;
        ensure!(
            (1..=100_000).contains(&train),
            "{}: num_train_timesteps is {train}",
            path.display()
        );
        Ok(config)
    }
}

impl PipelineConfig {
    /// Reads `model_index.json`.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        read(path, &[])
    }
}

fn read<T: DeserializeOwned>(path: &Path, known: &[Known]) -> anyhow::Result<T> {
    let name = || path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", name()))?;
    let all: Value = serde_json::from_str(&text).with_context(name)?;
    for (setting, values) in known {
        let said = all.get(setting).filter(|value| !value.is_null());
        if let Some(said) = said.map(Value::to_string)
            && !values.contains(&said.as_str())
        {
            bail!(
                "{}: {setting} is {said}, and only {} is known here",
                name(),
                values[0]
            );
        }
    }
    serde_json::from_value(all).with_context(name)
}

fn sized(name: &str, size: i64) -> anyhow::Result<()> {
    ensure!((1..=SIZE_MAX).contains(&size), "{name} is {size}");
    Ok(())
}

fn grouped(channels: &[i64], groups: i64) -> anyhow::Result<()> {
    for &count in channels {
        sized("one of block_out_channels", count)?;
        ensure!(
            groups > 0 && count % groups == 0,
            "{count} channels do not divide into {groups} groups"
        );
    }
    Ok(())
}

const fn yes() -> bool {
    true
}

const fn fifty() -> usize {
    50
}

const fn ten() -> f64 {
    10.0
}
