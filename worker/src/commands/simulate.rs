//! `atelier-worker simulate`: one learner meets one simulated artist, one line of JSON per rating.

use std::{
    io::{self, BufWriter, Write as _},
    path::PathBuf,
};

use clap::Args;
use wire::learning::LearnerKind;

use super::{conditions::Conditions, names};
use crate::lab::{files::read_artist, run::Run};

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct Simulate {
    /// The artist's file.
    #[arg(long)]
    artist: PathBuf,
    /// The learner's name.
    #[arg(long, value_parser = names::learner)]
    learner: LearnerKind,
    /// How many ratings are given.
    #[arg(long, default_value_t = 80)]
    ratings: usize,
    /// Equal seeds give equal runs.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    conditions: Conditions,
}

impl Simulate {
    /// Runs and prints.
    pub fn run(&self) -> anyhow::Result<()> {
        let artist = read_artist(&self.artist)?;
        let conditions = self.conditions.read()?;
        let mut out = BufWriter::new(io::stdout().lock());
        for row in Run::new(&artist, self.learner, self.seed, &conditions).take(self.ratings) {
            serde_json::to_writer(&mut out, &row)?;
            writeln!(out)?;
            // A long run is watched line by line.
            out.flush()?;
        }
        Ok(())
    }
}
