//! Both text encoders with their tokenizers: from prompts to what the denoiser is told.

use anyhow::ensure;
use tch::{Device, Kind, Tensor, no_grad};

use super::{
    clip::{Clip, Encoded},
    config::{ClipConfig, ModelConfig},
    files::Folder,
    tokenizer::{PLACES, Tokenizer},
};

/// The two encoders.
#[derive(Debug)]
pub struct Text {
    first: Tower,
    second: Tower,
}

/// One encoder with its tokenizer.
#[derive(Debug)]
pub struct Tower {
    tokenizer: Tokenizer,
    encoder: Clip,
    device: Device,
}

/// A prompt as the denoiser is told it, in single precision.
#[derive(Debug)]
pub struct Embedding {
    /// Token by token, `[places, width]`, both encoders side by side.
    pub context: Tensor,
    /// As a whole, `[width]`, by the second encoder.
    pub pooled: Tensor,
}

impl Text {
    /// Reads both encoders of a checkpoint.
    pub fn load(model: &Folder, config: &ModelConfig) -> anyhow::Result<Self> {
        let (first, second) = (&config.text_encoder, &config.text_encoder_2);
        Ok(Self {
            first: Tower::load(model, first, ["text_encoder", "tokenizer"], false)?,
            second: Tower::load(model, second, ["text_encoder_2", "tokenizer_2"], true)?,
        })
    }

    /// The encoder that only says what tokens mean, and the one that sums up too.
    pub fn towers(&self) -> [&Tower; 2] {
        [&self.first, &self.second]
    }

    /// What prompts mean, all at once.
    pub fn encode(&self, prompts: &[&str]) -> anyhow::Result<Vec<Embedding>> {
        let rows = prompts.len() as i64;
        let first = self.first.encode(&self.first.numbers(prompts)?);
        let second = self.second.encode(&self.second.numbers(prompts)?);
        let context = Tensor::cat(&[first.context, second.context], -1).to_kind(Kind::Float);
        let pooled = second.pooled.map_or_else(
            || Tensor::zeros([rows, 0], (Kind::Float, context.device())),
            |pooled| pooled.to_kind(Kind::Float),
        );
        let embedding = |row| Embedding {
            context: context.get(row),
            pooled: pooled.get(row),
        };
        Ok((0..rows).map(embedding).collect())
    }
}

impl Tower {
    fn load(
        model: &Folder,
        config: &ClipConfig,
        [encoder, tokenizer]: [&str; 2],
        projected: bool,
    ) -> anyhow::Result<Self> {
        let path = model.path().join(tokenizer);
        let tokenizer = Tokenizer::read(&path)?;
        let (highest, rows) = (tokenizer.highest(), config.vocab_size);
        ensure!(
            highest < rows,
            "{} has a token {highest}, and {encoder} knows {rows} (vocab_size)",
            path.display()
        );
        let weights = model.weights(encoder, "model")?;
        let loaded = Clip::load(&weights.root(), config, projected)?;
        weights.finish()?;
        Ok(Self {
            tokenizer,
            encoder: loaded,
            device: model.device(),
        })
    }

    /// Prompts as rows of numbers.
    pub fn numbers(&self, prompts: &[&str]) -> anyhow::Result<Tensor> {
        let rows: anyhow::Result<Vec<_>> = prompts
            .iter()
            .map(|prompt| self.tokenizer.encode(prompt))
            .collect();
        let rows = Tensor::from_slice(&rows?.concat());
        Ok(rows.view([prompts.len() as i64, PLACES as i64]))
    }

    /// What rows of numbers mean.
    pub fn encode(&self, numbers: &Tensor) -> Encoded {
        no_grad(|| self.encoder.forward(&numbers.to_device(self.device)))
    }
}

impl Embedding {
    /// What "nothing" is to models that were taught so.
    pub fn zeros_like(&self) -> Self {
        Self {
            context: self.context.zeros_like(),
            pooled: self.pooled.zeros_like(),
        }
    }
}

impl Clone for Embedding {
    /// Another handle to the same numbers, which nobody writes to.
    fn clone(&self) -> Self {
        Self {
            context: self.context.shallow_clone(),
            pooled: self.pooled.shallow_clone(),
        }
    }
}
