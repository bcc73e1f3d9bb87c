//! `atelier-worker compare`: several learners meet a folder of artists; a table, the numbers, curves.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use wire::learning::LearnerKind;

use super::{conditions::Conditions, names};
use crate::lab::{
    curves,
    files::read_artists,
    grid::Grid,
    summary::{csv, summaries, table},
};

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct Compare {
    /// The folder of the artists' files.
    #[arg(long)]
    artists: PathBuf,
    /// The learners' names, separated by commas.
    #[arg(long, value_parser = names::learner, value_delimiter = ',', required = true)]
    learners: Vec<LearnerKind>,
    /// How many ratings each run has.
    #[arg(long, default_value_t = 80)]
    ratings: usize,
    /// How many runs each artist has with each learner, with seeds from 1.
    #[arg(long, default_value_t = 1)]
    seeds: u64,
    /// The folder to write `table.md`, `runs.csv`, `curves.csv` and `curves.svg` to.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    conditions: Conditions,
}

impl Compare {
    /// Runs, writes the files and prints the table.
    pub fn run(&self) -> anyhow::Result<()> {
        ensure!(
            self.seeds > 0,
            "--seeds is 0, give each artist at least one run"
        );
        ensure!(self.ratings > 0, "--ratings is 0, give at least one rating");
        let grid = Grid {
            artists: read_artists(&self.artists)?,
            learners: self.learners.clone(),
            ratings: self.ratings,
            seeds: self.seeds,
            conditions: self.conditions.read()?,
        };
        // Before the long part: a folder that cannot be written to should not cost an hour.
        fs::create_dir_all(&self.out)
            .with_context(|| format!("could not make {}", self.out.display()))?;
        let bar = ProgressBar::new(grid.len() as u64);
        let style = "{wide_bar} {pos} of {len} runs, {eta} left";
        bar.set_style(ProgressStyle::with_template(style)?);
        bar.tick();
        let outcomes = grid.run(|| bar.inc(1));
        bar.finish_and_clear();

        let summaries = summaries(&grid, &outcomes);
        let table = table(&summaries, self.ratings);
        self.write("table.md", &table)?;
        self.write("runs.csv", &csv(&grid, &outcomes))?;
        self.write("curves.csv", &curves::csv(&summaries))?;
        self.write("curves.svg", &curves::svg(&summaries, self.ratings))?;
        io::stdout().lock().write_all(table.as_bytes())?;
        Ok(())
    }

    fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = Path::new(&self.out).join(name);
        fs::write(&path, text).with_context(|| format!("could not write {}", path.display()))
    }
}
