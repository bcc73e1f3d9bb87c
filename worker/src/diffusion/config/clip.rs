//! The `config.json` of both text encoders.

use std::path::Path;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::{read, sized};
use crate::diffusion::tokenizer::PLACES;

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
            let positions = config.max_position_embeddings;
            ensure!(
                positions >= PLACES as i64,
                "max_position_embeddings is {positions}, and a prompt has {PLACES} tokens"
            );
            Ok(())
        };
        check().with_context(|| path.display().to_string())?;
        Ok(config)
    }
}
