//! What can be fetched.

use anyhow::{Result, bail};

/// A checkpoint on the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The engine's name here.
    pub name: &'static str,
    /// Owner and name on the hub.
    pub repository: &'static str,
    /// The files an engine reads, as they are laid out there.
    pub files: &'static [&'static str],
    /// What a person should know before using it.
    pub notice: &'static str,
}

/// Segmind's SSD-1B, in half precision: 4.5 GB.
pub const SSD_1B: Published = Published {
    name: "ssd-1b",
    repository: "segmind/SSD-1B",
    files: &[
        "model_index.json",
        "scheduler/scheduler_config.json",
        "text_encoder/config.json",
        "text_encoder/model.fp16.safetensors",
        "text_encoder_2/config.json",
        "text_encoder_2/model.fp16.safetensors",
        "tokenizer/merges.txt",
        "tokenizer/special_tokens_map.json",
        "tokenizer/vocab.json",
        "tokenizer_2/merges.txt",
        "tokenizer_2/special_tokens_map.json",
        "tokenizer_2/vocab.json",
        "unet/config.json",
        "unet/diffusion_pytorch_model.fp16.safetensors",
        "vae/config.json",
        "vae/diffusion_pytorch_model.fp16.safetensors",
    ],
    notice: "\
SSD-1B by Segmind, 4.5 GB. https://huggingface.co/segmind/SSD-1B

Licence        Apache-2.0, as its model card says today; earlier copies of the card
               named another one. Read the card before you share pictures or weights.
Training data  the card names GRIT and a scrape of pictures made with Midjourney.
               Nobody asked the people whose pictures those were made from.
               Pages that show its pictures say so.
",
};

/// The checkpoint of an engine.
pub fn find(name: &str) -> Result<Published> {
    if name == SSD_1B.name {
        return Ok(SSD_1B);
    }
    bail!(
        "there are no weights {name:?} to fetch, only {}",
        SSD_1B.name
    )
}
