//! `atelier-worker paint`: one picture into a file.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use tokio_util::sync::CancellationToken;
use wire::mix::Mix;

use super::mix_text;
use crate::engine::{EngineKind, PaintRequest};

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct Paint {
    /// Which engine paints.
    #[arg(long, default_value = "sketch")]
    engine: EngineKind,
    /// What to paint.
    #[arg(long)]
    prompt: String,
    /// Shares by name, for example `color.warm=0.7,color.vibrant=0.3`.
    ///
    /// The shares of a named dimension sum to 1; dimensions that are not named stay neutral.
    #[arg(long, value_parser = mix_text::parse, default_value = "")]
    mix: Mix,
    /// The same seed paints the same picture.
    #[arg(long, default_value_t = 0)]
    seed: u32,
    /// Pixels across and down.
    #[arg(long, value_parser = parse_size, default_value = "512x512")]
    size: (u32, u32),
    /// The PNG file to write.
    #[arg(long)]
    out: PathBuf,
}

impl Paint {
    /// Paints and writes.
    pub fn run(self) -> anyhow::Result<()> {
        let engine = self.engine.load()?;
        let (width, height) = self.size;
        let request = PaintRequest {
            prompt: self.prompt,
            mix: self.mix,
            seed: self.seed,
            width,
            height,
        };
        let painted = engine.paint(&request, &|_, _| (), &CancellationToken::new())?;
        std::fs::write(&self.out, painted.png)
            .with_context(|| format!("could not write {}", self.out.display()))
    }
}

fn parse_size(text: &str) -> anyhow::Result<(u32, u32)> {
    let parsed = text
        .split_once('x')
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let Some((width, height)) = parsed else {
        bail!("a size reads like 512x512");
    };
    crate::engine::check_size(width, height)?;
    Ok((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_reads_like_512x512() {
        assert_eq!(parse_size("640x512").unwrap(), (640, 512));
        assert_eq!(
            parse_size("big").unwrap_err().to_string(),
            "a size reads like 512x512"
        );
        assert!(parse_size("512x0").is_err());
        assert!(parse_size("100000x100000").is_err());
    }
}
