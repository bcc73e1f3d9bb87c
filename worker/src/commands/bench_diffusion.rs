//! `atelier-worker bench-diffusion`: how fast diffusion is, beside the Python libraries.

use std::{io::Write as _, path::PathBuf};

use clap::Args;

use crate::{
    device::{DeviceChoice, Precision},
    diffusion::bench::{Bench, Line, Times},
};

/// What matrix products of an H200 were measured to do in half precision, in TFLOP/s.
const FLOOR: f64 = 790.0;
const GIB: f64 = (1 << 30) as f64;

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
    /// How often the two sides take turns.
    #[arg(long, default_value_t = 6)]
    rounds: u16,
    /// Threads of each side, on a processor.
    #[arg(long, default_value_t = 1)]
    threads: u16,
}

impl BenchDiffusion {
    /// Measures and prints a table, a row as soon as it is there.
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
            rounds: self.rounds,
        };
        let (mut out, threads) = (std::io::stdout(), self.threads);
        write!(
            out,
            "{device}, {kind:?}, {threads} threads; least (median) of times\n\n{HEAD}"
        )?;
        // Row by row: a bench that takes minutes may be cut off, and what it has is kept.
        bench.run(&mut |line| {
            out.write_all(row(line).as_bytes())?;
            Ok(out.flush()?)
        })
    }
}

const HEAD: &str = "\
| what | Rust | per picture | Python | ratio | TFLOP/s | of the floor | memory |
|---|---|---|---|---|---|---|---|
";

fn row(line: &Line) -> String {
    let Line {
        what,
        pictures,
        rust,
        python,
        tflop,
        memory,
    } = line;
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    let both = |times: &Times| format!("{} ({})", readable(times.least), readable(times.median));
    let ours = rust.as_ref().map_or_else(|| "out of memory".into(), both);
    let each = rust.map(|times| readable(times.least / *pictures as f64));
    let theirs = python.as_ref().map(both);
    let ratio = rust.zip(*python);
    let ratio = ratio.map(|(rust, python)| format!("{:.2}", rust.least / python.least));
    let speed = rust.zip(*tflop).map(|(rust, tflop)| tflop / rust.least);
    let share = speed.map(|speed| format!("{:.0} %", speed / FLOOR * 100.0));
    let cells = [
        what.clone(),
        ours,
        or_none(each),
        or_none(theirs),
        or_none(ratio),
        or_none(speed.map(|speed| format!("{speed:.0}"))),
        or_none(share),
        or_none(memory.map(|bytes| format!("{:.2} GiB", bytes as f64 / GIB))),
    ];
    format!("| {} |\n", cells.join(" | "))
}

fn readable(seconds: f64) -> String {
    if seconds < 1.0 {
        format!("{:.1} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(rust: Option<f64>, python: Option<f64>) -> Line {
        let times = |least| Times {
            least,
            median: least * 1.2,
        };
        Line {
            what: "4 pictures".into(),
            pictures: 4,
            rust: rust.map(times),
            python: python.map(times),
            tflop: Some(3.95),
            memory: Some(3 << 29),
        }
    }

    #[test]
    fn both_sides_stand_beside_each_other_with_their_ratio_and_the_time_of_one_picture() {
        assert_eq!(
            row(&line(Some(0.01), Some(0.04))),
            "| 4 pictures | 10.0 ms (12.0 ms) | 2.5 ms | 40.0 ms (48.0 ms) | 0.25 | 395 | 50 % | \
             1.50 GiB |\n"
        );
        let columns = |text: &str| text.lines().map(|line| line.matches('|').count()).max();
        assert_eq!(columns(HEAD), columns(&row(&line(None, None))));
    }

    #[test]
    fn a_shape_that_does_not_fit_says_so_in_its_row() {
        assert_eq!(
            row(&line(None, Some(1.0))),
            "| 4 pictures | out of memory | - | 1.00 s (1.20 s) | - | - | - | 1.50 GiB |\n"
        );
    }
}
