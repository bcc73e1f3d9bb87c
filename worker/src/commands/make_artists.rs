//! `atelier-worker make-artists`: new simulated artists.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::names;
use crate::lab::make::{self, Family};

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct MakeArtists {
    /// The kind of taste they have.
    #[arg(long, value_parser = names::family)]
    family: Family,
    /// How many to make.
    #[arg(long, default_value_t = 1)]
    count: u64,
    /// Equal seeds make equal artists.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The rating after which their taste changes in two dimensions, if it does.
    #[arg(long)]
    drift_after: Option<usize>,
    /// The folder to write their files to.
    #[arg(long)]
    out: PathBuf,
}

impl MakeArtists {
    /// Makes and writes.
    pub fn run(&self) -> anyhow::Result<()> {
        fs::create_dir_all(&self.out)
            .with_context(|| format!("could not make {}", self.out.display()))?;
        for number in 0..self.count {
            let artist = make::make(self.family, self.seed, number, self.drift_after);
            let path = self.out.join(format!("{}.json", artist.name));
            let json = serde_json::to_string_pretty(&artist)?;
            fs::write(&path, json)
                .with_context(|| format!("could not write {}", path.display()))?;
        }
        Ok(())
    }
}
