//! `atelier-worker replay`: the version of a log, made again on this machine.
//!
//! `GET /api/v1/styles/{id}/log` gives the log of a style, and the style names the hash that must
//! come of it.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use clap::Args;
use wire::{learning::BUILT_IN_PRIOR, replay::RatingLog};

use super::conditions::read_prior;
use crate::{blobs::hash, lab::files::read_text, replay};

/// A rating is about a kilobyte, so this is a log of a hundred thousand.
const LARGEST_LOG: u64 = 100 << 20;

/// Arguments of the command.
#[derive(Debug, Args)]
pub struct Replay {
    /// The log's file.
    #[arg(long)]
    log: PathBuf,
    /// What the style knew of others when it began: a file that `make-prior` wrote, or `none`.
    #[arg(long, default_value = "none")]
    prior: String,
    /// Only so many ratings from the beginning: an earlier version.
    #[arg(long)]
    ratings: Option<usize>,
    /// Learn rating by rating, which takes longer and must come to the same.
    #[arg(long)]
    step_by_step: bool,
}

impl Replay {
    /// Replays and prints the hash.
    pub fn run(&self) -> anyhow::Result<()> {
        let mut log = read_log(&self.log)?;
        if let Some(ratings) = self.ratings {
            let count = log.samples.len();
            ensure!(
                ratings <= count,
                "--ratings is {ratings}, but the log has {count}"
            );
            log = replay::beginning(&log, ratings);
        }
        let prior = read_prior(&self.prior)?;
        ensure!(
            log.prior == BUILT_IN_PRIOR || prior.is_some(),
            "the style began with the prior {}; give its file as --prior",
            log.prior
        );
        let learner = if self.step_by_step {
            replay::step_by_step(&log, prior.as_ref())
        } else {
            replay::from_nothing(&log, prior.as_ref())
        };
        writeln!(io::stdout(), "{}", hash(&learner.snapshot()))?;
        Ok(())
    }
}

fn read_log(path: &Path) -> anyhow::Result<RatingLog> {
    let name = path.display();
    let text = read_text(path, "a rating log", LARGEST_LOG)?;
    serde_json::from_str(&text).with_context(|| format!("{name} is not a rating log"))
}
