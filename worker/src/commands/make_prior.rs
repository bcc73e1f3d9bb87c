//! `atelier-worker make-prior`: what styles have in common, learned from simulated artists.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;
use indicatif::ProgressIterator as _;

use crate::{
    lab::{
        files::read_artists,
        population::{self, PopulationError},
    },
    learner::prior::NAME,
};

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct MakePrior {
    /// The folder of the artists whose styles it is made from.
    #[arg(long)]
    artists: PathBuf,
    /// How many ratings each style learns from.
    #[arg(long, default_value_t = 60)]
    ratings: usize,
    /// Its name, which a style that starts from it keeps.
    #[arg(long)]
    name: String,
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
}

impl MakePrior {
    /// Learns a style with each artist and writes what they have in common.
    pub fn run(&self) -> anyhow::Result<()> {
        // Before the long part: what is refused should not cost an hour.
        ensure!(
            !self.name.is_empty() && self.name.len() <= NAME,
            "--name has {} bytes, but a prior's name has 1 to {NAME}",
            self.name.len()
        );
        let artists = read_artists(&self.artists)?;
        ensure!(
            artists.len() >= population::LEAST,
            PopulationError::Few(artists.len())
        );
        let styles: Vec<_> = artists
            .iter()
            .progress()
            .map(|artist| population::style(artist, self.ratings))
            .collect();
        let prior = population::prior(&self.name, &styles)?;
        let json = serde_json::to_string_pretty(&prior)?;
        fs::write(&self.out, json)
            .with_context(|| format!("could not write {}", self.out.display()))
    }
}
