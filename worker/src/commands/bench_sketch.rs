//! `atelier-worker bench-sketch`: what a picture of the built-in painter costs, for each scene under each
//! attribute value, on one core.

use std::{fmt::Write as _, fs, io::Write as _, path::PathBuf, time::Duration};

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use wire::{
    mix::Mix,
    taxonomy::{Dimension, VALUES},
};

use crate::{
    lab::cpu::timed,
    sketch::{self, Size},
};

/// One prompt for each kind of scene.
const SCENES: [(&str, &str); 12] = [
    ("landscape", "a mountain valley"),
    ("lake", "a lake at dawn"),
    ("sea", "a lighthouse by the sea"),
    ("city", "a city"),
    ("forest", "a forest in the fog"),
    ("portrait", "portrait of a woman"),
    ("still life", "a bowl of fruit"),
    ("flowers", "a garden of roses"),
    ("animal", "a fox in the snow"),
    ("night sky", "a sky full of stars"),
    ("interior", "a room with a window"),
    ("abstract", "abstract joy"),
];

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct BenchSketch {
    /// Pixels across and down.
    #[arg(long, default_value_t = 512)]
    side: u32,
    /// How many pictures of each scene under each value, each of another seed.
    #[arg(long, default_value_t = 3)]
    seeds: u64,
    /// A file to write the figures to, as JSON.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Milliseconds of processor time from the words to the PNG, over all pictures of a scene.
#[derive(Debug, Serialize)]
struct Line {
    scene: &'static str,
    pictures: usize,
    median_ms: f64,
    p90_ms: f64,
    max_ms: f64,
}

impl BenchSketch {
    /// Measures, prints the table and writes the file.
    pub fn run(&self) -> anyhow::Result<()> {
        crate::engine::check_size(self.side, self.side)?;
        let mut all = Vec::new();
        let mut lines = Vec::new();
        for (scene, prompt) in SCENES {
            let spent = self.paint_all(prompt)?;
            all.extend_from_slice(&spent);
            lines.push(Line::of(scene, spent)?);
        }
        lines.push(Line::of("all", all)?);
        let text = table(&lines, self.side);
        std::io::stdout().write_all(text.as_bytes())?;
        if let Some(path) = &self.out {
            fs::write(path, serde_json::to_string_pretty(&lines)? + "\n")
                .with_context(|| format!("could not write {}", path.display()))?;
        }
        Ok(())
    }

    fn paint_all(&self, prompt: &str) -> anyhow::Result<Vec<Duration>> {
        let size = Size::square(self.side);
        let mut spent = Vec::new();
        for dimension in Dimension::ALL {
            for value in 0..VALUES {
                let mut five = [0.0; VALUES];
                five[value] = 1.0;
                let mix = Mix::NEUTRAL.with(dimension, five)?;
                for seed in 0..self.seeds {
                    let paint = || sketch::paint(prompt, &mix, seed, size).to_png();
                    spent.push(timed(paint).1);
                }
            }
        }
        Ok(spent)
    }
}

impl Line {
    fn of(scene: &'static str, mut spent: Vec<Duration>) -> anyhow::Result<Self> {
        spent.sort_unstable();
        let max = spent.last().context("nothing was painted")?;
        let ms = |spent: &Duration| spent.as_secs_f64() * 1e3;
        Ok(Self {
            scene,
            pictures: spent.len(),
            median_ms: ms(&spent[spent.len() / 2]),
            p90_ms: ms(&spent[spent.len() * 9 / 10]),
            max_ms: ms(max),
        })
    }
}

fn table(lines: &[Line], side: u32) -> String {
    let mut text = format!(
        "{side}x{side}, words to PNG, one core; processor time in ms\n\n\
         | scene | pictures | median | p90 | max |\n|---|---|---|---|---|\n"
    );
    for line in lines {
        let Line {
            scene,
            pictures,
            median_ms,
            p90_ms,
            max_ms,
        } = line;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {scene} | {pictures} | {median_ms:.0} | {p90_ms:.0} | {max_ms:.0} |"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_the_middle_the_slow_and_the_slowest() {
        let spent = (1..=20).rev().map(Duration::from_millis).collect();
        let text = table(&[Line::of("lake", spent).unwrap()], 512);
        assert!(text.ends_with("| lake | 20 | 11 | 19 | 20 |\n"), "{text}");
        assert!(Line::of("lake", Vec::new()).is_err());
    }
}
