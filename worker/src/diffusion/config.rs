//! What the `config.json` files of a checkpoint say, as far as it changes what is computed.
//!
//! The shape of every part comes from here, so that SSD-1B, Segmind-Vega, SDXL base and LCM-SSD-1B
//! load with the same code. A setting that this code has no arithmetic for is refused by name;
//! reading past it would paint another picture than the one that was trained for.

mod clip;
mod scheduler;
mod unet;
mod vae;
mod whole;

use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::files::read_text;

pub use self::{
    clip::{Activation, ClipConfig},
    scheduler::{SchedulerClass, SchedulerConfig},
    unet::{DownBlockType, MidBlockType, UnetConfig, UpBlockType},
    vae::VaeConfig,
    whole::ModelConfig,
};

/// More than any model has, and little enough to count with.
const SIZE_MAX: i64 = 1 << 20;

/// What `model_index.json` says about the whole.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct PipelineConfig {
    /// Whether no negative prompt means zeros rather than the empty text.
    #[serde(default = "yes")]
    pub force_zeros_for_empty_prompt: bool,
}

/// A setting, and the values this code has arithmetic for. Absent or null counts as the first.
type Known = (&'static str, &'static [&'static str]);

impl PipelineConfig {
    /// Reads `model_index.json`.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        read(path, &[])
    }
}

fn read<T: DeserializeOwned>(path: &Path, known: &[Known]) -> anyhow::Result<T> {
    let name = || path.display().to_string();
    let all: Value = serde_json::from_str(&read_text(path)?).with_context(name)?;
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
