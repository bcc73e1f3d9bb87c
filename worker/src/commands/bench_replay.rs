//! `atelier-worker bench-replay`: what a replay costs, beside learning rating by rating.

use std::io::{self, Write as _};

use anyhow::ensure;
use clap::Args;
use wire::learning::LearnerKind;

use super::names;
use crate::{
    lab::{artist::Artist, cpu::timed, log::rating_log},
    replay,
};

/// Whose taste the logs are of.
const ARTIST: &str = include_str!("../lab/examples/interacting-1.json");

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct BenchReplay {
    /// The learner's name.
    #[arg(long, value_parser = names::learner, default_value = "ppo")]
    learner: LearnerKind,
    /// How many ratings the logs have.
    #[arg(long, value_delimiter = ',', default_value = "100,200,500")]
    ratings: Vec<usize>,
}

impl BenchReplay {
    /// Measures and prints a table.
    pub fn run(&self) -> anyhow::Result<()> {
        let artist = Artist::read(ARTIST)?;
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "ratings   step by step     replay   CPU ms, {}",
            self.learner.name()
        )?;
        for &ratings in &self.ratings {
            let log = rating_log(&artist, self.learner, ratings, 1);
            let (slow, steps) = timed(|| replay::step_by_step(&log, None).snapshot());
            let (fast, at_once) = timed(|| replay::from_nothing(&log, None).snapshot());
            ensure!(slow == fast, "{ratings} ratings replay into other bytes");
            let [steps, at_once] = [steps, at_once].map(|spent| spent.as_secs_f64() * 1e3);
            writeln!(
                out,
                "{ratings:>7} {steps:>14.1} {at_once:>10.1}   the same bytes"
            )?;
        }
        Ok(())
    }
}
