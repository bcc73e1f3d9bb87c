//! `atelier-worker paint`: one picture into a file.

use std::{io::Write as _, num::NonZeroU32, path::PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use tokio_util::sync::CancellationToken;
use wire::mix::Mix;

use super::mix_text;
use crate::{
    device::{DeviceChoice, Precision},
    diffusion::weighted_words,
    engine::{EngineKind, EngineSettings, Negative, Order, PaintRequest, Start, Wishes},
    sketch::Picture,
};

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
    /// The folder with the weights of the engine `ssd-1b`.
    #[arg(long)]
    model: Option<PathBuf>,
    /// `auto`, `cpu`, `cuda` or `cuda:1`.
    #[arg(long, default_value = "auto")]
    device: DeviceChoice,
    /// What to compute in; what suits the device if not given.
    #[arg(long, value_enum)]
    dtype: Option<Precision>,
    /// How many steps the engine `ssd-1b` takes.
    #[arg(long)]
    steps: Option<NonZeroU32>,
    /// How strictly it follows the prompt; 1 for not at all.
    #[arg(long)]
    guidance: Option<f64>,
    /// What it leads away from; the usual faults if not given, and nothing for "none".
    #[arg(long)]
    negative: Option<String>,
    /// A PNG file of the same size to begin with.
    #[arg(long)]
    start: Option<PathBuf>,
    /// How much of it may change, from 0 to 1.
    #[arg(long, default_value_t = 0.6, requires = "start")]
    strength: f64,
    /// Print the prompt with the mix in words, for other tools, instead of painting.
    #[arg(long, conflicts_with = "out")]
    in_words: bool,
    /// The PNG file to write.
    #[arg(long, required_unless_present = "in_words")]
    out: Option<PathBuf>,
}

impl Paint {
    /// Paints and writes.
    pub fn run(self) -> anyhow::Result<()> {
        let Some(out) = self.out.clone() else {
            let words = weighted_words(&self.prompt, &self.mix);
            return Ok(writeln!(std::io::stdout(), "{words}")?);
        };
        let device = match self.engine {
            EngineKind::Sketch => self.device.find(),
            EngineKind::Ssd1b => self.device.find_or_tell(|error| {
                eprintln!("painting on the processor; no GPU: {error:#}");
            }),
        }?;
        let settings = EngineSettings {
            model: self.model.clone(),
            steps: None,
            precision: self.dtype,
        };
        let engine = self.engine.load(&settings, device)?;
        let request = self.request()?;
        let painted = engine.paint(&Order {
            request: &request,
            progress: &|step, steps| eprint!("\rstep {step} of {steps}{}", end(step, steps)),
            cancel: &CancellationToken::new(),
        })?;
        std::fs::write(&out, painted.png)
            .with_context(|| format!("could not write {}", out.display()))
    }

    fn request(self) -> anyhow::Result<PaintRequest> {
        let (width, height) = self.size;
        ensure!(
            (0.0..=1.0).contains(&self.strength),
            "--strength {} is not between 0 and 1",
            self.strength
        );
        let start = self.start.map(|path| {
            let picture = std::fs::read(&path)
                .map_err(anyhow::Error::from)
                .and_then(|file| Picture::from_png(&file))
                .with_context(|| format!("cannot begin with {}", path.display()))?;
            anyhow::Ok(Start {
                picture,
                strength: self.strength,
            })
        });
        Ok(PaintRequest {
            prompt: self.prompt,
            mix: self.mix,
            seed: self.seed,
            width,
            height,
            wishes: Wishes {
                steps: self.steps.map(NonZeroU32::get),
                guidance: self.guidance,
                negative: match self.negative.as_deref() {
                    None => Negative::Usual,
                    Some("none") => Negative::Nothing,
                    Some(words) => Negative::Words(words.to_owned()),
                },
                start: start.transpose()?,
            },
        })
    }
}

/// The line of steps ends with the last one.
fn end(step: u32, steps: u32) -> &'static str {
    if step == steps { "\n" } else { "" }
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
