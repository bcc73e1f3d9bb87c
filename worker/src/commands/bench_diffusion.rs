//! `atelier-worker bench-diffusion`: how fast diffusion is, beside the Python libraries.

use std::{fmt::Write as _, io::Write as _, path::PathBuf};

use clap::Args;

use crate::{
    device::{DeviceChoice, Precision},
    diffusion::bench::{Bench, Line},
};

/// What matrix products of an H200 were measured to do in half precision, in TFLOP/s.
const FLOOR: f64 = 790.0;

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct BenchDiffusion {
    /// The folder of a checkpoint.
    #[arg(long, required_unless_present = "random_weights")]
    model: Option<PathBuf>,
    /// The full shape of SSD-1B with random weights, instead of a checkpoint.
    #[arg(long, conflicts_with = "model")]
    random_weights: bool,
    /// A Python that has torch and diffusers, to be measured in turn.
    #[arg(long)]
    python: Option<PathBuf>,
    /// `auto`, `cpu`, `cuda` or `cuda:1`.
    #[arg(long, default_value = "auto")]
    device: DeviceChoice,
    /// What to compute in; what suits the device if not given.
    #[arg(long, value_enum)]
    dtype: Option<Precision>,
    /// Sides of the pictures, with random weights.
    #[arg(long, value_delimiter = ',', default_value = "512,1024")]
    sides: Vec<u16>,
    /// How many pictures at once, with random weights.
    #[arg(long, value_delimiter = ',', default_value = "1,4,8")]
    pictures: Vec<u8>,
    /// Threads of each side, on a processor.
    #[arg(long, default_value_t = 1)]
    threads: u16,
}

impl BenchDiffusion {
    /// Measures and prints a table.
    pub fn run(self) -> anyhow::Result<()> {
        let device = self.device.find()?;
        tch::set_num_threads(self.threads.into());
        let usual = match device.0 {
            tch::Device::Cpu => Precision::Float32,
            _ => Precision::Float16,
        };
        let kind = self.dtype.unwrap_or(usual).kind();
        let bench = Bench {
            model: self.model,
            python: self.python,
            device: device.0,
            kind,
            sides: self.sides,
            pictures: self.pictures,
        };
        let lines = bench.run()?;
        let threads = self.threads;
        let mut text =
            format!("{device}, {kind:?}, {threads} threads; least (median) of times\n\n");
        text += &table(&lines);
        if let Some(memory) = memory_mib() {
            let _ = writeln!(text, "\nmemory held at the end: {memory} MiB");
        }
        Ok(std::io::stdout().write_all(text.as_bytes())?)
    }
}

fn table(lines: &[Line]) -> String {
    let mut text = String::from(
        "| what | Rust | Python | ratio | TFLOP/s | of the floor |\n|---|---|---|---|---|---|\n",
    );
    let pair = |[least, median]: [f64; 2]| format!("{} ({})", readable(least), readable(median));
    for line in lines {
        let python = line.python.map_or_else(|| "-".into(), pair);
        let ratio = line.python.map(|[least, _]| line.rust[0] / least);
        let ratio = ratio.map_or_else(|| "-".into(), |ratio| format!("{ratio:.2}"));
        let speed = line.tflop.map(|tflop| tflop / line.rust[0]);
        let (speed, share) = speed.map_or_else(
            || ("-".into(), "-".into()),
            |speed| {
                (
                    format!("{speed:.0}"),
                    format!("{:.0} %", speed / FLOOR * 100.0),
                )
            },
        );
        let (what, rust) = (&line.what, pair(line.rust));
        let _ = writeln!(
            text,
            "| {what} | {rust} | {python} | {ratio} | {speed} | {share} |"
        );
    }
    text
}

fn readable(seconds: f64) -> String {
    if seconds < 1.0 {
        format!("{:.1} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

/// What the driver says this process holds on the GPU, caches included.
fn memory_mib() -> Option<u64> {
    let asked = [
        "--query-compute-apps=pid,used_memory",
        "--format=csv,noheader,nounits",
    ];
    let output = std::process::Command::new("nvidia-smi")
        .args(asked)
        .output()
        .ok()?;
    let own = std::process::id().to_string();
    let text = String::from_utf8(output.stdout).ok()?;
    let mut rows = text.lines().filter_map(|line| line.split_once(", "));
    rows.find(|(process, _)| *process == own)?
        .1
        .trim()
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_stand_beside_each_other_with_their_ratio() {
        let line = |python, tflop| Line {
            what: "denoiser".into(),
            rust: [0.01, 0.012],
            python,
            tflop,
        };
        let text = table(&[line(Some([0.04, 0.05]), None), line(None, Some(3.95))]);
        assert!(
            text.contains("| denoiser | 10.0 ms (12.0 ms) | 40.0 ms (50.0 ms) | 0.25 | - | - |")
        );
        assert!(
            text.contains("| denoiser | 10.0 ms (12.0 ms) | - | - | 395 | 50 % |"),
            "{text}"
        );
    }
}
