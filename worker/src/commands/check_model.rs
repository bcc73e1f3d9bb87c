//! `atelier-worker check-model`: does a checkpoint give the numbers that were recorded for it?

use std::{fmt::Write as _, io::Write as _, path::PathBuf};

use anyhow::bail;
use clap::Args;

use crate::{
    device::{DeviceChoice, Precision},
    diffusion::{
        check::{Row, check},
        model::Model,
    },
};

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct CheckModel {
    /// The folder of the checkpoint.
    #[arg(long)]
    model: PathBuf,
    /// The recorded tensors; what they belong to stands beside them in a file ending in `.json`.
    #[arg(long)]
    reference: PathBuf,
    /// `auto`, `cpu`, `cuda` or `cuda:1`.
    #[arg(long, default_value = "auto")]
    device: DeviceChoice,
    /// What to compute in. Tolerances follow: 1e-5, 1e-2 and 6e-2, twice that for whole
    /// pictures in the latter two.
    #[arg(long, value_enum, default_value_t = Precision::Float32)]
    dtype: Precision,
}

impl CheckModel {
    /// Prints one row per quantity, and fails if one does.
    pub fn run(self) -> anyhow::Result<()> {
        let device = self.device.find()?;
        let model = Model::load(&self.model, device.0, self.dtype.kind())?;
        let rows = check(&model, &self.reference)?;
        std::io::stdout().write_all(table(&rows).as_bytes())?;
        let failed = rows.iter().filter(|row| !row.passed()).count();
        if failed > 0 {
            bail!("{failed} of {} quantities are not as recorded", rows.len());
        }
        Ok(())
    }
}

fn table(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.quantity.len()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let verdict = if row.passed() { "pass" } else { "FAIL" };
        let (name, error, most) = (&row.quantity, row.error, row.tolerance);
        let _ = writeln!(
            text,
            "{name:<width$}  error {error:7.1e}  tolerance {most:7.1e}  {verdict}"
        );
    }
    text
}
