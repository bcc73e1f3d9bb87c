//! `atelier-worker bench-learner`: what learning costs, beside stable-baselines3.

use std::{fmt::Write as _, fs, io::Write as _, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;

use crate::lab::bench::{self, Deployed, Plain, Spent};

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct BenchLearner {
    /// A Python that has torch and stable-baselines3, to be measured in turn.
    #[arg(long)]
    python: Option<PathBuf>,
    /// A file to write the figures to, as JSON.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Serialize)]
struct Figures {
    plain: Plain,
    deployed: Vec<Deployed>,
}

impl BenchLearner {
    /// Measures, prints the tables and writes the file.
    pub fn run(&self) -> anyhow::Result<()> {
        let figures = Figures {
            plain: bench::plain(self.python.as_deref())?,
            deployed: bench::deployed()?,
        };
        let text = format!(
            "{}\n{}",
            of_plain(&figures.plain),
            of_deployed(&figures.deployed)
        );
        std::io::stdout().write_all(text.as_bytes())?;
        if let Some(path) = &self.out {
            fs::write(path, serde_json::to_string_pretty(&figures)? + "\n")
                .with_context(|| format!("could not write {}", path.display()))?;
        }
        Ok(())
    }
}

fn of_plain(plain: &Plain) -> String {
    let mut text = String::from(
        "Plain PPO, a batch of 32, 4 epochs, one thread; processor time, least (median)\n\n\
         | side | per update | times ours |\n|---|---|---|\n",
    );
    let line = |text: &mut String, side: &str, spent: Spent| {
        let times = spent.median_ms / plain.rust.median_ms;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {side} | {} | {times:.1} |", pair(spent));
    };
    line(&mut text, "Rust", plain.rust);
    for (side, spent) in [
        ("stable-baselines3", plain.stable_baselines3),
        ("torch by hand", plain.torch_by_hand),
    ] {
        if let Some(spent) = spent {
            line(&mut text, side, spent);
        }
    }
    if let Some(versions) = &plain.versions {
        let _ = writeln!(text, "\n{versions}");
    }
    text
}

fn of_deployed(lines: &[Deployed]) -> String {
    let mut text = String::from(
        "The deployed update; processor time, least (median)\n\n\
         | ratings | with a tap | learn | restore | propose | believe and know | version |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for line in lines {
        let Deployed {
            ratings,
            taps,
            learn,
            restore,
            propose,
            tell,
            bytes,
        } = line;
        let spent = [learn, restore, propose, tell]
            .map(|spent| pair(*spent))
            .join(" | ");
        let (share, size) = (100.0 * taps, *bytes as f64 / 1e3);
        let _ = writeln!(
            text,
            "| {ratings} | {share:.0} % | {spent} | {size:.1} kB |"
        );
    }
    text
}

fn pair(
    Spent {
        least_ms,
        median_ms,
    }: Spent,
) -> String {
    let readable = |ms: f64| {
        if ms < 1.0 {
            format!("{ms:.3}")
        } else {
            format!("{ms:.1}")
        }
    };
    format!("{} ({}) ms", readable(least_ms), readable(median_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_stand_below_each_other_with_their_ratio() {
        let spent = |ms| Spent {
            least_ms: ms,
            median_ms: 2.0 * ms,
        };
        let plain = Plain {
            rust: spent(0.1),
            stable_baselines3: Some(spent(4.0)),
            torch_by_hand: Some(spent(1.0)),
            versions: Some("stable-baselines3 1, torch 2".into()),
        };
        let text = of_plain(&plain);
        assert!(
            text.contains("| stable-baselines3 | 4.0 (8.0) ms | 40.0 |"),
            "{text}"
        );
        assert!(text.contains("| Rust | 0.100 (0.200) ms | 1.0 |"), "{text}");
        assert!(text.ends_with("torch 2\n"), "{text}");
    }
}
